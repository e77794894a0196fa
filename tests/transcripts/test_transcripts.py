"""What the pages show is what happens."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("transcript", HERE / "transcript.py")
assert SPEC is not None and SPEC.loader is not None
transcript = importlib.util.module_from_spec(SPEC)
sys.modules["transcript"] = transcript
SPEC.loader.exec_module(transcript)

PAGES = sorted(
    page
    for page in (transcript.ROOT / "README.md", *(transcript.ROOT / "docs").rglob("*.md"), *HERE.glob("*.md"))
    if any(True for _ in transcript.steps(page))
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(transcript.ROOT).as_posix())
def test_a_page_shows_what_happens(page: Path, tmp_path: Path, rewrite: bool) -> None:
    folder = transcript.prepared(tmp_path / "work")
    answers = {}
    for step in transcript.steps(page):
        answers[step.line] = transcript.printed(step, folder)
        if not rewrite and not transcript.matches(step.expected, answers[step.line]):
            shown = "\n".join(answers[step.line])
            pytest.fail(f"{page.relative_to(transcript.ROOT)}:{step.line}: `{step.command}` printed:\n{shown}", pytrace=False)
    if rewrite:
        page.write_text(transcript.rewritten(page, answers), encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(transcript.ROOT).as_posix())
def test_the_python_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = re.findall(r"(?ms)^```python\n(.*?)^```", page.read_text(encoding="utf-8"))
    if programs:
        monkeypatch.chdir(transcript.prepared(tmp_path / "work"))
    for program in (one for one in programs if not one.startswith(">>> ")):
        exec(compile(program, str(page), "exec"), {})


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        (("a", "b"), ("a", "b"), True),
        (("a", "b"), ("a", "c"), False),
        (("a", "...", "d"), ("a", "b", "c", "d"), True),
        (("a", "...", "d"), ("a", "d"), True),
        (("a", "...", "d"), ("a", "b"), False),
        (("...",), ("x", "y"), True),
        (("a",), ("a", "b"), False),
        ((), (), True),
        (("a", ""), ("a",), True),
        (("at 3f9a…, by ada",), ("at 3f9a21, by ada",), True),
        (("at …",), ("at one", "and two"), False),
    ],
)
def test_lines_are_compared(expected: tuple[str, ...], actual: tuple[str, ...], same: bool) -> None:
    assert transcript.matches(expected, actual) is same
