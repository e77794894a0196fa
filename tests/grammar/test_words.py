"""A word of weight is kept in a rule, or the sentence is not read."""

import pytest

from syngraph.grammar.parse import read
from syngraph.grammar.unparse import unparse

LOST = (
    ("Consent shall not be unreasonably withheld.", "unreasonably"),
    ("The invoice shall be promptly paid by the Buyer.", "promptly"),
    ("The Goods shall be immediately inspected by the Buyer.", "immediately"),
    ("The Assembly elects its Chair by a majority of the Members present.", "Assembly"),
)


@pytest.mark.parametrize(("text", "word"), LOST)
def test_a_sentence_whose_rule_would_lose_a_word_is_not_read(text: str, word: str) -> None:
    (sentence,) = read(text)
    assert (sentence.rules, sentence.unread and sentence.unread.word) == ((), word)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "The Borrower shall not rename the Boat without the prior written consent of the Lender.",
            "Unless the Lender gives written consent, the Borrower shall not rename the Boat.",
        ),
        (
            "The Tenant shall not sublet the Flat without the Landlord's written consent.",
            "Unless the Landlord gives written consent, the Tenant shall not sublet the Flat.",
        ),
        ("The Rent shall be paid by the Tenant.", "The Tenant shall pay the Rent."),
    ],
)
def test_words_in_another_form_are_kept(text: str, said: str) -> None:
    (sentence,) = read(text)
    assert [unparse(rule) for rule in sentence.rules] == [said]
