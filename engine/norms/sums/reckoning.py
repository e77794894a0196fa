"""How an amount was worked out, in one line that can be checked by hand: `5% of EUR 1,200 = EUR 60, at most EUR 50`.

The numbers are those of `money`: fractions that are rounded once, at the end.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from syngraph.engine.norms.days.dating import day
from syngraph.engine.norms.sums import money
from syngraph.engine.norms.sums.money import MINOR_UNITS, Circumstances, Unsettled, evaluate, months_of, written
from syngraph.grammar.amounts import Accrual, Amount, Capped, Duration, Less, Money, Named, Part, Rate, Sum, Unit

_NAMES = {
    Unit.HOUR: "hour",
    Unit.DAY: "day",
    Unit.BUSINESS_DAY: "day",
    Unit.WEEK: "week",
    Unit.MONTH: "month",
    Unit.QUARTER: "quarter",
    Unit.YEAR: "year",
}
_DAYS = {Unit.DAY: 1, Unit.BUSINESS_DAY: 1, Unit.WEEK: 7, Unit.YEAR: 365}
_IN_A_YEAR = {Unit.YEAR: 1, Unit.QUARTER: 4, Unit.MONTH: 12}
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3}


def reckoned(amount: Amount, given: Circumstances) -> str:
    """How an amount of the text comes to what it does, "" where nothing is to be worked out or it cannot be.

    >>> from decimal import Decimal
    >>> fee = Capped(Part(Fraction(5, 100), Named("overdue amount")), Money(Decimal(50), "EUR"))
    >>> reckoned(fee, Circumstances(overdue=Money(Decimal(1200), "EUR")))
    '5% of EUR 1,200 = EUR 60, at most EUR 50'
    """
    come_to = evaluate(amount, given)
    if isinstance(come_to, Unsettled):
        return ""
    match amount:
        case Money():
            return ""
        case Named(name):
            inner = given.terms.get(name.casefold())
            if inner is None:
                return f"the {name} is {written(come_to)}"
            how = reckoned(inner, given)
            return f"the {name} is {how or written(come_to)}"
        case Part(share, of):
            return f"{percent(share)} of {_operand(of, given)} = {written(come_to)}"
        case Sum(terms):
            return f"{' + '.join(_operand(term, given) for term in terms)} = {written(come_to)}"
        case Less(of, less):
            return f"{' - '.join(_operand(term, given) for term in (of, *less))} = {written(come_to)}"
        case Rate():
            return _grown(amount, given, come_to)
        case Capped(inner, cap):
            return f"{_whole(inner, given)}, at most {_whole(cap, given)}"
        case _:
            assert_never(amount)


def balanced(whole: Money, paid: Decimal) -> str:
    """What is left of an amount after payments: `EUR 75 due, EUR 60 paid, EUR 15 left`."""
    left = max(whole.amount - paid, Decimal(0))
    rest = f"{written(Money(left, whole.currency))} left" if left else "nothing left"
    return f"{written(whole)} due, {written(Money(paid, whole.currency))} paid, {rest}"


def percent(share: Fraction) -> str:
    """A share as a percentage, or as a fraction where no decimal says it.

    >>> percent(Fraction(38, 1000)), percent(Fraction(1, 3))
    ('3.8%', '1/3')
    """
    figures = _decimal(share * 100)
    return f"{share}" if figures is None else f"{figures:f}%"


def exactly(value: Fraction, currency: str) -> str:
    """An amount that has not been rounded: in figures where they say it, else as a fraction."""
    figures = _decimal(value)
    if figures is None:
        return f"{currency} {value.numerator:,}/{value.denominator:,}"
    places = max(-int(figures.as_tuple().exponent), 0)
    digits = max(places, MINOR_UNITS.get(currency, 2)) if places else 0
    return f"{currency} {figures:,.{digits}f}"


# -- parts -------------------------------------------------------------------------------------------------------------


def _whole(amount: Amount, given: Circumstances) -> str:
    come_to = evaluate(amount, given)
    assert isinstance(come_to, Money)
    return reckoned(amount, given) or written(come_to)


def _operand(amount: Amount, given: Circumstances) -> str:
    """An amount as a part of another: what it comes to before it is rounded, in brackets with how where that is not plain."""
    exact = money.exact(amount, given)
    assert not isinstance(exact, Unsettled)
    value, currency = exact
    how = "" if isinstance(amount, Named) else reckoned(amount, given)
    return f"({how})" if how else exactly(value, currency)


def _decimal(value: Fraction) -> Decimal | None:
    """A fraction as a decimal number of no more than eight places, None where it is none."""
    scaled = value * 10**8
    if scaled.denominator != 1:
        return None
    found = Decimal(scaled.numerator).scaleb(-8).normalize()
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def _grown(rate: Rate, given: Circumstances, come_to: Money) -> str:
    stretches = money.stretches_of(rate, given)
    assert not isinstance(stretches, Unsettled)
    origin = stretches[0].start
    lasting = tuple(stretch for stretch in stretches if stretch.start < stretch.end) or stretches[:1]
    parts = [_stretch(rate, stretch, origin) for stretch in lasting]
    link = " = " if len(parts) == 1 else "; together "
    return f"{'; '.join(parts)}{link}{written(come_to)}"


def _stretch(rate: Rate, stretch: money.ExactStretch, origin: date) -> str:
    base, currency = stretch.balance, stretch.currency
    per = f"a {_NAMES[rate.per.unit]}" if rate.per.count == 1 else f"every {rate.per.count} {_NAMES[rate.per.unit]}s"
    words, factor = _lasted(rate, origin, stretch.start, stretch.end)
    return (
        f"{percent(rate.share)} of {exactly(base, currency)} {per} from {day(stretch.start)} to {day(stretch.end)}: "
        f"{words}, {exactly(base * rate.share, currency)} x {factor}"
    )


def _lasted(rate: Rate, origin: date, start: date, end: date) -> tuple[str, str]:
    """How long a stretch lasted by the counting of a rate: in words and as a factor."""
    if rate.style is not Accrual.INTEREST:
        number = money.counted(rate, origin, end) - money.counted(rate, origin, start)
        begun = "begun" if rate.style is Accrual.BEGUN_PERIODS else "full"
        lasted = _count((end - start).days, "day")
        plain_days = rate.per == Duration(1, Unit.DAY)
        name = _NAMES[rate.per.unit] if rate.per.count == 1 else "period"
        return (lasted if plain_days else f"{lasted}, {number} {begun} {name}{'' if number == 1 else 's'}"), f"{number}"
    if rate.basis is not None and rate.per.unit in _IN_A_YEAR:
        days = money.days_by(rate.basis, origin, end) - money.days_by(rate.basis, origin, start)
        year = money.year_by(rate.basis)
        times = _IN_A_YEAR[rate.per.unit]
        factor = f"{days}/{year * rate.per.count}" if times == 1 else f"{days} x {times}/{year * rate.per.count}"
        return f"{days} of {year} days ({rate.basis.value})", factor
    if rate.per.unit in _MONTHS:
        return _in_months(_MONTHS[rate.per.unit] * rate.per.count, origin, start, end)
    days = (end - start).days
    if rate.per.unit is Unit.HOUR:
        return _count(days * 24, "hour"), _over(days * 24, rate.per.count)
    length = _DAYS[rate.per.unit] * rate.per.count
    if length == 1:
        return _count(days, "day"), f"{days}"
    return (f"{days} of {length} days" if days <= length else f"{days} days of {length}"), f"{days}/{length}"


def _in_months(length: int, origin: date, start: date, end: date) -> tuple[str, str]:
    whole, part, of = months_of(origin, end)
    before = months_of(origin, start)
    words, factor = _months(whole, part, of)
    if before[:2] != (0, 0):
        earlier, less = _months(*before)
        words, factor = f"{words} less the {earlier} before", f"{factor} - {f'({less})' if '+' in less else less}"
    if length > 1:
        return f"{words}, of {length} months", f"({factor})/{length}"
    return words, f"({factor})" if " " in factor else factor


def _months(whole: int, part: int, of: int) -> tuple[str, str]:
    days = f"{part} of {of} days"
    if not whole:
        return days, f"{part}/{of}"
    if not part:
        return _count(whole, "month"), f"{whole}"
    return f"{_count(whole, 'month')} and {days}", f"{whole} + {part}/{of}"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _over(number: int, length: int) -> str:
    return f"{number}" if length == 1 else f"{number}/{length}"
