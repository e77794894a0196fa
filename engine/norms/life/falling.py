"""How a norm falls away by a fact: an exception has come about, or the event until which it was to last.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from datetime import datetime

from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.agenda import Occasion
from syngraph.engine.norms.life.course import State, of_slot, open_of, put, said, use
from syngraph.engine.norms.life.instances import Reason, Status
from syngraph.engine.norms.life.weighing import counts, counts_for
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.said.windows import Every, Periodic
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.wording import noun
from syngraph.grammar.amounts import Event, Until
from syngraph.grammar.phrases.nouns import event
from syngraph.grammar.rules import Fact, Fails, Late, Obligation, Prohibition, Quantifier


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
    if not isinstance(slot.norm, Obligation) and _mends(slot, recorded.fact):
        return _lapse(state, slot, recorded, instant)
    whose = _whose(state, slot, recorded)
    found = isinstance(state.index.plans.get(slot.id), Periodic | Every)
    if found:
        # What comes again comes no more.
        ended = state.occasions.setdefault(f"{_UNTIL}{slot.id}", {})
        ended[len(ended)] = Occasion(recorded.id, instant, bound=whose, fact=recorded, perhaps=perhaps)
    for instance in of_slot(state, slot.id):
        if whose and not whose & set(instance.bearers):
            continue
        if instance.status in instances.LIVE and counts(state, recorded, instance):
            over = instances.expired(instance, instant, said(recorded))
            put(state, instances.questioned(instance, perhaps, recorded.id) if perhaps else over)
            found = True
    return found


def _whose(state: State, slot: Slot, recorded: RecordedFact) -> frozenset[str]:
    """For whom a norm of each one ends with what that one does (`until the Member resigns`); nobody where it ends for all."""
    bearer = slot.norm.bearer
    if bearer is None or bearer.quantifier is Quantifier.THE:
        return frozenset()
    roles = {noun(role).head for role in bearer.roles}
    until = (time.moment for time in slot.norm.times if isinstance(time, Until))
    own = any(isinstance(moment, Event) and noun(moment.actor).head in roles for moment in until)
    return matching.actors(recorded.fact, state.setting.roles) if own else frozenset()


def is_over_for(state: State, slot: Slot, bearers: tuple[str, ...] = ()) -> tuple[bool, tuple[Reason, ...]]:
    """Whether the event has come until which a norm was to come again, for some bearers or (none) for all; and why that may be,
    where nobody can tell.
    """
    told = state.occasions.get(f"{_UNTIL}{slot.id}", {}).values()
    mine = [
        each
        for each in told
        if (not each.bound or each.bound & set(bearers))
        and (each.fact is None or not bearers or counts_for(state, each.fact, slot, bearers))
    ]
    return any(not each.perhaps for each in mine), tuple(why for each in mine for why in each.perhaps)


_UNTIL = "until "
"""Begins the key under which the events are kept that have ended a norm that comes again."""


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
