"""What norms hear: events that set their times or meet their conditions, breaches, and the milestones of the agreement.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from syngraph.engine.norms.days.calendar import deadline, first_day_after
from syngraph.engine.norms.days.dating import day as written_day
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.accruing import paused
from syngraph.engine.norms.life.agenda import Closes, Exceeds, Occasion, Order
from syngraph.engine.norms.life.answering import questions, unanswered
from syngraph.engine.norms.life.arising import ON_FACT, arise, arise_for, asks, awaited, is_standing, recalled, turn_of
from syngraph.engine.norms.life.bearing import bearers, binds
from syngraph.engine.norms.life.course import State, doubt_of, engage, of_slot, open_of, put, said, use
from syngraph.engine.norms.life.deeming import did_other, ground_of, is_again
from syngraph.engine.norms.life.falling import bar, end_of_use
from syngraph.engine.norms.life.instances import ANYBODY, THE, Instance, Key, Reason, Status
from syngraph.engine.norms.life.reaching import parts_of
from syngraph.engine.norms.life.receipts import is_part, paid_off
from syngraph.engine.norms.life.repeating import once_more
from syngraph.engine.norms.life.several import joined, reached
from syngraph.engine.norms.life.timely import met
from syngraph.engine.norms.life.weighing import counts
from syngraph.engine.norms.said import matching, narrowing
from syngraph.engine.norms.said.index import SHADOW, Index, Use, Watch, tests
from syngraph.engine.norms.said.matching import Match, Perhaps
from syngraph.engine.norms.said.recurrence import FailsAgain, HappensAgain
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.said.windows import Among, Every, Milestone, Once, Periodic, Upon, moment_of, window
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.grammar.amounts import Ahead, Event, Unit
from syngraph.grammar.rules import Fact, Obligation, Prohibition

_CURES = frozenset({"cure", "remedy", "remediate", "rectify"})
_BREACHES = frozenset({"breach", "default", "failure", "violation", "nonpayment", "non-payment", "delay"})


def hear(state: State, recorded: RecordedFact, instant: datetime, perhaps: tuple[Reason, ...] = ()) -> bool:
    """Lets every norm that listens for a fact know of it; whether any did. `perhaps` say why it may not have happened."""
    if is_again(state, recorded):
        return True
    listeners, paid = _listeners(state, recorded), paid_off(state, recorded) if state.index.payments else ()
    if not (listeners or paid):
        return False
    heard = False
    seen: set[tuple[str, Use, int]] = set()
    for watch in paid:
        seen.add((watch.slot.id, watch.use, watch.number))
        heard = _heard(state, watch, recorded, instant) or heard
    for watch in listeners:
        mark = (watch.slot.id, watch.use, watch.number)
        if is_part(state, watch, recorded):
            heard = heard or not watch.duties
            continue
        found = met(state, watch, recorded, instant) if mark not in seen else None
        if isinstance(found, Match | Perhaps):
            seen.add(mark)
            doubt = (*perhaps, *((doubt_of(recorded, found.why),) if isinstance(found, Perhaps) else ()))
            heard = _heard(state, watch, recorded, instant, doubt) or heard
    return heard


def hear_paid(state: State, recorded: RecordedFact, instant: datetime) -> None:
    """Lets those who listen for a payment know that what was paid before its time has paid a duty that has just arisen."""
    for watch in paid_off(state, recorded):
        _heard(state, watch, recorded, instant)


def _listeners(state: State, recorded: RecordedFact) -> tuple[Watch, ...]:
    """Those who may listen for a fact, found once for all facts with the same words."""
    event = recorded.fact.event
    shape = (state.text, event.verb, event.object, "" if event.verb else event.text)
    found = state.listeners.get(shape)
    if found is None:
        watches = (watch for key in matching.fact_keys(recorded.fact) for watch in _near(state, key, recorded.fact))
        found = tuple(watch for watch in watches if matching.may_be(watch.event, recorded.fact, state.setting.roles))
        state.listeners[shape] = found
    return found


def _near(state: State, key: str, fact: Fact) -> tuple[Watch, ...]:
    """The norms that listen for a verb or a noun, without those that at once listen for what happens to another thing."""
    place = (state.text, key)
    known = state.watched.get(place)
    if known is None:
        watches, roles = state.index.events.get(key, ()), state.setting.roles
        known = narrowing.row((narrowing.mark_of_event(watch.event, roles), watch) for watch in watches)
        state.watched[place] = known
    return known.of(narrowing.mark_of_what_happened(fact))


def reach(state: State, milestone: Milestone, instant: datetime, reason: Reason) -> None:
    """The agreement begins or ends: an event like any other to the norms that speak of it."""
    for watch in state.index.milestones.get(milestone, ()):
        occasion = Occasion(f"{ON_FACT}{milestone.value}", instant, reasons=(reason,))
        if watch.use is Use.TIME and not tests(watch.slot) and milestone is Milestone.END:
            arise(state, watch.slot, occasion)
        elif watch.use is Use.TEST:
            satisfy(state, watch, occasion)


def breach(state: State, key: Key, instant: datetime) -> None:
    """Lets every norm that speaks of a breach know of it, and notes when its delay will exceed what a text allows."""
    broken = state.instances[key]
    if did_other(state, key):
        return
    for watch in _of(state, broken).breaches.get(key.slot, ()):
        if not _descends(state, broken, watch.slot.id) and _fits(state, watch, broken):
            satisfy(state, watch, _after(state, broken, watch, instant))
    delay_again(state, key)


def delay_again(state: State, key: Key) -> None:
    """Notes when the delay of a breach will exceed what a text allows."""
    broken = state.instances[key]
    for watch in _of(state, broken).delays.get(key.slot, ()) if broken.status is Status.VIOLATED else ():
        if broken.due is not None:
            over = exceeded(state, broken, watch)
            if over >= state.now:
                engage(state, over, Order.LATE, Exceeds(key, watch.slot.id, watch.number))


def _of(state: State, broken: Instance) -> Index:
    """The text by which a breach is a breach: its own, or that which governs where its own does not have the norm."""
    where = state.setting.texts[broken.slot.index]
    return where if broken.key.slot in where.slots else state.index


def exceeded(state: State, broken: Instance, watch: Watch) -> datetime:
    """The first instant at which a delay has lasted for more than a condition says, the time of suspensions left aside."""
    assert watch.delay is not None and broken.due is not None
    calendar = state.calendar
    if watch.delay.unit is Unit.HOUR:
        over = deadline(broken.due, watch.delay, calendar) + timedelta(microseconds=1)
        return over + timedelta(days=paused(state, broken, calendar.day(over)))
    first = first_day_after(calendar.day(broken.due), watch.delay, calendar)
    last = first
    while (moved := first + timedelta(days=paused(state, broken, last))) != last:
        last = moved
    return calendar.start_of(last)


def exceed(state: State, event: Exceeds, instant: datetime) -> None:
    """A delay has lasted long enough, if what was broken still is and was not suspended meanwhile."""
    broken = state.instances[event.broken]
    if broken.status is not Status.VIOLATED or broken.suspended is not None:
        return
    for watch in state.index.delays.get(event.broken.slot, ()):
        if (watch.slot.id, watch.number) == (event.slot, event.number):
            if broken.due is not None and exceeded(state, broken, watch) > instant:
                continue
            occasion = _after(state, broken, watch, instant)
            days = (state.calendar.day(instant) - state.calendar.day(broken.since)).days
            reason = Reason(f"the delay has lasted {days} days, more than the text allows")
            satisfy(state, watch, replace(occasion, reasons=(*occasion.reasons, reason)))


def meet(state: State, section: str, number: str, recorded: RecordedFact, instant: datetime, who: frozenset[str]) -> None:
    """The record says that a condition nobody has read was met, for `who` or for all: the norms of the section that wait
    for it arise.
    """
    for slot in state.index.slots.values():
        if (slot.section, slot.number) != (section, number) or not questions(slot):
            continue
        for principal in who:
            state.personal[slot.id, principal] = (True, recorded)
        if not isinstance(slot.norm, Obligation) or is_standing(slot, state):
            answered(state, slot, recorded, instant)
        elif asks(slot) and not tests(slot) and not isinstance(state.index.plans[slot.id], Periodic | Every | Upon | Among):
            occasion = Occasion(f"{ON_FACT}{recorded.id}", instant, fact=recorded, reasons=(said(recorded),))
            if who:
                for principal in sorted(who):
                    arise_for(state, slot, occasion, (principal,))
            else:
                arise(state, slot, occasion)


def unmeet(state: State, section: str, number: str, recorded: RecordedFact, instant: datetime, who: frozenset[str]) -> None:
    """The record says that a condition nobody has read was not met, or is so no longer, for `who` or for all."""
    for slot in state.index.slots.values():
        if (slot.section, slot.number) == (section, number) and questions(slot):
            for principal in who:
                state.personal[slot.id, principal] = (False, recorded)
            answered(state, slot, recorded, instant)


def answered(state: State, slot: Slot, recorded: RecordedFact, instant: datetime) -> None:
    """The record has told a circumstance: what waited for it begins, and what it held in force waits again."""
    for instance in of_slot(state, slot.id):
        missing = unanswered(state, slot, instance.bearers) is not None
        moved = instance
        if instance.status is Status.PENDING and not missing and not _awaited(state, slot):
            status = Status.IN_FORCE if binds(slot) else Status.AVAILABLE
            moved = replace(instance, status=status, since=instant, reasons=(*instance.reasons, said(recorded)))
        elif missing and not isinstance(slot.norm, Obligation) and instance.status in (Status.IN_FORCE, Status.AVAILABLE):
            moved = replace(instance, status=Status.PENDING, since=instant, reasons=(*instance.reasons, said(recorded)))
        if moved is not instance:
            put(state, replace(moved, facts=(*moved.facts, recorded.id)))
            use(state, recorded, instance.key)


def _awaited(state: State, slot: Slot) -> bool:
    """Whether a condition that can be seen to come true has not."""
    there = state.occasions.get(slot.id, {})
    return any(number not in there for number in tests(slot))


def satisfy(state: State, watch: Watch, occasion: Occasion) -> None:
    """A condition has come true; once all of a norm have, it has an occasion."""
    slot = watch.slot
    test = slot.norm.conditions[watch.number].test if watch.number >= 0 else None
    if isinstance(test, FailsAgain | HappensAgain):
        if (enough := once_more(state, watch, test.again, occasion)) is None:
            return
        occasion = enough
    found = state.occasions.setdefault(slot.id, {})
    found[watch.number] = occasion
    if any(number not in found for number in tests(slot)):
        return
    whole = joined(occasion, found)
    if is_standing(slot, state):
        _make_available(state, slot, whole)
    else:
        plan = state.index.plans[slot.id]
        if isinstance(plan, Periodic | Every):
            period = turn_of(state, slot, plan, state.calendar.day(occasion.instant))
            whole = replace(whole, moment=period.moment or period.last)
        elif isinstance(plan, Once) and plan.moment is not whole.moment:
            whole = replace(whole, moment=plan.moment)
        arise(state, slot, whole)


def _make_available(state: State, slot: Slot, occasion: Occasion) -> None:
    day = state.calendar.day(occasion.instant)
    for group in bearers(state, slot, day, occasion):
        key = next((state.standing[slot.id, bearer] for bearer in group if (slot.id, bearer) in state.standing), None)
        if key is None:
            continue
        instance = state.instances[key]
        told_by = (*occasion.others, *(() if occasion.fact is None else (occasion.fact,)))
        if not all(counts(state, recorded, instance) for recorded in told_by):
            continue
        for reason in occasion.reasons:
            instance = instances.noted(instance, reason)
        instance = instances.questioned(instance, occasion.perhaps)
        if instance.status is Status.PENDING and unanswered(state, slot, instance.bearers) is None:
            status = Status.IN_FORCE if binds(slot) else Status.AVAILABLE
            instance = replace(recalled(state, instance), status=status, since=occasion.instant, source=occasion.source)
            if occasion.source is not None:
                state.dependents[occasion.source] = (*state.dependents.get(occasion.source, ()), key)
        instance = replace(instance, facts=(*instance.facts, *(recorded.id for recorded in told_by)))
        if occasion.fact is not None:
            use(state, occasion.fact, key)
        put(state, instance)


def _heard(state: State, watch: Watch, recorded: RecordedFact, instant: datetime, perhaps: tuple[Reason, ...] = ()) -> bool:
    slot = watch.slot
    bound = matching.actors(recorded.fact, state.setting.roles)
    before = ground_of(state, recorded)
    occasion = Occasion(
        f"{ON_FACT}{recorded.id}",
        instant,
        None,
        bound,
        watch.event.actor,
        recorded,
        reasons=(*(before.reasons if before else ()), said(recorded)),
        others=before.facts if before else (),
        perhaps=perhaps,
    )
    match watch.use:
        case Use.TEST:
            satisfy(state, watch, occasion)
            return True
        case Use.BAR:
            return bar(state, slot, recorded, instant, perhaps)
        case Use.UNTIL:
            return end_of_use(state, slot, recorded, instant, perhaps)
        case Use.TIME:
            if SHADOW in slot.id and slot.act.verb in _CURES:
                return _put_on_notice(state, slot, recorded, instant)
            return _timed(state, slot, watch, replace(occasion, bound=frozenset()))


def _timed(state: State, slot: Slot, watch: Watch, occasion: Occasion) -> bool:
    if isinstance(plan := state.index.plans.get(slot.id), Among):
        return reached(state, slot, plan, watch.number, occasion)
    may_wait = tests(slot) or awaited(slot) is not None
    waiting = [
        instance
        for instance in (open_of(state, slot.id) if may_wait else ())
        if instance.awaits is not None
        and instance.due is None
        and instance.arisen <= occasion.instant
        and (occasion.fact is None or counts(state, occasion.fact, instance))
    ]
    for instance in waiting:
        _come(state, instance, watch.event, occasion)
    if tests(slot):
        return bool(waiting)
    if awaited(slot) is not None:
        arise(state, slot, Occasion(f"after {occasion.key}", occasion.instant, perhaps=occasion.perhaps))
        return True
    if any(isinstance(time, Ahead) for time in slot.norm.times):
        _look_back(state, slot, occasion)
    else:
        arise(state, slot, occasion)
    return True


def _come(state: State, instance: Instance, event: Event, occasion: Occasion) -> None:
    """The event that an instance waited for has happened and sets its deadline."""
    times = tuple(time for time in instance.slot.norm.times if moment_of(time) == event)
    bounds = window(times, occasion.instant, None, state.calendar)
    moved = replace(
        instance,
        since=occasion.instant if instance.status is Status.IN_FORCE else instance.since,
        due=bounds.due,
        opens=bounds.opens if bounds.opens is not None else instance.opens,
        awaits=None,
        reasons=(*instance.reasons, *occasion.reasons),
        perhaps=(*instance.perhaps, *occasion.perhaps),
        facts=(*instance.facts, occasion.fact.id) if occasion.fact is not None else instance.facts,
    )
    put(state, moved)
    if bounds.due is not None:
        engage(state, bounds.due, Order.CLOSE, Closes(instance.key))


def _look_back(state: State, slot: Slot, occasion: Occasion) -> None:
    """The event before which something was to be done has happened: was it done?"""
    day = state.calendar.day(occasion.instant)
    bounds = window(slot.norm.times, occasion.instant, day, state.calendar)
    first = min(bounds.due or occasion.instant, occasion.instant)
    found = arise(state, slot, replace(occasion, instant=max(first, state.started or first), moment=day))
    for key in found:
        instance = state.instances[key]
        for recorded in state.heard.get(slot.act.verb, ()):
            if _did(state, instance, recorded, slot) and counts(state, recorded, instance):
                done = state.calendar.at(recorded.fact.day, recorded.fact.time)
                if bounds.opens is not None and done < bounds.opens:
                    continue
                part, left = parts_of(state, instance, recorded)
                if left:
                    still = Reason(f"that is part of it: {left} still to come")
                    instance = instances.partly(instance, part, said(recorded), still, recorded.id)
                    put(state, instance)
                    use(state, recorded, key)
                    continue
                if bounds.due is not None and done > bounds.due:
                    late = Reason(f"not done by {written_day(state.calendar.day(bounds.due))}")
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


def _put_on_notice(state: State, slot: Slot, recorded: RecordedFact, instant: datetime) -> bool:
    """Notice of a breach: whoever is in breach and did not give it has the time of the text to cure it."""
    about = noun(recorded.fact.event.object)
    if about.complement is not None and about.complement.head not in _BREACHES:
        return False
    givers = matching.actors(recorded.fact, state.setting.roles)
    named = state.setting.roles.meant(recorded.fact.event.to, recorded.fact.day) if recorded.fact.event.to else frozenset[str]()
    if recorded.fact.event.to and not named:
        return False  # nobody in the register was told
    found = False
    for broken in tuple(state.instances.values()):
        who = frozenset(broken.bearers) - {THE, ANYBODY}
        if broken.status is not Status.VIOLATED or SHADOW in broken.key.slot or who & givers or (named and not who & named):
            continue
        section = recorded.fact.under or matching.section_in(recorded.fact.event.object)
        if section and not broken.slot.is_in(section):
            continue
        occasion = Occasion(
            f"{ON_FACT}{recorded.id} {broken.key.slot} {broken.key.occasion}",
            instant,
            None,
            who,
            "",
            recorded,
            broken.key,
            (*broken.reasons[-1:], said(recorded)),
        )
        for principal in sorted(who):
            arise_for(state, slot, occasion, (principal,))
            found = True
    return found


def _descends(state: State, broken: Instance, slot: str) -> bool:
    """Whether a duty came, at last, from a breach by way of a norm: then its own breach does not set that norm going again."""
    source = broken.source
    while source is not None:
        if source.slot == slot:
            return True
        source = state.instances[source].source if source in state.instances else None
    return False


def _fits(state: State, watch: Watch, broken: Instance) -> bool:
    """Whether those whom a condition names are among those who broke a norm."""
    phrase = watch.event.actor
    if not phrase or SHADOW in broken.key.slot:
        return True
    meant = state.setting.roles.meant(phrase, state.calendar.day(broken.since))
    who = set(broken.bearers)
    return plain(phrase) in who or ANYBODY in who or not meant or bool(meant & who)


def _after(state: State, broken: Instance, watch: Watch, instant: datetime) -> Occasion:
    """The occasion that a breach gives."""
    who = frozenset(broken.bearers) - {THE, ANYBODY}
    meant = state.setting.roles.meant(watch.event.actor, state.calendar.day(broken.since)) if watch.event.actor else who
    who = (who & meant) or who
    source = broken.source if SHADOW in broken.key.slot and broken.source is not None else broken.key
    role = watch.event.actor or (broken.slot.norm.bearer.roles[0] if broken.slot.norm.bearer is not None else "")
    key = f"breach {broken.key.slot} {broken.key.bearer} {broken.key.occasion}"
    if isinstance(broken.slot.norm, Prohibition) and broken.facts:
        key += f" {broken.facts[-1]}"
    return Occasion(key, instant, None, who, role, None, source, broken.reasons)
