"""How instances come to be: when a text begins, a period opens, somebody comes into office, or there is an occasion.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from syngraph.engine.norms.days.calendar import deadline, within
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.accruing import circumstances, within_caps
from syngraph.engine.norms.life.agenda import Becomes, Closes, Occasion, Opens, Order
from syngraph.engine.norms.life.answering import unanswered
from syngraph.engine.norms.life.backwards import begun_before, narrowed
from syngraph.engine.norms.life.bearing import JOINT, bearers, binds, is_any_of, is_office, role_of
from syngraph.engine.norms.life.charging import PAYING, charged
from syngraph.engine.norms.life.course import State, engage, of_slot, put, told, use
from syngraph.engine.norms.life.falling import is_over_for
from syngraph.engine.norms.life.instances import THE, Instance, Key, Reason, Status
from syngraph.engine.norms.life.lending import absorb, is_due_already
from syngraph.engine.norms.life.standing import stand, stand_for
from syngraph.engine.norms.life.suspending import hold_new
from syngraph.engine.norms.life.weighing import counts_for
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.index import NEGATIVE, tests
from syngraph.engine.norms.said.matching import Match
from syngraph.engine.norms.said.texts import Slot, refers, survives
from syngraph.engine.norms.said.windows import (
    Among,
    At,
    Every,
    Milestone,
    Once,
    Periodic,
    Turn,
    Upon,
    Window,
    counted_from,
    moment_of,
    resolved,
    run,
    turn,
    window,
)
from syngraph.engine.norms.sums.money import Circumstances, Unsettled, evaluate, grows
from syngraph.engine.norms.told.facts import Evidence, RecordedFact
from syngraph.grammar.amounts import (
    After,
    Amount,
    Before,
    By,
    Day,
    DayOfYear,
    Duration,
    Earlier,
    Event,
    Later,
    Money,
    NthDay,
    On,
    Time,
    Unit,
    Within,
)
from syngraph.grammar.rules import Fails, Happens, Mode, Obligation, Unknown

ON_FACT = "on "
"""Begins the key of an occasion that is an event."""


def install(state: State, instant: datetime) -> None:
    """Gives every norm of the governing text its first occasions."""
    for slot in state.index.slots.values():
        _install(state, slot, instant)


def _install(state: State, slot: Slot, instant: datetime) -> None:
    plan = state.index.plans[slot.id]
    if is_standing(slot, state):
        if may_arise(state, slot, None, instant):
            stand(state, slot, instant)
    elif isinstance(plan, Periodic | Every):
        if not tests(slot):
            around = state.calendar.day(instant)
            engage(state, instant, Order.OPEN, Opens(slot.id, state.text, around))
    elif tests(slot) or asks(slot):
        return
    elif isinstance(plan, Once):
        arise(state, slot, Occasion("once", instant, plan.moment))
    elif isinstance(plan, Among):
        if binds_before(slot, plan):
            arise(state, slot, Occasion("once", instant, None if plan.last else plan.day))
    elif (isinstance(plan, At) and plan.milestone is Milestone.START) or (isinstance(plan, Upon) and awaited(slot) is not None):
        arise(state, slot, Occasion("once", instant))


def is_standing(slot: Slot, state: State) -> bool:
    """Whether a norm holds all the time rather than by occasions: rights, prohibitions and what is to be kept up."""
    kept = not isinstance(slot.norm, Obligation) or slot.norm.mode is Mode.MAINTAIN
    plan = state.index.plans[slot.id]
    if isinstance(plan, At):
        return kept and plan.milestone is Milestone.START
    return kept and isinstance(plan, Once | Every | Periodic)


def asks(slot: Slot) -> bool:
    """Whether a condition that nobody has read stands where the occasion should come from."""
    return any(isinstance(condition.test, Unknown) and condition.link not in NEGATIVE for condition in slot.norm.conditions)


def open_turn(state: State, slot: Slot, opening: Opens, instant: datetime) -> None:
    """A period of a recurring norm begins: its instances arise and the next period goes on the agenda."""
    plan = state.index.plans[slot.id]
    if not isinstance(plan, Periodic | Every):
        return
    calendar = state.calendar
    if is_over_for(state, slot)[0] and state.setting.asked is Evidence.CLAIMED:
        return
    period = turn_of(state, slot, plan, opening.around)
    lasting = run(slot.norm.times, state.index.given, calendar.day(state.started or instant), calendar)
    if period.moment is not None and _is_after(slot) and instant < calendar.start_of(period.moment):
        engage(state, calendar.start_of(period.moment), Order.OPEN, opening)
        return
    following = period.last + timedelta(days=1)
    if lasting.last is not None and lasting.last < period.first:
        return
    engage(state, calendar.start_of(following), Order.OPEN, Opens(slot.id, state.text, following))
    if (isinstance(plan, Periodic) and period.moment is None) or not lasting.holds(period):
        return
    occasion = Occasion(period.first.isoformat(), instant, period.moment or min(period.last, lasting.last or period.last))
    state.turns[slot.id] = occasion
    if asks(slot) or not tests(slot):
        arise(state, slot, occasion)


def turn_of(state: State, slot: Slot, plan: Periodic | Every, day: date) -> Turn:
    """The period of a recurring norm around a day."""
    first = counted_from(slot.norm.times, state.index.given, state.setting.origin)
    return turn(plan, day, first, state.calendar)


def _is_after(slot: Slot) -> bool:
    """Whether what comes again begins on its day (`within five days after the end of each month`) and not with its period."""
    return any(isinstance(time, Within) and isinstance(time.after, DayOfYear | NthDay) for time in slot.norm.times)


def begin_role(state: State, principal: str, role: str, instant: datetime) -> None:
    """Somebody comes into office: the standing norms and the running period bind them too."""
    key = state.setting.roles.key(role)
    for slot in state.index.slots.values():
        actor = slot.norm.bearer
        if actor is None or key not in (state.setting.roles.key(role_of(name)) for name in actor.roles):
            continue
        if not may_arise(state, slot, None, instant):
            continue
        joint = actor.quantifier in JOINT or is_any_of(slot)
        day = state.calendar.day(instant)
        for group in _with(principal, bearers(state, slot, day)) if joint else ((principal,),):
            _join(state, slot, principal, group, instant)


def _with(principal: str, groups: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(group for group in groups if principal in group)


def _join(state: State, slot: Slot, principal: str, group: tuple[str, ...], instant: datetime) -> None:
    """What a norm asks of a group that somebody has come into: what it had to do before is not asked for again."""
    if is_standing(slot, state):
        stands = any((slot.id, bearer) in state.standing for bearer in group)
        if (slot.id, principal) not in state.standing:
            stand_for(state, slot, (principal,) if stands else group, instant)
        return
    if tests(slot):
        return
    plan = state.index.plans[slot.id]
    if slot.id in state.turns:
        occasion = replace(state.turns[slot.id], instant=instant)
    elif isinstance(plan, Once) and not asks(slot):
        occasion = Occasion("once", instant, plan.moment)
    else:
        return
    asked = [one for one in of_slot(state, slot.id) if one.key.occasion == occasion.key and one.status is not Status.EXPIRED]
    # What whoever held the office before has done, or been let off, is not asked of the next.
    done = any(THE in one.bearers and one.status not in instances.LIVE | instances.OWING for one in asked)
    if not done and not any(set(one.bearers) & set(group) for one in asked):
        arise_for(state, slot, occasion, group)


def end_role(state: State, principal: str, role: str, instant: datetime, reason: Reason) -> None:
    """Somebody leaves office: what was to come falls away from them, what had fallen due stays."""
    day = state.calendar.day(instant)
    roles = state.setting.roles
    for key, instance in tuple(state.instances.items()):
        actor = instance.slot.norm.bearer
        if principal not in instance.bearers or actor is None or instance.status not in instances.LIVE:
            continue
        names = [role_of(name) for name in actor.roles]
        if not any(roles.key(name) == roles.key(role) for name in names) or any(
            roles.holds(principal, name, day) for name in names
        ):
            continue
        others = tuple(
            other for other in instance.bearers if other != principal and any(roles.holds(other, name, day) for name in names)
        )
        if others or instance.source is not None or key.occasion.startswith(ON_FACT):
            continue
        for bearer in instance.bearers:
            if state.standing.get((key.slot, bearer)) == key:
                del state.standing[key.slot, bearer]
        put(state, instances.expired(instance, instant, reason))


def arise(state: State, slot: Slot, occasion: Occasion) -> tuple[Key, ...]:
    """An instance for each who bears the norm on this occasion; the keys of those that are new."""
    if not may_arise(state, slot, occasion, occasion.instant):
        return ()
    if slot.change is not None:
        _await_change(state, slot, occasion)
        return ()
    day = state.calendar.day(occasion.instant)
    keys = [arise_for(state, slot, occasion, group) for group in bearers(state, slot, day, occasion)]
    return tuple(key for key in keys if key is not None)


def _await_change(state: State, slot: Slot, occasion: Occasion) -> None:
    """Something will become of a thing by itself, now or on the last day of the time that the text gives it."""
    begin, order = occasion.instant, Order.LATE
    for time in slot.norm.times:
        there = moment_of(time)
        base = there.date if isinstance(there, Day) else occasion.moment or state.calendar.day(occasion.instant)
        match time:
            case After(Duration(_, Unit.HOUR) as length):
                begin = max(begin, deadline(occasion.instant, length, state.calendar))
            case After(Duration() as length):
                begin = max(begin, state.calendar.start_of(within(base, length, state.calendar)))
            case On() | After():
                begin, order = max(begin, state.calendar.start_of(base)), Order.START
            case _:
                pass
    engage(state, begin, order, Becomes(slot.id, state.text, occasion))


def arise_for(state: State, slot: Slot, occasion: Occasion, bearers: tuple[str, ...]) -> Key | None:
    """An instance for one group of bearers and its key; None when there is one already, its time was over by then, or what it
    hangs on is not told well enough.
    """
    key = Key(slot.id, " ".join(bearers), occasion.key)
    is_over, perhaps = is_over_for(state, slot, bearers)
    if key in state.instances or is_over or is_due_already(state, slot, bearers):
        return None
    occasion = replace(occasion, perhaps=(*occasion.perhaps, *perhaps)) if perhaps else occasion
    told_by = (*occasion.others, *(() if occasion.fact is None else (occasion.fact,)))
    if not all(counts_for(state, recorded, slot, bearers, occasion.source) for recorded in told_by):
        return None  # what it hangs on is not told well enough
    waiting, bounds = _bounds(state, slot, occasion)
    if bounds.due is not None and bounds.due < occasion.instant and not isinstance(occasion.fact, RecordedFact):
        return None  # its time was over before it could bind anybody
    amount = charged(state, slot, occasion) if isinstance(slot.norm, Obligation) else None
    facts = tuple(recorded.id for recorded in told_by)
    opening = bounds.opens
    status = Status.IN_FORCE if binds(slot) else Status.AVAILABLE
    if not isinstance(slot.norm, Obligation) and unanswered(state, slot, bearers) is not None:
        status = Status.PENDING
    instance = Instance(
        key,
        slot,
        (*bearers, THE) if is_office(slot, occasion) else bearers,
        status,
        _since(slot, occasion.instant, opening),
        occasion.instant,
        opening,
        bounds.due,
        amount,
        _named_sum(amount) if slot.id not in state.index.given.caps else None,
        (),
        occasion.source,
        (*occasion.reasons, told(slot)),
        facts,
        state.uncertain,
        waiting,
        perhaps=occasion.perhaps,
    )
    instance = _priced(state, instance)
    if tests(slot) and isinstance(state.index.plans[slot.id], Among):
        instance = instances.doubted(
            instance, Reason("which of its moments has come where a condition stands beside them, people must say")
        )
    put(state, recalled(state, instance))
    if occasion.source is not None:
        state.dependents[occasion.source] = (*state.dependents.get(occasion.source, ()), key)
    if occasion.fact is not None:
        use(state, occasion.fact, key)
    hold_new(state, key)
    absorb(state, key, occasion.instant)
    if instance.due is not None:
        engage(state, instance.due, Order.CLOSE, Closes(key))
    return key


def _since(slot: Slot, arisen: datetime, opens: datetime | None) -> datetime:
    """From when an instance binds: a time within which something is to be done after a day begins with that day."""
    counted = any(isinstance(time, Within) and isinstance(time.after, Day) for time in slot.norm.times)
    return max(arisen, opens) if counted and opens is not None else arisen


def recalled(state: State, instance: Instance) -> Instance:
    """An instance that has just come into force, in doubt where somebody waived such a thing before there was one."""
    for slots, recorded in state.waivers:
        if instance.key.slot in slots:
            why = f"{recorded.sentence} That was before it arose: whether it was meant for this too, people must say"
            instance = instances.doubted(instance, Reason(why, recorded.place))
    return instance


def _bounds(state: State, slot: Slot, occasion: Occasion) -> tuple[Event | None, Window]:
    """The window of an occasion, and the event that will set the rest of it where one has not happened yet."""
    calendar = state.calendar
    waiting: Event | None = None
    timed: list[Time] = []
    earlier: list[Window] = []
    for time in slot.norm.times:
        moment = moment_of(time)
        if isinstance(moment, Later | Earlier) and occasion.key == "once" and occasion.moment is None:
            continue  # none of them has come
        if isinstance(moment, Event) and not _told_by(state, moment, occasion, slot):
            begun = begun_before(state, slot, moment, occasion)
            if begun is None:
                waiting = moment
            else:
                earlier.append(window((time,), begun, None, calendar))
        else:
            timed.append(time)
    bounds = narrowed(window(tuple(timed), occasion.instant, occasion.moment, calendar), *earlier)
    plan = state.index.plans[slot.id]
    if isinstance(plan, Every) and occasion.moment is not None and bounds.due is None:
        bounds = Window(bounds.opens, calendar.end_of(occasion.moment))
    if isinstance(plan, Periodic) and slot.act.verb in PAYING and bounds.opens is not None:
        bounds = Window(None, bounds.due)  # money may come before its day
    return waiting, bounds


def _told_by(state: State, moment: Event, occasion: Occasion, slot: Slot) -> bool:
    """Whether an occasion is itself the event that a time hangs on (or the day of it is known)."""
    if occasion.moment is not None or not isinstance(resolved(moment, state.index.given), Event):
        return True
    if occasion.source is not None and _is_own_breach(moment, slot):
        return True
    if occasion.fact is None:
        return False
    if isinstance(state.index.plans[slot.id], Upon) and not tests(slot):
        return True
    return isinstance(matching.event_of(moment, occasion.fact.fact, state.setting.roles), Match)


_BREAKING = frozenset({"breach", "violate", "infringe", "default"})
_THE_BREACH = re.compile(r"(?i:the|that|such|this) (?:breach|violation|default|failure|infringement|non-?payment)")


def _is_own_breach(moment: Event, slot: Slot) -> bool:
    """Whether a time runs from what the one condition of a norm says was broken (`within ten days after the breach`)."""
    asked = [slot.norm.conditions[number].test for number in tests(slot) if number >= 0]
    if len(asked) != 1 or moment.verb or _THE_BREACH.fullmatch(moment.text) is None:
        return False
    return isinstance(asked[0], Fails) or (isinstance(asked[0], Happens) and asked[0].event.verb in _BREAKING)


def _named_sum(amount: Amount | None) -> Money | None:
    """What an amount comes to that is a sum of money, whatever the circumstances are."""
    come_to = evaluate(amount, Circumstances({})) if isinstance(amount, Money) else None
    return come_to if isinstance(come_to, Money) else None


def _priced(state: State, instance: Instance) -> Instance:
    if instance.amount is None or instance.owed is not None or grows(instance.amount):
        return instance
    day = state.calendar.day(instance.arisen)
    come_to = evaluate(instance.amount, circumstances(state, instance, day))
    if isinstance(come_to, Unsettled):
        return instances.doubted(instance, Reason(come_to.reason))
    owed = within_caps(state, instance, come_to, day)
    if isinstance(owed, Unsettled):
        return instances.doubted(instance, Reason(owed.reason))
    return replace(instance, owed=owed)


def may_arise(state: State, slot: Slot, occasion: Occasion | None, instant: datetime) -> bool:
    """Whether the agreement is in force for a norm: it has begun, and has not ended or the norm survives."""
    if state.started is None or any(refers(section, slot.section, slot.number) for section, _ in state.barred):
        return False
    if state.ended is None or instant <= state.ended:
        return True
    ends = occasion is not None and occasion.key == f"{ON_FACT}{Milestone.END.value}"
    return ends or (occasion is not None and occasion.source is not None) or survives(slot, state.index.given) is not None


def binds_before(slot: Slot, plan: Among) -> bool:
    """Whether a norm with the last or first of several moments binds before it: it is to be obeyed by then, or by a day."""
    return (not plan.last and plan.day is not None) or any(
        isinstance(time, By) and isinstance(time.moment, Later | Earlier) for time in slot.norm.times
    )


def awaited(slot: Slot) -> Event | None:
    """The event before which, or by which, a norm without conditions is to be obeyed: it binds before that happens."""
    if tests(slot):
        return None
    for time in slot.norm.times:
        if isinstance(time, By | Before) and isinstance(time.moment, Event):
            return time.moment
    return None
