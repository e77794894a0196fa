"""Branches by their names, and where two lines of commits parted."""

from difflib import get_close_matches
from heapq import heappop, heappush

from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.store.objects import MAX_COMMITS, Repository
from syngraph.engine.text.store.tree import reason

_ONE, _OTHER, _PAST = 1, 2, 4


def bases(repo: Repository, one: str, other: str) -> tuple[str, ...]:
    """The latest commits that both have behind them (or are), oldest first; several where lines crossed, none where none is.

    Raises: StoreError where a commit is malformed or missing, and after `MAX_COMMITS`.
    """
    found = sorted(_common(repo, one, other), key=lambda oid: (repo.commit(oid).committed, oid))
    return tuple(oid for oid in found if not any(oid != later and oid in _common(repo, oid, later) for later in found))


def _common(repo: Repository, one: str, other: str) -> set[str]:
    """What both have behind them, without what lies behind that; as git does, latest commits first."""
    marks: dict[str, int] = {}
    waiting: list[tuple[float, str]] = []
    fresh: set[str] = set()

    def mark(oid: str, marked: int) -> None:
        if marks.get(oid, 0) | marked == marks.get(oid, 0):
            return
        marks[oid] = marks.get(oid, 0) | marked
        heappush(waiting, (-repo.commit(oid).committed.timestamp(), oid))
        (fresh.discard if marks[oid] & _PAST else fresh.add)(oid)

    mark(one, _ONE)
    mark(other, _OTHER)
    found: set[str] = set()
    while waiting and fresh:
        _, oid = heappop(waiting)
        fresh.discard(oid)
        marked = marks[oid]
        if marked & (_ONE | _OTHER) == _ONE | _OTHER and not marked & _PAST:
            found.add(oid)
            marked |= _PAST
        if len(marks) > MAX_COMMITS:
            raise StoreError(f"more than {MAX_COMMITS:,} commits", "a shorter history", path=str(repo.path))
        for parent in repo.commit(oid).parents:
            mark(parent, marked)
    return {oid for oid in found if not marks[oid] & _PAST}


def commit_named(repo: Repository, name: str) -> str:
    """The commit that a branch stands at, or another name that git knows. Raises: StoreError."""
    import pygit2

    try:
        if pygit2.reference_is_valid_name(f"refs/heads/{name}") and (found := repo.branch(name)) is not None:
            return found
        return str(repo.handle.revparse_single(name).peel(pygit2.Commit).id)
    except (KeyError, ValueError, pygit2.GitError):
        branches = sorted(repo.handle.branches.local)
        near = get_close_matches(name, branches, 1, 0.6)
        help = f"did you mean {near[0]}?" if near else f"there are {', '.join(branches[:8])}" if branches else ""
        raise StoreError(f"no branch {name}", "a branch, or another name of a commit", help, path=str(repo.path)) from None


def current(repo: Repository) -> str | None:
    """The branch that is checked out (or that a bare repository names as its own), None for a single commit."""
    try:
        said = (repo.path / "HEAD").read_text("utf-8", "surrogateescape").strip()
    except OSError as error:
        raise StoreError(f"a HEAD that cannot be read ({reason(error)})", "a repository", path=str(repo.path)) from None
    return said.removeprefix("ref: refs/heads/") if said.startswith("ref: refs/heads/") else None
