"""What the exercise of a power over norms changes, and what all parties change together without any.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from syngraph.engine.norms.acts.extending import More, asked, capped, extend, granted, too_much
from syngraph.engine.norms.acts.handing import appoint, assign
from syngraph.engine.norms.acts.performing import count_tendered
from syngraph.engine.norms.days import calendar
from syngraph.engine.norms.lasting import lapsing
from syngraph.engine.norms.lasting.outlasting import too_long
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.agenda import Ends, MayEnd, Order, Outlasts, Resumes
from syngraph.engine.norms.life.course import State, engage, of_slot, put, said, use
from syngraph.engine.norms.life.instances import Instance, Key, Reason, Status
from syngraph.engine.norms.life.listening import delay_again
from syngraph.engine.norms.life.scopes import AGREEMENTS, Scope, covers, is_suspension, scope_of
from syngraph.engine.norms.life.suspending import hold, release
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.wording import noun, same
from syngraph.grammar.amounts import Unit
from syngraph.grammar.rules import Power, PowerKind


def steer(state: State, power: Power, instance: Instance, recorded: RecordedFact, instant: datetime) -> None:
    """Gives the exercise of a power its effect."""
    match power.kind:
        case PowerKind.TERMINATE:
            engage(state, _end_by(state, power, recorded, instant), Order.END, Ends(-1, said(recorded)))
        case PowerKind.SUSPEND:
            suspend(state, recorded, instant, instance.key, *granted(power))
        case PowerKind.RESUME:
            resume(state, recorded, instant)
        case PowerKind.EXTEND | PowerKind.RENEW:
            extend(state, recorded, instant, granted(power)[0])
        case PowerKind.APPOINT:
            appoint(state, recorded, instant)
        case PowerKind.ASSIGN:
            assign(state, recorded, instant)
        case _:
            pass


def barred(state: State, power: Power, recorded: RecordedFact) -> str:
    """Why the exercise of a power goes beyond it, "" when it does not."""
    return too_much(state, power, recorded) if power.kind in (PowerKind.EXTEND, PowerKind.RENEW) else ""


def together(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """What all parties do together needs no power: they end, suspend, resume or extend what they have agreed on. Whether the
    fact is such an act.
    """
    agreed = _agreed(recorded)
    kind = _JOINT.get(agreed.fact.event.verb)
    if kind is None:
        return False
    roles, day = state.setting.roles, recorded.fact.day
    everybody = frozenset(roles.holders(_PARTY, day)) or roles.everybody(day)
    who = matching.actors(agreed.fact, roles) or frozenset(recorded.signed_by)
    if len(everybody) < _SEVERAL or not everybody <= who:
        return False
    match kind:
        case PowerKind.TERMINATE:
            if scope_of(agreed, roles).is_all:
                when = instant if recorded.fact.time else state.calendar.end_of(day)
                engage(state, when, Order.END, Ends(-1, said(recorded)))
                return True
            return False
        case PowerKind.SUSPEND:
            suspend(state, agreed, instant, None, More())
            return True
        case PowerKind.RESUME:
            resume(state, agreed, instant)
            return True
        case _:
            return extend(state, agreed, instant, More())


def is_joint(verb: str) -> bool:
    """Whether facts with a verb can tell what all parties do together, or that a suspension is over."""
    return verb in _JOINT or verb == _AGREE or verb in _LIFTING


_AGREE = "agree"
_JOINT = {
    kind.value: kind for kind in (PowerKind.TERMINATE, PowerKind.SUSPEND, PowerKind.RESUME, PowerKind.EXTEND, PowerKind.RENEW)
}
_LIFTING = frozenset({"lift", "end", "terminate", "withdraw", "revoke", "cancel", "stop"})
"""What is done to a suspension by whoever resumes what was suspended."""
_SEVERAL = 2
_PARTY = "Party"
"""The role of those between whom an agreement is, where the register has it: whoever they appoint is none of them."""


def _agreed(recorded: RecordedFact) -> RecordedFact:
    """A fact that tells of an agreement to do something as that deed (`agreed to extend the delivery date`)."""
    event = recorded.fact.event
    if event.verb != _AGREE or not event.object.startswith("to "):
        return _lifted(recorded)
    verb, _, what = event.object.removeprefix("to ").partition(" ")
    return _lifted(replace(recorded, fact=replace(recorded.fact, event=replace(event, verb=verb, object=what))))


def _lifted(recorded: RecordedFact) -> RecordedFact:
    """A fact that tells of the end of a suspension as a resumption (`lifted the suspension`)."""
    event = recorded.fact.event
    if event.verb not in _LIFTING or not is_suspension(event.object):
        return recorded
    return replace(recorded, fact=replace(recorded.fact, event=replace(event, verb=PowerKind.RESUME.value)))


def suspend(
    state: State, recorded: RecordedFact, instant: datetime, own: Key | None, most: More, is_most: bool = False
) -> None:
    """Puts what a fact names on hold: as long as it says, else for the time that the text allows, else until it is resumed.

    `is_most` is whether the text allows no more than that time: a longer suspension ends with it.
    """
    named, more = asked(recorded)
    is_longer = is_most and capped(more, most, instant, state.calendar)
    more = more if more != More() and not is_longer else most
    bare = replace(recorded, fact=replace(recorded.fact, event=replace(recorded.fact.event, object=named.thing)))
    hold(state, scope_of(bare, state.setting.roles), instant, said(recorded), recorded.id, own)
    last = more.after(instant, state.calendar)
    for watch in state.index.suspensions:
        over = too_long(state, watch, state.suspensions[-1])
        if over is not None:
            engage(state, over, Order.LATE, Outlasts(recorded.id, watch.slot.id, watch.number))
    if last is not None:
        # A suspension of thirty days holds for thirty days: its last day is the one before that on which they are over.
        by_days = more.length is not None and more.length.unit is not Unit.HOUR and not recorded.fact.time
        day = state.calendar.day(last)
        until = state.calendar.start_of(day if by_days else day + timedelta(days=1))
        over = last if more.length is not None and not by_days else until
        why = "the text allows no longer suspension" if is_longer else "the time of the suspension is over"
        engage(state, over, Order.ROLE, Resumes(recorded.id, Reason(why, recorded.place)))


def resume_by_itself(state: State, fact: str, instant: datetime, reason: Reason) -> None:
    """Lets go on what a fact suspended, when the time for which it did is over."""
    for held in state.suspensions:
        if held.fact == fact:
            _go_on(state, held.scope, instant, reason, fact)


def resume(state: State, recorded: RecordedFact, instant: datetime) -> None:
    """Lets what a fact names go on: what was done meanwhile counts from now."""
    for key in _go_on(state, scope_of(recorded, state.setting.roles), instant, said(recorded)):
        use(state, recorded, key)


def lift(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """Whoever put something on hold lets it go on without a power of its own; whether the fact does that.

    Whoever has the power to resume may call that the end of the suspension.
    """
    is_named = _lifted(recorded) is not recorded
    recorded = _lifted(recorded)
    if recorded.fact.event.verb != PowerKind.RESUME.value or not state.suspensions:
        return False
    roles, named = state.setting.roles, scope_of(recorded, state.setting.roles)
    who = matching.actors(recorded.fact, roles) or frozenset(recorded.signed_by)
    if is_named and _may_resume(state, who):
        resume(state, recorded, instant)
        return True
    mine = []
    for held in state.suspensions:
        made = state.facts.get(held.fact)
        makers = matching.actors(made.fact, roles) or frozenset(made.signed_by) if made is not None else frozenset()
        if makers and makers <= who and _is_meant(named, held.scope):
            mine.append(held)
    for held in mine:
        for key in _go_on(state, held.scope, instant, said(recorded), held.fact):
            use(state, recorded, key)
    return bool(mine)


def _may_resume(state: State, who: frozenset[str]) -> bool:
    powers = [one for one in state.index.acts.get("resume", ()) if isinstance(one.norm, Power)]
    rights = [one for power in powers if noun(power.act.object).head in AGREEMENTS for one in of_slot(state, power.id)]
    return any(one.status in (Status.AVAILABLE, Status.EXERCISED) and bool(who & set(one.bearers)) for one in rights)


def _is_meant(named: Scope, held: Scope) -> bool:
    """Whether what goes on is what was put on hold, in whatever words (`delivery`, `the delivery of the Goods`)."""
    if named == held or named.is_all:
        return True
    here = named.section == held.section or not (named.section and held.section)
    return here and named.parties == held.parties and bool(held.thing) and same(named.thing, held.thing)


def end_suspensions(state: State, instant: datetime) -> None:
    """Lets what outlives the agreement go on: a suspension does not outlive it."""
    if state.suspensions:
        _go_on(state, Scope(), instant, Reason("the suspension ended with the agreement"))


def _go_on(state: State, scope: Scope, instant: datetime, reason: Reason, only: str = "") -> tuple[Key, ...]:
    moved = release(state, scope, instant, reason, only)
    for key in moved:
        count_tendered(state, key, instant)
        delay_again(state, key)
    lapsing.resumed(state, instant)
    return moved


def steer_perhaps(
    state: State, power: Power, instance: Instance, recorded: RecordedFact, instant: datetime, why: Reason
) -> None:
    """Leaves open what hangs on an act of which nobody can tell whether its actor had the power."""
    match power.kind:
        case PowerKind.TERMINATE:
            ends = Reason(f"nothing tells whether the agreement was ended: {why.text}", recorded.place)
            engage(state, _end_by(state, power, recorded, instant), Order.END, MayEnd(ends))
        case PowerKind.SUSPEND | PowerKind.RESUME:
            scope = scope_of(recorded, state.setting.roles)
            doubt = Reason(f"nothing tells whether it was {_DONE[power.kind]}: {why.text}", recorded.place)
            for other in tuple(state.instances.values()):
                if other.key != instance.key and other.status in instances.HELD and covers(scope, other):
                    put(state, instances.doubted(other, doubt))
        case _:
            pass


_DONE = {PowerKind.SUSPEND: "suspended", PowerKind.RESUME: "resumed"}


def _end_by(state: State, power: Power, recorded: RecordedFact, instant: datetime) -> datetime:
    """When the agreement ends by a power of termination: with the notice that it takes, else with the day."""
    if power.notice is not None:
        return calendar.deadline(instant, power.notice, state.calendar)
    return instant if recorded.fact.time else state.calendar.end_of(recorded.fact.day)
