"""Two texts and the one that both came from, made into one text."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from syngraph.engine.governance.changes import ChangesRefused
from syngraph.engine.governance.changes.change import content_of, described
from syngraph.engine.governance.merging import clauses
from syngraph.engine.governance.merging.clauses import Lost, chosen
from syngraph.engine.governance.merging.meaning import compared
from syngraph.engine.governance.merging.outcome import NOTHING, Conflict, ConflictKind, Conflicts, Merged, Side
from syngraph.engine.governance.merging.renames import added, renames
from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.document import Document
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store import StoreError, Tree, overlay
from syngraph.engine.text.units import Name, Unit, units

Files = dict[str, bytes | None]
Reading = Callable[[Document], tuple[Clause, ...]]


def merge(
    base: Tree,
    ours: Tree,
    theirs: Tree,
    reading: Reading | None = None,
    *,
    paths: Iterable[str] | None = None,
    day: date | None = None,
) -> Merged | Conflicts:
    """Our text with what theirs has changed since `base`, clause by clause.

    What one side changed is taken, and what both changed alike; clauses that moved and files that were renamed are followed.
    With a `reading` of sentences the merged text is also read, and what it says held against what both sides say; `day` is
    the day of which it is asked who holds a role (None: whoever ever does). `paths` are all that either side may have changed
    (None: every file). Which side is which makes no difference to the text.

    Raises: StoreError; TextError where more rules speak of one thing than can be held against each other.
    """
    merging = _Merging(base, ours, theirs, paths)
    merging.run()
    if merging.conflicts:
        return Conflicts(tuple(sorted(merging.conflicts, key=_place)))
    files = {path: content for path, content in merging.files.items() if content != merging.sides(path)[1]}
    try:
        merged = overlay(ours, files)
    except StoreError as error:
        return Conflicts((Conflict(ConflictKind.STRUCTURE, error.path, None, f"the merged text has {error.found}"),))
    if reading is None or not files:
        return Merged(files)
    found, unjudged = compared(ours, theirs, merged, reading, day)
    return Conflicts(found) if found else Merged(files, unjudged)


def _place(conflict: Conflict) -> tuple[str, int]:
    lines = [side.place.line for side in (conflict.ours, conflict.theirs, conflict.base) if side.place is not None]
    return conflict.path, min(lines, default=0)


class _Merging:
    """The files of three trees on their way into one: `files` is what becomes of each, whatever our side has."""

    def __init__(self, base: Tree, ours: Tree, theirs: Tree, paths: Iterable[str] | None) -> None:
        self.trees = (base, ours, theirs)
        self.there = tuple(frozenset(tree.paths()) for tree in self.trees)
        every = self.there[0] | self.there[1] | self.there[2]
        self.paths = sorted(every if paths is None else every & set(paths))
        self.read: dict[str, tuple[bytes | None, bytes | None, bytes | None]] = {}
        self.files: Files = {}
        self.conflicts: list[Conflict] = []
        self.lost: list[Lost] = []
        self.added: dict[int, dict[Name, list[str]]] = {}
        self.cuts: dict[tuple[str, int], dict[Name, Unit]] = {}

    def sides(self, path: str) -> tuple[bytes | None, bytes | None, bytes | None]:
        """A file before, on our side and on theirs."""
        if path not in self.read:
            before, one, other = (
                tree.read(path) if path in there else None for tree, there in zip(self.trees, self.there, strict=True)
            )
            self.read[path] = before, one, other
        return self.read[path]

    def run(self) -> None:
        changed = {path: sides for path in self.paths if len(set(sides := self.sides(path))) > 1}
        follow, follow_too = (self.followed(changed, mine) for mine in (1, 2))
        done: set[str] = set()
        for path in sorted(follow.keys() | follow_too.keys()):
            done |= self.renamed(path, follow.get(path), follow_too.get(path))
        for path in sorted(changed.keys() - done):
            self.file(path, *changed[path])
        self.moved(self.lost)

    def followed(self, changed: dict[str, tuple[bytes | None, bytes | None, bytes | None]], mine: int) -> dict[str, str]:
        """Where one side has renamed the files to that the other side has changed, deleted or renamed as well."""
        gone = {path: was for path, sides in changed.items() if (was := sides[0]) is not None and sides[mine] is None}
        wanted = {path for path in gone if changed[path][3 - mine] != gone[path]}
        if not wanted:
            return {}
        new = {path: now for path, sides in changed.items() if sides[0] is None and (now := sides[mine]) is not None}
        return {path: to for path, to in renames(gone, new).items() if path in wanted}

    def renamed(self, path: str, to: str | None, to_too: str | None) -> set[str]:
        """Merge a file that one side, or both, have renamed: the paths that are dealt with."""
        before, one, other = self.sides(path)
        if to is not None and to_too is not None and to != to_too:
            what = f"one side has renamed {path} to {to}, the other to {to_too}"
            self.conflicts.append(Conflict(ConflictKind.STRUCTURE, path, None, what, _at(to), _at(to_too), _at(path)))
            return {path, to, to_too}
        target = to or to_too or path
        _, ours, theirs = self.sides(target)
        if (ours if to is not None else one) is None or (theirs if to_too is not None else other) is None:
            what = f"one side has renamed {path} to {target}, the other has deleted it"
            self.conflicts.append(Conflict(ConflictKind.STRUCTURE, path, None, what, base=_at(path)))
        elif (to is None and ours is not None) or (to_too is None and theirs is not None):
            what = f"one side has renamed {path} to {target}, the other has added another file of that name"
            self.conflicts.append(Conflict(ConflictKind.STRUCTURE, target, None, what, base=_at(path)))
        else:
            self.files[path] = None
            self.file(target, before, ours if to is not None else one, theirs if to_too is not None else other)
        return {path, target}

    def file(self, path: str, before: bytes | None, ours: bytes | None, theirs: bytes | None) -> None:
        """What becomes of a file with these contents on the three sides."""
        if ours == theirs or before == theirs:
            self.files[path] = ours
        elif before == ours:
            self.files[path] = theirs
        elif ours is None or theirs is None:
            what = f"one side has deleted {path}, the other has changed it"
            self.conflicts.append(_whole(ConflictKind.STRUCTURE, path, what, before, ours, theirs))
        elif before is None:
            what = f"both sides have added {path}, and not alike"
            self.conflicts.append(_whole(ConflictKind.TEXT, path, what, before, ours, theirs))
        else:
            try:
                texts = [content_of(content, path) for content in (before, ours, theirs)]
            except ChangesRefused:
                what = f"both sides have changed {path}, which is no text"
                self.conflicts.append(Conflict(ConflictKind.TEXT, path, None, what))
                return
            found = clauses.merged(path, *texts)
            self.conflicts += found.conflicts
            self.lost += found.lost
            self.files[path] = found.content.encode()

    def moved(self, gone: Iterable[Lost]) -> None:
        """Follow the clauses that one side has moved to another file, with what the other side changed in them."""
        changes: dict[str, dict[Name, tuple[Lost, str]]] = {}
        for lost in gone:
            target = self.target(lost)
            if target is None:
                self.conflicts.append(lost.conflict)
                continue
            words = chosen(lost.name[0], lost.base, _words(self.cut(target, _mine(lost))[lost.name]), lost.kept)
            if words is None:
                what = (
                    f"one side has moved {described(lost.name)} to {target} and changed it, the other has changed it otherwise"
                )
                self.conflicts.append(replace(lost.conflict, kind=ConflictKind.TEXT, what=what))
            else:
                changes.setdefault(target, {})[lost.name] = lost, words
        for target, moved in sorted(changes.items()):
            cut = units((self.files[target] or b"").decode(), target)
            wanted = [
                (unit.name, moved[unit.name][1] + unit.text[len(_words(unit)) :] if unit.name in moved else unit.text)
                for unit in cut
            ]
            made = "".join(text for _, text in wanted)
            if [(unit.name, unit.text) for unit in units(made, target)] == wanted and moved.keys() <= {
                unit.name for unit in cut
            }:
                self.files[target] = made.encode()
            else:
                self.conflicts += [lost.conflict for lost, _ in moved.values()]

    def target(self, lost: Lost) -> str | None:
        """The one file to which a side has moved a clause, None where there is none or several."""
        mine = _mine(lost)
        if mine not in self.added:
            sides = {path: self.sides(path) for path in self.paths}
            self.added[mine] = added((path, each[mine], each[0]) for path, each in sides.items())
        found = [path for path in self.added[mine].get(lost.name, ()) if lost.name not in self.cut(path, 3 - mine)]
        return found[0] if len(found) == 1 and self.files.get(found[0]) is not None else None

    def cut(self, path: str, side: int) -> Mapping[Name, Unit]:
        """The units of a file on one side, none where it is not there or is no text."""
        if (path, side) not in self.cuts:
            content = self.sides(path)[side]
            try:
                made = units(content_of(content, path), path) if content is not None else ()
            except ChangesRefused:
                made = ()
            self.cuts[path, side] = {unit.name: unit for unit in made}
        return self.cuts[path, side]


def _mine(lost: Lost) -> int:
    """The side that has deleted a clause, or moved it."""
    return 1 if lost.gone_from_ours else 2


def _words(unit: Unit) -> str:
    return unit.text.rstrip("\n")


def _at(path: str) -> Side:
    return Side(None, Place(path, 1, 1))


def _whole(
    kind: ConflictKind, path: str, what: str, before: bytes | None, ours: bytes | None, theirs: bytes | None
) -> Conflict:
    here, there, was = (
        NOTHING if content is None else Side(content.decode("utf-8", "replace"), Place(path, 1, 1))
        for content in (ours, theirs, before)
    )
    return Conflict(kind, path, None, what, here, there, was)
