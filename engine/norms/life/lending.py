"""What is outstanding of a loan or a price on a day: what was lent or is asked for, less what has been paid of it.

Where the text defines it by what has not been repaid of a sum, the whole sum is outstanding from the beginning; else what has
been paid out of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from heapq import heapify

from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.agenda import Opens
from syngraph.engine.norms.life.course import State, of_slot, open_of, put, told
from syngraph.engine.norms.life.instances import ANYBODY, THE, Instance, Key, Reason, Status
from syngraph.engine.norms.said.texts import Provisions, Slot
from syngraph.engine.norms.sums.money import Circumstances, Stretch, evaluate, grows, is_outstanding, names_in
from syngraph.engine.norms.words.wording import plain, words_of
from syngraph.grammar.amounts import Money

_REPAYING = frozenset({"pay", "repay", "return", "reimburse", "refund"})
_LENDING = frozenset({"pay", "lend", "advance", "disburse", "transfer"})
_NOT_REPAID = re.compile(r"\b(?:not (?:yet )?(?:been )?(?:re)?paid|outstanding|unpaid|remaining)\b")
_OUTSTANDING = re.compile(r"^outstanding\s")


@dataclass(frozen=True, slots=True)
class Loan:
    """A sum that is lent: by which name the text speaks of what is outstanding of it, by which of the whole, and how much.

    `whole` says that all of it is outstanding from the beginning.
    """

    name: str
    of: str
    sum: Money
    whole: bool


def loan_of(slot: Slot, given: Provisions) -> Loan | None:
    """The loan of which a norm asks for interest or repayment, None where it speaks of none or the text does not tell which."""
    names = () if slot.act.amount is None else names_in(slot.act.amount)
    for name in map(plain, names):
        if name in given.amounts or not is_outstanding(name):
            continue
        body = given.bodies.get(name, "")
        whole = bool(_NOT_REPAID.search(body))
        phrase = plain(body if whole else _OUTSTANDING.sub("", name))
        of = max((term for term in given.amounts if re.search(rf"\b{re.escape(term)}\b", phrase)), key=len, default="")
        come_to = evaluate(given.amounts[of], Circumstances(given.amounts)) if of else None
        if isinstance(come_to, Money):
            return Loan(name, of, come_to, whole)
    return None


def outstanding(state: State, loan: Loan, bearers: tuple[str, ...], until: date) -> tuple[tuple[date, Money], ...]:
    """From which day on how much is outstanding for borrowers, up to a day; the first is what was so from the beginning."""
    moves = sorted(_moves(state, loan, frozenset(bearers) - {THE, ANYBODY}), key=lambda move: move[0])
    balance = loan.sum.amount if loan.whole else Decimal(0)
    found = [(date.min, Money(balance, loan.sum.currency))]
    for day, change in moves:
        if day <= until:
            balance = max(balance + change, Decimal(0))
            found.append((day, Money(balance, loan.sum.currency)))
    return tuple(found)


def stretches(state: State, loan: Loan, bearers: tuple[str, ...], start: date | None, end: date) -> tuple[Stretch, ...]:
    """The times from a day (None: the first on which something is outstanding) up to another, each with its balance."""
    steps = outstanding(state, loan, bearers, end)
    first = start if start is not None else next((day for day, money in steps if money.amount), None)
    if first is None or first == date.min:
        return ()
    end = max(first, end)
    bounds = [max(day, first) for day, _ in steps[1:]] + [end]
    begins = [first, *bounds[:-1]]
    return tuple(Stretch(a, b, money) for a, b, (_, money) in zip(begins, bounds, steps, strict=True) if a < b) or (
        Stretch(first, end, steps[-1][1]),
    )


def _moves(state: State, loan: Loan, borrowers: frozenset[str]) -> Iterator[tuple[date, Decimal]]:
    for instance in state.instances.values():
        if _is_lent_whole(instance, loan) and not borrowers & set(instance.bearers) and instance.settled is not None:
            yield state.calendar.day(instance.settled), loan.sum.amount
        if not instance.payments or not _is_about(instance, loan):
            continue
        owes, verb = bool(borrowers & set(instance.bearers)), instance.slot.act.verb
        for payment in instance.payments:
            if payment.money.currency != loan.sum.currency:
                continue
            if owes and verb in _REPAYING:
                yield state.calendar.day(payment.instant), -payment.money.amount
            elif not owes and verb in _LENDING and not loan.whole:
                yield state.calendar.day(payment.instant), payment.money.amount


def _is_lent_whole(instance: Instance, loan: Loan) -> bool:
    """Whether all that is lent was, by a fact that names the loan and no sum (`advanced the Loan`)."""
    if loan.whole or instance.payments or instance.status not in (Status.FULFILLED, Status.CURED):
        return False
    return instance.slot.act.verb in _LENDING and words_of(instance.slot.act.object) == words_of(f"the {loan.of}")


def _is_about(instance: Instance, loan: Loan) -> bool:
    """Whether what an instance asks for is the loan or a part of it, and not what it costs."""
    act = instance.slot.act
    if act.amount is not None and grows(act.amount):
        return False
    said, words = words_of(act.object), words_of(loan.of)
    return any(said[at : at + len(words)] == words for at in range(len(said)))


def paid_of(state: State, instance: Instance) -> Decimal:
    """What had been paid of the whole of which an instance asks for what is outstanding when it arose: each payment once."""
    slot = instance.key.slot
    parts = _by_fact(state, state.index.parts.get(slot, ()), instance)
    rest = _by_fact(state, (slot,), instance)
    return sum((max(parts.get(fact, _NONE), rest.get(fact, _NONE)) for fact in parts | rest), _NONE)


def is_due_already(state: State, slot: Slot, bearers: tuple[str, ...]) -> bool:
    """Whether what is outstanding of a whole has been asked for and not been paid yet."""
    return slot.id in state.index.parts and any(set(one.bearers) & set(bearers) for one in open_of(state, slot.id))


def absorb(state: State, key: Key, instant: datetime) -> None:
    """Lets what was to be paid later of a whole be part of what is outstanding of it; what was late by then stays late."""
    parts = frozenset(state.index.parts.get(key.slot, ()))
    if not parts:
        return
    whole = state.instances[key]
    state.agenda[:] = [entry for entry in state.agenda if not (isinstance(entry[3], Opens) and entry[3].slot in parts)]
    heapify(state.agenda)
    why = Reason(f"it is part of what is outstanding, which is due by {told(whole.slot).text}", whole.slot.place)
    for part in sorted(parts):
        for one in open_of(state, part):
            if one.status is Status.IN_FORCE and set(one.bearers) & set(whole.bearers):
                put(state, instances.discharged(one, instant, why))


def shared(state: State, key: Key) -> list[Instance]:
    """What a payment is for as well: of what is outstanding, the parts that are late, and of those what is outstanding."""
    paid = state.instances[key]
    parts, wholes = (
        state.index.parts.get(key.slot, ()),
        [whole for whole, each in state.index.parts.items() if key.slot in each],
    )
    late = [one for part in parts for one in open_of(state, part) if one.arisen <= paid.arisen]
    rest = [one for whole in wholes for one in open_of(state, whole) if one.arisen >= paid.arisen]
    both = (one for one in (*late, *rest) if one.key != key and set(one.bearers) & set(paid.bearers))
    return sorted(both, key=lambda one: (one.due or one.arisen, one.arisen))


def _by_fact(state: State, slots: tuple[str, ...], whole: Instance) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    there = (one for slot in slots for one in of_slot(state, slot) if set(one.bearers) & set(whole.bearers))
    for one in there:
        for payment in one.payments:
            if payment.instant <= whole.arisen:
                found[payment.fact] = found.get(payment.fact, _NONE) + payment.money.amount
    return found


_NONE = Decimal(0)
