"""Trees that are a folder of a commit, read strictly."""

from dataclasses import dataclass, field

from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.store.listing import FILE, FOLDER, Entry
from syngraph.engine.text.store.objects import Repository
from syngraph.engine.text.store.tree import checked, counted, missing, no_file

MAX_DEPTH = 32


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The folder `top` of a commit; every folder that is looked into has to pass `hygiene`.

    The folder `but` (with a slash behind it) is not listed among the paths.
    """

    repo: Repository
    top: str
    name: str
    entry: str | None = None
    but: str = ""
    _paths: list[tuple[str, ...]] = field(default_factory=list, compare=False, repr=False)

    @property
    def digest(self) -> str:
        """A key that is equal only for equal content."""
        return self.top

    def read(self, path: str) -> bytes:
        """The content of a file. Raises: StoreError."""
        oid = self.oid(path)
        if oid is None:
            raise missing(path, self)
        return self.repo.blob(oid)

    def oid(self, path: str) -> str | None:
        """The id of a file's content, None where there is no such file. Raises: StoreError."""
        *folders, name = checked(path).split("/")
        at, prefix = self.top, ""
        for folder in folders:
            found = self._named(at, prefix, folder)
            if found is None or found.mode != FOLDER:
                return None
            at, prefix = found.oid, f"{prefix}{folder}/"
        found = self._named(at, prefix, name)
        if found is not None and found.mode == FOLDER:
            raise no_file(path)
        return found.oid if found is not None else None

    def paths(self) -> tuple[str, ...]:
        """The paths of all files, sorted. Raises: StoreError."""
        if not self._paths:
            self._paths.append(tuple(sorted(files_below(self.repo, self.top, self.but))))
        return self._paths[0]

    def _named(self, folder: str, prefix: str, name: str) -> Entry | None:
        wanted = name.encode("utf-8", "surrogateescape")
        return next((entry for entry in _listed(self.repo, folder, prefix) if entry.name == wanted), None)


def files_below(repo: Repository, top: str, but: str = "") -> dict[str, str]:
    """The id of the content of every file below a folder, by path; the folder `but` (with a slash behind it) is left out.

    Raises: HygieneError for a folder that does not pass, StoreError
    """
    found: dict[str, str] = {}
    folders = [("", top, 0)]
    seen = 0
    while folders:
        prefix, oid, depth = folders.pop()
        for entry in _listed(repo, oid, prefix):
            seen += 1
            counted(seen, prefix or top[:10])
            path = prefix + entry.name.decode()
            if entry.mode == FILE:
                found[path] = entry.oid
                continue
            if depth == MAX_DEPTH:
                raise StoreError(f"more than {MAX_DEPTH} folders in one another", "a flatter tree", path=path)
            if f"{path}/" != but:
                folders.append((path + "/", entry.oid, depth + 1))
    return found


def _listed(repo: Repository, oid: str, prefix: str) -> list[Entry]:
    found = repo.listing(oid)
    repo.passed.whole(oid, found, prefix.rstrip("/"))
    return found.entries()
