"""What a text means by a Business Day: its definition decides, and the manifest only where the text says nothing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from syngraph.engine.norms.days.almanac import LIBRARY, Almanac
from syngraph.engine.norms.days.calendar import WEEKDAYS, WEEKEND, Calendar
from syngraph.engine.norms.words.wording import plain
from syngraph.engine.text.clauses import PlacedRule
from syngraph.engine.text.findings import Finding
from syngraph.grammar.amounts import Unit
from syngraph.grammar.lexicon import singular
from syngraph.grammar.rules import Definition

_BODY = re.compile(
    r"(?:a|any|each|every) (?:calendar )?day "
    r"(?:other than|except(?: for)?|excluding|(?:that|which) is (?:not|neither)) (.+)",
    re.I,
)
_HOLIDAY = re.compile(
    r"(?:an? |any |the )?(?:(?:public|national|legal|statutory|official|bank|federal|state) )*holidays?"
    r"(?: (?:in|of) (?P<place>.+))?",
    re.I,
)
_BETWEEN = re.compile(r"\s*,\s*(?:or|and|nor)?\s+|\s+(?:or|and|nor)\s+")
_RUN = re.compile(
    rf"(?:(?:a|any|each|every) (?:calendar )?days? )?(?:from )?(?P<first>{'|'.join(WEEKDAYS)})s? (?:to|through|until) "
    rf"(?P<last>{'|'.join(WEEKDAYS)})s?",
    re.I,
)
_PLACE = re.compile(r"holidays? (?:in|of) (?P<place>[^,]+)$", re.I)
_UNITS = {unit.value.casefold(): unit for unit in Unit} | {"working day": Unit.BUSINESS_DAY}
_PARTS = {
    "england": "GB-ENG",
    "england and wales": "GB-ENG",
    "scotland": "GB-SCT",
    "wales": "GB-WLS",
    "northern ireland": "GB-NIR",
    "great britain": "GB",
    "united states of america": "US",
    "usa": "US",
    "uk": "GB",
    "czech republic": "CZ",
    "holland": "NL",
    "republic of ireland": "IE",
    "turkey": "TR",
    "russian federation": "RU",
    "republic of korea": "KR",
}
"""Names of countries, and of parts of them, that the holidays library has under another name."""


@dataclass(frozen=True, slots=True)
class BusinessDay:
    """The days that a definition leaves out: weekdays (Monday is 0) and the holidays of a place.

    `holidays` is a code (`PT`), "" for no holidays at all, None where the text does not say of which place they are.
    """

    weekend: frozenset[int]
    holidays: str | None


def calendar_of(rules: Iterable[PlacedRule], manifest: Calendar) -> Calendar:
    """The calendar by which a text counts: that of the manifest, with what the text says itself of Business Days."""
    listed = tuple(rules)
    found = _defined(listed, manifest.almanac)
    manifest = replace(manifest, unclear=tuple(_unclear(listed, manifest.almanac)))
    if found is None:
        return manifest
    days, _ = found
    code = manifest.holidays if days.holidays is None or _within(manifest.holidays, days.holidays) else days.holidays
    return replace(manifest, weekend=days.weekend, holidays=code)


def disagreement(rules: Iterable[PlacedRule], manifest: Calendar) -> Finding | None:
    """That the manifest has the holidays of another place than the text, None when it does not."""
    found = _defined(rules, manifest.almanac)
    if found is None or not manifest.holidays:
        return None
    days, placed = found
    if days.holidays is None or _within(manifest.holidays, days.holidays) or _within(days.holidays, manifest.holidays):
        return None
    meant = f"those of {days.holidays}" if days.holidays else "none"
    message = f"the calendar of the manifest has the holidays of {manifest.holidays}, the text leaves out {meant}"
    help_ = f"write holidays: {days.holidays} in the manifest" if days.holidays else "take holidays out of the manifest"
    return Finding("SG407", f"{message}; the text decides", placed.clause.place, help=f"{help_}, or mend the definition")


def business_day(body: str, almanac: Almanac = LIBRARY) -> BusinessDay | None:
    """What the body of a definition says, None where it says it in a way that is not understood.

    >>> business_day("a day other than a Saturday, a Sunday or a public holiday in Portugal").holidays
    'PT'
    """
    if run := _RUN.fullmatch(body.strip().rstrip(".")):
        first, last = (WEEKDAYS.index(run[end].casefold()) for end in ("first", "last"))
        return BusinessDay(frozenset(range(7)) - {(first + day) % 7 for day in range((last - first) % 7 + 1)}, "")
    whole = _BODY.fullmatch(body.strip().rstrip("."))
    if whole is None:
        return None
    weekend: set[int] = set()
    holidays: str | None = ""
    rest = whole[1]
    while rest:
        # The name of a country can hold an `and`: first all that follows is taken as the place.
        holiday = _HOLIDAY.fullmatch(rest)
        if holiday and holiday["place"] and code_of(holiday["place"], almanac):
            holidays = code_of(holiday["place"], almanac)
            break
        item, *more = _BETWEEN.split(rest, maxsplit=1)
        name = singular(plain(item))
        if name in WEEKDAYS:
            weekend.add(WEEKDAYS.index(name))
        elif name in ("weekend", "weekend day", "day of the weekend"):
            weekend |= WEEKEND
        elif holiday := _HOLIDAY.fullmatch(item):
            holidays = code_of(holiday["place"], almanac) if holiday["place"] else None
        else:
            return None
        rest = more[0] if more else ""
    return BusinessDay(frozenset(weekend), holidays)


def code_of(place: str, almanac: Almanac = LIBRARY) -> str | None:
    """The code of a country, or of a part of one, by its English name; None where nobody knows the name.

    >>> code_of("the United Kingdom"), code_of("Scotland"), code_of("Atlantis")
    ('GB', 'GB-SCT', None)
    """
    name = plain(place)
    return _PARTS[name] if name in _PARTS else almanac.code_of(name)


def _defined(rules: Iterable[PlacedRule], almanac: Almanac) -> tuple[BusinessDay, PlacedRule] | None:
    for placed in rules:
        rule = placed.rule
        if isinstance(rule, Definition) and singular(plain(rule.term)) == "business day":
            days = business_day(rule.body, almanac)
            return None if days is None else (days, placed)
    return None


def _unclear(rules: Iterable[PlacedRule], almanac: Almanac) -> Iterator[tuple[Unit, str]]:
    """The units of time that a text defines otherwise than they are counted, each with the words of the text."""
    for placed in rules:
        rule = placed.rule
        unit = _UNITS.get(singular(plain(rule.term))) if isinstance(rule, Definition) else None
        if unit is None or not isinstance(rule, Definition):
            continue
        if unit is Unit.BUSINESS_DAY:
            place = _PLACE.search(rule.body)
            known = business_day(rule.body, almanac) is not None and not (place and code_of(place["place"], almanac) is None)
        else:
            own = rf"(?:an?|any) (?:calendar )?{unit.value}(?: of the calendar)?|24 hours"
            known = re.fullmatch(own, rule.body.strip(), re.I) is not None
        if not known:
            yield unit, f"nothing tells which days are counted where {rule.term} means {rule.body}"


def _within(code: str, other: str) -> bool:
    """Whether a place is another or a part of it (`US-CA` of `US`)."""
    return code == other or (bool(other) and code.startswith(f"{other}-"))
