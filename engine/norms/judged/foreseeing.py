"""What follows if nobody does anything until a day, or if everybody does what they have to on the last day for it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from syngraph.engine.norms.folded.state import state_at
from syngraph.engine.norms.judged.explain import Change, changes
from syngraph.engine.norms.judged.verdict import Report, judge
from syngraph.engine.norms.life.accruing import balance
from syngraph.engine.norms.life.course import State
from syngraph.engine.norms.life.instances import ANYBODY, THE, Instance, Key, Status
from syngraph.engine.norms.said.index import SHADOW
from syngraph.engine.norms.sums.exactness import exactly
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.text.provenance import Place
from syngraph.grammar.amounts import Event, Money
from syngraph.grammar.rules import Fact, Mode, Obligation

MOST = 300
"""On how many days something is taken to be done at most."""
FORESEEN = "<foreseen>"
"""Stands for the file of what is only taken to be done."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A course of events: how things stand at its end, the `deeds` that were taken to be done, and what is other than before.

    `cut` is the instant from which on nothing was taken to be done any more, since there were too many days with something
    due; None where there were not.
    """

    report: Report
    deeds: tuple[RecordedFact, ...]
    changes: tuple[Change, ...]
    cut: datetime | None = None


def if_nobody(report: Report, until: datetime) -> Foreseen:
    """What follows by an aware instant if nobody does anything after the report, whatever the record tells of later days."""
    after = judge(replace(report.case, facts=_by_then(report)), max(until, report.at))
    return Foreseen(after, (), changes(report, after))


@exactly()
def if_on_the_last_day(report: Report, until: datetime) -> Foreseen:
    """What follows by an aware instant if everybody does what falls due after the report on the last day for it.

    What the record tells of later days does not count. What is overdue is made good on the day after; what has no last day,
    or nobody to do it, is not taken to be done.
    """
    deeds: list[RecordedFact] = []
    tried: set[Key] = set()
    cut: datetime | None = None
    days = -1
    state = report.state
    while state is not None:
        due = _soonest(state, report.at, until, tried) if days >= 0 else _overdue(state, until)
        if not due and days >= 0:
            break
        if days == MOST:
            cut = due[0].due
            break
        days += 1
        tried |= {one.key for one in due}
        made = [fact for number, one in enumerate(due, len(deeds) + 1) if (fact := _deed(state, report.at, one, number))]
        deeds += made
        state = state_at(report.state, deeds, until) if report.state is not None else None
        assert state is not None
    case = replace(report.case, facts=(*_by_then(report), *deeds))
    after = judge(case, max(until, report.at))
    return Foreseen(after, tuple(deeds), changes(report, after), cut)


# -- parts -------------------------------------------------------------------------------------------------------------


def _by_then(report: Report) -> tuple[RecordedFact, ...]:
    """The facts that had happened by the instant of a report."""
    calendar = report.case.calendar
    return tuple(one for one in report.case.facts if calendar.at(one.fact.day, one.fact.time) <= report.at)


def _soonest(state: State, begun: datetime, until: datetime, tried: set[Key]) -> list[Instance]:
    """What falls due on the next day on which something does and was not done, by the state at the end."""
    later = state if state.now >= until else state_at(state, (), until)
    open_ = [
        one
        for one in later.instances.values()
        if one.due is not None
        and one.key not in tried
        and begun < one.due <= until
        and one.status in (Status.IN_FORCE, Status.VIOLATED)
        and SHADOW not in one.key.slot
        and isinstance(one.slot.norm, Obligation)
        and one.slot.norm.mode is Mode.ACHIEVE
    ]
    first = min((one.due for one in open_ if one.due is not None), default=None)
    return [one for one in open_ if one.due == first]


def _overdue(state: State, until: datetime) -> list[Instance]:
    """What is broken and can still be done, where there is a day left to do it."""
    if state.calendar.day(state.now) >= state.calendar.day(until):
        return []
    broken = (one for one in state.instances.values() if one.status is Status.VIOLATED and SHADOW not in one.key.slot)
    return [one for one in broken if isinstance(one.slot.norm, Obligation) and one.slot.norm.mode is Mode.ACHIEVE]


def _deed(state: State, begun: datetime, one: Instance, number: int) -> RecordedFact | None:
    """The fact that somebody did what an instance asks for at its last instant, or on the day after `begun` if that is over."""
    who = [each for each in one.bearers if each not in (THE, ANYBODY)]
    if not who or one.due is None:
        return None
    calendar = state.calendar
    is_late = one.due <= begun
    day = calendar.day(begun) + timedelta(days=1) if is_late else calendar.day(one.due)
    clock = "" if is_late or one.due >= calendar.end_of(day) else f"{one.due:%H:%M:%S}"
    act = one.slot.act
    rest = balance(state, one, day) if one.amount is not None else None
    amount = rest if isinstance(rest, Money) else None
    actor = " and ".join(who)
    event = Event(f"{actor} {act.verb} {act.object}".strip(), act.verb, actor, act.object, act.to)
    fact = Fact(day, event, amount, f"#{one.slot.section}", time=clock)
    names = " and ".join(state.setting.roles.name(each) for each in who)
    sentence = f"{names}: {act.text}{', late' if is_late else ', on the last day'}"
    return RecordedFact(f"{FORESEEN}#{number}", fact, Place(FORESEEN, number, 1), sentence)
