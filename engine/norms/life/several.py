"""A norm whose time hangs on the last or the first of several moments (`the later of delivery and receipt of the invoice`).

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from collections.abc import Mapping
from dataclasses import replace

from syngraph.engine.norms.life.agenda import Closes, Occasion, Order
from syngraph.engine.norms.life.arising import arise, binds_before
from syngraph.engine.norms.life.course import State, engage, open_of, put
from syngraph.engine.norms.said.index import tests
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.said.windows import Among, window

_SEVERAL = "of several: "
"""Begins the key under which the moments of a norm are kept."""


def reached(state: State, slot: Slot, plan: Among, number: int, occasion: Occasion) -> bool:
    """One of several moments has come: a norm has its occasion with the last of them, or with the first.

    One that comes once more begins a new round of those of which the first counts.
    """
    if tests(slot):
        return False  # the conditions give it its occasion, and it is in doubt
    calendar = state.calendar
    found = state.occasions.setdefault(f"{_SEVERAL}{slot.id}", {})
    if plan.last:
        found.setdefault(number, occasion)
        if len(found) < len(plan.events):
            return True
        whole = max(found.values(), key=lambda one: one.instant)
        whole = replace(whole, reasons=tuple(reason for one in found.values() for reason in one.reasons))
        found.clear()
        if plan.day is not None and plan.day > calendar.day(whole.instant):
            whole = replace(whole, moment=plan.day)
    else:
        if number in found:
            found.clear()
        found[number] = whole = occasion
        if len(found) > 1 or (plan.day is not None and occasion.instant >= calendar.start_of(plan.day)):
            return True
    if not binds_before(slot, plan):
        arise(state, slot, whole)
        return True
    bounds = window(slot.norm.times, whole.instant, whole.moment, calendar)
    for instance in open_of(state, slot.id):
        put(state, replace(instance, due=bounds.due, opens=bounds.opens, reasons=(*instance.reasons, *whole.reasons)))
        if bounds.due is not None:
            engage(state, bounds.due, Order.CLOSE, Closes(instance.key))
    return True


def joined(occasion: Occasion, found: Mapping[int, Occasion]) -> Occasion:
    """The occasion that several conditions give together; `occasion` is what came last."""
    if len(found) == 1 and not occasion.others and not occasion.perhaps:
        return occasion
    bound = occasion if occasion.bound else next((other for other in found.values() if other.bound), occasion)
    source = occasion.source or next((other.source for other in found.values() if other.source is not None), None)
    reasons = tuple(reason for other in found.values() for reason in other.reasons)
    others = tuple(other.fact for other in found.values() if other.fact is not None and other.fact is not occasion.fact)
    others = tuple(dict.fromkeys((*(one for other in found.values() for one in other.others), *others)))
    perhaps = tuple(dict.fromkeys(why for other in found.values() for why in other.perhaps))
    return replace(occasion, bound=bound.bound, role=bound.role, source=source, reasons=reasons, others=others, perhaps=perhaps)
