"""Agreements written in a few lines, judged."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.judged.verdict import Case, Report, judge
from syngraph.engine.norms.said.texts import GoverningText
from syngraph.engine.norms.sums.money import written
from syngraph.engine.norms.told import facts as statements
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.text.clauses import Clause, placed
from syngraph.engine.text.provenance import Place, Text
from syngraph.grammar.parse import read

CALENDAR = Calendar("Europe/Lisbon", "PT")


def governing(sections: Mapping[str, str], since: date | None = None) -> GoverningText:
    """A text from its sections: `number id` to prose. A sentence that binds and gives no rule is among the unread."""
    clauses: list[Clause] = []
    for line, (name, prose) in enumerate(sections.items(), 1):
        number, _, section = name.partition(" ")
        for sentence in read(prose.strip()):
            text = Text(sentence.text, ((0, Place("text.md", line, sentence.span.start + 1)),))
            clauses.append(Clause(section, number, sentence, text, False))
    unread = tuple(clause for clause in clauses if clause.sentence.binding and not clause.sentence.rules)
    return GoverningText(since, placed(tuple(clauses)), unread)


def recorded(sentences: str) -> tuple[RecordedFact, ...]:
    """Facts from prose, which must all be read."""
    record = statements.read([("record/fact/facts.md", sentences.encode())], read)
    assert record.findings == ()
    return record.facts


def held(register: Mapping[str, list[str]]) -> tuple[Holding, ...]:
    """Holdings from `id: [name, role, role since 2027-01-01 until 2027-02-01, ...]`."""
    found = []
    for principal, (name, *roles) in register.items():
        for role in roles:
            title, *times = role.replace(" until ", "|until ").replace(" since ", "|since ").split("|")
            days = {word: date.fromisoformat(day) for word, day in (time.split() for time in times)}
            found.append(Holding(principal, name, title, days.get("since"), days.get("until")))
    return tuple(found)


def told(report: Report) -> list[str]:
    """Each verdict as one line, `section bearer: act: status since DAY due DAY owes AMOUNT`, without what there is not."""
    lines = []
    for one in report.verdicts:
        since = f" since {one.since}" if one.since else ""
        due = f" due {one.due}" if one.due else ""
        owes = f" owes {written(one.amount_due)}" if one.amount_due is not None and one.amount_due.amount else ""
        lines.append(f"{one.section} {one.bearer}: {one.act}: {one.status.value}{since}{due}{owes}")
    return lines


@pytest.fixture
def judged() -> Callable[[Mapping[str, Any]], Report]:
    """Judges a case: `text` (or `texts` with `since`), `register`, `facts`, `at`."""

    def judge_case(case: Mapping[str, Any]) -> Report:
        texts: Iterable[Mapping[str, Any]] = case["texts"] if "texts" in case else [{"text": case["text"]}]
        row = tuple(governing(one["text"], one.get("since")) for one in texts)
        given = Case(row, recorded(case.get("facts", "")), held(case.get("register", {})), CALENDAR)
        return judge(given, CALENDAR.end_of(case["at"]))

    return judge_case


@pytest.fixture
def lines() -> Callable[[Report], list[str]]:
    """A report as lines."""
    return told


@pytest.fixture
def write() -> Callable[[Mapping[str, str]], GoverningText]:
    """A text from its sections."""
    return governing


@pytest.fixture
def tell() -> Callable[[str], tuple[RecordedFact, ...]]:
    """Facts from prose."""
    return recorded


@pytest.fixture
def register() -> Callable[[Mapping[str, list[str]]], tuple[Holding, ...]]:
    """Holdings from a short form."""
    return held
