"""The text of a CommonAccord key as pieces: what its objects say themselves, and the keys that they mention.

A *leaf* is a key whose text stands inside a line (it has words, and no element that begins a line). In the texts made here
each mention of a leaf is one private character (`mark`), and so is each name that stays open. That
a piece is cut rightly is checked by putting it together again: where that is not the text that the notation gives (a name
caught on the way, a name that is computed), the piece is written out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from syngraph.engine.text.converting.naming import is_name
from syngraph.engine.text.document import Paragraph
from syngraph.engine.text.notations.commonaccord.expansion import NAME, Plain
from syngraph.engine.text.notations.commonaccord.search import Found, Search, shown
from syngraph.engine.text.notations.html.blocks import blocks
from syngraph.engine.text.notations.html.inline import FIRST_MARK
from syngraph.engine.text.notations.html.tokens import Closing, Opening, tokens
from syngraph.engine.text.provenance import Place, Text

MAX_MARKS = 60_000
MAX_LEAF = 4_000
"""The characters of the longest text that stands inside a line."""
MAX_PIECES = 4_000_000
"""How large the texts of all pieces together may be, in bytes, and still be compared one by one."""

_INLINE = frozenset(
    {
        *("b", "strong", "i", "em", "u", "a", "span", "font", "sup", "sub", "small", "big", "code", "tt", "kbd"),
        *("q", "cite", "var", "dfn", "s", "del", "ins", "mark", "abbr"),
    }
)
_TAG = re.compile(r"<[A-Za-z/!?]|>")
_MARKED = re.compile("[\U000f0000-\U000ffffd]")


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a key is bound: the object, the key that it has there, and the prefix in front of that."""

    path: str
    key: str
    prefix: str
    order: tuple[int, ...]
    """The rank of each reference on the way to it, so that bindings sort as a search meets them."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a mark stands for: a key with where it is bound, or (`bound` None) a name that nothing binds."""

    name: str
    bound: Bound | None


@dataclass(frozen=True, slots=True)
class _Mention:
    key: bytes


@dataclass(slots=True)
class Pieces:
    """The pieces of one object's texts."""

    search: Search
    root: bytes
    leaves: list[Leaf] = field(default_factory=list)
    written_out: int = 0
    """How many pieces could not be cut."""
    _expansion: Plain | None = None
    _parts: dict[bytes, tuple[bytes | _Mention, ...]] = field(default_factory=dict)
    _leaf: dict[bytes, bool] = field(default_factory=dict)
    _marks: dict[tuple[str, bool], str] = field(default_factory=dict)
    _size: int = 0
    marked: dict[str, str] = field(default_factory=dict)
    """The texts of leaves, by mark, that were asked for."""

    @property
    def expansion(self) -> Plain:
        """What gives the texts of keys."""
        if self._expansion is None:
            self._expansion = Plain(self.search, self.root)
        return self._expansion

    def text(self, key: bytes) -> str:
        """The text of a key as it is printed; "" where nothing binds it."""
        value = self.expansion.value(key)
        return shown(value.text) if value is not None else ""

    def leaf(self, mark: str) -> Leaf:
        """What a mark stands for."""
        return self.leaves[ord(mark) - ord(FIRST_MARK)]

    def literal(self, mark: str) -> str:
        """The text that a mark stands for, written out."""
        leaf = self.leaf(mark)
        return self.text(leaf.name.encode("utf-8", "surrogateescape")).strip() if leaf.bound else f"{{{leaf.name}}}"

    def opened(self, text: str) -> str:
        """A text as it is printed, with marks for its open names."""
        pieces: list[str] = []
        self._open(text, False, pieces)
        return "".join(pieces)

    def _open(self, text: str, in_tag: bool, pieces: list[str]) -> bool:
        """Adds a text to the pieces, with marks for the open names that stand in no tag; tells whether it ends in one."""
        for literal, name in _names(text):
            pieces.append(literal)
            ends = _TAG.findall(literal)
            in_tag = ends[-1] != ">" if ends else in_tag
            if name:
                openable = not in_tag and is_name(name) and len(self.leaves) < MAX_MARKS
                pieces.append(self.mark(name, False) if openable else f"{{{name}}}")
        return in_tag

    def value(self, mark: str) -> str:
        """The text of a bound leaf, with marks in it."""
        if mark not in self.marked:
            self.marked[mark] = self.marked_text(self.leaf(mark).name.encode("utf-8", "surrogateescape")).strip()
        return self.marked[mark]

    def marked_text(self, key: bytes) -> str:
        """The text of a key with marks in it; the key itself is not made a mark."""
        pieces: list[str] = []
        in_tag = False
        waiting: list[tuple[bytes, Iterator[bytes | _Mention]]] = [(key, iter(self.parts(key)))]
        active = {key}
        while waiting:
            part = next(waiting[-1][1], None)
            if part is None:
                active.discard(waiting.pop()[0])
                continue
            if isinstance(part, _Mention):
                inner = self.text(part.key)
                if in_tag or not self.is_leaf(part.key, inner):
                    around = part.key in active
                    waiting.append(
                        (part.key, iter((inner.encode("utf-8", "surrogateescape"),) if around else self.parts(part.key)))
                    )
                    active.add(part.key)
                    continue
                mark = self.mark(shown(part.key), True)
                lead, trail = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
                pieces += [lead, mark, trail]
                continue
            in_tag = self._open(shown(part), in_tag, pieces)
        return "".join(pieces)

    def mark(self, name: str, is_bound: bool) -> str:
        """The character that stands for a key or an open name."""
        mark = self._marks.get((name, is_bound))
        if mark is None:
            mark = self._marks[name, is_bound] = chr(ord(FIRST_MARK) + len(self.leaves))
            self.leaves.append(Leaf(name, self.bound(name.encode("utf-8", "surrogateescape")) if is_bound else None))
        return mark

    def bound(self, key: bytes) -> Bound | None:
        """Where a key is bound."""
        held = self.search.find(self.root, key)
        if held is None:
            return None
        order: list[int] = []
        at = held.way
        while at is not None:
            order.append(at.reference.order)
            at = at.below
        return Bound(shown(held.path), shown(held.key), shown(_scopes(held)[-1]), tuple(order))

    def is_leaf(self, key: bytes, text: str) -> bool:
        """Whether a key's text stands inside a line."""
        if key not in self._leaf:
            self._leaf[key] = len(self.leaves) < MAX_MARKS and len(text) <= MAX_LEAF and is_inline(text)
        return self._leaf[key]

    def parts(self, key: bytes) -> tuple[bytes | _Mention, ...]:
        """What a key's value says itself, and the keys that it mentions, in order."""
        if key in self._parts:
            return self._parts[key]
        whole = self.expansion.value(key)
        held = self.search.find(self.root, key)
        text = whole.text if whole is not None else b""
        self._size += len(text)
        if held is None or self._size > MAX_PIECES * 8:
            self._parts[key] = (text,)
            return self._parts[key]
        parts: list[bytes | _Mention] = []
        said: list[bytes] = []
        scopes = _scopes(held)
        done = 0
        for match in NAME.finditer(held.value):
            name = match[1].removesuffix(b"!!")
            found = next((k for scope in reversed(scopes) if self.expansion.value(k := scope + name) is not None), None)
            if found is None or found == key:
                continue
            literal = held.value[done : match.start()]
            parts += [literal, _Mention(found)]
            inner = self.expansion.value(found)
            said += [literal, inner.text if inner is not None else b""]
            done = match.end()
        parts.append(held.value[done:])
        if b"".join([*said, held.value[done:]]) != text:
            self.written_out += 1
            parts = [text]
        self._parts[key] = tuple(part for part in parts if part != b"")
        return self._parts[key]


def _scopes(held: Found) -> list[bytes]:
    """The scopes in which the names of a value are looked up, the outermost (none) first."""
    scopes = [b""]
    at = held.way
    while at is not None:
        if at.reference.cut:
            scopes.append(scopes[-1] + at.reference.prefix)
        at = at.below
    return scopes


def _names(string: str) -> Iterator[tuple[str, str]]:
    """A string cut at its names: what stands before each, and the name; at the end what is left, with no name."""
    done = 0
    for match in re.finditer(r"\{([^{}]+)\}", string):
        yield string[done : match.start()], match[1]
        done = match.end()
    yield string[done:], ""


def is_inline(text: str) -> bool:
    """Whether an HTML-like text stands inside a line: it has words, and its tags are closed and begin no line.

    >>> [is_inline(text) for text in ("<b>Ada</b>", "a<br>b", "</b>x", "", "<i>")]
    [True, False, False, False, False]
    """
    if not text.strip() or _MARKED.search(text) or "\n" in text:
        return False
    if "<" not in text:
        return True
    open_tags: list[str] = []
    for token in tokens(text):
        match token:
            case Opening(name, attributes) if name in _INLINE and "sec-ti" not in attributes.get("class", ""):
                open_tags.append(name)
            case Closing(name) if open_tags and open_tags[-1] == name:
                open_tags.pop()
            case Opening() | Closing():
                return False
            case _:
                pass
    if open_tags or "<" in re.sub(r"<[^<>]*>", "", text):
        return False
    made = blocks(Text(text, ((0, Place("", 1, 1)),)))
    return len(made) == 1 and isinstance(made[0], Paragraph) and bool(made[0].text)
