"""The examples in docstrings and on the page for programs hold."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WITH_EXAMPLES = sorted(
    ".".join(("syngraph", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
    for room in ("grammar", "library", "engine", "cli")
    for path in (ROOT / room).rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_in_docstrings_hold(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert tried > 0
    assert failed == 0


def test_examples_on_the_page_for_programs_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "docs/programs.md"), module_relative=False, encoding="utf-8")
    assert tried > 0
    assert failed == 0
