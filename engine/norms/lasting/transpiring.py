"""What becomes of norms as an event: a section that was waived, suspended or extended, in whatever words a fact tells it.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from dataclasses import replace
from datetime import datetime

from syngraph.engine.norms.life.agenda import Occasion
from syngraph.engine.norms.life.arising import ON_FACT
from syngraph.engine.norms.life.course import State, said
from syngraph.engine.norms.life.listening import satisfy
from syngraph.engine.norms.life.scopes import Scope, covers, scope_of
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.index import Use
from syngraph.engine.norms.said.matching import Mismatch
from syngraph.engine.norms.said.texts import refers
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.grammar.rules import Power

VERBS = frozenset({"waive", "excuse", "release", "forgive", "suspend", "resume", "extend"})


def transpire(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """Lets norms that speak of what a fact has done to other norms know of it; whether any did. What they can tell by the words
    of the fact alone they have heard already.
    """
    fact, roles = recorded.fact, state.setting.roles
    if fact.event.verb not in VERBS:
        return False
    found = False
    for watch in state.index.events.get(fact.event.verb, ()):
        if watch.use is not Use.TEST or not isinstance(matching.event_of(watch.event, fact, roles), Mismatch):
            continue
        if watch.event.actor and not matching.acted(watch.event.actor, fact, roles):
            continue
        meant = scope_of(replace(recorded, fact=replace(fact, under="", event=watch.event)), roles)
        if not meant.is_all and _befell(state, recorded, meant):
            satisfy(state, watch, Occasion(f"{ON_FACT}{recorded.id}", instant, None, fact=recorded, reasons=(said(recorded),)))
            found = True
    return found


def _befell(state: State, recorded: RecordedFact, meant: Scope) -> bool:
    """Whether a fact has changed norms that are meant."""
    touched = (state.instances[key] for key in state.used.get(recorded.id, ()) if key in state.instances)
    if any(covers(meant, one) for one in touched if not isinstance(one.slot.norm, Power)):
        return True
    held = (each.scope for each in state.suspensions if each.fact == recorded.id)
    if any(scope.is_all or (scope.section != "" and scope == meant) for scope in held):
        return True
    let_go = (slots for slots, waiver in state.waivers if waiver is recorded)
    named = (state.index.slots[slot] for slots in let_go for slot in slots if slot in state.index.slots)
    return bool(meant.section) and any(refers(meant.section, slot.section, slot.number) for slot in named)
