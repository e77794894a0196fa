"""More time: for an act, or for the agreement, by a power or because all parties agree.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from syngraph.engine.norms.days.calendar import Calendar, deadline, term_end
from syngraph.engine.norms.days.dating import day
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.agenda import Closes, Ends, MayEnd, Order
from syngraph.engine.norms.life.course import State, engage, put, said, use
from syngraph.engine.norms.life.instances import LIVE, Instance, Reason, Status
from syngraph.engine.norms.life.scopes import Scope, covers, scope_of
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.grammar.amounts import Day, Duration, For, Limit, Until
from syngraph.grammar.phrases.numbers import day as day_of
from syngraph.grammar.phrases.numbers import duration
from syngraph.grammar.rules import Power

_LENGTH = re.compile(r"\s(?:by|for) (?=(?:a |an |\w+ )?(?:\(\d+\) )?(?:\w+ ){0,2}\w+$)")
_END = re.compile(r"\s(?:until|till|to) (?=.*\d)")


@dataclass(frozen=True, slots=True)
class More:
    """How much more time: a length, or a new last day; neither where nobody said."""

    length: Duration | None = None
    last: date | None = None

    def after(self, end: datetime, calendar: Calendar) -> datetime | None:
        """The end of a time that has been made longer, None where nobody said by how much."""
        if self.last is not None:
            return calendar.end_of(self.last)
        return deadline(end, self.length, calendar) if self.length is not None else None

    def after_term(self, last: date, calendar: Calendar) -> date | None:
        """The last day of a term that has been made longer."""
        return term_end(last + timedelta(days=1), self.length, calendar) if self.length is not None else self.last


def asked(recorded: RecordedFact) -> tuple[Scope, More]:
    """What a fact extends (`the delivery date by 20 days`, `the term until 31 May 2027`), as the words of the fact say it."""
    phrase = recorded.fact.event.object
    for words, make in ((_LENGTH, _by), (_END, _until)):
        for found in reversed([*words.finditer(phrase)]):
            more = make(phrase[found.end() :])
            if more is not None:
                return Scope(recorded.fact.under, thing=phrase[: found.start()]), more
    return Scope(recorded.fact.under, thing=phrase), More()


def granted(power: Power) -> tuple[More, bool]:
    """The time that a power can give, and whether less may be given too."""
    for time in power.times:
        if isinstance(time, For):
            return More(time.duration), time.limit is not Limit.AT_LEAST
        if isinstance(time, Until) and isinstance(time.moment, Day):
            return More(last=time.moment.date), True
    return More(), True


def too_much(state: State, power: Power, recorded: RecordedFact) -> str:
    """Why a power does not allow the time that a fact gives, "" when it does."""
    _, more = asked(recorded)
    most, bounded = granted(power)
    if more == More() or most == More() or not bounded:
        return ""
    probe = state.calendar.end_of(recorded.fact.day)
    mine, allowed = more.after(probe, state.calendar), most.after(probe, state.calendar)
    like = (more.last is None) == (most.last is None)
    return "does not reach so far" if like and mine is not None and allowed is not None and mine > allowed else ""


def capped(more: More, most: More, start: datetime, calendar: Calendar) -> bool:
    """Whether a time that begins at `start` is longer than the most that is allowed for it."""
    mine, allowed = more.after(start, calendar), most.after(start, calendar)
    return mine is not None and allowed is not None and mine > allowed


def extend(state: State, recorded: RecordedFact, instant: datetime, most: More) -> bool:
    """Gives more time to what a fact names, as much as it says, else `most`; whether that was anything."""
    named, more = asked(recorded)
    more = more if more != More() else most
    bare = replace(recorded, fact=replace(recorded.fact, event=replace(recorded.fact.event, object=named.thing)))
    scope = scope_of(bare, state.setting.roles)
    if scope.is_all:
        return _extend_term(state, recorded, instant, more)
    touched = False
    for instance in tuple(state.instances.values()):
        if instance.due is None or instance.status not in (*LIVE, Status.VIOLATED) or not covers(scope, instance):
            continue
        extend_one(state, instance, recorded, instant, more)
        touched = True
    return touched


def extend_one(state: State, instance: Instance, recorded: RecordedFact, instant: datetime, more: More) -> None:
    """Gives more time for one duty that has a time."""
    assert instance.due is not None
    use(state, recorded, instance.key)
    end = more.after(instance.due, state.calendar)
    if end is None:
        put(state, instances.doubted(instance, Reason("its time was extended, and nothing tells by how much", recorded.place)))
    elif instance.status is Status.VIOLATED:
        why = "its time was extended when it was over: whether that mends the breach, people must say"
        put(state, instances.doubted(instance, Reason(why, recorded.place)))
    elif end <= instance.due:
        put(state, instances.noted(instance, said(recorded)))
    else:
        until = Reason(f"the time for it lasts until {day(state.calendar.day(end))}")
        longer = replace(instances.noted(instances.noted(instance, said(recorded)), until), due=end)
        put(state, replace(longer, facts=(*longer.facts, recorded.id)))
        engage(state, end, Order.CLOSE, Closes(instance.key))


def _extend_term(state: State, recorded: RecordedFact, instant: datetime, more: More) -> bool:
    """The agreement goes on for longer; where nobody said for how long, nobody can tell when it ends."""
    calendar = state.calendar
    if state.ended is not None or state.term is None or calendar.end_of(state.term) < instant:
        return False
    last = more.after_term(state.term, calendar)
    if last is None:
        doubt = Reason("the agreement was extended, and nothing tells for how long", recorded.place)
        engage(state, calendar.end_of(state.term), Order.END, MayEnd(doubt))
        state.term = None
    elif last > state.term:
        state.term = last
        engage(state, calendar.end_of(last), Order.END, Ends(state.text, said(recorded)))
    return True


def _by(words: str) -> More | None:
    try:
        return More(duration(words))
    except ValueError:
        return None


def _until(words: str) -> More | None:
    try:
        return More(last=day_of(words))
    except (ValueError, IndexError):
        return None
