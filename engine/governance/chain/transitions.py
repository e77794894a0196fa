"""Transitions: the closed set of lawful changes, and the ids that chain them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.store import MANIFEST

_FORM = b"syngraph-transition-v1\0"


class Kind(StrEnum):
    """What a commit may do to a founded agreement."""

    FOUND = "Found"
    """The text is founded: who signs the founding statement is bound."""
    RECORD = "Record"
    """Statements and signatures are added, and none is changed."""
    FREE = "Free"
    """Files change that are nobody's to decide."""
    ADOPT = "Adopt"
    """The text becomes what an adopted motion says, or what an officer may correct."""
    REGISTER = "Register"
    """The register changes as a statement with the power to do so says."""
    FORK = "Fork"
    """A child lineage begins."""
    AWARD = "Award"
    """The text changes as a binding order says."""


class Unlawful(TextError):  # noqa: N818 -- as the law calls it
    """A change that is none of the lawful ones: what was found, and what would have been lawful."""


@dataclass(frozen=True, slots=True)
class Transition:
    """A lawful change of an agreement.

    `id` is bound to everything before it. `result` is the digest of the text after it. `cause` is the digest of the
    statement that it rests on; for a `Record` or `Free` a digest of what was added. `outcome` says in a word what came of it
    (the verdict of a close), `reasons` in sentences. `day` is the day at which the chain stands with it.
    """

    id: str
    kind: Kind
    commit: str
    result: str
    cause: str
    day: date
    outcome: str = ""
    reasons: tuple[str, ...] = ()


def transition_id(previous: str, kind: Kind, result: str, cause: str) -> str:
    """The id of a transition: SHA-256 over the id before it ("" for none), kind, result and cause, each with its length.

    Going from A to B and back to A gives three ids, so that nothing signed at the first A counts at the second.
    """
    total = sha256(_FORM)
    for part in (previous, kind.value, result, cause):
        content = part.encode()
        total.update(len(content).to_bytes(8, "big") + content)
    return total.hexdigest()


def not_nested(path: str) -> None:
    """That a file of an agreement is not the manifest of another one inside it. Raises: Unlawful"""
    if path.endswith(f"/{MANIFEST}"):
        raise Unlawful(
            "an agreement inside an agreement",
            "agreements in folders beside one another",
            "put it into a folder of the repository that is in no agreement",
            path=path,
        )


def cause_of(parts: list[tuple[str, str]]) -> str:
    """One digest for several (path, digest) pairs, in whatever order they come."""
    total = sha256()
    for path, digest in sorted(parts):
        for part in (path, digest):
            content = part.encode()
            total.update(len(content).to_bytes(8, "big") + content)
    return total.hexdigest()
