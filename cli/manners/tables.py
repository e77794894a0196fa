"""Rows in columns: the same text everywhere, fitted to the width of a terminal where there is one."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from syngraph.cli.manners import output
from syngraph.cli.manners.output import columns


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; `colour` is that of the first."""

    cells: tuple[str, ...]
    colour: str = ""


def put(rows: Sequence[Row], right: frozenset[int] = frozenset(), wide: int = -1, indent: str = "  ") -> None:
    """Prints rows in columns; those in `right` are aligned to the right, `wide` is the one that may be folded on a terminal."""
    if not rows:
        return
    if sys.stdout.isatty():
        _fitted(rows, right, wide, len(indent))
        return
    widths = [max(columns(output.plain(row.cells[index])) for row in rows) for index in range(len(rows[0].cells))]
    for row in rows:
        cells = [_padded(output.plain(cell), widths[index], index in right) for index, cell in enumerate(row.cells)]
        output.put((indent + "  ".join(cells)).rstrip())


def _padded(cell: str, width: int, right: bool) -> str:
    room = " " * (width - columns(cell))
    return room + cell if right else cell + room


def _fitted(rows: Sequence[Row], right: frozenset[int], wide: int, indent: int) -> None:
    """The same through rich, which folds the wide column to what the terminal has room for."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2), pad_edge=False)
    for index in range(len(rows[0].cells)):
        table.add_column(justify="right" if index in right else "left", no_wrap=index != wide, overflow="fold")
    for row in rows:
        cells = [Text(output.plain(cell)) for cell in row.cells]
        cells[0].stylize(row.colour)
        table.add_row(*cells)
    Console(no_color=not output.coloured(sys.stdout), highlight=False).print(Padding(table, (0, 0, 0, indent)))
