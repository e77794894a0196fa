"""Every family of the clause language: read as its case says, and said back.

A case in cases/families.txt is a sentence, its kind in brackets before it, and below it one indented line for each rule, in
which fields that have their default value are left out. `pytest --rewrite` writes the file anew from the sentences in it.
"""

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path

import pytest

from syngraph.grammar.parse import read
from syngraph.grammar.sentence import Kind
from syngraph.grammar.unparse import unparse

FILE = Path(__file__).parent / "cases" / "families.txt"


def short(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if is_dataclass(value):
        parts = []
        for field in fields(value):
            got = getattr(value, field.name)
            if field.default is MISSING or got != field.default:
                parts.append(f"{field.name}: {short(got)}")
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, tuple):
        return "[" + ", ".join(short(part) for part in value) + "]"
    if isinstance(value, Fraction | Decimal | date | int) or value is None:
        return str(value)
    return f"‹{value}›"


def written(text: str) -> str:
    (sentence,) = read(text)
    return "".join([f"[{sentence.kind}] {text}\n", *(f"    {short(rule)}\n" for rule in sentence.rules)])


def cases() -> list[str]:
    blocks: list[str] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            blocks.append(line + "\n")
        elif line.startswith("    "):
            blocks[-1] += line + "\n"
    return blocks


def sentence_of(case: str) -> str:
    return case.partition("\n")[0].partition("] ")[2]


@pytest.mark.parametrize("case", cases(), ids=lambda case: sentence_of(case)[:60])
def test_is_read_as_its_case_says(case: str) -> None:
    assert written(sentence_of(case)) == case


@pytest.mark.parametrize("case", cases(), ids=lambda case: sentence_of(case)[:60])
def test_what_is_said_back_is_read_as_the_same_rule(case: str) -> None:
    for rule in read(sentence_of(case))[0].rules:
        assert [found for sentence in read(unparse(rule)) for found in sentence.rules] == [rule]


def test_the_cases_have_every_kind_that_gives_a_rule() -> None:
    kinds = {case[1 : case.index("]")] for case in cases()}
    assert {kind.value for kind in Kind} - {"prose", "ambiguous", "unread"} <= kinds


def test_rewritten(rewrite: bool) -> None:
    if rewrite:
        FILE.write_text("\n".join(written(sentence_of(case)) for case in cases()), encoding="utf-8")
    assert cases()
