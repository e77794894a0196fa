"""What becomes of something by itself, once its time has come: acts that count as done, sums that change, what falls due.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from heapq import heapify

from syngraph.engine.norms.acts.performing import settle
from syngraph.engine.norms.days.dating import day as written_day
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.accruing import circumstances
from syngraph.engine.norms.life.agenda import Becomes, Closes, Occasion, Opens, Order
from syngraph.engine.norms.life.arising import may_arise
from syngraph.engine.norms.life.bearing import bearers
from syngraph.engine.norms.life.charging import PAYING
from syngraph.engine.norms.life.course import Deemed, State, engage, instant_of, of_slot, open_of, put, told
from syngraph.engine.norms.life.instances import LIVE, Instance, Key, Reason, Status
from syngraph.engine.norms.life.listening import hear
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.index import SHADOW, not_done, tests
from syngraph.engine.norms.said.matching import Match
from syngraph.engine.norms.said.texts import Slot, refers
from syngraph.engine.norms.said.windows import Every, Periodic, window
from syngraph.engine.norms.sums.money import Circumstances, Unsettled, evaluate, grows, names_in, written
from syngraph.engine.norms.told.facts import Origin, RecordedFact
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.engine.text.provenance import Place
from syngraph.grammar.amounts import Event, Instalments, Money
from syngraph.grammar.references import sections
from syngraph.grammar.rules import Change, Effect, Fact, Obligation, Permission, Power

_NOWHERE = Place("", 1, 1)
_NOTHING = Decimal(0)
_RESTS = frozenset({"balance", "remainder", "rest", "instalment", "payment", "amount", "sum", "debt", "arrears", "total"})
"""Nouns for whatever is still to be paid."""


def become(state: State, coming: Becomes, instant: datetime) -> None:
    """Lets a change take effect, if the text in force still says so, or an event set it going by the text of its time."""
    occasion, said = coming.occasion, state.index.slots.get(coming.slot)
    if said is None and occasion.fact is not None:
        said = state.setting.texts[coming.text].slots.get(coming.slot)
    if said is None or said.change is None or not may_arise(state, said, occasion, instant):
        return
    if isinstance(said.placed.rule, Permission | Power) and not _is_used(state, said, occasion):
        return
    match said.change.effect:
        case Effect.DEEMED | Effect.PASSES | Effect.OCCURS:
            _count_as_happened(state, said, said.change, occasion, instant)
        case Effect.REDUCED | Effect.INCREASED:
            _reckon_anew(state, said, said.change, occasion, instant)
        case Effect.DUE:
            _fall_due(state, said, said.change, occasion, instant)
        case Effect.DISAPPLIED:
            _bar(state, said, said.change, occasion, instant)
        case Effect.REMAINS:
            pass  # it was so before, and nobody owes anything by it


def _is_used(state: State, said: Slot, occasion: Occasion) -> bool:
    """Whether a fact was the use of the right that a change comes from."""
    used = state.used.get(occasion.fact.id, ()) if occasion.fact is not None else ()
    rights = (state.instances[key] for key in used if key in state.instances)
    return any(one.slot.placed.id == said.placed.id and one.status in (Status.EXERCISED, Status.EXHAUSTED) for one in rights)


def _reasons(said: Slot, occasion: Occasion) -> tuple[Reason, ...]:
    return (*occasion.reasons, told(said))


# -- what counts as having happened ------------------------------------------------------------------------------------


def _count_as_happened(state: State, said: Slot, change: Change, occasion: Occasion, instant: datetime) -> None:
    """A fact that nobody tells: whoever listens for such an act hears of it. It performs nothing."""
    assert change.event is not None
    if change.effect is Effect.DEEMED and _has_happened(state, change.event, occasion):
        return
    day = state.calendar.day(instant)
    event = change.event
    if not event.actor and change.effect is Effect.DEEMED and any(not_done(each) for each in said.norm.conditions):
        # Whoever let the time pass counts as having acted.
        name = state.setting.roles.name(next(iter(occasion.bound))) if len(occasion.bound) == 1 else ""
        event = replace(event, actor=name)
    what = "counts as happening" if change.effect is Effect.OCCURS else "is so"
    if change.effect is Effect.DEEMED:
        what = "counts as done"
    recorded = RecordedFact(
        f"{said.id} {occasion.key}",
        Fact(day, event),
        said.place or _NOWHERE,
        f"By the text, this {what} on {written_day(day)}: {change.event.text}.",
        origin=Origin.TEXT,
    )
    source = state.instances.get(occasion.source) if occasion.source is not None else None
    hangs_on = [fact for fact in (occasion.fact, *occasion.others) if fact is not None]
    hangs_on += [state.facts[one] for one in (source.facts if source is not None else ()) if one in state.facts]
    ground = Deemed(recorded, said, instant, occasion.source, _reasons(said, occasion), tuple(dict.fromkeys(hangs_on)))
    state.deemed = (*state.deemed, ground)
    state.facts[recorded.id] = recorded
    hear(state, recorded, instant, occasion.perhaps)
    if not occasion.perhaps:
        for key in matching.fact_keys(recorded.fact):
            state.heard.setdefault(key, []).append(recorded)


def _has_happened(state: State, event: Event, occasion: Occasion) -> bool:
    """Whether somebody has done it already since what set the time going."""
    source = state.instances.get(occasion.source) if occasion.source is not None else None
    since = source.arisen if source is not None else occasion.instant
    return any(
        instant_of(state, recorded) >= since and isinstance(matching.event_of(event, recorded.fact, state.setting.roles), Match)
        for recorded in state.heard.get(event.verb, ())
    )


# -- sums --------------------------------------------------------------------------------------------------------------


def _reckon_anew(state: State, said: Slot, change: Change, occasion: Occasion, instant: datetime) -> None:
    """A term stands for another sum from now on; what is still owed of it is reckoned anew, but not what recurs."""
    term = plain(change.subject)
    amounts = {**state.index.given.amounts, **state.changed}
    before = evaluate(amounts[term], Circumstances(amounts)) if term in amounts else None
    by = evaluate(change.by, Circumstances(amounts)) if change.by is not None else None
    known = isinstance(before, Money) and isinstance(by, Money) and before.currency == by.currency
    if not known or occasion.perhaps or not isinstance(before, Money) or not isinstance(by, Money):
        why = occasion.perhaps or (Reason(f"nothing tells how much {change.subject} comes to after that", said.place),)
        _leave_open(state, [one for one in _owing(state) if _is_about(one, term, change.subject)], why)
        return
    moved = before.amount - by.amount if change.effect is Effect.REDUCED else before.amount + by.amount
    after = Money(max(moved, _NOTHING), before.currency)
    state.changed = {**state.changed, term: after}
    why = (*_reasons(said, occasion), Reason(f"{change.subject} is {written(after)} from then on, not {written(before)}"))
    for one in _owing(state):
        if _hangs_on(one, term) and not isinstance(state.index.plans.get(one.key.slot), Periodic | Every):
            _reprice(state, one, why, instant)


def _reprice(state: State, one: Instance, why: tuple[Reason, ...], instant: datetime) -> None:
    assert one.amount is not None
    moved = replace(one, reasons=(*one.reasons, *why))
    if not grows(one.amount):
        come_to = evaluate(one.amount, circumstances(state, one, state.calendar.day(instant)))
        if isinstance(come_to, Unsettled):
            put(state, instances.doubted(moved, Reason(come_to.reason)))
            return
        moved = replace(moved, owed=come_to)
    put(state, moved)
    settle(state, moved.key, instant)


def _owing(state: State) -> list[Instance]:
    return [
        one for one in state.instances.values() if one.status in (Status.IN_FORCE, Status.VIOLATED) and one.amount is not None
    ]


def _hangs_on(one: Instance, term: str) -> bool:
    return one.amount is not None and any(plain(name) == term for name in names_in(one.amount))


def _is_about(one: Instance, term: str, subject: str) -> bool:
    return _hangs_on(one, term) or noun(one.slot.act.object).head == noun(subject).head


def _leave_open(state: State, found: list[Instance], why: tuple[Reason, ...]) -> None:
    for one in found:
        for reason in why:
            one = instances.doubted(one, reason)
        put(state, one)


# -- what falls due ----------------------------------------------------------------------------------------------------


def _fall_due(state: State, said: Slot, change: Change, occasion: Occasion, instant: datetime) -> None:
    """What is still to be paid is due by the end of the day, or of the time that the text gives."""
    slots = tuple(_meant(state, change, occasion))
    if not slots or occasion.perhaps:
        why = occasion.perhaps or (Reason(f"nothing tells what is due as {change.subject}", said.place),)
        _leave_open(state, _owing(state), why)
        return
    due = window(said.norm.times, instant, None, state.calendar).due or state.calendar.end_of(state.calendar.day(instant))
    why = _reasons(said, occasion)
    for slot in slots:
        for one in open_of(state, slot.id):
            if one.due is None or one.due > due:
                put(state, replace(one, due=due, awaits=None, reasons=(*one.reasons, *why)))
                engage(state, due, Order.CLOSE, Closes(one.key))
        parts = next((time for time in slot.norm.times if isinstance(time, Instalments)), None)
        if parts is not None:
            _rest(state, slot, parts, occasion, instant, due, why)


def _meant(state: State, change: Change, occasion: Occasion) -> Iterator[Slot]:
    """The duties to pay that fall due: that which was broken where it is paid in instalments, else those of its subject."""
    duties = [
        slot
        for slot in state.index.slots.values()
        if isinstance(slot.norm, Obligation) and SHADOW not in slot.id and slot.act.verb in PAYING and not tests(slot)
    ]
    broken = next((slot for slot in duties if occasion.source is not None and slot.id == occasion.source.slot), None)
    about = noun(change.subject)
    rest = about.head in _RESTS
    if broken is not None and rest and any(isinstance(time, Instalments) for time in broken.norm.times):
        yield broken
        return
    term = plain(change.subject.removeprefix("the whole ").removeprefix("the entire ").removeprefix("the outstanding "))
    thing = about.complement.head if rest and about.complement is not None else noun(term).head
    for slot in duties:
        named = slot.act.amount is not None and any(noun(name).head == thing for name in names_in(slot.act.amount))
        if named or noun(slot.act.object).head == thing:
            yield slot


def _rest(
    state: State, slot: Slot, parts: Instalments, occasion: Occasion, instant: datetime, due: datetime, why: tuple[Reason, ...]
) -> None:
    """The instalments that have not come yet, as one sum; none of them comes any more."""
    state.agenda[:] = [entry for entry in state.agenda if not (isinstance(entry[3], Opens) and entry[3].slot == slot.id)]
    heapify(state.agenda)
    there = [one for one in of_slot(state, slot.id) if one.key.occasion != _REST]
    if any(one.owed is None for one in there):
        _leave_open(state, there, (Reason(f"nothing tells how much is left of what {slot.cited} asks for"),))
        return
    terms = {**state.index.given.amounts, **state.changed}
    whole = evaluate(slot.act.amount, Circumstances(terms)) if slot.act.amount is not None and parts.each is None else None
    if parts.each is not None:
        whole = Money(parts.each.amount * parts.count, parts.each.currency)
    if not isinstance(whole, Money) or any(one.owed is not None and one.owed.currency != whole.currency for one in there):
        _leave_open(state, there, (Reason(f"nothing tells how much is left of what {slot.cited} asks for"),))
        return
    left = Money(whole.amount - sum((one.owed.amount for one in there if one.owed is not None), _NOTHING), whole.currency)
    if left.amount <= 0:
        return
    how = Reason(
        f"{written(whole)} in {parts.count} instalments, less {len(there)} that had fallen due or had a day: {written(left)}"
    )
    for group in bearers(state, slot, state.calendar.day(instant), replace(occasion, source=None)):
        key = Key(slot.id, " ".join(group), _REST)
        if key in state.instances:
            continue
        facts = (occasion.fact.id,) if occasion.fact is not None else ()
        put(
            state,
            Instance(
                key, slot, group, Status.IN_FORCE, instant, instant, None, due, left, left, reasons=(*why, how), facts=facts
            ),
        )
        engage(state, due, Order.CLOSE, Closes(key))


_REST = "rest"
"""The occasion of instalments that are due before their days."""


# -- what does not apply -----------------------------------------------------------------------------------------------


def _bar(state: State, said: Slot, change: Change, occasion: Occasion, instant: datetime) -> None:
    """Sections ask and allow nothing from now on; what was broken stays broken."""
    named = sections(change.subject) or (said.number or f"#{said.section}",)
    found = [
        one
        for one in state.instances.values()
        if SHADOW not in one.key.slot and any(refers(section, one.slot.section, one.slot.number) for section in named)
    ]
    live = [one for one in found if one.status in LIVE]
    if occasion.perhaps:
        _leave_open(state, live, occasion.perhaps)
        return
    why = _reasons(said, occasion)
    for one in live:
        moved = replace(one, reasons=(*one.reasons, *why[:-1]))
        is_duty = isinstance(one.slot.norm, Obligation)
        put(state, (instances.discharged if is_duty else instances.expired)(moved, instant, why[-1]))
    state.barred = (*state.barred, *((section, why[-1]) for section in named))
