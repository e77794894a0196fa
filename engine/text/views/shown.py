"""What the views show, whatever notation the text is in.

A place has the chain of inclusions (and, for pieces of a rendering, of placeholders) by which it came in, outermost first.
Long lists are cut at the caps below; `more` says how many entries are not there.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from syngraph.engine.text.provenance import Place

MAX_KEYS = 20_000
MAX_USES = 50
FEW_USES = 5
MAX_VALUE = 1_000
"""How much of a value is kept, in characters, and `FEW_USES` how many places, where all the keys of a document are listed."""

MAX_LOST = 1_000
MAX_PIECES = 200_000
MAX_OBJECTS = 20_000
MAX_EDGES = 100_000


class Kind(StrEnum):
    """What binds a key."""

    FIELD = "field"
    SECTION = "section"
    KEY = "key"


class Target(StrEnum):
    """What is at the other end of an inclusion."""

    THERE = "there"
    MISSING = "missing"
    REFUSED = "refused"
    UNREAD = "unread"
    CIRCULAR = "circular"
    """An object that is already on the way from the root to here."""


class State(StrEnum):
    """Why a key is not filled in: nothing binds it, it is bound to nothing, or a section hangs on it (`when=Key`)."""

    OPEN = "open"
    EMPTY = "empty"
    CHOICE = "choice"


class Why(StrEnum):
    """Why a binding of a key is not the one that counts."""

    SAME_OBJECT = "the same object binds it before"
    OVERRIDDEN = "an object around the one that asks binds it"
    INCLUDED = "the object that includes it binds it"
    AROUND = "the object that asks finds another in itself or below"
    EARLIER = "an inclusion before this one binds it"
    FALSY = "empty and 0 count as not found"


@dataclass(frozen=True, slots=True)
class Entry:
    """A key that an object binds, or a section of it. `value` is as written; `derived`: its id is not written but made."""

    kind: Kind
    key: str
    value: str
    place: Place
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An inclusion as written, and what is at its other end; `said` tells what is wrong with that."""

    path: str
    prefix: str
    place: Place
    target: Target
    said: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """An object as it was written."""

    path: str
    lines: tuple[str, ...]
    entries: tuple[Entry, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A key that is not filled in, as the root has to write it, and the places that ask for it: `uses` in all.

    `name` is what the texts write. `bound` is where it is bound to nothing, None where it is not bound.
    """

    key: str
    name: str
    state: State
    asked: tuple[Place, ...]
    uses: int
    bound: Place | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """The keys of a document that are not filled in, in the order in which they are asked for."""

    path: str
    keys: tuple[Open, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Lost:
    """A binding of a key that is not the one that counts."""

    kind: Kind
    place: Place
    prefix: str
    value: str
    why: Why


@dataclass(frozen=True, slots=True)
class Given:
    """A key with the binding that counts.

    `key` is as the root sees it, `name` as the object at `place` writes it, `prefix` what its inclusions put before it.
    `value` is as written, `text` with its own names filled in. `seen_from` is the object that asks, where the key means another
    thing there than in the root ("" for the root). `asked` are places that mention it, `uses` in all. `lost` are the bindings
    that were overridden, in the order of lookup, `overridden` in all. `cut`: value or text go on.
    """

    kind: Kind
    key: str
    name: str
    place: Place
    prefix: str
    value: str
    text: str
    seen_from: str = ""
    asked: tuple[Place, ...] = ()
    uses: int = 0
    lost: tuple[Lost, ...] = ()
    overridden: int = 0
    cut: bool = False


def brief(given: Given) -> Given:
    """The same with no more than a list of many keys can hold."""
    value, text = given.value[:MAX_VALUE], given.text[:MAX_VALUE]
    cut = len(value) < len(given.value) or len(text) < len(given.text)
    return replace(given, value=value, text=text, asked=given.asked[:FEW_USES], cut=cut)


@dataclass(frozen=True, slots=True)
class Traced:
    """Where the keys of a document came from, and those that are open."""

    path: str
    keys: tuple[Given, ...]
    open: tuple[Open, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a rendering that was written in one go. `place` is None for what is derived: numbers, markers, blank lines.

    `key` is the field or the section that says it, as the root sees it.
    """

    text: str
    place: Place | None
    key: str


@dataclass(frozen=True, slots=True)
class Xray:
    """A rendering in pieces, in order: their texts one after the other are the whole."""

    path: str
    title: str
    pieces: tuple[Piece, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """That the object `source` includes another."""

    source: str
    link: Link


@dataclass(frozen=True, slots=True)
class Map:
    """The objects that a document is made of, each once, the root first, and what includes what, in the order written."""

    root: str
    objects: tuple[str, ...]
    edges: tuple[Edge, ...]
    more: int = 0
