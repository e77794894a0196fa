"""`view`: what a person and a program are shown, and what hostile text cannot do to either."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from syngraph.cli.view import drawing, page, printed, visible
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store import Memory
from syngraph.engine.text.views import keys
from syngraph.engine.text.views.shown import Edge, Link, Map, Piece, Target, Xray

Syngraph = Callable[..., Any]

BYLAWS = """---
title: Club
include:
  - {object: people/ada.md, as: Chair.}
  - gone.md
fields:
  Dues: EUR 60
  Note: ""
---
# Dues {#dues}

Each Member shall pay {Dues} to {Chair.Name}, {Chair.Title} by {Deadline}.

# Proxy {#proxy when=Proxy}

Proxies may vote.
"""
ADA = "---\nfields: {Name: Ada Quill, Title: 'chair of {Club}', Dues: none}\n---\n"


@pytest.fixture
def club(tmp_path: Path) -> Path:
    folder = tmp_path / "club"
    (folder / "people").mkdir(parents=True)
    (folder / "syngraph.yaml").write_text("syngraph: 1\nroot: bylaws.md\n", encoding="utf-8")
    (folder / "bylaws.md").write_text(BYLAWS, encoding="utf-8")
    (folder / "people" / "ada.md").write_text(ADA, encoding="utf-8")
    return folder


@pytest.fixture
def whole(club: Path) -> Path:
    (club / "gone.md").write_text("", encoding="utf-8")
    return club


# -- the views ---------------------------------------------------------------------------------------------------------


def test_source_shows_lines_bindings_and_where_inclusions_lead(syngraph: Syngraph, club: Path) -> None:
    answer = syngraph("view", "source", club)
    assert answer.code == 0
    assert " 7 field   |   Dues: EUR 60\n" in answer.out
    assert "10 section | # Dues {#dues}\n" in answer.out
    assert "           | → people/ada.md as Chair. is there\n" in answer.out
    assert "           | → gone.md is missing: write the file, or mend the path\n" in answer.out


def test_source_as_json(syngraph: Syngraph, club: Path) -> None:
    made = json.loads(syngraph("view", "source", club, "--json").out)
    assert "\n".join(made["lines"]) + "\n" == BYLAWS
    assert [(each["object"], each["prefix"], each["target"], each["line"]) for each in made["inclusions"]] == [
        ("people/ada.md", "Chair.", "there", 4),
        ("gone.md", "", "missing", 5),
    ]
    assert [(each["kind"], each["key"]) for each in made["bindings"]] == [
        ("field", "Dues"),
        ("field", "Note"),
        ("section", "dues"),
        ("section", "proxy"),
    ]


def test_source_of_an_object_inside(syngraph: Syngraph, club: Path) -> None:
    assert "Ada Quill" in syngraph("view", "source", club / "people" / "ada.md", "--key", "Name").out
    assert syngraph("view", "source", club, "--key", "Dues").out == " 7 field   |   Dues: EUR 60\n"
    section = syngraph("view", "source", club, "--key", "proxy").out
    assert [line.split("|")[0] for line in section.splitlines()] == ["14 section ", "15         ", "16         "]
    answer = syngraph("view", "source", club, "--key", "Duess")
    assert (answer.code, "did you mean 'dues'?" in answer.err) == (2, True)


def test_missing_lists_each_key_with_who_asks(syngraph: Syngraph, whole: Path) -> None:
    answer = syngraph("view", "missing", whole)
    assert answer.code == 1
    assert answer.out == (
        "Nothing binds these:\n"
        "  Chair.Club\n"
        "    asked for at people/ada.md:2:44 through bylaws.md:4:14\n"
        "  Deadline\n"
        "    asked for at bylaws.md:12:64\n"
        "These are bound to nothing:\n"
        "  Note  bound to nothing at bylaws.md:8:3\n"
        "Sections that are left out hang on these:\n"
        "  Proxy\n"
        "    asked for at bylaws.md:14:22\n"
    )


def test_what_is_missing_as_lines_and_as_an_object(syngraph: Syngraph, whole: Path) -> None:
    assert syngraph("view", "missing", whole, "--format", "keys").out == "Chair.Club=\nDeadline=\n"
    made = syngraph("view", "missing", whole, "--format", "fields").out
    filled = made.replace("Club:", "Club: Club").replace("Deadline:", "Deadline: 31 March")
    (whole / "answers.md").write_text(filled, encoding="utf-8")
    (whole / "bylaws.md").write_text(BYLAWS.replace("gone.md", "answers.md").replace('""', "x"), encoding="utf-8")
    assert syngraph("view", "missing", whole, "--format", "keys").out == ""
    assert "31 March" in syngraph("render", whole).out


def test_nothing_missing_is_said_and_is_no_fault(syngraph: Syngraph, whole: Path) -> None:
    (whole / "bylaws.md").write_text("# One {#one}\n\ntext\n", encoding="utf-8")
    answer = syngraph("view", "missing", whole)
    assert (answer.code, answer.out, answer.err) == (0, "", "nothing is missing\n")


def test_a_text_that_is_not_whole_lacks_something(syngraph: Syngraph, whole: Path) -> None:
    (whole / "bylaws.md").write_text("---\ninclude: none.md\n---\n# One {#one}\n\ntext\n", encoding="utf-8")
    answer = syngraph("view", "missing", whole)
    assert (answer.code, answer.out) == (1, "")
    assert "nothing is missing" not in answer.err
    assert "the text is not whole" in answer.err


def test_a_map_of_what_is_too_deep_ends_with_1(syngraph: Syngraph, whole: Path) -> None:
    for level in range(45):
        (whole / f"{level}.md").write_text(f"---\ninclude: {level + 1}.md\n---\n", encoding="utf-8")
    (whole / "45.md").write_text("# Last\n", encoding="utf-8")
    (whole / "bylaws.md").write_text("---\ninclude: 0.md\n---\n", encoding="utf-8")
    answer = syngraph("view", "map", whole)
    assert answer.code == 1
    assert answer.out.splitlines()[-1].endswith("40.md is not read: inclusions more than 40 deep")


def test_trace_of_one_key_tells_all_of_it(syngraph: Syngraph, whole: Path) -> None:
    made = json.loads(syngraph("view", "trace", whole, "--key", "Chair.Title", "--json").out)
    (given,) = made["keys"]
    assert (given["path"], given["line"], given["prefix"], given["name"]) == ("people/ada.md", 2, "Chair.", "Title")
    assert (given["value"], given["text"]) == ("chair of {Club}", "chair of {Club}")
    assert given["chain"] == ["bylaws.md:4:14"]
    assert [place["line"] for place in given["asked"]] == [12]


def test_trace_says_what_lost_and_why(syngraph: Syngraph, whole: Path) -> None:
    (whole / "gone.md").write_text("---\nfields: {Dues: nothing}\n---\n", encoding="utf-8")
    answer = syngraph("view", "trace", whole, "--key", "Dues")
    assert "  2. field at gone.md:2:10 through bylaws.md:5:5: nothing\n" in answer.out
    assert "     does not count: the object that includes it binds it\n" in answer.out


def test_trace_of_a_key_that_is_open_and_of_one_that_is_not_there(syngraph: Syngraph, whole: Path) -> None:
    assert syngraph("view", "trace", whole, "--key", "Deadline").out == (
        "Deadline  nothing binds it\n    asked for at bylaws.md:12:64\n"
    )
    answer = syngraph("view", "trace", whole, "--key", "Deadlin")
    assert (answer.code, answer.out) == (2, "")
    assert "did you mean 'Deadline'?" in answer.err


def test_xray_tells_the_origin_of_every_piece(syngraph: Syngraph, whole: Path) -> None:
    answer = syngraph("view", "xray", whole)
    assert answer.code == 0
    assert re.search(r"people/ada\.md:2:16 +Chair\.Name +Ada Quill  through bylaws\.md:12:33, bylaws\.md:4:14\n", answer.out)


def test_the_runs_of_an_xray_are_the_text(syngraph: Syngraph, whole: Path) -> None:
    made = json.loads(syngraph("view", "xray", whole, "--json").out)
    text = "".join(run["text"] for run in made["runs"])
    assert text == "# 1 Dues\n\nEach Member shall pay EUR 60 to Ada Quill, chair of {Club} by {Deadline}.\n\n"
    dues = {"path": "bylaws.md", "line": 7, "column": 9, "chain": ["bylaws.md:12:23"]}
    assert {"text": "EUR 60", "key": "Dues", **dues} in made["runs"]
    derived = {"path": None, "line": None, "column": None, "chain": []}
    assert {"text": "# 1 ", "key": "dues", **derived} in made["runs"]


def test_xray_of_a_key_that_is_not_there(syngraph: Syngraph, whole: Path) -> None:
    answer = syngraph("view", "xray", whole, "--key", "Chair.Titel")
    assert (answer.code, "did you mean 'Chair.Title'?" in answer.err) == (2, True)


def test_map_draws_a_tree_and_says_what_is_missing(syngraph: Syngraph, club: Path) -> None:
    answer = syngraph("view", "map", club)
    assert answer.code == 1
    assert answer.out == ("bylaws.md\n├── people/ada.md as Chair.\n└── gone.md is missing: write the file, or mend the path\n")


def test_map_as_json(syngraph: Syngraph, club: Path) -> None:
    made = json.loads(syngraph("view", "map", club, "--json").out)
    assert made["nodes"] == ["bylaws.md", "people/ada.md"]
    assert [(edge["from"], edge["object"], edge["prefix"], edge["target"]) for edge in made["edges"]] == [
        ("bylaws.md", "people/ada.md", "Chair.", "there"),
        ("bylaws.md", "gone.md", "", "missing"),
    ]


def test_a_part_that_is_not_there_is_told_beside_the_view(syngraph: Syngraph, club: Path) -> None:
    for view in ("missing", "trace", "xray"):
        answer = syngraph("view", view, club)
        assert answer.code == 1
        assert "SG103 the included object gone.md is not there" in answer.err


def test_what_is_not_there_cannot_be_viewed(syngraph: Syngraph, tmp_path: Path) -> None:
    for view in ("source", "missing", "trace", "xray", "map"):
        answer = syngraph("view", view, tmp_path / "none")
        assert (answer.code, answer.out) == (2, "")
        assert "nothing there" in answer.err


def test_names_of_holders_come_in_where_sections_are_repeated(syngraph: Syngraph, whole: Path) -> None:
    (whole / "syngraph.yaml").write_text("syngraph: 1\nroot: bylaws.md\nregister: register.yaml\n", encoding="utf-8")
    register = "principals:\n  - {id: ada, name: Ada Quill, roles: [Chair]}\n  - {id: bo, name: Bo Reed, roles: [Chair]}\n"
    (whole / "register.yaml").write_text(register, encoding="utf-8")
    (whole / "bylaws.md").write_text("# Seat {#seat each=Chair}\n\n{Chair.Name} sits.\n", encoding="utf-8")
    made = syngraph("view", "xray", whole, "--json")
    assert made.code == 0, made.err
    assert "Ada Quill sits." in "".join(run["text"] for run in json.loads(made.out)["runs"])


# -- stores of CommonAccord --------------------------------------------------------------------------------------------

LEASE = {
    "G/lease.md": "r00t=<p>{Landlord.Line} lets {Flat}.</p>\nLandlord.=[G/person.md]\n",
    "G/person.md": "Line={Name}, {Kind}\nName=Marta Vale\nKind=a person\n",
}


@pytest.fixture
def doc(tmp_path: Path) -> Path:
    for path, content in LEASE.items():
        place = tmp_path / "Doc" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")
    return tmp_path / "Doc"


def test_an_object_of_a_store_is_viewed_from_the_same_sides(syngraph: Syngraph, doc: Path) -> None:
    named = ("--notation", "commonaccord", "--store", doc, "G/lease.md")
    answers = {view: syngraph("view", view, *named) for view in ("source", "missing", "trace", "xray", "map")}
    assert "2 include | Landlord.=[G/person.md]\n" in answers["source"].out
    assert answers["missing"].out == "Nothing binds these:\n  Flat\n    asked for at G/lease.md:1:30\n"
    assert "Landlord.Name  G/person.md:2:6  Marta Vale through G/lease.md:2:12\n" in answers["trace"].out
    assert "Flat  nothing binds it\n" in answers["trace"].out
    assert "Landlord.Name        Marta Vale  through G/lease.md:1:9, G/lease.md:2:12, G/person.md:1:6\n" in answers["xray"].out
    assert answers["map"].out == "G/lease.md\n└── G/person.md as Landlord.\n"
    assert {view: answer.code for view, answer in answers.items()} == {
        **dict.fromkeys(("source", "trace", "xray", "map"), 0),
        "missing": 1,
    }


def test_views_of_a_store_as_json_name_the_notation(syngraph: Syngraph, doc: Path) -> None:
    for view in ("source", "missing", "trace", "xray", "map"):
        made = json.loads(syngraph("view", view, "--store", doc, "G/lease.md", "--json").out)
        assert (made["view"], made["notation"], made["path"]) == (view, "commonaccord", "G/lease.md")


def test_what_is_missing_in_a_store_is_filled_in_with_lines(syngraph: Syngraph, doc: Path) -> None:
    for form in ("keys", "fields"):
        assert syngraph("view", "missing", "--store", doc, "G/lease.md", "--format", form).out == "Flat=\n"


def test_an_object_or_a_key_that_a_store_does_not_have(syngraph: Syngraph, doc: Path) -> None:
    for view in ("source", "missing", "trace", "xray", "map"):
        answer = syngraph("view", view, "--store", doc, "G/leas.md")
        assert (answer.code, answer.out, "did you mean G/lease.md?" in answer.err) == (2, "", True)
    for view in ("missing", "trace", "xray"):
        answer = syngraph("view", view, "--store", doc, "G/person.md")
        assert (answer.code, "nothing binds 'r00t' in G/person.md" in answer.err) == (2, True)
    answer = syngraph("view", "xray", "--store", doc, "G/person.md", "--key", "Kinds")
    assert (answer.code, "did you mean 'Kind'?" in answer.err) == (2, True)
    answer = syngraph("view", "trace", "--store", doc, "G/lease.md", "--key", "Landlord.Nam")
    assert (answer.code, "did you mean 'Landlord.Name'?" in answer.err) == (2, True)


def test_a_store_that_lacks_an_object_is_told_beside_the_view(syngraph: Syngraph, doc: Path) -> None:
    (doc / "G" / "person.md").unlink()
    answer = syngraph("view", "xray", "--store", doc, "G/lease.md")
    assert (answer.code, "SG103" in answer.err) == (1, True)
    assert syngraph("view", "map", "--store", doc, "G/lease.md").code == 1


# -- trees -------------------------------------------------------------------------------------------------------------


def link(path: str, target: Target = Target.THERE, prefix: str = "") -> Link:
    return Link(path, prefix, Place("a.md", 1, 1), target)


def drawn(*edges: tuple[str, Link], root: str = "a") -> list[str]:
    nodes = dict.fromkeys([root, *(each.path for _, each in edges if each.target is Target.THERE)])
    return list(drawing.tree(Map(root, tuple(nodes), tuple(Edge(source, each) for source, each in edges))))


def test_a_tree_shows_a_repeated_part_once() -> None:
    first = [("a", link("b")), ("b", link("d")), ("d", link("e"))]
    assert drawn(*first, ("a", link("c")), ("c", link("d", prefix="P.")), ("c", link("e"))) == [
        "a",
        "├── b",
        "│   └── d",
        "│       └── e",
        "└── c",
        "    ├── d as P. (what it includes is drawn above)",
        "    └── e",
    ]


def test_a_tree_marks_circles_and_gaps() -> None:
    edges = [
        ("a", link("b")),
        ("b", link("a", Target.CIRCULAR)),
        ("a", link("c", Target.REFUSED)),
        ("a", link("d", Target.UNREAD)),
    ]
    assert drawn(*edges) == ["a", "├── b", "│   └── a leads back to itself", "├── c is refused", "└── d is not read"]


def test_a_chain_of_ten_thousand_is_not_drawn_to_its_end() -> None:
    lines = drawn(*((str(n), link(str(n + 1))) for n in range(10_000)), root="0")
    assert len(lines) == drawing.MAX_DEPTH + 2
    assert lines[-1].endswith("(what it includes is too deep to be drawn)")


# -- hostile text ------------------------------------------------------------------------------------------------------

EVIL = 'a"\\];\n\x1b[31m</script><img src=x onerror=alert(1)>\u2028\udcff\u202e'


def test_a_hostile_name_stays_in_the_quotes_of_a_graph() -> None:
    lines = list(drawing.dot(Map(EVIL, (EVIL,), (Edge(EVIL, link(EVIL, Target.CIRCULAR, EVIL)),))))
    for each in lines:
        assert each.isprintable()
        assert '"' not in re.sub(r'"(?:[^"\\]|\\.)*"', "", each)
    assert len(lines) == 6


def test_a_hostile_text_cannot_leave_its_place_in_a_page() -> None:
    met: list[tuple[str, list[str]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            met.append((tag, [name for name, _ in attrs]))

    pieces = (Piece(EVIL, Place(EVIL, 1, 1, (Place(EVIL, 1, 1),)), EVIL), Piece(EVIL, None, ""))
    made = "".join(page.page(Xray(EVIL, EVIL, pieces)))
    Reader().feed(made)
    assert [tag for tag, _ in met] == [
        *("html", "head", "meta", "meta", "title", "style", "body", "h1", "ul", "li", "span", "main", "span")
    ]
    assert {name for _, names in met for name in names} <= {"charset", "http-equiv", "content", "class", "title"}
    assert "\x1b" not in made and "\u202e" not in made
    made.encode("utf-8")


def test_hostile_text_is_one_line_of_what_can_be_seen() -> None:
    assert visible.line(EVIL).isprintable()
    assert visible.line("x" * 1_000, 10) == "x" * 9 + "…"


def test_hostile_paths_stay_in_the_comments_of_an_object(tmp_path: Path) -> None:
    evil = "forms/x\n  Injected: yes\n#\u2028Y: z.md"
    files = {"a.md": f"---\ninclude: [{json.dumps(evil)}]\n---\n".encode(), evil: b"{Key}"}
    made = "\n".join(printed.fields(keys.missing(keys.examined(Memory(files), "a.md"))))
    assert [each for each in made.split("\n") if not each.strip().startswith("#")] == ["---", "fields:", "  Key:", "---"]


def test_a_chain_is_told_by_its_ends() -> None:
    place = Place("a.md", 1, 1, tuple(Place("b.md", n, 1) for n in range(1, 101)))
    assert visible.through(place, 4) == ["b.md:1:1", "b.md:2:1", "… 96 more …", "b.md:99:1", "b.md:100:1"]
