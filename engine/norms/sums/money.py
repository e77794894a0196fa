"""Exact money: what an amount of the text comes to in given circumstances.

Amounts are computed as fractions and rounded once, at the end, half up to the minor unit of the currency (ISO 4217).
Interest is simple. A rate per year counts actual days over 365 (ACT/365 fixed); per month, whole months from the due date
(same number, or the last day of a shorter month) and the rest in proportion to the month in which it runs; per quarter,
a third of those months; per week or day, actual days. Where the text names a day count (`ACT/360`), that decides for a year,
quarter or month. Two currencies are never mixed: the answer is `Unsettled`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from syngraph.engine.norms.days.calendar import months_after
from syngraph.grammar.amounts import Accrual, Amount, Capped, DayCount, Duration, Less, Money, Named, Part, Rate, Sum, Unit

NO_MINOR_UNIT = ("CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF")
THREE_DIGITS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
MINOR_UNITS: Mapping[str, int] = {**dict.fromkeys(NO_MINOR_UNIT, 0), **dict.fromkeys(THREE_DIGITS, 3)}
"""Digits after the point (ISO 4217); a currency that is not here has two."""

_LENT = frozenset({"principal", "loan", "capital", "advance", "credit"})
OVERDUE_WORDS = frozenset({"overdue", "unpaid", "outstanding", "arrears", "late"})


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Why an amount cannot be told."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time, from `start` up to `end`, in which the same `balance` was overdue."""

    start: date
    end: date
    balance: Money


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an amount depends on.

    `terms` are the amounts of defined terms by their name in lower case. `overdue` is what the late duty left unpaid at its
    deadline; `stretches` tell how that shrank since, the first beginning with the day it fell due. Of a loan they tell how much
    of it was outstanding, and `lent` is how the text calls that, in lower case.
    """

    terms: Mapping[str, Amount] = field(default_factory=dict)
    overdue: Money | None = None
    stretches: tuple[Stretch, ...] = ()
    lent: str = ""


def evaluate(amount: Amount, circumstances: Circumstances) -> Money | Unsettled:
    """What an amount comes to, rounded half up to the minor unit.

    >>> from fractions import Fraction
    >>> fee = Part(Fraction(5, 100), Named("overdue amount"))
    >>> evaluate(fee, Circumstances(overdue=Money(Decimal("1200.10"), "EUR")))
    Money(amount=Decimal('60.01'), currency='EUR')
    """
    if isinstance(amount, Money) and _is_whole(amount):
        return amount  # most amounts are written as they are paid
    exact = _exact(amount, circumstances, frozenset())
    return exact if isinstance(exact, Unsettled) else _rounded(exact)


def exact(amount: Amount, circumstances: Circumstances) -> tuple[Fraction, str] | Unsettled:
    """What an amount comes to before it is rounded, and its currency."""
    found = _exact(amount, circumstances, frozenset())
    return found if isinstance(found, Unsettled) else (found.value, found.currency)


def grows(amount: Amount) -> bool:
    """Whether an amount grows while a delay lasts."""
    match amount:
        case Rate():
            return True
        case Part(of=of):
            return grows(of)
        case Sum(terms):
            return any(grows(term) for term in terms)
        case Less(of, less):
            return any(grows(term) for term in (of, *less))
        case Capped(inner):
            return grows(inner)
        case Money() | Named():
            return False
        case _:
            assert_never(amount)


def is_for_delay(amount: Amount) -> bool:
    """Whether an amount grows because something is late; interest on a sum that is not overdue is owed without that."""
    match amount:
        case Rate(of=of, style=Accrual.INTEREST):
            return isinstance(of, Named) and is_overdue(of.name)
        case Rate():
            return True
        case Part(of=of):
            return is_for_delay(of)
        case Sum(terms):
            return any(is_for_delay(term) for term in terms)
        case Less(of, less):
            return any(is_for_delay(term) for term in (of, *less))
        case Capped(inner):
            return is_for_delay(inner)
        case Money() | Named():
            return False
        case _:
            assert_never(amount)


def added(first: Money, second: Money) -> Money:
    """The sum of two amounts of one currency.

    Raises: ValueError for two currencies.
    """
    return Money(first.amount + _same(first, second), first.currency)


def subtracted(first: Money, second: Money) -> Money:
    """What is left of the first amount.

    Raises: ValueError for two currencies.
    """
    return Money(first.amount - _same(first, second), first.currency)


def least(first: Money, second: Money) -> Money:
    """The smaller of two amounts of one currency.

    Raises: ValueError for two currencies.
    """
    return first if first.amount <= _same(first, second) else second


def portion(whole: Money, count: int, number: int) -> Money:
    """One of `count` equal parts of an amount, `number` from 1: each rounded, and the last takes what rounding leaves.

    >>> [str(portion(Money(Decimal(200), "EUR"), 3, number).amount) for number in (1, 2, 3)]
    ['66.67', '66.67', '66.66']
    """
    each = _rounded(_Exact(Fraction(whole.amount) / count, whole.currency)).amount
    left = max(whole.amount - each * (number - 1), Decimal(0))
    return Money(left if number == count else min(each, left), whole.currency)


def rounded(value: Fraction, currency: str) -> Money:
    """An exact sum rounded half up to the minor unit of its currency.

    >>> rounded(Fraction(1000, 3), "JPY")
    Money(amount=Decimal('333'), currency='JPY')
    """
    return _rounded(_Exact(value, currency))


def written(money: Money) -> str:
    """An amount as it stands in a text: `EUR 1,200`, `EUR 60.05`."""
    digits = MINOR_UNITS.get(money.currency, 2)
    whole = money.amount == money.amount.to_integral_value()
    return f"{money.currency} {money.amount:,.{0 if whole else digits}f}"


def is_overdue(name: str) -> bool:
    """Whether a noun phrase means what a late duty has left unpaid (`overdue amount`, `unpaid Rent`); what is outstanding of a
    loan need not be late.
    """
    return not OVERDUE_WORDS.isdisjoint(name.casefold().split()) and not is_outstanding(name)


def is_outstanding(name: str) -> bool:
    """Whether a noun phrase means what is left of a loan (`outstanding principal of the Loan`)."""
    words = name.casefold().split()
    return "outstanding" in words and not _LENT.isdisjoint(words)


def names_in(amount: Amount) -> tuple[str, ...]:
    """The noun phrases that an amount hangs on."""
    match amount:
        case Named(name):
            return (name,)
        case Part(of=of) | Rate(of=of):
            return names_in(of)
        case Sum(terms):
            return tuple(name for term in terms for name in names_in(term))
        case Less(of, less):
            return tuple(name for term in (of, *less) for name in names_in(term))
        case Capped(inner):
            return names_in(inner)
        case Money():
            return ()
        case _:
            assert_never(amount)


# -- exact values ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Exact:
    value: Fraction
    currency: str


def _same(first: Money, second: Money) -> Decimal:
    if first.currency != second.currency:
        raise ValueError(f"{first.currency} and {second.currency} are not added")
    return second.amount


def _rounded(exact: _Exact) -> Money:
    digits = MINOR_UNITS.get(exact.currency, 2)
    scaled = exact.value * 10**digits
    # Half up away from zero; amounts below zero do not arise in a text, but a function should not depend on that.
    whole = (abs(scaled) + Fraction(1, 2)).__floor__()
    return Money(Decimal(whole if scaled >= 0 else -whole).scaleb(-digits), exact.currency)


def _is_whole(money: Money) -> bool:
    exponent = money.amount.as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= MINOR_UNITS.get(money.currency, 2)


def _of(money: Money) -> _Exact:
    return _Exact(Fraction(money.amount), money.currency)


def _exact(amount: Amount, given: Circumstances, seen: frozenset[str]) -> _Exact | Unsettled:
    match amount:
        case Money():
            return _of(amount)
        case Named(name):
            return _named(name, given, seen)
        case Part(share, of):
            base = _exact(of, given, seen)
            return base if isinstance(base, Unsettled) else _Exact(base.value * share, base.currency)
        case Sum(terms):
            return _sum(terms, given, seen)
        case Less(of, less):
            return _less(of, less, given, seen)
        case Rate():
            return _accrued(amount, given, seen)
        case Capped(inner, cap):
            value, limit = _exact(inner, given, seen), _exact(cap, given, seen)
            if isinstance(value, Unsettled):
                return value
            if isinstance(limit, Unsettled):
                return limit
            if value.currency != limit.currency:
                return Unsettled(f"an amount in {value.currency} cannot be limited by one in {limit.currency}")
            return min(value, limit, key=lambda exact: exact.value)
        case _:
            assert_never(amount)


def _named(name: str, given: Circumstances, seen: frozenset[str]) -> _Exact | Unsettled:
    key = name.casefold()
    if key in seen:
        return Unsettled(f"the amount of the {name} is defined by itself")
    if key in given.terms:
        return _exact(given.terms[key], given, seen | {key})
    if is_overdue(name):
        if given.overdue is None:
            return Unsettled(f"nothing tells which duty left the {name}")
        return _of(given.overdue)
    return Unsettled(f"no definition gives the {name} an amount")


def _sum(terms: tuple[Amount, ...], given: Circumstances, seen: frozenset[str]) -> _Exact | Unsettled:
    total: _Exact | None = None
    for term in terms:
        value = _exact(term, given, seen)
        if isinstance(value, Unsettled):
            return value
        if total is not None and total.currency != value.currency:
            return Unsettled(f"{total.currency} and {value.currency} are not added: the text names no rate of exchange")
        total = value if total is None else _Exact(total.value + value.value, value.currency)
    return total if total is not None else Unsettled("a sum of nothing")


def _less(of: Amount, less: tuple[Amount, ...], given: Circumstances, seen: frozenset[str]) -> _Exact | Unsettled:
    whole, taken = _exact(of, given, seen), _sum(less, given, seen)
    if isinstance(whole, Unsettled):
        return whole
    if isinstance(taken, Unsettled):
        return taken
    if whole.currency != taken.currency:
        return Unsettled(f"{taken.currency} is not taken from {whole.currency}: the text names no rate of exchange")
    if taken.value > whole.value:
        return Unsettled("more is taken from an amount than it comes to")
    return _Exact(whole.value - taken.value, whole.currency)


# -- amounts that grow with time ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExactStretch:
    """A time in which an amount grew with the same balance."""

    start: date
    end: date
    balance: Fraction
    currency: str


def stretches_of(rate: Rate, given: Circumstances, seen: frozenset[str] = frozenset()) -> tuple[ExactStretch, ...] | Unsettled:
    """The times in which an amount grew, each with the balance that it grew on."""
    if not given.stretches:
        return Unsettled("nothing tells from when the amount grows")
    if isinstance(rate.of, Named) and is_overdue(rate.of.name) and rate.of.name.casefold() not in given.terms:
        if given.overdue is None:
            return Unsettled(f"nothing tells what the {rate.of.name} is")
        if any(stretch.balance.currency != given.stretches[0].balance.currency for stretch in given.stretches):
            return Unsettled("what is overdue is in two currencies")
        return tuple(
            ExactStretch(each.start, each.end, Fraction(each.balance.amount), each.balance.currency) for each in given.stretches
        )
    if isinstance(rate.of, Named) and given.lent and rate.of.name.casefold() == given.lent:
        return tuple(
            ExactStretch(each.start, each.end, Fraction(each.balance.amount), each.balance.currency) for each in given.stretches
        )
    base = _exact(rate.of, given, seen)
    if isinstance(base, Unsettled):
        return base
    return (ExactStretch(given.stretches[0].start, given.stretches[-1].end, base.value, base.currency),)


def _accrued(rate: Rate, given: Circumstances, seen: frozenset[str]) -> _Exact | Unsettled:
    stretches = stretches_of(rate, given, seen)
    if isinstance(stretches, Unsettled):
        return stretches
    origin = stretches[0].start
    total = Fraction(0)
    for one in stretches:
        total += one.balance * rate.share * (counted(rate, origin, one.end) - counted(rate, origin, one.start))
    return _Exact(total, stretches[0].currency)


def counted(rate: Rate, origin: date, day: date) -> Fraction:
    """How many periods of a rate have run from the day a debt fell due to a day, by the counting of the rate."""
    periods = _periods(origin, day, rate.per) if rate.basis is None else _based(rate.basis, origin, day, rate.per)
    match rate.style:
        case Accrual.INTEREST:
            return periods
        case Accrual.FULL_PERIODS:
            return Fraction(periods.__floor__())
        case Accrual.BEGUN_PERIODS:
            return Fraction(periods.__ceil__())


def _periods(origin: date, day: date, per: Duration) -> Fraction:
    days = (day - origin).days
    match per.unit:
        case Unit.DAY | Unit.BUSINESS_DAY:
            return Fraction(days, per.count)
        case Unit.HOUR:
            return Fraction(days * 24, per.count)
        case Unit.WEEK:
            return Fraction(days, 7 * per.count)
        case Unit.MONTH:
            return _months(origin, day) / per.count
        case Unit.QUARTER:
            return _months(origin, day) / (3 * per.count)
        case Unit.YEAR:
            return Fraction(days, 365 * per.count)


def days_by(basis: DayCount, origin: date, day: date) -> int:
    """The days from one day to another as a day count has them.

    `30/360` takes the 31st for the 30th: always at the start, at the end where the start is the 30th (2006 ISDA Definitions,
    4.16(f)).

    >>> days_by(DayCount.THIRTY_360, date(2027, 1, 31), date(2027, 3, 31))
    60
    """
    if basis is not DayCount.THIRTY_360:
        return (day - origin).days
    first = min(origin.day, 30)
    last = 30 if day.day == 31 and first == 30 else day.day
    return 360 * (day.year - origin.year) + 30 * (day.month - origin.month) + last - first


def year_by(basis: DayCount) -> int:
    """The days of a year as a day count has them."""
    return 365 if basis is DayCount.ACTUAL_365 else 360


def _based(basis: DayCount, origin: date, day: date, per: Duration) -> Fraction:
    in_a_year = {Unit.YEAR: 1, Unit.QUARTER: 4, Unit.MONTH: 12}.get(per.unit)
    if in_a_year is None:
        return _periods(origin, day, per)
    return Fraction(days_by(basis, origin, day) * in_a_year, year_by(basis) * per.count)


def _months(origin: date, day: date) -> Fraction:
    whole, part, of = months_of(origin, day)
    return whole + Fraction(part, of)


def months_of(origin: date, day: date) -> tuple[int, int, int]:
    """The whole months from a day to another, the days after them, and how many days the month has in which those run."""
    whole = (day.year - origin.year) * 12 + day.month - origin.month
    if months_after(origin, whole) > day:
        whole -= 1
    start = months_after(origin, whole)
    return whole, (day - start).days, (months_after(origin, whole + 1) - start).days
