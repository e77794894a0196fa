"""How the parts of a rule are said: who, when, how much."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
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
    Less,
    Limit,
    Moment,
    Money,
    Named,
    NthDay,
    On,
    Part,
    Rate,
    Soon,
    Sum,
    Time,
    Unit,
    Until,
    Within,
)
from syngraph.grammar.lexicon import inflected, plural, singular
from syngraph.grammar.phrases.numbers import MONTHS, WEEKDAYS

_MONTHS = {number: name for name, number in MONTHS.items()}
_FRACTIONS = {
    Fraction(1, 2): "half",
    Fraction(1, 3): "one-third",
    Fraction(2, 3): "two-thirds",
    Fraction(1, 4): "one-quarter",
    Fraction(3, 4): "three-quarters",
    Fraction(2, 5): "two-fifths",
    Fraction(3, 5): "three-fifths",
    Fraction(4, 5): "four-fifths",
}


def say_actor(who: r.Actor) -> str:
    """Who, with the quantifier before the first role."""
    many = who.quantifier in (r.Quantifier.ALL, r.Quantifier.COUNT)
    nouns = [say_plural(role) if many and index == 0 else role for index, role in enumerate(who.roles)]
    the = "the " if who.quantifier is not r.Quantifier.NAMED else ""
    first, *others = nouns
    match who.quantifier:
        case r.Quantifier.NAMED:
            head = first
        case r.Quantifier.COUNT:
            head = f"any {who.count} {first}"
        case r.Quantifier.ANY:
            head = f"{'an' if first[0].lower() in 'aeiou' else 'a'} {first}"
        case _:
            head = f"{who.quantifier.value} {first}"
    listed = f" {who.joint} ".join([head, *(the + noun for noun in others)])
    return listed + (f" {who.qualifier}" if who.qualifier else "")


def listing(names: Sequence[str], joint: str = "and") -> str:
    """Names in a row.

    >>> listing(["Ana", "Ben", "Carla"])
    'Ana, Ben and Carla'
    """
    *others, last = names
    return f"{', '.join(others)} {joint} {last}" if others else last


def say_plural(role: str) -> str:
    """A role in the plural; what follows `of` stays."""
    head, joint, tail = role.partition(" of ")
    return plural(head) + joint + tail


def say_sections(sections: tuple[str, ...]) -> str:
    """Sections as a reference in prose; none means any other provision."""
    if not sections:
        return "any other provision"
    named = [f"[]({section})" if section.startswith("#") else section for section in sections]
    typed = not sections[0].startswith("#")
    word = ("sections " if len(sections) > 1 else "section ") if typed else ""
    return word + listing(named)


def say_times(times: tuple[Time, ...]) -> str:
    """Times one after the other, each with a blank before it."""
    return "".join(f" {say_time(time)}" for time in times)


def say_time(time: Time) -> str:
    """One time."""
    match time:
        case Within(duration, after):
            return f"within {say_duration(duration)}" + (f" after {say_moment(after)}" if after else "")
        case After(duration, after, clock):
            if duration is None:
                return f"after {_say_clocked(after, clock)}"
            return f"after {say_duration(duration)}" + ("" if after == Event("it") else f" from {say_moment(after)}")
        case By(Event() as event, ""):
            return f"no later than {event.text}"
        case By(moment, clock):
            return f"by {_say_clocked(moment, clock)}"
        case Before(moment, clock):
            return f"before {_say_clocked(moment, clock)}"
        case On(moment, clock):
            return f"at {_say_clocked(moment, clock)}" if clock else f"on {say_moment(moment)}"
        case Ahead(least, None, before):
            return f"at least {say_duration(least)} before {say_moment(before)}"
        case Ahead(least, Duration() as most, before) if least.unit is not most.unit:
            return f"at least {say_duration(least)} but no more than {say_duration(most)} before {say_moment(before)}"
        case Ahead(least, Duration() as most, before):
            return f"not less than {least.count} nor more than {say_duration(most)} before {say_moment(before)}"
        case Each(period):
            return f"each {say_period(period)}" if period.count == 1 else f"every {say_duration(period)}"
        case During(period):
            return f"during {period}"
        case Until(moment, clock):
            return f"until {_say_clocked(moment, clock)}"
        case From(moment, clock):
            return f"from {_say_clocked(moment, clock)}"
        case For(duration, limit, after):
            bound = {Limit.EXACTLY: "", Limit.AT_MOST: "up to ", Limit.AT_LEAST: "at least "}[limit]
            return f"for {bound}{say_duration(duration)}" + (f" after {say_moment(after)}" if after else "")
        case Instalments(count, every, each, first, on):
            of = f" of {say_amount(each)} each" if each is not None else ""
            days = f" on {say_moment(on)}" if on is not None else ""
            start = f" from {say_day(first)}" if first is not None else ""
            return f"in {count} {_OFTEN[every]} instalments{of}{days}{start}"
        case AtAllTimes():
            return "at all times"
        case AtAnyTime():
            return "at any time"
        case Soon(word):
            return word
        case _:
            raise TypeError(f"no time: {time!r}")


_OFTEN = {Unit.WEEK: "weekly", Unit.MONTH: "monthly", Unit.QUARTER: "quarterly", Unit.YEAR: "yearly"}


def _say_clocked(moment: Moment, clock: str) -> str:
    on = "" if isinstance(moment, NthDay) and moment.period is Unit.DAY else "on "
    return f"{clock} {on}{say_moment(moment)}" if clock else say_moment(moment)


def say_moment(moment: Moment) -> str:
    """A day, a recurring day or an event."""
    match moment:
        case Day(day):
            return say_day(day)
        case DayOfYear(month, day):
            return f"{day} {_MONTHS[month]} of each year"
        case NthDay(1, kind, Unit.DAY):
            return f"each {kind}"
        case NthDay(1, kind, Unit.WEEK) if kind in WEEKDAYS:
            return f"each {kind.capitalize()}"
        case NthDay(nth, kind, period, month):
            place = "last" if nth == -1 else say_ordinal(nth)
            name = kind.capitalize() if kind.endswith("day") and kind not in ("day", "Business Day") else kind
            of = f"{_MONTHS[month]} of each year" if month else f"each {period.value}"
            return f"the {place} {name} of {of}"
        case Event(text):
            return text
        case Later(of):
            return f"the later of {listing([say_moment(one) for one in of])}"
        case Earlier(of):
            return f"the earlier of {listing([say_moment(one) for one in of])}"
        case _:
            assert_never(moment)


def say_day(day: date) -> str:
    """A day of the calendar."""
    return f"{day.day} {_MONTHS[day.month]} {day.year:04d}"


def say_ordinal(number: int) -> str:
    """A place: `first` to `tenth`, then `11th`."""
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    if number <= len(words):
        return words[number - 1]
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def say_duration(duration: Duration) -> str:
    """A length of time, the count in figures."""
    name = duration.unit.value
    return f"{duration.count} {name if duration.count == 1 else name + 's'}"


def say_period(period: Duration) -> str:
    """A period after `each`: the unit alone when it is one."""
    return period.unit.value if period.count == 1 else say_duration(period)


def say_amount(amount: Amount) -> str:
    """An amount of money."""
    match amount:
        case Money(figure, currency):
            return f"{currency} {say_figure(figure)}"
        case Named(name):
            return f"the {name}"
        case Part(share, of):
            return f"{say_percent(share)} of {say_amount(of)}"
        case Sum(terms):
            return f"the sum of {' and '.join(say_amount(term) for term in terms)}"
        case Less(of, less):
            return f"{say_amount(of)} less {listing([say_amount(term) for term in less])}"
        case Rate(of, share, per, Accrual.INTEREST, basis):
            based = f" ({basis.value})" if basis else ""
            return f"interest at {say_percent(share)} per {per.unit.value} on {say_amount(of)}{based}"
        case Rate(of, share, per, _):
            return f"{say_percent(share)} of {say_amount(of)} for each {say_period(per)} of delay"
        case Capped(of, cap):
            return f"{say_amount(of)}, up to {say_amount(cap)}"
        case _:
            assert_never(amount)


def say_figure(figure: Decimal) -> str:
    """A figure with thousands separated."""
    return f"{figure:,f}"


def say_percent(share: Fraction) -> str:
    """A fraction as an exact percentage, else as a fraction of whole numbers."""
    percent = share * 100
    whole = Decimal(percent.numerator) / Decimal(percent.denominator)
    if Fraction(whole) == percent:
        return f"{whole.normalize():f}%"
    return f"{share.numerator}/{share.denominator}"


def say_share(share: Fraction) -> str:
    """A fraction as words where there are words for it."""
    return _FRACTIONS.get(share) or say_percent(share)


def say_condition(condition: r.Condition) -> str:
    """A condition with the word that opens it."""
    match condition.test:
        case r.Happens(event, times):
            said = f"{event.text}{say_times(times)}"
        case r.Fails(event, times, nor) if nor:
            verb, _, rest = event.text.partition(" ")
            said = f"{event.actor} neither {inflected(verb).third} nor {inflected(nor).third} {rest}{say_times(times)}"
        case r.Fails(event, times) if not event.actor:
            said = f"{event.text}{say_times(times)}"
        case r.Fails(event, times):
            said = f"{event.actor} fails to {event.text}{say_times(times)}"
        case r.Late(duration, subject):
            said = (
                f"{subject} exceeds {say_duration(duration)}"
                if "delay" in subject
                else f"{subject} is more than {say_duration(duration)} overdue"
            )
        case r.Unknown(text) | r.Measured(text):
            said = text
        case _:
            assert_never(condition.test)
    return f"{condition.link.value} {said}".lstrip()


def say_fronts(conditions: tuple[r.Condition, ...], priority: tuple[r.Priority, ...]) -> str:
    """Conditions and order before the subject: settings, order, then conditions."""
    settings = [c for c in conditions if c.link is r.Link.SETTING]
    others = [c for c in conditions if c.link is not r.Link.SETTING]
    ranks = [f"{p.rank.value} {say_sections(p.sections)}" for p in priority]
    return say_led([*(say_condition(c) for c in settings), *ranks, *(say_condition(c) for c in others)])


def say_led(parts: list[str]) -> str:
    """What stands before the subject, with a comma after each part."""
    said = "".join(f"{part}, " for part in parts)
    return said[:1].upper() + said[1:]


def say_sentence(fronts: str, main: str) -> str:
    """A clause after what stands before it."""
    return fronts + (main if fronts else f"{main[0].upper()}{main[1:]}")


def say_many(subject: str) -> bool:
    """Whether a subject is in the plural, by its determiner or its head."""
    if re.match(r"(?i:all|both|these|those)\s", subject):
        return True
    if re.match(r"(?i:an?|any|each|every|this|that|such\san?)\s", subject):
        return False
    head = re.split(r"\s(?:who|whom|which|that|with|of|in|at|for|receiving|having)\s", subject)[0].rpartition(" ")[2]
    return singular(head) != head


def lowered(subject: str) -> str:
    """A subject with its article in small letters, as it stands within a sentence."""
    head, _, tail = subject.partition(" ")
    return f"{head.lower()} {tail}" if head in _ARTICLES else subject


_ARTICLES = {"The", "A", "An", "Each", "Every", "Any", "All", "This", "These", "Either", "Neither", "No", "Its", "Their", "One"}
