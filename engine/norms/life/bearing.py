"""Who bears a norm on an occasion: each holder of a role, all of them together, or the one of whom a condition speaks."""

import re
from datetime import date

from syngraph.engine.norms.life.agenda import Occasion
from syngraph.engine.norms.life.course import State
from syngraph.engine.norms.life.instances import ANYBODY, THE
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.grammar.rules import Actor, Obligation, Prohibition, Quantifier

_JOINTLY = re.compile(r"\b(?:jointly|together|in common)\b")
JOINT = frozenset({Quantifier.THE, Quantifier.NAMED})


def bearers(state: State, slot: Slot, day: date, occasion: Occasion | None = None) -> tuple[tuple[str, ...], ...]:
    """Those who bear a norm on an occasion: groups of ids, each group together."""
    actor = slot.norm.bearer
    if actor is None:
        return ((ANYBODY,),)
    groups: list[tuple[str, ...]] = []
    for role in actor.roles:
        if occasion is not None and is_meant(actor, role, occasion):
            groups += _bound(state, occasion)
        else:
            held = _holders(state, slot, actor, role, day, occasion)
            groups += [
                one for one in (_owed_together(state, occasion),) if one and {(each,) for each in one} == set(held)
            ] or held
    if is_any_of(slot) or (_is_joint(slot) and not (occasion is not None and occasion.bound)):
        return (tuple(dict.fromkeys(one for group in groups for one in group)),) if groups else ()
    return tuple(dict.fromkeys(groups))


def _bound(state: State, occasion: Occasion) -> list[tuple[str, ...]]:
    """Those of whom a condition speaks."""
    source = state.instances.get(occasion.source) if occasion.source is not None else None
    together = tuple(one for one in source.bearers if one in occasion.bound) if source is not None else ()
    if len(together) > 1:
        return [together]  # what several owed together they pay for together
    return [(principal,) for principal in sorted(occasion.bound)]


def _owed_together(state: State, occasion: Occasion | None) -> tuple[str, ...]:
    """Those who owed together what was broken: they answer for it together."""
    source = state.instances.get(occasion.source) if occasion is not None and occasion.source is not None else None
    return tuple(one for one in source.bearers if one not in (THE, ANYBODY)) if source is not None else ()


def _holders(state: State, slot: Slot, actor: Actor, role: str, day: date, occasion: Occasion | None) -> list[tuple[str, ...]]:
    """The holders of a role, together or each, or whom a name means."""
    excluded = occasion.bound if occasion is not None and plain(role).startswith("other ") else frozenset[str]()
    name = role_of(role)
    if not state.setting.roles.key(name):
        named = state.setting.roles.meant(role, day)
        return [tuple(sorted(named)) if named else (plain(role),)]
    holders = tuple(holder for holder in state.setting.roles.holders(name, day) if holder not in excluded)
    if actor.quantifier in JOINT and name == plain(role) and not _picks_one(slot):
        return [holders] if holders else []
    return [(holder,) for holder in holders]


def _is_joint(slot: Slot) -> bool:
    """Whether several are to do one thing between them (`shall jointly pay`): any of them may do all of it for the others."""
    return isinstance(slot.norm, Obligation) and _JOINTLY.search(f"{slot.act.manner} {slot.act.rest}") is not None


def is_any_of(slot: Slot) -> bool:
    """Whether a duty is one that any of several may do (`The Tenant or the Landlord shall ...`)."""
    actor = slot.norm.bearer
    several = actor is not None and len(actor.roles) > 1 and actor.joint == "or"
    return isinstance(slot.norm, Obligation) and several and actor is not None and actor.quantifier is not Quantifier.EACH


def _picks_one(slot: Slot) -> bool:
    """Whether `the Member proposed for removal` is one of several, and not all of them together."""
    actor = slot.norm.bearer
    return actor is not None and bool(actor.qualifier) and not isinstance(slot.norm, Obligation)


def is_meant(actor: Actor, role: str, occasion: Occasion) -> bool:
    """Whether a role of the bearer is the one of whom the condition speaks (`If a Member ..., the Member shall ...`)."""
    if not occasion.bound or actor.quantifier not in JOINT or plain(role).startswith("other "):
        return False
    return noun(role).head == noun(occasion.role).head


def is_office(slot: Slot, occasion: Occasion) -> bool:
    """Whether a norm speaks of an office, so that whoever holds it may do what it asks for."""
    actor = slot.norm.bearer
    if actor is None or actor.quantifier is not Quantifier.THE:
        return False
    return not any(is_meant(actor, role, occasion) for role in actor.roles)


def role_of(role: str) -> str:
    """The role that a noun names, without article and without `other`."""
    name = plain(role)
    return name.removeprefix("other ")


def binds(slot: Slot) -> bool:
    """Whether a norm asks for something, rather than allowing it."""
    return isinstance(slot.norm, Obligation | Prohibition)
