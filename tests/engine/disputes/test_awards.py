"""Each check of an award: what makes it none, what it lacks, and what is no fault of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from syngraph.engine.governance.statements import Challenge, Extension, Form, Kind, Retraction

Make = Callable[..., Any]
PAY = "Bora Tamm shall pay EUR 60 to Carla Mott within 14 days after the award."
REASONS = "## Reasons\n\nThe dues of 2026 are unpaid, and no defence was raised.\n"
ORDERS = f"## Orders\n\n{PAY}\n"
THREE = (
    "Any dispute arising out of these Bylaws shall be settled by arbitration by three arbitrators, one appointed by each Party"
    " and the third by the two so appointed."
)
ONE = "Any dispute arising out of these Bylaws shall be settled by arbitration by one arbitrator appointed by the Parties."
IN_TIME = "The arbitrators shall make the award within 60 days after the claim."


def test_an_award_by_the_arbitrator_whom_both_have_appointed_binds(case: Make) -> None:
    c = case()
    c.seat("pia", "ada", "bora")
    c.award("pia")
    assert c.told == ("binding", [PAY])


def test_an_award_by_all_three_binds(case: Make) -> None:
    c = case(THREE)
    c.three()
    c.award("pia", "quin", "rhea")
    assert c.told == ("binding", [PAY])


def test_nothing_is_decided_before_an_award(case: Make) -> None:
    c = case(THREE)
    assert c.told == ("pending", [f"nobody is appointed as arbitrator {n} of 3" for n in (1, 2, 3)])
    c.three()
    assert c.told == ("pending", ["no award has been made"])


def test_an_incomplete_panel_makes_no_award(case: Make) -> None:
    c = case(THREE)
    c.seat("pia", "ada")
    c.seat("quin", "bora")
    c.award("pia", "quin")
    assert c.told == ("void", ["nobody is appointed as arbitrator 3 of 3"])


def test_who_has_not_accepted_is_not_on_the_panel(case: Make) -> None:
    c = case(THREE)
    c.seat("pia", "ada")
    c.seat("quin", "bora")
    c.appoint("rhea", seals=("pia", "quin"))
    c.award("pia", "quin")
    assert c.told == ("void", ["rhea has not accepted with a key that somebody vouches for"])


def test_an_award_of_a_partys_own_arbitrator_alone_is_none(case: Make) -> None:
    c = case(THREE)
    c.three()
    c.award("pia")
    assert c.told == ("void", ["signed by pia: 1 of 3, where 2 are needed"])


@pytest.mark.parametrize(
    "sentence, by, word",
    [
        ("If there is no majority, the presiding arbitrator decides alone.", "rhea", "binding"),
        ("The presiding arbitrator may decide alone if there is no majority.", "rhea", "binding"),
        ("If there is no majority, the presiding arbitrator decides alone.", "pia", "void"),
        ("The award is final and binds the Parties.", "rhea", "void"),
    ],
)
def test_the_presiding_arbitrator_decides_alone_only_where_the_text_says_so(
    case: Make, sentence: str, by: str, word: str
) -> None:
    c = case(THREE, sentence)
    c.three()
    absent = " ".join(
        f"{each.title()} does not sign because there is no majority." for each in ("pia", "quin", "rhea") if each != by
    )
    c.award(by, body=f"{REASONS}\n{absent}\n\n{ORDERS}")
    assert c.told[0] == word


def test_an_award_by_a_stranger_is_none(case: Make) -> None:
    c = case()
    c.seat("pia", "ada", "bora")
    c.award("zoe")
    assert c.told == ("void", ["signed by no arbitrator: 0 of 1, where 1 are needed"])


def test_a_missing_signature_is_reasoned(case: Make) -> None:
    c = case(THREE)
    c.three()
    c.award("pia", "rhea", body=f"{REASONS}\nQuin did not sign because he holds the claim to be unfounded.\n\n{ORDERS}")
    assert c.told == ("binding", [PAY])


@pytest.mark.parametrize("more", ["", "Quin did not sign.\n\n", "Pia signed first because she lives near.\n\n"])
def test_a_missing_signature_without_a_reason_is_wanting(case: Make, more: str) -> None:
    c = case(THREE)
    c.three()
    c.award("pia", "rhea", body=f"{REASONS}\n{more}{ORDERS}")
    assert c.told == ("pending", ["the reason why quin has not signed"])


def test_who_dissents_explains_the_missing_signature(case: Make) -> None:
    from syngraph.engine.governance.statements import Dissent

    c = case(THREE)
    c.three()
    award = c.award("pia", "rhea")
    c.say(Kind.DISSENT, Dissent(c.claim, award), seals=("quin",), body="The claim is unfounded.\n")
    assert c.told == ("binding", [PAY])


def test_an_award_in_time_binds_and_a_late_one_does_not(case: Make) -> None:
    # 60 days from 5 January are over with 6 March
    for on, word in ((date(2027, 3, 6), "binding"), (date(2027, 3, 7), "void")):
        c = case(ONE, IN_TIME)
        c.seat("pia", "ada", "bora")
        c.award("pia", on=on)
        assert c.told[0] == word, on
    assert c.told[1] == ["it entered on 2027-03-07, after its time had ended on 2027-03-06"]


def test_the_parties_extend_the_time(case: Make) -> None:
    c = case(ONE, IN_TIME)
    c.seat("pia", "ada", "bora")
    c.say(Kind.EXTENSION, Extension(c.claim, date(2027, 4, 1)), "ada", "bora")
    c.award("pia", on=date(2027, 4, 1))
    assert c.told[0] == "binding"


@pytest.mark.parametrize("by", [("ada",), ("bora",), ()])
def test_one_party_or_the_arbitrators_do_not_extend_the_time_unless_the_text_lets_them(case: Make, by: tuple[str, ...]) -> None:
    c = case(ONE, IN_TIME)
    c.seat("pia", "ada", "bora")
    c.say(Kind.EXTENSION, Extension(c.claim, date(2027, 4, 1)), *by, seals=() if by else ("pia",))
    c.award("pia", on=date(2027, 4, 1))
    assert c.told[0] == "void"


@pytest.mark.parametrize(
    "said, until, word",
    [
        (date(2027, 3, 6), date(2027, 4, 5), "binding"),
        (date(2027, 3, 6), date(2027, 4, 6), "void"),
        (date(2027, 3, 7), date(2027, 4, 5), "void"),
    ],
)
def test_the_arbitrators_extend_the_time_as_the_text_lets_them(case: Make, said: date, until: date, word: str) -> None:
    c = case(ONE, IN_TIME, "The arbitrators may extend the time for the award by up to 30 days.")
    c.seat("pia", "ada", "bora")
    c.say(Kind.EXTENSION, Extension(c.claim, until), seals=("pia",), on=said)
    c.award("pia", on=until)
    assert c.told[0] == word


def test_a_time_of_which_nobody_knows_when_it_began_is_told(case: Make) -> None:
    c = case(ONE, "The arbitrators shall make the award within 60 days after the hearing.")
    c.seat("pia", "ada", "bora")
    c.award("pia")
    assert c.told == ("pending", ["it cannot be told on which day the hearing was"])


def test_a_party_is_no_arbitrator_of_their_own(case: Make) -> None:
    c = case(THREE)
    c.seat("ada", "ada")
    c.seat("quin", "bora")
    c.seat("rhea", seals=("ada", "quin"))
    c.award("ada", "rhea", body=f"{REASONS}\nQuin refused to sign.\n\n{ORDERS}")
    assert c.told == ("void", ["ada is a party"])


def test_even_all_parties_together_appoint_no_party(case: Make) -> None:
    c = case()
    c.seat("bora", "ada", "bora")
    c.award("bora")
    assert c.told == ("void", ["bora is a party"])


def test_who_signs_for_a_party_is_not_independent(case: Make) -> None:
    c = case(THREE, respondents=("press",))
    c.seat("pia", "ada")
    c.seat("dov", "press")
    c.seat("rhea", seals=("pia", "dov"))
    c.award("pia", "dov", "rhea", body=f"{REASONS}\n## Orders\n\nThe claim is dismissed.\n")
    assert c.told == ("void", ["dov and press, a party, sign for one another"])


def test_who_moved_it_does_not_judge_it_unless_all_parties_let_them(case: Make) -> None:
    for by, word in ((("ada",), "void"), (("ada", "bora"), "binding")):
        c = case(THREE, about=("d" * 64,))
        c.motion("Raise the dues", "carla", "dov")
        c.seat("carla", *by)
        c.seat("quin", "bora")
        c.seat("rhea", seals=("carla", "quin"))
        c.award("carla", "quin", "rhea")
        assert c.told[0] == word, by


def test_an_arbitrator_who_withdrew_or_was_replaced_signs_in_vain(case: Make) -> None:
    c = case(THREE)
    c.three()
    c.say(Kind.RETRACTION, Retraction(c.entries[2].statement.digest), seals=("pia",))
    c.award("quin", "rhea", body=f"{REASONS}\nPia has withdrawn and does not sign.\n\n{ORDERS}")
    assert c.told == ("void", ["nobody is appointed as arbitrator 1 of 3"])
    c.seat("sol", "ada")
    c.award("pia", "quin", body=f"{REASONS}\nRhea and Sol refuse to sign.\n\n{ORDERS}")
    assert c.told == ("void", ["signed by quin: 1 of 3, where 2 are needed"])
    c.award("sol", "quin", "rhea")
    assert c.told == ("binding", [PAY])


def test_a_challenge_that_all_parties_agree_to_removes_an_arbitrator(case: Make) -> None:
    c = case(THREE)
    c.three()
    c.say(Kind.CHALLENGE, Challenge(c.claim, "quin"), "ada")
    assert [each and each.id for each in c.panel.seats] == ["pia", "quin", "rhea"]
    c.say(Kind.CHALLENGE, Challenge(c.claim, "quin"), "bora")
    assert [each and each.id for each in c.panel.seats] == ["pia", None, "rhea"]


def test_a_challenge_is_upheld_by_whoever_appoints_in_default(case: Make) -> None:
    c = case(
        THREE,
        "If a Party does not appoint an arbitrator within 20 days after the claim, the Chair shall appoint.",
        claimants=("dov",),
    )
    c.seat("pia", "dov")
    c.seat("quin", "bora")
    c.appoint("sol", "ada", replaces="quin", capacity="Chair")
    assert [each and each.id for each in c.panel.seats] == ["pia", "quin", None]
    c.say(Kind.CHALLENGE, Challenge(c.claim, "quin"), "dov")
    c.appoint("sol", "ada", replaces="quin", capacity="Chair", on=date(2027, 2, 20))
    assert [each and each.id for each in c.panel.seats] == ["pia", None, None]
    c.appoint("sol", "ada", capacity="Chair", on=date(2027, 3, 20))
    assert [each and each.id for each in c.panel.seats][:2] == ["pia", "sol"]


def test_a_second_award_on_a_claim_that_is_decided_is_none(case: Make) -> None:
    c = case()
    c.seat("pia", "ada", "bora")
    c.award("pia")
    c.award("pia")
    first, second = c.course.judged
    assert c.word(second.outcome) == ("void", [f"the claim was decided by award 1 of {first.entry.entered}"])
    assert c.told == ("binding", [PAY])


def test_a_partial_award_leaves_room_for_the_rest(case: Make) -> None:
    asked = f"## Orders asked\n\n{PAY} The breach of section 3 is excused.\n"
    c = case(asked=asked)
    c.seat("pia", "ada", "bora")
    c.award("pia", form=Form.PARTIAL)
    c.award("pia", body=f"{REASONS}\n## Orders\n\nThe breach of section 3 is excused.\n")
    assert c.told == ("binding", [PAY, "The breach of section 3 is excused."])


def test_an_award_that_is_void_decides_nothing(case: Make) -> None:
    c = case(THREE)
    c.three()
    c.award("pia")
    c.award("pia", "quin", "rhea")
    assert c.told == ("binding", [PAY])


def test_an_award_of_a_fork_is_none_here(case: Make) -> None:
    c = case()
    c.seat("pia", "ada", "bora")
    c.award("pia", fork="e" * 64)
    assert c.told == ("void", ["it was made for another lineage or fork than the claim"])


def test_an_award_without_reasons_is_wanting(case: Make) -> None:
    c = case()
    c.seat("pia", "ada", "bora")
    c.award("pia", body=ORDERS)
    assert c.told == ("pending", ["the reasons upon which it is based"])


def test_an_award_on_a_claim_that_was_withdrawn_is_none(case: Make) -> None:
    c = case()
    c.seat("pia", "ada", "bora")
    c.say(Kind.RETRACTION, Retraction(c.claim), "ada")
    day = c.day
    c.award("pia")
    assert c.told == ("void", [f"the claim was withdrawn on {day}"])


def test_a_text_without_arbitration_has_no_awards(case: Make) -> None:
    c = case("The arbitrators shall be polite.")
    assert c.told == ("pending", ["the text sends no such dispute to arbitration"])
    c.award("pia")
    assert c.told == ("void", ["the text sends no such dispute to arbitration"])


def test_a_sentence_about_disputes_that_is_not_read_leaves_it_open(case: Make) -> None:
    c = case(ONE, "The arbitrators may not awarded punitive damages.")
    c.seat("pia", "ada", "bora")
    c.award("pia")
    word, (why,) = c.told
    assert (word, why.startswith("“The arbitrators may not awarded")) == ("pending", True)


def test_the_day_of_entering_counts_and_not_the_date_that_an_award_gives_itself(case: Make) -> None:
    from dataclasses import replace

    c = case(ONE, IN_TIME)
    c.seat("pia", "ada", "bora")
    c.award("pia", on=date(2027, 3, 8))
    last = c.entries[-1]
    c.entries[-1] = replace(last, statement=replace(last.statement, date=last.statement.date - timedelta(days=5)))
    assert c.told[0] == "void"
