"""Every family of the language in sentences of its own: read as its case says, and near misses that are not read.

The files in frames/ are the pages of docs/drafting in short: `# ` the page, `## ` a family, `> ` what is said about it.
A case is a sentence with its kind in brackets before it and an indented line for each rule below it. `pytest --rewrite`
writes the rules anew from the sentences.
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

FOLDER = Path(__file__).with_name("frames")
FILES = sorted(FOLDER.glob("*.txt"))
NOT_READ = ("unread", "ambiguous", "prose")


def families(path: Path) -> dict[str, list[str]]:
    """The cases of each family of a file, by its heading; those of the first heading are none."""
    found: dict[str, list[str]] = {}
    cases: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("## "):
            cases = found.setdefault(line[3:].strip(), [])
        elif line.startswith("["):
            cases.append(line)
        elif line.startswith("    "):
            cases[-1] += line
    return found


FAMILIES = {f"{path.stem}: {family}": cases for path in FILES for family, cases in families(path).items()}
CASES = [case for cases in FAMILIES.values() for case in cases]


@pytest.mark.parametrize("case", CASES, ids=lambda case: _families.sentence_of(case)[:60])
def test_is_read_as_its_case_says(case: str) -> None:
    assert _families.written(_families.sentence_of(case)) == case


@pytest.mark.parametrize("case", CASES, ids=lambda case: _families.sentence_of(case)[:60])
def test_what_is_said_back_is_read_as_the_same_rule(case: str) -> None:
    for rule in read(_families.sentence_of(case))[0].rules:
        assert [found for sentence in read(unparse(rule)) for found in sentence.rules] == [rule]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_sentences_that_are_read_and_two_near_misses(family: str) -> None:
    kinds = [case[1 : case.index("]")] for case in FAMILIES[family]]
    assert [kind in NOT_READ for kind in kinds].count(True) == 2
    assert [kind in NOT_READ for kind in kinds].count(False) >= 3


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rewritten(path: Path, rewrite: bool) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    if rewrite:
        kept = [line for line in lines if not line.startswith("    ")]
        written = (_families.written(line.partition("] ")[2]) if line.startswith("[") else f"{line}\n" for line in kept)
        path.write_text("".join(written), encoding="utf-8")
    assert lines[0].startswith("# ")
