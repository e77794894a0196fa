"""Things in a row, each of which can be taken out and put elsewhere at once, however many there are."""

from collections.abc import Iterable
from itertools import pairwise

from syngraph.engine.text.units import Name


class Row:
    """Names in an order that changes.

    >>> from syngraph.engine.text.units import Kind
    >>> a, b, c = ((Kind.SECTION, key) for key in "abc")
    >>> row = Row([a, b, c])
    >>> row.take(a)
    >>> row.put(a, c)
    >>> [key for _, key in row.names()]
    ['b', 'c', 'a']
    """

    def __init__(self, names: Iterable[Name]) -> None:
        order = [None, *names, None]
        self._next: dict[Name | None, Name | None] = dict(pairwise(order))
        self._last: dict[Name | None, Name | None] = dict(pairwise(reversed(order)))

    def __contains__(self, name: Name) -> bool:
        return name in self._next

    def take(self, name: Name) -> None:
        """Take a name out."""
        before, behind = self._last.pop(name), self._next.pop(name)
        self._next[before], self._last[behind] = behind, before

    def put(self, name: Name, anchor: Name | None) -> None:
        """Put a name that is not in the row right behind another; None: at the beginning."""
        behind = self._next[anchor]
        self._next[anchor], self._next[name] = name, behind
        self._last[behind], self._last[name] = name, anchor

    def names(self) -> list[Name]:
        """The names in their order."""
        found: list[Name] = []
        at = self._next[None]
        while at is not None:
            found.append(at)
            at = self._next[at]
        return found
