"""What a governed folder and a governed text may not hold: refused, never mended, so that what is signed is what is read."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.provenance import Place

if TYPE_CHECKING:
    from syngraph.engine.text.store.listing import Entry

MAX_NAME_BYTES = 255
_SHOWN_LINE = 2_000
_FILE, _FOLDER = 0o100644, 0o40000
_PLAIN = re.compile(rb"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_-])?")
_TAGS = r"\U000e0000-\U000e007f"
_NAME_CONTROLS = re.compile(
    rf"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb{_TAGS}]"
)
_LATIN = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff"
_TEXT_CONTROLS = re.compile(
    rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb{_TAGS}]"
    rf"|[\u200c\u200d](?=[{_LATIN}])|(?<=[{_LATIN}])[\u200c\u200d]"
)
# Greek, Coptic, Cyrillic, Armenian, Cherokee and Lisu letters, and Latin ones for mathematics and of full width.
_LIKE_LATIN = re.compile(
    r"[\u0370-\u052f\u0531-\u058f\u13a0-\u13ff\u1c80-\u1c8f\u1f00-\u1fff\u2c80-\u2cff\u2de0-\u2dff\ua4d0-\ua4ff\ua640-\ua69f"
    r"\uab70-\uabbf\uff10-\uff5a\U0001d400-\U0001d7ff]"
)
_SOME_LATIN = re.compile(f"[{_LATIN}]")
_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u200c\u200d])+")
_BYTE_CONTROLS = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_GIT = re.compile(r"\.git|git~[0-9]+")
_MODES = {
    0o100755: ("an executable file", "take its mark away: git update-index --chmod=-x"),
    0o120000: ("a symbolic link", "put the file itself there"),
    0o160000: ("a submodule", "put its files themselves there"),
}


class HygieneError(StoreError):
    """A folder or a text that is not plain enough to be governed."""


def folder(entries: Sequence["Entry"], path: str) -> None:
    """Refuse a folder that not every system would hold as it is; `path` is where it stands ("" at the top).

    Entries are plain files and folders, in git's order, each name once. A name is NFC UTF-8 of at most 255 bytes without
    control characters or characters that are not seen, without `\\`, `:` and a dot or blank at its end, is not `.git` nor what
    a file system takes for it, and differs from its siblings by more than case.

    Raises: HygieneError
    """
    held: dict[str, str] = {}
    before = b""
    for entry in entries:
        name = _name(entry.name, path)
        where = _below(path, name)
        if entry.mode not in (_FILE, _FOLDER):
            kind, help = _MODES.get(entry.mode, (f"a file of the odd mode {entry.mode:o}", "write it as a plain file"))
            raise HygieneError(kind, "plain files and folders, so that what is signed is what is read", help, where)
        twin = held.setdefault(folded(name), where)
        if twin is not where:
            raise _twin(name, twin.rsplit("/", 1)[-1], where)
        key = entry.name + b"/" if entry.mode == _FOLDER else entry.name
        if key <= before:
            raise HygieneError("an entry out of order", "entries in git's order", "git fsck tells more", where)
        before = key


def paths(names: Iterable[str]) -> None:
    """Refuse paths that no folders of git that pass `folder` could have. Raises: HygieneError."""
    held: dict[tuple[str, str], tuple[str, str]] = {}
    for path in names:
        *folders, last = path.split("/")
        prefix = ""
        for kind, part in (*(("folder", part) for part in folders), ("file", last)):
            where = _below(prefix, part)
            key = (prefix, folded(part))
            known = held.get(key)
            if known is None:
                _name(part.encode("utf-8", "surrogateescape"), prefix)
                held[key] = (kind, part)
            elif known != ("folder", part) or kind == "file":
                raise _twin(part, known[1], where)
            prefix = where


def plain(name: bytes) -> bool:
    """Whether a name is of lower-case ASCII letters, digits, `.`, `_` and `-` and so in order on every system."""
    return _PLAIN.fullmatch(name) is not None and len(name) <= MAX_NAME_BYTES


def governed_text(content: bytes, path: str) -> str:
    """The text in `content`, which is UTF-8 in NFC with LF at the end of each line.

    Refused are carriage returns, byte order marks, marks that turn the direction of writing, other line separators, characters
    that are not seen, all control characters but TAB and LF, and words that mix Latin letters with others that look like them.

    Raises: HygieneError with the place, and the line that it is in
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        raise _at(
            f"the byte 0x{content[error.start]:02x}, which is not UTF-8",
            "text in UTF-8",
            "save the file as UTF-8",
            content.decode("utf-8", "replace"),
            len(before),
            path,
        ) from None
    if text.isascii():
        if (control := _BYTE_CONTROLS.search(content)) is not None:
            raise _control(text, control.start(), path)
        return text
    if (mark := _TEXT_CONTROLS.search(text)) is not None:
        raise _control(text, mark.start(), path)
    if not unicodedata.is_normalized("NFC", text):
        # Bisected, since to compose a long run of loose marks takes time that grows with its square.
        at = bisect_left(range(1, len(text)), True, key=lambda end: not unicodedata.is_normalized("NFC", text[:end]))
        while at and unicodedata.combining(text[at]):
            at -= 1
        raise _at(
            f"{_said(text[at : at + 1])} in a form that is not composed",
            "text in Unicode's composed form (NFC)",
            "write it as one letter: an editor or `uconv -x any-nfc` does so",
            text,
            at,
            path,
        )
    if _LIKE_LATIN.search(text) is not None:
        for word in _WORD.finditer(text):
            said = word.group()
            if not said.isascii() and _LIKE_LATIN.search(said) is not None and _SOME_LATIN.search(said) is not None:
                raise _mixed(said, text, word.start(), path)
    return text


def folded(name: str) -> str:
    """What a name is to a file system that does not tell upper case from lower or composed letters from others."""
    if name.isascii():
        return name.lower()
    normal = unicodedata.normalize
    return normal("NFC", normal("NFD", name).casefold())


def _name(raw: bytes, path: str) -> str:
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise _refused(_below(path, raw.decode("utf-8", "replace")), "a name that is not UTF-8", "rename it") from None
    if _PLAIN.fullmatch(raw) is not None and len(raw) <= MAX_NAME_BYTES:
        return name
    where = _below(path, name)
    if len(raw) > MAX_NAME_BYTES:
        raise _refused(where, f"a name of {len(raw):,} bytes", f"shorten it to {MAX_NAME_BYTES} bytes")
    if name in ("", ".", ".."):
        raise _refused(where, f"the name {name!r}", "rename it")
    if (mark := _NAME_CONTROLS.search(name)) is not None:
        raise _refused(where, f"{_said(mark.group())} in a name", "rename it without that character")
    if not unicodedata.is_normalized("NFC", name):
        raise _refused(where, "a name that is not composed (NFC)", "rename it to its composed form; macOS writes the other one")
    if any(mark in name for mark in "/\\:"):
        raise _refused(where, "a slash, backslash or colon in a name", "rename it without that character")
    if _GIT.fullmatch(folded(name).rstrip(". ")):
        raise _refused(where, f"the name {name}, which some systems take for .git", "rename it")
    if name[-1] in ". ":
        raise _refused(where, f"a name that ends with {'a dot' if name[-1] == '.' else 'a blank'}", "rename it without")
    return name


def _twin(name: str, twin: str, where: str) -> HygieneError:
    if name == twin:
        return HygieneError("a name that the folder holds twice", "each name once", "git fsck tells more", _shown(where))
    found = f"the name {name} beside {twin}, which some systems take for one"
    return HygieneError(found, "names that differ by more than case", "rename one of them", _shown(where))


def _below(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _refused(where: str, found: str, help: str) -> HygieneError:
    return HygieneError(_shown(found), "a name that every system keeps as it is", help, _shown(where))


def _shown(text: str) -> str:
    """The text with what cannot be printed written as an escape."""
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode("ascii") for mark in text)


def _control(text: str, at: int, path: str) -> HygieneError:
    mark = text[at]
    if mark == "\r":
        found, help = "a carriage return", "save the file with LF at the end of its lines (git config core.autocrlf input)"
    elif mark == "\ufeff":
        found, help = "a byte order mark", "save the file as UTF-8 without a byte order mark"
    elif mark in _BIDI:
        found, help = f"{_said(mark)}, which turns the direction of writing", "delete it: what is read must be what is written"
    else:
        found, help = _said(mark), "delete it"
    return _at(found, "text without control characters", help, text, at, path)


def _mixed(word: str, text: str, at: int, path: str) -> HygieneError:
    other = _LIKE_LATIN.search(word)
    assert other is not None
    found = f"letters of more than one script in a word, with {_said(other.group())} at its letter {other.start() + 1}"
    return _at(found, "words whose letters are of one script", "write the word in one script", text, at, path)


def _at(found: str, expected: str, help: str, text: str, at: int, path: str) -> HygieneError:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    error = HygieneError(found, expected, help, place=Place(path, text.count("\n", 0, at) + 1, at - start + 1))
    end = end if end >= 0 else len(text)
    if end - start <= _SHOWN_LINE:
        error.source = text[start:end]
    return error


def _said(mark: str) -> str:
    name = unicodedata.name(mark, "") or "a control character"
    return f"U+{ord(mark):04X} ({name.lower()})"
