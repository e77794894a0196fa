"""The keys of a document in our notation: which are not filled in, and where the others came from."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from syngraph.engine.text.objects import Field
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.resolving.bindings import Binding
from syngraph.engine.text.resolving.inclusion import Instance
from syngraph.engine.text.resolving.lookup import MAX_FIELDS, Names, Use, running
from syngraph.engine.text.resolving.resolve import Holder, Resolution, resolution
from syngraph.engine.text.store import Tree
from syngraph.engine.text.views.objects import drafts
from syngraph.engine.text.views.shown import (
    MAX_KEYS,
    MAX_LOST,
    MAX_USES,
    Given,
    Kind,
    Lost,
    Missing,
    Open,
    State,
    Traced,
    Why,
    brief,
)


@dataclass(frozen=True, slots=True)
class Examined:
    """A resolved document with every mention of a key that its text made."""

    resolution: Resolution
    uses: tuple[Use, ...]


def examined(tree: Tree, root: str, holders: Mapping[str, tuple[Holder, ...]] | None = None) -> Examined:
    """The document that the object `root` is, resolved so that the views of its keys and its text can be had.

    Raises: StoreError, MarkdownError when the root cannot be read.
    """
    uses: list[Use] = []
    made = resolution(tree, root, holders, uses)
    return Examined(made, tuple(uses))


# -- missing -----------------------------------------------------------------------------------------------------------


def missing(of: Examined, key: str = "") -> Missing:
    """The keys that nothing binds, those bound to nothing, and those on which a section hangs that is left out.

    With a `key` only that one.
    """
    found = [each for each in (*_unbound(of), *_empty(of)) if not key or each.key == key]
    return Missing(of.resolution.document.path, tuple(found[:MAX_KEYS]), max(len(found) - MAX_KEYS, 0))


def _unbound(of: Examined) -> list[Open]:
    instances = of.resolution.names.instances
    mentions: dict[str, list[Use]] = {}
    for use in of.uses:
        if use.bound is None:
            mentions.setdefault(instances[use.number].prefix + use.key, []).append(use)
    found: list[Open] = []
    for key, uses in mentions.items():
        state = State.CHOICE if all(use.condition for use in uses) else State.OPEN
        found.append(Open(key, uses[0].key, state, _asked(uses), len(uses)))
    return found


def _empty(of: Examined) -> list[Open]:
    names = of.resolution.names
    mentions: dict[tuple[str, int], list[Use]] = {}
    for use in of.uses:
        if use.bound is not None and _says_nothing(use.bound[1]):
            mentions.setdefault((names.instances[use.number].prefix + use.key, use.bound[0]), []).append(use)
    for key in names.fields():
        if (bound := names.find(0, key)) is not None and _says_nothing(bound[1]):
            mentions.setdefault((key, bound[0]), [])
    return [
        Open(key, _name(held), State.EMPTY, _asked(uses), len(uses), _place(names, number, held))
        for (key, number), uses in mentions.items()
        for held in (_held(names, key, number),)
    ]


def _says_nothing(binding: Binding) -> bool:
    return isinstance(binding, Field) and not binding.value.string.strip()


# -- trace -------------------------------------------------------------------------------------------------------------


def trace(of: Examined, key: str = "") -> Traced:
    """Where every key came from: what it is for the root, and what it is elsewhere where that is another thing.

    With a `key` only that one, and with it every binding that was overridden.
    """
    names = of.resolution.names
    mentions: dict[tuple[str, int], list[Use]] = {}
    for use in of.uses:
        if use.bound is not None:
            mentions.setdefault((names.instances[use.number].prefix + use.key, use.bound[0]), []).append(use)
    askers: dict[tuple[str, int], int] = {}
    for full in (key,) if key else islice(names.index.walk(), MAX_FIELDS):
        if (bound := names.find(0, full)) is not None:
            askers[full, bound[0]] = 0
    for (full, number), uses in mentions.items():
        if not key or full == key:
            askers.setdefault((full, number), uses[0].number)
    rows = list(askers.items())
    given = [
        _given(names, full, number, asker, mentions.get((full, number), ()), key) for (full, number), asker in rows[:MAX_KEYS]
    ]
    unbound = [each for each in _unbound(of) if not key or each.key == key]
    more = max(len(rows) - MAX_KEYS, 0) + max(len(unbound) - MAX_KEYS, 0)
    return Traced(of.resolution.document.path, tuple(given), tuple(unbound[:MAX_KEYS]), more)


def _given(names: Names, full: str, number: int, asker: int, uses: Sequence[Use], key: str) -> Given:
    holder = names.instances[number]
    binding = _held(names, full, number)
    written = running(binding).string
    text = written
    if key or isinstance(binding, Field):
        filled = names.value(asker, full[len(names.instances[asker].prefix) :])
        text = filled.string if filled is not None else written
    lost = tuple(_lost(names, full, number, asker)) if key else ()
    made = Given(
        _kind(binding),
        full,
        _name(binding),
        _place(names, number, binding),
        holder.prefix,
        written,
        text,
        names.instances[asker].source.path if asker else "",
        _asked(uses),
        len(uses),
        lost[:MAX_LOST],
        len(lost) if key else len(names.index.held(full)) - 1,
    )
    return made if key else brief(made)


def _lost(names: Names, full: str, winner: int, asker: int) -> Iterator[Lost]:
    """The bindings of a key that do not count for an object, in the order in which they would be found."""
    around = _around(names, asker)
    for number in _ordered(names, full, asker, around):
        holder = names.instances[number]
        first, *others = _in_object(holder, full[len(holder.prefix) :])
        if number != winner:
            yield _loser(names, holder, first, _why(names, number, winner, asker, around))
        for binding in others:
            yield _loser(names, holder, binding, Why.SAME_OBJECT)


def _why(names: Names, number: int, winner: int, asker: int, around: Sequence[int]) -> Why:
    won, asking = names.instances[winner], names.instances[asker]
    if winner in around:
        return Why.OVERRIDDEN
    if won.number < number < won.end:
        return Why.INCLUDED
    if asking.number <= winner < asking.end and not asking.number <= number < asking.end:
        return Why.AROUND
    return Why.EARLIER


def _loser(names: Names, holder: Instance, binding: Binding, why: Why) -> Lost:
    place = _place(names, holder.number, binding)
    return Lost(_kind(binding), place, holder.prefix, running(binding).string, why)


def _ordered(names: Names, full: str, asker: int, around: Sequence[int]) -> list[int]:
    """The objects that bind a key, in the order in which one that asks would find them: see `lookup`."""
    held = [number for number, _ in names.index.held(full)]
    holding = frozenset(held)
    order = dict.fromkeys(number for number in reversed(around) if number in holding)
    for scope in (asker, *around):
        instance = names.instances[scope]
        order |= dict.fromkeys(number for number in held if instance.number <= number < instance.end)
    return list(order)


def _around(names: Names, number: int) -> list[int]:
    """The objects by which one was included, the nearest first."""
    found: list[int] = []
    while (number := names.instances[number].parent) >= 0:
        found.append(number)
    return found


def _in_object(holder: Instance, name: str) -> Iterator[Binding]:
    yield from (field for field in holder.source.fields if field.key == name)
    yield from (draft for draft in drafts(holder.source.sections) if draft.id == name)


def _held(names: Names, full: str, number: int) -> Binding:
    held = names.index.held(full)
    return held[bisect_left(held, number, key=lambda entry: entry[0])][1]


def _place(names: Names, number: int, binding: Binding) -> Place:
    return replace(binding.place, chain=names.instances[number].chain)


def _kind(binding: Binding) -> Kind:
    return Kind.FIELD if isinstance(binding, Field) else Kind.SECTION


def _name(binding: Binding) -> str:
    return binding.key if isinstance(binding, Field) else binding.id


def _asked(uses: Sequence[Use]) -> tuple[Place, ...]:
    return tuple(use.place for use in uses[:MAX_USES])
