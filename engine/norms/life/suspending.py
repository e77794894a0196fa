"""Suspension: norms are put on hold, those that arise meanwhile too, and go on with their time moved by that of the hold.

A period in Business Days is moved by the Business Days of the suspension, any other by the time that it lasted.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from syngraph.engine.norms.days.calendar import within
from syngraph.engine.norms.days.dating import day
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.agenda import Closes, Order
from syngraph.engine.norms.life.course import State, engage, put
from syngraph.engine.norms.life.instances import Instance, Key, Reason
from syngraph.engine.norms.life.scopes import Scope, Suspension, covers, holds
from syngraph.engine.norms.said.lasting import Suspended
from syngraph.engine.norms.said.windows import moment_of
from syngraph.engine.norms.words.wording import noun
from syngraph.grammar.amounts import Duration, Event, For, Unit, Within
from syngraph.grammar.rules import Happens, Power, PowerKind

_STEERING = (PowerKind.SUSPEND, PowerKind.RESUME, PowerKind.TERMINATE)


def hold(state: State, scope: Scope, instant: datetime, reason: Reason, fact: str, own: Key | None) -> None:
    """Puts what is in the scope on hold, but for the power by which that is done."""
    suspension = Suspension(scope, instant, reason, fact)
    state.suspensions = (*state.suspensions, suspension)
    for instance in tuple(state.instances.values()):
        if instance.key != own and not _steers(instance) and holds(suspension, instance):
            put(state, instances.suspended(instance, instant, reason))


def release(state: State, scope: Scope, instant: datetime, reason: Reason, only: str = "") -> tuple[Key, ...]:
    """Lets what is in the scope and is held by nothing else go on; the keys of what does. `only` is the fact of the one
    suspension that ends, "" for every one.

    A part of the agreement can go on while the rest of it is suspended; what was suspended in other words stays so.
    """
    state.suspensions = tuple(
        replace(each, resumed=(*each.resumed, scope)) if each.scope.is_all and not only else each
        for each in state.suspensions
        if not (each.fact == only if only else scope.is_all or each.scope == scope)
    )
    moved = []
    for instance in tuple(state.instances.values()):
        held = instance.suspended is not None and instance.status in instances.HELD and covers(scope, instance)
        if not held or any(holds(each, instance) for each in state.suspensions):
            continue
        again = instances.resumed(instance, instant, reason, _moved_end(state, instance, instant))
        end = again.due
        if end is not None and end != instance.due:
            until = day(state.calendar.day(end))
            again = instances.noted(again, Reason(f"the time for it is moved by that of the suspension, to {until}"))
            engage(state, end, Order.CLOSE, Closes(again.key))
        put(state, again)
        moved.append(again.key)
    return tuple(moved)


def hold_new(state: State, key: Key) -> None:
    """Puts an instance that has just arisen on hold where what it belongs to is."""
    if not state.suspensions:
        return
    instance = state.instances[key]
    if _steers(instance):
        return
    holding = next((each for each in state.suspensions if holds(each, instance)), None)
    if holding is not None:
        put(state, instances.suspended(instance, max(instance.arisen, holding.since), holding.reason))


def _moved_end(state: State, instance: Instance, instant: datetime) -> datetime | None:
    """The end of a period in Business Days, moved by those of the suspension; None for any other."""
    if instance.due is None or instance.suspended is None or not _in_business_days(instance):
        return None
    calendar = state.calendar
    first = calendar.day(instance.suspended)
    held = (instant.date() - first).days
    lost = sum(calendar.is_business_day(first + timedelta(days=number)) for number in range(held))
    last = calendar.day(instance.due)
    return calendar.end_of(within(last, Duration(lost, Unit.BUSINESS_DAY), calendar)) if lost else instance.due


def _in_business_days(instance: Instance) -> bool:
    times = instance.slot.norm.times
    return any(isinstance(time, Within | For) and time.duration.unit is Unit.BUSINESS_DAY for time in times)


def _steers(instance: Instance) -> bool:
    """Whether a suspension leaves a norm alone: a power over the life of the agreement, else nobody could end it, and what the
    text asks for because of a suspension.
    """
    norm = instance.slot.norm
    if isinstance(norm, Power) and norm.kind in _STEERING:
        return True
    told = [each.test.event for each in norm.conditions if isinstance(each.test, Happens)]
    told += [moment for time in norm.times if isinstance(moment := moment_of(time), Event)]
    return any(_is_suspension(event) for event in told) or any(isinstance(each.test, Suspended) for each in norm.conditions)


def _is_suspension(event: Event) -> bool:
    return event.verb == "suspend" or (not event.verb and noun(event.text).head == "suspension")
