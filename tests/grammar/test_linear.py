"""No text takes more time than its length explains: a megabyte is answered at once, and a passage in proportion."""

import time
from collections.abc import Callable

import pytest

from syngraph.grammar.parse import LONGEST, read

MEGABYTE = 1_000_000
LONG = 2_000
WORDS = (
    *(
        "pay ",
        "a",
        "The Tenant shall pay, ",
        "pay and ",
        "(",
        "“",
        '" ',
        "(a) pay; ",
        ".",
        ". ",
        "A. ",
        "e.g. ",
        "1",
        "; ",
        " ",
    ),
    *("The Tenant shall pay. ", "If the Tenant pays, ", "pay unless ", "“Rent” means ", "Rent Tenant ", "non-", "\n", "the "),
    *(
        "chair of the ",
        "within 5 days ",
        "two-thirds of ",
        "a majority of ",
        "if ",
        "or ",
        "shall ",
        "not ",
        "EUR 5 ",
        "5 May ",
    ),
    *("{", "[](#a) ", "§ 5, ", "that ", "who ", "by ", "to be ", "is ", "’", "'s ", "either ", "each ", "every month "),
)
BEGINNINGS = ("", "The Tenant shall ", "If ", "“Rent” means ", "The Board may by ", "No ")


def repeated(beginning: str, words: str, length: int) -> str:
    return (beginning + words * (length // len(words)))[: length - 1] + "."


def taken(work: Callable[[], object]) -> float:
    """Seconds of the processor."""
    start = time.process_time()
    work()
    return time.process_time() - start


def test_a_megabyte_is_answered_at_once() -> None:
    for words in WORDS:
        if not words.rstrip().endswith((".", "\n")):
            text = repeated("The Tenant shall ", words, MEGABYTE)
            assert taken(lambda text=text: read(text)) < 2, words  # type: ignore[misc]


@pytest.mark.parametrize("words", ["The Tenant shall pay. ", "A. ", "e.g. ", ". "])
def test_a_passage_is_read_in_proportion(words: str) -> None:
    short, long = repeated("", words, 20_000), repeated("", words, 80_000)
    least = taken(lambda: read(short))
    assert taken(lambda: read(long)) < 8 * least + 0.2


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_a_long_sentence_is_answered_at_once(beginning: str) -> None:
    for words in WORDS:
        text = repeated(beginning, words, LONG)
        assert taken(lambda text=text: read(text)) < 2, words  # type: ignore[misc]


def test_the_longest_sentence_is_answered_at_once() -> None:
    for words in WORDS:
        text = repeated("The Tenant shall ", words, LONGEST)
        assert taken(lambda text=text: read(text)) < 1, words  # type: ignore[misc]
