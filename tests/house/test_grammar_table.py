"""The table beside clause.lark is what lark makes of it (`--rewrite` writes it)."""

import json
from importlib.resources import files
from pathlib import Path

from syngraph.grammar.building import tables
from syngraph.grammar.building.lalr import Automaton

SOURCE = files("syngraph.grammar").joinpath("clause.lark").read_bytes()
TABLE = Path(__file__).resolve().parents[2] / "grammar" / "clause.json"


def test_the_table_is_what_lark_makes_of_the_grammar(rewrite: bool) -> None:
    wanted = tables.described(tables.made(), SOURCE)
    if rewrite:
        states = ",\n".join(json.dumps(state, separators=(",", ":")) for state in wanted["states"])
        rules = ",\n".join(json.dumps(rule, separators=(",", ":")) for rule in wanted["rules"])
        head = json.dumps({name: wanted[name] for name in ("source", "start", "end")})[:-1]
        TABLE.write_text(f'{head},\n"rules": [\n{rules}\n],\n"states": [\n{states}\n]}}\n', encoding="utf-8")
    assert json.loads(TABLE.read_text(encoding="utf-8")) == wanted


def test_a_table_of_another_grammar_is_not_used(monkeypatch) -> None:
    asked: list[bool] = []
    made = tables.made
    monkeypatch.setattr(tables, "_digest", lambda source: "another")
    monkeypatch.setattr(tables, "made", lambda: asked.append(True) or made())
    assert isinstance(tables.automaton.__wrapped__(), Automaton)
    assert asked == [True]
