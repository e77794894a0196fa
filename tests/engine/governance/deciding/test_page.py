"""What docs/deciding.md says of its example is so."""

from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[4] / "docs" / "deciding.md"
SECTIONS = """
# Purpose {#purpose}

The Club is for Neighbours.

# Words {#words}

"Neighbour" means a person in the street.

# House {#house}

The house is warm.

## Rent {#house-rent}

The rent is low.

## Roof {#house-roof}

The roof is red.

# Tea {#tea}

Tea is at four.
"""


def rules() -> list[str]:
    return [line.removeprefix("> ").strip() for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("> ")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([("four", "five")], {0}),
        ([("warm", "cool")], {1}),
        ([("red", "blue")], {1}),
        ([("low", "high")], {2}),
        ([("four", "five"), ("warm", "cool")], {0, 1}),
        ([("is for", "is not for")], {3}),
        ([("in the street", "in the town")], {0, 3}),
        ([("[](#purpose) may not be amended.", "")], {0, 3}),
        ([("the consent of every Member", "the consent of the Chair")], {0, 2}),
    ],
)
def test_the_example_is_as_the_page_says(changes: list[tuple[str, str]], expected: set[int], club: Any) -> None:
    sentences = rules()
    before = after = club.text(f"# Votes {{#votes}}\n\n{' '.join(sentences)}\n{SECTIONS}")
    for old, new in changes:
        after = club.change(after, old, new)
    needs = club.required(before, after)
    found = {*club.named(needs), *(placed.clause.sentence.text for placed in needs.barred)}
    assert ({sentences[at] for at in expected}, ()) == (found, needs.undetermined)
