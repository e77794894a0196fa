"""What must happen more than once before a condition holds: so often, in a row, within a time.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from syngraph.engine.norms.days.calendar import within
from syngraph.engine.norms.life.agenda import Occasion
from syngraph.engine.norms.life.course import State, of_slot
from syngraph.engine.norms.life.instances import Instance, Reason, Status
from syngraph.engine.norms.said.index import SHADOW, Watch
from syngraph.engine.norms.said.recurrence import Repetition
from syngraph.grammar.amounts import Duration, Unit

_BROKEN = frozenset({Status.VIOLATED, Status.CURED})
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


def once_more(state: State, watch: Watch, again: Repetition, occasion: Occasion) -> Occasion | None:
    """The occasion that there is now that something has happened as often as a condition says, None while it has not, or had
    before.
    """
    place = (watch.slot.id, watch.number, " ".join(sorted(occasion.bound)))
    told = state.tallies.get(place, ())
    if any(each.key == occasion.key for each in told):
        return None
    before = _enough(state, watch, again, told)
    state.tallies[place] = told = (*told, occasion)
    counted = _enough(state, watch, again, told)
    if before or not counted:
        return None
    others = tuple(each.fact for each in counted[:-1] if each.fact is not None)
    reasons = tuple(dict.fromkeys(reason for each in counted for reason in each.reasons))
    times = Reason(f"that makes {again.count}{' in a row' if again.consecutive else ''}")
    perhaps = tuple(dict.fromkeys(why for each in counted for why in (*each.perhaps, *_excused(state, each))))
    return replace(occasion, reasons=(*reasons, times), others=others, perhaps=perhaps)


def _enough(state: State, watch: Watch, again: Repetition, told: tuple[Occasion, ...]) -> tuple[Occasion, ...]:
    """The last of the occasions, as many as a condition asks for, if they are as it says; nothing where they are not."""
    last = told[-again.count :]
    if len(last) < again.count:
        return ()
    calendar = state.calendar
    if again.within is not None and not _is_within(state, calendar.day(last[0].instant), again.within, last[-1]):
        return ()
    return last if not again.consecutive or _in_a_row(state, watch, again, last) else ()


def _is_within(state: State, first: date, length: Duration, last: Occasion) -> bool:
    return length.unit is Unit.HOUR or state.calendar.day(last.instant) <= within(first, length, state.calendar)


def _in_a_row(state: State, watch: Watch, again: Repetition, last: tuple[Occasion, ...]) -> bool:
    """Whether what was broken follows one upon another: nothing between was done in time, and no period lies between."""
    broken = [state.instances.get(each.source) if each.source is not None else None for each in last]
    dues = [one.due for one in broken if one is not None and one.due is not None]
    if len(dues) < len(last):
        return False
    row = [one for one in _rivals(state, watch, broken[-1]) if one.due is not None and dues[0] <= one.due <= dues[-1]]
    days = [state.calendar.day(due) for due in dues]
    periods = again.each is None or all(_follows(one, two, again.each) for one, two in pairwise(days))
    return periods and all(one.status in _BROKEN for one in row)


def _rivals(state: State, watch: Watch, broken: Instance | None) -> list[Instance]:
    """All that the same people had to do of the kind that a condition speaks of."""
    if broken is None:
        return []
    kinds = (
        slot
        for slot, watches in state.index.breaches.items()
        if any((each.slot.id, each.number) == (watch.slot.id, watch.number) for each in watches)
    )
    return [one for slot in kinds for one in of_slot(state, slot) if set(one.bearers) & set(broken.bearers)]


def _follows(one: date, two: date, each: Unit) -> bool:
    if each in _MONTHS:
        return (two.year - one.year) * 12 + two.month - one.month == _MONTHS[each]
    return (two - one).days == (7 if each is Unit.WEEK else 1)


def _excused(state: State, occasion: Occasion) -> tuple[Reason, ...]:
    """That one of the breaches was excused since, so that nobody can tell whether it still counts."""
    broken = state.instances.get(occasion.source) if occasion.source is not None else None
    if broken is None or SHADOW in broken.key.slot or broken.status is not Status.DISCHARGED:
        return ()
    return (Reason("one of these breaches was excused: whether it still counts, people must say", broken.slot.place),)
