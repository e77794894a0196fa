"""Phrases of time: how each opens, and what it means with the words that follow."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from syngraph.grammar.amounts import (
    After,
    Ahead,
    AtAllTimes,
    AtAnyTime,
    Before,
    By,
    Day,
    DayOfYear,
    Duration,
    During,
    Each,
    Earlier,
    Event,
    For,
    From,
    Instalments,
    Later,
    Limit,
    Moment,
    NthDay,
    On,
    Soon,
    Time,
    Unit,
    Until,
    Within,
)
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.nouns import event
from syngraph.grammar.phrases.numbers import (
    CALENDAR_DAY,
    CARDINALS,
    CLOCK,
    DAILY,
    DAY_OF_YEAR,
    DURATION,
    LONGEST_YEARS,
    MOMENT,
    MONEY,
    NTH_DAY,
    NUMBER,
    RATE_ADVERBS,
    UNIT,
    WEEKDAYS,
    WEEKLY,
    NoSuchDayError,
    clock,
    day,
    duration,
    moment,
    money,
    number,
    unit,
)

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Opening:
    """One family of time phrases.

    `words` are the lower-case words it can begin with, `pattern` what is matched from there. `whole` gives the time when the
    match says it all, None when it wants more words; `build` gives it from the match and those words, and `wants` says what
    they must be. `declines` are endings of what stands before at which the phrase is no time.
    """

    words: str
    pattern: re.Pattern[str]
    whole: Callable[[Match], Time | None]
    build: Callable[[Match, str], Time] | None = None
    wants: str = "an event or a day"
    declines: tuple[str, ...] = ()


def _fixed(words: str, pattern: str, make: Callable[[Match], Time], declines: tuple[str, ...] = ()) -> Opening:
    return Opening(words, late(rf"(?:{pattern})(?![\w’'-])"), make, declines=declines)


def _to_moment(
    words: str, preposition: str, make: Callable[..., Time], then: str = "", declines: tuple[str, ...] = ()
) -> tuple[Opening, Opening, Opening]:
    """A preposition before a day, with the time of day on either side of it, before a time on the day of an event, and (where
    `then` matches what follows) before an event.
    """
    day = Opening(
        words,
        late(
            rf"{preposition}\s(?:(?P<clock>{CLOCK})\s(?:on\s)?(?P<on>{MOMENT}|{DAILY})|(?P<when>{MOMENT})(?:,?\sat\s(?P<at>{CLOCK})(?!\s(?:on|each|every)\s))?)"
        ),
        _clocked(make),
        declines=declines,
    )
    opening = Opening(
        words,
        late(rf"{preposition}\s(?={then or '.'})"),
        lambda match: None,
        lambda match, said: make(event(said)),
        declines=declines,
    )
    timed = Opening(
        words,
        late(rf"{preposition}\s(?P<clock>{CLOCK})\son\s(?=the\s(?:day|date)\s(?:of|on\swhich)\s)"),
        lambda match: None,
        lambda match, said: make(event(said), clock(match["clock"])),
        declines=declines,
    )
    return day, timed, opening


def _one_of(match: Match) -> Later | Earlier:
    """Which of two moments a phrase names, told before them (`the later of`) or after them (`whichever is later`)."""
    parts = [part.strip(" ,") for part in re.split(_AND, match["of"])]
    found: list[Day | Event] = []
    for part in parts:
        named = moment(part) if re.fullmatch(CALENDAR_DAY, part) else event(_IN_FRONT.sub("", part))
        if (
            not isinstance(named, Day | Event)
            or _TIMED.search(part)
            or (isinstance(named, Event) and not named.verb and not _DATED.fullmatch(part))
        ):
            raise NoSuchDayError(match[0])
        found.append(named)
    if len(parts) != 2:
        raise NoSuchDayError(match[0])
    return Later(tuple(found)) if match["which"].lower() in ("later", "latest", "last") else Earlier(tuple(found))


def _clocked(make: Callable[..., Time]) -> Callable[[Match], Time]:
    def made(match: Match) -> Time:
        said = match["clock"] or match["at"]
        when = moment(match["on"] or match["when"])
        return make(when, clock(said)) if said else make(when)

    return made


def _daily(when: Moment, clock: str) -> Time:
    each_day = when == NthDay(1, "day", Unit.DAY) and not clock
    return Each(Duration(1, Unit.DAY)) if each_day else On(when, clock)


def _instalments(match: Match) -> Time:
    count = number(match["count"])
    first = day(match["first"]) if match["first"] else None
    days = moment(match["on"]) if match["on"] else None
    every = _often(match["every"], days)
    each = money(match["each"]) if match["each"] else None
    if not 1 <= count <= LONGEST_YEARS:
        raise NoSuchDayError(match["count"])
    if not isinstance(days, DayOfYear | NthDay):
        assert first is not None
        return Instalments(count, every, each, first)
    if not _recurs(days, every):
        raise NoSuchDayError(match["on"])
    if first is not None and match["named"] and not _may_fall_on(first, days):
        raise NoSuchDayError(match["first"])
    return Instalments(count, every, each, first, days)


def _often(word: str | None, days: Moment | None) -> Unit:
    """How often instalments are paid, by their adjective, else by the days on which they are."""
    if word:
        return {"annual": Unit.YEAR, **RATE_ADVERBS}[word.replace("yearly", "annually")]
    return Unit.YEAR if not isinstance(days, NthDay) or days.month else days.period


def _recurs(days: DayOfYear | NthDay, every: Unit) -> bool:
    """Whether there is one such day in each period."""
    if isinstance(days, DayOfYear):
        return every is Unit.YEAR
    return every is (Unit.YEAR if days.month else days.period)


def _may_fall_on(first: date, days: DayOfYear | NthDay) -> bool:
    """Whether a day can be one of the days that come again; which are Business Days is not known here."""
    if isinstance(days, DayOfYear):
        return first.month == days.month and first.day == min(days.day, monthrange(first.year, first.month)[1])
    if days.kind in WEEKDAYS:
        return first.weekday() == WEEKDAYS.index(days.kind)
    if days.kind != "day" or days.period is not Unit.MONTH:
        return True
    last = monthrange(first.year, first.month)[1]
    return first.day == (min(days.nth, last) if days.nth > 0 else last)


def _simply_after(when: Moment, clock: str = "") -> Time:
    return After(None, when, clock)


def _measured(words: str, before: str, after: str, make: Callable[[Duration, Moment], Time]) -> tuple[Opening, Opening]:
    """A duration between two phrases, then a day or an event."""
    shape = rf"{before}(?P<time>{DURATION})\s{after}"
    return (
        Opening(
            words,
            late(rf"{shape}\s(?P<when>{MOMENT})"),
            lambda match: make(duration(match["time"]), moment(match["when"])),
        ),
        Opening(
            words,
            late(rf"{shape}(?=\s)"),
            lambda match: None,
            lambda match, said: make(duration(match["time"]), event(said)),
        ),
    )


def _between(match: Match, before: Moment) -> Time:
    counted = unit(match["unit"])
    least = unit(match["first"]) if match["first"] else counted
    return Ahead(Duration(number(match["least"]), least), Duration(number(match["most"]), counted), before)


def _limit(word: str | None) -> Limit:
    if not word:
        return Limit.EXACTLY
    return Limit.AT_LEAST if word.lower() in ("at least", "no less than", "not less than") else Limit.AT_MOST


def _period(match: Match) -> Duration:
    count = match["count"]
    return Duration(2 if count == "other" else number(count) if count else 1, unit(match["unit"]))


_ADVERBS = {
    "daily": Duration(1, Unit.DAY),
    "weekly": Duration(1, Unit.WEEK),
    "monthly": Duration(1, Unit.MONTH),
    "quarterly": Duration(1, Unit.QUARTER),
    "annually": Duration(1, Unit.YEAR),
    "yearly": Duration(1, Unit.YEAR),
}
_COUNTS = " ".join([*CARDINALS, "twenty-one forty-five", *(str(figure) for figure in range(1, 366)), "a an"])
_FROM = r"(?i:after|from|of|following|since)"
_FOLLOWS = "to|in|by|on|at|for|from|with|if|unless|when|until|and|or"
_LIMIT = r"(?P<limit>up\sto|no\smore\sthan|not\smore\sthan|at\smost|at\sleast|no\sless\sthan|not\sless\sthan|a\smaximum\sof|not\sto\sexceed|not\sexceeding)\s"
_BETWEEN = (
    rf"(?:(?i:not|no)\s(?:less|fewer)\sthan|(?i:at\sleast))\s(?P<least>{NUMBER})(?:\s(?P<first>{UNIT}))?\s(?:nor|and\snot|or|(?:but|and)\s(?:no|not))\smore\sthan\s(?P<most>{NUMBER})"
    rf"\s(?P<unit>{UNIT})\sbefore"
)
_BROUGHT = (
    "brought",
    "come",
    "comes",
    "came",
    "heard",
    "appear",
    "appears",
    "laid",
    "pending",
    "put",
    "placed",
    "matters",
    "them",
)
_EVENT_NOUN = (
    r"(?:the\s|a\s|an\s|its\s|their\s)?(?:\w+\s)?(?:demand|request|resignation|delivery|receipt|termination|expiry|payment|death|"
    r"dissolution|removal|expulsion|withdrawal|[A-Z]\w+\sDate|Closing|Completion|date\s|day\s|end\s|signature|signing|acceptance)"
)

_INSTALMENTS = (
    rf"(?:payable\s)?(?:[Ii]n|by)\s(?P<count>{NUMBER})\s(?:(?:equal|consecutive|successive)(?:,|\sand)?\s)*"
    r"(?:(?P<every>weekly|monthly|quarterly|yearly|annual)\s)?(?:equal\s)?instal?lments?"
    rf"(?:\sof\s(?P<each>{MONEY})(?:\seach)?)?"
    rf"(?:(?:,?\s(?:each\s)?(?:due|payable)|,?\seach\sfalling\sdue|,)?\s(?:on(?:\sor\sbefore)?|by|(?:no|not)\slater\sthan)\s(?P<on>{DAY_OF_YEAR}|{NTH_DAY}|{WEEKLY}))?"
    r"(?:,?\s(?:and\s)?(?:(?P<named>(?:with\s)?the\sfirst(?:\s(?:one|instal?lment))?(?:\s(?:is|being|falling|to\sbe))?(?:\s(?:due|paid|payable))?)"
    rf"|beginning|starting|commencing|from)(?:\s(?:on|by))?\s(?P<first>{CALENDAR_DAY}))?(?(on)|(?(first)(?(every)|(?!))|(?!)))"
)

_AND = r",\s|\s(?:and|or)\s"
_IN_FRONT = re.compile(r"(?:on|upon|by|after|from|the\sdate\sof)\s")
_TIMED = re.compile(r"\s(?:within|by|before|after|until|from|on|at|during|each|every|unless|if)\s")
"""A second time, which would be lost in the words of an event."""
_DATED = re.compile(r"the\s[A-Z]\w+\s(?:Date|Day)|(?:the\s)?(?:Closing|Completion)")
_WHICH = r"(?P<which>later|earlier|latest|earliest|last|first)"
_OF = r"(?P<of>[^;:]{5,300}?)"
_ENDED = r"(?=\.?$|,\s(?!and\b|or\b)|\sif\s|\sunless\s)"


def _several(words: str, before: str, make: Callable[[Match, Moment], Time]) -> tuple[Opening, Opening]:
    """A time hung on one of several moments, told before them or after them."""
    return (
        Opening(words, late(rf"{before}\sthe\s{_WHICH}\sof:?\s{_OF}{_ENDED}"), lambda match: make(match, _one_of(match))),
        Opening(
            words,
            late(rf"{before}\s{_OF},?\swhichever\s(?:is|comes|occurs|happens)\s(?:the\s)?{_WHICH}(?!\w)"),
            lambda match: make(match, _one_of(match)),
        ),
    )


OPENINGS: tuple[Opening, ...] = (
    *_several(
        "within",
        rf"(?i:within)\s(?P<time>{DURATION})\s{_FROM}",
        lambda match, when: Within(duration(match["time"]), when),
    ),
    *_several("by on no not", r"(?i:by|on\sor\sbefore|(?:no|not)\slater\sthan)", lambda match, when: By(when)),
    _fixed(
        "within",
        r"(?i:within)\s(?P<when>(?:the|this|that|such|its|their|each|any|an?)\s(?:[\w’'-]+\s){0,5}?(?:[Pp]eriods?|[Ss]emesters?|[Mm]onths|[Ss]easons?|[Pp]hase|[Ww]indow|[Tt]erm)(?!\sof\s))",
        lambda match: During(match["when"]),
    ),
    _fixed("within", r"(?i:within)\sa\sreasonable\s(?:time|period)", lambda match: Soon(match[0])),
    *_measured("within", r"(?i:within)\s(?:a\speriod\sof\s)?", _FROM, Within),
    *_measured("no not", r"(?i:no|not)\slater\sthan\s", _FROM, Within),
    *_measured("no not", r"(?i:no|not)\slater\sthan\s", "before", lambda time, when: Ahead(time, None, when)),
    _fixed(
        "within",
        rf"(?i:within)\s(?:a\s(?:period|time)\sof\s)?(?P<time>{DURATION})(?!\sbefore)",
        lambda match: Within(duration(match["time"]), None),
    ),
    Opening(
        "not no at",
        late(rf"{_BETWEEN}\s(?P<when>{MOMENT})"),
        lambda match: _between(match, moment(match["when"])),
    ),
    Opening(
        "not no at",
        late(rf"{_BETWEEN}(?=\s)"),
        lambda match: None,
        lambda match, said: _between(match, event(said)),
    ),
    *_measured(
        "at not no",
        r"(?i:at\sleast|not\sless\sthan|no\sless\sthan|not\sfewer\sthan|no\sfewer\sthan)\s",
        "(?:before|prior\\sto|in\\sadvance\\sof)",
        lambda time, when: Ahead(time, None, when),
    ),
    *_to_moment("on", r"(?i:on\sor\sbefore)", By),
    *_to_moment("no not", r"(?i:no|not)\slater\sthan", By),
    *_to_moment("by", r"(?i:by)", By, r"the\s(?:end|close|date|time|day|deadline|\w+\sDate)\b"),
    *_to_moment("before prior", r"(?i:before|prior\sto)", Before, declines=_BROUGHT),
    *_to_moment("following", r"Following", _simply_after),
    *_to_moment("on", r"(?i:on)", On, _EVENT_NOUN),
    Opening(
        "on",
        late(rf"(?i:on)\s(?P<when>{DAILY})(?:\sat\s(?P<clock>{CLOCK})(?!\s(?:on|each|every)\s))?"),
        lambda match: _daily(moment(match["when"]), clock(match["clock"]) if match["clock"] else ""),
    ),
    Opening(
        "at",
        late(rf"(?i:at)\s(?P<clock>{CLOCK})\s(?:on\s)?(?P<when>{MOMENT}|{DAILY})"),
        lambda match: On(moment(match["when"]), clock(match["clock"])),
    ),
    Opening("each every", late(rf"(?P<when>{WEEKLY})"), lambda match: On(moment(match["when"]))),
    *_measured("after", r"(?i:after)\s", "(?:from|of|after|following)", After),
    _fixed("after", rf"(?i:after)\s(?P<time>{DURATION})", lambda match: After(duration(match["time"]), Event("it"))),
    *_measured("at", r"(?i:at\sleast)\s", "(?:after|from|following)", After),
    *_measured(_COUNTS, "", "(?:after|from|following)", After),
    *_measured(_COUNTS, "", "before", lambda time, when: Ahead(time, None, when)),
    *_to_moment("after", r"(?i:after)", _simply_after),
    *_to_moment("until", r"(?i:until)", Until),
    *_to_moment(
        "from with starting beginning commencing",
        rf"(?:(?i:from|with\seffect\sfrom|(?:starting|beginning|commencing)\son)|(?:starting|beginning|commencing)(?=\s{CALENDAR_DAY}))",
        From,
        r"the\s(?:\w+\sDate|date)\b",
    ),
    _fixed(
        "once at in each every",
        rf"(?i:(?:at\sleast\s)?(?:once\s)?(?:in\s)?(?:each|every|per))\s(?:(?P<count>other|{NUMBER})\s)?(?P<unit>{UNIT})",
        lambda match: Each(_period(match)),
        ("of", "for", "in", "from"),
    ),
    _fixed(
        "once at",
        rf"(?i:(?:at\sleast\s)?once\s(?:an?|per|each|every))\s(?P<count>)(?P<unit>{UNIT})",
        lambda match: Each(_period(match)),
    ),
    _fixed(
        f"at {' '.join(_ADVERBS)}",
        rf"(?i:at\sleast\s)?(?P<often>(?i:annually|(?:daily|weekly|monthly|quarterly|yearly)(?=$|[,.;]|\s(?:{_FOLLOWS})\s)))",
        lambda match: Each(_ADVERBS[match["often"].lower()]),
        ("%", "percent", "cent"),
    ),
    Opening(
        "for",
        late(rf"(?i:for)\s(?:a\s(?:period|term)\sof\s)?(?:{_LIMIT})?(?P<time>{DURATION})\s(?:after|from|following)(?=\s)"),
        lambda match: None,
        lambda match, said: For(
            duration(match["time"]), _limit(match["limit"]), moment(said) if re.fullmatch(MOMENT, said) else event(said)
        ),
    ),
    _fixed(
        "for",
        rf"(?i:for)\s(?:(?:a|any)\s(?:further\s)?(?:period|term|(?:amount|length)\sof\stime)\s(?:of\s)?)?(?:{_LIMIT})?(?P<time>{DURATION})",
        lambda match: For(duration(match["time"]), _limit(match["limit"])),
    ),
    _fixed(
        "by",
        rf"(?i:by)\s(?:{_LIMIT})?(?P<time>{DURATION})(?!\s(?:of|majority|\(\d+/\d+\)))",
        lambda match: For(duration(match["time"]), _limit(match["limit"])),
    ),
    _fixed("payable in by", _INSTALMENTS, _instalments),
    _fixed("at", r"(?i:at\sall\stimes)", lambda match: AtAllTimes()),
    _fixed("at", r"(?i:at\sany\stime)", lambda match: AtAnyTime()),
    _fixed(
        "promptly immediately forthwith without as at in",
        r"(?i:promptly|immediately|forthwith|without\s(?:undue\s|unreasonable\s)?delay|as\ssoon\sas\s(?:is\s)?(?:reasonably\s)?(?:possible|practicable)|"
        r"at\sonce|in\sdue\stime)",
        lambda match: Soon(match[0].lower()),
    ),
    Opening(
        "during throughout",
        late(r"(?i:during|throughout)(?=\s(?!which\b))"),
        lambda match: None,
        lambda match, said: During(said),
        "a period",
    ),
)
"""In the order in which they are tried at a word."""
