"""Where a key is bound: its own file, or the first object in it, in the order of the lines and depth first, that binds it.

A record that is empty or `0` binds nothing, and ends the search in its file all the same. What a search finds depends on the
store alone, not on who asks, so that it is kept for every (file, key) that was passed on the way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.notations.commonaccord.records import MANY, Records, Reference
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.provenance import Place

MAX_FINDINGS = 1_000


class Step(NamedTuple):
    """A reference that a search went through, and those after it."""

    path: bytes
    reference: Reference
    below: "Step | None"


class Found(NamedTuple):
    """A binding: its value, the object it stands in and the key it has there, and the way to it, None where it is the object asked."""

    value: bytes
    path: bytes
    key: bytes
    way: Step | None


class Absent(Exception):
    """A search came to a reference whose object is not there: `path`."""

    def __init__(self, path: bytes) -> None:
        self.path = path
        super().__init__(path)


class _Node:
    """An object as searches see it: what was found in it so far, by key, and the objects that it refers to."""

    __slots__ = ("faulty", "kept", "path", "records", "ways")

    def __init__(self, path: bytes) -> None:
        self.path = path
        self.records: Records | None = None
        self.faulty = False
        self.kept: dict[bytes, Found | Absent | _Open | None] = {}
        self.ways: tuple[tuple[Reference, _Node], ...] | None = None
        """None until the object has been read."""

    def matching(self, key: bytes) -> "Iterable[tuple[Reference, _Node]]":
        """The references that are asked for the key, with where they lead."""
        ways = self.ways or ()
        if len(ways) <= MANY:
            return [way for way in ways if key.startswith(way[0].prefix)]
        assert self.records is not None
        return [ways[reference.order] for reference in self.records.matching(key)]


@dataclass(slots=True, frozen=True, eq=False)
class _Open:
    """That a key is being looked for in an object right now, in the frame number `depth`; or was, within a cycle (-1)."""

    depth: int


_LATER = _Open(-1)


@dataclass(slots=True, eq=False)
class _Frame:
    """A file in which a key is being looked for. `depth` is the lowest frame that a cycle below led back to."""

    node: _Node
    key: bytes
    ways: Iterator[tuple[Reference, _Node]]
    reference: Reference | None
    depth: int


@dataclass(slots=True, eq=False)
class Search:
    """Searches in a store. With `strict`, an object that is not there ends everything (`Absent`), as in the reference.

    Otherwise it is a finding, and the search goes on as if the object were empty.
    """

    store: Store
    strict: bool = False
    findings: list[Finding] = field(default_factory=list)
    _nodes: dict[bytes, _Node] = field(default_factory=dict)
    _told: set[tuple[bytes, int, str]] = field(default_factory=set)

    def find(self, path: bytes, key: bytes) -> Found | None:
        """What binds the key in the object at `path`, None for nothing. Raises: Absent, where the search is strict."""
        node = self._node(path)
        frames: list[_Frame] = []
        result = self._entered(node, key, frames)
        if frames:
            result = self._sought(frames)
        if result.__class__ is Absent:
            raise Absent(result.path)  # type: ignore[union-attr]
        return result  # type: ignore[return-value]

    def _node(self, path: bytes) -> _Node:
        node = self._nodes.get(path)
        if node is None:
            node = self._nodes[path] = _Node(path)
        return node

    def _sought(self, frames: list[_Frame]) -> Found | Absent | None:
        unsure: list[tuple[_Node, bytes]] = []
        while True:
            frame = frames[-1]
            result: Found | Absent | None = None
            key = frame.key
            for reference, node in frame.ways:
                rest = key[reference.cut :]
                if not rest or rest == b"0":
                    rest = key
                hit = node.kept.get(rest, frame)
                if hit is None:
                    continue
                frame.reference = reference
                if hit is frame:
                    result = self._entered(node, rest, frames)
                    if result is not None or frames[-1] is not frame:
                        break
                elif hit.__class__ is _Open:
                    frame.depth = min(frame.depth, max(hit.depth, 0))  # type: ignore[union-attr]
                    if hit is not _LATER:
                        self._cycle(frames, hit.depth)  # type: ignore[union-attr]
                else:
                    result = hit  # type: ignore[assignment]
                    break
            if frames[-1] is not frame:
                continue
            # Nothing more to try here, or something was found: back to the file that asked.
            while True:
                if result.__class__ is Found:
                    value, where, name, way = result  # type: ignore[misc]
                    result = Found(value, where, name, Step(frame.node.path, frame.reference, way))  # type: ignore[arg-type]
                frames.pop()
                if not frames:
                    del frame.node.kept[frame.key]
                    for node, rest in unsure:
                        del node.kept[rest]
                    return result
                if frame.depth >= len(frames):
                    frame.node.kept[frame.key] = result
                else:
                    frame.node.kept[frame.key] = _LATER
                    unsure.append((frame.node, frame.key))
                    frames[-1].depth = min(frames[-1].depth, frame.depth)
                frame = frames[-1]
                if result is None:
                    break

    def _entered(self, node: _Node, key: bytes, frames: list[_Frame]) -> Found | Absent | None:
        """Looks into an object itself; where its references are to be asked, they are a new frame."""
        if node.ways is None:
            self._read(node)
        records = node.records
        if node.faulty:
            self._fault(frames, "SG109", f"the inclusion {self.store.faults[node.path]}", "put what you need into the store")
        if records is None:
            if not self.strict and not node.faulty:
                self._fault(frames, "SG103", "there is no such object", "write the object, or mend the path")
            return Absent(node.path) if self.strict else None
        own = records.get(key)
        if own is not None:
            return Found(own, node.path, key, None) if own and own != b"0" else None
        if node.ways and (ways := node.matching(key)):
            node.kept[key] = _Open(len(frames))
            frames.append(_Frame(node, key, iter(ways), None, len(frames)))
        return None

    def _read(self, node: _Node) -> None:
        records = node.records = self.store.records(node.path)
        node.ways = tuple((each, self._node(each.path)) for each in records.references) if records is not None else ()
        node.faulty = node.path in self.store.faults

    # -- faults --------------------------------------------------------------------------------------------------------

    def _cycle(self, frames: list[_Frame], depth: int) -> None:
        names = [shown(frame.node.path) for frame in frames[depth:]]
        circle = " → ".join([*names[:4], *(["..."] if len(names) > 4 else []), names[0]])
        key = shown(frames[-1].key)
        self._fault(frames, "SG104", f"the inclusions lead back: {circle}, looking for {key}", "leave one of them out")

    def _fault(self, frames: list[_Frame], code: str, message: str, help: str) -> None:
        reference = frames[-1].reference if frames else None
        if reference is None:
            return
        told = (frames[-1].node.path, reference.order, code)
        if told in self._told or len(self.findings) >= MAX_FINDINGS:
            return
        self._told.add(told)
        *through, place = [self.place(frame.node.path, frame.reference) for frame in frames[-40:] if frame.reference is not None]
        where = Place(place.path, place.line, place.column, tuple(through))
        self.findings.append(found(code, f"{shown(reference.path)}: {message}", where, help))

    def place(self, path: bytes, reference: Reference) -> Place:
        """Where a reference of the object at `path` stands."""
        records = self.store.records(path)
        line, column = records.place(reference) if records is not None else (1, 1)
        return Place(shown(path), line, column)


def shown(name: bytes) -> str:
    """A name for people and for texts: as UTF-8, other bytes escaped so that they can be had back."""
    return name.decode("utf-8", "surrogateescape")
