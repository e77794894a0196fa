"""Who comes into a role by an appointment, and who takes the place of a party to whom the agreement is assigned.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

import re
from dataclasses import replace
from datetime import datetime

from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.arising import begin_role
from syngraph.engine.norms.life.course import State, put, rebear, said, use
from syngraph.engine.norms.life.instances import HELD, Reason
from syngraph.engine.norms.life.scopes import Scope, covers, scope_of
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.roles import Holding, roles
from syngraph.engine.norms.words.wording import noun, plain

_AS = re.compile(r"^(?P<who>\S.{0,200}?) (?:as|to be) (?:(?:an?|the|its|their) )?(?P<role>\S.{0,200})$")
_RIGHTS = frozenset({"right", "benefit", "obligation", "duty", "claim"})


def appoint(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """Somebody comes to hold the role to which a fact says they were appointed; whether it names both."""
    found = _AS.match(recorded.fact.event.object)
    if found is None:
        return False
    principal, name = _principal(state, found["who"], recorded)
    held = Holding(principal, name, found["role"], recorded.fact.day)
    _hold(state, (*_holdings(state), held))
    vacant = plain(found["role"])
    for instance in tuple(state.instances.values()):
        if vacant in instance.bearers and instance.status in HELD:
            rebear(state, instances.noted(instance, said(recorded)), vacant, principal)
            use(state, recorded, instance.key)
    begin_role(state, principal, found["role"], instant)
    return True


def assign(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """Whoever is named takes the place of the one who assigned the agreement; what is assigned in part leaves open who bears
    it. Whether the fact names somebody.
    """
    event = recorded.fact.event
    before = matching.actors(recorded.fact, state.setting.roles)
    if not event.to or len(before) != 1:
        return False
    (old,) = before
    about, scope = noun(event.object), scope_of(recorded, state.setting.roles)
    if not scope.is_all:
        why = Reason("it was assigned in part: who bears it and to whom it is owed, people must say", recorded.place)
        for instance in tuple(state.instances.values()):
            is_mine = old in instance.bearers or old in state.setting.roles.meant(instance.slot.act.to, recorded.fact.day)
            meant = covers(Scope(scope.section) if about.head in _RIGHTS else scope, instance)
            if is_mine and meant and instance.status in HELD:
                put(state, instances.doubted(instance, why))
                use(state, recorded, instance.key)
        return True
    new, name = _principal(state, event.to, recorded)
    day = recorded.fact.day
    mine = [one for one in _holdings(state) if one.principal == old and one.on(day)]
    rest = [one for one in _holdings(state) if not (one.principal == old and one.on(day))]
    _hold(state, (*rest, *(replace(one, until=day) for one in mine), *(Holding(new, name, one.role, day) for one in mine)))
    for instance in tuple(state.instances.values()):
        if old in instance.bearers and instance.status in HELD:
            rebear(state, instances.noted(instance, said(recorded)), old, new)
            use(state, recorded, instance.key)
    return True


def _principal(state: State, phrase: str, recorded: RecordedFact) -> tuple[str, str]:
    """The id and the name of somebody, who may be new to the register."""
    known = state.setting.roles.meant(phrase, recorded.fact.day)
    if len(known) == 1:
        (principal,) = known
        return principal, state.setting.roles.name(principal)
    return plain(phrase), phrase


def _holdings(state: State) -> tuple[Holding, ...]:
    return tuple(one for held in state.setting.roles.roles.values() for one in held)


def _hold(state: State, held: tuple[Holding, ...]) -> None:
    """Another register from here on; what was worked out by the old one is forgotten."""
    state.setting = replace(state.setting, roles=roles(held))
    state.shapes, state.listeners = {}, {}
