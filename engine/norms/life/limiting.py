"""How caps on a total, or on what falls into a month, bound what several instances come to together.

What was owed first has the room first, and a sum that is fixed keeps what it was. While two sums grow under one cap that is too
small for both, nothing tells how they share it.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from syngraph.engine.norms.life.course import State, of_slot
from syngraph.engine.norms.life.instances import OVER, Instance
from syngraph.engine.norms.said.capping import Cap
from syngraph.engine.norms.sums.money import Circumstances, Unsettled, evaluate, grows, written
from syngraph.grammar.amounts import Money, Unit

MOST = 500
"""How many payments under one cap are reckoned together."""
_NOTHING = Decimal(0)
Comes = Callable[[Instance], Money | Unsettled | None]


def bounded(
    state: State, instance: Instance, come_to: Money, comes: Comes, is_growing: Callable[[Instance], bool]
) -> Money | Unsettled:
    """What is owed of a sum by the caps of the text. `comes` tells what another instance comes to, before any cap."""
    for cap in state.setting.texts[instance.slot.index].given.caps.get(instance.key.slot, ()):
        left = _room(state, cap, instance, come_to, comes, is_growing)
        if isinstance(left, Unsettled):
            return left
        if left is not None and come_to.amount > left.amount:
            if cap.unsure:
                return Unsettled(f"whether {cap.unsure}, which the cap of {written(left)} hangs on, people must say")
            come_to = left
    return come_to


def _room(
    state: State, cap: Cap, instance: Instance, come_to: Money, comes: Comes, is_growing: Callable[[Instance], bool]
) -> Money | Unsettled | None:
    """How much of a cap is left for an instance, None where it is enough for all."""
    terms = {**state.setting.texts[instance.slot.index].given.amounts, **state.changed}
    limit = evaluate(cap.amount, Circumstances(terms))
    if isinstance(limit, Unsettled):
        return Unsettled(f"what is owed has a cap, and {limit.reason}")
    if limit.currency != come_to.currency:
        return Unsettled(f"an amount in {come_to.currency} cannot be limited by one in {limit.currency}")
    others = _others(state, cap, instance)
    if len(others) > MOST:
        return Unsettled(f"more than {MOST} payments are bounded by one cap")
    taken = _NOTHING
    sharing = False
    for other in others:
        worth = other.owed or comes(other)
        if worth is None:
            continue
        if isinstance(worth, Unsettled) or worth.currency != limit.currency:
            return Unsettled("what else is owed under the same cap cannot be told")
        later = (other.arisen, other.key.occasion) > (instance.arisen, instance.key.occasion)
        if later and other.owed is None:
            if not (is_growing(other) and is_growing(instance)):
                continue
            sharing = True
        elif other.owed is None:
            sharing = sharing or (is_growing(other) and is_growing(instance))
        taken += worth.amount
    if come_to.amount + taken <= limit.amount:
        return None
    if sharing:
        return Unsettled(f"several sums grow under one cap of {written(limit)}: nothing tells how they share it")
    days = (state.calendar.day(instance.arisen), state.calendar.day(instance.settled or state.now))
    is_long = instance.amount is not None and grows(instance.amount)
    if is_long and cap.each is not None and len({_period(cap.each, day) for day in days}) > 1:
        return Unsettled(f"it grew for longer than the {cap.each.value} in which it is bounded by {written(limit)}")
    return Money(max(limit.amount - taken, _NOTHING), limit.currency)


def _others(state: State, cap: Cap, instance: Instance) -> list[Instance]:
    """What else was owed under a cap, in the same period where it is one of a period."""
    span = _period(cap.each, state.calendar.day(instance.arisen))
    return [
        one
        for slot in sorted(cap.of)
        for one in of_slot(state, slot)
        if one.key != instance.key
        and one.status not in OVER
        and _period(cap.each, state.calendar.day(one.arisen)) == span
        and (not cap.each_bearer or set(one.bearers) & set(instance.bearers))
    ]


def _period(each: Unit | None, day: date) -> tuple[int, int]:
    match each:
        case Unit.YEAR:
            return day.year, 0
        case Unit.QUARTER:
            return day.year, (day.month - 1) // 3
        case Unit.MONTH:
            return day.year, day.month
        case _:
            return 0, 0
