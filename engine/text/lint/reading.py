"""What the grammar had to say of sentences: mistakes in those that it read, and those that it did not read."""

import re
from collections.abc import Iterator

from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.lint.context import Context, within
from syngraph.engine.text.lint.fields import Values, field_at, misfit, misfits, values
from syngraph.engine.text.provenance import Text
from syngraph.grammar.sentence import Kind, Unread

_BRACE = re.compile(r"[{}\\]")
"""What is left over of the notation, and stands in no sentence to recommend."""


def mistakes(context: Context) -> Iterator[Finding]:
    """Faults of the wording of sentences that were read, with the codes of the grammar."""
    for clause in context.clauses:
        for mistake in clause.sentence.mistakes:
            where = within(clause, mistake.span.start, mistake.span.end)
            yield found(mistake.code, mistake.message, where, mistake.help)


def unread(context: Context) -> Iterator[Finding]:
    """SG201, SG202: a binding sentence that was not read, or could be read in two ways; SG306 where a field is why."""
    held = values(context)
    for clause in context.clauses:
        why = clause.sentence.unread
        if why is None or clause.prose:
            continue
        ambiguous = clause.sentence.kind is Kind.AMBIGUOUS
        if not ambiguous and not clause.sentence.binding:
            continue
        where = within(clause, why.span.start, why.span.end)
        place = where.place(0) if where else clause.place
        if ambiguous:
            readings = " / ".join(f"“{reading}”" for reading in why.readings)
            help = f"write the one that is meant: {readings}" if readings else _help(why)
            yield found("SG202", f"this sentence can be read in more than one way at “{why.word}”", where or place, help)
        elif culprit := _culprit(clause, why, held):
            yield misfit(clause, culprit[0], culprit[1], _wanted(why))
        elif odd := tuple(misfits(clause, held)):
            yield from odd
        else:
            word = f"at “{why.word}”" if why.word else "at its end"
            yield found(
                "SG201",
                f"this sentence binds somebody and is not read {word}: expected {_wanted(why)}",
                where or place,
                _help(why),
            )


def _culprit(clause: Clause, why: Unread, held: Values) -> tuple[str, Text] | None:
    """The field that the first word that did not fit came out of, or what follows such a word (`within {Period}`)."""
    text = clause.text
    for start in (why.span.start, why.span.end + 1):
        if start < len(text) and (key := field_at(text.place(start), held)):
            end = start
            while end < len(text) and field_at(text.place(end), held) == key:
                end += 1
            while start and field_at(text.place(start - 1), held) == key:
                start -= 1
            return key, text[start:end]
    return None


def _wanted(why: Unread) -> str:
    return " or ".join(why.expected[:3]) if why.expected else "words that the language knows"


def _help(why: Unread) -> str:
    if why.nearest and not _BRACE.search(why.nearest):
        return f"a sentence that would be read: {why.nearest}"
    return "say it in one of the forms that are read, or mark the section {.prose} if it binds nobody"
