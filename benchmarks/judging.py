"""1,000 rules judged against 100,000 facts at once, and then by one fact more."""

import gc
import time
import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from benchmarks.figure import Figure
from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.judged.verdict import Case, check
from syngraph.engine.norms.said.texts import GoverningText
from syngraph.engine.norms.told import table
from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.session import Session
from syngraph.engine.text.clauses import Clause, placed
from syngraph.engine.text.provenance import Place, Text
from syngraph.grammar.parse import read

RULES = 1_000
FACTS = 100_000
PEOPLE = 50
LATER = 100
START = date(2020, 1, 1)


def clauses() -> tuple[Clause, ...]:
    """Yearly, monthly and conditional duties in turn, each in a section of its own and of a role of its own."""
    shapes = (
        "Each Member-{r} shall pay dues of EUR {n} to the Treasurer by 31 January of each year.",
        "The Officer-{r} shall deliver report {n} to the Treasurer on the first day of each month.",
        "If a Member-{r} borrows item {n}, the Member-{r} shall return item {n} to the Treasurer within 14 days.",
        "No Member-{r} may sell item {n}.",
    )
    said = []
    for number in range(1, RULES + 1):
        text = shapes[number % len(shapes)].format(r=chr(ord("A") + number % 10), n=number).replace("Member-", "Member ")
        said.append(text.replace("Officer-", "Officer "))
    found = []
    for number, text in enumerate(said, 1):
        (sentence,) = read(text)
        if not sentence.rules:
            raise RuntimeError(f"not read: {text} ({sentence.unread})")
        found.append(Clause(f"s{number}", str(number), sentence, Text(text, ((0, Place("text.md", number, 1)),)), prose=False))
    return tuple(found)


def rows() -> bytes:
    """Payments, deliveries and loans over five years, spread over rules and over those whom each binds."""
    lines = ["date,actor,act,object,to,amount,under"]
    for number in range(FACTS):
        day = START + timedelta(days=number * 5 * 365 // FACTS)
        rule, turn = number % RULES + 1, number // RULES
        person = rule % 10 + 10 * (turn // 2 % (PEOPLE // 10))
        match rule % 4:
            case 0:
                lines.append(f"{day},Person {person},paid,,the Treasurer,EUR {rule},s{rule}")
            case 1:
                lines.append(f"{day},Person {rule % 10},delivered,report {rule},the Treasurer,,s{rule}")
            case 2:
                verb = "returned" if turn % 2 else "borrowed"
                lines.append(f"{day},Person {person},{verb},item {rule},,,s{rule}")
            case _:
                lines.append(f"{day},Person {person},visited,the library,,,")
    return ("\n".join(lines) + "\n").encode()


def holdings() -> tuple[Holding, ...]:
    roles = [f"Member {chr(ord('A') + index)}" for index in range(10)]
    members = [Holding(f"p{index}", f"Person {index}", roles[index % 10]) for index in range(PEOPLE)]
    officers = [Holding(f"p{index}", f"Person {index}", f"Officer {chr(ord('A') + index)}") for index in range(10)]
    return (*members, *officers, Holding("t", "Tilda Treasurer", "Treasurer"))


def measure() -> list[Figure]:
    """Processor time, for the table and for judging apart, and the most memory that judging takes at once by `tracemalloc`."""
    said = clauses()
    texts = (GoverningText(None, placed(said)),)
    source = rows()
    start = time.process_time()
    record = table.read("facts.csv", source)
    reading = time.process_time() - start
    if record.findings:
        raise RuntimeError(str(record.findings[:3]))
    people, calendar = holdings(), Calendar("Europe/Lisbon")
    at = datetime(2025, 1, 1, tzinfo=UTC)

    def judged(facts: int) -> tuple[float, int]:
        gc.collect()
        start = time.process_time()
        report = check(texts, record.facts[:facts], people, at, calendar)
        gc.collect(0)  # what the collector did not look at meanwhile
        return time.process_time() - start, len(report.verdicts)

    def taken_up(facts: int) -> float:
        gc.collect()
        tracemalloc.start()
        report = check(texts, record.facts[:facts], people, at, calendar)
        most = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        return most if report.verdicts else 0.0

    few, _ = judged(FACTS // 10)
    whole, verdicts = judged(FACTS)
    small, medium, large = (taken_up(FACTS // part) for part in (10, 2, 1))
    beside = f"{verdicts:,} verdicts; a tenth of the facts {few:,.2f} s"
    sizes = f"{small:,.0f} MB for {FACTS // 10:,} facts, {medium:,.0f} for {FACTS // 2:,}, {large:,.0f} for {FACTS:,}"
    following = Session(Case(texts, record.facts, people, calendar)).follow(at)
    assert following.verdicts
    gc.collect()
    taken = []
    for number in range(LATER):
        last = record.facts[number]
        later = replace(last, id=f"later:{number}", fact=replace(last.fact, day=at.date() + timedelta(days=1)))
        start = time.process_time()
        following.add(later)
        taken.append(time.process_time() - start)
    median = sorted(taken)[LATER // 2] * 1000
    return [
        Figure("reading these facts from a table", reading, "s", beside=f"{FACTS:,} rows"),
        Figure(f"check of {RULES:,} rules x {FACTS:,} facts", whole, "s", 2, most=True, beside=beside),
        Figure("memory for twice the facts", large / medium, "times", 2.2, most=True, beside=sizes),
        Figure("one more fact at the end", median, "ms", 1, most=True, beside=f"the median of {LATER}"),
    ]
