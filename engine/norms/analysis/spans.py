"""The days between which the times of a rule lie, as far as the calendar alone tells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from syngraph.grammar.amounts import (
    After,
    Ahead,
    Before,
    By,
    Day,
    Duration,
    From,
    Moment,
    NthDay,
    On,
    Time,
    Unit,
    Until,
    Within,
)

_LONGEST = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 31, Unit.QUARTER: 92, Unit.YEAR: 366}
_SHORTEST = {Unit.DAY: 1, Unit.BUSINESS_DAY: 1, Unit.WEEK: 7, Unit.MONTH: 28, Unit.QUARTER: 90, Unit.YEAR: 365}


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both included. `exact` where the calendar tells all of it."""

    first: date = date.min
    last: date = date.max
    exact: bool = True

    @property
    def empty(self) -> bool:
        """Whether there is no such day."""
        return self.last < self.first

    def within(self, other: "Span") -> bool:
        """Whether every day of this is one of the other."""
        return other.first <= self.first and self.last <= other.last


def span(times: Iterable[Time]) -> Span:
    """Between which days all of the times lie. One that the calendar does not tell leaves the days open, and not exact.

    Several of one kind are a row of times (`on 1 March 2027 and on 1 June 2027`), of which nothing is said.
    """
    times = tuple(times)
    found = Span()
    if len({type(time) for time in times}) < len(times):
        return Span(exact=False)
    for time in times:
        one = _span(time)
        found = Span(max(found.first, one.first), min(found.last, one.last), found.exact and one.exact)
    return found


def impossible(time: Time) -> bool:
    """Whether there is never such a time (`the sixth Monday of each month`, `at least sixty nor more than ten days before`)."""
    match time:
        case Ahead(least, most) if most is not None:
            return _least(least) > _most(most) if _most(most) else least.unit == most.unit and least.count > most.count
        case On(moment) | By(moment) | Before(moment) | Until(moment) | From(moment):
            return _never(moment)
        case _:
            return False


def _never(moment: Moment) -> bool:
    if not isinstance(moment, NthDay) or moment.nth < 0:
        return False
    months = {Unit.WEEK: 0, Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 1 if moment.month else 12}
    if moment.period not in months:
        return False
    days = months[moment.period] * 31 or 7
    return moment.nth > (days if moment.kind in ("day", "Business Day") else -(-days // 7))


def _span(time: Time) -> Span:
    match time:
        case By(Day(day)) | Until(Day(day)):
            return Span(last=day)
        case Before(Day(day)):
            return Span(last=_shifted(day, -1))
        case On(Day(day)):
            return Span(day, day)
        case From(Day(day)):
            return Span(first=day)
        case After(None, Day(day)):
            return Span(first=_shifted(day, 1))
        case After(Duration() as length, Day(day)):
            return Span(first=_shifted(day, _least(length)), exact=False)
        case Within(length, Day(day)) if _most(length):
            return Span(last=_shifted(day, _most(length)), exact=False)
        case _:
            return Span(exact=False)


def _least(length: Duration) -> int:
    """The least number of days that a length of time can be."""
    return length.count * _SHORTEST.get(length.unit, 0)


def _most(length: Duration) -> int:
    """The greatest number of days that it can be, 0 where that is not known."""
    return length.count * _LONGEST.get(length.unit, 0)


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
