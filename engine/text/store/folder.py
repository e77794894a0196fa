"""Trees that are a folder on disk, or files in memory."""

import os
import stat
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.store.tree import (
    MANIFEST,
    MAX_FILE_BYTES,
    Tree,
    checked,
    counted,
    digest_of,
    link,
    missing,
    no_file,
    reason,
    too_large,
)


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder `root` of a disk, as it is when it is read."""

    root: Path
    name: str
    entry: str | None = None

    @property
    def digest(self) -> str:
        """A key that is equal only for equal content."""
        return digest_of(self, self.paths())

    def read(self, path: str) -> bytes:
        """The content of a file. Raises: StoreError."""
        parts = checked(path).split("/")
        at = os.fspath(self.root)
        for index, part in enumerate(parts):
            at = f"{at}/{part}"
            try:
                status = os.lstat(at)
            except FileNotFoundError:
                raise missing(path, self) from None
            except (OSError, ValueError) as error:
                raise StoreError(f"a file that cannot be read ({reason(error)})", "a plain file", path=path) from None
            mode = status.st_mode
            last = index == len(parts) - 1
            if stat.S_ISLNK(mode):
                raise link(path)
            if last and not stat.S_ISREG(mode):
                what = "something that is no plain file"
                raise no_file(path) if stat.S_ISDIR(mode) else StoreError(what, "a file", path=path)
            if not last and not stat.S_ISDIR(mode):
                raise missing(path, self)
            if last and status.st_size > MAX_FILE_BYTES:
                raise too_large(path, status.st_size)
        try:
            with open(at, "rb") as file:  # noqa: PTH123  (a path object for each of thousands of files takes longer than reading)
                return file.read()
        except OSError as error:
            raise StoreError(
                f"a file that cannot be read ({reason(error)})", "a readable file", "check its permissions", path=path
            ) from None

    def paths(self) -> tuple[str, ...]:
        """The paths of all plain files, sorted; links are none."""
        found: list[str] = []
        folders = [("", self.root)]
        while folders:
            prefix, folder = folders.pop()
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        if entry.is_symlink() or entry.name == ".git":
                            continue
                        if entry.is_dir():
                            folders.append((f"{prefix}{entry.name}/", Path(entry.path)))
                        elif entry.is_file():
                            found.append(prefix + entry.name)
            except OSError as error:
                raise StoreError(f"a folder that cannot be read ({reason(error)})", "a folder", path=str(folder)) from None
            counted(len(found), self.name)
        return tuple(sorted(found))


def folder_at(path: Path) -> Tree:
    """The tree of a folder, or of the agreement that a file belongs to. Raises: StoreError."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise StoreError("nothing there", "a folder, an object or a repository", _near(path), path=str(path)) from None
    except (OSError, ValueError) as error:
        raise StoreError(f"a path that cannot be read ({reason(error)})", "a folder or an object", path=str(path)) from None
    if stat.S_ISDIR(mode):
        return Folder(path, str(path))
    if not stat.S_ISREG(mode):
        raise StoreError("something that is no plain file", "a folder, an object or a repository", path=str(path))
    whole = path.absolute()
    root = next((folder for folder in whole.parents if (folder / MANIFEST).is_file()), whole.parent)
    return Folder(root, str(root), whole.relative_to(root).as_posix())


@dataclass(frozen=True, slots=True)
class Memory:
    """Files in memory."""

    files: dict[str, bytes]
    entry: str | None = None
    name: str = "memory"

    @property
    def digest(self) -> str:
        """A key that is equal only for equal content."""
        return digest_of(self, self.files)

    def read(self, path: str) -> bytes:
        """The content of a file. Raises: StoreError."""
        if checked(path) not in self.files:
            below = f"{path}/"
            raise no_file(path) if any(other.startswith(below) for other in self.files) else missing(path, self)
        if len(self.files[path]) > MAX_FILE_BYTES:
            raise too_large(path, len(self.files[path]))
        return self.files[path]

    def paths(self) -> tuple[str, ...]:
        """The paths of all plain files, sorted; links are none."""
        return tuple(sorted(self.files))


def _near(path: Path) -> str:
    if not path.parent.is_dir():
        return "check the path"
    near = get_close_matches(path.name, sorted(other.name for other in path.parent.iterdir()), 1, 0.7)
    return f"did you mean {path.parent / near[0]}?" if near else "check the path"
