"""HTML as blocks and sections, in the words of a browser."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.engine.text.converting import words, writing
from syngraph.engine.text.document import Block, ItemList, Paragraph, Quote, Section, Table
from syngraph.engine.text.notations.html.blocks import blocks
from syngraph.engine.text.notations.html.inline import address
from syngraph.engine.text.notations.html.sections import sections
from syngraph.engine.text.provenance import Place, Text
from syngraph.engine.text.resolving.resolve import resolve
from syngraph.engine.text.store import tree_of


def text(source: str) -> Text:
    return Text(source, ((0, Place("a.md", 1, 1)),) if source else ())


def outline(source: str) -> tuple[Section, ...]:
    return sections(blocks(text(source)))


def lines(source: str) -> str:
    return " / ".join(line for section in outline(source) for line in of_section(section))


def of_section(section: Section) -> Iterator[str]:
    if section.id:
        yield f"{'#' * section.level} {section.heading.string} {{{section.id}}}".replace("  ", " ")
    for block in section.blocks:
        yield of_block(block)
    for child in section.children:
        yield from of_section(child)


def of_block(block: Block) -> str:
    match block:
        case Paragraph(inner):
            return inner.string
        case ItemList(items):
            return "[" + ", ".join(f"{item.marker} {'; '.join(map(of_block, item.blocks))}" for item in items) + "]"
        case Table(rows):
            return "|" + "|".join(",".join(cell.string for cell in row) for row in rows) + "|"
        case Quote(inner_blocks):
            return "> " + "; ".join(map(of_block, inner_blocks))
        case _:
            return "---"


CASES = {
    "paragraphs": ("<p>a<p>b</p>c<div>d</div>e", "a / b / c / d / e"),
    "entries that nobody closed": ("<ul><li>a<li>b</ul>c", "[- a, - b] / c"),
    "lists in lists": ('<ol><li>a<ol type="a"><li>b<li>c</ol><li>d</ol>', "[1. a; [(a) b, (b) c], 2. d]"),
    "a list that starts later": ('<ol start="4" type="i"><li>a<li>b</ol>', "[(iv) a, (v) b]"),
    "numbers of their own": ("<ol start=5><li>a<li value=9>b<li>c</ol>", "[5. a] / [9. b, 10. c]"),
    "numbers that count down": ("<ol reversed><li>a<li>b</ol>", "[2. a] / [1. b]"),
    "an entry without a list": ("<li>a<li>b", "[- a, - b]"),
    "text behind an entry": ("<ul><li>a</li>b<li>c</ul>", "[- a; b, - c]"),
    "an end without a beginning": ("a</li></ol></td></b>b", "a / b"),
    "emphasis": ("a <b>b</b> <i>c</i>, <b><i>d</i></b>", "a **b** *c*, ***d***"),
    "emphasis within a word": ("a<b>b</b>c", "abc"),
    "emphasis with blanks in it": ("a<b> b </b>c", "a **b** c"),
    "emphasis never ended in an entry": ("<ul><li><b>a<li>b</ul>c", "[- **a**, - b] / c"),
    "links": ('<a href="https://e.org/x">a</a> <a href="javascript:x">b</a>', "[a](https://e.org/x) b"),
    "a link to nowhere": ('see <a href="#x">the <b>fees</b></a>', "see the fees"),
    "what Markdown means": ("a *b* [c](d) `e` \\ f_g _h_ &lt;i&gt; #", "a \\*b\\* \\[c\\](d) \\`e\\` \\\\ f_g \\_h\\_ \\<i> #"),
    "line breaks": ("Ada Quill<br>1 Hill Street", "Ada Quill\\\n1 Hill Street"),
    "line breaks after a sentence": ("It ends.<br>It goes on<br><br>and again", "It ends. / It goes on / and again"),
    "a title": ('<span class="sec-ti">Fees</span><br>Each pays.', "# Fees {fees} / Each pays."),
    "a title that runs on": ('<span class="sec-ti">Fees.</span> Each pays.', "**Fees.** Each pays."),
    "titles of entries": (
        '<ol><li><span class="sec-ti">A</span><br>a<li id="x"><span class="sec-ti">B</span><br><a href="#x">b</a></ol>',
        "# A {a} / a / # B {x} / [b](#x)",
    ),
    "titles of some entries": ('<ol><li><span class="sec-ti">A</span><br>a<li>b</ol>', "[1. **A**; a, 2. b]"),
    "text behind sections": (
        '<ol><li><span class="sec-ti">A</span><br>a</ol>In witness<br><br>whereof',
        "# A {a} / a / # {closing} / In witness / whereof",
    ),
    "headings": ("<h2>A</h2>a<h3>B</h3>b<h2>A</h2>c", "# A {a} / a / ## B {b} / b / # A {a-2} / c"),
    "the title of a page": ("<h1>All</h1>x<h2>A</h2>a<h2>B</h2>b", "**All** / x / # A {a} / a / # B {b} / b"),
    "a table": ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", "|a,b|c,d|"),
    "a table of uneven rows": ("<table><tr><td>a<tr><td>c<td>d<br>e</table>", "|a,|c,d e|"),
    "a table that sets the page": ("<table><tr><td>a<td><ul><li>b</ul></table>", "a / [- b]"),
    "text in a table": ("<table>x<tr><td>a<td>b<tr><td>c<td>d</table>", "|x,|a,b|c,d|"),
    "a quotation": ("<blockquote>a<p>b</blockquote>c", "> a; b / c"),
    "preformatted text": ("<pre>a\nb</pre>", "a\\\nb"),
    "what nobody sees": ("a<!-- b --><style>c</style>\u200b\u00ad\u202ed\x00", "ad"),
    "a byte that is not UTF-8": ("caf\udce9 \udc80", "café €"),
    "a control character that was meant as a letter": ("Buyer\x92s \x81x \udcad", "Buyer’s x"),
    "nothing": ("<br><p></p> <b></b><ul><li></ul>", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_html_becomes_blocks(name: str) -> None:
    source, expected = CASES[name]
    assert lines(source) == expected


def test_every_word_knows_its_place() -> None:
    section = outline('x<ol><li><span class="sec-ti">Fees</span><br>Each &amp; <b>all</b></ol>')[1]
    assert (str(section.place), section.heading.place(0).column) == ("a.md:1:31", 31)
    block = section.blocks[0]
    assert isinstance(block, Paragraph)
    said = block.text
    assert [said.place(said.string.index(word)).column for word in ("Each", "&", "all")] == [46, 51, 60]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("HTTP://e.org", "HTTP://e.org"),
        ("mailto:a@e.org", "mailto:a@e.org"),
        ("#a b", "#a%20b"),
        ("https://e.org/{x})", "https://e.org/%7Bx%7D%29"),
        ("data:text/html,x", ""),
        ("//e.org", ""),
        ("https://e.org/" + "x" * 3000, ""),
        ("", ""),
    ],
)
def test_links_lead_to_the_web_to_mail_or_into_the_text(written: str, expected: str) -> None:
    assert address(written) == expected


PIECES = st.sampled_from(
    [
        *("<b>", "</b>", "<i>", "</i>", "<p>", "</p>", "<br>", "<ol>", "</ol>", "<ul>", "</ul>", "<li>", "</li>", "<hr>"),
        *('<ol type="a">', '<span class="sec-ti">', "</span>", "<h1>", "</h1>", "<h2>", "</h2>", "<table>", "<tr>", "<td>"),
        *("</td>", "</table>", "<blockquote>", "</blockquote>", '<a href="#x">', '<a href="http://e.org">', "</a>", "<pre>"),
        *("a", "Each Member", " shall pay. ", "(a) ", "1. ", "2) x", "# ", "- ", "* ", "**", "_", "`", "[x](#y)", "](#y)", "|"),
        *("{Key}", "{", "}", "\\", "&amp;", "&lt;", "<", ">", "=", "---", "~~~", "!", "\n", "é", "\u2028", ":", "+ ", "\u00a0"),
    ]
)
SOUP = st.lists(PIECES, max_size=25).map("".join)


@settings(max_examples=150, deadline=None)
@given(SOUP)
def test_what_is_written_down_says_the_same_words(source: str) -> None:
    made = outline(source)
    content = writing.front("T") + writing.body(made)
    read = resolve(tree_of({"a.md": content.encode()}), "a.md")
    assert words.difference(words.of_html(text(source)), words.of_document(read)) is None, content


HOSTILE = [
    *("<div>", "<ul><li>", "<ol>", "<li>", "<blockquote>", "<table><tr><td>", "<td>", "<b>", "<b>a", "<span>", "<br>", "a<br>"),
    *('<span class="sec-ti">x<br>', "<h1>a", "<a href=x>", "</li>a", "<ul><li>a</li>b", "{", "x <b>y</b> ", "<tr>", "&lt;"),
    *('<a href="#x">a</a>', "a</ul>", "<i><b>", '<ol><li><span class="sec-ti">a</span><br>', "<pre>\n", "[", "<dl><dt>a<dd>b"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_thousands_of_anything_are_read_in_linear_time(piece: str) -> None:
    begun = time.process_time()
    writing.body(outline(piece * 4_000))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("piece", ["<div>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<b>", "<span>"])
def test_a_hundred_thousand_nested_elements_are_read(piece: str) -> None:
    begun = time.process_time()
    made = outline(piece * 100_000 + "end")
    assert [word for section in made for block in words.texts(section.blocks) for word in words.of_markdown(block)] == ["end"]
    assert time.process_time() - begun < 20
