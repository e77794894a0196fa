"""What a copy says of where it is from, and whether it still is what was copied."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.notations import front
from syngraph.engine.text.notations.front import Origin
from syngraph.engine.text.store import StoreError, Tree, decoded

MAX_EARLIER = 100
CLAIMS = ("digest", "source", "commit", "original")
"""The keys with which an object says that it is from elsewhere."""
_DIGEST = re.compile(rb"(?m)^digest: sha256:.*(?:\n|\Z)")
_STATED = re.compile(r"digest: (sha256:[0-9a-f]{64})\n?")
_CLAIMED = re.compile(rf"\b(?:{'|'.join(CLAIMS)})\b")
_WORDS = re.compile(rf"\\|\b(?:{'|'.join(CLAIMS)}|earlier|name)\b")
"""One of them is in front matter with such a key, however it is written: letters hide behind a backslash only."""


@dataclass(frozen=True, slots=True)
class Vendored:
    """An object that says where it is from.

    `origin` is what it says, by key; `earlier` where its source had it from, the latest first. `stated` is the digest that it
    states, "" where it states none in a line of its own; `fault` why the object is not read, "" where it is.
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
        return any(key in self.origin for key in ("source", "commit", "original"))

    @property
    def claims(self) -> bool:
        """Whether it says that it is from elsewhere; one that does not has only a name, which may be its own."""
        return bool(self.fault or self.earlier) or any(key in self.origin for key in CLAIMS)

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
    """What an object says of where it is from; None where it says nothing of it, not even a name.

    An object that is not read, and whose front matter speaks of a source, is one with a `fault`.
    """
    text, fault = _text(content, path)
    head = front.cut(text)
    if head is None or not _WORDS.search(head):
        return None
    said = stated(content)
    said = said if f"digest: {said}" in head.split("\n") else ""
    try:
        header = front.read(head, path, [])
    except TextError as error:
        return Vendored(path, content, {}, (), said, error.found) if _CLAIMED.search(head) else None
    origin = dict(header.origin)
    said = said if said == origin.get("digest") else ""
    copy = Vendored(path, content, origin, header.earlier, said)
    if not copy.claims and "name" not in origin:
        return None
    return replace(copy, fault=fault) if fault else copy


def all_vendored(tree: Tree, but: str = "") -> dict[str, Vendored]:
    """Every object of an agreement that says where it is from, or has a name, by path: any file may be an object.

    The folder `but` (with a slash) is not looked into.

    Raises: StoreError
    """
    found: dict[str, Vendored] = {}
    for path in tree.paths():
        if not (but and path.startswith(but)):
            try:
                content = tree.read(path)
            except StoreError:
                continue
            copy = vendored(content, path) if content.startswith(_BEGINNINGS) else None
            if copy is not None:
                found[path] = copy
    return found


_BEGINNINGS = (b"---", b"\xef\xbb\xbf---")


def _text(content: bytes, path: str) -> tuple[str, str]:
    """The text of an object; and why it is none, "" where it is."""
    try:
        return decoded(content, path), ""
    except StoreError as error:
        return decoded(content.replace(b"\0", b"").decode("utf-8", "replace").encode(), path), error.found
