"""Who has a vote, and how many."""

from typing import Any

import pytest

from syngraph.engine.governance.deciding import Choice, may_move, tally

TEXT = """# Votes {#votes}

%s

# Tea {#tea}

Tea is at four.
"""
DIRECTORS = """principals:
  - {id: ada, name: Ada Quill, roles: [Member, Director]}
  - {id: bora, name: Bora Tamm, roles: [{role: Member, since: 2026-07-01}]}
  - {id: carla, name: Carla Mott, roles: [{role: Member, until: 2026-05-31}]}
  - {id: dov, name: Dov Lind, roles: [Member]}
  - {id: eve, name: Eve Stone}
"""
SHAREHOLDERS = """principals:
  - {id: ada, name: Ada Quill, roles: [{role: Shareholder, weight: 300}, {role: Shareholder, weight: 50}]}
  - {id: bora, name: Bora Tamm, roles: [{role: Shareholder, weight: 250}]}
  - {id: carla, name: Carla Mott, roles: [{role: Shareholder}]}
"""


def voters(club: Any, rules: str, register: str = DIRECTORS) -> Any:
    before = club.text(TEXT % rules, register_yaml=register)
    return club.electorate(before, club.required(before, club.change(before, "four", "five")), club.day)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("These Bylaws may be amended by a majority of all Members.", {"Member": "ada dov", "": "ada dov"}),
        ("These Bylaws may be amended by a majority of the Directors.", {"Director": "ada", "": "ada"}),
        ("These Bylaws may be amended by a majority of the votes cast.", {"": "ada dov"}),
        ("These Bylaws may be amended by a majority of the votes cast. Each Director has one vote.", {"": "ada"}),
        ("These Bylaws may be amended by a majority of the votes cast. Quorum is half of all Members.", {"": "ada dov"}),
        ("The Board may amend these Bylaws by a majority of the votes cast. The Board has two Directors.", {"Board": "ada"}),
        ('These Bylaws may be amended by a majority of the Board. "Board" means the Directors.', {"Board": "ada"}),
        ("", {"every party": "ada dov"}),
    ],
)
def test_who_makes_up_a_body(rules: str, expected: dict[str, str], club: Any) -> None:
    found = voters(club, rules)
    assert found.doubts == ()
    assert expected == {body: " ".join(found.bodies[body]) for body in expected}


def test_a_body_that_nobody_knows_is_a_doubt(club: Any) -> None:
    found = voters(club, "These Bylaws may be amended by a majority of the Elders.")
    assert found.doubts == ("it cannot be told who the Elder are: no role of the register is called so",)


def test_votes_go_with_shares(club: Any) -> None:
    rules = "These Bylaws may be amended by 60% of the votes cast. Each Shareholder has one vote for each Share."
    found = voters(club, rules, SHAREHOLDERS.replace("{role: Shareholder}", "{role: Shareholder, weight: 1}"))
    assert (found.bodies[""], found.doubts) == ({"ada": 350, "bora": 250, "carla": 1}, ())


def test_shares_that_the_register_does_not_tell_are_a_doubt(club: Any) -> None:
    rules = "These Bylaws may be amended by 60% of the votes cast. Each Shareholder has one vote for each Share."
    assert voters(club, rules, SHAREHOLDERS).doubts == ("the register does not say how many Shares Carla Mott has",)


def test_a_share_of_all_shares_is_counted_in_shares(club: Any) -> None:
    rules = "These Bylaws may be amended by 60% of all Shares. Each Shareholder has one vote for each Share."
    register = SHAREHOLDERS.replace("{role: Shareholder}", "{role: Shareholder, weight: 400}")
    before = club.text(TEXT % rules, register_yaml=register)
    needs = club.required(before, club.change(before, "four", "five"))
    found = club.electorate(before, needs, club.day)
    told = tally(needs, found, {"ada": Choice.YES, "bora": Choice.YES})
    assert (told.outcome, told.decided[0].needed) == ("adopted", 600)
    assert tally(needs, found, {"carla": Choice.YES}).outcome == "rejected"


def test_a_head_is_a_head_whatever_votes_it_has(club: Any) -> None:
    rules = "These Bylaws may be amended by a majority of all Members. Each Member has two votes."
    before = club.text(TEXT % rules)
    needs = club.required(before, club.change(before, "four", "five"))
    assert club.votes(before, needs, ada="yes").decided[0].needed == 3


def test_different_votes_for_one_person_are_a_doubt(club: Any) -> None:
    rules = (
        "These Bylaws may be amended by a majority of the votes cast. Each Member has one vote. Each Director has two votes."
    )
    assert voters(club, rules).doubts == ("the text gives Ada Quill different numbers of votes",)


def test_votes_that_are_allotted_are_a_doubt(club: Any) -> None:
    rules = (
        "These Bylaws may be amended by a majority of the votes cast. "
        "Each Member has 20 votes each year to allot among proposals."
    )
    before = club.text(TEXT % rules)
    needs = club.required(before, club.change(before, "four", "five"))
    told = club.votes(before, needs, ada="yes", bora="yes", carla="yes", dov="yes")
    why = "each Member has votes to allot, and a ballot does not say how many are given to a matter"
    assert (told.outcome, why in told.doubts) == ("undetermined", True)


def test_those_whom_a_threshold_leaves_out_are_not_counted_in_it(club: Any) -> None:
    found = voters(club, "These Bylaws may be amended by a majority of all Members other than the Director.")
    assert tuple(found.members("Member", "the Director")) == ("dov",)


def test_those_who_are_left_out_and_unknown_are_a_doubt(club: Any) -> None:
    found = voters(club, "These Bylaws may be amended by a majority of all Members other than the one with the hat.")
    assert len(found.doubts) == 1


@pytest.mark.parametrize(
    ("rules", "who", "expected"),
    [
        ("", ("eve",), ""),
        ("Any Member may propose an amendment.", ("dov",), ""),
        ("Any Member may propose an amendment.", ("eve",), "it takes a Member"),
        ("Any two Members may propose an amendment.", ("dov", "dov", "eve"), "it takes 2 of the Member together"),
        ("Any two Members may propose an amendment.", ("dov", "ada"), ""),
        ("Sixty percent of the Members may call a vote.", ("dov",), "it takes 2 of the Member together"),
        ("Sixty percent of the Members may call a vote. The Director may propose an amendment.", ("ada",), ""),
    ],
)
def test_who_may_propose(rules: str, who: tuple[str, ...], expected: str, club: Any) -> None:
    before = club.text(TEXT % f"These Bylaws may be amended by a majority of all Members. {rules}", register_yaml=DIRECTORS)
    needs = club.required(before, club.change(before, "four", "five"))
    assert expected == may_move(needs, club.electorate(before, needs, club.day), who)
