"""Which folders are known to be in order, so that one file more in a large folder is not a reason to look at all of it."""

from collections.abc import Sequence
from itertools import pairwise

from syngraph.engine.text import hygiene
from syngraph.engine.text.store.listing import FILE, FOLDER, Changed, Entry, Listing

MAX_REMEMBERED = 200_000


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

    def after(self, old: str, before: Listing, oid: str, change: Changed, path: str) -> None:
        """Look at what the folder `oid` does not share with the folder `old`. Raises: HygieneError, StoreError."""
        if oid in self._modes:
            return
        mode = self._modes.get(old)
        if mode is None:
            self.whole(oid, change.new, path)
            return
        added = change.new.entries(change.first, change.new_last)
        removed = before.entries(change.first, change.old_last)
        if [(entry.mode, entry.name) for entry in added] == [(entry.mode, entry.name) for entry in removed]:
            self._remember(oid, mode)
            return
        near = change.new.entries(max(change.first - 1, 0), min(change.new_last + 1, len(change.new.starts) - 1))
        if mode and _common_mode(added) == mode and _in_order(near, mode):
            self._remember(oid, mode)
        else:
            self.whole(oid, change.new, path)

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


def _in_order(entries: Sequence[Entry], mode: int) -> bool:
    end = b"/" if mode == FOLDER else b""
    names = [entry.name + end for entry in entries]
    return all(one < other for one, other in pairwise(names))
