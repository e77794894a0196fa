"""What is left out at once is what comparing would not have found."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syngraph.engine.norms.said import matching, narrowing
from syngraph.engine.norms.said.matching import Mismatch
from syngraph.engine.norms.said.texts import provisions
from syngraph.engine.norms.words.comparing import Likeness, is_kind, likeness, mark
from syngraph.engine.norms.words.roles import Holding, roles
from syngraph.grammar.amounts import Event, Money
from syngraph.grammar.rules import Fact

DAY = date(2026, 4, 1)
FRONTS = (
    "",
    "the ",
    "a ",
    "some ",
    "no ",
    "half of the ",
    "all of the ",
    "two ",
    "one of the ",
    "the wrong ",
    "damaged ",
    "other ",
)
WORDS = (
    "Report",
    "report 7",
    "REPORTS",
    "Goods",
    "chairs",
    "Chair",
    "keys",
    "Work",
    "Tenant",
    "members",
    "notice",
    "Parties",
    "",
)
ENDS = (
    "",
    " of the Flat",
    " and the chairs",
    " or the keys",
    ", the keys and the report",
    " without defects",
    " in part",
    " by post",
    " until 30 April",
    " for 9 days",
)
PHRASES = st.builds(lambda front, word, end: f"{front}{word}{end}".strip(), *map(st.sampled_from, (FRONTS, WORDS, ENDS)))
REGISTER = roles([Holding("t", "Tom Ten", "Tenant"), Holding("m", "Mia Mem", "Member"), Holding("n", "Nia Mem", "Member")])
BODIES = {"goods": "the chairs", "report": "the keys of the Flat"}
quick = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
VERBS = ("deliver", "notify", "return", "pay")


@pytest.fixture(scope="module")
def slot():
    from syngraph.engine.norms.said.texts import GoverningText
    from syngraph.engine.text.clauses import Clause, placed
    from syngraph.engine.text.provenance import NOTHING
    from syngraph.grammar.parse import read

    (sentence,) = read("The Tenant shall deliver the keys to the Member.")
    return provisions((GoverningText(None, placed((Clause("s", "1", sentence, NOTHING, False),))),))[0].slots[0]


@given(PHRASES, PHRASES, st.booleans())
@quick
def test_phrases_with_different_marks_are_never_alike(said, ruled, with_faults):
    if mark(said) and mark(ruled) and mark(said) != mark(ruled):
        assert likeness(said, ruled, with_faults) is Likeness.OTHER
        assert not is_kind(ruled, said)


@given(
    PHRASES, PHRASES, st.sampled_from(VERBS), st.sampled_from(VERBS), st.booleans(), st.sampled_from(["", "Mia", "the Tenant"])
)
@settings(quick, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_a_norm_that_is_left_out_is_about_another_thing(slot, said, ruled, verb, other, with_bodies, to):
    from dataclasses import replace

    bodies = BODIES if with_bodies else {}
    ruling = replace(slot, norm=replace(slot.norm, act=replace(slot.norm.act, verb=verb, object=ruled)))
    for amount in (None, Money(Decimal(5), "EUR")):
        fact = Fact(DAY, Event(f"{other} {said}", other, "Tom", said, to), amount)
        near = narrowing.row([(narrowing.mark_of_act(ruling, other, bodies), ruling)])
        if ruling not in near.of(narrowing.mark_of_deed(fact, bodies)):
            assert isinstance(matching.act_of(ruling, fact, bodies, REGISTER), Mismatch)


@given(PHRASES, PHRASES, st.sampled_from(VERBS))
@quick
def test_an_event_that_is_left_out_is_of_another_thing(said, ruled, verb):
    event, fact = Event(f"{verb} {ruled}", verb, "", ruled), Fact(DAY, Event(f"{verb} {said}", verb, "Tom", said))
    near = narrowing.row([(narrowing.mark_of_event(event, REGISTER), event)])
    if event not in near.of(narrowing.mark_of_what_happened(fact)):
        assert not matching.may_be(event, fact, REGISTER)


def test_what_is_near_keeps_its_order():
    near = narrowing.row([("key", 1), ("", 2), ("chair", 3), ("key", 4), ("", 5)])
    assert (near.of("key"), near.of("desk"), near.of("")) == ((1, 2, 4, 5), (2, 5), (1, 2, 3, 4, 5))
