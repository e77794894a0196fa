"""Circumstances by which a text picks out some of those who hold a role (`a Member who is in arrears`), in facts."""

import re
from dataclasses import dataclass

from syngraph.engine.norms.words.roles import Roles
from syngraph.engine.norms.words.wording import same
from syngraph.grammar import lexicon
from syngraph.grammar.rules import Fact

_IS = re.compile(r"(?:who|that|which) (?:is|are|was|were|has been|have been) (not |no longer )?(?=\S)")
_HAS = re.compile(r"(?:who|that|which) (?:has|have) (not )?(\w+)\s*(.*)")
_DOES = re.compile(r"(?:who|that|which) (\w+)\s*(.*)")
BEING = ("be", "become", "remain")
_NO_MORE = re.compile(r"(?:not|no longer) ")


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What a qualifier says of a person: that they are something (`state`), did something, or that it was done to them.

    `verb` is the base form of the deed, "" for a mere state; `rest` what follows it. `denied` says that it must not be so.
    """

    state: str
    verb: str
    rest: str
    passive: bool
    denied: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a fact tells of a circumstance: of whom, and whether it holds."""

    who: frozenset[str]
    holds: bool


def circumstance(qualifier: str) -> Circumstance | None:
    """A qualifier taken apart, None where it is of a shape that no fact can tell (`of the North`).

    >>> circumstance("proposed for removal").verb, circumstance("who is in arrears").state
    ('propose', 'in arrears')
    """
    being = _IS.match(qualifier)
    having = None if being else _HAS.fullmatch(qualifier)
    doing = None if being or having else _DOES.fullmatch(qualifier)
    if having:
        return Circumstance("", lexicon.base_of_participle(having[2]), having[3], False, bool(having[1]))
    if doing:
        verb = lexicon.base_of_third(doing[1]) or lexicon.base_of_past(doing[1])
        return Circumstance("", verb, doing[2], False, False) if verb else None
    state = qualifier[being.end() :] if being else qualifier
    first, _, rest = state.partition(" ")
    verb = lexicon.base_of_participle(first) if first in lexicon.current().participles or first.endswith("ed") else ""
    if not being and not verb:
        return None
    return Circumstance(state, verb, rest, bool(verb), bool(being and being[1]))


def tells(asked: Circumstance, fact: Fact, roles: Roles) -> Told | None:
    """Of whom a fact tells a circumstance, None when it tells it of nobody."""
    event = fact.event
    if asked.state and event.verb in BEING:
        ended = _NO_MORE.match(event.object)
        if event.object[ended.end() if ended else 0 :].casefold() != asked.state.casefold():
            return None
        who = roles.meant(event.actor, fact.day)
        return _told(who, (fact.happened and not ended) is not asked.denied)
    if not asked.verb or event.verb != asked.verb:
        return None
    if not asked.passive:
        meant = not asked.rest or same(event.object, asked.rest)
        return _told(roles.meant(event.actor, fact.day), fact.happened is not asked.denied) if meant else None
    words = event.object.split()
    for length in range(len(words), 0, -1):
        who = roles.meant(" ".join(words[:length]), fact.day)
        if who:
            rest = " ".join(words[length:])
            right = not asked.rest or rest.casefold() == asked.rest.casefold()
            return _told(who, fact.happened is not asked.denied) if right else None
    return None


def _told(who: frozenset[str], holds: bool) -> Told | None:
    return Told(who, holds) if len(who) == 1 else None
