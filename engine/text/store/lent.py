"""A commit of another repository, to take objects from: read as it is, and never over a network."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from syngraph.engine.text.errors import DamagedError, StoreError
from syngraph.engine.text.store.revision import Committed, commit_at, repository_at
from syngraph.engine.text.store.tree import MANIFEST, checked

if TYPE_CHECKING:
    import pygit2

MAX_URL = 2_000
_WEB = re.compile(r"(?i)https?://[^/?#@\s]+(?:/[^?#@\s]*)?")
_SHELL = re.compile(r"(?i)(?:(?:ssh|git)://(?:[\w.-]+@)?[\w.-]+(?::\d+)?/[^?#@\s]+|[\w.-]+@[\w.-]+:[^?#@:\s]+)")


@dataclass(frozen=True, slots=True)
class Lender:
    """A repository at one commit. `below` is the folder from which the paths that people give count ("" for its top)."""

    handle: "pygit2.Repository"
    path: Path
    commit: str
    below: str

    @property
    def common(self) -> Path:
        """The folder that holds its objects and references: the same for every work tree of one repository."""
        folder = Path(self.handle.path)
        link = folder / "commondir"
        return ((folder / link.read_text().strip()) if link.is_file() else folder).resolve()

    @property
    def url(self) -> str:
        """The URL of its remote `origin`, where it names a place that others can reach and no credentials; else ""."""
        import pygit2

        try:
            found = self.handle.remotes["origin"].url or ""
        except (KeyError, ValueError, pygit2.GitError):
            return ""
        return found if shareable(found) else ""

    @property
    def stems(self) -> frozenset[str]:
        """The names of its folder and of what it was cloned from."""
        import pygit2

        folder = Path(self.handle.path if self.handle.is_bare else self.handle.workdir or self.handle.path)
        try:
            found = self.handle.remotes["origin"].url or ""
        except (KeyError, ValueError, pygit2.GitError):
            found = ""
        return frozenset({stem(str(folder.resolve())), stem(found)} - {""})

    def tree(self, below: str = "") -> "Lent":
        """The files of a folder, from the top of the repository. Raises: StoreError."""
        return Lent(self._committed(below))

    def _committed(self, below: str) -> Committed:
        import pygit2

        try:
            found = self.handle[self.commit].peel(pygit2.Tree)
            for part in below.split("/") if below else ():
                entry: object = found[part] if part in found else None  # noqa: SIM401  (a tree of git has no `get`)
                if not isinstance(entry, pygit2.Tree):
                    raise StoreError(f"no {below} in {self.commit[:10]}", "a folder that the commit has", path=str(self.path))
                found = entry
        except pygit2.GitError as error:
            raise _lost(below or self.commit, error) from None
        return Committed(self.handle, found, f"{self.path}@{self.commit[:10]}")

    def agreement(self, path: str) -> str:
        """The folder of the agreement that a file is in: the nearest above it with a manifest, else the top ("").

        Raises: StoreError
        """
        parents = checked(path).split("/")[:-1]
        for count in range(len(parents), 0, -1):
            folder = "/".join(parents[:count])
            if MANIFEST in self._committed(folder).top:
                return folder
        return ""

    def whole(self, path: str) -> str:
        """A path that counts from `below`, from the top of the repository; it is that of a file. Raises: StoreError."""
        found = f"{self.below}/{checked(path)}" if self.below else checked(path)
        tree = self.tree()
        try:
            tree.read(found)
        except StoreError as error:
            if error.found != "no such file":
                raise
            raise StoreError(
                f"no such file in {self.commit[:10]}", "the path of an object", self._nearest(path, tree), path
            ) from None
        return found

    def has(self, commit: str) -> bool:
        """Whether it has a commit."""
        import pygit2

        try:
            return isinstance(self.handle.get(commit), pygit2.Commit)
        except (ValueError, pygit2.GitError):
            return False

    def at(self, revision: str) -> "Lender":
        """The same repository at another commit. Raises: StoreError."""
        return Lender(self.handle, self.path, str(commit_at(self.handle, revision, self.path).id), self.below)

    def _nearest(self, path: str, tree: "Lent") -> str:
        prefix = f"{self.below}/" if self.below else ""
        try:
            paths = [each.removeprefix(prefix) for each in tree.paths() if each.startswith(prefix)]
        except StoreError:
            paths = []
        objects = [each for each in paths if each.endswith(".md")]
        same = [each for each in objects if each.rsplit("/", 1)[-1] == path.rsplit("/", 1)[-1]]
        near = same[:1] or get_close_matches(path, objects, 1, 0.6)
        return f"did you mean {near[0]}?" if near else f"git ls-tree -r --name-only {self.commit[:10]} lists what it has"


@dataclass(frozen=True, slots=True)
class Lent:
    """The files of a folder of another repository, which may have lost some of them."""

    below: Committed

    @property
    def name(self) -> str:
        """What the tree is called in messages."""
        return self.below.name

    @property
    def entry(self) -> str | None:
        """The object that was asked for: none."""
        return None

    @property
    def digest(self) -> str:
        """A key that is equal only for equal content."""
        return self.below.digest

    def read(self, path: str) -> bytes:
        """The content of a file. Raises: StoreError."""
        import pygit2

        try:
            return self.below.read(path)
        except pygit2.GitError as error:
            raise _lost(path, error) from None

    def paths(self) -> tuple[str, ...]:
        """The paths of all plain files, sorted; links are none. Raises: StoreError."""
        import pygit2

        try:
            return self.below.paths()
        except pygit2.GitError as error:
            raise _lost(self.name, error) from None


def _lost(path: str, error: Exception) -> DamagedError:
    return DamagedError(
        f"an object that the repository does not have, or not whole ({error})",
        "a whole repository",
        "fetch or clone it again, without a filter; git fsck tells more",
        path=path,
    )


def lender(path: Path, revision: str = "HEAD") -> Lender:
    """The repository at (or around) a folder of this machine, at a revision.

    Raises: StoreError where there is no such folder, no repository or no such commit.
    """
    if not path.is_dir():
        raise StoreError(
            "no such folder", "a git repository on this machine", "check the path, or clone it first", path=str(path)
        )
    found = repository_at(path)
    if found is None:
        raise StoreError("no git repository", "a git repository on this machine", "git clone makes one", path=str(path))
    handle, below = found
    inside = Path(handle.path).resolve()
    if path.resolve() == inside or inside in path.resolve().parents:
        below = ""
    if handle.is_empty:
        raise StoreError(
            "a repository without a commit", "at least one commit", "commit the object there first", path=str(path)
        )
    return Lender(handle, path, str(commit_at(handle, revision, path).id), below)


def shareable(url: str) -> bool:
    """Whether a URL may be told to others: it names a place in a network, and no password or token.

    >>> shareable("https://example.org/forms.git"), shareable("https://token@example.org/forms.git")
    (True, False)
    """
    return len(url) <= MAX_URL and url.isprintable() and bool(_WEB.fullmatch(url) or _SHELL.fullmatch(url))


def spot(url: str) -> str:
    """The host and path of a URL, by which it is known however it is reached.

    >>> spot("git@Example.org:forms.git") == spot("https://example.org/forms/") == "example.org/forms"
    True
    """
    bare = url.partition("://")[2] if "://" in url else url.replace(":", "/", 1)
    host, _, path = bare.partition("/")
    return f"{host.rpartition('@')[2].casefold()}/{path.rstrip('/').removesuffix('.git')}"


def stem(name: str) -> str:
    """The last part of the path or URL of a repository, without `.git`.

    >>> stem("../forms/"), stem("file:///srv/forms.git"), stem("/srv/forms/.git")
    ('forms', 'forms', 'forms')
    """
    return re.split(r"[/:]", name.rstrip("/").removesuffix("/.git"))[-1].removesuffix(".git")
