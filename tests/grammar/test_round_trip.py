"""Whatever rule there is: its canonical sentence is read as that rule again."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.grammar import rules as r
from syngraph.grammar.amounts import (
    Accrual,
    After,
    Ahead,
    AtAllTimes,
    AtAnyTime,
    Before,
    By,
    Capped,
    Day,
    DayCount,
    DayOfYear,
    Duration,
    During,
    Each,
    For,
    From,
    Instalments,
    Limit,
    Money,
    Named,
    NthDay,
    On,
    Part,
    Rate,
    Soon,
    Time,
    Unit,
    Until,
    Within,
)
from syngraph.grammar.parse import read
from syngraph.grammar.phrases.levels import measured
from syngraph.grammar.phrases.nouns import act, event
from syngraph.grammar.saying.phrasing import say_amount
from syngraph.grammar.unparse import unparse

ROLES = ("Tenant", "Landlord", "Member", "Secretary", "Board of Directors", "Supplier", "Party", "Chair")
MARKS = (0, 1, 2, 3, 7, 30, 60)

durations = st.builds(Duration, st.sampled_from(MARKS[1:]), st.sampled_from([u for u in Unit if u is not Unit.QUARTER]))
dates = st.dates(date(1990, 1, 1), date(2090, 12, 31))
days = st.builds(Day, dates)
parts = st.builds(Money, st.decimals(Decimal("0.01"), Decimal("9999"), places=2), st.just("EUR"))
years = st.sampled_from([DayOfYear(1, 31), DayOfYear(2, 29), DayOfYear(12, 1)])
nths = st.builds(
    NthDay,
    st.sampled_from([1, 2, 3, 5, 10, 12, -1]),
    st.sampled_from(["day", "Business Day", "monday", "thursday"]),
    st.sampled_from([Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR]),
) | st.builds(NthDay, st.sampled_from([1, 3, -1]), st.just("friday"), st.just(Unit.YEAR), st.integers(1, 12))
events = st.sampled_from(
    ["the Effective Date", "delivery of the Goods", "the Seller delivers the Goods", "notice", "each meeting", "termination"]
).map(event)
weekly = st.sampled_from(["monday", "friday", "sunday"]).map(lambda kind: NthDay(1, kind, Unit.WEEK))
daily = st.sampled_from(["day", "Business Day"]).map(lambda kind: NthDay(1, kind, Unit.DAY))
moments = st.one_of(days, years, nths, weekly, events)
fixed = st.one_of(days, years, nths, weekly)
hours = st.sampled_from(["00:00", "09:30", "12:00", "17:00", "17:00:14", "23:59"])
times: st.SearchStrategy[Time] = st.one_of(
    st.builds(Within, durations, st.none() | moments),
    st.builds(After, st.just(None), moments),
    st.builds(By, moments),
    st.builds(Before, moments),
    st.builds(On, fixed | daily, hours),
    st.builds(On, fixed | st.just(NthDay(1, "Business Day", Unit.DAY))),
    st.builds(By, fixed | daily, hours),
    st.builds(Before, fixed | daily, hours),
    st.builds(Until, days, hours),
    st.builds(From, days, hours),
    st.builds(After, st.just(None), days, hours),
    st.builds(Ahead, durations, st.none(), moments),
    st.builds(
        Each,
        st.sampled_from([Duration(1, Unit.YEAR), Duration(1, Unit.MONTH), Duration(2, Unit.WEEK), Duration(1, Unit.QUARTER)]),
    ),
    st.builds(During, st.sampled_from(["the voting period", "the Term"])),
    st.builds(Until, moments),
    st.builds(From, fixed),
    st.builds(For, durations, st.sampled_from(Limit)),
    st.builds(
        Instalments,
        st.integers(1, 60),
        st.sampled_from([Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR]),
        st.none() | parts,
        dates,
    ),
    st.sampled_from(
        [
            NthDay(1, "friday", Unit.WEEK),
            NthDay(5, "day", Unit.MONTH),
            NthDay(1, "Business Day", Unit.MONTH),
            NthDay(-1, "day", Unit.QUARTER),
        ]
    ).flatmap(
        lambda on: st.builds(
            Instalments, st.integers(1, 60), st.just(on.period), st.none() | parts, st.none() | dates, st.just(on)
        )
    ),
    st.just(AtAllTimes()),
    st.just(AtAnyTime()),
    st.sampled_from(["promptly", "without delay", "as soon as possible"]).map(Soon),
)


def apart(found: tuple[Time, ...]) -> bool:
    """Whether two times stay two when written one after the other: `within 30 days` and `after 3 May` would become one, and
    so would instalments and the day from which they run.
    """
    if len(found) < 2:
        return True
    open_end = isinstance(found[0], Within | For) and found[0].after is None
    without_first = isinstance(found[0], Instalments) and found[0].first is None
    from_a_day = isinstance(found[1], From) and isinstance(found[1].moment, Day)
    return not (open_end and isinstance(found[1], After | From | Before)) and not (without_first and from_a_day)


few_times = st.lists(times, max_size=2).map(tuple).filter(apart)

tests = st.one_of(
    st.sampled_from(["the Seller delivers the Goods", "a Member gives notice to the Secretary", "the Goods are delivered"]).map(
        lambda text: r.Happens(event(text))
    ),
    st.builds(
        lambda times: r.Fails(
            event("payment").__class__("pay the Rent", "pay", "the Tenant", "the Rent"),
            times,
        ),
        st.lists(st.builds(Within, durations, st.none() | events), max_size=1).map(tuple),
    ),
    st.builds(
        lambda times: r.Fails(
            event("payment").__class__("accept the Goods", "accept", "the Buyer", "the Goods"), (times,), "reject"
        ),
        st.builds(Within, durations, st.none() | events),
    ),
    st.builds(r.Late, durations, st.sampled_from(["the delay", "the Rent"])),
    st.sampled_from(
        [
            "the Availability is below 98% in two successive months",
            "the Availability falls below 99% in any two months within a quarter",
            "the humidity falls below 30% or rises above 70%",
        ]
    ).map(measured),
    st.sampled_from(["the weather is fine", "the roof leaks and the Tenant is away"]).map(r.Unknown),
)
not_in_time = st.builds(
    lambda times: r.Condition(r.Link.UNLESS, r.Happens(event("the Buyer rejects the Goods"), (times,))),
    st.builds(Within, durations, st.none() | events),
)
links = st.sampled_from([r.Link.IF, r.Link.WHEN, r.Link.WHERE, r.Link.UNLESS])
settings_before = st.sampled_from(
    [
        "in this case",
        "at each interview",
        "for the purposes of section 4",
        "in order to be heard",
        "so long as the roof is dry",
        "to the extent that the Fund allows it",
        "pending the hearing of the appeal",
        "while in arrears",
        "without first asking the Owner",
        "if not",
    ]
)
steps = st.sampled_from(
    [
        "for each full percentage point by which the Uptime is below 99%",
        "for each degree Celsius or part of it by which the temperature exceeds 8 °C",
    ]
).map(measured)
set_before = st.builds(r.Condition, st.just(r.Link.SETTING), settings_before.map(r.Unknown) | steps)
conditions = st.lists(st.builds(r.Condition, links, tests) | not_in_time, max_size=2).map(tuple) | st.tuples(
    set_before, st.builds(r.Condition, links, tests)
)
priorities = st.lists(
    st.builds(r.Priority, st.sampled_from(r.Rank), st.sampled_from([(), ("4",), ("4.2", "5"), ("#dues",), ("#dues", "#rent")])),
    max_size=1,
).map(tuple)
actors = st.one_of(
    st.builds(
        r.Actor,
        st.sampled_from(ROLES).map(lambda role: (role,)),
        st.sampled_from([r.Quantifier.THE, r.Quantifier.EACH, r.Quantifier.ANY, r.Quantifier.ALL]),
        qualifier=st.sampled_from(["", "who is in arrears", "elected by the Board"]),
    ),
    st.builds(r.Actor, st.just(("Tenant", "Landlord")), st.just(r.Quantifier.THE), st.sampled_from(["and", "or"])),
    st.builds(r.Actor, st.just(("Member",)), st.just(r.Quantifier.COUNT), count=st.integers(2, 99)),
)
PLAIN_ACTS = (
    "deliver the Goods to the Buyer",
    "pay the Rent to the Landlord by bank transfer",
    "give notice of the meeting to each Member",
    "publish the minutes",
    "answer letters",
    "duly repair the roof",
    "frobnicate the Widget",
    "pay annual dues of EUR 60",
    "pay EUR 1,200.50 to the Landlord",
)
acts = st.sampled_from(PLAIN_ACTS).map(act)


def mode(times: tuple[Time, ...]) -> r.Mode:
    return r.Mode.MAINTAIN if AtAllTimes() in times else r.Mode.ACHIEVE


norms = st.one_of(
    st.builds(
        lambda bearer, done, times, conditions, priority: r.Obligation(bearer, done, times, conditions, priority, mode(times)),
        actors,
        acts,
        few_times,
        conditions,
        priorities,
    ),
    st.builds(r.Prohibition, actors, acts, few_times, conditions, priorities),
    st.builds(
        r.Permission,
        actors.filter(lambda who: who.quantifier is not r.Quantifier.COUNT),
        acts,
        few_times,
        conditions,
        priorities,
    ),
    st.builds(
        r.Power,
        st.just(r.PowerKind.TERMINATE),
        actors,
        st.just(act("terminate this Agreement")),
        st.just(()),
        conditions,
        priorities,
        notice=st.none() | durations,
        notice_to=st.sampled_from(["", "the other Party", "the Secretary"]),
    ),
)

shares = st.builds(Fraction, st.integers(1, 9), st.just(10)) | st.sampled_from(
    [Fraction(2, 3), Fraction(3, 4), Fraction(1, 3), Fraction(66, 100)]
)
bases = st.sampled_from([r.Base.ALL, r.Base.CAST, r.Base.PRESENT, r.Base.PRESENT_AND_VOTING])
thresholds = st.one_of(
    st.builds(r.Threshold, st.just(r.Comparison.AT_LEAST), shares, bases, st.sampled_from(["Member", "Director"])),
    st.builds(
        r.Threshold,
        st.just(r.Comparison.MORE_THAN),
        shares | st.just(Fraction(1, 2)),
        bases,
        st.sampled_from(["Member", "Party"]),
    ),
    st.just(r.Threshold(r.Comparison.AT_LEAST, Fraction(1), r.Base.ALL, "Member")),
    st.just(r.Threshold(r.Comparison.AT_LEAST, Fraction(1), r.Base.ALL, "Member", minus=1)),
    st.builds(lambda n: r.Threshold(r.Comparison.AT_LEAST, Fraction(0), r.Base.ALL, "Director", heads=n), st.integers(2, 40)),
)
matters = st.sampled_from(
    [
        r.Matter(r.Deed.AMEND, "amend", "These Bylaws"),
        r.Matter(r.Deed.AMEND, "amend", "Section 3", ("3",)),
        r.Matter(r.Deed.AMEND, "amend", "[](#purpose)", ("#purpose",)),
        r.Matter(r.Deed.ADOPT, "adopt", "A resolution"),
        r.Matter(r.Deed.REMOVE, "remove", "A Member"),
    ]
)
votes = st.lists(st.lists(thresholds, min_size=1, max_size=2).map(tuple), min_size=1, max_size=2).map(tuple)
decisions = st.one_of(
    st.builds(r.Decision, matters, votes, conditions),
    st.builds(r.Entrenchment, matters.filter(lambda matter: matter.deed is r.Deed.AMEND)),
    st.builds(r.Quorum, thresholds),
    st.builds(r.Procedure, st.sampled_from(["discussion", "voting", "objection"]), durations, st.sampled_from(Limit)),
    st.builds(r.Abstention, st.booleans(), st.sampled_from(["quorum", "votes cast"])),
    st.builds(
        r.Vote,
        st.sampled_from(["Member", "Shareholder"]),
        st.integers(1, 20),
        st.sampled_from(["", "Share"]),
        st.sampled_from([None, Duration(1, Unit.YEAR), Duration(1, Unit.WEEK)]),
        st.sampled_from(["", "proposals", "the open proposals"]),
    ),
    st.builds(r.Moratorium, st.just("proposal"), durations),
    st.builds(r.ForkRight, actors, st.just("these Bylaws"), conditions),
    st.builds(
        r.Decision,
        st.just(r.Matter(r.Deed.ADOPT, "adopt", "A proposal")),
        st.just(
            ((r.QuorumMet(), r.Ratio(r.Comparison.MORE_THAN, Fraction(1))), (r.Ratio(r.Comparison.AT_LEAST, Fraction(3)),))
        ),
    ),
)
money = st.builds(Money, st.decimals(Decimal("0.01"), Decimal("9999999"), places=2), st.sampled_from(["EUR", "USD", "GBP"]))
life = st.one_of(
    st.builds(
        r.Commencement,
        st.just("This Agreement"),
        days | st.sampled_from([event("the Effective Date"), event("delivery of the Goods")]),
    ),
    st.builds(r.Term, st.just("This Lease"), days | st.builds(After, durations, events)),
    st.builds(r.Term, st.just("The term of this Lease"), durations),
    st.builds(r.Renewal, st.just("This Lease"), durations),
    st.builds(
        r.Survival, st.sampled_from([("4",), ("4", "5.1"), ("#deposit", "#secrets")]), st.just(""), st.none() | durations
    ),
    money.map(lambda sum_of: r.Definition("Fee", f"{sum_of.currency} {sum_of.amount:,f}", amount=sum_of)),
    st.builds(
        lambda day, sum_of, under: r.Fact(
            day,
            event("payment").__class__(
                f"pay {sum_of.currency} {sum_of.amount:,f} to Carla",
                "pay",
                "Bora",
                f"{sum_of.currency} {sum_of.amount:,f}",
                "Carla",
            ),
            sum_of,
            under,
        ),
        st.dates(date(1990, 1, 1), date(2090, 12, 31)),
        money,
        st.sampled_from(["", "3.1", "#rent"]),
    ),
)


def again(rule: r.Rule) -> list[r.Rule]:
    return [found for sentence in read(unparse(rule)) for found in sentence.rules]


@settings(max_examples=500, deadline=None)
@given(norms)
def test_norms(rule: r.Rule) -> None:
    assert again(rule) == [rule], unparse(rule)


@settings(max_examples=400, deadline=None)
@given(decisions)
def test_decisions(rule: r.Rule) -> None:
    assert again(rule) == [rule], unparse(rule)


@settings(max_examples=300, deadline=None)
@given(life)
def test_life_definitions_and_facts(rule: r.Rule) -> None:
    assert again(rule) == [rule], unparse(rule)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([Fraction(1, 200), Fraction(21, 200), Fraction(1, 10)]),
    st.builds(Duration, st.integers(1, 9), st.sampled_from([Unit.DAY, Unit.WEEK, Unit.MONTH])),
    st.sampled_from([Accrual.FULL_PERIODS, Accrual.BEGUN_PERIODS]),
    st.none() | money | st.just(Part(Fraction(1, 10), Named("Price"))),
)
def test_penalties_and_their_bounds(share: Fraction, per: Duration, style: Accrual, cap: Money | Part | None) -> None:
    percent = Decimal(share.numerator * 100) / share.denominator
    grows = Rate(Named("Price"), share, per, style)
    done = act(f"pay {percent:f}% of the Price to the Buyer")
    amount = Capped(grows, cap) if cap is not None else grows
    rule = r.Obligation(r.Actor(("Seller",)), r.Act(done.verb, done.object, done.to, done.rest, amount))
    assert again(rule) == [rule], unparse(rule)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 9999).map(lambda figure: Fraction(figure, 10000)),
    st.sampled_from([Unit.MONTH, Unit.QUARTER, Unit.YEAR]),
    st.sampled_from([None, *DayCount]),
    money | st.sampled_from(["overdue amount", "Loan"]).map(Named),
)
def test_interest(share: Fraction, per: Unit, basis: DayCount | None, of: Money | Named) -> None:
    rate = Rate(of, share, Duration(1, per), Accrual.INTEREST, basis)
    assert act(f"pay {say_amount(rate)}").amount == rate
    rule = r.Obligation(r.Actor(("Buyer",)), act(f"pay {say_amount(rate)} to the Seller"))
    assert again(rule) == [rule], unparse(rule)
