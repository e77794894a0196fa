"""What a check looks at: the document, its sentences, and the terms and roles in them."""

import re
from dataclasses import dataclass

from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.document import Document
from syngraph.engine.text.provenance import NOTHING, Text
from syngraph.grammar.lexicon import plural, singular
from syngraph.grammar.rules import Definition, Meaning

INLINE = re.compile(r"\([^()“”\"]{0,60}[\"“]([A-Z][^\"“”()?!;:]{0,60})[\"”](?:(?:,| or| and)[^()]{0,80})?\)")
"""A definition in brackets: `Ada Quill (the "Seller")`."""


@dataclass(frozen=True, slots=True)
class Defined:
    """A term, the clause that defines it, and where it stands there; `inline` when it is defined in brackets."""

    term: str
    clause: Clause
    where: Text
    inline: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class Context:
    """A document with its sentences and roles. `known` are the roles and defined terms, singular, in lower case."""

    document: Document
    clauses: tuple[Clause, ...]
    roles: frozenset[str]
    defined: tuple[Defined, ...]
    known: frozenset[str]


def context(document: Document, clauses: tuple[Clause, ...], roles: frozenset[str]) -> Context:
    """The context of a document; `roles` are those of the register."""
    defined = tuple(term for clause in clauses for term in _defined(clause))
    known = frozenset(normal(term) for term in (*roles, *(each.term for each in defined)))
    return Context(document, clauses, roles, defined, known)


def normal(term: str) -> str:
    """A term as it is compared: its last word in the singular, in lower case."""
    words = term.replace("’", "'").split()
    if not words:
        return ""
    return " ".join([*words[:-1], singular(words[-1])]).casefold()


def forms(term: str) -> frozenset[str]:
    """A term in the singular and the plural."""
    *first, last = term.split() or [""]
    return frozenset(" ".join([*first, form]) for form in {last, singular(last), plural(singular(last))} if form)


def within(clause: Clause, start: int, end: int) -> Text:
    """A stretch of a sentence, by offsets from its beginning; at its end, its last character."""
    text = clause.text
    start = min(max(start, 0), max(len(text) - 1, 0))
    return text[start : max(min(end, len(text)), start + 1)] or text


def _defined(clause: Clause) -> list[Defined]:
    string = clause.text.string
    found: dict[str, Defined] = {}
    for rule in clause.sentence.rules:
        if isinstance(rule, Definition):
            at = string.find(rule.term)
            where = clause.text[at : at + len(rule.term)] if at >= 0 else clause.text
            inline = any(match[1] == rule.term for match in INLINE.finditer(string))
            complete = rule.meaning is Meaning.MEANS
            found[rule.term] = Defined(rule.term, clause, where or NOTHING, inline, complete)
    for match in INLINE.finditer(string):
        found.setdefault(
            match[1], Defined(match[1], clause, clause.text[match.start(1) : match.end(1)], inline=True, complete=True)
        )
    return list(found.values())
