"""Verdicts for people and for programs."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from syngraph.cli.manners import instants, output, tables, values
from syngraph.engine.norms.life.instances import Status
from syngraph.engine.norms.told.facts import Evidence

if TYPE_CHECKING:
    from syngraph.engine.layout import Heading
    from syngraph.engine.norms.judged.verdict import Report, Verdict

# The worst first, what nobody needs to do anything about last.
URGENCY = (
    *(Status.VIOLATED, Status.UNDETERMINED, Status.IN_FORCE, Status.CURED, Status.EXERCISED, Status.FULFILLED),
    *(Status.DISCHARGED, Status.TERMINATED, Status.AVAILABLE, Status.PENDING, Status.EXHAUSTED, Status.EXPIRED),
)
QUIET = frozenset({Status.PENDING, Status.AVAILABLE, Status.EXHAUSTED, Status.EXPIRED})
"""What has not begun, or may be done by whoever wants to: not shown unless asked for."""
DONE = frozenset({Status.FULFILLED, Status.CURED})
CHANGED = frozenset({Status.VIOLATED, Status.DISCHARGED, Status.EXERCISED})
COLOURS = {
    Status.VIOLATED: "red",
    Status.UNDETERMINED: "yellow",
    Status.IN_FORCE: "cyan",
    Status.CURED: "green",
    Status.FULFILLED: "green",
}


def status(verdict: "Verdict") -> str:
    """How it stands, with how well that is supported: of what is done always, else of more than a claim."""
    held = ", suspended" if verdict.suspended is not None else ""
    least = 0 if verdict.status in DONE else 1 if verdict.status in CHANGED else len(Evidence)
    shown = verdict.evidence is not None and verdict.evidence.rank >= least
    return f"{verdict.status.value} ({verdict.evidence}){held}" if shown else f"{verdict.status.value}{held}"


def urgency(verdict: "Verdict") -> int:
    """The place of a verdict's status among the others, the worst first."""
    return URGENCY.index(verdict.status)


def show(verdicts: Sequence["Verdict"], headings: Mapping[str, "Heading"], forbidden: frozenset[str]) -> None:
    """A table for each section: those with a breach first, then in the order of the text; in each the worst first.

    `forbidden` are the ids of the rules that forbid something.
    """
    sections: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        sections.setdefault(verdict.section, []).append(verdict)
    for section, held in sorted(sections.items(), key=lambda item: all(one.status is not Status.VIOLATED for one in item[1])):
        heading = headings.get(section)
        title = f"{held[0].number}  {heading.text if heading else ''}".strip() or section
        output.put_styled(output.styled(f"{title} (#{section})", bold=True))
        # Sorted by urgency alone: within one the order of the report stays.
        tables.put(_gathered([row(verdict, forbidden) for verdict in sorted(held, key=urgency)]), right=frozenset({4}), wide=2)
        output.put()


def row(verdict: "Verdict", forbidden: frozenset[str] = frozenset()) -> tables.Row:
    """Status, who, what, by when, how much."""
    due = f"due {verdict.due.isoformat()}" if verdict.due else (f"since {verdict.since.isoformat()}" if verdict.since else "")
    amount = values.money(verdict.amount_due) if verdict.amount_due else ""
    what = verdict.act or (verdict.reasons[0].text if verdict.reasons else "")
    what = f"not {what}" if verdict.rule in forbidden else what
    return tables.Row((status(verdict), who(verdict), what, due, amount), COLOURS.get(verdict.status, ""))


def who(verdict: "Verdict") -> str:
    """The bearer, or the first of many who bear it together."""
    many = len(verdict.bearer.split())
    first = verdict.name.split(" and ")[0]
    return f"{first} and {many - 1} others" if many > MANY and first else verdict.name or verdict.bearer


def _gathered(rows: Sequence[tables.Row]) -> list[tables.Row]:
    """The rows, those that say the same of many people without a deadline or an amount as one."""
    alike: dict[tuple[str, ...], list[tables.Row]] = {}
    for one in rows:
        status_, _, *rest = one.cells
        alike.setdefault((status_, *rest), []).append(one)
    gathered = []
    for key, same in alike.items():
        people = dict.fromkeys(one.cells[1] for one in same)
        if len(people) > MANY and key[2].startswith("since") and not key[3]:
            status_, first, *rest = same[0].cells
            gathered.append(tables.Row((status_, f"{first} and {len(people) - 1} others", *rest), same[0].colour))
        else:
            gathered += same
    return gathered


MANY = 2
"""Of more people than this the standing duties are told in one row."""


def summary(report: "Report") -> str:
    """How many of each, the worst first."""
    counts = report.summary
    parts = [f"{counts[each.value]} {each.value}" for each in URGENCY if each.value in counts]
    return ", ".join(parts) if parts else "nothing to judge"


def told(verdict: "Verdict") -> None:
    """A verdict as prose: what it is, and the sentences and facts that led to it."""
    bearer = verdict.name or verdict.bearer or "nobody in particular"
    head = output.styled(status(verdict), fg=COLOURS.get(verdict.status), bold=True)
    output.put_styled(f"{output.plain(bearer)}: {head}" + output.plain(_circumstances(verdict)))
    for number, reason in enumerate(verdict.reasons, 1):
        place = f"  [{reason.place}]" if reason.place else ""
        output.put(f"  {number}. {reason.text}{place}")
    if verdict.amount_due:
        output.put(f"  still to be paid: {values.money(verdict.amount_due)}")


def line(verdict: "Verdict") -> str:
    """A verdict in one line: where, who, what, how it stands, by when."""
    where = f"section {verdict.number}" if verdict.number else f"#{verdict.section}"
    due = f", due {instants.written(verdict.due)}" if verdict.due else ""
    return f"{where}, {who(verdict)}: {verdict.act}: {status(verdict)}{due}"


def _circumstances(verdict: "Verdict") -> str:
    since = f" since {instants.written(verdict.since)}" if verdict.since else ""
    due = f", due {instants.written(verdict.due)}" if verdict.due else ""
    where = f" (section {verdict.number}, #{verdict.section})" if verdict.number else f" (#{verdict.section})"
    return f"{since}{due}: {verdict.act}{where}" if verdict.act else f"{since}{due}{where}"


def moment(at: datetime) -> str:
    """The instant for people; a whole day is told as a day."""
    if (at.hour, at.minute, at.second) in ((23, 59, 59), (0, 0, 0)):
        return instants.written(at.date())
    return f"{instants.written(at.date())}, {at:%H:%M} ({at.tzname()})"


def chosen(verdicts: Iterable["Verdict"], subject: str) -> list["Verdict"]:
    """The verdicts of a rule (its id, or the beginning of it) or of a section (its id or its number)."""
    name = subject.removeprefix("section ").removeprefix("#").strip()
    found = [one for one in verdicts if name in (one.section, one.number, one.rule)]
    return found or [one for one in verdicts if one.rule and one.rule.startswith(name) and ":" in name]
