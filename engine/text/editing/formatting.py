"""The one layout of an object, which says what the object said: every section with its id, one blank line between blocks.

What is laid out anew: line ends, blanks at the ends of lines (but those that break a line), blank lines, the headings with
what stands in their braces, the depth of entries in the front matter. Comments, the order of things, preformatted text and
all words stay. The result is read again and compared, so that no layout can change what a text says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from syngraph.engine.text.editing import heads
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.lint.codes import STOPPING
from syngraph.engine.text.notations import markdown, yaml
from syngraph.engine.text.objects import ProseObject
from syngraph.engine.text.provenance import Place, Text

if TYPE_CHECKING:
    from markdown_it.token import Token

ROUNDS = 4
"""How often a text is laid out until it stays as it is; once is enough for all but odd ones."""


class FormattingError(TextError):
    """An object that cannot be read whole: laying it out could lose what was not read."""


def formatted(text: str, path: str) -> str:
    """The object in its layout; twice changes no more than once.

    Raises: FormattingError where a part of the object cannot be read, MarkdownError where it is too large.
    """
    source = text.replace("\r\n", "\n").replace("\r", "\n")
    known = markdown.read(source, path)
    for finding in known.findings:
        if finding.code in STOPPING:
            raise FormattingError(
                finding.message, "an object that can be read whole", finding.help or "mend it first", place=finding.place
            )
    for _ in range(ROUNDS):
        laid, said = _laid(source, path, known)
        if laid == source:
            break
        source, known = laid, said
    return source


def same(one: ProseObject, other: ProseObject) -> bool:
    """Whether two objects say the same, wherever in their files they say it, and have the same kinds of faults."""
    return bool(_said(one) == _said(other))


def _said(value: Any) -> Any:
    match value:
        case Text(string=string):
            return string
        case Place():
            return None
        case Finding(code=code):
            return code
        case tuple():
            return tuple(_said(each) for each in value)
        case _ if is_dataclass(value):
            # Whether an id is derived or written does not change what it is.
            return (type(value), *(_said(getattr(value, each.name)) for each in fields(value) if each.name != "derived"))
        case _:
            return value


def _laid(source: str, path: str, known: ProseObject) -> tuple[str, ProseObject]:
    """The first layout that says the same: the whole one, else one of the headings only, else the text as it is."""
    for layout in (_whole, _headings_only):
        laid = layout(source, path, known)
        if laid == source:
            break
        said = markdown.read(laid, path)
        if same(known, said):
            return laid, said
    return source, known


def _whole(source: str, path: str, known: ProseObject) -> str:
    front, body = _parts(source)
    tokens = markdown.parsed("\n".join(body))
    first = len(front)
    kept = _kept(tokens, len(body))
    for line, written in heads.written(tokens, body, first, known):
        body[line] = written
    blocks = [block for block in _blocks(tokens, body, kept) if block]
    laid = _front(front, path)
    for block in blocks:
        if laid and (laid[-1] or laid == [""]):
            laid.append("")
        laid.extend(block)
    if blocks and not front and blocks[0][0].rstrip() == "---":
        laid.insert(0, "")
    return "\n".join([*laid, ""]) if laid else ""


def _headings_only(source: str, path: str, known: ProseObject) -> str:
    front, body = _parts(source)
    for line, written in heads.written(markdown.parsed("\n".join(body)), body, len(front), known):
        body[line] = written
    return "\n".join([*front, *body])


def _parts(source: str) -> tuple[list[str], list[str]]:
    """The lines of the front matter with those that open and close it, and the lines below."""
    lines = source.split("\n")
    if lines[0].rstrip() != "---":
        return [], lines
    end = next(number for number in range(1, len(lines)) if lines[number].rstrip() in ("---", "..."))
    return lines[: end + 1], lines[end + 1 :]


# -- the body ----------------------------------------------------------------------------------------------------------


def _kept(tokens: Sequence["Token"], count: int) -> list[str]:
    """For each line of the body what its end must be: "fence" as it is, "break" two blanks, else nothing."""
    kept = [""] * (count + 1)
    for token in tokens:
        if not token.map:
            continue
        first, end = token.map
        if token.type == "fence":
            kept[first:end] = ["fence"] * (end - first)
        elif token.type == "inline":
            for number, line in enumerate(token.content.split("\n")[:-1]):
                if line.endswith("  "):
                    kept[first + number] = "break"
    return kept


def _blocks(tokens: Sequence["Token"], body: Sequence[str], kept: Sequence[str]) -> Iterator[list[str]]:
    """The lines of each block at the top, with no blank lines around them."""
    starts = [token.map[0] for token in tokens if token.level == 0 and token.nesting >= 0 and token.map]
    bounds = [0, *starts, len(body)]
    for first, end in pairwise(bounds):
        block: list[str] = []
        least = 0
        for number in range(first, end):
            line = body[number]
            if kept[number] == "fence":
                block.append(line)
                least = len(block)
                continue
            line = line.rstrip(" \t") + ("  " if kept[number] == "break" else "")
            if line or (block and block[-1]):
                block.append(line)
        while len(block) > least and not block[-1]:
            block.pop()
        yield block


# -- the front matter --------------------------------------------------------------------------------------------------

_KEY = re.compile(r"[\w.-]+:\s*(?:#.*)?$")


def _front(lines: Sequence[str], path: str) -> list[str]:
    """The front matter without blanks at the ends of lines, what stands below a key two columns in; else as it is."""
    if not lines:
        return []
    inner = list(lines[1:-1])
    said = _said_by(inner, path)
    for step in (_trimmed, _indented):
        laid = step(inner)
        if _said_by(laid, path) == said:
            inner = laid
    return ["---", *inner, "---"]


def _said_by(lines: Sequence[str], path: str) -> Any:
    """What front matter says, with the order of its keys; nothing equals what cannot be read."""
    try:
        return _said(yaml.read("\n".join(lines), path))
    except TextError:
        return object()


def _trimmed(lines: Sequence[str]) -> list[str]:
    return [line.rstrip(" \t") for line in lines]


def _indented(lines: Sequence[str]) -> list[str]:
    """The lines with each group below a key moved as one, so that its first entry is two columns in."""
    laid: list[str] = []
    group: list[str] | None = None
    for line in lines:
        if line[:1] not in ("", " ", "#", "-"):
            laid += _moved(group or [])
            group = [] if _KEY.match(line) else None
            laid.append(line)
        elif group is None:
            laid.append(line)
        else:
            group.append(line)
    return laid + _moved(group or [])


def _moved(group: Sequence[str]) -> list[str]:
    entries = [line for line in group if line.strip() and not line.lstrip().startswith("#")]
    if not entries:
        return list(group)
    by = 2 - min(len(line) - len(line.lstrip(" ")) for line in entries)
    return [" " * max(len(line) - len(line.lstrip(" ")) + by, 0) + line.lstrip(" ") if line.strip() else line for line in group]
