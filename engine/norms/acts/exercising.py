"""What a fact does to prohibitions and rights: it breaks them, or uses them, or is void for want of power.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

import re
from dataclasses import replace
from datetime import datetime

from syngraph.engine.norms.acts.consenting import exception
from syngraph.engine.norms.acts.steering import barred, steer, steer_perhaps
from syngraph.engine.norms.lasting.doubting import doubts_of_condition
from syngraph.engine.norms.lasting.lapsing import is_over
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.answering import answer, asked, questions
from syngraph.engine.norms.life.arising import is_standing, may_arise
from syngraph.engine.norms.life.course import (
    State,
    doubt_of,
    of_slot,
    put,
    said,
    told,
    use,
)
from syngraph.engine.norms.life.instances import ANYBODY, Instance, Key, Reason, Status
from syngraph.engine.norms.life.listening import breach
from syngraph.engine.norms.life.weighing import counts, counts_for
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.index import tests
from syngraph.engine.norms.said.texts import Slot, refers
from syngraph.engine.norms.said.windows import holds_at
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.manner import most
from syngraph.grammar.amounts import Each
from syngraph.grammar.rules import Permission, Power, Priority, Prohibition, Rank

_SAYING = "claim object reject refuse cancel withdraw demand request accept exercise protest contest"
DECLARING = frozenset(_SAYING.split())
"""What is done by saying so, and has no effect when the time for it is over."""
_USURPED = "usurped "
"""Begins the key of what somebody did that only others may do."""
_GROUND = re.compile(
    r"\bfor (?P<what>(?:an? )?(?:(?:good|just|important|serious|material|valid|reasonable|substantial|compelling) )*"
    r"(?:causes?|reasons?|grounds?))\b"
)
_IN_WRITING = re.compile(r"\b(?:written|in writing)\b")
_SPOKEN = re.compile(r"\b(?:by (?:tele)?phone|orally|verbally|by word of mouth|in (?:a )?conversation)\b")
_NO_VOTE = "it takes a vote, and nothing tells whether it was held"


def forbid(state: State, slot: Slot, recorded: RecordedFact, instant: datetime, others: tuple[Slot, ...]) -> bool:
    """Breaks a prohibition for those who did the act, unless an exception held or one of the `others`, norms that ask for or
    allow the same act, comes before it; whether it concerned any of them.
    """
    who = matching.actors(recorded.fact, state.setting.roles)
    touched = False
    for bearer in (*sorted(who), ANYBODY):
        instance = _forbidden(state, slot, bearer)
        if instance is None or instance.suspended is not None or not counts(state, recorded, instance):
            continue
        unknown = _unknown(state, instance)
        if instance.status not in (Status.IN_FORCE, Status.VIOLATED) and unknown is None:
            continue
        if (instance.opens and instant < instance.opens) or (instance.due and instant > instance.due):
            continue
        if not holds_at(slot.norm.times, instant, state.calendar):
            continue
        touched = True
        use(state, recorded, instance.key)
        allowed = exception(state, slot, instance, recorded, instant)
        if allowed is not None:
            if allowed.unsure:
                doubt = doubt_of(allowed.fact, allowed.unsure)
                put(state, instances.unclear(instance, instant, said(recorded), recorded.id, doubt))
            else:
                put(state, instances.noted(instances.noted(instance, said(recorded)), said(allowed.fact)))
            use(state, allowed.fact, instance.key)
            continue
        first = [other for other in others if _comes_before(other, slot)]
        rights = [right for other in first for right in _held(state, other, bearer) if _open_now(state, right, instant)]
        ready = next((right for right in rights if right.status is not Status.PENDING), None)
        if ready is not None:
            order = _order_of(ready.slot, slot)
            put(state, instances.noted(instances.noted(instances.noted(instance, said(recorded)), told(ready.slot)), order))
            continue
        perhaps = next((why for right in rights if (why := _unknown(state, right)) is not None), None)
        if perhaps is not None:
            put(state, instances.unclear(instance, instant, said(recorded), recorded.id, perhaps))
            continue
        if unknown is not None and instance.status is Status.PENDING:
            put(state, instances.unclear(instance, instant, said(recorded), recorded.id, unknown))
            continue
        if (added := _added(state, slot, others, bearer, instant)) is not None:
            put(state, instances.unclear(instance, instant, said(recorded), recorded.id, added))
            continue
        # A breach that is sure leaves nothing to doubt, whatever was done before it.
        put(state, replace(instances.violated(instance, instant, said(recorded), recorded.id), doubts=()))
        breach(state, instance.key, instant)
    return touched


def _forbidden(state: State, slot: Slot, bearer: str) -> Instance | None:
    """What forbids an act to somebody: the norm as it holds all the time, else the last that arose on an occasion."""
    key = state.standing.get((slot.id, bearer))
    if key is not None:
        return state.instances[key]
    arisen = () if is_standing(slot, state) else of_slot(state, slot.id)
    return next((one for one in reversed(arisen) if bearer in one.bearers and one.status not in instances.OVER), None)


def _added(state: State, slot: Slot, others: tuple[Slot, ...], bearer: str, instant: datetime) -> Reason | None:
    """That a later sentence of the same section allows somebody what a norm forbids, and none says which of them goes first."""
    order = list(state.index.slots)
    for other in others:
        if not isinstance(other.norm, Permission) or other.section != slot.section or slot.id not in order:
            continue
        if other.id not in order[order.index(slot.id) + 1 :]:
            continue
        if any(_open_now(state, right, instant) for right in _held(state, other, bearer)):
            return Reason(f"nothing tells whether this is an exception: {other.sentence}", other.place)
    return None


def _comes_before(other: Slot, slot: Slot) -> bool:
    """Whether the text puts a norm before another: one notwithstanding the other, or the other subject to the one."""
    return _rank(other, slot) is not None


def _rank(other: Slot, slot: Slot) -> Rank | None:
    """The words by which the text puts a norm before another, None where it does not."""
    if other.id == slot.id:
        return None
    for priority in other.norm.priority:
        if priority.rank is Rank.NOTWITHSTANDING and _speaks_of(priority, slot):
            return priority.rank
    for priority in slot.norm.priority:
        if priority.rank is not Rank.NOTWITHSTANDING and _speaks_of(priority, other):
            return priority.rank
    return None


def _speaks_of(priority: Priority, slot: Slot) -> bool:
    return not priority.sections or any(refers(section, slot.section, slot.number) for section in priority.sections)


def _order_of(first: Slot, second: Slot) -> Reason:
    """That a norm comes before another, and by which words."""
    rank = _rank(first, second)
    return Reason(f"{_where(first)} comes before {_where(second)}: {rank.value if rank is not None else ''}", first.place)


def _where(slot: Slot) -> str:
    return f"section {slot.number or slot.section}"


def _held(state: State, slot: Slot, bearer: str) -> list[Instance]:
    """What of a norm somebody has: not yet ended, and for a duty not yet due."""
    over = (*instances.OVER, Status.EXHAUSTED)
    return [one for one in of_slot(state, slot.id) if bearer in one.bearers and one.status not in over and not _is_usurped(one)]


def _unknown(state: State, instance: Instance) -> Reason | None:
    """What nobody has told, where that alone decides whether a prohibition or a right has begun; None where it is told."""
    slot = instance.slot
    there = state.occasions.get(slot.id, {})
    if instance.status is Status.PENDING and (doubts := doubts_of_condition(state, slot.id)):
        return doubts[0]
    if instance.status is not Status.PENDING or any(number not in there for number in tests(slot)):
        return None
    missing = [each for each in questions(slot) if not answer(state, slot, each, instance.bearers)[0]]
    if not missing or any(answer(state, slot, each, instance.bearers)[0] is False for each in missing):
        return None
    return asked(state, slot, missing[0], instance.bearers)


def exercise(state: State, recorded: RecordedFact, instant: datetime, allowed: tuple[Slot, ...], settled: bool = False) -> bool:
    """Uses permissions and powers; a power that its actor did not have makes the act void, unless it has had its effect
    without one (`settled`).
    """
    who = matching.actors(recorded.fact, state.setting.roles)
    touched = powerless = used = False
    why = ""
    for slot in allowed:
        mine = [
            instance
            for bearer in (*sorted(who), ANYBODY)
            if (key := state.standing.get((slot.id, bearer))) is not None and (instance := state.instances[key])
        ]
        mine += _rights(state, slot, who)
        if mine and not (mine := [one for one in mine if counts(state, recorded, one)]):
            continue  # nobody is in the wrong whose right is not told well enough
        ready = [one for one in mine if one.status in (Status.AVAILABLE, Status.EXERCISED) and _open_now(state, one, instant)]
        beyond = barred(state, slot.norm, recorded) if ready and isinstance(slot.norm, Power) else ""
        if beyond:
            ready = []
        over = _forbidden_first(state, slot, who, recorded) if ready and not isinstance(slot.norm, Power) else None
        if over is not None:
            for instance in ready:
                put(state, instances.noted(instances.noted(instance, said(recorded)), _order_of(over, slot)))
                use(state, recorded, instance.key)
            touched, ready = True, []
        open_question = _open_question(slot, recorded)
        if ready and isinstance(slot.norm, Power) and (astray := _astray(state, recorded)) is not None:
            for instance in ready:
                put(state, instances.unclear(instance, instant, said(recorded), recorded.id, astray))
                use(state, recorded, instance.key)
                steer_perhaps(state, slot.norm, instance, recorded, instant, astray)
            used, ready = True, []
        for instance in ready:
            done = instances.exercised(instance, instant, said(recorded), recorded.id, _most(slot))
            if isinstance(slot.norm, Power) and open_question:
                done = instances.doubted(done, Reason(open_question, slot.place))
            put(state, done)
            use(state, recorded, instance.key)
        perhaps = [one for one in mine if not ready and _open_now(state, one, instant) and _unknown(state, one) is not None]
        for instance in perhaps:
            why_not = _unknown(state, instance)
            assert why_not is not None
            put(state, instances.unclear(instance, instant, said(recorded), recorded.id, why_not))
            use(state, recorded, instance.key)
            if isinstance(slot.norm, Power):
                steer_perhaps(state, slot.norm, instance, recorded, instant, why_not)
        touched = touched or bool(mine)
        used = used or bool(ready) or bool(perhaps)
        if isinstance(slot.norm, Power):
            powerless = True
            if mine and not ready:
                why = f"the power of section {slot.number or slot.section} {beyond or _not_ready(mine[0])}"
            for instance in ready[:1] if not settled else ():
                if open_question:
                    steer_perhaps(state, slot.norm, instance, recorded, instant, Reason(open_question, slot.place))
                else:
                    steer(state, slot.norm, instance, recorded, instant)
        if isinstance(slot.norm, Permission | Power) and slot.norm.only and not mine and _is_reserved(state, slot, instant):
            free = frozenset(
                one for other in allowed if _comes_before(other, slot) for one in _free(state, other, who, instant)
            )
            _usurped(state, slot, recorded, instant, who - free)
            touched = touched or bool(who - free)
    if powerless and not used and not settled:
        state.void.append((recorded, why or "its actor has no such power"))
        touched = True
    return touched


def _open_question(slot: Slot, recorded: RecordedFact) -> str:
    """What people must say before a power has its effect: whether it was voted, had its ground or form; "" where nothing."""
    if not isinstance(slot.norm, Power):
        return ""
    if slot.norm.by:
        return _NO_VOTE
    if ground := _GROUND.search(slot.act.text):
        return f"nothing tells whether there was {ground['what']}"
    if _IN_WRITING.search(slot.sentence) and (spoken := _SPOKEN.search(recorded.sentence)):
        return f"the text asks for it in writing, and the fact says {spoken[0]}"
    return ""


def _astray(state: State, recorded: RecordedFact) -> Reason | None:
    """Why notice of an act may not have reached anybody whom it concerns: it went to a stranger, or to whoever gave it."""
    event, roles = recorded.fact.event, state.setting.roles
    if event.verb not in matching.GIVING or not event.to:
        return None
    named = roles.meant(event.to, recorded.fact.day)
    if named - matching.actors(recorded.fact, roles):
        return None
    return doubt_of(recorded, f"notice to {event.to} is none to {'anybody else' if named else 'anybody in the register'}")


def belated(state: State, recorded: RecordedFact, allowed: tuple[Slot, ...]) -> bool:
    """Whether a fact declares what its actor had a right to declare for a time that is over; it is void then."""
    if recorded.fact.event.verb not in DECLARING:
        return False
    who = matching.actors(recorded.fact, state.setting.roles)
    rights = [slot for slot in allowed if isinstance(slot.norm, Permission)]
    mine = [one for slot in rights for one in of_slot(state, slot.id) if who & set(one.bearers)]
    if not mine or any(one.status is not Status.EXPIRED or not counts(state, recorded, one) for one in mine):
        return False
    state.void.append((recorded, f"the right of section {rights[0].number or rights[0].section} is expired"))
    return True


def _most(slot: Slot) -> int | None:
    """How often a right may be used in all, None where nothing says, or where that is said for each of several periods."""
    return None if any(isinstance(time, Each) for time in slot.norm.times) else most(slot.act)


def _forbidden_first(state: State, slot: Slot, who: frozenset[str], recorded: RecordedFact) -> Slot | None:
    """A prohibition that comes before a permission and was broken by this very act: what it forbids is not allowed."""
    broken = (state.instances[key] for key in state.used.get(recorded.id, ()) if key in state.instances)
    for instance in broken:
        is_broken = isinstance(instance.slot.norm, Prohibition) and recorded.id in instance.facts
        if is_broken and who & set(instance.bearers) and _comes_before(instance.slot, slot):
            return instance.slot
    return None


def _rights(state: State, slot: Slot, who: frozenset[str]) -> list[Instance]:
    """The rights that arose on an occasion and not from the beginning."""
    if is_standing(slot, state):
        return []
    return [
        instance
        for instance in of_slot(state, slot.id)
        if instance.status in (Status.AVAILABLE, Status.EXERCISED, Status.PENDING) and (who & set(instance.bearers))
    ]


def _free(state: State, slot: Slot, who: frozenset[str], instant: datetime) -> frozenset[str]:
    """Those of the actors to whom a norm gives a right at that instant."""
    return frozenset(
        one
        for one in who
        for right in _held(state, slot, one)
        if right.status is not Status.PENDING and _open_now(state, right, instant)
    )


def _is_reserved(state: State, slot: Slot, instant: datetime) -> bool:
    """Whether what only some may do is forbidden to all others just then: while their right lasts, and if nobody has it."""
    found = [one for one in of_slot(state, slot.id) if not _is_usurped(one)]
    if not found:
        return may_arise(state, slot, None, instant)
    return any(one.status in instances.LIVE and _open_now(state, one, instant) for one in found)


def _open_now(state: State, instance: Instance, instant: datetime) -> bool:
    if not holds_at(instance.slot.norm.times, instant, state.calendar):
        return False
    early = (instance.opens is not None and instant < instance.opens) or is_over(state, instance)
    return not early and not (instance.due is not None and instant > instance.due) and instance.suspended is None


def _is_usurped(instance: Instance) -> bool:
    return instance.key.occasion.startswith(_USURPED)


def _usurped(state: State, slot: Slot, recorded: RecordedFact, instant: datetime, who: frozenset[str]) -> None:
    """Somebody did what only others may do."""
    for bearer in sorted(who):
        if not counts_for(state, recorded, slot, (bearer,)):
            continue
        key = Key(slot.id, bearer, f"{_USURPED}{recorded.id}")
        instance = Instance(
            key, slot, (bearer,), Status.IN_FORCE, instant, instant, reasons=(Reason(slot.sentence, slot.place),)
        )
        put(state, instances.violated(instance, instant, said(recorded), recorded.id))
        use(state, recorded, key)
        breach(state, key, instant)


def _not_ready(instance: Instance) -> str:
    """Why a power could not be used just then."""
    if instance.suspended is not None:
        return "is suspended"
    ready = instance.status in (Status.AVAILABLE, Status.EXERCISED)
    return "cannot be used on that day" if ready else f"is {instance.status}"
