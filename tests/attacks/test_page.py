"""The page of attacks is true: it names every test of this folder, and every guard stands where it says."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="module")
def mutations() -> Any:
    spec = importlib.util.spec_from_file_location("mutations", HERE / "mutations.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutations"] = module
    spec.loader.exec_module(module)
    return module


def test_every_guard_stands_where_the_list_says_and_only_there(mutations: Any) -> None:
    places = [(each.attack, file, old) for each in mutations.MUTATIONS for file, old, _ in each.places]
    counts = {place: (ROOT / place[1]).read_text(encoding="utf-8").count(place[2]) for place in places}
    assert {place: count for place, count in counts.items() if count != 1} == {}


def test_every_test_of_a_guard_is_there(mutations: Any) -> None:
    assert {name for each in mutations.MUTATIONS for name in each.names} - mutations.tests() == set()


def test_the_page_lists_every_test(mutations: Any) -> None:
    page = (HERE / "README.md").read_text(encoding="utf-8")
    assert [name for name in sorted(mutations.tests()) if f"`{name}`" not in page] == []


def test_every_guard_has_been_taken_away_and_missed(mutations: Any) -> None:
    page = (HERE / "README.md").read_text(encoding="utf-8")
    rows = [(each.attack, mutations.guarded(each)) for each in mutations.MUTATIONS]
    assert [attack for attack, row in rows if f"{row} | fail |" not in page] == []
