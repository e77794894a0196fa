"""Which folders are known to be in order, so that one file more in a large folder is not a reason to look at all of it."""

from collections.abc import Sequence
from itertools import pairwise

from syngraph.engine.text import hygiene
from syngraph.engine.text.store.listing import FILE, FOLDER, Changed, Entry, Listing, entry_of

MAX_REMEMBERED = 200_000
_NAME, _ID = len(b"100644 "), 20


class Passed:
    """The folders that have passed `hygiene.folder`.

    Whether a folder passes hangs on the names and modes in it alone. So a folder passes with another one when only ids differ;
    and where all entries of one are plain names of one mode, more of those in their order change nothing.
    """

    __slots__ = ("_modes",)

    def __init__(self) -> None:
        self._modes: dict[str, int] = {}

    def whole(self, oid: str, found: Listing, path: str) -> None:
        """Look at the folder `oid`, unless it is known. Raises: HygieneError, StoreError."""
        if oid not in self._modes:
            entries = found.entries()
            hygiene.folder(entries, path)
            self._remember(oid, _common_mode(entries))

    def after(self, old: str, oid: str, change: Changed, removed: Sequence[Entry], added: Sequence[Entry], path: str) -> None:
        """Look at the folder `oid`, which has `added` where the folder `old` has `removed`.

        Raises: HygieneError, StoreError
        """
        if oid in self._modes:
            return
        mode = self._modes.get(old)
        if mode is not None and (
            _among(added, removed) or (mode and _common_mode(added) == mode and _in_order(change, added, mode))
        ):
            self._remember(oid, mode)
        else:
            self.whole(oid, change.new, path)

    def grown(self, old: str, oid: str, change: Changed) -> tuple[list[Entry], list[Entry]] | None:
        """The entries that the folder `oid` has no more and those that it has anew, where both hold nothing but plain files.

        Only those are read: as bytes, entries of one mode stand in order when their names do. None where every entry is to be
        looked at.
        """
        if self._modes.get(old) != FILE:
            return None
        first, last = max(change.first - 1, 0), min(change.new_last + 1, len(change.new.starts) - 1)
        before, now = change.old.slices(change.first, change.old_last), change.new.slices(first, last)
        if now != sorted(now):
            return None
        known, middle = set(before), now[change.first - first : change.new_last - first]
        added = [entry_of(each) for each in middle if each not in known]
        if added and _common_mode(added) != FILE:
            return None
        for one, other in pairwise(now) if added else ():
            if one[_NAME:-_ID] == other[_NAME:-_ID]:
                return None
        kept = set(middle)
        self._remember(oid, FILE)
        return [entry_of(each) for each in before if each not in kept], added

    def as_before(self, old: str, oid: str) -> bool:
        """Whether the folder `oid`, which has the names and modes of the folder `old`, passes because that one does."""
        mode = self._modes.get(old)
        if mode is None:
            return False
        self._remember(oid, mode)
        return True

    def _remember(self, oid: str, mode: int) -> None:
        if len(self._modes) >= MAX_REMEMBERED:
            self._modes.clear()
        self._modes[oid] = mode


def _common_mode(entries: Sequence[Entry]) -> int:
    """The mode that all have, when they are plain files or folders with plain names; else 0."""
    modes = {entry.mode for entry in entries}
    if len(modes) != 1 or not modes <= {FILE, FOLDER}:
        return 0
    return modes.pop() if all(hygiene.plain(entry.name) for entry in entries) else 0


def _among(some: Sequence[Entry], others: Sequence[Entry]) -> bool:
    """Whether all names of some, with their modes, are among those of others; then they are in order too, if git wrote them."""
    names = [(entry.name, entry.mode) for entry in some]
    if len(names) <= 1:
        return not names or any((other.name, other.mode) == names[0] for other in others)
    return names == [(other.name, other.mode) for other in others]


def _in_order(change: Changed, added: Sequence[Entry], mode: int) -> bool:
    """Whether what was added stands in order, and with the entries before and behind it."""
    new, first, last = change.new, change.first, change.new_last
    before = new.entries(first - 1, first) if first else []
    behind = new.entries(last, last + 1) if last < len(new.starts) - 1 else []
    end = b"/" if mode == FOLDER else b""
    return all(one.name + end < other.name + end for one, other in pairwise((*before, *added, *behind)))
