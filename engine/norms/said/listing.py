"""Several things in one phrase: all of them (`the chairs, the tables and the manual`), or any (`the chairs or the tables`)."""

import re
from dataclasses import replace
from functools import lru_cache

from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.words.manner import bare
from syngraph.engine.norms.words.wording import noun
from syngraph.grammar.rules import Fact

_OPENS = r"(?:the|an?|all|each|every|any|its|their|his|her|this|these|those|one|two|three|four|five|six|\d+)\s"
_AND = re.compile(rf",\s*and\s+(?={_OPENS})|,\s*(?={_OPENS})|\s+and\s+(?={_OPENS})", re.IGNORECASE)
_OR = re.compile(rf",\s*or\s+(?={_OPENS})|,\s*(?={_OPENS})|\s+or\s+(?={_OPENS})", re.IGNORECASE)
_JOINED = re.compile(r"\s(?:and|or)\s")
_MOST = 40


@lru_cache(maxsize=4096)
def things(phrase: str) -> tuple[str, ...]:
    """The things that a phrase names together, the phrase itself where it names one or nobody can tell.

    >>> things("the chairs, the tables and a manual")
    ('the chairs', 'the tables', 'a manual')
    """
    return _split(phrase, _AND) if " or " not in phrase else (phrase,)


@lru_cache(maxsize=4096)
def alternatives(phrase: str) -> tuple[str, ...]:
    """The things of which a phrase names any.

    >>> alternatives("the chairs or the tables")
    ('the chairs', 'the tables')
    """
    return _split(phrase, _OR) if " and " not in phrase and " or " in phrase else (phrase,)


def is_unclear(phrase: str) -> bool:
    """Whether a phrase joins words of which nobody can tell whether they are several things (`terms and conditions`)."""
    return _JOINED.search(phrase) is not None and len(things(phrase)) == 1 and len(alternatives(phrase)) == 1


def _split(phrase: str, between: re.Pattern[str]) -> tuple[str, ...]:
    found = tuple(part.strip() for part in between.split(phrase) if part.strip())
    return found if 1 < len(found) <= _MOST else (phrase,)


def singly(slot: Slot, fact: Fact) -> tuple[tuple[Slot, Fact], ...]:
    """A norm and a fact for each pair of one thing that the text names and one that the fact does; none if each names one."""
    ruled, said = (*things(slot.act.object), *alternatives(slot.act.object)), things(fact.event.object)
    if len(ruled) == _ONE and len(said) == 1:
        return ()
    each = ruled if len(ruled) == _ONE else tuple(thing for thing in ruled if thing != slot.act.object)
    facts = [replace(fact, event=replace(fact.event, object=thing)) for thing in said]
    return tuple((_with(slot, thing), each_fact) for thing in dict.fromkeys(each) for each_fact in facts)


def left_open(slot: Slot, fact: Fact) -> str:
    """Why nobody can tell whether a fact names all that an act does, "" where that can be told."""
    ruled = slot.act.object
    if not _JOINED.search(ruled):
        return ""
    said = bare(fact.event.object)
    if not is_unclear(ruled) or not noun(said).head or noun(said) == noun(ruled):
        return ""
    return f"the text says {ruled}, the fact {said}: whether that is all of it, people must say"


def _with(slot: Slot, thing: str) -> Slot:
    return slot if thing == slot.act.object else replace(slot, norm=replace(slot.norm, act=replace(slot.act, object=thing)))


_ONE = 2
"""How many readings a phrase has that names one thing: as all of one, and as any of one."""
