"""The parts of an explanation that all rules share: times, conditions, order, sums, and what the record must tell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from syngraph.grammar import rules as r
from syngraph.grammar.amounts import (
    Accrual,
    After,
    Ahead,
    Amount,
    AtAllTimes,
    AtAnyTime,
    Before,
    By,
    Capped,
    DayOfYear,
    Duration,
    During,
    Each,
    Event,
    For,
    From,
    Instalments,
    Less,
    Limit,
    Moment,
    Money,
    Named,
    On,
    Part,
    Rate,
    Soon,
    Sum,
    Time,
    Until,
    Within,
)
from syngraph.grammar.saying.phrasing import listing, say_amount, say_duration, say_moment, say_period, say_time, say_times


class Topic(StrEnum):
    """What a point of an explanation is about."""

    WHEN = "When"
    CONDITION = "Condition"
    BREACH = "After a breach"
    PRIORITY = "Order"
    AMOUNT = "Amount"
    NOTICE = "Notice"
    VOTES = "Votes"
    OTHERS = "Others"
    NOTE = "Note"
    ASSUMED = "Assumed"
    OPEN = "Left to the record"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that an explanation adds to its first sentence."""

    topic: Topic
    text: str

    def __str__(self) -> str:
        return f"{self.topic}: {self.text}."


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule in plain words: a sentence, and the points that belong to it. The text of a point has no full stop."""

    says: str
    points: tuple[Point, ...] = ()

    def __str__(self) -> str:
        return "\n".join((self.says, *map(str, self.points)))


def explained(says: str, *points: Point) -> Explanation:
    """An explanation with its points by topic, none of them twice. `says` becomes a sentence."""
    topics = tuple(Topic)
    return Explanation(sentence(says), tuple(sorted(dict.fromkeys(points), key=lambda point: topics.index(point.topic))))


_LINK = re.compile(r"\[([^\]]*)\]\(#([^)]*)\)")


def words(text: str) -> str:
    """A phrase of a rule for people: a link is the section that it points to."""
    return _LINK.sub(lambda link: f"{link[1]} (section #{link[2]})" if link[1] else f"section #{link[2]}", text)


def sentence(text: str) -> str:
    """A phrase as a sentence: with a capital and one full stop."""
    plain = words(text).strip()
    return f"{plain[:1].upper()}{plain[1:]}" + ("" if plain.endswith((".", "!", "?")) else ".")


def sections(named: tuple[str, ...]) -> str:
    """Sections by number or id, in a row."""
    many = "sections" if len(named) > 1 else "section"
    return f"{many} {listing(named)}"


# -- when --------------------------------------------------------------------------------------------------------------


def whens(times: tuple[Time, ...]) -> tuple[Point, ...]:
    """When a rule is to be obeyed or applies, all its times together, and what is assumed of them."""
    said = "; and ".join(words(when(time)) for time in times)
    open_ends = any(isinstance(time, Within) and time.after is None for time in times)
    leap = any(isinstance(moment := _moment(time), DayOfYear) and (moment.month, moment.day) == (2, 29) for time in times)
    return (
        *([Point(Topic.WHEN, said)] if said else []),
        *(
            [Point(Topic.ASSUMED, "the time runs from when the rule begins to apply, as no other start is named")]
            if open_ends
            else []
        ),
        *([Point(Topic.ASSUMED, "29 February is the last day of February in every year")] if leap else []),
    )


def _moment(time: Time) -> Moment | None:
    match time:
        case Within(after=moment) | For(after=moment) | After(after=moment) | By(moment) | Before(moment) | On(moment):
            return moment
        case Until(moment) | From(moment) | Ahead(before=moment):
            return moment
        case _:
            return None


def when(time: Time) -> str:
    """One time in plain words."""
    if getattr(time, "clock", ""):
        return say_time(time)
    match time:
        case Within(duration, after):
            return f"within {say_duration(duration)}" + (f" after {say_moment(after)}" if after else "")
        case After(duration, after):
            since = "" if after == _IT else f" from {say_moment(after)}"
            return f"only when {say_duration(duration)}{since} are over" if duration else f"only after {say_moment(after)}"
        case By(Event() as event):
            return f"no later than {event.text}"
        case By(moment):
            return f"by {say_moment(moment)}, that day included"
        case Before(Event() as event):
            return f"before {event.text}"
        case Before(moment):
            return f"before {say_moment(moment)}, that day not included"
        case On(moment):
            return f"on {say_moment(moment)}"
        case Ahead(least, most, before):
            bound = f" and at most {say_duration(most)}" if most else ""
            return f"at least {say_duration(least)}{bound} before {say_moment(before)}"
        case Each(period):
            return f"once in each {say_period(period)}" if period.count == 1 else f"once in every {say_duration(period)}"
        case During(period):
            return f"during {period}"
        case Until(Event() as event):
            return f"until {event.text}"
        case Until(moment):
            return f"until {say_moment(moment)}, that day included"
        case From(moment):
            return f"from {say_moment(moment)} on"
        case For(duration, limit, after):
            return f"for {bounded(duration, limit)}" + (f" after {say_moment(after)}" if after else "")
        case Instalments():
            return say_time(time)
        case AtAllTimes():
            return "at all times"
        case AtAnyTime():
            return "at any time"
        case Soon(word):
            return word
        case _:
            assert_never(time)


_IT = Event("it")
"""What `after 30 days` is counted from: what the sentence spoke of."""


def bounded(duration: Duration, limit: Limit) -> str:
    """A length of time, exact or as a bound."""
    bound = {Limit.EXACTLY: "", Limit.AT_MOST: "at most ", Limit.AT_LEAST: "at least "}[limit]
    return f"{bound}{say_duration(duration)}"


def haste(times: tuple[Time, ...]) -> tuple[Point, ...]:
    """Deadlines without a number."""
    return tuple(
        Point(Topic.OPEN, f"“{time.word}” names no day, so people say whether it was late")
        for time in times
        if isinstance(time, Soon)
    )


# -- on which condition ------------------------------------------------------------------------------------------------


def conditions(found: tuple[r.Condition, ...]) -> tuple[Point, ...]:
    """On what a rule hangs, and what of it only the record can tell."""
    return tuple(point for condition in found for point in _condition(condition))


def _condition(condition: r.Condition) -> Iterable[Point]:
    negative = condition.link in (r.Link.UNLESS, r.Link.EXCEPT)
    opening = "it does not hold if " if negative else _OPENING[condition.link]
    match condition.test:
        case r.Happens(event, times):
            yield Point(Topic.CONDITION, words(f"{opening}{event.text}{say_times(times)}"))
        case r.Fails(event, times, nor):
            left = f"{event.text} and does not {nor} {event.text.partition(' ')[2]}" if nor else event.text
            undone = f"{event.actor} does not {left}" if event.actor else event.text
            told = f"{opening}{undone}{say_times(times) or (' in time' if event.actor else '')}"
            yield Point(Topic.CONDITION if negative else Topic.BREACH, words(told))
            if not times:
                yield Point(Topic.ASSUMED, "in time means by the deadline of the duty that this condition speaks of")
        case r.Late(duration, subject):
            told = f"{opening}{subject} lasts for more than {say_duration(duration)}"
            if "delay" not in subject:
                told = f"{opening}{subject} is overdue for more than {say_duration(duration)}"
            yield Point(Topic.CONDITION if negative else Topic.BREACH, words(told))
        case r.Measured(text, level, each=each, begun=begun):
            yield Point(Topic.CONDITION, words(f"{opening}{text}"))
            if each is not None:
                yield Point(Topic.AMOUNT, f"it is owed once for each {each} of it{' or part of that' if begun else ' in full'}")
            yield Point(Topic.NOTE, words(f"the record tells it by what was measured ({level.range.dimension or 'a number'})"))
        case r.Unknown(text):
            yield Point(Topic.CONDITION, words(f"{opening}{text}"))
            yield Point(Topic.OPEN, words(f"whether this is so: “{text}”; until it is told, the rule is undetermined"))
        case _:
            assert_never(condition.test)


_OPENING = {
    r.Link.IF: "it holds only if ",
    r.Link.WHEN: "it holds only when ",
    r.Link.WHERE: "it holds only where ",
    r.Link.UPON: "it holds only upon ",
    r.Link.PROVIDED: "it holds only if ",
    r.Link.SETTING: "",
}


def order(found: tuple[r.Priority, ...]) -> tuple[Point, ...]:
    """Which section counts where two differ."""
    return tuple(Point(Topic.PRIORITY, _rank(one)) for one in found)


def _rank(priority: r.Priority) -> str:
    named = sections(priority.sections) if priority.sections else "any other provision"
    match priority.rank:
        case r.Rank.SUBJECT_TO:
            return (
                f"where they differ, {named} goes before this rule"
                if len(priority.sections) < 2
                else (f"where they differ, {named} go before this rule")
            )
        case r.Rank.NOTWITHSTANDING:
            return f"where they differ, this rule goes before {named}"
        case r.Rank.EXCEPT_AS_PROVIDED:
            return f"what {named} {'provide' if len(priority.sections) > 1 else 'provides'} otherwise goes before this rule"
        case _:
            assert_never(priority.rank)


# -- how much ----------------------------------------------------------------------------------------------------------


def sums(amount: Amount | None, said: str) -> tuple[Point, ...]:
    """How an amount is reckoned, where `said` (the words of the rule) does not show it already."""
    if amount is None or (not isinstance(amount, Rate | Capped) and say_amount(amount).casefold() in said.casefold()):
        return ()
    return (Point(Topic.AMOUNT, words(reckoned(amount))), *_styles(amount))


def reckoned(amount: Amount) -> str:
    """An amount and what it is made of."""
    match amount:
        case Capped(of, cap):
            return f"{reckoned(of)}, but never more than {reckoned(cap)}"
        case Rate(of, share, per, Accrual.INTEREST, basis):
            counted = f", days counted {basis.value}" if basis is not None else ""
            return f"simple interest of {percent(share)} on {reckoned(of)} for each {say_period(per)}{counted}"
        case Rate(of, share, per, _):
            whole = reckoned(of) if share == 1 else f"{percent(share)} of {reckoned(of)}"
            return f"{whole} for each {say_period(per)} of delay"
        case Part(share, of):
            return f"{percent(share)} of {reckoned(of)}"
        case Sum(terms):
            return f"the sum of {listing([reckoned(term) for term in terms])}"
        case Less(of, less):
            return f"{reckoned(of)} less {listing([reckoned(term) for term in less])}"
        case Money() | Named():
            return say_amount(amount)
        case _:
            assert_never(amount)


def _styles(amount: Amount) -> tuple[Point, ...]:
    match amount:
        case Capped(of, _):
            return _styles(of)
        case Rate(style=Accrual.INTEREST):
            return (Point(Topic.ASSUMED, "a period that has run in part counts in proportion"),)
        case Rate(style=Accrual.FULL_PERIODS):
            return (Point(Topic.ASSUMED, "only full periods count"),)
        case Rate(style=Accrual.BEGUN_PERIODS):
            return (Point(Topic.AMOUNT, "a period that has begun counts as a full one"),)
        case _:
            return ()


def percent(share: Fraction) -> str:
    """A share as figures, exact: `2/3`, `66%`."""
    hundredths = share * 100
    return f"{hundredths.numerator}%" if hundredths.denominator == 1 else _decimal(share)


def _decimal(share: Fraction) -> str:
    thousandths = share * 100_000
    if thousandths.denominator != 1:
        return f"{share.numerator}/{share.denominator}"
    whole, rest = divmod(thousandths.numerator, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".") + "%"
