"""The examples judged on the days of their case files, which were worked by hand."""

import shutil
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ruamel.yaml import YAML

from syngraph.engine.agreement import Agreement
from syngraph.engine.norms.judged.verdict import Verdict
from syngraph.engine.norms.sums.money import written

ROOT = Path(__file__).parents[2]


def cases() -> list[Any]:
    found = []
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        case = YAML(typ="safe").load(path)
        found += [pytest.param(case["agreement"], check, id=f"{path.stem}-{check['at']}") for check in case["checks"]]
    return found


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Agreement]:
    """Each example in a folder of its own, so that its one text governs from the beginning."""
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return {
        f"examples/{name.name}": Agreement.open(name)
        for name in (folder / "examples").iterdir()
        if (name / "syngraph.yaml").exists()
    }


@pytest.mark.parametrize(("agreement", "check"), cases())
def test_the_verdicts_are_those_worked_by_hand(opened: dict[str, Agreement], agreement: str, check: dict[str, Any]) -> None:
    made = opened[agreement]
    report = made.check((), datetime.combine(check["at"], time.max, ZoneInfo(made.calendar.zone)))
    expected = [row for listed in check["verdicts"] for row in wanted(listed)]
    left = [told(verdict) for verdict in report.verdicts]
    missing = []
    # The rows that say most choose first, so that one that says less does not take what another needs.
    for row in sorted(expected, key=len, reverse=True):
        met = next((verdict for verdict in left if meets(row, verdict)), None)
        if met is None:
            missing.append((row, near(row, left)))
        else:
            left.remove(met)
    assert (missing, left) == ([], [])
    assert dict(report.summary) == check["summary"]


@pytest.mark.parametrize("example", ["riverside", "lease"])
def test_every_sentence_that_binds_is_read(opened: dict[str, Agreement], example: str) -> None:
    made = opened[f"examples/{example}"]
    assert [clause.text.string for clause in made.clauses if clause.sentence.binding and not clause.sentence.rules] == []
    assert (made.coverage.read, made.coverage.unread) == (made.coverage.binding, 0)


@pytest.mark.parametrize("example", ["riverside", "lease"])
def test_every_fact_is_read(opened: dict[str, Agreement], example: str) -> None:
    made = opened[f"examples/{example}"]
    files = [path for path in made.tree.paths() if path.startswith("record/fact/")]
    assert made.record.findings == ()
    assert {fact.place.path for fact in made.record.facts} == set(files)


@pytest.mark.parametrize("example", ["riverside", "lease"])
def test_nothing_is_found_fault_with(opened: dict[str, Agreement], example: str) -> None:
    assert [f"{found.place} {found.code} {found.message}" for found in opened[f"examples/{example}"].findings] == []


def wanted(listed: dict[str, Any]) -> list[dict[str, str]]:
    """The rows of a case as text: one for each bearer that it lists."""
    row = {
        key: value.isoformat() if isinstance(value, date) else str(value) for key, value in listed.items() if key != "bearers"
    }
    return [{**row, "bearer": bearer} for bearer in listed["bearers"]] if "bearers" in listed else [row]


def told(verdict: Verdict) -> dict[str, str]:
    """A verdict as text, with the names that rows have."""
    amount = "" if verdict.amount_due is None else written(verdict.amount_due)
    days = {"since": verdict.since, "due": verdict.due}
    return {
        "section": verdict.section,
        "act": verdict.act,
        "bearer": verdict.bearer,
        "status": verdict.status.value,
        **{name: day.isoformat() if day else "" for name, day in days.items()},
        "amount_due": amount,
    }


def meets(row: dict[str, str], verdict: dict[str, str]) -> bool:
    """Whether a verdict is the one that a row names; no amount in the row is none due."""
    said = {"amount_due": "", **row}
    return all(value in verdict[key] if key == "act" else value == verdict[key] for key, value in said.items())


def near(row: dict[str, str], verdicts: list[dict[str, str]]) -> list[dict[str, str]]:
    """The verdicts on the same rule and bearer, to be shown when none is the right one."""
    return [verdict for verdict in verdicts if row["act"] in verdict["act"] and verdict["bearer"] == row["bearer"]]
