"""What the verbs that judge share: the agreement, the instant, further facts, and what is to be said beside the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.manners import instants, opening, options, output

if TYPE_CHECKING:
    from syngraph.engine.agreement import Agreement
    from syngraph.engine.norms.judged.verdict import Report
    from syngraph.engine.norms.told.facts import Record, RecordedFact
    from syngraph.engine.norms.told.rows import Layout
    from syngraph.engine.norms.words.questions import Untold


@dataclass(frozen=True)
class Court:
    """An agreement that is to be judged, the instant, and how well facts must be supported; `now` is the clock's. With
    `known_at` only what had entered the record by the end of that day counts.
    """

    agreement: "Agreement"
    at: datetime
    now: datetime
    asked: str = options.LEVELS[0]
    known_at: date | None = None

    def report(self, facts: Sequence["RecordedFact"] = (), at: datetime | None = None) -> "Report":
        """The verdicts by the record and by further facts."""
        from syngraph.engine.norms.told.facts import Evidence

        return self.agreement.check(facts, at or self.at, self.now.date(), Evidence(self.asked), self.known_at)

    @cached_property
    def forbidden(self) -> frozenset[str]:
        """The ids of the rules that forbid something."""
        from syngraph.grammar.rules import Prohibition

        return frozenset(placed.id for placed in self.agreement.rules if isinstance(placed.rule, Prohibition))


def court(path: Path, rev: str | None, at: str | None, asked: str = options.LEVELS[0], known_at: str | None = None) -> Court:
    """The agreement at a path, to be judged as of a day (None: now) by facts that are supported as well as `asked`.

    Raises: click.UsageError for a bad day, and the errors of `Agreement.open`.
    """
    agreement = opening.agreement(path, rev)
    zone = instants.zone(agreement.manifest.zone)
    now = instants.now(zone)
    try:
        instant = instants.read(at, zone) if at is not None else now
    except click.UsageError as error:
        raise click.UsageError(f"--at: {error.message}") from None
    try:
        known = instants.day(known_at) if known_at is not None else None
    except click.UsageError as error:
        raise click.UsageError(f"--known-at: {error.message}") from None
    return Court(agreement, instant, now, asked, known)


def further(court: Court, imports: Sequence[Path] = (), sentences: Sequence[str] = ()) -> tuple["RecordedFact", ...]:
    """Facts from tables and from sentences given on the command line.

    Raises: click.exceptions.Exit with code 2, the faults told, when any of them cannot be read.
    """
    from syngraph.cli.manners import findings
    from syngraph.engine.norms.told import facts

    records = [imported(path) for path in imports]
    records += [court.agreement.facts(sentence, f"--fact {number}") for number, sentence in enumerate(sentences, 1)]
    told = facts.joined(records)
    if told.findings:
        for finding in told.findings:
            output.talk(findings.headline(finding))
            if finding.help:
                output.talk(f"help: {finding.help}")
        raise click.exceptions.Exit(2)
    return told.facts


def imported(path: Path, layout: "Layout | None" = None) -> "Record":
    """The facts of a file: JSON Lines by the end of its name, else CSV."""
    from syngraph.engine.norms.told import jsonlines, table
    from syngraph.engine.norms.told.rows import PLAIN

    lines = path.suffix.casefold() in (".jsonl", ".ndjson", ".json")
    read = jsonlines.read if lines else table.read
    return read(str(path), path.read_bytes(), layout or PLAIN)


def untold(court: Court, report: "Report") -> tuple["Untold", ...]:
    """What the record has to tell before rules that are undetermined can be judged."""
    from syngraph.engine.norms.life.instances import Status
    from syngraph.engine.norms.words.questions import untold

    open_ = {one.rule for one in report.verdicts if one.status is Status.UNDETERMINED}
    return untold(placed for placed in court.agreement.rules if placed.id in open_)


def remarks(court: Court) -> None:
    """Says on stderr what the reader of an answer must know of it."""
    agreement = court.agreement
    versions = agreement.versions(court.now.date())
    if versions and not versions[-1].commit and len(versions) > 1:
        day = instants.written(versions[-1].since or court.now.date())
        output.talk(f"note: the text in the folder differs from the last commit; it counts as in force from {day}")
    zone = instants.zone(agreement.manifest.zone)
    for one, after in agreement.backwards:
        days = [instants.written(commit.instant.astimezone(zone).date()) for commit in (one, after)]
        output.talk(
            f"warning: commit {after.commit[:10]} of {days[1]} stands after {one.commit[:10]} of {days[0]}: their dates run"
            " backwards; a text of the later day is passed over from the earlier day on"
        )
    unread = agreement.coverage.unread
    if unread:
        rules = "rules" if unread > 1 else "a rule"
        output.talk(f"note: {_some(unread, 'sentence')} not read as {rules}; `syngraph read --unread` shows them")
    faults = len(agreement.record.findings)
    if faults:
        output.talk(f"note: {_some(faults, 'statement')} of the record cannot be read; `syngraph lint` shows them")


def _some(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count != 1 else ''}"
