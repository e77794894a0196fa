"""What counts as having happened although nobody did it: on what it hangs, and when the act itself adds nothing to it."""

from syngraph.engine.norms.life.course import Deemed, State, instant_of, of_slot
from syngraph.engine.norms.life.instances import Key, Status
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.index import NOR, SHADOW
from syngraph.engine.norms.said.matching import Match
from syngraph.engine.norms.told.facts import Origin, RecordedFact
from syngraph.grammar.rules import Effect


def ground_of(state: State, recorded: RecordedFact) -> Deemed | None:
    """What made a fact count as having happened, None for one that somebody tells."""
    if recorded.origin is not Origin.TEXT:
        return None
    return next((one for one in state.deemed if one.fact.id == recorded.id), None)


def is_again(state: State, recorded: RecordedFact) -> bool:
    """Whether somebody does what counts as done already: there is no second acceptance of the same delivery."""
    if not state.deemed or recorded.origin is Origin.TEXT:
        return False
    return any(_is_the_same(state, one, recorded) for one in state.deemed)


def did_other(state: State, key: Key) -> bool:
    """Whether the other of two acts was done of which a condition says that neither was."""
    other = state.instances.get(key._replace(slot=f"{key.slot}{NOR}")) if SHADOW in key.slot else None
    return other is not None and other.status is Status.FULFILLED


def _is_the_same(state: State, deemed: Deemed, recorded: RecordedFact) -> bool:
    change = deemed.slot.change
    if change is None or change.effect is not Effect.DEEMED or change.event is None:
        return False
    if not isinstance(matching.event_of(change.event, recorded.fact, state.setting.roles), Match):
        return False
    later = of_slot(state, deemed.source.slot) if deemed.source is not None else []
    return deemed.instant <= instant_of(state, recorded) and not any(one.arisen > deemed.instant for one in later)
