"""Frames of single sentences: every family of the language has one, and a line of two sentences loses neither."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from syngraph.cli.manners.frames import frame
from syngraph.grammar.parse import read

FAMILIES = Path(__file__).parents[1] / "grammar" / "cases" / "families.txt"
FIXED = {"text", "kind", "bearer", "act", "negated", "condition", "time", "threshold", "quorum", "rules"}


def families() -> list[str]:
    return [
        found[1] for line in FAMILIES.read_text(encoding="utf-8").splitlines() if (found := re.match(r"\[[^]]+\] (.+)", line))
    ]


def test_every_family_has_a_frame() -> None:
    sentences = families()
    assert len(sentences) > 100
    for sentence in sentences:
        made = frame(sentence, read(sentence))
        assert made.keys() >= FIXED
        assert json.loads(json.dumps(made))["text"] == sentence


@pytest.mark.parametrize(
    ("sentence", "field", "words"),
    [
        ("Quorum is 66% of all Members.", "quorum", ">=33/50 of all Member"),
        ("Quorum is half the square root of the number of Developers.", "quorum", ">=1/2 of the square root of all Developer"),
        ("Quorum is 66% of all Members.", "time", None),
        ("The voting period is 7 days.", "time", "voting period of 7 days"),
        ("A Member ceases to be a Member on 1 May 2027.", "time", "on 1 May 2027"),
        ("If the Tenant moves out, the Landlord shall return the Deposit.", "condition", "if the Tenant moves out"),
    ],
)
def test_a_field_of_a_frame(sentence: str, field: str, words: str | None) -> None:
    assert frame(sentence, read(sentence))[field] == words


def test_a_line_of_two_sentences_loses_neither(syngraph: Callable, tmp_path: Path) -> None:
    line = "Each Member has one vote. No Member may vote by proxy by 1 May 2027."
    (tmp_path / "lines.txt").write_text(line + "\n", encoding="utf-8")
    made = json.loads(syngraph("read", "--lines", tmp_path / "lines.txt", "--json").out)
    assert [rule["type"] for rule in made["rules"]] == ["Vote", "Prohibition"]
    assert (made["kind"], made["bearer"], made["sentences"], made["time"]) == ("decision", "Member", 2, "by 1 May 2027")
    assert made["kinds"] == ["decision", "prohibition"]
