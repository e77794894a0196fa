"""What is outstanding of a loan on a day: what was lent, less what has been repaid.

Where the text defines it by what has not been repaid of a sum, the whole sum is outstanding from the beginning; else what has
been paid out of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from syngraph.engine.norms.life.bearing import ANYBODY, THE
from syngraph.engine.norms.life.course import State
from syngraph.engine.norms.life.instances import Instance
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


def _is_about(instance: Instance, loan: Loan) -> bool:
    """Whether what an instance asks for is the loan or a part of it, and not what it costs."""
    act = instance.slot.act
    if act.amount is not None and grows(act.amount):
        return False
    said, words = words_of(act.object), words_of(loan.of)
    return any(said[at : at + len(words)] == words for at in range(len(said)))
