"""The definition of a Business Day decides which days are counted."""

from datetime import date
from pathlib import Path

import pytest

from syngraph.engine.agreement import Agreement
from syngraph.engine.norms.days.business import BusinessDay, business_day, calendar_of, code_of
from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.text.clauses import PlacedRule

WEEKEND = frozenset({5, 6})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a day other than a Saturday, a Sunday or a public holiday in Portugal", BusinessDay(WEEKEND, "PT")),
        ("any day other than a Saturday, Sunday or public holiday in the United Kingdom", BusinessDay(WEEKEND, "GB")),
        ("a day other than a public holiday in Portugal, a Saturday or a Sunday", BusinessDay(WEEKEND, "PT")),
        ("any day except Fridays, Saturdays and public holidays in Egypt", BusinessDay(frozenset({4, 5}), "EG")),
        ("a day other than a Sunday or a public holiday in Trinidad and Tobago", BusinessDay(frozenset({6}), "TT")),
        ("a day other than a Saturday, a Sunday or a bank holiday in England", BusinessDay(WEEKEND, "GB-ENG")),
        ("a day other than a Saturday or a Sunday", BusinessDay(WEEKEND, "")),
        ("a day that is not a Saturday, a Sunday or a public holiday", BusinessDay(WEEKEND, None)),
        ("a day other than a Saturday, a Sunday or a public holiday in Atlantis", BusinessDay(WEEKEND, None)),
        ("a day other than a Sunday or a public holiday in Portugal or Spain", None),
        ("a day on which banks in Lisbon are open", None),
        ("a day other than a day of rest", None),
    ],
)
def test_a_definition_says_which_days_are_left_out(body: str, expected: BusinessDay | None):
    assert business_day(body) == expected


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("Portugal", "PT"),
        ("the Netherlands", "NL"),
        ("Côte d'Ivoire", None),
        ("New Zealand", "NZ"),
        ("the USA", "US"),
        ("x", None),
    ],
)
def test_a_country_is_known_by_its_name(place: str, code: str | None):
    assert code_of(place) == code


@pytest.mark.parametrize(
    ("holidays", "place", "expected"),
    [
        ("", "Spain", "ES"),
        ("PT", "Spain", "ES"),
        ("ES", "Spain", "ES"),
        ("ES-MD", "Spain", "ES-MD"),
        ("GB", "Scotland", "GB-SCT"),
    ],
)
def test_the_text_decides_and_the_manifest_may_be_closer(write, holidays: str, place: str, expected: str):
    rules: tuple[PlacedRule, ...] = write(
        {"1 terms": f'"Business Day" means a day other than a Saturday, a Sunday or a public holiday in {place}.'}
    ).rules
    assert calendar_of(rules, Calendar("UTC", holidays)) == Calendar("UTC", expected)


def test_without_a_definition_the_manifest_decides(write):
    rules = write({"1 peace": "The Tenant shall not disturb the neighbours."}).rules
    assert calendar_of(rules, Calendar("UTC", "PT")) == Calendar("UTC", "PT")


def agreement(folder: Path, holidays: str, definition: str) -> Agreement:
    (folder / "syngraph.yaml").write_text(
        f"syngraph: 1\ntitle: T\nroot: text.md\ncalendar: {{zone: Europe/Lisbon{holidays}}}\n", encoding="utf-8"
    )
    (folder / "text.md").write_text(f"# Terms {{#terms}}\n\n{definition}\n", encoding="utf-8")
    return Agreement.open(folder)


DEFINITION = '"Business Day" means a day other than a Saturday, a Sunday or a public holiday in Portugal.'


@pytest.mark.parametrize(
    ("holidays", "definition", "found"),
    [
        (", holidays: ES", DEFINITION, [("SG407", "text.md", 3)]),
        (", holidays: PT", DEFINITION, []),
        (", holidays: PT-11", DEFINITION, []),
        ("", DEFINITION, []),
        (", holidays: ES", DEFINITION.replace(" in Portugal", ""), []),
        (", holidays: ES", '"Business Day" means a day other than a Saturday or a Sunday.', [("SG407", "text.md", 3)]),
    ],
)
def test_a_manifest_that_says_otherwise_is_found(tmp_path: Path, holidays: str, definition: str, found):
    made = agreement(tmp_path, holidays, definition)
    faults = [(one.code, one.place.path, one.place.line) for one in made.findings if one.code.startswith("SG4")]
    assert faults == found


def test_the_finding_says_both_and_what_to_write(tmp_path: Path):
    made = agreement(tmp_path, ", holidays: ES", DEFINITION)
    (one,) = (each for each in made.findings if each.code == "SG407")
    assert (
        one.message == "the calendar of the manifest has the holidays of ES, the text leaves out those of PT; the text decides"
    )
    assert one.help == "write holidays: PT in the manifest, or mend the definition"
    assert one.source == DEFINITION


def test_an_amended_definition_counts_from_then_on(write):
    before = write({"1 terms": DEFINITION})
    after = write({"1 terms": DEFINITION.replace("Portugal", "Spain")}, date(2027, 1, 1))
    assert [calendar_of(text.rules, Calendar()).holidays for text in (before, after)] == ["PT", "ES"]
