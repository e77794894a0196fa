"""`next`: lists what falls due, soonest first."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.manners import judging, options, output, tables, values, verdicts
from syngraph.cli.reading import shown
from syngraph.engine.norms.judged.report import verdict as fields

if TYPE_CHECKING:
    from syngraph.engine.norms.judged.verdict import Verdict


@click.command("next", context_settings=options.CONTEXT)
@options.agreement
@options.at
@options.asked
@click.option("--days", type=click.IntRange(min=0), metavar="N", help="Only what falls due within so many days.")
@click.option("--bearer", metavar="WHO", help="Only what somebody has to do: an id or a name.")
@click.option("--ics", is_flag=True, help="Print a calendar file.")
@options.as_json
def command(
    path: Path,
    rev: str | None,
    at: str | None,
    asked: str,
    days: int | None,
    bearer: str | None,
    ics: bool,
    as_json: bool,
) -> None:
    """List what falls due, soonest first; what is overdue comes before it.

    A duty that recurs is listed with the next time it falls due, also where that time has not come yet. Without --days: what is
    owed already, however far off, and what is still to arise within a year.

    \b
    Examples:
      syngraph next bylaws/
      syngraph next bylaws/ --days 30 --bearer bora
      syngraph next bylaws/ --at 2027-01-01 --ics > due.ics
    """
    from syngraph.engine.norms.judged.explain import next_due
    from syngraph.grammar.amounts import Duration, Unit

    court = judging.court(path, rev, at, asked)
    report = court.report()
    today = report.at.date()
    wanted = (bearer or "").casefold()
    found = [
        one
        for one in next_due(report, None if days is None else Duration(days, Unit.DAY))
        if one.due is not None and (not wanted or wanted in one.bearer.casefold().split() or wanted in one.name.casefold())
    ]
    if as_json:
        left = [values.untold(one) for one in judging.untold(court, report)]
        answer = {"schema": output.SCHEMA, "at": report.at.isoformat(), "next": [fields(one) for one in found], "untold": left}
        output.put_json(answer)
    elif ics:
        output.put_document(calendar(found, court.agreement.title, today))
    else:
        judging.remarks(court)
        tables.put([_row(one, today) for one in found], right=frozenset({4}), wide=3, indent="")
        if not found:
            output.put("nothing falls due")
        if open_ := judging.untold(court, report):
            output.put()
            shown.questions(open_)


def _row(verdict: "Verdict", today: date) -> tables.Row:
    due = verdict.due or today
    left = (due - today).days
    when = (
        "today"
        if left == 0
        else f"in {left} day{'s' if left > 1 else ''}"
        if left > 0
        else f"{-left} day{'s' if left < -1 else ''} overdue"
    )
    amount = values.money(verdict.amount_due) if verdict.amount_due else ""
    colour = "red" if left < 0 else ""
    where = f"section {verdict.number}" if verdict.number else f"#{verdict.section}"
    return tables.Row((due.isoformat(), when, verdicts.who(verdict), verdict.act, amount, where), colour)


def calendar(found: Sequence["Verdict"], title: str, today: date) -> str:
    """The days on which things fall due as an iCalendar file (RFC 5545), the same bytes for the same verdicts."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//syngraph//next//EN", f"X-WR-CALNAME:{_escaped(title)}"]
    for verdict in found:
        due = verdict.due or today
        identity = sha256(f"{verdict.rule}\0{verdict.bearer}\0{due}".encode()).hexdigest()[:32]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{identity}@syngraph",
            f"DTSTAMP:{today:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
            f"SUMMARY:{_escaped(f'{verdict.name or verdict.bearer}: {verdict.act}')}",
            f"DESCRIPTION:{_escaped(f'section {verdict.number}, {title}')}",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _escaped(text: str) -> str:
    return output.plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line of more than 75 octets goes on in the next, after a blank; no character is cut in two."""
    parts, held, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > 75:
            parts.append(held)
            held, size = " ", 1
        held += character
        size += width
    return "\r\n".join([*parts, held])
