"""A prose object as it was written, before anything is looked up in it."""

from dataclasses import dataclass, field

from syngraph.engine.text.document import Block
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.provenance import NOTHING, Place, Text


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Another object whose sections and fields come in, under `prefix` (`Chair.`) or as they are ("").

    `after` or `before` name the section next to which its sections stand; empty texts where it does not say.
    """

    path: str
    prefix: str
    place: Place
    after: Text = NOTHING
    before: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Field:
    """A named text. `place` is that of its name."""

    key: str
    value: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that an object uses (`{Key}`, `when=Key`), with its place."""

    key: str
    place: Place


@dataclass(frozen=True, slots=True)
class Draft:
    """A section as written.

    `id` is the one in its heading or, with `derived`, a slug of the heading; "" before the first heading. `place` is that of
    the heading. `after` and `before` name the section it stands next to, `when` the key that keeps it, `each` the role for
    whose holders it is repeated; an empty text where the heading says nothing.
    """

    id: str
    heading: Text
    level: int
    blocks: tuple[Block, ...]
    children: tuple["Draft", ...] = ()
    prose: bool = False
    derived: bool = False
    after: Text = NOTHING
    before: Text = NOTHING
    when: Text = NOTHING
    each: Text = NOTHING
    place: Place = field(default_factory=lambda: Place("", 1, 1))


@dataclass(frozen=True, slots=True)
class ProseObject:
    """An ordered list of inclusions, fields and sections.

    `omit` are the ids of inherited sections that it leaves out. `origin` says where the object was taken from (`name` and
    `version` in the library; `source`, `commit` and `path`; `original` and `digest`), empty when it was written here;
    `earlier` where it was taken from there, the latest first. `findings` are the faults of its notation.
    """

    path: str
    title: Text
    includes: tuple[Inclusion, ...]
    fields: tuple[Field, ...]
    omit: tuple[Mention, ...]
    sections: tuple[Draft, ...]
    origin: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    earlier: tuple[tuple[tuple[str, str], ...], ...] = ()
