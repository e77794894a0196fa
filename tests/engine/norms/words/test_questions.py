"""What a text leaves to the record is listed, all of it and nothing else."""

import pytest

from syngraph.engine.norms.words.questions import untold
from syngraph.engine.text.clauses import Clause, placed
from syngraph.engine.text.provenance import Text
from syngraph.grammar.parse import read


def asked(passage: str) -> list[str]:
    clauses = tuple(Clause("a", "1", sentence, Text(sentence.text), False) for sentence in read(passage))
    return [one.text for one in untold(placed(clauses))]


ASKED = (
    ("The Tenant shall clean the yard if the weather is fine.", ["whether the weather is fine"]),
    ("The Tenant shall clean the yard unless the weather is bad.", ["whether the weather is bad"]),
    ("A Member who is in arrears shall not vote.", ["who is meant by “Member who is in arrears”"]),
    ("The Tenant shall promptly clean the yard.", ["whether it was done promptly"]),
    ("No vote may be cast during the discussion period.", ["whether it is during the discussion period"]),
    ("The Tenant shall keep the yard clean during the Term.", []),
    ("The Tenant shall clean the yard within 3 days after the Landlord gives notice.", []),
    ("If the Tenant fails to pay the Rent when due, the Tenant shall pay a late fee of EUR 5.", []),
    ("These Bylaws may be amended by a majority of all Members.", []),
    ("This Lease is renewed for successive terms of one year unless the roof leaks.", ["whether the roof leaks"]),
)


@pytest.mark.parametrize(("passage", "expected"), ASKED, ids=lambda value: str(value)[:40])
def test_lists_what_only_the_record_can_tell(passage: str, expected: list[str]) -> None:
    assert asked(passage) == expected
