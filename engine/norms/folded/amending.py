"""What becomes of norms when another text governs: what holds on goes on under it, and what was done may be asked for anew.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from dataclasses import replace
from datetime import datetime

from syngraph.engine.norms.days.dating import day
from syngraph.engine.norms.life import arising, instances
from syngraph.engine.norms.life.agenda import Occasion
from syngraph.engine.norms.life.course import State, drop, put
from syngraph.engine.norms.life.instances import THE, Instance, Key, Reason, Status
from syngraph.engine.norms.life.standing import same_act
from syngraph.engine.norms.said.index import NEGATIVE, Index
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.said.windows import Once

_ONCE = "once"
"""Begins the key of the one occasion that the agreement itself is."""
_DONE = (Status.FULFILLED, Status.CURED, Status.VIOLATED)


def carry_over(state: State, before: Index, instant: datetime) -> None:
    """Takes what has no occasion but the agreement itself from the text before into the one that governs now.

    What has come true of conditions counts on only where they are the same.
    """
    after = state.index.slots
    for slot in [*state.occasions]:
        old, new = before.slots.get(slot), after.get(slot)
        if old is None or new is None or old.norm.conditions != new.norm.conditions:
            del state.occasions[slot]
    state.turns = {slot: occasion for slot, occasion in state.turns.items() if slot in after}
    for key, instance in tuple(state.instances.items()):
        if not key.occasion.startswith(("standing", _ONCE)):
            continue
        if instance.status not in instances.LIVE:
            _ask_anew(state, instance, instant)
            continue
        successor = after.get(key.slot)
        if successor is None:
            reason = Reason(f"the sentence no longer stands in the text that governs from {day(state.calendar.day(instant))}")
            put(state, instances.expired(instance, instant, reason))
            for bearer in instance.bearers:
                state.standing.pop((key.slot, bearer), None)
        elif key.occasion.startswith(_ONCE) and successor.norm != instance.slot.norm:
            drop(state, key)
            _again(state, successor, key, instant)
            if key in state.instances:
                put(state, replace(state.instances[key], payments=instance.payments, facts=instance.facts))


def _again(state: State, slot: Slot, key: Key, instant: datetime) -> None:
    plan = state.index.plans[slot.id]
    if isinstance(plan, Once) and key.occasion == _ONCE:
        arising.arise(state, slot, Occasion(key.occasion, instant, plan.moment))
    elif isinstance(plan, Once):
        arising.arise_for(state, slot, Occasion(key.occasion, instant, plan.moment), tuple(key.bearer.split()))


def _ask_anew(state: State, instance: Instance, instant: datetime) -> None:
    """Another act than what has been done, or broken, is asked for once more; another time for the same act is not.

    Money that has been paid stays paid: only what the new text asks for beyond it is owed.
    """
    key, slot = instance.key, state.index.slots.get(instance.key.slot)
    is_over = instance.status in _DONE or (instance.status is Status.DISCHARGED and not _can_fall_away(instance.slot))
    plan = state.index.plans[key.slot] if slot is not None else None
    if slot is None or not is_over or not key.occasion.startswith(_ONCE) or not isinstance(plan, Once):
        return
    if same_act(slot.act, instance.slot.act) or not arising.may_arise(state, slot, None, instant):
        return
    if instance.amount is None:
        occasion = Occasion(f"{_ONCE} from {state.calendar.day(instant)}", instant, plan.moment)
        arising.arise_for(state, slot, occasion, tuple(one for one in instance.bearers if one != THE))
    elif instance.status is Status.VIOLATED:
        why = "the text asks for another sum since it was broken: whether that takes its place, people must say"
        put(state, instances.doubted(instance, Reason(why, slot.place)))
    else:
        drop(state, key)
        arising.arise_for(state, slot, Occasion(key.occasion, instant, plan.moment), tuple(key.bearer.split()))
        more = state.instances.get(key)
        if more is not None and more.owed is not None and more.owed.amount > instance.paid:
            put(state, replace(more, payments=instance.payments, facts=(*more.facts, *instance.facts)))
            return
        if more is not None:
            drop(state, key)
        put(state, instance)


def _can_fall_away(slot: Slot) -> bool:
    """Whether an exception may have discharged a duty, rather than the one to whom it was owed."""
    return any(condition.link in NEGATIVE for condition in slot.norm.conditions)
