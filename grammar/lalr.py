"""The automaton that lark makes of the grammar, run over chunks: lark's own runner does more than is needed here."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from lark import Lark, Token
from lark.exceptions import UnexpectedToken
from lark.parsers.lalr_analysis import Shift

Step = tuple[int, Callable[[list[Any]], Any] | None, int, str]
"""What is done at a token: the state to go on in; or what makes a value of how many values, and of which symbol it is one."""


class Automaton:
    """The states of a grammar, and what is done in each of them at each token and after each symbol."""

    def __init__(self, made: Lark) -> None:
        parser = made.parser.parser.parser
        table, callbacks = parser.parse_table, parser.callbacks
        (self._start,) = table.start_states.values()
        (self._end,) = table.end_states.values()
        self._steps: dict[int, dict[str, Step]] = {
            state: {
                str(name): (at, None, 0, "") if action is Shift else (0, callbacks[at], len(at.expansion), str(at.origin.name))
                for name, (action, at) in actions.items()
            }
            for state, actions in table.states.items()
        }

    def parse(self, tokens: Iterable[Token]) -> Any:
        """What the grammar makes of the tokens.

        Raises: UnexpectedToken at the first that cannot stand where it does, of the type $END where more would have to come.
        """
        states: list[int] = [self._start]
        values: list[Any] = []
        steps, end = self._steps, self._end
        for token in chain(tokens, (Token("$END", ""),)):
            kind = token.type
            while True:
                step = steps[states[-1]].get(kind)
                if step is None:
                    raise UnexpectedToken(token, {name for name in steps[states[-1]] if name.isupper()})  # type: ignore[no-untyped-call]
                at, make, size, symbol = step
                if make is None:
                    states.append(at)
                    values.append(token)
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
