"""How a right ends that lasts as long as something else does: a breach, a delay, a suspension.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from dataclasses import replace
from datetime import datetime

from syngraph.engine.norms.lasting.outlasting import outlasting
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.course import State, of_slot, put
from syngraph.engine.norms.life.instances import Instance, Key, Reason, Status
from syngraph.engine.norms.life.listening import exceeded
from syngraph.engine.norms.said.index import Watch, tests
from syngraph.engine.norms.said.lasting import InBreach, LateWith, Suspended
from syngraph.engine.norms.said.texts import Slot
from syngraph.grammar.rules import Late


def mended(state: State, broken: Key, instant: datetime) -> None:
    """A breach has been mended: rights that were there as long as it lasted lapse, unless another breach gives them too."""
    for watch in _lasting(state, broken):
        still = next(iter(_still(state, watch, instant)), None)
        if still is None:
            delay = isinstance(watch.slot.norm.conditions[watch.number].test, Late)
            lapse(state, watch.slot, watch.number, instant, Reason("the delay is over" if delay else "the breach is over"))
            continue
        for one in of_slot(state, watch.slot.id):
            if one.source == broken and one.status in (Status.AVAILABLE, Status.EXERCISED, Status.IN_FORCE):
                put(state, replace(one, source=still.key))
                state.dependents[still.key] = (*state.dependents.get(still.key, ()), one.key)


def resumed(state: State, instant: datetime) -> None:
    """A suspension has ended: rights that were there because it had lasted for long lapse, unless another one is as long."""
    for watch in state.index.suspensions:
        found = state.occasions.get(watch.slot.id, {})
        if watch.number in found and not outlasting(state, watch, instant):
            lapse(state, watch.slot, watch.number, instant, Reason("the suspension is over"))


def lapse(state: State, slot: Slot, number: int, instant: datetime, reason: Reason) -> None:
    """What a condition held open is open no more. What was used stays used, and cannot be used again."""
    state.occasions.get(slot.id, {}).pop(number, None)
    for one in of_slot(state, slot.id):
        put(state, instances.lapsed(one, instant, reason))


def is_over(state: State, instance: Instance) -> bool:
    """Whether a right that has been used is there no more, since what gave it has ended."""
    lasts = any(isinstance(each.test, Late | InBreach | LateWith | Suspended) for each in instance.slot.norm.conditions)
    there = state.occasions.get(instance.key.slot, {})
    return lasts and instance.status is Status.EXERCISED and any(number not in there for number in tests(instance.slot))


def _lasting(state: State, broken: Key) -> list[Watch]:
    """The conditions that a breach made hold for as long as it lasts."""
    index = state.index
    heard = (*index.breaches.get(broken.slot, ()), *index.delays.get(broken.slot, ()))
    return [each for each in heard if each.number >= 0 and _is_lasting(each)]


def _is_lasting(watch: Watch) -> bool:
    return isinstance(watch.slot.norm.conditions[watch.number].test, Late | InBreach | LateWith)


def _still(state: State, watch: Watch, instant: datetime) -> list[Instance]:
    """What else is broken, for long enough, of which the same condition speaks."""
    by = state.index.breaches if watch.delay is None else state.index.delays
    kinds = (
        slot
        for slot, watches in by.items()
        if any((each.slot.id, each.number) == (watch.slot.id, watch.number) for each in watches)
    )
    broken = (one for slot in kinds for one in of_slot(state, slot) if one.status is Status.VIOLATED and one.due is not None)
    return [one for one in broken if watch.delay is None or exceeded(state, one, watch) <= instant]
