"""How sentences are understood, on a terminal: what each is, what it means, and why one is no rule."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from syngraph.cli.manners import output
from syngraph.cli.reading.wrapping import Line, folded, width

if TYPE_CHECKING:
    from syngraph.engine.agreement import Agreement
    from syngraph.engine.coverage import Coverage
    from syngraph.engine.layout import Heading
    from syngraph.engine.norms.words.questions import Untold
    from syngraph.engine.text.clauses import Clause
    from syngraph.grammar.rules import Rule
    from syngraph.grammar.sentence import Sentence, Unread

COLOURS = {"unread": "red", "ambiguous": "yellow", "prose": "bright_black", "definition": "cyan", "declaration": "blue"}
"""Of what is no rule that is judged or decides; all others are green."""
MARKS = {"unread": "!", "ambiguous": "?"}
"""What stands in the margin, so that colour is not needed to find what is not read."""
_LABEL = 11
_INDENT = " " * (2 + _LABEL + 1)
_FAR = 100
"""Columns beyond which a caret under a line that is not folded is no help."""


def agreement(found: "Agreement", wanted: frozenset[str], only_unread: bool, with_rules: bool) -> None:
    """The sentences of the sections wanted, under their headings, then what the record must tell, then the coverage."""
    from syngraph.engine.coverage import coverage
    from syngraph.engine.reading import executed

    own: dict[str, list[Clause]] = {}
    for clause in found.clauses:
        own.setdefault(clause.section, []).append(clause)
    section = None
    for clause in found.clauses:
        if clause.section not in wanted or (only_unread and (executed(clause) or not matters(clause.sentence))):
            continue
        if clause.section != section:
            if section is not None:
                output.put()
            section = clause.section
            _heading(clause, found.headings, coverage(own[section]))
        _clause(clause, with_rules and executed(clause))
    output.put()
    _untold(found, wanted)
    whole = found.coverage
    for line in folded(coverage_line(whole), width()):
        output.put_styled(output.styled(line.text, fg="green" if not whole.unread else "yellow"))


def matters(sentence: "Sentence") -> bool:
    """Whether a sentence binds somebody, or may."""
    return sentence.binding or sentence.unread is not None


def _heading(clause: "Clause", headings: Mapping[str, "Heading"], own: "Coverage") -> None:
    text = headings[clause.section].text if clause.section in headings else ""
    name = output.styled(f"{clause.number}  {text}".strip() or "-", bold=True)
    id_ = output.styled(f" (#{clause.section})", dim=True) if clause.section else ""
    if own.binding:
        share = output.styled(f"  {own.read} of {own.binding} read", fg="green" if own.read == own.binding else "red")
    else:
        share = ""
    output.put_styled(name + id_ + share)


def _clause(clause: "Clause", with_rules: bool) -> None:
    kept = clause.prose and clause.sentence.binding
    kind = "prose" if clause.prose and not kept else clause.sentence.kind.value
    sentence(clause.sentence, kind, with_rules, "!" if kept else "")
    if kept:
        _note(f"{clause.place}: binds somebody, and is no rule: its section is marked as prose")
    why = clause.sentence.unread
    if why is not None:
        place = clause.text.place(why.span.start) if clause.text else clause.place
        reason(why, str(place), with_rules)


def sentence(said: "Sentence", kind: str, with_rules: bool, mark: str = "") -> None:
    """One sentence with what it is before it, and a caret under the word that does not fit."""
    mark = mark or MARKS.get(kind, " ")
    colour = COLOURS.get(kind, "green")
    label = output.styled(f"{mark} {kind:<{_LABEL}} ", fg=colour, bold=kind in MARKS)
    room = width()
    for number, line in enumerate(folded(said.text, room - len(_INDENT) if room else 0)):
        text = output.styled(line.text, dim=True) if kind == "prose" else output.plain(line.text)
        output.put_styled((_INDENT if number else label) + text)
        if said.unread is not None:
            _caret(line, said.unread, colour)
    if with_rules:
        for rule in said.rules:
            meaning(rule)


def _caret(line: Line, why: "Unread", colour: str) -> None:
    start, end = max(why.span.start, line.start), min(why.span.end, line.start + len(line.text))
    if not line.text or start >= end:
        return
    before = output.columns(output.plain(line.text[: start - line.start]))
    marked = output.columns(output.plain(line.text[start - line.start : end - line.start]))
    if width() or before + marked <= _FAR:
        output.put_styled(_INDENT + " " * before + output.styled("^" * max(marked, 1), fg=colour, bold=True))


def reason(why: "Unread", place: str, with_rules: bool = False) -> None:
    """Why a sentence was not read: what was found, what was expected, what it could mean, what would be read."""
    expected = f", expected {' or '.join(why.expected)}" if why.expected else ""
    if why.readings:
        _note(
            f"{place}: {why.word!r} can be read in {_number(len(why.readings))} ways, so there is no rule; say which is meant"
        )
    else:
        _note(f"{place}: found {why.word!r}{expected}")
    for reading in why.readings:
        _note(reading, "could mean: ")
        if with_rules:
            _of_reading(reading)
    if why.nearest:
        from syngraph.grammar.faults.mistakes import suggestion

        label, _, told = suggestion(why.nearest).partition(": ")
        _note(told, f"{label}: ")


def _number(count: int) -> str:
    return {2: "two", 3: "three"}.get(count, str(count))


def _of_reading(text: str) -> None:
    from syngraph.grammar.parse import read

    for found in read(text):
        for rule in found.rules:
            _told(rule, "  ")


def meaning(rule: "Rule") -> None:
    """A rule in its canonical wording, and in plain words."""
    from syngraph.grammar.unparse import unparse

    _note(unparse(rule), "= ")
    _told(rule)


def _told(rule: "Rule", indent: str = "") -> None:
    from syngraph.grammar.plain import Topic, explain

    found = explain(rule)
    _note(found.says, indent)
    for point in found.points:
        if point.topic is not Topic.OTHERS:
            _note(f"{point.text}.", f"{indent}  {point.topic}: ")


def _note(text: str, head: str = "") -> None:
    """Something about a sentence, under it; what `head` begins is folded beside it."""
    room = width()
    for number, line in enumerate(folded(text, room - len(_INDENT) - len(head) if room else 0)):
        before = output.styled(head if not number else " " * len(head), fg="cyan")
        output.put_styled(_INDENT + before + output.plain(line.text))


def _untold(found: "Agreement", wanted: frozenset[str]) -> None:
    from syngraph.engine.norms.words.questions import untold

    asked = [one for one in untold(found.rules) if one.placed.clause.section in wanted]
    if asked:
        questions(asked)
        output.put()


def where(clause: "Clause") -> str:
    """The section of a sentence, by its number where it has one."""
    return f"section {clause.number}" if clause.number else f"#{clause.section}"


def questions(asked: Sequence["Untold"]) -> None:
    """What the record must tell, a row for each: the section and the question."""
    output.put_styled(output.styled("left to the record; undetermined until it tells:", bold=True))
    rows = [(output.plain(where(one.placed.clause)), one.text) for one in asked]
    wide = max(output.columns(place) for place, _ in rows)
    room = width()
    for place, text in rows:
        head = f"  {place}{' ' * (wide - output.columns(place))}  "
        for number, line in enumerate(folded(text, room - wide - 4 if room else 0)):
            output.put_styled((head if not number else " " * (wide + 4)) + output.plain(line.text))


def coverage_line(coverage: "Coverage") -> str:
    """The coverage in one line; a share is rounded down, so that 100 % means all."""
    share = int(coverage.share * 1000) / 10
    percent = f"{share:.0f}" if share == int(share) else f"{share:.1f}"
    return (
        f"coverage: {coverage.read} of {coverage.binding} binding sentences read as rules ({percent} %); "
        f"{coverage.definitions} definitions, {coverage.prose} prose, {coverage.unread} unread"
    )


def rules(found: Iterable["Rule"]) -> None:
    """Rules in plain words, one after the other, with no margin."""
    from syngraph.grammar.plain import explain

    for rule in found:
        told = explain(rule)
        _lines("", told.says)
        for point in told.points:
            _lines(f"  {point.topic}: ", f"{point.text}.")


def _lines(head: str, text: str) -> None:
    room = width()
    for number, line in enumerate(folded(text, room - len(head) if room else 0)):
        output.put_styled(output.styled(head if not number else " " * len(head), fg="cyan") + output.plain(line.text))
