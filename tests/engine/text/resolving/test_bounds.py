"""What one document may hold: texts of a few lines that would be worked out for ever end, and are told."""

import tracemalloc
from collections.abc import Callable
from time import process_time

import pytest

from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.document import Document
from syngraph.engine.text.lint.fields import misfits
from syngraph.engine.text.provenance import Place, Text
from syngraph.engine.text.resolving.inclusion import included
from syngraph.engine.text.resolving.lookup import Names
from syngraph.engine.text.resolving.resolve import Holder, resolve
from syngraph.engine.text.store import tree_of
from syngraph.grammar.sentence import Kind, Sentence
from syngraph.grammar.span import Span

Files = dict[str, str]


def made(files: Files, holders: int = 1) -> Document:
    name = Text("Ada", ((0, Place("register.yaml", 1, 1)),))
    members = tuple(Holder(f"m{n}", (("Name", name),)) for n in range(holders))
    return resolve(tree_of({path: content.encode() for path, content in files.items()}), "a.md", {"Member": members})


def codes(document: Document) -> set[str]:
    return {finding.code for finding in document.findings}


def doubling(count: int, mentions: int, start: str = "x") -> Files:
    """Fields that each say the one before twice, and a text that says the last ones many times."""
    fields = "".join(f"  K{n}: '{{K{n - 1}}}{{K{n - 1}}}'\n" for n in range(1, count))
    return {"a.md": f"---\nfields:\n  K0: {start}\n{fields}---\n# A {{#a}}\n\n{f'{{K{min(count, 60) - 1}}} ' * mentions}\n"}


def repeated(body: str, count: int = 1_900) -> Files:
    include = "".join(f"  - {{object: b.md, as: P{n}.}}\n" for n in range(count))
    return {"a.md": f"---\ninclude:\n{include}---\n# A {{#a}}\n\n{{P7.F5}} {{P1800.F99}}\n", "b.md": body}


MANY_FIELDS = "---\nfields:\n" + "".join(f"  F{n}: x{n}\n" for n in range(1_000)) + "---\n"
BOMBS: dict[str, Callable[[], Files]] = {
    "fields that double": lambda: doubling(60, 1),
    "fields that double, mentioned often": lambda: doubling(150, 20),
    "sections of an object included often": lambda: repeated("".join(f"# S{n} {{#s{n}}}\n\nx\n\n" for n in range(2_000)), 500),
    "text of an object included often": lambda: repeated("# S {#s}\n\n" + "word " * 100_000),
    "sections left out often": lambda: repeated(f"---\nomit: [{', '.join(f's{n}' for n in range(2_000))}]\n---\n", 500),
    "inclusions of nothing": lambda: repeated("---\ninclude:\n" + "".join(f"  - q{n}.md\n" for n in range(2_000)) + "---\n"),
    "sections repeated in sections that are": lambda: {
        "a.md": "".join(f"{'#' * n} S {{#s{n} each=Member}}\n\nx {{Member.Name}}\n\n" for n in range(1, 7))
    },
    "prefixes that are long": lambda: {
        "a.md": "---\ninclude: [{object: 0.md, as: P}]\n---\n",
        **{f"{n}.md": f"---\ninclude: [{{object: {n + 1}.md, as: {'P' * 100}}}]\n---\n" for n in range(9)},
        "9.md": "x\n",
    },
    "fields that double, of many letters": lambda: doubling(150, 20, "x" * 1_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_grows_is_bounded_for_the_whole_document(name: str) -> None:
    files = BOMBS[name]()
    before = process_time()
    assert "SG113" in codes(made(files, 20))
    assert process_time() - before < 8


def test_fields_that_grow_take_little_memory() -> None:
    files = doubling(150, 20)
    tracemalloc.start()
    try:
        made(files)
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
    finally:
        tracemalloc.stop()


def test_a_large_honest_document_is_whole() -> None:
    """Forty thousand mentions of fields in one text."""
    fields = "".join(f"  F{n}: value {n}\n" for n in range(2_000))
    body = "".join(f"# S{n} {{#s{n}}}\n\n" + f"{{F{n}}} is {{F{n}}}. " * 10 + "\n\n" for n in range(2_000))
    document = made({"a.md": f"---\nfields:\n{fields}---\n{body}"})
    assert document.findings == ()


# -- moves -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("factor", [1, 7_919])
def test_sections_that_all_move_take_linear_time(factor: int) -> None:
    count = 4_000
    body = "".join(f"# S{n} {{#s{n} after=s{(n * factor + 1) % (count + 1)}}}\n\nx\n\n" for n in range(count))
    files = {"a.md": f"{body}# S {{#s{count}}}\n\nx\n"}
    before = process_time()
    document = made(files)
    assert process_time() - before < 4
    assert len(document.sections) == count + 1


def test_sections_that_wait_for_one_another_stand_in_the_order_asked() -> None:
    body = "".join(f"# S{n} {{#s{n} after=s{n + 1}}}\n" for n in range(400)) + "# S {#s400}\n"
    assert [section.id for section in made({"a.md": body}).sections] == [f"s{n}" for n in range(400, -1, -1)]


def test_moves_do_not_go_deeper_than_sections_may() -> None:
    """Each section goes below the deepest of the one before it."""
    body = "".join(
        f"{'#' * level} S {{#s{n}l{level}{f' after=s{n - 1}l6' if n and level == 1 else ''}}}\n"
        for n in reversed(range(200))
        for level in range(1, 7)
    )
    document = made({"a.md": body})
    assert {section.id for section in document.walk()} == {f"s{n}l{level}" for n in range(200) for level in range(1, 7)}
    assert max(section.level for section in document.walk()) <= 24
    assert "SG113" in codes(document)


# -- laziness ----------------------------------------------------------------------------------------------------------


def test_an_object_included_often_is_listed_once() -> None:
    """Two million names, of which two are asked for."""
    instances, _ = included(tree_of({path: text.encode() for path, text in repeated(MANY_FIELDS).items()}), "a.md")
    before = process_time()
    tracemalloc.start()
    try:
        names = Names(instances)
        assert [str(names.value(0, key)) for key in ("P7.F5", "P1800.F99")] == ["x5", "x99"]
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
    assert process_time() - before < 1


def test_names_beyond_what_is_listed_are_told_and_still_found() -> None:
    document = made(repeated(MANY_FIELDS))
    assert [finding.message for finding in document.findings] == ["more than 50,000 names"]
    assert next(document.walk()).blocks[0].text.string == "x5 x99"  # type: ignore[union-attr]


def test_a_value_that_nothing_asks_for_is_not_worked_out() -> None:
    """Every included object is read for its sections; what its fields say is worked out when something mentions them."""
    files = {"a.md": b"---\ninclude: b.md\n---\n{A}\n", "b.md": b"---\nfields:\n  A: a {B}\n  B: b\n  C: '{D}'\n---\n"}
    names = Names(included(tree_of(files), "a.md")[0], asked := [])
    assert str(names.value(0, "A")) == "a b"
    assert [use.key for use in asked] == ["B"]
    assert names.findings == []


def test_a_value_is_worked_out_once() -> None:
    files = {"a.md": b"---\nfields:\n  A: a {B}\n  B: b\n---\n{A} {A} {A}\n"}
    names = Names(included(tree_of(files), "a.md")[0], asked := [])
    names.filled(Text("{A} {A} {A}", ((0, Place("a.md", 6, 1)),)), 0)
    assert [use.key for use in asked] == ["A", "B", "A", "A"]


def test_a_sentence_of_many_values_is_checked_in_linear_time() -> None:
    """Twenty thousand values in one sentence, each with the words around it."""
    count = 20_000
    string = "The Member shall pay " + "ab " * count
    runs = tuple((21 + 3 * n, Place("a.md", 1, 1, (Place("a.md", 9, 1),))) for n in range(count))
    text = Text(string, ((0, Place("a.md", 9, 1)), *runs))
    clause = Clause("a", "1", Sentence(string, Span(0, len(string)), Kind.OBLIGATION, True, (), None, ()), text, prose=False)
    before = process_time()
    assert list(misfits(clause, {("a.md", 1): [(1, 4, "K")]})) == []
    assert process_time() - before < 2
