"""Nothing that decides is lost between a sentence and its rules."""

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.grammar import rules as r
from syngraph.grammar.chunks.scanner import MisfitError
from syngraph.grammar.guards.conserving import conserve, kept, tokens
from syngraph.grammar.parse import read
from syngraph.grammar.sentence import Kind
from syngraph.grammar.unparse import unparse

_SPEC = importlib.util.spec_from_file_location("every_field", Path(__file__).with_name("test_every_field.py"))
assert _SPEC is not None and _SPEC.loader is not None
_every = importlib.util.module_from_spec(_SPEC)
sys.modules["every_field"] = _every
_SPEC.loader.exec_module(_every)


def said(text: str) -> list[str]:
    return [token for token, _ in tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two-thirds (2/3) of all Members", "2/3 of all Members"),
        ("within thirty (30) days", "within 30 days"),
        ("one hundred and five euros (EUR 105)", "EUR 105"),
        ("one thousand two hundred euros (EUR 1,200)", "EUR 1,200"),
        ("on May 5, 2027", "on 5 May 2027"),
        ("two-thirds (66%) of the votes", "two-thirds of the votes"),
        ("no later than 5 May 2027", "by 5 May 2027"),
        ("more than half of the votes cast", "a majority of the votes cast"),
        ("without the written consent of the Landlord", "unless the Landlord gives consent"),
        ("neither the Tenant nor the Landlord shall", "the Tenant and the Landlord shall not"),
        ("under sections 3 and 4", "under section 3"),
    ],
)
def test_wordings_of_one_token(one: str, other: str) -> None:
    found = [sorted(token for token in said(text) if token not in ("after", "within")) for text in (one, other)]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "text",
    [
        "two-thirds (3/4) of all Members",
        "half (1/3) of the Rent",
        "thirty (40) days",
        "one thousand two hundred euros (EUR 1,300)",
        "5% (6 percent) of the Rent",
        "sixty euros (EUR 50)",
    ],
)
def test_a_number_that_contradicts_itself_is_a_fault(text: str) -> None:
    with pytest.raises(MisfitError):
        tokens(text)


@settings(max_examples=200, deadline=None)
@given(_every.generated)
def test_what_is_said_of_a_rule_keeps_all_its_tokens(rule: r.Rule) -> None:
    conserve(unparse(rule), (rule,), (unparse(rule),))


@settings(max_examples=200, deadline=None)
@given(_every.generated, st.data())
def test_a_deciding_word_that_is_dropped_is_noticed(rule: r.Rule, data: st.DataObject) -> None:
    text = unparse(rule)
    words = text.split()
    told = [index for index in range(len(words)) if sorted(said(_without(words, index))) != sorted(said(text))]
    if not told:
        return
    shorter = _without(words, data.draw(st.sampled_from(told)))
    lost = set(said(text)) - set(said(shorter))
    if lost - {"modal"}:
        with pytest.raises(MisfitError):
            kept(text, (shorter,))


def _without(words: list[str], index: int) -> str:
    return " ".join(words[:index] + words[index + 1 :])


@settings(max_examples=200, deadline=None)
@given(_every.generated, st.sampled_from(["not", "only", "unless", "if", "77", "January", "before", "veto"]), st.data())
def test_a_deciding_word_too_many_is_noticed(rule: r.Rule, word: str, data: st.DataObject) -> None:
    words = unparse(rule).split()
    at = data.draw(st.integers(0, len(words)))
    longer = " ".join([*words[:at], word, *words[at:]])
    try:
        there, more = said(" ".join(words)), said(longer)
    except MisfitError:
        return
    if sorted(more) != sorted([*there, *said(word)]):
        return
    with pytest.raises(MisfitError):
        kept(longer, (" ".join(words),))
    with pytest.raises(MisfitError):
        kept(" ".join(words), (longer,))


TURNED = (
    # A vote that is denied decides nothing.
    "The Chair may not be removed by a majority of the Members.",
    "The Building shall not be sold by a majority of the Members.",
    "A proposal is not adopted by a majority of the votes cast.",
    "These Bylaws may never be amended by two-thirds of all Members.",
    "Two-thirds of all Members may not amend these Bylaws.",
    "A fork may not be made by ten Members.",
    "All disputes shall not be settled by one arbitrator.",
    "No Director may be removed by a majority of the Members.",
    "No amendment may be adopted by a majority of all Members.",
    "None of these Bylaws may be amended by a majority of all Members.",
    "Nothing may be adopted by a majority of the Members.",
    "These Bylaws may be amended, but not by a majority of all Members.",
    "Neither these Bylaws nor the Rules may be amended by a majority of all Members.",
    "Bylaws may be amended not by two-thirds of all Members.",
    "A decision of the Board shall not require a majority of the votes cast.",
    "Five percent of the Members may not call a vote.",
    "A majority of the Directors shall not constitute a quorum.",
    "A two-thirds vote of the Members shall not be required to dissolve the Club.",
    "Any dispute shall not be settled by arbitration by one arbitrator appointed by the Parties.",
    # A survival or a beginning that is denied.
    "Sections 5 and 7 do not survive termination.",
    "This Agreement does not take effect on 1 January 2027.",
    # `Not only` forbids nothing.
    "The Tenant shall not only pay the Rent but also clean the stairs.",
    "Obligations that fell due before a fork do not survive it.",
    # A denial that forbids nothing, or that is said of who does it.
    "The Tenant is entitled to not pay the Rent.",
    "The Tenant has the right to not pay the Rent.",
    "The Tenant shall not merely pay the Rent.",
    "The Tenant shall hardly ever sublet.",
    "The Rent shall be paid by no Member.",
    "The Rent shall be paid by nobody.",
    "The Rent shall be collected by neither the Tenant nor the Landlord.",
    # Numbers that contradict themselves, or are lost.
    "The Bylaws may be amended by two-thirds (3/4) of the Members.",
    "The Buyer shall pay one thousand two hundred euros (EUR 1,300) by 1 May 2027.",
    "Quorum for amendments is 66% of all Members and for other proposals 50%.",
    "The Bylaws may be amended by a majority of the Members at a meeting called with 14 days notice.",
    "The Landlord may terminate this Lease by three months' notice to the end of a quarter.",
    "The arbitrators may not award more than EUR 50,000 unless the Parties agree.",
    "This Agreement ends on 31 December 2027 at noon.",
)


@pytest.mark.parametrize("text", TURNED)
def test_what_would_be_turned_round_is_not_read(text: str) -> None:
    (sentence,) = read(text)
    assert sentence.kind is Kind.UNREAD


SAID_BACK = (
    (
        "This Agreement may not be amended without the consent of all Parties.",
        "This Agreement may be amended by the unanimous consent of all Parties.",
    ),
    ("Section 3 may not be amended by the Board.", "The Board shall not amend Section 3."),
    ("Section 3 may not be amended at the same meeting.", "Section 3 shall not be amended at the same meeting."),
    ("Section 3 may not be amended.", "Section 3 may not be amended."),
    ("No Member is required to pay dues.", "No Member is required to pay dues."),
    ("Neither Party is obliged to pay the fee.", "Neither Party is obliged to pay the fee."),
    ("No Member shall have to pay dues.", "No Member shall have to pay dues."),
    ("A Member shall not be bound to attend a meeting.", "A Member shall not be bound to attend a meeting."),
    ("A Director may only be removed for cause.", "A Director may be removed only for cause."),
    ("The Board may only meet in Lisbon.", "The Board may only meet in Lisbon."),
    (
        "The Treasurer may only pay invoices if the Board approves them.",
        "If the Board approves them, the Treasurer may pay invoices.",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("text", "back"), SAID_BACK, ids=[text for text, _ in SAID_BACK])
def test_what_is_denied_or_limited_is_said_back_so(text: str, back: str) -> None:
    (sentence,) = read(text)
    assert [unparse(rule) for rule in sentence.rules] == [back]


def test_what_may_not_be_amended_or_deleted_is_two_rules() -> None:
    (sentence,) = read("Section 3 may not be amended or deleted.")
    assert [type(rule) for rule in sentence.rules] == [r.Entrenchment, r.Entrenchment]


def test_nobody_who_has_a_duty_is_forbidden_nothing() -> None:
    (sentence,) = read("No Member is required to pay dues.")
    assert [type(rule) for rule in sentence.rules] == [r.Declaration]
