"""Which norms a fact is compared with at all: of many with one verb, those whose words do not speak of another thing at once.

Nothing is left out that comparing (`matching.act_of`, `matching.may_be`) would find: what cannot be told at once is compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import merge
from typing import Generic, TypeVar

from syngraph.engine.norms.said.listing import alternatives, things
from syngraph.engine.norms.said.pronouns import TELLING
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.sums.quantity import asked, quantity
from syngraph.engine.norms.words.comparing import mark
from syngraph.engine.norms.words.manner import bare
from syngraph.engine.norms.words.roles import Roles
from syngraph.engine.norms.words.wording import plain
from syngraph.grammar.amounts import Event
from syngraph.grammar.rules import Fact, Power

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """Things in order, and by each mark those that it may mean: its own, and those that have none."""

    all: tuple[T, ...]
    marked: Mapping[str, tuple[tuple[int, T], ...]]

    def of(self, sought: str) -> tuple[T, ...]:
        """Those that something with a mark can be, in order; with "" any."""
        if not sought:
            return self.all
        return tuple(one for _, one in merge(self.marked.get("", ()), self.marked.get(sought, ()), key=_number))


def row(those: Iterable[tuple[str, T]]) -> Row[T]:
    """A row of things, each after its mark."""
    marked: dict[str, list[tuple[int, T]]] = {}
    listed = tuple(those)
    for number, (own, one) in enumerate(listed):
        marked.setdefault(own, []).append((number, one))
    return Row(tuple(one for _, one in listed), {own: tuple(found) for own, found in marked.items()})


def mark_of_act(slot: Slot, verb: str, bodies: Mapping[str, str]) -> str:
    """By what the act of a norm is told apart from facts about other things, "" for nothing, as for every power."""
    act = slot.act
    if (
        isinstance(slot.norm, Power)
        or act.verb != verb
        or act.amount is not None
        or plain(act.object) in bodies
        or not _is_single(act.object)
    ):
        return ""
    return "" if asked(act.object, bodies) is not None else mark(act.object)


def mark_of_event(event: Event, roles: Roles) -> str:
    """By what an event of a text is told apart from facts about other things, "" for nothing."""
    return mark(event.object) if event.verb and event.object and not roles.key(event.object) else ""


def mark_of_what_happened(fact: Fact) -> str:
    """By what a fact is told apart from events about other things, "" for nothing."""
    return mark(fact.event.object) if fact.event.verb and fact.event.verb not in TELLING else ""


def mark_of_deed(fact: Fact, bodies: Mapping[str, str]) -> str:
    """By what a fact is told apart from the acts of norms about other things, "" for nothing."""
    thing = fact.event.object
    single = len(things(thing)) == 1 and bare(thing) == thing and plain(thing) not in bodies and quantity(thing) is None
    return mark(thing) if single and fact.event.verb not in TELLING else ""


def _is_single(phrase: str) -> bool:
    return len(things(phrase)) == len(alternatives(phrase)) == 1


def _number(one: tuple[int, object]) -> int:
    return one[0]
