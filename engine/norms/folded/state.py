"""How everything stands at an instant: a fold over the facts, with the engine's own events put in between.

Events are taken in the order (instant, kind, sequence): a new text and a change of office come before what the parties do
at the same instant, and a deadline after it, so that an act at the last instant is in time. Folding facts in batches or all
at once gives the same state.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop
from typing import assert_never

from syngraph.engine.norms.acts import becoming, performing, steering, taking
from syngraph.engine.norms.days.business import calendar_of
from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.days.dating import day
from syngraph.engine.norms.folded import amending, ending
from syngraph.engine.norms.lasting import outlasting
from syngraph.engine.norms.lasting.releasing import doubts_of_release
from syngraph.engine.norms.life import arising, instances, listening
from syngraph.engine.norms.life.agenda import (
    Becomes,
    Closes,
    Ends,
    Engagement,
    Exceeds,
    MayEnd,
    NewText,
    Opens,
    Order,
    Outlasts,
    Resumes,
    RoleBegins,
    RoleEnds,
    Starts,
    SurvivalEnds,
)
from syngraph.engine.norms.life.course import Candidates, Reckoned, Setting, State, copied, engage, instant_of, put
from syngraph.engine.norms.life.instances import Key, Reason, Status
from syngraph.engine.norms.said.index import Index, Watch, index
from syngraph.engine.norms.said.levels import to_be_so
from syngraph.engine.norms.said.matching import actors
from syngraph.engine.norms.said.narrowing import Row
from syngraph.engine.norms.said.texts import GoverningText, Provisions, Slot, days_named, place_of, provisions
from syngraph.engine.norms.said.windows import Milestone, resolved
from syngraph.engine.norms.sums.exactness import exactly
from syngraph.engine.norms.sums.money import Stretch
from syngraph.engine.norms.told.facts import Evidence, RecordedFact, ordered
from syngraph.engine.norms.words.roles import Holding, Roles, roles
from syngraph.grammar.amounts import Amount, Day, Duration, Event, For, From, Until, Within
from syngraph.grammar.rules import Mode, Obligation, Permission


class EarlierFactError(ValueError):
    """A fact that happened before the instant up to which a state was folded: the fold must begin anew."""

    def __init__(self, fact: RecordedFact, now: datetime) -> None:
        super().__init__(f"{fact.place}: found a fact of {fact.fact.day}, expected none before {now.isoformat()}")
        self.fact = fact
        self.now = now


@dataclass(frozen=True, slots=True)
class Ground:
    """What texts and a register come to, whatever the facts are: it is worked out once for many states.

    `shapes`, `listeners`, `sums`, `near` and `watched` are shared by all states that begin on it: what was found out of words
    and amounts.
    """

    texts: tuple[Index, ...]
    roles: Roles
    calendars: tuple[Calendar, ...]
    shapes: dict[tuple[int, int, str, str, str, str, str, Amount | None], Candidates] = field(default_factory=dict)
    listeners: dict[tuple[int, str, str, str], tuple[Watch, ...]] = field(default_factory=dict)
    sums: dict[tuple[str, tuple[Stretch, ...]], Reckoned] = field(default_factory=dict)
    near: dict[tuple[int, str], Row[Slot]] = field(default_factory=dict)
    watched: dict[tuple[int, str], Row[Watch]] = field(default_factory=dict)


def ground(texts: tuple[GoverningText, ...], holdings: Iterable[Holding], calendar: Calendar) -> Ground:
    """The ground on which states of these texts begin.

    Raises: ValueError when there is no text.
    """
    if not texts:
        raise ValueError("there is no text to judge by")
    indexes = tuple(index(each) for each in provisions(texts))
    return Ground(indexes, roles(holdings), tuple(calendar_of(text.rules, calendar) for text in texts))


def beginning(
    texts: tuple[GoverningText, ...],
    holdings: Iterable[Holding],
    facts: Iterable[RecordedFact],
    calendar: Calendar,
    at: datetime,
    asked: Evidence = Evidence.CLAIMED,
    on: Ground | None = None,
) -> State:
    """The state before anything has happened, to be folded up to `at` with the facts that are supported as well as `asked`.

    Norms recur from the day on which the agreement takes effect; where the text does not tell it, from the day on which the
    first role was held, else the first fact happened, else the first day that a norm names, else that of `at`. Facts are
    only asked for that day, for who objected to what others said, and for
    what else happened on the day of each. `on` is the `ground` where it has been worked out.

    Raises: ValueError when there is no text.
    """
    held = tuple(holdings)
    known = tuple(facts)
    on = on if on is not None else ground(texts, held, calendar)
    told_days = [holding.since for holding in held if holding.since is not None]
    days = told_days or [recorded.fact.day for recorded in known]
    origin = texts[0].since or min(days or [*days_named(texts), calendar.day(at)])
    begins = _commencement_day(on.texts[0].given)
    origin = begins or origin
    setting = Setting(on.texts, on.roles, on.calendars, origin, at, asked, _objections(known, on.roles), _by_day(known))
    first = min(origin, *days) if days else origin
    state = State(
        setting,
        calendar.start_of(min(first, date(1900, 1, 1))),
        shapes=on.shapes,
        listeners=on.listeners,
        sums=on.sums,
        near=on.near,
        watched=on.watched,
    )
    for number, text in enumerate(texts[1:], 1):
        if text.since is not None:
            engage(state, calendar.start_of(text.since), Order.TEXT, NewText(number))
    _commence(state, 0, calendar.start_of(origin))
    for holding in held:
        if holding.since is not None:
            engage(state, calendar.start_of(holding.since), Order.ROLE, RoleBegins(holding))
        if holding.until is not None:
            engage(state, calendar.start_of(holding.until + timedelta(days=1)), Order.ROLE, RoleEnds(holding))
    return state


def _objections(facts: Iterable[RecordedFact], register: Roles) -> dict[str, tuple[date, ...]]:
    days: dict[str, list[date]] = {}
    for recorded in facts:
        if recorded.fact.event.verb == "object" and recorded.fact.happened:
            for one in actors(recorded.fact, register):
                days.setdefault(one, []).append(recorded.fact.day)
    return {one: tuple(sorted(found)) for one, found in days.items()}


def _by_day(facts: Iterable[RecordedFact]) -> dict[tuple[date, str], tuple[RecordedFact, ...]]:
    days: dict[tuple[date, str], list[RecordedFact]] = {}
    for recorded in facts:
        days.setdefault((recorded.fact.day, recorded.fact.event.verb), []).append(recorded)
    return {one: tuple(found) for one, found in days.items()}


def state_at(state: State, facts: Iterable[RecordedFact], until: datetime) -> State:
    """The state at `until` (aware), from one before it and the facts since. A deadline at that very instant has not passed.

    Facts may be in any order; those after `until` are left out. The state given is not changed.

    Raises: EarlierFactError
    """
    now = copied(state)
    fold(now, facts, until)
    return now


@exactly()
def fold(state: State, facts: Iterable[RecordedFact], until: datetime) -> None:
    """The same in place, for whoever owns the state. It is spoilt when this raises.

    Raises: EarlierFactError
    """
    begun = state.now
    zone = until.astimezone(begun.tzinfo)
    agenda = state.agenda
    for recorded in ordered(facts, state.calendar):
        instant = instant_of(state, recorded)
        if instant < begun:
            raise EarlierFactError(recorded, begun)
        if instant > zone:
            break
        if agenda and agenda[0][0] <= instant:
            _advance(state, instant)
        state.now = instant
        taking.take(state, recorded, instant)
        if state.fresh:
            _settle_new(state)
    _advance(state, zone)
    state.now = max(zone, begun)


def _advance(state: State, until: datetime) -> None:
    """Takes everything from the agenda that comes before the facts of an instant."""
    agenda = state.agenda
    while agenda and (agenda[0][0] < until or (agenda[0][0] == until and agenda[0][1] < Order.FACT)):
        instant, _, _, engagement = heappop(agenda)
        _happen(state, instant, engagement)
        if state.fresh:
            _settle_new(state)


def _happen(state: State, instant: datetime, engagement: Engagement) -> None:
    match engagement:
        case NewText(number):
            _amend(state, number, instant)
        case Starts(text, reason):
            _start(state, text, instant, reason)
        case RoleBegins(holding):
            if state.started is not None:
                arising.begin_role(state, holding.principal, holding.role, instant)
        case RoleEnds(holding):
            last = state.calendar.day(instant) - timedelta(days=1)
            reason = Reason(f"{holding.name} ceased to be {holding.role} on {day(last)}")
            arising.end_role(state, holding.principal, holding.role, instant, reason)
        case Opens(slot, text, _):
            if text == state.text and slot in state.index.slots:
                arising.open_turn(state, state.index.slots[slot], engagement, instant)
        case Closes(key):
            _close(state, key, instant)
        case Exceeds():
            listening.exceed(state, engagement, instant)
        case Outlasts():
            outlasting.outlast(state, engagement, instant)
        case Resumes(fact, reason):
            steering.resume_by_itself(state, fact, instant, reason)
        case Ends(text, reason):
            ending.end(state, text, instant, reason)
        case MayEnd(reason):
            ending.doubt_end(state, instant, reason)
        case Becomes():
            becoming.become(state, engagement, instant)
        case SurvivalEnds(slot):
            ending.end_of_survival(state, slot, instant)
        case _:
            assert_never(engagement)


def _settle_new(state: State) -> None:
    """Applies money that was paid in advance to instances that have just arisen."""
    fresh, state.fresh = state.fresh, []
    for key in fresh:
        if state.credits and key in state.instances:
            performing.apply_credits(state, key)
            instance = state.instances[key]
            if instance.payments and instance.status is Status.FULFILLED:
                listening.hear_paid(state, state.facts[instance.payments[-1].fact], instance.since)


# -- texts -------------------------------------------------------------------------------------------------------------


def _amend(state: State, number: int, instant: datetime) -> None:
    """Another text governs. What arose under the old one stays with it; what holds all the time, or has not fallen due and
    has no occasion but the agreement itself, goes on under the new.
    """
    before, state.text = state.index, number
    if state.started is None:
        _commence(state, number, instant)
        return
    amending.carry_over(state, before, instant)
    arising.install(state, instant)
    after_term = state.index.given.term
    is_same = before.given.term is not None and after_term is not None and before.given.term[0] == after_term[0]
    ending.engage_end(state, number, state.term if is_same else None)


# -- beginning ---------------------------------------------------------------------------------------------------------


def _commencement_day(given: Provisions) -> date | None:
    if given.commencement is None or given.commencement[0].moment is None:
        return None
    moment = resolved(given.commencement[0].moment, given)
    return moment.date if isinstance(moment, Day) else None


def _commence(state: State, text: int, origin: datetime) -> None:
    """Puts the day on the agenda on which the agreement takes effect by a text."""
    begins = state.setting.texts[text].given.commencement
    if begins is None:
        why = Reason(f"the text does not say when it takes effect: norms are judged from {day(state.calendar.day(origin))}")
        engage(state, origin, Order.START, Starts(text, why))
        return
    rule, placed = begins
    moment = resolved(rule.moment, state.setting.texts[text].given) if rule.moment is not None else None
    if isinstance(moment, Day):
        why = Reason(placed.clause.sentence.text.strip(), place_of(placed.clause))
        engage(state, state.calendar.start_of(moment.date), Order.START, Starts(text, why))
    elif not rule.signed_by and not isinstance(moment, Event):
        engage(state, origin, Order.START, Starts(text, Reason(placed.clause.sentence.text.strip(), place_of(placed.clause))))


def _start(state: State, text: int, instant: datetime, reason: Reason) -> None:
    if state.started is not None or text != state.text:
        return
    state.started = instant
    arising.install(state, instant)
    listening.reach(state, Milestone.START, instant, reason)
    ending.engage_end(state, text)


# -- deadlines ---------------------------------------------------------------------------------------------------------


def _close(state: State, key: Key, instant: datetime) -> None:
    """A window closes: what was to be done in it and was not is a breach; a right or a prohibition just ends."""
    instance = state.instances.get(key)
    if instance is None or instance.due != instant:
        return
    last = day(state.calendar.day(instant))
    norm = instance.slot.norm
    if instance.suspended is not None and instance.status in instances.LIVE:
        return
    if not isinstance(norm, Obligation) or norm.mode is Mode.MAINTAIN:
        if instance.status is Status.EXERCISED:
            put(state, instances.noted(instance, Reason(f"it was used in time; the time for it ended on {last}")))
            return
        put(state, instances.expired(instance, instant, Reason(f"the time for it ended on {last}")))
        if isinstance(norm, Permission) and instance.status is Status.AVAILABLE:
            listening.breach(state, key, instant)  # those who speak of its not being used
        return
    if instance.status is not Status.IN_FORCE:
        return
    broken = instances.violated(instance, instant, Reason(f"not done by {last}"))
    if not instance.facts and (sought := to_be_so(norm)):
        # A level that was not measured, or what was to be so, is not known to have been missed.
        why = Reason(f"nothing tells whether {sought}", instance.slot.place)
        broken = instances.doubted(broken, why)
    elif not instance.facts and instance.amount is None and _lasts(norm):
        why = Reason("nothing tells whether it was done for as long as the text says", instance.slot.place)
        broken = instances.doubted(broken, why)
    if doubts := doubts_of_release(norm, state.calendar.day(instant), state.index.given):
        broken = instances.questioned(broken, doubts)
    counted = {duration.unit for time in norm.times if isinstance(duration := getattr(time, "duration", None), Duration)}
    for unit, unclear in state.calendar.unclear if norm.times else ():
        if unit in counted:
            broken = instances.doubted(broken, Reason(unclear, instance.slot.place))
    if not instance.facts and _has_no_start(norm):
        broken = instances.doubted(broken, Reason("the text does not say from when the time runs", instance.slot.place))
    put(state, broken)
    if broken.status is Status.VIOLATED:
        listening.breach(state, key, instant)


def _has_no_start(norm: Obligation) -> bool:
    """Whether something is to be done for each of many things within a time, and nothing starts it (`repair each defect`)."""
    first = f"{norm.act.object} {norm.act.to}".split()[0] if norm.act.object or norm.act.to else ""
    return first in ("each", "every", "any") and any(isinstance(time, Within) and time.after is None for time in norm.times)


def _lasts(norm: Obligation) -> bool:
    """Whether something is to be done for a time rather than in it (`until 30 June`)."""
    times = norm.times
    return any(isinstance(time, Until | For) for time in times) and all(isinstance(time, Until | For | From) for time in times)
