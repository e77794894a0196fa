"""Conditions and facts about what is measured: the level, the period it is measured in, and how often it must be so."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from syngraph.grammar.amounts import Duration, Event, Unit
from syngraph.grammar.measures import Level, Measured
from syngraph.grammar.phrases.measures import LONGEST, level, ranged, step
from syngraph.grammar.phrases.nouns import event
from syngraph.grammar.phrases.numbers import (
    CALENDAR_DAY,
    CLOCK,
    MONTHS,
    NUMBER,
    ORDINALS,
    checked,
    clock,
    day,
    number,
    unit,
)
from syngraph.grammar.rules.record import Fact

_PERIOD = r"(?:calendar\s)?(?:day|week|month|quarter|year)"
_ONE_PERIOD = rf"(?:in|during|for|over|of|within)\s(?:an?|any|each|every|one|any\sone|the|that|a\sgiven)\s(?P<per>{_PERIOD})"
_QUANTITY_PERIOD = re.compile(rf"\s{_ONE_PERIOD}$")
_TAIL = re.compile(
    rf"(?:(?P<run>(?:in|for|during|over)\s(?:each\sof\s)?(?:any\s)?(?P<n>{NUMBER})\s(?P<kind>consecutive|successive)\s(?P<rper>{_PERIOD})s)"
    rf"|(?P<row>(?:in|for|during|over)\s(?P<rown>{NUMBER})\s(?P<rowper>{_PERIOD})s\s(?:running|in\sa\srow|in\ssuccession))"
    rf"|(?P<some>in\s(?:any\s)?(?P<more>more\sthan\s|at\sleast\s)?(?P<m>{NUMBER})(?:\sor\smore)?\s(?:separate\s|different\s)?(?P<mper>{_PERIOD})s"
    rf"(?:\s(?:with)?in\s(?P<span>(?:an?|any|one|each|the\ssame)\s{_PERIOD}|(?:any\s(?:period\sof\s)?)?{NUMBER}\s(?:consecutive\s)?{_PERIOD}s)|\sof\s(?P<of>(?:an?|any|one|each|the\ssame)\s{_PERIOD}))?)"
    rf"|(?P<times>(?P<tmore>more\sthan\s|at\sleast\s)?(?P<t>once|twice|{NUMBER}\stimes)(?:\s(?:or\smore))?"
    rf"(?:\s(?:in|during|within)\s(?P<tspan>(?:an?|any|one|each|the\ssame)\s{_PERIOD}|(?:any\s(?:period\sof\s)?)?{NUMBER}\s(?:consecutive\s)?{_PERIOD}s))?)"
    rf"|(?P<one>{_ONE_PERIOD})"
    rf"|(?P<anytime>at\sany\s(?:time|point|moment))"
    rf"|(?:before|prior\sto|until)\s(?P<before>[^,]+?))(?=$|,|\s(?:before|prior\sto|at\sany|in|during)\s)"
)
_IN_WHICH = re.compile(rf"in\s(?:any|each|every|a)\s(?P<per>{_PERIOD})\sin\swhich\s(?P<rest>.+)$")
_IN_FRONT = re.compile(rf"{_ONE_PERIOD},?\s(?P<rest>(?:the|an?|its|their)\s.+)$")
_EACH_STEP = re.compile(
    r"for\s(?:each|every)\s(?P<full>full\s|whole\s|complete\s)?(?P<begun>begun\s|started\s|commenced\s)?(?P<unit>.+?)(?P<part>\sor\spart\s(?:of\sit|thereof))?"
    r"\s(?:by\swhich|that)\s(?P<rest>.+)$"
)
_ASIDE = re.compile(r"(?:during|while|in|on|upon|at|throughout|after|within|for|from|along|inside)\s[^,]{1,80}$")
_COUNT = re.compile(r"\b(?:number|count|score|index|ratio|rating|value|pH|level|population|headcount|attendance)(?!\w)")
_SET = re.compile(
    r"\b(?:quorum|majority|threshold|votes?|interest|rates?|discount|commission|fees?|deposit|penalty|tax|dues|share)\b",
    re.IGNORECASE,
)
"""What is set at a figure, and not measured."""
_NOT_MEASURED = re.compile(r"\b(?:total|sum|aggregate|amount|price|balance|delay)s?\b", re.IGNORECASE)


def measured(text: str) -> Measured | None:
    """The condition on a measure that a phrase names, None where it names none.

    >>> found = measured("the Availability is below 98% in two successive months")
    >>> found.count, found.consecutive, found.per
    (2, True, <Unit.MONTH: 'month'>)
    >>> measured("the Buyer is in default") is None
    True
    """
    if len(text) > LONGEST:
        return None
    said, per, each, begun = text, None, None, False
    if front := _IN_WHICH.match(said) or _IN_FRONT.match(said):
        said, per = front["rest"], unit(front["per"])
    if steps := _EACH_STEP.match(said):
        size = step(steps["unit"])
        if size is None:
            return None
        said, each, begun = steps["rest"], size[0], bool(steps["begun"] or steps["part"])
    found = level(said)
    if found is None or _NOT_MEASURED.search(found[0].quantity):
        return None
    one, rest = found
    if not _is_quantity(one):
        return None
    if within := _QUANTITY_PERIOD.search(one.quantity):
        per = unit(within["per"])
        one = replace(one, quantity=one.quantity[: within.start()])
    return _tail(Measured(text, one, per, each=each, begun=begun), rest)


def is_level(subject: str, said: str) -> bool:
    """Whether what a subject shall be is a level that can be measured (`The Availability shall be at least 99.5%`)."""
    found = ranged(said)
    rest = said[found[2] :].strip() if found is not None else ""
    if found is None or (rest and of_period(rest) is None) or found[0].dimension in ("", "time"):
        return False
    is_bound = found[1] or found[0].least != found[0].most
    return is_bound and _THING.match(subject) is not None and not _SET.search(subject)


def of_period(text: str) -> Unit | None:
    """The period of the calendar that a phrase names and nothing else (`in any calendar month`), None for any other."""
    match = re.fullmatch(rf"{_ONE_PERIOD}|per\s(?P<each>{_PERIOD})", text)
    return None if match is None else unit(match["per"] or match["each"])


def _tail(found: Measured, rest: str) -> Measured | None:
    """A condition with what is said after its level."""
    for _ in range(4):
        rest = rest.strip(" ,")
        if not rest:
            return found
        match = _TAIL.match(rest)
        if match is None:
            return replace(found, aside=rest) if _ASIDE.match(rest) else None
        rest = rest[match.end() :]
        if match["run"] or match["row"]:
            per, count = (match["rper"], match["n"]) if match["run"] else (match["rowper"], match["rown"])
            found = replace(found, per=unit(per), count=number(count), consecutive=True)
        elif match["some"]:
            span = match["span"] or match["of"]
            count = number(match["m"]) + ((match["more"] or "").startswith("more"))
            found = replace(found, per=unit(match["mper"]), count=count, within=_length(span) if span else None)
        elif match["times"]:
            times = {"once": 1, "twice": 2}.get(match["t"]) or number(match["t"].rpartition(" ")[0])
            count = times + ((match["tmore"] or "").startswith("more"))
            found = replace(found, count=count, within=_length(match["tspan"]) if match["tspan"] else None)
        elif match["one"]:
            found = replace(found, per=unit(match["per"]))
        elif match["before"]:
            found = replace(found, before=event(match["before"]))
    return None if rest.strip(" ,") else found


def _is_quantity(one: Level) -> bool:
    """Whether a bare number can be what is measured: of persons and things only their number is one."""
    return bool(one.range.dimension) or _COUNT.search(one.quantity) is not None


def _length(text: str) -> Duration:
    plain = re.sub(r"^(?:any\speriod\sof|any|the\ssame)\s|(?<=\s)consecutive\s", "", text)
    count = re.match(rf"(?P<n>{NUMBER})\s", plain)
    return Duration(number(count["n"]) if count else 1, unit(plain.rsplit(" ", 1)[-1]))


LAST_SECOND = "23:59:59"
"""The time of day of what is told of a whole period."""


# -- facts -------------------------------------------------------------------------------------------------------------

_MONTH = "|".join(MONTHS)
_QUARTERS = "|".join(word for word, place in ORDINALS.items() if 1 <= place <= 4)
_WHEN = (
    rf"(?:(?:on|by)\s(?P<day>{CALENDAR_DAY})(?:,?\sat\s(?P<time>{CLOCK}))?"
    rf"|at\s(?P<early>{CLOCK})\son\s(?P<then>{CALENDAR_DAY})"
    rf"|(?:in|for|during|over)\s(?:the\s(?:calendar\s)?(?:month\sof|year)\s)?"
    rf"(?:(?P<month>{_MONTH})\s(?P<myear>\d{{4}})|the\s(?P<nth>{_QUARTERS})\squarter\sof\s(?P<qyear>\d{{4}})|(?P<year>\d{{4}}))"
    rf"|(?:in|for|during)\sthe\sweek\s(?:of|beginning(?:\son)?|starting(?:\son)?|from)\s(?P<week>{CALENDAR_DAY}))"
)
_FRONT = re.compile(rf"(?i:{_WHEN}),\s(?=\S)")
_BACK = re.compile(rf"\s(?i:{_WHEN})$")
_INNER = re.compile(rf"\s(?i:{_WHEN})(?=\s)")
_PAST = re.compile(
    r"\s(?:was|were|remained|stayed|stood|measured|averaged|amounted|came|reached|exceeded|fell|dropped|sank|rose|climbed|went|increased|decreased|"
    r"did\snot)\s"
)


def told(clause: str) -> Fact | None:
    """The fact that a quantity was measured (`In January 2027, the Availability was 99.9%`), None for any other clause.

    What is told of a period happened at its last second.

    Raises: NoSuchDayError

    >>> told("The Uptime for March 2027 was 99.2%").day
    datetime.date(2027, 3, 31)
    """
    if len(clause) > LONGEST or not _PAST.search(clause):
        return None
    for pattern in (_FRONT, _BACK, _INNER):
        match = pattern.match(clause) if pattern is _FRONT else pattern.search(clause)
        if match is None:
            continue
        said = (clause[: match.start()] + clause[match.end() :]).strip()
        found = level(said)
        if found is None or found[1] or not _is_quantity(found[0]) or not _THING.match(found[0].quantity):
            return None
        return _fact(match, said, found[0])
    return None


_THING = re.compile(r"(?:[Tt]he|[Ii]ts|[Tt]heir|[Oo]ur|[Ee]ach|[Aa]n?)\s(?!.*\s(?:who|which|that|he|she|it|they|and|or)\s)")


def _fact(match: re.Match[str], said: str, found: Level) -> Fact:
    last, period, time = _moment(match)
    quantity = (
        found.quantity[0].lower() + found.quantity[1:] if re.match(r"(?:The|An?|Each)\s", found.quantity) else found.quantity
    )
    text = quantity + said[len(found.quantity) :]
    return Fact(last, Event(text, "be", "", quantity), time=time, measured=replace(found, quantity=quantity), period=period)


def _moment(match: re.Match[str]) -> tuple[date, Unit | None, str]:
    """The last day of what a fact is told of, the period that it is told of where it is one, and the time of day."""
    if match["day"] or match["then"]:
        time = match["time"] or match["early"]
        return day(match["day"] or match["then"]), None, clock(time) if time else ""
    if match["week"]:
        first = day(match["week"])
        return first + timedelta(days=6 - first.weekday()), Unit.WEEK, LAST_SECOND
    if match["year"]:
        return checked(int(match["year"]), 12, 31, match["year"]), Unit.YEAR, LAST_SECOND
    if match["month"]:
        year, month, period = int(match["myear"]), MONTHS[match["month"].capitalize()], Unit.MONTH
    else:
        year, month, period = int(match["qyear"]), 3 * ORDINALS[match["nth"].lower()], Unit.QUARTER
    checked(year, month, 1, match[0].strip(" ,"))
    return date(year, month, monthrange(year, month)[1]), period, LAST_SECOND
