"""Facts and the rules they are about: small agreements with verdicts worked by hand (see ../cases/facts.yaml)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from syngraph.engine.norms.words.comparing import Likeness, likeness

REGISTER = {"sela": ["Sela Or", "Seller"], "bruno": ["Bruno Paz", "Buyer"]}
GOODS = {"1 goods": "The Seller shall deliver the Goods to the Buyer by 31 March 2027."}
CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).parents[1] / "cases" / "facts.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_facts(case, judged, lines):
    report = judged({"text": GOODS, "register": REGISTER, "at": date(2027, 4, 10)} | case)
    found = lines(report)
    if "all" in case:
        assert sorted(case["all"]) == sorted(found)
    expected = case.get("verdicts", [])
    assert expected == [line for line in expected if line in found], "\n".join(found)
    assert case.get("findings", []) == [finding.code for finding in report.findings], report.findings
    reasons = [each.text for one in report.verdicts for each in one.reasons]
    for words in case.get("because", []):
        assert [text for text in reasons if words in text], reasons


@pytest.mark.parametrize(
    ("said", "ruled", "expected"),
    [
        ("the red Goods", "the Goods", Likeness.SAME),
        ("all of the Goods", "the Goods", Likeness.SAME),
        ("none of the Goods", "the Goods", Likeness.OTHER),
        ("no Goods", "the Goods", Likeness.OTHER),
        ("some Goods", "the Goods", Likeness.LESSER),
        ("two Goods", "the Goods", Likeness.LESSER),
        ("the two Goods", "the Goods", Likeness.SAME),
        ("the rest of the Goods", "the Goods", Likeness.LESSER),
        ("Goods of poor quality", "the Goods", Likeness.LESSER),
        ("the Goods with scratches", "the Goods", Likeness.LESSER),
        ("the Goods without defects", "the Goods", Likeness.SAME),
        ("the untested Goods", "the Goods", Likeness.LESSER),
        ("another Tool", "a Tool", Likeness.SAME),
        ("another Tool", "the Tool", Likeness.OTHER),
        ("a notice", "written notice", Likeness.VAGUE),
        ("notice", "written notice", Likeness.SAME),
        ("notice of a defect", "notice of the breach", Likeness.OTHER),
        ("notice", "notice of the time and place of the meeting", Likeness.SAME),
        ("the Goods in Portugal", "the Goods outside Portugal", Likeness.OTHER),
        ("annual dues of EUR 60", "the dues", Likeness.SAME),
        ("EUR 60 of the Deposit", "the Deposit", Likeness.SAME),
    ],
)
def test_how_far_one_thing_can_be_another(said, ruled, expected):
    assert expected is likeness(said, ruled)


_SOME = "the a no some half of all wrong damaged red Goods keys Flat in outside other than and , two 7 EUR without"
WORDS = st.lists(st.sampled_from(_SOME.split()), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_a_thing_said_in_the_same_words_is_the_same_and_nothing_else_raises(said, ruled):
    assert likeness(said, ruled) in Likeness
    if not {"no", "some"} & set(said.split()[:1]):
        assert Likeness.SAME is likeness(said, said)


def test_a_long_phrase_takes_no_time():
    assert likeness("the keys of " * 20_000, "the Flat of " * 20_000) in Likeness
