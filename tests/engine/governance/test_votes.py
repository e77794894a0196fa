"""Decisions with numbers: every outcome and every smallest number of votes, worked by hand.

The cases beside this file are our own; those in ../shared, where it is there, have the same shapes with other numbers.
"""

import re
import warnings
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from syngraph.engine.governance.deciding import Choice, electorate, may_move, required, tally
from syngraph.engine.governance.deciding.moving import called
from syngraph.engine.governance.governing import Governing, governing
from syngraph.engine.governance.register import Principal, Register, RoleHeld
from syngraph.engine.text import clauses
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store.folder import Memory
from syngraph.grammar.lexicon import singular
from syngraph.grammar.parse import read
from syngraph.grammar.rules import Quorum

OURS = Path(__file__).parent / "deciding" / "cases" / "votes.yaml"
SHARED = Path(__file__).parents[4] / "shared" / "cases" / "votes.yaml"
NOWHERE = Place("", 1, 1)
DAY = date(2026, 6, 1)


def rows(path: Path) -> list[Any]:
    return YAML(typ="safe").load(path) if path.exists() else []


CASES = [pytest.param(row, id=row["id"]) for row in rows(OURS)] + [
    pytest.param(row, id=f"shared-{row['id']}") for row in rows(SHARED)
]


def test_the_shared_cases_are_there() -> None:
    if not SHARED.exists():
        warnings.warn(f"{SHARED} is not there: only our own cases are tried", stacklevel=1)
        pytest.skip(f"{SHARED} is not there: only our own cases are tried")
    assert {row["id"] for row in rows(SHARED)}


def text_of(rule: str) -> str:
    if rule.startswith("Quorum"):
        rule += " A resolution is adopted by a majority of the votes cast."
    return f"# Votes {{#votes}}\n\n{rule}\n\n# Tea {{#tea}}\n\nTea is at four.\n"


def read_text(bylaws: str) -> Governing:
    files = {"syngraph.yaml": b"syngraph: 1\nroot: bylaws.md\n", "bylaws.md": bylaws.encode()}
    return governing(Memory(files), lambda document: clauses.read(document, read))


def people(row: Any) -> dict[str, tuple[str, int | None]]:
    """Who there is, each with a role and a weight."""
    if "houses" in row:
        sizes = {singular(body): house["E"] for body, house in row["houses"].items()}
        return {f"{role}{n}": (role, None) for role, size in sizes.items() for n in range(size)}
    role = next(iter(re.findall(r"Member|Director|Shareholder|Developer", row["rule"])), "Member")
    if "weights" in row:
        return {name: (role, weight) for name, weight in row["weights"].items()}
    return {f"{role}{n}": (role, None) for n in range(row.get("E", 0))}


def register(who: dict[str, tuple[str, int | None]], gone: tuple[str, ...] = ()) -> Register:
    return Register(
        "",
        tuple(
            Principal(name, name, "person", (RoleHeld(role, None, None, NOWHERE, weight),), (), NOWHERE)
            for name, (role, weight) in who.items()
            if name not in gone
        ),
    )


def cast(row: Any, who: dict[str, tuple[str, int | None]], left_out: tuple[str, ...]) -> dict[str, Choice]:
    if "houses" in row:
        return {f"{singular(body)}{n}": Choice.YES for body, house in row["houses"].items() for n in range(house["Y"])}
    if "weights" in row:
        return dict.fromkeys(row["Y"], Choice.YES) | dict.fromkeys(row["N"], Choice.NO)
    waiting = [name for name in who if name not in left_out]
    said: dict[str, Choice] = {}
    for key, choice in (("Y", Choice.YES), ("N", Choice.NO), ("A", Choice.ABSTAIN)):
        for _ in range(row.get(key, 0)):
            said[waiting.pop()] = choice
    for _ in range(row.get("P", 0) - len(said)):
        said[waiting.pop()] = Choice.YES
    return said


def result(row: Any) -> dict[str, Any]:
    """What there is to say of a case, under the names that it expects."""
    before = read_text(text_of(row["rule"]))
    mistakes = " ".join(mistake.message for clause in before.clauses for mistake in clause.sentence.mistakes)
    found: dict[str, Any] = {"finding": row["finding"] if row.get("finding", "?") in mistakes else mistakes}
    who = people(row)
    if not who:
        return found
    before = after = replace(before, register=register(who))
    left_out = ("Member0",) if row.get("excluded") else ()
    if left_out:
        after = replace(before, register=register(who, left_out))
    elif "amended" in row["rule"]:
        after = replace(read_text(text_of(row["rule"]).replace("at four", "at five")), register=before.register)
    needs = required(before, after)
    voters = electorate(before, needs, DAY)
    assert (needs.undetermined, voters.doubts) == ((), ())
    if "callers" in row:
        callers = tuple(who)[: row["callers"]]
        (mover,) = needs.movers
        assert mover.threshold is not None
        why_not = may_move(needs, voters, callers)
        return found | {"outcome": "may not" if why_not else "may", "needed": called(mover.threshold, voters, callers).needed}
    told = tally(needs, voters, cast(row, who, left_out))
    (decided,) = told.decided
    found |= {"outcome": told.outcome.value, "needed": decided.needed}
    if any(isinstance(placed.rule, Quorum) for placed in before.rules):
        quorum = next(each for alternative in decided.alternatives for each in alternative.quorums)
        found["quorum"] = "met" if quorum.met else "not met"
        if row["rule"].startswith("Quorum"):
            found["needed"] = quorum.needed
    return found


@pytest.mark.parametrize("row", CASES)
def test_a_decision_with_numbers(row: Any) -> None:
    expected = {key: row[key] for key in ("outcome", "needed", "quorum", "finding") if key in row}
    got = result(row)
    assert expected == {key: got.get(key) for key in expected}
