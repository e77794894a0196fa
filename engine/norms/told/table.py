"""Facts from a table: CSV with a row for each fact, imported whole or not at all."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace

from syngraph.engine.norms.sums.money import written as in_words
from syngraph.engine.norms.told import canonical
from syngraph.engine.norms.told.facts import Record, RecordedFact, named_day
from syngraph.engine.norms.told.measures import cells
from syngraph.engine.norms.told.rows import COLUMNS, PLAIN, REQUIRED, BadRowError, Layout, Rows
from syngraph.engine.text.collecting import uncollected
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.provenance import Place
from syngraph.grammar.amounts import Money
from syngraph.grammar.phrases import numbers as phrases

_SEPARATORS = ",;\t"


@uncollected()
def read(path: str, source: bytes, layout: Layout = PLAIN, above: int = 0) -> Record:
    """The facts of a CSV file in UTF-8 with a heading, its values between commas, semicolons or tabs.

    `above` is how many lines of the file stand above the heading.

    An amount needs its currency, beside it (`EUR 1,200`) or in a column of its own. With one bad row nothing is imported.
    """
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(path, source[: error.start].count(b"\n") + 1, 1)
        return Record((), (Finding("SG405", "this file is not text in UTF-8", place, help="save it as CSV in UTF-8"),))
    lines = text.splitlines()
    between = separator(lines[0] if lines else "", layout)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=between)
    facts: list[RecordedFact] = []
    findings: list[Finding] = []
    read_row = Rows(layout).fact
    before = 0
    columns: dict[str, int] = {}

    def bad(line: int, error: BadRowError) -> Finding:
        return _finding(path, line, error, columns, lines, between, above)

    try:
        heading = next(rows, [])
        before = rows.line_num
        columns = _columns(heading, layout)
        for name in REQUIRED:
            if name not in columns and name not in layout.constants:
                columns = {}
                raise BadRowError(name, f"there is no column {layout.called(name)!r}", _known_columns(heading))
        headed = [name.strip().casefold() for name in heading]
        twice = [name for name in columns if headed.count(layout.called(name).strip().casefold()) > 1]
        if twice:
            said = layout.called(twice[0])
            raise BadRowError("", f"there are two columns {said!r}", "leave one of them, or give the other a name of its own")
        for theirs in layout.names.values():
            if theirs.strip().casefold() not in {each.strip().casefold() for each in heading}:
                columns = {}
                raise BadRowError("", f"there is no column {theirs!r}", _known_columns(heading))
        for row in rows:
            line, before = before + 1, rows.line_num
            if written_there := [value for value in row if value and not value.isspace()]:
                try:
                    if len(row) != len(heading):
                        raise BadRowError(
                            "",
                            f"found {len(row)} values, expected {len(heading)} as in the heading",
                            "put a value with a comma in quotation marks",
                        )
                    values = {name: row[index] for name, index in columns.items()}
                    for name in _WORDS:
                        if canonical.is_formula(values.get(name, "").lstrip()):
                            raise BadRowError(name, f"found {values[name].strip()!r}", f"write {canonical.NO_FORMULA}")
                    told = read_row(path, above + line, values, ", ".join(written_there))
                    if told is not None:
                        facts.append(told)
                except BadRowError as error:
                    findings.append(bad(line, error))
    except BadRowError as error:
        findings.append(bad(1, error))
    except csv.Error as error:
        place = Place(path, above + before + 1, 1)
        findings.append(Finding("SG405", f"this row is no CSV: {error}", place, help="close every quotation mark"))
    if not facts and not findings:
        findings.append(
            bad(1, BadRowError("", "this table has no rows", "put each fact in a line of its own below the heading"))
        )
    if findings:
        return Record((), tuple(findings))
    entered = named_day(path)
    return Record(tuple(facts if entered is None else (replace(one, entered=entered) for one in facts)))


_WORDS = ("actor", "act", "object", "to", "under")
"""The columns of which the words are kept as they are."""


def separator(heading: str, layout: Layout = PLAIN) -> str:
    """What stands between the values of a table: the sign by which most of our columns are found in its heading."""
    wanted = {layout.called(name).casefold() for name in COLUMNS}

    def found(sign: str) -> int:
        return len(wanted & {name.strip().strip('"').casefold() for name in heading.lstrip("\ufeff").split(sign)})

    return max(_SEPARATORS, key=found)


def written(facts: tuple[RecordedFact, ...]) -> bytes:
    """Facts of a table as a table with our own columns, which reads back as the same facts."""
    rows = [canonical.HEADING]
    for recorded in facts:
        fact, event = recorded.fact, recorded.fact.event
        if (told := cells(fact)) is not None:
            day, time, figure = told
            rows.append(canonical.line((day, time, "", "measured", event.object, "", figure, fact.under)))
            continue
        amount = _exact(fact.amount) if isinstance(fact.amount, Money) else ""
        day = fact.day.isoformat()
        rows.append(canonical.line((day, fact.time, event.actor, event.verb, event.object, event.to, amount, fact.under)))
    return "".join(rows).encode("utf-8", "surrogatepass")


def _exact(money: Money) -> str:
    """A sum in words, with more digits than its currency has only where it has more."""
    said = in_words(money)
    return said if phrases.money(said) == money else f"{money.currency} {money.amount:,}"


def _known_columns(heading: list[str]) -> str:
    named = ", ".join(name.strip() for name in heading[:20] if name.strip())
    there = f"the file has {named}; " if named else ""
    return f"{there}the columns are {', '.join(COLUMNS)}"


def _columns(heading: list[str], layout: Layout) -> dict[str, int]:
    there = {name.strip().casefold(): index for index, name in reversed(list(enumerate(heading)))}
    wanted = {ours: layout.called(ours).casefold() for ours in COLUMNS if ours not in layout.constants}
    return {ours: there[theirs] for ours, theirs in wanted.items() if theirs in there}


def _finding(
    path: str, line: int, bad: BadRowError, columns: Mapping[str, int], lines: list[str], between: str, above: int
) -> Finding:
    source = lines[line - 1] if line <= len(lines) else ""
    column = _start(source, columns[bad.column], between) if bad.column in columns else 1
    where = f"column {bad.column}: " if bad.column else ""
    return Finding("SG405", f"{where}{bad.message}", Place(path, above + line, column), help=bad.help, source=source)


def _start(line: str, index: int, between: str) -> int:
    """The column, from 1, at which the value with that index begins in a line of CSV."""
    quoted = False
    for position, letter in enumerate(line, 1):
        if not index:
            return position
        quoted ^= letter == '"'
        index -= letter == between and not quoted
    return len(line) + 1
