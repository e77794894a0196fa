"""Every class of rule and every field of it is generated, said, and read back."""

import dataclasses
import importlib.util
import sys
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.grammar import rules as r
from syngraph.grammar.amounts import (
    After,
    AtAllTimes,
    Day,
    DayOfYear,
    Event,
    Less,
    Limit,
    Named,
    NthDay,
    On,
    Part,
    Sum,
    Unit,
    Until,
    Within,
)
from syngraph.grammar.parse import read
from syngraph.grammar.phrases.levels import measured, told
from syngraph.grammar.phrases.nouns import act, event
from syngraph.grammar.unparse import unparse

_SPEC = importlib.util.spec_from_file_location("round_trip_of_rules", Path(__file__).with_name("test_round_trip.py"))
assert _SPEC is not None and _SPEC.loader is not None
_trip = importlib.util.module_from_spec(_SPEC)
sys.modules["round_trip_of_rules"] = _trip
_SPEC.loader.exec_module(_trip)

just, build, sample = st.just, st.builds, st.sampled_from
least, everybody = just(r.Comparison.AT_LEAST), just(r.Base.ALL)
dispute = just("Any dispute arising out of this Lease")
durations, days, money, conditions, priorities = _trip.durations, _trip.days, _trip.money, _trip.conditions, _trip.priorities
roles = sample(["Member", "Director", "Party", "Steward"])
heads = build(
    lambda n, body: r.Threshold(r.Comparison.AT_LEAST, Fraction(0), r.Base.ALL, body, heads=n), st.integers(2, 40), roles
)
shares = sample([Fraction(1, 20), Fraction(1, 5), Fraction(1, 10), Fraction(3, 20)])
whole = build(r.Threshold, least, sample([Fraction(2, 3), Fraction(3, 4)]), everybody, roles)
once = st.lists(build(Within, durations, sample(["notice", "the Effective Date"]).map(event)), max_size=1).map(tuple)
some_condition = conditions.filter(lambda found: len(found) == 1 and found[0].link is not r.Link.SETTING)
one_condition = conditions.filter(
    lambda found: len(found) < 2 and all(c.link is not r.Link.SETTING and not getattr(c.test, "times", ()) for c in found)
)
claims = sample(["the claim", "the appointment of the arbitrator"]).map(event)

after_some = build(After, durations, sample(["posting", "the Effective Date"]).map(event)).map(lambda time: (time,))
in_some_time = durations.map(lambda length: (Within(length, None),))
on_a_day = days.map(lambda one: (On(one),))
shares_of_rent = sample([Fraction(1, 5), Fraction(3, 100)]).map(lambda share: Part(share, Named("Rent")))


def _named(term: str, body: str, **typed: object) -> r.Definition:
    return r.Definition(term, body, **typed)  # type: ignore[arg-type]


powers = st.one_of(
    *(
        build(r.Power, just(kind), _trip.actors, just(act(said)), once, conditions, priorities, just(False), by=by)
        for kind, said, by in (
            (r.PowerKind.SUSPEND, "suspend deliveries", just(())),
            (r.PowerKind.WAIVE, "waive a late fee", just(())),
            (r.PowerKind.ASSIGN, "assign this Agreement", just(())),
            (r.PowerKind.REMOVE, "remove a Steward", st.tuples(whole)),
            (r.PowerKind.APPOINT, "appoint an auditor", st.tuples(whole, whole)),
        )
    ),
    build(
        lambda text: r.Power(
            r.PowerKind.REJECT, r.Actor(("Buyer",)), act("reject the Goods"), (), (r.Condition(r.Link.IF, measured(text)),)
        ),
        sample(
            [
                "the temperature of the Goods exceeds 4 °C before delivery",
                "the temperature of the Goods is outside the range of 2 °C to 8 °C at any time during transport",
            ]
        ),
    ),
    build(
        r.Power,
        just(r.PowerKind.CALL),
        build(r.Actor, roles.map(lambda role: (role,)), sample([r.Quantifier.THE, r.Quantifier.ALL])),
        just(act("call a meeting")),
        once,
        only=just(True),
    ),
)
patients = ("the Goods", "the Rent", "any ladder")
unsaid = st.one_of(
    build(
        r.Obligation,
        _trip.actors,
        sample(["carry a light", "insure the Boat"]).map(act),
        just((AtAllTimes(),)),
        conditions,
        priorities,
        just(r.Mode.MAINTAIN),
    ),
    build(r.Obligation, st.none(), sample(["keep the Register", "sweep the Yard"]).map(act), once, conditions, priorities),
    build(r.Prohibition, st.none(), sample([r.Act("remove", it) for it in patients]), once, conditions, priorities),
    build(r.Permission, st.none(), just(act("copy the Maps")), once, conditions, priorities),
)
only = build(
    r.Permission,
    build(r.Actor, roles.map(lambda role: (role,)), sample([r.Quantifier.THE, r.Quantifier.ALL])),
    _trip.acts,
    once,
    conditions,
    priorities,
    just(True),
)
ballots = st.one_of(
    build(r.Objections, st.integers(0, 20), roles, st.none() | durations),
    build(r.Objections, just(0), just(""), st.none() | durations),
    build(
        r.Unmeasured,
        sample(["consensus", "rough consensus", "lazy consensus", "a supermajority"]),
        sample(["", "Member", "Board", "existing Maintainer"]),
    ),
    build(
        r.Threshold,
        just(r.Comparison.AT_LEAST),
        just(Fraction(2, 3)),
        just(r.Base.ALL),
        roles,
        excluding=just("the Member proposed for removal"),
    ),
)
votes = st.one_of(
    build(r.Decision, just(r.Matter(r.Deed.ADOPT, "adopt", "A proposal")), ballots.map(lambda one: ((one,),))),
    build(
        r.Decision,
        just(r.Matter(r.Deed.ADMIT, "admit", "A person", (), "as a Member")),
        whole.map(lambda one: ((one,),)),
        one_condition,
        priorities,
        once,
    ),
    build(r.Quorum, whole | heads, sample(["", "a general meeting", "meetings of the Board"])),
    build(
        r.Quorum,
        build(
            r.Threshold,
            just(r.Comparison.AT_LEAST),
            sample([Fraction(1, 2), Fraction(1)]),
            just(r.Base.ALL),
            roles,
        ),
        root=just(True),
        factor=st.integers(1, 9),
    ),
    build(
        r.Exclusion,
        build(r.Actor, roles.map(lambda role: (role,)), qualifier=sample(["proposed for removal", "who holds the chair"])),
    ),
    build(
        r.Initiative,
        heads | build(r.Threshold, least, shares, everybody, roles),
        sample(["call a vote", "call a meeting"]).map(act),
    ),
    build(r.ForkRight, _trip.actors, just("these Bylaws"), one_condition, once),
    build(
        r.Course,
        sample(["The usual procedure begins on the day of the motion", "Upon a petition, a vote of the Members is held"]),
        st.lists(
            build(
                r.Procedure,
                sample(["discussion", "voting"]),
                durations,
                sample([Limit.EXACTLY, Limit.AT_LEAST]),
            ),
            min_size=2,
            max_size=2,
        ).map(tuple),
        st.none() | whole,
    ),
    build(
        r.Outcome,
        sample(["the motion", "all motions"]),
        sample(["reject", "adopt", "fail", "pass"]),
        conditions.filter(lambda found: found != () and all(c.link is not r.Link.UNLESS for c in found)),
        priorities,
        once,
    ).map(lambda rule: dataclasses.replace(rule, subject=rule.subject[0].upper() + rule.subject[1:])),
)
agreed = st.one_of(
    build(_named, just("Fee"), just("4% of the Price"), amount=just(Part(Fraction(1, 25), Named("Price")))),
    build(_named, just("Rest"), just("the Price less the Fee"), amount=just(Less(Named("Price"), (Named("Fee"),)))),
    build(_named, just("Total"), just("the sum of the Fee and the Rent"), amount=just(Sum((Named("Fee"), Named("Rent"))))),
    build(
        _named,
        just("Rent Day"),
        just("the first Business Day of each month"),
        moment=just(NthDay(1, "Business Day", Unit.MONTH)),
    ),
    build(_named, just("Feast"), just("24 June of each year"), moment=just(DayOfYear(6, 24))),
    build(_named, just("Goods"), just("chairs"), meaning=sample([r.Meaning.INCLUDES, r.Meaning.EXCLUDES])),
    build(_named, just("Goods"), just("chairs"), meaning=just(r.Meaning.INCLUDES), excluded=just("stools")),
    build(r.Commencement, just("This Agreement"), st.none(), roles),
    build(r.Renewal, just("This Lease"), durations, one_condition),
    build(r.Survival, just(()), just("Obligations of confidence"), st.none() | durations),
    build(r.Signing, just("The minutes of a meeting"), sample([r.Actor(("Chair",)), r.Actor(("chair", "Clerk"))])),
    build(
        r.Cessation,
        just("A Member"),
        roles,
        sample([(), (On(event("resignation")),), (On(Day(date(2030, 1, 1))),)]),
    ),
    build(r.Cessation, just("A Member"), roles, just(()), one_condition.filter(lambda found: found != ())),
    *(
        build(
            r.Change,
            just(effect),
            just(subject),
            just(said),
            just(what),
            by,
            times,
            held,
            # `Subject to section 4, section 5 does not apply` would name two sections.
            just(()) if effect is r.Effect.DISAPPLIED else priorities,
        )
        for effect, subject, said, what, by, times, held in (
            (r.Effect.DEEMED, "the Boat", "accepted", event("the Boat is accepted"), st.none(), just(()), some_condition),
            (r.Effect.DEEMED, "a notice", "received", event("a notice is received"), st.none(), after_some, just(())),
            (r.Effect.DUE, "the balance", "", None, st.none(), in_some_time, some_condition),
            (r.Effect.REDUCED, "the Rent", "", None, money, just(()), some_condition),
            (r.Effect.INCREASED, "the Rent", "", None, shares_of_rent, on_a_day, one_condition),
            (
                r.Effect.PASSES,
                "risk",
                "the Buyer",
                event("risk passes to the Buyer"),
                st.none(),
                on_a_day,
                just(()),
            ),
            (r.Effect.REMAINS, "the Boat", "the Seller", None, st.none(), just((Until(Day(date(2031, 3, 1))),)), just(())),
            (r.Effect.OCCURS, "a Default Event", "", Event("a Default Event"), st.none(), just(()), some_condition),
            (r.Effect.DISAPPLIED, "section 4", "", None, st.none(), on_a_day, one_condition),
        )
    ),
    build(r.ForkTerm, just("binds"), just("the Members who sign it")),
    build(r.ForkTerm, just("survives"), just("Obligations that fell due before a fork")),
    build(r.ForkTerm, just("leaves"), just("Member"), just("a Member"), durations),
    build(r.ForkTerm, just("divides"), just("the Fund"), just("in proportion to the Members of each branch")),
    build(r.Arbitration, dispute, st.integers(1, 5)),
    build(r.Arbitration, dispute, just(1), just(("the Parties",))),
    build(
        r.Arbitration,
        dispute,
        just(3),
        just(("each Party", "the two so appointed")),
    ),
    build(r.DefaultAppointment, durations, claims, just("the Appointing Authority")),
    build(r.AwardTime, durations, claims),
    build(r.AwardEffect, just(True), sample(["the Parties", "each Party"])),
    build(r.AwardLimit, sample(["award punitive damages", "amend section 2"])),
    build(lambda most: r.AwardLimit(f"award more than {most.currency} {most.amount:,f}", most), money),
    sample(
        [
            r.Declaration("governing law", "This Lease is governed by the law of Iceland"),
            r.Declaration("seat of arbitration", "The seat of the arbitration is Tromso"),
            r.Declaration("counterparts", "This Lease may be signed in counterparts"),
        ]
    ),
    build(
        lambda day, happened, time: r.Fact(
            day, event("x").__class__("return the Boat", "return", "Bora", "the Boat"), happened=happened, time=time
        ),
        st.dates(date(1990, 1, 1), date(2090, 12, 31)),
        st.booleans(),
        sample(["", "17:30", "08:00:30"]),
    ),
    sample(
        [
            "In March 2027, the Availability was 99.2%",
            "In the third quarter of 2027, the Availability was at least 99%",
            "In the week of 3 May 2027, the response time was 5 hours",
            "In 2027, the number of members was 9",
            "On 3 May 2027 at 22:00, the temperature of the Goods was not between 2 and 8 °C",
            "On 3 May 2027, the humidity exceeded 70%",
        ]
    ).map(told),
    sample(
        [
            r.Order("void", "Section 4", "4"),
            r.Order("set aside", "The adoption of proposal 7"),
            r.Order("excused", "The breach of section 3.1 on 1 March 2027", "3.1", date(2027, 3, 1)),
        ]
    ),
)
generated = st.one_of(_trip.norms, _trip.decisions, _trip.life, powers, unsaid, only, votes, agreed)


def again(rule: r.Rule) -> list[r.Rule]:
    return [found for sentence in read(unparse(rule)) for found in sentence.rules]


@settings(max_examples=300, deadline=None)
@given(powers | unsaid | only)
def test_norms_that_name_a_kind_a_vote_or_nobody(rule: r.Rule) -> None:
    assert again(rule) == [rule], unparse(rule)


@settings(max_examples=300, deadline=None)
@given(votes)
def test_votes_and_who_counts(rule: r.Rule) -> None:
    assert again(rule) == [rule], unparse(rule)


@settings(max_examples=400, deadline=None)
@given(agreed)
def test_what_is_agreed_declared_recorded_and_ordered(rule: r.Rule) -> None:
    assert again(rule) == [rule], unparse(rule)


def fields_of(value: object) -> Iterator[tuple[str, str]]:
    """Every field of a class of rules that has another value than its default, in a rule and in what it is made of."""
    if isinstance(value, tuple):
        for part in value:
            yield from fields_of(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            got = getattr(value, field.name)
            if field.default is dataclasses.MISSING or got != field.default:
                yield type(value).__name__, field.name
            yield from fields_of(got)


def test_every_field_of_every_rule_is_generated_with_a_value_of_its_own() -> None:
    seen: set[tuple[str, str]] = set()

    @settings(max_examples=2000, deadline=None, derandomize=True, database=None)
    @given(generated)
    def look(rule: r.Rule) -> None:
        seen.update(fields_of(rule))
        seen.add((type(rule).__name__, ""))

    look()
    classes = [found for name in r.__all__ if dataclasses.is_dataclass(found := getattr(r, name))]
    wanted = {(found.__name__, field.name) for found in classes for field in dataclasses.fields(found)}
    assert wanted - seen == set()
