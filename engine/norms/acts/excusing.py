"""Letting go: a creditor waives what is owed, excuses a breach, or does so before there is anything to let go of.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

import re
from dataclasses import replace
from datetime import date, datetime

from syngraph.engine.norms.acts.performing import settle_dependents
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.accruing import balance, is_growing
from syngraph.engine.norms.life.course import State, doubt_of, of_slot, open_of, put, said, use
from syngraph.engine.norms.life.instances import ANYBODY, LIVE, OWING, THE, Instance, Reason, Status
from syngraph.engine.norms.life.lending import shared
from syngraph.engine.norms.life.scopes import is_general, mentions, section_of
from syngraph.engine.norms.life.weighing import counts
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.index import SHADOW
from syngraph.engine.norms.said.texts import Slot, refers
from syngraph.engine.norms.sums.money import subtracted, written
from syngraph.engine.norms.told.facts import Origin, RecordedFact
from syngraph.engine.norms.words.wording import same
from syngraph.grammar.amounts import Money
from syngraph.grammar.rules import Permission, Power, PowerKind

EXCUSING = frozenset({"waive", "excuse", "release", "forgive"})
_FREED = re.compile(r"(?P<who>\S.{0,80}?) from (?P<what>\S.{0,200})$")
_OF_RIGHTS = re.compile(
    r"\b(?:dut(?:y|ies)|obligations?|claims?|debts?|liabilit(?:y|ies)|breach(?:es)?|defaults?|rights?|options?|powers?)\b",
    re.IGNORECASE,
)
_RIGHT_TO = re.compile(r"(?:\w+ )?(?:right|option|power) to (\w+)((?: [^\s]+){0,40})$")
_PART = re.compile(
    r"(?:(?:an?|one|some|the) )?(?:\w+ )?(?:part|half|third|quarter|portion|share|(?P<rest>rest|remainder|balance)"
    r"|\d+(?:\.\d+)?(?: ?%| percent)) of (?=\S)",
    re.IGNORECASE,
)


def excuse(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """A creditor lets go of what is owed: discharged, if it was theirs to let go. Whether the fact was of any use.

    Whoever releases a thing (`released the lien on the Truck`) hands it out; only somebody is released from a duty, and only
    what is owed or a right is released.
    """
    roles, day, phrase = state.setting.roles, recorded.fact.day, recorded.fact.event.object
    whose = recorded.fact.event.to
    slots = [slot for slot in state.index.slots.values() if SHADOW not in slot.id]
    if recorded.fact.event.verb == "release":
        freed = _FREED.match(phrase)
        if freed is not None:
            whose, phrase = freed["who"], freed["what"]
            slots = [slot for slot in slots if roles.meant(whose, day) & _bearers(state, slot, day)]
        elif not _OF_RIGHTS.search(phrase):
            return False
    part = _PART.match(phrase)
    what = phrase[part.end() :] if part is not None else phrase
    is_part = part is not None and part["rest"] is None
    named = [slot for slot in slots if _is_excused(slot, what, recorded)]
    debtor = roles.meant(whose, day) if whose else frozenset()
    excused = [one for slot in named for one in open_of(state, slot.id)] or _only_breach(state, recorded)
    excused = [one for one in excused if one.arisen <= instant and counts(state, recorded, one)]
    excused = [one for one in excused if not debtor or debtor & set(one.bearers)]
    touched = _give_up(state, recorded, instant) or bool(excused)
    for instance in excused:
        use(state, recorded, instance.key)
        _let_go(state, instance, recorded, instant, is_part, len(excused) == 1)
    if not touched and named and may_let_go(state, named[0], (), recorded):
        state.waivers = (*state.waivers, (frozenset(slot.id for slot in named), recorded))
        return True
    return touched


def _give_up(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """Whoever has a right may do without it; whether the fact names one of theirs, by its act or by its section."""
    who = matching.actors(recorded.fact, state.setting.roles) or frozenset(recorded.signed_by)
    allowed = [slot for slot in state.index.slots.values() if isinstance(slot.norm, Permission | Power)]
    given_up = [slot for slot in allowed if _is_given_up(slot, recorded)]
    found = False
    for right in [one for slot in given_up for one in of_slot(state, slot.id)]:
        own = frozenset(right.bearers) - {ANYBODY, THE}
        if own and own <= who and right.status in LIVE and counts(state, recorded, right):
            use(state, recorded, right.key)
            put(state, instances.discharged(right, instant, said(recorded), recorded.id))
            found = True
    return found


def _is_given_up(slot: Slot, recorded: RecordedFact) -> bool:
    phrase, section = recorded.fact.event.object, section_of(recorded)
    if section and not refers(section, slot.section, slot.number):
        return False
    right = _RIGHT_TO.match(phrase)
    return (
        bool(section) and is_general(phrase) if right is None else right[1] == slot.act.verb and same(right[2], slot.act.object)
    )


def _let_go(state: State, instance: Instance, recorded: RecordedFact, instant: datetime, is_part: bool, is_only: bool) -> None:
    """Lets go of a duty, of so much of it as the fact says; `is_only` is whether the fact speaks of no other."""
    who = matching.actors(recorded.fact, state.setting.roles)
    if not who and recorded.origin is Origin.STATEMENT and not recorded.signed_by:
        why = "it was excused, and nothing tells by whom"
        put(state, instances.doubted(instance, Reason(why, recorded.place)))
    elif not may_let_go(state, instance.slot, instance.bearers, recorded):
        state.void.append((recorded, "only those to whom a duty is owed can let go of it"))
    elif is_part or (isinstance(recorded.fact.amount, Money) and not _is_whole(state, instance, recorded, is_only)):
        put(state, _reduced(state, instance, recorded, is_only and not is_part))
    else:
        put(state, instances.discharged(instance, instant, said(recorded), recorded.id))
        settle_dependents(state, instance.key, instant)


def _is_whole(state: State, instance: Instance, recorded: RecordedFact, is_only: bool) -> bool:
    """Whether the sum that a fact lets go of is all that is left to pay: of one among several only where it is just that."""
    given, rest = recorded.fact.amount, balance(state, instance, recorded.fact.day)
    if not isinstance(given, Money) or not isinstance(rest, Money) or given.currency != rest.currency:
        return False
    return not is_growing(state, instance) and (given.amount >= rest.amount if is_only else given == rest)


def _reduced(state: State, instance: Instance, recorded: RecordedFact, is_sure: bool) -> Instance:
    """A duty to pay of which a part is let go: less is owed, or nobody can tell how much."""
    given, owed = recorded.fact.amount, instance.owed
    is_like = isinstance(given, Money) and owed is not None and given.currency == owed.currency
    is_late = instance.status is not Status.IN_FORCE and bool(state.dependents.get(instance.key))
    if not is_sure or not is_like or is_late or instance.status not in OWING or is_growing(state, instance):
        return _in_part(instance, recorded)
    if shared(state, instance.key):
        return _in_part(instance, recorded)
    assert isinstance(given, Money) and owed is not None
    less = subtracted(owed, given)
    left = Reason(f"{written(owed)} less {written(given)} let go: {written(less)}")
    noted = instances.noted(instances.noted(instance, said(recorded)), left)
    return replace(noted, owed=less, facts=(*noted.facts, recorded.id))


def _in_part(instance: Instance, recorded: RecordedFact) -> Instance:
    why = "a part of what is owed was let go, and nothing tells how much is left"
    return instances.questioned(instance, (doubt_of(recorded, why),), recorded.id)


def may_let_go(state: State, slot: Slot, bearers: tuple[str, ...], recorded: RecordedFact) -> bool:
    """Whether those who let go of a duty are those to whom it is owed, or have the power to."""
    roles, day = state.setting.roles, recorded.fact.day
    who = matching.actors(recorded.fact, roles) or frozenset(recorded.signed_by)
    if recorded.origin is not Origin.STATEMENT and not matching.actors(recorded.fact, roles):
        return True  # an award or minutes say so
    if _has_power(state, who, slot):
        return True
    creditors = roles.meant(slot.act.to, day) if slot.act.to else frozenset[str]()
    if creditors & who:
        return True
    return not creditors and not who & (frozenset(bearers) or _bearers(state, slot, day))


def _bearers(state: State, slot: Slot, day: date) -> frozenset[str]:
    """Who bears a norm on a day, by its roles."""
    borne_by = slot.norm.bearer.roles if slot.norm.bearer is not None else ()
    return frozenset(one for role in borne_by for one in state.setting.roles.meant(role, day))


def _has_power(state: State, who: frozenset[str], slot: Slot) -> bool:
    """Whether one of those has the power to waive what a norm asks for."""
    found = state.index.acts.get("waive", ())
    powers = [one for one in found if isinstance(one.norm, Power) and one.norm.kind is PowerKind.WAIVE]
    return any(
        one.status in (Status.AVAILABLE, Status.EXERCISED) and bool(who & set(one.bearers)) and mentions(power.act.object, slot)
        for power in powers
        for one in of_slot(state, power.id)
    )


def _is_excused(slot: Slot, phrase: str, recorded: RecordedFact) -> bool:
    """Whether an excuse speaks of a norm: by its section, by what it asks for, or by both where it names both."""
    section = section_of(recorded)
    if section:
        return refers(section, slot.section, slot.number) and (is_general(phrase) or mentions(phrase, slot))
    return same(phrase, slot.act.object) or mentions(phrase, slot)


def _only_breach(state: State, recorded: RecordedFact) -> list[Instance]:
    """The one breach there is, where a fact speaks of a breach and does not say of which."""
    if section_of(recorded) or not is_general(recorded.fact.event.object):
        return []
    found = [
        one
        for one in state.instances.values()
        if one.status is Status.VIOLATED and SHADOW not in one.key.slot and one.source is None
    ]
    return found if len(found) == 1 else []
