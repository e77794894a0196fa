"""Text that is not shown is text all the same: the rule for the whole decides on it, and no change of it is clerical."""

from typing import Any

import pytest

from syngraph.engine.governance.deciding import clerical

ALL = "These Bylaws may be amended by two-thirds of all Members."
WEAK = "[](#dues) may be amended by a majority of the votes cast."
FORM = "# Kitchen {#kitchen}\n\nThe kitchen is open.\n\n# Cellar {#cellar}\n\nThe cellar is shut.\n"
TEXT = f"""---
title: T
include: [forms/house.md]
omit: [cellar]
fields:
  Fine: EUR 5
  Spare: EUR 6
---

# Emergency {{#emergency when=Emergency}}

The Chair shall report to the Members.

# Dues {{#dues}}

Each Member shall pay {{Fine}} to the Treasurer by 31 January of each year.

# Amendment {{#amendment}}

{ALL} {WEAK}
"""
WAYS = {
    "when": ("bylaws.md", "The Chair shall report to the Members.", "The Chair may remove a Member."),
    "omit": ("forms/house.md", "The cellar is shut.", "The Chair may remove a Member."),
    "a field that nothing fills in": ("bylaws.md", "Spare: EUR 6", "Spare: EUR 600"),
    "a new hidden section": (
        "bylaws.md",
        "# Dues",
        "# More {#more when=Emergency}\n\nThe Chair may remove a Member.\n\n# Dues",
    ),
    "a hidden section away": (
        "bylaws.md",
        "# Emergency {#emergency when=Emergency}\n\nThe Chair shall report to the Members.\n\n",
        "",
    ),
}


def house(club: Any) -> Any:
    known = club.text(TEXT.replace("include: [forms/house.md]\nomit: [cellar]\n", ""))
    files = {path: known.tree.read(path) for path in known.tree.paths()}
    return club.of_files(files | {"bylaws.md": TEXT.encode(), "forms/house.md": FORM.encode()})


@pytest.mark.parametrize("way", WAYS)
def test_hidden_text_asks_for_the_rule_of_the_whole(way: str, club: Any) -> None:
    path, old, new = WAYS[way]
    before = house(club)
    after = club.change(before, old, new, path)
    assert club.named(club.required(before, after)) == [ALL]
    assert not clerical(before, after)


@pytest.mark.parametrize("way", WAYS)
def test_hidden_text_does_not_ride_on_a_section_with_a_weaker_rule(way: str, club: Any) -> None:
    path, old, new = WAYS[way]
    before = house(club)
    after = club.change(club.change(before, "by 31 January", "by 28 January"), old, new, path)
    needs = club.required(before, after)
    assert {ALL, WEAK} <= set(club.named(needs))
    assert any("not shown" in name for name in needs.reach.general)


def test_a_field_that_is_shown_is_part_of_its_section(club: Any) -> None:
    before = house(club)
    assert club.named(club.required(before, club.change(before, "Fine: EUR 5", "Fine: EUR 7"))) == [WEAK]


def test_where_lines_of_hidden_text_break_does_not_matter(club: Any) -> None:
    before = house(club)
    assert clerical(before, club.change(before, "The Chair shall report", "The Chair shall\nreport"))
