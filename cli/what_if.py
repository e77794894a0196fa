"""`what-if`: judges with extra facts or at a later day, and shows the difference; nothing is written."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.manners import instants, judging, options, output, tables, values, verdicts
from syngraph.engine.norms.judged.report import verdict as fields

if TYPE_CHECKING:
    from syngraph.engine.norms.judged.verdict import Verdict


@click.command("what-if", context_settings=options.CONTEXT)
@options.agreement
@click.option(
    "--fact", "sentences", multiple=True, metavar="SENTENCE", help="Something that might have happened. May be given often."
)
@options.at
@click.option("--from", "start", metavar="DATE", help="Compare with how things stand on this day, without the facts.")
@options.facts
@options.asked
@options.as_json
def command(
    path: Path,
    rev: str | None,
    sentences: tuple[str, ...],
    at: str | None,
    start: str | None,
    imports: tuple[Path, ...],
    asked: str,
    as_json: bool,
) -> None:
    """Judge with extra facts or at a later day, and show the difference; nothing is written.

    \b
    Examples:
      syngraph what-if bylaws/ --fact "On 1 March 2027, Bora paid EUR 60 to Carla."
      syngraph what-if bylaws/ --from 2027-01-01 --at 2027-03-31

    With --fact the two answers are as of the same day; without, --at is compared with --from (default: now).
    """
    from syngraph.engine.norms.judged.explain import changes

    if not sentences and not imports and at is None:
        raise click.UsageError("what if what? Give --fact, --facts or --at")
    court = judging.court(path, rev, at, asked)
    before_at = court.at if (sentences or imports) else court.now
    if start is not None:
        try:
            before_at = instants.read(start, instants.zone(court.agreement.manifest.zone))
        except click.UsageError as error:
            raise click.UsageError(f"--from: {error.message}") from None
    before, after = court.report(at=before_at), court.report(judging.further(court, imports, sentences))
    changed = [(one.before, one.after) for one in changes(before, after)]
    if as_json:
        output.put_json(
            {
                "schema": output.SCHEMA,
                "from": before.at.isoformat(),
                "at": after.at.isoformat(),
                "changes": [
                    {"before": fields(old) if old else None, "after": fields(new) if new else None} for old, new in changed
                ],
                "summary": dict(after.summary),
            }
        )
        return
    judging.remarks(court)
    if not changed:
        output.put("no verdict would change")
    tables.put([_row(old, new) for old, new in changed], right=frozenset({4}), wide=2, indent="")
    output.put()
    output.put(f"before: {verdicts.summary(before)}")
    output.put(f"after:  {verdicts.summary(after)}")


def _row(old: "Verdict | None", new: "Verdict | None") -> tables.Row:
    one = new or old
    assert one is not None
    change = f"{verdicts.status(old) if old else '-'} -> {verdicts.status(new) if new else '-'}"
    due = f"due {one.due.isoformat()}" if one.due else ""
    return tables.Row((change, verdicts.who(one), one.act, due, _amounts(old, new)), verdicts.COLOURS.get(one.status, ""))


def _amounts(old: "Verdict | None", new: "Verdict | None") -> str:
    was, now = (values.money(one.amount_due) if one and one.amount_due else "" for one in (old, new))
    return now if was == now else f"{was or 'nothing'} -> {now or 'nothing'}"
