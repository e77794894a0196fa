"""What a merged text says that neither side says alone: broken references, rules that contradict each other."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from syngraph.engine.governance.governing import Governing, governing
from syngraph.engine.governance.merging.outcome import NOTHING, Conflict, ConflictKind, Side
from syngraph.engine.governance.register import holdings
from syngraph.engine.norms.analysis import sections as places
from syngraph.engine.norms.analysis.contradiction import clash, rivals, topic
from syngraph.engine.norms.analysis.offices import offices, unsatisfiable
from syngraph.engine.norms.analysis.sections import Sections
from syngraph.engine.text.clauses import Clause, PlacedRule
from syngraph.engine.text.document import Document
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.lint.checks import lint
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store import StoreError, Tree, text_of
from syngraph.engine.text.units import Kind

_NAMES = frozenset(
    {
        *("SG100", "SG101", "SG103", "SG104", "SG105", "SG106", "SG107", "SG108", "SG109", "SG111", "SG112", "SG113", "SG115"),
        *("SG301", "SG303", "SG306", "SG310"),
    }
)
"""The findings about something that is named and not there, or there twice."""
_ASIDE = re.compile(r" \([^()]*\)")

MAX_PAIRS = 200_000
"""How many pairs of rules are held against each other."""

Sides = tuple[Governing, Governing]


def compared(
    ours: Tree, theirs: Tree, merged: Tree, reading: Callable[[Document], tuple[Clause, ...]], day: date | None
) -> tuple[tuple[Conflict, ...], str]:
    """The conflicts of meaning in a merged text, and why the sides could not be compared ("" where they could)."""
    try:
        sides = governing(ours, reading), governing(theirs, reading)
    except TextError as error:
        return (), f"one side cannot be read by itself: {error}"
    try:
        text = governing(merged, reading)
    except TextError as error:
        where = Side(error.source or None, error.place)
        what = f"the merged text cannot be read: {error.found}; expected {error.expected}"
        return (Conflict(ConflictKind.REFERENCE, error.path, None, what, where),), ""
    return (*_references(sides, text), *_numbers(sides, text), *_rules(sides, text, day)), ""


# -- references --------------------------------------------------------------------------------------------------------


def _references(sides: Sides, merged: Governing) -> Iterator[Conflict]:
    """Something is named that is not there, and was on either side."""
    known = {_key(finding) for side in sides for finding in _found(side)}
    lines = [_Lines(side.tree, merged.tree) for side in sides]
    for finding in _found(merged):
        if _key(finding) not in known:
            what = f"{finding.message} ({finding.code}), and on neither side is it so"
            here, there = (line.on(finding.place) for line in lines)
            yield Conflict(ConflictKind.REFERENCE, finding.place.path, None, what, here, there)


def _found(text: Governing) -> list[Finding]:
    return [finding for finding in lint(text.document, text.clauses, text.register.roles) if finding.code in _NAMES]


def _key(finding: Finding) -> tuple[str, str, str]:
    """A finding without where it stands and how often."""
    return finding.code, finding.place.path, _ASIDE.sub("", finding.message)


class _Lines:
    """Where lines of the merged text stand on a side that has them as well."""

    def __init__(self, side: Tree, merged: Tree) -> None:
        self.side = side
        self.merged = merged
        self.known: dict[str, tuple[list[str], dict[str, int]]] = {}

    def on(self, place: Place) -> Side:
        if place.path not in self.known:
            merged, own = (_lines(tree, place.path) for tree in (self.merged, self.side))
            self.known[place.path] = merged, {line: len(own) - index for index, line in enumerate(reversed(own))}
        lines, numbers = self.known[place.path]
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        return Side(line, Place(place.path, numbers[line], place.column)) if line and line in numbers else NOTHING


def _lines(tree: Tree, path: str) -> list[str]:
    try:
        return text_of(tree, path).split("\n")
    except StoreError:
        return []


def _numbers(sides: Sides, merged: Governing) -> Iterator[Conflict]:
    """A section number that somebody typed means another section than where it was written."""
    texts = [side.meanings.sections for side in sides]
    headings = [{each.id: Side(each.heading.string, each.place) for each in side.document.walk()} for side in sides]
    for id_, section in merged.meanings.sections.items():
        held = [known[id_] for known in texts if id_ in known]
        same = [known for known in held if known.words == section.words] or held
        if section.typed and same and section.typed not in [known.typed for known in same]:
            here, there = (known.get(id_, NOTHING) for known in headings)
            path = next(side.place.path for side in (here, there) if side.place is not None)
            what = f"a section number typed in {id_} is that of another section once both sides are in"
            yield Conflict(ConflictKind.REFERENCE, path, (Kind.SECTION, id_), what, here, there)


# -- rules -------------------------------------------------------------------------------------------------------------


def _rules(sides: Sides, merged: Governing, day: date | None) -> Iterator[Conflict]:
    """Rules of which one side has the one and the other side the other; decisions that nobody can take any more."""
    ours, theirs = ({placed.rule: placed for placed in side.rules} for side in sides)
    one = [placed for placed in merged.rules if placed.rule not in theirs]
    other = [placed for placed in merged.rules if placed.rule not in ours]
    known = places.of(merged.document)
    for first, second in _pairs(one, other, known):
        here, there = _side(ours.get(first.rule, first)), _side(theirs.get(second.rule, second))
        path, name = first.clause.place.path, (Kind.SECTION, first.clause.section)
        if situation := clash(first, second, known):
            what = "two rules that cannot both be obeyed"
            yield Conflict(ConflictKind.NORM, path, name, what, here, there, situation=situation)
        elif matter := rivals(first, second, known):
            yield Conflict(ConflictKind.DECISION, path, name, f"two thresholds for {matter}", here, there)
    roles = sides[0].register.roles | sides[1].register.roles
    now, *before = (offices(holdings(text.register), roles, day) for text in (merged, *sides))
    for placed in merged.rules:
        why = unsatisfiable(placed.rule, now)
        held = [each for each, rules in zip(before, (ours, theirs), strict=True) if placed.rule in rules]
        if why and not any(unsatisfiable(placed.rule, each) for each in held):
            here, there = (_side(rules[placed.rule]) if placed.rule in rules else NOTHING for rules in (ours, theirs))
            path, name = placed.clause.place.path, (Kind.SECTION, placed.clause.section)
            yield Conflict(ConflictKind.NORM, path, name, "a decision that nobody can take", here, there, situation=why)


def _pairs(
    one: Sequence[PlacedRule], other: Sequence[PlacedRule], sections: Sections
) -> Iterator[tuple[PlacedRule, PlacedRule]]:
    """The pairs of rules that have one topic, each pair once."""
    by_topic: dict[tuple[str, ...], list[PlacedRule]] = {}
    for placed in other:
        about = topic(placed.rule, sections)
        if about is not None:
            by_topic.setdefault(about, []).append(placed)
    seen: set[frozenset[str]] = set()
    for first in one:
        about = topic(first.rule, sections)
        for second in by_topic.get(about, ()) if about is not None else ():
            pair = frozenset((first.id, second.id))
            if len(pair) == 2 and pair not in seen:
                seen.add(pair)
                if len(seen) > MAX_PAIRS:
                    raise TextError(f"more than {MAX_PAIRS:,} pairs of new rules about one thing", "fewer", "merge in steps")
                yield first, second


def _side(placed: PlacedRule) -> Side:
    return Side(placed.clause.text.string, placed.clause.place)
