"""The reasons of a verdict as people read them: by which text, through which facts, and how amounts were worked out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from operator import is_

from syngraph.engine.norms.days.dating import day
from syngraph.engine.norms.judged.counting import counted
from syngraph.engine.norms.life.accruing import circumstances, is_growing, owed, reckon
from syngraph.engine.norms.life.course import State
from syngraph.engine.norms.life.instances import OWING, Instance, Reason, Status
from syngraph.engine.norms.life.weighing import word
from syngraph.engine.norms.said.texts import Slot, place_of
from syngraph.engine.norms.sums.money import Unsettled, names_in, written
from syngraph.engine.norms.sums.reckoning import balanced
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.wording import plain
from syngraph.grammar.amounts import Amount, Capped, Money

_LINK = re.compile(r"\[\]\(#([^)]+)\)")
_RECKONED = (*OWING, Status.FULFILLED, Status.CURED)


def reasons_of(state: State, instance: Instance, signed: Mapping[Reason, RecordedFact]) -> tuple[Reason, ...]:
    """What led to an instance as it stands, in order; the sentence of its norm is followed by how its amount came about.

    `signed` are the facts that somebody has signed, by the reason that each is: they are told with by whose word.
    """
    source = state.instances.get(instance.source) if instance.source is not None else None
    found: list[Reason] = []
    for reason in instance.reasons:
        if _tells(reason, instance.slot):
            found.append(_by_text(state, instance.slot, reason, instance.arisen))
            how = counted(instance, state.calendar)
            found += [Reason(how)] if how else []
            found += _amount(state, instance)
        elif source is not None and _tells(reason, source.slot):
            found.append(_by_text(state, source.slot, reason, source.arisen))
        else:
            found.append(reason)
    found += _left(state, instance)
    if signed:
        found = [_by_word(state, instance, reason, signed.get(reason)) for reason in found]
    found = [reason if "](#" not in reason.text else _with_numbers(state, reason) for reason in found]
    is_same = len(found) == len(instance.reasons) and all(map(is_, found, instance.reasons))
    return instance.reasons if is_same else tuple(found)


def _tells(reason: Reason, slot: Slot) -> bool:
    """Whether a reason is the sentence of a norm."""
    return reason.text == slot.cited and reason.place == slot.place


def _by_word(state: State, instance: Instance, reason: Reason, recorded: RecordedFact | None) -> Reason:
    if recorded is None:
        return reason
    return replace(reason, text=f"{reason.text.removesuffix('.')}, {word(state, recorded, instance)}")


def _amount(state: State, instance: Instance) -> Iterator[Reason]:
    """How the amount of an instance was worked out, after the facts on which that depends and that came after the breach."""
    if instance.amount is None or instance.status not in _RECKONED:
        return
    calendar = state.calendar
    source = state.instances.get(instance.source) if instance.source is not None else None
    given = circumstances(state, instance, calendar.day(state.now))
    if instance.owed is not None:
        given = circumstances(state, instance, calendar.day(instance.arisen))
    line = reckon(state, instance.key.slot, instance.amount, given, with_line=True).line
    if source is not None and source.owed is not None and given.overdue is not None and given.overdue != source.owed:
        yield Reason(balanced(source.owed, source.owed.amount - given.overdue.amount))
    if source is not None and instance.owed is None:
        known = {(each.text, each.place) for each in instance.reasons}
        yield from (each for each in source.reasons if each.place is not None and (each.text, each.place) not in known)
    yield from _defined(state, instance.slot, instance.amount)
    if line:
        yield Reason(f"{line} so far" if is_growing(state, instance) else line)
    yield from _bounds(state, instance, reckon(state, instance.key.slot, instance.amount, given).come_to)


def _bounds(state: State, instance: Instance, come_to: Money | Unsettled) -> Iterator[Reason]:
    """The caps by which less is owed than what an amount comes to by itself."""
    found = state.setting.texts[instance.slot.index].given.caps.get(instance.key.slot, ())
    whole = owed(state, instance, state.calendar.day(state.now)) if found else None
    if isinstance(whole, Money) and whole != come_to:
        for cap in found:
            number = cap.placed.clause.number
            yield Reason(
                f"{f'section {number}: ' if number else ''}{cap.placed.clause.sentence.text.strip()}",
                place_of(cap.placed.clause),
            )
        yield Reason(f"{written(whole)} of it is owed by that")


def _defined(state: State, slot: Slot, amount: Amount) -> Iterator[Reason]:
    """The sentences that say how much the terms of an amount are."""
    given = state.setting.texts[slot.index].given
    open_, seen = [*_terms(amount)], set[str]()
    while open_:
        term = plain(open_.pop(0))
        placed = given.definitions.get(term)
        if placed is not None and term not in seen:
            seen.add(term)
            where = f"section {placed.clause.number}: " if placed.clause.number else ""
            yield Reason(f"{where}{placed.clause.sentence.text.strip()}", place_of(placed.clause))
            open_ += _terms(given.amounts[term])


def _terms(amount: Amount) -> tuple[str, ...]:
    return (*names_in(amount), *(names_in(amount.cap) if isinstance(amount, Capped) else ()))


def _left(state: State, instance: Instance) -> Iterator[Reason]:
    """What is left after part payments."""
    if instance.status not in OWING or not instance.payments:
        return
    whole = owed(state, instance, state.calendar.day(state.now))
    if isinstance(whole, Money):
        yield Reason(balanced(whole, instance.paid))


def unsettled(rest: Money | Unsettled | None) -> tuple[Reason, ...]:
    """Why it cannot be told what is to be paid, empty where it can."""
    return (Reason(rest.reason),) if isinstance(rest, Unsettled) else ()


def _by_text(state: State, slot: Slot, reason: Reason, arisen: datetime) -> Reason:
    """The sentence of a norm, with the day of the text that governs where another text says otherwise."""
    if not _says_otherwise(state, slot):
        return reason
    when = day(state.calendar.day(arisen))
    where, sign, sentence = reason.text.partition(": ")
    return replace(reason, text=f"{where}, by the text in force on {when}{sign}{sentence}")


def _says_otherwise(state: State, slot: Slot) -> bool:
    """Whether another of the texts has the norm in other words, with other amounts, or not at all."""
    if len(state.setting.texts) == 1:
        return False
    others = (text for number, text in enumerate(state.setting.texts) if number != slot.index)
    terms = state.setting.texts[slot.index].given.amounts
    return any(
        other.slots.get(slot.id) is None
        or other.slots[slot.id].norm != slot.norm
        or (slot.act.amount is not None and other.given.amounts != terms)
        for other in others
    )


def _with_numbers(state: State, reason: Reason) -> Reason:
    """A reason with the numbers of the sections that a fact names by their ids."""
    return replace(reason, text=_LINK.sub(lambda link: _number(state, link[1]) or link[0], reason.text))


def _number(state: State, section: str) -> str:
    number = next((slot.number for slot in state.index.slots.values() if slot.section == section), "")
    return f"section {number}" if number else ""
