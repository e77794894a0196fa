"""What is wrong with a text: each check is a function from a context to findings, all in one list."""

from collections.abc import Callable, Iterable

from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.document import Document
from syngraph.engine.text.findings import Finding, gathered
from syngraph.engine.text.lint import composition, fields, numbers, reading, references, terms, wording
from syngraph.engine.text.lint.context import Context, context

Check = Callable[[Context], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    composition.faults,
    references.broken_links,
    references.wrong_numbers,
    references.numbers_that_decide,
    reading.mistakes,
    reading.unread,
    terms.undefined,
    terms.unused,
    terms.defined_twice,
    terms.used_before,
    terms.unknown_actors,
    numbers.words_and_figures,
    fields.ill_typed,
    wording.and_or,
    wording.midnight,
    wording.loose_days,
    wording.may_not,
    wording.and_with_or,
    wording.startless,
)
"""Every check, in the order in which they run."""


def lint(document: Document, clauses: tuple[Clause, ...], roles: frozenset[str]) -> tuple[Finding, ...]:
    """The faults of a document, in the order of its files and lines, each once, however often its words are included.

    `clauses` are its sentences as they were read, `roles` those of the register (empty when there is none).
    """
    held = context(document, clauses, roles)
    return ordered(gathered(finding for check in CHECKS for finding in check(held)), document)


def ordered(findings: Iterable[Finding], document: Document) -> tuple[Finding, ...]:
    """Findings in the order of the files of a document, then of lines; those of other files last."""
    order = {path: index for index, path in enumerate(document.closure)}

    def key(each: Finding) -> tuple[int, int, int, str]:
        return order.get(each.place.path, len(order)), each.place.line, each.place.column, each.code

    return tuple(sorted(findings, key=key))
