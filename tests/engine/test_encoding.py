"""Sentences come back from bytes as they were, and nothing else can come out."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.engine.encoding import decode, encode
from syngraph.grammar.amounts import Accrual, By, Capped, Day, DayOfYear, Duration, Money, Named, Part, Rate, Unit
from syngraph.grammar.rules import Act, Actor, Base, Comparison, Obligation, Quantifier, Threshold
from syngraph.grammar.sentence import Kind, Sentence
from syngraph.grammar.span import Span

DUES = Sentence(
    "Each Member shall pay annual dues of EUR 60 by 31 January of each year.",
    Span(0, 70),
    Kind.OBLIGATION,
    binding=True,
    rules=(
        Obligation(
            Actor(("Member",), Quantifier.EACH),
            Act("pay", "annual dues of EUR 60", amount=Money(Decimal("60"), "EUR")),
            (By(DayOfYear(1, 31)),),
        ),
    ),
)

amounts = st.recursive(
    st.builds(Money, st.decimals(allow_nan=False, allow_infinity=False), st.sampled_from(("EUR", "USD")))
    | st.builds(Named, st.text()),
    lambda inner: (
        st.builds(Part, st.fractions(), inner)
        | st.builds(Capped, inner, inner)
        | st.builds(
            Rate, inner, st.fractions(), st.builds(Duration, st.integers(1, 9), st.sampled_from(Unit)), st.sampled_from(Accrual)
        )
    ),
    max_leaves=6,
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | amounts | st.builds(Day, st.dates()),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=12,
)


def test_a_sentence_comes_back() -> None:
    assert decode(encode((DUES, DUES))) == (DUES, DUES)


@given(values)
def test_what_goes_in_comes_out(value: object) -> None:
    assert repr(decode(encode(value))) == repr(value)


def test_numbers_that_are_equal_keep_their_types() -> None:
    value = (1, True, Decimal(1), Decimal("1.0"), Fraction(1), "1", 0, False, None)
    assert repr(decode(encode(value))) == repr(value)


def test_equal_parts_stand_once() -> None:
    threshold = Threshold(Comparison.AT_LEAST, Fraction(2, 3), Base.ALL, "Member")
    assert len(encode((threshold,) * 100)) < len(encode((threshold,))) + 500


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"[[0,1]]",
        b"[[999]]",
        b'["x",[1,0]]',
        b'["1/0",[2,0]]',
        b"[[0,[0]]]",
        b"\xff",
        b'[["__import__","os"]]',
        b"[" * 100_000,
        b'["2027-13-01",[3,0]]',
    ],
)
def test_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(ValueError):
        decode(content)


def test_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match="object is not of a type that is encoded"):
        encode((object(),))


def test_dates_are_dates() -> None:
    assert decode(encode((By(Day(date(2027, 3, 31))),))) == (By(Day(date(2027, 3, 31))),)
