"""Which instances of objects hold a key, found by need: nothing is written down for every instance of an object.

What an object holds is listed once, however often it is included; a full key is then cut at its dots, and each cut is a
prefix under which some instances stand and a name that some objects hold.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from syngraph.engine.text.objects import Draft, Field, ProseObject
from syngraph.engine.text.resolving.inclusion import Instance

Binding = Field | Draft
V = TypeVar("V")


class Index(Generic[V]):
    """Keys of objects, by instance. `listed` gives what an object holds, by the key as written in it."""

    def __init__(self, instances: Sequence[Instance], listed: Callable[[ProseObject], Mapping[str, V]]) -> None:
        self._instances = instances
        self._tables: dict[int, Mapping[str, V]] = {}
        self._objects: dict[str, list[int]] = {}
        self._placed: dict[str, dict[int, list[int]]] = {}
        self._known: dict[str, tuple[tuple[int, V], ...]] = {}
        for instance in instances:
            name = id(instance.source)
            if name not in self._tables:
                self._tables[name] = listed(instance.source)
                for key in self._tables[name]:
                    self._objects.setdefault(key, []).append(name)
            self._placed.setdefault(instance.prefix, {}).setdefault(name, []).append(instance.number)
        self._longest = max(map(len, self._placed), default=0)

    def held(self, full: str) -> tuple[tuple[int, V], ...]:
        """What holds a key as the root sees it: the numbers of the instances, rising, each with what it holds."""
        known = self._known.get(full)
        if known is None:
            found: list[tuple[int, V]] = []
            for cut in _cuts(full, self._longest):
                placed = self._placed.get(full[:cut])
                if placed is None:
                    continue
                key = full[cut:]
                objects = self._objects.get(key, ())
                for name in objects if len(objects) < len(placed) else placed:
                    held = self._tables[name].get(key)
                    if held is not None and name in placed:
                        found += [(number, held) for number in placed[name]]
            known = self._known[full] = tuple(sorted(found, key=_number))
        return known

    def own(self, number: int) -> Mapping[str, V]:
        """What the object of an instance holds, by the key as written in it."""
        return self._tables[id(self._instances[number].source)]

    def walk(self) -> Iterator[str]:
        """Every key as the root sees it, once, in the order of the instances. There may be very many: take what is needed."""
        seen: set[str] = set()
        objects: set[tuple[str, int]] = set()
        for instance in self._instances:
            if (instance.prefix, id(instance.source)) in objects:
                continue
            objects.add((instance.prefix, id(instance.source)))
            for key in self.own(instance.number):
                full = instance.prefix + key
                if full not in seen:
                    seen.add(full)
                    yield full


def bindings(source: ProseObject) -> dict[str, Binding]:
    """The fields and the sections of an object, by key; of two with one key a field wins, then the first."""
    found: dict[str, Binding] = {}
    for field in source.fields:
        found.setdefault(field.key, field)
    waiting = list(reversed(source.sections))
    while waiting:
        draft = waiting.pop()
        if draft.id:
            found.setdefault(draft.id, draft)
        waiting.extend(reversed(draft.children))
    return found


def _cuts(full: str, longest: int) -> Iterator[int]:
    """Where a prefix of a key may end that is not longer than the longest: at its beginning, and behind every dot."""
    at = 0
    while True:
        yield at
        at = full.find(".", at, longest) + 1
        if not at:
            return


def _number(entry: tuple[int, object]) -> int:
    return entry[0]
