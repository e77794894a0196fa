"""`check`: judges the rules against the facts."""

from pathlib import Path

import click

from syngraph.cli.manners import judging, options, output, values, verdicts
from syngraph.cli.reading import shown
from syngraph.engine.norms.judged.report import verdict as fields
from syngraph.engine.norms.life.instances import Status


@click.command("check", context_settings=options.CONTEXT)
@options.agreement
@options.at
@options.facts
@options.asked
@options.known_at
@click.option("--all", "everything", is_flag=True, help="Also what has not begun, and rights that nobody has used.")
@options.as_json
def command(
    path: Path,
    rev: str | None,
    at: str | None,
    imports: tuple[Path, ...],
    asked: str,
    known_at: str | None,
    everything: bool,
    as_json: bool,
) -> None:
    """Judge the rules against the facts: who had to do what, and has.

    \b
    Examples:
      syngraph check bylaws/
      syngraph check bylaws/ --at 2027-03-31
      syngraph check bylaws/ --at "31 March 2027" --facts payments.csv --json
      syngraph check bylaws/ --evidence agreed
      syngraph check bylaws/ --at 2027-03-31 --known-at 2027-04-05
      syngraph check bylaws/ --rev v1.0

    Facts are the statements in record/fact/ and the tables given with --facts. A fact is judged by the text that was in force
    when it happened; --known-at judges by what the record held on an earlier day. PATH is an agreement's folder, or a
    repository. Exit code 1 when something is violated, and when something cannot be told: what is undetermined, or was not
    read, nobody has complied with.
    """
    court = judging.court(path, rev, at, asked, known_at)
    report = court.report(judging.further(court, imports))
    judging.remarks(court)
    for finding in report.findings:
        output.talk(f"{finding.place}: {finding.code} {finding.message}")
    if as_json:
        output.put_json(
            {
                "schema": output.SCHEMA,
                "title": court.agreement.title,
                "at": report.at.isoformat(),
                "verdicts": [fields(verdict) for verdict in report.verdicts],
                "summary": dict(report.summary),
                "open": sum(one.status is Status.UNDETERMINED for one in report.verdicts),
                "untold": [values.untold(one) for one in judging.untold(court, report)],
            }
        )
    else:
        listed = [one for one in report.verdicts if everything or one.status not in verdicts.QUIET]
        output.put_styled(output.styled(f"{court.agreement.title}, {verdicts.moment(report.at)}", bold=True))
        output.put()
        verdicts.show(listed, court.agreement.headings, court.forbidden)
        if left := judging.untold(court, report):
            shown.questions(left)
            output.put()
        output.put(verdicts.summary(report))
        if not report.violated and (doubtful := report.summary.get(Status.UNDETERMINED.value, 0)):
            output.put(f"nothing is violated as far as can be told; {doubtful} cannot be told")
        if len(listed) < len(report.verdicts):
            output.talk(
                f"help: --all shows the {len(report.verdicts) - len(listed)} that have not begun or are anybody's right"
            )
    if report.violated or Status.UNDETERMINED.value in report.summary:
        raise click.exceptions.Exit(1)
