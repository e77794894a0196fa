"""Which rules decide: the most specific ones, and what happens where none is found or one is not understood."""

from typing import Any

import pytest

from syngraph.engine.governance.deciding import of_meeting

ALL = "These Bylaws may be amended by two-thirds of all Members."
TEXT = """# Votes {#votes}

%s

# House {#house}

The house is warm.

## Garden {#garden}

The garden is green.

### Shed {#shed}

The shed is red.

# Tea {#tea}

Tea is at four.
"""
COLOURS = {"tea": ("four", "five"), "house": ("warm", "cool"), "garden": ("green", "brown"), "shed": ("red", "blue")}


def deciding(club: Any, rules: str, *changed: str) -> list[str]:
    before = after = club.text(TEXT % rules)
    for section in changed:
        after = club.change(after, *COLOURS[section])
    return club.named(club.required(before, after))


HOUSE = "[](#house) may be amended by a majority of all Members."
GARDEN = "[](#garden) may be amended by three-quarters of all Members."
ALSO = "[](#garden) may be amended by a majority of the votes cast."
PASSES = "A motion passes by a majority of the votes cast."
AMENDED = "An amendment is adopted by a majority of the votes cast."
TEA = "Tea may be amended by a majority of the votes cast."
RESOLVED = "A resolution is adopted by a majority of the votes cast."
POWER = "The Members may amend these Bylaws by a majority of the votes cast."
BOTH = "[](#garden) and [](#tea) may be amended by a majority of all Members."


@pytest.mark.parametrize(
    ("rules", "changed", "expected"),
    [
        ([ALL], ["tea"], [ALL]),
        ([ALL, HOUSE], ["tea"], [ALL]),
        ([ALL, HOUSE], ["house"], [HOUSE]),
        ([ALL, HOUSE], ["garden"], [HOUSE]),
        ([ALL, HOUSE], ["shed"], [HOUSE]),
        ([ALL, HOUSE, GARDEN], ["shed"], [GARDEN]),
        ([ALL, HOUSE, GARDEN], ["house"], [HOUSE]),
        ([ALL, HOUSE, GARDEN], ["house", "shed", "tea"], [HOUSE, GARDEN, ALL]),
        ([ALL, GARDEN, ALSO], ["garden"], [GARDEN, ALSO]),
        ([HOUSE], ["tea"], ["everybody"]),
        ([ALL, BOTH], ["tea"], [BOTH]),
        ([], ["tea"], ["everybody"]),
        ([PASSES], ["tea"], [PASSES]),
        ([ALL, PASSES], ["tea"], [ALL]),
        ([AMENDED, HOUSE], ["tea"], [AMENDED]),
        ([TEA, ALL], ["tea"], [TEA]),
        (["The budget may be amended by a majority of the votes cast.", ALL], ["tea"], [ALL]),
        (["The budget is adopted by a majority of the votes cast.", ALL], [], ["everybody"]),
        ([ALL], [], ["everybody"]),
        ([RESOLVED, ALL], [], [RESOLVED]),
        (["A decision of the Board is adopted by a majority of the votes cast."], ["tea"], ["everybody"]),
        ([POWER], ["tea"], [POWER]),
    ],
)  # fmt: skip
def test_the_most_specific_rule_decides(rules: list[str], changed: list[str], expected: list[str], club: Any) -> None:
    assert expected == deciding(club, " ".join(rules), *changed)


@pytest.mark.parametrize(
    ("rules", "changed", "expected"),
    [
        (["Notwithstanding any other provision, these Bylaws may be amended by a majority of all Members.", HOUSE], "house", 0),
        (["Notwithstanding [](#votes), these Bylaws may be amended by a majority of all Members.", GARDEN], "garden", 0),
        (["Subject to [](#votes), these Bylaws may be amended by a majority of all Members.", ALL], "tea", 1),
        (["Except as provided in [](#tea), these Bylaws may be amended by a majority of all Members.", ALL], "tea", None),
    ],
)
def test_the_order_that_rules_give_themselves(rules: list[str], changed: str, expected: int | None, club: Any) -> None:
    assert (rules if expected is None else [rules[expected]]) == deciding(club, " ".join(rules), changed)


def test_what_stands_above_a_bar_is_for_people_to_say(club: Any) -> None:
    rules = "Notwithstanding [](#votes), these Bylaws may be amended by a majority of all Members. [](#tea) may not be amended."
    before = club.text(TEXT % rules)
    needs = club.required(before, club.change(before, "four", "five"))
    assert (len(needs.undetermined), club.votes(before, needs).outcome) == (1, "undetermined")


def test_without_a_rule_it_takes_everybody_and_says_so(club: Any) -> None:
    before = club.text(TEXT % "")
    needs = club.required(before, club.change(before, "four", "five"))
    everybody = dict.fromkeys(("ada", "bora", "carla", "dov"), "yes")
    assert club.votes(before, needs, **everybody).outcome == "adopted"
    assert club.votes(before, needs, **(everybody | {"dov": "abstain"})).outcome == "rejected"
    assert any("law of associations" in note for note in needs.notes)


# -- what is not understood --------------------------------------------------------------------------------------------

BEARING = (
    "Such amendments as the moon may want, the moon shall will, and so on forever unless.",
    "Whoever must, with consent, be as shall.",
    "[](#tea) shall, must and may as one would.",
    "These Bylaws can be changed whenever two thirds of us agree.",
    "Members may amend these rules by consensus.",
    "Only the Board may amend these Bylaws.",
    "There shall be no amendment of section 4.",
    "[](#tea) may not be amended unless all Members agree.",
    "[](#tea) may not be changed without the consent of the Founder.",
    "Any change of these Bylaws shall be approved by the Board.",
    "An amendment takes effect when the Founder approves it.",
    "An amendment shall be valid only if the Founder agrees.",
    "A Member who is in arrears may not vote.",
    "The Chair may vote only if there is a tie.",
    "No amendment of these Bylaws is valid without a blessing.",
    "Nothing in these Bylaws may be amended.",
    "The Charter may be amended by a majority of the votes cast.",
    "If the Founder agrees, [](#tea) may be amended by a majority of all Members.",
    "These Bylaws may be amended by two-thirds of the Members present at a general meeting.",
    "The Section titled Tea may be amended by two-thirds of all Members.",
    "The Tenant shall, must and may as one would.",
    "Nobody may ever bark.",
    "Until 2030 the founders must sign off on whatever the community wants to do differently.",
    "Ada must be asked first, and her refusal ends the matter.",
    "What is written here shall stand for ten years.",
    "Tea shall never be raised.",
    "Tea may only be raised once a year.",
    "The Tea shall stand.",
    "The founders' wishes must prevail over everything else that is written in this document.",
    "The founders' wishes must prevail.",
    "No rule takes effect before the landlord has agreed to it in writing.",
    "Nobody may put up the Tea without the permission of the landlord.",
    "Any new wording must first be read aloud to the children.",
    "No one shall wear hats, and whatever else is done may not be done.",
    "No one shall touch what the founders have set down.",
    "No one shall wear hats at Tea.",
)


@pytest.mark.parametrize("sentence", BEARING)
def test_what_is_not_understood_and_could_bear_leaves_it_undetermined(sentence: str, club: Any) -> None:
    rules = f"{'' if 'meeting' in sentence else ALL}\n\n# Odd {{#odd}}\n\n{sentence}"
    before = club.text(TEXT % rules)
    needs = club.required(before, club.change(before, "four", "five"))
    assert sentence in [doubt.clause.sentence.text for doubt in needs.undetermined if doubt.clause]
    assert club.votes(before, needs, ada="yes", bora="yes", carla="yes", dov="yes").outcome == "undetermined"


HARMLESS = (
    "No one shall wear hats in the Reading Room.",
    "No Member shall wear a hat, however small, inside.",
    "[](#house) shall, must and may as one would.",
    "These Bylaws shall prevail over any other agreement.",
    "The House shall never be raised.",
    "Cake shall be served at five.",
    "The Chair may amend [](#house).",
    "Any amendment of these Bylaws must be made in writing.",
    "No vote may be cast during the discussion period.",
    "No Member may vote by proxy.",
    "The Member proposed for removal may not vote and is not counted.",
    "Any Member may propose an amendment.",
    "The Chair shall close the vote.",
    "A Member may delegate their vote to another Member.",
    "The Founder may veto an amendment within 14 days after adoption.",
    "The Tenant may change the lock with the consent of the Landlord.",
    "If the Founder agrees, [](#house) may be amended by a majority of all Members.",
    "A resolution of a meeting is adopted by a majority of the Members present.",
    "The Board shall approve the budget.",
)


@pytest.mark.parametrize("sentence", HARMLESS)
def test_what_cannot_bear_is_no_doubt(sentence: str, club: Any) -> None:
    before = club.text(TEXT % f"{ALL}\n\n# Odd {{#odd}}\n\n{sentence}")
    needs = club.required(before, club.change(before, "four", "five"))
    assert (needs.undetermined, club.named(needs)) == ((), [ALL])


def test_an_unread_sentence_among_the_rules_of_decision_bears(club: Any) -> None:
    before = club.text(TEXT % f"{ALL} Nobody may ever bark.")
    assert len(club.required(before, club.change(before, "four", "five")).undetermined) == 1


def test_a_section_marked_as_prose_binds_nobody(club: Any) -> None:
    before = club.text(TEXT % f"{ALL}\n\n# Odd {{#odd .prose}}\n\nThese Bylaws can be changed whenever we like.")
    assert club.required(before, club.change(before, "four", "five")).undetermined == ()


# -- the register ------------------------------------------------------------------------------------------------------

ROLES = """# Rules {#rules}

These Bylaws may be amended by two-thirds of all Members. A Member may be removed by three-quarters of all Members.
A person may be admitted as a Member by a majority of all Members. The Chair is elected by a majority of the votes cast.
An officer may be removed by a majority of the Members present.
"""
ADMITTED = "A person may be admitted as a Member by a majority of all Members."
REMOVED = "A Member may be removed by three-quarters of all Members."
ELECTED = "The Chair is elected by a majority of the votes cast."
OUT = "An officer may be removed by a majority of the Members present."
BORA = "{id: bora, name: Bora Tamm, roles: [Member]}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (f"  - {BORA}\n", "", [REMOVED]),
        (BORA, BORA.replace("[Member]", "[{role: Member, until: 2026-12-31}]"), [REMOVED]),
        (BORA, f"{BORA}\n  - {{id: eve, name: Eve Stone, roles: [Member]}}", [ADMITTED]),
        ("[Member, Chair]", "[Member]", [OUT]),
        (BORA, BORA.replace("[Member]", "[Member, Chair]"), [ELECTED]),
        (BORA, BORA.replace("[Member]", "[Member, Treasurer]"), [ALL]),
        ("Bora Tamm", "Bora Tann", [ALL]),
        (BORA, BORA.replace("roles:", "keys: [ssh-ed25519 AAAA], roles:"), [ALL]),
        (BORA, BORA.replace("[Member]", "[{role: Member, weight: 3}]"), [ALL]),
        (BORA, f"{BORA} # Bora", [ALL]),
        (BORA, f"{BORA}\n  - {{id: eve, name: Eve Stone}}", [ALL]),
    ],
)
def test_the_register_changes_by_the_rule_for_what_happens(old: str, new: str, expected: list[str], club: Any) -> None:
    before = club.text(ROLES)
    assert expected == club.named(club.required(before, club.change(before, old, new, "register.yaml")))


def test_the_member_proposed_for_removal_is_not_counted(club: Any) -> None:
    before = club.text(ROLES.replace(REMOVED, f"{REMOVED} The Member proposed for removal is not counted."))
    needs = club.required(before, club.change(before, f"  - {BORA}\n", "", "register.yaml"))
    told = club.votes(before, needs, ada="yes", carla="yes", dov="yes", bora="no")
    assert (told.outcome, told.uncounted) == ("adopted", (("bora", "is left out of this vote"),))


def test_who_is_removed_and_who_then_votes_cannot_be_one_change(club: Any) -> None:
    before = club.text(ROLES)
    gone = club.change(before, f"  - {BORA}\n", "", "register.yaml")
    needs = club.required(before, club.change(gone, "two-thirds", "a third"))
    assert {REMOVED, ALL} == set(club.named(needs))
    assert "bora" in club.electorate(before, needs, club.day)


def test_a_rule_for_some_holders_of_a_role_leaves_it_undetermined(club: Any) -> None:
    before = club.text("# A {#a}\n\nA Member in arrears may be removed by a majority of all Members.\n")
    needs = club.required(before, club.change(before, f"  - {BORA}\n", "", "register.yaml"))
    assert len(needs.undetermined) == 1


@pytest.mark.parametrize(
    ("sentence", "noted"),
    [
        ("A Member who is three months in arrears ceases to be a Member.", True),
        ("A Member ceases to be a Member if the Member moves away.", True),
        ("A Member ceases to be a Member three months after the due date.", True),
        ("A Member ceases to be a Member on resignation.", False),
        ("A Member ceases to be a Member on death.", False),
        ("A Member ceases to be a Member when the Member resigns.", False),
    ],
)
def test_a_role_that_ends_unseen_is_noted(sentence: str, noted: bool, club: Any) -> None:
    before = club.text(TEXT % f"{ALL}\n\n# Odd {{#odd}}\n\n{sentence}")
    needs = club.required(before, club.change(before, "four", "five"))
    assert noted == any(sentence in note and "brought up to date" in note for note in needs.notes)
    assert needs.undetermined == ()


# -- everything else ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "path", "expected"),
    [
        ("title: Club", "title: Pub", "syngraph.yaml", ("the title",)),
        ("root: bylaws.md", "root: bylaws.md\nfree: [more.md]", "syngraph.yaml", ("what is free",)),
        ("root: bylaws.md", "root: bylaws.md\ncalendar: {zone: Europe/Lisbon}", "syngraph.yaml", ("the calendar",)),
        ("syngraph: 1", "# Ours\nsyngraph: 1", "syngraph.yaml", ("syngraph.yaml",)),
        ("Notes.", "Other notes.", "notes.md", ("notes.md",)),
        ("Tea is at four.", "Tea is  at four.", "bylaws.md", ("bylaws.md",)),
    ],
)
def test_what_touches_no_section_asks_for_the_general_rule(
    old: str, new: str, path: str, expected: tuple[str, ...], club: Any
) -> None:
    before = club.text(TEXT % ALL, notes_md="Notes.\n")
    needs = club.required(before, club.change(before, old, new, path))
    assert ((), expected, [ALL]) == (needs.reach.sections, needs.reach.general, club.named(needs))


def test_the_verbs_of_the_manifest_touch_every_section(club: Any) -> None:
    before = club.text("# A {#a}\n\nOne.\n\n# B {#b}\n\nTwo.\n")
    after = club.change(before, "root: bylaws.md", "root: bylaws.md\nverbs: {moor: {noun: mooring}}", "syngraph.yaml")
    assert {each.section: each.why for each in club.required(before, after).reach.touched} == {
        "a": ("the verbs that the manifest names",),
        "b": ("the verbs that the manifest names",),
    }


def test_the_order_of_sections_asks_for_the_general_rule(club: Any) -> None:
    before = club.text("# A {#a}\n\nOne.\n\n# B {#b}\n\nTwo.\n")
    after = club.text("# B {#b}\n\nTwo.\n\n# A {#a}\n\nOne.\n")
    assert "the order of the sections" in club.required(before, after).reach.general


def test_the_reach_says_why(club: Any) -> None:
    bylaws = "---\ntitle: T\nfields:\n  Dues: EUR 5\n---\n\n# A {#a}\n\nA fee of {Dues}.\n\n# B {#b}\n\nMore of {Dues} here.\n"
    before = club.text(bylaws)
    after = club.change(club.change(before, "EUR 5", "EUR 6"), "More of", "Less of")
    assert {each.section: each.why for each in club.required(before, after).reach.touched} == {
        "a": ("the field Dues",),
        "b": ("its own words",),
    }


def test_free_files_and_the_record_are_nobodys_business(club: Any) -> None:
    manifest = "syngraph: 1\nroot: bylaws.md\nregister: register.yaml\nfree: [notes.md]\n"
    before = club.text(TEXT % ALL, notes_md="Notes.\n", syngraph_yaml=manifest)
    assert club.required(before, club.change(before, "Notes.", "Others.", "notes.md")).reach.nothing


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (ALL, False),
        ("These Bylaws may be amended by two-thirds of the Members present.", True),
        ("These Bylaws may be amended by a majority of the Members present and voting.", True),
        ("A resolution of a meeting is adopted by a majority of the votes cast.", True),
        ("These Bylaws may be amended by a majority of the votes cast.", False),
        ("", False),
    ],
)
def test_what_a_meeting_may_decide(rule: str, expected: bool, club: Any) -> None:
    before = club.text(TEXT % rule)
    needs = club.required(before, club.change(before, "four", "five"), club.Forum.MEETING)
    assert [expected] == [of_meeting(each) for each in needs.deciding]


def test_a_meeting_has_its_own_rule(club: Any) -> None:
    seated = "A resolution of a meeting is adopted by a majority of the Members present."
    before = club.text(TEXT % f"{seated} {PASSES}")
    after = club.change(before, "four", "five")
    assert club.named(club.required(before, after)) == [PASSES]
    assert [seated] == club.named(club.required(before, after, club.Forum.MEETING))


@pytest.mark.parametrize(
    ("sentence", "section", "forum", "expected"),
    [
        ("Quorum is half of all Members.", "tea", "ballot", 1),
        ("Quorum for a meeting is half of all Members.", "tea", "ballot", 0),
        ("Quorum for a meeting is half of all Members.", "tea", "meeting", 1),
        ("A quorum for an amendment is half of all Members.", "tea", "ballot", 1),
        ("A quorum for an amendment is half of all Members.", "", "ballot", 0),
        ("A quorum for the removal of a Member is half of all Members.", "tea", "ballot", 0),
        ("A quorum for an election is half of all Members.", "tea", "ballot", 0),
    ],
)
def test_a_quorum_is_asked_where_it_belongs(sentence: str, section: str, forum: str, expected: int, club: Any) -> None:
    before = club.text(TEXT % f"{ALL} A motion passes by a majority of the votes cast. {sentence}")
    after = club.change(before, *COLOURS[section]) if section else before
    needs = club.required(before, after, club.Forum(forum))
    assert (expected, ()) == (len(needs.quorums), needs.undetermined)


def test_who_proposes_and_who_closes(club: Any) -> None:
    rules = "Any Member may propose an amendment. Five percent of the Members may call a vote. The Chair shall close the vote."
    before = club.text(TEXT % f"{ALL} {rules}")
    needs = club.required(before, before)
    assert (needs.closers, [mover.role for mover in needs.movers]) == (("Chair",), ["Member", ""])


def test_a_requirement_is_told_from_another_by_its_rules(club: Any) -> None:
    before = club.text(TEXT % f"{ALL} Quorum is half of all Members.")
    needs = club.required(before, club.change(before, "four", "five"))
    same = club.required(before, club.change(before, "four", "six"))
    other = club.text(TEXT % f"{ALL} Quorum is a third of all Members.")
    assert needs.canonical() == same.canonical()
    assert needs.canonical() != club.required(other, club.change(other, "four", "five")).canonical()
    assert needs.canonical() == (
        "decides: These Bylaws may be amended by at least two-thirds of all Members.\n"
        "quorum: Quorum is at least half of all Members.\n"
    )


def test_a_section_named_by_its_number_is_protected_and_remarked_on(club: Any) -> None:
    before = club.text(TEXT % f"{ALL} Section 3 may be amended only with the consent of every Member.")
    needs = club.required(before, club.change(before, "four", "five"))
    assert club.named(needs) == ["Section 3 may be amended only with the consent of every Member."]
    assert any("by its number" in note for note in needs.notes)


def test_a_section_that_a_rule_names_and_that_is_not_there_is_for_people_to_say(club: Any) -> None:
    before = club.text(TEXT % f"{ALL} [](#nothing) may be amended only with the consent of every Member.")
    assert len(club.required(before, club.change(before, "four", "five")).undetermined) == 1


def test_a_text_with_a_hole_governs_nothing(club: Any) -> None:
    from syngraph.engine.text.errors import TextError

    with pytest.raises(TextError, match="whole text"):
        club.text("---\ntitle: T\ninclude: [gone.md]\n---\n\n# A {#a}\n\nTea.\n")


@pytest.mark.parametrize(
    "what", ["Typographical errors in these Bylaws", "The draft of these Bylaws", "A summary of these Bylaws"]
)
def test_how_something_about_the_text_is_decided_decides_no_change_of_the_text(club: Any, what: str) -> None:
    before = club.text(TEXT % f"{what} may be amended by one-tenth of all Members.")
    needed = club.required(before, club.change(before, "four", "five"))
    assert len(needed.undetermined) == 1
