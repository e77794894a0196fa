"""How an agreement ends: by its term, unless it is renewed, or by an act; what ends with it, and what outlives it.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from datetime import date, datetime, timedelta

from syngraph.engine.norms.acts import performing, steering
from syngraph.engine.norms.days.calendar import term_end, within
from syngraph.engine.norms.life import instances, listening
from syngraph.engine.norms.life.agenda import Ends, Order, SurvivalEnds
from syngraph.engine.norms.life.course import State, engage, instant_of, of_slot, put
from syngraph.engine.norms.life.instances import Key, Reason, Status
from syngraph.engine.norms.life.weighing import counts_for
from syngraph.engine.norms.said.index import NEGATIVE
from syngraph.engine.norms.said.matching import Match, event_keys, event_of
from syngraph.engine.norms.said.texts import Slot, place_of, survives
from syngraph.engine.norms.said.windows import Milestone, resolved
from syngraph.grammar.amounts import After, Day, Duration
from syngraph.grammar.rules import Condition, Happens, Mode, Obligation, Renewal, Term, Unknown


def engage_end(state: State, text: int, known: date | None = None) -> None:
    """Puts the end of the term on the agenda, the one already known where the new text says the same."""
    term = state.setting.texts[text].given.term
    if term is None or state.started is None:
        state.term = None
        return
    rule, placed = term
    calendar = state.calendar
    why = Reason(placed.clause.sentence.text.strip(), place_of(placed.clause))
    last = known if known is not None else _last_day(state, rule, text)
    state.term = last
    if last is not None:
        engage(state, calendar.end_of(last), Order.END, Ends(text, why))


def _last_day(state: State, rule: Term, text: int) -> date | None:
    """The last day of the term, None while nothing tells it."""
    given, calendar = state.setting.texts[text].given, state.calendar
    assert state.started is not None
    start = calendar.day(state.started)
    match rule.end:
        case Duration():
            return term_end(start, rule.end, calendar)
        case After(duration, after):
            moment = resolved(after, given)
            base = moment.date if isinstance(moment, Day) else start if moment is Milestone.START else None
            if base is None:
                return None
            return base if duration is None else within(base, duration, calendar)
        case _:
            moment = resolved(rule.end, given)
            return moment.date if isinstance(moment, Day) else None


def end(state: State, text: int, instant: datetime, reason: Reason) -> None:
    """The agreement ends by the term of a text, unless it is renewed or another term holds by then, or (-1) by an act."""
    if state.ended is not None or (text >= 0 and not _is_due(state, text, instant)):
        return
    given = state.index.given
    if text >= 0 and given.renewal is not None:
        rule, placed = given.renewal
        if not _renewal_is_barred(state, rule, instant):
            questions = [condition for condition in rule.conditions if isinstance(condition.test, Unknown)]
            why = Reason(placed.clause.sentence.text.strip(), place_of(placed.clause))
            if questions and state.conditions.get(placed.clause.section, (None, None))[0] is not False:
                state.uncertain = (Reason(f"nothing tells whether the agreement was renewed: {why.text}", why.place),)
            calendar = state.calendar
            last = term_end(calendar.day(instant) + timedelta(days=1), rule.duration, calendar)
            state.term = last
            engage(state, calendar.end_of(last), Order.END, Ends(text, why))
            return
    state.ended = instant
    for key, instance in tuple(state.instances.items()):
        if instance.status not in instances.LIVE or instance.arisen > instant:
            continue
        survival = survives(instance.slot, given)
        if survival is not None:
            if survival.duration is not None:
                last = term_end(state.calendar.day(instant) + timedelta(days=1), survival.duration, state.calendar)
                engage(state, state.calendar.end_of(last), Order.END, SurvivalEnds(key.slot))
        elif not _has_accrued(key, instance.status, instance.slot):
            put(state, instances.terminated(instance, instant, reason))
    steering.end_suspensions(state, instant)
    performing.settle_grown(state, instant)
    state.turns = {
        slot: occasion for slot, occasion in state.turns.items() if survives(state.index.slots[slot], given) is not None
    }
    listening.reach(state, Milestone.END, instant, reason)


def _is_due(state: State, text: int, instant: datetime) -> bool:
    """Whether the end of a term is still the one that holds: no other text governs, and it was not extended."""
    return text == state.text and state.term is not None and state.calendar.end_of(state.term) == instant


def doubt_end(state: State, instant: datetime, reason: Reason) -> None:
    """Nobody can tell whether the agreement ended: nor how what would have ended with it stands."""
    if state.ended is not None:
        return
    state.uncertain = (*state.uncertain, reason)
    for key, instance in tuple(state.instances.items()):
        lives = instance.status in instances.LIVE and instance.arisen <= instant
        if (
            lives
            and survives(instance.slot, state.index.given) is None
            and not _has_accrued(key, instance.status, instance.slot)
        ):
            put(state, instances.doubted(instance, reason))


def _has_accrued(key: Key, status: Status, slot: Slot) -> bool:
    """Whether a duty came from an event or a breach before the end, so that the end does not take it away."""
    kept = isinstance(slot.norm, Obligation) and slot.norm.mode is Mode.ACHIEVE
    return kept and status is Status.IN_FORCE and key.occasion.startswith(("on ", "breach "))


def _renewal_is_barred(state: State, rule: Renewal, instant: datetime) -> bool:
    return any(_has_happened(state, condition, instant) for condition in rule.conditions if condition.link in NEGATIVE)


def _has_happened(state: State, condition: Condition, instant: datetime) -> bool:
    if not isinstance(condition.test, Happens):
        return False
    event = condition.test.event
    return any(
        instant_of(state, recorded) <= instant
        and isinstance(event_of(event, recorded.fact, state.setting.roles), Match)
        and counts_for(state, recorded, None, ())
        for key in event_keys(event)
        for recorded in state.heard.get(key, ())
    )


def end_of_survival(state: State, slot: str, instant: datetime) -> None:
    """What outlived the agreement for a time ends too."""
    reason = Reason("the time for which the section outlives the agreement is over")
    for instance in of_slot(state, slot):
        put(state, instances.expired(instance, instant, reason))
