"""The headings of an object in their layout: one blank after the number signs, and the braces with the id first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from syngraph.engine.text.notations.markdown import ATTRIBUTE, ATTRIBUTES, BRACES, slug
from syngraph.engine.text.objects import Draft, ProseObject

if TYPE_CHECKING:
    from markdown_it.token import Token

_PLAIN = re.compile(r"(#{1,6})[ \t]+(.*)", re.DOTALL)
_SIGNS = re.compile(r" {0,3}(#{1,6})(?:[ \t]|$)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the lines of a body from `begin` up to and not including `end`, from 0, and its words."""

    begin: int
    end: int
    content: str


def found(tokens: Sequence["Token"]) -> list[Heading]:
    """The headings that make sections, in their order."""
    return [
        Heading(token.map[0], token.map[1], tokens[index + 1].content)
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and not token.level and token.map
    ]


def written(headings: Sequence[Heading], body: Sequence[str], first: int, known: ProseObject) -> Iterator[tuple[int, str]]:
    """The lines of the body, from 0, that hold the end of a heading, as they are to be; `first` lines stand above the body.

    A heading with something in its braces that nobody reads, or an id that another section has, is left to its author.
    """
    faulty = {finding.place.line for finding in known.findings if finding.code in ("SG105", "SG114")}
    drafts = iter(draft for draft in walk(known.sections) if draft.place.line > first and draft.level and draft.id)
    for heading in headings:
        draft = next(drafts)
        begin, end = heading.begin, heading.end
        if any(first + number + 1 in faulty for number in range(begin, end)):
            continue
        if signs := _SIGNS.match(body[begin]):
            line = _line(heading.content.strip(), draft)
            if line is not None:
                yield begin, f"{signs[1]} {line}"
        else:
            last = body[end - 2]
            line = _line(last.rstrip(), draft) if BRACES.search(last) or not _braced(heading.content) else None
            if line is not None:
                yield end - 2, line


def growth(line: str) -> int:
    """By how many characters at least a line of the body becomes longer when it is a heading that gets an id."""
    match = _PLAIN.match(line)
    if match is None or BRACES.search(line):
        return 0
    words = match[2].rstrip("# \t")
    return len(f"{match[1]} {words} {{#{slug(words)}}}") - len(line)


def walk(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Sections as written, each before those below it."""
    for draft in drafts:
        yield draft
        yield from walk(draft.children)


def _braced(content: str) -> bool:
    return BRACES.search(content.replace("\n", " ")) is not None


def _line(content: str, draft: Draft) -> str | None:
    """The last line of a heading in its layout; None where its braces say a thing twice."""
    match = BRACES.search(content)
    said: dict[str, str] = {"id": f"#{draft.id}"}
    for part in ATTRIBUTE.finditer(content, match.start(1), match.end(1)) if match else ():
        name = "id" if part["id"] else part["mark"] or part["name"] or ""
        said[name] = part[0]
    order = ("id", "prose", *ATTRIBUTES)
    if any(name not in order for name in said):
        return None
    words = (content[: match.start()] if match else content).rstrip()
    braces = f"{{{' '.join(said[name] for name in order if name in said)}}}"
    return f"{words} {braces}" if words else braces
