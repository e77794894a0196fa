"""Our notation: Markdown with YAML front matter, read into a prose object.

Headings make sections, nested by level. A heading may end in `{#id after=x before=y when=Key each=Role .prose}`. The body is
CommonMark with tables; HTML, reference definitions and indented code blocks are text like any other, so that nothing that
binds can hide in them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from syngraph.engine.text.document import Block, Break, Item, ItemList, Quote, Table, Verbatim
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.notations import front, lists
from syngraph.engine.text.notations.lists import Line
from syngraph.engine.text.notations.outline import Piece, nested, pieces, renamed
from syngraph.engine.text.notations.yaml import YamlError, suggestion
from syngraph.engine.text.objects import Draft, ProseObject
from syngraph.engine.text.provenance import NOTHING, Place, Text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

T = TypeVar("T")

MAX_CHARACTERS = 2_000_000
ATTRIBUTES = ("after", "before", "when", "each")
BRACES = re.compile(r"\{(?=\s*(?:#|\.[A-Za-z]|[A-Za-z]+=))([^{}]*)\}\s*$")
ATTRIBUTE = re.compile(
    r'#(?P<id>[^\s#.=]\S*)|\.(?P<mark>\S+)|(?P<name>[A-Za-z]+)=(?:"(?P<quoted>[^"]*)"|(?P<value>\S*))|(?P<other>\S+)'
)
_ID = re.compile(r"[^\W_][\w.-]*")


_LONG = 50_000
"""The characters of a text that is not kept."""


class MarkdownError(TextError):
    """A text too large to read."""


def read(source: str, path: str) -> ProseObject:
    """The object written in `source`. Faults of the notation are findings of the object.

    The latest ones are kept, unless they are long: a text is read again and again while a chain of changes is judged.

    Raises: MarkdownError
    """
    return _kept(source, path) if len(source) <= _LONG else _read(source, path)


@lru_cache(maxsize=256)
def _kept(source: str, path: str) -> ProseObject:
    return _read(source, path)


def read_with_blocks(source: str, path: str, see: Callable[[Sequence["Token"]], T]) -> tuple[ProseObject, T]:
    """The object written in `source`, and what `see` makes of the blocks below its front matter; neither is kept.

    Raises: MarkdownError
    """
    seen: list[T] = []

    def whole(body: "_Body") -> _Cut:
        tokens = parsed(body.text)
        body.measure(tokens)
        seen.append(see(tokens))
        return body.cut(tokens)

    return _object(source, path, whole), seen[0]


def _object(source: str, path: str, cut: Callable[["_Body"], "_Cut"]) -> ProseObject:
    """The object written in `source`, whose body is cut into headings and what stands between them. Raises: MarkdownError"""
    if len(source) > MAX_CHARACTERS:
        raise MarkdownError(
            f"a text of {len(source):,} characters", f"at most {MAX_CHARACTERS:,}", "split it, and include the parts", path=path
        )
    faults: list[Finding] = []
    lines = source.split("\n")
    header = front.Header()
    start = 0
    if lines[0].rstrip() == "---":
        end = next((number for number in range(1, len(lines)) if lines[number].rstrip() in ("---", "...")), 0)
        if not end:
            faults.append(
                found("SG100", "the front matter has no end", Place(path, 1, 1), "close it with a line that holds only ---")
            )
            end = 0
        else:
            start = end + 1
            try:
                header = front.read("\n".join(lines[1:end]), path, faults)
            except YamlError as error:
                place = error.place or Place(path, 1, 1)
                faults.append(
                    found("SG100", f"the front matter is not read: {error.found}; expected {error.expected}", place, error.help)
                )
    body = _Body(lines, start, path, faults)
    drafts = body.sections(cut(body))
    return ProseObject(
        path,
        header.title,
        header.includes,
        header.fields,
        header.omit,
        drafts,
        header.origin,
        tuple(faults),
        header.earlier,
    )


def _read(source: str, path: str) -> ProseObject:
    return _object(source, path, lambda body: body.pieced())


def parsed(body: str) -> list["Token"]:
    """The blocks of a text below its front matter, as the Markdown library tells them."""
    return _parser().parse(body)


def slug(heading: str) -> str:
    """The id that a heading without one gets.

    >>> slug("Notice & repair")
    'notice-repair'
    """
    return re.sub(r"[\W_]+", "-", heading.casefold()).strip("-") or "section"


MAX_NESTING = 60
"""How many levels of lists and quotations (two for each item of a list) are read; what lies deeper would be lost."""

_PARSERS: list["MarkdownIt"] = []


def _parser() -> "MarkdownIt":
    if not _PARSERS:
        from markdown_it import MarkdownIt

        parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING}).enable("table")
        parser.disable(["code", "reference", "html_block"])
        parser.core.ruler.enableOnly(["normalize", "block"])
        _PARSERS.append(parser)
    return _PARSERS[0]


_Head = tuple[int, Text, Place]
_Cut = tuple[tuple[Block, ...], list[tuple[_Head, tuple[Block, ...]]]]
"""What stands above the first heading of a body, and each heading (level, words, place) with what stands below it."""


class _Body:
    """The part of a file below its front matter: `start` is the number of lines above it."""

    def __init__(self, lines: list[str], start: int, path: str, faults: list[Finding]) -> None:
        self.lines = lines
        self.start = start
        self.path = path
        self.faults = faults

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines[self.start :])

    # -- sections ------------------------------------------------------------------------------------------------------

    def sections(self, cut: "_Cut") -> tuple[Draft, ...]:
        """The sections of the body, nested by the level of their headings."""
        above, written = cut
        drafts = self.identified([self.draft(*head, blocks) for head, blocks in written])
        top = tuple(nested(drafts))
        if above:
            first = next((n for n in range(self.start, len(self.lines)) if self.lines[n].strip()), self.start)
            return (Draft("", NOTHING, 1, above, place=Place(self.path, first + 1, 1)), *top)
        return top

    def pieced(self) -> "_Cut":
        """The body cut: by the Markdown library where it has to be, which takes a while."""
        text = self.text
        cut = pieces(text, self.lines[self.start :] if self.start else self.lines)
        if cut is None:
            tokens = parsed(text)
            self.measure(tokens)
            return self.cut(tokens)
        above: tuple[Block, ...] = ()
        written: list[tuple[_Head, tuple[Block, ...]]] = []
        for piece in cut:
            before, found = self.plain(piece) if piece.plain else self.marked(piece)
            above = above or before
            written += found
        return above, written

    def plain(self, piece: Piece) -> "_Cut":
        """A piece that holds nothing but paragraphs."""
        parts = [tuple(self.text_lines(first, self.between(first, end).strip())) for first, end in piece.paragraphs]
        blocks = lists.grouped(parts)
        if not piece.level:
            return blocks, []
        heading = lists.flowed(self.text_lines(piece.first, piece.title))
        return (), [((piece.level, heading, self.place(piece.first, 1)), blocks)]

    def marked(self, piece: Piece) -> "_Cut":
        """A piece that only the Markdown library can read."""
        tokens = parsed(self.between(piece.first, piece.end))
        for token in tokens:
            if token.map:
                token.map = [token.map[0] + piece.first, token.map[1] + piece.first]
        return self.cut(tokens)

    def measure(self, tokens: Sequence["Token"]) -> None:
        """Tells of nesting that is too deep to be read."""
        deep = next((token for token in tokens if token.level >= MAX_NESTING - 1), None)
        if deep is not None:
            line = deep.map[0] if deep.map else 0
            where = self.place(line, 1)
            self.fault("SG113", f"lists or quotations more than {MAX_NESTING // 2} deep", where, "write it flatter")

    def cut(self, tokens: list["Token"]) -> "_Cut":
        """What the Markdown library found, cut at its headings; the tokens are used up, since they are many."""
        heads: list[_Head] = []
        contents: list[tuple[Block, ...]] = []
        run: list[Token] = []
        tokens.reverse()
        while tokens:
            token = tokens.pop()
            if token.type != "heading_open" or token.level:
                run.append(token)
                continue
            contents.append(self.blocks(run))
            run = []
            inline, _ = tokens.pop(), tokens.pop()
            line = token.map[0] if token.map else 0
            heads.append((int(token.tag[1:]), self.heading(inline), self.place(line, self.first_column(line))))
        contents.append(self.blocks(run))
        return contents[0], list(zip(heads, contents[1:], strict=True))

    def heading(self, inline: "Token") -> Text:
        lines = self.inline_lines(inline)
        return lists.flowed(lines) if lines else NOTHING

    def draft(self, level: int, heading: Text, place: Place, blocks: tuple[Block, ...]) -> Draft:
        match = BRACES.search(heading.string)
        if not match:
            return Draft("", heading, level, blocks, place=place)
        words: dict[str, Text] = {}
        prose = False
        for part in ATTRIBUTE.finditer(heading.string, match.start(1), match.end(1)):
            here = heading[part.start() : part.end()]
            name = "id" if part["id"] else part["name"] or ""
            if part["mark"] == "prose":
                prose = True
            elif name and name in ("id", *ATTRIBUTES) and name not in words:
                kind = "id" if name == "id" else "quoted" if part["quoted"] is not None else "value"
                words[name] = heading[part.start(kind) : part.end(kind)]
                if not words[name] or (name == "id" and not _ID.fullmatch(words[name].string)):
                    self.fault("SG114", f"“{here}” names nothing", here, "an id is letters, digits, - and .")
                    del words[name]
            else:
                options = ("#id", *(f"{word}=" for word in ATTRIBUTES), ".prose")
                twice = name in words
                self.fault(
                    "SG114",
                    f"{'a second' if twice else 'an unknown'} attribute “{here}” of a heading",
                    here,
                    "remove it" if twice else suggestion(f"{name}=" if name else part[0], options),
                )
        rest = heading[: len(heading.string[: match.start()].rstrip())]
        chosen = words.get("id", NOTHING).string
        after, before, when, each = (words.get(name, NOTHING) for name in ATTRIBUTES)
        return Draft(chosen, rest, level, blocks, (), prose, False, after, before, when, each, place)

    def identified(self, drafts: list[Draft]) -> list[Draft]:
        """The drafts with an id each, unique in the object."""
        taken = {draft.id for draft in drafts if draft.id}
        seen: dict[str, Place] = {}
        counts: dict[str, int] = {}
        done: list[Draft] = []
        for draft in drafts:
            if draft.id and draft.id not in seen:
                done.append(draft)
                seen[draft.id] = draft.place
                continue
            if draft.id:
                self.fault(
                    "SG105",
                    f"the section id {draft.id} is used twice (first at {seen[draft.id]})",
                    draft.place,
                    "give one of the sections another id",
                )
            wanted = draft.id or slug(draft.heading.string)
            name, count = wanted, counts.get(wanted, 1)
            while name in taken:
                count += 1
                name = f"{wanted}-{count}"
            counts[wanted] = count
            taken.add(name)
            seen[name] = draft.place
            done.append(renamed(draft, name))
        return done

    # -- blocks --------------------------------------------------------------------------------------------------------

    def blocks(self, tokens: Sequence["Token"]) -> tuple[Block, ...]:
        """What a run of tokens holds, with `(a)` lists made out."""
        return lists.grouped(list(self.parts(tokens)))

    def parts(self, tokens: Sequence["Token"]) -> Iterator[Block | tuple[Line, ...]]:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = _closing(tokens, index)
            inside = tokens[index + 1 : end]
            match token.type:
                case "paragraph_open" | "heading_open":
                    if lines := self.inline_lines(inside[0]):
                        yield tuple(lines)
                case "bullet_list_open" | "ordered_list_open":
                    yield self.item_list(inside, token)
                case "blockquote_open":
                    yield Quote(self.blocks(inside))
                case "table_open":
                    yield self.table(inside)
                case "fence" | "code_block":
                    yield self.verbatim(token)
                case "hr":
                    yield Break()
                case "inline":
                    yield tuple(self.inline_lines(token))
                case other:
                    raise AssertionError(f"a Markdown block of unknown type {other}")
            index = end + 1

    def item_list(self, tokens: Sequence["Token"], opening: "Token") -> ItemList:
        items: list[Item] = []
        index = 0
        while index < len(tokens):
            end = _closing(tokens, index)
            items.append(Item(tokens[index].info + tokens[index].markup, self.blocks(tokens[index + 1 : end])))
            index = end + 1
        return ItemList(tuple(items), opening.type == "ordered_list_open")

    def table(self, tokens: Sequence["Token"]) -> Table:
        rows: list[tuple[Text, ...]] = []
        for index, token in enumerate(tokens):
            if token.type == "tr_open" and token.map:
                end = _closing(tokens, index)
                contents = [inner.content for inner in tokens[index:end] if inner.type == "inline"]
                rows.append(self.cells(token.map[0], contents))
        return Table(tuple(rows))

    def cells(self, line: int, contents: list[str]) -> tuple[Text, ...]:
        """The cells of a row; a bar written `\\|` is part of its cell."""
        source = self.lines[self.start + line]
        cuts = [-1, *(match.start() for match in re.finditer(r"(?<!\\)\|", source)), len(source)]
        spans = [(a + 1, b) for a, b in pairwise(cuts)]
        cells = [self.cell(line, source, *span) for span in spans]
        first = 1 if cells and len(cells) > 1 and contents[:1] != [cells[0].string] else 0
        cells = cells[first : first + len(contents)]
        return tuple(
            cells[n] if n < len(cells) and cells[n].string == content else self.somewhere(line, source, content)
            for n, content in enumerate(contents)
        )

    def cell(self, line: int, source: str, start: int, end: int) -> Text:
        piece = source[start:end]
        start += len(piece) - len(piece.lstrip())
        pieces: list[str] = []
        runs: list[tuple[int, Place]] = []
        offset = 0
        for part in re.finditer(r"[^\\]+|\\\||\\", piece.strip()):
            word = "|" if part[0] == "\\|" else part[0]
            at = start + part.start() + (1 if part[0] == "\\|" else 0)
            runs.append((offset, self.place(line, at + 1)))
            pieces.append(word)
            offset += len(word)
        return Text("".join(pieces), tuple(runs))

    def somewhere(self, line: int, source: str, content: str) -> Text:
        return Text(content, ((0, self.place(line, max(source.find(content), 0) + 1)),)) if content else NOTHING

    def verbatim(self, token: "Token") -> Verbatim:
        content = token.content.removesuffix("\n")
        first = (token.map[0] if token.map else 0) + (1 if token.type == "fence" else 0)
        runs: list[tuple[int, Place]] = []
        offset = 0
        for number, line in enumerate(content.split("\n")):
            source = self.line(first + number)
            column = len(source) - len(line) if source.endswith(line) else 0
            if line or number < content.count("\n"):
                runs.append((offset, self.place(first + number, column + 1)))
            offset += len(line) + 1
        return Verbatim(Text(content, tuple(runs)))

    def inline_lines(self, token: "Token") -> list[Line]:
        """The lines of running text, each where it stands in the file."""
        return self.text_lines(token.map[0] if token.map else 0, token.content)

    def text_lines(self, first: int, text: str) -> list[Line]:
        """The lines of a text that begins on a line."""
        made: list[Line] = []
        contents = text.split("\n")
        for number, content in enumerate(contents):
            line = content.strip()
            source = self.line(first + number)
            trimmed = source.rstrip()
            column = len(trimmed) - len(line) if trimmed.endswith(line) else max(source.find(line), 0)
            if line:
                ends = number < len(contents) - 1
                broken = ends and (content.endswith("  ") or (len(line) - len(line.rstrip("\\"))) % 2 == 1)
                made.append(Line(Text(line, ((0, self.place(first + number, column + 1)),)), broken))
        return made

    # -- places --------------------------------------------------------------------------------------------------------

    def line(self, number: int) -> str:
        at = self.start + number
        return self.lines[at] if at < len(self.lines) else ""

    def between(self, first: int, end: int) -> str:
        return "\n".join(self.lines[self.start + first : self.start + end])

    def place(self, line: int, column: int) -> Place:
        return Place(self.path, self.start + line + 1, column)

    def first_column(self, line: int) -> int:
        source = self.line(line)
        return len(source) - len(source.lstrip()) + 1

    def fault(self, code: str, message: str, where: Place | Text, help: str) -> None:
        self.faults.append(found(code, message, where, help))


def _closing(tokens: Sequence["Token"], index: int) -> int:
    """The index of the token that closes the one at `index` (itself, when it holds nothing)."""
    if tokens[index].nesting != 1:
        return index
    depth = 0
    for at in range(index, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens)
