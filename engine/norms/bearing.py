"""Who bears a norm on an occasion: each holder of a role, all of them together, or the one of whom a condition speaks."""

from datetime import date

from syngraph.engine.norms.course import (
    Occasion,
    State,
)
from syngraph.engine.norms.texts import Slot
from syngraph.engine.norms.wording import noun, plain
from syngraph.grammar.rules import Actor, Obligation, Prohibition, Quantifier

ANYBODY = ""
"""The bearer of a duty whose sentence does not say who."""


THE = "*"
"""Under this a duty of an office is open to whoever holds the office when it is done."""


JOINT = frozenset({Quantifier.THE, Quantifier.NAMED})


def bearers(state: State, slot: Slot, day: date, occasion: Occasion | None = None) -> tuple[tuple[str, ...], ...]:
    """Those who bear a norm on an occasion: groups of ids, each group together."""
    actor = slot.norm.bearer
    if actor is None:
        return ((ANYBODY,),)
    if occasion is not None and occasion.bound and is_bound(actor, occasion):
        source = state.instances.get(occasion.source) if occasion.source is not None else None
        together = tuple(one for one in source.bearers if one in occasion.bound) if source is not None else ()
        if len(together) > 1:
            return (together,)  # what several owed together they pay for together
        return tuple((principal,) for principal in sorted(occasion.bound))
    groups: list[tuple[str, ...]] = []
    for role in actor.roles:
        excluded = occasion.bound if occasion is not None and plain(role).startswith("other ") else frozenset[str]()
        name = role_of(role)
        if not state.setting.roles.key(name):
            named = state.setting.roles.meant(role, day)
            groups.append(tuple(sorted(named)) if named else (plain(role),))
            continue
        holders = tuple(holder for holder in state.setting.roles.holders(name, day) if holder not in excluded)
        if actor.quantifier in JOINT and name == plain(role) and not _picks_one(slot):
            groups += [holders] if holders else []
        else:
            groups += [(holder,) for holder in holders]
    return tuple(dict.fromkeys(groups))


def _picks_one(slot: Slot) -> bool:
    """Whether `the Member proposed for removal` is one of several, and not all of them together."""
    actor = slot.norm.bearer
    return actor is not None and bool(actor.qualifier) and not isinstance(slot.norm, Obligation)


def is_bound(actor: Actor, occasion: Occasion) -> bool:
    """Whether the bearer is the one of whom the condition speaks (`If a Member ..., the Member shall ...`)."""
    roles = [role for role in actor.roles if not plain(role).startswith("other ")]
    return actor.quantifier in JOINT and any(noun(role).head == noun(occasion.role).head for role in roles)


def is_office(slot: Slot, occasion: Occasion) -> bool:
    """Whether a norm speaks of an office, so that whoever holds it may do what it asks for."""
    actor = slot.norm.bearer
    return actor is not None and actor.quantifier is Quantifier.THE and not (occasion.bound and is_bound(actor, occasion))


def role_of(role: str) -> str:
    """The role that a noun names, without article and without `other`."""
    name = plain(role)
    return name.removeprefix("other ")


def binds(slot: Slot) -> bool:
    """Whether a norm asks for something, rather than allowing it."""
    return isinstance(slot.norm, Obligation | Prohibition)
