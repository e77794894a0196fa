"""Whom a text picks out by a circumstance (`the Party that suspended this Agreement`), as facts tell it."""

from datetime import datetime

from syngraph.engine.norms.life.course import State
from syngraph.engine.norms.life.listening import answered
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.qualifying import tells
from syngraph.grammar.rules import Actor, Quantifier


def qualify(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """Notes of whom a fact tells the circumstance by which a text picks out bearers; whether it tells it of anybody."""
    found = False
    for words, circumstance in state.index.qualifiers.get(recorded.fact.event.verb, ()):
        told = tells(circumstance, recorded.fact, state.setting.roles)
        if told is None:
            continue
        found = True
        for principal in told.who:
            state.personal[words, principal] = (told.holds, recorded)
        for slot in state.index.slots.values():
            if slot.norm.bearer is not None and slot.norm.bearer.qualifier.casefold() == words:
                if told.holds and slot.norm.bearer.quantifier is Quantifier.THE:
                    _not_others(state, words, slot.norm.bearer, recorded)
                answered(state, slot, recorded, instant)
    return found


def _not_others(state: State, words: str, bearer: Actor, recorded: RecordedFact) -> None:
    """`The Party that suspended this Agreement` is one: who did, the others did not, as long as nobody says so."""
    for role in bearer.roles:
        for other in state.setting.roles.holders(role, recorded.fact.day):
            state.personal.setdefault((words, other), (False, recorded))
