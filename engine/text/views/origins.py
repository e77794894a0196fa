"""Which key says a stretch of text, told by the inclusions and placeholders through which it came in."""

from collections.abc import Mapping
from typing import NamedTuple

from syngraph.engine.text.provenance import Place

MAX_CHAIN = 200
"""Longer chains are not followed: their text has the key of what is around it."""

Chain = tuple[Place, ...]


class Value(NamedTuple):
    """What a placeholder stands for: the key, as the root sees it, and the inclusions by which its value comes in."""

    key: str
    chain: Chain


class Origin(NamedTuple):
    """The key that says a text ("" where no placeholder was on the way), and the inclusions to the object it stands in."""

    key: str
    chain: Chain


class Origins:
    """Follows chains. `values` are placeholders by the inclusions to the object they stand in, and their place in it."""

    def __init__(self, values: Mapping[tuple[Chain, Place], Value]) -> None:
        self._values = values
        self._known: dict[Chain, Origin] = {}

    def of(self, chain: Chain) -> Origin:
        """The origin of a text that came in through a chain of inclusions and placeholders, outermost first."""
        if len(chain) > MAX_CHAIN:
            return Origin("", chain)
        known = self._known.get(chain)
        if known is None:
            known = self._known[chain] = self._followed(chain)
        return known

    def _followed(self, chain: Chain) -> Origin:
        key = ""
        within: Chain = ()
        at = 0
        while at < len(chain):
            value = self._values.get((within, chain[at]))
            at += 1
            if value is None:
                within = (*within, chain[at - 1])
                continue
            # Behind a placeholder stand the inclusions by which its value came in and the mention did not.
            at += len(value.chain) - _shared(within, value.chain)
            key, within = value
        return Origin(key, within)


def bare(place: Place) -> Place:
    """The place alone, without its chain."""
    return Place(place.path, place.line, place.column)


def _shared(one: Chain, other: Chain) -> int:
    return next((count for count, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
