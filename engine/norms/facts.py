"""What happened, as the record tells it: statement files in English, each holding facts with their place and evidence."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from syngraph.engine.norms.calendar import Calendar
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.provenance import Place
from syngraph.grammar.rules import Fact
from syngraph.grammar.sentence import Sentence

Reader = Callable[[str], tuple[Sentence, ...]]
"""What reads a passage (`syngraph.grammar.parse.read`, or the same with a cache before it)."""


class Evidence(StrEnum):
    """How well a fact is supported, seen from the duty that it touches; weakest first."""

    CLAIMED = "claimed"
    """Said by the bearer only."""
    WITNESSED = "witnessed"
    """Said by somebody else who is neither bearer nor counterparty."""
    ADMITTED = "admitted"
    """Said by the counterparty."""
    AGREED = "agreed"
    """Said by both."""
    ATTESTED = "attested"
    """Said by minutes."""
    FOUND = "found"
    """Said by an award."""


@dataclass(frozen=True, slots=True)
class RecordedFact:
    """A fact with where it stands in the record.

    `id` is unique and stable: path and position. `sentence` is the fact as written. `author` is who made the statement and
    `entered` the day it entered the record, "" and None when not known.
    """

    id: str
    fact: Fact
    place: Place
    sentence: str
    author: str = ""
    entered: date | None = None
    evidence: Evidence = Evidence.CLAIMED


@dataclass(frozen=True, slots=True)
class Record:
    """Facts in the order of the record, and what could not be read of it."""

    facts: tuple[RecordedFact, ...] = ()
    findings: tuple[Finding, ...] = ()


EMPTY = Record()
HELP = "write a fact as: On 1 March 2027, Bora paid EUR 1,200 to Carla under section 3.1."


def read(statements: Iterable[tuple[str, bytes]], reader: Reader) -> Record:
    """The facts in statement files, given as (path, bytes) in any order; they come back in order of path and position.

    A statement is optional front matter (`principal`, `date`) and prose of one or more sentences, each a fact. What is no
    fact is a finding and the rest of the file still counts.
    """
    facts: list[RecordedFact] = []
    findings: list[Finding] = []
    for path, source in sorted(statements):
        found = _statement(path, source, reader)
        facts += found.facts
        findings += found.findings
    return Record(tuple(facts), tuple(findings))


def ordered(facts: Iterable[RecordedFact], calendar: Calendar) -> tuple[RecordedFact, ...]:
    """The facts by the instant they happened, those of one instant in the order of the record.

    A fact without a time of day stands at the start of its day.
    """
    return tuple(sorted(facts, key=lambda recorded: calendar.at(recorded.fact.day, recorded.fact.time)))


def joined(records: Iterable[Record]) -> Record:
    """Several records as one."""
    listed = tuple(records)
    return Record(
        tuple(fact for record in listed for fact in record.facts),
        tuple(finding for record in listed for finding in record.findings),
    )


# -- one statement -----------------------------------------------------------------------------------------------------


def _statement(path: str, source: bytes, reader: Reader) -> Record:
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        place = Place(path, source[: error.start].count(b"\n") + 1, 1)
        return Record((), (Finding("SG401", "this statement is not text in UTF-8", place, help="save it as UTF-8 text"),))
    lines = text.split("\n")
    fields, body = _front_matter(lines)
    entered = _day(fields.get("date", ""))
    facts: list[RecordedFact] = []
    findings: list[Finding] = []
    if "date" in fields and entered is None:
        line = next(number for number, line in enumerate(lines, 1) if line.startswith("date:"))
        message = f"found {fields['date']!r} as the date of the statement"
        place = Place(path, line, lines[line - 1].index(":") + 2)
        findings.append(Finding("SG401", message, place, help="write it as 2027-03-01", source=lines[line - 1]))
    for line, paragraph in _paragraphs(lines, body):
        for sentence in reader(paragraph):
            place = _place(path, line, paragraph, sentence.span.start)
            told = tuple(rule for rule in sentence.rules if isinstance(rule, Fact))
            if not told:
                findings.append(_unreadable(sentence, place, lines[place.line - 1]))
            for rule in told:
                id_ = f"{path}#{len(facts) + 1}"
                facts.append(RecordedFact(id_, rule, place, sentence.text.strip(), fields.get("principal", ""), entered))
    return Record(tuple(facts), tuple(findings))


def _unreadable(sentence: Sentence, place: Place, source: str) -> Finding:
    unread = sentence.unread
    if unread is None:
        return Finding(
            "SG401", f"this is no fact but {_article(sentence.kind)}: {sentence.text.strip()}", place, help=HELP, source=source
        )
    column = place.column + max(unread.span.start - sentence.span.start, 0)
    there = Place(place.path, place.line, column if column <= len(source) + 1 else place.column, place.chain)
    expected = f", expected {' or '.join(unread.expected)}" if unread.expected else ""
    help_ = f"did you mean: {unread.nearest}" if unread.nearest else HELP
    return Finding("SG401", f"this fact cannot be read: found {unread.word!r}{expected}", there, help=help_, source=source)


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" if kind != "prose" else "prose"


def _front_matter(lines: list[str]) -> tuple[dict[str, str], int]:
    if not lines or lines[0].strip() != "---":
        return {}, 0
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        return {}, 0
    pairs = (line.partition(":") for line in lines[1:end] if ":" in line)
    return {key.strip(): value.strip().strip("'\"") for key, _, value in pairs}, end + 1


def _paragraphs(lines: list[str], start: int) -> Iterator[tuple[int, str]]:
    """Each paragraph with the number of its first line; a line that begins a list item begins a paragraph."""
    first, held = 0, list[str]()
    for number, line in enumerate(lines[start:], start + 1):
        item = line.lstrip().startswith(("- ", "* "))
        if held and (not line.strip() or item):
            yield first, "\n".join(held)
            held = []
        if line.strip() and not line.startswith("#"):
            first = first if held else number
            # The mark of an item becomes blanks, so that columns stay what they are.
            held.append(line.replace(line.lstrip()[0], " ", 1) if item else line)
    if held:
        yield first, "\n".join(held)


def _place(path: str, line: int, paragraph: str, offset: int) -> Place:
    offset += len(paragraph[offset:]) - len(paragraph[offset:].lstrip())
    before = paragraph[:offset]
    return Place(path, line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
