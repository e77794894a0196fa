"""The sections of a text, as rules name each other by them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from syngraph.engine.text.clauses import PlacedRule
from syngraph.engine.text.document import Document, Section

_LINK = re.compile(r"\[[^\]]*\]\(#([\w.:-]+)\)")


@dataclass(frozen=True, slots=True)
class Sections:
    """`numbers` has the id of each section number, `ids` the number of each id.

    `parents` has, for every id, that of the section that it stands in, "" for none.
    """

    numbers: Mapping[str, str]
    ids: Mapping[str, str]
    parents: Mapping[str, str]

    def named(self, name: str) -> str:
        """The id of a section named in a sentence, as `#id` or by its number; "" where there is none."""
        id_ = name[1:] if name.startswith("#") else self.numbers.get(name.partition("(")[0], "")
        return id_ if id_ in self.parents else ""

    def path(self, section: str) -> tuple[str, ...]:
        """The section and those that it stands in, innermost first."""
        found = [section]
        while parent := self.parents.get(found[-1], ""):
            if parent in found:
                break
            found.append(parent)
        return tuple(found)

    def spoken(self, text: str) -> str:
        """A text with the numbers of the sections that it links to (`section 3`)."""
        return _LINK.sub(lambda link: f"section {self.ids.get(link[1], link[1])}", text)


def of(document: Document) -> Sections:
    """The sections of a document. Of two with one id or one number the first counts."""
    numbers: dict[str, str] = {}
    ids: dict[str, str] = {}
    parents: dict[str, str] = {}
    stack: list[tuple[str, Section]] = [("", section) for section in reversed(document.sections)]
    while stack:
        above, section = stack.pop()
        parents.setdefault(section.id, above)
        if section.number:
            numbers.setdefault(section.number, section.id)
            ids.setdefault(section.id, section.number)
        stack += [(section.id, child) for child in reversed(section.children)]
    return Sections(numbers, ids, parents)


def where(placed: PlacedRule) -> str:
    """A rule by its place, for a message: `section 3, a.md:12`."""
    clause = placed.clause
    place = f"{clause.place.path}:{clause.place.line}"
    return f"section {clause.number}, {place}" if clause.number else place


def told(placed: Iterable[PlacedRule]) -> str:
    """Several rules by their places, at most five of them."""
    known = list(placed)
    more = f" and {len(known) - 5} more" if len(known) > 5 else ""
    return ", ".join(where(each) for each in known[:5]) + more
