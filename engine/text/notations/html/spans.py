"""Cells that reach over several columns or rows, so that no other cell comes to stand under the wrong column.

Each place of the table that such a cell reaches over gets a cell of its own: an empty one, or the same again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from syngraph.engine.text.notations.html.tokens import Closing, Opening, tokens
from syngraph.engine.text.provenance import Place, Text, joined

MAX_COLUMNS = 100
MAX_ROWS = 1_000
MAX_ADDED = 200_000
"""How many characters the cells may have that are added; past it they are empty, and past as many cells there are none."""

_SPAN = re.compile("colspan|rowspan", re.IGNORECASE)
_EMPTY = "<td></td>"


@dataclass(frozen=True, slots=True)
class Edit:
    """That the characters from `start` to `end` become `new`."""

    start: int
    end: int
    new: str


@dataclass(slots=True)
class _Table:
    column: int = 0
    below: dict[int, tuple[int, str]] = field(default_factory=dict)
    """The columns that a cell above reaches down to: through how many more rows, and the cell."""
    begun: int = -1
    """Where the content of the open cell begins, -1 without one."""
    columns: int = 1
    rows: int = 1


def repeated(source: str) -> tuple[str, int]:
    """The HTML with every such cell repeated where it reaches, and how many cells were added."""
    edits = _edits(source, repeat=True)
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += [source[done : edit.start], edit.new]
        done = edit.end
    return "".join([*pieces, source[done:]]), sum(edit.start == edit.end for edit in edits)


def spread(text: Text) -> Text:
    """The HTML with empty cells where such a cell reaches; it has the same words, and they keep their places."""
    edits = _edits(text.string, repeat=False)
    pieces: list[Text] = []
    done = 0
    for edit in edits:
        place = text.place(edit.start) if text.runs else Place("", 1, 1)
        pieces += [text[done : edit.start], Text(edit.new, ((0, place),))]
        done = edit.end
    return joined([*pieces, text[done:]]) if edits else text


def _edits(source: str, repeat: bool) -> Sequence[Edit]:
    return _Spans(source, repeat).edits() if _SPAN.search(source) else ()


class _Spans:
    def __init__(self, source: str, repeat: bool) -> None:
        self.source, self.repeat = source, repeat
        self.made: list[Edit] = []
        self.tables: list[_Table] = []
        self.added = 0

    def edits(self) -> Sequence[Edit]:
        for token in tokens(self.source):
            match token:
                case Opening("table"):
                    self.tables.append(_Table())
                case Closing("table") if self.tables:
                    self.row(token.start)
                    self.tables.pop()
                case (
                    Opening("tr") | Closing("tr") | Opening("tbody" | "tfoot" | "thead") | Closing("tbody" | "tfoot" | "thead")
                ):
                    self.row(token.start)
                    if token.name != "tr" and self.tables:
                        self.tables[-1].below.clear()
                case Opening("td" | "th") if self.tables:
                    self.ended(token.start)
                    self.cell(token)
                case Closing("td" | "th"):
                    self.ended(token.start)
                case _:
                    pass
        return self.made

    def cell(self, token: Opening) -> None:
        """A cell begins: the places before it that cells above reach down to are filled."""
        table = self.tables[-1]
        self.fill(table, token.start)
        table.begun = token.end
        table.columns = _span(token.attributes.get("colspan", ""), MAX_COLUMNS)
        table.rows = _span(token.attributes.get("rowspan", ""), MAX_ROWS)
        if table.columns > 1 or table.rows > 1:
            self.made.append(Edit(token.start, token.end, f"<{token.name}>"))

    def fill(self, table: _Table, at: int) -> None:
        while table.column in table.below:
            rows, cell = table.below.pop(table.column)
            self.add(at, cell)
            if rows > 1:
                table.below[table.column] = rows - 1, cell
            table.column += 1

    def ended(self, at: int) -> None:
        """A cell ends, if one is open."""
        if not self.tables or self.tables[-1].begun < 0:
            return
        table = self.tables[-1]
        cell = _EMPTY
        if self.repeat and (table.columns > 1 or table.rows > 1):
            cell = f"<td>{_SPAN.sub('data-span', self.source[table.begun : at])}</td>"
        for count in range(table.columns):
            if count:
                self.add(at, cell if cell.count("<td") == 1 else _EMPTY)
            if table.rows > 1 and table.column < MAX_COLUMNS:
                table.below[table.column] = table.rows - 1, cell
            table.column += 1
        table.begun, table.columns, table.rows = -1, 1, 1

    def row(self, at: int) -> None:
        """A row ends, if one is open."""
        self.ended(at)
        if self.tables and self.tables[-1].column:
            table = self.tables[-1]
            self.fill(table, at)
            for column in sorted(column for column in table.below if column > table.column):
                while table.column < column:
                    self.add(at, _EMPTY)
                    table.column += 1
                self.fill(table, at)
            table.column = 0

    def add(self, at: int, cell: str) -> None:
        if self.added + len(cell) > MAX_ADDED:
            cell = _EMPTY
        if self.added <= 2 * MAX_ADDED:
            self.added += len(cell)
            self.made.append(Edit(at, at, cell))


def _span(written: str, most: int) -> int:
    return min(max(int(written), 1), most) if written.isascii() and written.isdigit() and len(written) < 7 else 1
