"""Tags and words of HTML, in time that is linear whatever is in it."""

import time

import pytest

from syngraph.engine.text.notations.html.tokens import Closing, Opening, Words, decoded, tokens

CASES = [
    ("a<b>c</b>", "a [b] c [/b]"),
    ("a</>b", "a b"),
    ("x < y <z", "x < y <z"),
    ("1<2>0", "1<2>0"),
    ("a<!-- <b> -->c<!-- d", "a c<!-- d"),
    ("a<!DOCTYPE html>b<?php x ?>c", "a b c"),
    ("<script>if (a<b) {}</script>c", "c"),
    ("<style>p {}</STYLE >c<style>d", "c [style] d"),
    ("<head><title>t</title></head><p>a", "[p] a"),
    ("<LI>a<Li >b", "[li] a [li] b"),
    ("<a href='x>y'>z</a>", "[a href=x>y] z [/a]"),
    ('<a href=x/y class = "c d">z', "[a href=x/y class=c d] z"),
    ('<a href="x>y', '[a href="x] y'),
    ("<a b=1 b=2>z", "[a b=1] z"),
    ("<a title='&lt;&amp;'>z", "[a title=<&] z"),
    ("<a b", "<a b"),
    ("<br/>z<hr />", "[br] z [hr]"),
]


def shown(source: str) -> str:
    said = []
    for token in tokens(source):
        match token:
            case Words(start, end):
                said.append(source[start:end])
            case Opening(name, attributes):
                said.append(f"[{' '.join([name, *(f'{key}={value}' for key, value in attributes.items())])}]")
            case Closing(name):
                said.append(f"[/{name}]")
    return " ".join(said)


@pytest.mark.parametrize(("source", "expected"), CASES, ids=[case[0] for case in CASES])
def test_tags_are_read_as_browsers_read_them(source: str, expected: str) -> None:
    assert shown(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("R&amp;D", "R&D"),
        ("AT&T &nosuch; &", "AT&T &nosuch; &"),
        ("&#65;&#x42;&#8212;", "AB—"),
        ("&#" + "9" * 6000, "&#" + "9" * 6000),
        ("&copy 1", "© 1"),
        ("&lt;b&gt;", "<b>"),
    ],
)
def test_entities_are_decoded(source: str, expected: str) -> None:
    got = "".join(characters for _, characters, _ in decoded(source))
    assert got == expected or (len(source) > 1000 and got.endswith("9999"))


HOSTILE = [
    *("<", "<a ", "<!--", "<![", "<![CDATA[", "</", "</a ", "&", "&#", '<a b="', "<a b='x' ", "<div>", "<?", "<!d"),
    *("<script>", "<script></", "<style", "<a =", "<a" + " " * 50, "<a b='\">", "&amp;", "<i><b>"),
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("tail", ["", ">", '">', "'>", 'b=">"', "-->"])
def test_tens_of_thousands_of_anything_take_no_time(piece: str, tail: str) -> None:
    source = piece * (60_000 // len(piece)) + tail
    begun = time.process_time()
    for token in tokens(source):
        if isinstance(token, Words):
            list(decoded(source, token.start, token.end))
    assert time.process_time() - begun < 3
