"""How well a fact is supported, seen from a duty: by whose word, and whether that is as much as was asked for.

A duty has a bearer and mostly somebody to whom it is owed. Who that is, the text says (`to the Landlord`); of what is owed
for a breach, the one who was let down; of a duty to a body, the officer whom the text lets collect or accept it; and between
two who say nothing of it, the other one. Only signatures count: who a statement says it is by does not matter.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from syngraph.engine.norms.days.calendar import within
from syngraph.engine.norms.life.course import Setting, State
from syngraph.engine.norms.life.instances import ANYBODY, THE, Instance, Key
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.told.facts import Evidence, Origin, RecordedFact
from syngraph.engine.norms.words.wording import noun, plain, same
from syngraph.grammar.amounts import Duration, Unit, Within
from syngraph.grammar.rules import Permission

_COLLECTING = ("collect", "receive", "accept")
_TOLD = frozenset({"fact", "statement", "claim", "record", "report"})
"""Nouns for what somebody says of a performance."""
_UNSIGNED = ("",)
_NAMED = 3


def evidence_of(state: State, recorded: RecordedFact, instance: Instance) -> Evidence:
    """How well a fact is supported, seen from an instance."""
    return evidence(state, recorded, instance.slot, instance.bearers, instance.source)


def evidence(
    state: State, recorded: RecordedFact, slot: Slot | None, bearers: tuple[str, ...], source: Key | None = None
) -> Evidence:
    """How well a fact is supported, seen from those who bear a norm (None: from whoever acted, of no norm).

    `source` is what was broken where the norm is about a breach.
    """
    if recorded.origin is Origin.TEXT:
        return Evidence.FOUND  # what it hangs on is weighed by itself
    signers = frozenset(recorded.signed_by)
    if not signers:
        return Evidence.CLAIMED
    if recorded.origin is not Origin.STATEMENT:
        return Evidence.FOUND if recorded.origin is Origin.AWARD else Evidence.ATTESTED
    own = _own(state, recorded, slot, bearers)
    sides = [side for side in _sides(state, recorded, slot, own, source) if side]
    if any(side <= signers for side in sides):
        return Evidence.AGREED if signers & own else Evidence.ADMITTED
    if slot is not None and signers & own and _is_let_pass(state, recorded, slot, sides):
        return Evidence.ADMITTED
    return Evidence.CLAIMED if signers <= own else Evidence.WITNESSED


def counts(state: State, recorded: RecordedFact, instance: Instance) -> bool:
    """Whether a fact is supported as well as was asked for, seen from an instance."""
    return counts_for(state, recorded, instance.slot, instance.bearers, instance.source)


def counts_for(
    state: State, recorded: RecordedFact, slot: Slot | None, bearers: tuple[str, ...], source: Key | None = None
) -> bool:
    """Whether a fact is supported as well as was asked for, seen from those who bear a norm."""
    asked = state.setting.asked
    return asked is Evidence.CLAIMED or evidence(state, recorded, slot, bearers, source).rank >= asked.rank


def weakest(state: State, instance: Instance) -> Evidence | None:
    """The evidence of the weakest fact on which an instance hangs, None where it hangs on none."""
    found: Evidence | None = None
    for id_ in instance.facts:
        fact = state.facts.get(id_)
        if fact is not None and fact.origin is not Origin.TEXT:
            if not fact.signed_by:
                return Evidence.CLAIMED  # there is nothing weaker
            one = evidence_of(state, fact, instance)
            found = one if found is None or one.rank < found.rank else found
    return found


def word(state: State, recorded: RecordedFact, instance: Instance) -> str:
    """By whose word a signed fact stands, seen from an instance: `by Carla Mott's word (admitted)`."""
    level = evidence_of(state, recorded, instance)
    if recorded.origin is not Origin.STATEMENT:
        return f"by {'an award' if recorded.origin is Origin.AWARD else 'minutes'} ({level})"
    names = [f"{state.setting.roles.name(one)}'s" for one in recorded.signed_by]
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} others'"]
    whose = " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    own = _own(state, recorded, instance.slot, instance.bearers)
    passed = level is Evidence.ADMITTED and own >= frozenset(recorded.signed_by)
    return f"by {whose} word{', to which nobody objected in time' if passed else ''} ({level})"


def confirmed(facts: Iterable[RecordedFact], setting: Setting) -> tuple[RecordedFact, ...]:
    """The facts, those that several people state in the same words as one fact that all of them have signed.

    What one person states twice happened twice. Statements that nobody signed are told apart as long as nobody has signed one
    that says the same.
    """
    listed = tuple(facts)
    if not any(recorded.signed_by for recorded in listed):
        return listed
    sections = _sections(setting)
    told: dict[object, list[int]] = {}
    said: dict[tuple[object, str], int] = {}
    kept: list[RecordedFact] = []
    signed = {_sense(each, setting, sections) for each in listed if each.signed_by}
    for recorded in listed:
        sense = _sense(recorded, setting, sections)
        if sense not in signed:
            kept.append(recorded)
            continue
        times = told.setdefault(sense, [])
        signers = recorded.signed_by or _UNSIGNED
        # The first telling that none of them has made yet; there is none when one of them has made them all.
        number = max(said.get((sense, one), 0) for one in signers)
        said.update({(sense, one): number + 1 for one in signers})
        if number == len(times):
            times.append(len(kept))
            kept.append(recorded)
        else:
            kept[times[number]] = _joined(kept[times[number]], recorded)
    return tuple(kept)


# -- who is who --------------------------------------------------------------------------------------------------------


def _days(recorded: RecordedFact) -> tuple[date, ...]:
    """The day of a fact and, of an office, the day on which somebody spoke for it."""
    return tuple(dict.fromkeys((recorded.fact.day, recorded.entered or recorded.fact.day)))


def _own(state: State, recorded: RecordedFact, slot: Slot | None, bearers: tuple[str, ...]) -> frozenset[str]:
    """Those whose own word it is: the bearers, whoever holds the office that bears it, or whoever acted."""
    own = {bearer for bearer in bearers if bearer not in (THE, ANYBODY)}
    if ANYBODY in bearers or not bearers:
        own |= matching.actors(recorded.fact, state.setting.roles)
    actor = slot.norm.bearer if slot is not None else None
    if THE in bearers and actor is not None:
        own.update(one for day in _days(recorded) for role in actor.roles for one in state.setting.roles.holders(role, day))
    return frozenset(own)


def _sides(
    state: State, recorded: RecordedFact, slot: Slot | None, own: frozenset[str], source: Key | None
) -> Iterator[frozenset[str]]:
    """Groups of those who can admit a fact against the bearers, each group together."""
    roles = state.setting.roles
    to = slot.act.to if slot is not None else recorded.fact.event.to
    broken = state.instances.get(source) if source is not None and not to else None
    if broken is not None:
        to = broken.slot.act.to
    if to and (roles.meant(to, recorded.fact.day) or any(roles.meant(to, day) for day in _days(recorded))):
        yield from (group - own for group in _holders(state, recorded, to))
        return
    officers = [*_officers(state, slot)] if slot is not None else []
    for role in officers:
        yield from (group - own for group in _holders(state, recorded, role))
    others = frozenset(roles.principals) - own
    if not to and not officers and own <= frozenset(roles.principals) and len(others) == 1:
        yield others


def _holders(state: State, recorded: RecordedFact, phrase: str) -> Iterator[frozenset[str]]:
    """Those to whom something was due: whom the fact names of several, else all; and whoever holds the office since then."""
    roles = state.setting.roles
    then = roles.meant(phrase, recorded.fact.day)
    named = roles.meant(recorded.fact.event.to, recorded.fact.day) if recorded.fact.event.to else frozenset[str]()
    yield (then & named) or then
    since = roles.meant(phrase, _days(recorded)[-1])
    if len(then) <= 1 and len(since) == 1:
        yield since


def _officers(state: State, slot: Slot) -> Iterator[str]:
    """The roles that a text lets collect or accept what a norm asks for."""
    acts = state.setting.texts[slot.index].acts
    for verb in _COLLECTING:
        for other in acts.get(verb, ()):
            if other.id != slot.id and other.norm.bearer is not None and same(other.act.object, slot.act.object):
                yield from other.norm.bearer.roles


def _is_let_pass(state: State, recorded: RecordedFact, slot: Slot, sides: list[frozenset[str]]) -> bool:
    """Whether the time is over in which those to whom a duty is owed may object to a statement, and none of them did."""
    if recorded.entered is None:
        return False
    today = state.calendar.day(state.setting.at)
    for right in state.setting.texts[slot.index].acts.get("object", ()):
        lasts = next((time.duration for time in right.norm.times if isinstance(time, Within) and time.after is None), None)
        about = noun(right.act.to or right.act.object).head
        if not isinstance(right.norm, Permission) or lasts is None or about not in _TOLD or right.norm.bearer is None:
            continue
        if lasts.unit is Unit.HOUR or within(recorded.entered, lasts, state.calendar) >= today:
            continue
        names = right.norm.bearer.roles
        may = {one for role in names for one in state.setting.roles.meant(role, recorded.entered)}
        is_theirs = any(plain(role) == "counterparty" for role in names)
        if any((is_theirs or side <= may) and not _objected(state, recorded, lasts, side) for side in sides):
            return True
    return False


def _objected(state: State, recorded: RecordedFact, lasts: Duration, side: frozenset[str]) -> bool:
    assert recorded.entered is not None
    last = within(recorded.entered, lasts, state.calendar)
    days = (state.setting.objections.get(one, ()) for one in side)
    return any(bisect_left(each, recorded.entered) < bisect_right(each, last) for each in days)


# -- the same fact, told by several ------------------------------------------------------------------------------------


def _sections(setting: Setting) -> dict[str, str]:
    """The id of each section by its number, without the numbers that mean different sections in different texts."""
    found: dict[str, set[str]] = {}
    for text in setting.texts:
        for slot in text.slots.values():
            found.setdefault(slot.number, set()).add(slot.section)
    return {number: f"#{next(iter(ids))}" for number, ids in found.items() if len(ids) == 1}


def _sense(recorded: RecordedFact, setting: Setting, sections: dict[str, str]) -> object:
    """What two statements must have in common to tell the same fact, whether they use a name, an id or a role."""
    fact, roles = recorded.fact, setting.roles
    event = fact.event
    who = roles.meant(event.actor, fact.day) or plain(event.actor)
    whom = roles.meant(event.to, fact.day) or plain(event.to)
    is_bare_sum = fact.amount is not None and not noun(event.object).head
    what = "" if is_bare_sum else plain(event.object)
    under = fact.under.removeprefix("section ").strip()
    deed = event.verb or plain(event.text)
    return (fact.day, fact.time, fact.happened, deed, who, what, whom, fact.amount, sections.get(under, under), fact.measured)


def _joined(first: RecordedFact, second: RecordedFact) -> RecordedFact:
    signers = tuple(dict.fromkeys((*first.signed_by, *second.signed_by)))
    base = first if first.signed_by else second
    origin = max((first, second), key=lambda one: list(Origin).index(one.origin) if one.signed_by else -1).origin
    return replace(base, signed_by=signers, origin=origin)
