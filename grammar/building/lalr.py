"""The automaton of a grammar, run over chunks: lark's own runner does more than is needed here."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from syngraph.grammar.chunks.scanner import Chunk, made

Step = tuple[int, Callable[[list[Any]], Any] | None, int, str]
"""What is done at a token: the state to go on in; or what makes a value of how many values, and of which symbol it is one."""


class UnfitError(Exception):
    """A chunk that cannot stand where it does, of the type $END where more must come; `expected` are types that can."""

    def __init__(self, chunk: Chunk, expected: set[str]) -> None:
        super().__init__(chunk)
        self.chunk, self.expected = chunk, expected


class Automaton:
    """The states of a grammar, and what is done in each of them at each token and after each symbol.

    `table` is of the form that tables.py describes. The value of a symbol is what the method of its name in `makers`
    makes of the values of its parts.
    """

    def __init__(self, table: Mapping[str, Any], makers: object) -> None:
        self._start: int = table["start"]
        self._end: int = table["end"]
        made_of: list[Step] = [
            (0, _making(symbol, spliced, alone, makers), size, symbol) for symbol, size, spliced, alone in table["rules"]
        ]
        self._steps: list[dict[str, Step]] = [
            {name: (at, None, 0, "") if at >= 0 else made_of[-1 - at] for name, at in actions.items()}
            for actions in table["states"]
        ]

    def parse(self, chunks: Iterable[Chunk]) -> Any:
        """What the grammar makes of the chunks.

        Raises: UnfitError at the first that cannot stand where it does.
        """
        states: list[int] = [self._start]
        values: list[Any] = []
        steps, end = self._steps, self._end
        for chunk in chain(chunks, (made("$END", "", 0, None),)):
            kind = chunk.type
            while True:
                step = steps[states[-1]].get(kind)
                if step is None:
                    raise UnfitError(chunk, {name for name in steps[states[-1]] if name.isupper()})
                at, make, size, symbol = step
                if make is None:
                    states.append(at)
                    values.append(chunk)
                    break
                held: list[Any] = []
                if size:
                    held = values[-size:]
                    del values[-size:], states[-size:]
                values.append(make(held))
                states.append(steps[states[-1]][symbol][0])
                if states[-1] == end and kind == "$END":
                    return values[-1]
        raise AssertionError("the end of a text either ends it or is unexpected")


def _making(symbol: str, spliced: list[int], alone: bool, makers: object) -> Callable[[list[Any]], Any]:
    """What makes the value of a symbol: a symbol with an underscore before it is a list, spliced into that of another."""
    if alone:
        return _only
    make: Callable[[list[Any]], Any] = _same if symbol.startswith("_") else getattr(makers, symbol)
    if not spliced:
        return make
    at = frozenset(spliced)
    return lambda parts: make([one for n, part in enumerate(parts) for one in (part if n in at else (part,))])


def _only(parts: list[Any]) -> Any:
    return parts[0]


def _same(parts: list[Any]) -> list[Any]:
    return parts
