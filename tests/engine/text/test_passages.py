"""Running text as it is to be read: lists in line with their stems, markup gone, places kept."""

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from syngraph.engine.text.passages import passages, plain
from syngraph.engine.text.provenance import Place, Text, joined
from syngraph.engine.text.resolving.resolve import resolve
from syngraph.engine.text.store import tree_of


def read(source: str) -> list[str]:
    made = resolve(tree_of({"a.md": source.encode()}), "a.md")
    return [passage.text.string for passage in passages(made)]


PASSAGES: dict[str, tuple[str, list[str]]] = {
    "paragraphs": ("One.\n\nTwo\nlines.\n", ["One.", "Two lines."]),
    "headings are not read": ("# Rent {#a}\nx\n", ["x"]),
    "a heading that binds is read": ("The Tenant shall pay.\n---\nx\n", ["The Tenant shall pay.", "x"]),
    "letters under a stem": (
        "The Secretary shall:\n\n(a) keep x;\n(b) keep y; and\n(c) keep z.\n",
        ["The Secretary shall: (a) keep x; (b) keep y; and (c) keep z."],
    ),
    "bullets under a stem": (
        "The Secretary shall:\n\n- keep x;\n- keep y.\n",
        ["The Secretary shall: (a) keep x; (b) keep y."],
    ),
    "numbers under a stem": (
        "The Secretary shall:\n\n1. keep x;\n2. keep y.\n",
        ["The Secretary shall: (1) keep x; (2) keep y."],
    ),
    "ones under a stem": ("The Secretary shall:\n\n1. keep x;\n1. keep y.\n", ["The Secretary shall: (1) keep x; (2) keep y."]),
    "sentences, one of them still open": (
        "Ada and Bea agree:\n\n1. Ada shall pay.\n2. Bea shall go.\n3. {More}\n",
        ["Ada and Bea agree:", "Ada shall pay.", "Bea shall go.", "{More}"],
    ),
    "a stem without a colon": (
        "The Secretary shall\n\n- keep x;\n- keep y.\n",
        ["The Secretary shall (a) keep x; (b) keep y."],
    ),
    "lists in lists": ("He shall:\n\n- keep:\n  - x;\n  - y; and\n- go.\n", ["He shall: (a) keep: (i) x; (ii) y; and (b) go."]),
    "what follows a list": (
        "If he:\n\n(a) goes; or\n(b) stays,\n\nhe shall pay.\n\nNext.\n",
        ["If he: (a) goes; or (b) stays, he shall pay.", "Next."],
    ),
    "items that are sentences": (
        "The following rules apply:\n\n- The Tenant shall pay.\n- The Landlord shall repair.\n",
        ["The following rules apply:", "The Tenant shall pay.", "The Landlord shall repair."],
    ),
    "items with capitals under an open stem": (
        "The Secretary shall:\n\n- Keep x.\n- Keep y.\n",
        ["The Secretary shall: (a) Keep x. (b) Keep y."],
    ),
    "a list without a stem": ("One.\n\n- two\n- three\n", ["One.", "two", "three"]),
    "paragraphs of an item": ("He shall:\n\n- keep\n\n  x;\n- go.\n", ["He shall: (a) keep x; (b) go."]),
    "a table in a list": (
        "He shall:\n\n- keep:\n\n  | a |\n  |---|\n  | b |\n\n- go.\n",
        ["He shall: (a) keep: (b) go.", "a", "b"],
    ),
    "cells": ("| Who | What |\n|---|---|\n| Ada | The Tenant shall pay. |\n", ["Who", "What", "Ada", "The Tenant shall pay."]),
    "a quotation": ("> One.\n>\n> Two.\n", ["One.", "Two."]),
    "preformatted text is not read": ("```\nThe Tenant shall pay.\n```\n", []),
    "a kept line break": ("one  \ntwo\n", ["one two"]),
}


@pytest.mark.parametrize("name", PASSAGES)
def test_passages(name: str) -> None:
    source, expected = PASSAGES[name]
    assert read(source) == expected


PLAIN = {
    "nothing": ("as it is", "as it is"),
    "emphasis": ("*one* **two** _three_ ***four***", "one two three four"),
    "a star alone": ("2 * 3 * 4", "2 * 3 * 4"),
    "an underscore in a word": ("snake_case_name", "snake_case_name"),
    "code": ("`a b` and `` ` ``", "a b and `"),
    "a link": ('see [the *law*](http://example.org/a_(b) "t ) t") now', "see the law now"),
    "a link to a section": ("see [](#dues) and [](#late-dues).", "see [](#dues) and [](#late-dues)."),
    "a link to a section with words": ("see [the dues](#dues).", "see the dues."),
    "an empty link elsewhere": ("see [](http://example.org)!", "see !"),
    "an address": ("<http://example.org> and <a@example.org>", "http://example.org and a@example.org"),
    "an image": ("a ![alt *x*](b.png) c", "a ![alt *x*](b.png) c"),
    "entities": ("A&amp;B &lt; &#67; &nosuch;", "A&B < C &nosuch;"),
    "escapes": ("\\*one\\* \\[two\\] \\a", "*one* [two] \\a"),
    "HTML is text": ("<b>x</b>", "<b>x</b>"),
    "blanks": ("a  b\u00a0c\td", "a b c d"),
    "brackets": ("[a] and [b](", "[a] and [b]("),
    "emphasis around a link": ("**[](#a)**", "[](#a)"),
}


def at(string: str) -> Text:
    return Text(string, ((0, Place("a.md", 1, 1)),)) if string else Text("")


@pytest.mark.parametrize("name", PLAIN)
def test_plain(name: str) -> None:
    source, expected = PLAIN[name]
    assert plain(at(source)).string == expected


def wrong(source: str) -> list[tuple[str, str]]:
    """Characters that are not those at their place, but for blanks and what an entity stands for."""
    text = plain(at(source))
    found = []
    for offset, character in enumerate(text.string):
        here = source[text.place(offset).column - 1]
        if here != character and here != "&" and not (character == " " and here in "\t\n\u00a0\\ "):
            found.append((character, here))
    return found


@pytest.mark.parametrize("name", PLAIN)
def test_plain_text_keeps_its_places(name: str) -> None:
    assert wrong(PLAIN[name][0]) == []


INLINE = st.lists(
    st.sampled_from(
        [
            "*",
            "**",
            "_",
            "`",
            "``",
            "[",
            "](",
            "](#a)",
            ")",
            "<",
            ">",
            "&amp;",
            "&",
            "!",
            "\\",
            "\\*",
            " ",
            "  ",
            "a",
            "b c",
            "\\\n",
            "é",
            "{",
            "'",
            '"',
        ]
    ),
    max_size=14,
).map("".join)


@settings(deadline=None)
@given(INLINE)
def test_any_inline_markup_keeps_its_places(source: str) -> None:
    assert wrong(source.strip()) == []


@settings(deadline=None)
@given(INLINE)
@example("`*``*`")
def test_no_letter_of_a_text_is_lost(source: str) -> None:
    """Whatever the markup, what is read has every word that Markdown would print."""
    from markdown_it import MarkdownIt

    rendered = MarkdownIt("commonmark", {"html": False}).parseInline(source.strip())[0]
    kept = [token for token in rendered.children or [] if token.type in ("text", "code_inline")]
    printed = "".join(token.content for token in kept)
    assume("[](#a)" not in printed and all(token.type != "image" for token in rendered.children or []))
    assert "".join(printed.split()) == "".join(plain(at(source.strip())).string.replace("[](#a)", "").split())


def test_a_generated_marker_points_at_its_item() -> None:
    made = resolve(tree_of({"a.md": b"He shall:\n\n- keep x;\n- keep y.\n"}), "a.md")
    (passage,) = passages(made)
    second = passage.text.string.index("(b)")
    assert str(passage.text.place(second)) == "a.md:4:3"
    assert str(passage.text.place(passage.text.string.index("keep y"))) == "a.md:4:3"


def test_a_passage_knows_its_section() -> None:
    made = resolve(tree_of({"a.md": b"# A {#a}\n## B {#b .prose}\ntext\n"}), "a.md")
    assert [(passage.section, passage.number, passage.prose) for passage in passages(made)] == [("b", "1.1", True)]


def test_pieces_are_joined_with_their_places() -> None:
    whole = joined([at("one "), Text("two", ((0, Place("b.md", 2, 2)),))])
    assert [str(whole.place(n)) for n in (0, 4, 6)] == ["a.md:1:1", "b.md:2:2", "b.md:2:4"]
