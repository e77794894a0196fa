"""Where keys came from, which are open, and the text in pieces."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.engine.text.provenance import Place, Text
from syngraph.engine.text.resolving.resolve import resolve
from syngraph.engine.text.store import Tree, text_of, tree_of
from syngraph.engine.text.views import keys, rendering
from syngraph.engine.text.views.shown import MAX_USES, Given, Kind, State, Xray

CHAIR = """---
fields: {Title: "{Name}, {Office}", Office: chair}
---
# Chair {#office}

{Title} and {Missing}.
"""


def tree(**files: str) -> Tree:
    return tree_of({f"{name}.md": content.encode() for name, content in files.items()})


def front(include: str = "", fields: str = "", body: str = "") -> str:
    return f"---\ninclude: [{include}]\nfields: {{{fields}}}\n---\n{body}"


def seen(of: Tree) -> keys.Examined:
    return keys.examined(of, "a.md")


def xray(of: Tree, key: str = "") -> Xray:
    made = rendering.xray(seen(of), key)
    assert made is not None
    return made


def told(given: Given) -> list[str]:
    return [f"{lost.place} {lost.value}: {lost.why.name}" for lost in given.lost]


# -- missing -----------------------------------------------------------------------------------------------------------


def test_a_key_is_missing_once_with_every_place_that_asks_through_its_chain() -> None:
    of = tree(a=front("b.md", "X: '{C}'", "{A} {B} {A} {X}"), b=front(body="# B {#b}\n\n{A}"))
    found = [(key.key, key.state, [str(place) for place in key.asked]) for key in keys.missing(seen(of)).keys]
    assert found == [
        ("A", State.OPEN, ["a.md:5:1", "a.md:5:9", "b.md:7:1"]),
        ("B", State.OPEN, ["a.md:5:5"]),
        ("C", State.OPEN, ["a.md:3:14"]),
    ]


def test_the_chain_of_who_asks_is_the_inclusions_that_led_there() -> None:
    of = tree(a=front("{object: b.md, as: P.}"), b=front("{object: c.md, as: Q.}"), c="{K}")
    (key,) = keys.missing(seen(of)).keys
    assert key.key == "P.Q.K"
    assert [str(place) for place in key.asked[0].chain] == ["a.md:2:20", "b.md:2:20"]


def test_the_root_binds_a_missing_key_under_the_name_that_the_view_gives() -> None:
    inner = {"b": front("{object: c.md, as: Q.}", "Y: '{Z}'", "# B {#b}\n\n{Y}"), "c": "{K}\n\n{L}"}
    open_keys = [key.key for key in keys.missing(seen(tree(a=front("{object: b.md, as: P.}"), **inner))).keys]
    assert sorted(open_keys) == ["P.Q.K", "P.Q.L", "P.Z"]
    filled = tree(a=front("{object: b.md, as: P.}, d.md"), d=front(fields=", ".join(f"{key}: x" for key in open_keys)), **inner)
    assert keys.missing(seen(filled)).keys == ()


def test_a_field_bound_to_nothing_is_told_apart() -> None:
    of = tree(a=front("b.md", "K: ''", "{K}"), b=front(fields="K: b, L: ' '"))
    found = [(key.key, key.state, str(key.bound), key.uses) for key in keys.missing(seen(of)).keys]
    assert found == [("K", State.EMPTY, "a.md:3:10", 1), ("L", State.EMPTY, "b.md:3:16", 0)]


def test_a_section_that_hangs_on_a_key_is_a_choice() -> None:
    of = tree(a="# One {#one when=Wanted}\n\n{Inner}\n\n# Two {#two}\n\n{Both}\n\n# Three {#three when=Both}\n")
    assert [(key.key, key.state) for key in keys.missing(seen(of)).keys] == [
        ("Wanted", State.CHOICE),
        ("Both", State.OPEN),
    ]


def test_what_is_overridden_or_left_out_asks_for_nothing() -> None:
    of = tree(
        a="---\ninclude: b.md\nomit: gone\n---\n# One {#one}\n\nmine\n",
        b="# One {#one}\n\n{A}\n\n# Gone {#gone}\n\n{B}\n",
    )
    assert keys.missing(seen(of)).keys == ()


def test_a_brace_that_is_escaped_asks_for_nothing() -> None:
    assert keys.missing(seen(tree(a="\\{A\\}"))).keys == ()


def test_only_so_many_of_the_places_that_ask_are_kept() -> None:
    (key,) = keys.missing(seen(tree(a="{A} " * 500))).keys
    assert (key.uses, len(key.asked)) == (500, MAX_USES)


# -- trace -------------------------------------------------------------------------------------------------------------


def test_a_key_is_traced_to_its_object_through_prefix_and_inclusions() -> None:
    of = tree(a=front("{object: b.md, as: Chair.}", "Chair.Name: Ada", "{Chair.Title}"), b=CHAIR)
    (given,) = keys.trace(seen(of), "Chair.Title").keys
    assert (given.kind, given.name, str(given.place), given.prefix) == (Kind.FIELD, "Title", "b.md:2:10", "Chair.")
    assert (given.value, given.text) == ("{Name}, {Office}", "Ada, chair")
    assert [str(place) for place in given.place.chain] == ["a.md:2:20"]
    assert [str(place) for place in given.asked] == ["a.md:5:1", "b.md:6:1"]


@pytest.mark.parametrize(
    ("files", "won", "lost"),
    [
        (
            {
                "a": front("b.md, c.md", "K: a"),
                "b": front("d.md", "K: b"),
                "c": front(fields="K: c"),
                "d": front(fields="K: d"),
            },
            "a.md:3:10",
            ["b.md:3:10 b: INCLUDED", "d.md:3:10 d: INCLUDED", "c.md:3:10 c: INCLUDED"],
        ),
        (
            {"a": front("b.md, c.md"), "b": front("d.md"), "c": front(fields="K: c"), "d": front(fields="K: d")},
            "d.md:3:10",
            ["c.md:3:10 c: EARLIER"],
        ),
        (
            {"a": front("{object: b.md, as: P.}", "P.K: a"), "b": front(fields="K: b")},
            "a.md:3:10",
            ["b.md:3:10 b: INCLUDED"],
        ),
        ({"a": front(fields="K: a", body="# K {#K}\n\nsection")}, "a.md:3:10", ["a.md:5:1 section: SAME_OBJECT"]),
    ],
    ids=["own first", "depth first", "under a prefix", "field and section"],
)
def test_what_was_overridden_is_told_in_the_order_of_lookup(files: dict[str, str], won: str, lost: list[str]) -> None:
    key = "P.K" if "P.K" in files["a"] else "K"
    given = keys.trace(seen(tree(**files)), key).keys[0]
    assert (str(given.place), told(given), given.overridden) == (won, lost, len(lost))


def test_what_a_key_means_elsewhere_is_told_as_well() -> None:
    of = tree(a=front("b.md, c.md", body="{K}"), b=front(fields="K: b"), c=front(fields="K: c", body="# C {#c}\n\n{K}"))
    found = keys.trace(seen(of), "K").keys
    assert [(given.text, given.seen_from, told(given)) for given in found] == [
        ("b", "", ["c.md:3:10 c: EARLIER"]),
        ("c", "c.md", ["b.md:3:10 b: AROUND"]),
    ]


def test_an_object_around_the_one_that_asks_wins() -> None:
    of = tree(
        a=front("b.md, c.md"),
        b=front(fields="K: b"),
        c=front("d.md", "K: c"),
        d=front(fields="K: d", body="{K}"),
    )
    asked_in_d = keys.trace(seen(of), "K").keys[1]
    assert (asked_in_d.text, asked_in_d.seen_from) == ("c", "d.md")
    assert told(asked_in_d) == ["d.md:3:10 d: OVERRIDDEN", "b.md:3:10 b: OVERRIDDEN"]


def test_every_key_is_traced_and_those_that_are_open_stand_apart() -> None:
    made = keys.trace(seen(tree(a=front("{object: b.md, as: Chair.}", "Chair.Name: Ada"), b=CHAIR)))
    assert [given.key for given in made.keys] == ["Chair.Name", "Chair.Title", "Chair.Office", "Chair.office"]
    assert [(key.key, str(key.asked[0])) for key in made.open] == [("Chair.Missing", "b.md:6:13")]


def test_a_key_that_is_not_there_has_no_trace() -> None:
    made = keys.trace(seen(tree(a="text")), "Nothing")
    assert (made.keys, made.open) == ((), ())


NAMES = st.sampled_from(["K", "L", "P.K", "P.L"])
VALUES = st.sampled_from(["x", "'{K} y'", "'z {L}'", "''"])
OBJECT = st.builds(
    lambda includes, bound, body: front(
        ", ".join(includes), ", ".join(f"{key}: {value}" for key, value in bound.items()), " ".join(body)
    ),
    st.lists(st.sampled_from(["b.md", "c.md", "{object: c.md, as: P.}", "d.md", "{object: d.md, as: P.}"]), max_size=3),
    st.dictionaries(NAMES, VALUES, max_size=3),
    st.lists(st.sampled_from(["{K}", "{L}", "{P.K}", "word", "\\{K\\}"]), max_size=4),
)
STORES = st.fixed_dictionaries(dict.fromkeys("abcd", OBJECT))


@settings(deadline=None, max_examples=60)
@given(STORES)
def test_a_trace_says_what_the_root_reads(files: dict[str, str]) -> None:
    of = tree(**files)
    document = resolve(of, "a.md")
    rooted = {given.key: given.text for given in keys.trace(seen(of)).keys if not given.seen_from and given.kind is Kind.FIELD}
    assert rooted == {key: value.string for key, value in document.fields.items()}


@settings(deadline=None, max_examples=60)
@given(STORES)
def test_what_overrides_and_what_is_overridden_are_all_the_bindings(files: dict[str, str]) -> None:
    examined = seen(tree(**files))
    names = examined.resolution.names
    for key in names.index.walk():
        held = names.index.held(key)
        for row in keys.trace(examined, key).keys:
            places = [row.place, *(lost.place for lost in row.lost)]
            assert sorted(map(repr, places)) == sorted(
                repr(Place(b.place.path, b.place.line, b.place.column, names.instances[n].chain)) for n, b in held
            )


@settings(deadline=None, max_examples=60)
@given(STORES)
def test_a_piece_is_what_stands_at_its_place(files: dict[str, str]) -> None:
    of = tree(**files)
    for piece in xray(of).pieces:
        if piece.place is not None:
            line = text_of(of, piece.place.path).split("\n")[piece.place.line - 1]
            assert line[piece.place.column - 1 :].startswith(piece.text.split("\n")[0])


@settings(deadline=None, max_examples=60)
@given(STORES)
def test_the_key_of_a_piece_is_bound_where_the_piece_was_written(files: dict[str, str]) -> None:
    examined = seen(tree(**files))
    made = rendering.xray(examined)
    assert made is not None
    bound = {(given.key, given.place.path, given.place.line) for given in keys.trace(examined).keys}
    fields = frozenset(key for key, _, _ in bound)
    for piece in made.pieces:
        if piece.place is not None and piece.key in fields:
            assert (piece.key, piece.place.path, piece.place.line) in bound


# -- xray --------------------------------------------------------------------------------------------------------------


def test_an_xray_says_of_every_piece_where_and_under_which_key() -> None:
    of = tree(a=front("{object: b.md, as: Chair.}", "Chair.Name: Ada"), b=CHAIR)
    assert [(piece.text, str(piece.place), piece.key) for piece in xray(of).pieces] == [
        ("# 1 ", "None", "Chair.office"),
        ("Chair", "b.md:4:3", "Chair.office"),
        ("\n\n", "None", "Chair.office"),
        ("Ada", "a.md:3:22", "Chair.Name"),
        (", ", "b.md:2:24", "Chair.Title"),
        ("chair", "b.md:2:45", "Chair.Office"),
        (" and ", "b.md:6:8", "Chair.office"),
        ("{Missing}", "b.md:6:13", "Chair.office"),
        (".", "b.md:6:22", "Chair.office"),
        ("\n\n", "None", "Chair.office"),
    ]


def test_an_xray_gives_the_chain_of_inclusions_and_placeholders() -> None:
    of = tree(a=front("{object: b.md, as: Chair.}", "Chair.Name: Ada"), b=CHAIR)
    ada = xray(of).pieces[3]
    assert ada.place is not None
    assert [str(place) for place in ada.place.chain] == ["a.md:2:20", "b.md:6:1", "b.md:2:18"]


def test_a_reference_is_the_number_of_its_section_where_it_was_written() -> None:
    of = tree(a="# One {#one}\n\n[](#two) and [](#two), [](#none).\n\n# Two {#two}\n")
    assert [(piece.text, str(piece.place)) for piece in xray(of).pieces[3:7]] == [
        ("Section 2", "a.md:3:1"),
        (" and ", "a.md:3:9"),
        ("section 2", "a.md:3:14"),
        (", [](#none).", "a.md:3:22"),
    ]


def test_an_xray_shows_lists_tables_and_quotations() -> None:
    body = "# One {#one}\n\n(a) first\n\n    (i) inner\n\n(b) second\n\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    body += "\n---\n\n```\ncode\n```\n"
    whole = "".join(piece.text for piece in xray(tree(a=body)).pieces)
    for words in ("(a) first\n\n", "(i) inner", "(b) second", "> said", "| a | b |\n| 1 | 2 |\n", "* * *", "code"):
        assert words in whole


def test_an_xray_of_a_field_or_a_section_has_only_that() -> None:
    of = tree(a=front(fields="K: '{L}!', L: l", body="# One {#one}\n\n{K}\n\n## In {#in}\n\ninner\n\n# Two {#two}\n"))
    assert [(piece.text, piece.key) for piece in xray(of, "K").pieces] == [("l", "L"), ("!", "K")]
    whole = "".join(piece.text for piece in xray(of, "one").pieces)
    assert "inner" in whole and "Two" not in whole
    assert rendering.xray(seen(of), "none") is None


def test_a_text_that_nobody_wrote_has_no_place() -> None:
    made = list(rendering.cut(Text("Ada"), (), lambda place: "K"))
    assert [(piece.text, piece.place) for piece in made] == [("Ada", None)]


@given(st.text("ab", max_size=12), st.lists(st.integers(0, 12), max_size=4), st.lists(st.integers(0, 12), max_size=6))
def test_cutting_loses_nothing(string: str, starts: list[int], stops: list[int]) -> None:
    offsets = sorted({0, *(start for start in starts if start < len(string))}) if string else []
    text = Text(string, tuple((at, Place("a.md", at + 1, 1)) for at in offsets))
    edges = sorted({stop for stop in stops if stop < len(string)})
    replaced = [(a, b, "!") for a, b in zip(edges[::2], edges[1::2], strict=False)]
    expected, done = "", 0
    for start, stop, words in replaced:
        expected, done = expected + string[done:start] + words, stop
    made = "".join(piece.text for piece in rendering.cut(text, replaced, lambda place: ""))
    assert made == expected + string[done:]
