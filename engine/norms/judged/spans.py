"""When each thing was to be done and how it came out: the verdicts of a report along the days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from syngraph.engine.norms.judged.verdict import Report, Verdict
from syngraph.engine.norms.life.instances import LIVE


@dataclass(frozen=True, slots=True)
class Span:
    """The time of one verdict: from the day on which it began to `due` (None: it has no last day) or, if that comes after it,
    to `ended`, the day on which it came to stand as it does (None: it still goes on).
    """

    verdict: Verdict
    begun: date
    due: date | None
    ended: date | None


def spans(report: Report, chosen: Iterable[Verdict] | None = None) -> tuple[Span, ...]:
    """The times of verdicts (None: all of the report) in the order of the day on which they began; those with none left out."""
    found = []
    for one in report.verdicts if chosen is None else chosen:
        if report.state is None or one.key is None:
            continue
        instance = report.state.instances[one.key]
        day = report.state.calendar.day
        begun = day(max(instance.arisen, instance.opens) if instance.opens is not None else instance.arisen)
        over = None if instance.status in LIVE else day(instance.settled or instance.since)
        found.append(Span(one, min(begun, one.due or begun, over or begun), one.due, over))
    return tuple(sorted(found, key=lambda span: (span.begun, span.due or span.begun)))
