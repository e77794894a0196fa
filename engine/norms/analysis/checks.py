"""What is wrong with the rules of a text taken together: each check finds its faults, all in one list."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from syngraph.engine.norms.analysis import collisions, order, reach
from syngraph.engine.norms.analysis.offices import Offices, idle, normal, offices, unmeetable
from syngraph.engine.norms.analysis.sections import Sections
from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.text.clauses import PlacedRule
from syngraph.engine.text.findings import Finding, found, gathered
from syngraph.engine.text.lint.codes import Code
from syngraph.grammar.rules import Definition, Quorum

CODES: tuple[Code, ...] = (
    Code("SG501", "contradiction-in-text", "Two rules cannot both be obeyed, and neither stands above the other."),
    Code("SG502", "decided-in-two-ways", "One matter is decided by two thresholds, or one quorum is said twice."),
    Code("SG503", "circular-priority", "Rules give way to each other in a circle."),
    Code("SG504", "above-all-twice", "Two rules stand above any other provision."),
    Code("SG505", "never-applies", "A rule can never apply."),
    Code("SG506", "power-of-nobody", "Nobody can use a right or a power."),
    Code("SG507", "unmeetable-vote", "A quorum or a vote asks for more than there are."),
)
"""Every code of this room, in order."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of a text in its order, its sections, and how many hold each role by the register."""

    rules: tuple[PlacedRule, ...]
    sections: Sections
    offices: Offices


def _contradictions(book: Rulebook) -> Iterator[Finding]:
    return collisions.contradictions(book.rules, book.sections, book.offices)


def _two_ways(book: Rulebook) -> Iterator[Finding]:
    return collisions.two_ways(book.rules, book.sections)


def _circles(book: Rulebook) -> Iterator[Finding]:
    return order.circles(book.rules, book.sections)


def _above_all(book: Rulebook) -> Iterator[Finding]:
    return order.above_all(book.rules)


def _never(book: Rulebook) -> Iterator[Finding]:
    return reach.never(book.rules, book.sections)


def _idle(book: Rulebook) -> Iterator[Finding]:
    """SG506: rights and powers that nobody can use."""
    registered = frozenset(
        normal(placed.rule.term)
        for placed in book.rules
        if isinstance(placed.rule, Definition) and "in the register" in placed.rule.body.casefold()
    )
    for placed in book.rules:
        if why := idle(placed.rule, book.offices, registered):
            help = "give the role to somebody in the register, or the power to those who are there"
            yield found("SG506", f"nobody can ever do this: {why}", placed.clause.text, help)


def _unmeetable(book: Rulebook) -> Iterator[Finding]:
    """SG507: votes and quorums that cannot be met."""
    for placed in book.rules:
        if why := unmeetable(placed.rule, book.offices):
            what = "quorum" if isinstance(placed.rule, Quorum) else "vote"
            help = "ask for fewer, or for a share of them; where the register is behind, bring it up to date"
            yield found("SG507", f"this {what} can never be met: {why}", placed.clause.text, help)


CHECKS: tuple[Callable[[Rulebook], Iterable[Finding]], ...] = (
    _contradictions,
    _two_ways,
    _circles,
    _above_all,
    _never,
    _idle,
    _unmeetable,
)
"""Every check, in the order in which they run."""


def analyse(rules: Sequence[PlacedRule], sections: Sections, holdings: Iterable[Holding] = ()) -> tuple[Finding, ...]:
    """The faults of the rules of a text, check by check in the order of the text, each once.

    `holdings` are those of the register, past and to come: of a vote it is said that too few are there only where that is so
    on every day. The time it takes grows with the number of rules.
    """
    book = Rulebook(tuple(rules), sections, offices(holdings))
    return gathered(finding for check in CHECKS for finding in check(book))
