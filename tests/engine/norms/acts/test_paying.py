"""Properties of payments: no money is lost or made, in one currency or two, and no cap on a total is passed."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.folded.state import beginning, state_at
from syngraph.engine.norms.life.accruing import owed
from syngraph.engine.norms.life.course import State
from syngraph.grammar.amounts import Money

CALENDAR = Calendar("Europe/Lisbon", "PT")
REGISTER = {"bora": ["Bora Lind", "Borrower since 2027-01-01"], "carla": ["Carla Vale", "Lender since 2027-01-01"]}
FIRST = date(2027, 1, 1)
CENTS = st.integers(1, 50_000)
WHATS = st.sampled_from(["EUR {}", "interest of EUR {}", "a fee of EUR {}"])
DUTIES = st.lists(st.tuples(WHATS, CENTS, st.integers(0, 200)), min_size=1, max_size=4)
PAYMENTS = st.lists(st.tuples(st.integers(1, 250), CENTS), max_size=5)
ORDERS = st.sampled_from(["", "Payments are applied first to interest and costs, then to principal."])
CHECKED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)


def figure(cents: int) -> str:
    return f"{Decimal(cents).scaleb(-2):,.2f}"


def day(number: int) -> str:
    return f"{FIRST + timedelta(days=number):%-d %B %Y}"


def applied(state: State, fact: str | None = None) -> Decimal:
    parts = (part for one in state.instances.values() for part in one.payments if fact in (None, part.fact))
    return sum((part.money.amount for part in parts), Decimal(0))


def kept(state: State, fact: str) -> Decimal:
    return sum((one.money.amount for each in state.credits.values() for one in each if one.fact.id == fact), Decimal(0))


@pytest.fixture
def folded(write, tell, register):
    def fold(text: dict[str, str], sentences: list[str], number: int) -> State:
        texts, holdings, facts = (write(text),), register(REGISTER), tell(" ".join(sentences))
        at = CALENDAR.end_of(FIRST + timedelta(days=number))
        return state_at(beginning(texts, holdings, facts, CALENDAR, at), facts, at)

    return fold


def asked(duties: list[tuple[str, int, int]], order: str) -> dict[str, str]:
    text = {
        f"{number} d{number}": f"The Borrower shall pay {what.format(figure(cents))} to the Lender by {day(due)}."
        for number, (what, cents, due) in enumerate(duties, 1)
    }
    return text | ({"9 order": order} if order else {})


@CHECKED
@given(DUTIES, PAYMENTS, ORDERS)
def test_what_was_paid_is_applied_or_left_and_nothing_is_left_while_something_is_owed(folded, duties, payments, order):
    said = [f"On {day(when)}, Bora paid EUR {figure(cents)} to Carla." for when, cents in payments]
    state = folded(asked(duties, order), said, 300)
    debt, paid = (Decimal(sum(cents)).scaleb(-2) for cents in ([one[1] for one in duties], [one[1] for one in payments]))
    assert min(debt, paid) == applied(state)
    for fact in state.facts.values():
        assert isinstance(fact.fact.amount, Money)
        assert applied(state, fact.id) + kept(state, fact.id) <= fact.fact.amount.amount
    assert all(one.paid <= one.owed.amount for one in state.instances.values() if one.owed is not None)


@CHECKED
@given(DUTIES, PAYMENTS, ORDERS, st.integers(1, 2_000_000))
def test_money_of_another_currency_is_worth_what_its_rate_says_to_half_a_cent(folded, duties, payments, order, rate):
    exact = Fraction(rate, 10_000)
    text = asked(duties, order) | {"10 rate": "The Borrower may pay in US dollars at the exchange rate of the day of payment."}
    days = sorted({when for when, _ in payments})
    said = [f"On {day(when)}, the exchange rate was USD {Decimal(rate).scaleb(-4)} for EUR 1." for when in days]
    said += [f"On {day(when)}, Bora paid USD {figure(cents)} to Carla." for when, cents in payments]
    state = folded(text, said, 300)
    debt = Decimal(sum(one[1] for one in duties)).scaleb(-2)
    worth = [Fraction(cents, 100) / exact for _, cents in payments]
    half = Fraction(1, 200)
    assert abs(Fraction(applied(state)) - min(Fraction(debt), sum(worth, Fraction(0)))) <= half * (len(payments) + 1)
    for fact in state.facts.values():
        if isinstance(fact.fact.amount, Money):
            assert Fraction(applied(state, fact.id)) <= Fraction(fact.fact.amount.amount) / exact + half
    assert all(one.paid <= one.owed.amount for one in state.instances.values() if one.owed is not None)


PENALTIES = {
    "1 goods": "The Borrower shall deliver the Goods to the Lender by 10 January 2027.",
    "2 papers": "The Borrower shall deliver the Papers to the Lender by 20 January 2027.",
    "3 late": "If the Borrower fails to deliver the Goods when due, the Borrower shall pay a penalty of EUR 40 to the Lender.",
    "4 later": "If the Borrower fails to deliver the Papers, the Borrower shall pay a penalty of EUR 3 for each day of delay.",
}


@CHECKED
@given(
    st.integers(1, 200), st.lists(st.tuples(st.integers(1, 120), CENTS), max_size=3), st.integers(1, 150), st.integers(1, 150)
)
def test_no_cap_on_a_total_is_passed_whatever_is_paid_and_delivered(folded, cap, payments, goods, at):
    text = PENALTIES | {"5 cap": f"The total of the penalties shall not exceed EUR {cap}."}
    said = [
        f"On {day(goods)}, Bora delivered the Goods to Carla.",
        f"On {day(goods + 20)}, Bora delivered the Papers to Carla.",
    ]
    said += [f"On {day(when)}, Bora paid EUR {figure(cents)} to Carla under section 3." for when, cents in payments]
    state = folded(text, said, at)
    today = FIRST + timedelta(days=at)
    sums = [owed(state, one, today) for one in state.instances.values() if one.amount is not None]
    assert sum((one.amount for one in sums if isinstance(one, Money)), Decimal(0)) <= cap
    assert applied(state) <= cap
