"""What a page says otherwise than by words, put into words."""

import time

import pytest

from syngraph.engine.text.notations.html.remarks import Struck, told
from syngraph.engine.text.notations.html.settling import SettlingError, settled

CASES = {
    "powers": ("10<sup>6</sup> EUR, 5 m<sup>2</sup>, x<sup>n+1</sup>", "10^6 EUR, 5 m^2, x^(n+1)"),
    "a figure behind a power": ("10<sup>6</sup>5", "10^(6)5"),
    "ordinals": ("the 1<sup>st</sup> of May, M<sup>me</sup>", "the 1st of May, M^me"),
    "marks of notes": ("paid<sup>1</sup> EUR 5<sup><a href='#f'>2</a></sup>", "paid[1] EUR 5[2]"),
    "what is lowered": ("H<sub>2</sub>O, x<sub>1</sub>", "H_2O, x_1"),
    "hidden words": ("a<span style='display: none'>b <b>c</b></span>d<i hidden>e</i>", "ad"),
    "hidden paragraphs that nobody ended": ("<p hidden>f<p>g<ul><li hidden>h<li>i</ul>", "<p>g<ul><li>i</ul>"),
    "hidden to the end": ("<div>a<p hidden>b</div>c", "<div>a</div>c"),
    "images": ("<img alt='The <Seal>' src=x><img src=y>", "[The &lt;Seal&gt;]"),
    "forms": ("<input value=typed><input type=checkbox checked><input type=hidden value=x>", "[typed][x]"),
    "quotations": ("<q>a</q>", "“<q>a”</q>"),
    "a list that goes on in letters": (
        "<ol type=a start=3><li>x<ol><li>z</ol></li><li><p>y</p></li></ol>",
        "<div><div>(c) x<ol><li>z</ol></div><div><p>(d) y</p></div></div>",
    ),
    "nothing of that": ("<p>a &amp; b</p>", "<p>a &amp; b</p>"),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_put_into_words(name: str) -> None:
    source, expected = CASES[name]
    assert settled(source)[0] == expected


def test_what_was_done_is_told() -> None:
    source = "10<sup>6</sup><br><span hidden>The Landlord shall pay.</span>\n<img>"
    assert told(settled(source)[1]) == (
        "1 stretch of hidden words left out: “The Landlord shall pay.”",
        "1 raised or lowered figure or note written out: “10^6”",
        "1 image left out, its words kept: without words",
    )


REFUSED = {
    "struck out": ("<p>a\n<p>shall <s>not</s> pay", Struck.REFUSE, "words that are struck out: “not”"),
    "a change": ("<del>5</del><ins>6</ins>", Struck.KEEP, "words struck out and words inserted"),
    "no end": ("<del>a", Struck.DROP, "a deletion that does not end where it began"),
    "an end elsewhere": ("<p>a<del>b</p><p>c</del>", Struck.DROP, "a deletion that does not end where it began"),
    "letters of their own": ("<ol type=a><li>x<li value=5>y</ol>", Struck.REFUSE, "an entry with a letter of its own"),
    "letters that count down": ("<ol type=a reversed><li>x</ol>", Struck.REFUSE, "a list in letters that counts down"),
    "a number below nothing": ("<ol start=-1><li>x</ol>", Struck.REFUSE, "a list with the number -1"),
    "a formula": ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", Struck.REFUSE, "a formula"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_certain_is_refused(name: str) -> None:
    source, struck, found = REFUSED[name]
    with pytest.raises(SettlingError) as caught:
        settled(source, struck, "a.html")
    assert caught.value.found == found
    assert caught.value.help


def test_the_place_in_a_page_is_told() -> None:
    with pytest.raises(SettlingError) as caught:
        settled("<p>a\n<p>shall <s>not</s> pay", path="a.html")
    assert str(caught.value.place) == "a.html:2:1"


def test_a_deletion_that_was_accepted_is_gone() -> None:
    assert settled("EUR <del>5</del><ins>6</ins>", Struck.DROP)[0] == "EUR <ins>6</ins>"


@pytest.mark.parametrize(
    "part",
    [
        "<sup>",
        "<sup>1</sup>",
        "<span hidden>",
        "<p hidden>",
        "<del>a</del>",
        "<img>",
        "<q>",
        "</del>",
        "<a href=#>",
        "<sup><sub>",
    ],
)
def test_the_time_is_linear(part: str) -> None:
    begun = time.process_time()
    settled(part * 50_000, Struck.DROP)
    assert time.process_time() - begun < 3
