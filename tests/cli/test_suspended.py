"""What is on hold says so, to people and to programs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

TEXT = """# Delivery {#delivery}

The Seller shall deliver the Boat to the Buyer by 30 April 2027.

# Suspension {#suspension}

The Buyer may suspend this Agreement by notice to the Seller.
"""
REGISTER = """principals:
  - {id: seller, name: Quay Boats, kind: organisation, roles: [{role: Seller, since: 2027-01-01}]}
  - {id: buyer, name: Nora Tide, kind: person, roles: [{role: Buyer, since: 2027-01-01}]}
"""


@pytest.fixture
def sale(tmp_path: Path) -> Path:
    for name, text in (
        ("syngraph.yaml", "syngraph: 1\ntitle: Sale\nbranch: main\nroot: sale.md\nregister: register.yaml\n"),
        ("register.yaml", REGISTER),
        ("sale.md", TEXT),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_duty_on_hold_is_told_so_and_has_no_day(syngraph: Callable, sale: Path) -> None:
    fact = ("--fact", "On 1 April 2027, Nora Tide suspended this Agreement by notice to Quay Boats.", "--at", "2027-05-20")
    changes = json.loads(syngraph("what-if", sale, *fact, "--json").out)["changes"]
    delivery = next(one for one in changes if one["after"]["section"] == "delivery")
    assert (delivery["before"]["status"], delivery["before"]["suspended"]) == ("violated", None)
    after = delivery["after"]
    assert (after["status"], after["suspended"], after["due"]) == ("in force", "2027-04-01", None)
    assert "violated -> in force, suspended" in syngraph("what-if", sale, *fact).out
