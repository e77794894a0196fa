"""`why-not`: says what would have to happen for a verdict to be better, and which facts came near."""

from pathlib import Path

import click

from syngraph.cli.manners import judging, options, output, verdicts
from syngraph.engine.norms.judged.report import verdict as fields


@click.command("why-not", context_settings=options.CONTEXT)
@click.argument("subject")
@click.argument("bearer", required=False)
@click.option(
    "--in", "path", type=click.Path(path_type=Path), default=Path(), metavar="PATH", help="The agreement (default: here)."
)
@click.option("--rev", metavar="REV", help="The text of this git revision and the ones before it.")
@options.at
@options.facts
@options.asked
@options.known_at
@options.as_json
def command(
    subject: str,
    bearer: str | None,
    path: Path,
    rev: str | None,
    at: str | None,
    imports: tuple[Path, ...],
    asked: str,
    known_at: str | None,
    as_json: bool,
) -> None:
    """Say why something is not done, and what would have to happen.

    \b
    Examples:
      syngraph why-not dues --in bylaws/
      syngraph why-not 5 bora --in lease/ --at 2027-03-31
      syngraph why-not dues --evidence agreed --json

    SUBJECT is a section (its id or its number) or the id of a rule, BEARER an id of the register or a name. Facts that came
    near are told, each with why it did not count. What is done, or cannot be done any more, is not told.
    """
    from syngraph.engine.norms.judged.explain import obstacles

    court = judging.court(path, rev, at, asked, known_at)
    report = court.report(judging.further(court, imports))
    chosen = verdicts.chosen(report.verdicts, subject)
    if not chosen:
        known = {*court.agreement.headings, *(one.rule for one in report.verdicts)} - {""}
        near = output.did_you_mean(subject, known) or "; `syngraph check --all` shows what there is"
        raise click.UsageError(f"there is no rule or section {subject!r}{near}")
    wanted = (bearer or "").casefold()
    mine = [one for one in chosen if not wanted or wanted in one.bearer.casefold().split() or wanted in one.name.casefold()]
    if not mine:
        known = {word for one in chosen for word in (*one.bearer.split(), one.name) if word}
        raise click.UsageError(f"{subject} has no verdict about {bearer!r}; it has some about {', '.join(sorted(known))}")
    mine.sort(key=verdicts.urgency)
    found = obstacles(report, mine)
    if as_json:
        listed = [{"verdict": fields(one.verdict), "wanted": one.wanted, "near": list(one.near)} for one in found]
        output.put_json({"schema": output.SCHEMA, "at": report.at.isoformat(), "why_not": listed})
        return
    judging.remarks(court)
    for one in found:
        output.put_styled(output.styled(verdicts.line(one.verdict), bold=True))
        output.put(f"  {one.wanted}")
        for near in one.near:
            output.put(f"  {near}")
    if not found:
        output.put("nothing is left to do")
