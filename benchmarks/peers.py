"""Beside others: a supply contract judged by syngraph and by an encoding of it for clingo, the same answers with reasons.

The encoding is grounded once and each set of facts is switched on in it, which is the quickest way that clingo has; the target
is measured against that. Beside it stands the usual way, to ground the encoding anew with the facts of each set. It knows one
currency and this contract alone; days are numbers, the first of January is 1. Its reasons are atoms (`because`), those of
syngraph sentences of text with file, line and column: both are there when an evaluation is timed.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from benchmarks.figure import Figure
from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.judged.verdict import Case, GoverningText, Report
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.session import Session
from syngraph.engine.text.clauses import Clause, placed
from syngraph.engine.text.provenance import Place, Text
from syngraph.grammar.amounts import Event, Money
from syngraph.grammar.parse import read
from syngraph.grammar.rules import Fact

SETS = 30
TIMES = 20
AT = datetime(2026, 5, 10, tzinfo=UTC)
SECTIONS = {
    "terms": "This Agreement takes effect on 1 January 2026.",
    "delivery": "The Seller shall deliver the Goods to the Buyer by 31 March 2026.",
    "payment": "The Buyer shall pay the Price to the Seller within 30 days after delivery of the Goods. "
    '"Price" means EUR 20,000.',
    "delay": "If the Seller fails to deliver the Goods when due, the Seller shall pay the Buyer a penalty of 0.5% of the Price "
    "for each day of delay, up to 10% of the Price.",
    "termination": "If the delay exceeds 15 days, the Buyer may terminate this Agreement by written notice to the Seller.",
}
PEOPLE = (Holding("sela", "Sela Norr", "Seller", date(2026, 1, 1)), Holding("bruno", "Bruno Pax", "Buyer", date(2026, 1, 1)))

if TYPE_CHECKING:
    import clingo

Deeds = tuple[tuple[str, int], ...]
"""What happened: `deliver`, `pay` or `terminate`, and on which day of the year."""
Answer = tuple[str, Decimal | None, frozenset[tuple[str, int]]]
"""A status, what is still to be paid, and the deeds among the reasons."""


def deeds() -> list[Deeds]:
    """Deliveries in time, late, and not at all; paid in time, late, and not at all; ended too early and rightly."""
    found: list[Deeds] = []
    for number in range(SETS):
        delivered = 80 + number
        paid = delivered + (5, 38, 90)[number % 3]
        if number % 10 == 9:
            found.append((("terminate", (100, 110, 106)[number // 10]),))
        else:
            found.append((("deliver", delivered), *((("pay", paid),) if paid < 130 else ())))
    return found


# -- syngraph ----------------------------------------------------------------------------------------------------------


def session() -> Session:
    clauses = []
    for line, (section, prose) in enumerate(SECTIONS.items(), 1):
        for sentence in read(prose):
            text = Text(sentence.text, ((0, Place("sentence", line, sentence.span.start + 1)),))
            clauses.append(Clause(section, str(line), sentence, text, prose=False))
    return Session(Case((GoverningText(None, placed(tuple(clauses))),), (), PEOPLE, Calendar("Europe/Lisbon")))


def fact(deed: str, day: int) -> RecordedFact:
    when = date(2025, 12, 31) + timedelta(days=day)
    event, amount = {
        "deliver": (Event("deliver the Goods", "deliver", "Sela", "the Goods", "Bruno"), None),
        "pay": (Event("pay EUR 20,000", "pay", "Bruno", "EUR 20,000", "Sela"), Money(Decimal(20_000), "EUR")),
        "terminate": (Event("terminate this Agreement", "terminate", "Bruno", "this Agreement", ""), None),
    }[deed]
    return RecordedFact(f"{deed}:{day}", Fact(when, event, amount), Place(deed, day, 1), f"On {when}, {deed}.")


def ours(report: Report) -> dict[str, Answer]:
    """The answers of a report by section."""
    return {
        one.section: (
            one.status.value.replace(" ", "_"),
            one.amount_due.amount if one.amount_due is not None else None,
            frozenset((why.place.path, why.place.line) for why in one.reasons if why.place is not None),
        )
        for one in report.verdicts
    }


# -- clingo ------------------------------------------------------------------------------------------------------------

ENCODING = """
day(1..200). deed(deliver; pay; terminate). #external happens(A, D) : deed(A), day(D).
due(90). at(130). price(20000). norm(delivery; payment; delay; termination).

before(A, D) :- happens(A, D), at(T), D <= T.
delivered(D) :- before(deliver, D), not ended_before(D).
ended_before(D) :- ended(E), before(deliver, D), D > E.
is_delivered :- delivered(_).
is_late :- delivered(D), due(U), D > U.
is_late :- not is_delivered, at(T), due(U), T > U.

status(delivery, fulfilled) :- delivered(D), due(U), D <= U.
status(delivery, cured) :- delivered(D), due(U), D > U.
status(delivery, violated) :- not is_delivered, is_late.
status(delivery, in_force) :- not is_delivered, not is_late.
because(delivery, sentence, 2).
because(delivery, deliver, D) :- delivered(D).

length(D - U) :- delivered(D), due(U), D > U.
length(E - U) :- not is_delivered, is_late, ended(E), due(U).
length(T - U) :- not is_delivered, is_late, not ended(_), at(T), due(U).
penalty(N * P / 200) :- length(N), price(P), N <= 20.
penalty(P / 10) :- length(N), price(P), N > 20.
status(delay, in_force) :- is_late.
status(delay, pending) :- not is_late.
owes(delay, M) :- penalty(M).
because(delay, sentence, 4).
because(delay, sentence, 2) :- is_late.
because(delay, sentence, 3) :- is_late.
because(delay, deliver, D) :- delivered(D), is_late.

exceeded(U + 16) :- due(U), at(T), T >= U + 16, not delivered_by(U + 15).
delivered_by(D) :- happens(deliver, E), day(D), E <= D.
ended(D) :- before(terminate, D), exceeded(X), D >= X, not delivered_by(D).
void(terminate, D) :- before(terminate, D), not ended(D).
is_ended :- ended(_).
status(termination, terminated) :- is_ended.
status(termination, available) :- not is_ended, exceeded(_), not is_delivered.
status(termination, pending) :- not is_ended, not exceeded(_).
status(termination, pending) :- not is_ended, is_delivered.
because(termination, sentence, 5).
because(termination, sentence, 2) :- exceeded(_).
because(termination, terminate, D) :- ended(D).

payable(D, D + 30) :- delivered(D).
status(payment, fulfilled) :- payable(_, L), before(pay, D), D <= L.
status(payment, cured) :- payable(_, L), before(pay, D), D > L.
is_paid :- before(pay, _).
status(payment, violated) :- payable(_, L), at(T), T > L, not is_paid.
status(payment, in_force) :- payable(_, L), at(T), T <= L, not is_paid.
status(payment, pending) :- not is_delivered, not is_ended.
status(payment, expired) :- not is_delivered, is_ended.
owes(payment, P) :- payable(_, _), price(P), not is_paid.
because(payment, sentence, 3).
because(payment, deliver, D) :- delivered(D).
because(payment, pay, D) :- payable(_, _), before(pay, D).

#show status/2. #show owes/2. #show because/3. #show void/2.
"""


def grounded() -> "clingo.Control":
    import clingo

    control = clingo.Control(["--warn=none"])
    control.add("base", [], ENCODING)
    control.ground([("base", [])])
    return control


def theirs() -> Callable[[Deeds], dict[str, Answer]]:
    """What answers by the encoding, grounded once. Raises: ImportError where clingo is not installed."""
    import clingo

    control = grounded()

    def answers(happened: Deeds) -> dict[str, Answer]:
        atoms = [clingo.Function("happens", [clingo.Function(deed), clingo.Number(day)]) for deed, day in happened]
        for atom in atoms:
            control.assign_external(atom, True)
        status: dict[str, str] = {}
        owes: dict[str, Decimal] = {}
        because: dict[str, set[tuple[str, int]]] = {}
        with control.solve(yield_=True) as models:
            for model in models:
                for atom in model.symbols(shown=True):
                    told = atom.arguments
                    match atom.name:
                        case "status":
                            status[told[0].name] = told[1].name
                        case "owes":
                            owes[told[0].name] = Decimal(told[1].number)
                        case "because":
                            because.setdefault(told[0].name, set()).add((told[1].name, told[2].number))
        for atom in atoms:
            control.assign_external(atom, False)
        return {norm: (one, owes.get(norm), frozenset(because[norm])) for norm, one in status.items()}

    return answers


def anew(happened: Deeds) -> int:
    """How many atoms the encoding shows for a set of facts, grounded for that set alone."""
    import clingo

    control = clingo.Control(["--warn=none"])
    facts = " ".join(f"happens({deed}, {day})." for deed, day in happened)
    control.add("base", [], ENCODING.replace("#external happens(A, D) : deed(A), day(D).", facts))
    control.ground([("base", [])])
    with control.solve(yield_=True) as models:
        return sum(len(model.symbols(shown=True)) for model in models)


# -- side by side ------------------------------------------------------------------------------------------------------


def differences() -> list[str]:
    """Where the two do not say the same of a set of facts: status, sum, and the sentences and facts that led there."""
    judging, solving = session(), theirs()
    found = []
    for happened in deeds():
        mine = ours(judging.check([fact(*deed) for deed in happened], AT))
        other = solving(happened)
        found += [
            f"{happened}: {name}: {mine.get(name)} and {other.get(name)}"
            for name in mine | other
            if mine.get(name) != other.get(name)
        ]
    return found


def measure() -> list[Figure]:
    if unlike := differences():
        raise RuntimeError("\n".join(unlike))
    judging, solving = session(), theirs()
    sets = [(happened, [fact(*deed) for deed in happened]) for happened in deeds()]

    def rate(work: Callable[[], object]) -> float:
        work()
        start = time.process_time()
        for _ in range(TIMES):
            work()
        return TIMES * len(sets) / (time.process_time() - start)

    # In turns, so that whoever else uses the machine disturbs both.
    mine, other = 0.0, 0.0
    for _ in range(3):
        mine = max(mine, rate(lambda: [judging.check(facts, AT) for _, facts in sets]))
        other = max(other, rate(lambda: [solving(happened) for happened, _ in sets]))
    usual = rate(lambda: [anew(happened) for happened, _ in sets[:3]]) * 3 / len(sets)
    rates = f"{mine:,.0f}/s, clingo {other:,.0f}/s, grounded anew {usual:,.0f}/s"
    beside = f"{rates}; {len(sets)} sets of facts, the same answers and reasons"
    return [
        Figure("small evaluations of one agreement, with reasons", mine, "per second", 2_000),
        Figure("the same, as many times as clingo", mine / other, "times", 5, beside=beside),
    ]
