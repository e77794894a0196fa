"""Texts of word processors and plain Markdown as objects in our notation."""

import contextlib
import time

import pytest

from syngraph.engine.text.converting.manuscript import Manuscript, ManuscriptError, html_of, manuscript
from syngraph.engine.text.resolve import resolve
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
# Definitions {#article-i-definitions}

**“Agreement”** means this document, \\{not\\} a field.1

# Payment {#payment}

## Fees {#fees}

The Client shall pay EUR 50 under [](#start) and Section 9.9.

## Late payment {#late-payment}

(a) first item;

(b) second item.

# Term {#term}

## Start {#start}

This Agreement begins on 1 May 2027; see [](#payment).

---

1. A note.
"""


def test_a_recorded_document_becomes_an_object() -> None:
    assert manuscript(RECORDED) == Manuscript(MADE, "Services Agreement", 6, 6, 2, 3)


def test_the_object_reads_without_findings() -> None:
    document = resolve(tree_of({"a.md": manuscript(RECORDED).content.encode()}), "a.md")
    assert document.findings == ()


def of(source: str) -> Manuscript:
    return manuscript(*html_of(source, "a.md"), "a.md")


CASES = {
    "a title above all": (
        "# Bylaws\n\n## 1. Fees\n\nx\n\n## 2. Term\n\ny\n",
        "---\ntitle: Bylaws\n---\n# Fees {#fees}\n\nx\n\n# Term {#term}\n\ny\n",
    ),
    "front matter": ("---\ntitle: Bylaws\n---\nx\n", "---\ntitle: Bylaws\n---\nx\n"),
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
        "# 1. Fees\n\nAs section 2(a) and article 2 say, not section 2 of the Act, sections 1 and 2, or section 1, 2.\n\n"
        "# 2. Term\n\nSee section 1.\n",
        "# Fees {#fees}\n\nAs [](#term)(a) and [](#term) say, not section 2 of the Act, sections 1 and 2, or section 1, 2.\n\n"
        "# Term {#term}\n\nSee [](#fees).\n",
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
    ],
)
def test_hostile_manuscripts_end_in_time(html: str) -> None:
    begun = time.process_time()
    with contextlib.suppress(ManuscriptError):
        manuscript(html + "x")
    assert time.process_time() - begun < 10
