"""`simulate`: what follows if nobody does anything, or if everybody does what they have to on the last day."""

from datetime import date
from pathlib import Path

import click

from syngraph.cli.manners import instants, judging, options, output, tables, values, verdicts
from syngraph.engine.norms.judged.report import verdict as fields
from syngraph.grammar.amounts import Money


@click.command("simulate", context_settings=options.CONTEXT)
@options.agreement
@options.at
@click.option("--until", metavar="DATE", required=True, help="How far to look ahead: a day or an instant.")
@click.option("--nobody", "course", flag_value="nobody", default=True, help="If nobody does anything (the default).")
@click.option("--last-day", "course", flag_value="last-day", help="If everybody does what they have to on the last day.")
@options.asked
@options.as_json
def command(path: Path, rev: str | None, at: str | None, until: str, course: str, asked: str, as_json: bool) -> None:
    """Say what follows by a day if nobody does anything, or everybody on the last day.

    \b
    Examples:
      syngraph simulate bylaws/ --until 2027-12-31
      syngraph simulate lease/ --at 2027-01-01 --until 2027-12-31 --last-day
      syngraph simulate lease/ --until "31 December 2027" --json

    From --at on (default: now) the record is left aside and nothing is written. With --last-day what is overdue is made good on
    the next day, and what falls due is done on its last day; what has no last day is not done.
    """
    from syngraph.engine.norms.judged.foreseeing import if_nobody, if_on_the_last_day

    court = judging.court(path, rev, at, asked)
    try:
        end = instants.read(until, instants.zone(court.agreement.manifest.zone))
    except click.UsageError as error:
        raise click.UsageError(f"--until: {error.message}") from None
    if end <= court.at:
        raise click.UsageError("--until: expected a day after the one that is asked about")
    if end.year - court.at.year > FURTHEST:
        raise click.UsageError(f"--until: expected at most {FURTHEST} years ahead")
    report = court.report()
    found = (if_on_the_last_day if course == "last-day" else if_nobody)(report, end)
    if as_json:
        output.put_json(
            {
                "schema": output.SCHEMA,
                "from": report.at.isoformat(),
                "until": end.isoformat(),
                "course": course,
                "deeds": [{"day": one.fact.day.isoformat(), "what": one.sentence} for one in found.deeds],
                "changes": [
                    {"before": fields(one.before) if one.before else None, "after": fields(one.after) if one.after else None}
                    for one in found.changes
                ],
                "summary": dict(found.report.summary),
                "cut": found.cut.isoformat() if found.cut is not None else None,
            }
        )
        return
    judging.remarks(court)
    rows = [(one.fact.day, tables.Row((one.fact.day.isoformat(), "done", one.sentence, "", ""))) for one in found.deeds]
    for change in found.changes:
        one = change.after
        if one is not None and one.since is not None and one.status not in verdicts.QUIET:
            what = f"{verdicts.who(one)}: {one.act}"
            cells = (one.since.isoformat(), verdicts.status(one), what, _due(one.due), _owed(one.amount_due))
            rows.append((one.since, tables.Row(cells, verdicts.COLOURS.get(one.status, ""))))
    tables.put([row for _, row in sorted(rows, key=lambda each: each[0])], right=frozenset({4}), wide=2, indent="")
    if not rows:
        output.put("nothing changes")
    if found.cut is not None:
        output.talk(f"note: too much falls due; from {instants.written(found.cut.date())} on nothing is taken to be done")
    output.put()
    output.put(f"before: {verdicts.summary(report)}")
    output.put(f"after:  {verdicts.summary(found.report)}")


FURTHEST = 50
"""How many years ahead one may look."""


def _due(due: date | None) -> str:
    return f"due {due.isoformat()}" if due else ""


def _owed(amount: Money | None) -> str:
    return values.money(amount) if amount is not None and amount.amount else ""
