"""Where a key is bound: its own file, or the first object in it, in the order of the lines and depth first, that binds it.

A record that is empty or `0` binds nothing, and ends the search in its file all the same. What a search finds depends on the
store alone, not on who asks, so that it is kept for every (file, key) that was passed on the way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.notations.commonaccord.records import BLANKS, MANY, Records, Reference
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.provenance import Place

MAX_FINDINGS = 1_000
MAX_CHAIN = 40
STEP = 8
MAX_WORK = 8_000_000
"""How much is looked for, for one document, in references asked: a file entered counts `STEP` of them, more with a long key.

The largest documents known take some 300,000.
"""
_new = tuple.__new__
"""Makes a named tuple of a tuple, which there are too many of for their own constructors."""


class Step(NamedTuple):
    """A reference that a search went through, and those after it."""

    path: bytes
    reference: Reference
    below: "Step | None"


class Found(NamedTuple):
    """A binding: its value, the object it stands in, its key there, and the way to it (None: the object that was asked)."""

    value: bytes
    path: bytes
    key: bytes
    way: Step | None

    def references(self) -> "Iterator[Reference]":
        """The references on the way, the outermost first."""
        at = self.way
        while at is not None:
            yield at.reference
            at = at.below


class AbsentError(Exception):
    """A search came to a reference whose object is not there: `path`."""

    def __init__(self, path: bytes) -> None:
        self.path = path
        super().__init__(path)


class _Node:
    """An object as searches see it: what was found in it so far, by key, and the objects that it refers to."""

    __slots__ = ("_always", "_by_prefix", "_lengths", "faulty", "kept", "path", "records", "values", "ways")

    def __init__(self, path: bytes) -> None:
        self.path = path
        self.records: Records | None = None
        self.values: Mapping[bytes, bytes] = {}
        self.faulty = False
        self.kept: dict[bytes, Found | AbsentError | int | None] = {}
        """A number while the key is being looked for: that of the file on the way; -1 after that, where a cycle was cut."""
        self.ways: tuple[_Way, ...] | None = None
        """None until the object has been read."""
        self._lengths: tuple[int, ...] = ()
        self._always: tuple[_Way, ...] = ()
        self._by_prefix: dict[bytes, list[_Way]] = {}

    def leads(self, ways: "tuple[_Way, ...]") -> None:
        """Takes note of where the references lead; of many, by their prefixes."""
        self.ways = ways
        if len(ways) > MANY:
            for way in ways:
                self._by_prefix.setdefault(way[0], []).append(way)
            self._always = tuple(self._by_prefix.pop(b"", ()))
            self._lengths = tuple(sorted({len(prefix) for prefix in self._by_prefix}))

    def asked(self, key: bytes) -> "Sequence[_Way]":
        """The references that may have to be asked for the key, in the order of their lines."""
        if not self._lengths:
            return self.ways or ()
        by_prefix = self._by_prefix
        found: Sequence[_Way] = self._always
        merged = False
        for length in self._lengths:
            group = by_prefix.get(key[:length])
            if group is not None and length <= len(key):
                merged = bool(found)
                found = [*found, *group] if found else group
        return sorted(found, key=_order) if merged else found


_Way = tuple[bytes, int, _Node, Reference, int]
_order = itemgetter(4)
_Passed = tuple[_Node, bytes, Iterator[_Way], Reference, int]
"""A file on the way: its key, what is left to try in it, the reference that is being tried, and how far back a cycle leads."""


@dataclass(slots=True, eq=False)
class Search:
    """Searches in a store. With `strict`, an object that is not there ends everything (`AbsentError`), as in the reference.

    Otherwise it is a finding, and the search goes on as if the object were empty.
    """

    store: Store
    strict: bool = False
    findings: list[Finding] = field(default_factory=list)
    work: int = 0
    """What the present root has taken; past `MAX_WORK` nothing more is looked for in what it includes."""
    _nodes: dict[bytes, _Node] = field(default_factory=dict)
    _told: set[tuple[bytes, int, str]] = field(default_factory=set)

    def find(self, path: bytes, key: bytes) -> Found | None:
        """What binds the key in the object at `path`, None for nothing. Raises: AbsentError, where the search is strict."""
        node = self._nodes.get(path) or self._node(path)
        if node.ways is None:
            self._read(node)
        own = node.values.get(key)
        if own is None:
            if node.records is None:
                if self.strict:
                    raise AbsentError(path)
                return None
            own = node.records.get(key)
        if own is not None:
            return _new(Found, (own, path, key, None)) if own and own != b"0" else None
        result = self._sought(node, key) if node.ways else None
        if isinstance(result, AbsentError):
            raise AbsentError(result.path)
        return result

    def _sought(self, node: _Node, key: bytes) -> Found | AbsentError | None:
        """What the references of an object find, depth first; the files on the way are in `passed`."""
        if self.work > MAX_WORK:
            return None
        plain = b"=" not in key and key[-1:] not in BLANKS
        passed: list[_Passed] = []
        unsure: list[tuple[_Node, bytes]] = []
        several = node.asked(key)
        asked, lowest = iter(several), 0
        work = len(several)
        node.kept[key] = 0
        while True:
            result: Found | AbsentError | None = None
            below = None
            for prefix, cut, child, reference, _ in asked:
                if not key.startswith(prefix):
                    continue
                rest = key[cut:] if cut else key
                if not rest or rest == b"0":
                    rest = key
                hit = child.kept.get(rest, False)
                if hit is None:
                    continue
                if hit is not False:
                    if hit.__class__ is not int:
                        result = hit  # type: ignore[assignment]
                        break
                    lowest = min(lowest, max(hit, 0))
                    if hit != -1 and self._untold("SG104", node, reference):
                        self._cycle([*passed, (node, key, asked, reference, 0)], hit)
                    continue
                if child.ways is None:
                    self._read(child)
                if child.faulty or child.records is None:
                    if self._untold("SG109" if child.faulty else "SG103", node, reference):
                        self._fault([*passed, (node, key, asked, reference, 0)], child)
                    if child.records is None:
                        if self.strict:
                            result = AbsentError(child.path)
                            break
                        continue
                own = child.values.get(rest) if plain else child.records.get(rest)
                if own is not None:
                    if own and own != b"0":
                        result = _new(Found, (own, child.path, rest, None))
                        break
                elif child.ways:
                    below = child
                    break
            if below is not None:
                passed.append((node, key, asked, reference, lowest))
                node, key, lowest = below, rest, len(passed)
                several = node.asked(key)
                asked = iter(several)
                work += STEP + len(several) + (len(rest) >> 4)
                if self.work + work > MAX_WORK:
                    self.work += work
                    self._given_up(passed, unsure)
                    return None
                node.kept[key] = lowest
                continue
            # Nothing more to try here, or something was found: back to the file that asked.
            while True:
                if result.__class__ is Found:
                    value, where, name, way = result
                    result = _new(Found, (value, where, name, _new(Step, (node.path, reference, way))))
                if not passed:
                    del node.kept[key]
                    for each, rest in unsure:
                        del each.kept[rest]
                    self.work += work + STEP
                    return result
                if lowest >= len(passed):
                    node.kept[key] = result
                    lowest = len(passed)
                else:
                    node.kept[key] = -1
                    unsure.append((node, key))
                node, key, asked, reference, low = passed.pop()
                lowest = min(low, lowest)
                if result is None:
                    break

    def _given_up(self, passed: Sequence[_Passed], unsure: Iterable[tuple[_Node, bytes]]) -> None:
        """Leaves a search that would go on for too long, and forgets what it does not know for sure."""
        for each, key in (*((each[0], each[1]) for each in passed), *unsure):
            del each.kept[key]

    def _node(self, path: bytes) -> _Node:
        node = self._nodes.get(path)
        if node is None:
            node = self._nodes[path] = _Node(path)
        return node

    def _read(self, node: _Node) -> None:
        records = node.records = self.store.records(node.path)
        if records is not None:
            node.values = records.values
        references = records.references if records is not None else ()
        node.leads(tuple((each.prefix, each.cut, self._node(each.path), each, each.order) for each in references))
        node.faulty = node.path in self.store.faults

    # -- faults --------------------------------------------------------------------------------------------------------

    def _fault(self, passed: Sequence[_Passed], child: _Node) -> None:
        if child.faulty:
            message = f"the inclusion {self.store.faults[child.path]}"
            self._tell(passed, "SG109", message, "put what you need into the store")
        elif not self.strict:
            self._tell(passed, "SG103", "there is no such object", "write the object, or mend the path")

    def _cycle(self, passed: Sequence[_Passed], depth: int) -> None:
        names = [shown(each[0].path) for each in passed[depth : depth + 5]]
        circle = " → ".join([*names[:4], *(["..."] if len(names) > 4 else []), names[0]])
        key = shown(passed[-1][1])
        self._tell(passed, "SG104", f"the inclusions lead back: {circle}, looking for {key}", "leave one of them out")

    def _untold(self, code: str, node: _Node, reference: Reference) -> bool:
        """Whether a fault of a reference is still to be told."""
        return len(self.findings) < MAX_FINDINGS and (node.path, reference.order, code) not in self._told

    def _tell(self, passed: Sequence[_Passed], code: str, message: str, help: str) -> None:
        reference = passed[-1][3]
        self._told.add((passed[-1][0].path, reference.order, code))
        *through, place = [self.place(each[0].path, each[3]) for each in passed[-MAX_CHAIN:]]
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
