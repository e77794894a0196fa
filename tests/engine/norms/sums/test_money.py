"""Amounts computed exactly."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from syngraph.engine.norms.sums.money import (
    MINOR_UNITS,
    Circumstances,
    Stretch,
    Unsettled,
    evaluate,
    exact,
    grows,
    least,
    portion,
    subtracted,
    written,
)
from syngraph.engine.norms.sums.reckoning import reckoned
from syngraph.grammar.amounts import Accrual, Capped, DayCount, Duration, Less, Money, Named, Part, Rate, Sum, Unit

CASES: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(Path(__file__).parents[1] / "cases" / "money.yaml")
ONE_EURO, ONE_DOLLAR = Money(Decimal(1), "EUR"), Money(Decimal(1), "USD")


def money(text: str) -> Money:
    currency, _, amount = text.partition(" ")
    return Money(Decimal(amount), currency)


@pytest.mark.parametrize("case", CASES["rates"], ids=str)
def test_an_amount_grows_with_the_delay(case):
    base = money(case["base"])
    rate = Rate(Named("Price"), Fraction(case["share"]), Duration(case["per"][0], Unit(case["per"][1])), Accrual(case["style"]))
    amount = Capped(rate, Part(Fraction(case["cap"]), Named("Price"))) if "cap" in case else rate
    given = Circumstances({"price": base}, base, (Stretch(case["from"], case["to"], base),))
    assert grows(amount)
    assert money(case["amount"]) == evaluate(amount, given)


def test_interest_follows_the_balance_after_a_part_payment():
    rate = Rate(Named("overdue amount"), Fraction(365, 10000), Duration(1, Unit.YEAR), Accrual.INTEREST)
    stretches = (
        Stretch(date(2027, 1, 1), date(2027, 1, 11), money("EUR 1000")),  # 10 days at EUR 0.10 a day
        Stretch(date(2027, 1, 11), date(2027, 1, 31), money("EUR 500")),  # 20 days at EUR 0.05 a day
    )
    assert money("EUR 2.00") == evaluate(rate, Circumstances({}, money("EUR 1000"), stretches))


def test_rounding_is_half_up_once_at_the_end():
    third = Part(Fraction(1, 3), Named("Fee"))
    fee = {"fee": money("EUR 0.05")}
    assert money("EUR 0.05") == evaluate(Sum((third, third, third)), Circumstances(fee))
    assert money("EUR 0.03") == evaluate(Part(Fraction(1, 2), Named("Fee")), Circumstances(fee))


def test_terms_are_followed_to_their_amounts():
    terms = {"price": Sum((Named("Fee"), Named("Deposit"))), "fee": money("EUR 10"), "deposit": Part(Fraction(2), Named("Fee"))}
    assert money("EUR 30.00") == evaluate(Named("Price"), Circumstances(terms))


@pytest.mark.parametrize(
    ("amount", "terms", "said"),
    [
        (Named("Rent"), {}, "no definition gives the Rent an amount"),
        (Named("Rent"), {"rent": Named("Rent")}, "the amount of the Rent is defined by itself"),
        (Named("overdue amount"), {}, "nothing tells which duty left the overdue amount"),
        (Sum((ONE_EURO, ONE_DOLLAR)), {}, "EUR and USD are not added: the text names no rate of exchange"),
        (Capped(ONE_EURO, ONE_DOLLAR), {}, "an amount in EUR cannot be limited by one in USD"),
    ],
)
def test_what_cannot_be_told_is_unsettled(amount, terms, said):
    assert Unsettled(said) == evaluate(amount, Circumstances(terms))


def test_what_is_left_of_a_sum_is_exact_and_never_below_nothing():
    price, share = Money(Decimal("100.05"), "EUR"), Part(Fraction(1, 3), Named("Price"))
    given_terms = Circumstances({"price": price})
    left = Less(Named("Price"), (ONE_EURO, share))
    assert evaluate(left, given_terms) == Money(Decimal("65.70"), "EUR")
    assert reckoned(left, given_terms) == "EUR 100.05 - EUR 1 - (1/3 of EUR 100.05 = EUR 33.35) = EUR 65.70"
    assert evaluate(Less(ONE_EURO, (price,)), given_terms) == Unsettled("more is taken from an amount than it comes to")
    assert isinstance(evaluate(Less(price, (ONE_DOLLAR,)), given_terms), Unsettled)


def test_two_currencies_are_not_subtracted():
    with pytest.raises(ValueError, match="EUR and USD"):
        subtracted(money("EUR 1"), money("USD 1"))
    assert money("EUR 1") == least(money("EUR 1"), money("EUR 2"))


@pytest.mark.parametrize(("amount", "text"), [("EUR 1200", "EUR 1,200"), ("EUR 60.5", "EUR 60.50"), ("JPY 1500", "JPY 1,500")])
def test_an_amount_is_written_as_in_a_text(amount, text):
    assert text == written(money(amount))


@given(st.decimals(0, 10**7, places=2), st.lists(st.integers(1, 300), min_size=1, max_size=4))
def test_interest_does_not_depend_on_how_a_time_is_cut(balance, lengths):
    rate = Rate(Named("overdue amount"), Fraction(1, 100), Duration(1, Unit.MONTH), Accrual.INTEREST)
    owed = Money(balance, "EUR")
    start = end = date(2027, 1, 31)
    stretches = []
    for length in lengths:
        stretches.append(Stretch(end, date.fromordinal(end.toordinal() + length), owed))
        end = stretches[-1].end
    whole = evaluate(rate, Circumstances({}, owed, (Stretch(start, end, owed),)))
    assert whole == evaluate(rate, Circumstances({}, owed, tuple(stretches)))


# -- properties of what grows -------------------------------------------------------------------------------------------

day_counts = st.sampled_from([None, *DayCount])
spans = st.tuples(st.dates(date(2020, 1, 1), date(2032, 12, 31)), st.integers(0, 900), st.integers(0, 900))


def growing(share: Fraction, per: Unit, basis: DayCount | None) -> Rate:
    return Rate(Named("overdue amount"), share, Duration(1, per), Accrual.INTEREST, basis)


def over(rate: Rate, *stretches: Stretch) -> Fraction:
    found = exact(rate, Circumstances(overdue=stretches[0].balance, stretches=stretches))
    assert not isinstance(found, Unsettled)
    return found[0]


@given(spans, st.sampled_from([Unit.MONTH, Unit.QUARTER, Unit.YEAR]), day_counts, st.integers(1, 500))
def test_interest_over_two_stretches_is_interest_over_both(span, per, basis, percent):
    start, first, second = span
    balance = Money(Decimal("1234.56"), "EUR")
    middle, end = start + timedelta(days=first), start + timedelta(days=first + second)
    rate = growing(Fraction(percent, 1000), per, basis)
    whole = over(rate, Stretch(start, end, balance))
    assert whole == over(rate, Stretch(start, middle, balance), Stretch(middle, end, balance))
    # And it never shrinks with time.
    assert whole >= over(rate, Stretch(start, middle, balance)) >= 0


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_cap_is_never_passed_and_a_higher_one_never_gives_less(amount, cap, more):
    capped = evaluate(Capped(Money(Decimal(amount), "EUR"), Money(Decimal(cap), "EUR")), Circumstances())
    higher = evaluate(Capped(Money(Decimal(amount), "EUR"), Money(Decimal(cap + more), "EUR")), Circumstances())
    assert isinstance(capped, Money) and isinstance(higher, Money)
    assert capped.amount <= min(amount, cap) and capped.amount <= higher.amount <= amount


@pytest.mark.parametrize(
    ("basis", "start", "end", "amount"),
    [
        # 36,000 at 5 %: 31 days of 365, 31 of 360, 30 of 360
        (DayCount.ACTUAL_365, date(2027, 1, 1), date(2027, 2, 1), "152.88"),
        (DayCount.ACTUAL_360, date(2027, 1, 1), date(2027, 2, 1), "155"),
        (DayCount.THIRTY_360, date(2027, 1, 1), date(2027, 2, 1), "150"),
        # from the end of January to the end of February are 28 days of 30/360, to the end of March 60
        (DayCount.THIRTY_360, date(2027, 1, 31), date(2027, 2, 28), "140"),
        (DayCount.THIRTY_360, date(2027, 1, 31), date(2027, 3, 31), "300"),
    ],
)
def test_a_day_count_that_the_text_names(basis, start, end, amount):
    balance = Money(Decimal(36000), "EUR")
    given_ = Circumstances(overdue=balance, stretches=(Stretch(start, end, balance),))
    assert Money(Decimal(amount), "EUR") == evaluate(growing(Fraction(1, 20), Unit.YEAR, basis), given_)


@given(st.integers(0, 10**9), st.integers(1, 500), st.sampled_from(["EUR", "JPY", "TND"]))
def test_equal_parts_are_together_the_whole_and_none_is_below_nothing(units, count, currency):
    whole = Money(Decimal(units).scaleb(-MINOR_UNITS.get(currency, 2)), currency)
    parts = [portion(whole, count, number).amount for number in range(1, count + 1)]
    assert sum(parts) == whole.amount
    assert min(parts) >= 0
