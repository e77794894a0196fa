"""Git's objects as they are: raw, strict, and not through what settings, replacements or grafts make of them."""

from collections import OrderedDict
from collections.abc import Container, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from syngraph.engine.text.errors import DamagedError, StoreError
from syngraph.engine.text.store.commits import MAX_COMMIT_BYTES, Commit, commit_from
from syngraph.engine.text.store.listing import FOLDER, Changed, Entry, Listing, changed, listing
from syngraph.engine.text.store.passed import Passed
from syngraph.engine.text.store.revision import commit_at, repository_at
from syngraph.engine.text.store.tree import MAX_FILE_BYTES, Tree

if TYPE_CHECKING:
    import pygit2

MAX_COMMITS = 500_000
_KEPT_BYTES = 16 * 1024 * 1024
_COMMIT, _TREE, _BLOB = 1, 2, 3
_KINDS = {1: "commit", 2: "folder", 3: "file", 4: "tag"}


class Repository:
    """A git repository, read object by object.

    `path` is its own folder (`.git`, a bare repository, or what a linked work tree has of it), `common` the one that holds
    its references and objects, `workdir` the work tree, if there is one. What is read is checked against its id by git's
    library; replacements, grafts and settings of the user change nothing. `handle` and `passed` are the store's own.
    """

    __slots__ = ("_kept", "_listings", "_odb", "_refusals", "common", "handle", "passed", "path", "workdir")

    def __init__(self, handle: "pygit2.Repository") -> None:
        import pygit2

        self.handle = handle
        self.path = Path(handle.path)
        link = self.path / "commondir"
        self.common = (self.path / link.read_text().strip()).resolve() if link.is_file() else self.path
        self.workdir = Path(handle.workdir) if handle.workdir and not handle.is_bare else None
        self._odb = handle.odb
        self._refusals = (pygit2.GitError, ValueError)
        self._listings: OrderedDict[str, Listing] = OrderedDict()
        self._kept = 0
        self.passed = Passed()

    def entries(self, oid: str) -> tuple[Entry, ...]:
        """What a folder lists, as it stands in its object. Raises: StoreError."""
        return tuple(self.listing(oid).entries())

    def blob(self, oid: str) -> bytes:
        """The content of a file, of at most `MAX_FILE_BYTES`. Raises: StoreError."""
        return self._read(oid, _BLOB, MAX_FILE_BYTES)

    def commit(self, oid: str) -> Commit:
        """A commit. Raises: StoreError when it is missing or malformed."""
        return commit_from(self._read(oid, _COMMIT, MAX_COMMIT_BYTES), oid)

    def branch(self, name: str) -> str | None:
        """The commit that a branch stands at, None where there is no such branch.

        Raises: StoreError for a name that no branch can have, and for a branch that only points to another reference.
        """
        import pygit2

        reference = f"refs/heads/{name}"
        if not pygit2.reference_is_valid_name(reference):
            raise StoreError(f"the branch name {name!r}", "a name that git allows", "git check-ref-format tells what it allows")
        try:
            found = self.handle.references.get(reference)
        except (pygit2.GitError, ValueError) as error:
            raise StoreError(f"a branch that cannot be read ({error})", "a readable reference", path=name) from None
        if found is None:
            return None
        if isinstance(found.target, str) or (self.common / reference).is_symlink():
            raise StoreError(
                f"a branch {name} that points to another reference",
                "a branch that stands at a commit of its own",
                f"git symbolic-ref --delete {reference}, and make the branch anew",
                path=str(self.path),
            )
        return str(found.target)

    def head(self) -> str | None:
        """The commit that the repository is at, None where there is none yet."""
        return None if self.handle.head_is_unborn else str(self.handle.head.target)

    def resolved(self, revision: str) -> str:
        """The commit that a revision means. Raises: StoreError"""
        return str(commit_at(self.handle, revision, self.path).id)

    def replaced(self) -> tuple[str, ...]:
        """The objects in whose place git shows others (`git replace`), by their ids. What is read here is not replaced."""
        prefix = "refs/replace/"
        return tuple(name.removeprefix(prefix) for name in self.handle.references if name.startswith(prefix))

    def first_parents(self, head: str, stop: Container[str] = ()) -> list[Commit]:
        """The commits from `head` along first parents, newest first, up to and not including the first that `stop` holds.

        Raises: StoreError where a commit is malformed or missing, where a shallow clone ends, and after `MAX_COMMITS`.
        """
        found: list[Commit] = []
        oid: str | None = head
        while oid is not None and oid not in stop:
            if len(found) == MAX_COMMITS:
                raise StoreError(f"more than {MAX_COMMITS:,} commits", "a shorter history", path=str(self.path))
            try:
                commit = self.commit(oid)
            except StoreError:
                if found and found[-1].oid in self._shallow():
                    raise StoreError(
                        f"a shallow clone, which ends at the commit {found[-1].oid[:10]}",
                        "the whole history of the branch",
                        "git fetch --unshallow",
                        path=str(self.path),
                    ) from None
                raise
            found.append(commit)
            oid = commit.parents[0] if commit.parents else None
        return found

    def folder(self, tree: str, below: str) -> str | None:
        """The folder `below` ("" for the top) in a folder of the repository, None where there is none. Raises: StoreError."""
        at = tree
        for part in below.split("/") if below else ():
            name = part.encode("utf-8", "surrogateescape")
            found = [entry for entry in self.listing(at).entries() if entry.name == name]
            if len(found) > 1:
                raise StoreError(f"{len(found)} entries with the name {part}", "one", "git fsck tells more", path=below)
            if not found or found[0].mode != FOLDER:
                return None
            at = found[0].oid
        return at

    def tree(self, commit: str, below: str, but: str = "") -> Tree:
        """The files of the folder `below` of a commit, each folder of it held against `hygiene`.

        The folder `but` (with a slash behind it) is not listed among its paths. Raises: StoreError.
        """
        from syngraph.engine.text.store.snapshot import Snapshot

        top = self.folder(self.commit(commit).tree, below)
        if top is None:
            raise StoreError(f"no {below} in {commit[:10]}", "a folder that the commit has", path=str(self.path))
        return Snapshot(self, top, f"{self.path}@{commit[:10]}", but=but)

    # -- for the other modules of the store ----------------------------------------------------------------------------

    def listing(self, oid: str) -> Listing:
        """A folder's object, cut into entries; the latest ones are kept. Raises: StoreError."""
        kept = self._listings.get(oid)
        return kept if kept is not None else self._keep(oid, listing(self._read(oid, _TREE, MAX_FILE_BYTES)))

    def changed(self, old: str, new: str) -> Changed:
        """Where two folders differ. Raises: StoreError."""
        kept = self._listings.get(new)
        found = changed(self.listing(old), kept.raw if kept is not None else self._read(new, _TREE, MAX_FILE_BYTES))
        self._keep(new, found.new)
        return found

    def _keep(self, oid: str, cut: Listing) -> Listing:
        if oid not in self._listings:
            self._listings[oid] = cut
            self._kept += len(cut.raw) + 40 * len(cut.starts)
            while self._kept > _KEPT_BYTES and len(self._listings) > 2:
                _, old = self._listings.popitem(last=False)
                self._kept -= len(old.raw) + 40 * len(old.starts)
        return cut

    def _read(self, oid: str, kind: int, limit: int) -> bytes:
        try:
            found, size = self._odb.read_header(oid)
            if found != kind:
                raise StoreError(
                    f"a {_KINDS.get(int(found), 'thing')} {oid[:10]}", f"a {_KINDS[kind]}", "git fsck tells more", path=oid
                )
            if size > limit:
                raise StoreError(f"a {_KINDS[kind]} of {size:,} bytes", f"at most {limit:,} bytes", "split it", path=oid)
            content: bytes = self._odb.read(oid)[1]
        except KeyError:
            raise DamagedError(
                f"a {_KINDS[kind]} {oid[:10]} that is not there",
                "a whole repository",
                "this copy is damaged, which is nobody's change: fetch or clone it again; git fsck tells what is missing",
                path=str(self.path),
            ) from None
        except self._refusals as error:
            raise DamagedError(
                f"a {_KINDS[kind]} {oid[:10]} that cannot be read ({error})",
                "a sound object",
                "this copy is damaged, which is nobody's change: fetch or clone it again; git fsck tells more",
                path=str(self.path),
            ) from None
        return content

    def _shallow(self) -> frozenset[str]:
        file = self.common / "shallow"
        return frozenset(file.read_text("ascii", "replace").split()) if file.is_file() else frozenset()


def open_repository(path: Path, alternates: Sequence[Path] = ()) -> tuple[Repository, str]:
    """The repository that `path` is in, and the path below its top ("" for the top itself).

    `alternates` are folders of objects that are read as well: those a push has brought and no reference holds yet.

    Raises: StoreError
    """
    found = repository_at(path)
    if found is None:
        help_ = "git init makes one" if path.exists() else "there is no such folder; check the path"
        raise StoreError("no git repository", "a folder in one", help_, path=str(path))
    handle, below = found
    repo = Repository(handle)
    for folder in alternates:
        repo.handle.odb.add_disk_alternate(str(folder))
    return repo, below
