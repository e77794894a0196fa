"""Every kind of norm in every state, with every event, through the fold: a table worked by hand (cases/transitions.yaml).

What no fact can bring about is not in it. A duty never expires or terminates once an event has given rise to it, since what
has accrued outlasts the agreement and the text; that which has had no event yet expires. What is to be kept up is never
fulfilled: nothing tells that it was kept up throughout. A forbidden act is never cured: it cannot be undone. Rights are
not violated or cured. Nothing that is over is suspended, since nothing of it is left to hold. What cannot happen to one
kind is listed with it in the table, with the reason: a duty without condition has no trigger, what has no end is not extended.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.judged.verdict import Case, Verdict, judge

CALENDAR = Calendar("Europe/Lisbon", "PT")
CHANGED = date(2026, 6, 1)
REGISTER = {
    "sela": ["Sela Norr", "Seller since 2026-01-01", "Party since 2026-01-01"],
    "bruno": ["Bruno Pax", "Buyer since 2026-01-01", "Party since 2026-01-01"],
}
STEERING = " ".join(f"Either Party may {deed} this Agreement." for deed in ("suspend", "resume", "terminate"))
TABLE: list[dict[str, Any]] = [
    kind for kind in YAML(typ="safe").load(Path(__file__).parents[1] / "cases" / "transitions.yaml") if "kind" in kind
]
CELLS = [
    pytest.param(kind, name, event, id=f"{kind['kind']}: {name}: {event}")
    for kind in TABLE
    for name in kind["states"]
    for event in ("nothing", *kind["events"])
]
STATES = {
    "duty": (
        "pending, in force, fulfilled, violated, cured, discharged, expired, terminated, undetermined, in force suspended, "
        "violated suspended"
    ),
    "upkeep": (
        "pending, in force, violated, cured, discharged, expired, terminated, undetermined, in force suspended, "
        "violated suspended"
    ),
    "prohibition": (
        "pending, in force, violated, discharged, expired, terminated, undetermined, in force suspended, violated suspended"
    ),
    "right": (
        "pending, available, exercised, exhausted, discharged, expired, terminated, undetermined, available suspended, "
        "exercised suspended"
    ),
}
EVENTS = (
    "trigger, act, other act, wrong person, denial, contradiction, late fact, exception, waiver, own waiver, extension, "
    "suspension, suspension of the section, suspension of another section, suspension of the Seller's duties, "
    "suspension of the Buyer's duties, resumption, resumption of the section, end, amended away, amended time, amended act, "
    "role begins, role ends, role passes on, time"
)


def written(one: Verdict, with_day: bool) -> str:
    held = ", suspended" if one.suspended is not None else ""
    return f"{one.status.value}{held}" + (f", due {one.due}" if with_day and one.due is not None else "")


@pytest.mark.parametrize(("kind", "name", "event"), CELLS)
def test_a_state_and_an_event_lead_where_the_table_says(write, register, tell, kind, name, event):
    state, happening = kind["states"][name], kind["events"].get(event, "")
    change = {"facts": happening} if isinstance(happening, str) else happening
    sections = {"1 norm": kind["text"], "2 steering": STEERING} | kind.get("more", {})
    amended = {section: prose for section, prose in (sections | change.get("text", {})).items() if prose}
    row = (write(sections), *((write(amended, CHANGED),) if "text" in change else ()))
    holders = register(REGISTER | state.get("register", {}) | change.get("register", {}))
    facts = tell(f"{state['facts']} {change.get('facts', '')}")
    report = judge(Case(row, facts, holders, CALENDAR), CALENDAR.end_of(change.get("at", date(2026, 6, 2))))
    expected = state["to"].get(event, state.get("status", name))
    found = [written(one, "due" in expected) for one in report.verdicts if one.section == "norm"]
    assert expected == (" and ".join(found) or "none")


@pytest.mark.parametrize("of", STATES)
def test_no_state_of_a_kind_is_missing(of):
    found = {state.get("status", name) for kind in TABLE if kind["of"] == of for name, state in kind["states"].items()}
    assert {one.replace(" suspended", ", suspended") for one in STATES[of].split(", ")} == found


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind["kind"]) for kind in TABLE if kind["of"] in STATES])
def test_every_event_is_in_the_table_or_impossible_for_a_reason(kind):
    assert set(EVENTS.split(", ")) == {*kind["events"], *kind.get("impossible", {})}


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind["kind"]) for kind in TABLE])
def test_nothing_leads_away_by_an_event_that_there_is_not(kind):
    named = {event for state in kind["states"].values() for event in state["to"]}
    assert named <= {*kind["events"], *kind.get("impossible", {})}
