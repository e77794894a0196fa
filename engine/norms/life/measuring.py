"""What a measure does: it shows that a level was kept or missed, and that a condition on one has come true.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from syngraph.engine.norms.days.calendar import period_of, term_end
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.agenda import Occasion
from syngraph.engine.norms.life.answering import denied, disputed, held, passed, undisputed
from syngraph.engine.norms.life.arising import ON_FACT, turn_of
from syngraph.engine.norms.life.course import State, doubt_of, of_slot, open_of, put, said, use
from syngraph.engine.norms.life.instances import OWING, Instance, Reason, Status
from syngraph.engine.norms.life.listening import answered, breach, satisfy
from syngraph.engine.norms.life.weighing import counts
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.index import Use, Watch, tests
from syngraph.engine.norms.said.levels import Gauge, alike
from syngraph.engine.norms.said.matching import Match
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.said.windows import Every, moment_of
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.wording import noun
from syngraph.grammar.amounts import Event, Unit
from syngraph.grammar.measures import Level, Measured
from syngraph.grammar.rules import Mode, Obligation, Prohibition

_MOST = 20
"""Measures of one instant that are compared with each other at most."""


def measure(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """Lets every norm that hangs on a quantity know what it was; whether any did."""
    level = recorded.fact.measured
    assert level is not None
    touched = False
    for gauge in state.index.gauges.get(noun(level.quantity).head, ()):
        slot = state.index.slots.get(gauge.slot)
        if slot is None or not alike(level.quantity, gauge.level.quantity):
            continue
        if gauge.number is None:
            touched = _kept(state, slot, gauge, recorded, instant) or touched
        else:
            touched = _tested(state, slot, gauge.number, recorded, instant) or touched
    return touched


def meet_level(state: State, slot: Slot, recorded: RecordedFact, instant: datetime) -> bool:
    """The record says that the condition of a section was met: so are those of a norm that a measure would have met."""
    numbers = [number for number in tests(slot) if number >= 0 and isinstance(slot.norm.conditions[number].test, Measured)]
    for number in numbers:
        event = Event(getattr(slot.norm.conditions[number].test, "text", ""))
        occasion = Occasion(f"{ON_FACT}{recorded.id}", instant, fact=recorded, reasons=(said(recorded),))
        satisfy(state, Watch(slot, Use.TEST, event, number), occasion)
    return bool(numbers)


def contradicted(state: State, recorded: RecordedFact) -> tuple[RecordedFact, ...]:
    """The measures of the same minute or the same period that cannot be right as well; of a mere day several can be."""
    fact, level = recorded.fact, recorded.fact.measured
    assert level is not None
    if not fact.time:
        return ()
    there = state.heard.setdefault(f"= {noun(level.quantity).head} {fact.day} {fact.time} {fact.period}", [])
    found = tuple(other for other in there if other.fact.measured is not None and _clash(level, other.fact.measured))
    if len(there) < _MOST:
        there.append(recorded)
    for other in found:
        state.contradictions.append((other, recorded))
    for one in found:
        state.heard.setdefault(disputed(recorded), []).append(one)
        state.heard.setdefault(disputed(one), []).append(recorded)
    return found


def split(state: State, first: RecordedFact, second: RecordedFact) -> frozenset[str]:
    """The norms to which it matters which of two measures is right."""
    one, other = first.fact.measured, second.fact.measured
    if one is None or other is None:
        return frozenset()
    found: set[str] = set()
    for gauge in state.index.gauges.get(noun(one.quantity).head, ()):
        slot = state.index.slots.get(gauge.slot)
        asked = slot.norm.conditions[gauge.number].test if slot is not None and gauge.number is not None else None
        counts_steps = isinstance(asked, Measured) and asked.each is not None
        if counts_steps or gauge.level.holds(one) is not gauge.level.holds(other):
            found.add(gauge.slot)
    return frozenset(found)


def _clash(first: Level, second: Level) -> bool:
    return alike(first.quantity, second.quantity) and first.holds(second) is False


# -- what is to be kept ------------------------------------------------------------------------------------------------


def _kept(state: State, slot: Slot, gauge: Gauge, recorded: RecordedFact, instant: datetime) -> bool:
    """A level that a norm asks for, or forbids, was measured."""
    fact = recorded.fact
    assert fact.measured is not None
    holds = gauge.level.holds(fact.measured)
    good = holds if holds is None or not isinstance(slot.norm, Prohibition) else not holds
    plan = state.index.plans[slot.id]
    whole = gauge.per is None or fact.period is gauge.per
    if isinstance(plan, Every):
        there = _of_period(state, slot, plan, fact.day)
        whole = plan.each.period.count == 1 and fact.period is plan.each.period.unit
    else:
        there = open_of(state, slot.id)
    touched = False
    for instance in there:
        if instance.status not in OWING or instance.suspended is not None or not _is_within(instance, instant):
            continue
        touched = True
        if counts(state, recorded, instance):
            _judge(state, instance, recorded, instant, good, whole)
    return touched or bool(there)


def _judge(state: State, instance: Instance, recorded: RecordedFact, instant: datetime, good: bool | None, whole: bool) -> None:
    """What a measure shows of one instance; `whole` says whether it is of all the time that the instance is about."""
    norm = instance.slot.norm
    by_a_day = isinstance(norm, Obligation) and norm.mode is Mode.ACHIEVE
    if good is None or (not good and not whole):
        if instance.status is Status.IN_FORCE:
            why = "it was not measured for the whole period" if good is not None else _incomparable(recorded)
            put(state, instances.questioned(instance, (doubt_of(recorded, why),), recorded.id))
            use(state, recorded, instance.key)
    elif good:
        if by_a_day and whole:
            done = instances.performed(instance, instant, said(recorded), recorded.id)
            if done is not instance:
                put(state, done)
        if instance.status is Status.IN_FORCE or instance.doubts:
            use(state, recorded, instance.key)
    elif instance.status is Status.IN_FORCE or instance.doubts or instance.perhaps:
        if by_a_day and instance.due is not None and not isinstance(state.index.plans.get(instance.key.slot), Every):
            return  # there is time yet to bring it about
        broken = instances.violated(replace(instance, doubts=(), perhaps=()), instant, said(recorded), recorded.id)
        put(state, replace(broken, since=instant))
        use(state, recorded, instance.key)
        breach(state, instance.key, instant)


def _incomparable(recorded: RecordedFact) -> str:
    level = recorded.fact.measured
    exact = level is not None and level.range.least == level.range.most
    return "it was measured in another unit than the text names" if exact else "it does not say how much it was"


def _of_period(state: State, slot: Slot, plan: Every, day: date) -> list[Instance]:
    """The instances of the period around a day."""
    period = turn_of(state, slot, plan, day)
    name, start = period.first.isoformat(), state.calendar.start_of(period.first)
    found: list[Instance] = []
    for key in reversed(state.listed.get(slot.id, {})):
        instance = state.instances[key]
        if key.occasion == name:
            found.append(instance)
        elif instance.arisen < start:
            break
    return found


def _is_within(instance: Instance, instant: datetime) -> bool:
    early = instance.arisen > instant or (instance.opens is not None and instant < instance.opens)
    kept = not isinstance(instance.slot.norm, Obligation) or instance.slot.norm.mode is Mode.MAINTAIN
    return not early and not (kept and instance.due is not None and instant > instance.due)


# -- conditions --------------------------------------------------------------------------------------------------------


def _tested(state: State, slot: Slot, number: int, recorded: RecordedFact, instant: datetime) -> bool:
    """A quantity on which a condition hangs was measured."""
    asked = slot.norm.conditions[number].test
    fact = recorded.fact
    assert isinstance(asked, Measured) and fact.measured is not None
    if asked.per is not None and fact.period is not asked.per:
        return False
    if asked.before is not None and _is_over(state, asked.before):
        return True
    holds = asked.level.holds(fact.measured)
    is_event = number in tests(slot)
    if holds is False:
        passed(state, slot, number)
        if not is_event and isinstance(slot.norm, Prohibition) and asked.count == 1:
            state.heard.pop(held(slot, number), None)
            state.heard[denied(slot, number)] = [recorded]
            answered(state, slot, recorded, instant)
        return True
    found = _counted(state, slot, number, asked, recorded)
    if found is None:
        return True
    others, perhaps = found
    if holds is None:
        perhaps = (*perhaps, doubt_of(recorded, _incomparable(recorded)))
    if asked.aside:
        perhaps = (*perhaps, doubt_of(recorded, f"nothing tells whether that was {asked.aside}"))
    perhaps = (*perhaps, *(doubt_of(one, "another fact says otherwise") for one in others if not undisputed(state, asked, one)))
    if is_event:
        _come_true(state, slot, number, asked, recorded, instant, others, perhaps)
        return True
    state.heard.pop(denied(slot, number), None)
    sure = not perhaps
    name = held(slot, number) if sure else f"{held(slot, number)} perhaps"
    state.heard.setdefault(name, []).append(recorded)
    answered(state, slot, recorded, instant)
    if not sure:
        for instance in of_slot(state, slot.id):
            if instance.status in (Status.PENDING, *OWING):
                put(state, instance)  # how it stands may be another thing now
                use(state, recorded, instance.key)
    return True


def _counted(
    state: State, slot: Slot, number: int, asked: Measured, recorded: RecordedFact
) -> tuple[tuple[RecordedFact, ...], tuple[Reason, ...]] | None:
    """The measures before this one by which a condition has come true with it, and what is not sure of that; None when it has
    not come true, or was so already.
    """
    mark = f"{held(slot, number)} so far"
    streak = state.heard.setdefault(mark, [])
    before = number in state.occasions.get(slot.id, {})
    again = (doubt_of(recorded, "it was so before already, and the text does not say that this counts again"),)
    if asked.count == 1:
        if asked.per is not None:
            return (), ()
        is_new = not streak or recorded.fact.period is not None
        streak.append(recorded)
        return ((), again if before else ()) if is_new else None
    if streak and asked.per is not None and streak[-1].fact.day == recorded.fact.day:
        return None
    streak.append(recorded)
    run = streak[-asked.count :]
    if len(run) < asked.count:
        return None
    if asked.consecutive and not all(_follows(one, two) for one, two in pairwise(run)):
        return None
    perhaps: tuple[Reason, ...] = ()
    if recorded.fact.period is None:
        perhaps = (doubt_of(recorded, "it may be the same time as that of the measure before it"),)
    if asked.within is not None:
        first, last = _first_day(run[0]), recorded.fact.day
        length = asked.within
        if length.count > 1 or length.unit in (Unit.DAY, Unit.HOUR, Unit.BUSINESS_DAY):
            if last > term_end(first, length, state.calendar):
                return None
        elif period_of(first, length.unit) != period_of(last, length.unit):
            if last > term_end(first, length, state.calendar):
                return None
            perhaps = (
                *perhaps,
                doubt_of(recorded, f"whether a {length.unit} of the calendar is meant, the text does not say"),
            )
    return tuple(run[:-1]), (*perhaps, *(again if before else ()))


def _follows(first: RecordedFact, second: RecordedFact) -> bool:
    """Whether two measures are of periods, or days, that follow one another."""
    return _first_day(second) == first.fact.day + timedelta(days=1)


def _first_day(recorded: RecordedFact) -> date:
    fact = recorded.fact
    return fact.day if fact.period is None else period_of(fact.day, fact.period)[0]


def _is_over(state: State, event: Event) -> bool:
    """Whether the event has happened before which a measure matters, and is not asked for again."""
    roles = state.setting.roles
    has_been = any(
        isinstance(matching.event_of(event, earlier.fact, roles), Match)
        for key in matching.event_keys(event)
        for earlier in state.heard.get(key, ())[-1:]
    )
    return has_been and not any(open_of(state, other.id) for other in state.index.acts.get(event.verb, ()))


def _come_true(
    state: State,
    slot: Slot,
    number: int,
    asked: Measured,
    recorded: RecordedFact,
    instant: datetime,
    others: tuple[RecordedFact, ...],
    perhaps: tuple[Reason, ...],
) -> None:
    """Gives a norm its occasion."""
    fact = recorded.fact
    assert fact.measured is not None
    steps = asked.steps(fact.measured.range) if asked.each is not None else 1
    if steps == 0:
        return
    if steps is None:
        perhaps = (*perhaps, doubt_of(recorded, "it does not say by how much"))
    of = f"{fact.period} {fact.day}" if fact.period is not None else recorded.id
    occasion = Occasion(
        f"{ON_FACT}{asked.level.quantity} {of}",
        instant,
        _moment(slot, fact.day),
        fact=recorded,
        reasons=(*(said(one) for one in others), said(recorded)),
        others=others,
        perhaps=perhaps,
    )
    satisfy(state, Watch(slot, Use.TEST, Event(asked.text), number), occasion)


def _moment(slot: Slot, day: date) -> date | None:
    """The last day of the period that the times of a norm speak of (`within 15 days after the end of that month`), None where
    one of them speaks of something else.
    """
    ends: set[date] = set()
    for time in slot.norm.times:
        moment = moment_of(time)
        if moment is None:
            continue
        words = moment.text.casefold().split() if isinstance(moment, Event) else []
        unit = next((one for one in (Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR) if words[-1:] == [one.value]), None)
        if unit is None or "following" in words or "next" in words or not {"end", "close"} & set(words):
            return None
        ends.add(period_of(day, unit)[1])
    return ends.pop() if len(ends) == 1 else None
