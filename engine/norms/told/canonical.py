"""The one form of a table that people sign: our own columns in their order, a fact to a line, and nothing hidden."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.provenance import Place

COLUMNS = ("date", "time", "actor", "act", "object", "to", "amount", "under")
"""The columns of a table in this form."""
LONGEST = 1000
"""The longest value, in characters."""

_NEEDED = ("date", "actor", "act")
_FORMS = {
    "date": (re.compile(r"(?:19|2\d)\d\d-\d\d-\d\d", re.ASCII), "a day from 1900 to 2999, as 2027-03-31"),
    "time": (re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?", re.ASCII), "a time of day such as 14:30"),
    "amount": (re.compile(r"[A-Z]{3} \d{1,3}(?:,\d{3}){0,7}(?:\.\d{1,12})?", re.ASCII), "a sum such as EUR 1,200.50"),
}
_FORMULA = "=+-@"
"""What no value begins with: a spreadsheet would work it out instead of showing it."""


class TableError(TextError):
    """A table that is not in the one form that is signed."""


NO_FORMULA = f"a value that no spreadsheet takes for a formula: none of {' '.join(_FORMULA)} at its beginning"


def line(values: Iterable[str]) -> str:
    """A row as it is written: values between commas, in quotation marks only where they must be."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue()


HEADING = line(COLUMNS)
"""The first line of every table in this form."""


def checked(body: str, path: str, first: int = 1) -> int:
    """How many rows a table has, when it is in the form that is signed; `first` is the line of `path` at which it begins.

    Nothing here depends on which verbs are known, so that what is lawful today stays lawful.

    Raises: TableError
    """
    lines = body.split("\n")
    if lines.pop():
        raise _refused(path, first + len(lines), lines, first, "a last line without an end", "a line feed at the end")
    if not lines or f"{lines[0]}\n" != HEADING:
        found = f"the heading “{lines[0][:80]}”" if lines else "no heading"
        raise _refused(path, first, lines, first, found, HEADING.strip())
    for number, (source, row) in enumerate(zip(lines[1:], _rows(lines, path, first), strict=True), first + 1):
        if len(row) != len(COLUMNS):
            raise _refused(path, number, lines, first, f"{len(row)} values", f"{len(COLUMNS)}, one for each column")
        for name, value in zip(COLUMNS, row, strict=True):
            if why := _wrong(name, value):
                raise _refused(path, number, lines, first, f"{name} “{value[:80]}”", why)
        if line(row) != f"{source}\n":
            raise _refused(path, number, lines, first, "a row that can be written more plainly", line(row).strip())
    if len(lines) == 1:
        raise _refused(path, first, lines, first, "a table without rows", "at least one")
    return len(lines) - 1


def _rows(lines: Sequence[str], path: str, first: int) -> Iterator[list[str]]:
    """The rows below the heading; each line is one, so that a place in the table is a place in the file."""
    for number, source in enumerate(lines[1:], first + 1):
        try:
            read = list(csv.reader([source], strict=True))
        except csv.Error as error:
            raise _refused(path, number, lines, first, f"a row that is no CSV ({error})", "a fact to a line") from None
        yield read[0] if read else []


def is_formula(value: str) -> bool:
    """Whether a spreadsheet would take a value for a formula."""
    return value.startswith(tuple(_FORMULA))


def _wrong(name: str, value: str) -> str:
    """What a value should have been; "" for one that is as it must be."""
    if not value:
        return f"something, since every row needs {', '.join(_NEEDED)}" if name in _NEEDED else ""
    if len(value) > LONGEST:
        return f"at most {LONGEST} characters"
    if value != value.strip() or not value.isprintable():
        return "a value without blanks around it, in characters that are seen"
    if value[0] in _FORMULA:
        return NO_FORMULA
    if name not in _FORMS:
        return ""
    form, expected = _FORMS[name]
    return "" if form.fullmatch(value) and (name != "date" or _is_day(value)) else expected


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _refused(path: str, number: int, lines: Sequence[str], first: int, found: str, expected: str) -> TableError:
    help = "let `syngraph record --csv` write the table; correct the file that it is made from"
    refused = TableError(found, expected, help, place=Place(path, number, 1))
    at = number - first
    refused.source = lines[at][:LONGEST] if at < len(lines) else ""
    return refused
