"""Sections and fields written as an object in our notation, such that reading gives the same blocks and words back."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from syngraph.engine.text.document import Block, Break, Item, ItemList, Paragraph, Quote, Section, Table, Verbatim
from syngraph.engine.text.notations.lists import successor
from syngraph.engine.text.provenance import Text

Wording = Callable[[Text], str]
"""How a text is written: its Markdown, with braces escaped and fields named."""

_LINE_START = re.compile(r"(\s*)(?:([#>+=~|:-])|(\d{1,9})([.)])(?=\s|$)|(\()(?=(?:[A-Za-z]{1,5}|[0-9]{1,3})\)\s))")
_LETTERED = re.compile(r"\([A-Za-z]{1,5}\)")


@dataclass(frozen=True, slots=True)
class Included:
    """An object to include, under `prefix` (`Chair.`) or as it is ("")."""

    path: str
    prefix: str = ""


def braced(markdown: str) -> str:
    r"""Markdown with the braces that are in it escaped, so that they name no field.

    >>> braced("a {b}")
    'a \\{b\\}'
    """
    return re.sub(r"[{}]", r"\\\g<0>", markdown)


def written(text: Text) -> str:
    """A text that mentions no field."""
    return braced(text.string)


def front(
    title: str = "",
    includes: Sequence[Included] = (),
    fields: Mapping[str, str] | None = None,
    origin: Mapping[str, str] | None = None,
) -> str:
    """Front matter; "" when it would say nothing."""
    lines: list[str] = []
    if title:
        lines.append(f"title: {quoted(braced(title))}")
    lines += [f"{name}: {quoted(value)}" for name, value in (origin or {}).items()]
    if includes:
        lines.append("include:")
        for each in includes:
            path = quoted(each.path)
            lines.append(f"  - {{object: {path}, as: {quoted(each.prefix)}}}" if each.prefix else f"  - {path}")
    if fields:
        lines.append("fields:")
        lines += [f"  {quoted(key)}: {quoted(value)}" for key, value in fields.items()]
    return "\n".join(["---", *lines, "---", ""]) if lines else ""


def quoted(value: str) -> str:
    r"""A string as YAML that a person can read, and that is read back the same.

    >>> print(quoted("EUR 60"), quoted(r"a \{b}"), quoted("it's: {X}"), quoted("a\nb"))
    EUR 60 'a \{b}' 'it''s: {X}' "a\nb"
    """
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 /_.-]*(?<! )", value):
        return value
    if value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    shown = {"\n": "\\n", "\\": "\\\\", '"': '\\"'}
    return '"' + "".join(c if c.isprintable() and c not in shown else shown.get(c, f"\\U{ord(c):08x}") for c in value) + '"'


def body(sections: Sequence[Section], wording: Wording = written) -> str:
    """The sections as Markdown, each with its id."""
    return "\n".join(line for section in sections for line in _section(section, wording))


def _section(section: Section, wording: Wording) -> Iterator[str]:
    if section.id:
        words = wording(section.heading).replace("\\\n", " ").replace("\n", " ")
        yield " ".join(filter(None, ["#" * min(section.level, 6), words, f"{{#{section.id}}}"]))
        yield ""
    yield from _blocks(section.blocks, wording)
    if section.blocks:
        yield ""
    for child in section.children:
        yield from _section(child, wording)


def _blocks(blocks: Sequence[Block], wording: Wording) -> Iterator[str]:
    """The lines of blocks, an empty one between each two."""
    kinds: list[str] = []
    for number, block in enumerate(blocks):
        if number:
            yield ""
        before = kinds[-1] if kinds else ""
        match block:
            case Paragraph(text):
                kinds.append("")
                yield from paragraph(wording(text))
            case ItemList(items) if before != "(" and is_lettered(items):
                kinds.append("(")
                for count, item in enumerate(items):
                    if count:
                        yield ""
                    inner = item.blocks[0]
                    assert isinstance(inner, Paragraph)
                    first, *rest = paragraph(wording(inner.text))
                    yield f"{item.marker} {first}"
                    yield from rest
            case ItemList(items, ordered):
                kinds.append(_delimiter(before, ordered))
                yield from _items(items, kinds[-1], wording)
            case Quote(inner):
                kinds.append("")
                yield from (f"> {line}".rstrip() for line in _blocks(inner, wording))
            case Table(rows):
                kinds.append("")
                yield from _table(rows, wording)
            case Verbatim(text):
                kinds.append("")
                fence = "`" * max([3, *(len(run) + 1 for run in re.findall(r"`+", text.string))])
                yield from [fence, *text.string.split("\n"), fence]
            case Break():
                kinds.append("")
                yield "---"


def paragraph(markdown: str) -> list[str]:
    """The lines of a paragraph, none of which Markdown would take for the beginning of something else."""
    return [_LINE_START.sub(_unmistaken, line, count=1) if _LINE_START.match(line) else line for line in markdown.split("\n")]


def _unmistaken(match: re.Match[str]) -> str:
    if match[3]:
        return f"{match[1]}{match[3]}\\{match[4]}"
    return f"{match[1]}\\{match[2] or match[5]}"


def is_lettered(items: Sequence[Item]) -> bool:
    """Whether a list can be written with its markers in brackets, `(a)`: they follow each other, each a paragraph."""
    markers = [item.marker for item in items]
    if len(items) > 26 or not all(_LETTERED.fullmatch(marker) for marker in markers):
        return False
    if markers[0][1:-1] not in ("a", "A", "i", "I"):
        return False
    if any(not successor(one[1:-1], two[1:-1]) for one, two in pairwise(markers)):
        return False
    return all(len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph) and item.blocks[0].text for item in items)


def _delimiter(before: str, ordered: bool) -> str:
    """What ends the markers of a list, another one than that of a list just before it."""
    if ordered:
        return ")" if before == "." else "."
    return "*" if before == "-" else "-"


def _items(items: Sequence[Item], delimiter: str, wording: Wording) -> Iterator[str]:
    first = re.fullmatch(r"(\d{1,9})[.)]", items[0].marker)
    start = int(first[1]) if first else 1
    loose = any(len(item.blocks) > 1 for item in items)
    for count, item in enumerate(items):
        marker = f"{start + count}{delimiter}" if delimiter in ".)" else delimiter
        if count and loose:
            yield ""
        indent = " " * (len(marker) + 1)
        for number, line in enumerate(_blocks(item.blocks, wording)):
            yield f"{marker} {line}" if number == 0 else f"{indent}{line}" if line else ""


def _table(rows: Sequence[Sequence[Text]], wording: Wording) -> Iterator[str]:
    width = max(len(row) for row in rows)
    for number, row in enumerate(rows):
        cells = [wording(cell).replace("\\\n", " ").replace("|", "\\|") for cell in row]
        yield "| " + " | ".join(cells + [""] * (width - len(cells))) + " |"
        if number == 0:
            yield "|" + " --- |" * width
