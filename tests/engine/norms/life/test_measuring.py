"""What measures do whatever their number and order; what tells nothing breaks nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.judged.verdict import Case, Status, judge

CALENDAR = Calendar("Europe/Lisbon", "PT")

TEXT = {
    "1 cold": "The Seller shall keep the temperature of the Goods between 2 °C and 8 °C.",
    "2 level": "In each month, the Seller shall ensure that the Uptime is at least 99%.",
    "3 pay": "If the temperature of the Goods exceeds 8 °C, the Seller shall pay the Buyer EUR 50 within 10 days.",
    "4 end": "If the Uptime falls below 99% in two consecutive months, the Buyer may terminate this Agreement.",
}
REGISTER = {"sela": ["Sela Norr", "Seller since 2027-01-01"], "bruno": ["Bruno Pax", "Buyer since 2027-01-01"]}
FIRST = date(2027, 1, 1)
cool = st.tuples(st.integers(0, 200), st.integers(0, 23), st.integers(20, 80)).map(
    lambda one: (
        f"On {FIRST + timedelta(days=one[0]):%-d %B %Y} at {one[1]:02d}:00, the temperature of the Goods was {one[2] / 10} °C."
    )
)
high = st.tuples(st.sampled_from(["January", "February", "March", "April"]), st.integers(990, 1000)).map(
    lambda one: f"In {one[0]} 2027, the Uptime was {one[1] / 10}%."
)
warm = st.integers(0, 200).map(
    lambda days: f"On {FIRST + timedelta(days=days):%-d %B %Y} at 12:30, the temperature of the Goods was 9 °C."
)


fast = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def stands(write, tell, register):
    """How each norm stands on a day after some facts: its section, its status and since when, in order."""
    text, held = write(TEXT), register(REGISTER)

    def at(facts, day):
        report = judge(Case((text,), tell(" ".join(facts)) if facts else (), held, CALENDAR), CALENDAR.end_of(day))
        return [(one.section, one.status, one.since) for one in report.verdicts]

    return at


@fast
@given(st.lists(cool | high, max_size=12, unique_by=lambda said: said.partition(", ")[0]), st.integers(0, 250))
def test_measures_within_bounds_break_nothing_and_set_nothing_going(stands, facts, days):
    found = stands(facts, FIRST + timedelta(days=days))
    assert {status for _, status, _ in found} <= {Status.IN_FORCE, Status.FULFILLED, Status.UNDETERMINED, Status.PENDING}
    assert [status for section, status, _ in found if section == "cold"] == [Status.IN_FORCE]
    assert [status for section, status, _ in found if section in ("pay", "end")] == [Status.PENDING, Status.PENDING]


@fast
@given(st.lists(cool, max_size=8), warm)
def test_one_measure_beyond_the_bounds_is_enough(stands, facts, beyond):
    day = FIRST + timedelta(days=201)
    cold = [(status, since) for section, status, since in stands([*facts, beyond], day) if section == "cold"]
    alone = [(status, since) for section, status, since in stands([beyond], day) if section == "cold"]
    assert alone == cold
    assert [status for status, _ in cold] == [Status.VIOLATED]


@fast
@given(st.lists(cool | high | warm, max_size=8), st.integers(0, 200))
def test_what_was_measured_later_changes_nothing(stands, facts, days):
    day = FIRST + timedelta(days=days)
    later = [
        f"On {day + timedelta(days=1):%-d %B %Y} at 12:45, the temperature of the Goods was 30 °C.",
        f"In {day:%B %Y}, the Uptime was 12%."
        if (day + timedelta(days=1)).month == day.month
        else "In 2029, the Uptime was 12%.",
    ]
    assert stands(facts, day) == stands([*facts, *later], day)


@fast
@given(st.lists(high, max_size=8, unique_by=lambda said: said.split()[1]))
def test_a_month_is_fulfilled_only_by_its_own_measure(stands, facts):
    months = [said.split()[1] for said in facts]
    found = stands(facts, date(2027, 5, 2))
    fulfilled = [f"{since:%B}" for section, status, since in found if section == "level" and status is Status.FULFILLED]
    assert sorted(months) == sorted(fulfilled)
