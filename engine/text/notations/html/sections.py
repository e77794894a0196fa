"""Blocks of HTML as sections with ids: titles head them, and so do the titles of the entries of a list.

A list whose every entry begins with a title makes the sections below the one that it stands in, where nothing follows it
there. At the top of a page something may follow it: that is a section without a heading. Other titles in lists are
paragraphs in strong type. Links lead to sections; one that leads nowhere is its words.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from syngraph.engine.text.document import Block, Item, ItemList, Paragraph, Quote, Section, Table
from syngraph.engine.text.notations.html.blocks import Entry, Listing, Part, Quoted, Title
from syngraph.engine.text.notations.lists import letters, roman
from syngraph.engine.text.notations.markdown import slug
from syngraph.engine.text.provenance import NOTHING, Place, Text, joined

MAX_LEVEL = 6
"""How deep sections nest: Markdown has six kinds of heading."""
MAX_SLUG = 60
CLOSING = "closing"
"""The id of text that follows the sections of a page."""

_ID = re.compile(r"[^\W_][\w.-]{0,199}")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\(#([^()\s]*)\)", re.DOTALL)


def sections(parts: Sequence[Part], said: Callable[[str], str] = str) -> tuple[Section, ...]:
    """The sections that blocks make, numbered; text before the first title is the section "".

    `said` gives the words of a heading that ids are made of, where they are not those in it.
    """
    page = _Node(Title(NOTHING, 0))
    _page(parts, page)
    _entitle(page)
    ids = _Ids(said)
    ids.name(page.children)
    made = tuple(_sections(page.children, "", 1, ids))
    if page.blocks:
        blocks = tuple(_linked(block, ids.target) for block in page.blocks)
        return (Section("", NOTHING, 1, "", blocks, place=place_of(blocks)), *made)
    return made


@dataclass(slots=True)
class _Node:
    title: Title
    blocks: list[Block] = field(default_factory=list)
    children: list["_Node"] = field(default_factory=list)
    id: str = ""


def _page(parts: Sequence[Part], page: _Node) -> None:
    """The blocks of a page below the titles that they stand under."""
    path: list[tuple[int, _Node]] = [(0, page)]
    for part in parts:
        match part:
            case Title(_, level):
                rank = level or MAX_LEVEL + 1
                while path[-1][0] >= rank:
                    path.pop()
                if len(path) > MAX_LEVEL:
                    path.pop()
                node = _Node(part)
                path[-1][1].children.append(node)
                path.append((rank, node))
            case Listing(entries) if _titled(entries) and len(path) <= MAX_LEVEL:
                path[-1][1].children += [_entry(entry, len(path)) for entry in entries]
            case _:
                here = path[-1][1]
                if here.children:
                    if len(path) > 1 and here.title.text:
                        path.pop()
                    closing = _Node(Title(NOTHING, 0, CLOSING))
                    path[-1][1].children.append(closing)
                    path.append((MAX_LEVEL + 2, closing))
                    here = closing
                here.blocks += _blocks([part])


def _entitle(page: _Node) -> None:
    """A heading above everything else is the title of the page, so that its sections are counted from 1."""
    headed = [node for node in page.children if node.title.text]
    if len(headed) != 1 or headed[0] is not page.children[0] or not headed[0].title.level or not headed[0].children:
        return
    top = headed[0]
    page.blocks += [Paragraph(_strong(top.title.text)), *top.blocks]
    page.children = [*top.children, *page.children[1:]]


def _titled(entries: Sequence[Entry]) -> bool:
    return all(isinstance(entry.parts[0], Title) for entry in entries)


def _entry(entry: Entry, level: int) -> _Node:
    """An entry of a list of sections, at a level."""
    title = entry.parts[0]
    assert isinstance(title, Title)
    node = _Node(Title(title.text, 0, title.id or entry.id))
    rest = entry.parts[1:]
    if rest and isinstance(last := rest[-1], Listing) and level < MAX_LEVEL and _titled(last.entries):
        node.children = [_entry(inner, level + 1) for inner in last.entries]
        rest = rest[:-1]
    node.blocks = list(_blocks(rest))
    return node


def _blocks(parts: Sequence[Part]) -> Iterator[Block]:
    for part in parts:
        match part:
            case Title(text):
                yield Paragraph(_strong(text))
            case Listing(entries, count, start, numbers):
                if not count:
                    numbers = ()
                following = -1
                items: list[Item] = []
                for number, entry in zip(numbers or range(start, start + len(entries)), entries, strict=True):
                    if items and numbers and number != following:
                        # Numbers within a list follow each other: here another one begins.
                        yield ItemList(tuple(items), True)
                        items = []
                    items.append(Item(marker(count, number), tuple(_blocks(entry.parts))))
                    following = number + 1
                yield ItemList(tuple(items), bool(count))
            case Quoted(inner):
                yield Quote(tuple(_blocks(inner)))
            case _:
                yield part


def marker(count: str, number: int) -> str:
    """The marker of an entry.

    >>> marker("1", 3), marker("a", 3), marker("I", 4), marker("", 1)
    ('3.', '(c)', '(IV)', '-')
    """
    match count:
        case "":
            return "-"
        case _ if number < 1:
            return f"{number}."
        case "a":
            return f"({letters(number)})"
        case "A":
            return f"({letters(number).upper()})"
        case "i" if number < 40:
            return f"({roman(number)})"
        case "I" if number < 40:
            return f"({roman(number).upper()})"
        case _:
            return f"{number}."


def _strong(text: Text) -> Text:
    start = len(text.string) - len(text.string.lstrip())
    text = text[start : len(text.string.rstrip())]
    if not text:
        return text
    first, last = text.place(0), text.place(len(text) - 1)
    return joined([Text("**", ((0, first),)), text, Text("**", ((0, last),))])


def place_of(blocks: Sequence[Block]) -> Place:
    """Where blocks begin."""
    for block in blocks:
        match block:
            case Paragraph(text) if text:
                return text.place(0)
            case ItemList(items) if items and items[0].blocks:
                return place_of(items[0].blocks)
            case Quote(inner) if inner:
                return place_of(inner)
            case Table(rows):
                for row in rows:
                    for cell in row:
                        if cell:
                            return cell.place(0)
            case _:
                pass
    return Place("", 1, 1)


# -- ids and links -----------------------------------------------------------------------------------------------------


class _Ids:
    """Ids for sections, each once, and where links lead."""

    def __init__(self, said: Callable[[str], str]) -> None:
        self.said = said
        self.taken: set[str] = set()
        self.counts: dict[str, int] = {}
        self.targets: dict[str, str] = {}

    def name(self, nodes: Sequence[_Node]) -> None:
        waiting = list(reversed(nodes))
        while waiting:
            node = waiting.pop()
            wanted = node.title.id if _ID.fullmatch(node.title.id) else self.slug(node.title.text.string)
            count = self.counts.get(wanted, 1)
            node.id = wanted
            while node.id in self.taken:
                count += 1
                node.id = f"{wanted}-{count}"
            self.counts[wanted] = count
            self.taken.add(node.id)
            if node.title.id:
                self.targets.setdefault(node.title.id, node.id)
            waiting.extend(reversed(node.children))

    def slug(self, heading: str) -> str:
        words = slug(_LINK.sub(r"\1", self.said(heading))[:400])
        return words if len(words) <= MAX_SLUG else words[:MAX_SLUG].rsplit("-", 1)[0]

    def target(self, name: str) -> str | None:
        return self.targets.get(name)


def _sections(nodes: Sequence[_Node], above: str, level: int, ids: _Ids) -> Iterator[Section]:
    for count, node in enumerate(nodes, 1):
        number = f"{above}.{count}" if above else str(count)
        blocks = tuple(_linked(block, ids.target) for block in node.blocks)
        heading = led(node.title.text, ids.target)
        place = heading.place(0) if heading else place_of(blocks)
        yield Section(
            node.id, heading, level, number, blocks, tuple(_sections(node.children, number, level + 1, ids)), place=place
        )


def _linked(block: Block, target: Callable[[str], str | None]) -> Block:
    match block:
        case Paragraph(text):
            return Paragraph(led(text, target))
        case ItemList(items, ordered):
            made = (Item(item.marker, tuple(_linked(inner, target) for inner in item.blocks)) for item in items)
            return ItemList(tuple(made), ordered)
        case Quote(blocks):
            return Quote(tuple(_linked(inner, target) for inner in blocks))
        case Table(rows):
            return Table(tuple(tuple(led(cell, target) for cell in row) for row in rows))
        case _:
            return block


def led(text: Text, target: Callable[[str], str | None]) -> Text:
    """Inline Markdown whose links lead to the sections that `target` names; a link that leads nowhere is its words."""
    if "](#" not in text.string:
        return text
    pieces: list[Text] = []
    done = 0
    for match in _LINK.finditer(text.string):
        known = target(match[2])
        if known is None:
            pieces += [text[done : match.start()], text[match.start(1) : match.end(1)]]
        else:
            name = Text(known, ((0, text.place(match.start())),))
            pieces += [text[done : match.start(2)], name, text[match.end(2) : match.end()]]
        done = match.end()
    return joined([*pieces, text[done:]])
