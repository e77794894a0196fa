"""The headings of an object in their layout: one blank after the number signs, and the braces with the id first."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from syngraph.engine.text.notations.markdown import ATTRIBUTE, ATTRIBUTES, BRACES
from syngraph.engine.text.objects import Draft, ProseObject

if TYPE_CHECKING:
    from markdown_it.token import Token

_SIGNS = re.compile(r" {0,3}(#{1,6})(?:[ \t]|$)")


def written(tokens: Sequence["Token"], body: Sequence[str], first: int, known: ProseObject) -> Iterator[tuple[int, str]]:
    """The lines of the body, from 0, that hold the end of a heading, as they are to be; `first` lines stand above the body.

    A heading with something in its braces that nobody reads, or an id that another section has, is left to its author.
    """
    faulty = {finding.place.line for finding in known.findings if finding.code in ("SG105", "SG114")}
    drafts = iter(draft for draft in walk(known.sections) if draft.place.line > first and draft.level and draft.id)
    for index, token in enumerate(tokens):
        if token.type != "heading_open" or token.level or not token.map:
            continue
        draft = next(drafts)
        begin, end = token.map
        if any(first + number + 1 in faulty for number in range(begin, end)):
            continue
        if signs := _SIGNS.match(body[begin]):
            line = _line(tokens[index + 1].content.strip(), draft)
            if line is not None:
                yield begin, f"{signs[1]} {line}"
        else:
            line = (
                _line(body[end - 2].rstrip(), draft) if BRACES.search(body[end - 2]) or not _braced(tokens[index + 1]) else None
            )
            if line is not None:
                yield end - 2, line


def walk(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Sections as written, each before those below it."""
    for draft in drafts:
        yield draft
        yield from walk(draft.children)


def _braced(inline: "Token") -> bool:
    return BRACES.search(inline.content.replace("\n", " ")) is not None


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
