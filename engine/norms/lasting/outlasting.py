"""How long a suspension has lasted, and what a text says of one that lasts too long.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from datetime import datetime, timedelta

from syngraph.engine.norms.days.calendar import deadline, first_day_after
from syngraph.engine.norms.life.agenda import Occasion, Outlasts
from syngraph.engine.norms.life.arising import ON_FACT
from syngraph.engine.norms.life.course import State
from syngraph.engine.norms.life.instances import Reason
from syngraph.engine.norms.life.listening import satisfy
from syngraph.engine.norms.life.scopes import AGREEMENTS, Suspension
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.index import Watch
from syngraph.engine.norms.words.wording import noun
from syngraph.grammar.amounts import Unit


def outlast(state: State, event: Outlasts, instant: datetime) -> None:
    """A suspension has lasted long enough, if what it holds still is on hold."""
    for watch in state.index.suspensions:
        if (watch.slot.id, watch.number) == (event.slot, event.number):
            for held in (each for each in outlasting(state, watch, instant) if each.fact == event.fact):
                days = (state.calendar.day(instant) - state.calendar.day(held.since)).days
                why = Reason(f"the suspension has lasted {days} days, more than the text allows")
                perhaps = () if spoken_of(watch, held) else (_OF_A_PART,)
                key = f"{ON_FACT}{held.fact} lasting"
                satisfy(state, watch, Occasion(key, instant, reasons=(held.reason, why), perhaps=perhaps))


def outlasting(state: State, watch: Watch, instant: datetime) -> tuple[Suspension, ...]:
    """The suspensions that have lasted, at an instant, for as long as a condition says."""
    return tuple(each for each in state.suspensions if (end := too_long(state, watch, each)) is not None and end <= instant)


def too_long(state: State, watch: Watch, held: Suspension) -> datetime | None:
    """The first instant at which a suspension has lasted for more than a condition says, None where it does not speak of it."""
    assert watch.delay is not None
    subject = noun(watch.event.text)
    general = not subject.head or subject.head in AGREEMENTS
    if not held.scope.is_all and not general and not spoken_of(watch, held):
        return None
    if not held.scope.is_all and subject.head in AGREEMENTS:
        return None  # a part of it is not the agreement
    if watch.delay.unit is Unit.HOUR:
        return deadline(held.since, watch.delay, state.calendar) + timedelta(microseconds=1)
    return state.calendar.start_of(first_day_after(state.calendar.day(held.since), watch.delay, state.calendar))


_OF_A_PART = Reason("only a part of the agreement is suspended: whether that is meant, people must say")


def spoken_of(watch: Watch, held: Suspension) -> bool:
    """Whether a suspension is, for sure, one of what a condition speaks of: of the whole, or of that section or thing."""
    if held.scope.is_all:
        return True
    section = matching.section_in(watch.event.text)
    if section or not held.scope.thing:
        return bool(section) and matching.section_in(f"section {held.scope.section}") == section
    return noun(watch.event.text) == noun(held.scope.thing)
