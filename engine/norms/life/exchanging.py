"""What money is worth in the currency of a debt, by the rate that the record tells for the day on which it was paid.

Sums are converted as fractions and rounded once, to the minor unit of the debt. Only a rate between the two currencies counts:
none is worked out by way of a third.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from syngraph.engine.norms.days.dating import day as written_day
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.course import State, said, use
from syngraph.engine.norms.life.instances import Instance, Reason
from syngraph.engine.norms.life.weighing import counts
from syngraph.engine.norms.sums.money import Unsettled, rounded, written
from syngraph.engine.norms.sums.reckoning import exactly
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.grammar.amounts import Money
from syngraph.grammar.phrases.currencies import rate_of


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a payment: as it can be told, and exactly."""

    money: Money
    exact: Fraction


@dataclass(frozen=True, slots=True)
class Worth:
    """How much of the currency of a debt one unit of what was paid is worth, and the facts that tell it (none: it is that)."""

    factor: Fraction
    rates: tuple[RecordedFact, ...] = ()


SAME = Worth(Fraction(1))


def remember(state: State, recorded: RecordedFact) -> bool:
    """Keeps a rate of exchange for what is paid on its day; whether the text lets anything be paid by one."""
    found = rate_of(recorded.fact)
    assert found is not None
    state.heard.setdefault(_place(recorded.fact.day, *found[:2]), []).append(recorded)
    return bool(state.index.given.exchanges)


def worth(state: State, instance: Instance, paid: str, rest: Money | Unsettled, day: date) -> Worth | Unsettled:
    """What one unit of a currency that was paid on a day is worth for what an instance asks for, of which `rest` is left."""
    if isinstance(rest, Unsettled):
        return rest
    owed = rest.currency
    if paid == owed:
        return SAME
    given = state.setting.texts[instance.slot.index].given
    if not any(one.allows(instance.slot.norm, paid) for one in given.exchanges):
        return Unsettled("the text names no rate of exchange")
    told = [one for one in state.heard.get(_place(day, paid, owed), ()) if counts(state, one, instance)]
    factors = {_factor(one, paid) for one in told}
    if not factors:
        return Unsettled(f"no exchange rate of {paid} and {owed} is told for {written_day(day)}")
    if len(factors) > 1:
        return Unsettled(f"more than one exchange rate of {paid} and {owed} is told for {written_day(day)}")
    return Worth(factors.pop(), (told[0],))


def taken(left: Left, rest: Money, worth: Worth) -> tuple[Money, Left]:
    """The part of what is left of a payment that goes to a debt of `rest`, in its currency, and what is left then."""
    money = left.money
    if money.currency == rest.currency:
        part = Money(min(rest.amount, money.amount), rest.currency)
        over = Money(money.amount - part.amount, money.currency)
        return part, Left(over, max(left.exact - Fraction(part.amount), Fraction(0)))
    come_to = rounded(left.exact * worth.factor, rest.currency)
    if come_to.amount <= rest.amount:
        return come_to, Left(Money(Decimal(0), money.currency), Fraction(0))
    exact = left.exact - Fraction(rest.amount) / worth.factor
    return rest, Left(rounded(exact, money.currency), exact)


def by_rate(state: State, instance: Instance, worth: Worth, part: Money, left: Left, over: Left) -> Instance:
    """An instance with the facts that tell how much of a payment is worth the part that is paid on it."""
    for rate in worth.rates:
        use(state, rate, instance.key)
        spent = exactly(left.exact - over.exact, left.money.currency)
        instance = replace(instance, facts=(*instance.facts, rate.id))
        instance = instances.noted(instances.noted(instance, said(rate)), Reason(f"{spent} is {written(part)} by that rate"))
    return instance


def unsettled(
    instance: Instance, paid: Money, rest: Money | Unsettled, why: Worth | Unsettled, recorded: RecordedFact
) -> Instance:
    """An instance of which nobody can tell what a payment leaves of it."""
    reason = why.reason if isinstance(why, Unsettled) else ""
    owed = f"{written(rest)} is owed, " if isinstance(rest, Money) else ""
    return instances.doubted(instance, Reason(f"{written(paid)} was paid, {owed}and {reason}", recorded.place))


def _factor(rate: RecordedFact, paid: str) -> Fraction:
    found = rate_of(rate.fact)
    assert found is not None
    return found[2] if found[0] == paid else 1 / found[2]


def _place(day: date, *currencies: str) -> str:
    return f"= {day} {' '.join(sorted(currencies))}"
