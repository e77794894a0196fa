"""Facts from a table: CSV with a row for each fact, imported whole or not at all."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from syngraph.engine.norms.told.facts import Record, RecordedFact
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.provenance import Place
from syngraph.grammar import lexicon
from syngraph.grammar.amounts import Event, Money
from syngraph.grammar.phrases import numbers as phrases
from syngraph.grammar.rules import Fact

T = TypeVar("T")

COLUMNS = ("date", "actor", "act", "object", "to", "amount", "under")
REQUIRED = ("date", "actor", "act")


class _BadRowError(Exception):
    def __init__(self, column: str, message: str, help: str) -> None:
        super().__init__(column, message, help)
        self.column = column
        self.message = message
        self.help = help


def read(path: str, source: bytes, names: Mapping[str, str] | None = None) -> Record:
    """The facts of a CSV file in UTF-8 with a heading.

    `names` says for a column of ours what it is called there (`{"date": "Buchungstag"}`); a column that it leaves out is
    called as here, in any case. An amount needs its currency (`EUR 1,200`). With one bad row nothing is imported.
    """
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(path, source[: error.start].count(b"\n") + 1, 1)
        return Record((), (Finding("SG405", "this file is not text in UTF-8", place, help="save it as CSV in UTF-8"),))
    lines = text.splitlines()
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    facts: list[RecordedFact] = []
    findings: list[Finding] = []
    before = 0
    try:
        heading = next(rows, [])
        before = rows.line_num
        columns = _columns(heading, names or {})
        for name in REQUIRED:
            if name not in columns:
                raise _BadRowError(
                    name, f"there is no column {(names or {}).get(name, name)!r}", f"the columns are {', '.join(COLUMNS)}"
                )
        for row in rows:
            line, before = before + 1, rows.line_num
            if any(value.strip() for value in row):
                try:
                    facts.append(_fact(path, line, row, columns, len(heading)))
                except _BadRowError as bad:
                    findings.append(_finding(path, line, bad, columns, lines))
    except _BadRowError as bad:
        findings.append(_finding(path, 1, bad, {}, lines))
    except csv.Error as error:
        place = Place(path, before + 1, 1)
        findings.append(Finding("SG405", f"this row is no CSV: {error}", place, help="close every quotation mark"))
    return Record((), tuple(findings)) if findings else Record(tuple(facts), ())


def _columns(heading: list[str], names: Mapping[str, str]) -> dict[str, int]:
    there = {name.strip().casefold(): index for index, name in reversed(list(enumerate(heading)))}
    wanted = {ours: names.get(ours, ours).strip().casefold() for ours in COLUMNS}
    return {ours: there[theirs] for ours, theirs in wanted.items() if theirs in there}


def _fact(path: str, line: int, row: list[str], columns: Mapping[str, int], width: int) -> RecordedFact:
    if len(row) != width:
        raise _BadRowError(
            "", f"found {len(row)} values, expected {width} as in the heading", "put a value with a comma in quotation marks"
        )
    values = {name: row[index].strip() for name, index in columns.items()}
    for name in REQUIRED:
        if not values[name]:
            raise _BadRowError(name, "found nothing", f"every row needs {', '.join(REQUIRED)}")
    day = _read("date", values["date"], "a day such as 2027-03-31", _day)
    amount = (
        _read("amount", values["amount"], "an amount with its currency such as EUR 1,200", _money)
        if values.get("amount")
        else None
    )
    verb = _verb(values["act"])
    object_ = values.get("object", "")
    event = Event(
        " ".join(word for word in (values["actor"], values["act"], object_) if word),
        verb,
        values["actor"],
        object_,
        values.get("to", ""),
    )
    under = values.get("under", "").removeprefix("section ").strip()
    sentence = ", ".join(value for value in row if value.strip())
    return RecordedFact(f"{path}:{line}", Fact(day, event, amount, under), Place(path, line, 1), sentence)


def _read(column: str, text: str, expected: str, reading: Callable[[str], T]) -> T:
    try:
        return reading(text)
    except (ValueError, ArithmeticError):
        raise _BadRowError(column, f"found {text!r}, expected {expected}", "correct the value; nothing was imported") from None


def _day(text: str) -> date:
    if not re.fullmatch(phrases.CALENDAR_DAY, text):
        raise ValueError("no day")
    return phrases.day(text)


def _money(text: str) -> Money:
    money = phrases.money(text)
    if len(money.currency) != 3 or not money.currency.isupper():
        raise ValueError("no currency")
    return money


def _verb(act: str) -> str:
    """The base form of `paid`, `pays`, `pay` or `payment`."""
    word = act.casefold().split()[0]
    known = lexicon.current()
    if word in known.verbs:
        return word
    return lexicon.base_of_third(word) or known.nouns.get(word, "") or lexicon.base_of_past(word) or word


def _finding(path: str, line: int, bad: _BadRowError, columns: Mapping[str, int], lines: list[str]) -> Finding:
    source = lines[line - 1] if line <= len(lines) else ""
    column = _start(source, columns[bad.column]) if bad.column in columns else 1
    where = f"column {bad.column}: " if bad.column else ""
    return Finding("SG405", f"{where}{bad.message}", Place(path, line, column), help=bad.help, source=source)


def _start(line: str, index: int) -> int:
    """The column, from 1, at which the value with that index begins in a line of CSV."""
    quoted = False
    for position, letter in enumerate(line, 1):
        if not index:
            return position
        quoted ^= letter == '"'
        index -= letter == "," and not quoted
    return len(line) + 1
