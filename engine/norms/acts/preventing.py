"""What keeps somebody from performing: where a text speaks of events beyond control, what they owed is for people to judge.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.course import State, put, use
from syngraph.engine.norms.life.instances import HELD, Instance, Reason, Status
from syngraph.engine.norms.life.weighing import counts
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.texts import GoverningText, place_of, refers
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.text.clauses import Clause
from syngraph.grammar import lexicon
from syngraph.grammar.rules import Obligation

_PREVENTING = frozenset({"prevent", "hinder", "stop", "keep"})
EVENTS = _PREVENTING | {"give"}
"""Verbs of facts that can tell of an event beyond control, or of notice of one."""
_FROM = re.compile(r"(?P<who>\S.{0,120}?) from (?P<verb>\w+)(?: (?P<what>\S.{0,200}))?$")
_GENERAL = frozenset({"performing", "fulfilling", "complying", "doing", "meeting"})
_BEYOND = re.compile(
    r"\b(?:force majeure|act of God|(?:outside|beyond|not within) (?:(?:the|its|his|her|their|that|such|any) )?"
    r"(?:[\w’']{1,30} ){0,4}control)\b",
    re.IGNORECASE,
)


def is_event(recorded: RecordedFact) -> bool:
    """Whether a fact tells that something kept somebody from performing, so that what acted need not be a person."""
    event = recorded.fact.event
    return event.verb in _PREVENTING and _FROM.match(event.object) is not None


def prevented(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """Leaves open duties of somebody whom an event kept from performing them (`a flood prevented the Seller from selling`), or
    who gave notice of one, where the text has a sentence on such events; whether the fact concerned any.
    """
    found = _said_of(state, recorded)
    if found is None:
        return False
    who, section, verb = found
    sentence = next(_beyond_control(state.index.given.text), None)
    if sentence is None:
        return False
    text = f"nothing tells whether this is excused: {sentence.sentence.text.strip()}"
    told, rule = Reason(recorded.sentence, recorded.place), Reason(text, place_of(sentence))
    touched = False
    for instance in tuple(state.instances.values()):
        if not _is_owed(instance, who, instant) or not counts(state, recorded, instance):
            continue
        slot = instance.slot
        if (section and not refers(section, slot.section, slot.number)) or (verb and verb != slot.act.verb):
            continue
        put(state, instances.questioned(instance, (told, rule), recorded.id))
        use(state, recorded, instance.key)
        touched = True
    return touched


def _said_of(state: State, recorded: RecordedFact) -> tuple[frozenset[str], str, str] | None:
    """Who was kept from performing, of which section, and what where that is told."""
    fact, roles = recorded.fact, state.setting.roles
    if fact.event.verb == "give" and _BEYOND.search(fact.event.object):
        who = matching.actors(fact, roles)
        return (who, "", "") if who else None
    match = _FROM.match(fact.event.object) if fact.event.verb in _PREVENTING else None
    if match is None or matching.actors(fact, roles) & frozenset(roles.principals):
        return None  # what a party did is no event beyond everybody's control
    who = roles.meant(match["who"], fact.day)
    section = fact.under or matching.section_in(fact.event.object)
    verb = "" if match["verb"] in _GENERAL else _base(match["verb"])
    return (who, section, verb) if who else None


def _base(gerund: str) -> str:
    """The verb of which a word is the gerund, the word itself where there is none."""
    stem = gerund.removesuffix("ing")
    forms = (stem, f"{stem}e", stem[:-1])
    return next((form for form in forms if form in lexicon.current().verbs), gerund)


def _beyond_control(text: GoverningText) -> Iterator[Clause]:
    """The sentences of a text that speak of events beyond control, read or not."""
    told = (*text.unread, *(placed.clause for placed in text.rules))
    return (clause for clause in told if _BEYOND.search(clause.sentence.text))


def _is_owed(instance: Instance, who: frozenset[str], instant: datetime) -> bool:
    """Whether a duty of theirs was to be done and not late by then."""
    is_theirs = isinstance(instance.slot.norm, Obligation) and bool(who & set(instance.bearers))
    return is_theirs and instance.status in HELD - {Status.VIOLATED} and instance.arisen <= instant
