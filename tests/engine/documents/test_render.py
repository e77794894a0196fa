"""Printed documents: goldens, what must be in every one of them, and hostile text.

To rewrite the goldens after a change that is meant, and then read the diff:

    SYNGRAPH_GOLDENS=write python -m pytest tests/engine/documents/test_render.py
"""

import os
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from syngraph.engine.documents import FormatError, render
from syngraph.engine.documents.markdown import escaped
from syngraph.engine.text.document import Document, Paragraph, Section, Table
from syngraph.engine.text.provenance import Place, Text

GOLDENS = Path(__file__).with_name("goldens")
DAY = date(2027, 3, 1)
DIGEST = "sha256:" + "0123456789abcdef" * 4


class Page(HTMLParser):
    """What a browser sees: the elements with their attributes, and the words that are shown."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.shown: list[str] = []
        self.styles: list[str] = []
        self.inside: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in {"meta", "br", "hr"}:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        (self.styles if "style" in self.inside else self.shown).append(data)

    @property
    def words(self) -> str:
        return " ".join("".join(self.shown).replace("\u00a0", " ").split())


def straight(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


@pytest.mark.parametrize("format", ["md", "txt", "html"])
def test_the_sampler_prints_as_its_golden(sampler: Document, format: str) -> None:
    printed = render(sampler, (), format, date=DAY, digest=DIGEST)
    if format == "html":  # the style sheet is looked at as a picture, not as text
        printed = printed[printed.index("<body>") :]
    golden = GOLDENS / f"sampler.{format}"
    if os.environ.get("SYNGRAPH_GOLDENS") == "write":
        golden.write_text(printed, encoding="utf-8")
    assert printed == golden.read_text(encoding="utf-8")


def test_another_format_is_refused_by_name(sampler: Document) -> None:
    with pytest.raises(FormatError, match="`rtf`; there are md, html, txt"):
        render(sampler, (), "rtf")


def test_references_name_the_section_and_lead_to_it(sampler: Document) -> None:
    page = Page(render(sampler, (), "html"))
    links = [attrs["href"] for tag, attrs in page.elements if tag == "a" and attrs.get("class") == "reference"]
    assert links == ["#prices", "#delivery"]
    assert "chairs and tables of section 4." in page.words
    assert "door. Section 3 applies." in page.words  # a capital letter where a sentence begins
    assert "section [#nowhere]" in page.words


def test_every_anchor_is_one_of_a_kind_and_every_inner_link_arrives(sampler: Document) -> None:
    page = Page(render(sampler, (), "html"))
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    targets = {attrs["href"][1:] for tag, attrs in page.elements if tag == "a" and attrs["href"].startswith("#")}
    assert sorted(ids) == sorted(set(ids))
    assert targets - set(ids) == set()


def test_terms_are_marked_where_defined_and_lead_there_from_where_used(sampler: Document) -> None:
    source = render(sampler, (), "html")
    assert '“<dfn id="term-goods">Goods</dfn>” means' in source
    assert '(the “<dfn id="term-seller">Seller</dfn>”)' in source
    assert '<a class="term" href="#term-delivery-day">Delivery Day</a>' in source
    assert "**Goods**" in render(sampler, (), "md")


def test_plain_text_keeps_to_78_columns(sampler: Document) -> None:
    assert [line for line in render(sampler, (), "txt", date=DAY, digest=DIGEST).split("\n") if len(line) > 78] == []


def test_lists_hang_in_plain_text(build) -> None:
    document = build("T", "A paragraph that is so long that it has to be broken into a second line of the page somewhere.")
    assert "    A paragraph that is so long that it has to be broken into a second line of\n    the" in render(
        document, (), "txt"
    )


def test_nothing_is_fetched_from_outside(sampler: Document) -> None:
    source = render(sampler, (), "html", date=DAY, digest=DIGEST)
    page = Page(source)
    assert {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe", "object", "embed", "base", "form"} == set()
    assert [attrs for _, attrs in page.elements if "src" in attrs or "srcset" in attrs or "style" in attrs] == []
    assert re.findall(r"url\(|@import", "".join(page.styles)) == []


def test_the_footer_says_title_day_and_digest(sampler: Document) -> None:
    for format in ("md", "txt", "html"):
        printed = render(sampler, (), format, date=DAY, digest=DIGEST)
        end = printed[-500:]
        assert ("1 March 2027" in end, DIGEST in end) == (True, True)
        assert "31 May 2027" in render(sampler, (), format, date=date(2027, 5, 31))
        assert "31 May" not in render(sampler, (), format)


# -- nothing is lost ---------------------------------------------------------------------------------------------------

# Words in which inline Markdown finds nothing, and then some in which it finds a lot.
plain_words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12)
odd_words = st.sampled_from(
    ["*", "_x_", "a_b", "<b>", "&amp;", "#", "1.", "-", "[x]", "](y)", "`", "\\", "|", '"', "{{", "}}", "{%"]
)
sentences = st.lists(st.one_of(plain_words, odd_words), min_size=1, max_size=12).map(" ".join)


def of(string: str) -> Text:
    return Text(string, ((0, Place("a.md", 1, 1)),))


@given(
    heading=sentences, words=st.lists(plain_words, min_size=1, max_size=30), cells=st.lists(plain_words, min_size=1, max_size=4)
)
def test_every_word_of_the_source_is_in_every_output(heading: str, words: list[str], cells: list[str]) -> None:
    table = Table((tuple(of(cell) for cell in cells),) * 2)
    body = Section("a", of(heading), 1, "1", (Paragraph(of(" ".join(words))), table))
    made = Document("a.md", "Title", (body,), {}, ("a.md",))
    for format in ("md", "txt"):
        missing = [word for word in [*words, *cells] if word not in render(made, (), format)]
        assert missing == []
    assert " ".join(words) in Page(render(made, (), "html")).words


def test_days_and_amounts_are_not_broken_over_two_lines(build) -> None:
    assert "pays EUR\u00a060 by 31\u00a0January 2027" in render(build("T", "Ada pays EUR 60 by 31 January 2027."), (), "html")


@given(sentences)
def test_escaped_markdown_shows_the_text_as_it_is(text: str) -> None:
    shown = Page(MarkdownIt("commonmark").render("x " + escaped(text) + " y")).words
    assert shown == " ".join(f"x {text} y".split())


# -- hostile text ------------------------------------------------------------------------------------------------------

SCRIPT = "<script>alert(1)</script>"
HOSTILE = {
    "a script": SCRIPT,
    "a picture with a handler": "<img src=x onerror=alert(1)>",
    "the end of the title": "</title><script>alert(1)</script>",
    "the end of the style sheet": "</style><script>alert(1)</script>",
    "the end of a CSS string": '"; } body { background: url(https://example.org/) } "',
    "the end of an attribute": '" onmouseover="alert(1)',
    "a template expression": "{{ 7 * 7 }} {% for x in y %}",
    "an address that runs": "[click](javascript:alert(1))",
    "an address that runs, in disguise": "[click](JaVaScRiPt:alert(1)) [click](&#106;avascript:alert(1)) <javascript:alert(1)>",
    "an address with a page in it": "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "an address of this machine": "[click](file:///etc/passwd)",
    "an address that breaks out": '[click](https://example.org/"onclick="alert(1))',
    "a picture from outside": "![seen](https://example.org/pixel.png)",
    "a reference that breaks out": '[](#x"onclick="alert(1))',
    "a comment": "<!-- <p> -->",
    "a null and a bell": "a\x00b\x07c",
    "a line that becomes a heading": "# not a heading",
    "a line that becomes a list": "1. not a list",
    "deep emphasis": "*" * 1200 + "x" + "*" * 1200,
    "deep brackets": "[" * 1200 + "](#a)" * 1200,
    "text that turns round": "\u202eevil\u202c",
}
ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "nav",
        "main",
        "footer",
        "section",
        "h1",
        "h2",
        "h3",
        "ol",
        "li",
    ),
    *("a", "span", "p", "div", "em", "strong", "code", "dfn", "br", "table", "thead", "tbody", "tr", "th", "td"),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    body = Section(text, of(text), 1, "1", (Paragraph(of(text)), Table(((of(text),), (of(text),)))))
    others = (Section("b", of("B"), 1, "2", ()), Section("c", of("C"), 1, "3", ()))
    made = Document("a.md", text, (body, *others), {text: of(text)}, ("a.md",))
    source = render(made, (), "html", digest=text)
    page = Page(source)
    assert {tag for tag, _ in page.elements} - ALLOWED == set()
    names = {name for _, attrs in page.elements for name in attrs}
    assert names - {"lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "rel", "aria-label"} == set()
    for tag, attrs in page.elements:
        if tag == "a":
            assert re.match(r"#|https?://|mailto:", attrs["href"])
    assert re.findall(r"url\(|@import|</", "".join(page.styles)) == []
    for format in ("md", "txt"):
        assert render(made, (), format, digest=text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text_in_markdown(text: str) -> None:
    body = Section("a", of(text), 1, "1", (Paragraph(of(text)),))
    made = Document("a.md", text, (body,), {}, ("a.md",))
    shown = MarkdownIt("commonmark").render(render(made, (), "md"))
    page = Page(shown)
    assert {tag for tag, _ in page.elements} - ALLOWED - {"hr"} == set()
    assert [tag for tag, _ in page.elements if tag in {"h1", "h2"}] == ["h1", "h2"]


def test_words_are_curled_but_not_lost(build) -> None:
    printed = Page(render(build("T", "The Seller's \"best\" chairs aren't 'old'."), (), "html")).words
    assert "The Seller’s “best” chairs aren’t ‘old’." in printed
    assert "The Seller's \"best\" chairs aren't 'old'." in straight(printed)
