"""Counts and measures: exact, and none is lost or made by the way they are delivered."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syngraph.engine.norms.sums.quantity import asked, figure, quantity, uncounted


@pytest.mark.parametrize(
    ("phrase", "count", "unit"),
    [
        ("200 chairs", 200, "chair"),
        ("two hundred (200) chairs", 200, "chair"),
        ("1,500 kg of rice", 1500, "kg"),
        ("12.5 hours of support", Fraction(25, 2), "hour"),
        ("a total of 40 boxes", 40, "box"),
        ("120 of the chairs", 120, "chair"),
        ("another chair", 1, "chair"),
        ("the meeting", 1, "meeting"),
    ],
)
def test_so_many_of_a_thing(phrase, count, unit):
    found = quantity(phrase)
    assert found is not None
    assert (Fraction(count), unit) == (found.count, found.unit)


@pytest.mark.parametrize(
    "phrase", ["", "5", "EUR 200", "2027 budget", "the chairs", "chairs", "section 4.2", "1,2,3 chairs", "9" * 400 + " chairs"]
)
def test_no_number_of_things(phrase):
    assert quantity(phrase) is None
    assert phrase == uncounted(phrase)


def test_one_thing_is_not_counted():
    assert asked("a chair", {}) is None
    assert asked("the Goods", {"goods": "a chair"}) is None
    assert asked("the Goods", {"goods": "two chairs"}) == quantity("two chairs")


@given(st.fractions(min_value=0, max_value=10**9, max_denominator=10**9))
def test_a_figure_is_exact(count):
    assert count == Fraction(figure(count).replace(",", ""))


@pytest.fixture
def delivered(judged):
    """The verdict and the reasons where a hundred chairs are asked for and so many delivered, one day after the other."""

    def verdict(parts):
        start = date(2027, 3, 1)
        facts = " ".join(
            f"On {day.day} March 2027, Sela delivered {part} chairs to Bruno."
            for number, part in enumerate(parts)
            if (day := start + timedelta(days=number))
        )
        text = {"1 goods": "The Seller shall deliver 100 chairs to the Buyer by 31 March 2027."}
        people = {"sela": ["Sela", "Seller since 2027-01-01"], "bruno": ["Bruno", "Buyer since 2027-01-01"]}
        (one,) = judged({"text": text, "register": people, "facts": facts, "at": date(2027, 3, 30)}).verdicts
        return one

    return verdict


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.integers(2, 60), min_size=1, max_size=8))
def test_chairs_are_neither_lost_nor_made(delivered, parts):
    one = delivered(parts)
    told = [reason.text for reason in one.reasons]
    assert ("fulfilled" if sum(parts) >= 100 else "in force") == one.status.value
    assert f"{min(sum(parts), 100)} of 100 chairs: {'none' if sum(parts) >= 100 else 100 - sum(parts)} left" in told
