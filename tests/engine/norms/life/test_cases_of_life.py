"""Suspensions, powers over norms, ends and amendments: small agreements with verdicts worked by hand (see ../test_cases.py)."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

FOLDER = Path(__file__).parents[1] / "cases"
FILES = ("suspension", "powers", "ends", "lasting")
CASES: list[dict[str, Any]] = [case for name in FILES for case in YAML(typ="safe").load(FOLDER / f"{name}.yaml")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_life(case, judged, lines):
    report = judged(case)
    found = lines(report)
    if "all" in case:
        assert sorted(case["all"]) == sorted(found)
    expected = case.get("verdicts", [])
    assert expected == [line for line in expected if line in found], "\n".join(found)
    assert not [line for line in found for words in case.get("not", []) if words in line]
    assert case.get("findings", []) == [finding.code for finding in report.findings], report.findings
    reasons = [each.text for one in report.verdicts for each in one.reasons]
    for words in case.get("because", []):
        assert [text for text in reasons if words in text], reasons
