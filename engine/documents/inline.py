"""Running text taken apart: inline Markdown becomes words, emphasis, links and references to sections."""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out (`**so**`)."""

    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words that are stressed (`*so*`)."""

    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Words set as they would be typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address outside the document, or (`#id`) to a section under other words than its number.

    `label` is how that section prints otherwise (`section 1.2`), "" for an address outside.
    """

    children: tuple["Inline", ...]
    address: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A section named by its id. `label` is how it prints (`section 1.2`), `known` whether the document has it."""

    id: str
    label: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Defined:
    """A term where it is defined; `text` is the term without its quotation marks."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Used:
    """A defined term where it is used, in the form used (`Members`)."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """The line ends here."""


Inline = Words | Strong | Emphasis | Code | Link | Reference | Defined | Used | LineBreak

# Addresses that a reader may be sent to; anything else (`javascript:`, `data:`, `file:`) stays text.
SAFE = re.compile(r"(?:https?://[^\s/]|mailto:[^\s]|#[^\s])", re.IGNORECASE)

DEEPEST = 12
"""How deep emphasis may stand in emphasis before it is no longer looked at."""


def parse(text: str) -> tuple[Inline, ...]:
    """Read inline Markdown. HTML stays text, pictures become their description, unsafe links stay as they were typed.

    >>> parse("Pay **now**.")
    (Words(text='Pay '), Strong(children=(Words(text='now'),)), Words(text='.'))
    """
    nodes: list[Inline] = []
    for token in _READER.parseInline(text):
        nodes += _nodes(list(token.children or ()))
    return merged(nodes)


def merged(nodes: list[Inline]) -> tuple[Inline, ...]:
    """The nodes with neighbouring words put together and empty words left out."""
    found: list[Inline] = []
    for node in nodes:
        if isinstance(node, Words):
            if not node.text:
                continue
            if found and isinstance(found[-1], Words):
                found[-1] = Words(found[-1].text + node.text)
                continue
        found.append(node)
    return tuple(found)


def plain(nodes: tuple[Inline, ...]) -> str:
    """The words alone, with references as they print."""
    return "".join(_plain(node) for node in nodes)


def _plain(node: Inline) -> str:
    match node:
        case Words(text) | Code(text) | Defined(_, text) | Used(_, text):
            return text
        case Reference(_, label, _):
            return label
        case Strong(children) | Emphasis(children) | Link(children, _, _):
            return plain(children)
        case LineBreak():
            return "\n"


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 50})
    reader.validateLink = lambda url: bool(SAFE.match(url))  # type: ignore[method-assign]
    return reader


_READER = _reader()


def _nodes(tokens: list[Token]) -> list[Inline]:
    nodes: list[Inline] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.nesting == 1 and token.level < DEEPEST:
            end = _closing(tokens, at)
            nodes.append(_container(token, merged(_nodes(tokens[at + 1 : end]))))
            at = end + 1
            continue
        match token.type:
            case _ if token.nesting != 0:  # beyond the deepest emphasis only its words are kept
                pass
            case "code_inline":
                nodes.append(Code(token.content))
            case "softbreak":
                nodes.append(Words(" "))
            case "hardbreak":
                nodes.append(LineBreak())
            case _:
                nodes.append(Words(token.content))
        at += 1
    return nodes


def _closing(tokens: list[Token], opening: int) -> int:
    depth = 0
    for at in range(opening, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens)


def _container(token: Token, children: tuple[Inline, ...]) -> Inline:
    if token.type == "strong_open":
        return Strong(children)
    if token.type == "em_open":
        return Emphasis(children)
    address = str(token.attrs.get("href", ""))
    if address.startswith("#") and not children:
        return Reference(address[1:])
    return Link(children, address) if address else Strong(children)
