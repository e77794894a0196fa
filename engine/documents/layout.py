"""A document laid out for readers: sections numbered, references resolved, defined terms marked where defined and used."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from syngraph.engine.documents import inline
from syngraph.engine.documents.inline import Code, Defined, Emphasis, Inline, LineBreak, Link, Reference, Strong, Used, Words
from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.document import Block as Source
from syngraph.engine.text.document import Break, Document, ItemList, Paragraph, Quote, Section, Table, Verbatim
from syngraph.grammar.rules import Definition


@dataclass(frozen=True, slots=True)
class Running:
    """A paragraph."""

    nodes: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, under its marker."""

    marker: str
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """A list."""

    entries: tuple[Entry, ...]
    ordered: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its first row is the heading."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text whose lines stay as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


Block = Running | Entries | Grid | Quoted | Preformatted | Rule


@dataclass(frozen=True, slots=True)
class Part:
    """A section laid out. `anchor` is unique in the page and safe in an address; `number` is "" without a heading."""

    anchor: str
    number: str
    heading: tuple[Inline, ...]
    level: int
    prose: bool
    blocks: tuple[Block, ...]
    children: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term, where it is defined."""

    text: str
    anchor: str
    section: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A page ready to be set in any format."""

    title: str
    parts: tuple[Part, ...]
    terms: tuple[Term, ...]
    fields: tuple[tuple[str, str], ...]

    def walk(self) -> Iterator[Part]:
        """Every part, parents before children, in the order of the text."""
        stack = list(reversed(self.parts))
        while stack:
            part = stack.pop()
            yield part
            stack.extend(reversed(part.children))


def lay_out(document: Document, clauses: tuple[Clause, ...] = ()) -> Layout:
    """Lay a document out. Terms are taken from the definitions among `clauses`; without clauses, from their wording."""
    taken: set[str] = set()
    sections: dict[str, _Target] = {}
    for section in document.walk():
        if section.id and section.id not in sections:
            sections[section.id] = _Target(section.number, section.heading.string, _fresh(anchor(section.id), taken))
    terms = _terms(document, clauses, taken)
    desk = _Desk(sections, {term.text: term for term in terms}, _uses(term.text for term in terms), taken)
    parts = tuple(desk.part(section) for section in document.sections)
    fields = tuple((key, value.string) for key, value in document.fields.items())
    return Layout(document.title, parts, terms, fields)


def anchor(id: str) -> str:
    """A section id as an anchor: what is not a letter, digit, `-`, `_` or `.` becomes `-`, so it needs no escaping."""
    return re.sub(r"[^\w.-]", "-", id)


# -- terms -------------------------------------------------------------------------------------------------------------

# A definition by its wording: `"Goods" means`, `(the "Seller")`. Curly quotation marks are understood.
MEANING = re.compile(r"[\"“]([^\"“”\n]{1,80})[\"”]\s+(?:means?|includes?|has the meaning|does not include)\b")
NAMING = re.compile(r"\((?:(?:the|each an?|an?|together the|collectively the)\s+)?[\"“]([^\"“”\n]{1,80})[\"”]\)")


def _terms(document: Document, clauses: tuple[Clause, ...], taken: set[str]) -> tuple[Term, ...]:
    found: dict[str, str] = {}
    for clause in clauses:
        for rule in clause.sentence.rules:
            if isinstance(rule, Definition):
                found.setdefault(rule.term, clause.section)
    for section in document.walk():
        for paragraph in _paragraphs(section.blocks):
            patterns = (NAMING,) if clauses else (MEANING, NAMING)
            for pattern in patterns:
                for term in pattern.findall(inline.plain(inline.parse(paragraph.text.string))):
                    found.setdefault(term, section.id)
    return tuple(Term(text, _fresh("term-" + anchor(text).lower(), taken), section) for text, section in found.items())


def _fresh(name: str, taken: set[str]) -> str:
    candidate, count = name, 2
    while candidate in taken:
        candidate, count = f"{name}-{count}", count + 1
    taken.add(candidate)
    return candidate


def _paragraphs(blocks: tuple[Source, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block
            case ItemList(items, _):
                for item in items:
                    yield from _paragraphs(item.blocks)
            case Quote(inner):
                yield from _paragraphs(inner)
            case Table() | Verbatim() | Break():
                pass


def _uses(terms: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for every term in the forms in which it is used: as defined and in the plural."""
    longest_first = sorted(terms, key=len, reverse=True)
    if not longest_first:
        return None
    forms = "|".join(
        f"(?:{re.escape(term)}(?:s|es)?" + (f"|{re.escape(term[:-1])}ies)" if term.endswith("y") else ")")
        for term in longest_first
    )
    return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])")


# -- blocks ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Target:
    """What a reference to a section needs to know of it."""

    number: str
    heading: str
    anchor: str

    def named(self, word: str) -> str:
        """The section as a reference prints it; one without a number goes by its heading."""
        return f"{word} {self.number}" if self.number else f"{word} “{self.heading}”"


class _Desk:
    """What laying out a section needs to know of the whole document; remembers which sections and terms it has met."""

    def __init__(
        self, sections: dict[str, _Target], terms: dict[str, Term], uses: re.Pattern[str] | None, taken: set[str]
    ) -> None:
        self.sections = sections
        self.terms = terms
        self.uses = uses
        self.taken = taken
        self.placed: set[str] = set()
        self.defined: set[str] = set()

    def part(self, section: Section) -> Part:
        first = section.id in self.sections and section.id not in self.placed
        self.placed.add(section.id)
        place = self.sections[section.id].anchor if first else _fresh(anchor(section.id) or "text", self.taken)
        heading = self.resolved(inline.parse(section.heading.string), "")
        blocks = tuple(self.block(block) for block in section.blocks)
        children = tuple(self.part(child) for child in section.children)
        return Part(place, section.number, heading, section.level, section.prose, blocks, children)

    def block(self, block: Source) -> Block:
        match block:
            case Paragraph(text):
                return Running(self.line(text.string))
            case ItemList(items, ordered):
                return Entries(
                    tuple(Entry(item.marker, tuple(self.block(each) for each in item.blocks)) for item in items), ordered
                )
            case Table(rows):
                return Grid(tuple(tuple(self.line(cell.string) for cell in row) for row in rows))
            case Quote(inner):
                return Quoted(tuple(self.block(each) for each in inner))
            case Verbatim(text):
                return Preformatted(text.string)
            case Break():
                return Rule()

    def line(self, text: str) -> tuple[Inline, ...]:
        return self.marked(self.resolved(inline.parse(text), ""))

    def resolved(self, nodes: tuple[Inline, ...], before: str) -> tuple[Inline, ...]:
        """The nodes with every reference given its label; `before` is what stands in front of them in the paragraph."""
        found: list[Inline] = []
        for node in nodes:
            done: Inline = node
            match node:
                case Reference(id, _, _):
                    done = self.reference(id, before)
                case Strong(children):
                    done = Strong(self.resolved(children, before))
                case Emphasis(children):
                    done = Emphasis(self.resolved(children, before))
                case Link(children, address, _) if address.startswith("#"):
                    target = self.sections.get(address[1:])
                    inner = self.resolved(children, before)
                    done = Link(inner, f"#{target.anchor}", target.named("section")) if target else Emphasis(inner)
                case _:
                    pass
            before += inline.plain((done,))
            found.append(done)
        return inline.merged(found)

    def reference(self, id: str, before: str) -> Reference:
        target = self.sections.get(id)
        word = "Section" if _sentence_begins(before) else "section"
        if target is None:
            return Reference(id, f"{word} [#{id}]", known=False)
        return Reference(target.anchor, target.named(word))

    def marked(self, nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """The nodes with defined terms marked: the first place that defines one as `Defined`, every other as `Used`."""
        found: list[Inline] = []
        for node in nodes:
            match node:
                case Words(text):
                    found += self.terms_in(text)
                case Strong(children):
                    found.append(Strong(self.marked(children)))
                case Emphasis(children):
                    found.append(Emphasis(self.marked(children)))
                case Code() | Link() | Reference() | Defined() | Used() | LineBreak():
                    found.append(node)
        return inline.merged(found)

    def terms_in(self, text: str) -> list[Inline]:
        if self.uses is None:
            return [Words(text)]
        found: list[Inline] = []
        at = 0
        for use in self.uses.finditer(text):
            found.append(Words(text[at : use.start()]))
            found.append(self.term(text, use.start(), use.end()))
            at = use.end()
        found.append(Words(text[at:]))
        return found

    def term(self, text: str, start: int, end: int) -> Inline:
        form = text[start:end]
        term = self.terms.get(form)
        quoted = text[start - 1 : start] in ('"', "“") and text[end : end + 1] in ('"', "”")
        if term is not None and quoted and term.text not in self.defined:
            self.defined.add(term.text)
            return Defined(term.anchor, form)
        term = term or self.terms.get(_singular(form, self.terms))
        return Words(form) if term is None else Used(term.anchor, form)


def _singular(form: str, terms: dict[str, Term]) -> str:
    candidates = (form.removesuffix("s"), form.removesuffix("es"), form.removesuffix("ies") + "y")
    return next((candidate for candidate in candidates if candidate in terms), form)


def _sentence_begins(before: str) -> bool:
    """Whether a sentence begins after these words."""
    words = before.rstrip().rstrip("\"'”’)")
    return not words or words[-1] in ".!?"
