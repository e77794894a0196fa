"""How a norm falls away by a fact: an exception has come about, or the event until which it was to last.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from datetime import datetime

from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.course import State, of_slot, open_of, put, said, use
from syngraph.engine.norms.life.instances import Reason, Status
from syngraph.engine.norms.life.weighing import counts
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.grammar.rules import Obligation, Prohibition


def bar(state: State, slot: Slot, recorded: RecordedFact, instant: datetime, perhaps: tuple[Reason, ...]) -> bool:
    """An exception has come about: what was still to be done falls away."""
    if isinstance(slot.norm, Prohibition) or not isinstance(slot.norm, Obligation):
        return True  # looked up when the act is done
    for instance in open_of(state, slot.id):
        if instance.status is Status.IN_FORCE and counts(state, recorded, instance):
            gone = instances.discharged(instance, instant, said(recorded), recorded.id)
            put(state, instances.questioned(instance, perhaps, recorded.id) if perhaps else gone)
            use(state, recorded, instance.key)
    return True


def end_of_use(state: State, slot: Slot, recorded: RecordedFact, instant: datetime, perhaps: tuple[Reason, ...]) -> bool:
    """The event has come until which a norm was to last; whether any of it lasted till then."""
    found = False
    for instance in of_slot(state, slot.id):
        if instance.status in instances.LIVE and counts(state, recorded, instance):
            over = instances.expired(instance, instant, said(recorded))
            put(state, instances.questioned(instance, perhaps, recorded.id) if perhaps else over)
            found = True
    return found
