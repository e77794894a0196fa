"""Changes by clause: what differs, in words, and made again."""

from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.engine.governance.changes import (
    AddFile,
    Change,
    ChangesRefused,
    Delete,
    DeleteFile,
    Insert,
    Move,
    Replace,
    ReplaceFile,
    Stale,
    apply,
    body,
    difference,
    digest,
    read,
    wording,
)
from syngraph.engine.text.store import Tree, overlay, tree_of
from syngraph.engine.text.units import Kind

T = TypeVar("T", bound=Change)

SECTIONS = st.sampled_from(
    [
        *(
            "# A {#a}\n\nOne.\n\n",
            "# A {#a}\n\nTwo.\n",
            "## B {#b}\n\nThree.\n\n",
            "# C {#c}\n",
            "# D\n\n~~~\n# E\n~~~\n",
            "# D\n",
        ),
        *("Hello.\n\n", "```\n", "~~~~\n", "\n", "# A", "text", "---\n", "In `a.md`, nothing.\n", "title: x\n", "fields:\n"),
        *("  Dues: EUR 60\n", "  Dues: EUR 75\n", "  Fee: 5%\n", "# note\n", "omit: [a]\n"),
    ]
)
PEOPLE = st.sampled_from(
    ["  - {id: ada}\n", "  - {id: ada, name: A}\n", "  - id: bora\n    name: B\n", "  - id: dov\n", "# c\n"]
)
OBJECTS = st.one_of(
    st.lists(SECTIONS, max_size=8).map("".join),
    st.lists(SECTIONS, max_size=8).map(lambda made: "---\nfields:\n  Dues: EUR 60\n---\n" + "".join(made)),
    st.text(max_size=30),
)
REGISTERS = st.lists(PEOPLE, max_size=5).map(lambda made: "principals:\n" + "".join(made))
TREES = st.fixed_dictionaries(
    {},
    optional={
        "a.md": OBJECTS,
        "forms/b.md": OBJECTS,
        "register.yaml": REGISTERS,
        "notes.txt": st.text(max_size=20),
        "50%.md": OBJECTS,
        "tick`.md": OBJECTS,
    },
).map(lambda files: tree_of({path: content.encode() for path, content in files.items()}))


def files(tree: Tree) -> dict[str, bytes]:
    return {path: tree.read(path) for path in tree.paths()}


def of(content: str) -> Tree:
    return tree_of({"a.md": content.encode()})


def one(old: str, new: str, kind: type[T]) -> T:
    (change,) = difference(of(old), of(new))
    assert isinstance(change, kind)
    return change


@given(TREES, TREES)
def test_the_difference_applied_to_the_old_text_is_the_new_one(old: Tree, new: Tree) -> None:
    changes = difference(old, new)
    assert files(overlay(old, apply(old, changes))) == files(new)
    assert difference(old, new) == changes


@given(TREES, TREES)
def test_changes_in_words_are_read_as_they_were(old: Tree, new: Tree) -> None:
    changes = difference(old, new)
    assert read(wording(changes), "m.md") == ("", changes)
    assert read(body("Because.\n\nAnd so.", changes), "m.md") == ("Because.\n\nAnd so.", changes)


@given(st.text(max_size=200))
def test_other_words_are_reasons_or_refused(text: str) -> None:
    try:
        reasons, changes = read(text, "m.md")
    except ChangesRefused:
        return
    assert changes == () and reasons == text.strip("\n")


def test_a_motion_reads_as_in_a_meeting() -> None:
    old = "---\nfields:\n  Dues: EUR 60\n---\n# Dues {#dues}\n\nPay.\n"
    changes = difference(of(old), of(old.replace("60", "75") + "\n# Late {#late}\n\nPay ~~~ more."))
    before = digest("  Dues: EUR 60\n")
    assert body("The roof leaks.", changes) == (
        "The roof leaks.\n\n"
        f"In `a.md`, the field `Dues` (sha256 {before}) becomes:\n\n~~~\n  Dues: EUR 75\n~~~\n\n"
        f"In `a.md`, the section `dues` (sha256 {digest('# Dues {#dues}' + chr(10) * 2 + 'Pay.' + chr(10))}) becomes:\n\n"
        "~~~\n# Dues {#dues}\n\nPay.\n\n~~~\n\n"
        "In `a.md`, the section `late` is new, behind the section `dues`:\n\n"
        "~~~~ without a line end at the end\n# Late {#late}\n\nPay ~~~ more.\n~~~~\n"
    )


def test_one_clause_that_moves_is_one_change() -> None:
    a, b, c = ("# A {#a}\n", "# B {#b}\n", "# C {#c}\n")
    assert one(a + b + c, b + c + a, Move) == Move("a.md", Kind.SECTION, "a", digest(a), (Kind.SECTION, "c"))
    assert one(a + b, a, Delete) == Delete("a.md", Kind.SECTION, "b", digest(b))
    assert one(a + c, a + b + c, Insert) == Insert("a.md", Kind.SECTION, "b", (Kind.SECTION, "a"), b)
    assert one(c, b + c, Insert).behind is None


def test_files_come_go_and_change_whole() -> None:
    old, new = tree_of({"a.txt": b"1", "b.md": b"# B\n"}), tree_of({"a.txt": b"2", "c.md": b""})
    assert difference(old, new) == (
        ReplaceFile("a.txt", digest("1"), "2"),
        DeleteFile("b.md", digest("# B\n")),
        AddFile("c.md", ""),
    )
    assert difference(old, new, ["c.md"]) == (AddFile("c.md", ""),)


def test_a_file_that_is_no_text_cannot_be_moved_about() -> None:
    with pytest.raises(ChangesRefused, match="not UTF-8"):
        difference(tree_of({}), tree_of({"a.md": b"\xff"}))


# -- a text that has moved on ------------------------------------------------------------------------------------------

BASE = "# A {#a}\n\nOne.\n\n# B {#b}\n\nTwo.\n\n# C {#c}\n\nThree.\n"


def test_changes_carry_where_the_clauses_they_name_are_as_they_were() -> None:
    changes = difference(of(BASE), of(BASE.replace("Two", "2").replace("# C", "# New {#new}\n\n# C")))
    now = of("Hello.\n\n" + BASE.replace("One", "1").replace("Three", "3"))
    wanted = "Hello.\n\n" + BASE.replace("One", "1").replace("Two", "2").replace("Three", "3").replace(
        "# C", "# New {#new}\n\n# C"
    )
    assert apply(now, changes) == {"a.md": wanted.encode()}


@pytest.mark.parametrize(
    ("new", "now"),
    [
        (BASE.replace("Two", "2"), BASE.replace("Two", "zwei")),
        (BASE.replace("Two", "2"), BASE.replace("# B {#b}", "# B {#bee}")),
        (BASE.replace("# B {#b}\n\nTwo.\n\n", ""), BASE.replace("Two", "zwei")),
        (BASE.replace("# C", "# New {#new}\n\n# C"), BASE.replace("# B {#b}\n\nTwo.\n\n", "")),
        (BASE.replace("# C", "# New {#new}\n\n# C"), "# New {#new}\n" + BASE),
        (BASE.replace("Two", "2"), "```\n" + BASE),
        (BASE.replace("# C", "# Late\n\n# C"), "# Late\n\n" + BASE),
        (BASE.replace("# B {#b}", "# Late\n\n# B {#b}"), BASE.replace("Three", "3") + "# Late\n\nx\n"),
    ],
)
def test_stale_where_a_clause_they_name_has_changed(new: str, now: str) -> None:
    changes = difference(of(BASE), of(new))
    with pytest.raises(Stale) as caught:
        apply(of(now), changes)
    assert caught.value.change in changes


def test_stale_where_a_file_has_come_gone_or_changed() -> None:
    for change in (
        AddFile("a.md", ""),
        DeleteFile("a.md", digest("x")),
        ReplaceFile("b.txt", digest("x"), ""),
        Delete("b.md", Kind.KEY, "a", ""),
    ):
        with pytest.raises(Stale):
            apply(of(BASE), [change])


# -- attacks -----------------------------------------------------------------------------------------------------------


def test_a_clause_cannot_bring_in_another_that_the_motion_does_not_name() -> None:
    after = "# B {#b}\n\nTwo.\n\n# Evil {#evil}\n\nAda owns everything.\n"
    with pytest.raises(Stale, match="cut otherwise"):
        apply(of(BASE), [Replace("a.md", Kind.SECTION, "b", digest("# B {#b}\n\nTwo.\n\n"), after)])


def test_a_clause_cannot_hide_the_next_one_in_code() -> None:
    with pytest.raises(Stale, match="cut otherwise"):
        apply(of(BASE), [Replace("a.md", Kind.SECTION, "b", digest("# B {#b}\n\nTwo.\n\n"), "# B {#b}\n\n```\n")])


@pytest.mark.parametrize("path", ["../a.md", "/etc/passwd", "a/../b.md", "", "a\\b"])
def test_a_motion_cannot_lead_out_of_the_agreement(path: str) -> None:
    with pytest.raises(ChangesRefused):
        read(wording([AddFile(path, "x\n")]), "m.md")


def test_two_changes_of_one_clause_are_refused() -> None:
    b = "# B {#b}\n\nTwo.\n\n"
    for twice in (
        [Delete("a.md", Kind.SECTION, "b", digest(b))] * 2,
        [Replace("a.md", Kind.SECTION, "b", digest(b), b), Delete("a.md", Kind.SECTION, "b", digest(b))],
        [Move("a.md", Kind.SECTION, "b", digest(b), None), Delete("a.md", Kind.SECTION, "b", digest(b))],
        [
            Insert("a.md", Kind.SECTION, "x", None, "# X {#x}\n"),
            Replace("a.md", Kind.SECTION, "x", digest("# X {#x}\n"), "# X {#x}\n"),
        ],
        [DeleteFile("a.md", digest(BASE)), Delete("a.md", Kind.SECTION, "b", digest(b))],
        [Delete("a.md", Kind.SECTION, "b", digest(b)), DeleteFile("a.md", digest(BASE))],
    ):
        with pytest.raises(ChangesRefused):
            apply(of(BASE), twice)


def test_what_almost_is_a_change_is_refused_not_taken_for_reasons() -> None:
    said = wording([Replace("a.md", Kind.SECTION, "b", digest("x"), "y\n"), Delete("a.md", Kind.FIELD, "F", digest("x"))])
    for amiss in (
        said.replace("becomes:", "becomes"),
        said.replace("sha256 ", "sha256  "),
        said.replace("y\n", "y\n~~~\n"),
        said.replace("~~~\ny\n~~~", "~~~~\ny\n~~~~"),
        said.replace("~~~\ny\n~~~\n", "~~~\ny\n"),
        said.replace("the section", "the clause"),
        said.replace("a.md", "%61.md"),
        said + "\nThat is all.\n",
        said + "\n",
        said.removesuffix("\n"),
        said.replace("\n\nIn", "\n\n\nIn"),
        said.replace("\n\nIn", "\nIn"),
        "In `a.md`, nothing much changes.\n",
    ):
        with pytest.raises(ChangesRefused) as caught:
            read(amiss, "m.md", 10)
        assert caught.value.place is not None and caught.value.place.line >= 10


def test_reasons_that_look_like_a_change_cannot_be_written() -> None:
    with pytest.raises(ChangesRefused):
        body("So it is.\nIn `a.md`, the section `b` is deleted.", [])


def test_a_folder_cannot_take_the_place_of_a_file() -> None:
    for path in ("a.md/b.md", "forms"):
        with pytest.raises(ChangesRefused, match="as a file and as a folder"):
            apply(tree_of({"a.md": b"", "forms/x.md": b""}), [AddFile(path, "x")])


def test_many_sections_turned_round_are_told_and_made_again() -> None:
    old = of("".join(f"# S {{#s{number}}}\n" for number in range(300)))
    new = of("".join(f"# S {{#s{number}}}\n# T {{#t{number}}}\n" for number in reversed(range(300))))
    changes = difference(old, new)
    assert files(overlay(old, apply(old, changes))) == files(new)
    assert read(wording(changes), "m.md")[1] == changes


@pytest.mark.parametrize(
    "line",
    [
        "In `a.md`, the section `a` is new, " + "behind the section `a` is new, " * 8_000,
        "In `a.md`, " + "the x is new, behind " * 12_000,
        "In `a.md`, " + "the " * 60_000,
        "In `" + "`, the section `" * 15_000,
        "In `a.md`, the section `" + "a (sha256 " * 25_000,
        "In `a.md`, the section `a` is new, at the beginning:\n\n" + "~" * 250_000,
    ],
    ids=range(6),
)
def test_words_that_nearly_fit_are_refused_in_few_words(line: str) -> None:
    with pytest.raises(ChangesRefused) as caught:
        read(line, "m.md")
    assert len(str(caught.value)) < 1_000, caught.value.found[:100]


def test_a_line_of_tildes_is_prose() -> None:
    assert read("~" * 250_000, "m.md")[1] == ()
