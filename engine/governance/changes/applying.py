"""A text with changes made to it."""

from collections.abc import Iterable, Sequence

from syngraph.engine.governance.changes.change import (
    AddFile,
    Change,
    ChangesRefused,
    Delete,
    DeleteFile,
    Insert,
    Move,
    Replace,
    ReplaceFile,
    UnitChange,
    content_of,
    described,
    digest,
)
from syngraph.engine.governance.changes.row import Row
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.store import StoreError, Tree, overlay
from syngraph.engine.text.units import Name, is_whole, units


class Stale(TextError):  # noqa: N818 -- as the chapter on motions has it
    """The text is no longer the one that a change was written for. `change` is that change."""

    def __init__(self, change: Change, what: str, wanted: str) -> None:
        self.change = change
        super().__init__(what, wanted, "move it again, for the text as it now is", change.path)


def apply(tree: Tree, changes: Iterable[Change]) -> dict[str, bytes | None]:
    """The files that the changes touch, as they are afterwards; None for one that is gone.

    Every digest speaks of the text of `tree`; then the changes of a file are made in their order. What comes out is cut as the
    changes say: none of them brings in or hides a unit that it does not name.

    Raises: Stale where the text has moved on; ChangesRefused for changes that contradict each other; StoreError.
    """
    by_path: dict[str, list[Change]] = {}
    for change in changes:
        by_path.setdefault(change.path, []).append(change)
    there = frozenset(tree.paths())
    files = {path: _file(tree, path, made, path in there) for path, made in by_path.items()}
    try:
        overlay(tree, files)
    except StoreError as error:
        raise ChangesRefused(error.found, error.expected, error.help, error.path) from None
    return files


def _file(tree: Tree, path: str, changes: Sequence[Change], there: bool) -> bytes | None:
    first = changes[0]
    if isinstance(first, AddFile):
        if there:
            raise Stale(first, "a file that is there already", f"no file {path}")
        return _alone(changes, first.after)
    if not there:
        raise Stale(first, "no such file", f"the file {path}")
    text = content_of(tree.read(path), path)
    match first:
        case DeleteFile(before=before) | ReplaceFile(before=before):
            if digest(text) != before:
                raise Stale(first, f"a file with the digest {digest(text)}", before)
            return _alone(changes, first.after if isinstance(first, ReplaceFile) else None)
        case _:
            return _units(path, text, changes).encode()


def _alone(changes: Sequence[Change], content: str | None) -> bytes | None:
    if len(changes) > 1:
        raise ChangesRefused("several changes of a whole file", "one", "write the file as it is to be, once", changes[0].path)
    return None if content is None else content.encode()


def _units(path: str, text: str, changes: Sequence[Change]) -> str:
    cut = units(text, path)
    own = [change for change in changes if isinstance(change, UnitChange)]
    if len(own) < len(changes):
        raise ChangesRefused("changes of a file and of its parts", "one or the other", "write them as one", path)
    if is_whole(cut):
        raise Stale(changes[0], "a file that cannot be cut into clauses", "the clauses that the change names")
    texts = {unit.name: unit.text for unit in cut}
    _check(texts, own)
    row = Row(texts)
    for change in own:
        name = (change.kind, change.key)
        if isinstance(change, Delete | Move):
            row.take(name)
        if isinstance(change, Replace | Insert):
            texts[name] = change.after
        if isinstance(change, Insert | Move):
            if change.behind is not None and change.behind not in row:
                raise Stale(change, f"no such clause: {described(change.behind)}", "one to stand behind")
            row.put(name, change.behind)
    wanted = [(name, texts[name]) for name in row.names()]
    made = "".join(after for _, after in wanted)
    if [(unit.name, unit.text) for unit in units(made, path)] != wanted:
        raise Stale(changes[-1], "clauses that are cut otherwise once the changes are made", "the clauses that are named")
    return made


def _check(texts: dict[Name, str], changes: Sequence[UnitChange]) -> None:
    """Whether the changes speak of the units as they are, and of each once (a unit may be moved and read otherwise)."""
    seen: set[tuple[bool, Name]] = set()
    for change in changes:
        name = (change.kind, change.key)
        moves = isinstance(change, Move)
        if (moves, name) in seen or (isinstance(change, Delete | Insert) and (not moves, name) in seen):
            raise ChangesRefused(f"two changes of {described(name)}", "one", "write it as it is to be, once", change.path)
        seen.add((moves, name))
        if isinstance(change, Insert):
            if name in texts:
                raise Stale(change, f"{described(name)} that is there already", "none of that name")
        elif name not in texts:
            raise Stale(change, f"no such clause: {described(name)}", "the clause that the change names")
        elif (now := digest(texts[name])) != change.before:
            raise Stale(change, f"{described(name)} with the digest {now}", change.before)
