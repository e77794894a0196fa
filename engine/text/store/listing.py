"""The bytes of a tree object: cut into entries, and two of them compared without looking at what they share."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from syngraph.engine.text.errors import StoreError

FILE = 0o100644
FOLDER = 0o40000
_ID = 20
_MODES = {b"100644": FILE, b"40000": FOLDER, b"100755": 0o100755, b"120000": 0o120000, b"160000": 0o160000}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a tree object, as it stands there. `name` may be anything without a slash."""

    mode: int
    name: bytes
    oid: str


class Listing(NamedTuple):
    """A tree object and where its entries start; the last of `starts` is where the object ends."""

    raw: bytes
    starts: list[int]

    def entries(self, first: int = 0, last: int | None = None) -> list[Entry]:
        """The entries from `first` up to and not including `last`. Raises: StoreError."""
        starts = self.starts
        stop = len(starts) - 1 if last is None else last
        raw = self.raw
        return [_entry(raw, starts[at], starts[at + 1]) for at in range(first, stop)]

    def slices(self, first: int, last: int) -> list[bytes]:
        """The same entries as bytes, unread."""
        raw, starts = self.raw, self.starts[first : last + 1]
        return [raw[start:end] for start, end in pairwise(starts)]

    def folder(self, at: int) -> tuple[bytes, str] | None:
        """The name and the id of an entry that is a folder, None when it is anything else; unchecked, and so cheap."""
        start, end = self.starts[at], self.starts[at + 1]
        if not self.raw.startswith(b"40000 ", start):
            return None
        return self.raw[start + 6 : end - _ID - 1], self.raw[end - _ID : end].hex()


class Changed(NamedTuple):
    """Two listings, and where they differ: from entry `first` up to `old_last` in the old and `new_last` in the new one.

    `only_id` says that nothing differs but the id of that one entry.
    """

    old: Listing
    new: Listing
    first: int
    old_last: int
    new_last: int
    only_id: bool = False


def listing(raw: bytes) -> Listing:
    """The bytes of a tree object, cut. Raises: StoreError when they do not end with an entry."""
    return Listing(raw, [*_cut(raw, 0, len(raw)), len(raw)])


def changed(old: Listing, raw: bytes) -> Changed:
    """The bytes of a tree object, cut, and where they differ from another one's.

    What both begin with and what both end with is compared as bytes and not entry by entry, so that one file more in a
    large folder costs little.

    Raises: StoreError
    """
    before, starts = old
    first = _shared(before, starts, raw)
    if first == len(starts) - 1 and len(raw) == len(before):
        return Changed(old, old, first, first, first)
    cut = starts[first]
    if len(raw) == len(before):
        end = starts[first + 1]
        if raw[cut : end - _ID] == before[cut : end - _ID] and raw[end:] == before[end:]:
            return Changed(old, Listing(raw, starts), first, first + 1, first + 1, True)
    rest = before[cut:]
    shared = len(rest) if len(raw) >= len(before) and raw.endswith(rest) else _suffix(before, raw, cut)
    old_last = bisect_left(starts, len(before) - shared, first)
    tail = len(before) - starts[old_last]
    try:
        middle = _cut(raw, cut, len(raw) - tail)
    except StoreError:  # what both end with begins inside an entry of the new one
        old_last, tail = len(starts) - 1, 0
        middle = _cut(raw, cut, len(raw))
    moved = len(raw) - len(before)
    new = Listing(raw, [*starts[:first], *middle, *(at + moved for at in starts[old_last:])])
    return Changed(old, new, first, old_last, first + len(middle))


def entry_of(slice: bytes) -> Entry:
    """An entry that a listing gave as bytes. Raises: StoreError"""
    return _entry(slice, 0, len(slice))


def _cut(raw: bytes, start: int, end: int) -> list[int]:
    starts = []
    find = raw.find
    while start < end:
        starts.append(start)
        zero = find(b"\0", start, end)
        start = zero + 1 + _ID
        if zero < 0 or start > end:
            raise _malformed("it ends inside an entry")
    return starts


def _entry(raw: bytes, start: int, end: int) -> Entry:
    mode, blank, name = raw[start : end - _ID - 1].partition(b" ")
    number = _MODES.get(mode)
    if number is None:
        if not mode.isdigit() or mode.startswith(b"0") or len(mode) > 6 or not set(mode) <= set(b"01234567"):
            raise _malformed(f"an entry with the mode {mode[:12]!r}")
        number = int(mode, 8)
    if not blank or not name or b"/" in name:
        raise _malformed("an entry without a name" if not name else f"an entry with the name {name[:40]!r}")
    return Entry(number, name, raw[end - _ID : end].hex())


def _shared(before: bytes, starts: list[int], raw: bytes) -> int:
    """How many entries the bytes of another folder begin with."""
    low, high = 0, bisect_right(starts, len(raw)) - 1
    if before[: starts[high]] == raw[: starts[high]]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        start, end = starts[low], starts[middle]
        if before[start:end] == raw[start:end]:
            low = middle
        else:
            high = middle
    return low


def _suffix(one: bytes, other: bytes, from_: int) -> int:
    long, short = len(one), len(other)
    low, high = 0, min(long, short) - from_
    while low < high:
        middle = (low + high + 1) // 2
        if one[long - middle : long - low] == other[short - middle : short - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _malformed(why: str) -> StoreError:
    return StoreError(f"a malformed folder: {why}", "a folder as git writes it", "git fsck tells more")
