"""What stands where in a text, as bytes and back for a cache: its title, its headings and the passages that are read."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from syngraph.engine.encoding import decode, encode
from syngraph.engine.text.clauses import Passage
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.provenance import Place, Text


@dataclass(frozen=True, slots=True)
class Heading:
    """What a section is called; `number` is "" for text before the first heading."""

    section: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A text, resolved and cut into passages; nothing in it is read yet.

    `holes` are the findings that mean that a part of the text is missing: what it says cannot be judged.
    """

    title: str
    headings: tuple[Heading, ...]
    holes: tuple[Finding, ...]
    passages: tuple[Passage, ...]

    def encoded(self) -> bytes:
        """The layout as bytes, for a cache: JSON, with each path and each chain of inclusions once."""
        paths: dict[str, int] = {}
        chains: dict[int, int] = {}
        chained: list[tuple[Place, ...]] = []

        def chain(places: tuple[Place, ...]) -> int:
            if id(places) not in chains:
                chains[id(places)] = len(chained)
                chained.append(places)
            return chains[id(places)]

        said = [
            [
                passage.section,
                passage.number,
                passage.prose,
                passage.text.string,
                [
                    [at, paths.setdefault(place.path, len(paths)), place.line, place.column, chain(place.chain)]
                    for at, place in passage.text.runs
                ],
            ]
            for passage in self.passages
        ]
        headings = [[heading.section, heading.number, heading.text] for heading in self.headings]
        others = encode((self.holes, tuple(chained))).decode("utf-8", "surrogatepass")
        whole = [self.title, headings, others, list(paths), said]
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")

    @staticmethod
    def decoded(content: bytes) -> "Layout":
        """The layout that was encoded. Raises: ValueError for other bytes."""
        try:
            title, headings, others, paths, said = json.loads(content.decode("utf-8", "surrogatepass"))
            holes, chains = decode(others.encode("utf-8", "surrogatepass"))
            named = tuple(Heading(*_strings(heading, 3)) for heading in headings)
            if not all(isinstance(hole, Finding) for hole in holes) or not all(_is_chain(chain) for chain in chains):
                raise ValueError("not an encoded layout")
            _strings([title, *paths], len(paths) + 1)
            return Layout(title, named, tuple(holes), tuple(_passages(said, paths, chains)))
        except (LookupError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"not an encoded layout: {error}") from error


def _passages(said: list[Any], paths: list[str], chains: tuple[Any, ...]) -> Iterator[Passage]:
    for section, number, prose, string, runs in said:
        _strings([section, number, string], 3)
        if type(prose) is not bool or (string and (not runs or runs[0][0] != 0)):
            raise ValueError("not a passage")
        places = []
        for run in runs:
            at, path, line, column, chain = run
            if not type(at) is type(path) is type(line) is type(column) is type(chain) is int:
                raise ValueError("not a place")
            places.append((at, Place(paths[path], line, column, chains[chain])))
        yield Passage(section, number, Text(string, tuple(places)), prose)


def _strings(values: Any, count: int) -> list[str]:
    if len(values) != count or not all(isinstance(value, str) for value in values):
        raise ValueError("not strings")
    return list(values)


def _is_chain(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(place, Place) for place in value)
