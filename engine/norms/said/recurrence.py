"""Conditions that hold only when something has happened more than once (`fails twice`, `three consecutive instalments`).

What must happen is told apart from how often, in a row or not, and within which time. Words that say how often and have no
number (`repeatedly`) are left to the record.
"""

import re
from dataclasses import dataclass, replace

from syngraph.grammar.amounts import Duration, During, Event, Unit, Within
from syngraph.grammar.lexicon import singular
from syngraph.grammar.phrases.nouns import act
from syngraph.grammar.phrases.numbers import ORDINAL, UNIT, WORD_NUMBER, duration, number, ordinal, unit
from syngraph.grammar.rules import Fails, Happens, Test, Unknown


@dataclass(frozen=True, slots=True)
class Repetition:
    """How often something must happen: `count` times, in a row if `consecutive`, all `within` a time (None: ever).

    `each` is the period of which each one must be broken (`in two consecutive months`), None where none is named.
    """

    count: int
    consecutive: bool = False
    within: Duration | None = None
    each: Unit | None = None


@dataclass(frozen=True, slots=True)
class FailsAgain(Fails):
    """Somebody has left something undone as often as `again` says."""

    again: Repetition = Repetition(2)


@dataclass(frozen=True, slots=True)
class HappensAgain(Happens):
    """Something has happened as often as `again` says."""

    again: Repetition = Repetition(2)


_N = rf"(?ai:{WORD_NUMBER}|\d{{1,3}})(?:\s\(\d{{1,3}}\))?"
_AT = r"(?:(?P<more>more than )|at least |not less than |no fewer than |not fewer than |no less than )?"
_ROW = r"(?P<row>(?:consecutive|successive) )"
_IN_A_ROW = r"(?P<after> in a row| in succession| consecutively| running)?"
_LEAVES = r"(?: or more)?"
_TIMES = re.compile(
    rf"(?:^|\s)(?:on |for |a total of )*{_AT}(?:(?P<word>once|twice|thrice)|(?P<n>{_N}){_LEAVES} "
    rf"(?:separate |different |distinct |such )?{_ROW}?(?:times|occasions|instances)){_LEAVES}{_IN_A_ROW}(?=$|\s)",
    re.IGNORECASE,
)
_NTH = re.compile(
    rf"(?:^|\s)(?:for (?:the|a) |on (?:the|a) |a )(?P<nth>{ORDINAL}) {_ROW}?(?:time|occasion){_IN_A_ROW}(?=$|\s)", re.IGNORECASE
)
_PERIODS = re.compile(
    rf"(?:^|\s)(?:in|for|during|over) {_AT}(?P<n>{_N}){_LEAVES} {_ROW}?(?P<unit>months|weeks|quarters|years|days){_IN_A_ROW}"
    r"(?=$|\s)",
    re.IGNORECASE,
)
_PARTS = re.compile(
    rf"(?:^|(?<=\s))(?:any |the )?{_AT}(?P<n>{_N}){_LEAVES} {_ROW}?(?P<things>instal?ments|payments|deliveries|shipments)"
    rf"{_IN_A_ROW}(?=$|\s)",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    rf",?\s(?:within|in|during|over) (?:any |a |the same )?(?:period of )?(?:consecutive )?(?P<length>{_N}[\s-]{UNIT})"
    r"(?: period)?$",
    re.IGNORECASE,
)
_PERIOD_OF = re.compile(rf"(?:any |a )?(?:period of )?(?P<length>{_N}[\s-]{UNIT})(?: period)?$", re.IGNORECASE)
_OFTEN = re.compile(
    rf"\b(?:once|twice|thrice|(?:{_N}|several|many|multiple|more) (?:\w+ )?(?:times|occasions)|"
    rf"{ORDINAL} (?:\w+ )?(?:time|occasion)|(?:consecutive|successive) (?!days\b|hours\b)|in a row|in succession|repeatedly|"
    r"persistently|habitually|continually|frequently|often|repeated|persistent|(?:fails?|failed) again)\b",
    re.IGNORECASE,
)
_WORDS = {"once": 1, "twice": 2, "thrice": 3}
_FAILS = re.compile(
    r"^(?P<who>\S.{0,100}?) (?:(?:has |have |had )?failed|fails?|(?:does|do|did) not|has not|neglects?) (?P<does>\S.*)$"
)
_UNPAID = re.compile(
    r"^(?P<what>\S.{0,100}?) (?:is|are|has been|have been) (?:not (?:paid|made)|unpaid|overdue)(?P<when> .*)?$"
)
_BREACHES = re.compile(
    r"^(?P<who>\S.{0,100}?) (?:(?:has |have )?(?:breached|violated)|breach(?:es)?|violates?|is in breach of) "
    r"(?P<what>\S.{0,100})$"
)
_WHEN = re.compile(r"\s(?:when (?:it is |they are )?due|on time|in time|in due time|on (?:its|their|the) due dates?)$")


def repeated(test: Test) -> Test:
    """A condition with what must happen told apart from how often; a condition of which that cannot be told is for the record.

    >>> found = repeated(Fails(Event("pay the Rent twice", "pay", "the Tenant", "the Rent twice")))
    >>> found.event.object, found.again.count
    ('the Rent', 2)
    """
    match test:
        case Fails(event, times, "") if _OFTEN.search(f"{event.actor} {event.text}") or _counts(event):
            said, window = _windowed(times)
            whole = f"{event.actor} fails to {event.text}"
            found = _failing(whole) if window is not None or not said else None
            if isinstance(found, FailsAgain):
                again = found.again if window is None else replace(found.again, within=window)
                return replace(found, again=again)
            return Unknown(whole)
        case Happens(event, ()) if _OFTEN.search(event.text):
            return _happening(event)
        case Unknown(text) if _OFTEN.search(text):
            return _failing(text) or _breaching(text) or test
        case _:
            return test


def each_breach(test: Test, whose: str) -> Test:
    """A breach that is named by a noun (`for every failure to repair a lift in time`, `for each breach of section 1`) as what
    somebody does: whoever the words name, else `whose` duty it is to answer for it.

    >>> each_breach(Unknown("for every failure to repair a lift in time"), "the Owner").event.object
    'a lift'
    """
    match test:
        case Unknown(text) | Happens(Event(text, "fail")):
            pass
        case _:
            return test
    failure = _FAILURE.match(text)
    if failure is not None and not _TIMED.search(failure["does"]):
        done = act(_WHEN.sub("", failure["does"]))
        return Fails(Event(failure["does"], done.verb, failure["who"] or whose, done.object, done.to))
    breach = _BREACH.match(text)
    if breach is not None:
        return Happens(Event(text, "breach", breach["who"] or whose, breach["what"] or "this Agreement"))
    return test


_FAILURE = re.compile(
    r"^(?:for (?:each|every|any) |the |any |each |every )?failure (?:(?:by|of) (?P<who>\S.{0,60}?) )?to (?P<does>\S.{0,200})$",
    re.IGNORECASE,
)
_BREACH = re.compile(
    r"^for (?:each|every|any) (?:[\w’'-]{1,40} in )?(?:breach|violation|infringement)(?: by (?P<who>(?:the |an? )?\S{1,40}))?"
    r"(?: of (?P<what>\S.{0,100}?))?(?: by (?:the |an? )?\S{1,40})?$",
    re.IGNORECASE,
)
_TIMED = re.compile(r"\b(?:within|before|after|until|by (?:the |\d))\b")


def _counts(event: Event) -> bool:
    """Whether an event is that of several payments (`fails to pay two instalments`)."""
    found = _PARTS.search(event.object)
    return found is not None and number(found["n"]) > 1


def _windowed(times: tuple[object, ...]) -> tuple[tuple[object, ...], Duration | None]:
    """The times of a condition, and the time within which all must happen where they say one."""
    match times:
        case (Within(length, None),):
            return times, length
        case (During(period),):
            found = _PERIOD_OF.match(period)
            return times, _length(found["length"]) if found is not None else None
        case _:
            return times, None


def _failing(text: str) -> Fails | None:
    """What somebody must fail to do, and how often; None where the words do not tell."""
    rest, again = _taken(text)
    if again is None or _OFTEN.search(rest):
        return None
    found = _FAILS.match(rest)
    if found is not None:
        phrase = found["does"].removeprefix("to ")
        done = act(_WHEN.sub("", phrase))
        return FailsAgain(Event(phrase, done.verb, found["who"], done.object, done.to), again=again) if done.object else None
    unpaid = _UNPAID.match(rest)
    if unpaid is None:
        return None
    return FailsAgain(Event(f"pay {unpaid['what']}", "pay", "", unpaid["what"]), again=again)


def _breaching(text: str) -> HappensAgain | None:
    """Whoever must breach what, and how often."""
    rest, again = _taken(text)
    found = _BREACHES.match(rest) if again is not None else None
    if found is None or again is None or _OFTEN.search(rest):
        return None
    return HappensAgain(Event(rest, "breach", found["who"], found["what"]), again=again)


def _happening(event: Event) -> Test:
    if event.verb == "fail" or _FAILS.match(event.text):
        return _failing(event.text) or Unknown(event.text)
    place, again = _taken(event.object)
    unsure = again is None or (again.consecutive and event.verb not in ("breach", "violate"))
    if again is None or unsure or place.startswith("late") or _OFTEN.search(f"{event.actor} {place} {event.to}"):
        return Unknown(event.text)
    return HappensAgain(replace(event, object=place), again=again)


def _taken(text: str) -> tuple[str, Repetition | None]:
    """A text without the words that say how often, and what they say; None where they say nothing that is counted."""
    within: Duration | None = None
    window = _WINDOW.search(text)
    if window is not None and not _PERIODS.search(window[0]):
        within, text = _length(window["length"]), text[: window.start()]
    for words in (_TIMES, _NTH, _PERIODS, _PARTS):
        found = words.search(text)
        if found is None:
            continue
        said = found.groupdict()
        in_a_row = bool(said["row"] or said["after"])
        if words is _PERIODS and not in_a_row:
            continue
        count = _count(said)
        rest = text[: found.start()] + text[found.end() :]
        if words is _PARTS:
            noun = singular(said["things"].lower())
            rest = f"{text[: found.start()]}an {noun}{text[found.end() :]}"
        each = unit(said["unit"]) if words is _PERIODS else None
        if count < 1:
            return text, None
        return " ".join(rest.split()), Repetition(count, in_a_row, within, each)
    return text, None


def _count(said: dict[str, str | None]) -> int:
    nth, word, figure = said.get("nth"), said.get("word"), said.get("n")
    count = ordinal(nth) if nth else _WORDS[word.lower()] if word else number(figure) if figure else 0
    return count + (1 if said.get("more") else 0)


def _length(text: str) -> Duration | None:
    try:
        return duration(text)
    except ValueError:
        return None
