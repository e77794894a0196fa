"""What a motion changes: one clause, or one file, at a time."""

from dataclasses import dataclass
from hashlib import sha256

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.units import Kind, Name


class ChangesRefused(TextError):  # noqa: N818 -- the word for what becomes of a motion
    """Changes that cannot be read, written down or made, whatever the text."""


@dataclass(frozen=True, slots=True)
class Replace:
    """A unit reads otherwise: `after` is its whole new text. `before` is the digest of the text that it replaces."""

    path: str
    kind: Kind
    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Insert:
    """A new unit, right behind another one; None: at the beginning of the file."""

    path: str
    kind: Kind
    key: str
    behind: Name | None
    after: str


@dataclass(frozen=True, slots=True)
class Delete:
    """A unit is gone."""

    path: str
    kind: Kind
    key: str
    before: str


@dataclass(frozen=True, slots=True)
class Move:
    """A unit stands elsewhere: right behind another one; None: at the beginning of the file."""

    path: str
    kind: Kind
    key: str
    before: str
    behind: Name | None


@dataclass(frozen=True, slots=True)
class AddFile:
    """A new file."""

    path: str
    after: str


@dataclass(frozen=True, slots=True)
class DeleteFile:
    """A file is gone."""

    path: str
    before: str


@dataclass(frozen=True, slots=True)
class ReplaceFile:
    """A file that is not cut into units reads otherwise."""

    path: str
    before: str
    after: str


UnitChange = Replace | Insert | Delete | Move
FileChange = AddFile | DeleteFile | ReplaceFile
Change = UnitChange | FileChange
Changes = tuple[Change, ...]


def digest(text: str) -> str:
    """What a change says of the text it is made to: the SHA-256 of its UTF-8 bytes, in lower-case hex."""
    return sha256(text.encode()).hexdigest()


def content_of(content: bytes, path: str) -> str:
    """A file as text, byte for byte: nothing is made equal. Raises: ChangesRefused"""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise ChangesRefused(
            f"the byte 0x{content[error.start]:02x} at offset {error.start}, which is not UTF-8",
            "text in UTF-8, since a change is words",
            "save the file as UTF-8",
            path,
        ) from None


_WORDS = {
    Kind.FRAME: "front matter line",
    Kind.KEY: "entry",
    Kind.FIELD: "field",
    Kind.SECTION: "section",
    Kind.PRINCIPAL: "principal",
    Kind.FILE: "file",
}


def described(name: Name) -> str:
    """A unit in words.

    >>> described((Kind.FIELD, "Dues")), described((Kind.SECTION, ""))
    ('the field `Dues`', 'the text before the first section')
    """
    kind, key = name
    return f"the {_WORDS[kind]} `{key}`" if key else "the text before the first section"


def named(words: str) -> Name | None:
    """The unit that `described` describes so; None when it describes none."""
    if words == described((Kind.SECTION, "")):
        return Kind.SECTION, ""
    kind = next((kind for kind, word in _WORDS.items() if words.startswith(f"the {word} `")), Kind.FILE)
    name = (kind, words[len(f"the {_WORDS[kind]} `") : -1])
    return name if name[1] and described(name) == words else None
