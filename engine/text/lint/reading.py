"""What the grammar had to say of sentences: mistakes in those that it read, and those that it did not read."""

from collections.abc import Iterator

from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.lint.context import Context, within
from syngraph.engine.text.provenance import Place
from syngraph.grammar.sentence import Kind, Unread


def mistakes(context: Context) -> Iterator[Finding]:
    """Faults of the wording of sentences that were read, with the codes of the grammar."""
    for clause in context.clauses:
        for mistake in clause.sentence.mistakes:
            where = within(clause, mistake.span.start, mistake.span.end)
            yield found(mistake.code, mistake.message, where, mistake.help)


def unread(context: Context) -> Iterator[Finding]:
    """SG201, SG202: a binding sentence that was not read, or could be read in two ways; SG306 where a field is why."""
    values = _values(context)
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
        elif field := _field_at(place, values):
            message = f"the field {field} says “{why.word}” where a clause needs {_wanted(why)}"
            yield found(
                "SG306",
                message,
                where or place,
                f"write the field as the clause needs it; the clause is at {_clause_at(clause, place)}",
            )
        else:
            word = f"at “{why.word}”" if why.word else "at its end"
            yield found(
                "SG201",
                f"this sentence binds somebody and is not read {word}: expected {_wanted(why)}",
                where or place,
                _help(why),
            )


def _wanted(why: Unread) -> str:
    return " or ".join(why.expected[:3]) if why.expected else "words that the language knows"


def _help(why: Unread) -> str:
    if why.nearest:
        return f"a sentence that would be read: {why.nearest}"
    return "say it in one of the forms that are read, or mark the section {.prose} if it binds nobody"


def _values(context: Context) -> dict[tuple[str, int], list[tuple[int, int, str]]]:
    """Where the values of fields stand: by file and line, the columns with the name of the field."""
    values: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
    for key, value in context.document.fields.items():
        ends = [*(offset for offset, _ in value.runs[1:]), len(value)]
        for (offset, place), end in zip(value.runs, ends, strict=False):
            values.setdefault((place.path, place.line), []).append((place.column, place.column + end - offset, key))
    return values


def _field_at(place: Place, values: dict[tuple[str, int], list[tuple[int, int, str]]]) -> str:
    for start, end, key in values.get((place.path, place.line), ()):
        if start <= place.column < max(end, start + 1):
            return key
    return ""


def _clause_at(clause: Clause, place: Place) -> str:
    return str(place.chain[0] if place.chain else clause.place)
