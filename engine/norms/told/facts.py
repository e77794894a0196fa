"""What happened, as the record tells it: statement files in English, each holding facts with their place and evidence."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.provenance import Place
from syngraph.grammar.phrases.currencies import rate_of
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

    @property
    def rank(self) -> int:
        """How strong it is, from 0."""
        return _RANKS[self]


_RANKS = {evidence: rank for rank, evidence in enumerate(Evidence)}


class Origin(StrEnum):
    """What kind of document tells a fact."""

    STATEMENT = "statement"
    """Somebody's own statement."""
    MINUTES = "minutes"
    """The minutes of a meeting."""
    AWARD = "award"
    """An award."""
    TEXT = "text"
    """Nobody: the agreement says that it counts as having happened."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What verification found of a statement: the ids of those whose signatures it accepted, the day on which the statement
    entered the record, and what kind of document it is.
    """

    by: tuple[str, ...]
    entered: date
    origin: Origin = Origin.STATEMENT


@dataclass(frozen=True, slots=True)
class RecordedFact:
    """A fact with where it stands in the record.

    `id` is unique and stable: path and position. `sentence` is the fact as written. `author` is who made the statement by its
    own front matter and `entered` the day it entered the record, "" and None when not known. `signed_by` are the ids of those
    whose signatures were accepted: without any a fact is never more than claimed, whatever it says of its author or `origin`.
    """

    id: str
    fact: Fact
    place: Place
    sentence: str
    author: str = ""
    entered: date | None = None
    signed_by: tuple[str, ...] = ()
    origin: Origin = Origin.STATEMENT


@dataclass(frozen=True, slots=True)
class Record:
    """Facts in the order of the record, and what could not be read of it."""

    facts: tuple[RecordedFact, ...] = ()
    findings: tuple[Finding, ...] = ()


EMPTY = Record()
_NAMED = re.compile(r"(?:^|/)(\d{4}-\d\d-\d\d)-[0-9a-f]{64}\.(?:md|csv)$")
HELP = "write a fact as: On 1 March 2027, Bora paid EUR 1,200 to Carla under section 3.1."


def read(
    statements: Iterable[tuple[str, bytes]],
    reader: Reader,
    signed: Mapping[str, Signed] | None = None,
    known: Callable[[str], bool] | None = None,
) -> Record:
    """The facts in statement files, given as (path, bytes) in any order; they come back in order of path and position.

    A statement is optional front matter (`kind`, `principal`, `date`) and prose of one or more sentences, each a fact. What
    is no fact is a finding and the rest of the file still counts; nothing does of a statement that says wrongly what it is, of
    whom or of which day. `signed` says by path what verification found of a
    statement; one that is not in it is unsigned. `known` says whether an id is in the register, None where there is none.
    """
    facts: list[RecordedFact] = []
    findings: list[Finding] = []
    for path, source in sorted(statements):
        found = _statement(path, source, reader, (signed or {}).get(path), known)
        facts += found.facts
        findings += found.findings
    return Record(tuple(facts), tuple(findings))


def ordered(facts: Iterable[RecordedFact], calendar: Calendar) -> tuple[RecordedFact, ...]:
    """The facts by the instant they happened, those of one instant in the order of the record, rates of exchange first.

    A fact without a time of day stands at the start of its day.
    """

    def place(recorded: RecordedFact) -> tuple[datetime, bool]:
        fact = recorded.fact
        return calendar.at(fact.day, fact.time), fact.measured is None or rate_of(fact) is None

    return tuple(sorted(facts, key=place))


def named_day(path: str) -> date | None:
    """The day on which a file of the record entered it, by its name; None where that tells none."""
    named = _NAMED.search(path)
    return day(named[1]) if named is not None else None


def joined(records: Iterable[Record]) -> Record:
    """Several records as one."""
    listed = tuple(records)
    return Record(
        tuple(fact for record in listed for fact in record.facts),
        tuple(finding for record in listed for finding in record.findings),
    )


def front_matter(lines: list[str]) -> tuple[dict[str, str], int]:
    """The fields of a statement, and how many lines they take; none, and 0, where it has no front matter."""
    if not lines or lines[0].strip() != "---":
        return {}, 0
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        return {}, 0
    pairs = (line.partition(":") for line in lines[1:end] if ":" in line)
    return {key.strip(): value.strip().strip("'\"") for key, _, value in pairs}, end + 1


def day(text: str) -> date | None:
    """The day that is written as 2027-03-01; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def misnamed(
    path: str,
    heading: list[str],
    fields: Mapping[str, str],
    stated: date | None,
    known: Callable[[str], bool] | None,
    kind: str = "fact",
) -> Iterator[Finding]:
    """What the front matter of a statement says wrongly of its kind, its principal and its day."""

    def wrong(code: str, name: str, message: str, help: str) -> Finding:
        said = [number for number, line in enumerate(heading, 1) if ":" in line and line.partition(":")[0].strip() == name]
        line = said[-1]
        source = heading[line - 1]
        return Finding(code, message, Place(path, line, source.index(":") + 2), help=help, source=source)

    said_kind, who = fields.get("kind", kind), fields.get("principal", "")
    if said_kind != kind:
        message = f"found {said_kind!r} as the kind of this statement, expected {kind}"
        yield wrong("SG408", "kind", message, f"write it as kind: {kind}")
    if "principal" in fields and known is not None and not known(who):
        message = f"found {who!r} as the principal of this statement, expected an id of the register"
        yield wrong("SG408", "principal", message, "write the id by which the register knows who said it")
    if "date" in fields and stated is None:
        message = f"found {fields['date']!r} as the date of the statement"
        yield wrong("SG401", "date", message, "write it as 2027-03-01")
    named = _NAMED.search(path)
    if named is not None and stated is not None and named[1] != stated.isoformat():
        message = f"found {stated.isoformat()} as the date of this statement, expected {named[1]} as in the name of the file"
        yield wrong("SG408", "date", message, "write the same day in both")


# -- one statement -----------------------------------------------------------------------------------------------------


def _statement(path: str, source: bytes, reader: Reader, signed: Signed | None, known: Callable[[str], bool] | None) -> Record:
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        place = Place(path, source[: error.start].count(b"\n") + 1, 1)
        return Record((), (Finding("SG401", "this statement is not text in UTF-8", place, help="save it as UTF-8 text"),))
    lines = text.split("\n")
    fields, body = front_matter(lines)
    stated = day(fields.get("date", ""))
    entered = stated if signed is None else signed.entered
    by, origin = ((), Origin.STATEMENT) if signed is None else (signed.by, signed.origin)
    facts: list[RecordedFact] = []
    findings: list[Finding] = []
    if wrong := tuple(misnamed(path, lines[:body], fields, stated, known if signed is None else None)):
        return Record((), wrong)
    for line, paragraph in _paragraphs(lines, body):
        for sentence in reader(paragraph):
            place = _place(path, line, paragraph, sentence.span.start)
            told = tuple(rule for rule in sentence.rules if isinstance(rule, Fact))
            if not told:
                findings.append(_unreadable(sentence, place, lines[place.line - 1]))
            for rule in told:
                id_ = f"{path}#{len(facts) + 1}"
                author, words = fields.get("principal", ""), sentence.text.strip()
                facts.append(RecordedFact(id_, rule, place, words, author, entered, by, origin))
    return Record(tuple(facts), tuple(findings))


def _unreadable(sentence: Sentence, place: Place, source: str) -> Finding:
    from syngraph.grammar.faults.mistakes import suggestion

    unread = sentence.unread
    if unread is None:
        return Finding(
            "SG401", f"this is no fact but {_article(sentence.kind)}: {sentence.text.strip()}", place, help=HELP, source=source
        )
    column = place.column + max(unread.span.start - sentence.span.start, 0)
    there = Place(place.path, place.line, column if column <= len(source) + 1 else place.column, place.chain)
    expected = f", expected {' or '.join(unread.expected)}" if unread.expected else ""
    help_ = suggestion(unread.nearest) or HELP
    return Finding("SG401", f"this fact cannot be read: found {unread.word!r}{expected}", there, help=help_, source=source)


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" if kind != "prose" else "prose"


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
