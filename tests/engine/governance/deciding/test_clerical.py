"""What is a matter of writing only, and what is not."""

from typing import Any

import pytest

from syngraph.engine.governance.deciding import clerical

TEXT = """---
title: Rules
fields:
  Hour: four
---

# Votes {#votes}

These Bylaws may be amended by a majority of all Members.
[](#tea) may be amended by two-thirds of all Members.

# Tea {#tea}

Tea is at {Hour}. The Chair shall make tea each week.
"""


@pytest.mark.parametrize(
    ("changes", "path", "expected"),
    [
        ({}, "bylaws.md", True),
        ({"Members.\n[]": "Members. []"}, "bylaws.md", True),
        ({"#tea": "#hot-drinks"}, "bylaws.md", True),
        ({"at {Hour}": "at four", "fields:\n  Hour: four\n": ""}, "bylaws.md", True),
        ({"Hour": "Time"}, "bylaws.md", True),
        ({"Hour: four": "Hour: five"}, "bylaws.md", False),
        ({"make tea": "brew tea"}, "bylaws.md", False),
        ({"# Tea": "# Coffee"}, "bylaws.md", False),
        ({"title: Rules": "title: Laws"}, "bylaws.md", False),
        ({"{#tea}": "{#tea .prose}"}, "bylaws.md", False),
        ({"](#tea)": "](#votes)"}, "bylaws.md", False),
        ({"title: Club": "title: Pub"}, "syngraph.yaml", False),
        ({"Bora": "Boris"}, "register.yaml", False),
        ({"Notes": "Other notes"}, "notes.md", False),
    ],
)
def test_what_is_clerical(changes: dict[str, str], path: str, expected: bool, club: Any) -> None:
    before = after = club.text(TEXT, notes_md="Notes\n")
    for old, new in changes.items():
        after = club.change(after, old, new, path)
    assert expected == clerical(before, after)
