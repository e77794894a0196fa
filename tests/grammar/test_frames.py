"""Real sentences of bylaws, labelled by hand: how many are read, and how many of those rightly."""

import importlib.util
import sys
from pathlib import Path

import pytest

from syngraph.grammar.parse import read
from syngraph.grammar.unparse import unparse

_SPEC = importlib.util.spec_from_file_location("frames", Path(__file__).with_name("frames.py"))
assert _SPEC is not None and _SPEC.loader is not None
frames = importlib.util.module_from_spec(_SPEC)
sys.modules["frames"] = frames
_SPEC.loader.exec_module(frames)

SHARED = Path(__file__).parents[3] / "shared"
CASES = Path(__file__).with_name("cases")


@pytest.mark.parametrize("path", [frames.FRAMES, *sorted(CASES.glob("*.jsonl"))], ids=lambda path: path.stem)
def test_real_sentences_are_read_and_read_rightly(path: Path) -> None:
    if not path.exists():
        pytest.skip("the labelled sentences of ../shared/cases are not here")
    made = frames.report(frames.rows(path))
    print(frames.printed(made))
    whole = made.whole
    assert made.bound == []
    assert whole.read >= 0.6 * whole.sentences
    assert whole.share("both") >= (0.95 if path == frames.FRAMES else 0.9)
    assert whole.share("negated") == 1
    assert whole.share("threshold") >= 0.95
    assert whole.share("quorum") >= 0.95


@pytest.mark.parametrize(
    ("labelled", "got", "same"),
    [
        ("Board", "Board", True),
        ("TUs", "TU", True),
        ("Member who is in arrears", "Member", True),
        ("eligible voters", "all eligible voters present at a meeting", True),
        ("Board", "Board meeting", False),
        ("Board or General Meeting", "Board", False),
        (None, "Board", False),
        ("Board", None, False),
        (None, None, True),
    ],
)
def test_bearers_are_the_same_when_their_nouns_are(labelled: str | None, got: str | None, same: bool) -> None:
    assert frames.same_bearer(labelled, got) is same


@pytest.mark.parametrize(
    ("labelled", "got", "same"),
    [
        (">=2/3 of all Maintainers", ">=2/3 of all Maintainer", True),
        (">=66%", ">=33/50 of all Member", True),
        (">1/2 of Board", ">=1/2 of Board", False),
        (">=2/3 of Board", ">=2/3 of votes cast", False),
        ("consensus of Board", ">=all of Board", False),
    ],
)
def test_shares_are_the_same_when_sign_number_and_base_are(labelled: str, got: str, same: bool) -> None:
    assert frames.same_share(labelled, got) is same


@pytest.mark.skipif(not (SHARED / "corpus" / "bylaws").exists(), reason="the real bylaws of ../shared/corpus are not here")
def test_what_is_read_of_real_bylaws_can_be_said_back() -> None:
    said = again = 0
    for path in sorted((SHARED / "corpus" / "bylaws").iterdir()):
        for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
            for sentence in read(paragraph):
                for rule in sentence.rules:
                    said += 1
                    again += [found for each in read(unparse(rule)) for found in each.rules] == [rule]
    assert again >= 0.97 * said
