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
from syngraph.grammar.phrases.nouns import event
from syngraph.grammar.rules import Fact, Fails, Late, Obligation, Prohibition


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
    if not isinstance(slot.norm, Obligation) and _mends(slot, recorded.fact):
        return _lapse(state, slot, recorded, instant)
    for instance in of_slot(state, slot.id):
        if instance.status in instances.LIVE and counts(state, recorded, instance):
            over = instances.expired(instance, instant, said(recorded))
            put(state, instances.questioned(instance, perhaps, recorded.id) if perhaps else over)
            found = True
    return found


def _mends(slot: Slot, fact: Fact) -> bool:
    """Whether a fact does what the condition of a right says was not done in time (`if the Client is late in paying it, the
    Host may suspend the Service until the Fee is paid`): the right may be there again with the next delay.
    """
    return any(fact.event.verb in _undone(each.test) for each in slot.norm.conditions)


def _undone(test: object) -> tuple[str, ...]:
    match test:
        case Fails(due, _, other):
            return tuple(verb for verb in (due.verb or event(due.object).verb, other) if verb)
        case Late(_, subject):
            named = event(subject).verb
            return (named,) if named else _PAYMENTS
        case _:
            return ()


_PAYMENTS = ("pay", "repay")
"""What is done late where a text names only the thing that is overdue (`the Rent is more than ten days overdue`)."""


def _lapse(state: State, slot: Slot, recorded: RecordedFact, instant: datetime) -> bool:
    """A right is there no more for now; whether it was there."""
    found = False
    for instance in of_slot(state, slot.id):
        if instance.status is Status.AVAILABLE and counts(state, recorded, instance):
            state.occasions.pop(slot.id, None)
            put(state, instances.lapsed(instance, instant, said(recorded)))
            use(state, recorded, instance.key)
            found = True
    return found
