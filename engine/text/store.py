"""Where texts are kept: a folder on disk, a revision in git, or files in memory; the only module that touches git.

A tree is the content of one agreement. Paths in it are relative, with `/` between their parts, and never lead out of it.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.provenance import Place

if TYPE_CHECKING:
    import pygit2

MANIFEST = "syngraph.yaml"
MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_FILES = 100_000


class StoreError(TextError):
    """A tree, a revision or a file that cannot be read."""


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


# -- opening -----------------------------------------------------------------------------------------------------------


def open_tree(path: Path, rev: str | None = None) -> Tree:
    """The tree at `path`: a folder, an object in one, or a repository; on disk, or as it was at `rev`.

    A file opens the folder of the agreement it belongs to (the nearest above it with a manifest, else its own), with the
    file as `entry`. A bare repository is read at its HEAD when no `rev` is given.

    Raises: StoreError
    """
    if rev is None and not _is_bare(path):
        return _folder(path)
    return _at_revision(path, rev or "HEAD")


def tree_of(files: Mapping[str, bytes], entry: str | None = None) -> Tree:
    """A tree held in memory."""
    return _Memory({_checked(path): content for path, content in files.items()}, entry)


def history(path: Path, branch: str | None = None) -> tuple[Revision, ...]:
    """The commits that changed the agreement at `path`, oldest first, along the first parents of `branch` (None: HEAD).

    Empty where there is no repository, or none of its commits has the folder.

    Raises: StoreError where the repository has commits but no such branch.
    """
    found = _repository(path)
    if found is None:
        return ()
    repo, below = found
    if _unborn(repo):
        return ()
    commit = _commit(repo, branch or "HEAD", path)
    revisions: list[Revision] = []
    below = _agreement_folder(repo, commit, below)
    newer: tuple[pygit2.Commit, pygit2.Tree] | None = None
    while True:
        subtree = _subtree(commit, below)
        if newer is not None and (subtree is None or subtree.id != newer[1].id):
            revisions.append(_revision(repo, newer[0], newer[1], path))
        newer = (commit, subtree) if subtree is not None else None
        parents = commit.parents
        if not parents:
            break
        commit = parents[0]
    if newer is not None:
        revisions.append(_revision(repo, newer[0], newer[1], path))
    return tuple(reversed(revisions))


def head(path: Path, branch: str | None = None) -> str | None:
    """The commit that `branch` (None: HEAD) stands at, read cheaply, as a cache key for `history`; None if there is none."""
    folder = _git_folder(path)
    if folder is None:
        return None
    common = folder
    if (link := folder / "commondir").is_file():
        common = folder / link.read_text().strip()
    name = f"refs/heads/{branch}" if branch else ""
    if not name:
        value = (folder / "HEAD").read_text().strip() if (folder / "HEAD").is_file() else ""
        if not value.startswith("ref: "):
            return value or None
        name = value.removeprefix("ref: ")
    for base in (folder, common):
        if (file := base / name).is_file():
            return file.read_text().strip()
    packed = common / "packed-refs"
    if packed.is_file():
        for line in packed.read_text(errors="replace").splitlines():
            oid, _, ref = line.partition(" ")
            if ref == name:
                return oid
    return None


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


# -- a folder on disk --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Folder:
    root: Path
    name: str
    entry: str | None = None

    @property
    def digest(self) -> str:
        return digest_of(self, self.paths())

    def read(self, path: str) -> bytes:
        parts = _checked(path).split("/")
        at = self.root
        for index, part in enumerate(parts):
            at = at / part
            try:
                status = at.lstat()
            except FileNotFoundError:
                raise _missing(path, self) from None
            except (OSError, ValueError) as error:
                raise StoreError(f"a file that cannot be read ({_reason(error)})", "a plain file", path=path) from None
            mode = status.st_mode
            last = index == len(parts) - 1
            if stat.S_ISLNK(mode):
                raise _link(path)
            if last and not stat.S_ISREG(mode):
                raise StoreError("a folder" if stat.S_ISDIR(mode) else "something that is no plain file", "a file", path=path)
            if not last and not stat.S_ISDIR(mode):
                raise _missing(path, self)
            if last and status.st_size > MAX_FILE_BYTES:
                raise _too_large(path, status.st_size)
        try:
            return at.read_bytes()
        except OSError as error:
            raise StoreError(
                f"a file that cannot be read ({_reason(error)})", "a readable file", "check its permissions", path=path
            ) from None

    def paths(self) -> tuple[str, ...]:
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
                raise StoreError(f"a folder that cannot be read ({_reason(error)})", "a folder", path=str(folder)) from None
            _count(len(found), self.name)
        return tuple(sorted(found))


def _folder(path: Path) -> Tree:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise StoreError("nothing there", "a folder, an object or a repository", _near(path), path=str(path)) from None
    except (OSError, ValueError) as error:
        raise StoreError(f"a path that cannot be read ({_reason(error)})", "a folder or an object", path=str(path)) from None
    if stat.S_ISDIR(mode):
        return _Folder(path, str(path))
    if not stat.S_ISREG(mode):
        raise StoreError("something that is no plain file", "a folder, an object or a repository", path=str(path))
    whole = path.absolute()
    root = next((folder for folder in whole.parents if (folder / MANIFEST).is_file()), whole.parent)
    return _Folder(root, str(root), whole.relative_to(root).as_posix())


# -- files in memory ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Memory:
    files: dict[str, bytes]
    entry: str | None = None
    name: str = "memory"

    @property
    def digest(self) -> str:
        return digest_of(self, self.files)

    def read(self, path: str) -> bytes:
        if _checked(path) not in self.files:
            raise _missing(path, self)
        if len(self.files[path]) > MAX_FILE_BYTES:
            raise _too_large(path, len(self.files[path]))
        return self.files[path]

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self.files))


# -- a revision in git -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Committed:
    repo: "pygit2.Repository"
    top: "pygit2.Tree"
    name: str
    entry: str | None = None
    _paths: list[tuple[str, ...]] = field(default_factory=list, compare=False)

    @property
    def digest(self) -> str:
        return str(self.top.id)

    def read(self, path: str) -> bytes:
        import pygit2

        at: Any = self.top
        for part in _checked(path).split("/"):
            if not isinstance(at, pygit2.Tree):
                raise _missing(path, self)
            try:
                at = at / part
            except KeyError:
                raise _missing(path, self) from None
            if at.filemode == pygit2.enums.FileMode.LINK:
                raise _link(path)
        if not isinstance(at, pygit2.Blob):
            raise StoreError("a folder" if isinstance(at, pygit2.Tree) else "a submodule", "a file", path=path)
        if at.size > MAX_FILE_BYTES:
            raise _too_large(path, at.size)
        return at.data

    def paths(self) -> tuple[str, ...]:
        if not self._paths:
            self._paths.append(tuple(sorted(self._walk())))
        return self._paths[0]

    def _walk(self) -> Iterator[str]:
        import pygit2

        folders = [("", self.top)]
        count = 0
        while folders:
            prefix, folder = folders.pop()
            for item in folder:
                path = prefix + (item.name or "")
                if isinstance(item, pygit2.Tree):
                    folders.append((path + "/", item))
                elif isinstance(item, pygit2.Blob) and item.filemode != pygit2.enums.FileMode.LINK:
                    count += 1
                    _count(count, self.name)
                    yield path


def _at_revision(path: Path, rev: str) -> Tree:
    found = _repository(path)
    if found is None:
        raise StoreError(
            "no git repository", f"one that has the revision {rev}", "leave the revision out, or run git init", path=str(path)
        )
    repo, below = found
    if _unborn(repo) and rev in ("HEAD", "main", "master"):
        raise StoreError("a repository without a commit", "at least one commit", "commit the agreement first", path=str(path))
    import pygit2

    commit = _commit(repo, rev, path)
    folder = _agreement_folder(repo, commit, below)
    top = _subtree(commit, folder)
    name = f"{path}@{rev}"
    if top is None:
        raise StoreError(
            f"no {below} in {rev}",
            "a folder or file that the revision has",
            f"git ls-tree {rev} lists what it has",
            path=str(path),
        )
    entry = below[len(folder) :].lstrip("/") if below != folder else ""
    if not entry:
        return _Committed(repo, top, name)
    tree = _Committed(repo, top, name, entry)
    if isinstance(top, pygit2.Tree):
        tree.read(entry)
    return tree


def _agreement_folder(repo: "pygit2.Repository", commit: "pygit2.Commit", below: str) -> str:
    """The folder that `below` opens: itself, or for a file the nearest above it with a manifest, else its own."""
    import pygit2

    del repo
    try:
        at: Any = commit.tree / below if below else commit.tree
    except KeyError:
        return below
    if isinstance(at, pygit2.Tree):
        return below
    parents = below.split("/")[:-1]
    for count in range(len(parents), -1, -1):
        folder = "/".join(parents[:count])
        held = _subtree(commit, folder)
        if held is not None and MANIFEST in held:
            return folder
    return "/".join(parents)


def _repository(path: Path) -> tuple["pygit2.Repository", str] | None:
    """The repository that `path` is in, and the path below its top; the path itself need not be on disk."""
    import pygit2

    whole = Path(os.path.abspath(path))  # noqa: PTH100  (Path.absolute keeps `..`)
    existing = whole
    try:
        while not existing.exists():
            existing = existing.parent
    except (OSError, ValueError) as error:
        raise StoreError(f"a path that cannot be read ({_reason(error)})", "a folder or an object", path=str(path)) from None
    start = existing if existing.is_dir() else existing.parent
    try:
        found = pygit2.discover_repository(str(start))
        if found is None:
            return None
        repo = pygit2.Repository(found)
    except (KeyError, pygit2.GitError) as error:
        raise StoreError(f"a repository that git refuses ({error})", "a readable git repository", path=str(path)) from None
    top = Path(repo.path if repo.is_bare or repo.workdir is None else repo.workdir).resolve()
    real = existing.resolve() / whole.relative_to(existing)
    if not real.is_relative_to(top):
        raise StoreError("a path outside the repository", f"one below {top}", path=str(path))
    below = real.relative_to(top).as_posix()
    return repo, "" if below == "." else below


def _commit(repo: "pygit2.Repository", rev: str, path: Path) -> "pygit2.Commit":
    import pygit2

    try:
        return repo.revparse_single(rev).peel(pygit2.Commit)
    except (KeyError, ValueError, pygit2.GitError):
        names = sorted(repo.branches.local) + [name.removeprefix("refs/tags/") for name in repo.references if "/tags/" in name]
        near = get_close_matches(rev, names, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(names[:8])}" if names else "it has no commit yet"
        raise StoreError(f"no revision {rev}", "a commit, a tag or a branch of the repository", hint, path=str(path)) from None


def _subtree(commit: "pygit2.Commit", below: str) -> "pygit2.Tree | None":
    import pygit2

    try:
        at = commit.tree / below if below else commit.tree
    except KeyError:
        return None
    return at if isinstance(at, pygit2.Tree) else None


def _revision(repo: "pygit2.Repository", commit: "pygit2.Commit", top: "pygit2.Tree", path: Path) -> Revision:
    zone = timezone(timedelta(minutes=commit.commit_time_offset))
    oid = str(commit.id)
    return Revision(oid, datetime.fromtimestamp(commit.commit_time, zone), _Committed(repo, top, f"{path}@{oid[:10]}"))


def _unborn(repo: "pygit2.Repository") -> bool:
    return repo.is_empty or repo.head_is_unborn


def _is_bare(path: Path) -> bool:
    """Whether the path is, or would lie in, a repository without a work tree."""
    try:
        return next((_has_git(folder) for folder in (path, *path.absolute().parents) if folder.exists()), False)
    except (OSError, ValueError):
        return False


def _has_git(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def _git_folder(path: Path) -> Path | None:
    for folder in (path, *path.absolute().parents):
        if _has_git(folder):
            return folder
        git = folder / ".git"
        if git.is_dir():
            return git
        if git.is_file():
            return folder / git.read_text().strip().removeprefix("gitdir: ")
    return None


# -- paths and messages ------------------------------------------------------------------------------------------------


def _checked(path: str) -> str:
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


def _missing(path: str, tree: Tree) -> StoreError:
    return StoreError("no such file", f"one of the files of {tree.name}", nearest(path, tree), path)


def nearest(path: str, tree: Tree) -> str:
    """What to do about a file that is not there: the one that was probably meant, if there is one."""
    paths = tree.paths()
    name = path.rsplit("/", 1)[-1]
    same = [other for other in paths if other.rsplit("/", 1)[-1] == name]
    near = same[:1] or get_close_matches(path, paths, 1, 0.7)
    return f"did you mean {near[0]}? Paths count from the top of the agreement" if near else "write the file, or mend the path"


def _near(path: Path) -> str:
    if not path.parent.is_dir():
        return "check the path"
    near = get_close_matches(path.name, sorted(other.name for other in path.parent.iterdir()), 1, 0.7)
    return f"did you mean {path.parent / near[0]}?" if near else "check the path"


def _link(path: str) -> StoreError:
    return StoreError(
        "a symbolic link", "a plain file", "put the file itself here, so that what is signed is what is read", path=path
    )


def _too_large(path: str, size: int) -> StoreError:
    return StoreError(f"a file of {size:,} bytes", f"at most {MAX_FILE_BYTES:,} bytes", "split the file", path=path)


def _count(count: int, name: str) -> None:
    if count > MAX_FILES:
        raise StoreError(f"more than {MAX_FILES:,} files", "the folder of one agreement", "name a folder further in", path=name)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")
