"""What a tree is, which paths it may have, and what is said of those that it does not."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Protocol

from syngraph.engine.text.errors import FolderError, MissingError
from syngraph.engine.text.errors import StoreError as StoreError
from syngraph.engine.text.provenance import Place

MANIFEST = "syngraph.yaml"
MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_FILES = 100_000


class Tree(Protocol):
    """The files of one agreement at one moment."""

    @property
    def name(self) -> str:
        """What the tree is called in messages: a folder, or a revision of one."""
        ...

    @property
    def entry(self) -> str | None:
        """The object that was asked for, where the path that was opened was a file."""
        ...

    @property
    def digest(self) -> str:
        """A key that is equal only for equal content."""
        ...

    def read(self, path: str) -> bytes:
        """The content of a file. Raises: StoreError."""
        ...

    def paths(self) -> tuple[str, ...]:
        """The paths of all plain files, sorted."""
        ...


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit that changed an agreement. `instant` is when it was committed."""

    commit: str
    instant: datetime
    tree: Tree


# -- reading -----------------------------------------------------------------------------------------------------------


def text_of(tree: Tree, path: str) -> str:
    """The content of a text file, which is UTF-8 without control characters; line ends become LF.

    Raises: StoreError
    """
    return decoded(tree.read(path), path)


def decoded(content: bytes, path: str) -> str:
    """The text in `content`, as `text_of` has it. Raises: StoreError"""
    zero = content.find(b"\0")
    if zero >= 0:
        raise StoreError(
            f"a binary file (a zero byte at offset {zero})",
            "text in UTF-8",
            "name a Markdown or YAML file here, or save this one as plain text",
            place=Place(path, content.count(b"\n", 0, zero) + 1, 1),
        )
    try:
        text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise StoreError(
            f"the byte 0x{content[error.start]:02x}, which is not UTF-8", "text in UTF-8", "save the file as UTF-8", place=place
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def digest_of(tree: Tree, paths: Iterable[str]) -> str:
    """A key that is equal only for equal content of those files (a missing one counts as missing)."""
    total = hashlib.sha256()
    for path in sorted(paths):
        try:
            content = tree.read(path)
        except StoreError:
            total.update(b"missing\0" + _bytes(path) + b"\0")
        else:
            total.update(hashlib.sha256(content).digest() + _bytes(path) + b"\0")
    return total.hexdigest()


# -- paths and messages ------------------------------------------------------------------------------------------------


def checked(path: str) -> str:
    """The path, when it is one that a tree may have. Raises: StoreError."""
    if path.startswith("/") or (len(path) > 1 and path[1] == ":"):
        raise StoreError("an absolute path", "a path from the top of the agreement", "write it without the leading part", path)
    if ".." in path.split("/"):
        raise StoreError(
            "a path that leads out of the tree",
            "a path from the top of the agreement",
            "copy what you need into the agreement, so that what is signed is complete",
            path,
        )
    if not path or "\\" in path or "\0" in path or any(part in ("", ".") for part in path.split("/")):
        raise StoreError("a path that is not plain", "names with / between them", path=path)
    return path


def missing(path: str, tree: Tree) -> StoreError:
    """There is no such file."""
    return MissingError("no such file", f"one of the files of {tree.name}", lambda: nearest(path, tree), path)


def nearest(path: str, tree: Tree) -> str:
    """What to do about a file that is not there: the one that was probably meant, if there is one."""
    paths = tree.paths()
    name = path.rsplit("/", 1)[-1]
    same = [other for other in paths if other.rsplit("/", 1)[-1] == name]
    near = same[:1] or get_close_matches(path, paths, 1, 0.7)
    return f"did you mean {near[0]}? Paths count from the top of the agreement" if near else "write the file, or mend the path"


def no_file(path: str) -> StoreError:
    """What is there is a folder."""
    return FolderError("a folder", "a file", path=path)


def link(path: str) -> StoreError:
    """What is there is a symbolic link."""
    return StoreError(
        "a symbolic link", "a plain file", "put the file itself here, so that what is signed is what is read", path=path
    )


def too_large(path: str, size: int) -> StoreError:
    """The file is over the size that is read."""
    return StoreError(f"a file of {size:,} bytes", f"at most {MAX_FILE_BYTES:,} bytes", "split the file", path=path)


def counted(count: int, name: str) -> None:
    """Refuse a tree with too many files. Raises: StoreError."""
    if count > MAX_FILES:
        raise StoreError(f"more than {MAX_FILES:,} files", "the folder of one agreement", "name a folder further in", path=name)


def reason(error: Exception) -> str:
    """What the operating system says is wrong."""
    return getattr(error, "strerror", None) or str(error)


def _bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
