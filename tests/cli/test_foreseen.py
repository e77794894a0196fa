"""What follows: if nobody does anything, if everybody does it on the last day."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

LEASE = Path(__file__).parents[2] / "examples/lease"


@pytest.fixture
def lease(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LEASE, tmp_path / "lease"))


SPAN = ("--at", "2026-08-20", "--until", "2026-12-31")


def test_if_nobody_does_anything_what_falls_due_is_broken(syngraph: Callable, lease: Path) -> None:
    made = json.loads(syngraph("simulate", lease, *SPAN, "--json").out)
    assert made["deeds"] == []
    rents = [one["after"] for one in made["changes"] if one["after"]["section"] == "rent"]
    assert [one["due"] for one in rents] == ["2026-09-01", "2026-10-01", "2026-11-02", "2026-12-02"]
    assert {"violated"} == {one["status"] for one in rents}


def test_on_the_last_day_is_in_time(syngraph: Callable, lease: Path) -> None:
    made = json.loads(syngraph("simulate", lease, *SPAN, "--last-day", "--json").out)
    days = ["2026-08-21", "2026-09-01", "2026-09-03", "2026-10-01", "2026-11-02", "2026-12-02", "2026-12-31"]
    assert days == sorted(one["day"] for one in made["deeds"] if "fee" not in one["what"])
    rents = [one["after"]["status"] for one in made["changes"] if one["after"]["section"] == "rent"]
    assert ["cured", *["fulfilled"] * 4] == sorted(rents)
    assert None is made["cut"]


def test_it_is_told_as_a_row_of_days(syngraph: Callable, lease: Path) -> None:
    answer = syngraph("simulate", lease, *SPAN, "--last-day")
    assert answer.code == 0
    assert "2026-12-31  fulfilled (claimed)  Tomas Weller: return the keys to the Landlord" in answer.out
    assert "after:" in answer.out


@pytest.mark.parametrize("until", ["2026-08-01", "soon", "9999-12-31"])
def test_a_day_that_cannot_be_is_told(syngraph: Callable, lease: Path, until: str) -> None:
    answer = syngraph("simulate", lease, "--at", "2026-08-20", "--until", until)
    assert (answer.code, "--until" in answer.err) == (2, True)


def test_a_timeline_has_a_line_for_each_duty(syngraph: Callable, lease: Path) -> None:
    answer = syngraph("timeline", lease, "--at", "2026-08-20", "--until", "2026-12-31", "--bearer", "marta")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("2026-01 ")
    assert any("x" in one[:48] and "violated" in one and "not enter the Flat" in one for one in lines)
    assert not any("Tomas" in one for one in lines)
    assert syngraph("timeline", lease, "--from", "2027-01-01", "--until", "2026-01-01").code == 2


def test_a_picture_is_xml_and_shows_what_a_title_may_hold(syngraph: Callable, lease: Path, tmp_path: Path) -> None:
    from xml.etree import ElementTree

    page = lease / "lease.md"
    page.write_text(page.read_text().replace("title: Lease of", 'title: <script>&"Lease" of'))
    answer = syngraph("timeline", lease, "--at", "2026-08-20", "--svg", tmp_path / "lease.svg")
    assert answer.code == 0
    picture = (tmp_path / "lease.svg").read_text()
    tree = ElementTree.fromstring(picture)
    assert tree.tag == "{http://www.w3.org/2000/svg}svg"
    assert "<script" not in picture
    assert picture == syngraph("timeline", lease, "--at", "2026-08-20", "--svg", "-").out


def test_spans_for_programs(syngraph: Callable, lease: Path) -> None:
    made = json.loads(syngraph("timeline", lease, "--at", "2026-03-20", "--json").out)
    assert {"begun": "2026-03-01", "due": "2026-03-02", "ended": "2026-03-16"} in [
        {name: one[name] for name in ("begun", "due", "ended")} for one in made["spans"]
    ]


@pytest.mark.parametrize("verb", ["check", "next", "timeline", "explain"])
def test_a_day_that_is_empty_is_not_taken_for_now(syngraph: Callable, lease: Path, verb: str) -> None:
    told = ("rent", "--in") if verb == "explain" else ()
    answer = syngraph(verb, *told, lease, "--at", "")
    assert (answer.code, "found ''" in answer.err) == (2, True)
