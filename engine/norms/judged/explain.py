"""Questions about a report: why a verdict is what it is, what would change it, what comes next, what if."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from syngraph.engine.norms.days.calendar import within
from syngraph.engine.norms.days.dating import day
from syngraph.engine.norms.folded.state import state_at
from syngraph.engine.norms.judged.report import headline
from syngraph.engine.norms.judged.verdict import Report, Verdict, verdicts
from syngraph.engine.norms.life.course import State
from syngraph.engine.norms.life.instances import OWING, Key, Reason, Status
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.matching import Mismatch
from syngraph.engine.norms.said.texts import Slot, refers
from syngraph.engine.norms.sums.money import written
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.wording import noun
from syngraph.grammar.amounts import Duration, Unit
from syngraph.grammar.rules import Obligation

YEAR = Duration(1, Unit.YEAR)
_MOST = 20
_MENDING = {
    True: "a fact that says it is done now would cure the breach, and could not undo it",
    False: "only those to whom it matters can let go of it",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A verdict that is not the same in two reports; None on the side where there is none."""

    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why something is not done: what would have to happen, and the facts that came near, each with why it did not count."""

    verdict: Verdict
    wanted: str
    near: tuple[str, ...]


def found(report: Report, rule: str = "", bearer: str = "") -> tuple[Verdict, ...]:
    """The verdicts of a rule (its id) or a section (`#dues`, `dues`, `3.1`), and of a bearer by id or name; "" means any."""
    who = bearer.casefold()
    return tuple(
        one
        for one in report.verdicts
        if (not rule or rule == one.rule or refers(rule, one.section, one.number) or rule == one.section)
        and (not who or who in (one.bearer.casefold(), one.name.casefold()) or who in one.name.casefold().split())
    )


def explain(report: Report, rule: str = "", bearer: str = "") -> tuple[str, ...]:
    """How verdicts came about, as lines of prose: each with its verdict first, then what led there with file and line."""
    lines: list[str] = []
    for one in found(report, rule, bearer):
        lines.append(f"{headline(one)}.")
        lines += [f"  {line(reason)}" for reason in one.reasons]
    return tuple(lines)


def line(reason: Reason) -> str:
    """A reason with where it was written down."""
    return reason.text if reason.place is None else f"{reason.text} ({reason.place.path}:{reason.place.line})"


def why_not(report: Report, rule: str = "", bearer: str = "") -> tuple[str, ...]:
    """What would have to happen for verdicts to be better, and which facts came near and why they did not count."""
    told = obstacles(report, found(report, rule, bearer))
    return tuple(line for one in told for line in (one.wanted, *(f"  {near}" for near in one.near)))


def obstacles(report: Report, chosen: Iterable[Verdict]) -> tuple[Obstacle, ...]:
    """What stands in the way of verdicts, those left out in whose way nothing does."""
    told = ((one, _wanted(one, report.state is None or _is_duty(report.state, one))) for one in chosen)
    return tuple(Obstacle(one, wanted, tuple(_near(report, one))) for one, wanted in told if wanted)


def next_due(report: Report, horizon: Duration | None = None) -> tuple[Verdict, ...]:
    """What falls due after the report and within `horizon`, soonest first, as it would stand if nothing else happened.

    Without a horizon: what is owed already, however far off its day, and what is still to arise within a year. Of a duty that
    recurs only the next time is told. What is due already and not done comes first.
    """
    if report.state is None:
        return ()
    calendar = report.case.calendar
    until = calendar.end_of(within(calendar.day(report.at), horizon or YEAR, calendar))
    overdue = [one for one in report.verdicts if one.status is Status.VIOLATED and _is_duty(report.state, one)]
    later = state_at(report.state, (), until)
    coming: dict[tuple[str, str], tuple[datetime, Key]] = {}
    for key, instance in later.instances.items():
        now = report.state.instances.get(key)
        # What only a breach still to come would bring about is no duty yet.
        is_new = now is None and instance.arisen > report.at and instance.source is None
        if instance.due is None or not report.at < instance.due <= until or not isinstance(instance.slot.norm, Obligation):
            continue
        if (now is not None and now.status is Status.IN_FORCE) or (is_new and instance.status in OWING):
            place = (key.slot, key.bearer)
            if place not in coming or instance.due < coming[place][0]:
                coming[place] = (instance.due, key)
    ahead = {key for _, key in coming.values()}
    known = {one.key: one for one in report.verdicts}
    told = {one.key: one for one in verdicts(later) if one.key in ahead}
    due = [
        known.get(key) or _as_coming(later, told[key])
        for _, key in sorted(coming.values(), key=lambda each: each[0])
        if key in told
    ]
    last = calendar.day(until)
    far = [one for one in report.verdicts if horizon is None and _falls_after(report.state, one, last)]
    return (*_soonest(overdue), *due, *_soonest(far))


def changes(before: Report, after: Report) -> tuple[Change, ...]:
    """The verdicts that differ between two reports, in the order of the later one, then those that it no longer has."""
    old = {_identity(one): one for one in before.verdicts}
    new = {_identity(one): one for one in after.verdicts}
    differing = [Change(old.get(name), one) for name, one in new.items() if _seen(old.get(name)) != _seen(one)]
    return (*differing, *(Change(one, None) for name, one in old.items() if name not in new))


# -- parts -------------------------------------------------------------------------------------------------------------


def _identity(one: Verdict) -> object:
    return one.key if one.key is not None else (one.rule, one.section, one.bearer, one.reasons[:1])


def _seen(one: Verdict | None) -> object:
    return None if one is None else (one.status, one.since, one.due, one.amount_due)


def _soonest(told: Iterable[Verdict]) -> list[Verdict]:
    return sorted(told, key=lambda one: one.due or date.max)


def _falls_after(state: State, one: Verdict, last: date) -> bool:
    return one.status is Status.IN_FORCE and one.due is not None and one.due > last and _is_duty(state, one)


def _is_duty(state: State, one: Verdict) -> bool:
    return one.key is not None and isinstance(state.instances[one.key].slot.norm, Obligation)


def _as_coming(later: State, one: Verdict) -> Verdict:
    """A duty that is still to arise, as it will be on the day it does."""
    assert one.key is not None
    instance = later.instances[one.key]
    since = later.calendar.day(instance.arisen)
    status = Status.IN_FORCE if one.status is Status.VIOLATED else one.status
    return replace(one, status=status, since=since, reasons=one.reasons[:1])


def _wanted(one: Verdict, is_duty: bool) -> str:
    who = one.name or one.bearer or "somebody"
    by = f" by {day(one.due)}" if one.due is not None else ""
    much = f": {written(one.amount_due)} is left" if one.amount_due is not None and one.amount_due.amount else ""
    match one.status:
        case Status.IN_FORCE:
            return f"{who} must {one.act}{by}{much}." if by or much else ""
        case Status.VIOLATED:
            return f"{who} {'was' if is_duty else 'was not'} to {one.act}{by}{much}; {_MENDING[is_duty]}."
        case Status.UNDETERMINED:
            return f"{who or 'somebody'}: {one.act or 'this sentence'}: {one.reasons[-1].text}." if one.reasons else ""
        case Status.PENDING:
            return f"{who} need not yet {one.act}: {one.reasons[-1].text}." if one.reasons else ""
        case _:
            return ""


def _near(report: Report, one: Verdict) -> list[str]:
    """Facts with the same verb that counted for nothing, each with why."""
    if report.state is None or one.key is None:
        return []
    slot: Slot = report.state.instances[one.key].slot
    roles = report.state.setting.roles
    given = report.state.setting.texts[slot.index].given
    lines = []
    for recorded in _alike(report.state, slot):
        if report.state.used.get(recorded.id):
            continue  # it counted here or for something else
        match = matching.act_of(slot, recorded.fact, given.bodies, roles)
        if isinstance(match, Mismatch):
            lines.append(f"{recorded.sentence} ({recorded.place.path}:{recorded.place.line}) did not count: {match.why}")
        elif not matching.actors(recorded.fact, roles) & set(one.bearer.split()):
            lines.append(
                f"{recorded.sentence} ({recorded.place.path}:{recorded.place.line}) did not count:"
                f" {recorded.fact.event.actor or 'nobody'} is not {one.name or one.bearer}"
            )
    return lines[:_MOST]


def _alike(state: State, slot: Slot) -> Iterable[RecordedFact]:
    """Facts that can be thought to be about a norm: with its verb, of its section, or about its thing."""
    thing = noun(slot.act.object).head
    for recorded in state.facts.values():
        fact = recorded.fact
        of_section = fact.under and refers(fact.under, slot.section, slot.number)
        if fact.happened and (
            fact.event.verb == slot.act.verb or of_section or (thing and noun(fact.event.object).head == thing)
        ):
            yield recorded
