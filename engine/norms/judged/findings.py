"""What is wrong with a record: facts of strangers, facts that touch no rule, facts that contradict, acts without power."""

from collections.abc import Iterator
from itertools import chain

from syngraph.engine.norms.acts.preventing import is_event
from syngraph.engine.norms.life.course import State
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.matching import Mismatch
from syngraph.engine.norms.told.facts import Origin, RecordedFact
from syngraph.engine.norms.words.wording import plain
from syngraph.engine.text.findings import Finding


def of(state: State) -> tuple[Finding, ...]:
    """The faults of the facts that a state was folded from, by place."""
    found = (*_strangers(state), *_unmatched(state), *_contradictions(state), *_void(state))
    return tuple(sorted(found, key=lambda one: (one.place.path, one.place.line, one.place.column, one.code)))


def why_not(state: State, recorded: RecordedFact) -> str:
    """Why a fact touched no rule: what stood in the way of the rule that came nearest, "" when none has its verb."""
    roles, given = state.setting.roles, state.index.given
    for slot in state.index.acts.get(recorded.fact.event.verb, ()):
        match = matching.act_of(slot, recorded.fact, given.bodies, roles)
        if isinstance(match, Mismatch):
            return match.why
        who = matching.actors(recorded.fact, roles)
        actor = slot.norm.bearer
        if actor is not None and not any(roles.holds(one, role, recorded.fact.day) for one in who for role in actor.roles):
            return f"{recorded.fact.event.actor} is not {' or '.join(actor.roles)} on {recorded.fact.day}"
        return f"nothing was owed under section {slot.number or slot.section} that day"
    return ""


def _strangers(state: State) -> Iterator[Finding]:
    roles = state.setting.roles
    if not roles.principals:
        return
    known = {plain(role) for slot in state.index.slots.values() if slot.norm.bearer for role in slot.norm.bearer.roles}
    known |= set(state.index.given.bodies)
    seen: set[str] = set()
    strange: dict[str, bool] = {}
    # What can be called by a noun is there by its verb too.
    heard = (facts for key, facts in state.heard.items() if not key.startswith("~"))
    for recorded in chain(*heard, state.unused):
        actor = recorded.fact.event.actor
        if actor not in strange:
            strange[actor] = bool(actor) and not roles.known(actor) and plain(actor) not in known
        if strange[actor] and recorded.id not in seen and recorded.origin is not Origin.TEXT and not is_event(recorded):
            seen.add(recorded.id)
            message = f"{actor} is not in the register"
            yield Finding("SG402", message, recorded.place, help="write a name, an id or a role that the register has")


def _unmatched(state: State) -> Iterator[Finding]:
    for recorded in state.unused:
        why = why_not(state, recorded)
        message = f"this fact touches no rule: {why}" if why else "this fact touches no rule: no sentence speaks of it"
        yield Finding("SG403", message, recorded.place, help="name the section it belongs to, as in: under section 3.1")


def _contradictions(state: State) -> Iterator[Finding]:
    for first, second in state.contradictions:
        message = f"this fact says the opposite of the one at {first.place}: what hangs on them is undetermined"
        yield Finding("SG404", message, second.place, help="withdraw one of them, or open a dispute about which is true")


def _void(state: State) -> Iterator[Finding]:
    for recorded, why in state.void:
        yield Finding(
            "SG406", f"this act is void: {why}", recorded.place, help="look up who may do this, and when, in the text"
        )
