"""The text of a key: its value, with every name in it replaced, once for each file on the way to it, from the inside out.

A name is looked up from the root object, under the prefixes through which the value came in, so that the root can override
anything; what stays open is looked up again one file further out, under the prefixes up to there. One replacement goes
through the names of a text as they stood before it, from left to right, and replaces each name wherever it then stands; so a
name that an earlier value left open may be caught by a later one. Where that cannot happen the text is put together in one go.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.notations.commonaccord.search import MAX_FINDINGS, MAX_WORK, STEP, AbsentError, Found, Search, shown
from syngraph.engine.text.provenance import Place

MAX_TEXT = 64 * 1024 * 1024
MAX_TOTAL = 256 * 1024 * 1024
MAX_PASSED_OVER = 512 * 1024 * 1024
"""How many bytes one root may have gone through where names must be replaced one after the other."""
LISTING = 32
"""How much longer it takes to list the names of a text than to look for one."""
MAX_SHOWN = 120
MAX_CHAIN = 60
"""How many references a place names, the outermost first."""
MARK = ord("!")
NAME = re.compile(rb"\{([^}]+)\}")
_PLAIN = re.compile(rb"\{[^{}]+\}")
_PARTS = re.compile(rb"\{([^{}]+)\}")


class OvergrownError(Exception):
    """A value would grow past what is put together."""


class Sized(Protocol):
    """What has a length."""

    def __len__(self) -> int:
        """How long it is."""
        ...


V = TypeVar("V", bound=Sized)


@dataclass(slots=True, eq=False)
class _Frame(Generic[V]):
    """A value that is being worked out. `ends` says how much of `scope` holds at each file, the innermost last."""

    key: bytes
    found: Found
    value: V
    scope: bytes
    ends: list[int]
    settled: int = -1
    """The end at which nothing more can be replaced in the value as it is."""


def _frame(key: bytes, held: Found, value: V) -> "_Frame[V]":
    prefixes: list[bytes] = []
    ends = [0]
    end = 0
    at = held.way
    while at is not None:
        reference = at.reference
        if reference.cut:
            prefixes.append(reference.prefix)
            end += reference.cut
        ends.append(end)
        at = at.below
    return _Frame(key, held, value, b"".join(prefixes), ends)


@dataclass(slots=True, eq=False)
class Expansion(ABC, Generic[V]):
    """The texts of one root object. `value` answers for a key; what was worked out is kept."""

    search: Search
    root: bytes
    findings: list[Finding] = field(default_factory=list)
    _values: dict[bytes, V | None] = field(default_factory=dict)
    _told: set[tuple[str, bytes, bytes]] = field(default_factory=set)
    _total: int = 0

    # -- what the values are made of, plain or with their places ------------------------------------------------------------

    @abstractmethod
    def begun(self, key: bytes, found: Found) -> V:
        """A value as it stands in its object."""

    @abstractmethod
    def names(self, value: V) -> Sequence[bytes]:
        """The names in a value, in order; one that occurs twice may be given twice."""

    @abstractmethod
    def filled(self, value: V, values: Mapping[bytes, V]) -> V:
        """The value with every name of `values` replaced. Raises: OvergrownError."""

    # -- working out -------------------------------------------------------------------------------------------------------

    def value(self, key: bytes) -> V | None:
        """The text of a key, None where nothing binds it. Raises: AbsentError, where the search is strict."""
        values = self._values
        if key in values:
            return values[key]
        find, root = self.search.find, self.root
        waiting: list[bytes | _Frame[V]] = [key]
        active: dict[bytes, None] = {}
        while waiting:
            top = waiting[-1]
            if top.__class__ is bytes:
                if top in values or top in active:
                    waiting.pop()
                    continue
                held = find(root, top)
                if held is None:
                    values[top] = None
                    waiting.pop()
                    continue
                value = self.begun(top, held)
                names = self.names(value)
                if not names:
                    values[top] = value
                    waiting.pop()
                    continue
                top = waiting[-1] = _frame(top, held, value)
                active[top.key] = None
                self.search.work += STEP * len(top.ends)
            assert isinstance(top, _Frame)
            wanted = self._step(top, active)
            if wanted:
                waiting += reversed(wanted)
            else:
                waiting.pop()
                del active[top.key]
                values[top.key] = top.value
        return values[key]

    def _step(self, frame: "_Frame[V]", active: dict[bytes, None]) -> list[bytes]:
        """Goes outwards as far as what is known allows; gives the keys that are needed to go on."""
        values = self._values
        ends = frame.ends
        names = self.names(frame.value)
        while ends and names:
            end = ends[-1]
            if end == frame.settled:
                ends.pop()
                continue
            self.search.work += STEP + len(names) * (STEP + end) // STEP
            if self.search.work > MAX_WORK:
                self._overworked(frame)
                break
            known: dict[bytes, V] = {}
            wanted: list[bytes] = []
            scope = frame.scope[:end]
            circle: list[tuple[bytes, bytes]] = []
            for name in names:
                key = scope + name if name[-1] != MARK else scope + name.removesuffix(b"!!")
                try:
                    value = values[key]
                except KeyError:
                    if key in active:
                        circle.append((key, name))
                    else:
                        wanted.append(key)
                else:
                    if value is not None:
                        known[name] = value
            if wanted:
                return wanted
            for key, name in circle:
                if self._untold("SG115", frame.key, name):
                    self._circle(frame, list(active), key, name)
            ends.pop()
            frame.settled = end
            if known:
                try:
                    frame.value = self.filled(frame.value, known)
                    self._total += len(frame.value)
                    if self._total > MAX_TOTAL:
                        raise OvergrownError
                except OvergrownError:
                    self._overgrown(frame)
                    break
                frame.settled = -1
                names = self.names(frame.value)
        return []

    def _overgrown(self, frame: "_Frame[V]") -> None:
        if self._untold("SG113", frame.key, b""):
            message = f"{short(frame.key)} grows past what is put together: {MAX_TEXT:,} bytes"
            self._fault(frame, "SG113", message, "write some of its names out")

    def _overworked(self, frame: "_Frame[V]") -> None:
        if self._untold("SG113", b"", b""):
            message = f"more than {MAX_WORK:,} steps to find all names; those that are left stay open"
            self._fault(frame, "SG113", message, "include less, or write some of the names out")

    def _circle(self, frame: "_Frame[V]", active: Sequence[bytes], key: bytes, name: bytes) -> None:
        names = [short(each) for each in active[active.index(key) :][:5]]
        circle = " → ".join([*names[:4], *(["..."] if len(names) > 4 else []), names[0]])
        self._fault(frame, "SG115", f"{{{short(name)}}} leads back to itself: {circle}", "write one of them out")

    def _untold(self, code: str, key: bytes, name: bytes) -> bool:
        """Whether a fault is still to be told; it is taken as told from then on."""
        told = (code, key, name)
        most = MAX_FINDINGS if code == "SG115" else 2 * MAX_FINDINGS
        if told in self._told or len(self.findings) >= most:
            return False
        self._told.add(told)
        return True

    def _fault(self, frame: "_Frame[V]", code: str, message: str, help: str) -> None:
        self.findings.append(found(code, message, self.place(frame.found), help))

    def place(self, held: Found) -> Place:
        """Where a value stands, and the references through which it came in."""
        chain: list[Place] = []
        at = held.way
        while at is not None and len(chain) < MAX_CHAIN:
            chain.append(self.search.place(at.path, at.reference))
            at = at.below
        records = self.search.store.records(held.path)
        record = records.record(held.key) if records is not None else None
        return Place(shown(held.path), record.line if record else 1, record.column if record else 1, tuple(chain))


class Written:
    """A text as bytes. `open` are the names in it, None where its braces are not all those of plain names."""

    __slots__ = ("_parts", "open", "text")

    def __init__(self, text: bytes, open: tuple[bytes, ...] | None) -> None:
        self.text = text
        self.open = open
        self._parts: tuple[bytes, ...] | None = None

    def __len__(self) -> int:
        return len(self.text)

    def parts(self) -> list[bytes]:
        """What stands between plain names and, at every second place, the names."""
        if self._parts is None:
            self._parts = tuple(_PARTS.split(self.text))
        return list(self._parts)


@dataclass(slots=True, eq=False)
class Plain(Expansion[Written]):
    """The texts of one root object, as bytes. `seen` are the values of objects that were looked at before."""

    seen: dict[bytes, Written] = field(default_factory=dict)
    _passed_over: int = 0

    def begun(self, key: bytes, found: Found) -> Written:
        """A value as it stands in its object."""
        text = found.value
        value = self.seen.get(text)
        if value is None:
            value = self.seen[text] = written(text)
        return value

    def names(self, value: Written) -> Sequence[bytes]:
        """The names in a value."""
        return value.open if value.open is not None else listed(value.text)

    def filled(self, value: Written, values: Mapping[bytes, Written]) -> Written:
        """The value with every name of `values` replaced. Raises: OvergrownError."""
        inside = value.open
        if inside is not None and not _catching(values):
            parts = value.parts()
            for at in range(1, len(parts), 2):
                inner = values.get(parts[at])
                parts[at] = inner.text if inner is not None else b"{" + parts[at] + b"}"
            if sum(map(len, parts)) > MAX_TEXT:
                raise OvergrownError
            left = dict.fromkeys([name for name in inside if name not in values]) if len(values) < len(inside) else {}
            for inserted in values.values():
                if inserted.open:
                    left.update(dict.fromkeys(inserted.open))
            return Written(b"".join(parts), tuple(left))
        text = value.text
        for name in listed(text):
            if name in values:
                here = b"{" + name + b"}"
                self._passed_over += len(text)
                if self._passed_over > MAX_PASSED_OVER:
                    raise OvergrownError
                if text.count(here) * len(values[name].text) + len(text) > MAX_TEXT:
                    raise OvergrownError
                text = text.replace(here, values[name].text)
        self._passed_over += LISTING * len(text)
        if self._passed_over > MAX_PASSED_OVER:
            raise OvergrownError
        return written(text)


def _catching(values: Mapping[bytes, Written]) -> bool:
    """Whether a text that is put in may have something in it that is replaced in the same pass."""
    for inserted in values.values():
        if inserted.open is None or (inserted.open and not values.keys().isdisjoint(inserted.open)):
            return True
    return False


def written(text: bytes) -> Written:
    """A text with the names that are in it."""
    if b"{" not in text:
        return Written(text, () if b"}" not in text else None)
    rest = _PLAIN.sub(b"", text)
    if b"{" in rest or b"}" in rest:
        return Written(text, None)
    return Written(text, tuple(dict.fromkeys(listed(text))))


def listed(text: bytes) -> list[bytes]:
    """The names in a text, in order. Nothing is looked for after the last `}`, where every `{` would be followed to the end."""
    return NAME.findall(text, 0, text.rfind(b"}") + 1)


def short(name: bytes) -> str:
    """A name for a message."""
    return shown(name) if len(name) <= MAX_SHOWN else f"{shown(name[:MAX_SHOWN])}..."


@dataclass(slots=True, eq=False)
class Printer:
    """Prints keys of many objects of one store; what is found for one serves the others."""

    search: Search
    _seen: dict[bytes, Written] = field(default_factory=dict)
    _last: Plain | None = None

    def printed(self, root: bytes, key: bytes, beside: list[Finding] | None = None) -> bytes:
        """What the reference prints for a key of an object: its text and a line feed.

        Where the search is strict and an object is absent, that is all that is said; else the text of an absent object is
        empty. `beside` takes the findings.
        """
        if self._last is None or self._last.root != root or self.search.work > MAX_WORK:
            # What was left open for lack of time is not kept: each answer is the same as if it had been asked for alone.
            self._last = Plain(self.search, root, seen=self._seen)
        self.search.work = 0
        expansion = self._last
        try:
            if self.search.strict and self.search.store.records(root) is None:
                raise AbsentError(root)
            value = expansion.value(key)
            text = value.text if value is not None else b""
        except AbsentError as absent:
            text = b"Missing file: ./Doc/" + absent.path + b"\n"
        if beside is not None:
            beside += [*self.search.findings, *expansion.findings]
        return text + b"\n"

    @property
    def unfilled(self) -> Sequence[Finding]:
        """The faults of putting the texts of the last root together; those of searches are with the search."""
        return self._last.findings if self._last is not None else ()
