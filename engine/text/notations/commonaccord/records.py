"""One object in the notation of CommonAccord: its lines as records and references.

A line ends at LF only. What stands before its first `=` is its key, blanks at the end of the key and at the beginning of the
value are none of it; every other byte counts. There are no comments and no escapes. A line whose value begins with `[` at
once is a reference to another object as well as a record.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

BLANKS = b" \t\r\f\v\n"
_LINE = re.compile(rb"(?m)^([^=\n]*)=(.*)")
_order = attrgetter("order")
_REFERENCE = re.compile(rb"\[(.+?)\]")
_VALUE = re.compile(rb"[ \t\r\f\v]*")
EQUALS = ord("=")
MANY = 8
"""From how many references on they are looked up by the length of their prefixes."""


@dataclass(frozen=True, slots=True)
class Record:
    """A key with its value, and where the value stands. `column` counts characters from 1."""

    key: bytes
    value: bytes
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Reference:
    """Another object, asked for keys that begin with `prefix`. `order` is its rank among the references of its file.

    `cut` is how much of a key the prefix takes away: nothing for the prefix `0`, which counts as none.
    """

    prefix: bytes
    path: bytes
    order: int
    cut: int

    def rest(self, key: bytes) -> bytes:
        """The key that the object is asked for; the whole one where nothing or `0` would be left."""
        rest = key[self.cut :]
        return rest if rest not in (b"", b"0") else key

    @property
    def scope(self) -> bytes:
        """What the reference adds to the scope of the values that come through it."""
        return self.prefix[: self.cut]


class Records:
    """The records and references of one object. Of two records with the same key the first counts."""

    __slots__ = ("_by_prefix", "_deep", "_lengths", "_places", "content", "references", "values")

    def __init__(self, content: bytes) -> None:
        self.content = content
        lines: list[tuple[bytes, bytes]] = _LINE.findall(content)
        self.values = {key.rstrip(BLANKS): value.lstrip(BLANKS) for key, value in reversed(lines)}
        references: list[Reference] = []
        for prefix, value in lines:
            if value[:1] == b"[" and (path := _REFERENCE.match(value)):
                references.append(Reference(prefix, path[1], len(references), 0 if prefix == b"0" else len(prefix)))
        self.references = tuple(references)
        self._by_prefix: dict[bytes, list[Reference]] = {}
        self._lengths: tuple[int, ...] = ()
        self._deep: _Deep | None = None
        self._places: tuple[dict[bytes, Record], list[tuple[int, int]]] | None = None
        if len(references) > MANY:
            for reference in references:
                self._by_prefix.setdefault(reference.prefix, []).append(reference)
            self._lengths = tuple(sorted({len(prefix) for prefix in self._by_prefix}))

    def get(self, key: bytes) -> bytes | None:
        """The value of the first record with that key, which may be empty; None when there is no such record."""
        value = self.values.get(key)
        if value is None and key and (b"=" in key or key[-1:] in BLANKS):
            deep = self._lines_by_step()
            place = deep.find(key)
            return deep.lines[place[0]][place[1] :] if place else None
        return value

    def matching(self, key: bytes) -> Sequence[Reference]:
        """The references that are asked for the key, in the order of their lines."""
        if not self._lengths:
            return [reference for reference in self.references if key.startswith(reference.prefix)]
        groups = []
        for length in self._lengths:
            group = self._by_prefix.get(key[:length])
            if group is not None and length <= len(key):
                groups.append(group)
        if len(groups) < 2:
            return groups[0] if groups else ()
        return sorted(chain.from_iterable(groups), key=_order)

    def all(self) -> tuple[Record, ...]:
        """Every record that counts, with its place, in the order of the lines."""
        return tuple(self._placed()[0].values())

    def record(self, key: bytes) -> Record | None:
        """The record that `get` takes the value from, with its place."""
        record = self._placed()[0].get(key)
        if record is not None or not key:
            return record
        deep = self._lines_by_step()
        place = deep.find(key)
        if place is None:
            return None
        line = deep.lines[place[0]]
        return Record(key, line[place[1] :], place[0] + 1, _width(line[: place[1]]) + 1)

    def lines(self) -> list[str]:
        """The lines as they are written, for people."""
        return self.content.decode("utf-8", "replace").split("\n")

    def place(self, reference: Reference) -> tuple[int, int]:
        """The line of a reference, and the column of its path."""
        return self._placed()[1][reference.order]

    def _lines_by_step(self) -> "_Deep":
        if self._deep is None:
            self._deep = _Deep(self.content)
        return self._deep

    def _placed(self) -> tuple[dict[bytes, Record], list[tuple[int, int]]]:
        """The records by key, and the places of the references; worked out when first asked for."""
        if self._places is None:
            records: dict[bytes, Record] = {}
            references: list[tuple[int, int]] = []
            line = at = 0
            for match in _LINE.finditer(self.content):
                key, value = match[1].rstrip(BLANKS), match[2].lstrip(BLANKS)
                line += self.content.count(b"\n", at, match.start())
                at = match.start()
                if key not in records:
                    records[key] = Record(key, value, line + 1, _width(match[0][: len(match[0]) - len(value)]) + 1)
                if _REFERENCE.match(match[2]):
                    references.append((line + 1, _width(match[1]) + 3))
            self._places = records, references
        return self._places


def _width(content: bytes) -> int:
    return len(content) if content.isascii() else len(content.decode("utf-8", "surrogateescape"))


class _Deep:
    """The lines by keys that go past a first `=`, or into the blanks before one: `a=b` is bound by `a=b=c`, to `c`.

    A tree of steps, as deep as the deepest key that was asked for, so that many such keys take little longer than one.
    """

    __slots__ = ("_depth", "_first", "_next", "lines")

    def __init__(self, content: bytes) -> None:
        self.lines = content.split(b"\n")
        self._depth = 0
        self._next: dict[tuple[int, bytes | int], int] = {}
        self._first: dict[int, tuple[int, int]] = {}

    def find(self, key: bytes) -> tuple[int, int] | None:
        """The first line that has the key, counted from 0, and where in it the value begins."""
        *parts, last = key.split(b"=")
        steps = [step for part in parts for step in (*_steps(part), EQUALS)] + _steps(last)
        if len(steps) > self._depth:
            self._grow(max(len(steps), 2 * self._depth))
        node: int | None = 0
        for step in steps:
            node = self._next.get((node, step)) if node is not None else None
        return self._first.get(node) if node is not None else None

    def _grow(self, depth: int) -> None:
        self._depth = depth
        self._next.clear()
        self._first.clear()
        for number, line in enumerate(self.lines):
            *parts, _ = line.split(b"=", depth)
            node = at = taken = 0
            for part in parts:
                at += len(part) + 1
                value = _VALUE.match(line, at)
                assert value is not None
                for step in _steps(part, depth - taken):
                    node = self._next.setdefault((node, step), len(self._next) + 1)
                    self._first.setdefault(node, (number, value.end()))
                    taken += 1
                if taken >= depth:
                    break
                node = self._next.setdefault((node, EQUALS), len(self._next) + 1)
                taken += 1


def _steps(part: bytes, most: int | None = None) -> list[bytes | int]:
    """What stands before an `=`: first all but the blanks at its end, then those, one by one."""
    base = part.rstrip(BLANKS)
    return [base, *part[len(base) :][:most]][:most]
