"""A report as plain data, in the form that other programs rely on (more fields may come, none goes)."""

from typing import Any

from syngraph.engine.norms.days.dating import day
from syngraph.engine.norms.judged.verdict import Report, Verdict
from syngraph.engine.norms.life.instances import Reason
from syngraph.engine.norms.sums.money import written


def plain(report: Report) -> dict[str, Any]:
    """The report as `at`, `verdicts` and `summary`: days as ISO dates, amounts as in a text, null for what there is not."""
    return {
        "at": report.at.isoformat(),
        "verdicts": [verdict(one) for one in report.verdicts],
        "summary": dict(report.summary),
    }


def verdict(one: Verdict) -> dict[str, Any]:
    """One verdict as plain data: `bearers` and `names` are `bearer` and `name` taken apart where several bear it together."""
    together = one.bearer.split() if one.name != one.bearer else [one.bearer] if one.bearer else []
    names = one.name.split(" and ") if len(together) > 1 else [one.name]
    return {
        "rule": one.rule,
        "section": one.section,
        "number": one.number,
        "bearer": one.bearer,
        "bearers": together,
        "name": one.name,
        "names": names if len(names) == len(together) else [one.name] if one.name else [],
        "act": one.act,
        "status": one.status.value,
        "since": one.since.isoformat() if one.since is not None else None,
        "suspended": one.suspended.isoformat() if one.suspended is not None else None,
        "due": one.due.isoformat() if one.due is not None else None,
        "amount_due": written(one.amount_due) if one.amount_due is not None else None,
        "evidence": one.evidence.value if one.evidence is not None else None,
        "path": one.place.path if one.place is not None else None,
        "line": one.place.line if one.place is not None else None,
        "reasons": [reason(each) for each in one.reasons],
    }


def reason(one: Reason) -> dict[str, Any]:
    """One reason as plain data: its text and, where it was written down, the file, line and column."""
    if one.place is None:
        return {"text": one.text, "path": None, "line": None, "column": None}
    return {"text": one.text, "path": one.place.path, "line": one.place.line, "column": one.place.column}


def status(one: Verdict) -> str:
    """A status with its evidence, as it is shown to people: `fulfilled (claimed)`, `fulfilled (admitted)`."""
    return one.status.value if one.evidence is None else f"{one.status.value} ({one.evidence.value})"


def headline(one: Verdict) -> str:
    """A verdict in one line: who, what, how it stands, since when, until when, how much."""
    parts = [f"{one.name or one.bearer or 'somebody'}: {one.act or 'a sentence that was not read'}: {status(one)}"]
    if one.since is not None:
        parts.append(f"since {day(one.since)}")
    if one.due is not None:
        parts.append(f"due {day(one.due)}")
    if one.amount_due is not None and one.amount_due.amount:
        parts.append(f"{written(one.amount_due)} to be paid")
    return ", ".join(parts)
