"""The one layout of an object, which says what the object said: every section with its id, one blank line between blocks.

What is laid out anew: line ends, blanks at the ends of lines (but those that break a line), blank lines, the headings with
what stands in their braces, the depth of entries in the front matter. Comments, the order of things, preformatted text and
all words stay. The result is read again and compared, so that no layout can change what a text says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from syngraph.engine.text.editing import heads
from syngraph.engine.text.editing.heads import Heading
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.lint.codes import STOPPING
from syngraph.engine.text.notations import markdown, yaml
from syngraph.engine.text.objects import ProseObject
from syngraph.engine.text.provenance import Place, Text
from syngraph.engine.text.store import decoded

if TYPE_CHECKING:
    from markdown_it.token import Token

ROUNDS = 4
"""How often a text is laid out until it stays as it is; once is enough for all but odd ones."""


_MARK = "\ufeff"
"""At the beginning of a file no character, but a mark of how it is encoded."""


class FormattingError(TextError):
    """An object that cannot be read whole: laying it out could lose what was not read."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A text with what it says and what its layout hangs on.

    `front` are the lines of the front matter with those around it, `body` those below. For each line of the body `kept` says
    what its end must be: "fence" as it is, "break" two blanks, else nothing. `starts` are the lines of the body at which blocks
    begin.
    """

    source: str
    said: ProseObject
    front: list[str]
    body: list[str]
    kept: list[str]
    starts: list[int]
    headings: list[Heading]


def formatted(text: str, path: str) -> str:
    """The object in its layout; twice changes no more than once.

    Raises: FormattingError where a part of the object cannot be read, where it would be too long to be read with all its ids,
    and where its first character would be taken for a mark of the encoding; MarkdownError where it is too long as it is.
    """
    source = text.replace("\r\n", "\n").replace("\r", "\n")
    if source.startswith(_MARK):
        found = "a second mark of the encoding (U+FEFF) at the beginning"
        raise FormattingError(found, "text that begins with its first character", "take it out", place=Place(path, 1, 1))
    _refuse_large(source, path)
    known = _read(source, path)
    for finding in known.said.findings:
        if finding.code in STOPPING:
            raise FormattingError(finding.message, "", finding.help or "mend it first", place=finding.place)
    for _ in range(ROUNDS):
        later = _laid(known, path)
        if later is known:
            break
        known = later
    return known.source


def same(one: ProseObject, other: ProseObject) -> bool:
    """Whether two objects say the same, wherever in their files they say it, and have the same kinds of faults."""
    return _alike(one, other)


def _alike(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    match one:
        case Text():
            return bool(one.string == other.string)
        case Place():
            return True
        case Finding():
            return bool(one.code == other.code)
        case tuple():
            return len(one) == len(other) and all(map(_alike, one, other))
        case _ if is_dataclass(one):
            return all(_alike(getattr(one, name), getattr(other, name)) for name in _names(one.__class__))
        case _:
            return bool(one == other)


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """What a thing says; whether an id is derived or written does not change what it is."""
    return tuple(each.name for each in fields(kind) if each.name != "derived")


def _read(source: str, path: str) -> _Read:
    front, body = _parts(source)

    def see(tokens: Sequence["Token"]) -> tuple[list[str], list[int], list[Heading]]:
        starts = [token.map[0] for token in tokens if token.level == 0 and token.nesting >= 0 and token.map]
        return _kept(tokens, len(body)), starts, heads.found(tokens)

    said, seen = markdown.read_with_blocks(source, path, see)
    return _Read(source, said, front, body, *seen)


def _laid(known: _Read, path: str) -> _Read:
    """The first layout that says the same: the whole one, else one of the headings only, else the text as it is."""
    body = _headed(known)
    for lay in (_whole, _headings_only):
        laid = lay(known, body, path)
        if laid == known.source:
            break
        _short_enough(known.source, len(laid), path)
        later = _read(decoded(laid.encode(), path), path)  # as it will be read from the file
        if _alike(known.said, later.said):
            return later
    return known


def _headed(known: _Read) -> list[str]:
    """The lines of the body with the headings laid out."""
    body = list(known.body)
    for line, written in heads.written(known.headings, body, len(known.front), known.said):
        body[line] = written
    return body


def _refuse_large(source: str, path: str) -> None:
    """Refuses what is surely too long with the ids of its sections, before it is read: blank lines and blanks do not count.

    Raises: FormattingError
    """
    if len(source) > markdown.MAX_CHARACTERS or any(fence in source for fence in ("```", "~~~")):
        return
    front, body = _parts(source)
    lines = [line for line in map(str.rstrip, body) if line]
    length = sum(map(len, front)) + sum(map(len, lines)) + len(lines) + sum(map(heads.growth, lines))
    _short_enough(source, length, path)


def _short_enough(source: str, length: int, path: str) -> None:
    if length > markdown.MAX_CHARACTERS:
        raise FormattingError(
            f"a text of {len(source):,} characters, which would have at least {length:,} with the ids of its sections",
            f"at most {markdown.MAX_CHARACTERS:,} once they are written",
            "split it, and include the parts",
            path,
        )


def _whole(known: _Read, body: Sequence[str], path: str) -> str:
    blocks = [block for block in _blocks(known, body) if block]
    laid = _front(known.front, path)
    for block in blocks:
        if laid and (laid[-1] or laid == [""]):
            laid.append("")
        laid.extend(block)
    if blocks and not known.front and blocks[0][0].rstrip() == "---":
        laid.insert(0, "")
    return "\n".join([*laid, ""]) if laid else ""


def _headings_only(known: _Read, body: Sequence[str], path: str) -> str:
    return "\n".join([*known.front, *body])


def _parts(source: str) -> tuple[list[str], list[str]]:
    """The lines of the front matter with those that open and close it, and the lines below."""
    lines = source.split("\n")
    if lines[0].rstrip() != "---":
        return [], lines
    end = next((number for number in range(1, len(lines)) if lines[number].rstrip() in ("---", "...")), -1)
    return lines[: end + 1], lines[end + 1 :]


# -- the body ----------------------------------------------------------------------------------------------------------


def _kept(tokens: Sequence["Token"], count: int) -> list[str]:
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


def _blocks(known: _Read, body: Sequence[str]) -> Iterator[list[str]]:
    """The lines of each block at the top, with no blank lines around them."""
    for first, end in pairwise([0, *known.starts, len(body)]):
        block: list[str] = []
        least = 0
        for number in range(first, end):
            line = body[number]
            if known.kept[number] == "fence":
                block.append(line)
                least = len(block)
                continue
            line = line.rstrip(" \t") + ("  " if known.kept[number] == "break" else "")
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
        if said is not None and _alike(said, _said_by(laid, path)):
            inner = laid
    return ["---", *inner, "---"]


def _said_by(lines: Sequence[str], path: str) -> Any:
    """What front matter says, with the order of its keys; None where it cannot be read."""
    try:
        return yaml.read("\n".join(lines), path)
    except TextError:
        return None


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
