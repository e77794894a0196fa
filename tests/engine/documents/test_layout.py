"""Inline Markdown taken apart, and the layout of terms and references."""

import pytest

from syngraph.engine.documents import inline
from syngraph.engine.documents.inline import Code, Defined, Emphasis, LineBreak, Link, Reference, Strong, Used, Words
from syngraph.engine.documents.layout import Running, lay_out
from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.provenance import Place, Text
from syngraph.grammar.rules import Definition
from syngraph.grammar.sentence import Kind, Sentence
from syngraph.grammar.span import Span

LINES = {
    "": (),
    "Plain words.": (Words("Plain words."),),
    "**so** and *so*": (Strong((Words("so"),)), Words(" and "), Emphasis((Words("so"),))),
    "[](#dues)": (Reference("dues"),),
    "[the dues](#dues)": (Link((Words("the dues"),), "#dues"),),
    "[here](https://example.org)": (Link((Words("here"),), "https://example.org"),),
    "[here](ftp://example.org)": (Words("[here](ftp://example.org)"),),
    "a\nb  \nc": (Words("a b"), LineBreak(), Words("c")),
    "`x`": (Code("x"),),
    "![a chair](https://example.org/chair.png)": (Words("a chair"),),
    "<b>x</b>": (Words("<b>x</b>"),),
}


@pytest.mark.parametrize(("text", "nodes"), LINES.items(), ids=LINES)
def test_inline_markdown(text: str, nodes: tuple[object, ...]) -> None:
    assert inline.parse(text) == nodes


def nodes(document) -> list[object]:
    blocks = [block for part in lay_out(document).walk() for block in part.blocks]
    return [node for block in blocks if isinstance(block, Running) for node in block.nodes]


def test_a_term_is_defined_once_and_used_in_singular_and_plural(build) -> None:
    found = nodes(build("T", '"Party" means a party. "Party" is a "Party". The Parties and each Party meet.'))
    assert [node for node in found if not isinstance(node, Words)] == [
        Defined("term-party", "Party"),
        Used("term-party", "Party"),
        Used("term-party", "Party"),
        Used("term-party", "Parties"),
        Used("term-party", "Party"),
    ]


def test_the_longest_term_is_meant(build) -> None:
    found = nodes(build("T", '"Day" means a day. "Business Day" means a working day.', "On a Business Day."))
    assert Used("term-business-day", "Business Day") in found
    assert Used("term-day", "Day") not in found


def test_a_term_inside_another_word_is_no_use_of_it(build) -> None:
    found = nodes(build("T", '"Rent" means EUR 5.', "Renting is no Rental, and no-Rent is none."))
    assert [node for node in found if isinstance(node, Used)] == []


def test_terms_come_from_the_definitions_that_were_read(build) -> None:
    document = build("T", 'A "Tool" is lent.', 'The "Tool" rests.')
    line = 'A "Tool" is lent.'
    sentence = Sentence(line, Span(0, len(line)), Kind.DEFINITION, binding=False, rules=(Definition("Tool", "lent"),))
    clause = Clause("part-1", "1", sentence, Text(line, ((0, Place("a.md", 1, 1)),)), prose=False)
    assert [term.text for term in lay_out(document, (clause,)).terms] == ["Tool"]
    assert lay_out(document).terms == ()


def test_a_reference_gets_a_capital_where_a_sentence_begins(build) -> None:
    found = nodes(build("T", "[](#part-1) and [](#part-2). **[](#part-1)** (see [](#part-2).) [](#part-1)?", "Words."))
    labels = [inline.plain((node,)) for node in found if isinstance(node, (Reference, Strong))]
    assert labels == ["Section 1", "section 2", "Section 1", "section 2", "Section 1"]


def test_ids_that_make_the_same_anchor_are_told_apart() -> None:
    from syngraph.engine.text.document import Document, Paragraph, Section

    def of(string: str) -> Text:
        return Text(string, ((0, Place("a.md", 1, 1)),))

    sections = (
        Section("a b", of("One"), 1, "1", (Paragraph(of('"B" means b. [](#a-b)')),)),
        Section("a-b", of("Two"), 1, "2", ()),
        Section("term-b", of("Three"), 1, "3", ()),
    )
    layout = lay_out(Document("a.md", "T", sections, {}, ("a.md",)))
    assert [part.anchor for part in layout.parts] == ["a-b", "a-b-2", "term-b"]
    assert [term.anchor for term in layout.terms] == ["term-b-2"]
    running = layout.parts[0].blocks[0]
    assert isinstance(running, Running)
    assert Reference("a-b-2", "Section 2") in running.nodes
