"""A commit of another repository, to take objects from: read as it is, and never over a network."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from syngraph.engine.text.errors import DamagedError, StoreError
from syngraph.engine.text.store.listing import FILE, FOLDER, Entry
from syngraph.engine.text.store.objects import Repository
from syngraph.engine.text.store.revision import commit_at, repository_at
from syngraph.engine.text.store.snapshot import MAX_DEPTH
from syngraph.engine.text.store.tree import MANIFEST, checked, counted, link, missing, no_file

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
        """The URL of its remote `origin`, without credentials, where it names a place that others can reach; else ""."""
        import pygit2

        try:
            found = self.handle.remotes["origin"].url or ""
        except (KeyError, ValueError, pygit2.GitError):
            return ""
        found = bare(found)
        return found if shareable(found) else ""

    @property
    def shallow(self) -> bool:
        """Whether its clone left out a part of its history, so that it may lack commits that its source has."""
        return self.handle.is_shallow

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
        repo = Repository(self.handle)
        lent = Lent(repo, self._top(repo), f"{self.path}@{self.commit[:10]}")
        entry = lent.entry_at(below) if below else None
        if below and (entry is None or entry.mode != FOLDER):
            raise StoreError(f"no {below} in {self.commit[:10]}", "a folder that the commit has", path=str(self.path))
        return replace(lent, top=entry.oid) if entry else lent

    def _top(self, repo: Repository) -> str:
        top = repo.commit(self.commit).tree
        try:
            repo.listing(top)
        except DamagedError:
            raise
        except StoreError as error:
            raise StoreError(
                f"the commit {self.commit[:10]}, whose tree is {error.found}",
                "a commit of a folder",
                error.help,
                path=str(self.path),
            ) from None
        return top

    def agreement(self, path: str) -> str:
        """The folder of the agreement that a file is in: the nearest above it with a manifest, else the top ("").

        Raises: StoreError
        """
        parents = checked(path).split("/")[:-1]
        tree = self.tree()
        for count in range(len(parents), 0, -1):
            folder = "/".join(parents[:count])
            entry = tree.entry_at(f"{folder}/{MANIFEST}")
            if entry is not None and entry.mode in FILES:
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


FILES = (FILE, 0o100755)
_LINK = 0o120000


@dataclass(frozen=True, slots=True)
class Lent:
    """The files of a folder of another repository, which may have lost some of them, or hold what git would never write.

    Each object is read for what it is, whatever the folder that names it says.
    """

    repo: Repository
    top: str
    name: str
    _paths: list[tuple[str, ...]] = field(default_factory=list, compare=False, repr=False)
    _named: dict[str, dict[bytes, list[Entry]]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def entry(self) -> str | None:
        """The object that was asked for: none."""
        return None

    @property
    def digest(self) -> str:
        """A key that is equal only for equal content."""
        return self.top

    def read(self, path: str) -> bytes:
        """The content of a file. Raises: StoreError."""
        entry = self.entry_at(path)
        if entry is None:
            raise missing(path, self)
        if entry.mode not in FILES:
            raise no_file(path) if entry.mode == FOLDER else StoreError("a submodule", "a file", path=path)
        try:
            return self.repo.blob(entry.oid)
        except DamagedError:
            raise
        except StoreError as error:
            raise StoreError(error.found, error.expected, error.help, path) from None

    def entry_at(self, path: str) -> Entry | None:
        """The entry with a path, None where there is none.

        Raises: StoreError for a link on the way, and for a folder that has two entries of one name.
        """
        at: Entry | None = None
        for part in checked(path).split("/"):
            if at is not None and at.mode != FOLDER:
                return None
            found = self._entries(at.oid if at else self.top, path).get(part.encode("utf-8", "surrogateescape"), ())
            if len(found) > 1:
                raise StoreError(f"{len(found)} entries with the name {part}", "one", "git fsck tells more", path)
            if not found:
                return None
            (at,) = found
            if at.mode == _LINK:
                raise link(path)
        return at

    def paths(self) -> tuple[str, ...]:
        """The paths of all plain files, sorted; links are none. Raises: StoreError."""
        if not self._paths:
            self._paths.append(tuple(sorted(self._walk())))
        return self._paths[0]

    def _walk(self) -> Iterator[str]:
        folders = [("", self.top, 0)]
        seen = 0
        while folders:
            prefix, oid, depth = folders.pop()
            for entry in (each for named in self._entries(oid, prefix).values() for each in named):
                seen += 1
                counted(seen, self.name)
                path = prefix + entry.name.decode("utf-8", "surrogateescape")
                if entry.mode == FOLDER and depth < MAX_DEPTH:
                    folders.append((path + "/", entry.oid, depth + 1))
                elif entry.mode in FILES:
                    yield path

    def _entries(self, oid: str, path: str) -> dict[bytes, list[Entry]]:
        """What a folder has, by name; `path` is what is looked for."""
        if oid not in self._named:
            try:
                found = self.repo.entries(oid)
            except DamagedError:
                raise
            except StoreError as error:
                raise StoreError(error.found, error.expected, error.help, path.rstrip("/")) from None
            named: dict[bytes, list[Entry]] = {}
            for entry in found:
                named.setdefault(entry.name, []).append(entry)
            self._named[oid] = named
        return self._named[oid]


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


def bare(url: str) -> str:
    """A URL without the credentials that may be in it: a name, a password or a token before the host or behind the path.

    >>> bare("https://ada:secret@example.org/forms.git"), bare("ssh://git:secret@example.org/forms.git?token=secret")
    ('https://example.org/forms.git', 'ssh://git@example.org/forms.git')
    """
    found = re.match(r"(?i)(https?|ssh|git)://(?:([^/?#\s]*)@)?([^/?#@\s]*)([^?#\s]*)", url)
    if found is None:
        return url
    scheme, who, host, path = found.groups()
    name = (who or "").partition(":")[0] if scheme.casefold() in ("ssh", "git") else ""
    return f"{scheme}://{name}{'@' if name else ''}{host}{path}"


def spot(url: str) -> str:
    """The host and path of a URL, by which it is known however it is reached.

    >>> spot("git@Example.org:forms.git") == spot("https://example.org/forms/") == "example.org/forms"
    True
    """
    whole = url.partition("://")[2] if "://" in url else url.replace(":", "/", 1)
    host, _, path = whole.partition("/")
    host = host.rpartition("@")[2].casefold()
    path = path.casefold() if host in _CASELESS else path
    return f"{host}/{path.strip('/').removesuffix('.git')}"


_CASELESS = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org"})
"""Hosts that hold names to be the same in capitals and in small letters."""


def stem(name: str) -> str:
    """The last part of the path or URL of a repository, without `.git`.

    >>> stem("../forms/"), stem("file:///srv/forms.git"), stem("/srv/forms/.git")
    ('forms', 'forms', 'forms')
    """
    return re.split(r"[/:]", name.rstrip("/").removesuffix("/.git"))[-1].removesuffix(".git")
