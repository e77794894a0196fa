"""What the views of CommonAccord's own renderer tell is in ours: the recorded cases of ../shared/cases."""

import json
import re
from collections.abc import Callable
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.notations.commonaccord.tracing import Trace
from syngraph.engine.text.store import tree_of
from syngraph.engine.text.views import commonaccord

CASES = Path(__file__).parents[5] / "shared" / "cases" / "commonaccord-rules.jsonl"


@cache
def cases() -> dict[str, dict[str, Any]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return {case["id"]: case for case in map(json.loads, lines)}


def facts_of_missing(said: str) -> set[str]:
    return set(re.findall(r"(?m)^(.+)=<br><br>$", said))


def missing(trace: Trace, key: str) -> set[str]:
    return {each.name for each in commonaccord.missing(trace, key).keys}


def facts_of_trace(said: str) -> set[tuple[str, ...]]:
    rows = re.findall(r"<tr><td[^>]*>(.*?)</td><td[^>]*>(.*?) <br>\[(.*?)\]</td><td>(.*?)</td></tr>", said)
    return {tuple(map(unescape, row)) for row in rows}


def trace(of: Trace, key: str) -> set[tuple[str, ...]]:
    return {(each.prefix, each.key, each.place.path, each.text) for each in commonaccord.trace(of, root=key).keys}


def facts_of_xray(said: str) -> set[tuple[str, ...]]:
    return set(re.findall(r"\(<b>(.*?)</b> = (.*?)\)", said))


def xray(trace: Trace, key: str) -> set[tuple[str, ...]]:
    made = commonaccord.xray(trace, key)
    assert made is not None
    return {(piece.key, piece.text) for piece in made.pieces}


def facts_of_docmap(said: str) -> set[tuple[str, ...]]:
    values = re.findall(r'<span title="(.*?)" id=".*?" >(.*?)</span>', said)
    return {*values, *((path,) for path in re.findall(r"(?m)(?:^|<br>)\[(.*?)\]$", said))}


def docmap(trace: Trace, key: str) -> set[tuple[str, ...]]:
    given = commonaccord.trace(trace, root=key).keys
    return xray(trace, key) | {(each.place.path,) for each in given}


def facts_of_graph(said: str) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for name, imports in re.findall(r'"name": "\./Doc/(.*?)", "imports": \[(.*?)\]', said, re.DOTALL):
        found |= {(name,), *((name, path) for path in re.findall(r'"\./Doc/(.*?)"', imports))}
    return found


def graph(trace: Trace, key: str) -> set[tuple[str, ...]]:
    made = commonaccord.inclusions(trace.store, trace.root)
    return {*((path,) for path in made.objects), *((edge.source, edge.link.path) for edge in made.edges)}


Facts = Callable[[str], set[Any]]
Ours = Callable[[Trace, str], set[Any]]
VIEWS: dict[str, tuple[Facts, Ours, int]] = {
    "V5": (facts_of_missing, missing, 3),
    "V8": (facts_of_trace, trace, 1),
    "V9": (facts_of_xray, xray, 1),
    "V10": (facts_of_docmap, docmap, 2),
    "V14": (facts_of_graph, graph, 3),
}


@pytest.mark.skipif(not CASES.exists(), reason="the recorded cases of ../shared/cases are not here")
@pytest.mark.parametrize("case", VIEWS)
def test_our_view_has_the_facts_of_the_reference(case: str) -> None:
    recorded = cases()[case]
    facts, ours, count = VIEWS[case]
    wanted = facts(recorded["perl_stdout"])
    assert len(wanted) == count
    store = Store(tree_of({path: content.encode("latin-1") for path, content in recorded["files"].items()}))
    assert wanted <= ours(Trace(store, recorded["file"].removeprefix("./Doc/")), recorded["key"])
