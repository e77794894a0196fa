"""What changed between two folders of a repository, file by file, at a cost that grows with what changed."""

from dataclasses import dataclass

from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.store.listing import FOLDER, Changed, Entry
from syngraph.engine.text.store.objects import Repository
from syngraph.engine.text.store.snapshot import MAX_DEPTH
from syngraph.engine.text.store.tree import counted


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that came (`old` is None), went (`new` is None) or changed."""

    path: str
    old: Entry | None
    new: Entry | None


def differences(repo: Repository, old: str | None, new: str) -> tuple[Difference, ...]:
    """The files in which the folder `new` differs from the folder `old` (None: from an empty one), in order of their paths.

    Folders with one id are one folder and not looked into. Every other folder of `new` has to pass `hygiene`; nothing is asked
    of those of `old`, whose names that are no UTF-8 come with surrogates, and whose links and submodules count as files.

    Raises: HygieneError, StoreError
    """
    found: list[Difference] = []
    pairs: list[tuple[str, str | None, str | None, int]] = [("", old, new, 0)]
    looked = 0
    while pairs:
        prefix, before, after, depth = pairs.pop()
        if before == after:
            continue
        if depth > MAX_DEPTH:
            raise StoreError(f"more than {MAX_DEPTH} folders in one another", "a flatter tree", path=prefix)
        change = repo.changed(before, after) if before is not None and after is not None else None
        if change is not None and change.only_id and repo.passed.as_before(str(before), str(after)):
            was_folder, folder = change.old.folder(change.first), change.new.folder(change.first)
            if was_folder is not None and folder is not None:
                pairs.append((f"{prefix}{folder[0].decode()}/", was_folder[1], folder[1], depth + 1))
                continue
        removed, added = _differing(repo, before, after, change, prefix)
        looked += len(removed) + len(added)
        counted(looked, prefix or new[:10])
        gone = {entry.name: entry for entry in removed}
        for entry in added:
            was = gone.pop(entry.name, None)
            if was == entry:
                continue
            path = prefix + entry.name.decode()
            if was is not None and was.mode == FOLDER:
                if entry.mode == FOLDER:
                    pairs.append((path + "/", was.oid, entry.oid, depth + 1))
                    continue
                pairs.append((path + "/", was.oid, None, depth + 1))
                was = None
            if entry.mode == FOLDER:
                pairs.append((path + "/", None, entry.oid, depth + 1))
                if was is not None:
                    found.append(Difference(path, was, None))
            else:
                found.append(Difference(path, was, entry))
        for entry in gone.values():
            path = prefix + entry.name.decode("utf-8", "surrogateescape")
            if entry.mode == FOLDER:
                pairs.append((path + "/", entry.oid, None, depth + 1))
            else:
                found.append(Difference(path, entry, None))
    return tuple(sorted(found, key=_path)) if len(found) > 1 else tuple(found)


def _path(difference: Difference) -> str:
    return difference.path


def _differing(
    repo: Repository, old: str | None, new: str | None, change: Changed | None, prefix: str
) -> tuple[list[Entry], list[Entry]]:
    """The entries of two folders from the first in which they differ to the last."""
    path = prefix.rstrip("/")
    if new is None:
        return (repo.listing(old).entries() if old is not None else []), []
    if old is None or change is None:
        found = repo.listing(new)
        repo.passed.whole(new, found, path)
        return [], found.entries()
    grown = repo.passed.grown(old, new, change)
    if grown is not None:
        return grown
    removed = change.old.entries(change.first, change.old_last)
    added = change.new.entries(change.first, change.new_last)
    repo.passed.after(old, new, change, removed, added, path)
    return removed, added
