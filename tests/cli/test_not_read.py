"""A text with a sentence that binds somebody and is not read: it says so, and never that everything is as it should be."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PRAISE = re.compile(
    r"\bcompl(?:iant|ied|iance)\b|\bin order\b|\b(?:is|are) (?:fine|met|well)\b|nothing is violated(?! as far as can be told)",
    re.IGNORECASE,
)
UNREAD = "The Landlord shall, save as hereinafter, the Flat."


@pytest.mark.parametrize(("name", "root"), [("riverside", "bylaws.md"), ("lease", "lease.md")])
@pytest.mark.parametrize("day", ["2025-06-01", "2026-01-10", "2026-06-30"])
def test_it_is_said_and_nothing_is_praised(
    syngraph: Callable[..., Any], tmp_path: Path, name: str, root: str, day: str
) -> None:
    shutil.copytree(ROOT / "examples" / name, tmp_path / name)
    with (tmp_path / name / root).open("a", encoding="utf-8") as file:
        file.write(f"\n{UNREAD}\n")
    for style in ((), ("--json",), ("--all",)):
        answer = syngraph("check", tmp_path / name, "--at", day, *style)
        assert (answer.code, "note: 1 sentence not read as a rule" in answer.err) == (1, True)
        assert not PRAISE.search(answer.out + answer.err)
        assert ('"undetermined"' if "--json" in style else UNREAD) in answer.out


def test_the_same_text_without_it_is_not_said_to_be_unread(syngraph: Callable[..., Any]) -> None:
    answer = syngraph("check", ROOT / "examples" / "lease", "--at", "2026-01-10")
    assert "not read" not in answer.out + answer.err
