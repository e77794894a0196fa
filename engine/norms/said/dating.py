"""Terms that stand for the day of an event (`"Invoice Date" means the day on which the Seller sends its invoice`)."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from syngraph.engine.norms.words.wording import plain
from syngraph.engine.text.clauses import PlacedRule
from syngraph.grammar.amounts import Event
from syngraph.grammar.phrases.nouns import event
from syngraph.grammar.rules import Definition, Fails, Happens, Norm

_DAY_OF = re.compile(r"the (?:date|day|time) (?:on which |at which |when |that |of )?(?P<what>\S.*)$", re.IGNORECASE)


def events_of(rules: tuple[PlacedRule, ...]) -> Mapping[str, Event]:
    """The events that defined terms stand for, by term in lower case."""
    found: dict[str, Event] = {}
    for placed in rules:
        rule = placed.rule
        if isinstance(rule, Definition) and rule.moment is None and rule.amount is None:
            said = _DAY_OF.match(rule.body)
            meant = event(said["what"]) if said else None
            if meant is not None and meant.verb and meant.verb != "be":
                found[plain(rule.term)] = replace(meant, text=rule.body)
    return found


def dated(norm: Norm, events: Mapping[str, Event]) -> Norm:
    """A norm in whose times each term that stands for an event is that event."""
    if not events:
        return norm
    times = tuple(_meant(time, events) for time in norm.times)
    conditions = tuple(
        replace(each, test=replace(each.test, times=tuple(_meant(time, events) for time in each.test.times)))
        if isinstance(each.test, Happens | Fails) and each.test.times
        else each
        for each in norm.conditions
    )
    return norm if (times, conditions) == (norm.times, norm.conditions) else replace(norm, times=times, conditions=conditions)


def _meant(time: Any, events: Mapping[str, Event]) -> Any:
    for name in (each.name for each in fields(time)):
        moment = getattr(time, name)
        if isinstance(moment, Event) and not moment.verb and (meant := events.get(plain(moment.text))) is not None:
            return replace(time, **{name: meant})
    return time
