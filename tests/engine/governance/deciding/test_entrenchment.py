"""Each way of walking round a sentence that bars a change, or makes it harder: none leads past it."""

from typing import Any

import pytest

WHOLE = "These Bylaws may be amended by a majority of all Members."
BYLAWS = """---
title: Club rules
fields:
  Hours: two hours
  Kept: "yes"
---

# Terms {#terms}

"Guest" means a person whom a Member brings.

"Bell" means the bell at the door.

# Rights {#rights}

Each Guest may stay for {Hours}. The Chair shall ring the Bell as section 1 says.

## Speech {#speech when=Kept}

Any Member may speak.

# Votes {#votes}

These Bylaws may be amended by a majority of all Members. Quorum is half of all Members. Each Member has one vote.

# Limits {#limits}

[](#rights) may not be amended. [](#tea) may be amended by three-quarters of the votes cast.

# Tea {#tea}

The Chair shall make tea each week.
"""

INCLUDING = BYLAWS.replace("title: Club rules\n", "title: Club rules\ninclude: [forms/rights.md]\n").replace(
    "# Rights {#rights}\n\nEach Guest may stay for {Hours}. The Chair shall ring the Bell as section 1 says.\n\n"
    "## Speech {#speech when=Kept}\n\nAny Member may speak.\n\n",
    "",
)
FORM = "# Rights {#rights}\n\nEach Guest may stay for two hours.\n\n## Speech {#speech}\n\nAny Member may speak.\n"

WAYS = {
    "its own words": ("may stay for", "may stand for"),
    "its subsection": ("Any Member may speak.", "Any Member may whisper."),
    "a definition": ("whom a Member brings", "whom the Chair brings"),
    "a definition of what a definition uses": (
        '"Guest" means a person whom a Member brings.',
        '"Guest" means a person who rings the Bell.\n\n"Door" means any door.',
    ),
    "a second definition": (
        '"Bell" means',
        '"Guest" includes a dog.\n\n"Bell" means',
    ),
    "a definition of a word in small letters": ('"Bell" means', '"stay" means to leave.\n\n"Bell" means'),
    "a field": ("Hours: two hours", "Hours: one hour"),
    "when": ('Kept: "yes"', 'Kept: "no"'),
    "the marking as prose": ("# Rights {#rights}", "# Rights {#rights .prose}"),
    "another id": ("# Rights {#rights}", "# Rights {#wishes}"),
    "the section away": ("## Speech {#speech when=Kept}\n\nAny Member may speak.\n\n", ""),
    "a subsection out of it": ("## Speech {#speech when=Kept}", "# Speech {#speech when=Kept}"),
    "a subsection into it": ("# Votes {#votes}", "## Votes {#votes}"),
    "a new subsection": ("# Votes {#votes}", "## Silence {#silence}\n\nNo Guest may sing.\n\n# Votes {#votes}"),
    "renumbering": ("# Terms {#terms}", "# Welcome {#welcome}\n\nBe kind.\n\n# Terms {#terms}"),
    "the protecting sentence away": ("[](#rights) may not be amended. ", ""),
    "the protecting sentence as prose": ("# Limits {#limits}", "# Limits {#limits .prose}"),
    "the protecting sentence weakened": ("may not be amended", "may be amended by a majority of all Members"),
    "a rule beside it": (
        "# Tea {#tea}",
        "# Ease {#ease}\n\n[](#rights) may be amended by a majority of all Members.\n\n# Tea {#tea}",
    ),
    "a rule for its subsection": (
        "# Tea {#tea}",
        "# Ease {#ease}\n\n[](#speech) may be amended by a majority of all Members.\n\n# Tea {#tea}",
    ),
    "a sentence above it": (
        "The Chair shall make tea each week.",
        "Notwithstanding [](#rights), no Guest may stay.",
    ),
    "a sentence above all": (
        "The Chair shall make tea each week.",
        "Notwithstanding any other provision, no Guest may stay.",
    ),
    "each": ("# Rights {#rights}", "# Rights {#rights each=Chair}"),
    "the target of a reference": ("# Terms {#terms}", "# Votes again {#again}\n\nOnce more.\n\n# Terms {#terms}"),
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_leads_round_an_entrenchment(way: str, club: Any) -> None:
    before = club.text(BYLAWS)
    needs = club.required(before, club.change(before, *WAYS[way]))
    assert [placed.clause.sentence.text for placed in needs.barred] == ["[](#rights) may not be amended."]
    assert club.votes(before, needs, ada="yes", bora="yes", carla="yes", dov="yes").outcome == "rejected"


def test_what_does_not_touch_it_is_free_to_change(club: Any) -> None:
    before = club.text(BYLAWS)
    needs = club.required(before, club.change(before, "means the bell at the door", "means the brass bell at the door"))
    assert needs.barred != ()  # the section uses the Bell
    needs = club.required(before, club.change(before, "These Bylaws may", "Welcome. These Bylaws may"))
    assert needs.barred == ()
    needs = club.required(before, club.change(before, "shall make tea", "shall brew tea"))
    assert (needs.barred, club.named(needs)) == ((), ["[](#tea) may be amended by three-quarters of the votes cast."])


def test_a_link_that_only_prints_another_number_is_no_change(club: Any) -> None:
    before = club.text(BYLAWS.replace("as section 1 says", "as [](#terms) says"))
    needs = club.required(
        before, club.change(before, "# Terms {#terms}", "# Welcome {#welcome}\n\nBe kind.\n\n# Terms {#terms}")
    )
    assert (needs.barred, needs.reach.sections) == ((), ("welcome",))


INCLUDED = {
    "the inclusion replaced": ("bylaws.md", "forms/rights.md]", "forms/others.md]"),
    "the inclusion removed": ("bylaws.md", "include: [forms/rights.md]\n", ""),
    "an included file changed": ("forms/rights.md", "two hours", "an hour"),
    "an included section overridden": ("bylaws.md", "# Tea {#tea}", "# Rights {#rights}\n\nNo Guest may stay.\n\n# Tea {#tea}"),
    "an included section left out": ("bylaws.md", "include:", "omit: [rights]\ninclude:"),
    "an included subsection left out": ("bylaws.md", "include:", "omit: [speech]\ninclude:"),
    "another inclusion before it": ("bylaws.md", "[forms/rights.md]", "[forms/others.md, forms/rights.md]"),
    "a prefix": ("bylaws.md", "[forms/rights.md]", "[{object: forms/rights.md, as: Old.}]"),
    "another root": ("syngraph.yaml", "root: bylaws.md", "root: forms/others.md"),
}


@pytest.mark.parametrize("way", INCLUDED)
def test_no_inclusion_leads_round_an_entrenchment(way: str, club: Any) -> None:
    others = "# Rights {#rights}\n\nNo Guest may stay.\n"
    files = {"bylaws.md": INCLUDING, "forms/rights.md": FORM, "forms/others.md": others}
    known = club.text(BYLAWS)
    base = {path: known.tree.read(path) for path in known.tree.paths()}
    before = club.of_files(base | {path: content.encode() for path, content in files.items()})
    path, old, new = INCLUDED[way]
    needs = club.required(before, club.change(before, old, new, path))
    assert [placed.clause.sentence.text for placed in needs.barred] == ["[](#rights) may not be amended."]


def test_freeing_the_text_is_no_way_round(club: Any) -> None:
    from syngraph.engine.text.errors import TextError

    before = club.text(BYLAWS)
    with pytest.raises(TextError):
        club.change(before, "root: bylaws.md", "root: bylaws.md\nfree: [bylaws.md]", "syngraph.yaml")


@pytest.mark.parametrize(
    ("old", "new"),
    [("register: register.yaml", "register: other.yaml"), ("branch: main", "branch: mine")],
    ids=("register", "branch"),
)
def test_another_register_or_branch_reaches_every_section(old: str, new: str, club: Any) -> None:
    before = club.text(BYLAWS, other_yaml="principals:\n  - {id: eve, name: Eve Stone, roles: [Member]}\n")
    needs = club.required(before, club.change(before, old, new, "syngraph.yaml"))
    assert len(needs.barred) == 1


def test_a_role_that_nobody_has_yet_takes_no_section_away_later(club: Any) -> None:
    before = club.text(BYLAWS)
    prepared = club.change(before, "# Rights {#rights}", "# Rights {#rights each=Ghost}")
    needs = club.required(before, prepared)
    assert (needs.barred, club.named(needs)) == ((), [WHOLE])
    haunted = club.change(prepared, "[Member, Chair]", "[Member, Chair, Ghost]", "register.yaml")
    assert len(club.required(prepared, haunted).barred) == 1


def test_the_last_of_a_role_takes_no_repeated_section_away(club: Any) -> None:
    before = club.text(BYLAWS.replace("{#rights}", "{#rights each=Chair}"))
    needs = club.required(before, club.change(before, "[Member, Chair]", "[Member]", "register.yaml"))
    assert len(needs.barred) == 1


def test_a_rule_for_a_repeated_section_is_one_for_each_of_them(club: Any) -> None:
    before = club.text(BYLAWS.replace("# Rights {#rights}", "# Rights {#rights each=Member}"))
    assert len(club.required(before, club.change(before, "two hours", "one hour")).barred) == 1


def test_one_more_or_less_of_a_role_is_what_a_repeated_section_is_for(club: Any) -> None:
    before = club.text(BYLAWS.replace("# Tea {#tea}", "# Tea {#tea each=Member}"))
    needs = club.required(before, club.change(before, "  - {id: dov, name: Dov Lind, roles: [Member]}\n", "", "register.yaml"))
    assert (tuple(act.principal for act in needs.reach.acts), needs.reach.sections) == (("dov",), ())


def test_a_text_entrenched_as_a_whole_cannot_be_changed(club: Any) -> None:
    before = club.text("# A {#a}\n\nThese Bylaws may not be amended.\n\n# B {#b}\n\nTea is at four.\n")
    for old, new, path in (
        ("four", "five", "bylaws.md"),
        ("title: Club", "title: Pub", "syngraph.yaml"),
        ("may not be amended", "may be amended by a majority of all Members", "bylaws.md"),
    ):
        assert len(club.required(before, club.change(before, old, new, path)).barred) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "[](#tea) may not be amended.",
        "[](#tea) shall not be changed.",
        "[](#tea) may not be repealed.",
        "[](#tea) may not be deleted or amended.",
        "No Member may amend [](#tea).",
        "Section 2 may not be amended.",
        "Tea may not be amended.",
    ],
)
def test_every_wording_that_bars_a_change_bars_it(sentence: str, club: Any) -> None:
    before = club.text(f"# Limits {{#limits}}\n\n{sentence}\n\n# Tea {{#tea}}\n\nTea is at four.\n")
    assert [sentence] == [
        placed.clause.sentence.text for placed in club.required(before, club.change(before, "four", "five")).barred
    ]


def test_a_section_that_bars_its_own_change(club: Any) -> None:
    before = club.text("# A {#a}\n\nTea is at four. This section may not be amended.\n\n# B {#b}\n\nBe kind.\n")
    assert len(club.required(before, club.change(before, "four", "five")).barred) == 1
    assert club.required(before, club.change(before, "kind", "quiet")).barred == ()


# -- what makes a change harder ----------------------------------------------------------------------------------------

PROTECTED = """# Votes {#votes}

These Bylaws may be amended by a majority of all Members. Quorum is half of all Members. Each Member has one vote.
The voting period is 7 days. An abstention counts towards quorum.

# Limits {#limits}

[](#tea) may be amended by three-quarters of the votes cast. [](#cake) may be amended only with the consent of every Member.

# Tea {#tea}

Tea is at four.

# Cake {#cake}

Cake is at five.
"""
TEA = "[](#tea) may be amended by three-quarters of the votes cast."
CAKE = "[](#cake) may be amended only with the consent of every Member."

PROTECTIONS = {
    "the rule for tea": ("three-quarters of the votes cast", "a majority of the votes cast", {TEA, WHOLE}),
    "the rule for cake": ("with the consent of every Member", "by a majority of all Members", {CAKE, WHOLE}),
    "both rules away": (f"{TEA} {CAKE}", "Nothing.", {TEA, CAKE, WHOLE}),
    "the rule for the text": ("amended by a majority of all", "amended by a third of all", {WHOLE}),
    "the quorum": ("Quorum is half", "Quorum is a tenth", {TEA, WHOLE}),
    "who votes": ("Each Member has one vote.", "Each Chair has one vote.", {TEA, WHOLE}),
    "abstentions": ("counts towards quorum", "does not count towards the quorum", {TEA, WHOLE}),
    "the period": ("period is 7 days", "period is 1 day", {TEA, CAKE, WHOLE}),
    "a definition that the rules use": ("# Votes {#votes}\n", '# Votes {#votes}\n\n"Vote" means a ballot.\n', {TEA, WHOLE}),
}


@pytest.mark.parametrize("what", PROTECTIONS)
def test_what_protects_is_as_hard_to_change_as_what_it_protects(what: str, club: Any) -> None:
    old, new, expected = PROTECTIONS[what]
    before = club.text(PROTECTED)
    assert expected == set(club.named(club.required(before, club.change(before, old, new))))


def test_a_protecting_sentence_that_moves_needs_what_the_places_need(club: Any) -> None:
    before = club.text(PROTECTED)
    moved = club.change(before, f"{TEA} ", "")
    moved = club.change(moved, "Tea is at four.", f"Tea is at four. {TEA}")
    assert {TEA, WHOLE} == set(club.named(club.required(before, moved)))
