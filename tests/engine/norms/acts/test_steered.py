"""Properties of histories in which parties suspend, resume, extend, waive, assign and end."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.folded.state import beginning, state_at
from syngraph.engine.norms.judged.verdict import check
from syngraph.engine.norms.life.instances import HELD, Status
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.text.provenance import Place
from syngraph.grammar.amounts import Event, Money
from syngraph.grammar.rules import Fact

CALENDAR = Calendar("Europe/Lisbon", "PT")
FIRST = date(2026, 1, 1)
TEXT = {
    "1 term": "This Agreement takes effect on 1 January 2026. This Agreement ends on 31 March 2027.",
    "2 goods": "The Seller shall deliver the Goods to the Buyer within 10 Business Days after the Buyer places the order.",
    "3 fee": "The Seller shall pay the Buyer EUR 40 for each day of delay.",
    "4 rent": "The Buyer shall pay EUR 10 to the Seller on the 1st day of each month.",
    "5 plans": "The Buyer shall not copy the plans unless the Seller gives consent.",
    "6 hold": "Either Party may suspend this Agreement. Either Party may resume this Agreement.",
    "7 own": "The Seller may suspend the performance of its obligations. Either Party may resume the delivery of the Goods.",
    "8 more": "The Buyer may extend the delivery date by 20 days. Either Party may extend this Agreement by one year.",
    "9 cede": "The Seller may assign this Agreement to a third party. Either Party may terminate this Agreement.",
    "10 late": "If the delay exceeds 15 days, the Buyer may refuse the Goods.",
}
REGISTER = {
    "sela": ["Sela Norr", "Seller since 2026-01-01", "Party since 2026-01-01"],
    "bruno": ["Bruno Pax", "Buyer since 2026-01-01", "Party since 2026-01-01"],
}
DEEDS = st.sampled_from(
    [
        ("place", "the order", ""),
        ("deliver", "the Goods", ""),
        ("copy", "the plans", ""),
        ("give", "consent", ""),
        ("suspend", "this Agreement", ""),
        ("resume", "this Agreement", ""),
        ("suspend", "the performance of its obligations", ""),
        ("resume", "the performance of its obligations", ""),
        ("extend", "the delivery date by 5 days", ""),
        ("extend", "this Agreement", ""),
        ("waive", "the penalty", ""),
        ("assign", "this Agreement", "Ivo Rey"),
        ("terminate", "this Agreement", ""),
        ("pay", "EUR 10", "Sela"),
        ("pay", "EUR 40", "Bruno"),
    ]
)
DELAYED = ("place", "the order", "")
ACTORS = st.sampled_from(["Sela", "Bruno", "Sela and Bruno", "Ivo Rey"])
EVENTS = st.lists(st.tuples(st.integers(0, 500), ACTORS, DEEDS), max_size=20)
fast = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def facts(events: list) -> tuple[RecordedFact, ...]:
    made = []
    for number, (day, actor, (verb, thing, to)) in enumerate(events):
        money = Money(Decimal(thing.removeprefix("EUR ")), "EUR") if verb == "pay" else None
        told = Fact(FIRST + timedelta(days=day), Event(f"{verb} {thing}", verb, actor, thing, to), money)
        made.append(RecordedFact(f"f{number}", told, Place("facts.md", number + 1, 1), f"fact {number}"))
    return tuple(made)


def end(day: int):
    return CALENDAR.end_of(FIRST + timedelta(days=day))


@fast
@given(EVENTS, st.integers(0, 520))
def test_folding_in_batches_is_folding_at_once(write, register, events, cut):
    told = facts(events)
    empty = beginning((write(TEXT),), register(REGISTER), told, CALENDAR, end(600))
    first = state_at(empty, [one for one in told if (one.fact.day - FIRST).days <= cut], end(cut))
    second = state_at(first, [one for one in told if (one.fact.day - FIRST).days > cut], end(600))
    whole = state_at(empty, told, end(600))
    assert whole.instances == second.instances
    assert (whole.void, whole.unused, whole.suspensions) == (second.void, second.unused, second.suspensions)


@fast
@given(EVENTS, st.integers(0, 520))
def test_a_fact_of_tomorrow_changes_nothing_today(write, register, events, day):
    told = facts(events)
    past = tuple(one for one in told if (one.fact.day - FIRST).days <= day)
    texts, held = (write(TEXT),), register(REGISTER)
    assert check(texts, past, held, end(day), CALENDAR).verdicts == check(texts, told, held, end(day), CALENDAR).verdicts


@fast
@given(EVENTS)
def test_what_is_on_hold_is_held_by_a_suspension_and_is_not_settled(write, register, events):
    state = state_at(beginning((write(TEXT),), register(REGISTER), (), CALENDAR, end(600)), facts(events), end(600))
    for instance in state.instances.values():
        if instance.suspended is not None and instance.status in HELD:
            assert state.suspensions
            assert instance.suspended <= state.now
        assert all(since <= until for since, until in instance.pauses)


@fast
@given(EVENTS)
@example([(0, "Sela", ("terminate", "this Agreement", "")), (0, "Bruno", DELAYED), (15, "Sela", ("deliver", "the Goods", ""))])
def test_nothing_is_fulfilled_without_a_fact(write, register, events):
    report = check((write(TEXT),), facts(events), register(REGISTER), end(600), CALENDAR)
    for verdict in report.verdicts:
        if verdict.status in (Status.FULFILLED, Status.CURED, Status.EXERCISED):
            assert verdict.evidence is not None
