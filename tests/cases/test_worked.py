"""Eight agreements of common kinds, judged on several days of several histories that were worked by hand.

A row is `section bearer: words of the act: status since DAY due DAY owes AMOUNT`, without what there is not. Every verdict must
be listed, once; of what is pending, and of what is undetermined without a day, the day is not asked for.
"""

from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ruamel.yaml import YAML

from syngraph.engine.agreement import Agreement
from syngraph.engine.norms.judged.verdict import Verdict
from syngraph.engine.norms.sums.money import written
from syngraph.engine.norms.told import table

FOLDER = Path(__file__).parent / "worked"
WORKED: dict[str, dict[str, Any]] = {path.stem: YAML(typ="safe").load(path) for path in sorted(FOLDER.glob("*.yaml"))}


def checks() -> list[Any]:
    return [
        pytest.param(
            name,
            history,
            check,
            id=f"{name}-{history['name']}-{check['at']}".replace(" ", "-"),
        )
        for name, case in WORKED.items()
        for history in case["histories"]
        for check in history["checks"]
    ]


def write(case: dict[str, Any], folder: Path) -> Agreement:
    """Lays an agreement out as files and opens it."""
    zone, holidays = case["calendar"]["zone"], case["calendar"]["holidays"]
    register = "principals:\n" + "".join(
        f"  - id: {principal}\n    name: {name}\n    kind: person\n    roles:\n"
        + "".join(f"      - {{role: {role}, since: {case['since']}}}\n" for role in roles)
        for principal, (name, *roles) in case["register"].items()
    )
    manifest = (
        f"syngraph: 1\ntitle: {case['agreement']}\nbranch: main\nroot: agreement.md\nregister: register.yaml\n"
        f"calendar: {{zone: {zone}, holidays: {holidays}}}\n"
    )
    for path, text in (("syngraph.yaml", manifest), ("register.yaml", register), ("agreement.md", case["text"])):
        (folder / path).write_text(text, encoding="utf-8")
    return Agreement.open(folder)


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Agreement]:
    return {name: write(case, tmp_path_factory.mktemp(name)) for name, case in WORKED.items()}


@pytest.mark.parametrize("name", WORKED)
def test_every_sentence_that_binds_is_read(opened: dict[str, Agreement], name: str) -> None:
    """But for those that the case lists: what is not read is shown as a row of its own, without an act."""
    made = opened[name]
    unread = [clause.text.string.strip() for clause in made.clauses if clause.sentence.binding and not clause.sentence.rules]
    assert WORKED[name].get("unread", []) == unread


@pytest.mark.parametrize(("name", "history", "check"), checks())
def test_the_verdicts_are_those_worked_by_hand(
    opened: dict[str, Agreement], name: str, history: dict[str, Any], check: dict[str, Any]
) -> None:
    made = opened[name]
    told = made.facts(history.get("facts", ""))
    listed = table.read("facts.csv", history["csv"].encode()) if "csv" in history else None
    assert (told.findings, listed.findings if listed else ()) == ((), ())
    at = datetime.combine(check["at"], time.max, ZoneInfo(made.calendar.zone))
    report = made.check((*told.facts, *(listed.facts if listed else ())), at)
    missing, left = [], [verdict for verdict in report.verdicts if verdict.act]
    for row in flat(check["verdicts"]):
        met = next((verdict for verdict in left if meets(row, verdict)), None)
        if met is None:
            missing.append(row)
        else:
            left.remove(met)
    assert [*missing, "---"] == ["---", *map(line, left)]
    assert sorted({finding.code for finding in report.findings} - {"SG403"}) == history.get("findings", [])


def flat(rows: list[Any]) -> list[str]:
    return [one for row in rows for one in (row if isinstance(row, list) else [row])]


def ending(verdict: Verdict) -> str:
    since = f" since {verdict.since}" if verdict.since else ""
    due = f" due {verdict.due}" if verdict.due else ""
    owes = f" owes {written(verdict.amount_due)}" if verdict.amount_due is not None and verdict.amount_due.amount else ""
    return f"{verdict.status.value}{since}{due}{owes}"


def line(verdict: Verdict) -> str:
    return f"{verdict.section} {verdict.bearer}: {verdict.act}: {ending(verdict)}"


def meets(row: str, verdict: Verdict) -> bool:
    head, act, stands = row.split(": ")
    if head != f"{verdict.section} {verdict.bearer}" or act not in verdict.act:
        return False
    return stands == verdict.status.value if stands in ("pending", "undetermined") else stands == ending(verdict)
