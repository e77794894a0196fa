"""Our notation: sections, lists, tables and front matter, each character where it was written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from syngraph.engine.text.document import Block, Break, ItemList, Paragraph, Quote, Table, Verbatim
from syngraph.engine.text.notations import lists, markdown
from syngraph.engine.text.notations.markdown import MarkdownError
from syngraph.engine.text.objects import Draft, ProseObject
from syngraph.engine.text.provenance import Text


def shape(block: Block) -> object:
    match block:
        case Paragraph(text) | Verbatim(text):
            return text.string
        case ItemList(items):
            return {item.marker: [shape(inner) for inner in item.blocks] for item in items}
        case Table(rows):
            return [[cell.string for cell in row] for row in rows]
        case Quote(blocks):
            return ("quote", [shape(inner) for inner in blocks])
        case Break():
            return "---"


def body(source: str) -> list[object]:
    return [shape(block) for draft in markdown.read(source, "a.md").sections for block in draft.blocks]


def texts(value: ProseObject) -> list[Text]:
    found: list[Text] = [value.title, *(field.value for field in value.fields)]

    def of_blocks(blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            match block:
                case Paragraph(text) | Verbatim(text):
                    found.append(text)
                case ItemList(items):
                    for item in items:
                        of_blocks(item.blocks)
                case Table(rows):
                    found.extend(cell for row in rows for cell in row)
                case Quote(inner):
                    of_blocks(inner)
                case Break():
                    pass

    def of_drafts(drafts: tuple[Draft, ...]) -> None:
        for draft in drafts:
            found.extend((draft.heading, draft.after, draft.before, draft.when, draft.each))
            of_blocks(draft.blocks)
            of_drafts(draft.children)

    of_drafts(value.sections)
    return found


def misplaced(source: str) -> list[tuple[str, str]]:
    """Characters that are not where their place says, but for the blanks and breaks that stand for a line end."""
    lines = source.split("\n")
    wrong = []
    for text in texts(markdown.read(source, "a.md")):
        for offset, character in enumerate(text.string):
            place = text.place(offset)
            line = lines[place.line - 1] if place.line <= len(lines) else ""
            here = line[place.column - 1 : place.column]
            if here != character and not (character in " \n\\" and (here in ("", "\\") or here.isspace())):
                wrong.append((character, str(place)))
    return wrong


# -- sections ----------------------------------------------------------------------------------------------------------


def outline(drafts: tuple[Draft, ...]) -> list[object]:
    return [[draft.id, outline(draft.children)] if draft.children else draft.id for draft in drafts]


def test_headings_nest_by_level() -> None:
    source = "before\n# A {#a}\n## B {#b}\n#### C {#c}\n## D {#d}\n# E {#e}\n"
    assert outline(markdown.read(source, "a.md").sections) == ["", ["a", [["b", ["c"]], "d"]], "e"]


def test_a_heading_says_where_its_section_goes() -> None:
    draft = markdown.read('# Leaving {#leaving after=dues when=Leaving.Notice each="Board Member" .prose}\n', "a.md").sections[
        0
    ]
    said = (draft.id, draft.heading.string, draft.after.string, draft.when.string, draft.each.string, draft.prose)
    assert said == ("leaving", "Leaving", "dues", "Leaving.Notice", "Board Member", True)
    assert (str(draft.place), str(draft.after.place(0))) == ("a.md:1:1", "a.md:1:27")


def test_a_heading_without_an_id_gets_one() -> None:
    drafts = markdown.read("# Notice & repair\n# Notice, repair\n# {Town} hall\n# ¿?\n# X {#town-hall}\n", "a.md").sections
    assert [(draft.id, draft.derived) for draft in drafts] == [
        ("notice-repair", True),
        ("notice-repair-2", True),
        ("town-hall-2", True),
        ("section", True),
        ("town-hall", False),
    ]


def test_braces_at_the_end_of_a_heading_may_be_a_field() -> None:
    draft = markdown.read("# Rent of {Flat}\n", "a.md").sections[0]
    assert (draft.heading.string, draft.id) == ("Rent of {Flat}", "rent-of-flat")


def test_underlined_headings_are_headings() -> None:
    assert outline(markdown.read("A {#a}\n===\nB\n---\ntext\n", "a.md").sections) == [["a", ["b"]]]


# -- blocks ------------------------------------------------------------------------------------------------------------

BLOCKS: dict[str, tuple[str, list[object]]] = {
    "lines of a paragraph": ("one\n   two\n", ["one two"]),
    "kept line break": ("one  \ntwo\\\nthree\n", ["one\\\ntwo\\\nthree"]),
    "bullets": ("- one\n  more\n- two\n", [{"-": ["two"]}]),
    "numbers": ("1. one\n2. two\n\n   three\n", [{"1.": ["one"], "2.": ["two", "three"]}]),
    "letters as lines": ("Do:\n(a) one;\n(b) two.\n", ["Do:", {"(a)": ["one;"], "(b)": ["two."]}]),
    "letters as paragraphs": ("Do:\n\n(a) one;\n\n(b) two\nmore.\n", ["Do:", {"(a)": ["one;"], "(b)": ["two more."]}]),
    "letters and Roman figures": (
        "(a) x:\n(i) y;\n(ii) z;\n(b) w.\n",
        [{"(a)": ["x:", {"(i)": ["y;"], "(ii)": ["z;"]}], "(b)": ["w."]}],
    ),
    "i after h is a letter": (
        "".join(f"({letter}) x;\n" for letter in "abcdefghij"),
        [{f"({letter})": ["x;"] for letter in "abcdefghij"}],
    ),
    "figures in brackets": ("(1) x;\n(2) y.\n", [{"(1)": ["x;"], "(2)": ["y."]}]),
    "indented letters": ("Do:\n\n    (a) one;\n    (b) two.\n", ["Do:", {"(a)": ["one;"], "(b)": ["two."]}]),
    "a wrapped line is no item": ("as said in\n(a) above.\n", ["as said in (a) above."]),
    "a letter out of turn is no item": ("(c) as it is.\n", ["(c) as it is."]),
    "text ends a list": ("(a) one.\n\nThen.\n\n(b) two.\n", [{"(a)": ["one."]}, "Then.", "(b) two."]),
    "letters inside bullets": ("- x:\n  (a) y;\n  (b) z.\n", [{"-": ["x:", {"(a)": ["y;"], "(b)": ["z."]}]}]),
    "table": ("| a | b \\| c |\n|---|---|\n| 1 |  |\n", [[["a", "b | c"], ["1", ""]]]),
    "table without outer bars": ("a | b\n--|--\n1 | 2\n", [[["a", "b"], ["1", "2"]]]),
    "quotation": ("> one\n> two\n>\n> - x\n", [("quote", ["one two", {"-": ["x"]}])]),
    "preformatted": ("```\na {b}\n  c\n```\n", ["a {b}\n  c"]),
    "rule": ("a\n\n***\n\nb\n", ["a", "---", "b"]),
    "HTML is text": ("<script>alert(1)</script>\n", ["<script>alert(1)</script>"]),
    "a comment is text": ("<!-- The Tenant shall pay. -->\n", ["<!-- The Tenant shall pay. -->"]),
    "a reference is text": ("[x]: http://example.org\n", ["[x]: http://example.org"]),
    "indented text is text": ("One.\n\n    The Tenant shall pay.\n", ["One.", "The Tenant shall pay."]),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks(name: str) -> None:
    source, expected = BLOCKS[name]
    assert body(source) == expected
    assert misplaced(source) == []


FRONT = """---
title: Bylaws of {Town}
include:
  - forms/cooperative.md
  - {object: people/ada.md, as: Chair.}
  - {object: forms/end.md, after: dues}
fields:
  Dues: EUR 60
  Dues.Date: >
    31
    January
  Note: ''
omit: [proxy, '#late']
name: bylaws
version: "1.0"
---
Text.
"""


def test_front_matter() -> None:
    made = markdown.read(FRONT, "a.md")
    assert made.title.string == "Bylaws of {Town}"
    assert [(each.path, each.prefix, str(each.place), each.after.string) for each in made.includes] == [
        ("forms/cooperative.md", "", "a.md:4:5", ""),
        ("people/ada.md", "Chair.", "a.md:5:14", ""),
        ("forms/end.md", "", "a.md:6:14", "dues"),
    ]
    assert [(each.key, each.value.string, str(each.value.runs[0][1])) for each in made.fields] == [
        ("Dues", "EUR 60", "a.md:8:9"),
        ("Dues.Date", "31 January", "a.md:10:5"),
        ("Note", "", "a.md:12:9"),
    ]
    assert [mention.key for mention in made.omit] == ["proxy", "late"]
    assert made.origin == (("name", "bylaws"), ("version", "1.0"))
    assert made.findings == ()
    assert str(made.sections[0].blocks[0].text.place(0)) == "a.md:17:1"  # type: ignore[union-attr]


FAULTS: dict[str, tuple[str, list[str]]] = {
    "no end": ("---\ntitle: x\n", ["a.md:1:1 SG100"]),
    "alias": ("---\nfields: &x {}\n---\n", ["a.md:2:9 SG100"]),
    "list": ("---\n- a\n---\n", ["a.md:2:1 SG100"]),
    "field as list": ("---\nfields:\n  A: [1]\n---\n", ["a.md:3:6 SG100"]),
    "field in braces": ("---\nfields:\n  A: {Key}\n---\n", ["a.md:3:6 SG100"]),
    "unknown key": ("---\ninlcude: [a]\n---\n", ["a.md:2:1 SG114"]),
    "name of a field": ("---\nfields:\n  two words: x\n---\n", ["a.md:3:3 SG114"]),
    "inclusion without object": ("---\ninclude: [{as: X.}]\n---\n", ["a.md:2:11 SG100"]),
    "inclusion with a bad prefix": ("---\ninclude: [{object: a.md, as: 1 2}]\n---\n", ["a.md:2:30 SG100"]),
    "unknown attribute": ("# A {#a afetr=b}\n", ["a.md:1:9 SG114"]),
    "unknown mark": ("# A {#a .prosa}\n", ["a.md:1:9 SG114"]),
    "empty attribute": ("# A {#a after=}\n", ["a.md:1:9 SG114"]),
    "second id": ("# A {#a #b}\n", ["a.md:1:9 SG114"]),
    "id twice": ("# A {#a}\n# B {#a}\n", ["a.md:2:1 SG105"]),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_have_a_place(name: str) -> None:
    source, expected = FAULTS[name]
    found = markdown.read(source, "a.md").findings
    assert [f"{finding.place} {finding.code}" for finding in found] == expected
    assert all(finding.help for finding in found)


def test_a_text_too_large_is_refused() -> None:
    with pytest.raises(MarkdownError):
        markdown.read("x" * (markdown.MAX_CHARACTERS + 1), "a.md")


def test_deep_nesting_is_no_trouble() -> None:
    markdown.read(">" * 5_000 + " x\n" + "- " * 5_000 + "x\n" + "#" * 5_000, "a.md")


@pytest.mark.parametrize(
    "source",
    [
        "#  x" + " " * 100_000 + "x",
        "#\n" * 5_000,
        "# A {#a}\n" * 2_000,
        "|" * 50_000 + "\n|-|\n",
        "(a) x;\n" * 2_000,
        "{#a " * 20_000,
    ],
    ids=["blanks", "empty headings", "one id", "bars", "markers", "braces"],
)
def test_text_that_repeats_itself_takes_no_time(source: str) -> None:
    markdown.read(source, "a.md")


LINES = st.sampled_from(
    [
        "",
        "",
        "# One {#one}",
        "## Two",
        "text here",
        "  indented",
        "    far in",
        "- item",
        "  - inner",
        "1. first",
        "2. second",
        "(a) letter;",
        "(b) next; and",
        "(i) roman",
        "(1) figure:",
        "> quoted",
        "> - in quote",
        "| a | b |",
        "|---|---|",
        "| 1 \\| 2 | 3 |",
        "```",
        "***",
        "===",
        "ends  ",
        "ends\\",
        "\ttab",
        "{Key} and \\{",
        "<b>x</b>",
        "[x]: y",
        "é ü 漢字",
        "---",
    ]
)


@given(st.lists(LINES, max_size=14))
def test_every_character_is_where_its_place_says(lines: list[str]) -> None:
    assert misplaced("\n".join(lines)) == []


@given(st.text(max_size=200))
@example("0\x85\n0")
def test_any_text_is_read(source: str) -> None:
    assert misplaced(source.replace("\r", "").replace("\0", "")) == []


@given(st.integers(1, 77))
def test_markers_follow_one_another(number: int) -> None:
    assert lists.successor(lists.letters(number), lists.letters(number + 1))
    if number < 39:
        assert lists.successor(lists.roman(number), lists.roman(number + 1))
    assert lists.successor(str(number), str(number + 1))
