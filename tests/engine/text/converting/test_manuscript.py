"""Texts of word processors and plain Markdown as objects in our notation."""

import contextlib
import time

import pytest

from syngraph.engine.text.converting.manuscript import Manuscript, ManuscriptError, html_of, manuscript
from syngraph.engine.text.converting.numbering import Reference
from syngraph.engine.text.editing.formatting import formatted
from syngraph.engine.text.notations.html.remarks import Kind, Remark, Struck
from syngraph.engine.text.notations.html.settling import SettlingError
from syngraph.engine.text.resolving.resolve import resolve
from syngraph.engine.text.store import tree_of

# What pandoc 2.17 printed for a .docx that was written for this test.
RECORDED = """<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="" xml:lang="">
<head>
  <meta charset="utf-8" />
  <title>Services Agreement</title>
  <style>
    html { line-height: 1.5; }
  </style>
</head>
<body>
<header id="title-block-header">
<h1 class="title">Services Agreement</h1>
</header>
<h1 id="article-i-definitions">Article I – Definitions</h1>
<p><strong>“Agreement”</strong> means this document, {not} a field.<a href="#fn1" class="footnote-ref" id="fnref1"\
 role="doc-noteref"><sup>1</sup></a></p>
<h1 id="payment">2. Payment</h1>
<h2 id="fees">2.1 Fees</h2>
<p>The Client shall pay EUR 50 under section 3.1 and Section 9.9.</p>
<h2 id="late-payment">2.2 Late payment</h2>
<ol type="a">
<li><p>first item;</p></li>
<li><p>second item.</p></li>
</ol>
<h1 id="term">3 Term</h1>
<h2 id="start">3.1 Start</h2>
<p>This Agreement begins on 1 May 2027; see Article II.</p>
<section class="footnotes footnotes-end-of-document" role="doc-endnotes">
<hr />
<ol>
<li id="fn1"><p>A note.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li>
</ol>
</section>
</body>
</html>
"""

MADE = """---
title: Services Agreement
---

# Definitions {#definitions}

**“Agreement”** means this document, \\{not\\} a field.\\[1\\]

# Payment {#payment}

## Fees {#fees}

The Client shall pay EUR 50 under [](#start) and Section 9.9.

## Late payment {#late-payment}

(a) first item;

(b) second item.

# Term {#term}

## Start {#start}

This Agreement begins on 1 May 2027; see Article II.

---

1. A note.
"""


def test_a_recorded_document_becomes_an_object() -> None:
    made = manuscript(RECORDED)
    assert (made.content, made.title, made.sections) == (MADE, "Services Agreement", 6)
    assert [each.derived for each in made.numbered] == ["1", "2", "2.1", "2.2", "3", "3.1"]
    assert (Remark(Kind.SET, "[1]", 15),) == made.remarks
    assert (
        Reference("section 3.1", "start", line=13, column=35),
        Reference("Section 9.9", reason="no section had that number", line=13, column=50),
        Reference("Article II", reason="a reference would say “section”, not “Article”", line=25, column=42),
    ) == made.references


def test_the_object_reads_without_findings() -> None:
    document = resolve(tree_of({"a.md": manuscript(RECORDED).content.encode()}), "a.md")
    assert document.findings == ()


def of(source: str) -> Manuscript:
    return manuscript(*html_of(source, "a.md"), "a.md")


CASES = {
    "a title above all": (
        "# Bylaws\n\n## 1. Fees\n\nx\n\n## 2. Term\n\ny\n",
        "---\ntitle: Bylaws\n---\n\n# Fees {#fees}\n\nx\n\n# Term {#term}\n\ny\n",
    ),
    "front matter": ("---\ntitle: Bylaws\n---\nx\n", "---\ntitle: Bylaws\n---\n\nx\n"),
    "levels by numbers": (
        "# 1 A\n\n# 1.1 B\n\n# 1.2 C\n\n# 2 D\n",
        "# A {#a}\n\n## B {#b}\n\n## C {#c}\n\n# D {#d}\n",
    ),
    "words for numbers": (
        "## Article I: Name\n\n## Article II: Aim\n\n## ARTICLE III. Ends\n",
        "# Name {#name}\n\n# Aim {#aim}\n\n# Ends {#ends}\n",
    ),
    "numbers that count nothing": (
        "# 2024 accounts\n\n# 3 May 2027\n\n# Article\n",
        "# 2024 accounts {#id-2024-accounts}\n\n# 3 May 2027 {#id-3-may-2027}\n\n# Article {#article}\n",
    ),
    "references": (
        "# 1. Fees\n\nAs section 2(a) and article 2 say, not sections 1 and 2, or section 1, 2.\n\n"
        "# 2. Term\n\nSee section 1.\n",
        "# Fees {#fees}\n\nAs [](#term)(a) and article 2 say, not sections 1 and 2, or section 1, 2.\n\n"
        "# Term {#term}\n\nSee [](#fees).\n",
    ),
    "references to other texts": (
        "# 1. Fees\n\nSee section 1, of the Lease, section 1 of that Act, section 1 of Schedule 2 to it, section 1 (Rent) of\n"
        "the Lease, section 1, as amended, of the Lease, section 1 thereof, its section 1, under the Lease Deed section 1\n"
        "and section 1 of any deed; but section 1. Section 1, or section 1 of this text.\n",
        "# Fees {#fees}\n\nSee section 1, of the Lease, section 1 of that Act, section 1 of Schedule 2 to it, section 1 (Rent) "
        "of the Lease, section 1, as amended, of the Lease, section 1 thereof, its section 1, under the Lease Deed section 1 "
        "and section 1 of any deed; but section 1. [](#fees), or [](#fees) of this text.\n",
    ),
    "footnotes of one word": ("x[^1] y\n\n[^1]: foot\n", "x\\[^1\\] y\n\n\\[^1\\]: foot\n"),
    "definitions with words": (
        'See [a] and [b].\n\n[a]: https://example.org\n\n[b]: shall\n\n[c]: /d "never pay"\n\n[d]: /e\n"or give"\n',
        'See [a](https://example.org) and \\[b\\].\n\n\\[b\\]: shall\n\n\\[c\\]: /d "never pay"\n\n\\[d\\]: /e "or give"\n',
    ),
    "dashes and colons after a number": (
        "## Article IV - Term\n\nSee Article V.\n\n## Article V: Ends\n\n## Article VI – Other\n\n## Article VII — Rest\n",
        "# Term {#term}\n\nSee Article V.\n\n# Ends {#ends}\n\n# Other {#other}\n\n# Rest {#rest}\n",
    ),
    "numbers that do not fit": (
        "# 1. A\n\n# 2. B\n\n## 2.2 Late\n\nSee section 2.2 and section 2.1.\n",
        "# A {#a}\n\n# B {#b}\n\n## Late {#late}\n\nSee [](#late) and section 2.1.\n",
    ),
    "sections counted in each article": (
        "# Article I A\n\n## Section 1. X\n\n# Article II B\n\n## Section 1. Y\n\nSee Section 1 and Article I.\n",
        "# A {#a}\n\n## X {#x}\n\n# B {#b}\n\n## Y {#y}\n\nSee Section 1 and Article I.\n",
    ),
    "numbered paragraphs": (
        "# 1. A\n\n1.1 The Client shall pay:\n\n- now;\n\n1.2 The Client may go.\n\n# 2. B\n\n2.1 See clause 1.2.\n",
        "# A {#a}\n\n1. The Client shall pay:\n\n   - now;\n\n2. The Client may go.\n\n# B {#b}\n\n1. See clause 1.2.\n",
    ),
    "numbered paragraphs with a gap": (
        "# 1. A\n\n1.1 The Client shall pay.\n\n1.3 The Client may go.\n",
        "# A {#a}\n\n1.1 The Client shall pay.\n\n1.3 The Client may go.\n",
    ),
    "numbered paragraphs beside headings": (
        "# 1. A\n\n1.1 The Client shall pay.\n\n## 1.2 Late\n\nx\n\n# 2. B\n",
        "# A {#a}\n\n1.1 The Client shall pay.\n\n## Late {#late}\n\nx\n\n# B {#b}\n",
    ),
    "lists in brackets": ("Each shall\n\n(a) pay; and\n\n(b) go.\n", "Each shall\n\n(a) pay; and\n\n(b) go.\n"),
    "braces": ("Pay {Dues} {#x}.\n", "Pay \\{Dues\\} \\{#x\\}.\n"),
    "HTML in Markdown": ("a <b>b</b>\n\n<script>c</script>\n\n<ul><li>d</ul>\n", "a **b**\n\n- d\n"),
    "code": ("    x = {1}\n\n`y`\n", "x = \\{1\\}\n\ny\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_markdown_becomes_an_object(name: str) -> None:
    source, expected = CASES[name]
    assert of(source).content == expected.replace("{#id-", "{#")


def test_references_and_numbers_are_told() -> None:
    made = of(
        "# 1. A\n\n1.1 See section 2.2, section 9, clause 1.1, sections 1 and 2, section 1 and 2. See section 1 of it.\n\n"
        "# 2. B\n\n## 2.2 Late\n\nx\n"
    )
    assert (
        Reference("section 2.2", "late", "2.1", line=3, column=8),
        Reference("section 9", reason="no section had that number", line=3, column=19),
        Reference("clause 1.1", reason="is a paragraph, not a section", line=3, column=30),
        Reference("sections 1", reason="is one of several", line=3, column=42),
        Reference("section 1", reason="is one of several", line=3, column=60),
        Reference("section 1", reason="names a part of something else", line=3, column=81),
    ) == made.references
    assert [each.number.typed for each in made.numbered if not each.fits] == ["2.2"]
    assert (made.entries, made.typed) == (("1.1",), ())


@pytest.mark.parametrize(
    "sentence",
    [
        *("Article 2 GDPR applies.", "Under GDPR Article 2, the Tenant shall pay.", "Regulation (EU) 2016/679, Article 1."),
        *("The Lease's section 2 applies.", "In the Master Agreement, see section 1.", "The Rules (section 1) apply."),
        *("As the Act says in section 1, the Tenant may go.", "Under GDPR, section 2 applies.", "Madrid's section 2 applies."),
        *("Section 2 applies as under the Protocol.", "By the lease, section 2 applies.", "See 2016/679, section 1."),
        *("Under Art. 5 and No. 7 GDPR, section 2 applies.", "Under Acme Inc. Section 2 applies.", "Article 2 applies."),
        *(
            "By the Act:\n\n- go, and\n\n- stay under section 2.",
            "Clause 2 applies.",
            "DPA 2018, section 2, applies.",
            "§ 2 applies.",
            "SEE ACME SECTION 2.",
        ),
    ],
)
def test_references_to_other_instruments_stay(sentence: str) -> None:
    made = of(f"# 1. Rent\n\n{sentence}\n\n# 2. End\n\nThe Tenant shall go.\n")
    assert [each.text for each in made.references if each.target] == []
    assert all(each.reason and each.line and each.column for each in made.references)
    assert made.references


@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "The Tenant shall pay under section 2.",
            "Section 2 of this Agreement applies.",
            "Under these Bylaws, see section 2.",
        ),
        *(
            "By the Act. See section 2.",
            "Each Tenant pays EUR 20 on 3 May to the Agent as section 2 says.",
            "SECTION 2 applies.",
        ),
        *("“Dues” means what is paid. The Dues are due as section 2 says.", "SECTION 2 of this Lease Agreement applies."),
    ],
)
def test_references_to_sections_of_this_text_are_linked(sentence: str) -> None:
    made = of(f"# 1. Rent\n\n{sentence}\n\n# 2. End\n\nThe Tenant shall go.\n")
    assert [each.target for each in made.references] == ["end"]
    (known,) = made.references
    assert made.content.split("\n")[known.line - 1][known.column - 1 :].startswith("[](#end)")


@pytest.mark.parametrize("source", [*(source for source, _ in CASES.values()), RECORDED, "x\n\n# A\n\n- b\n\n  c\n- d\n"])
def test_what_is_made_is_laid_out(source: str) -> None:
    content = of(source).content
    assert formatted(content, "a.md") == content


def test_links_follow_ids_that_are_made_anew() -> None:
    made = manuscript('<h1 id="article-iv-term">Article IV - Term</h1><p>See <a href="#article-iv-term">it</a>.<h1>B</h1><p>x')
    assert "# Term {#term}\n\nSee [it](#term).\n\n" in made.content


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("---\nfields: {Dues: EUR 5}\n---\nx\n", "an object in our notation"),
        ("\n", "no words"),
        ("<!-- x -->\n", "no words"),
    ],
)
def test_what_is_no_manuscript_is_refused(source: str, found: str) -> None:
    with pytest.raises(ManuscriptError) as caught:
        of(source)
    assert caught.value.found == found


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ManuscriptError):
        manuscript("x" * 4_000_001)


@pytest.mark.parametrize(
    "html",
    [
        *('<h1 class="title">' * 5_000, '<h1 class="title" ' * 5_000, '<a class="footnote-back"' * 5_000),
        *("<h1>1.1.1.1.1.1.1.1 a</h1>" * 3_000, "<p>section 1.1.1.1.1.1.1.1</p>" * 3_000, "<h1>" + "1." * 50_000 + "</h1>"),
        *("<p>" + "section " * 30_000, "<p>" + "§ 1(a)(a)(a)(a)(a)(a) of " * 3_000, "<h1>IIIIIIIIIIIII</h1>" * 2_000),
        *("<p>" + "Aa" * 30_000, "<p>" + "pay to the " * 10_000, "<p>" + "this A " * 10_000, "<p>" + "“Aa Bb” is " * 9_000),
        *("<p>" + ". " * 50_000, "<p>" + "a" * 90_000 + ". A", "<p>" + "the a " * 20_000, "<p>" + "Aa of the " * 10_000),
    ],
)
def test_hostile_manuscripts_end_in_time(html: str) -> None:
    begun = time.process_time()
    with contextlib.suppress(ManuscriptError):
        manuscript(html + "x")
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    "source", ["Each shall ~~not~~ pay.", "Each shall <del>not</del> pay.", "<p style='text-decoration: line-through'>Pay.</p>"]
)
def test_words_struck_out_are_refused(source: str) -> None:
    with pytest.raises(SettlingError) as caught:
        of(source + "\n")
    assert "struck out: “" in caught.value.found
    assert "--struck drop" in caught.value.help


@pytest.mark.parametrize(
    ("struck", "expected", "kind"),
    [(Struck.KEEP, "Each shall not pay.\n", Kind.KEPT), (Struck.DROP, "Each shall pay.\n", Kind.DROPPED)],
)
def test_words_struck_out_are_kept_or_left_out_as_asked(struck: Struck, expected: str, kind: Kind) -> None:
    made = manuscript(*html_of("Each shall ~~not~~ pay.\n", "a.md"), "a.md", struck)
    assert (made.content, made.remarks) == (expected, (Remark(kind, "not", 1),))


@pytest.mark.parametrize(("html", "seconds"), [("`" + "".join("`" * i + "a" for i in range(1, 1_000)), 2)])
def test_many_marks_are_no_burden(html: str, seconds: int) -> None:
    begun = time.process_time()
    manuscript(html)
    assert time.process_time() - begun < seconds


def test_too_many_headings_are_refused_early() -> None:
    with pytest.raises(ManuscriptError) as caught:
        manuscript("<h2>a</h2>" * 5_001)
    assert caught.value.found == "5,001 headings"


def test_a_cell_that_reaches_over_rows_is_in_each_of_them() -> None:
    made = manuscript("<table><tr><td rowspan=2>r<td>a<tr><td>b</table>")
    assert made.content == "| r | a |\n| --- | --- |\n| r | b |\n"
    assert made.remarks == (Remark(Kind.CELL, "1", 0),)


def test_numbers_of_entries_stay() -> None:
    made = manuscript("<ol start=5><li>a<li value=9>b</ol><p>c</p><ol type=a start=3><li>d<li>e</ol>")
    assert made.content == "5. a\n\n9) b\n\nc\n\n(c) d\n\n(d) e\n"
