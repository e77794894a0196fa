"""Figures with units, and what is said of a quantity: exact, wholly understood or not at all, and no slower for being long."""

from fractions import Fraction
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.grammar.amounts import Duration, Unit
from syngraph.grammar.measures import Level, Measured, Range
from syngraph.grammar.parse import read
from syngraph.grammar.phrases.levels import measured, told
from syngraph.grammar.phrases.measures import figure, level, standing, step
from syngraph.grammar.rules import Declaration, Fact, Late, Unknown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 °C", (Fraction(9), "temperature")),
        ("-40 °F", (Fraction(-40), "temperature")),
        ("minus 18 degrees Celsius", (Fraction(-18), "temperature")),
        ("−18°C", (Fraction(-18), "temperature")),
        ("273.15 K", (Fraction(0), "temperature")),
        ("99.95%", (Fraction(9995, 100), "share")),
        ("12.5 per cent", (Fraction(25, 2), "share")),
        ("five hours", (Fraction(18000), "time")),
        ("90 minutes", (Fraction(5400), "time")),
        ("1,200 kg", (Fraction(1200000), "mass")),
        ("2.5 km", (Fraction(2500), "length")),
        ("250 ml", (Fraction(1, 4), "volume")),
        ("55 dB", (Fraction(55), "dB")),
        ("41", (Fraction(41), "")),
    ],
)
def test_a_figure_is_exact_in_the_unit_of_its_dimension(text, expected):
    assert expected == figure(text)


@pytest.mark.parametrize(
    ("text", "least", "most", "opens", "outside"),
    [
        ("the humidity is at least 40%", 40, None, (False, False), False),
        ("the humidity is not less than 40%", 40, None, (False, False), False),
        ("the humidity is 40% or more", 40, None, (False, False), False),
        ("the humidity is above 40%", 40, None, (True, False), False),
        ("the humidity exceeds 40%", 40, None, (True, False), False),
        ("the humidity rises above 40%", 40, None, (True, False), False),
        ("the humidity does not fall below 40%", 40, None, (False, False), False),
        ("the humidity reaches 40%", 40, None, (False, False), False),
        ("the humidity is at most 40%", None, 40, (False, False), False),
        ("the humidity does not exceed 40%", None, 40, (False, False), False),
        ("the humidity is not more than 40%", None, 40, (False, False), False),
        ("the humidity drops below 40%", None, 40, (False, True), False),
        ("the humidity is less than 40%", None, 40, (False, True), False),
        ("the humidity is not above 40%", None, 40, (False, False), False),
        ("the humidity is between 40% and 60%", 40, 60, (False, False), False),
        ("the humidity remains within the range of 40 to 60%", 40, 60, (False, False), False),
        ("the humidity is outside the range of 40% to 60%", 40, 60, (False, False), True),
        ("the humidity exceeds 40% but not 60%", 40, 60, (True, False), False),
        ("the humidity is less than 60% but at least 40%", 40, 60, (False, True), False),
        ("the humidity is above 40% and does not exceed 60%", 40, 60, (True, False), False),
        ("the humidity is below 60% and not below 40%", 40, 60, (False, True), False),
        ("the humidity is not between 40% and 60%", 40, 60, (False, False), True),
        ("the humidity falls below 40% or rises above 60%", 40, 60, (False, False), True),
        ("the humidity is above 60% or below 40%", 40, 60, (False, False), True),
        ("the humidity was 40%", 40, 40, (False, False), False),
        ("the humidity rose to 40%", 40, 40, (False, False), False),
    ],
)
def test_what_a_clause_says_of_a_quantity(text, least, most, opens, outside):
    found = level(text)
    bounds = (None if least is None else Fraction(least), None if most is None else Fraction(most))
    assert (Level("the humidity", Range("share", *bounds, *opens), outside), "") == found


@pytest.mark.parametrize(
    "text",
    [
        "the Tenant is in default",
        "the humidity is high",
        "the humidity goes up",
        "the humidity is between 60% and 40%",
        "the humidity is between 40% and 8 °C",
        "is at least 40%",
        "in any month is at least 40%",
        "the humidity is 4.0.1%",
        "the humidity is 40 %%",
    ],
)
def test_what_is_no_level(text):
    found = level(text)
    assert found is None or found[1] != ""


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("the Availability at or above 99.5%", "the Availability"),
        ("the Goods at a temperature of not more than 4 °C", "the temperature of the Goods"),
        ("the Goods at 2 °C to 8 °C", "the temperature of the Goods"),
        ("the Goods below 6 °C", "the temperature of the Goods"),
        ("an Availability of at least 99%", "an Availability"),
    ],
)
def test_what_is_kept_at_a_level(text, quantity):
    found = standing(text)
    assert found is not None
    assert (quantity, "") == (found[0].quantity, found[1])


@pytest.mark.parametrize(
    "text", ["two copies of the keys", "books of account for ten years", "the temperature at 4 °C", "the books"]
)
def test_what_is_kept_and_is_no_level(text):
    assert standing(text) is None


@pytest.mark.parametrize(
    ("text", "per", "count", "consecutive", "within"),
    [
        ("the Uptime is below 98%", None, 1, False, None),
        ("the Uptime in a month is below 98%", Unit.MONTH, 1, False, None),
        ("the Uptime falls below 98% in any calendar month", Unit.MONTH, 1, False, None),
        ("in any quarter the Uptime is below 98%", Unit.QUARTER, 1, False, None),
        ("in any month in which the Uptime is below 98%", Unit.MONTH, 1, False, None),
        ("the Uptime is below 98% in two successive months", Unit.MONTH, 2, True, None),
        ("the Uptime is below 98% for three consecutive weeks", Unit.WEEK, 3, True, None),
        ("the Uptime is below 98% in two months in a row", Unit.MONTH, 2, True, None),
        ("the Uptime is below 98% in any two months within a quarter", Unit.MONTH, 2, False, Duration(1, Unit.QUARTER)),
        ("the Uptime is below 98% in more than two months of a calendar year", Unit.MONTH, 3, False, Duration(1, Unit.YEAR)),
        ("the Uptime is below 98% more than twice in a year", None, 3, False, Duration(1, Unit.YEAR)),
        ("the Uptime is below 98% in two months within six months", Unit.MONTH, 2, False, Duration(6, Unit.MONTH)),
    ],
)
def test_how_often_and_in_which_period(text, per, count, consecutive, within):
    found = measured(text)
    assert found is not None
    assert (per, count, consecutive, within) == (found.per, found.count, found.consecutive, found.within)
    assert (text, "") == (found.text, found.aside)


@pytest.mark.parametrize(
    ("condition", "kind"),
    [
        ("the delay exceeds 15 days", Late),
        ("the temperature exceeds 8 °C and the Buyer objects", Unknown),
        ("the total of the credits exceeds 25%", object),
        ("the response time exceeds 4 hours", Measured),
        ("the number of Members falls below ten", Measured),
    ],
)
def test_which_conditions_measures_meet(condition, kind):
    rule = read(f"If {condition}, the Buyer may terminate this Agreement.")[0].rules[0]
    assert isinstance(rule.conditions[0].test, kind)
    assert isinstance(rule.conditions[0].test, Measured) == (kind is Measured)


@pytest.mark.parametrize(
    ("sentence", "day", "period", "time"),
    [
        ("On 10 March 2027 at 22:00, the humidity was 40%.", "2027-03-10", None, "22:00"),
        ("At 9:15 on 10 March 2027, the humidity was 40%.", "2027-03-10", None, "09:15"),
        ("The humidity was 40% on 10 March 2027.", "2027-03-10", None, ""),
        ("In February 2028, the humidity was 40%.", "2028-02-29", Unit.MONTH, "23:59:59"),
        ("The humidity for February 2027 was 40%.", "2027-02-28", Unit.MONTH, "23:59:59"),
        ("In the third quarter of 2027, the humidity averaged 40%.", "2027-09-30", Unit.QUARTER, "23:59:59"),
        ("In the fourth quarter of 2027, the humidity was 40%.", "2027-12-31", Unit.QUARTER, "23:59:59"),
        ("In 2027, the humidity was 40%.", "2027-12-31", Unit.YEAR, "23:59:59"),
        ("In the week of 3 May 2027, the humidity was 40%.", "2027-05-09", Unit.WEEK, "23:59:59"),
    ],
)
def test_when_something_was_measured(sentence, day, period, time):
    fact = read(sentence)[0].rules[0]
    assert isinstance(fact, Fact)
    assert fact.measured is not None
    assert (day, period, time, "the humidity") == (fact.day.isoformat(), fact.period, fact.time, fact.measured.quantity)


@pytest.mark.parametrize(
    "sentence", ["Bora was 40", "In 2019, the rent was EUR 500", "In May 2027, Bora paid 40%", "The humidity was 40%"]
)
def test_what_is_no_measure(sentence):
    assert told(sentence) is None


def test_what_is_set_at_a_figure_is_no_level():
    rules = [read(f"The {what} shall be at least 40%.")[0].rules for what in ("interest rate", "commission", "discount")]
    assert [[Declaration]] * 3 == [[type(rule) for rule in found] for found in rules]


figures = st.integers(-50, 50).map(Fraction)


@given(figures, figures, figures)
def test_a_measure_is_within_its_bounds_or_not(low, high, value):
    low, high = sorted((low, high))
    exact = Level("x", Range("share", value, value))
    assert (low <= value <= high) is Level("x", Range("share", low, high)).holds(exact)
    assert (not low <= value <= high) is Level("x", Range("share", low, high), True).holds(exact)
    assert (value > low) is Level("x", Range("share", low, None, True)).holds(exact)
    assert (value < high) is Level("x", Range("share", None, high, open_most=True)).holds(exact)


@given(figures, figures, figures)
def test_what_a_bound_tells_is_so_of_every_figure_within_it(bound, asked, value):
    known, wanted = Level("x", Range("share", bound)), Level("x", Range("share", None, asked))
    found = wanted.holds(known)
    if value >= bound and found is not None:
        assert wanted.holds(Level("x", Range("share", value, value))) is found


def test_other_dimensions_are_not_compared():
    warm, wet = Level("x", Range("temperature", Fraction(8))), Level("x", Range("share", Fraction(9), Fraction(9)))
    assert warm.holds(wet) is None


@pytest.mark.parametrize(("text", "size"), [("full", None), ("two degrees Celsius", 2), ("0 °C", None), ("point", None)])
def test_steps(text, size):
    found = step(text)
    assert (None if size is None else (Fraction(size), "temperature")) == found


@pytest.mark.parametrize(
    "text",
    [
        "the " + "humidity of " * 3000 + "x is at least 40%",
        "the humidity is " + "not " * 5000 + "40%",
        "the humidity is " + "9" * 20_000 + "%",
        "the humidity was 40% or " * 2000,
        " is at least" * 3000,
        "for each full " + "percentage point by which " * 2000,
    ],
)
def test_an_attack_by_length_takes_no_time(text):
    begun = perf_counter()
    assert [measured(text), told(f"On 3 May 2027, {text}")] == [None, None]
    level(text)
    standing(text)
    assert perf_counter() - begun < 1
