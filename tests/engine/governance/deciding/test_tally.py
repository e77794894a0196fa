"""Votes counted: exactly, monotone in the yes votes, and settled only when nothing can turn the outcome."""

from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.engine.governance.deciding import (
    Attendance,
    Choice,
    Deciding,
    Electorate,
    Forum,
    Outcome,
    Reach,
    Requirement,
    settled,
    tally,
)
from syngraph.engine.governance.deciding.requirement import CONSENT, EVERY_PARTY, Doubt
from syngraph.engine.text.clauses import Clause, PlacedRule
from syngraph.engine.text.provenance import Place, Text
from syngraph.grammar.parse import read
from syngraph.grammar.rules import (
    Abstention,
    Ballot,
    Base,
    Comparison,
    Objections,
    Quorum,
    QuorumMet,
    Ratio,
    Rule,
    Threshold,
)

CHOICES = (Choice.YES, Choice.NO, Choice.ABSTAIN)
SOME = (*CHOICES, None)
(RULE,) = read("A resolution is adopted by a majority of the votes cast.")


def placed(rule: Rule) -> PlacedRule:
    text = Text(RULE.text, ((0, Place("bylaws.md", 1, 1)),))
    return PlacedRule("votes:1", rule, Clause("votes", "1", RULE, text, False))


def needing(
    *alternatives: tuple[Ballot, ...], quorum: Quorum | None = None, abstentions: tuple[Abstention, ...] = (), **more: Any
) -> Requirement:
    deciding = Deciding(placed(RULE.rules[0]), alternatives)
    quorums = (placed(quorum),) if quorum else ()
    return Requirement(
        Reach(), Forum.BALLOT, (deciding,), quorums=quorums, abstentions=tuple(placed(each) for each in abstentions), **more
    )


def body(size: int) -> Electorate:
    members = {f"m{n}": 1 for n in range(size)}
    return Electorate(date(2026, 1, 1), {"Member": members, "": members})


shares = st.fractions(min_value=Fraction(1, 6), max_value=1, max_denominator=6)
comparisons = st.sampled_from(Comparison)
thresholds = st.builds(
    Threshold, comparisons, shares, st.sampled_from(Base), st.sampled_from(("", "Member")), minus=st.integers(0, 1)
)
heads = st.builds(lambda count: Threshold(Comparison.AT_LEAST, Fraction(0), Base.ALL, "Member", heads=count), st.integers(1, 4))
ratios = st.builds(Ratio, comparisons, st.integers(1, 3).map(Fraction))
objections = st.builds(Objections, st.integers(0, 2), st.just("Member"))
tests = st.one_of(thresholds, heads, ratios)
groups = st.one_of(
    st.tuples(tests),
    st.tuples(objections),
    st.tuples(tests, tests),
    st.tuples(st.just(QuorumMet()), tests),
)
quorums = st.builds(
    lambda threshold, root: Quorum(threshold, root=root, factor=2 if root else 1),
    st.builds(Threshold, comparisons, shares, st.just(Base.ALL), st.sampled_from(("", "Member"))),
    st.booleans(),
)
abstaining = st.lists(st.builds(Abstention, st.booleans(), st.sampled_from(("quorum", "votes cast"))), max_size=1)
requirements = st.builds(
    lambda alternatives, quorum, abstentions: needing(*alternatives, quorum=quorum, abstentions=tuple(abstentions)),
    st.lists(groups, min_size=1, max_size=2),
    quorums,
    abstaining,
)
ballots = st.lists(st.sampled_from(SOME), min_size=1, max_size=5)


def named(choices: Any) -> dict[str, Choice]:
    return {f"m{n}": choice for n, choice in enumerate(choices) if choice is not None}


@settings(max_examples=200, deadline=None)
@given(requirements, ballots, st.integers(0, 4))
def test_a_further_yes_never_does_harm(needs: Requirement, choices: list[Any], at: int) -> None:
    voters = body(len(choices))
    more = [Choice.YES if n == at else choice for n, choice in enumerate(choices)]
    if tally(needs, voters, named(choices)).outcome is Outcome.ADOPTED:
        assert tally(needs, voters, named(more)).outcome is Outcome.ADOPTED


@settings(max_examples=200, deadline=None)
@given(requirements, ballots, st.sampled_from(CHOICES))
def test_the_vote_of_a_stranger_changes_nothing(needs: Requirement, choices: list[Any], vote: Choice) -> None:
    cast = named(choices)
    told = tally(needs, body(len(choices)), cast)
    again = tally(needs, body(len(choices)), {**cast, "stranger": vote})
    assert (told.outcome, told.decided, told.classes) == (again.outcome, again.decided, again.classes)
    assert again.uncounted == (("stranger", "has no vote"),)


@settings(max_examples=150, deadline=None)
@given(requirements, ballots)
def test_settled_is_what_no_completion_turns(needs: Requirement, choices: list[Any]) -> None:
    voters, cast = body(len(choices)), named(choices)
    missing = [n for n, choice in enumerate(choices) if choice is None]
    outcomes = set()
    for way in product(SOME, repeat=len(missing)):
        more = {f"m{n}": choice for n, choice in zip(missing, way, strict=True) if choice is not None}
        outcomes.add(tally(needs, voters, cast | more).outcome is Outcome.ADOPTED)
    assert (len(outcomes) == 1) == settled(needs, voters, cast)


@settings(max_examples=200, deadline=None)
@given(tests, ballots, abstaining)
def test_needed_is_exactly_the_least_number(test: Ballot, choices: list[Any], abstentions: list[Abstention]) -> None:
    needs = needing((test,), abstentions=tuple(abstentions))
    voters = body(len(choices))
    (found,) = tally(needs, voters, named(choices)).decided[0].alternatives[0].tests
    count = found.count

    def met(yes: int) -> bool:
        if yes == 0:
            return False
        if isinstance(test, Ratio):
            against = test.times * count.no
            return yes > against if test.comparison is Comparison.MORE_THAN else yes >= against
        assert isinstance(test, Threshold)
        if test.heads:
            return yes >= test.heads
        counted = abstentions and abstentions[0].counts and abstentions[0].towards == "votes cast"
        whole = {
            Base.ALL: max(len(choices) - test.minus, 0),
            Base.UNSAID: max(len(choices) - test.minus, 0),
            Base.CAST: count.yes + count.no + (count.abstain if counted else 0),
            Base.PRESENT: count.yes + count.no + count.abstain,
            Base.PRESENT_AND_VOTING: count.yes + count.no,
        }[test.base]
        return yes > test.share * whole if test.comparison is Comparison.MORE_THAN else yes >= test.share * whole

    assert next(yes for yes in range(100) if met(yes)) == found.needed
    assert met(count.yes) == found.met


@settings(max_examples=200, deadline=None)
@given(quorums, st.integers(0, 30), st.integers(0, 30))
def test_a_quorum_is_exactly_the_least_number(quorum: Quorum, size: int, there: int) -> None:
    cast = {f"m{n}": Choice.ABSTAIN for n in range(min(size, there))}
    half = Threshold(Comparison.MORE_THAN, Fraction(1, 2), Base.CAST)
    (found,) = tally(needing((half,), quorum=quorum), body(size), cast).decided[0].alternatives[0].quorums

    def met(count: int) -> bool:
        if count == 0:
            return False
        asked = quorum.threshold
        one, other = Fraction(count), asked.share * size
        if quorum.root:
            one, other = Fraction(count) ** 2, (asked.share * quorum.factor) ** 2 * size
        return one > other if asked.comparison is Comparison.MORE_THAN else one >= other

    assert next(count for count in range(100) if met(count)) == found.needed
    assert met(min(size, there)) == found.met


# -- one by one --------------------------------------------------------------------------------------------------------

HALF_OF_ALL = Threshold(Comparison.MORE_THAN, Fraction(1, 2), Base.ALL, "Member")
HALF_CAST = Threshold(Comparison.MORE_THAN, Fraction(1, 2), Base.CAST)
HALF_THERE = Quorum(Threshold(Comparison.AT_LEAST, Fraction(1, 2), Base.ALL, "Member"))


def test_a_quorum_that_an_alternative_names_is_asked_of_that_one_only() -> None:
    needs = needing((HALF_CAST,), (QuorumMet(), Ratio(Comparison.AT_LEAST, Fraction(3))), quorum=HALF_THERE)
    first, second = tally(needs, body(10), {"m1": Choice.YES}).decided[0].alternatives
    assert (len(first.quorums), len(second.quorums)) == (0, 1)


def test_a_quorum_that_none_names_is_asked_of_each() -> None:
    told = tally(needing((HALF_CAST,), quorum=HALF_THERE), body(10), {"m1": Choice.YES})
    assert Outcome.NO_QUORUM is told.outcome


def test_what_lacks_votes_too_is_rejected_and_not_short_of_a_quorum() -> None:
    assert Outcome.REJECTED is tally(needing((HALF_CAST,), quorum=HALF_THERE), body(10), {"m1": Choice.NO}).outcome


def test_a_quorum_that_the_text_does_not_name_leaves_it_undetermined() -> None:
    assert Outcome.UNDETERMINED is tally(needing((QuorumMet(), HALF_CAST)), body(3), {"m1": Choice.YES}).outcome


def test_abstentions_that_count_and_do_not_count_leave_it_undetermined() -> None:
    both = (Abstention(True, "quorum"), Abstention(False, "quorum"))
    assert Outcome.UNDETERMINED is tally(needing((HALF_CAST,), abstentions=both), body(3), {"m1": Choice.YES}).outcome


def test_every_rule_must_pass() -> None:
    whole = Requirement(
        Reach(), Forum.BALLOT, (Deciding(placed(RULE.rules[0]), ((HALF_OF_ALL,),)), Deciding(None, ((CONSENT,),)))
    )
    members = {f"m{n}": 1 for n in range(3)}
    voters = Electorate(date(2026, 1, 1), {"Member": members, "": members, EVERY_PARTY: members})
    two = {"m0": Choice.YES, "m1": Choice.YES}
    assert (
        tally(whole, voters, two).outcome,
        tally(whole, voters, two | {"m2": Choice.YES}).outcome,
    ) == (Outcome.REJECTED, Outcome.ADOPTED)


def test_what_is_barred_is_rejected_whoever_votes_and_settled() -> None:
    needs = needing((HALF_CAST,), barred=(placed(RULE.rules[0]),))
    assert (tally(needs, body(1), {"m0": Choice.YES}).outcome, settled(needs, body(1), {})) == (Outcome.REJECTED, True)


def test_what_cannot_be_told_stays_so_whoever_votes() -> None:
    needs = needing((HALF_CAST,), undetermined=(Doubt("unclear"),))
    told = tally(needs, body(1), {"m0": Choice.YES})
    assert (told.outcome, told.doubts) == (Outcome.UNDETERMINED, ("unclear",))


def test_nobody_in_a_body_adopts_nothing() -> None:
    for ballot in (HALF_OF_ALL, Objections(2, "Member"), HALF_CAST):
        assert Outcome.REJECTED is tally(needing((ballot,)), body(0), {}).outcome


def test_a_body_counts_for_itself() -> None:
    directors, members = {"d": 1, "m0": 1}, {"m0": 1, "m1": 1, "m2": 1}
    voters = Electorate(date(2026, 1, 1), {"Director": directors, "Member": members, "": members | directors})
    both = (Threshold(Comparison.AT_LEAST, Fraction(1), Base.ALL, "Director"), HALF_OF_ALL)
    told = tally(needing(both), voters, {"d": Choice.YES, "m0": Choice.YES, "m1": Choice.NO})
    assert (
        told.outcome,
        [(name, count.electorate, count.yes, count.no) for name, count in told.classes],
    ) == (Outcome.REJECTED, [("Director", 2, 2, 0), ("Member", 3, 1, 1)])


# -- minutes -----------------------------------------------------------------------------------------------------------

OF_PRESENT = Threshold(Comparison.MORE_THAN, Fraction(1, 2), Base.PRESENT, "Member")


@pytest.mark.parametrize(
    ("attended", "expected"),
    [
        (Attendance(9, 5, 2, 1), Outcome.ADOPTED),
        (Attendance(10, 5, 2, 1), Outcome.REJECTED),
        (Attendance(("m0", "m1", "m2"), 2, 1, 0), Outcome.ADOPTED),
        (Attendance(("m0", "m1", "m2", "m2", "stranger"), 2, 1, 0), Outcome.ADOPTED),
        (Attendance(("m0", "m1"), 2, 1, 0), Outcome.UNDETERMINED),
        (Attendance(21, 15, 0, 0), Outcome.UNDETERMINED),
        (Attendance(5, 5, 1, 0), Outcome.UNDETERMINED),
    ],
)
def test_minutes_count_as_ballots_do(attended: Attendance, expected: Outcome) -> None:
    assert expected is tally(needing((OF_PRESENT,)), body(20), {}, attended).outcome


def test_minutes_make_a_quorum_of_those_present() -> None:
    needs = needing((HALF_CAST,), quorum=HALF_THERE)
    assert [tally(needs, body(20), {}, Attendance(there, 3, 1, 0)).outcome for there in (9, 10)] == [
        Outcome.NO_QUORUM,
        Outcome.ADOPTED,
    ]


def test_minutes_that_do_not_tell_bodies_apart_leave_it_undetermined() -> None:
    voters = Electorate(date(2026, 1, 1), {"Director": {"d": 1}, "Member": {"m": 1, "d": 1}, "": {"m": 1, "d": 1}})
    both = (Threshold(Comparison.AT_LEAST, Fraction(1), Base.ALL, "Director"), HALF_OF_ALL)
    assert Outcome.UNDETERMINED is tally(needing(both), voters, {}, Attendance(2, 2, 0, 0)).outcome


def test_minutes_do_not_say_who_held_which_shares() -> None:
    voters = Electorate(date(2026, 1, 1), {"": {"a": 10, "b": 90}})
    assert Outcome.UNDETERMINED is tally(needing((HALF_CAST,)), voters, {}, Attendance(2, 1, 1, 0)).outcome
