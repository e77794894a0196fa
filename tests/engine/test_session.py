"""A session says what judging from scratch says, whatever is asked of it before."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.judged.verdict import Case, GoverningText, judge
from syngraph.engine.norms.told.facts import Evidence, RecordedFact
from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.session import Session
from syngraph.engine.text.clauses import Clause, placed
from syngraph.engine.text.provenance import Place, Text
from syngraph.grammar.amounts import Event, Money
from syngraph.grammar.parse import read
from syngraph.grammar.rules import Fact

CALENDAR = Calendar("Europe/Lisbon", "PT")
FIRST = date(2026, 1, 1)
SECTIONS = (
    "This Agreement takes effect on 1 January 2026. This Agreement ends on 31 March 2027.",
    "The Seller shall deliver the Goods to the Buyer within 10 Business Days after the Buyer places the order.",
    "The Seller shall pay the Buyer EUR 40 for each day of delay.",
    "The Buyer shall pay EUR 10 to the Seller on the 1st day of each month.",
    "If the Buyer fails to pay EUR 10, the Buyer shall pay interest at 1% per month on the overdue amount.",
    "The Buyer shall not copy the plans unless the Seller gives consent.",
    "Either Party may suspend this Agreement. Either Party may resume this Agreement.",
    "A Buyer who is in arrears may not inspect the Goods. The Seller shall promptly answer each question.",
    "The Buyer may extend the delivery date by 20 days. Either Party may terminate this Agreement.",
    "If the delay exceeds 15 days, the Buyer may refuse the Goods.",
    "Each Party shall publish the accounts by 31 January of each year.",
)
DEEDS = (
    ("place", "the order", ""),
    ("deliver", "the Goods", ""),
    ("copy", "the plans", ""),
    ("give", "consent", ""),
    ("suspend", "this Agreement", ""),
    ("resume", "this Agreement", ""),
    ("extend", "the delivery date by 5 days", ""),
    ("waive", "the penalty", ""),
    ("terminate", "this Agreement", ""),
    ("be", "in arrears", ""),
    ("meet", "the condition of section 8", ""),
    ("publish", "the accounts", ""),
    ("pay", "EUR 10", "Sela"),
    ("pay", "EUR 25", "Sela"),
    ("pay", "EUR 40", "Bruno"),
)
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 500),
        st.sampled_from(["Sela", "Bruno", "Sela and Bruno", "Zora"]),
        st.sampled_from(DEEDS),
        st.sampled_from(["", "", "", "09:30"]),
        st.integers(0, 9).map(bool),
    ),
    max_size=12,
)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def governing(sections: tuple[str, ...], since: date | None = None) -> GoverningText:
    clauses = []
    for number, prose in enumerate(sections, 1):
        for sentence in read(prose):
            written = Text(sentence.text, ((0, Place("text.md", number, sentence.span.start + 1)),))
            clauses.append(Clause(f"s{number}", str(number), sentence, written, prose=False))
    return GoverningText(since, placed(tuple(clauses)))


TEXTS = (governing(SECTIONS), governing((*SECTIONS[:3], SECTIONS[3].replace("10", "25"), *SECTIONS[4:]), date(2026, 9, 1)))


def case(*facts: RecordedFact, texts: int = 2, since: date | None = FIRST) -> Case:
    held = (
        Holding("sela", "Sela Norr", "Seller", since),
        Holding("sela", "Sela Norr", "Party", since),
        Holding("bruno", "Bruno Pax", "Buyer", since),
        Holding("bruno", "Bruno Pax", "Party", since),
    )
    return Case(TEXTS[:texts], facts, held, CALENDAR)


def facts(events: list) -> tuple[RecordedFact, ...]:
    made = []
    for number, (day, actor, (verb, thing, to), time, happened) in enumerate(events):
        money = Money(Decimal(thing.removeprefix("EUR ")), "EUR") if verb == "pay" else None
        event = Event(f"{verb} {thing}", verb, actor, thing, to)
        told = Fact(FIRST + timedelta(days=day), event, money, happened=happened, time=time)
        made.append(RecordedFact(f"f{number}", told, Place("facts.md", number + 1, 1), f"fact {number}"))
    return tuple(made)


def end(day: int) -> datetime:
    return CALENDAR.end_of(FIRST + timedelta(days=day))


@quick
@given(EVENTS, st.lists(EVENTS, min_size=1, max_size=3), st.integers(1, 2), st.sampled_from([None, FIRST]), st.integers(0, 520))
def test_each_evaluation_is_the_one_from_scratch(kept, histories, texts, since, day):
    record = facts(kept)
    session = Session(case(*record, texts=texts, since=since))
    for events in (*histories, histories[0]):
        own = facts(events)
        found = session.check(own, end(day))
        expected = judge(case(*record, *own, texts=texts, since=since), end(day))
        assert expected.verdicts == found.verdicts
        assert expected.findings == found.findings


@quick
@given(EVENTS, EVENTS, st.integers(1, 2), st.sampled_from([None, FIRST]), st.integers(0, 300))
def test_what_follows_fact_by_fact_is_what_is_judged_at_once(kept, events, texts, since, day):
    record = facts(kept)
    following = Session(case(*record, texts=texts, since=since)).follow(end(day))
    for number, fact in enumerate(sorted(facts(events), key=lambda one: one.fact.day), 1):
        before = {one.key: one for one in following.verdicts}
        at = max(following.at, end((fact.fact.day - FIRST).days)) if number % 3 else None
        changed = following.add(fact, at)
        expected = judge(following.case, following.at).verdicts
        assert expected == following.verdicts
        assert [one for one in changed if one not in expected] == []
        assert [one for one in changed if before.get(one.key) == one and one.key is not None] == []


def test_an_earlier_fact_is_taken_too():
    late, early = facts([(60, "Sela", DEEDS[1], "", True), (5, "Bruno", DEEDS[0], "", True)])
    following = Session(case()).follow(end(50))
    following.add(late)
    following.add(early)
    assert judge(case(late, early), following.at).verdicts == following.verdicts


def test_consent_of_the_day_of_an_act_that_was_judged_without_it():
    copied, consent = facts([(60, "Bruno", DEEDS[2], "", True), (60, "Sela", DEEDS[3], "", True)])
    expected = judge(case(copied, consent), end(90)).verdicts
    session = Session(case(copied))
    assert [expected] * 3 == [session.check((consent,), end(90)).verdicts for _ in range(3)]
    following = Session(case()).follow(end(50))
    following.add(copied)
    following.add(consent, end(90))
    assert expected == following.verdicts


def test_time_does_not_go_back():
    following = Session(case()).follow(end(50))
    with pytest.raises(ValueError, match="expected no instant before"):
        following.add(*facts([(60, "Sela", DEEDS[1], "", True)]), at=datetime(2026, 1, 1, tzinfo=UTC))


def test_better_evidence_is_asked_for_from_scratch():
    (fact,) = facts([(5, "Bruno", DEEDS[0], "", True)])
    asked = Case(TEXTS, (), case().holdings, CALENDAR, Evidence.ADMITTED)
    expected = judge(Case(TEXTS, (fact,), asked.holdings, CALENDAR, Evidence.ADMITTED), end(90))
    assert expected.verdicts == Session(asked).check([fact], end(90)).verdicts


def test_no_text_no_session():
    with pytest.raises(ValueError, match="no text"):
        Session(Case((), (), (), CALENDAR))


@pytest.mark.parametrize("at", [datetime(9999, 12, 31, tzinfo=UTC), datetime(1000, 1, 1, tzinfo=UTC), datetime(2027, 1, 1)])  # noqa: DTZ001
def test_an_instant_that_is_none_is_refused(at):
    with pytest.raises(ValueError, match="expected an instant with a zone, of the years 1900 to 2999"):
        Session(case()).check((), at)
