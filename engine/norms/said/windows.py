"""When a norm is to be obeyed: the times of the text turned into instants."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import assert_never

from syngraph.engine.norms.days import calendar as counting
from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.said.texts import Provisions
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.engine.text.records import quick
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
    Moment,
    NthDay,
    On,
    Soon,
    Time,
    Unit,
    Until,
    Within,
)
from syngraph.grammar.phrases.numbers import WEEKDAYS


class Milestone(Enum):
    """An event of the agreement's own life, which the engine knows without being told."""

    START = "start"
    END = "end"


@quick
@dataclass(frozen=True, slots=True)
class Window:
    """From when (None: from the beginning) and until when (None: without end) an act is in time, both included."""

    opens: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Once:
    """One window for the life of the agreement; `moment` is the day that bounds it, None when no day does."""

    moment: date | None


@dataclass(frozen=True, slots=True)
class Periodic:
    """A window around a day that comes again."""

    moment: DayOfYear | NthDay


@dataclass(frozen=True, slots=True)
class Every:
    """A window for each period of the calendar, or for each run of several from the start."""

    each: Each


@dataclass(frozen=True, slots=True)
class Upon:
    """A window at each occurrence of an event."""

    event: Event


@dataclass(frozen=True, slots=True)
class At:
    """A window at a milestone of the agreement."""

    milestone: Milestone


_THIS = r"(?:this|the|these) (?P<what>[\w’'-]+(?: [\w’'-]+)?)"
_FORCE = r"into (?:force|effect)"
_BEGINS = re.compile(
    rf"(?:the (?:date|day) (?:on which|when) )?{_THIS} (?:(?:takes?|has taken|have taken) effect"
    rf"|(?:comes?|enters?|has come|has entered) {_FORCE}|becomes? effective|commences?|begins?|starts?)"
)
_BEGINNING = re.compile(
    r"(?:the )?(?:(?:date|day) of (?:the )?)?"
    rf"(?:commencement|start|beginning|(?:entry|coming) {_FORCE}|[Ee]ffective [Dd]ate) of {_THIS}"
)


@dataclass(frozen=True, slots=True)
class Among:
    """A window from the last (or the first) of several events and days. `day` is the last
    (or first) of the days, None where there is none."""

    events: tuple[Event, ...]
    day: date | None
    last: bool


Plan = Once | Periodic | Every | Upon | At | Among
OPEN = Window()
INSTANT, MINUTE = timedelta(microseconds=1), timedelta(minutes=1)
STARTS = frozenset(
    {"effective date", "commencement date", "commencement", "start date", "date of this agreement", "start of this agreement"}
)
ENDS = frozenset({"end", "termination", "expiry", "expiration", "ending"})
AGREEMENTS = frozenset({"agreement", "bylaw", "lease", "contract", "term", "charter", "constitution", ""})


def plan(times: tuple[Time, ...], given: Provisions) -> Plan:
    """What gives a norm its occasions, apart from its conditions. A day that comes again wins over `each year` beside it."""
    found: Plan = Once(None)
    for time in times:
        if isinstance(time, Instalments):
            return Periodic(instalment_days(time))
        moment = resolved(moment_of(time), given)
        match moment:
            case DayOfYear() | NthDay() if not isinstance(time, From | Until):
                return Periodic(moment)
            case Day(day) if not isinstance(time, From | Until | For) and found == Once(None):
                found = Once(day)
            case Event() if not isinstance(time, From | Until | For) and not isinstance(found, Upon):
                found = Upon(moment)
            case Later() | Earlier() if not isinstance(time, From | Until | For):
                found = among(moment)
            case Milestone() if not isinstance(time, From | Until | For):
                found = At(moment)
            case _ if isinstance(time, Each) and isinstance(found, Once):
                found = Every(time)
            case _:
                pass
    return found


def among(moment: Later | Earlier) -> Once | Among:
    """The plan of several moments: where all of them are days, it is one of those."""
    days = [one.date for one in moment.of if isinstance(one, Day)]
    events = tuple(one for one in moment.of if isinstance(one, Event))
    last = isinstance(moment, Later)
    day = (max if last else min)(days) if days else None
    return Among(events, day, last) if events else Once(day)


def instalment_days(time: Instalments) -> DayOfYear | NthDay:
    """The days on which instalments fall due, before and after the run of them too; of quarterly ones, also in other months."""
    if time.on is not None:
        return time.on
    assert time.first is not None
    if time.every is Unit.WEEK:
        return NthDay(1, WEEKDAYS[time.first.weekday()], Unit.WEEK)
    if time.every is Unit.YEAR:
        return DayOfYear(time.first.month, time.first.day)
    return NthDay(-1 if time.first.day == 31 else time.first.day, "day", Unit.MONTH)


def instalment_run(time: Instalments, start: date, calendar: Calendar) -> "Run":
    """The run of instalments: from the first day that is one of theirs, on or after the day named or else `start`."""
    days = Periodic(instalment_days(time))
    begin = time.first or start
    first = turn(days, begin, begin, calendar)
    if first.moment is None or first.moment < begin:
        first = turn(days, first.last + timedelta(days=1), begin, calendar)
    # Of quarterly ones told by the day of the first, two months in three are left out.
    step = 3 if time.every is Unit.QUARTER and time.on is None else 1
    last = _later(first.first, Duration((time.count - 1) * step or 1, Unit.MONTH if step == 3 else time.every))
    ends = turn(days, last if time.count > 1 else first.first, begin, calendar).last
    return Run(begin, ends, first.first, step)


def instalment_number(time: Instalments, moment: date, start: date, calendar: Calendar) -> int:
    """Which of the instalments falls due on a day of theirs, counted from 1."""
    run = instalment_run(time, start, calendar)
    assert run.origin is not None
    match time.every:
        case Unit.WEEK:
            return (moment - run.origin).days // 7 + 1
        case Unit.YEAR:
            return moment.year - run.origin.year + 1
        case _:
            return _months(run.origin, moment) // (3 if time.every is Unit.QUARTER else 1) + 1


def _later(day: date, time: Duration) -> date:
    months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}.get(time.unit)
    return day + timedelta(weeks=time.count) if months is None else counting.months_after(day, months * time.count)


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def moment_of(time: Time) -> Moment | None:
    """The moment that a time hangs on, None when it has none."""
    match time:
        case Within(after=moment) | For(after=moment):
            return moment
        case After(after=there):
            return there
        case By(there) | Before(there) | On(there) | Until(there) | From(there):
            return there
        case Ahead(before=there):
            return there
        case Each() | During() | Instalments() | AtAllTimes() | AtAnyTime() | Soon():
            return None
        case _:
            assert_never(time)


def resolved(moment: Moment | None, given: Provisions) -> Moment | Milestone | None:
    """A moment with defined terms replaced by what they stand for, and the agreement's own start and end known."""
    if not isinstance(moment, Event):
        return moment
    name = plain(moment.text)
    if name in given.moments:
        defined = given.moments[name]
        return defined if defined != moment else moment
    if name in STARTS or is_start(moment):
        return Milestone.START
    return Milestone.END if is_end(moment) else moment


def is_start(event: Event) -> bool:
    """Whether an event is the beginning of the agreement (`this Agreement takes effect`)."""
    found = _BEGINS.fullmatch(event.text) or _BEGINNING.fullmatch(event.text)
    return found is not None and noun(found["what"]).head in AGREEMENTS


_OWN = re.compile(r"(?:this|the) (?!other\b)", re.IGNORECASE)


def is_end(event: Event) -> bool:
    """Whether an event is the end of the agreement (`the end of this Agreement`, `termination`)."""
    thing = noun(event.object) if event.verb else noun(event.text).complement
    word = event.verb or noun(event.text).head
    if word in ENDS or word in ("terminate", "expire"):
        itself = not event.object and _OWN.match(event.actor) is not None and noun(event.actor).head in AGREEMENTS
        return itself or (not event.actor and (thing is None or thing.head in AGREEMENTS))
    return False


def window(times: tuple[Time, ...], trigger: datetime, moment: date | None, calendar: Calendar) -> Window:
    """The window of one occasion: what all its times allow together.

    `trigger` is when the occasion arose, `moment` the day of the calendar that its times speak of (None: the trigger).
    """
    if len(times) == 1 and not isinstance(times[0], From | Until | For):
        return _window(times[0], trigger, moment, calendar)
    opens: datetime | None = None
    due: datetime | None = None
    again = any(isinstance(time, Each) or isinstance(moment_of(time), DayOfYear | NthDay) for time in times)
    for time in times:
        if again and moment is not None and isinstance(time, From | Until | For):
            continue  # from when and for how long it recurs, not how long each period lasts
        one = _window(time, trigger, moment, calendar)
        if one.opens is not None and (opens is None or one.opens > opens):
            opens = one.opens
        if one.due is not None and (due is None or one.due < due):
            due = one.due
    return Window(opens, due)


def _window(time: Time, trigger: datetime, moment: date | None, calendar: Calendar) -> Window:
    own = moment_of(time)
    if isinstance(own, Later | Earlier) and isinstance(single := among(own), Once) and moment is None:
        moment = single.moment
    if moment is None and isinstance(own, DayOfYear | NthDay):
        return OPEN  # the days on which it holds come again: `holds_at` knows them
    day = own.date if isinstance(own, Day) else moment or calendar.day(trigger)
    start = calendar.start_of(day) if moment is not None or isinstance(own, Day) else trigger
    match time:
        case Within(duration, after):
            return Window(
                trigger if after is None else start, counting.deadline(trigger if after is None else start, duration, calendar)
            )
        case After(duration, _, clock):
            if duration is None:
                if isinstance(own, Day) and not clock:
                    return Window(calendar.start_of(day + timedelta(days=1)))
                return Window(_past(day, clock, calendar) if clock else start)
            if duration.unit is Unit.HOUR:
                return Window(counting.deadline(start, duration, calendar))
            return Window(calendar.start_of(counting.first_day_after(day, duration, calendar)))
        case By(_, clock):
            return Window(None, calendar.at(day, clock) if clock else counting.by(day, calendar))
        case Before(_, clock):
            return Window(None, calendar.at(day, clock) - INSTANT if clock else counting.before(day, calendar))
        case On(_, clock):
            if clock:
                return Window(calendar.at(day, clock), calendar.at(day, clock) + MINUTE - INSTANT)
            return Window(calendar.start_of(day), calendar.end_of(day))
        case Ahead(least, most, _):
            earliest, latest = counting.ahead(day, least, most, calendar)
            return Window(None if earliest is None else calendar.start_of(earliest), calendar.end_of(latest))
        case Until(there, clock):
            last = calendar.at(day, clock) if clock else calendar.end_of(day)
            return Window(None, last) if isinstance(there, Day) else OPEN
        case From(there, clock):
            return Window(calendar.at(day, clock)) if isinstance(there, Day) else OPEN
        case For(duration, _, after):
            return Window(None, counting.deadline(start if after is not None else trigger, duration, calendar))
        case Instalments():
            return Window(None, calendar.end_of(day))
        case Each() | During() | AtAllTimes() | AtAnyTime() | Soon():
            return OPEN
        case _:
            assert_never(time)


def holds_at(times: tuple[Time, ...], instant: datetime, calendar: Calendar) -> bool:
    """Whether what holds on days that come again (`on Mondays`) holds at an instant; True where no time speaks of such days."""
    return all(
        any(_holds(time, own, around, instant, calendar) for around in _turns_near(own, calendar.day(instant), calendar))
        for time in times
        if isinstance(own := moment_of(time), DayOfYear | NthDay) and not isinstance(time, From | Until)
    )


def _turns_near(own: DayOfYear | NthDay, day: date, calendar: Calendar) -> tuple[date, ...]:
    return day, turn(Periodic(own), day, day, calendar).first - timedelta(days=1)


def _holds(time: Time, own: DayOfYear | NthDay, around: date, instant: datetime, calendar: Calendar) -> bool:
    there = turn(Periodic(own), around, around, calendar)
    if there.moment is None:
        return False
    bounds = _window(time, instant, there.moment, calendar)
    early = bounds.opens is not None and instant < bounds.opens
    late = bounds.due is not None and instant > bounds.due
    return not early and not late and (bounds.opens is not None or instant >= calendar.start_of(there.first))


def _past(day: date, clock: str, calendar: Calendar) -> datetime:
    return calendar.at(day, clock) + INSTANT


@quick
@dataclass(frozen=True, slots=True)
class Run:
    """The first and the last day of what comes again, None where the text names none.

    With a `step` above 1 it comes again in one of so many months, counted from that of `origin`.
    """

    first: date | None = None
    last: date | None = None
    origin: date | None = None
    step: int = 1

    def holds(self, turn: "Turn") -> bool:
        """Whether a period is within the run: the day that it speaks of, or where it has none any day of it."""
        if self.origin is not None and _months(self.origin, turn.first) % self.step:
            return False
        begin, end = (turn.moment, turn.moment) if turn.moment is not None else (turn.first, turn.last)
        return not (self.first is not None and end < self.first) and not (self.last is not None and begin > self.last)


def counted_from(times: tuple[Time, ...], given: Provisions, origin: date) -> date:
    """The day from which periods of several units are counted: that from which the norm recurs, else `origin`."""
    named = (resolved(moment_of(time), given) for time in times if isinstance(time, From))
    return next((there.date for there in named if isinstance(there, Day)), origin)


def run(times: tuple[Time, ...], given: Provisions, start: date, calendar: Calendar) -> Run:
    """From when until when a norm recurs; a length of time without a start of its own is counted from `start`."""
    first: date | None = None
    last: date | None = None
    for time in times:
        there = resolved(moment_of(time), given)
        match time:
            case Instalments():
                return instalment_run(time, start, calendar)
            case From() if isinstance(there, Day):
                first = there.date
            case Until() if isinstance(there, Day):
                last = there.date
            case _:
                pass
    for time in times:
        if isinstance(time, For) and time.after is None:
            end = counting.term_end(first or start, time.duration, calendar) if time.duration.unit is not Unit.HOUR else None
            last = end if last is None or (end is not None and end < last) else last
    return Run(first, last)


@quick
@dataclass(frozen=True, slots=True)
class Turn:
    """One period of a recurring norm: its first and last day, and the day that its times speak of."""

    first: date
    last: date
    moment: date | None


def turn(recurring: Periodic | Every, around: date, origin: date, calendar: Calendar) -> Turn:
    """The period around a day; runs of several units are counted from `origin`."""
    if isinstance(recurring, Every):
        period = recurring.each.period
        if period.count > 1:
            return _run(period.count, period.unit, around, origin)
        if period.unit is Unit.BUSINESS_DAY:
            around = counting.business_day_from(around, calendar)
        return Turn(*counting.period_of(around, period.unit), None)
    moment = recurring.moment
    if isinstance(moment, DayOfYear):
        return Turn(*counting.period_of(around, Unit.YEAR), counting.yearly(moment, around.year))
    first, last = counting.period_of(around, Unit.YEAR if moment.month else moment.period)
    return Turn(first, last, counting.nth(moment, around, calendar))


def _run(count: int, unit: Unit, around: date, origin: date) -> Turn:
    months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}.get(unit)
    if months is None:
        length = count * (7 if unit is Unit.WEEK else 1)
        first = origin + timedelta(days=(around - origin).days // length * length)
        return Turn(first, first + timedelta(days=length - 1), None)
    step = months * count
    number = ((around.year - origin.year) * 12 + around.month - origin.month) // step
    if counting.months_after(origin, number * step) > around:
        number -= 1
    first = counting.months_after(origin, number * step)
    return Turn(first, counting.months_after(origin, (number + 1) * step) - timedelta(days=1), None)
