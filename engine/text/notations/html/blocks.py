"""HTML read into blocks: paragraphs, titles, lists, tables, quotations.

Elements are closed as browsers close them (`<li>` ends the entry before it, a cell ends the cell before it, an end tag
without its beginning is nothing). A table of one row or column, or with lists or tables in its cells, sets its content on the
page and is no table: its cells follow each other. What is nested deeper than `MAX_DEPTH` stands at that depth.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from syngraph.engine.text.document import Break, Paragraph, Table
from syngraph.engine.text.notations.html.inline import Run, Style, address, markdown, words
from syngraph.engine.text.notations.html.spans import spread
from syngraph.engine.text.notations.html.tokens import Closing, Opening, Words, tokens
from syngraph.engine.text.provenance import NOTHING, Text, joined

MAX_DEPTH = 20
"""How deep lists, quotations and tables nest; our notation reads thirty levels."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title of what follows: `level` counts from 1, 0 for the title of the entry that it stands in. `id` may be ""."""

    text: Text
    level: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list; `id` is the target that stands at its beginning, "" for none."""

    parts: tuple["Part", ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list. `count` is how its entries count: `1`, `a`, `A`, `i`, `I`, or "" where they do not.

    `numbers` are those of its entries where they do not follow each other from `start`, () where they do.
    """

    entries: tuple[Entry, ...]
    count: str
    start: int = 1
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation."""

    parts: tuple["Part", ...]


Part = Paragraph | Title | Listing | Quoted | Table | Break

_LISTS = frozenset({"ol", "ul", "dir", "menu", "dl"})
_ROWS = frozenset({"tr", "thead", "tbody", "tfoot", "caption"})
_BLOCKS = frozenset(
    {
        *("p", "div", "center", "address", "article", "aside", "footer", "header", "main", "nav", "section", "form"),
        *("fieldset", "legend", "figure", "figcaption", "pre", "option", "select", "optgroup", "details", "summary"),
    }
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
SEPARATE = _LISTS | _ROWS | _BLOCKS | _HEADINGS.keys() | {"br", "hr", "li", "dt", "dd", "td", "th", "table", "blockquote"}
"""The elements before and after which a new line begins."""
_STRONG = frozenset({"b", "strong"})
_EMPHASIS = frozenset({"i", "em", "cite", "var", "dfn"})
_TITLES = frozenset({"sec-ti", "sec-title"})
"""Classes that mark the title of a section."""


def blocks(text: Text) -> tuple[Part, ...]:
    """What an HTML-like text holds."""
    text = spread(text)
    builder = _Builder(text)
    for token in tokens(text.string):
        match token:
            case Words():
                builder.words(token)
            case Opening():
                builder.open(token)
            case Closing():
                builder.close(token)
    return builder.finished()


@dataclass(slots=True)
class _Frame:
    """Something that is open: what it holds so far, and how text was set around it."""

    kind: str
    tag: str
    parts: list[Part] = field(default_factory=list)
    entries: list["_Frame"] = field(default_factory=list)
    rows: list[list[tuple[Part, ...]]] = field(default_factory=list)
    count: str = ""
    start: int | None = None
    """The number of a list's first entry, or of an entry, where it is written."""
    reversed: bool = False
    id: str = ""
    strong: int = 0
    emphasis: int = 0


class _Builder:
    def __init__(self, text: Text) -> None:
        self.text = text
        self.frames = [_Frame("page", "")]
        self.runs: list[Run] = []
        self.strong = self.emphasis = 0
        self.link = ""
        self.heading = 0
        self.spans = 0
        self.title = -1
        """The number of spans around the one that is a title, -1 outside any."""
        self.titled = -1
        """The number of runs that a title took, while it is not known whether a line break follows; -1 without one."""
        self.target = ""
        self.ending = ""
        """The last character of the paragraph so far, a line end after a line break."""
        self.weak = False
        """Whether the paragraph so far has words that are not strong."""
        self.skipped: list[str] = []
        """Lists and quotations that are open and too deep to be kept apart."""
        self.preformatted = 0

    # -- tokens --------------------------------------------------------------------------------------------------------

    def words(self, token: Words) -> None:
        if self.preformatted and "\n" in self.text.string[token.start : token.end]:
            at = token.start
            for line in self.text.string[token.start : token.end].splitlines(keepends=True):
                self.add(words(self.text, at, at + len(line)))
                at += len(line)
                if line.endswith("\n"):
                    self.runs.append(Run(Style(), self.text[at - 1 : at], True))
            return
        self.add(words(self.text, token.start, token.end))

    def add(self, text: Text) -> None:
        if not text:
            return
        if said := text.string.strip():
            if self.titled >= 0:
                self.run_in()
            self.inside()
            self.ending = said[-1]
            self.weak = self.weak or not self.strong
        self.runs.append(Run(Style(self.strong > 0, self.emphasis > 0, self.link), text))

    def open(self, token: Opening) -> None:
        name, attributes = token.name, token.attributes
        if name in SEPARATE and name != "br":
            self.flush()
        if target := attributes.get("id") or (attributes.get("name") if name == "a" else ""):
            self.target = target
        if name in _STRONG:
            self.strong += 1
        elif name in _EMPHASIS:
            self.emphasis += 1
        elif name == "a":
            self.link = address(attributes.get("href", ""))
        elif name == "span":
            marked = not _TITLES.isdisjoint(attributes.get("class", "").split())
            if marked and self.title < 0 and not self.heading and not self.ending:
                self.runs.clear()
                self.title = self.spans
            self.spans += 1
        elif name == "br":
            self.line(token)
        elif name == "hr":
            if self.frames[-1].kind == "page":
                self.frames[-1].parts.append(Break())
        elif name in _HEADINGS:
            self.heading = _HEADINGS[name]
        elif name in ("li", "dt", "dd"):
            self.item(attributes)
        elif name in _LISTS:
            self.listing(name, attributes)
        elif name == "blockquote":
            self.push(_Frame("quote", name))
        elif name == "table":
            self.push(_Frame("table", name))
        elif name in _ROWS:
            if not self.skipped and self.within("table", ()):
                self.pop_to("table")
                if name == "tr":
                    self.frames[-1].rows.append([])
        elif name in ("td", "th"):
            self.cell()
        elif name == "pre":
            self.preformatted += 1

    def close(self, token: Closing) -> None:
        name = token.name
        if name in SEPARATE:
            self.flush()
        if name in _STRONG:
            self.strong = max(self.strong - 1, self.frames[-1].strong)
        elif name in _EMPHASIS:
            self.emphasis = max(self.emphasis - 1, self.frames[-1].emphasis)
        elif name == "a":
            self.link = ""
        elif name == "span":
            self.spans = max(self.spans - 1, 0)
            if self.title == self.spans:
                self.title, self.titled = -1, len(self.runs) if self.ending else -1
        elif name in ("li", "dt", "dd"):
            if not self.skipped and self.within("item", ("list", "cell")):
                self.pop_to("item")
                self.pop()
        elif name in _LISTS or name in ("blockquote", "table"):
            kind = "list" if name in _LISTS else "quote" if name == "blockquote" else "table"
            if self.skipped:
                if self.skipped[-1] == kind:
                    self.skipped.pop()
            elif self.within(kind, ("cell",) if kind != "table" else ()):
                self.pop_to(kind)
                self.pop()
        elif name in ("td", "th"):
            if not self.skipped and self.within("cell", ("table",)):
                self.pop_to("cell")
                self.pop()
        elif name == "pre":
            self.preformatted = max(self.preformatted - 1, 0)

    def finished(self) -> tuple[Part, ...]:
        self.flush()
        while len(self.frames) > 1:
            self.pop()
        return tuple(self.frames[0].parts)

    # -- running text --------------------------------------------------------------------------------------------------

    def line(self, token: Opening) -> None:
        """A line break: a second one, and one after what ends as a sentence ends, ends the paragraph."""
        if not self.ending:
            self.runs.clear()
        elif self.title >= 0 or self.titled >= 0 or (not self.heading and (self.ending in "\n.:;!?”" or not self.weak)):
            self.flush()
        else:
            self.runs.append(Run(Style(), self.text[token.start : token.start + 1], True))
            self.ending = "\n"

    def run_in(self) -> None:
        """What seemed to be a title is the beginning of a paragraph."""
        for number, run in enumerate(self.runs[: self.titled]):
            self.runs[number] = Run(Style(True, run.style.emphasis, run.style.link), run.text, run.breaks)
        self.titled = -1

    def flush(self) -> None:
        """End the paragraph."""
        titled = self.title >= 0 or self.titled >= 0
        heading, runs, said = self.heading, self.runs, self.ending
        self.title = self.titled = -1
        self.heading, self.runs, self.ending, self.weak = 0, [], "", False
        if not said:
            return
        self.inside()
        if titled or heading:
            text = markdown([Run(Style(link=run.style.link), run.text, run.breaks) for run in runs])
            self.frames[-1].parts.append(Title(text, heading, self.taken()))
        else:
            self.target = ""
            self.frames[-1].parts.append(Paragraph(markdown(runs)))

    def taken(self) -> str:
        """The target that stood before."""
        target, self.target = self.target, ""
        return target

    # -- what is open --------------------------------------------------------------------------------------------------

    def within(self, kind: str, behind: Sequence[str] = ("cell",)) -> bool:
        """Whether something of a kind is open, with none of `behind` in between."""
        for frame in reversed(self.frames):
            if frame.kind == kind:
                return True
            if frame.kind in behind:
                return False
        return False

    def pop_to(self, kind: str) -> None:
        while self.frames[-1].kind != kind:
            self.pop()

    def push(self, frame: _Frame) -> None:
        if len(self.frames) >= 2 * MAX_DEPTH and frame.kind in ("list", "quote", "table"):
            self.skipped.append(frame.kind)
            return
        frame.strong, frame.emphasis = self.strong, self.emphasis
        self.frames.append(frame)

    def inside(self) -> None:
        """Make sure that running text may stand here: text between the entries of a list belongs to the one before it."""
        frame = self.frames[-1]
        if frame.kind == "list":
            self.push(frame.entries.pop() if frame.entries else _Frame("item", "li"))
        elif frame.kind == "table":
            if not frame.rows:
                frame.rows.append([])
            self.push(_Frame("cell", "td"))

    def pop(self) -> None:
        frame = self.frames.pop()
        above = self.frames[-1]
        self.strong, self.emphasis, self.link = frame.strong, frame.emphasis, ""
        match frame.kind:
            case "item":
                if frame.parts:
                    above.entries.append(frame)
            case "list":
                if frame.entries:
                    entries = tuple(Entry(tuple(entry.parts), entry.id) for entry in frame.entries)
                    numbers = _numbers(frame)
                    follow = numbers == tuple(range(numbers[0], numbers[0] + len(numbers)))
                    self.attach(Listing(entries, frame.count, numbers[0], () if follow else numbers))
            case "quote":
                if frame.parts:
                    self.attach(Quoted(tuple(frame.parts)))
            case "cell":
                above.rows[-1].append(tuple(frame.parts))
            case _:
                for part in _table(frame.rows):
                    self.attach(part)

    def attach(self, part: Part) -> None:
        """Put a part where running text would stand."""
        self.inside()
        self.frames[-1].parts.append(part)

    def item(self, attributes: dict[str, str]) -> None:
        if self.skipped:
            return
        if self.within("list"):
            self.pop_to("list")
        else:
            self.push(_Frame("list", ""))
        target = self.taken() if attributes.get("id") else ""
        self.push(_Frame("item", "li", start=number(attributes.get("value", "")), id=target))

    def listing(self, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("type", "")
        count = (kind if kind in ("1", "a", "A", "i", "I") else "1") if name == "ol" else ""
        self.inside()
        self.push(
            _Frame(
                *("list", name),
                count=count if kind != "none" else "",
                start=number(attributes.get("start", "")),
                reversed="reversed" in attributes,
            )
        )

    def cell(self) -> None:
        if self.skipped or not self.within("table", ()):
            return
        self.pop_to("table")
        if not self.frames[-1].rows:
            self.frames[-1].rows.append([])
        self.push(_Frame("cell", "td"))


def number(written: str) -> int | None:
    """A number of an entry as an attribute has it, None for what is none that a list can have."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else None


def _numbers(frame: _Frame) -> tuple[int, ...]:
    """The numbers of the entries of a list."""
    step = -1 if frame.reversed else 1
    following = frame.start if frame.start is not None else len(frame.entries) if frame.reversed else 1
    numbers: list[int] = []
    for entry in frame.entries:
        numbers.append(max(entry.start if entry.start is not None else following, 0))
        following = numbers[-1] + step
    return tuple(numbers)


def _table(rows: list[list[tuple[Part, ...]]]) -> tuple[Part, ...]:
    """A table, or the content of its cells one after the other where it is none."""
    filled = [row for row in rows if any(row)]
    width = max((len(row) for row in filled), default=0)
    parts = tuple(part for row in filled for cell in row for part in cell)
    if len(filled) < 2 or width < 2 or not all(isinstance(part, Paragraph | Title) for part in parts):
        return parts
    cells = [[_cell(cell) for cell in row] + [NOTHING] * (width - len(row)) for row in filled]
    return (Table(tuple(tuple(row) for row in cells)),)


def _cell(parts: tuple[Part, ...]) -> Text:
    """The paragraphs of a cell in one line."""
    pieces: list[Text] = []
    for part in parts:
        if not isinstance(part, Paragraph | Title) or not part.text:
            continue
        if pieces:
            pieces.append(Text(" ", ((0, part.text.place(0)),)))
        pieces.append(part.text)
    text = joined(pieces)
    at = text.string.find("\\\n")
    done: list[Text] = []
    last = 0
    while at >= 0:
        done += [text[last:at], Text(" ", ((0, text.place(at)),))]
        last = at + 2
        at = text.string.find("\\\n", last)
    return joined([*done, text[last:]])
