"""More time that one to whom something is owed gives alone, for that duty (`extended the deadline to 1 April`).

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

import re
from dataclasses import replace
from datetime import datetime

from syngraph.engine.norms.acts.excusing import may_let_go
from syngraph.engine.norms.acts.extending import More, asked, extend_one
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.course import State, doubt_of, put, use
from syngraph.engine.norms.life.instances import LIVE, Instance, Status
from syngraph.engine.norms.life.scopes import AGREEMENTS, is_general, mentions, section_of
from syngraph.engine.norms.life.weighing import counts
from syngraph.engine.norms.said.index import SHADOW
from syngraph.engine.norms.said.matching import actors
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.wording import noun
from syngraph.grammar.rules import Obligation

_EXTENDING = frozenset({"extend", "postpone", "defer", "prolong"})
_GIVING = frozenset({"give", "grant", "allow"})
_TIMES = frozenset({"deadline", "time", "date", "day", "period"})
_UNTIL = re.compile(r"(?P<who>\S.{0,80}?) (?P<time>(?:until|till) \S.{0,40}?) to (?P<verb>[a-z]+)(?: |$)")


def is_respite(verb: str, phrase: str) -> bool:
    """Whether facts with such words can tell that a creditor gave more time."""
    return verb in _EXTENDING or (verb in _GIVING and _UNTIL.match(phrase) is not None)


def respite(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """Gives a debtor more time where whoever does so could let go of the duty too; whether the fact does that. Where several
    duties can be meant, nobody can tell which.
    """
    event = recorded.fact.event
    if not is_respite(event.verb, event.object) or not (actors(recorded.fact, state.setting.roles) or recorded.signed_by):
        return False
    found = [one for one in state.instances.values() if _is_given(state, one, recorded, instant)]
    for instance in found:
        if len(found) == 1:
            extend_one(state, instance, recorded, instant, _more(recorded))
        else:
            use(state, recorded, instance.key)
            put(state, instances.questioned(instance, (doubt_of(recorded, "more time may be for another duty"),), recorded.id))
    return bool(found)


def _more(recorded: RecordedFact) -> More:
    given = _given(recorded)
    return asked(recorded if given is None else _worded(recorded, f"time {given['time']}"))[1]


def _given(recorded: RecordedFact) -> re.Match[str] | None:
    event = recorded.fact.event
    return _UNTIL.match(event.object) if event.verb in _GIVING else None


def _worded(recorded: RecordedFact, phrase: str) -> RecordedFact:
    return replace(recorded, fact=replace(recorded.fact, event=replace(recorded.fact.event, object=phrase)))


def _is_given(state: State, one: Instance, recorded: RecordedFact, instant: datetime) -> bool:
    """Whether a duty can be the one for which more time is given."""
    slot, given = one.slot, _given(recorded)
    if not isinstance(slot.norm, Obligation) or one.due is None or SHADOW in slot.id or one.arisen > instant:
        return False
    if one.status not in (*LIVE, Status.VIOLATED) or not may_let_go(state, slot, one.bearers, recorded):
        return False
    if given is not None:
        whose = state.setting.roles.meant(given["who"], recorded.fact.day)
        return given["verb"] == slot.act.verb and bool(whose & set(one.bearers)) and counts(state, recorded, one)
    named, more = asked(recorded)
    head, section = noun(named.thing).head, section_of(recorded)
    if (head in AGREEMENTS or not head) if not section else not slot.is_in(section):
        return False
    if more == More() and head not in _TIMES:
        return False  # whoever extends the warehouse gives no time
    return (is_general(named.thing) or mentions(named.thing, slot)) and counts(state, recorded, one)
