"""Acts that several must be reached by, or that several must do together: who is still missing when one fact tells of some."""

import re
from collections.abc import Iterable

from syngraph.engine.norms.life.course import State
from syngraph.engine.norms.life.instances import ANYBODY, THE, Instance
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.addressing import reached, to_be_reached
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.grammar.rules import Obligation

_BY, _TO = "by ", "to "
_OWN = frozenset({"sign", "execute", "approve", "consent", "agree", "declare", "confirm", "attend", "vote", "countersign"})
"""What nobody does for another: those who are to do it together must each."""
_TOGETHER = re.compile(r"\b(?:jointly|together|in common)\b")
_NAMED = 3


def parts_of(state: State, instance: Instance, recorded: RecordedFact) -> tuple[frozenset[str], str]:
    """What a fact has done of an act that several must be reached by, or must do: the parts as `Instance.done` has them, and
    who is missing after it, "" where nobody is.
    """
    fact, roles, slot = recorded.fact, state.setting.roles, instance.slot
    if not isinstance(slot.norm, Obligation):
        return frozenset(), ""
    own = frozenset(instance.bearers) - {THE, ANYBODY}
    done: set[str] = set()
    left: list[str] = []
    there = reached(fact.event, fact.day, roles)
    if there and (all_ := to_be_reached(slot.act, fact.day, roles) - own):
        done |= {f"{_TO}{one}" for one in there & all_}
        left += [one for one in sorted(all_) if f"{_TO}{one}" not in done | instance.done]
    who = matching.actors(fact, roles)
    words = f"{slot.act.manner} {slot.act.rest}"
    if who and len(own) > 1 and slot.act.verb in _OWN and _TOGETHER.search(words) and "several" not in words:
        done |= {f"{_BY}{one}" for one in who & own}
        left += [one for one in sorted(own) if f"{_BY}{one}" not in done | instance.done]
    return frozenset(done), _names(state, left)


def _names(state: State, ids: Iterable[str]) -> str:
    names = [state.setting.roles.name(one) for one in dict.fromkeys(ids)]
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} others"]
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
