"""`timeline`: draws when things were to be done and how they came out, in the terminal or as a picture."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.manners import drawing, instants, judging, options, output, tables, verdicts
from syngraph.engine.norms.judged.report import verdict as fields

if TYPE_CHECKING:
    from syngraph.engine.norms.judged.spans import Span

WIDTH = 48
"""How many columns the days take in a terminal."""


@click.command("timeline", context_settings=options.CONTEXT)
@options.agreement
@options.at
@click.option("--from", "start", metavar="DATE", help="The first day that is drawn (default: that of the first duty).")
@click.option("--until", metavar="DATE", help="The last day that is drawn (default: the last one due).")
@click.option("--bearer", metavar="WHO", help="Only what somebody has to do: an id or a name.")
@click.option("--all", "everything", is_flag=True, help="Also what has not begun, and rights that nobody has used.")
@click.option(
    "--svg", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Draw a picture; - prints it."
)
@options.facts
@options.asked
@options.as_json
def command(
    path: Path,
    rev: str | None,
    at: str | None,
    start: str | None,
    until: str | None,
    bearer: str | None,
    everything: bool,
    target: Path | None,
    imports: tuple[Path, ...],
    asked: str,
    as_json: bool,
) -> None:
    """Draw when things were to be done, and how they came out.

    \b
    Examples:
      syngraph timeline lease/ --at 2027-03-31
      syngraph timeline lease/ --from 2027-01-01 --until 2027-12-31 --bearer bora
      syngraph timeline lease/ --svg lease.svg

    A line goes from the day on which something began to its last day; a mark says how it came out: + done, x not done,
    ? cannot be told, o still open. The stroke is the day that is asked about.
    """
    from syngraph.engine.norms.judged.spans import spans

    court = judging.court(path, rev, at, asked)
    report = court.report(judging.further(court, imports))
    wanted = (bearer or "").casefold()
    chosen = [
        one
        for one in report.verdicts
        if (everything or one.status not in verdicts.QUIET)
        and (not wanted or wanted in one.bearer.casefold().split() or wanted in one.name.casefold())
    ]
    found = spans(report, chosen)
    today = report.at.date()
    first = _day("--from", start) or min((one.begun for one in found), default=today)
    last = _day("--until", until) or max(today, *(one.due or one.ended or one.begun for one in found), today)
    if last < first:
        raise click.UsageError("--until: expected a day that is not before the first")
    drawn = [one for one in found if one.begun <= last and (one.ended or one.due or last) >= first]
    if as_json:
        answer = {"schema": output.SCHEMA, "at": report.at.isoformat(), "from": first.isoformat(), "until": last.isoformat()}
        output.put_json(answer | {"spans": [_plain(one) for one in drawn]})
    elif target is not None:
        _picture(court.agreement.title, drawn, first, last, today, target, court.forbidden)
    else:
        judging.remarks(court)
        _terminal(drawn, first, last, today, court.forbidden)


def _day(option: str, text: str | None) -> date | None:
    try:
        return instants.day(text) if text is not None else None
    except click.UsageError as error:
        raise click.UsageError(f"{option}: {error.message}") from None


def _plain(span: "Span") -> dict[str, object]:
    days = {"begun": span.begun, "due": span.due, "ended": span.ended}
    return {name: day.isoformat() if day else None for name, day in days.items()} | {"verdict": fields(span.verdict)}


def _picture(
    title: str, drawn: Sequence["Span"], first: date, last: date, today: date, target: Path, forbidden: frozenset[str]
) -> None:
    picture = drawing.svg(title, drawn, first, last, today, forbidden)
    if str(target) == "-":
        output.put_document(picture)
        return
    target.write_text(picture, encoding="utf-8")
    output.talk(f"wrote {target}")


def _terminal(drawn: Sequence["Span"], first: date, last: date, today: date, forbidden: frozenset[str]) -> None:
    if not drawn:
        output.put("nothing to draw")
        return
    days = max((last - first).days, 1)

    def column(day: date) -> int:
        return min(max((day - first).days, 0), days) * (WIDTH - 1) // days

    rows = [tables.Row((drawing.scale(first, last, column, WIDTH), "", "", ""))]
    for span in drawn:
        line = [" "] * WIDTH
        end = column(span.due or span.ended or last)
        line[column(span.begun) : end + 1] = "-" * (end + 1 - column(span.begun))
        if first <= today <= last:
            line[column(today)] = "|"
        line[column(span.ended or span.due or last)] = drawing.mark(span.verdict.status)
        one = span.verdict
        cells = ("".join(line), verdicts.status(one), verdicts.who(one), drawing.what(one, forbidden))
        rows.append(tables.Row(cells, verdicts.COLOURS.get(one.status, "")))
    tables.put(rows, wide=3, indent="")
