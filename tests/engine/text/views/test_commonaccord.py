"""The views of an object of a CommonAccord store."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.notations.commonaccord.tracing import Trace
from syngraph.engine.text.store import tree_of
from syngraph.engine.text.views import commonaccord
from syngraph.engine.text.views.shown import MAX_VALUE, Kind, Target, Xray

LEASE = {
    "a.md": "r00t={Landlord.Line} and {Tenant.Line} at {Place}.\nTenant.Name=Bo\nLandlord.=[p.md]\nTenant.=[p.md]\n",
    "p.md": "Line={Name}, {Kind}\nKind=person\n",
}


def store(files: dict[str, str]) -> Store:
    return Store(tree_of({path: content.encode() for path, content in files.items()}))


def traced(files: dict[str, str]) -> Trace:
    return Trace(store(files), "a.md")


def xray(files: dict[str, str], key: str = commonaccord.ROOT) -> Xray:
    made = commonaccord.xray(traced(files), key)
    assert made is not None
    return made


# -- source and map ----------------------------------------------------------------------------------------------------


def test_an_object_is_shown_as_it_was_written() -> None:
    made = commonaccord.source(store({"a.md": "X= {Y}\nno key\nP.=[b.md] tail\n=[gone.md]\nX=2\n", "b.md": ""}), "a.md")
    assert made.lines == ("X= {Y}", "no key", "P.=[b.md] tail", "=[gone.md]", "X=2")
    assert [(entry.kind, entry.key, entry.value, str(entry.place)) for entry in made.entries] == [
        (Kind.KEY, "X", "{Y}", "a.md:1:4")
    ]
    assert [(link.path, link.prefix, link.place.line, link.target) for link in made.links] == [
        ("b.md", "P.", 3, Target.THERE),
        ("gone.md", "", 4, Target.MISSING),
    ]


def test_what_leads_out_or_to_the_network_is_refused() -> None:
    made = commonaccord.source(store({"a.md": "=[../../etc/passwd]\n=[http://example.org/x]\n"}), "a.md")
    assert [(link.target, link.said) for link in made.links] == [
        (Target.REFUSED, "it leads out of the store"),
        (Target.REFUSED, "it leads to the network, which is never asked"),
    ]


def test_the_map_has_every_object_once() -> None:
    files = {"a.md": "P.=[b.md]\n=[c.md]\n", "b.md": "=[c.md]\nB.=[b.md]\n", "c.md": "X=1\n"}
    made = commonaccord.inclusions(store(files), "a.md")
    assert made.objects == ("a.md", "b.md", "c.md")
    assert [(edge.source, edge.link.path, edge.link.prefix, edge.link.target) for edge in made.edges] == [
        ("a.md", "b.md", "P.", Target.THERE),
        ("b.md", "c.md", "", Target.THERE),
        ("b.md", "b.md", "B.", Target.CIRCULAR),
        ("a.md", "c.md", "", Target.THERE),
    ]


def test_an_object_that_is_not_there_cannot_be_shown() -> None:
    for show in (commonaccord.source, commonaccord.inclusions):
        with pytest.raises(TextError, match="no such object"):
            show(store({"a.md": ""}), "b.md")


# -- missing -----------------------------------------------------------------------------------------------------------


def test_a_name_that_is_left_is_missing_under_the_key_that_fills_it_in_there() -> None:
    found = commonaccord.missing(traced(LEASE)).keys
    assert [(each.key, each.name, [str(place) for place in each.asked]) for each in found] == [
        ("Landlord.Name", "Name", ["p.md:1:6"]),
        ("Place", "Place", ["a.md:1:43"]),
    ]
    assert [str(place) for place in found[0].asked[0].chain] == ["a.md:3:12"]


def test_what_is_filled_in_is_missing_no_more() -> None:
    filled = {**LEASE, "a.md": LEASE["a.md"] + "".join(f"{each.key}=x\n" for each in commonaccord.missing(traced(LEASE)).keys)}
    assert commonaccord.missing(traced(filled)).keys == ()


def test_a_name_is_missing_once_with_every_place() -> None:
    found = commonaccord.missing(traced({"a.md": "r00t={A}{B}{A}{X}\nX={C}{A}\n"})).keys
    assert [(each.key, each.uses) for each in found] == [("A", 3), ("B", 1), ("C", 1)]


def test_what_an_outer_text_fills_in_is_not_missing() -> None:
    assert commonaccord.missing(traced({"a.md": "r00t={P.A}+{Y}\nP.=[b.md]\nY=py\n", "b.md": "A={Y}\n"})).keys == ()


def test_nothing_is_missing_where_nothing_binds_the_key() -> None:
    assert commonaccord.missing(traced({"a.md": "X=1\n"})).keys == ()


# -- trace -------------------------------------------------------------------------------------------------------------


def test_every_key_is_traced_to_its_line() -> None:
    made = commonaccord.trace(traced(LEASE))
    assert [(each.key, each.name, str(each.place), each.prefix, each.text) for each in made.keys] == [
        ("r00t", "r00t", "a.md:1:6", "", "{Name}, person and Bo, person at {Place}."),
        ("Landlord.Line", "Line", "p.md:1:6", "Landlord.", "{Name}, person"),
        ("Tenant.Line", "Line", "p.md:1:6", "Tenant.", "Bo, person"),
        ("Landlord.Kind", "Kind", "p.md:2:6", "Landlord.", "person"),
        ("Tenant.Name", "Tenant.Name", "a.md:2:13", "", "Bo"),
        ("Tenant.Kind", "Kind", "p.md:2:6", "Tenant.", "person"),
    ]
    assert [each.key for each in made.open] == ["Landlord.Name", "Place"]


def test_what_was_overridden_is_told_in_the_order_of_lookup_with_the_reason() -> None:
    files = {
        "a.md": "=[e.md]\n=[b.md]\n=[d.md]\n",
        "e.md": "X=0\n=[f.md]\n",
        "f.md": "X=f\n",
        "b.md": "X=b\n=[c.md]\nX=later\n",
        "c.md": "X=c\n",
        "d.md": "X=d\n",
    }
    (made,) = commonaccord.trace(traced(files), "X").keys
    assert (str(made.place), made.value) == ("b.md:1:3", "b")
    assert [f"{lost.place} {lost.value} {lost.why.name}" for lost in made.lost] == [
        "e.md:1:3 0 FALSY",
        "f.md:1:3 f INCLUDED",
        "b.md:3:3 later SAME_OBJECT",
        "c.md:1:3 c INCLUDED",
        "d.md:1:3 d EARLIER",
    ]


@pytest.mark.parametrize(("key", "open_keys"), [("Place", ["Place"]), ("None", [])])
def test_a_key_that_is_open_or_not_there_has_no_row(key: str, open_keys: list[str]) -> None:
    made = commonaccord.trace(traced(LEASE), key)
    assert (made.keys, [each.key for each in made.open]) == ((), open_keys)


def test_a_list_of_all_keys_has_the_beginning_of_long_values() -> None:
    files = {"a.md": f"r00t={{X}}\nX={'x' * 5_000}\n"}
    assert [(len(each.text), each.cut) for each in commonaccord.trace(traced(files)).keys] == [(MAX_VALUE, True)] * 2
    assert len(commonaccord.trace(traced(files), "X").keys[0].text) == 5_000


SAID = ["X=1", "X=0", "X=", "Y={X}", "P.X={Y}", "Z={P.Y}{X}", "r00t={X}{Y}{P.X}{Z}"]


def lines(*included: str) -> st.SearchStrategy[str]:
    """Objects that include some of those named, never one another in a circle."""
    references = [f"{prefix}=[{path}]" for path in included for prefix in ("", "P.")]
    return st.lists(st.sampled_from([*SAID, *references]), max_size=6).map(lambda made: "\n".join([*made, ""]))


STORES = st.fixed_dictionaries({"a.md": lines("b.md", "c.md"), "b.md": lines("c.md"), "c.md": lines()})


@settings(deadline=None, max_examples=100)
@given(STORES)
def test_an_xray_is_the_text_and_each_piece_stands_at_its_place(files: dict[str, str]) -> None:
    made = commonaccord.xray(traced(files))
    if made is None:
        return
    assert "".join(piece.text for piece in made.pieces) == traced(files).text("r00t").string
    for piece in made.pieces:
        assert piece.place is not None
        line = files[piece.place.path].split("\n")[piece.place.line - 1]
        assert line[piece.place.column - 1 :].startswith(piece.text)


@settings(deadline=None, max_examples=100)
@given(STORES)
def test_what_a_trace_says_to_have_lost_is_never_what_counts(files: dict[str, str]) -> None:
    of = traced(files)
    for key in ("X", "P.X", "Y"):
        for row in commonaccord.trace(of, key).keys:
            bound = of.bound(key)
            assert bound is not None
            assert (row.place.path, row.place.line, row.place.chain) == (bound.path, bound.line, bound.chain)
            assert row.place not in [lost.place for lost in row.lost]


# -- xray --------------------------------------------------------------------------------------------------------------


def test_an_xray_says_of_every_piece_where_and_under_which_key() -> None:
    assert [(piece.text, str(piece.place), piece.key) for piece in xray(LEASE).pieces] == [
        ("{Name}, ", "p.md:1:6", "Landlord.Line"),
        ("person", "p.md:2:6", "Landlord.Kind"),
        (" and ", "a.md:1:21", "r00t"),
        ("Bo", "a.md:2:13", "Tenant.Name"),
        (", ", "p.md:1:12", "Tenant.Line"),
        ("person", "p.md:2:6", "Tenant.Kind"),
        (" at {Place}.", "a.md:1:39", "r00t"),
    ]


def test_an_xray_of_a_key_that_nothing_binds_is_none() -> None:
    assert commonaccord.xray(traced(LEASE), "Nothing") is None


# -- hostile stores ----------------------------------------------------------------------------------------------------


def doubling(levels: int) -> dict[str, str]:
    files = {f"{level}.md": f"=[{level + 1}.md]\nP.=[{level + 1}.md]\n" for level in range(levels)}
    return {**files, "a.md": "r00t={X} {P.X}\n=[0.md]\n", f"{levels}.md": "X=x\n"}


def deep(levels: int) -> dict[str, str]:
    files = {f"{level}.md": f"=[{level + 1}.md]\nX={level}\n" for level in range(levels)}
    return {**files, "a.md": "r00t={Y} {X}\n=[0.md]\n", f"{levels}.md": "Y=y {Z}\n"}


def wide(lines: int) -> dict[str, str]:
    return {
        "a.md": "r00t=" + "".join(f"{{K{n}}}" for n in range(lines)) + "\n" + "".join(f"K{n}=v\n" for n in range(0, lines, 2))
    }


@pytest.mark.parametrize("files", [doubling(60), deep(2_000), wide(10_000)], ids=["doubling", "deep", "wide"])
def test_hostile_stores_are_viewed_in_bounded_time(files: dict[str, str]) -> None:
    begun = time.process_time()
    of = traced(files)
    for key in ("", "X", "P.X"):
        commonaccord.trace(of, key)
    commonaccord.missing(of)
    commonaccord.xray(of)
    commonaccord.inclusions(of.store, "a.md")
    assert time.process_time() - begun < 10


def test_cycles_end() -> None:
    files = {"a.md": "r00t={A}{X}\nA={B}\nB={A}\n=[b.md]\n", "b.md": "=[a.md]\nP.=[b.md]\n"}
    of = traced(files)
    assert {each.key for each in commonaccord.missing(of).keys} <= {"A", "B", "X"}
    commonaccord.trace(of)
    commonaccord.trace(of, "P.P.X")
    commonaccord.xray(of)


def test_bytes_that_are_no_text_are_kept_apart() -> None:
    of = Trace(Store(tree_of({"a.md": b"r00t={\xff}\xfe\n\xff={\x00}\n"})), "a.md")
    made = commonaccord.xray(of)
    assert made is not None
    assert "".join(piece.text for piece in made.pieces) == "{\x00}\udcfe"
    assert [each.key for each in commonaccord.missing(of).keys] == ["\x00"]
