"""What becomes of something by itself, as norms that stand for its conditions and times, and events that a text names."""

import re
from dataclasses import replace

from syngraph.engine.norms.words.wording import plain
from syngraph.grammar.amounts import Event
from syngraph.grammar.phrases.nouns import circumstance
from syngraph.grammar.rules import (
    Act,
    Change,
    Condition,
    Definition,
    Effect,
    Fails,
    Happens,
    Link,
    Norm,
    Obligation,
    Permission,
    Power,
    Unknown,
)

_FAILURE = re.compile(
    r"(?:any|a|each|every|the)\s(?:failure|default)\s(?:(?:of|by)\s(?P<who>(?:the|a|an|any|either|each)\s[\w’'-]{1,40}(?:\s[A-Z][\w’'-]{1,40}){0,4})\s)?"
    r"to\s(?P<what>.+)$"
)
_DECLARED = re.compile(
    r"^(?P<what>(?:the|any|all)\s.{1,100}?)\s(?:to\sbe\s)?(?:immediately\s|at\sonce\s)?(?:due(?:\sand\spayable)?|payable)(?:\simmediately|\sat\sonce)?$"
)
_OCCURS = re.compile(
    r"^(?P<what>(?:an?|any|the|such\san)\s.{1,100}?)(?:\s(?:occurs|has\soccurred|happens|has\shappened|arises|has\sarisen))?$"
)


def norm_of(change: Change) -> Norm:
    """A norm with the conditions and times of a change, about what it becomes of."""
    event = change.event
    done = Act(event.verb, event.object, event.to) if event is not None and event.object else Act("", change.subject)
    return Obligation(None, done, change.times, change.conditions, change.priority)


def failure_of(definition: Definition) -> Change | None:
    """When the event that a term names happens, where its definition says which failure it is; None for any other."""
    found = _FAILURE.match(definition.body)
    if found is None:
        return None
    test = circumstance(f"{found['who'] or 'a Party'} fails to {found['what']}", (), definition.body)
    if not isinstance(test, Fails):
        return None
    if not found["who"]:
        test = replace(test, event=replace(test.event, actor=""))
    named = f"{'an' if definition.term[:1].lower() in 'aeiou' else 'a'} {definition.term}"
    return Change(Effect.OCCURS, named, event=Event(named), conditions=(Condition(Link.IF, test),))


def declared(right: Permission | Power) -> Change | None:
    """What falls due when a right is used to declare it due (`the Seller may declare the balance immediately due`)."""
    found = _DECLARED.match(right.act.object) if right.act.verb in ("declare", "call", "make", "demand") else None
    if found is None or right.bearer is None:
        return None
    event = Event(right.act.text, right.act.verb, f"the {right.bearer.roles[0]}", right.act.object)
    return Change(Effect.DUE, found["what"], conditions=(Condition(Link.IF, Happens(event)),))


def naming(norm: Norm, names: frozenset[str]) -> Norm:
    """A norm of which the conditions that speak of an event by its name are events. `names` are in lower case."""
    if not names or not norm.conditions:
        return norm
    return replace(norm, conditions=tuple(_named(each, names) for each in norm.conditions))


def _named(condition: Condition, names: frozenset[str]) -> Condition:
    match condition.test:
        case Unknown(text) | Happens(Event(text, verb="occur" | "happen" | "arise")):
            found = _OCCURS.match(text)
        case _:
            return condition
    if found is None or plain(found["what"]) not in names:
        return condition
    return replace(condition, test=Happens(Event(found["what"])))
