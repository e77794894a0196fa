"""Trees that are a folder on disk, or files in memory."""

import os
import stat
from dataclasses import dataclass, field
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
    """The folder `root` of a disk, as it is when it is read; that the folders in it are no links is looked at once for each."""

    root: Path
    name: str
    entry: str | None = None
    _folders: set[str] = field(default_factory=set, compare=False, repr=False)

    @property
    def digest(self) -> str:
        """A key that is equal only for equal content."""
        return digest_of(self, self.paths())

    def read(self, path: str) -> bytes:
        """The content of a file. Raises: StoreError."""
        if ".git" in path.casefold() and any(part.casefold().rstrip(". ") == ".git" for part in path.split("/")):
            raise StoreError("a path into git's own folder", "a file of the text", "no text lies there", path)
        above, _, _ = checked(path).rpartition("/")
        if above and above not in self._folders:
            self._walked(above, path)
        at = f"{os.fspath(self.root)}/{path}"
        status = self._status(at, path)
        if not stat.S_ISREG(status.st_mode):
            what = "something that is no plain file"
            raise no_file(path) if stat.S_ISDIR(status.st_mode) else StoreError(what, "a file", path=path)
        if status.st_size > MAX_FILE_BYTES:
            raise too_large(path, status.st_size)
        try:
            with open(at, "rb", buffering=0) as file:  # noqa: PTH123  (a path object for each file takes longer than reading)
                return file.readall()
        except OSError as error:
            raise StoreError(
                f"a file that cannot be read ({reason(error)})", "a readable file", "check its permissions", path=path
            ) from None

    def _walked(self, above: str, path: str) -> None:
        """Looks at the folders on the way to a file, once for each: none may be a link. Raises: StoreError"""
        at = os.fspath(self.root)
        for part in above.split("/"):
            at = f"{at}/{part}"
            if not stat.S_ISDIR(self._status(at, path).st_mode):
                raise missing(path, self)
        self._folders.add(above)

    def _status(self, at: str, path: str) -> os.stat_result:
        try:
            status = os.lstat(at)
        except FileNotFoundError:
            raise missing(path, self) from None
        except (OSError, ValueError) as error:
            raise StoreError(f"a file that cannot be read ({reason(error)})", "a plain file", path=path) from None
        if stat.S_ISLNK(status.st_mode):
            raise link(path)
        return status

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
