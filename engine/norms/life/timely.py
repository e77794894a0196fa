"""What must have happened within a time (`if the Buyer notifies a defect within six months after delivery`): whether it did."""

from datetime import datetime

from syngraph.engine.norms.life.course import State, instant_of
from syngraph.engine.norms.life.straying import meant
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.index import Use, Watch
from syngraph.engine.norms.said.matching import Match, Mismatch, Perhaps
from syngraph.engine.norms.said.windows import Milestone, moment_of, resolved, window
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.grammar.amounts import Day, Event, Time
from syngraph.grammar.rules import Happens


def met(state: State, watch: Watch, recorded: RecordedFact, instant: datetime) -> Match | Perhaps | Mismatch:
    """Whether a fact is the event that a norm listens for, in the time that the norm has for it."""
    found = matching.event_of(watch.event, recorded.fact, state.setting.roles)
    if isinstance(found, Mismatch):
        return found
    in_time = is_timely(state, watch, recorded, instant)
    if in_time is None:
        return Perhaps(f"nothing tells whether that was in time for: {watch.slot.sentence}")
    return meant(state, watch, recorded, found) if in_time else Mismatch("it happened outside the time that the text names")


def is_timely(state: State, watch: Watch, recorded: RecordedFact, instant: datetime) -> bool | None:
    """Whether a fact happened within the times that a norm has for what it listens for; None where nothing tells."""
    told = [_in_time(state, time, recorded, instant) for time in _times_of(watch)]
    return False if False in told else None if None in told else True


def _times_of(watch: Watch) -> tuple[Time, ...]:
    """The times within which a condition must have come true, none where it may whenever it does."""
    if watch.use is not Use.TEST or watch.number < 0:
        return ()
    test = watch.slot.norm.conditions[watch.number].test
    return test.times if isinstance(test, Happens) else ()


def _in_time(state: State, time: Time, recorded: RecordedFact, instant: datetime) -> bool | None:
    """Whether an instant is within a time; None where nothing tells from when that runs."""
    there = resolved(moment_of(time), state.index.given)
    match there:
        case Day(day):
            bounds = window((time,), instant, day, state.calendar)
        case Milestone() | Event():
            start = _start(state, there, recorded, instant)
            if start is None:
                return None
            bounds = window((time,), start, None, state.calendar)
        case _:
            return None
    return not (bounds.opens is not None and instant < bounds.opens) and not (bounds.due is not None and instant > bounds.due)


def _start(state: State, there: Milestone | Event, recorded: RecordedFact, instant: datetime) -> datetime | None:
    """When what a time runs from happened last, None where no fact tells."""
    if isinstance(there, Milestone):
        return state.started if there is Milestone.START else state.ended
    earlier = (other for key in matching.event_keys(there) for other in state.heard.get(key, ()) if other is not recorded)
    told = (other for other in earlier if isinstance(matching.event_of(there, other.fact, state.setting.roles), Match))
    return max((when for other in told if (when := instant_of(state, other)) <= instant), default=None)
