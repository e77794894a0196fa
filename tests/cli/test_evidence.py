"""Asking for better evidence, and how a verdict says what it has."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from syngraph.cli.manners import options, verdicts
from syngraph.engine.norms.judged.verdict import Verdict
from syngraph.engine.norms.life.instances import Status
from syngraph.engine.norms.told.facts import Evidence

EXAMPLE = Path(__file__).parents[2] / "examples" / "riverside"


@pytest.fixture
def club(tmp_path: Path) -> Path:
    return Path(copytree(EXAMPLE, tmp_path / "riverside"))


def dues(answer: str, bearer: str) -> list[tuple[str, str | None]]:
    told = json.loads(answer)["verdicts"]
    return [(one["status"], one["evidence"]) for one in told if (one["section"], one["bearer"]) == ("dues", bearer)]


def test_the_levels_are_those_of_the_engine() -> None:
    assert tuple(Evidence) == options.LEVELS


def test_facts_that_nobody_signed_count_as_claims_only(syngraph: Callable, club: Path) -> None:
    at = ("--at", "2026-02-15", "--json")
    asked = {level: dues(syngraph("check", club, *at, "--evidence", level).out, "ada") for level in options.LEVELS}
    assert asked == {
        "claimed": [("fulfilled", "claimed")],
        **{level: [("violated", None)] for level in options.LEVELS[1:]},
    }


@pytest.mark.parametrize("verb", [("check",), ("explain", "dues", "ada", "--in")])
def test_check_and_explain_take_the_level(syngraph: Callable, club: Path, verb: tuple[str, ...]) -> None:
    plain = syngraph(*verb, club, "--at", "2026-02-15").out
    asked = syngraph(*verb, club, "--at", "2026-02-15", "--evidence", "Agreed").out
    assert "fulfilled (claimed)" in plain
    assert "fulfilled" not in asked


def test_what_only_a_claim_settles_is_due_by_better_evidence(syngraph: Callable, club: Path) -> None:
    def overdue(*arguments: str) -> bool:
        told = json.loads(syngraph("next", club, "--at", "2026-02-15", "--json", *arguments).out)["next"]
        return any((one["section"], one["bearer"], one["status"]) == ("dues", "ada", "violated") for one in told)

    assert (overdue(), overdue("--evidence", "admitted")) == (False, True)


def test_what_if_compares_by_one_level(syngraph: Callable, club: Path) -> None:
    fact = "On 14 February 2026, Dov Lindqvist paid EUR 60 to Carla Mott under [](#dues)."
    told = syngraph("what-if", club, "--at", "2026-02-15", "--fact", fact, "--evidence", "admitted")
    assert (told.code, "no verdict would change" in told.out) == (0, True)


def test_a_level_that_is_none_is_refused(syngraph: Callable, club: Path) -> None:
    answer = syngraph("check", club, "--evidence", "sworn")
    assert answer.code == 2
    assert "agreed" in answer.err


@pytest.mark.parametrize(
    ("status", "evidence", "shown"),
    [
        (Status.FULFILLED, None, "fulfilled"),
        (Status.FULFILLED, Evidence.CLAIMED, "fulfilled (claimed)"),
        (Status.CURED, Evidence.ADMITTED, "cured (admitted)"),
        (Status.VIOLATED, None, "violated"),
        (Status.VIOLATED, Evidence.CLAIMED, "violated"),
        (Status.VIOLATED, Evidence.AGREED, "violated (agreed)"),
        (Status.DISCHARGED, Evidence.ADMITTED, "discharged (admitted)"),
        (Status.IN_FORCE, Evidence.AGREED, "in force"),
    ],
)
def test_a_status_says_how_well_it_is_supported(status: Status, evidence: Evidence | None, shown: str) -> None:
    assert verdicts.status(Verdict("", "", "", "", "", "", status, evidence=evidence)) == shown


def test_a_statement_by_somebody_unknown_is_a_finding(syngraph: Callable, club: Path) -> None:
    path = club / "record" / "fact" / "2026-01-12-ada-pays-dues.md"
    path.write_text(path.read_text(encoding="utf-8").replace("principal: ada", "principal: adda"), encoding="utf-8")
    found = [one for one in json.loads(syngraph("lint", club, "--format", "json").out) if one["code"] == "SG408"]
    assert [(one["path"][-39:], one["line"]) for one in found] == [("record/fact/2026-01-12-ada-pays-dues.md", 3)]
