"""The grammar itself: no conflicts, one reading, nothing lost."""

import string
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark
from lark.exceptions import GrammarError

from syngraph.grammar.building import tables
from syngraph.grammar.parse import read
from syngraph.grammar.sentence import Kind
from syngraph.grammar.sentences import clauses, sentences

SOURCE = files("syngraph.grammar").joinpath("clause.lark").read_text(encoding="utf-8")


def test_builds_in_strict_mode_without_conflict() -> None:
    strict = tables.made(strict=True)
    assert strict.options.strict is True
    assert strict.options.parser == "lalr"


def test_strict_mode_would_show_a_conflict() -> None:
    conflicting = SOURCE.replace("status: TEXT BE items", "status: TEXT BE items | TEXT BE items item")
    assert conflicting != SOURCE
    with pytest.raises(GrammarError):
        Lark(conflicting, parser="lalr", lexer=tables.made().options.lexer, strict=True)


WORDS = st.sampled_from(
    [
        "The",
        "Tenant",
        "shall",
        "may",
        "not",
        "pay",
        "the",
        "Rent",
        "to",
        "Landlord",
        "within",
        "30",
        "days",
        "after",
        "by",
        "31",
        "March",
        "2027",
        "each",
        "month",
        "if",
        "unless",
        ",",
        ";",
        ":",
        ".",
        "(a)",
        "(b)",
        "and",
        "or",
        '"Rent"',
        "means",
        "EUR",
        "1,200",
        "a",
        "majority",
        "of",
        "votes",
        "cast",
        "two-thirds",
        "all",
        "Members",
        "Quorum",
        "is",
        "Section",
        "3",
        "[](#dues)",
        "be",
        "amended",
        "5%",
        "up",
        "until",
        "during",
        "On",
        "1",
        "May",
        ",",
        "paid",
        "who",
        "that",
        "when",
        "due",
        "fails",
        "must",
        "only",
        "No",
        "Only",
        "Either",
        "thirty",
        "(30)",
        "?",
        "!",
        "e.g.",
        "No.",
        "\n\n",
        "é",
        "“X”",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.text(alphabet=string.printable, max_size=300), st.lists(WORDS, max_size=40).map(" ".join)
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("On 3 May 2027, Ada paid EUR 5 to Rye Inc. On 4 May 2027, Rye Inc. gave notice.", 2),
        ("On 3 May 2027, Ada paid EUR 5 to Rye T. On 4 May 2027, Rye T gave notice.", 2),
        ("A. The Tenant shall leave.", 1),
        ("Rye Corp. (the Baker) sells to Oat Ltd. The Baker shall pay Oat Ltd. EUR 5.", 2),
        ("Rye Inc. No. 4 Mill Lane shall pay Oat Co. In Trust.", 1),
        ("The Baker shall pay Dr. The Hague EUR 5.", 1),
    ],
)
def test_a_name_that_ends_with_an_abbreviation_can_end_a_sentence(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_sentences_in_are_sentences_out(text: str) -> None:
    spans = sentences(text)
    found = read(text)
    assert tuple(sentence.span for sentence in found) == spans
    assert [text[s.start : s.end] for s in spans] == [sentence.text for sentence in found]
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    assert edges == sorted(edges)
    assert all(text[before:after].strip() == "" for before, after in zip(edges[::2], edges[1::2], strict=True))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_sentence_has_one_outcome(text: str) -> None:
    for sentence in read(text):
        silent = sentence.kind in (Kind.PROSE, Kind.AMBIGUOUS, Kind.UNREAD)
        assert bool(sentence.rules) is not silent
        assert (sentence.unread is not None) is (sentence.kind in (Kind.AMBIGUOUS, Kind.UNREAD))
        if sentence.unread is not None:
            assert 0 <= sentence.unread.span.start <= sentence.unread.span.end <= len(sentence.text)
        for mistake in sentence.mistakes:
            assert 0 <= mistake.span.start <= mistake.span.end <= len(sentence.text)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_clauses_of_a_sentence_are_in_order_and_apart(text: str) -> None:
    ends = [edge for span in clauses(text) for edge in (span.start, span.end)]
    assert ends == sorted(ends)


def test_one_bad_sentence_does_not_hurt_the_next() -> None:
    found = read("The Tenant shall banana within. The Tenant shall pay the Rent by 5 May 2027.")
    assert [sentence.kind for sentence in found] == [Kind.UNREAD, Kind.OBLIGATION]


def test_a_sentence_of_a_megabyte_is_answered() -> None:
    (sentence,) = read("The Tenant shall pay " + "very " * 200_000 + "much.")
    assert sentence.kind is Kind.UNREAD
