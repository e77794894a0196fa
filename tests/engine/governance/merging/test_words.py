"""Three texts into one, clause by clause: the words alone."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.engine.governance.merging import Conflict, ConflictKind, Conflicts, Merged, merge
from syngraph.engine.text.store import Tree, overlay, tree_of

BASE = """---
fields:
  Dues: EUR 60
  Fee: 5%
---
# Members {#members}

Each Member has one vote.

# Dues {#dues}

Each Member shall pay {Dues} to the
Treasurer.

## Late {#late}

A fee of {Fee} is due.

# Tools {#tools}

A Tool is lent for a week.
"""
VOTE, PAY, LATE, LENT = "one vote", "shall pay", "is due", "a week"


def tree(content: str | Mapping[str, str]) -> Tree:
    files = {"a.md": content} if isinstance(content, str) else content
    return tree_of({path: text.encode() for path, text in files.items()})


def files(tree: Tree) -> dict[str, str]:
    return {path: tree.read(path).decode() for path in tree.paths()}


def merged(base: str | Mapping[str, str], ours: str | Mapping[str, str], theirs: str | Mapping[str, str]) -> dict[str, str]:
    """The merged files; the same whichever side is which."""
    one, other = tree(ours), tree(theirs)
    outcome, turned = merge(tree(base), one, other), merge(tree(base), other, one)
    assert isinstance(outcome, Merged), outcome
    assert isinstance(turned, Merged)
    found = files(overlay(one, outcome.files))
    assert files(overlay(other, turned.files)) == found
    return found


def text(base: str, ours: str, theirs: str) -> str:
    return merged(base, ours, theirs)["a.md"]


def conflicts(base: str | Mapping[str, str], ours: str | Mapping[str, str], theirs: str | Mapping[str, str]) -> list[Conflict]:
    """The conflicts; the same whichever side is which, but for the sides."""
    outcome, turned = merge(tree(base), tree(ours), tree(theirs)), merge(tree(base), tree(theirs), tree(ours))
    assert isinstance(outcome, Conflicts) and isinstance(turned, Conflicts), outcome
    key = [(each.kind, each.path, each.name, each.ours, each.theirs) for each in outcome.conflicts]
    assert sorted(map(repr, key)) == sorted(
        repr((each.kind, each.path, each.name, each.theirs, each.ours)) for each in turned.conflicts
    )
    return list(outcome.conflicts)


def kinds(
    base: str | Mapping[str, str], ours: str | Mapping[str, str], theirs: str | Mapping[str, str]
) -> list[tuple[str, str]]:
    return [(each.kind.value, each.name[1] if each.name else each.path) for each in conflicts(base, ours, theirs)]


# -- what is taken -----------------------------------------------------------------------------------------------------


def test_what_one_side_changed_is_taken() -> None:
    ours, theirs = (
        BASE.replace(VOTE, "two votes").replace("EUR 60", "EUR 75"),
        BASE.replace(LENT, "ten days").replace("5%", "6%"),
    )
    both = BASE.replace(VOTE, "two votes").replace("EUR 60", "EUR 75").replace(LENT, "ten days").replace("5%", "6%")
    assert text(BASE, ours, theirs) == both


def test_what_both_changed_alike_is_taken() -> None:
    ours, theirs = (BASE.replace(VOTE, "two votes").replace(*more) for more in ((LENT, "ten days"), (LATE, "owed")))
    assert text(BASE, ours, theirs) == BASE.replace(VOTE, "two votes").replace(LENT, "ten days").replace(LATE, "owed")


def test_neighbouring_clauses_that_git_cannot_merge_are_no_conflict() -> None:
    ours, theirs = BASE.replace("EUR 60", "EUR 75"), BASE.replace("5%", "6%")
    assert text(BASE, ours, theirs) == BASE.replace("EUR 60", "EUR 75").replace("5%", "6%")


def test_lines_that_only_flow_otherwise_are_no_change() -> None:
    reflowed = BASE.replace("to the\nTreasurer", "to\nthe Treasurer")
    changed = BASE.replace(PAY, "must pay")
    assert text(BASE, reflowed, changed) == changed
    assert text(BASE, reflowed, BASE.replace("to the\nTreasurer", "to the Treasurer")).split() == BASE.split()


def test_a_line_break_that_says_something_is_a_change() -> None:
    assert kinds(BASE, BASE.replace("to the\nTreasurer", "to the\n\nTreasurer"), BASE.replace(PAY, "must pay")) == [
        ("text", "dues")
    ]
    code = "# A {#a}\n\n```\nx\ny\n```\n"
    assert kinds(code, code.replace("x\ny", "x y"), code.replace("y", "z")) == [("text", "a")]


def test_new_clauses_at_one_place_stand_in_the_order_of_their_names() -> None:
    new = "# {0} {{#{1}}}\n\nNew.\n"
    ours, theirs = BASE + "\n" + new.format("Zoo", "zoo"), BASE + "\n" + new.format("Ants", "ants")
    assert text(BASE, ours, theirs) == BASE + "\n" + new.format("Ants", "ants") + "\n" + new.format("Zoo", "zoo")


def test_a_new_subclause_stays_below_its_clause() -> None:
    ours = BASE.replace("# Dues", "## Zeal {#zeal}\n\nSub.\n\n# Dues", 1)
    theirs = BASE.replace("# Dues", "# Ants {#ants}\n\nMain.\n\n# Dues", 1)
    both = BASE.replace("# Dues", "## Zeal {#zeal}\n\nSub.\n\n# Ants {#ants}\n\nMain.\n\n# Dues", 1)
    assert text(BASE, ours, theirs) == both


def test_a_new_field_stays_among_the_fields() -> None:
    ours, theirs = BASE.replace("---\n# M", "  Zeal: 1\nomit: [x]\n---\n# M"), BASE.replace("---\n# M", "  Zoo: 2\n---\n# M")
    assert text(BASE, ours, theirs) == BASE.replace("---\n# M", "  Zeal: 1\n  Zoo: 2\nomit: [x]\n---\n# M")


def test_a_clause_that_one_side_moved_carries_what_the_other_changed() -> None:
    tools = "# Tools {#tools}\n\nA Tool is lent for a week.\n"
    ours = BASE.replace("\n" + tools, "").replace("# Members", tools + "\n# Members")
    assert text(BASE, ours, BASE.replace(LENT, "ten days").replace(VOTE, "two votes")) == ours.replace(
        LENT, "ten days"
    ).replace(VOTE, "two votes")


def test_each_side_may_move_another_clause() -> None:
    a, b, c, d = (f"# {name} {{#{name.lower()}}}\n\n{name}.\n\n" for name in "ABCD")
    assert text(a + b + c + d, b + a + c + d, a + b + d + c) == b + a + d + c


def test_deleted_on_one_side_and_only_reflowed_on_the_other_is_gone() -> None:
    a, b = "# A {#a}\n\nOne two\nthree.\n\n", "# B {#b}\n\nB.\n"
    assert text(a + b, b, a.replace("two\n", "two ") + b) == b


def test_a_missing_line_end_is_no_change_of_a_clause() -> None:
    assert text(BASE, BASE.removesuffix("\n"), BASE.replace(LENT, "ten days")) == BASE.replace(LENT, "ten days").removesuffix(
        "\n"
    )


def test_a_clause_moved_to_another_file_is_followed() -> None:
    tools = "# Tools {#tools}\n\nA Tool is lent for a week.\n"
    base = {"a.md": BASE, "b.md": "# Other {#other}\n\nOther.\n"}
    ours = {"a.md": BASE.replace("\n" + tools, ""), "b.md": base["b.md"] + "\n" + tools}
    theirs = {**base, "a.md": BASE.replace(LENT, "ten days")}
    assert merged(base, ours, theirs) == {**ours, "b.md": base["b.md"] + "\n" + tools.replace(LENT, "ten days")}
    twice = {**ours, "b.md": ours["b.md"].replace(LENT, "a month")}
    assert kinds(base, twice, theirs) == [("text", "tools")]


def test_a_renamed_file_is_followed() -> None:
    changed = BASE.replace(LENT, "ten days")
    assert merged({"a.md": BASE}, {"b/c.md": BASE}, {"a.md": changed}) == {"b/c.md": changed}
    assert merged({"a.md": BASE}, {"b.md": BASE.replace(VOTE, "two votes")}, {"a.md": changed}) == {
        "b.md": changed.replace(VOTE, "two votes")
    }
    assert merged({"a.md": BASE}, {"b.md": BASE.replace(VOTE, "two votes")}, {"b.md": changed}) == {
        "b.md": changed.replace(VOTE, "two votes")
    }


def test_files_of_the_record_are_all_kept() -> None:
    base = {"record/fact/1.md": "one\n"}
    both = {**base, "record/fact/2.md": "two\n", "record/fact/3.md": "three\n"}
    assert merged(base, {**base, "record/fact/2.md": "two\n"}, {**base, "record/fact/3.md": "three\n"}) == both


def test_principals_of_a_register_are_merged_one_by_one() -> None:
    head, ada, bora, dov = "principals:\n", "  - {id: ada, name: A}\n", "  - {id: bora, name: B}\n", "  - {id: dov, name: D}\n"
    found = merged({"r.yaml": head + ada}, {"r.yaml": head + ada + bora}, {"r.yaml": head + ada.replace("A", "Ada") + dov})
    assert found == {"r.yaml": head + ada.replace("A", "Ada") + bora + dov}


# -- conflicts ---------------------------------------------------------------------------------------------------------


def test_both_changed_otherwise_is_a_conflict_of_text() -> None:
    (found,) = conflicts(BASE, BASE.replace(VOTE, "two votes"), BASE.replace(VOTE, "no vote"))
    assert (found.kind, found.path, found.name) == (ConflictKind.TEXT, "a.md", ("section", "members"))
    assert [side.text for side in (found.ours, found.theirs, found.base)] == [
        f"# Members {{#members}}\n\nEach Member has {vote}." for vote in ("two votes", "no vote", "one vote")
    ]
    assert str(found.ours.place) == "a.md:6:1"
    assert kinds(BASE, BASE.replace("EUR 60", "EUR 70"), BASE.replace("EUR 60", "EUR 75")) == [("text", "Dues")]


def test_deleted_against_changed_is_a_conflict_of_structure() -> None:
    gone = BASE.replace("## Late {#late}\n\nA fee of {Fee} is due.\n\n", "")
    assert kinds(BASE, gone, BASE.replace(LATE, "is owed")) == [("structure", "late")]
    assert kinds({"a.md": BASE}, {}, {"a.md": BASE.replace(LATE, "is owed")}) == [("structure", "a.md")]


def test_moved_to_two_places_is_a_conflict_of_structure() -> None:
    a, b, c, d = (f"# {name} {{#{name.lower()}}}\n\n{name}.\n\n" for name in "ABCD")
    assert kinds(a + b + c + d, b + c + a + d, b + c + d + a) == [("structure", "a")]


def test_a_subclause_whose_clause_is_gone_is_a_conflict_of_structure() -> None:
    dues = "# Dues {#dues}\n\nEach Member shall pay {Dues} to the\nTreasurer.\n\n## Late {#late}\n\nA fee of {Fee} is due.\n\n"
    ours = BASE.replace("# Tools", "## Waiver {#waiver}\n\nThe Board may waive a fee.\n\n# Tools")
    assert kinds(BASE, ours, BASE.replace(dues, "")) == [("structure", "waiver")]
    no_fields = BASE.replace("fields:\n  Dues: EUR 60\n  Fee: 5%\n", "title: x\n")
    assert kinds(BASE, BASE.replace("  Fee", "  Loan: 1\n  Fee"), no_fields) == [("structure", "a.md")]


def test_two_new_clauses_of_one_name_are_a_conflict() -> None:
    assert kinds(BASE, BASE + "\n# New {#new}\n\nOne.\n", BASE + "\n# New {#new}\n\nTwo.\n") == [("text", "new")]
    assert kinds({}, {"n.md": "one\n"}, {"n.md": "two\n"}) == [("text", "n.md")]


def test_renamed_against_renamed_or_deleted_is_a_conflict() -> None:
    assert kinds({"a.md": BASE}, {"b.md": BASE}, {"c.md": BASE}) == [("structure", "a.md")]
    assert kinds({"a.md": BASE}, {"b.md": BASE}, {}) == [("structure", "a.md")]
    changed = BASE.replace(LENT, "ten days")
    assert kinds({"a.md": BASE}, {"b.md": BASE}, {"a.md": changed, "b.md": "else\n"}) == [("structure", "b.md")]


def test_a_file_against_a_folder_is_a_conflict() -> None:
    assert kinds({}, {"a": "x\n"}, {"a/b.md": "y\n"})[0][0] == "structure"


def test_what_is_no_text_is_never_guessed_at() -> None:
    base, ours, theirs = (tree_of({"a.md": content}) for content in (b"\xff", b"\xff1", b"\xff2"))
    outcome = merge(base, ours, theirs)
    assert isinstance(outcome, Conflicts) and outcome.conflicts[0].kind is ConflictKind.TEXT
    assert merge(base, base, theirs) == Merged({"a.md": b"\xff2"})


def test_a_clause_that_would_hide_the_next_is_a_conflict() -> None:
    a, b, c = (f"# {name} {{#{name.lower()}}}\n\n{name}.\n\n" for name in "ABC")
    assert kinds(a + b, a + "```\n" + b, a + b + c)[0][0] in ("text", "structure")


# -- properties --------------------------------------------------------------------------------------------------------

IDS = "abcdefgh"
SECTION = st.builds(
    lambda id_, level, words: f"{'#' * level} {id_.upper()} {{#{id_}}}\n\n{words}\n\n",
    st.sampled_from(IDS),
    st.integers(1, 3),
    st.sampled_from(["One.", "Two.", "One\ntwo.", "One two.", "~~~\n# x\n~~~", ""]),
)
FRONT = st.sampled_from(
    ["", "---\nfields:\n  A: 1\n  B: 2\n---\n", "---\nfields:\n  A: 2\n  C: 1\n---\n", "---\ntitle: x\n---\n"]
)
TEXT = st.builds(lambda front, made: front + "".join(made), FRONT, st.lists(SECTION, max_size=6))
TREE = st.fixed_dictionaries({"a.md": TEXT}, optional={"b.md": TEXT, "c.txt": st.sampled_from(["1", "2"])}).map(tree)


@given(TREE, TREE)
def test_against_the_base_the_other_side_wins(base: Tree, side: Tree) -> None:
    for ours, theirs in ((side, base), (base, side), (side, side)):
        outcome = merge(base, ours, theirs)
        assert isinstance(outcome, Merged)
        assert files(overlay(ours, outcome.files)) == files(side)


@given(TREE, TREE, TREE)
def test_which_side_is_which_makes_no_difference(base: Tree, ours: Tree, theirs: Tree) -> None:
    outcome, turned = merge(base, ours, theirs), merge(base, theirs, ours)
    if isinstance(outcome, Merged):
        assert isinstance(turned, Merged)
        assert files(overlay(ours, outcome.files)) == files(overlay(theirs, turned.files))
    else:
        assert isinstance(turned, Conflicts)
        found = {(each.kind, each.path, each.name, each.ours, each.theirs) for each in outcome.conflicts}
        assert found == {(each.kind, each.path, each.name, each.theirs, each.ours) for each in turned.conflicts}


CLAUSES = {id_: f"# {id_.upper()} {{#{id_}}}\n\n{id_} is so.\n\n" for id_ in IDS}
EDITS = st.dictionaries(st.sampled_from(IDS), st.sampled_from(["change", "delete", "before"]))


def edited(edits: Mapping[str, str]) -> str:
    pieces = []
    for id_, clause in CLAUSES.items():
        match edits.get(id_):
            case "change":
                pieces.append(clause.replace("is so", "is not so"))
            case "before":
                pieces.append(f"# New {id_} {{#new-{id_}}}\n\nNew.\n\n" + clause)
            case None:
                pieces.append(clause)
    return "".join(pieces)


@given(EDITS, st.sets(st.sampled_from(IDS)))
def test_disjoint_changes_are_all_made(edits: dict[str, str], mine: set[str]) -> None:
    ours, theirs = ({id_: edit for id_, edit in edits.items() if (id_ in mine) is side} for side in (True, False))
    assert text(edited({}), edited(ours), edited(theirs)) == edited(edits)


# -- much at once ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["# S {{#s{0}}}\n\nSo {1}.\n\n", "# S\n\nSo {1}.\n\n", "###### S {{#s{0}}}\n"])
def test_many_sections_that_both_change_are_merged(shape: str) -> None:
    def said(*changing: int) -> str:
        return "".join(shape.format(number, "not so" if number % 3 in changing else "so") for number in range(300))

    both = said(0, 1)
    assert text(said(), said(0) + "# X {#x}\n", "# Y {#y}\n" + said(1)) == "# Y {#y}\n" + both + "# X {#x}\n"


def test_files_of_sixteen_megabytes_are_no_trouble() -> None:
    large = "x\n" * (8 * 1024 * 1024 - 8)
    assert kinds({"a.md": large}, {"a.md": large + "1"}, {"a.md": large + "2"}) == [("text", "a.md")]


def test_many_files_gone_and_many_new_are_no_trouble() -> None:
    base = {f"old/{number}.md": f"# A {{#a}}\n\n{number}\n" for number in range(400)}
    ours = {f"new/{number}.md": f"# A {{#a}}\n\n{number}!\n" for number in range(400)}
    theirs = {path: content + "\nMore.\n" for path, content in base.items()}
    assert len(conflicts(base, ours, theirs)) == 400


def test_many_clauses_that_moved_to_one_file_are_no_trouble() -> None:
    names = range(300)
    was, changed = ({name: f"# S {{#s{name}}}\n\n{words}.\n\n" for name in names} for words in ("So", "Not so"))
    rest = "# Rest {#rest}\n\nRest.\n\n"
    base = {"a.md": rest + "".join(was.values()), "b.md": rest}
    ours = {"a.md": rest, "b.md": rest + "".join(was.values())}
    theirs = {"a.md": rest + "".join(changed.values()), "b.md": rest}
    assert merged(base, ours, theirs) == {"a.md": rest, "b.md": rest + "".join(changed.values())}


def test_many_files_of_one_content_are_no_trouble() -> None:
    base, ours = ({f"{folder}/{number}.md": "# A {#a}\n" for number in range(500)} for folder in ("old", "new"))
    found = merged(base, ours, {**base, "old/7.md": "# A {#a}\n\nMore.\n"})
    assert found == {**ours, "new/7.md": "# A {#a}\n\nMore.\n"}
