"""Effects: what binding awards and settlements make of the rules that govern and of what is known to have happened."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from syngraph.engine.disputes.dispute import Entry
from syngraph.engine.disputes.orders import Duty, Finding, Order
from syngraph.engine.norms.said.texts import GoverningText
from syngraph.engine.norms.told.facts import Origin, RecordedFact
from syngraph.engine.text.clauses import Clause, PlacedRule
from syngraph.engine.text.provenance import Text
from syngraph.grammar.amounts import Event
from syngraph.grammar.rules import Fact
from syngraph.grammar.sentence import Kind, Sentence
from syngraph.grammar.span import Span


@dataclass(frozen=True, slots=True)
class Effective:
    """An award or a settlement that binds: where it entered, who made it, the orders that stand and the facts that it finds.

    `void` are the ids of the sections that it makes void, with those in them.
    """

    entry: Entry
    by: tuple[str, ...]
    orders: tuple[Order, ...]
    findings: tuple[Finding, ...]
    void: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """What it is called in the ids of its rules: its kind and the first eight digits of its digest."""
        return f"{self.entry.statement.kind.value}-{self.entry.statement.digest[:8]}"


def governed(texts: tuple[GoverningText, ...], decided: Iterable[Effective]) -> tuple[GoverningText, ...]:
    """The texts with what was decided: from the day on which an award entered its duties are rules, and the rules of a section
    that is void are none.
    """
    for each in sorted(decided, key=lambda effective: effective.entry.position):
        day = each.entry.entered
        texts = _from(texts, day)
        duties = tuple(_rule(each, order) for order in each.orders if isinstance(order, Duty))
        texts = tuple(
            text if text.since is None or text.since < each.entry.entered else _changed(text, duties, each.void)
            for text in texts
        )
    return texts


def facts(decided: Iterable[Effective]) -> tuple[RecordedFact, ...]:
    """What awards find, and that they were made: facts of the strongest evidence."""
    found: list[RecordedFact] = []
    for each in decided:
        statement, day = each.entry.statement, each.entry.entered
        stated = [(finding.fact, finding.said.text, finding.said.place) for finding in each.findings]
        if each.orders:
            place = each.orders[0].said.place
            stated.append((_made(statement.kind.value, day), f"the {statement.kind.value} was made", place))
        for number, (fact, words, place) in enumerate(stated, 1):
            id_ = f"{statement.path}#{number}"
            found.append(RecordedFact(id_, fact, place, words, "", day, each.by, Origin.AWARD))
    return tuple(found)


def _from(texts: tuple[GoverningText, ...], day: date) -> tuple[GoverningText, ...]:
    """The texts with one that begins on a day, where none does."""
    before = [at for at, text in enumerate(texts) if text.since is None or text.since <= day]
    if not before or texts[before[-1]].since == day:
        return texts
    last = before[-1]
    return (*texts[: last + 1], replace(texts[last], since=day), *texts[last + 1 :])


def _changed(text: GoverningText, duties: tuple[PlacedRule, ...], void: frozenset[str]) -> GoverningText:
    rules = tuple(placed for placed in text.rules if placed.clause.section not in void)
    unread = tuple(clause for clause in text.unread if clause.section not in void)
    return replace(text, rules=(*rules, *duties), unread=unread)


def _rule(each: Effective, order: Duty) -> PlacedRule:
    words = order.said.text
    sentence = Sentence(words, Span(0, len(words)), Kind.OBLIGATION, True, (order.rule,))
    clause = Clause(each.name, "", sentence, Text(words, ((0, order.said.place),)), False)
    return PlacedRule(f"{each.name}:{order.said.number}", order.rule, clause)


def _made(what: str, day: date) -> Fact:
    return Fact(day, Event(f"make the {what}", "make", "", f"the {what}"))
