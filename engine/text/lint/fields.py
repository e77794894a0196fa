"""Fields whose value does not fit the clause that uses it: the fault is the value's, so the finding points there.

What a clause needs is told by the words around the value: after `within` a length of time, between `by` and `of each year` a
day of a month, after `a fee of` a sum or a share. What else is wrong with a value shows when the sentence is not read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.lint.context import Context
from syngraph.engine.text.provenance import Place, Text

Values = Mapping[tuple[str, int], Sequence[tuple[int, int, str]]]
"""Where the values of fields stand: by file and line, the first column, the one after the last, and the name of the field."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DURATION = re.compile(
    r"(?:\w[\w-]*\s)*\w[\w-]*\s(?:\(\d+\)\s)?(?:calendar\s|clear\s|business\s|working\s)?(?:hour|day|week|month|quarter|year)s?(?:['’]s?)?",
    re.IGNORECASE,
)
_DAY_OF_YEAR = re.compile(
    rf"(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTHS})|(?:{_MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?|(?:the\s)?(?:first|last|second|third|fourth)\s.+"
)
_AMOUNT = re.compile(r".*(?:\d|%|\bper\s?cent\b|\bhalf\b|\bthird\b|\bquarter\b|\btenth\b).*|(?:the|an?)\s.+", re.IGNORECASE)
_NEEDS = (
    (re.compile(r"\bwithin\s$"), re.compile(r""), _DURATION, "a length of time, such as 30 days"),
    (
        re.compile(r"\b(?:by|on|before)\s$"),
        re.compile(r"^\sof\s(?:each|every)\syear\b"),
        _DAY_OF_YEAR,
        "a day of a month, such as 31 January",
    ),
    (
        re.compile(r"\b(?:fee|penalty|interest|dues|fine)\s(?:of|at)\s$"),
        re.compile(r""),
        _AMOUNT,
        "a sum or a share, such as EUR 10 or 5%",
    ),
)
_NEARBY = 40
"""How many characters on each side of a value are looked at: more than the longest of these words."""


def ill_typed(context: Context) -> Iterator[Finding]:
    """SG306, in sentences that were read: their words stand, but what decides when or how much does not."""
    held = values(context)
    if not held:
        return
    for clause in context.clauses:
        if clause.prose or clause.sentence.unread is not None:
            continue
        yield from misfits(clause, held)


def misfits(clause: Clause, held: Values) -> Iterator[Finding]:
    """The values in a clause that do not fit the words around them."""
    string = clause.text.string
    for start, end, key in _segments(clause.text, held):
        for before, after, form, wanted in _NEEDS:
            if (
                before.search(string[max(start - _NEARBY, 0) : start])
                and after.search(string[end : end + _NEARBY])
                and not form.fullmatch(string[start:end])
            ):
                yield misfit(clause, key, clause.text[start:end], wanted)


def misfit(clause: Clause, key: str, where: Text, wanted: str) -> Finding:
    """The finding about a value that does not fit."""
    place = where.place(0)
    at = place.chain[-1] if place.chain else clause.place
    return found(
        "SG306",
        f"the field {key} says “{where}” where a clause needs {wanted}",
        where,
        f"mend the value; the clause is at {at}",
    )


def values(context: Context) -> Values:
    """Where the values of the document's fields stand."""
    held: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
    for key, value in context.document.fields.items():
        ends = [*(offset for offset, _ in value.runs[1:]), len(value)]
        for (offset, place), end in zip(value.runs, ends, strict=False):
            if end > offset:
                held.setdefault((place.path, place.line), []).append((place.column, place.column + end - offset, key))
    return held


def field_at(place: Place, held: Values) -> str:
    """The field in whose value a place is, "" for none."""
    return next((key for start, end, key in held.get((place.path, place.line), ()) if start <= place.column < end), "")


def _segments(text: Text, held: Values) -> Iterator[tuple[int, int, str]]:
    """The stretches of a text that came out of a field."""
    ends = [*(offset for offset, _ in text.runs[1:]), len(text)]
    for (offset, place), end in zip(text.runs, ends, strict=False):
        if place.chain and (key := field_at(place, held)):
            yield offset, end, key
