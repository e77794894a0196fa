"""A rule in plain words: nothing of it is left out, and no kind of rule has none."""

import importlib.util
import sys
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.grammar import rules as r
from syngraph.grammar.amounts import Event
from syngraph.grammar.faults.mistakes import EXAMPLES
from syngraph.grammar.parse import read
from syngraph.grammar.plain import Explanation, Topic, explain
from syngraph.grammar.saying.phrasing import say_day, say_plural

_SPEC = importlib.util.spec_from_file_location("round_trip", Path(__file__).with_name("test_round_trip.py"))
assert _SPEC is not None and _SPEC.loader is not None
made = importlib.util.module_from_spec(_SPEC)
sys.modules["round_trip"] = made
_SPEC.loader.exec_module(made)

CASES = (
    *sorted((Path(__file__).parent / "cases").glob("families*.txt")),
    *sorted((Path(__file__).parents[1] / "cases" / "frames").glob("*.txt")),
)
WORDS = {
    1: ("one", "1", "each", "a "),
    Fraction(1, 2): ("half",),
    Fraction(1): ("all", "100%", "for each", "more Yes", "as many"),
}
SILENT = {"verb", "deed", "manner", "text", "quantifier", "joint", "kind", "type", "meaning", "mode", "effect", "base", "link"}
"""Fields whose words stand in another form in the sentence; each has a test of its own below."""


def told(sentence: str) -> Explanation:
    (found,) = read(sentence)
    return explain(found.rules[0])


def leaves(value: object, name: str = "") -> list[tuple[str, object]]:
    """What a rule says: every field at the bottom that is not empty."""
    if isinstance(value, Event):
        return [("event", value.text)]
    if isinstance(value, r.Fact):
        event = value.event
        return [("who", event.actor), ("what", event.object), *leaves((value.day, value.time, value.under))]
    if isinstance(value, r.Act):
        return [("act", value.text), *leaves(value.amount)]
    if is_dataclass(value):
        return [leaf for field in fields(value) for leaf in leaves(getattr(value, field.name), field.name)]
    if isinstance(value, tuple):
        return [leaf for part in value for leaf in leaves(part, name)]
    return [(name, value)] if value not in (None, "", False) else []


def is_told(name: str, leaf: Any, text: str) -> bool:
    match leaf:
        case Enum() if name == "period" and f"each {leaf.value}" not in text:
            return "each" in text  # `each Monday` is in a week, `each Business Day` in a day
        case Enum():
            return name in ("comparison", "rank", "unit", "style", "limit", "period") or str(leaf.value) in text
        case bool():
            return True
        case Fraction():
            percent = leaf * 100
            shown = f"{float(percent):g}%"
            return any(
                word in text for word in (*WORDS.get(leaf, ()), f"{leaf.numerator}/{leaf.denominator}", shown, f"{leaf}")
            )
        case int():
            return str(leaf) in text or leaf <= 12 or name in ("most", "factor")
        case Decimal():
            return f"{leaf:,f}" in text
        case date():
            return say_day(leaf) in text
        case str():
            words = leaf.replace("[](#", "section #").replace(")", "")
            return any(form.casefold() in text.casefold().replace(")", "") for form in (words, say_plural(words)))
        case _:
            return False


def assert_whole(rule: r.Rule) -> None:
    found = explain(rule)
    text = str(found)
    missing = [(name, leaf) for name, leaf in leaves(rule) if leaf and name not in SILENT and not is_told(name, leaf, text)]
    assert missing == [], text
    assert found.says[0] == found.says[0].upper() and found.says.endswith((".", "!", "?"))
    assert "  " not in text and "[](" not in text and "None" not in text


def kinds(union: Any) -> set[type]:
    return {part for each in get_args(union) for part in (kinds(each) or {each})}


def of_cases() -> list[r.Rule]:
    lines = [line for path in CASES for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("[")]
    sentences = [*EXAMPLES, *(line.partition("] ")[2] for line in lines)]
    return [rule for line in sentences for sentence in read(line) for rule in sentence.rules]


def test_every_kind_of_rule_among_the_cases_is_told_in_whole() -> None:
    rules = of_cases()
    for rule in rules:
        assert_whole(rule)
    assert kinds(r.Rule) - {type(rule) for rule in rules} == set()


@settings(max_examples=300, deadline=None)
@given(st.one_of(made.norms, made.decisions, made.life))
def test_whatever_rule_there_is_is_told_in_whole(rule: r.Rule) -> None:
    assert_whole(rule)


TOLD = (
    (
        "The Tenant shall pay the Rent to the Landlord on the first Business Day of each month.",
        "The Tenant must pay the Rent to the Landlord.\n"
        "When: on the first Business Day of each month.\n"
        "Others: nobody else is bound by it.",
    ),
    ("No Member may vote by proxy.", "No Member may vote by proxy."),
    ("Neither Party may assign this Agreement.", "Neither Party may assign this Agreement."),
    ("The Tenant shall not smoke.", "The Tenant must not smoke."),
    (
        "The Goods shall not be sold.",
        "Nobody may sell the Goods.\nAssumed: the text does not say who.",
    ),
    (
        "Only the Board may open the archive.",
        "Only the Board may open the archive.\nOthers: nobody else may.",
    ),
    (
        "Notwithstanding section 4, the Tenant may keep a dog if the weather is fine.",
        "The Tenant may keep a dog.\n"
        "Condition: it holds only if the weather is fine.\n"
        "Order: where they differ, this rule goes before section 4.\n"
        "Left to the record: whether this is so: “the weather is fine”; until it is told, the rule is undetermined.",
    ),
    (
        "A motion passes by a majority.",
        "A motion may be passed by a vote.\n"
        "Votes: more than half of all who may vote.\n"
        "Note: it counts as a vote to adopt.\n"
        "Assumed: the text does not say out of what, so all who may vote are counted, the strictest reading.",
    ),
    (
        "Quorum is 66% of all Members.",
        "A vote counts only if enough take part: at least 66% of all Members.",
    ),
    (
        "The Tenant shall promptly answer letters.",
        "The Tenant must answer letters.\n"
        "When: promptly.\n"
        "Others: nobody else is bound by it.\n"
        "Left to the record: “promptly” names no day, so people say whether it was late.",
    ),
)


@pytest.mark.parametrize(("sentence", "expected"), TOLD, ids=lambda value: str(value)[:40])
def test_is_told_in_these_words(sentence: str, expected: str) -> None:
    assert str(told(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("If the Tenant fails to pay the Rent when due, the Tenant shall pay a fee of EUR 5.", Topic.BREACH),
        ("The Seller shall pay 0.5% of the Price for each day of delay, up to EUR 100.", Topic.AMOUNT),
        ("Either Party may terminate this Agreement by giving the other Party 30 days' notice.", Topic.NOTICE),
        ("The Board may suspend a Member by a majority of the Directors.", Topic.VOTES),
        ("A Member who is in arrears shall not vote.", Topic.OPEN),
        ("Subject to section 4, the Tenant may keep a dog.", Topic.PRIORITY),
        ("The Tenant shall repair the roof.", Topic.ASSUMED),
    ],
)
def test_has_a_point_about_it(sentence: str, topic: Topic) -> None:
    assert topic in [point.topic for point in told(sentence).points]
