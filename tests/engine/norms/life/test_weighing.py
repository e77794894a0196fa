"""By whose word a fact stands, seen from the duty that it touches, and what asking for a better word does."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.judged.explain import explain
from syngraph.engine.norms.judged.verdict import Case, Report, Verdict, judge
from syngraph.engine.norms.life.instances import Status
from syngraph.engine.norms.told import facts as statements
from syngraph.engine.norms.told.facts import Evidence, Origin, RecordedFact, Signed
from syngraph.grammar.amounts import Event, Money
from syngraph.grammar.parse import read
from syngraph.grammar.rules import Fact

CALENDAR = Calendar("Europe/Lisbon", "PT")
DAY = date(2027, 1, 20)
AT = CALENDAR.end_of(date(2027, 2, 10))
CLUB = {
    "ada": ["Ada Quill", "Member since 2027-01-01"],
    "bora": ["Bora Lind", "Member since 2027-01-01"],
    "carla": ["Carla Vale", "Treasurer since 2027-01-01 until 2027-01-31", "Member since 2027-01-01"],
    "dan": ["Dan Moor", "Treasurer since 2027-02-01"],
    "olga": ["Olga Finn", "Guest since 2027-01-01"],
}
LEASE = {"tom": ["Tom Weller", "Tenant since 2027-01-01"], "marta": ["Marta Vale", "Landlord since 2027-01-01"]}
AGENT = {**LEASE, "wim": ["Wim Roos", "Agent since 2027-01-01"]}
JOINT = {**AGENT, "lea": ["Lea Weller", "Tenant since 2027-01-01"]}
DUES = "Each Member shall pay dues of EUR 60 to the Treasurer by 31 January of each year."
TO_THE_CLUB = "Each Member shall pay dues of EUR 60 to the Association by 31 January of each year."
COLLECTS = "The Treasurer shall collect the dues."
RENT = "The Tenant shall pay rent of EUR 60 to the Landlord by 31 January 2027."
ROOF = "The Landlord shall repair the roof by 31 January 2027."
REPORT = "The Treasurer shall send the accounts to the Members by 31 January 2027."
REFUND = "The Treasurer shall pay a refund of EUR 60 to the Member by 31 January 2027."
FLAT = "The Tenant shall not sublet the Flat."
OBJECTING = "The Treasurer may object to a statement within 10 days."

ADA = "On 20 January 2027, Ada paid EUR 60 to Carla."
TOM = "On 20 January 2027, Tom paid EUR 60 to Marta."
ROOFED = "On 20 January 2027, Marta repaired the roof."
SENT = "On 20 January 2027, Carla sent the accounts to the Members."
SENT_TO_ADA = "On 20 January 2027, Carla paid EUR 60 to Ada."
SUBLET = "On 20 January 2027, Tom sublet the Flat."

Said = tuple[str, str] | tuple[str, str, date] | tuple[str, str, date, Origin]


def told(*said: Said) -> tuple[RecordedFact, ...]:
    """Facts from (who signed, joined by blanks, sentence[, day of entry[, origin]])."""
    files, signed = [], {}
    for number, (who, sentence, *rest) in enumerate(said, 1):
        path = f"record/fact/{number}.md"
        files.append((path, sentence.encode()))
        if who:
            signed[path] = Signed(tuple(who.split()), *(rest or [DAY]))
    record = statements.read(files, read, signed)
    assert record.findings == ()
    return record.facts


@pytest.fixture
def judged(write, register) -> Callable[..., Report]:
    def judge_case(
        text: str | list[str],
        people: dict,
        facts: Iterable[RecordedFact],
        asked: Evidence = Evidence.CLAIMED,
        at=AT,
    ) -> Report:
        sections = {f"{number} s{number}": prose for number, prose in enumerate([text] if isinstance(text, str) else text, 1)}
        return judge(Case((write(sections),), tuple(facts), register(people), CALENDAR, asked), at)

    return judge_case


def of(report: Report, bearer: str, section: str = "s1") -> Verdict:
    return next(one for one in report.verdicts if one.section == section and one.bearer == bearer)


# -- who signed, who is who --------------------------------------------------------------------------------------------

LEVELS = [
    # text, register, fact, bearer, signers, level
    (RENT, LEASE, TOM, "tom", "", "claimed"),
    (RENT, LEASE, TOM, "tom", "tom", "claimed"),
    (RENT, LEASE, TOM, "tom", "marta", "admitted"),
    (RENT, LEASE, TOM, "tom", "tom marta", "agreed"),
    (RENT, AGENT, TOM, "tom", "wim", "witnessed"),
    (RENT, AGENT, TOM, "tom", "tom wim", "witnessed"),
    (RENT, AGENT, TOM, "tom", "wim marta", "admitted"),
    (RENT, AGENT, TOM, "tom", "wim marta tom", "agreed"),
    (RENT, JOINT, TOM, "tom lea", "lea", "claimed"),
    (RENT, JOINT, TOM, "tom lea", "lea tom", "claimed"),
    (RENT, JOINT, TOM, "tom lea", "lea marta", "agreed"),
    (ROOF, LEASE, ROOFED, "marta", "marta", "claimed"),
    (ROOF, LEASE, ROOFED, "marta", "tom", "admitted"),
    (ROOF, LEASE, ROOFED, "marta", "tom marta", "agreed"),
    (ROOF, AGENT, ROOFED, "marta", "tom", "witnessed"),
    (FLAT, LEASE, SUBLET, "tom", "tom", "claimed"),
    (FLAT, LEASE, SUBLET, "tom", "marta", "admitted"),
    (DUES, CLUB, ADA, "ada", "ada", "claimed"),
    (DUES, CLUB, ADA, "ada", "carla", "admitted"),
    (DUES, CLUB, ADA, "ada", "ada carla", "agreed"),
    (DUES, CLUB, ADA, "ada", "bora", "witnessed"),
    (DUES, CLUB, ADA, "ada", "olga", "witnessed"),
    (DUES, CLUB, ADA, "ada", "dan", "witnessed"),
    ([TO_THE_CLUB, COLLECTS], CLUB, ADA.replace("Carla", "the Association"), "ada", "carla", "admitted"),
    ([TO_THE_CLUB, COLLECTS], CLUB, ADA.replace("Carla", "the Association"), "ada", "carla ada", "agreed"),
    ([TO_THE_CLUB, COLLECTS], CLUB, ADA.replace("Carla", "the Association"), "ada", "bora", "witnessed"),
    (TO_THE_CLUB, CLUB, ADA.replace("Carla", "the Association"), "ada", "carla", "witnessed"),
    # Her own dues the Treasurer cannot admit to herself.
    (DUES, CLUB, ADA.replace("Ada", "Carla").replace("to Carla", "to the Treasurer"), "carla", "carla", "claimed"),
    # One of many to whom something is owed does not speak for all.
    (REPORT, CLUB, SENT, "carla", "ada", "witnessed"),
    (REPORT, CLUB, SENT, "carla", "ada bora", "admitted"),
    (REFUND, CLUB, SENT_TO_ADA, "carla", "ada", "admitted"),
    (REFUND, CLUB, SENT_TO_ADA, "carla", "bora", "witnessed"),
]


@pytest.mark.parametrize(("text", "people", "sentence", "bearer", "signers", "level"), LEVELS)
def test_evidence_is_by_who_signed_and_who_is_who(judged, text, people, sentence, bearer, signers, level):
    verdict = of(judged(text, people, told((signers, sentence))), bearer)
    assert (Evidence(level), True) == (verdict.evidence, verdict.status in (Status.FULFILLED, Status.VIOLATED))


@pytest.mark.parametrize(
    ("origin", "signers", "level"),
    [
        (Origin.MINUTES, "carla", "attested"),
        (Origin.AWARD, "olga", "found"),
        (Origin.MINUTES, "", "claimed"),
        (Origin.AWARD, "", "claimed"),
    ],
)
def test_minutes_attest_and_awards_find_if_somebody_signed_them(judged, origin, signers, level):
    (fact,) = told((signers, ADA))
    assert Evidence(level) is of(judged(DUES, CLUB, [replace(fact, origin=origin)]), "ada").evidence


def test_what_front_matter_says_is_no_signature(judged):
    source = f"---\nkind: fact\nprincipal: carla\ndate: 2027-01-20\n---\n{ADA}\n".encode()
    record = statements.read([("a.md", source)], read)
    assert (record.facts[0].author, record.facts[0].signed_by) == ("carla", ())
    assert Evidence.CLAIMED is of(judged(DUES, CLUB, record.facts), "ada").evidence


def test_who_holds_the_office_when_the_statement_enters_speaks_for_it(judged):
    later = told(("dan", ADA, date(2027, 2, 5)))
    assert Evidence.ADMITTED is of(judged(DUES, CLUB, later), "ada").evidence


def test_a_holder_of_the_office_that_bears_a_duty_only_claims(judged):
    text = "The Treasurer shall publish the accounts by 15 February 2027."
    facts = told(("dan", "On 5 February 2027, Dan published the accounts.", date(2027, 2, 5)))
    found = [one for one in judged(text, CLUB, facts).verdicts if one.status is Status.FULFILLED]
    assert [one.evidence for one in found] == [Evidence.CLAIMED]


def test_what_is_owed_for_a_breach_is_admitted_by_whom_it_let_down(judged):
    text = [RENT, "If the Tenant fails to pay the rent, the Tenant shall pay a fee of EUR 5 within 30 days."]
    facts = told(("marta", "On 5 February 2027, Tom paid EUR 5 to Marta under section 2."))
    verdict = of(judged(text, AGENT, facts), "tom", "s2")
    assert (verdict.status, verdict.evidence) == (Status.FULFILLED, Evidence.ADMITTED)


def test_a_verdict_is_as_good_as_the_weakest_of_its_facts(judged):
    half = "On 19 January 2027, Tom paid EUR 30 to Marta under section 1."
    rest = "On 20 January 2027, Tom paid EUR 30 to Marta under section 1."
    assert Evidence.CLAIMED is of(judged(RENT, LEASE, told(("tom", half), ("tom marta", rest))), "tom").evidence
    assert Evidence.ADMITTED is of(judged(RENT, LEASE, told(("marta", half), ("tom marta", rest))), "tom").evidence


def test_every_condition_that_had_to_come_true_counts_for_the_weakest(judged):
    text = (
        "If the Tenant breaks the window, the Tenant shall pay EUR 60 to the Landlord within 9 days "
        "if the Landlord gives notice."
    )
    facts = told(
        ("tom", "On 3 January 2027, Tom broke the window."),
        ("tom marta", "On 4 January 2027, Marta gave notice."),
        ("tom marta", "On 5 January 2027, Tom paid EUR 60 to Marta under section 1."),
    )
    verdict = next(one for one in judged(text, LEASE, facts).verdicts if one.status is not Status.PENDING)
    assert (verdict.status, verdict.evidence) == (Status.FULFILLED, Evidence.CLAIMED)


# -- several statements of one fact ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "level", "left"),
    [
        ([("ada", ADA), ("carla", ADA)], "agreed", 0),
        ([("ada", ADA), ("carla", "On 20 January 2027, Ada Quill paid EUR 60 to the Treasurer.")], "agreed", 0),
        ([("", ADA), ("carla", ADA)], "admitted", 0),
        ([("carla", ADA), ("", ADA)], "admitted", 0),
        ([("ada", ADA), ("bora", ADA)], "witnessed", 0),
        ([("ada", ADA), ("carla", ADA.replace("20 January", "19 January"))], "admitted", 60),
        ([("ada", ADA), ("ada", ADA)], "claimed", 60),
        ([("ada", ADA), ("ada", ADA), ("carla", ADA)], "agreed", 60),
        ([("", ADA), ("", ADA)], "claimed", 60),
    ],
)
def test_what_several_state_is_one_fact_and_what_one_states_twice_is_two(judged, said, level, left):
    report = judged(DUES, CLUB, told(*said))
    credit = sum(each.money.amount for kept in report.state.credits.values() for each in kept)
    assert (Evidence(level), left) == (of(report, "ada").evidence, credit)


def test_a_section_by_its_number_and_by_its_id_is_one_fact(judged):
    number, id_ = (ADA.replace(".", f" under {name}.", 1) for name in ("section 1", "[](#s1)"))
    assert Evidence.AGREED is of(judged(DUES, CLUB, told(("ada", number), ("carla", id_))), "ada").evidence


def test_many_copies_of_one_statement_are_read_in_one_go(judged):
    report = judged(DUES, CLUB, told(*[("ada", ADA)] * 300, *[("carla", ADA)] * 300))
    credit = sum(each.money.amount for kept in report.state.credits.values() for each in kept)
    assert credit == 299 * 60


# -- a bearer's own word -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "signers", "more", "level"),
    [
        (date(2027, 1, 29), "ada", [], "claimed"),
        (date(2027, 1, 30), "ada", [], "claimed"),
        (date(2027, 1, 31), "ada", [], "admitted"),
        (date(2027, 1, 31), "", [], "claimed"),
        (date(2027, 1, 31), "bora", [], "witnessed"),
        (date(2027, 1, 31), "ada", [("", "On 25 January 2027, Carla objected to the statement of Ada.")], "claimed"),
        (date(2027, 1, 31), "ada", [("", "On 25 January 2027, Bora objected to the statement of Ada.")], "admitted"),
    ],
)
def test_a_claim_to_which_nobody_objects_in_the_time_of_the_text_is_admitted(judged, day, signers, more, level):
    report = judged([DUES, OBJECTING], CLUB, told((signers, ADA), *more), at=CALENDAR.end_of(day))
    verdict = of(report, "ada")
    assert (Status.FULFILLED, Evidence(level)) == (verdict.status, verdict.evidence)


def test_a_claim_stays_one_where_the_text_gives_no_time_to_object(judged):
    assert Evidence.CLAIMED is of(judged(DUES, CLUB, told(("ada", ADA)), at=CALENDAR.end_of(date(2029, 1, 1))), "ada").evidence


def test_a_contradiction_is_undetermined_and_names_a_dispute(judged):
    denied = ADA.replace("paid", "did not pay")
    report = judged(DUES, CLUB, told(("ada", ADA), ("carla", denied)))
    assert Status.UNDETERMINED is of(report, "ada").status
    assert [(one.code, "open a dispute" in one.help) for one in report.findings] == [("SG404", True)]


def test_a_word_that_does_not_count_contradicts_nothing(judged):
    facts = told(("tom marta", SUBLET), ("tom", SUBLET.replace("sublet", "did not sublet")))
    assert Status.UNDETERMINED is of(judged(FLAT, LEASE, facts), "tom").status
    assert Status.VIOLATED is of(judged(FLAT, LEASE, facts, Evidence.AGREED), "tom").status


# -- asking for more ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", Evidence)
@pytest.mark.parametrize(("signers", "level"), [("ada", 0), ("bora", 1), ("carla", 2), ("ada carla", 3)])
def test_only_facts_of_that_level_count(judged, signers, level, asked):
    verdict = of(judged(DUES, CLUB, told((signers, ADA)), asked), "ada")
    assert (Status.FULFILLED if asked.rank <= level else Status.VIOLATED) is verdict.status


def test_a_fact_counts_for_one_duty_and_not_for_another(judged):
    text = [RENT, "The Landlord shall give a receipt to the Tenant within 5 days after the Tenant pays the rent."]
    facts = told(("marta", "On 20 January 2027, Tom paid the rent of EUR 60 to Marta under section 1."))
    for asked, count in ((Evidence.CLAIMED, 1), (Evidence.ADMITTED, 0)):
        report = judged(text, LEASE, facts, asked)
        assert Status.FULFILLED is of(report, "tom").status
        assert count == sum(one.section == "s2" and one.status is Status.VIOLATED for one in report.verdicts)


def test_what_is_done_by_good_facts_alone_is_undetermined(judged):
    """A waiver that only the creditor tells of comes first; by agreed facts alone there would be none."""
    facts = told(
        ("carla", "On 10 January 2027, Carla waived the dues."),
        ("ada carla", ADA),
    )
    assert Status.DISCHARGED is of(judged(DUES, CLUB, facts), "ada").status
    verdict = of(judged(DUES, CLUB, facts, Evidence.AGREED), "ada")
    assert Status.UNDETERMINED is verdict.status
    assert (
        verdict.reasons[-1].text
    ) == "it is fulfilled only by what is agreed or better; by what is told besides it is discharged"


def test_what_is_wrong_with_the_record_does_not_hang_on_what_is_asked(judged):
    facts = told(("ada", ADA), ("zed", "On 20 January 2027, Zed paid EUR 5 to Carla."))
    assert judged(DUES, CLUB, facts).findings == judged(DUES, CLUB, facts, Evidence.FOUND).findings


# -- how it is told ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signers", "words"),
    [
        ("carla", "by Carla Vale's word (admitted)"),
        ("ada carla", "by Ada Quill's and Carla Vale's word (agreed)"),
        ("ada bora carla", "by Ada Quill's, Bora Lind's and Carla Vale's word (agreed)"),
        ("ada bora carla dan", "by Ada Quill's, Bora Lind's and 2 others' word (agreed)"),
    ],
)
def test_an_explanation_says_by_whose_word(judged, signers, words):
    report = judged(DUES, CLUB, told((signers, ADA)))
    lines = [line for line in explain(report, "s1", "ada") if "paid" in line]
    assert [f"  {ADA.removesuffix('.')}, {words} (record/fact/1.md:1)"] == [line for line in lines if "word" in line]


def test_an_explanation_of_unsigned_facts_is_the_fact(judged):
    lines = explain(judged(DUES, CLUB, told(("", ADA))), "s1", "ada")
    assert f"  {ADA} (record/fact/1.md:1)" in lines


def test_silence_minutes_and_awards_are_told_as_such(judged):
    (fact,) = told(("ada", ADA))
    for origin, words in ((Origin.MINUTES, "by minutes (attested)"), (Origin.AWARD, "by an award (found)")):
        assert any(words in line for line in explain(judged(DUES, CLUB, [replace(fact, origin=origin)]), "s1", "ada"))
    lines = explain(judged([DUES, OBJECTING], CLUB, [fact]), "s1", "ada")
    assert any("by Ada Quill's word, to which nobody objected in time (admitted)" in line for line in lines)


# -- properties --------------------------------------------------------------------------------------------------------

TEXT = {
    "1 dues": DUES,
    "2 fee": "If a Member fails to pay the dues, the Member shall pay a fee of 10% of the overdue amount within 30 days.",
    "3 tools": "If a Member borrows a Tool, the Member shall return the Tool within 14 days.",
    "4 loans": "No Member may lend a Tool unless the Treasurer gives consent.",
    "5 minutes": "The Treasurer shall publish the minutes within seven days after each meeting.",
    "6 notice": "The Treasurer shall give notice of a meeting at least ten days before a meeting.",
    "7 end": "A Member may terminate this Agreement by notice to the Treasurer.",
    "8 stop": "The Treasurer may suspend the rights of a Member if the Member lends a Tool.",
    "9 word": OBJECTING,
    "10 room": "A Member who is in arrears shall clean the room by 31 January of each year.",
}
THINGS = {
    "borrow": ("a Tool",),
    "return": ("a Tool",),
    "lend": ("a Tool",),
    "publish": ("the minutes",),
    "give": ("notice of a meeting", "consent"),
    "hold": ("a meeting",),
    "waive": ("the dues",),
    "terminate": ("this Agreement",),
    "suspend": ("the rights of a Member", "this Agreement"),
    "object": ("",),
    "clean": ("the room",),
    "meet": ("the condition of section 10",),
}
DEEDS = st.one_of(
    st.tuples(st.just("pay"), st.just(""), st.sampled_from(["", "#dues", "#fee"]), st.sampled_from([6, 10, 30, 60, 75])),
    st.sampled_from([(verb, thing, "", 0) for verb, things in THINGS.items() for thing in things]),
)
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 500),
        st.sampled_from(["Ada", "Bora", "Carla", "the Treasurer", "Zora"]),
        DEEDS,
        st.sampled_from([True, True, True, True, False]),
        st.sampled_from([(), ("ada",), ("carla",), ("bora",), ("ada", "carla"), ("bora", "carla"), ("olga",)]),
        st.sampled_from([Origin.STATEMENT] * 6 + [Origin.MINUTES, Origin.AWARD]),
    ),
    max_size=18,
)
fast = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def happened(number: int, days: int, actor: str, deed: tuple, is_so: bool, signers: tuple, origin: Origin) -> RecordedFact:
    verb, thing, under, amount = deed
    money = Money(amount, "EUR") if amount else None
    event = Event(f"{verb} {thing}", verb, actor, thing or (f"EUR {amount}" if amount else ""), "Carla" if amount else "")
    day = date(2027, 1, 1) + timedelta(days=days)
    (base,) = told(("", ADA))
    fact = Fact(day, event, money, under, is_so)
    return replace(base, id=f"f{number}", fact=fact, entered=day, signed_by=signers, origin=origin)


@fast
@given(EVENTS)
def test_asking_for_more_never_makes_anything_done(write, register, events):
    facts = tuple(happened(number, *event) for number, event in enumerate(events))
    case = Case((write(TEXT),), facts, register(CLUB), CALENDAR)
    done = frozenset({Status.FULFILLED, Status.CURED})
    before: set | None = None
    for asked in Evidence:
        report = judge(replace(case, asked=asked), CALENDAR.end_of(date(2028, 6, 1)))
        found = {one.key for one in report.verdicts if one.status in done}
        assert before is None or found <= before
        for one in report.verdicts:
            if one.status in done:
                assert one.evidence is not None
                assert one.evidence.rank >= asked.rank
        before = found


@fast
@given(EVENTS)
def test_without_signatures_everything_is_claimed(write, register, events):
    unsigned = tuple(replace(happened(number, *event), signed_by=()) for number, event in enumerate(events))
    report = judge(Case((write(TEXT),), unsigned, register(CLUB), CALENDAR), CALENDAR.end_of(date(2028, 6, 1)))
    assert {one.evidence for one in report.verdicts} <= {None, Evidence.CLAIMED}
