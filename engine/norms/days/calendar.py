"""Counting days: each rule of counting is one function with its source.

The sources are Regulation (EEC, Euratom) No 1182/71 (cited as R.1182/71), the rule of clear days for notice, and the text
itself. Legal days are dates in the zone of the agreement; instants are aware. A day lasts from its first instant up to
its last microsecond, so that an act at any instant of the last day is in time.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from syngraph.engine.norms.days.almanac import LIBRARY, Almanac
from syngraph.grammar.amounts import DayOfYear, Duration, NthDay, Unit

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKEND = frozenset({5, 6})
LAST_MOMENT = time(23, 59, 59, 999999)
YEARS = range(1900, 3000)
"""The years of which a question is answered, those in which statements may be dated."""


class CalendarError(ValueError):
    """A zone or a list of holidays that nobody knows: `field` is `zone` or `holidays`, `value` what was given."""

    def __init__(self, field: str, value: str, expected: str) -> None:
        super().__init__(f"{field}: found {value!r}, expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar of an agreement: an IANA zone and the public holidays of a place (`PT`, `US-CA`), "" for none.

    `weekend` are the weekdays (Monday is 0) that are no Business Days; the `almanac` knows the holidays. `unclear` are the
    units of which a text says in words of its own what they are, each with why nobody can count them.
    """

    zone: str = "UTC"
    holidays: str = ""
    weekend: frozenset[int] = WEEKEND
    almanac: Almanac = field(default=LIBRARY, compare=False, repr=False)
    unclear: tuple[tuple[Unit, str], ...] = ()

    def day(self, instant: datetime) -> date:
        """The legal day of an aware instant."""
        zone = _zone(self.zone)
        return instant.date() if instant.tzinfo is zone else instant.astimezone(zone).date()

    def start_of(self, day: date) -> datetime:
        """The first instant of a day."""
        return _instant(self.zone, day, "")

    def end_of(self, day: date) -> datetime:
        """The last instant of a day; an act at that instant is still in time."""
        return _last_instant(self.zone, day)

    def at(self, day: date, clock: str) -> datetime:
        """The instant of `HH:MM` or `HH:MM:SS` on a day; "" is its first instant.

        Raises: ValueError when the time of day is none.
        """
        return _instant(self.zone, day, clock)

    def is_business_day(self, day: date) -> bool:
        """Whether a day is neither of the weekend nor a public holiday."""
        return day.weekday() not in self.weekend and not (
            self.holidays and day in self.almanac.days_off(self.holidays, day.year)
        )


def calendar(zone: str, holidays: str = "", almanac: Almanac = LIBRARY) -> Calendar:
    """The calendar of a zone and, unless "", a code of the holidays library.

    Raises: CalendarError when either is unknown.
    """
    try:
        _zone(zone)
    except (KeyError, ValueError, OSError):
        raise CalendarError("zone", zone, "the name of a time zone such as Europe/Lisbon") from None
    if holidays:
        try:
            almanac.days_off(holidays, 2024)
        except (NotImplementedError, AttributeError, KeyError, ValueError):
            raise CalendarError("holidays", holidays, "the code of a country such as PT, or of a part of one, US-CA") from None
    return Calendar(zone, holidays, almanac=almanac)


# -- periods after an event --------------------------------------------------------------------------------------------


def within(start: date, duration: Duration, calendar: Calendar) -> date:
    """The last day of a period that runs from an event on `start`.

    The day of the event is not counted (R.1182/71 art. 3(1)); a period in days ends with its last day, in weeks on the
    same weekday, in months or years on the same number or else the last day of the month (art. 3(2)(c)). The last day does
    not roll over a weekend: art. 3(4) does so, but a text that wants it says so. Business Days are counted one by one.

    Raises: ValueError for hours, which are counted from instants (`deadline`).

    >>> within(date(2024, 1, 31), Duration(1, Unit.MONTH), Calendar())
    datetime.date(2024, 2, 29)
    """
    match duration.unit:
        case Unit.DAY:
            return start + timedelta(days=duration.count)
        case Unit.WEEK:
            return start + timedelta(weeks=duration.count)
        case Unit.BUSINESS_DAY:
            return _business_days(start, duration.count, calendar)
        case Unit.MONTH:
            return months_after(start, duration.count)
        case Unit.QUARTER:
            return months_after(start, 3 * duration.count)
        case Unit.YEAR:
            return months_after(start, 12 * duration.count)
        case Unit.HOUR:
            raise ValueError("hours are counted from an instant")


def deadline(start: datetime, duration: Duration, calendar: Calendar) -> datetime:
    """The last instant of a period that runs from an event: hours from instant to instant (R.1182/71 art. 3(2)(a)),
    everything longer to the end of its last day.
    """
    if duration.unit is Unit.HOUR:
        return (start.astimezone(UTC) + timedelta(hours=duration.count)).astimezone(start.tzinfo)
    return calendar.end_of(within(calendar.day(start), duration, calendar))


def first_day_after(start: date, duration: Duration, calendar: Calendar) -> date:
    """The first day on which a period that runs from an event on `start` is over (`after 30 days from notice`)."""
    return within(start, duration, calendar) + timedelta(days=1)


def term_end(start: date, duration: Duration, calendar: Calendar) -> date:
    """The last day of a term that begins with the first instant of `start`: that day counts, so two years from 1 March
    end on the last day of February (a term that begins with a day and not with an event; BGB s. 187(2), 188(2)). A month
    that lacks the day before that number ends it with its own last day (s. 188(3)): one month from 31 March ends on 30 April.

    >>> term_end(date(2027, 3, 1), Duration(2, Unit.YEAR), Calendar())
    datetime.date(2029, 2, 28)
    """
    if duration.unit in _IN_MONTHS and start.day > 1:
        last = months_after(start.replace(day=1), _IN_MONTHS[duration.unit] * duration.count)
        return last.replace(day=min(start.day - 1, monthrange(last.year, last.month)[1]))
    return within(start, duration, calendar) - timedelta(days=1)


_IN_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


# -- periods before an event -------------------------------------------------------------------------------------------


def ahead(event: date, least: Duration, most: Duration | None, calendar: Calendar) -> tuple[date | None, date]:
    """The earliest (None: none) and the latest day for an act that must be done before an event.

    `at least n days before` counts clear days: neither the day of the act nor that of the event. `not less than n nor more
    than m days before` counts the nights between.
    """
    if most is None:
        return None, _back(event, least, calendar) - timedelta(days=1)
    return _back(event, most, calendar), _back(event, least, calendar)


def by(day: date, calendar: Calendar) -> datetime:
    """The last instant for an act that is due `by` a day (`no later than`, `on or before`): inclusive."""
    return calendar.end_of(day)


def before(day: date, calendar: Calendar) -> datetime:
    """The last instant for an act that is due `before` a day: strict, so the day before must see it done."""
    return calendar.end_of(day - timedelta(days=1))


# -- days that come again ----------------------------------------------------------------------------------------------


def months_after(start: date, count: int) -> date:
    """The same number `count` months on (or back, below 0), or the last day of a shorter month."""
    months = start.year * 12 + start.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def period_of(day: date, unit: Unit) -> tuple[date, date]:
    """The first and last day of the calendar day, week (from Monday), month, quarter or year around a day."""
    match unit:
        case Unit.WEEK:
            first = day - timedelta(days=day.weekday())
            return first, first + timedelta(days=6)
        case Unit.MONTH:
            return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
        case Unit.QUARTER:
            first = date(day.year, day.month - (day.month - 1) % 3, 1)
            return first, months_after(first, 3) - timedelta(days=1)
        case Unit.YEAR:
            return date(day.year, 1, 1), date(day.year, 12, 31)
        case Unit.DAY | Unit.BUSINESS_DAY | Unit.HOUR:
            return day, day


def yearly(moment: DayOfYear, year: int) -> date:
    """That day in a year; the 29th of February is the last day of February."""
    return date(year, moment.month, min(moment.day, monthrange(year, moment.month)[1]))


def business_day_from(day: date, calendar: Calendar) -> date:
    """That day if it is a Business Day, else the next one."""
    return day if calendar.is_business_day(day) else _business_days(day, 1, calendar)


def nth(moment: NthDay, around: date, calendar: Calendar) -> date | None:
    """The nth day of its kind in the period around a day, None where that period has none (a fifth Monday).

    A number of a day that a shorter month, quarter or year lacks (the 31st in April) is its last day, as a period in months
    ends there (R.1182/71 art. 3(2)(c)).

    >>> nth(NthDay(31, "day", Unit.MONTH), date(2027, 2, 1), Calendar())
    datetime.date(2027, 2, 28)
    >>> nth(NthDay(3, "thursday", Unit.MONTH), date(2026, 11, 1), Calendar())
    datetime.date(2026, 11, 19)
    """
    first, last = period_of(around.replace(month=moment.month, day=1) if moment.month else around, _reach(moment))
    length = (last - first).days + 1
    days = range(length) if moment.nth > 0 else range(length - 1, -1, -1)
    wanted = abs(moment.nth)
    for offset in days:
        day = first + timedelta(days=offset)
        if _is_kind(day, moment.kind, calendar):
            wanted -= 1
            if not wanted:
                return day
    return last if moment.nth > 0 and moment.kind.casefold() == "day" else None


# -- how each is found -------------------------------------------------------------------------------------------------


def _reach(moment: NthDay) -> Unit:
    return Unit.MONTH if moment.month else moment.period


def _is_kind(day: date, kind: str, calendar: Calendar) -> bool:
    if kind.casefold() == "business day":
        return calendar.is_business_day(day)
    return kind.casefold() == "day" or WEEKDAYS[day.weekday()] == kind.casefold()


def _business_days(start: date, count: int, calendar: Calendar) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    left, day = abs(count), start
    while left:
        day += step
        left -= calendar.is_business_day(day)
    return day


def _back(event: date, duration: Duration, calendar: Calendar) -> date:
    if duration.unit is Unit.BUSINESS_DAY:
        return _business_days(event, -duration.count, calendar)
    if duration.unit is Unit.HOUR:
        return event - timedelta(days=-(-duration.count // 24))
    return within(event, Duration(-duration.count, duration.unit), calendar)


@lru_cache(maxsize=32)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=8192)
def _instant(zone: str, day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock) if clock else time.min, _zone(zone))


@lru_cache(maxsize=8192)
def _last_instant(zone: str, day: date) -> datetime:
    return datetime.combine(day, LAST_MOMENT, _zone(zone))
