"""What a copy says of where it is from, and whether it still is what was copied."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.notations import front
from syngraph.engine.text.notations.front import Origin
from syngraph.engine.text.store import StoreError, Tree, decoded

MAX_EARLIER = 100
_DIGEST = re.compile(rb"(?m)^digest: sha256:.*(?:\n|\Z)")
_STATED = re.compile(r"digest: (sha256:[0-9a-f]{64})\n?")
_NAMES = re.compile(rb"(?m)^[\"']?(?:digest|source|commit|original)[\"']?[ \t]*:")


@dataclass(frozen=True, slots=True)
class Vendored:
    """An object that says where it is from.

    `origin` is what it says, by key; `earlier` where its source had it from, the latest first. `stated` is the digest that it
    states, "" where it states none in a line of its own; `fault` why its front matter is not read, "" where it is.
    """

    path: str
    content: bytes
    origin: Mapping[str, str]
    earlier: tuple[Origin, ...]
    stated: str
    fault: str = ""

    @property
    def borrowed(self) -> bool:
        """Whether it is from a repository, and not from the library."""
        return "commit" in self.origin

    @property
    def unchanged(self) -> bool:
        """Whether its text is the one that its digest was made of."""
        return not self.fault and self.stated == digest(self.content)

    def made_of(self, base: bytes) -> bool:
        """Whether `base` is the copy as it was before it was changed: the one whose digest it states."""
        return bool(self.stated) and self.stated == stated(base) == digest(base)


def digest(content: bytes) -> str:
    """The digest of a copy: the SHA-256 of its bytes without its lines that begin with `digest: sha256:`.

    >>> digest(b"---\\ndigest: sha256:0\\n---\\n") == digest(b"---\\n---\\n")
    True
    """
    return f"sha256:{sha256(_DIGEST.sub(b'', content)).hexdigest()}"


def stated(content: bytes) -> str:
    """The digest that a copy states, "" where it does not state one, and one only."""
    lines = _DIGEST.findall(content)
    found = _STATED.fullmatch(lines[0].decode("utf-8", "replace")) if len(lines) == 1 else None
    return found[1] if found else ""


def vendored(content: bytes, path: str) -> Vendored | None:
    """What an object says of where it is from; None where it was written here.

    An object whose front matter is not read and that speaks of a digest is one with a `fault`.
    """
    head = _head(content)
    if not head or not _NAMES.search(head):
        return None
    said = stated(content)
    try:
        header = front.read(decoded(head, path), path, [])
    except TextError as error:
        return Vendored(path, content, {}, (), said, error.found) if said else None
    origin = dict(header.origin)
    if "digest" not in origin and "commit" not in origin:
        return None
    return Vendored(path, content, origin, header.earlier, said if said == origin.get("digest") else "")


def all_vendored(tree: Tree, but: str = "") -> dict[str, Vendored]:
    """Every object of an agreement that says where it is from, by path; the folder `but` (with a slash) is not looked into.

    Raises: StoreError
    """
    found: dict[str, Vendored] = {}
    for path in tree.paths():
        if path.endswith(".md") and not (but and path.startswith(but)):
            try:
                copy = vendored(tree.read(path), path)
            except StoreError:
                continue
            if copy is not None:
                found[path] = copy
    return found


def _head(content: bytes) -> bytes:
    """The front matter, without the lines around it; empty where there is none."""
    lines = content.split(b"\n", 1)
    if len(lines) < 2 or lines[0].rstrip() != b"---":
        return b""
    end = re.search(rb"(?m)^(?:---|\.\.\.)[ \t\r]*$", lines[1])
    return lines[1][: end.start()] if end else b""
