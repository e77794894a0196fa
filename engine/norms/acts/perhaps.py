"""Facts of which the words do not tell whether they are what a norm speaks of: what hangs on them is for people to say.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from datetime import datetime

from syngraph.engine.norms.acts.steering import steer_perhaps
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.course import ALL, State, doubt_of, of_slot, put, said, use
from syngraph.engine.norms.life.instances import ANYBODY, LIVE, OVER, OWING, Instance, Status
from syngraph.engine.norms.life.weighing import counts
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.grammar.rules import Mode, Obligation, Power, Prohibition


def may_have(state: State, slot: Slot, recorded: RecordedFact, instant: datetime, why: str) -> bool:
    """Leaves open what a fact did to a norm of which nobody can tell whether it is about it; whether it concerned anybody."""
    who = matching.actors(recorded.fact, state.setting.roles)
    found = [one for one in _concerned(state, slot, who) if counts(state, recorded, one) and _is_open(one, instant)]
    doubt = doubt_of(recorded, why)
    if isinstance(slot.norm, Obligation):
        # The oldest is what it may have been done for; what it was not done for stays as it is.
        found = sorted(found, key=lambda one: (one.due is None, one.due or one.arisen))[:1]
    for instance in found:
        use(state, recorded, instance.key)
        if isinstance(slot.norm, Obligation):
            put(state, instances.questioned(instance, (doubt,), recorded.id))
        else:
            put(state, instances.unclear(instance, instant, said(recorded), recorded.id, doubt))
        if isinstance(slot.norm, Power):
            steer_perhaps(state, slot.norm, instance, recorded, instant, doubt)
    return bool(found)


def _concerned(state: State, slot: Slot, who: frozenset[str]) -> list[Instance]:
    asked = OWING if isinstance(slot.norm, Obligation) else frozenset(Status) - OVER
    if isinstance(slot.norm, Obligation) and slot.norm.mode is Mode.MAINTAIN:
        return []
    if isinstance(slot.norm, Prohibition):
        asked = asked & (OWING | {Status.PENDING})
    elif isinstance(slot.norm, Power):
        asked = asked & LIVE
    bearers = {*who, ANYBODY} if who else {ALL}
    return [one for one in of_slot(state, slot.id) if one.status in asked and ({*one.bearers, ALL} & bearers)]


def _is_open(one: Instance, instant: datetime) -> bool:
    """Whether an act at that instant can concern an instance: not before its time; after it, only what is still owed."""
    if one.suspended is not None or (one.opens is not None and instant < one.opens):
        return False
    return isinstance(one.slot.norm, Obligation) or one.due is None or instant <= one.due
