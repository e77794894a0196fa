"""Which orders of an award stand: what was asked for, what the clause allows, and what was read."""

from collections.abc import Callable
from typing import Any

import pytest

from syngraph.engine.disputes.orders import (
    Discharge,
    Duty,
    Excuse,
    Finding,
    ForkDeclared,
    Held,
    Membership,
    Permitted,
    SetAside,
    Severance,
)
from syngraph.engine.disputes.outcomes import Binding, Partly
from syngraph.engine.governance.statements import Correction, Form, Kind, Settlement

Make = Callable[..., Any]
ONE = "Any dispute arising out of these Bylaws shall be settled by arbitration by one arbitrator appointed by the Parties."
PAY = "Bora Tamm shall pay EUR 60 to Carla Mott within 14 days after the award."
REASONS = "## Reasons\n\nThe dues of 2026 are unpaid, and no defence was raised.\n"
MOTION, FORK = "d" * 64, "f" * 64


def awarded(case: Make, asked: str, ordered: str, *clause: str, **more: Any) -> Any:
    """A dispute in which an arbitrator whom both have appointed orders something."""
    c = case(ONE, *clause, asked=f"## Orders asked\n\n{asked}\n", **more)
    c.motion("Raise the dues", "carla")
    c.seat("pia", "ada", "bora")
    c.award("pia", body=f"{REASONS}\n## Orders\n\n{ordered}\n")
    return c


EVERYTHING: list[tuple[str, type]] = [
    (PAY, Duty),
    ("Bora Tamm shall not use the Reading Room.", Duty),
    ("The Respondent shall return the key to Ada Quill by 1 March 2027.", Duty),
    ("Section 3 is void.", Severance),
    ("[](#hours) is void.", Severance),
    ("The adoption of the motion “Raise the dues” is set aside.", SetAside),
    ("The adoption of that motion is set aside.", SetAside),
    (f"The adoption of motion {MOTION[:12]} is set aside.", SetAside),
    ("The breach of section 2 is excused.", Excuse),
    ("Bora Tamm is discharged from section 2.", Discharge),
    ("The fork was not permitted.", ForkDeclared),
    ("The fork is permitted.", ForkDeclared),
    ("Dov Lind is not a Member.", Membership),
    ("Dov Lind remains a Member.", Membership),
]


@pytest.mark.parametrize("sentence, kind", EVERYTHING)
def test_every_order_that_was_asked_for_stands(case: Make, sentence: str, kind: type) -> None:
    c = awarded(case, sentence, sentence, about=(MOTION, FORK))
    assert c.told == ("binding", [sentence])
    assert [type(each) for each in c.outcome.orders] == [kind]


@pytest.mark.parametrize("sentence, kind", EVERYTHING)
def test_no_order_stands_that_nobody_has_asked_for(case: Make, sentence: str, kind: type) -> None:
    c = awarded(case, "The claim is dismissed.", sentence, about=(MOTION, FORK))
    assert c.told == ("void", ["nobody has asked for it"])


@pytest.mark.parametrize("sentence, kind", EVERYTHING)
def test_an_order_hangs_on_nothing_that_is_not_read(case: Make, sentence: str, kind: type) -> None:
    c = awarded(case, "Bora shall do whatever is fair and proper withn reason.", sentence, about=(MOTION, FORK))
    word, (why,) = c.told
    assert (word, why.startswith("it cannot be told whether it was asked for")) == ("pending", True)


def test_what_orders_say_is_understood(case: Make) -> None:
    said = " ".join(sentence for sentence, _ in EVERYTHING)
    c = awarded(case, said, said, about=(MOTION, FORK))
    assert isinstance(c.outcome, Binding)
    made = c.outcome.orders
    assert (made[0].bearers, made[0].to) == (("bora",), ("carla",))
    assert (made[2].bearers, made[2].to) == (("bora",), ("ada",))
    assert [each.section for each in made[3:5]] == ["hours", "hours"]
    assert {each.motion for each in made[5:8]} == {MOTION}
    assert (made[8].section, made[9].who, made[9].section) == ("dues", ("bora",), "dues")
    assert [(each.fork, each.permitted) for each in made[10:12]] == [(FORK, Permitted.NO), (FORK, Permitted.YES)]
    assert [(each.who, each.role, each.held) for each in made[12:]] == [
        (("dov",), "Member", Held.NO),
        (("dov",), "Member", Held.YES),
    ]
    assert [each.said.number for each in made] == list(range(1, 15))


NOT_READ = [
    ("The contract is void.", "the text has no section that “The contract” names"),
    ("Section 44 is void.", "the text has no section that “Section 44” names"),
    ("The adoption of the motion “Lower the dues” is set aside.", "it cannot be told which motion"),
    ("Zoe Black shall pay EUR 60 to Carla Mott.", "nobody in the register is called Zoe Black"),
    ("Zoe Black is a Member.", "nobody is called Zoe Black"),
    ("Bora Tamm shall paying EUR 60.", "it is not read, from “paying” on"),
    ("Everybody should be kind.", "it is"),
    ("Bora Tamm or Dov Lind shall pay EUR 60 to Carla Mott.", "it "),
]


@pytest.mark.parametrize("sentence, why", NOT_READ, ids=[each[0] for each in NOT_READ])
def test_an_order_that_is_not_read_has_no_effect(case: Make, sentence: str, why: str) -> None:
    c = awarded(case, PAY, f"{PAY} {sentence}")
    word, (stands, opened) = c.told
    assert (word, stands) == ("partly", PAY)
    assert opened.startswith(f"open: {why}")
    alone = awarded(case, PAY, sentence)
    assert alone.told[0] == "pending"


STRIKE, ASIDE, OUT = "Section 3 is void.", "The adoption of that motion is set aside.", "Dov Lind is not a Member."
PUNISH = "Bora Tamm shall pay EUR 60 to Carla Mott as punitive damages."
MAY_NOT = "the arbitrators may not do so"
BEYOND: list[tuple[str, str, str, tuple[str, ...], str]] = [
    ("more", PAY, PAY.replace("60", "61"), (), "EUR 61 are more than the EUR 60 asked for"),
    ("another currency", PAY, PAY.replace("EUR", "USD"), (), "USD 60 are more than the USD 0 asked for"),
    ("to somebody else", PAY, PAY.replace("Carla Mott", "Dov Lind"), (), "nobody has asked for it"),
    ("by the other party", PAY, PAY.replace("Bora Tamm", "Ada Quill"), (), "nobody has asked for it"),
    ("by a stranger", PAY, PAY.replace("Bora Tamm", "Dov Lind"), (), "dov is no party"),
    ("over the cap", PAY, PAY, ("The arbitrators may not award more than EUR 50.",), "with it more than EUR 50 is awarded"),
    ("a section nobody may change", "[](#purpose) is void.", "[](#purpose) is void.", (), "the section may not be changed"),
    ("an excluded section", STRIKE, STRIKE, ("The arbitrators may not amend section 3.",), MAY_NOT),
    ("an excluded striking", STRIKE, STRIKE, ("The arbitrators may not declare a section void.",), MAY_NOT),
    ("an excluded setting aside", ASIDE, ASIDE, ("The arbitrators may not set aside a decision of the Members.",), MAY_NOT),
    ("an excluded removal", OUT, OUT, ("The arbitrators may not remove a Member.",), MAY_NOT),
    ("an excluded remedy", PUNISH, PUNISH, ("The arbitrators may not award punitive damages.",), MAY_NOT),
]


@pytest.mark.parametrize("asked, sentence, clause, why", [each[1:] for each in BEYOND], ids=[each[0] for each in BEYOND])
def test_an_order_beyond_the_claim_or_the_clause_falls(
    case: Make, asked: str, sentence: str, clause: tuple[str, ...], why: str
) -> None:
    c = awarded(case, asked, f"{sentence} Otherwise the claim is dismissed.", *clause, about=(MOTION,))
    assert c.told == ("partly", ["Otherwise the claim is dismissed.", f"falls: {why}"])


def test_a_cap_is_on_all_sums_together(case: Make) -> None:
    first, second = PAY.replace("60", "30"), PAY.replace("60", "25")
    c = awarded(case, PAY, f"{first} {second}", "The arbitrators may not award more than EUR 50.")
    assert c.told == ("partly", [first, "falls: with it more than EUR 50 is awarded"])


def test_several_orders_together_are_no_more_than_was_asked_for(case: Make) -> None:
    first, second = PAY.replace("60", "40"), PAY.replace("60", "30")
    c = awarded(case, PAY, f"{first} {second}")
    assert c.told == ("partly", [first, "falls: EUR 70 are more than the EUR 60 asked for"])


def test_what_earlier_awards_grant_counts(case: Make) -> None:
    c = case(ONE, asked=f"## Orders asked\n\n{PAY}\n")
    c.seat("pia", "ada", "bora")
    c.award("pia", form=Form.PARTIAL)
    c.award("pia")
    assert c.told == ("binding", [PAY])
    assert c.word(c.course.judged[1].outcome) == ("void", ["EUR 120 are more than the EUR 60 asked for"])


def test_costs_are_fixed_unasked_and_under_no_cap(case: Make) -> None:
    costs = "Bora Tamm shall pay EUR 400 to Ada Quill for the costs of the arbitration."
    c = awarded(case, PAY, f"{PAY} {costs}", "The arbitrators may not award more than EUR 60.")
    assert c.told == ("binding", [PAY, costs])


def test_a_claim_that_is_not_in_figures_leaves_the_sum_to_the_arbitrators(case: Make) -> None:
    c = awarded(case, "Bora Tamm shall pay the unpaid dues to Carla Mott.", PAY)
    assert c.told == ("binding", [PAY])


def test_what_is_asked_in_return_may_be_granted(case: Make) -> None:
    c = case(ONE)
    c.answer(body="## Orders asked\n\nThe breach of section 2 is excused.\n")
    c.seat("pia", "ada", "bora")
    c.award("pia", body=f"{REASONS}\n## Orders\n\nThe breach of section 2 is excused. The claim is dismissed.\n")
    assert c.told == ("binding", ["The breach of section 2 is excused.", "The claim is dismissed."])


def test_findings_are_facts_and_reasons_order_nothing(case: Make) -> None:
    findings = "## Findings\n\nOn 1 February 2027, Ada Quill paid EUR 20 to Carla Mott under section 2.\n"
    reasons = "## Reasons\n\nEach Member shall pay the dues. Section 2 is void, says Bora.\n"
    c = case(ONE)
    c.seat("pia", "ada", "bora")
    c.award("pia", body=f"{findings}\n{reasons}\n## Orders\n\n1. {PAY}\n")
    assert c.told == ("binding", [PAY])
    (finding,) = c.outcome.findings
    assert isinstance(finding, Finding) and finding.fact.event.actor == "Ada Quill"


def test_an_award_without_headings_orders_what_reads_as_an_order(case: Make) -> None:
    c = case(ONE)
    c.seat("pia", "ada", "bora")
    c.award("pia", body=f"The dues are unpaid. Dov Lind is a Member.\n\n{PAY}\n")
    assert c.told == ("binding", [PAY])


def test_the_place_of_an_order_is_its_line_and_column(case: Make) -> None:
    c = case(ONE)
    c.seat("pia", "ada", "bora")
    c.award("pia", body=f"It is unpaid.\n\n## Orders\n\n- The claim is\n  dismissed.\n- Hm. {PAY}\n")
    assert isinstance(c.outcome, Partly)
    places = [(each.said.place.line, each.said.place.column) for each in c.outcome.stand]
    assert places == [(13, 3), (15, 7)]


def test_a_correction_of_a_typing_error_counts(case: Make) -> None:
    c = awarded(case, PAY, PAY.replace("EUR 60", "EUR 06"))
    award = c.entries[-1].statement.digest
    c.say(Kind.CORRECTION, Correction(c.claim, award), seals=("pia",), body="“EUR 06” is corrected to “EUR 60”.\n")
    assert c.told == ("binding", [PAY])


NO_CORRECTION = [
    ("another order", "“Bora Tamm shall pay” is corrected to “Ada Quill shall pay”.\n", 1),
    ("more than was asked for", "“EUR 60” is corrected to “EUR 600”.\n", 1),
    ("words that are not there", "“EUR 61” is corrected to “EUR 59”.\n", 1),
    ("words that are there twice", "“ar” is corrected to “or”.\n", 1),
    ("too late", "“EUR 60” is corrected to “EUR 59”.\n", 40),
]


@pytest.mark.parametrize("body, days", [each[1:] for each in NO_CORRECTION], ids=[each[0] for each in NO_CORRECTION])
def test_what_is_no_correction_changes_nothing(case: Make, body: str, days: int) -> None:
    from datetime import timedelta

    c = awarded(case, PAY, PAY)
    award = c.entries[-1].statement.digest
    c.say(Kind.CORRECTION, Correction(c.claim, award), seals=("pia",), body=body, on=c.day + timedelta(days=days))
    assert c.told in (("binding", [PAY]), ("void", ["EUR 600 are more than the EUR 60 asked for"]))
    assert c.told[0] == ("void" if "600" in body else "binding")


def test_a_correction_by_another_of_the_panel_changes_nothing(case: Make) -> None:
    from tests.engine.disputes.conftest import THREE

    c = case(THREE)
    c.three()
    award = c.award("pia", "quin", body=f"{REASONS}\nRhea is ill and does not sign.\n\n## Orders\n\n{PAY}\n")
    c.say(Kind.CORRECTION, Correction(c.claim, award), seals=("rhea",), body="“EUR 60” is corrected to “EUR 59”.\n")
    assert c.told == ("binding", [PAY])
    c.say(Kind.CORRECTION, Correction(c.claim, award), seals=("pia", "quin"), body="“EUR 60” is corrected to “EUR 59”.\n")
    assert c.told == ("binding", [PAY.replace("60", "59")])


def test_whether_setting_aside_changes_what_is_excluded_cannot_be_told(case: Make) -> None:
    c = awarded(case, ASIDE, ASIDE, "The arbitrators may not amend section 2.", about=(MOTION,))
    assert c.told == ("pending", ["it cannot be told whether that changes what the arbitrators may not change"])


def test_a_correction_by_somebody_else_changes_nothing(case: Make) -> None:
    c = awarded(case, PAY, PAY)
    award = c.entries[-1].statement.digest
    c.say(Kind.CORRECTION, Correction(c.claim, award), seals=("zoe",), body="“EUR 60” is corrected to “EUR 59”.\n")
    assert c.told == ("binding", [PAY])


def test_a_settlement_takes_the_place_of_what_was_ordered(case: Make) -> None:
    c = awarded(case, f"{PAY} Section 3 is void.", f"{PAY} Section 3 is void.")
    less = PAY.replace("60", "45")
    c.say(Kind.SETTLEMENT, Settlement(c.claim), "ada", "bora", body=f"{less}\n")
    assert c.told == ("binding", ["Section 3 is void.", less])


def test_a_settlement_changes_no_text_and_binds_nobody_else(case: Make) -> None:
    c = case(ONE)
    c.say(
        Kind.SETTLEMENT, Settlement(c.claim), "ada", "bora", body="Section 3 is void. Dov Lind shall pay EUR 5 to Ada Quill.\n"
    )
    assert c.told == (
        "partly",
        ["falls: the text is not changed by a settlement, but by a motion", "falls: it binds somebody who has not settled"],
    )


def test_after_a_settlement_only_an_award_by_consent_follows(case: Make) -> None:
    less = PAY.replace("60", "45")
    c = case(ONE)
    c.seat("pia", "ada", "bora")
    c.award("pia", form=Form.CONSENT, body=f"## Orders\n\n{less}\n")
    assert c.told == ("void", ["an award by consent, and no settlement of all parties"])
    c.say(Kind.SETTLEMENT, Settlement(c.claim), "ada", "bora", body=f"{less}\n")
    c.award("pia")
    assert c.word(c.course.judged[-1].outcome) == ("void", ["the parties have settled"])
    c.award("pia", form=Form.CONSENT, body=f"## Orders\n\n{less}\n")
    assert c.told == ("binding", [less])


def test_setting_aside_needs_a_motion_of_the_chain(case: Make) -> None:
    c = awarded(case, "The adoption of that motion is set aside.", "The adoption of that motion is set aside.", about=("dues",))
    assert c.told == ("pending", ["it cannot be told which motion “The adoption of that motion” means"])
