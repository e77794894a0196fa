"""Every finding that can be made has a page, and every page is listed (`--rewrite` writes the list)."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "checks"
CODE = re.compile(r"SG[1-5]\d\d")
PARTS = ("## What it does", "## Why", "## Example", "## Use instead")


def codes() -> set[str]:
    """Every code that stands as a string in the engine or the grammar."""
    return {
        node.value
        for room in ("grammar", "engine")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def pages() -> dict[str, Path]:
    return {page.stem: page for page in sorted(PAGES.glob("SG*.md"))}


def listing() -> str:
    """The list of all pages: code and title, in the order of codes."""
    lines = [f"- [{code}]({code}.md) {title(page).removeprefix(code).lstrip(' :—-')}" for code, page in pages().items()]
    return "# Findings\n\nWhat `syngraph lint` can find. `syngraph explain CODE` prints a page.\n\n" + "\n".join(lines) + "\n"


def title(page: Path) -> str:
    return page.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ").strip()


def test_every_code_has_a_page() -> None:
    assert sorted(codes() - pages().keys()) == []


def test_every_page_has_a_code() -> None:
    assert sorted(pages().keys() - codes()) == []


@pytest.mark.parametrize("page", pages().values(), ids=lambda page: page.stem)
def test_a_page_says_what_why_and_what_instead(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert title(page).startswith(page.stem)
    assert [part for part in PARTS if not re.search(rf"(?m)^{re.escape(part)}", text)] == []


def test_every_page_is_listed(rewrite: bool) -> None:
    index = PAGES / "README.md"
    if rewrite:
        index.write_text(listing(), encoding="utf-8")
    assert index.read_text(encoding="utf-8") == listing()
