"""Times that began to run before a norm had its occasion (`if the Buyer does not object, it shall pay within 20 days after
receipt`): the receipt from which the time for the objection ran is the one that is meant.
"""

from datetime import datetime

from syngraph.engine.norms.life.agenda import Occasion
from syngraph.engine.norms.life.course import State, instant_of
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.matching import Match
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.said.windows import Window, moment_of
from syngraph.grammar.amounts import Event
from syngraph.grammar.rules import Happens


def begun_before(state: State, slot: Slot, event: Event, occasion: Occasion) -> datetime | None:
    """When the event happened that a time hangs on, where the occasion itself comes from it; None where it does not."""
    source = state.instances.get(occasion.source) if occasion.source is not None else None
    known = [state.facts[id_] for id_ in source.facts if id_ in state.facts] if source is not None else []
    if not known and _is_shared(slot, event):
        known = [one for key in matching.event_keys(event) for one in state.heard.get(key, ())]
    told = [one for one in known if isinstance(matching.event_of(event, one.fact, state.setting.roles), Match)]
    return max((when for one in told if (when := instant_of(state, one)) <= occasion.instant), default=None)


def _is_shared(slot: Slot, event: Event) -> bool:
    """Whether the time of a condition runs from the same event."""
    tests = (each.test for each in slot.norm.conditions)
    return any(isinstance(test, Happens) and any(moment_of(time) == event for time in test.times) for test in tests)


def narrowed(whole: Window, *others: Window) -> Window:
    """What several windows have in common."""
    opens = [one.opens for one in (whole, *others) if one.opens is not None]
    due = [one.due for one in (whole, *others) if one.due is not None]
    return Window(max(opens, default=None), min(due, default=None))
