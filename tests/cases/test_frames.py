"""Every family of the language in sentences of its own: read as its case says, and near misses that are not read.

A case in frames.txt is a sentence with its kind in brackets before it and an indented line for each rule below it, under the
heading of its family. `pytest --rewrite` writes the file anew from the sentences in it.
"""

import importlib.util
import sys
from pathlib import Path

import pytest

from syngraph.grammar.parse import read
from syngraph.grammar.unparse import unparse

_SPEC = importlib.util.spec_from_file_location("families_of_rules", Path(__file__).parents[1] / "grammar" / "test_families.py")
assert _SPEC is not None and _SPEC.loader is not None
_families = importlib.util.module_from_spec(_SPEC)
sys.modules["families_of_rules"] = _families
_SPEC.loader.exec_module(_families)

FILE = Path(__file__).with_name("frames.txt")
NOT_READ = ("unread", "ambiguous")


def families() -> dict[str, list[str]]:
    """The cases of each family, by its heading."""
    found: dict[str, list[str]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("# "):
            cases = found.setdefault(line[2:].strip(), [])
        elif line.startswith("["):
            cases.append(line)
        elif line.startswith("    "):
            cases[-1] += line
    return found


CASES = [case for cases in families().values() for case in cases]


@pytest.mark.parametrize("case", CASES, ids=lambda case: _families.sentence_of(case)[:60])
def test_is_read_as_its_case_says(case: str) -> None:
    assert _families.written(_families.sentence_of(case)) == case


@pytest.mark.parametrize("case", CASES, ids=lambda case: _families.sentence_of(case)[:60])
def test_what_is_said_back_is_read_as_the_same_rule(case: str) -> None:
    for rule in read(_families.sentence_of(case))[0].rules:
        assert [found for sentence in read(unparse(rule)) for found in sentence.rules] == [rule]


@pytest.mark.parametrize("family", families())
def test_a_family_has_sentences_that_are_read_and_two_near_misses(family: str) -> None:
    kinds = [case[1 : case.index("]")] for case in families()[family]]
    assert [kind in NOT_READ for kind in kinds].count(True) == 2
    assert [kind in NOT_READ for kind in kinds].count(False) >= 3


def test_rewritten(rewrite: bool) -> None:
    if rewrite:
        blocks = [
            f"# {family}\n\n" + "\n".join(_families.written(_families.sentence_of(case)) for case in cases)
            for family, cases in families().items()
        ]
        FILE.write_text("\n".join(blocks), encoding="utf-8")
    assert CASES
