"""Properties of the fold: batches, the future, facts and money."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.folded.state import EarlierFactError, beginning, state_at
from syngraph.engine.norms.judged.verdict import Case, check, judge
from syngraph.engine.norms.life.course import State
from syngraph.engine.norms.life.instances import Status
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.text.provenance import Place
from syngraph.grammar.amounts import Event, Money
from syngraph.grammar.rules import Fact

CALENDAR = Calendar("Europe/Lisbon", "PT")
TEXT = {
    "1 dues": "Each Member shall pay dues of EUR 60 to the Treasurer by 31 January of each year.",
    "2 fee": "If a Member fails to pay the dues, the Member shall pay a fee of 10% of the overdue amount within 30 days.",
    "3 interest": "If a Member fails to pay the dues, the Member shall pay interest at 1% per month on the overdue amount.",
    "4 tools": "If a Member borrows a Tool, the Member shall return the Tool within 14 days.",
    "5 loans": "No Member may lend a Tool unless the Treasurer gives consent.",
    "6 minutes": "The Treasurer shall publish the minutes within seven days after each meeting.",
    "7 notice": "The Treasurer shall give notice of a meeting at least ten days before a meeting.",
    "8 end": "A Member may terminate this Agreement if the delay exceeds 300 days.",
    "9 accounts": "The Treasurer shall publish the accounts by the last Business Day of each quarter.",
}
REGISTER = {
    "ada": ["Ada Quill", "Member since 2027-01-01"],
    "bora": ["Bora Lind", "Member since 2027-01-01 until 2027-09-30"],
    "carla": ["Carla Vale", "Treasurer since 2027-01-01", "Member since 2027-03-01"],
}
AMOUNTS = st.sampled_from(["5", "6", "20", "60", "75.50"])
ACTORS = st.sampled_from(["Ada", "Bora", "Carla", "the Treasurer", "Zora"])
THINGS = {
    "borrow": ("a Tool",),
    "return": ("a Tool",),
    "lend": ("a Tool",),
    "publish": ("the minutes", "the accounts"),
    "give": ("notice of a meeting", "consent"),
    "hold": ("a meeting",),
    "waive": ("the dues",),
    "terminate": ("this Agreement",),
}
DEEDS = st.one_of(
    st.tuples(st.just("pay"), st.just(""), st.sampled_from(["", "#dues", "#fee", "#interest"]), AMOUNTS),
    st.sampled_from([(verb, thing, "", "") for verb, things in THINGS.items() for thing in things]),
)
EVENTS = st.lists(st.tuples(st.integers(0, 700), ACTORS, DEEDS, st.sampled_from([True, True, True, True, False])), max_size=25)


def fact(number: int, day: int, actor: str, deed: tuple[str, str, str, str], happened: bool = True) -> RecordedFact:
    verb, thing, under, amount = deed
    money = Money(Decimal(amount), "EUR") if amount else None
    event = Event(f"{verb} {thing}", verb, actor, thing or f"EUR {amount}", "Carla" if amount else "")
    told = Fact(date(2027, 1, 1) + timedelta(days=day), event, money, under, happened)
    return RecordedFact(f"f{number}", told, Place("facts.md", number + 1, 1), f"fact {number}")


def facts(events: list) -> tuple[RecordedFact, ...]:
    return tuple(fact(number, *event) for number, event in enumerate(events))


@pytest.fixture(scope="module")
def case() -> Case:
    return Case((), (), (), CALENDAR)


def start(write, register, told) -> State:
    return beginning((write(TEXT),), register(REGISTER), told, CALENDAR, CALENDAR.end_of(date(2029, 1, 1)))


fast = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fast
@given(EVENTS, st.integers(0, 750), st.integers(0, 750))
def test_folding_in_batches_is_folding_at_once(write, register, events, first, second):
    told = facts(events)
    empty = start(write, register, told)
    end = CALENDAR.end_of(date(2029, 2, 1))
    cuts = sorted(CALENDAR.start_of(date(2027, 1, 1) + timedelta(days=day)) for day in (first, second))
    state = empty
    before = empty.now
    for cut in (*cuts, end):
        batch = [one for one in told if before < CALENDAR.start_of(one.fact.day) <= cut]
        state = state_at(state, batch, cut)
        before = cut
    whole = state_at(empty, told, end)
    assert whole.instances == state.instances
    assert (whole.void, whole.contradictions, whole.unused) == (state.void, state.contradictions, state.unused)
    assert whole.credits == state.credits


@fast
@given(EVENTS, st.integers(0, 600))
def test_a_fact_of_tomorrow_changes_nothing_today(write, register, events, day):
    at = CALENDAR.end_of(date(2027, 1, 1) + timedelta(days=day))
    told = facts(events)
    past = tuple(one for one in told if CALENDAR.start_of(one.fact.day) <= at)
    texts, held = (write(TEXT),), register(REGISTER)
    assert check(texts, past, held, at, CALENDAR).verdicts == check(texts, told, held, at, CALENDAR).verdicts


@fast
@given(EVENTS)
def test_nothing_is_fulfilled_without_a_fact(write, register, events):
    report = check((write(TEXT),), facts(events), register(REGISTER), CALENDAR.end_of(date(2029, 1, 1)), CALENDAR)
    for verdict in report.verdicts:
        if verdict.status in (Status.FULFILLED, Status.CURED, Status.EXERCISED):
            assert verdict.evidence is not None


@fast
@given(EVENTS)
def test_money_is_neither_made_nor_lost(write, register, events):
    told = facts(events)
    state = state_at(start(write, register, told), told, CALENDAR.end_of(date(2029, 1, 1)))
    spent: dict[str, Decimal] = {}
    for instance in state.instances.values():
        for payment in instance.payments:
            spent[payment.fact] = spent.get(payment.fact, Decimal(0)) + payment.money.amount
        assert all(payment.money.amount > 0 for payment in instance.payments)
        if instance.owed is not None:
            assert instance.paid <= instance.owed.amount
    for credits in state.credits.values():
        for credit in credits:
            spent[credit.fact.id] = spent.get(credit.fact.id, Decimal(0)) + credit.money.amount
    for one in told:
        assert spent.get(one.id, Decimal(0)) <= (one.fact.amount.amount if one.fact.amount is not None else 0)


@fast
@given(EVENTS)
def test_a_fold_changes_nothing_of_the_state_it_began_with(write, register, events):
    told = facts(events)
    middle = state_at(start(write, register, told), (), CALENDAR.start_of(date(2027, 1, 1)))
    before = (dict(middle.instances), dict(middle.open), list(middle.agenda), dict(middle.standing))
    state_at(middle, told, CALENDAR.end_of(date(2029, 1, 1)))
    assert before == (middle.instances, middle.open, middle.agenda, middle.standing)


def test_a_fact_before_the_state_is_refused(write, register):
    state = state_at(start(write, register, ()), (), CALENDAR.end_of(date(2027, 6, 1)))
    early = fact(0, 3, "Ada", ("pay", "", "#dues", "60"))
    with pytest.raises(EarlierFactError, match=r"facts.md:1:1: found a fact of 2027-01-04, expected none before 2027-06-01"):
        state_at(state, [early], CALENDAR.end_of(date(2028, 1, 1)))


def test_recurring_duties_arise_only_up_to_the_instant(write, register):
    state = state_at(start(write, register, ()), (), CALENDAR.end_of(date(2027, 6, 1)))
    assert max(instance.arisen for instance in state.instances.values()) <= state.now


def test_what_entered_the_record_later_is_left_out_with_known_at(write, register):
    paid = fact(0, 3, "Ada", ("pay", "", "#dues", "60"))
    late = RecordedFact(paid.id, paid.fact, paid.place, paid.sentence, "ada", date(2027, 5, 1))
    texts, held, at = (write(TEXT),), register(REGISTER), CALENDAR.end_of(date(2027, 6, 1))

    def status(known_at: date) -> Status:
        report = check(texts, [late], held, at, CALENDAR, known_at)
        return next(one.status for one in report.verdicts if (one.section, one.bearer) == ("dues", "ada"))

    assert Status.VIOLATED is status(date(2027, 4, 30))
    assert Status.FULFILLED is status(date(2027, 5, 1))


def test_no_text_no_verdict():
    assert judge(Case((), (), (), CALENDAR), CALENDAR.end_of(date(2027, 1, 1))).verdicts == ()
