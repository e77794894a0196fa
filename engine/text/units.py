"""A file cut into units: the pieces that a motion names and a merge compares, in their order and without loss.

In an object (`*.md`) they are the entries of its front matter, each field by itself, and its sections: a heading with the text
up to the next heading of any level. In the manifest they are the keys, in a register the principals. Comments and blank lines
above an entry belong to it. What cannot be cut is one unit: the file.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.notations import markdown, yaml
from syngraph.engine.text.objects import Draft
from syngraph.engine.text.store import MANIFEST


class Kind(StrEnum):
    """What a unit is."""

    FRAME = "frame"
    """The lines that open and close front matter (keys `open`, `close`), or all of it where it cannot be cut (`front`)."""
    KEY = "key"
    FIELD = "field"
    SECTION = "section"
    PRINCIPAL = "principal"
    FILE = "file"


Name = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a file: whole lines, with all their line ends. Kind and key together are unique in the file.

    `key` is the section id (in the heading, or derived as the notation does it; "" for the text before the first heading), the
    name of the field or key, the id of the principal. `level` is that of a section's heading, 0 for everything else.
    """

    kind: Kind
    key: str
    text: str
    level: int = 0

    @property
    def name(self) -> Name:
        """What the unit is known by in its file."""
        return self.kind, self.key


@lru_cache(maxsize=16)
def units(content: str, path: str) -> tuple[Unit, ...]:
    """The units of a file, in their order: one after the other their texts are the content. Of empty text there are none.

    >>> [(unit.kind.value, unit.key) for unit in units("---\\nfields:\\n  Dues: EUR 60\\n---\\n# Dues {#dues}\\n", "a.md")]
    [('frame', 'open'), ('key', 'fields'), ('field', 'Dues'), ('frame', 'close'), ('section', 'dues')]
    """
    if not content and path.endswith((".md", ".yaml", ".yml")):
        return ()
    whole = (Unit(Kind.FILE, "", content),)
    if "\r" in content:
        return whole
    starts: list[_Start] | None = None
    lines = content.split("\n")
    try:
        if path.endswith(".md"):
            starts = [*_front(lines, path), *_sections(content, lines, path)]
        elif path == MANIFEST:
            starts = _entries(lines, yaml.read(content, path), 0)
        elif path.endswith((".yaml", ".yml")):
            starts = _register(lines, yaml.read(content, path))
    except TextError:
        return whole
    if not starts or len({(start.kind, start.key) for start in starts}) < len(starts):
        return whole
    return tuple(_cut(content, lines, starts))


def is_whole(cut: Sequence[Unit]) -> bool:
    """Whether a file was not cut: it is one unit."""
    return len(cut) == 1 and cut[0].kind is Kind.FILE


# -- cutting -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a unit begins: a line, from 0."""

    line: int
    kind: Kind
    key: str
    level: int = 0


def _cut(content: str, lines: Sequence[str], starts: Sequence[_Start]) -> Iterator[Unit]:
    offsets = [*_offsets(lines)[:-1], len(content)]
    bounds = [0, *(offsets[start.line] for start in starts[1:]), len(content)]
    for index, start in enumerate(starts):
        yield Unit(start.kind, start.key, content[bounds[index] : bounds[index + 1]], start.level)


def _offsets(lines: Sequence[str]) -> list[int]:
    """Where each line begins in the text, and where one after the last would."""
    return list(accumulate((len(line) + 1 for line in lines), initial=0))


# -- objects -----------------------------------------------------------------------------------------------------------

_HEADING = re.compile(r"^#{1,6}(?:[ \t].*)?$", re.MULTILINE)
_NAMED = re.compile(r"(#{1,6})[ \t].*\{#([^\W_][\w.-]*)\}[ \t]*")
_UNSURE = re.compile(r"```|~~~|^[ \t]+#|^[ \t>*+\-0-9.)]{15}", re.MULTILINE)
"""What only the Markdown library can tell: fences, headings that may stand inside a list, nesting that is cut off."""
_UNDERLINE = re.compile(r"^[ \t]*(?:=+|-+)[ \t]*$", re.MULTILINE)


def _end_of_front(lines: Sequence[str]) -> int:
    """The line that closes the front matter, 0 when there is none."""
    if lines[0].rstrip() != "---":
        return 0
    return next((number for number in range(1, len(lines)) if lines[number].rstrip() in ("---", "...")), 0)


def _front(lines: Sequence[str], path: str) -> list[_Start]:
    end = _end_of_front(lines)
    if not end:
        return []
    whole = [_Start(0, Kind.FRAME, "front")]
    try:
        mapping = yaml.read("\n".join(lines[1:end]), path, 2)
    except TextError:
        return whole
    entries = _entries(lines, mapping, 1)
    if entries is None:
        return whole
    close = _above(lines, end, 0, entries[-1].line if entries else 0)
    return [_Start(0, Kind.FRAME, "open"), *entries, _Start(close, Kind.FRAME, "close")]


def _sections(content: str, lines: Sequence[str], path: str) -> list[_Start]:
    end = _end_of_front(lines)
    first = end + 1 if end else 0
    starts = _plain_headings(content, lines, first, path)
    if starts is None:
        starts = [_heading(draft.place.line - 1, draft) for draft in _drafts(markdown.read(content, path).sections)]
    preamble = starts[0].line > first if starts else bool("\n".join(lines[first:]))
    return [_Start(first, Kind.SECTION, ""), *starts] if preamble else starts


def _plain_headings(content: str, lines: Sequence[str], first: int, path: str) -> list[_Start] | None:
    """Where sections begin, where each line that begins with a number sign surely is a heading; else None.

    Most texts are so: then only their headings need to be read, not all of their Markdown; and not even they, where each says
    its id and nothing else.
    """
    if len(content) > markdown.MAX_CHARACTERS:
        raise markdown.MarkdownError(f"{len(content):,} characters", f"at most {markdown.MAX_CHARACTERS:,}", path=path)
    body = "\n".join(lines[first:]) if first else content
    if _UNSURE.search(body):
        return None
    offsets = _offsets(lines[first:])

    def number(offset: int) -> int:
        return bisect_left(offsets, offset) + first

    for match in _UNDERLINE.finditer(body):
        line = number(match.start())
        if line > first and lines[line - 1].strip(" \t"):
            return None
    heads = [number(match.start()) for match in _HEADING.finditer(body)]
    if any(line + 1 < len(lines) and _is_delimiters(lines[line + 1]) for line in heads):
        return None
    named = [_NAMED.fullmatch(lines[line]) for line in heads]
    starts = [_Start(at, Kind.SECTION, found[2], len(found[1])) for at, found in zip(heads, named, strict=True) if found]
    if len({start.key for start in starts}) == len(heads):
        return starts
    drafts = list(_drafts(markdown.read("\n" + "\n".join(lines[line] for line in heads), path).sections))
    return [_heading(*found) for found in zip(heads, drafts, strict=True)] if len(drafts) == len(heads) else None


def _is_delimiters(line: str) -> bool:
    """Whether a line would make a table of the one above."""
    return "-" in line and not line.strip(" \t|:-")


def _heading(line: int, draft: Draft) -> _Start:
    return _Start(line, Kind.SECTION, draft.id, draft.level)


def _drafts(sections: Sequence[Draft]) -> Iterator[Draft]:
    """The sections that have a heading, parents before children, in the order of the text."""
    waiting = list(reversed(sections))
    while waiting:
        draft = waiting.pop()
        waiting.extend(reversed(draft.children))
        if draft.id:
            yield draft


# -- keys and values ---------------------------------------------------------------------------------------------------

_NAME = re.compile(r"[\w.-]+")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_BARE = re.compile(r"[\w.-]+:[ \t]*(?:#.*)?")


def _entries(lines: Sequence[str], mapping: yaml.Mapping, least: int) -> list[_Start] | None:
    """Where the entries of a mapping begin, and each field of its fields; None where they do not stand each on its line.

    `least` is the first line that may belong to one.
    """
    starts: list[_Start] = []
    for name, node in mapping.entries:
        line = name.place.line - 1
        key = name.text.string
        if name.place.column != 1 or not _NAME.fullmatch(key) or (starts and line <= starts[-1].line):
            return None
        starts.append(_Start(_above(lines, line, 0, starts[-1].line + 1 if starts else least), Kind.KEY, key))
        if key == "fields" and isinstance(node, yaml.Mapping) and _BARE.fullmatch(lines[line]):
            starts += _inner(
                lines, line, [(inner.place.line - 1, inner.place.column - 1, str(inner)) for inner, _ in node.entries]
            )
    return starts


def _inner(lines: Sequence[str], line: int, entries: Sequence[tuple[int, int, str]]) -> list[_Start]:
    """Where the fields begin that stand indented below a line; none where they do not stand each on its line."""
    starts: list[_Start] = []
    last = line
    for at, column, key in entries:
        if at <= last or lines[at][:column].strip() or not _NAME.fullmatch(key):
            return []
        starts.append(_Start(_above(lines, at, column, last + 1), Kind.FIELD, key))
        last = at
    return starts


def _register(lines: Sequence[str], mapping: yaml.Mapping) -> list[_Start] | None:
    """Where the principals of a register begin; None when the file is none, or they do not stand each on its lines."""
    listed = mapping.get("principals")
    starts = _entries(lines, mapping, 0)
    if starts is None or not isinstance(listed, yaml.Sequence):
        return None
    found: list[_Start] = []
    above = next(name.place.line - 1 for name, _ in mapping.entries if str(name) == "principals")
    for item in listed.items:
        id_ = item.get("id") if isinstance(item, yaml.Mapping) else None
        line, column = item.place.line - 1, item.place.column - 1
        dash = lines[line][:column]
        if not isinstance(id_, yaml.Scalar) or not _ID.fullmatch(str(id_)) or line <= above or dash.strip() != "-":
            return None
        found.append(_Start(_above(lines, line, dash.index("-"), above + 1), Kind.PRINCIPAL, str(id_)))
        above = line
    place = next(index for index, start in enumerate(starts) if start.key == "principals") + 1
    return [*starts[:place], *found, *starts[place:]]


def _above(lines: Sequence[str], line: int, indent: int, least: int) -> int:
    """The first of the comments and blank lines right above a line: a comment further in belongs to what stands there."""
    while line - 1 >= least:
        above = lines[line - 1]
        words = above.lstrip(" ")
        if words.strip() and not (words.startswith("#") and len(above) - len(words) <= indent):
            break
        line -= 1
    return line
