"""Days along a line: marks and a scale for the terminal, and a picture (SVG) of spans."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from syngraph.cli.manners import instants, output, verdicts
from syngraph.engine.norms.life.instances import Status

if TYPE_CHECKING:
    from syngraph.engine.norms.judged.spans import Span
    from syngraph.engine.norms.judged.verdict import Verdict

_MARKS = {Status.VIOLATED: "x", Status.UNDETERMINED: "?", Status.FULFILLED: "+", Status.CURED: "+"}
_FILLS = {
    Status.VIOLATED: "#c0392b",
    Status.UNDETERMINED: "#d68910",
    Status.FULFILLED: "#1e8449",
    Status.CURED: "#6b8e23",
    Status.IN_FORCE: "#2471a3",
}
_ROW, _TEXT, _DAYS, _TOP = 26, 430, 720, 74
MOST = 2000
"""How many lines a picture has at most."""


def mark(status: Status) -> str:
    """How something came out, in one character."""
    return _MARKS.get(status, "o")


def scale(first: date, last: date, column: Callable[[date], int], width: int) -> str:
    """The first of each month, or year, under which there is room, and the year."""
    line = [" "] * (width + 8)
    free = 0
    for day in (first, *_firsts(first, last)):
        label, place = f"{day:%Y-%m}", column(day)
        if place >= free and place + len(label) <= width:
            line[place : place + len(label)] = label
            free = place + len(label) + 2
    return "".join(line[:width]).rstrip()


def svg(
    title: str, spans: Sequence["Span"], first: date, last: date, today: date, forbidden: frozenset[str] = frozenset()
) -> str:
    """The spans as a picture that stands on its own: a row for each, the months above, the day that is asked about as a line.

    `forbidden` are the ids of the rules that forbid something.
    """
    shown = spans[:MOST]
    height = _TOP + _ROW * len(shown) + 30
    width = _TEXT + _DAYS + 30
    days = max((last - first).days, 1)

    def x(day: date) -> str:
        return f"{_TEXT + min(max((day - first).days, 0), days) * _DAYS / days:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' font-family="sans-serif" font-size="12" role="img">',
        f"<title>{_safe(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="12" y="26" font-size="16" font-weight="bold">{_safe(_short(title, 90))}</text>',
    ]
    free = 0.0
    for day in _firsts(first, last):
        parts.append(f'<line x1="{x(day)}" x2="{x(day)}" y1="{_TOP - 14}" y2="{height - 24}" stroke="#e5e5e5"/>')
        if float(x(day)) >= free and float(x(day)) < width - 60:
            parts.append(f'<text x="{x(day)}" y="{_TOP - 20}" fill="#666">{day:%Y-%m}</text>')
            free = float(x(day)) + 50
    for number, span in enumerate(shown):
        parts += _row(span, _TOP + number * _ROW, x, last, forbidden)
    if first <= today <= last:
        parts.append(
            f'<line x1="{x(today)}" x2="{x(today)}" y1="{_TOP - 14}" y2="{height - 24}" stroke="#111" stroke-dasharray="4 3"/>'
        )
        parts.append(f'<text x="{x(today)}" y="{height - 8}" text-anchor="middle">{instants.written(today)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def what(one: "Verdict", forbidden: frozenset[str]) -> str:
    """What is to be done, or not."""
    return f"not {one.act}" if one.rule in forbidden else one.act


def _row(span: "Span", y: int, x: Callable[[date], str], last: date, forbidden: frozenset[str]) -> list[str]:
    one = span.verdict
    act = what(one, forbidden)
    fill = _FILLS.get(one.status, "#7f8c8d")
    start, end = float(x(span.begun)), float(x(span.due or span.ended or last))
    due = f", due {instants.written(one.due)}" if one.due else ""
    told = f"{verdicts.who(one)}: {act}: {verdicts.status(one)}{due}"
    label = _short(f"{one.number} {verdicts.who(one)}: {act}".strip(), 64)
    parts = [
        f"<g><title>{_safe(told)}</title>",
        f'<text x="12" y="{y + 13}">{_safe(label)}</text>',
        f'<rect x="{start:.1f}" y="{y + 4}" width="{max(end - start, 2):.1f}" height="12" rx="3" fill="{fill}"'
        ' opacity="0.35"/>',
    ]
    if span.ended is not None and span.due is not None and span.ended > span.due:
        parts.append(f'<line x1="{x(span.due)}" x2="{x(span.ended)}" y1="{y + 10}" y2="{y + 10}" stroke="{fill}"/>')
    if span.ended is not None:
        parts.append(f'<circle cx="{x(span.ended)}" cy="{y + 10}" r="5" fill="{fill}"/>')
    elif span.due is not None:
        parts.append(f'<circle cx="{x(span.due)}" cy="{y + 10}" r="4.5" fill="#fff" stroke="{fill}" stroke-width="2"/>')
    return [*parts, "</g>"]


def _safe(text: str) -> str:
    return escape(output.plain(text).encode("utf-8", "replace").decode(), {'"': "&quot;"})


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _firsts(first: date, last: date) -> list[date]:
    """The first day of each month between two days, of each year where there are many."""
    step = 1 if (last - first).days <= 366 * 4 else 12
    found: list[date] = []
    year, month = first.year, 1 if step == 12 else first.month
    while (day := date(year, month, 1)) <= last and len(found) < 400:
        if day >= first:
            found.append(day)
        year, month = (year + (month + step > 12), (month + step - 1) % 12 + 1) if year < date.max.year else (year, 13)
        if month == 13:
            break
    return found
