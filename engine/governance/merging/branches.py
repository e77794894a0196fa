"""Two commits merged, in a repository: what becomes of the agreement, and nothing lost beside it."""

from collections.abc import Iterable
from datetime import date

from syngraph.engine.governance.merging.outcome import Conflicts, Merged
from syngraph.engine.governance.merging.threeway import Reading, merge
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.store import Entry, Repository, Tree, overlay, tree_of
from syngraph.engine.text.store.ancestry import bases
from syngraph.engine.text.store.differences import differences


class UnmergeableError(TextError):
    """Two commits that cannot be merged clause by clause."""


def merge_commits(
    repo: Repository, below: str, ours: str, theirs: str, reading: Reading | None = None, day: date | None = None
) -> Merged | Conflicts | None:
    """The files of the agreement in the folder `below` with what `theirs` has changed since the two commits parted.

    None where ours has all of theirs already. See `merge` for the rest.

    Raises: UnmergeableError where the commits have nothing in common, have crossed in ways that contradict each other, or
    theirs also changes what is outside of the agreement; StoreError, HygieneError
    """
    parted = bases(repo, ours, theirs)
    if theirs in parted:
        return None
    if not parted:
        raise UnmergeableError(
            "two branches that have no commit in common", "branches of one history", "take the files over by hand"
        )
    for oid in parted:
        _beside(repo, below, oid, ours, theirs)
    base = _base(repo, below, parted)
    paths: set[str] = set()
    for oid in parted:
        paths |= _changed(repo, below, oid, ours) | _changed(repo, below, oid, theirs)
    return merge(base, _tree(repo, below, ours), _tree(repo, below, theirs), reading, paths=paths, day=day)


def _base(repo: Repository, below: str, parted: tuple[str, ...]) -> Tree:
    """The text that both came from; where lines have crossed, what their meeting points make together."""
    tree = _tree(repo, below, parted[0])
    for index, oid in enumerate(parted[1:], 1):
        older = bases(repo, parted[index - 1], oid)
        outcome = merge(_tree(repo, below, older[0]) if older else tree_of({}), tree, _tree(repo, below, oid))
        if isinstance(outcome, Conflicts):
            raise UnmergeableError(
                f"branches that have been merged with each other before, at {', '.join(oid[:10] for oid in parted)}, with"
                " different results",
                "one text that both came from",
                "take the changes over by hand, in one commit",
            )
        tree = overlay(tree, outcome.files)
    return tree


def _tree(repo: Repository, below: str, commit: str) -> Tree:
    """The agreement in a commit; nothing where it has none yet."""
    return repo.tree(commit, below) if repo.folder(repo.commit(commit).tree, below) is not None else tree_of({})


def _changed(repo: Repository, below: str, old: str, new: str) -> set[str]:
    before, after = (repo.folder(repo.commit(commit).tree, below) for commit in (old, new))
    if after is None:
        return set(_tree(repo, below, old).paths())
    return {each.path for each in differences(repo, before, after)}


def _beside(repo: Repository, below: str, base: str, ours: str, theirs: str) -> None:
    """That theirs changes nothing outside of the agreement that ours does not have: a commit with both as parents would say
    that it was taken over.
    """
    oids: list[str | None] = [repo.commit(commit).tree for commit in (base, ours, theirs)]
    at = ""
    for part in below.split("/") if below else ():
        was, mine, other = (_entries(repo, oid) for oid in oids)
        astray = [
            name
            for name in sorted(was.keys() | mine.keys() | other.keys())
            if name != part.encode() and other.get(name) not in (was.get(name), mine.get(name))
        ]
        if astray:
            path = at + astray[0].decode("utf-8", "backslashreplace")
            raise UnmergeableError(
                f"a branch that also changes {path}, which is outside of the agreement",
                f"changes in {below} only",
                f"take it over first: git checkout {theirs[:10]} -- {path}, and commit that",
            )
        oids = [entry.oid if (entry := known.get(part.encode())) is not None else None for known in (was, mine, other)]
        at += f"{part}/"


def _entries(repo: Repository, oid: str | None) -> dict[bytes, Entry]:
    entries: Iterable[Entry] = repo.entries(oid) if oid is not None else ()
    return {entry.name: entry for entry in entries}
