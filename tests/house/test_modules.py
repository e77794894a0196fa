"""Every module says its purpose and stays small enough to be read in one go."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIMIT = 450
ROOMS = ("grammar", "library", "engine", "cli")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def test_no_module_is_too_long() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > LIMIT} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_begins_with_a_sentence_of_purpose(path: Path) -> None:
    first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
    assert first.strip().endswith("."), f"{path.relative_to(ROOT)} has no docstring whose first paragraph is a sentence"


def test_no_module_is_named_for_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "process", "data", "common", "misc"}
    assert [str(path.relative_to(ROOT)) for path in MODULES if path.stem in vague] == []
