"""Each rule of the notation (rules.yaml): what is printed, and what is found on the way."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from syngraph.engine.text.findings import Finding
from syngraph.engine.text.notations.commonaccord import expansion, search
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


def test_a_long_honest_document_is_whole() -> None:
    """300 sections that each mention 60 of 200 terms, which stand in one object behind the sections."""
    sections = [b" ".join(b"word {T%d}" % ((section * 7 + at) % 200) for at in range(60)) for section in range(300)]
    files = {f"s{number}.md": b"sec=" + text + b"\n" for number, text in enumerate(sections)}
    files["terms.md"] = b"".join(b"T%d=the term %d\n" % (number, number) for number in range(200))
    whole = b"".join(b"{%d.sec}" % number for number in range(300))
    files["a.md"] = b"r00t=" + whole + b"\n" + b"".join(b"%d.=[s%d.md]\n" % (at, at) for at in range(300)) + b"=[terms.md]\n"
    expected = re.sub(rb"\{T(\d+)\}", rb"the term \1", b"".join(sections))
    found: list[Finding] = []
    assert Printer(Search(Store(Memory(files)), strict=True)).printed(b"a.md", b"r00t", found) == expected + b"\n"
    assert found == []


def test_an_answer_does_not_depend_on_those_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that took too long leaves names open; the next about the same object is as if asked for alone."""
    for module in (search, expansion):
        monkeypatch.setattr(module, "MAX_WORK", 100_000)
    files = {f"{at}.md": b"=[%d.md]\nk%d={k%d}\n" % (at + 1, at, at + 1) for at in range(400)}
    files["0.md"] = b"r00t={k1}\nlast=see {k399}\n=[1.md]\n"
    files["400.md"] = b"k400=end\n"
    printer = Printer(Search(Store(Memory(files))))
    first = printer.printed(b"0.md", b"r00t")
    assert first != b"end\n"
    assert printer.printed(b"0.md", b"last") == b"see end\n"
