"""Conditions of a norm as the record can tell them: a breach is an event, and how long something has lasted nobody sees."""

import re
from dataclasses import replace

from syngraph.grammar.amounts import Event
from syngraph.grammar.rules import Condition, Happens, Norm, Unknown

_IN_BREACH = re.compile(
    r"^(?P<who>\S.{0,100}?) (?:is|are|remains?) in (?:material )?(?:breach|default|violation)(?: of (?P<what>\S.{0,100}))?$"
)
_LASTING = re.compile(r"\bfor (?:more than|longer than|at least|not less than|over) ")


def tellable(norm: Norm) -> Norm:
    """A norm whose conditions are such as facts can meet: `the Seller is in breach` is a breach by the Seller; what must have
    lasted for some time is not met by its beginning.
    """
    if not norm.conditions:
        return norm
    return replace(norm, conditions=tuple(_tellable(condition) for condition in norm.conditions))


def _tellable(condition: Condition) -> Condition:
    match condition.test:
        case Unknown(text) if found := _IN_BREACH.match(text):
            event = Event(text, "breach", found["who"], found["what"] or "this Agreement")
            return replace(condition, test=Happens(event))
        case Happens(event) if _LASTING.search(event.text) and not _LASTING.search(event.object):
            return replace(condition, test=Unknown(event.text))
        case _:
            return condition
