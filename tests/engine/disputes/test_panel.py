"""How a panel comes about: who appoints whom when, who accepts by which key, and what is none of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from syngraph.engine.disputes.grounds import cited
from syngraph.engine.governance.statements import Acceptance, Appointment, Kind, Retraction
from tests.engine.disputes.conftest import THREE, key

Make = Callable[..., Any]
CHAIR = "If a Party does not appoint an arbitrator within 20 days after the claim, the Chair shall appoint."


def seats(c: Any) -> list[str | None]:
    return [each and each.id for each in c.panel.seats]


def test_each_side_appoints_its_own_and_no_other(case: Make) -> None:
    c = case(THREE)
    c.seat("pia", "ada")
    c.seat("quin", "ada")
    assert seats(c) == ["pia", None, None]
    (note,) = c.panel.notes
    assert note.says == "quin is not appointed by ada, who may not appoint now, or not alone"


def test_several_on_a_side_appoint_jointly(case: Make) -> None:
    c = case(THREE, claimants=("ada", "dov"))
    c.seat("pia", "ada")
    assert seats(c) == [None, None, None]
    c.appoint("pia", "dov")
    assert seats(c) == ["pia", None, None]


def test_both_parties_may_agree_on_a_sole_arbitrator_one_after_the_other(case: Make) -> None:
    c = case()
    c.seat("pia", "ada")
    assert seats(c) == [None]
    c.appoint("pia", "bora")
    assert seats(c) == ["pia"] and c.panel.missing == ()


def test_the_third_is_appointed_by_both_others(case: Make) -> None:
    c = case(THREE)
    c.seat("pia", "ada")
    c.seat("quin", "bora")
    c.seat("rhea", seals=("pia",))
    assert seats(c) == ["pia", "quin", None]
    c.appoint("rhea", seals=("pia", "quin"))
    assert seats(c) == ["pia", "quin", "rhea"]


def test_the_appointing_authority_acts_once_the_time_has_run(case: Make) -> None:
    # 20 days from 5 January are over with 25 January
    for on, there in ((date(2027, 1, 25), [None, None, None]), (date(2027, 1, 26), ["sol", None, None])):
        c = case(THREE, CHAIR, claimants=("dov",))
        c.appoint("sol", "ada", capacity="Chair", on=on)
        assert seats(c) == there, on


def test_somebody_else_is_no_appointing_authority(case: Make) -> None:
    c = case(THREE, CHAIR, claimants=("dov",))
    c.appoint("sol", "carla", on=date(2027, 3, 1))
    assert seats(c) == [None, None, None]


def test_an_authority_is_found_by_its_definition(case: Make) -> None:
    authority = CHAIR.replace("the Chair", "the Appointing Authority")
    c = case(THREE, authority, '"Appointing Authority" means the Treasurer.')
    c.appoint("sol", "carla", on=date(2027, 3, 1))
    assert seats(c) == ["sol", None, None]


def test_without_an_authority_nobody_appoints_in_default(case: Make) -> None:
    c = case(THREE)
    c.appoint("sol", "ada", capacity="Chair", on=date(2028, 3, 1))
    assert seats(c) == ["sol", None, None]
    c.appoint("tom", "carla", on=date(2028, 3, 1))
    assert seats(c) == ["sol", None, None]


def test_a_party_appoints_late_as_long_as_nobody_has_in_default(case: Make) -> None:
    c = case(THREE, CHAIR)
    c.seat("quin", "bora", on=date(2027, 3, 1))
    assert seats(c) == [None, "quin", None]


def test_an_office_appoints_where_the_text_says_so(case: Make) -> None:
    c = case("Any dispute between Members shall be settled by one arbitrator appointed by the Chair.", claimants=("dov",))
    c.seat("pia", "carla")
    assert seats(c) == [None]
    c.seat("pia", "ada")
    assert seats(c) == ["pia"]


def test_a_key_that_nobody_vouches_for_accepts_nothing(case: Make) -> None:
    c = case()
    c.say(Kind.APPOINTMENT, Appointment(c.claim, "pia"), "ada", "bora")
    c.accept("pia")
    (missing,) = c.panel.missing
    assert missing.says == "pia has not accepted with a key that somebody vouches for"
    c.accept("pia", "ada")
    assert c.panel.missing == ()


def test_the_key_that_an_appointment_names_is_the_only_one(case: Make) -> None:
    c = case()
    c.appoint("pia", "ada", "bora")
    other = Acceptance(c.claim, key("mallory").public.line())
    c.say(Kind.ACCEPTANCE, other, "carla", seals=("mallory",))
    c.accept("pia")
    assert c.panel.signing((key("mallory").public.name,)) == ()
    assert [each.id for each in c.panel.signing((key("pia").public.name,))] == ["pia"]


def test_somebody_else_of_the_same_name_drives_no_arbitrator_out(case: Make) -> None:
    from dataclasses import replace

    c = case()
    c.seat("pia", "ada", "bora")
    false = c.say(Kind.ACCEPTANCE, Acceptance(c.claim, key("mallory").public.line()), seals=("mallory",))
    last = c.entries[-1]
    c.entries[-1] = replace(last, statement=replace(last.statement, principals=("pia",)))
    c.say(Kind.RETRACTION, Retraction(false), seals=("mallory",))
    assert seats(c) == ["pia"]


def test_all_parties_replace_an_arbitrator_at_once(case: Make) -> None:
    c = case(THREE)
    c.three()
    c.seat("sol", "ada", "bora", replaces="quin")
    assert seats(c) == ["pia", "sol", "rhea"]


def test_one_party_replaces_nobody(case: Make) -> None:
    c = case(THREE)
    c.three()
    c.seat("sol", "bora", replaces="quin")
    assert seats(c) == ["pia", "quin", "rhea"]


def test_what_is_missing_names_who_appoints(case: Make) -> None:
    c = case(THREE)
    assert {cited(each.ground).partition(": ")[2] for each in c.panel.missing} == {THREE}
