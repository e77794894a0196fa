"""What each section of a text means: its own words and all that they depend on.

That is the text with its fields filled in, the sections that it names, the definitions of the terms that it uses with those
that they use in turn, the sections that it stands in, whether it is marked as prose, and the sentences elsewhere that hold
`notwithstanding` it. Where it stands among its neighbours, and the number that a link prints, are no part of what it means.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.document import Block, Break, Document, ItemList, Paragraph, Quote, Section, Table, Verbatim
from syngraph.engine.text.provenance import Place, Text
from syngraph.grammar.lexicon import singular
from syngraph.grammar.references import SECTIONS, sections
from syngraph.grammar.rules import Decision, Definition, Obligation, Permission, Power, Prohibition, Rank
from syngraph.grammar.sentence import Kind
from syngraph.grammar.unparse import unparse

ANYTHING = ""
"""What a sentence with `notwithstanding any other provision` stands above."""

_TYPED = re.compile(rf"(?:\b(?i:sections?|articles?|clauses?|paragraphs?)|§§?)\s(?P<named>{SECTIONS})")
_LINK = re.compile(r"\]\(#([\w.:-]+)\)")
_QUOTED = re.compile(r"[“\"]([^“”\"]{1,100})[”\"]")
_STANDS_ABOVE = re.compile(r"\b(?:notwithstanding|despite|regardless)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?(?![^\W_])")
_SMALL = frozenset({"the", "a", "an", "of", "and", "or", "for", "to", "in", "on"})
_BLANKS = re.compile(r"[ \t\n]+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section as it is compared. `path` are the sections that it stands in and itself, outermost first.

    `words` is its text in full, `own` the same with a mark where something is filled in. `typed` are the ids that section
    numbers in it stand for ("" for none), `links` those that it links to and whether they are there. `terms` are the defined
    terms that it uses. `origins` are the places (file, line, column) where stretches of it were written.
    """

    path: tuple[str, ...]
    prose: bool
    words: str
    own: str
    typed: tuple[str, ...]
    links: tuple[tuple[str, bool], ...]
    terms: frozenset[str]
    origins: frozenset[tuple[str, int, int]]


@dataclass(frozen=True)
class Meanings:
    """The sections of a document and what they depend on."""

    document: Document
    clauses: tuple[Clause, ...]

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The id of each section number."""
        return {section.number: section.id for section in self.document.walk() if section.number}

    @cached_property
    def definitions(self) -> Mapping[str, tuple[str, ...]]:
        """What is said of each defined term: the canonical sentences, and those that were not read."""
        found: dict[str, set[str]] = {}
        for clause in self.clauses:
            if clause.prose:
                continue
            sentence = clause.sentence
            for rule in sentence.rules:
                if isinstance(rule, Definition) and (term := term_of(rule.term)):
                    found.setdefault(term, set()).add(unparse(rule))
            if sentence.kind in (Kind.UNREAD, Kind.AMBIGUOUS):
                for quoted in _QUOTED.findall(sentence.text):
                    if term := term_of(quoted):
                        found.setdefault(term, set()).add(sentence.text)
        return {term: tuple(sorted(said)) for term, said in found.items()}

    @cached_property
    def terms_of(self) -> Mapping[str, frozenset[str]]:
        """The defined terms that the definition of each term uses."""
        return {term: self.used(" ".join(said)) - {term} for term, said in self.definitions.items()}

    @cached_property
    def above(self) -> Mapping[str, tuple[str, ...]]:
        """The sentences that stand above a section whatever it says, by its id; `ANYTHING` for those above all."""
        found: dict[str, set[str]] = {}
        for clause in self.clauses:
            if clause.prose:
                continue
            for rule in clause.sentence.rules:
                if isinstance(rule, Obligation | Prohibition | Permission | Power | Decision):
                    for priority in rule.priority:
                        if priority.rank is Rank.NOTWITHSTANDING:
                            for named in priority.sections or (ANYTHING,):
                                found.setdefault(self.section(named) if named else ANYTHING, set()).add(unparse(rule))
            if not clause.sentence.rules and _STANDS_ABOVE.search(clause.sentence.text):
                found.setdefault(ANYTHING, set()).add(clause.sentence.text)
        return {section: tuple(sorted(said)) for section, said in found.items()}

    @cached_property
    def sections(self) -> Mapping[str, SectionText]:
        """Every section by its id, in the order of the text."""
        found: dict[str, SectionText] = {}
        ids = frozenset(section.id for section in self.document.walk())
        for path, section in _walk(self.document.sections):
            said = self._section(path, section, ids)
            held = found.get(section.id)
            found[section.id] = said if held is None else _both(held, said)
        return found

    @cached_property
    def lines(self) -> Mapping[str, frozenset[int]]:
        """The lines of each file of which a section shows something."""
        found: dict[str, set[int]] = {}
        for section in self.sections.values():
            for path, line, _ in section.origins:
                found.setdefault(path, set()).add(line)
        return {path: frozenset(lines) for path, lines in found.items()}

    def section(self, named: str) -> str:
        """The id of a section named in a sentence, as `#id` or by its number; "" where there is none of that number."""
        return named[1:] if named.startswith("#") else self.numbers.get(named.partition("(")[0], "")

    def used(self, text: str) -> frozenset[str]:
        """The defined terms that a text uses, in the singular or the plural, with capitals or without."""
        words = _words(text)
        found: set[str] = set()
        for at, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                term = " ".join(words[at : at + length])
                if term in self.definitions:
                    found.add(term)
        return frozenset(found)

    def spoken_of(self, text: str) -> tuple[str, ...]:
        """The ids of the sections that a text speaks of: it has each word of their heading, or of a field filled in there."""
        words = set(_words(text))
        return tuple(
            dict.fromkeys(id_ for word in words for name, ids in self._subjects.get(word, ()) if name <= words for id_ in ids)
        )

    def digest(self, section: str) -> str:
        """A key that is equal only for equal meaning; "" for a section that is not there."""
        known = self.sections.get(section)
        if known is None:
            return ""
        terms = sorted(_closure(known.terms, self.terms_of))
        parts = (
            *(known.path, known.prose, known.words, known.typed, known.links),
            tuple((term, self.definitions[term]) for term in terms),
            tuple((place, self.above.get(place, ())) for place in (ANYTHING, *known.path)),
        )
        return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _subjects(self) -> Mapping[str, tuple[tuple[frozenset[str], tuple[str, ...]], ...]]:
        """The words of each heading and of the name of each field, with the sections that have it, by one of the words."""
        found: dict[frozenset[str], list[str]] = {}
        for section in self.document.walk():
            found.setdefault(frozenset(_words(section.heading.string)) - _SMALL, []).append(section.id)
        places: dict[tuple[str, int, int], list[str]] = {}
        for id_, said in self.sections.items():
            for origin in said.origins:
                places.setdefault(origin, []).append(id_)
        for key, value in self.document.fields.items():
            filled = [id_ for _, place in value.runs for id_ in places.get(_origin(place), ())]
            found.setdefault(frozenset(_words(key.replace(".", " "))) - _SMALL, []).extend(filled)
        index: dict[str, list[tuple[frozenset[str], tuple[str, ...]]]] = {}
        for name, ids in found.items():
            if name and ids:
                index.setdefault(max(name, key=lambda word: (len(word), word)), []).append((name, tuple(dict.fromkeys(ids))))
        return {word: tuple(named) for word, named in index.items()}

    @cached_property
    def _lengths(self) -> Mapping[str, tuple[int, ...]]:
        """How many words the terms have that begin with each word."""
        found: dict[str, set[int]] = {}
        for term in self.definitions:
            words = term.split(" ")
            found.setdefault(words[0], set()).add(len(words))
        return {word: tuple(lengths) for word, lengths in found.items()}

    def _section(self, path: tuple[str, ...], section: Section, ids: frozenset[str]) -> SectionText:
        words: list[str] = []
        own: list[str] = []
        origins: set[tuple[str, int, int]] = set()
        depth = len(section.place.chain)
        for mark, text in _pieces(section):
            words.append(f"\x1e{mark}\x1f{_reflowed(mark, text.string)}")
            own.append(f"\x1e{mark}\x1f{_reflowed(mark, _own(text, depth))}")
            origins |= {_origin(place) for _, place in text.runs}
        whole = "".join(words)
        typed = tuple(
            self.section(number)
            for match in _TYPED.finditer(whole)
            for number in sections(match["named"])
            if not number.startswith("#")
        )
        links = tuple((id_, id_ in ids) for id_ in _LINK.findall(whole))
        return SectionText(path, section.prose, whole, "".join(own), typed, links, self.used(whole), frozenset(origins))


def term_of(term: str) -> str:
    """A term as it is compared: each word in the singular, in lower case.

    >>> term_of("Business Days"), term_of("the Member’s")
    ('business day', 'the member')
    """
    return " ".join(_words(term))


def form_of(section: str, holders: Collection[str]) -> str:
    """The id of a section without those of the holders of roles for whom it is repeated.

    >>> form_of("rights.ada.bora", {"ada", "bora"}), form_of("rights.of.all", {"ada"})
    ('rights', 'rights.of.all')
    """
    at = section.find(".")
    while at >= 0:
        if section[at + 1 :] in holders:
            section, at = section[:at], -1
        at = section.find(".", at + 1)
    return section


def _words(text: str) -> list[str]:
    return [singular(word) for word in _WORD.findall(_POSSESSIVE.sub("", text.casefold()))]


def _walk(top: Sequence[Section]) -> Iterator[tuple[tuple[str, ...], Section]]:
    stack: list[tuple[tuple[str, ...], Section]] = [((), section) for section in reversed(top)]
    while stack:
        above, section = stack.pop()
        path = (*above, section.id)
        yield path, section
        stack.extend((path, child) for child in reversed(section.children))


def _pieces(section: Section) -> Iterator[tuple[str, Text]]:
    """The texts of a section, each with a mark of what it is."""
    yield "heading", section.heading
    stack: list[tuple[str, Block]] = [("", block) for block in reversed(section.blocks)]
    while stack:
        mark, block = stack.pop()
        match block:
            case Paragraph(text):
                yield f"{mark}paragraph", text
            case Verbatim(text):
                yield f"{mark}verbatim", text
            case Table(rows):
                for row in rows:
                    for cell in row:
                        yield f"{mark}cell {len(row)}", cell
            case Quote(blocks):
                stack.extend((f"{mark}quote ", inner) for inner in reversed(blocks))
            case ItemList(items):
                stack.extend(
                    (f"{mark}item {item.marker} ", inner) for item in reversed(items) for inner in reversed(item.blocks)
                )
            case Break():
                yield f"{mark}break", Text("")


def _own(text: Text, depth: int) -> str:
    """A text with a mark in place of each stretch that was filled in, which has come a longer way than `depth` inclusions."""
    pieces: list[str] = []
    ends = [*(offset for offset, _ in text.runs[1:]), len(text.string)]
    for (offset, place), end in zip(text.runs, ends, strict=True):
        if len(place.chain) <= depth:
            pieces.append(text.string[offset:end])
        elif not pieces or pieces[-1] != "\0":
            pieces.append("\0")
    return "".join(pieces) if text.runs else text.string


def _reflowed(mark: str, words: str) -> str:
    """Words without the line ends and runs of blanks that mean nothing; preformatted ones as they stand."""
    return words if mark.endswith("verbatim") else _BLANKS.sub(" ", words)


def _origin(place: Place) -> tuple[str, int, int]:
    return place.path, place.line, place.column


def _both(one: SectionText, other: SectionText) -> SectionText:
    """Two sections with one id, as one."""
    return SectionText(
        one.path + other.path,
        one.prose and other.prose,
        one.words + other.words,
        one.own + other.own,
        one.typed + other.typed,
        one.links + other.links,
        one.terms | other.terms,
        one.origins | other.origins,
    )


def _closure(first: Iterable[str], further: Mapping[str, frozenset[str]]) -> set[str]:
    found = set(first)
    waiting = list(found)
    while waiting:
        fresh = further.get(waiting.pop(), frozenset()) - found
        found |= fresh
        waiting.extend(fresh)
    return found
