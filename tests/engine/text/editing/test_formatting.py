"""The layout of an object: what it makes of texts, and that it never changes what they say."""

import time
import warnings
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from syngraph.engine.text import clauses
from syngraph.engine.text.editing.formatting import FormattingError, formatted, same
from syngraph.engine.text.notations import markdown
from syngraph.engine.text.resolving.resolve import resolve
from syngraph.engine.text.store import decoded, tree_of
from syngraph.grammar.parse import read

ROOT = Path(__file__).parents[4]
CORPUS = Path(__file__).parents[5] / "shared" / "corpus" / "bylaws"

CASES = {
    "nothing": ("", ""),
    "blank lines only": ("\n \n\n", ""),
    "a clean object": ("---\ntitle: A\n---\n\n# A {#a}\n\nB.\n", "---\ntitle: A\n---\n\n# A {#a}\n\nB.\n"),
    "an id that is missing": ("# Notice & repair\n", "# Notice & repair {#notice-repair}\n"),
    "ids that are missing twice": ("# A\n\n# A\n", "# A {#a}\n\n# A {#a-2}\n"),
    "an id that another section has taken": ("# A\n\n# B {#a}\n", "# A {#a-2}\n\n# B {#a}\n"),
    "a heading of nothing": ("#\n\nB.\n", "# {#section}\n\nB.\n"),
    "an id beside what is said already": ("# A {when=Cat}\n", "# A {#a when=Cat}\n"),
    "the order in braces": (
        '# A {each=Member  before=b when="K" .prose #a }\n',
        '# A {#a .prose before=b when="K" each=Member}\n',
    ),
    "an odd word in braces": ("# A {#a foo=b}  \n", "# A {#a foo=b}\n"),
    "an id twice": ("# A {#a}\n# B   {#a}\n", "# A {#a}\n\n# B   {#a}\n"),
    "number signs": ("  ##   A   ##\n", "## A {#a}\n"),
    "a sharp": ("# C#\n", "# C# {#c}\n"),
    "an underlined heading": ("A\n===\nB\n---\n", "A {#a}\n===\n\nB {#b}\n---\n"),
    "an underlined heading of two lines": ("A\nB\n===\n", "A\nB {#a-b}\n===\n"),
    "line ends": ("# A {#a}\r\n\r\nB  \r\nC.", "# A {#a}\n\nB  \nC.\n"),
    "blank lines": ("\n\n# A {#a}\nB.\n\n\n\n## C {#c}\nD.\n- E\n\n\n", "# A {#a}\n\nB.\n\n## C {#c}\n\nD.\n\n- E\n"),
    "blanks at the ends of lines": ("# A {#a} \n\nB \t\nC.  \n", "# A {#a}\n\nB\nC.\n"),
    "a line that is broken": ("B   \nC\\\nD.\n", "B  \nC\\\nD.\n"),
    "a list": ("1. A  \n   B\n\n\n2. C\n", "1. A  \n   B\n\n2. C\n"),
    "marked items": ("Each Member shall\n(a) go; \n(b) stay.\n", "Each Member shall\n(a) go;\n(b) stay.\n"),
    "preformatted text": ("```  \na  \n\n\n{Key}\n# B\n```\n", "```  \na  \n\n\n{Key}\n# B\n```\n"),
    "preformatted text without an end": ("A\n```\nb  \n\n", "A\n\n```\nb  \n\n"),
    "a table": ("| a | b |\n|---|---|\n| {C} | d |  \n", "| a | b |\n|---|---|\n| {C} | d |\n"),
    "fields in braces": ("# {Name} {#n}\n\n{Key}\n", "# {Name} {#n}\n\n{Key}\n"),
    "a heading that ends in a field": ("# Of {Name}\n", "# Of {Name} {#of-name}\n"),
    "a line at the top of a text without front matter": ("\n---\n\nA.\n", "\n---\n\nA.\n"),
    "front matter": (
        "--- \n# who\ntitle: A \nfields:   # what\n    # all\n    Dues: EUR 60  # each year\n\n"
        "    Fee: |\n      two\n      lines\n...\nA.\n",
        "---\n# who\ntitle: A\nfields:   # what\n  # all\n  Dues: EUR 60  # each year\n\n"
        "  Fee: |\n    two\n    lines\n---\n\nA.\n",
    ),
    "a list in front matter": ("---\ninclude:\n- a.md\n- b.md\n---\n", "---\ninclude:\n  - a.md\n  - b.md\n---\n"),
    "blanks that a value has": (
        "---\nfields:\n  A: |\n    two  \n    lines\n---\n",
        "---\nfields:\n  A: |\n    two  \n    lines\n---\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_layout(name: str) -> None:
    source, expected = CASES[name]
    assert expected == formatted(source, "a.md")


@pytest.mark.parametrize("name", CASES)
def test_a_layout_stays(name: str) -> None:
    expected = CASES[name][1]
    assert expected == formatted(expected, "a.md")


@pytest.mark.parametrize("source", ["---\ntitle: A\n", "---\ntitle: [\n---\n", "---\ntitle: &a b\n---\n", "> " * 70 + "A\n"])
def test_what_cannot_be_read_whole_is_refused(source: str) -> None:
    with pytest.raises(FormattingError) as caught:
        formatted(source, "a.md")
    assert caught.value.place is not None
    assert caught.value.help


def test_what_stops_the_reading_is_said_once() -> None:
    with pytest.raises(FormattingError) as caught:
        formatted("---\ntitle: [\n---\n", "a.md")
    assert str(caught.value) == "a.md:2:9: the front matter is not read: the end; expected a value"


PIECES = st.sampled_from(
    [
        *("# A", "## A", "# A {#a}", "# B {.prose #b}", "#", "A\n=", "B\n-", "---", "***", "A. ", "B  ", "C\\", "\\", "{Dues}"),
        *(
            "```",
            "~~~ ",
            "- A",
            "  - B",
            "1. C",
            "   D",
            "> A",
            "> # B",
            "| a | b |",
            "|---|---|",
            "(a) x;",
            "    E",
            "\t# F",
            "",
        ),
        *("", "\n", " ", "-", "=", "*", "{#x}", "# {when=K}", "# A {#a after=b} ##", "<!-- c", "-->", "[a]: b", "# A {foo=b}"),
    ]
)
FRONT = st.sampled_from(
    [
        *(
            "title: A",
            "fields:",
            "  Dues: 60 ",
            "    Fee: |",
            "      two  ",
            "include:",
            "- b.md",
            "  - c.md",
            "# note",
            "",
            " # in",
        ),
        *("omit: [a,", "  b]", "summary: >", "version: '1", "  2'", '"x": y'),
    ]
)


def told(source: str) -> tuple[object, ...]:
    document = resolve(tree_of({"a.md": source.encode()}), "a.md")
    rules = tuple((clause.section, clause.number, clause.sentence) for clause in clauses.read(document, read))
    sections = tuple((each.id, each.number, each.level, each.heading.string, each.prose) for each in document.walk())
    fields = {key: value.string for key, value in document.fields.items()}
    return document.title, sections, fields, rules, sorted(finding.code for finding in document.findings)


@settings(deadline=None, max_examples=150)
@given(st.lists(FRONT, max_size=8), st.lists(PIECES, max_size=14), st.booleans())
def test_no_layout_changes_what_is_said(front: list[str], body: list[str], headed: bool) -> None:
    source = "\n".join(([*("---", *front, "---")] if headed else []) + body)
    try:
        laid = formatted(source, "a.md")
    except FormattingError:
        return
    assert laid == formatted(laid, "a.md")
    assert same(markdown.read(source, "a.md"), markdown.read(laid, "a.md"))
    assert told(source) == told(laid)


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="#{}= .-\n\t\\|a`~>1*()_\r\u00a0\u2028\ufeff", max_size=60))
@example("\n\n\ufeff# A\n\nB.\n")
@example("\n\ufeff---\ntitle: A\n---\n")
@example("\ufeff\ufeff# A\n")
def test_no_layout_changes_what_odd_text_says(text: str) -> None:
    source = decoded(text.encode(), "a.md")
    try:
        written = formatted(source, "a.md").encode()
    except FormattingError:
        return
    laid = decoded(written, "a.md")
    assert written == formatted(laid, "a.md").encode()
    assert same(markdown.read(source, "a.md"), markdown.read(laid, "a.md"))


def objects(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.md")) if "record" not in path.parts and path.name != "README.md"]


@pytest.mark.parametrize("path", [*objects(ROOT / "examples"), *objects(ROOT / "library")], ids=lambda path: str(path.name))
def test_our_own_objects_are_laid_out(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source == formatted(source, path.name)


def test_real_bylaws_say_the_same_in_our_layout() -> None:
    if not CORPUS.is_dir():
        warnings.warn(f"not tried on real bylaws: there is no {CORPUS}", stacklevel=1)
        pytest.skip(f"there is no {CORPUS}")
    for path in sorted(CORPUS.glob("*.md")):
        source = path.read_text(encoding="utf-8")
        laid = formatted(source, "a.md")
        assert laid == formatted(laid, "a.md")
        assert same(markdown.read(source, "a.md"), markdown.read(laid, "a.md"))


@pytest.mark.parametrize(
    "source",
    [
        "# A\n" * 5_000,
        "A  \n" * 10_000,
        "\n" * 1_000_000,
        "- a\n" * 10_000,
        "# " + "{" * 500_000,
        "# A" + " " * 900_000 + "{#a}",
        "# A {#a}" + " }" * 400_000,
        "---\nfields:\n" + "    # c\n" * 20_000 + "    A: b\n---\n",
    ],
    ids=["headings", "broken lines", "blank lines", "items", "braces", "blanks", "ends", "comments"],
)
def test_large_texts_take_time_in_their_length(source: str) -> None:
    begun = time.process_time()
    formatted(source, "a.md")
    assert time.process_time() - begun < 15


def test_a_text_is_read_once_and_its_layout_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []
    parse = markdown.parsed
    monkeypatch.setattr(markdown, "parsed", lambda body: counted.append(body) or parse(body))
    formatted("# A\nB.\n\n\n# C\n", "a.md")
    assert counted == ["# A\nB.\n\n\n# C\n", "# A {#a}\n\nB.\n\n# C {#c}\n"]


def test_a_text_too_long_with_its_ids_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "parsed", None)
    source = "## Section\n\nThe A pays.\n\n" * 60_000
    with pytest.raises(FormattingError) as caught:
        formatted(source, "a.md")
    assert (
        caught.value.found == "a text of 1,500,000 characters, which would have at least 2,040,000 with the ids of its sections"
    )
    assert caught.value.expected == "at most 2,000,000 once they are written"


def test_a_text_with_fences_too_long_with_its_ids_is_refused_before_it_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MAX_CHARACTERS", 40)
    source = "## Section\n\n~~~\n# No section\n~~~\n"
    with pytest.raises(FormattingError) as caught:
        formatted(source, "a.md")
    assert caught.value.found == "a text of 33 characters, which would have at least 44 with the ids of its sections"


def test_a_text_that_shrinks_is_not_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MAX_CHARACTERS", 14)
    assert formatted("# A\n\n\n\n\n\n\n\nB.\n", "a.md") == "# A {#a}\n\nB.\n"
