"""The pages of findings: each example has its finding, and what to use instead has not."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from syngraph.engine.text import clauses
from syngraph.engine.text.lint.checks import lint
from syngraph.engine.text.lint.codes import CODES
from syngraph.engine.text.provenance import Text
from syngraph.engine.text.resolving.resolve import Holder, resolve
from syngraph.engine.text.store import tree_of
from syngraph.grammar.parse import read

ROOT = Path(__file__).parents[3]
ROLES = frozenset({"Member", "Treasurer", "Tenant", "Landlord", "Seller", "Buyer", "Secretary", "Supplier"})
BLOCK = re.compile(r"(?:^In `([^`]+)`:\n\n)?^```markdown\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LIBRARY = {f"forms/{path.name}": path.read_bytes() for path in (ROOT / "library" / "clauses").glob("*.md")}
"""Examples include clauses of the library, as an agreement would hold them."""
PAGES = [code.code for code in CODES]


def texts(code: str, part: str) -> Iterator[dict[str, bytes]]:
    """The texts of a part of a page, each with the files named beside it; a block without a name is a text of its own."""
    page = (ROOT / "docs" / "checks" / f"{code}.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", page, flags=re.MULTILINE)
    blocks = [match for each in section if each.startswith(part) for match in BLOCK.finditer(each)]
    beside = {match[1]: match[2].encode() for match in blocks if match[1]}
    for match in blocks:
        if not match[1]:
            yield {**LIBRARY, **beside, "a.md": match[2].encode()}


def findings(files: dict[str, bytes]) -> list[str]:
    document = resolve(tree_of(files), "a.md", {role: (Holder("ada", (("Name", Text("Ada Quill")),)),) for role in ROLES})
    return [finding.code for finding in lint(document, clauses.read(document, read), ROLES)]


@pytest.mark.parametrize("code", PAGES)
def test_an_example_has_its_finding(code: str) -> None:
    examples = list(texts(code, "Example"))
    assert examples != []
    assert [code in findings(files) for files in examples] == [True] * len(examples)


@pytest.mark.parametrize("code", PAGES)
def test_what_to_use_instead_has_no_fault_of_its_form(code: str) -> None:
    better = list(texts(code, "Use instead"))
    assert better != []
    for files in better:
        assert [each for each in findings(files) if each == code or each.startswith(("SG1", "SG20"))] == []
