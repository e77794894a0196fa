"""Names of several words in facts: `Pan y Sal` is one person wherever it stands, not a `Pan` and something of a `Sal`.

The grammar knows names by their capitals and cannot tell where one with small words ends; the register can.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from syngraph.engine.norms.told.facts import RecordedFact

_ODD = re.compile(r"\s[^A-Z\s]")
_AND = re.compile(r"(?:^|\s)and\s[A-Z]")
_OTHERS = re.compile(r"(?:,\s[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)*,?\sand\s[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*")
_BETWEEN = re.compile(r",\s*and\s|,\s|\sand\s")
_MOST = 400
"""Names with small words that are looked for at most; in a register with more they are taken as the grammar reads them."""


def whole_names(facts: Iterable[RecordedFact], names: Iterable[str]) -> tuple[RecordedFact, ...]:
    """The facts, with each name of the register that has a small word in it taken whole where something went to its bearer."""
    known = tuple(names)
    listed = _together(tuple(facts), known)
    # The dot of an abbreviation at the end of a name is also that of the sentence.
    odd = sorted({name.rstrip(".") for name in known if _ODD.search(name)}, key=len, reverse=True)[:_MOST]
    if not odd:
        return listed
    one_of = "|".join(map(re.escape, odd))
    to, first = re.compile(rf"(?<!\S)to ({one_of})(?!\w)"), re.compile(rf"({one_of})\s(?!of\s|that\s|about\s|in\s)(?=\S)")
    return tuple(_mended(recorded, to, first) for recorded in listed)


def _together(facts: tuple[RecordedFact, ...], names: tuple[str, ...]) -> tuple[RecordedFact, ...]:
    """The facts, with all to whom something went where one tells of several (`sent the report to Ann and Ben`)."""
    words = {part.casefold() for name in names for part in (name, *name.split())}
    return tuple(_with_others(recorded, words) if _AND.search(recorded.fact.event.object) else recorded for recorded in facts)


def _with_others(recorded: RecordedFact, known: set[str]) -> RecordedFact:
    event = recorded.fact.event
    _, found, after = event.text.rpartition(f"to {event.to}")
    tail = _OTHERS.match(after) if event.to and found else None
    if tail is None or not all(one.strip().casefold() in known for one in _BETWEEN.split(tail[0]) if one.strip()):
        return recorded
    before, split, rest = event.object.rpartition(tail[0].strip())
    return _told(recorded, f"{before.strip()} {rest.strip()}".strip(), f"{event.to}{tail[0]}") if split else recorded


def _mended(recorded: RecordedFact, to: re.Pattern[str], first: re.Pattern[str]) -> RecordedFact:
    event = recorded.fact.event
    found = to.search(event.text) if event.to else first.match(event.object)
    if found is None or event.to == found[1]:
        return recorded
    if not event.to:
        return _told(recorded, event.object[found.end() :], found[1])
    before, split, after = event.object.rpartition(found[1].removeprefix(event.to).strip())
    if not split or not found[1].startswith(event.to):
        return recorded
    return _told(recorded, f"{before.strip()} {after.strip()}".strip(), found[1])


def _told(recorded: RecordedFact, object: str, to: str) -> RecordedFact:
    event = replace(recorded.fact.event, object=object, to=to)
    return replace(recorded, fact=replace(recorded.fact, event=event))
