"""The units of a file: nothing lost, and named as the notation names them."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from syngraph.engine.text.notations import markdown
from syngraph.engine.text.objects import Draft
from syngraph.engine.text.units import Kind, Unit, is_whole, units

EXAMPLES = Path(__file__).parents[3] / "examples"

LINES = st.sampled_from(
    [
        *("", "   ", "# A", "## B {#b}", "# A {#b after=c}", "### ", "#", "#no", " # C", "    # D", "\t# E", "####### F"),
        *("text", "a | b", "--|--", "---", "===", "- item", "  more", "> quote", "> # In a quote", "1. one", "- # In an item"),
        *(
            "```",
            "~~~",
            "  ```",
            "    # code",
            "...",
            "fields:",
            "  Dues: EUR 60",
            "  # a comment",
            "include: a.md",
            "# c",
            "x: |",
        ),
        *(
            "title: [",
            'title: "a',
            "principals:",
            "  - id: ada",
            "  - {id: bora}",
            "    name: Ada",
            "- id: dov",
            "\0",
            "\x0c",
            "é",
        ),
        *(
            "{#b}",
            "# `{#x}`",
            "[a]: b",
            "<div>",
            "# # #",
            "\\# no",
            "# x\\",
            "=",
            "# C {x} {#c}",
            "#### D {#d.1}  ",
            "# {#e}",
            "# E {#_f}",
            "# F {#f .prose}",
            "# G {#g} #",
            "# H {#h",
            "> - > - > - > - > - # deep",
        ),
    ]
)
TEXTS = st.lists(LINES, max_size=14).map("\n".join)
PATHS = st.sampled_from(["a.md", "syngraph.yaml", "register.yaml", "facts.csv"])


def names(content: str, path: str = "a.md") -> list[tuple[str, str]]:
    return [(unit.kind.value, unit.key) for unit in units(content, path)]


def joined(cut: tuple[Unit, ...]) -> str:
    return "".join(unit.text for unit in cut)


@given(st.one_of(TEXTS, st.text(max_size=60)), PATHS, st.booleans())
def test_nothing_is_lost(content: str, path: str, ended: bool) -> None:
    content += "\n" if ended else ""
    cut = units(content, path)
    assert joined(cut) == content
    assert len({unit.name for unit in cut}) == len(cut)
    assert is_whole(cut) or all(unit.text for unit in cut)
    assert is_whole(cut) or all(one.text.endswith("\n") for one, _ in pairwise(cut))


@given(TEXTS)
@example("---\n# A\n---\n# A")
@example("---\n# A")
@example("# a | b\n--|--\n# A")
def test_sections_are_those_of_the_notation(content: str) -> None:
    cut = units(content, "a.md")
    if is_whole(cut):
        return
    found: list[tuple[str, int, int]] = []

    def of(drafts: tuple[Draft, ...]) -> None:
        for draft in drafts:
            if draft.id:
                found.append((draft.id, draft.level, draft.place.line))
            of(draft.children)

    of(markdown.read(content, "a.md").sections)
    line, placed = 1, []
    for unit in cut:
        if unit.kind is Kind.SECTION and unit.key:
            placed.append((unit.key, unit.level, line))
        line += unit.text.count("\n")
    assert placed == found


def test_front_matter_is_cut_into_entries_and_fields() -> None:
    source = "---\ntitle: Bylaws\n# what a year costs\nfields:\n  Dues: EUR 60\n\n  # by when\n  Dues.Date: 31 May\n---\nHi.\n"
    cut = units(source, "a.md")
    first = [("frame", "open"), ("key", "title"), ("key", "fields"), ("field", "Dues"), ("field", "Dues.Date")]
    assert first == names(source)[:5]
    assert cut[2].text == "# what a year costs\nfields:\n"
    assert cut[4].text == "\n  # by when\n  Dues.Date: 31 May\n"
    assert names(source)[5:] == [("frame", "close"), ("section", "")]


def test_a_value_over_several_lines_stays_whole() -> None:
    source = '---\nfields:\n  A: |\n    # no comment\n    B: no field\n  C: "x\n    D: y"\nomit:\n- a\n---\n'
    assert names(source)[1:-1] == [("key", "fields"), ("field", "A"), ("field", "C"), ("key", "omit")]


@pytest.mark.parametrize(
    "front",
    ["{title: A, fields: {B: c}}", "? title\n: A", "title: [", "a: 1\na: 2", "title: &x A", "a b: c", '"a": 1\n  "b": 2'],
)
def test_front_matter_that_cannot_be_cut_is_one_frame(front: str) -> None:
    assert names(f"---\n{front}\n---\n# A\n") == [("frame", "front"), ("section", "a")]


@pytest.mark.parametrize("fields", ["fields: {A: 1, B: 2}", "fields: {\n  A: 1,\n  B: 2\n}", "fields:\n  {A: 1,\n   B: 2}"])
def test_fields_in_brackets_are_one_entry(fields: str) -> None:
    assert names(f"---\n{fields}\n---\n") == [("frame", "open"), ("key", "fields"), ("frame", "close")]


def test_a_number_sign_in_code_or_a_list_opens_no_section() -> None:
    source = "# A\n\n```\n# B\n```\n\n- item\n  # C\n\n> # D\n\n# E\n"
    assert names(source) == [("section", "a"), ("section", "e")]


def test_a_register_is_cut_into_principals() -> None:
    source = (EXAMPLES / "riverside" / "register.yaml").read_text()
    people = ("ada", "bora", "carla", "dov", "edda", "farid", "greta")
    assert names(source, "register.yaml") == [("key", "principals"), *(("principal", id_) for id_ in people)]
    assert names("principals: [{id: ada, name: A}]\n", "register.yaml") == [("file", "")]
    assert names("principals:\n  - id: ada\n  - id: ada\n", "register.yaml") == [("file", "")]


def test_every_example_is_cut_without_loss() -> None:
    for path in sorted(EXAMPLES.rglob("*")):
        if path.suffix in (".md", ".yaml"):
            assert joined(units(path.read_text(), path.name)) == path.read_text()


def test_a_text_over_the_size_that_is_read_is_one_file() -> None:
    content = "# A\n" * (markdown.MAX_CHARACTERS // 4 + 1)
    assert is_whole(units(content, "a.md"))
    assert is_whole(units("a: b\n" * 200_000, "syngraph.yaml"))


@pytest.mark.parametrize(
    "shape", ["# A {{#a{0}}}\ntext\n", "# Same\n", "- " * 40 + "x\n", "x\n---\n", "```\n", "> " * 30 + "\n"], ids=range(6)
)
def test_many_pieces_are_cut_without_loss(shape: str) -> None:
    content = "".join(shape.format(number) for number in range(500))
    assert joined(units(content, "a.md")) == content


@pytest.mark.parametrize(
    "line",
    ["-" * 40_000, "- " * 20_000, "#" * 40_000, "# {#" + "{#a" * 13_000, "# " + "\t" * 40_000, "|-" * 20_000],
    ids=range(6),
)
def test_lines_that_nearly_fit_are_cut_without_loss(line: str) -> None:
    content = f"# A {{#a}}\n{line}x\n{line} {{#b\n"
    assert joined(units(content, "a.md")) == content
