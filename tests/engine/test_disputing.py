"""What was decided counts when an agreement is judged: duties with their verdicts, facts that are found, void sections."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from syngraph.engine.agreement import Agreement
from syngraph.engine.disputes.outcomes import Binding, Pending
from syngraph.engine.governance.statements import Acceptance, Appointment, Award, Claim, Details, Form, Kind, parse
from syngraph.engine.norms.told.facts import Evidence

Make = Callable[..., Any]
ARBITRATION = (
    "\n# Arbitration {#arbitration}\n\nAny dispute arising out of these Bylaws shall be settled by arbitration"
    " by one arbitrator appointed by the Parties.\n"
)
PAY = "Edda of Millbrook shall pay EUR 45 to Carla of Millbrook within 14 days after the award."


def say(v: Any, kind: Kind, details: Details, *names: str, body: str = "") -> str:
    v.next_day()
    content = v.stated(kind.value, details, *names, body=body)
    v.enter((content, [v.keys[name] for name in names]))
    return parse(content, "the statement").digest


def decided(village: Make, orders: str, findings: str = "", signing: str = "pia") -> Any:
    """A community whose Carla claims something of Edda, and an award."""
    from tests.village import BYLAWS

    v = village(bylaws=BYLAWS + ARBITRATION)
    v.found()
    v.keys["pia"], v.keys["mallory"] = v.key(), v.key()
    claim = say(v, Kind.CLAIM, Claim("7" * 32, "Dues", ("edda",), ("dues",)), "carla", body=f"## Orders asked\n\n{orders}\n")
    for who, by in (("pia", ("carla", "edda")), ("mallory", ("carla",))):
        line = v.keys[who].public.line()
        say(v, Kind.APPOINTMENT, Appointment(claim, who, line), *by)
        say(v, Kind.ACCEPTANCE, Acceptance(claim, line), who)
    body = f"## Findings\n\n{findings}\n\n## Reasons\n\nThe dues are unpaid.\n\n## Orders\n\n{orders}\n"
    v.award = say(v, Kind.AWARD, Award(claim, 1, Form.FINAL), signing, body=body)
    return v


def verdicts(v: Any, days: int) -> dict[str, tuple[str, str]]:
    """The status of each duty by an award that many days after it, and how well that is supported."""
    at = datetime(v.day.year, v.day.month, v.day.day, 12, tzinfo=UTC) + timedelta(days=days)
    report = Agreement.open(v.path).check((), at)
    return {
        each.act: (each.status.value, each.evidence.value if each.evidence else "")
        for each in report.verdicts
        if each.rule.startswith("award-")
    }


def test_an_order_is_a_duty_with_a_verdict_of_its_own(village: Make) -> None:
    v = decided(village, PAY)
    (dispute,) = Agreement.open(v.path).disputes
    assert isinstance(dispute.outcome, Binding) and dispute.title == "Dues"
    ((act, (status, evidence)),) = verdicts(v, 3).items()
    assert (act, status, evidence) == ("pay EUR 45 to Carla of Millbrook", "in force", Evidence.FOUND.value)
    assert [status for status, _ in verdicts(v, 20).values()] == ["violated"]
    v.next_day()
    v.fact("carla", f"On {v.day.day} January 2026, Edda of Millbrook paid EUR 45 to Carla of Millbrook.")
    assert [status for status, _ in verdicts(v, 20).values()] == ["fulfilled"]


def test_an_award_that_does_not_bind_makes_no_duty(village: Make) -> None:
    v = decided(village, PAY, signing="mallory")
    assert verdicts(v, 20) == {}
    assert [fact for fact in Agreement.open(v.path).record.facts if fact.origin.value == "award"] == []


def test_a_finding_is_a_fact_of_the_strongest_evidence(village: Make) -> None:
    finding = "On 6 January 2026, Edda of Millbrook paid EUR 20 to Carla of Millbrook under section 3."
    v = decided(village, PAY, finding)
    found = [fact for fact in Agreement.open(v.path).record.facts if fact.origin.value == "award"]
    assert [(fact.sentence, fact.signed_by) for fact in found] == [(finding, ("pia",)), ("the award was made", ("pia",))]
    assert found[0].place.path.startswith("record/award/")


def test_a_void_section_has_no_rules_from_the_award_on(village: Make) -> None:
    v = decided(village, "[](#dues) is void.")
    agreement = Agreement.open(v.path)
    before, after = agreement.texts(v.day)[0], agreement.texts(v.day)[-1]
    assert after.since == v.day
    assert "dues" in {rule.clause.section for rule in before.rules}
    assert "dues" not in {rule.clause.section for rule in after.rules}
    assert {rule.id for rule in before.rules if rule.clause.section != "dues"} == {rule.id for rule in after.rules}


def test_an_agreement_without_disputes_has_none(village: Make) -> None:
    v = village()
    v.found()
    assert Agreement.open(v.path).disputes == ()


def test_a_dispute_without_an_award_is_pending(village: Make) -> None:
    from tests.village import BYLAWS

    v = village(bylaws=BYLAWS + ARBITRATION)
    v.found()
    say(v, Kind.CLAIM, Claim("7" * 32, "Dues", ("edda",)), "carla", body=f"{PAY}\n")
    (dispute,) = Agreement.open(v.path).disputes
    assert isinstance(dispute.outcome, Pending)
    assert dispute.facts == ()
