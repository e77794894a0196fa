"""Why a verdict is what it is, what would change it, what comes next, and what if."""

from dataclasses import replace
from datetime import date

import pytest

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.judged import report as plainly
from syngraph.engine.norms.judged.counting import REGULATION
from syngraph.engine.norms.judged.explain import changes, explain, found, next_due, why_not
from syngraph.engine.norms.judged.verdict import judge
from syngraph.engine.norms.life.instances import Status
from syngraph.engine.norms.told.facts import Evidence
from syngraph.grammar.amounts import Duration, Unit

CALENDAR = Calendar("Europe/Lisbon", "PT")
CASE = {
    "register": {
        "ada": ["Ada Quill", "Member since 2027-01-01"],
        "bora": ["Bora Lind", "Member since 2027-01-01"],
        "carla": ["Carla Vale", "Treasurer since 2027-01-01"],
    },
    "text": {
        "1 dues": "Each Member shall pay dues of EUR 60 to the Treasurer by 31 January of each year.",
        "1.1 fee": "If a Member fails to pay the dues, the Member shall pay a fee of 5% of the overdue amount within 30 days.",
        "2 accounts": "The Treasurer shall publish the accounts by the last Business Day of each quarter.",
    },
    "facts": "On 30 January 2027, Ada paid EUR 60 to Carla. On 1 February 2027, Bora paid EUR 60 to Ada.",
    "at": date(2027, 2, 10),
}


@pytest.fixture
def report(judged):
    return judged(CASE)


def test_a_report_is_plain_data(report):
    told = plainly.plain(report)
    assert sorted(told) == ["at", "summary", "verdicts"]
    assert told["at"] == "2027-02-10T23:59:59.999999+00:00"
    assert told["summary"] == {"fulfilled": 1, "violated": 1, "in force": 2}
    fee = next(one for one in told["verdicts"] if one["section"] == "fee")
    reasons = fee.pop("reasons")
    assert fee.pop("rule").startswith("fee:")
    assert fee == {
        "section": "fee",
        "number": "1.1",
        "bearer": "bora",
        "bearers": ["bora"],
        "name": "Bora Lind",
        "names": ["Bora Lind"],
        "act": "pay a fee of 5% of the overdue amount",
        "status": "in force",
        "since": "2027-01-31",
        "suspended": None,
        "due": "2027-03-02",
        "amount_due": "EUR 3",
        "evidence": None,
        "path": "text.md",
        "line": 2,
    }
    assert [(one["path"], one["line"]) for one in reasons] == [
        ("text.md", 1),
        (None, None),
        ("text.md", 2),
        (None, None),
        (None, None),
    ]


def test_what_a_fact_brought_about_is_claimed(report):
    (ada,) = found(report, "dues", "ada")
    assert (ada.status, ada.evidence, plainly.status(ada)) == (Status.FULFILLED, Evidence.CLAIMED, "fulfilled (claimed)")


@pytest.mark.parametrize("rule", ["dues", "#dues", "1"])
@pytest.mark.parametrize("bearer", ["bora", "Bora Lind", "Bora", "lind"])
def test_a_verdict_is_found_by_section_and_name(report, rule, bearer):
    assert ("dues", "bora") in [(one.section, one.bearer) for one in found(report, rule, bearer)]


def test_an_explanation_leads_from_sentence_and_fact_to_the_verdict(report):
    assert explain(report, "fee") == (
        "Bora Lind: pay a fee of 5% of the overdue amount: in force, "
        "since 31 January 2027, due 2 March 2027, EUR 3 to be paid.",
        "  section 1: Each Member shall pay dues of EUR 60 to the Treasurer by 31 January of each year. (text.md:1)",
        "  not done by 31 January 2027",
        "  section 1.1: If a Member fails to pay the dues, the Member shall pay a fee of 5% of the overdue amount "
        "within 30 days. (text.md:2)",
        f"  30 days after 31 January 2027, that day not counted, end on 2 March 2027 ({REGULATION})",
        "  5% of EUR 60 = EUR 3",
    )


def test_why_not_names_the_fact_that_came_near(report):
    wanted, near = why_not(report, "dues", "bora")[:2]
    assert wanted.startswith("Bora Lind was to pay dues of EUR 60 to the Treasurer by 31 January 2027: EUR 60 is left")
    assert near == (
        "  On 1 February 2027, Bora paid EUR 60 to Ada. (record/fact/facts.md:1) did not count: "
        "the fact went to Ada, the rule says the Treasurer"
    )


def test_there_is_nothing_to_do_for_what_is_done(report):
    assert why_not(report, "dues", "ada") == ()


def test_what_comes_next_is_told_soonest_first_and_once(report):
    assert [
        ("dues", "bora", date(2027, 1, 31)),
        ("fee", "bora", date(2027, 3, 2)),
        ("accounts", "carla", date(2027, 3, 31)),
        ("dues", "ada", date(2028, 1, 31)),
        ("dues", "bora", date(2028, 1, 31)),
    ] == [(one.section, one.bearer, one.due) for one in next_due(report)]


def test_what_comes_next_ends_with_the_horizon(report):
    due = [one.due for one in next_due(report, Duration(1, Unit.MONTH))]
    assert [date(2027, 1, 31), date(2027, 3, 2)] == due


def further(report, facts):
    return judge(replace(report.case, facts=(*report.case.facts, *facts)), report.at)


def test_what_if_a_fact_were_added(report, tell):
    changed = changes(report, further(report, tell("On 5 February 2027, Bora paid EUR 60 to Carla.")))
    assert [(one.before.status, one.after.status) for one in changed] == [(Status.VIOLATED, Status.CURED)]
    assert [one.status for one in found(report, "dues", "bora")] == [Status.VIOLATED]


def test_what_if_time_went_on(report):
    changed = changes(report, judge(report.case, CALENDAR.end_of(date(2027, 4, 1))))
    assert [
        (one.after.section, one.after.bearer, one.before.status if one.before else None, one.after.status) for one in changed
    ] == [
        ("fee", "bora", Status.IN_FORCE, Status.VIOLATED),
        ("accounts", "carla", Status.IN_FORCE, Status.VIOLATED),
        ("accounts", "carla", None, Status.IN_FORCE),
    ]


def test_nothing_changes_without_a_change(report):
    assert changes(report, judge(report.case, report.at)) == ()
