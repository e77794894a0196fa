"""Every kind of norm in every state, with every event, through the fold: a table worked by hand (cases/transitions.yaml)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.judged.verdict import Case, judge

CALENDAR = Calendar("Europe/Lisbon", "PT")
REGISTER = {
    "sela": ["Sela Norr", "Seller since 2026-01-01", "Party since 2026-01-01"],
    "bruno": ["Bruno Pax", "Buyer since 2026-01-01", "Party since 2026-01-01"],
}
STEERING = " ".join(f"Either Party may {deed} this Agreement." for deed in ("suspend", "resume", "terminate"))
TABLE: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).parents[1] / "cases" / "transitions.yaml")
CELLS = [
    pytest.param(kind, name, event, id=f"{kind['kind']}: {name}: {event}")
    for kind in TABLE
    for name in kind["states"]
    for event in ("nothing", *kind["events"])
]


def texts(write, prose: str, survives: bool, amended: bool):
    """The text of a kind and, where it is amended away, that without it from the day of the event on."""
    rest = {"2 steering": STEERING} | ({"3 end": "Section 1 survives termination."} if survives else {})
    first = write({"1 norm": prose, **rest})
    return (first, write(rest, date(2026, 6, 1))) if amended else (first,)


@pytest.mark.parametrize(("kind", "name", "event"), CELLS)
def test_a_state_and_an_event_lead_where_the_table_says(write, register, tell, kind, name, event):
    state = kind["states"][name]
    told = f"{state['facts']} {kind['events'].get(event, '')}"
    at = date(2026, 8, 1) if event == "time" else date(2026, 6, 2)
    row = texts(write, kind["text"], kind.get("survives", False), event == "amended away")
    report = judge(Case(row, tell(told), register(REGISTER), CALENDAR), CALENDAR.end_of(at))
    found = [one.status.value for one in report.verdicts if one.section == "norm"]
    before = state.get("status", name)
    assert state["to"].get(event, before) == (" and ".join(found) or "none")
