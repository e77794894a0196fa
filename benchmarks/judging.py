"""200 rules judged against 20,000 facts."""

import time
from datetime import UTC, date, datetime, timedelta

from benchmarks.figure import Figure
from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.judged.verdict import check
from syngraph.engine.norms.said.texts import GoverningText
from syngraph.engine.norms.told import table
from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.text.clauses import Clause, placed
from syngraph.engine.text.provenance import Place, Text
from syngraph.grammar.parse import read

RULES = 200
FACTS = 20_000
PEOPLE = 50
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
    """Payments and deliveries over five years, spread over people and rules."""
    lines = ["date,actor,act,object,to,amount,under"]
    for number in range(FACTS):
        day = START + timedelta(days=number * 5 * 365 // FACTS)
        rule = number % RULES + 1
        match rule % 4:
            case 0:
                lines.append(f"{day},Person {number % PEOPLE},paid,,the Treasurer,EUR {rule},s{rule}")
            case 1:
                lines.append(f"{day},Person {number % PEOPLE},delivered,report {rule},the Treasurer,,s{rule}")
            case 2:
                verb = "borrowed" if number % 2 else "returned"
                lines.append(f"{day},Person {number % PEOPLE},{verb},item {rule},,,s{rule}")
            case _:
                lines.append(f"{day},Person {number % PEOPLE},visited,the library,,,")
    return ("\n".join(lines) + "\n").encode()


def holdings() -> tuple[Holding, ...]:
    roles = [f"Member {chr(ord('A') + index)}" for index in range(10)]
    members = [Holding(f"p{index}", f"Person {index}", roles[index % 10]) for index in range(PEOPLE)]
    officers = [Holding(f"p{index}", f"Person {index}", f"Officer {chr(ord('A') + index)}") for index in range(10)]
    return (*members, *officers, Holding("t", "Tilda Treasurer", "Treasurer"))


def measure() -> list[Figure]:
    said = clauses()
    texts = (GoverningText(None, placed(said)),)
    record = table.read("facts.csv", rows())
    if record.findings:
        raise RuntimeError(str(record.findings[:3]))
    people, calendar = holdings(), Calendar("Europe/Lisbon")
    at = datetime(2025, 1, 1, tzinfo=UTC)

    def judged(facts: int) -> tuple[float, int]:
        start = time.perf_counter()
        report = check(texts, record.facts[:facts], people, at, calendar)
        return time.perf_counter() - start, len(report.verdicts)

    few, _ = judged(FACTS // 10)
    whole, verdicts = judged(FACTS)
    beside = f"{verdicts:,} verdicts, {FACTS / whole:,.0f} facts/s; a tenth of the facts {few:,.2f} s"
    return [Figure(f"check of {RULES} rules x {FACTS:,} facts", whole, "s", beside=beside)]
