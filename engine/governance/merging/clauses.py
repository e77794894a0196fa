"""One file merged clause by clause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from syngraph.engine.governance.changes.change import described
from syngraph.engine.governance.merging import order
from syngraph.engine.governance.merging.layout import alike
from syngraph.engine.governance.merging.outcome import NOTHING, Conflict, ConflictKind, Side
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.units import Kind, Name, Unit, is_whole, units


@dataclass(frozen=True, slots=True)
class Lost:
    """A clause that one side has deleted and the other changed to `kept`: it may have gone to another file."""

    conflict: Conflict
    name: Name
    base: str
    kept: str
    gone_from_ours: bool


@dataclass(frozen=True, slots=True)
class Pieces:
    """A file of three sides, merged: `content` stands where there are no conflicts, without the `lost` clauses."""

    content: str
    conflicts: tuple[Conflict, ...] = ()
    lost: tuple[Lost, ...] = ()


def merged(path: str, base: str, ours: str, theirs: str) -> Pieces:
    """What a file becomes that both sides have changed."""
    cuts = [units(content, path) for content in (base, ours, theirs)]
    if any(is_whole(cut) for cut in cuts):
        what = f"both sides have changed {path}, which is not cut into clauses"
        here, there, before = (Side(content, Place(path, 1, 1)) for content in (ours, theirs, base))
        return Pieces("", (Conflict(ConflictKind.TEXT, path, None, what, here, there, before),))
    return _Merging(path, *(_Version(path, cut) for cut in cuts)).pieces()


class _Version:
    """The units of one side: words and the line ends behind them by name, and where each begins."""

    def __init__(self, path: str, cut: Sequence[Unit]) -> None:
        self.path = path
        self.names = [unit.name for unit in cut]
        self.words = {unit.name: unit.text.rstrip("\n") for unit in cut}
        self.ends = {unit.name: len(unit.text) - len(self.words[unit.name]) for unit in cut}
        self.depths = {unit.name: order.depth(unit.kind, unit.key, unit.level) for unit in cut}
        self.last = self.names[-1] if cut else None
        self.ended = self.last is None or self.ends[self.last] > 0
        if self.last is not None and not self.ended:
            self.ends[self.last] = 1
        self.lines: dict[Name, int] = {}
        line = 1
        for unit in cut:
            self.lines[unit.name] = line
            line += unit.text.count("\n")

    def side(self, name: Name) -> Side:
        if name not in self.words:
            return NOTHING
        return Side(self.words[name], Place(self.path, self.lines[name], 1))


class _Merging:
    """Three versions of a file on the way to one."""

    def __init__(self, path: str, base: _Version, ours: _Version, theirs: _Version) -> None:
        self.path = path
        self.base = base
        self.ours = ours
        self.theirs = theirs
        self.conflicts: list[Conflict] = []
        self.lost: list[Lost] = []
        self.words: dict[Name, str] = {}

    def pieces(self) -> Pieces:
        for name in dict.fromkeys((*self.base.names, *self.ours.names, *self.theirs.names)):
            self.unit(name)
        try:
            names = order.merged(self.base.names, self.ours.names, self.theirs.names, self.depth)
        except order.DisorderError as error:
            for name in error.names:
                self.conflict(ConflictKind.STRUCTURE, name, f"both sides have put {described(name)} in different places")
            names = []
        content = "" if self.conflicts else self.written([name for name in names if name in self.words])
        return Pieces(content, tuple(self.conflicts), tuple(self.lost))

    def unit(self, name: Name) -> None:
        """The words of a unit in the merged text, none where it is gone."""
        was, one, other = (version.words.get(name) for version in (self.base, self.ours, self.theirs))
        if one is not None and other is not None:
            taken = chosen(name[0], was, one, other)
            if taken is not None:
                self.words[name] = taken
            else:
                done = "added" if was is None else "changed"
                self.conflict(ConflictKind.TEXT, name, f"both sides have {done} {described(name)}")
            return
        kept = other if one is None else one
        if kept is None:
            return
        if was is None:
            self.words[name] = kept
        elif not alike(name[0], was, kept):
            what = f"one side has deleted {described(name)}, the other has changed it"
            self.lost.append(Lost(self.about(ConflictKind.STRUCTURE, name, what), name, was, kept, one is None))

    def written(self, names: Sequence[Name]) -> str:
        """The merged file, once it is sure that it says what its pieces say."""
        pieces = [(name, self.words[name] + "\n" * self.ends(name, index, names)) for index, name in enumerate(names)]
        content = "".join(text for _, text in pieces)
        cut = units(content, self.path)
        if [(unit.name, unit.text) for unit in cut] != pieces:
            what = f"the clauses of {self.path} that both sides have changed cannot stand in one text"
            self.conflicts.append(Conflict(ConflictKind.STRUCTURE, self.path, None, what))
            return ""
        self.nesting(cut)
        ended = _of_three(self.base.ended, self.ours.ended, self.theirs.ended)
        return content if ended else content.removesuffix("\n")

    def ends(self, name: Name, index: int, names: Sequence[Name]) -> int:
        """How many line ends stand behind a unit: a blank line before a section that has come behind the last one."""
        counts = [version.ends[name] for version in (self.base, self.ours, self.theirs) if name in version.ends]
        count = _of_three(*counts) if len(counts) == 3 else max(counts)
        if index + 1 == len(names) or name[0] is not Kind.SECTION or names[index + 1][0] is not Kind.SECTION:
            return count
        free = all(version.last == name for version in (self.ours, self.theirs) if name in version.words)
        return max(count, 2) if free else count

    def nesting(self, cut: Sequence[Unit]) -> None:
        """Every unit belongs to the one that it was written to belong to."""
        depths = {unit.name: order.depth(unit.kind, unit.key, unit.level) for unit in cut}
        now = _owners([unit.name for unit in cut], depths)
        was, one, other = (_owners(version.names, version.depths) for version in (self.base, self.ours, self.theirs))
        for name, owner in now.items():
            owners = {sides[name] for sides in (one, other) if name in sides}
            if len(owners) == 2 and name in was:
                owners = owners - {was[name]} if was[name] in owners else set()
            if owner not in owners:
                under = described(owner) if owner else "no other"
                self.conflict(ConflictKind.STRUCTURE, name, f"{described(name)} would come to stand under {under}")

    def depth(self, name: Name) -> int:
        return next(version.depths[name] for version in (self.ours, self.theirs, self.base) if name in version.depths)

    def about(self, kind: ConflictKind, name: Name, what: str) -> Conflict:
        return Conflict(kind, self.path, name, what, self.ours.side(name), self.theirs.side(name), self.base.side(name))

    def conflict(self, kind: ConflictKind, name: Name, what: str) -> None:
        self.conflicts.append(self.about(kind, name, what))


def chosen(kind: Kind, base: str | None, ours: str, theirs: str) -> str | None:
    """The words of a clause that both sides have; None where they contradict each other.

    Words that only flow otherwise are no change: then those of the other side are taken.
    """
    if ours == theirs or base == theirs:
        return ours
    if base == ours:
        return theirs
    if base is not None and alike(kind, base, ours):
        return min(ours, theirs) if alike(kind, base, theirs) else theirs
    if base is not None and alike(kind, base, theirs):
        return ours
    return min(ours, theirs) if alike(kind, ours, theirs) else None


def _of_three(base: int, ours: int, theirs: int) -> int:
    """A number of which there are three versions: the changed one, or the largest where both have changed it."""
    if base in (ours, theirs):
        return ours if base == theirs else theirs
    return max(ours, theirs)


def _owners(names: Sequence[Name], depths: Mapping[Name, int]) -> dict[Name, Name | None]:
    """The unit that each belongs to: the last before it that stands less far in."""
    found: dict[Name, Name | None] = {}
    above: list[Name] = []
    for name in names:
        while above and depths[above[-1]] >= depths[name]:
            above.pop()
        found[name] = above[-1] if above else None
        above.append(name)
    return found
