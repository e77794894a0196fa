"""Who is proposed for removal is left out where that is decided, and nowhere else."""

from typing import Any

import pytest

RULES = """# Rules {#rules}

These Bylaws may be amended by two-thirds of all Members. A Member may be removed by three-quarters of all Members.
%s

# Tea {#tea}

Tea is at four.
"""
PEOPLE = """principals:
  - {id: ada, name: Ada Quill, roles: [Member, Chair]}
  - {id: bora, name: Bora Tamm, roles: [Member, Secretary]}
  - {id: carla, name: Carla Mott, roles: [Member]}
  - {id: dov, name: Dov Lind, roles: [Member]}
  - {id: edda, name: Edda Moor, roles: [Member]}
"""
NOT_COUNTED = "The Member proposed for removal is not counted."
NO_VOTE = "The Member proposed for removal may not vote."
SENTENCES = (NOT_COUNTED, NO_VOTE, "The Member concerned is not counted.")


def village(club: Any, sentence: str = NOT_COUNTED) -> Any:
    return club.text(RULES % sentence, register_yaml=PEOPLE)


def without(club: Any, before: Any, role: str, *who: str) -> Any:
    register = before.tree.read("register.yaml").decode()
    lines = register.splitlines(keepends=True)
    for at, line in enumerate(lines):
        if any(f"id: {id_}," in line for id_ in who):
            lines[at] = line.replace(f"[{role}, ", "[").replace(f", {role}]", "]").replace(f"[{role}]", "[]")
    files = {path: before.tree.read(path) for path in before.tree.paths()}
    return club.of_files(files | {"register.yaml": "".join(lines).encode()})


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_removal_leaves_nobody_out_of_the_rest_of_the_motion(sentence: str, club: Any) -> None:
    before = village(club, sentence)
    after = club.change(without(club, before, "Member", "ada", "bora", "carla"), "two-thirds", "a majority")
    needs = club.required(before, after)
    told = club.votes(before, needs, dov="yes", edda="yes")
    assert told.outcome == "rejected"
    assert [each.alternatives[0].tests[0].count.electorate for each in told.decided if each.deciding.removal is None] == [5]


def test_each_of_several_is_left_out_of_the_own_removal_alone(club: Any) -> None:
    before = village(club)
    needs = club.required(before, without(club, before, "Member", "ada", "bora", "carla"))
    assert {each.removal.principal: each.placed.clause.sentence.text for each in needs.deciding} == dict.fromkeys(
        ("ada", "bora", "carla"), "A Member may be removed by three-quarters of all Members."
    )
    two = club.votes(before, needs, dov="yes", edda="yes")
    assert ([each.needed for each in two.decided], two.outcome, two.uncounted) == ([3, 3, 3], "rejected", ())
    assert club.votes(before, needs, dov="yes", edda="yes", carla="yes").outcome == "rejected"  # not hers: two of four
    assert club.votes(before, needs, dov="yes", edda="yes", carla="yes", bora="yes").outcome == "adopted"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_who_loses_an_office_votes_as_a_member(sentence: str, club: Any) -> None:
    before = village(club, sentence)
    needs = club.required(before, without(club, before, "Chair", "ada"))
    told = club.votes(before, needs, ada="no", bora="no", dov="yes", edda="yes", carla="yes")
    assert (told.outcome, told.uncounted, told.decided[0].alternatives[0].tests[0].count.no) == ("rejected", (), 2)


def test_an_office_that_ends_in_the_far_future_takes_no_vote_away(club: Any) -> None:
    before = village(club)
    ending = club.change(before, "[Member, Chair]", "[Member, {role: Chair, until: 2099-01-01}]", "register.yaml")
    needs = club.required(before, club.change(ending, "four", "five"))
    assert club.electorate(before, needs, club.day).everybody == {"ada", "bora", "carla", "dov", "edda"}


def test_a_sentence_on_officers_is_one_on_each_office(club: Any) -> None:
    before = village(club, "The officer proposed for removal is not counted.")
    needs = club.required(before, without(club, before, "Chair", "ada"))
    assert "ada" not in club.electorate(before, needs, club.day).everybody
    needs = club.required(before, without(club, before, "Member", "ada"))
    assert "ada" in club.electorate(before, needs, club.day)


def test_who_may_not_vote_is_counted_all_the_same(club: Any) -> None:
    before = village(club, NO_VOTE)
    needs = club.required(before, without(club, before, "Member", "bora"))
    told = club.votes(before, needs, ada="yes", carla="yes", dov="yes", bora="yes")
    assert told.outcome == "rejected"
    assert told.uncounted == (("bora", "is left out of this vote"),)
    assert told.decided[0].alternatives[0].tests[0].count.electorate == 5


def test_a_threshold_leaves_out_whom_it_is_about(club: Any) -> None:
    rule = "The Secretary may be removed by a majority of all Members other than the Secretary proposed for removal."
    before = village(club, rule)
    after = without(club, before, "Secretary", "bora")
    needs = club.required(before, after)
    voters = club.electorate(before, needs, club.day)
    (deciding,) = needs.deciding
    threshold = deciding.alternatives[0][0]
    assert tuple(voters.members("Member", threshold.excluding, deciding.removal)) == ("ada", "carla", "dov", "edda")
    assert club.votes(before, needs, ada="yes", carla="yes", bora="no").outcome == "rejected"
    assert club.votes(before, needs, ada="yes", carla="yes", dov="yes", bora="no").outcome == "adopted"


def test_somebody_nominated_is_for_people_to_tell(club: Any) -> None:
    before = village(club, "The Member nominated for election is not counted.")
    elected = club.change(before, "Carla Mott, roles: [Member]", "Carla Mott, roles: [Member, Chair]", "register.yaml")
    assert club.electorate(before, club.required(before, elected), club.day).doubts != ()
    assert club.electorate(before, club.required(before, club.change(before, "four", "five")), club.day).doubts == ()
