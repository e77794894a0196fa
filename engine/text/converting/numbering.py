"""Numbers that were typed: taken off headings, followed by references, and recognised at the beginning of paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from syngraph.engine.text.converting.instruments import Sentences
from syngraph.engine.text.document import Break, Paragraph, Section
from syngraph.engine.text.notations.html.blocks import Entry, Listing, Part, Title
from syngraph.engine.text.provenance import Place

_WORD = r"(?P<word>[Ss]ection|SECTION|[Aa]rticle|ARTICLE|[Cc]lause|CLAUSE|§)"
_LABEL = r"\d{1,3}(?:\.\d{1,3}){0,5}|[IVXLC]{1,7}"
_NUMBERED = re.compile(
    rf"(?:{_WORD}\s+(?P<label>{_LABEL})|(?P<number>\d{{1,3}}(?:\.\d{{1,3}}){{0,5}}|[IVXLC]{{1,7}}(?=\.)))"
    r"(?:(?P<closed>[.):–—-]|\s[-–—:]\s)|(?=\s))\s*(?:[-–—:]\s+)?(?=\S)"
)
_NO_TITLE = re.compile(
    r"(?:of|to|in|and|or|through)\b|,|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber|%"
)
"""What follows a number that is not the number of its heading."""
_REFERENCE = re.compile(
    rf"(?<!\w)(?P<word>[Ss]ections?|SECTIONS?|[Aa]rticles?|ARTICLES?|[Cc]lauses?|CLAUSES?|§)\s(?P<label>{_LABEL})(?![\w\]]|\.\d)"
)
_ELSEWHERE = re.compile(
    r"(?:\s{0,3}\([^()]{1,60}\)){0,5}(?:,(?:[^,.;()]{1,60},)?)?\s+"
    r"(?:(?:of|to|in|under)\s+(?!this\b|these\b)|there(?:of|to|in|under)\b)"
)
_BEFORE = re.compile(
    r"\b(?:its|his|her|their|whose|(?:Act|Agreement|Charter|Code|Constitution|Contract|Deed|Directive|Law|Lease|Ordinance|Policy|"
    r"Regulation|Schedule|Statute|Treaty)s?),?\s+\Z"
)
"""What stands before a number that names a part of another text."""
_SEVERAL = re.compile(r"(?:\([^()]{1,10}\)){0,5}\s{0,3}(?:,|and|or|to|through|[-–—])\s{0,3}(?:\d|[IVXLC]+\b)")
_CLAUSE = re.compile(r"(?P<strong>\*{0,2})(?P<number>\d{1,3}(?:\.\d{1,3}){1,5})[.)]?\s+(?=\S)")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
ARTICLE = "article"
SECTION = "section"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a heading had: `typed` as it stood, `label` in figures, `kind` the word before it, "" for none."""

    typed: str
    label: str
    kind: str
    place: Place


@dataclass(frozen=True, slots=True)
class Reference:
    """A typed reference: `target` is the section that it was made to lead to, "" where it stays as it is, for a `reason`.

    `number` is that of the target where it is not the one that was typed, "" otherwise. `line` and `column` are where it stands
    in the object, from 1; 0 where that is not known yet.
    """

    text: str
    target: str = ""
    number: str = ""
    reason: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Headed:
    """A section that had a number: its heading's number as typed and as derived, and what is its own."""

    number: Number
    id: str
    derived: str
    heading: str

    @property
    def fits(self) -> bool:
        """Whether the derived number is the one that was typed, or its last part is."""
        label = self.number.label
        return self.derived == label or ("." not in label and self.derived.rpartition(".")[2] == label)


def plain(label: str) -> str:
    """A typed number in figures.

    >>> plain("IV"), plain("2.1")
    ('4', '2.1')
    """
    if not label or not label[0].isalpha():
        return label
    values = [_ROMAN[letter] for letter in label]
    following = [*values[1:], 0]
    return str(sum(value if value >= after else -value for value, after in zip(values, following, strict=True)))


def _kind(word: str | None) -> str:
    lowered = (word or "").casefold()
    return "section" if lowered == "§" else lowered


# -- headings ----------------------------------------------------------------------------------------------------------


def is_numbered(heading: str) -> bool:
    """Whether a heading begins with a number."""
    return _NUMBERED.match(heading) is not None


def unnumbered(parts: Sequence[Part]) -> tuple[list[Part], list[Number]]:
    """The parts with typed numbers off their headings, which stand as deep as those say, and the numbers.

    A number counts when it is the first or the next where it stands, or has a word before it (`Article IV`); once one heading
    has such a number, also when it is not the next, unless it is a bare figure. `2024 accounts` and `3 May` have none.
    """
    sure = _Headings(sure=False)
    sure.read(parts)
    headings = _Headings(sure=bool(sure.numbers))
    return headings.read(parts), headings.numbers


@dataclass(slots=True)
class _Headings:
    """Headings in their order; with `sure`, the text is known to number its headings."""

    sure: bool
    numbers: list[Number] = field(default_factory=list)
    seen: dict[tuple[str, object], int] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    above: list[tuple[int, int]] = field(default_factory=list)
    """The headings that the present one stands below: their levels as written, and which they are."""
    article: tuple[int, int] = (0, -1)
    """The last article: its level as written, and which heading it is."""

    def read(self, parts: Sequence[Part]) -> list[Part]:
        return [self.heading(part, count) if isinstance(part, Title) else part for count, part in enumerate(parts)]

    def heading(self, title: Title, count: int) -> Title:
        while self.above and self.above[-1][0] >= title.level:
            self.above.pop()
        below = self.above[-1][1] if self.above else -1
        self.above.append((title.level, count))
        match = _NUMBERED.match(title.text.string)
        if match is None or _NO_TITLE.match(title.text.string, match.end()):
            return title
        kind, label = _kind(match["word"]), plain(match["label"] or match["number"])
        outer, _, last = label.rpartition(".")
        level = title.level
        group: tuple[str, object]
        if outer:
            group, level = ("", outer), self.levels[outer] + 1 if outer in self.levels else level
        elif kind and kind != ARTICLE and self.article[0] == title.level:
            group, level = (kind, self.article[1]), level + 1
        else:
            group = (kind, below)
        following = int(last) == self.seen.get(group, 0) + 1 and (not outer or outer in self.levels)
        telling = bool(kind or outer or match["closed"])
        if not following and not (telling and (self.sure or kind)):
            return title
        if kind == ARTICLE:
            self.article = (title.level, count)
        self.seen[group], self.levels[label] = int(last), level
        rest = title.text[match.end() :]
        self.numbers.append(Number(match[0].strip(" .:)-–—"), label, kind, rest.place(0)))
        return replace(title, text=rest, level=level)


def headed(outline: Sequence[Section], numbers: Sequence[Number]) -> list[Headed]:
    """The sections whose headings had numbers."""
    at = {number.place: number for number in numbers}
    found: list[Headed] = []
    waiting = list(reversed(outline))
    while waiting:
        section = waiting.pop()
        if section.id and section.heading and (number := at.get(section.heading.place(0))) is not None:
            found.append(Headed(number, section.id, section.number, section.heading.string))
        waiting.extend(reversed(section.children))
    return found


# -- paragraphs --------------------------------------------------------------------------------------------------------


def clauses(parts: Sequence[Part], sections: Sequence[Headed]) -> tuple[list[Part], tuple[str, ...], tuple[str, ...]]:
    """Paragraphs that begin with numbers below that of their heading as lists, where all of them do so without a gap.

    Gives the parts, the numbers that became entries, and those that stay typed, since not all follow each other, or other
    paragraphs stand between them.
    """
    labels = {each.number.place: each.number.label for each in sections if each.derived == each.number.label}
    above = {each.number.label.rpartition(".")[0] for each in sections}
    numbers = tuple(
        match["number"]
        for part in parts
        if isinstance(part, Paragraph) and (match := _CLAUSE.match(part.text.string)) and _counts(part, match)
    )
    done: list[Part] = []
    entries: list[Entry] = []
    label, is_open = "", False

    def ended() -> None:
        if entries:
            done.append(Listing(tuple(entries), "1"))
            entries.clear()

    for part in parts:
        match part:
            case Title(text):
                ended()
                label, is_open = labels.get(text.place(0), "") if text else "", True
            case Paragraph(text) if (found := _CLAUSE.match(text.string)) and _counts(part, found):
                wanted = f"{label}.{len(entries) + 1}"
                if found["strong"] or found["number"] != wanted or not label or not is_open or label in above:
                    return list(parts), (), numbers
                entries.append(Entry((Paragraph(text[found.end() :]),)))
                continue
            case Listing() if entries:
                entries[-1] = Entry((*entries[-1].parts, part))
                continue
            case Break():
                is_open = is_open and not entries
                ended()
            case _ if entries:
                return list(parts), (), numbers
            case _:
                pass
        done.append(part)
    ended()
    return done, numbers, ()


def _counts(part: Paragraph, match: re.Match[str]) -> bool:
    """Whether a number at the beginning of a paragraph counts it: what it begins is a sentence, not an amount."""
    following = part.text.string[match.end() :].lstrip("*“\"'([")[:1]
    return following.isupper() or bool(match["strong"])


# -- references --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class References:
    """Follows the typed references of a text; `found` has each as it was met.

    `own` are the words of the terms and roles of the text itself, `mark` is put before each reference.
    """

    sections: Sequence[Headed]
    paragraphs: frozenset[str] = frozenset()
    """The numbers of paragraphs, which no reference can lead to."""
    own: frozenset[str] = frozenset()
    mark: str = ""
    found: list[Reference] = field(default_factory=list)
    _by_label: dict[str, list[Headed]] = field(default_factory=dict)
    _sentences: Sentences = field(default_factory=lambda: Sentences(frozenset()))

    def __post_init__(self) -> None:
        for each in self.sections:
            self._by_label.setdefault(each.number.label, []).append(each)
        self._sentences.own = self.own

    def linked(self, text: str) -> str:
        """A text with typed references to sections as references by id, where there is no doubt what they mean."""
        self._sentences.read(text)

        def referred(match: re.Match[str]) -> str:
            known = self.reference(text, match)
            self.found.append(known)
            return self.mark + (f"[](#{known.target})" if known.target else match[0])

        return _REFERENCE.sub(referred, text)

    def reference(self, text: str, match: re.Match[str]) -> Reference:
        """What one typed reference is, in the text that was taken up last."""
        label, word = plain(match["label"]), match["word"].casefold()
        if _ELSEWHERE.match(text, match.end()) or _BEFORE.search(text, max(match.start() - 40, 0), match.start()):
            return Reference(match[0], reason="names a part of something else")
        if name := self._sentences.another(match.start()):
            return Reference(match[0], reason=f"its sentence names “{name}”, which may be another text")
        if word.endswith("s") or _SEVERAL.match(text, match.end()):
            return Reference(match[0], reason="is one of several")
        if label in self.paragraphs and label not in self._by_label:
            return Reference(match[0], reason="is a paragraph, not a section")
        if word != SECTION:
            return Reference(match[0], reason=f"a reference would say “section”, not “{match['word']}”")
        all_of = self._by_label.get(label, [])
        match all_of if "." in label else [each for each in all_of if each.number.kind in (SECTION, "")]:
            case [one]:
                return Reference(match[0], one.id, "" if one.derived == label else one.derived)
            case []:
                return Reference(match[0], reason="no section had that number")
            case known:
                return Reference(match[0], reason=f"{len(known)} sections had that number")
