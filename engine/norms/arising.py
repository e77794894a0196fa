"""How instances come to be: when a text begins, a period opens, an event happens, a duty is broken.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from syngraph.engine.norms import instances, matching
from syngraph.engine.norms.calendar import first_day_after
from syngraph.engine.norms.course import (
    Closes,
    Exceeds,
    Occasion,
    Opens,
    Order,
    State,
    circumstances,
    engage,
    of_slot,
    open_of,
    put,
    said,
    told,
    use,
)
from syngraph.engine.norms.facts import RecordedFact
from syngraph.engine.norms.index import NEGATIVE, SHADOW, Use, Watch, tests
from syngraph.engine.norms.instances import Instance, Key, Reason, Status
from syngraph.engine.norms.matching import Match
from syngraph.engine.norms.money import Unsettled, evaluate, grows, is_overdue
from syngraph.engine.norms.texts import Slot, refers, survives
from syngraph.engine.norms.windows import At, Every, Milestone, Once, Periodic, Upon, Window, moment_of, resolved, turn, window
from syngraph.engine.norms.wording import noun, plain
from syngraph.grammar.amounts import Ahead, Amount, Before, By, Event, For, Named, Time
from syngraph.grammar.rules import Actor, Mode, Obligation, Power, Prohibition, Quantifier, Unknown

ANYBODY = ""
"""The bearer of a duty whose sentence does not say who."""
THE = "*"
"""Under this a duty of an office is open to whoever holds the office when it is done."""
PAYING = frozenset(
    {"pay", "repay", "reimburse", "refund", "deposit", "contribute", "remit", "transfer", "donate", "return", "compensate"}
)


# -- texts, periods, offices -------------------------------------------------------------------------------------------


def install(state: State, instant: datetime) -> None:
    """Gives every norm of the governing text its first occasions."""
    for slot in state.index.slots.values():
        _install(state, slot, instant)


def _install(state: State, slot: Slot, instant: datetime) -> None:
    plan = state.index.plans[slot.id]
    if is_standing(slot, state):
        _stand(state, slot, instant)
    elif isinstance(plan, Periodic | Every):
        if not tests(slot):
            around = state.setting.calendar.day(instant)
            engage(state, instant, Order.OPEN, Opens(slot.id, state.text, around))
    elif tests(slot) or _asks(slot):
        return
    elif isinstance(plan, Once):
        arise(state, slot, Occasion("once", instant, plan.moment))
    elif (isinstance(plan, At) and plan.milestone is Milestone.START) or (isinstance(plan, Upon) and awaited(slot) is not None):
        arise(state, slot, Occasion("once", instant))


def is_standing(slot: Slot, state: State) -> bool:
    """Whether a norm holds all the time rather than by occasions: rights, prohibitions and what is to be kept up."""
    kept = not isinstance(slot.norm, Obligation) or slot.norm.mode is Mode.MAINTAIN
    plan = state.index.plans[slot.id]
    if isinstance(plan, At):
        return kept and plan.milestone is Milestone.START
    return kept and isinstance(plan, Once | Every | Periodic)


def _asks(slot: Slot) -> bool:
    """Whether a condition that nobody has read stands where the occasion should come from."""
    return any(isinstance(condition.test, Unknown) and condition.link not in NEGATIVE for condition in slot.norm.conditions)


def _stand(state: State, slot: Slot, instant: datetime) -> None:
    day = state.setting.calendar.day(instant)
    for group in bearers(state, slot, day):
        _stand_for(state, slot, group, instant)


def _stand_for(state: State, slot: Slot, bearers: tuple[str, ...], instant: datetime) -> None:
    plan = state.index.plans[slot.id]
    moment = plan.moment if isinstance(plan, Once) else None
    # How long the effect of a power may last does not bound when it may be used.
    times = tuple(time for time in slot.norm.times if not (isinstance(slot.norm, Power) and isinstance(time, For)))
    bounds = window(times, state.started or instant, moment, state.setting.calendar)
    if bounds.due is not None and bounds.due < instant:
        return
    key = Key(slot.id, " ".join(bearers), "standing")
    old = state.instances.get(key)
    if old is not None and old.slot.norm == slot.norm and (old.status in instances.LIVE or old.status is Status.VIOLATED):
        put(state, replace(old, slot=slot))
        return
    if old is not None and old.status not in instances.LIVE:
        key = Key(slot.id, " ".join(bearers), f"standing from {state.setting.calendar.day(instant)}")
    pending = bool(tests(slot)) or _asks(slot)
    begin = max(instant, bounds.opens) if bounds.opens is not None else instant
    status = Status.PENDING if pending else Status.IN_FORCE if _binds(slot) else Status.AVAILABLE
    put(
        state,
        Instance(key, slot, bearers, status, begin, begin, bounds.opens, bounds.due, reasons=(told(slot),)),
    )
    for bearer in bearers:
        state.standing[slot.id, bearer] = key
    if bounds.due is not None:
        engage(state, bounds.due, Order.CLOSE, Closes(key))


def open_turn(state: State, slot: Slot, opening: Opens, instant: datetime) -> None:
    """A period of a recurring norm begins: its instances arise and the next period goes on the agenda."""
    plan = state.index.plans[slot.id]
    if not isinstance(plan, Periodic | Every):
        return
    calendar = state.setting.calendar
    period = turn(plan, opening.around, state.setting.origin, calendar)
    following = period.last + timedelta(days=1)
    engage(state, calendar.start_of(following), Order.OPEN, Opens(slot.id, state.text, following))
    if isinstance(plan, Periodic) and period.moment is None:
        return
    occasion = Occasion(period.first.isoformat(), instant, period.moment or period.last)
    state.turns[slot.id] = occasion
    if _asks(slot) or not tests(slot):
        arise(state, slot, occasion)


def begin_role(state: State, principal: str, role: str, instant: datetime) -> None:
    """Somebody comes into office: the standing norms and the running period bind them too."""
    key = state.setting.roles.key(role)
    for slot in state.index.slots.values():
        actor = slot.norm.bearer
        if actor is None or key not in (state.setting.roles.key(_role(name)) for name in actor.roles):
            continue
        if not _may_arise(state, slot, None, instant):
            continue
        joint = actor.quantifier in _JOINT
        day = state.setting.calendar.day(instant)
        bearers = tuple(state.setting.roles.holders(role, day)) if joint else (principal,)
        if is_standing(slot, state):
            if not joint or not any((slot.id, bearer) in state.standing for bearer in bearers):
                _stand_for(state, slot, bearers, instant)
        elif slot.id in state.turns and not tests(slot):
            _arise_for(state, slot, replace(state.turns[slot.id], instant=instant), bearers)
        elif not tests(slot) and not _asks(slot) and isinstance(plan := state.index.plans[slot.id], Once):
            _arise_for(state, slot, Occasion("once", instant, plan.moment), bearers)


def end_role(state: State, principal: str, role: str, instant: datetime, reason: Reason) -> None:
    """Somebody leaves office: what was to come falls away from them, what had fallen due stays."""
    day = state.setting.calendar.day(instant)
    roles = state.setting.roles
    for key, instance in tuple(state.instances.items()):
        actor = instance.slot.norm.bearer
        if principal not in instance.bearers or actor is None or instance.status not in instances.LIVE:
            continue
        names = [_role(name) for name in actor.roles]
        if not any(roles.key(name) == roles.key(role) for name in names) or any(
            roles.holds(principal, name, day) for name in names
        ):
            continue
        others = tuple(
            other for other in instance.bearers if other != principal and any(roles.holds(other, name, day) for name in names)
        )
        if others or instance.source is not None or key.occasion.startswith(_FACT):
            continue
        for bearer in instance.bearers:
            if state.standing.get((key.slot, bearer)) == key:
                del state.standing[key.slot, bearer]
        put(state, instances.expired(instance, instant, reason))


# -- occasions ---------------------------------------------------------------------------------------------------------


def hear(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """Lets every norm that listens for a fact know of it; whether any did."""
    heard = False
    seen: set[tuple[str, Use, int]] = set()
    for watch in _listeners(state, recorded):
        mark = (watch.slot.id, watch.use, watch.number)
        if mark not in seen and isinstance(matching.event_of(watch.event, recorded.fact, state.setting.roles), Match):
            seen.add(mark)
            heard = _heard(state, watch, recorded, instant) or heard
    return heard


def _listeners(state: State, recorded: RecordedFact) -> tuple[Watch, ...]:
    """Those who may listen for a fact, found once for all facts with the same words."""
    event = recorded.fact.event
    shape = (state.text, event.verb, event.object, "" if event.verb else event.text)
    found = state.listeners.get(shape)
    if found is None:
        watches = (watch for key in matching.fact_keys(recorded.fact) for watch in state.index.events.get(key, ()))
        found = tuple(watch for watch in watches if matching.may_be(watch.event, recorded.fact, state.setting.roles))
        state.listeners[shape] = found
    return found


def reach(state: State, milestone: Milestone, instant: datetime, reason: Reason) -> None:
    """The agreement begins or ends: an event like any other to the norms that speak of it."""
    for watch in state.index.milestones.get(milestone, ()):
        occasion = Occasion(f"{_FACT}{milestone.value}", instant, reasons=(reason,))
        if watch.use is Use.TIME and not tests(watch.slot) and milestone is Milestone.END:
            arise(state, watch.slot, occasion)
        elif watch.use is Use.TEST:
            satisfy(state, watch, occasion)


def breach(state: State, key: Key, instant: datetime) -> None:
    """Lets every norm that speaks of a breach know of it, and notes when its delay will exceed what a text allows."""
    broken = state.instances[key]
    where = state.setting.texts[broken.slot.index] if broken.slot.index != state.text else state.index
    if key.slot not in where.slots:
        where = state.index
    for watch in where.breaches.get(key.slot, ()):
        if _fits(state, watch, broken):
            satisfy(state, watch, _after(broken, watch, instant))
    for watch in where.delays.get(key.slot, ()):
        if watch.delay is not None and broken.due is not None:
            calendar = state.setting.calendar
            over = _exceeded(state, broken.due, watch)
            engage(state, calendar.start_of(over), Order.LATE, Exceeds(key, watch.slot.id, watch.number))


def _exceeded(state: State, due: datetime, watch: Watch) -> date:
    """The first day on which a delay has lasted for more than a condition says."""
    assert watch.delay is not None
    return first_day_after(state.setting.calendar.day(due), watch.delay, state.setting.calendar)


def exceed(state: State, event: Exceeds, instant: datetime) -> None:
    """A delay has lasted long enough, if what was broken still is."""
    broken = state.instances[event.broken]
    if broken.status is not Status.VIOLATED:
        return
    for watch in state.index.delays.get(event.broken.slot, ()):
        if (watch.slot.id, watch.number) == (event.slot, event.number):
            occasion = _after(broken, watch, instant)
            days = (state.setting.calendar.day(instant) - state.setting.calendar.day(broken.since)).days
            reason = Reason(f"the delay has lasted {days} days, more than the text allows")
            satisfy(state, watch, replace(occasion, reasons=(*occasion.reasons, reason)))


def meet(state: State, section: str, number: str, recorded: RecordedFact, instant: datetime) -> bool:
    """The record says that a condition nobody has read was met: the norms of the section that wait for it arise."""
    found = False
    for slot in state.index.slots.values():
        if (slot.section, slot.number) == (section, number) and _asks(slot) and not tests(slot):
            found = True
            occasion = Occasion(f"{_FACT}{recorded.id}", instant, fact=recorded, reasons=(said(recorded),))
            if is_standing(slot, state):
                _make_available(state, slot, occasion)
            elif not isinstance(state.index.plans[slot.id], Periodic | Every | Upon):
                arise(state, slot, occasion)
    return found


def satisfy(state: State, watch: Watch, occasion: Occasion) -> None:
    """A condition has come true; once all of a norm have, it has an occasion."""
    slot = watch.slot
    found = state.occasions.setdefault(slot.id, {})
    found[watch.number] = occasion
    if any(number not in found for number in tests(slot)):
        return
    bound = occasion if occasion.bound else next((other for other in found.values() if other.bound), occasion)
    source = occasion.source or next((other.source for other in found.values() if other.source is not None), None)
    reasons = tuple(reason for other in found.values() for reason in other.reasons)
    whole = replace(occasion, bound=bound.bound, role=bound.role, source=source, reasons=reasons)
    if is_standing(slot, state):
        _make_available(state, slot, whole)
    else:
        plan = state.index.plans[slot.id]
        if isinstance(plan, Periodic | Every):
            period = turn(plan, state.setting.calendar.day(occasion.instant), state.setting.origin, state.setting.calendar)
            whole = replace(whole, moment=period.moment or period.last)
        elif isinstance(plan, Once):
            whole = replace(whole, moment=plan.moment)
        arise(state, slot, whole)


def _make_available(state: State, slot: Slot, occasion: Occasion) -> None:
    day = state.setting.calendar.day(occasion.instant)
    for group in bearers(state, slot, day, occasion):
        key = next((state.standing[slot.id, bearer] for bearer in group if (slot.id, bearer) in state.standing), None)
        if key is None:
            continue
        instance = state.instances[key]
        for reason in occasion.reasons:
            instance = instances.noted(instance, reason)
        if instance.status is Status.PENDING:
            status = Status.IN_FORCE if _binds(slot) else Status.AVAILABLE
            instance = replace(instance, status=status, since=occasion.instant, source=occasion.source)
            if occasion.source is not None:
                state.dependents[occasion.source] = (*state.dependents.get(occasion.source, ()), key)
        if occasion.fact is not None:
            instance = replace(instance, facts=(*instance.facts, occasion.fact.id))
            use(state, occasion.fact, key)
        put(state, instance)


# -- one occasion ------------------------------------------------------------------------------------------------------


def arise(state: State, slot: Slot, occasion: Occasion) -> tuple[Key, ...]:
    """An instance for each who bears the norm on this occasion; the keys of those that are new."""
    if not _may_arise(state, slot, occasion, occasion.instant):
        return ()
    day = state.setting.calendar.day(occasion.instant)
    keys = [_arise_for(state, slot, occasion, group) for group in bearers(state, slot, day, occasion)]
    return tuple(key for key in keys if key is not None)


def _arise_for(state: State, slot: Slot, occasion: Occasion, bearers: tuple[str, ...]) -> Key | None:
    key = Key(slot.id, " ".join(bearers), occasion.key)
    if key in state.instances:
        return None
    waiting, bounds = _bounds(state, slot, occasion)
    if bounds.due is not None and bounds.due < occasion.instant and not isinstance(occasion.fact, RecordedFact):
        return None  # its time was over before it could bind anybody
    amount = _amount(state, slot)
    facts = () if occasion.fact is None else (occasion.fact.id,)
    opening = bounds.opens
    status = Status.IN_FORCE if _binds(slot) else Status.AVAILABLE
    instance = Instance(
        key,
        slot,
        (*bearers, THE) if _is_office(slot, occasion) else bearers,
        status,
        occasion.instant,
        occasion.instant,
        opening,
        bounds.due,
        amount,
        None,
        (),
        occasion.source,
        (*occasion.reasons, told(slot)),
        facts,
        state.uncertain,
        waiting,
    )
    instance = _priced(state, instance)
    put(state, instance)
    if occasion.source is not None:
        state.dependents[occasion.source] = (*state.dependents.get(occasion.source, ()), key)
    if occasion.fact is not None:
        use(state, occasion.fact, key)
    if instance.due is not None:
        engage(state, instance.due, Order.CLOSE, Closes(key))
    return key


def _bounds(state: State, slot: Slot, occasion: Occasion) -> tuple[Event | None, Window]:
    """The window of an occasion, and the event that will set the rest of it where one has not happened yet."""
    calendar = state.setting.calendar
    waiting: Event | None = None
    timed: list[Time] = []
    for time in slot.norm.times:
        moment = moment_of(time)
        if isinstance(moment, Event) and not _told_by(state, moment, occasion, slot):
            waiting = moment
        else:
            timed.append(time)
    bounds = window(tuple(timed), occasion.instant, occasion.moment, calendar)
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
    if occasion.fact is None:
        return False
    if isinstance(state.index.plans[slot.id], Upon) and not tests(slot):
        return True
    return isinstance(matching.event_of(moment, occasion.fact.fact, state.setting.roles), Match)


def _amount(state: State, slot: Slot) -> Amount | None:
    """The money that a norm is about. Things are returned or deposited too: a noun is money there only where a term says so."""
    amount, terms = slot.act.amount, state.setting.texts[slot.index].given.amounts
    if slot.act.verb not in PAYING:
        return None
    if amount is None:
        return Named(plain(slot.act.object)) if plain(slot.act.object) in terms else None
    known = not isinstance(amount, Named) or plain(amount.name) in terms or is_overdue(amount.name)
    return amount if known or slot.act.verb in ("pay", "repay", "refund", "reimburse") else None


def _priced(state: State, instance: Instance) -> Instance:
    if instance.amount is None or grows(instance.amount):
        return instance
    day = state.setting.calendar.day(instance.arisen)
    come_to = evaluate(instance.amount, circumstances(state, instance.slot, instance.source, day))
    if isinstance(come_to, Unsettled):
        return instances.doubted(instance, Reason(come_to.reason))
    return replace(instance, owed=come_to)


def _may_arise(state: State, slot: Slot, occasion: Occasion | None, instant: datetime) -> bool:
    """Whether the agreement is in force for a norm: it has begun, and has not ended or the norm survives."""
    if state.started is None:
        return False
    if state.ended is None or instant <= state.ended:
        return True
    ends = occasion is not None and occasion.key == f"{_FACT}{Milestone.END.value}"
    return ends or (occasion is not None and occasion.source is not None) or survives(slot, state.index.given) is not None


# -- who ---------------------------------------------------------------------------------------------------------------


def bearers(state: State, slot: Slot, day: date, occasion: Occasion | None = None) -> tuple[tuple[str, ...], ...]:
    """Those who bear a norm on an occasion: groups of ids, each group together."""
    actor = slot.norm.bearer
    if actor is None:
        return ((ANYBODY,),)
    if occasion is not None and occasion.bound and _is_bound(actor, occasion):
        return tuple((principal,) for principal in sorted(occasion.bound))
    groups: list[tuple[str, ...]] = []
    for role in actor.roles:
        excluded = occasion.bound if occasion is not None and plain(role).startswith("other ") else frozenset[str]()
        name = _role(role)
        if not state.setting.roles.key(name):
            named = state.setting.roles.meant(role, day)
            groups.append(tuple(sorted(named)) if named else (plain(role),))
            continue
        holders = tuple(holder for holder in state.setting.roles.holders(name, day) if holder not in excluded)
        if actor.quantifier in _JOINT and name == plain(role):
            groups += [holders] if holders else []
        else:
            groups += [(holder,) for holder in holders]
    return tuple(dict.fromkeys(groups))


def _is_bound(actor: Actor, occasion: Occasion) -> bool:
    """Whether the bearer is the one of whom the condition speaks (`If a Member ..., the Member shall ...`)."""
    roles = [role for role in actor.roles if not plain(role).startswith("other ")]
    return actor.quantifier in _JOINT and any(noun(role).head == noun(occasion.role).head for role in roles)


def _is_office(slot: Slot, occasion: Occasion) -> bool:
    actor = slot.norm.bearer
    return actor is not None and actor.quantifier is Quantifier.THE and not (occasion.bound and _is_bound(actor, occasion))


def _role(role: str) -> str:
    name = plain(role)
    return name.removeprefix("other ")


def _binds(slot: Slot) -> bool:
    return isinstance(slot.norm, Obligation | Prohibition)


# -- events ------------------------------------------------------------------------------------------------------------


def _heard(state: State, watch: Watch, recorded: RecordedFact, instant: datetime) -> bool:
    slot = watch.slot
    bound = matching.actors(recorded.fact, state.setting.roles)
    occasion = Occasion(f"{_FACT}{recorded.id}", instant, None, bound, watch.event.actor, recorded, reasons=(said(recorded),))
    match watch.use:
        case Use.TEST:
            satisfy(state, watch, occasion)
            return True
        case Use.BAR:
            return _bar(state, slot, recorded, instant)
        case Use.UNTIL:
            return _end_of_use(state, slot, recorded, instant)
        case Use.TIME:
            if SHADOW in slot.id and slot.act.verb in _CURES:
                return _put_on_notice(state, slot, recorded, instant)
            return _timed(state, slot, watch, replace(occasion, bound=frozenset()))


def _timed(state: State, slot: Slot, watch: Watch, occasion: Occasion) -> bool:
    assert occasion.fact is not None
    may_wait = tests(slot) or awaited(slot) is not None
    waiting = [
        instance
        for instance in (open_of(state, slot.id) if may_wait else ())
        if instance.awaits is not None and instance.due is None and instance.arisen <= occasion.instant
    ]
    for instance in waiting:
        _come(state, instance, watch.event, occasion)
    if tests(slot):
        return bool(waiting)
    if awaited(slot) is not None:
        arise(state, slot, Occasion(f"after {occasion.key}", occasion.instant))
        return True
    if any(isinstance(time, Ahead) for time in slot.norm.times):
        _look_back(state, slot, occasion)
    else:
        arise(state, slot, replace(occasion, bound=frozenset()))
    return True


def awaited(slot: Slot) -> Event | None:
    """The event before which, or by which, a norm without conditions is to be obeyed: it binds before that happens."""
    if tests(slot):
        return None
    for time in slot.norm.times:
        if isinstance(time, By | Before) and isinstance(time.moment, Event):
            return time.moment
    return None


def _come(state: State, instance: Instance, event: Event, occasion: Occasion) -> None:
    """The event that an instance waited for has happened and sets its deadline."""
    times = tuple(time for time in instance.slot.norm.times if moment_of(time) == event)
    bounds = window(times, occasion.instant, None, state.setting.calendar)
    moved = replace(
        instance,
        due=bounds.due,
        opens=bounds.opens if bounds.opens is not None else instance.opens,
        awaits=None,
        reasons=(*instance.reasons, *occasion.reasons),
        facts=(*instance.facts, occasion.fact.id) if occasion.fact is not None else instance.facts,
    )
    put(state, moved)
    if bounds.due is not None:
        engage(state, bounds.due, Order.CLOSE, Closes(instance.key))


def _look_back(state: State, slot: Slot, occasion: Occasion) -> None:
    """The event before which something was to be done has happened: was it done?"""
    day = state.setting.calendar.day(occasion.instant)
    bounds = window(slot.norm.times, occasion.instant, day, state.setting.calendar)
    first = min(bounds.due or occasion.instant, occasion.instant)
    found = arise(state, slot, replace(occasion, instant=max(first, state.started or first), moment=day))
    for key in found:
        instance = state.instances[key]
        for recorded in state.heard.get(slot.act.verb, ()):
            if _did(state, instance, recorded, slot):
                done = state.setting.calendar.at(recorded.fact.day, recorded.fact.time)
                if bounds.opens is not None and done < bounds.opens:
                    continue
                if bounds.due is not None and done > bounds.due:
                    late = Reason(f"not done by {state.setting.calendar.day(bounds.due)}")
                    instance = instances.violated(instance, bounds.due, late)
                    put(state, instance)
                    breach(state, key, bounds.due)
                instance = instances.performed(state.instances[key], done, said(recorded), recorded.id)
                use(state, recorded, key)
                put(state, instance)
                break


def _did(state: State, instance: Instance, recorded: RecordedFact, slot: Slot) -> bool:
    """Whether a fact did what an instance asks for, and no other instance of the norm has taken it."""
    if any(key.slot == slot.id and key.bearer == instance.key.bearer for key in state.used.get(recorded.id, ())):
        return False
    who = matching.actors(recorded.fact, state.setting.roles)
    given = state.setting.texts[slot.index].given
    return (
        recorded.fact.happened
        and (not who or ANYBODY in instance.bearers or bool(who & set(instance.bearers)))
        and isinstance(matching.act_of(slot, recorded.fact, given.bodies, state.setting.roles), Match)
    )


def _bar(state: State, slot: Slot, recorded: RecordedFact, instant: datetime) -> bool:
    """An exception has come about: what was still to be done falls away."""
    if isinstance(slot.norm, Prohibition) or not isinstance(slot.norm, Obligation):
        return True  # looked up when the act is done
    for instance in open_of(state, slot.id):
        if instance.status is Status.IN_FORCE:
            put(state, instances.discharged(instance, instant, said(recorded), recorded.id))
            use(state, recorded, instance.key)
    return True


def _end_of_use(state: State, slot: Slot, recorded: RecordedFact, instant: datetime) -> bool:
    found = False
    for instance in of_slot(state, slot.id):
        if instance.status in instances.LIVE:
            put(state, instances.expired(instance, instant, said(recorded)))
            found = True
    return found


def _put_on_notice(state: State, slot: Slot, recorded: RecordedFact, instant: datetime) -> bool:
    """Notice of a breach: whoever is in breach and did not give it has the time of the text to cure it."""
    about = noun(recorded.fact.event.object)
    if about.complement is not None and about.complement.head not in _BREACHES:
        return False
    givers = matching.actors(recorded.fact, state.setting.roles)
    named = state.setting.roles.meant(recorded.fact.event.to, recorded.fact.day) if recorded.fact.event.to else frozenset[str]()
    found = False
    for broken in tuple(state.instances.values()):
        who = frozenset(broken.bearers) - {THE, ANYBODY}
        if broken.status is not Status.VIOLATED or SHADOW in broken.key.slot or who & givers or (named and not who & named):
            continue
        section = recorded.fact.under or matching.section_in(recorded.fact.event.object)
        if section and not refers(section, broken.slot.section, broken.slot.number):
            continue
        occasion = Occasion(
            f"{_FACT}{recorded.id} {broken.key.slot} {broken.key.occasion}",
            instant,
            None,
            who,
            "",
            recorded,
            broken.key,
            (*broken.reasons[-1:], said(recorded)),
        )
        for principal in sorted(who):
            _arise_for(state, slot, occasion, (principal,))
            found = True
    return found


def _fits(state: State, watch: Watch, broken: Instance) -> bool:
    """Whether those whom a condition names are among those who broke a norm."""
    phrase = watch.event.actor
    if not phrase or SHADOW in broken.key.slot:
        return True
    day = state.setting.calendar.day(broken.since)
    meant = state.setting.roles.meant(phrase, day)
    who = set(broken.bearers)
    return plain(phrase) in who or ANYBODY in who or not meant or bool(meant & who)


def _after(broken: Instance, watch: Watch, instant: datetime) -> Occasion:
    """The occasion that a breach gives."""
    who = frozenset(broken.bearers) - {THE, ANYBODY}
    source = broken.source if SHADOW in broken.key.slot and broken.source is not None else broken.key
    role = watch.event.actor or (broken.slot.norm.bearer.roles[0] if broken.slot.norm.bearer is not None else "")
    key = f"breach {broken.key.slot} {broken.key.bearer} {broken.key.occasion}"
    if isinstance(broken.slot.norm, Prohibition) and broken.facts:
        key += f" {broken.facts[-1]}"
    return Occasion(key, instant, None, who, role, None, source, broken.reasons)


_FACT = "on "
_CURES = frozenset({"cure", "remedy", "remediate", "rectify"})
_BREACHES = frozenset({"breach", "default", "failure", "violation", "nonpayment", "non-payment", "delay"})
_JOINT = frozenset({Quantifier.THE, Quantifier.NAMED})
