"""The pages of findings about rules taken together: each example has its finding, and what to use instead has not."""

import re
from pathlib import Path

import pytest

from syngraph.engine.norms.analysis.checks import CODES

ROOT = Path(__file__).parents[4]
BLOCK = re.compile(r"^```markdown\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def texts(code: str, part: str) -> list[str]:
    page = (ROOT / "docs" / "checks" / f"{code}.md").read_text(encoding="utf-8")
    return [
        text for each in re.split(r"^## ", page, flags=re.MULTILINE) if each.startswith(part) for text in BLOCK.findall(each)
    ]


@pytest.mark.parametrize("code", [each.code for each in CODES])
def test_an_example_has_its_finding_and_what_to_use_instead_has_none(code, findings) -> None:
    bad, good = texts(code, "Example"), texts(code, "Use instead")
    assert bad and good
    assert [[each.code for each in findings(text)] for text in bad] == [[code]] * len(bad)
    assert [findings(text) for text in good] == [()] * len(good)


@pytest.mark.parametrize("code", CODES, ids=lambda each: each.code)
def test_a_page_has_the_name_of_its_code(code) -> None:
    page = (ROOT / "docs" / "checks" / f"{code.code}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {code.code}: {code.name}\n")
