"""What sentences mean, field by field, written by hand from the English: the reading must agree."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from syngraph.grammar import rules as r
from syngraph.grammar.amounts import (
    Accrual,
    Ahead,
    By,
    Capped,
    Day,
    DayOfYear,
    Duration,
    Each,
    Event,
    Money,
    Named,
    NthDay,
    On,
    Part,
    Rate,
    Unit,
    Within,
)
from syngraph.grammar.lexicon import default
from syngraph.grammar.parse import read

TENANT, SELLER = r.Actor(("Tenant",)), r.Actor(("Seller",))


def duration(count: int, unit: Unit) -> Duration:
    return Duration(count, unit)


DUTIES = {
    "The Tenant shall pay the Rent to the Landlord on the first Business Day of each month.": (
        TENANT,
        ("pay", "the Rent", "the Landlord", Named("Rent")),
        (On(NthDay(1, "Business Day", Unit.MONTH)),),
    ),
    "Each Member shall pay annual dues of EUR 60 by 31 January of each year.": (
        r.Actor(("Member",), r.Quantifier.EACH),
        ("pay", "annual dues of EUR 60", "", Money(Decimal(60), "EUR")),
        (By(DayOfYear(1, 31)),),
    ),
    "The Seller shall deliver the Goods to the Buyer within thirty (30) days after the Effective Date.": (
        SELLER,
        ("deliver", "the Goods", "the Buyer", None),
        (Within(Duration(30, Unit.DAY), Event("the Effective Date")),),
    ),
    "The Goods must be delivered by the Seller no later than 31 March 2027.": (
        SELLER,
        ("deliver", "the Goods", "", None),
        (By(Day(date(2027, 3, 31))),),
    ),
    "The Secretary shall give each Member notice of a meeting at least ten days before the meeting.": (
        r.Actor(("Secretary",)),
        ("give", "notice of a meeting", "each Member", None),
        (Ahead(Duration(10, Unit.DAY), None, Event("the meeting", "hold", "", "the meeting")),),
    ),
    "The Contractor shall report to the Client every two weeks.": (
        r.Actor(("Contractor",)),
        ("report", "", "the Client", None),
        (Each(Duration(2, Unit.WEEK)),),
    ),
    "The Seller shall pay 0.5% of the Price for each day of delay, up to 10% of the Price.": (
        SELLER,
        (
            "pay",
            "0.5% of the Price",
            "",
            Capped(
                Rate(Named("Price"), Fraction(1, 200), Duration(1, Unit.DAY), Accrual.FULL_PERIODS),
                Part(Fraction(1, 10), Named("Price")),
            ),
        ),
        (),
    ),
}


@pytest.mark.parametrize("text", DUTIES)
def test_a_duty_has_its_bearer_its_act_and_its_time(text: str) -> None:
    bearer, act, times = DUTIES[text]
    ((rule,),) = [sentence.rules for sentence in read(text)]
    assert isinstance(rule, r.Obligation)
    assert (rule.bearer, (rule.act.verb, rule.act.object, rule.act.to, rule.act.amount), rule.times) == (bearer, act, times)


AT_LEAST, MORE = r.Comparison.AT_LEAST, r.Comparison.MORE_THAN
VOTES = {
    "These Bylaws may be amended by at least two-thirds (2/3) of all Members.": [
        [r.Threshold(AT_LEAST, Fraction(2, 3), r.Base.ALL, "Member")]
    ],
    "A resolution is adopted by a majority of the votes cast.": [[r.Threshold(MORE, Fraction(1, 2), r.Base.CAST)]],
    "A resolution is adopted by a majority of the Members present.": [
        [r.Threshold(MORE, Fraction(1, 2), r.Base.PRESENT, "Member")]
    ],
    "These Bylaws may be amended by a majority of the Directors and two-thirds of the Members.": [
        [
            r.Threshold(MORE, Fraction(1, 2), r.Base.ALL, "Director"),
            r.Threshold(AT_LEAST, Fraction(2, 3), r.Base.ALL, "Member"),
        ]
    ],
    "Section 3 may be amended only with the consent of every Member.": [
        [r.Threshold(AT_LEAST, Fraction(1), r.Base.ALL, "Member")]
    ],
    "A proposal is adopted unless more than two Members object within seven days.": [
        [r.Objections(2, "Member", Duration(7, Unit.DAY))]
    ],
    "A proposal is adopted if the number of Yes votes is at least three times the number of No votes.": [
        [r.Ratio(AT_LEAST, Fraction(3))]
    ],
}


@pytest.mark.parametrize("text", VOTES)
def test_a_decision_has_its_shares_of_whom_they_are_counted(text: str) -> None:
    ((rule,),) = [sentence.rules for sentence in read(text)]
    assert isinstance(rule, r.Decision)
    assert [list(group) for group in rule.alternatives] == VOTES[text]


FORBIDDEN = (
    "The Tenant shall not {} the Flat.",
    "The Tenant must not {} the Flat.",
    "The Tenant may not {} the Flat.",
    "No Tenant shall {} the Flat.",
)
BOUND = ("The Tenant shall {} the Flat.", "The Tenant must {} the Flat.", "Each Tenant will {} the Flat.")
VERBS = sorted(
    set(default().verbs) - {"be", "have", "constitute", "include", "mean", "apply", "prevail", "comprise", "consist"}
)


@pytest.mark.parametrize("verb", ["notify", "note", "notarise", "nothing", "only", *VERBS[:: max(1, len(VERBS) // 60)]])
def test_not_forbids_and_nothing_else_does(verb: str) -> None:
    """`shall notify` is a duty to notify, whatever letters it begins with."""
    states = {"become", "remain", "form", "count", "have"}
    for pattern in FORBIDDEN:
        rules = read(pattern.format(verb))[0].rules
        assert verb in states | {"only", "nothing"} or [type(rule) for rule in rules] == [r.Prohibition], pattern.format(verb)
    for pattern in BOUND:
        (rule, *_) = read(pattern.format(verb))[0].rules or (None,)
        assert not isinstance(rule, r.Prohibition), pattern.format(verb)
        assert rule is None or not isinstance(rule, r.Obligation) or rule.act.verb == verb


FREE = (
    "The Landlord is not obliged to paint the Flat.",
    "The Seller shall not be required to deliver the Goods.",
    "The Tenant need not pay the Rent.",
    "The Members do not have to attend.",
)


@pytest.mark.parametrize("text", FREE)
def test_who_is_not_bound_is_not_forbidden(text: str) -> None:
    ((rule,),) = [sentence.rules for sentence in read(text)]
    assert isinstance(rule, r.Declaration)
    assert rule.kind == "no duty"


def test_a_range_of_sections_names_each_of_them() -> None:
    ((rule,),) = [sentence.rules for sentence in read("Sections 7 to 9 survive termination.")]
    assert rule == r.Survival(("7", "8", "9"))


@pytest.mark.parametrize(("text", "verb"), [("smoked", "smoke"), ("baked", "bake"), ("planned", "plan"), ("opened", "open")])
def test_a_fact_has_the_base_of_its_verb(text: str, verb: str) -> None:
    ((rule,),) = [sentence.rules for sentence in read(f"On 3 May 2026, Ada {text} it.")]
    assert isinstance(rule, r.Fact)
    assert rule.event.verb == verb


def test_a_majority_of_the_quorum_present_is_of_nobody_knows_whom() -> None:
    (sentence,) = read("A motion passes by a majority vote of the quorum present.")
    (mistake,) = sentence.mistakes
    assert (sentence.rules[0].alternatives[0][0].base, mistake.code) == (r.Base.UNSAID, "SG203")
    assert mistake.message.startswith("of the votes cast or of those present?")
