"""The rules of counting days, each against its table of cases."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from syngraph.engine.norms.days import calendar as counting
from syngraph.engine.norms.days.calendar import Calendar, CalendarError
from syngraph.grammar.amounts import Duration, NthDay, Unit

CASES: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(Path(__file__).parents[1] / "cases" / "calendar.yaml")
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def duration(pair: list[Any]) -> Duration:
    return Duration(pair[0], Unit(pair[1]))


@pytest.mark.parametrize("case", CASES["within"], ids=str)
def test_a_period_ends_with_its_last_day(case):
    assert case["last"] == counting.within(case["from"], duration(case["period"]), Calendar("UTC", case["holidays"]))


@pytest.mark.parametrize("case", CASES["ahead"], ids=str)
def test_notice_is_given_ahead_of_an_event(case):
    most = duration(case["most"]) if "most" in case else None
    expected = (case.get("earliest"), case["latest"])
    assert expected == counting.ahead(case["event"], duration(case["least"]), most, Calendar())


@pytest.mark.parametrize("case", CASES["in_time"], ids=str)
def test_by_is_inclusive_and_before_is_strict(case):
    calendar = Calendar("Europe/Lisbon")
    day, clock = case["act"].split("T")
    last = {"by": counting.by, "before": counting.before}[case["how"]](case["day"], calendar)
    assert case["verdict"] == (calendar.at(date.fromisoformat(day), clock) <= last)


@pytest.mark.parametrize("case", CASES["nth"], ids=str)
def test_the_nth_day_of_a_period(case):
    moment = NthDay(case["nth"], case["kind"], Unit(case["period"]), case.get("month", 0))
    assert case["day"] == counting.nth(moment, case["in"], Calendar("UTC", case["holidays"]))


@pytest.mark.parametrize("case", CASES["term"], ids=str)
def test_a_term_counts_its_first_day(case):
    assert case["last"] == counting.term_end(case["from"], duration(case["period"]), Calendar())


def test_a_time_of_day_is_exact():
    calendar = Calendar("Europe/Lisbon")
    assert calendar.at(date(2026, 6, 20), "17:00") < calendar.at(date(2026, 6, 20), "17:00:14")


def test_hours_run_from_instant_to_instant_through_a_change_of_clock():
    calendar = Calendar("Europe/Lisbon")
    start = calendar.at(date(2027, 3, 27), "12:00")  # the clock goes forward on 28 March 2027
    assert datetime(2027, 3, 28, 12, 0, tzinfo=UTC) == counting.deadline(start, Duration(24, Unit.HOUR), calendar)


@pytest.mark.parametrize(
    ("zone", "holidays", "field"),
    [("Europe/Lisboa", "", "zone"), ("../x", "", "zone"), ("UTC", "ZZ", "holidays"), ("UTC", "US-ZZZ", "holidays")],
)
def test_an_unknown_calendar_says_which_field_is_wrong(zone, holidays, field):
    with pytest.raises(CalendarError) as caught:
        counting.calendar(zone, holidays)
    assert field == caught.value.field


@given(DAYS, st.integers(1, 400))
def test_a_month_end_clamps_and_never_overflows(day, count):
    later = counting.months_after(day, count)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day <= day.day


@given(DAYS, st.integers(1, 60))
def test_business_days_there_are_business_days_and_as_many_as_named(day, count):
    calendar = Calendar()
    last = counting.within(day, Duration(count, Unit.BUSINESS_DAY), calendar)
    between = [date.fromordinal(n) for n in range(day.toordinal() + 1, last.toordinal() + 1)]
    assert calendar.is_business_day(last)
    assert count == sum(map(calendar.is_business_day, between))


@given(DAYS, st.sampled_from([Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR]))
def test_periods_follow_one_another_without_a_gap(day, unit):
    first, last = counting.period_of(day, unit)
    assert first <= day <= last
    assert counting.period_of(date.fromordinal(last.toordinal() + 1), unit)[0].toordinal() == last.toordinal() + 1
