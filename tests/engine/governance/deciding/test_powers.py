"""Power over the text, the register or votes is not planted, changed or deleted under a weaker rule."""

from typing import Any

import pytest

ALL = "These Bylaws may be amended by two-thirds of all Members."
WEAK = "[](#dues) may be amended by a majority of the votes cast."
STRONG = "[](#purpose) may be amended only with the consent of every Member."
RULES = f"""# Purpose {{#purpose}}

The Reading Room lends books.

# Dues {{#dues}}

Each Member shall pay EUR 20 to the Treasurer by 31 January of each year.

# Amendment {{#amendment}}

{ALL} {WEAK} {STRONG}
"""
POWERS = (
    "The Chair may remove a Member.",
    "The Chair shall remove each Member who is late.",
    "The Chair may veto any motion.",
    "The Chair may admit a person as a Member.",
    "The Chair may appoint a person as Secretary.",
    "The Chair shall elect a Secretary.",
    "The Chair may propose an amendment.",
    "The Chair may correct these Bylaws.",
    "The Chair may amend [](#dues).",
    "The Chair may replace the key of a Member.",
    "The Chair shall correct the Register.",
    "The Chair may call a meeting.",
    "The Chair shall not vote.",
    "A rejected motion may not be raised again for a year.",
    "A Member who is three months in arrears ceases to be a Member.",
    "Any two Members may fork these Bylaws.",
    "Any two Members may propose an amendment.",
    "Any dispute shall be settled by three arbitrators.",
    "A Member may be removed by a majority of the votes cast.",
    "The Board has two Members.",
)
COUNTING = (
    "The minutes are signed by the Chair.",
    "The minutes shall be signed by the Chair.",
    "The Chair shall close each vote.",
    "A Member may vote by proxy.",
    "A Member may delegate their vote to another Member.",
)
ORDINARY = (
    "The Chair shall send a reminder to each Member by 10 January of each year.",
    "The Treasurer may waive a fee.",
    "The Treasurer shall keep the membership fees in a bank.",
)
PLACE = "by 31 January of each year."


@pytest.mark.parametrize("sentence", POWERS)
@pytest.mark.parametrize("way", ["new", "deleted", "changed", "in a section below"])
def test_power_is_as_hard_to_change_as_the_text(sentence: str, way: str, club: Any) -> None:
    plain = club.text(RULES)
    heading = "\n\n## More {#more}" if way == "in a section below" else ""
    planted = club.change(plain, PLACE, f"{PLACE}{heading}\n\n{sentence}")
    match way:
        case "deleted":
            needs = club.required(planted, plain)
        case "changed":
            other = sentence.replace("two", "three") if "two" in sentence else f"{sentence[:-1]} within 30 days after Easter."
            needs = club.required(planted, club.change(planted, sentence, other))
        case _:
            needs = club.required(plain, planted)
    assert ALL in club.named(needs)


@pytest.mark.parametrize("sentence", COUNTING)
def test_how_votes_are_given_closed_and_attested_bears_on_all_that_is_protected(sentence: str, club: Any) -> None:
    plain = club.text(RULES)
    planted = club.change(plain, PLACE, f"{PLACE}\n\n{sentence}")
    assert {ALL, WEAK, STRONG} == set(club.named(club.required(plain, planted)))
    assert {ALL, WEAK, STRONG} == set(club.named(club.required(planted, plain)))


@pytest.mark.parametrize("sentence", ORDINARY)
def test_what_is_no_power_over_decisions_is_changed_by_the_rule_of_its_section(sentence: str, club: Any) -> None:
    plain = club.text(RULES)
    planted = club.change(plain, PLACE, f"{PLACE}\n\n{sentence}")
    assert club.named(club.required(plain, planted)) == [WEAK]


def test_the_definition_of_who_has_a_power_is_as_hard_to_change(club: Any) -> None:
    rules = RULES.replace("# Amendment", 'The Warden may remove a Member. "Warden" means the Chair.\n\n# Amendment')
    before = club.text(rules)
    needs = club.required(before, club.change(before, "means the Chair", "means any person"))
    assert ALL in club.named(needs)


def test_a_sentence_that_leaves_decisions_in_doubt_is_as_hard_to_bring_in(club: Any) -> None:
    plain = club.text(RULES)
    planted = club.change(plain, PLACE, f"{PLACE}\n\nThese Bylaws can be changed whenever we like.")
    assert ALL in club.named(club.required(plain, planted))
