"""Trees that are a revision in git, and the commits that changed one."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syngraph.engine.text.errors import DamagedError, StoreError
from syngraph.engine.text.store.tree import (
    MANIFEST,
    MAX_FILE_BYTES,
    Revision,
    Tree,
    checked,
    counted,
    link,
    missing,
    no_file,
    reason,
    too_large,
)

if TYPE_CHECKING:
    import pygit2


def history(path: Path, branch: str | None = None) -> tuple[Revision, ...]:
    """The commits that changed the agreement at `path`, oldest first, along the first parents of `branch` (None: HEAD).

    Empty where there is no repository, or none of its commits has the folder.

    Raises: StoreError where the repository has commits but no such branch.
    """
    found = repository_at(path)
    if found is None:
        return ()
    repo, below = found
    if _unborn(repo):
        return ()
    commit = commit_at(repo, branch or "HEAD", path)
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


@dataclass(frozen=True, slots=True)
class Committed:
    """The folder `top` of a revision."""

    repo: "pygit2.Repository"
    top: "pygit2.Tree"
    name: str
    entry: str | None = None
    _paths: list[tuple[str, ...]] = field(default_factory=list, compare=False)

    @property
    def digest(self) -> str:
        """A key that is equal only for equal content."""
        return str(self.top.id)

    def read(self, path: str) -> bytes:
        """The content of a file. Raises: StoreError."""
        import pygit2

        at: Any = self.top
        for part in checked(path).split("/"):
            if not isinstance(at, pygit2.Tree):
                raise missing(path, self)
            try:
                at = at / part
            except KeyError:
                raise missing(path, self) from None
            if at.filemode == pygit2.enums.FileMode.LINK:
                raise link(path)
            _sound(self.repo, at, path)
        if not isinstance(at, pygit2.Blob):
            raise no_file(path) if isinstance(at, pygit2.Tree) else StoreError("a submodule", "a file", path=path)
        if at.size > MAX_FILE_BYTES:
            raise too_large(path, at.size)
        return at.data

    def paths(self) -> tuple[str, ...]:
        """The paths of all plain files, sorted; links are none."""
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
                    _sound(self.repo, item, path)
                    folders.append((path + "/", item))
                elif isinstance(item, pygit2.Blob) and item.filemode != pygit2.enums.FileMode.LINK:
                    count += 1
                    counted(count, self.name)
                    yield path


def at_revision(path: Path, rev: str) -> Tree:
    """The tree at `path` as it was at a revision, whether or not the path is still on disk. Raises: StoreError."""
    found = repository_at(path)
    if found is None:
        raise StoreError(
            "no git repository", f"one that has the revision {rev}", "leave the revision out, or run git init", path=str(path)
        )
    repo, below = found
    if _unborn(repo) and rev in ("HEAD", "main", "master"):
        raise StoreError("a repository without a commit", "at least one commit", "commit the agreement first", path=str(path))
    import pygit2

    commit = commit_at(repo, rev, path)
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
        return Committed(repo, top, name)
    tree = Committed(repo, top, name, entry)
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


def repository_at(path: Path) -> tuple["pygit2.Repository", str] | None:
    """The repository that `path` is in, and the path below its top; the path itself need not be on disk."""
    import pygit2

    whole = Path(os.path.abspath(path))  # noqa: PTH100  (Path.absolute keeps `..`)
    existing = whole
    try:
        while not existing.exists():
            existing = existing.parent
    except (OSError, ValueError) as error:
        raise StoreError(f"a path that cannot be read ({reason(error)})", "a folder or an object", path=str(path)) from None
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


def commit_at(repo: "pygit2.Repository", rev: str, path: Path) -> "pygit2.Commit":
    """The commit that a revision means. Raises: StoreError"""
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
    return Revision(oid, datetime.fromtimestamp(commit.commit_time, zone), Committed(repo, top, f"{path}@{oid[:10]}"))


def _sound(repo: "pygit2.Repository", at: "pygit2.Object", path: str) -> None:
    """Refuse an object that is not what its folder says: git's library would read it as that all the same."""
    import pygit2

    said = 2 if isinstance(at, pygit2.Tree) else 3 if isinstance(at, pygit2.Blob) else 0
    if not said:
        return
    try:
        kind, _ = repo.odb.read_header(at.id)
    except KeyError:
        raise DamagedError(
            f"an object {str(at.id)[:10]} that is not there", "a whole repository", "fetch or clone it again", path
        ) from None
    if int(kind) != said:
        raise StoreError("an object that is not what its folder says", "a sound repository", "git fsck tells more", path)


def _unborn(repo: "pygit2.Repository") -> bool:
    return repo.is_empty or repo.head_is_unborn
