"""Norms that hold all the time: rights, prohibitions and what is to be kept up, for each who bears them, text after text.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from dataclasses import replace
from datetime import datetime

from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.agenda import Closes, Occasion, Order
from syngraph.engine.norms.life.answering import unanswered
from syngraph.engine.norms.life.bearing import bearers, binds
from syngraph.engine.norms.life.course import State, engage, put, told, use
from syngraph.engine.norms.life.instances import Instance, Key, Status
from syngraph.engine.norms.life.suspending import hold_new
from syngraph.engine.norms.life.weighing import counts_for
from syngraph.engine.norms.said.index import tests
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.said.windows import Once, Window, window
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.wording import noun
from syngraph.grammar.amounts import For
from syngraph.grammar.rules import Act, Power, Prohibition


def stand(state: State, slot: Slot, instant: datetime) -> None:
    """A norm begins to bind, or to free, all who bear it; what of it held before goes on."""
    for group in bearers(state, slot, state.calendar.day(instant)):
        stand_for(state, slot, group, instant)


def stand_for(state: State, slot: Slot, bearers: tuple[str, ...], instant: datetime) -> None:
    """The same for one group of bearers."""
    bounds = _bounds(state, slot, instant)
    if bounds.due is not None and bounds.due < instant:
        return
    first = Key(slot.id, " ".join(bearers), "standing")
    old = state.instances.get(state.standing.get((slot.id, bearers[0]), first))
    if old is not None and (gone_on := _gone_on(old, slot, bounds)) is not None:
        put(state, gone_on)
        if gone_on.due is not None and gone_on.due != old.due:
            engage(state, gone_on.due, Order.CLOSE, Closes(old.key))
        return
    lives = old is not None and old.status in instances.LIVE
    key = first if old is None else old.key if lives else _anew(state, first, instant)
    if old is not None and lives and old.slot.norm.conditions == slot.norm.conditions:
        # Another act on the same conditions: they stay as they are.
        held: tuple[Occasion, ...] = ()
        pending = old.status is Status.PENDING
        reasons, facts = old.reasons, old.facts
    else:
        held = _grounds(state, slot, bearers, instant)
        pending = bool(tests(slot)) and not held
        reasons = tuple(reason for occasion in held for reason in occasion.reasons)
        facts = tuple(each.id for occasion in held for each in _told_by(occasion))
    pending = pending or unanswered(state, slot, bearers) is not None
    begin = max(instant, bounds.opens) if bounds.opens is not None else instant
    status = Status.PENDING if pending else Status.IN_FORCE if binds(slot) else Status.AVAILABLE
    made = Instance(
        key, slot, bearers, status, begin, begin, bounds.opens, bounds.due, reasons=(*reasons, told(slot)), facts=facts
    )
    _put(state, replace(made, perhaps=tuple(why for occasion in held for why in occasion.perhaps)))
    for each in (each for occasion in held for each in _told_by(occasion)):
        use(state, each, key)


def stand_again(state: State, instance: Instance, instant: datetime) -> Key:
    """What was kept up again after a breach goes on under a key of its own, so that each breach is one."""
    key = _anew(state, instance.key._replace(occasion="standing"), instant)
    if key not in state.instances:
        status, reasons = Status.IN_FORCE, (told(instance.slot),)
        opens, due = instance.opens, instance.due
        _put(state, Instance(key, instance.slot, instance.bearers, status, instant, instant, opens, due, reasons=reasons))
    return key


def same_act(new: Act, old: Act) -> bool:
    """Whether two acts ask for the same, in whatever number or article."""
    things = noun(new.object) == noun(old.object) and noun(new.to) == noun(old.to)
    return things and (new.verb, new.amount, new.rest, new.manner) == (old.verb, old.amount, old.rest, old.manner)


def _put(state: State, instance: Instance) -> None:
    put(state, instance)
    for bearer in instance.bearers:
        state.standing[instance.key.slot, bearer] = instance.key
    hold_new(state, instance.key)
    if instance.due is not None:
        engage(state, instance.due, Order.CLOSE, Closes(instance.key))


def _anew(state: State, key: Key, instant: datetime) -> Key:
    return Key(key.slot, key.bearer, f"standing from {state.calendar.day(instant)}")


def _bounds(state: State, slot: Slot, instant: datetime) -> Window:
    plan = state.index.plans[slot.id]
    moment = plan.moment if isinstance(plan, Once) else None
    # How long the effect of a power may last does not bound when it may be used.
    times = tuple(time for time in slot.norm.times if not (isinstance(slot.norm, Power) and isinstance(time, For)))
    return window(times, state.started or instant, moment, state.calendar)


def _gone_on(old: Instance, slot: Slot, bounds: Window) -> Instance | None:
    """What another text asks for as before, so that all that came of it still holds; None where it asks for something else.

    A forbidden act that was done is one breach: the act stays forbidden under the new text.
    """
    norm, before = slot.norm, old.slot.norm
    if norm == before:
        return replace(old, slot=slot)
    if not same_act(slot.act, old.slot.act) or norm.conditions != before.conditions or type(norm) is not type(before):
        return None
    if old.status is Status.EXPIRED or (old.status is Status.VIOLATED and isinstance(norm, Prohibition)):
        return None
    return replace(old, slot=slot, opens=bounds.opens, due=bounds.due, reasons=(*old.reasons, told(slot)))


def _grounds(state: State, slot: Slot, bearers_: tuple[str, ...], instant: datetime) -> tuple[Occasion, ...]:
    """The occasions by which the conditions of a norm have come true for its bearers, empty while one has not."""
    found, day = state.occasions.get(slot.id, {}), state.calendar.day(instant)
    numbers = tests(slot)
    if any(number not in found for number in numbers):
        return ()
    held = tuple(found[number] for number in numbers)
    for occasion in held:
        if not any(set(bearers_) <= set(group) for group in bearers(state, slot, day, occasion)):
            return ()
        if not all(counts_for(state, each, slot, bearers_, occasion.source) for each in _told_by(occasion)):
            return ()
    return held


def _told_by(occasion: Occasion) -> tuple[RecordedFact, ...]:
    return (*occasion.others, *(() if occasion.fact is None else (occasion.fact,)))
