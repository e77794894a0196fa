"""Attacks by wording: a sentence that seems to let few decide, or to let nobody, is read as one that lets many."""

from typing import Any

import pytest

from syngraph.grammar.parse import read
from syngraph.grammar.rules import Decision


def decided_by(sentence: str) -> list[Any]:
    """The rules by which a vote would decide, of all sentences of a passage."""
    return [rule for each in read(sentence) for rule in each.rules if isinstance(rule, Decision)]


@pytest.mark.parametrize(
    "stem",
    [
        "Unless the Board objects:",
        "The following is repealed:",
        "It is not the case that:",
        "Nobody claims that:",
        "If the Board so asks:",
    ],
)
def test_a_stem_that_takes_back_its_items(stem: str) -> None:
    assert (
        decided_by(f"{stem} (a) these Bylaws may be amended by a majority of all Members; and (b) the Tools may be sold.") == []
    )


def test_two_who_must_agree_told_as_a_list() -> None:
    assert decided_by("These Bylaws may be amended by (a) a majority of all Members; and (b) the Chair.") == []


@pytest.mark.parametrize("share", ["0%", "0/1"])
def test_a_share_of_nothing(share: str) -> None:
    assert decided_by(f"These Bylaws may be amended by {share} of all Members.") == []


@pytest.mark.parametrize("whom", ["in good standing", "present on the moon"])
def test_a_body_that_is_narrowed_after_its_share(whom: str) -> None:
    assert decided_by(f"These Bylaws may be amended by two-thirds of all Members {whom}.") == []


@pytest.mark.parametrize("word", ["ｎｏｔ", "𝐧𝐨𝐭", "ɴᴏᴛ", "ⓝⓞⓣ", "ո\u043et", "n o t"])
def test_a_not_in_letters_of_another_shape(word: str) -> None:
    (sentence,) = read(f"The Tenant shall {word} sell the Tools.")
    assert sentence.rules == ()


def test_a_question_that_would_decide() -> None:
    assert decided_by("These Bylaws may be amended by a majority of all Members?") == []


@pytest.mark.parametrize("fact", ["no Tenant paid", "nobody paid", "Ana said that Ben paid", "if Ana paid", "Ana almost paid"])
def test_a_fact_of_what_nobody_did(fact: str) -> None:
    (sentence,) = read(f"On 4 May 2027, {fact} EUR 5 to the Landlord.")
    assert sentence.rules == ()
