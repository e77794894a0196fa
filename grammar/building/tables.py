"""The table of the clause grammar: what lark makes of clause.lark, kept beside it so that no program has to make it again."""

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from syngraph.grammar.building.build import Builder
from syngraph.grammar.building.lalr import Automaton

if TYPE_CHECKING:
    from lark import Lark


@cache
def automaton() -> Automaton:
    """The automaton of the clause grammar. One whose table was not written anew after a change is made on the spot."""
    folder = files("syngraph.grammar")
    table = json.loads(folder.joinpath("clause.json").read_text(encoding="utf-8"))
    source = folder.joinpath("clause.lark").read_bytes()
    return Automaton(table if table["source"] == _digest(source) else described(made(), source), Builder())


def made(*, strict: bool = False) -> "Lark":
    """The clause grammar as lark makes it. The strict mode looks for conflicts, which takes a while.

    Raises: lark.exceptions.GrammarError in strict mode when the grammar has a conflict.
    """
    from lark import Lark

    source = files("syngraph.grammar").joinpath("clause.lark").read_text(encoding="utf-8")
    return Lark(source, parser="lalr", lexer=_unused(), strict=strict)


def described(grammar: "Lark", source: bytes) -> dict[str, Any]:
    """The table of a grammar as JSON has it, with the digest of its source.

    `rules` are [symbol, size, the indices of children that are spliced in, whether the one child is the value]. Of each
    state `states` has what is done at a token or after a symbol: a number is the state to go on in; one below zero is
    the rule to apply, counted from -1 down.
    """
    from lark.parsers.lalr_analysis import Shift

    table = grammar.parser.parser.parser.parse_table
    rules = sorted(
        {at for actions in table.states.values() for action, at in actions.values() if action is not Shift},
        key=lambda rule: (str(rule.origin.name), [str(part.name) for part in rule.expansion]),
    )
    numbers = {rule: -1 - number for number, rule in enumerate(rules)}
    (start,), (end,) = table.start_states.values(), table.end_states.values()
    # In the order in which they are reached: lark's own numbers differ from run to run.
    places = {start: 0}
    for state in (order := [start]):
        for _, (action, at) in _sorted(table.states[state]):
            if action is Shift and at not in places:
                places[at] = len(order)
                order.append(at)
    return {
        "source": _digest(source),
        "start": places[start],
        "end": places[end],
        "rules": [
            [
                str(rule.origin.name),
                len(rule.expansion),
                [index for index, part in enumerate(rule.expansion) if not part.is_term and str(part.name).startswith("_")],
                bool(rule.options.expand1) and len(rule.expansion) == 1,
            ]
            for rule in rules
        ],
        "states": [
            {name: places[at] if action is Shift else numbers[at] for name, (action, at) in _sorted(table.states[state])}
            for state in order
        ],
    }


def _sorted(actions: dict[Any, tuple[Any, Any]]) -> list[tuple[str, tuple[Any, Any]]]:
    return sorted(((str(name), step) for name, step in actions.items()), key=itemgetter(0))


def _digest(source: bytes) -> str:
    return sha256(source.replace(b"\r\n", b"\n")).hexdigest()


def _unused() -> Any:
    from lark.lexer import Lexer

    class Ready(Lexer):
        """Stands for the lexer: chunks are cut already."""

        def __init__(self, conf: object) -> None:
            pass

        def lex(self, state: object, parser_state: object = None) -> object:  # type: ignore[override]
            return iter(state)  # type: ignore[call-overload]

    return Ready
