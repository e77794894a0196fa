"""Small agreements with what happened under them and the verdicts that follow, each worked by hand.

`verdicts` are lines that the report must have, in any order; `all` says that it has no others. `not` are words that no line
may hold; `findings` the codes found; `because` a part of a reason of some verdict.
"""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

FILES = (
    "verdicts",
    "acts",
    "circumstances",
    "arithmetic",
    "corners",
    "reach",
    "clocks",
    "quantities",
    "instalments",
    "balances",
    "caps",
    "repaid",
    "exchanges",
    "allocation",
    "moments",
    "payments",
    "pronouns",
    "measures",
    "lateness",
    "changes",
    "notices",
    "excuses",
    "strayed",
    "again",
    "respites",
)
CASES: list[dict[str, Any]] = [
    case for name in FILES for case in YAML(typ="safe").load(Path(__file__).parent / "cases" / f"{name}.yaml")
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_verdicts(case, judged, lines):
    report = judged(case)
    found = lines(report)
    expected = case.get("verdicts", [])
    if "all" in case:
        assert sorted(case["all"]) == sorted(found)
    assert expected == [line for line in expected if line in found], "\n".join(found)
    for words in case.get("not", []):
        assert not [line for line in found if words in line]
    assert case.get("findings", []) == [finding.code for finding in report.findings], report.findings
    for reason in case.get("because", []):
        assert any(reason in each.text for one in report.verdicts for each in one.reasons), [
            one.reasons for one in report.verdicts
        ]
