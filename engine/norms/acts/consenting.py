"""By which fact an exception held when something forbidden was done, and what is not told about that.

Nothing here changes the state of a fold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from syngraph.engine.norms.life.course import State, instant_of
from syngraph.engine.norms.life.instances import Instance
from syngraph.engine.norms.life.scopes import is_general, mentions
from syngraph.engine.norms.life.weighing import counts
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.index import NEGATIVE, Index
from syngraph.engine.norms.said.matching import Match
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.wording import Noun, noun, plain
from syngraph.grammar.amounts import Event
from syngraph.grammar.rules import Happens, Prohibition

_FOR = re.compile(r"\s(?:to|for) (\S.*)$")
_ONCE = re.compile(r"\b(?:once|one|single)\b")
_WITHDRAWING = ("withdraw", "revoke", "rescind")
"""Verbs by which somebody takes back what was given."""
_FORM = frozenset({"written", "express", "signed", "notarised", "certified"})
"""Words for the form in which something is said, which a fact may leave out."""
_ORDER = "nothing tells which of the two came first on that day"
_BACK = "it was withdrawn: {}"


@dataclass(frozen=True, slots=True)
class Excepted:
    """The fact by which an exception held, and why nobody can tell whether it did, "" where it is sure."""

    fact: RecordedFact
    unsure: str


def exceptions_of(index: Index) -> frozenset[str]:
    """The verbs of all facts that can make an exception for what a text forbids, or take one back."""
    forbidding = (slot.norm for slot in index.slots.values() if isinstance(slot.norm, Prohibition))
    tests = (each.test for norm in forbidding for each in norm.conditions if each.link in NEGATIVE)
    found = frozenset(test.event.verb for test in tests if isinstance(test, Happens))
    return found | frozenset(_WITHDRAWING) if found else found


def exception(state: State, slot: Slot, instance: Instance, recorded: RecordedFact, instant: datetime) -> Excepted | None:
    """What makes an exception for something forbidden that was done at an instant: what is sure before what is not."""
    unsure: Excepted | None = None
    for condition in slot.norm.conditions:
        if condition.link not in NEGATIVE or not isinstance(condition.test, Happens):
            continue
        event = condition.test.event
        others = plain(event.actor).startswith("other ")
        for earlier in _told(state, replace(event, actor="") if others else event, recorded, instant):
            mine = matching.actors(earlier.fact, state.setting.roles) & set(instance.bearers)
            if (others and mine) or not counts(state, earlier, instance):
                continue
            what = _meant_for(state, earlier, slot)
            if what is None:
                continue
            why = what or _form(slot, earlier) or _order(earlier, recorded) or _withdrawn(state, earlier, recorded, instant)
            if not why:
                return Excepted(earlier, "")
            unsure = unsure or Excepted(earlier, why)
    return unsure


def _told(state: State, event: Event, recorded: RecordedFact, instant: datetime) -> Iterator[RecordedFact]:
    """The facts that are an event, by that instant or on the same day if nothing tells that it was later."""
    roles, at = state.setting.roles, state.setting.at
    found = {one.id: one for key in matching.event_keys(event) for one in state.heard.get(key, ())}
    for one in state.setting.days.get((recorded.fact.day, event.verb), ()):
        if one.fact.happened and not (one.fact.time and recorded.fact.time) and instant_of(state, one) <= at:
            found.setdefault(one.id, one)
    for one in found.values():
        is_open = one.id != recorded.id and (instant_of(state, one) <= instant or _order(one, recorded))
        if is_open and isinstance(matching.event_of(event, one.fact, roles), Match):
            yield one


def _order(earlier: RecordedFact, recorded: RecordedFact) -> str:
    """That both are of one day and not of two hours, so that the order of telling is all that there is."""
    is_timed = earlier.fact.time and recorded.fact.time
    return _ORDER if earlier.fact.day == recorded.fact.day and not is_timed else ""


def _form(slot: Slot, earlier: RecordedFact) -> str:
    """Why nobody can tell whether a fact is the exception that a text makes, "" where it is: whoever is told to have given
    consent may have given it in writing, or not.
    """
    tests = (each.test.event for each in slot.norm.conditions if each.link in NEGATIVE and isinstance(each.test, Happens))
    asked = [event for event in tests if event.verb == earlier.fact.event.verb]
    how = [noun(event.object).modifiers & _FORM - noun(earlier.fact.event.object).modifiers for event in asked]
    if not how or not all(how):
        return ""
    return f"the text says {asked[0].object}, the fact {earlier.fact.event.object}"


def _withdrawn(state: State, earlier: RecordedFact, recorded: RecordedFact, instant: datetime) -> str:
    """That what was given was taken back before the act, or on its day: whether it could be, the text does not tell."""
    given = noun(earlier.fact.event.object).head
    for verb in _WITHDRAWING:
        back = Event(verb, verb, "", given, "")
        for other in _told(state, back, recorded, instant):
            same = matching.actors(other.fact, state.setting.roles) & matching.actors(earlier.fact, state.setting.roles)
            if same and given == noun(other.fact.event.object).head and instant_of(state, other) >= instant_of(state, earlier):
                return _BACK.format(other.sentence)
    return ""


def _meant_for(state: State, earlier: RecordedFact, slot: Slot) -> str | None:
    """Whether what somebody consented to is the act of a norm: "" where it is, None where it is not, else why nobody can
    tell. Nothing named is everything; only what is given once is used up.
    """
    named = _named(earlier)
    person = state.setting.roles.meant(earlier.fact.event.to, earlier.fact.day) if earlier.fact.event.to else frozenset[str]()
    if _ONCE.search(f"{earlier.fact.event.object} {earlier.fact.event.to}") and state.used.get(earlier.id):
        return None
    if not named or person or is_general(named) or mentions(named, slot):
        return ""
    thing = noun(slot.act.object)
    return f"it speaks of {named}" if thing.head and thing.head in _heads(named) else None


def _named(earlier: RecordedFact) -> str:
    """What a fact names as that to which consent was given, with all that stands behind it."""
    event = earlier.fact.event
    for_what = _FOR.search(event.object)
    if for_what:
        return for_what[1]
    _, found, behind = event.text.partition(f" to {event.to}") if event.to else ("", "", "")
    return f"{event.to}{behind}" if found else event.to


def _heads(phrase: str) -> frozenset[str]:
    """The heads of a phrase and of what it is of (`the sale of white bread`)."""
    found: set[str] = set()
    there: Noun | None = noun(phrase)
    while there is not None:
        found.add(there.head)
        there = there.complement
    return frozenset(found)
