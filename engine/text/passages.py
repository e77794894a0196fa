"""The running text of a document as it is to be read: plain, one passage at a time.

A paragraph is a passage. A list under a stem (a paragraph that does not end as a sentence ends) is written out in line with
it, `stem (a) item; (b) item`, bullets lettered, and so is what follows the list in the same sentence. A list whose items are
sentences of their own, each paragraph in a quotation and each cell of a table are passages by themselves. Preformatted text
is never read. Emphasis is gone and entities and escapes are characters; links to sections stay as `[](#id)`, of other links
the words stay.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from syngraph.engine.text.clauses import Passage
from syngraph.engine.text.document import Block, Break, Document, Item, ItemList, Paragraph, Quote, Section, Table, Verbatim
from syngraph.engine.text.notations.lists import letters, roman
from syngraph.engine.text.provenance import Text, joined

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MAX_MARKED = 20_000
"""How long a text may be, in characters, for its markup to be taken out: some markup takes time in the square of it."""

_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*$")
_OPEN = re.compile(r"\{[^{}]+\}")
"""A name that stands for a whole text, and that nothing binds."""
_MARKUP = re.compile(r"[*_`\[\]<>&!\\\n]")
_BLANKS = re.compile(r"[ \t\n\u00a0]+")
_OPEN_END = re.compile(
    r"\b(?:shall|must|may|will|should|can|not|to|by|of|that|if|when|where|unless|and|or|for|with|is|are|be|from|on|in|at|means"
    r"|includes?|either|both|following|upon|after|before|has|have)\s*[:,—–-]*$",
    re.IGNORECASE,
)


def passages(document: Document) -> tuple[Passage, ...]:
    """Everything in the document that is read, in its order."""
    return tuple(passage for section in document.walk() for passage in _of_section(section))


def plain(text: Text) -> Text:
    """Inline Markdown as plain text, each character where it was written, runs of blanks as one.

    >>> from syngraph.engine.text.provenance import Place
    >>> plain(Text("*Each* Member, see [](#dues)", ((0, Place("a.md", 1, 1)),))).string
    'Each Member, see [](#dues)'
    """
    if len(text) <= MAX_MARKED and _MARKUP.search(text.string):
        text = _unmarked(text)
    if "  " not in text.string and "\n" not in text.string and "\t" not in text.string and "\u00a0" not in text.string:
        return text
    pieces: list[Text] = []
    done = 0
    for match in _BLANKS.finditer(text.string):
        pieces.append(text[done : match.start()])
        pieces.append(Text(" ", ((0, text.place(match.start())),)))
        done = match.end()
    return joined([*pieces, text[done:]])


_BINDS = re.compile(
    r"\b(?:shall|must|may|will|cannot)\b|^[“\"][^”\"]+[”\"]\smeans\b|"
    r"\b(?:is|are)\s(?:not\s)?(?:entitled|obliged|required|expected|permitted|allowed|authori[sz]ed|forbidden|prohibited|bound)\b|"
    r"\b(?:has|have)\s(?:the\s(?:right|power|duty)\s)?to\b|\b(?:agrees?|undertakes?)\s(?:not\s)?to\b|\b(?:pays?|owes?)\s[^.]*\d"
)


def _of_section(section: Section) -> Iterator[Passage]:
    if section.heading.string and _BINDS.search(section.heading.string):
        # A rule under a paragraph makes a heading of it: what binds there must not be lost.
        yield Passage(section.id, section.number, plain(section.heading), section.prose)
    for text in _texts(section.blocks):
        if text.string.strip():
            yield Passage(section.id, section.number, text, section.prose)


def _texts(blocks: Sequence[Block]) -> Iterator[Text]:
    """The texts of blocks, lists joined to their stems."""
    held: Text | None = None
    after_list = False
    for block in blocks:
        match block:
            case Paragraph(text):
                words = plain(text)
                if held is not None and after_list and words.string[:1].islower():
                    held = _spaced([held, words])
                    continue
                if held is not None:
                    yield held
                held, after_list = words, False
            case ItemList() if held is not None and not after_list and _is_stem(held, block):
                line, rest = _in_line(block, 0)
                held, after_list = _spaced([held, line]), True
                if rest:
                    yield held
                    held, after_list = None, False
                    yield from rest
            case _:
                if held is not None:
                    yield held
                held, after_list = None, False
                yield from _apart(block)
    if held is not None:
        yield held


def _apart(block: Block) -> Iterator[Text]:
    """The texts of a block that belongs to no stem."""
    match block:
        case Paragraph(text):
            yield plain(text)
        case ItemList(items):
            for item in items:
                yield from _texts(item.blocks)
        case Quote(blocks):
            yield from _texts(blocks)
        case Table(rows):
            for row in rows:
                for cell in row:
                    yield plain(cell)
        case Verbatim() | Break():
            return


def _is_stem(text: Text, below: ItemList) -> bool:
    """Whether a list goes on with the sentence that the text begins."""
    words = text.string.rstrip()
    if not words or _SENTENCE_END.search(words):
        return False
    return _OPEN_END.search(words) is not None or not _are_sentences(below)


def _are_sentences(below: ItemList) -> bool:
    """Whether the items are sentences of their own: several, each with a capital and a full stop, or still to be filled in."""
    firsts = [
        plain(item.blocks[0].text).string.strip()
        for item in below.items
        if item.blocks and isinstance(item.blocks[0], Paragraph)
    ]
    said = [words for words in firsts if not _OPEN.fullmatch(words)]
    return len(firsts) > 1 and bool(said) and all(words[:1].isupper() and _SENTENCE_END.search(words) for words in said)


def _in_line(below: ItemList, depth: int) -> tuple[Text, tuple[Text, ...]]:
    """The items one after the other with their markers, and what in them cannot stand in a line."""
    pieces: list[Text] = []
    rest: list[Text] = []
    for count, item in enumerate(below.items, 1):
        words: list[Text] = []
        for block in item.blocks:
            match block:
                case Paragraph(text):
                    words.append(plain(text))
                case ItemList():
                    line, more = _in_line(block, depth + 1)
                    words.append(line)
                    rest += more
                case _:
                    rest += _apart(block)
        first = next((word for word in words if word), None)
        if first is not None:
            pieces.append(Text(_marker(item, count, depth), ((0, first.place(0)),)))
            pieces += words
    return _spaced(pieces), tuple(rest)


def _marker(item: Item, count: int, depth: int) -> str:
    """The marker of an item as lists in a sentence have it: bullets become letters, numbers get brackets."""
    if item.marker.startswith("("):
        return item.marker
    if item.marker[:-1].isdigit():
        return f"({item.marker[:-1]})" if item.marker[:-1] != "1" or count == 1 else f"({count})"
    match depth % 3:
        case 0:
            return f"({letters(count)})"
        case 1:
            return f"({roman(count)})"
        case _:
            return f"({count})"


def _spaced(pieces: Sequence[Text]) -> Text:
    """The pieces with a blank between them."""
    parts: list[Text] = []
    for piece in pieces:
        if not piece:
            continue
        if parts:
            parts.append(Text(" ", ((0, piece.place(0)),)))
        parts.append(piece)
    return joined(parts)


# -- inline markup -----------------------------------------------------------------------------------------------------

_PARSERS: list["MarkdownIt"] = []


def _parser() -> "MarkdownIt":
    if not _PARSERS:
        from markdown_it import MarkdownIt

        parser = MarkdownIt("commonmark", {"html": False}).disable("html_inline")
        parser.core.ruler.enableOnly(["block", "inline"])
        _PARSERS.append(parser)
    return _PARSERS[0]


def _unmarked(text: Text) -> Text:
    """The text without its inline markup. The parser gives no positions, but what it skips is known token by token."""
    source = text.string
    tokens = _parser().parseInline(source, {})[0].children or []
    pieces: list[Text] = []
    at = 0
    links: list[tuple[int, str]] = []
    for token in tokens:
        start = at
        match token.type:
            case "text":
                at = source.find(token.content, start) if token.content else start
                if at < 0:
                    return text
                pieces.append(text[at : at + len(token.content)])
                at += len(token.content)
            case "text_special":
                at = source.find(token.markup, start)
                if at < 0:
                    return text
                pieces.append(_one(token.content, text, at, len(token.markup)))
                at += len(token.markup)
            case "code_inline":
                # The fence that closes is a run of just as many ticks.
                fences = re.finditer(rf"(?<!`){token.markup}(?!`)", source[start:])
                opens, closes = next(fences, None), next(fences, None)
                if opens is None or closes is None:
                    return text
                open_at, close_at = start + opens.start(), start + closes.start()
                inner = text[open_at + len(token.markup) : close_at]
                stripped = len(inner) == len(token.content) + 2
                pieces.append(inner[1:-1] if stripped else inner)
                at = close_at + len(token.markup)
            case "em_open" | "em_close" | "strong_open" | "strong_close":
                at = source.find(token.markup, start) + len(token.markup)
            case "hardbreak" | "softbreak":
                at = source.find("\n", start) + 1
                pieces.append(Text(" ", ((0, text.place(at - 1)),)))
            case "link_open":
                opening = "<" if token.markup == "autolink" else "["
                at = source.find(opening, start) + 1
                links.append((at, str(token.attrs.get("href", ""))))
            case "link_close":
                begun, target = links.pop()
                at = (
                    source.find(">", start) + 1
                    if token.markup == "autolink"
                    else _link_end(source, source.find("](", start) + 2)
                )
                if target.startswith("#") and token.markup != "autolink":
                    words = text[begun : source.find("](", start)]
                    if not words:
                        pieces.append(text[begun - 1 : at])
            case "image":
                # It is shown among the words, so it stays among them, and the sentence is not read without it.
                shown = source.find("![", start)
                at = _link_end(source, source.find("](", start) + 2)
                pieces.append(text[shown:at])
            case _:
                return text
    return joined(pieces)


def _one(content: str, text: Text, at: int, width: int) -> Text:
    """A character that was written as an escape or an entity."""
    if width == len(content) and text.string.startswith(content, at):
        return text[at : at + width]
    if width == len(content) + 1 and text.string[at] == "\\":
        return text[at + 1 : at + width]
    return Text(content, tuple((n, text.place(at)) for n in range(len(content))))


def _link_end(source: str, at: int) -> int:
    """The end of a link whose address begins at `at`."""
    from markdown_it.helpers import parseLinkDestination, parseLinkTitle

    end = len(source)
    at = _past_blanks(source, at)
    destination = parseLinkDestination(source, at, end)
    at = _past_blanks(source, destination.pos if destination.ok else at)
    title = parseLinkTitle(source, at, end)
    at = _past_blanks(source, title.pos if title.ok else at)
    return min(at + 1, end)


def _past_blanks(source: str, at: int) -> int:
    while at < len(source) and source[at] in " \t\n":
        at += 1
    return at
