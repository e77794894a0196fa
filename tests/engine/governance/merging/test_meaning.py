"""What a merged text says: references that lead nowhere, rules that contradict each other."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import pytest

from syngraph.engine.governance.merging import Conflict, ConflictKind, Conflicts, Merged, merge
from syngraph.engine.text import clauses as sentences
from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.document import Document
from syngraph.engine.text.store import Tree, tree_of
from syngraph.grammar.parse import read

MANIFEST = "syngraph: 1\ntitle: Bylaws\nroot: a.md\nregister: register.yaml\n"
REGISTER = (
    "principals:\n"
    "  - {id: ada, name: Ada, roles: [Member, Chair]}\n"
    "  - {id: bora, name: Bora, roles: [Member]}\n"
    "  - {id: dov, name: Dov, roles: [{role: Director, until: 2030-12-31}]}\n"
)
BASE = """---
fields:
  Dues: EUR 60
---
# Words {#words}

"Tool" means a thing that is lent.

# Dues {#dues}

Each Member shall pay {Dues} to the Chair by 31 January of each year.

# Tools {#tools}

A Member may borrow a Tool.

# Votes {#votes}

Each Member has one vote.

# End {#end}

This text is in English.
"""

known = lru_cache(maxsize=None)(read)


def reading(document: Document) -> tuple[Clause, ...]:
    return sentences.read(document, known)


def tree(text: str, register: str = REGISTER, more: Mapping[str, str] | None = None) -> Tree:
    files = {"syngraph.yaml": MANIFEST, "a.md": text, "register.yaml": register, **(more or {})}
    return tree_of({path: content.encode() for path, content in files.items()})


def outcome(base: Tree, ours: Tree, theirs: Tree, day: date | None = None) -> Merged | Conflicts:
    assert isinstance(merge(base, ours, theirs), Merged), "the words alone must merge"
    found = merge(base, ours, theirs, reading, day=day)
    turned = merge(base, theirs, ours, reading, day=day)
    assert type(found) is type(turned)
    if isinstance(found, Conflicts) and isinstance(turned, Conflicts):
        assert sorted(each.kind for each in found.conflicts) == sorted(each.kind for each in turned.conflicts)
    return found


def added(sentence: str, where: str) -> str:
    """The base with a sentence at the end of a section."""
    head = f"# {where.capitalize()} {{#{where}}}\n\n"
    return BASE.replace(head, f"{head}{sentence}\n\n")


def one(ours: str, theirs: str, base: str = BASE) -> Conflict:
    found = outcome(tree(base), tree(ours), tree(theirs))
    assert isinstance(found, Conflicts), found
    (conflict,) = found.conflicts
    return conflict


def clean(ours: str, theirs: str, base: str = BASE) -> bool:
    return isinstance(outcome(tree(base), tree(ours), tree(theirs)), Merged)


# -- norms -------------------------------------------------------------------------------------------------------------


def test_a_duty_and_a_prohibition_of_one_act_are_a_conflict() -> None:
    found = one(added("Each Member shall publish the accounts.", "dues"), added("No Member may publish the accounts.", "tools"))
    assert (found.kind, found.what) == (ConflictKind.NORM, "two rules that cannot both be obeyed")
    assert found.ours.text == "Each Member shall publish the accounts."
    assert (str(found.ours.place), str(found.theirs.place)) == ("a.md:11:1", "a.md:15:1")
    assert found.theirs.text == "No Member may publish the accounts."
    assert found.situation == "a Member has to publish the accounts, and must not"


def test_a_permission_and_a_prohibition_say_in_what_situation() -> None:
    found = one(
        added("A Member may lend a Tool.", "dues"), added("If the Tool is broken, a Member may not lend the Tool.", "end")
    )
    assert found.situation == "a Member may lend a Tool, and must not, if the Tool is broken"


def test_what_only_somebody_else_may_do_is_a_conflict() -> None:
    found = one(added("Only the Chair may sell a Tool.", "dues"), added("Each Director shall sell a Tool.", "tools"))
    assert (found.kind, found.situation) == (
        ConflictKind.NORM,
        "a Director has to sell a Tool, and only a Chair may",
    )


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Each Member shall publish the accounts.", "No Director may publish the accounts."),
        ("Each Member shall publish the accounts.", "No Member may sell the accounts."),
        ("Each Member shall publish the accounts.", "No Member may publish the minutes."),
        ("Each Member shall publish the accounts.", "Subject to [](#dues), no Member may publish the accounts."),
        ("Notwithstanding any other provision, each Member shall publish the accounts.", "No Member may publish the accounts."),
        ("If the Chair agrees, a Member may sell a Tool.", "A Member may not sell a Tool unless the Chair agrees."),
        ("Each Member shall publish the accounts.", "Each Member shall publish the accounts."),
        (
            "Each Member shall publish the accounts by 31 March of each year.",
            "No Member may publish the accounts before 1 March 2030.",
        ),
    ],
)
def test_rules_that_can_both_be_obeyed_are_none(ours: str, theirs: str) -> None:
    assert clean(added(ours, "dues"), added(theirs, "tools"))


def test_a_contradiction_that_one_side_has_already_is_not_the_merge_s() -> None:
    both = BASE.replace("lent.\n", "lent.\n\nEach Member shall publish the accounts.\n\nNo Member may publish the accounts.\n")
    assert clean(both, BASE.replace("English", "Portuguese"))


# -- decisions ---------------------------------------------------------------------------------------------------------


def test_two_thresholds_for_one_matter_are_a_conflict_though_the_words_merge() -> None:
    found = one(
        added("These Bylaws may be amended by at least three-quarters of all Members.", "dues"),
        added("These Bylaws may be amended by at least one half of all Members.", "end"),
    )
    assert (found.kind, found.what) == (ConflictKind.DECISION, "two thresholds for how to amend These Bylaws")
    assert [side.text for side in (found.ours, found.theirs)] == [
        "These Bylaws may be amended by at least three-quarters of all Members.",
        "These Bylaws may be amended by at least one half of all Members.",
    ]


def test_two_quorums_are_a_conflict() -> None:
    quorum = "The quorum for a meeting is {} of all Members."
    found = one(added(quorum.format("one half"), "dues"), added(quorum.format("one third"), "end"))
    assert (found.kind, found.what) == (ConflictKind.DECISION, "two thresholds for the quorum of a meeting")


@pytest.mark.parametrize(
    "theirs",
    [
        "These Bylaws may be amended by at least three-quarters of all Members.",
        "[](#dues) may be amended by at least one half of all Members.",
        "A Member may be removed by at least one half of all Members.",
        "These Bylaws may be amended by at least one half of all Directors.",
    ],
)
def test_thresholds_for_other_matters_are_none(theirs: str) -> None:
    assert clean(added("These Bylaws may be amended by at least three-quarters of all Members.", "dues"), added(theirs, "end"))


def test_a_decision_that_nobody_can_take_any_more_is_a_conflict() -> None:
    rule = added("These Bylaws may be amended by at least one half of all Directors.", "end")
    without = "".join(REGISTER.splitlines(keepends=True)[:-1])
    found = outcome(tree(BASE), tree(rule), tree(BASE, without))
    assert isinstance(found, Conflicts)
    (conflict,) = (each for each in found.conflicts if each.kind is ConflictKind.NORM)
    assert (conflict.what, conflict.situation) == ("a decision that nobody can take", "nobody is Director")
    assert isinstance(
        outcome(tree(BASE, without), tree(rule, without), tree(BASE.replace("a Tool.", "any Tool."), without)), Merged
    )


def test_more_heads_than_holders_are_a_conflict() -> None:
    rule = added("These Bylaws may be amended by two Members.", "end")
    fewer = REGISTER.replace("  - {id: bora, name: Bora, roles: [Member]}\n", "")
    found = outcome(tree(BASE), tree(rule), tree(BASE, fewer))
    assert isinstance(found, Conflicts)
    assert found.conflicts[0].situation == "it takes 2 with the role Member, and there is 1"


def test_a_role_that_has_run_out_on_the_day_counts_no_more() -> None:
    rule = added("These Bylaws may be amended by at least one half of all Directors.", "end")
    later = REGISTER.replace("2030-12-31", "2029-12-31")
    for day, kind in ((date(2029, 6, 1), Merged), (date(2030, 6, 1), Conflicts), (None, Merged)):
        assert isinstance(outcome(tree(BASE), tree(rule), tree(BASE, later), day), kind)


# -- references --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "theirs", "what"),
    [
        (
            BASE.replace("fields:\n  Dues: EUR 60\n", "").replace("{Dues}", "EUR 60"),
            added("A late Member shall pay {Dues}.", "end"),
            "SG101",
        ),
        (BASE.replace("# Tools {#tools}\n\nA Member may borrow a Tool.\n\n", ""), added("See [](#tools).", "end"), "SG107"),
        (
            BASE.replace('"Tool" means a thing that is lent.\n\n', "Words.\n\n")
            .replace("a Tool", "a thing")
            .replace("# Tools", "# Lending"),
            added("The Chair shall mend a Tool.", "end"),
            "SG301",
        ),
        (added('"Fund" means the money of the Members.', "words"), added('"Fund" means the house.', "end"), "SG303"),
    ],
)
def test_what_is_named_and_gone_is_a_conflict(ours: str, theirs: str, what: str) -> None:
    found = one(ours, theirs)
    assert found.kind is ConflictKind.REFERENCE
    assert what in found.what
    assert found.ours.place or found.theirs.place


def test_a_new_object_that_the_other_side_has_deleted_is_a_conflict() -> None:
    more = {"forms/b.md": "# B {#b}\n\nSo.\n"}
    ours = tree(BASE.replace("---\nfields", "---\ninclude: [forms/b.md]\nfields"), more=more)
    found = outcome(tree(BASE, more=more), ours, tree(BASE.replace("English", "Portuguese")))
    assert isinstance(found, Conflicts)
    assert (found.conflicts[0].kind, found.conflicts[0].path) == (ConflictKind.REFERENCE, "a.md")


def test_a_typed_number_that_comes_to_name_another_section_is_a_conflict() -> None:
    ours = added("The Chair shall keep a list for section 3.", "end")
    theirs = BASE.replace("# Dues {#dues}", "# New {#new}\n\nNew.\n\n# Dues {#dues}")
    found = one(ours, theirs)
    assert (found.kind, found.name) == (ConflictKind.REFERENCE, ("section", "end"))
    assert clean(ours.replace("section 3", "[](#tools)"), theirs)


def test_a_role_that_is_gone_is_a_conflict() -> None:
    rule = added("The Director shall keep the keys.", "end")
    without = "".join(REGISTER.splitlines(keepends=True)[:-1])
    found = outcome(tree(BASE), tree(rule), tree(BASE, without))
    assert isinstance(found, Conflicts)
    assert {each.kind for each in found.conflicts} == {ConflictKind.REFERENCE}


def test_a_side_that_cannot_be_read_by_itself_is_told_and_not_judged() -> None:
    broken = BASE.replace("---\nfields", "---\ninclude: [nothing.md]\nfields")
    found = merge(tree(BASE), tree(broken), tree(BASE.replace("English", "Portuguese")), reading)
    assert isinstance(found, Merged) and "cannot be read by itself" in found.unjudged
    mended = merge(tree(broken), tree(broken.replace("English", "it")), tree(BASE), reading)
    assert isinstance(mended, Merged)
