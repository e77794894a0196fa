"""Properties of the fold where norms are suspended, waived, extended, shared and ended, and where what happens twice counts."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.folded.state import beginning, state_at
from syngraph.engine.norms.judged.verdict import check
from syngraph.engine.norms.lasting.lapsing import is_over
from syngraph.engine.norms.life.course import State
from syngraph.engine.norms.life.instances import HELD, LIVE, Status
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.text.provenance import Place
from syngraph.grammar.amounts import Event, Money
from syngraph.grammar.rules import Fact

CALENDAR = Calendar("Europe/Lisbon", "PT")
TEXT = {
    "1 rent": "The Tenant shall pay EUR 100 to the Owner on the first day of each month.",
    "2 store": "The Tenant and the Guest shall jointly pay EUR 90 to the Owner by 30 June 2027.",
    "3 goods": "The Owner shall deliver the Bed to the Tenant by 31 May 2027.",
    "4 penalty": "If the Owner fails to deliver the Bed, the Owner shall pay the Tenant EUR 2 per day of delay, up to EUR 50.",
    "5 twice": "If the Tenant fails to pay EUR 100 twice, the Owner may terminate this Agreement.",
    "6 breach": "While the Owner is in breach of section 3, the Tenant may suspend this Agreement.",
    "7 hold": "The Owner may suspend this Agreement for up to 40 days. Either Person may resume this Agreement.",
    "8 more": "The Owner may once extend the delivery date by 20 days.",
    "9 keys": "If this Agreement is suspended, the Tenant shall return the Keys within 10 days.",
    "10 long": "If this Agreement is suspended for more than 30 days, the Tenant shall pay EUR 15 to the Owner within 10 days.",
    "11 quiet": "The Tenant shall not sublet the Room unless the Owner gives consent.",
    "12 late": "If section 1 was waived, the Tenant shall clean the Yard within 10 days.",
    "13 end": "Section 12 survives termination.",
}
REGISTER = {
    "tia": ["Tia Uno", "Tenant since 2027-01-01", "Person since 2027-01-01"],
    "gus": ["Gus Duo", "Guest since 2027-01-01"],
    "oda": ["Oda Tre", "Owner since 2027-01-01", "Person since 2027-01-01"],
}
SUMS = st.sampled_from(["2", "15", "60", "100"])
PAYING = st.tuples(
    st.just("pay"),
    st.just(""),
    st.sampled_from(["", "#rent", "#store", "#penalty", "#long"]),
    st.sampled_from(["2", "15", "60", "100"]),
)
THINGS = {
    "deliver": ("the Bed", "the Table"),
    "suspend": ("this Agreement", "section 3", "this Agreement for 12 days"),
    "resume": ("this Agreement", "section 3"),
    "extend": ("the delivery date by 20 days", "the delivery date by 5 days"),
    "waive": ("section 1", "the delivery of the Bed", "the penalty"),
    "excuse": ("the breach of section 3",),
    "terminate": ("this Agreement",),
    "return": ("the Keys",),
    "clean": ("the Yard",),
    "sublet": ("the Room",),
    "give": ("consent",),
}
DOING = st.sampled_from([(verb, thing, "", "") for verb, things in THINGS.items() for thing in things])
ACTORS = st.sampled_from(["Tia Uno", "Gus Duo", "Oda Tre", "the Owner", "Tia Uno and Oda Tre"])
HAPPENED = st.sampled_from([True, True, True, True, False])
EVENTS = st.lists(st.tuples(st.integers(0, 330), ACTORS, st.one_of(PAYING, DOING), HAPPENED), max_size=20)
END = CALENDAR.end_of(date(2027, 12, 1))

fast = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def told(events: list) -> tuple[RecordedFact, ...]:
    made = []
    for number, (day, actor, (verb, thing, under, amount), happened) in enumerate(events):
        money = Money(Decimal(amount), "EUR") if amount else None
        event = Event(f"{verb} {thing}", verb, actor, thing or f"EUR {amount}")
        fact = Fact(date(2027, 1, 2) + timedelta(days=day), event, money, under, happened)
        made.append(RecordedFact(f"f{number}", fact, Place("facts.md", number + 1, 1), f"fact {number}"))
    return tuple(made)


def start(write, register, facts) -> State:
    return beginning((write(TEXT),), register(REGISTER), facts, CALENDAR, END)


@fast
@given(EVENTS, st.integers(0, 330), st.integers(0, 330))
def test_folding_in_batches_is_folding_at_once(write, register, events, first, second):
    facts = told(events)
    empty = start(write, register, facts)
    state, before = empty, empty.now
    for cut in (*sorted(CALENDAR.start_of(date(2027, 1, 2) + timedelta(days=day)) for day in (first, second)), END):
        state = state_at(state, [one for one in facts if before < CALENDAR.start_of(one.fact.day) <= cut], cut)
        before = cut
    whole = state_at(empty, facts, END)
    assert whole.instances == state.instances
    assert (whole.void, whole.suspensions, whole.tallies, whole.waivers) == (
        state.void,
        state.suspensions,
        state.tallies,
        state.waivers,
    )


@fast
@given(EVENTS, st.integers(0, 330))
def test_a_fact_of_tomorrow_changes_nothing_today(write, register, events, day):
    at = CALENDAR.end_of(date(2027, 1, 2) + timedelta(days=day))
    facts = told(events)
    past = tuple(one for one in facts if CALENDAR.start_of(one.fact.day) <= at)
    texts, held = (write(TEXT),), register(REGISTER)
    assert check(texts, past, held, at, CALENDAR).verdicts == check(texts, facts, held, at, CALENDAR).verdicts


@fast
@given(EVENTS)
def test_nothing_is_done_or_used_without_a_fact(write, register, events):
    for verdict in check((write(TEXT),), told(events), register(REGISTER), END, CALENDAR).verdicts:
        if verdict.status in (Status.FULFILLED, Status.CURED, Status.EXERCISED, Status.EXHAUSTED):
            assert verdict.evidence is not None


@fast
@given(EVENTS)
def test_money_is_neither_made_nor_lost(write, register, events):
    facts = told(events)
    state = state_at(start(write, register, facts), facts, END)
    spent: dict[str, Decimal] = {}
    for instance in state.instances.values():
        for payment in instance.payments:
            spent[payment.fact] = spent.get(payment.fact, Decimal(0)) + payment.money.amount
        if instance.owed is not None:
            assert instance.paid <= instance.owed.amount
    for credit in (one for kept in state.credits.values() for one in kept):
        spent[credit.fact.id] = spent.get(credit.fact.id, Decimal(0)) + credit.money.amount
    for one in facts:
        assert spent.get(one.id, Decimal(0)) <= (one.fact.amount.amount if one.fact.amount is not None else 0)


@fast
@given(EVENTS)
def test_what_is_on_hold_is_held_by_a_suspension_and_is_not_settled(write, register, events):
    facts = told(events)
    state = state_at(start(write, register, facts), facts, END)
    for instance in state.instances.values():
        if instance.suspended is not None and instance.status in HELD:
            assert state.suspensions
            assert instance.settled is None
    assert state.ended is None or all(
        one.status not in LIVE or one.key.occasion.startswith(("on ", "breach ")) or one.slot.section == "late"
        for one in state.instances.values()
    )


@fast
@given(EVENTS)
def test_a_right_is_used_no_oftener_than_the_text_says_and_not_when_it_is_over(write, register, events):
    facts = told(events)
    state = state_at(start(write, register, facts), facts, END)
    for instance in state.instances.values():
        if instance.slot.section == "more":
            assert instance.counted <= 1
            assert (instance.status is Status.EXHAUSTED) == (instance.counted == 1)
        if is_over(state, instance):
            assert instance.status is Status.EXERCISED
