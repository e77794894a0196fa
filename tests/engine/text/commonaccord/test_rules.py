"""Each rule of the notation (rules.yaml): what is printed, and what is found on the way."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from syngraph.engine.text.findings import Finding
from syngraph.engine.text.notations.commonaccord.expansion import Printer
from syngraph.engine.text.notations.commonaccord.search import Search
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.notations.commonaccord.tracing import Trace
from syngraph.engine.text.store.folder import Memory

RULES = YAML(typ="safe").load(Path(__file__).with_name("rules.yaml"))
KNOWN = {"rule", "store", "root", "key", "strict", "lenient", "findings"}


def store(case: dict[str, Any]) -> Store:
    return Store(Memory({path: content.encode() for path, content in case["store"].items()}))


def printed(case: dict[str, Any], strict: bool) -> tuple[str, list[list[Any]]]:
    held: list[Finding] = []
    printer = Printer(Search(store(case), strict))
    text = printer.printed(case.get("root", "a.md").encode(), case.get("key", "r00t").encode(), held)
    return text.decode(), [[str(each.code), each.place.path, each.place.line] for each in held]


def test_every_rule_has_a_case() -> None:
    assert {case["rule"].split()[0] for case in RULES} == {f"R{number}" for number in range(1, 26)}
    assert all(case.keys() <= KNOWN for case in RULES)


@pytest.mark.parametrize("case", RULES, ids=lambda case: case["rule"])
def test_strictly(case: dict[str, Any]) -> None:
    text, found = printed(case, strict=True)
    assert text == case["strict"]
    assert found == ([] if "lenient" in case else case.get("findings", []))


@pytest.mark.parametrize("case", RULES, ids=lambda case: case["rule"])
def test_leniently(case: dict[str, Any]) -> None:
    assert printed(case, strict=False) == (case.get("lenient", case["strict"]), case.get("findings", []))


@pytest.mark.parametrize(
    "case", [case for case in RULES if "Missing" not in case.get("lenient", "")], ids=lambda case: case["rule"]
)
def test_with_places(case: dict[str, Any]) -> None:
    trace = Trace(store(case), case.get("root", "a.md"))
    assert trace.text(case.get("key", "r00t")).string + "\n" == case.get("lenient", case["strict"])
    assert [[str(each.code), each.place.path, each.place.line] for each in trace.findings] == case.get("findings", [])
