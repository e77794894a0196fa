"""Facts that are an event by their words and may not be the one that a text means: done by, to or from somebody else, or of
several like ones another than the text names.
"""

import re

from syngraph.engine.norms.life.course import State
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.doing import WHICH
from syngraph.engine.norms.said.index import Watch
from syngraph.engine.norms.said.matching import Match, Mismatch, Perhaps
from syngraph.engine.norms.said.pronouns import TELLING
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.said.undone import PAYING
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.roles import Roles
from syngraph.engine.norms.words.wording import noun, words_of
from syngraph.grammar.amounts import Event
from syngraph.grammar.phrases.numbers import ORDINALS
from syngraph.grammar.rules import Fact

_HANDING = PAYING | TELLING | frozenset(matching.GIVING) | {"deliver", "ship", "hand", "return", "supply", "provide", "present"}
"""Acts that are done to somebody."""
_FROM = re.compile(r"\sfrom (?P<whom>\S.*)$")
_EACH = frozenset({"each", "every", "any"})


def meant(state: State, watch: Watch, recorded: RecordedFact, found: Match | Perhaps) -> Match | Perhaps | Mismatch:
    """What a fact that is an event by its words is when it is asked who did it to whom, and which of several it was."""
    which = _which(state, watch.event, recorded)
    if isinstance(found, Perhaps) or isinstance(which, Mismatch):
        return which if isinstance(which, Mismatch) else found
    why = _strayed(state, watch, recorded)
    return Perhaps(why) if why else which or found


def _strayed(state: State, watch: Watch, recorded: RecordedFact) -> str:
    """Why nobody can tell whether a fact is the doing that a text means, "" where nothing speaks against it."""
    event, fact, roles = watch.event, recorded.fact, state.setting.roles
    if event.verb == "receive":
        return _received_by(watch, fact, roles) or _received_from(watch, fact, roles)
    slots = (state.index.slots.get(duty) for duty in sorted(watch.duties))
    found = [_other_than(slot, event, fact, roles) for slot in slots if slot is not None and slot.act.verb == fact.event.verb]
    if found:
        return "" if "" in found else found[0]
    if fact.event.verb in _HANDING and not event.to and _is_stranger(fact.event.to, fact, roles):
        return f"it went to {fact.event.to}, who is not in the register, and the text does not say to whom it goes"
    return ""


def _other_than(duty: Slot, event: Event, fact: Fact, roles: Roles) -> str:
    """How a fact is another than a duty asks for, where the event leaves that open: in whom it was done by, or to."""
    who, bearer = matching.actors(fact, roles), duty.norm.bearer
    if who and bearer is not None and not event.actor:
        names = {one for role in bearer.roles for one in roles.meant(role, fact.day)}
        if names and not who & names:
            return f"it was done by {fact.event.actor}, {duty.cited}"
    if not event.to and not matching.counterparty(fact.event.to, duty.act.to, fact.day, roles):
        return f"it went to {fact.event.to}, {duty.cited}"
    return ""


def _received_by(watch: Watch, fact: Fact, roles: Roles) -> str:
    """Whose receipt starts a time is not said: it is that of the one bound by it, and not of the one on the other side."""
    norm, who = watch.slot.norm, matching.actors(fact, roles)
    bearer = norm.bearer
    if watch.event.actor or not who or bearer is None:
        return ""
    bound = {one for role in bearer.roles for one in roles.meant(role, fact.day)}
    other = roles.meant(norm.act.to, fact.day) if norm.act.to else frozenset[str]()
    if who & bound or not (who <= other or _is_stranger(fact.event.actor, fact, roles)):
        return ""
    return f"{fact.event.actor} received it, and the text does not say whose receipt it means"


def _received_from(watch: Watch, fact: Fact, roles: Roles) -> str:
    told, asked = _FROM.search(f" {fact.event.object}"), _FROM.search(f" {watch.event.object}")
    if told is None:
        return ""
    whom = told["whom"]
    if asked is not None:
        same = matching.counterparty(whom, asked["whom"], fact.day, roles)
        return "" if same else f"it came from {whom}, the text says from {asked['whom']}"
    is_strange = _is_stranger(whom, fact, roles)
    return (
        f"it came from {whom}, who is not in the register, and the text does not say from whom it comes" if is_strange else ""
    )


def _is_stranger(name: str, fact: Fact, roles: Roles) -> bool:
    """Whether a phrase is a name that the register does not know."""
    words = name.split()
    is_name = bool(words) and all(word[:1].isupper() for word in words) and words[0] not in ("The", "A", "An", "Its", "Their")
    return is_name and not roles.known(name) and not roles.meant(name, fact.day)


def _which(state: State, event: Event, recorded: RecordedFact) -> Match | Perhaps | Mismatch | None:
    """Of several like events the one that a text names by its number (`the second delivery`), None where it names none."""
    asked = noun(event.text).modifiers & WHICH if not event.verb else frozenset[str]()
    if not asked:
        return None
    said = frozenset(words_of(f"{recorded.fact.event.object} {recorded.fact.event.text}")) & WHICH
    if said:
        return None if said & asked else Mismatch(f"the fact is {recorded.fact.event.text}, the text says {event.text}")
    number = next((ORDINALS[word] for word in asked if word in ORDINALS and ORDINALS[word] > 0), 0)
    if not number or _EACH & set(words_of(event.text)):
        return Perhaps(f"whether that is {event.text} the fact does not say")
    plain = Event(" ".join(word for word in event.text.split() if word.casefold() not in WHICH))
    keys = matching.event_keys(plain)
    earlier = {other.id: other for key in keys for other in state.heard.get(key, ()) if other is not recorded}
    roles = state.setting.roles
    count = 1 + sum(isinstance(matching.event_of(plain, other.fact, roles), Match) for other in earlier.values())
    if count != number:
        return Mismatch(f"it is the {count}. of its kind, the text says {event.text}")
    return None
