"""How the text lets a vote proceed: its periods, and who may object, stand in for another, or raise a matter again."""

from dataclasses import dataclass
from datetime import date, timedelta

from syngraph.engine.governance.deciding import Requirement
from syngraph.engine.governance.governing import Governing
from syngraph.engine.norms.days.calendar import Calendar, within
from syngraph.grammar.amounts import Duration, During, Limit, Unit
from syngraph.grammar.rules import Moratorium, Objections, Permission, Power, Procedure, Prohibition


@dataclass(frozen=True, slots=True)
class Timetable:
    """The days of a vote, opened on a day: ballots count from `first` to `last`, and the close may follow from `over` on.

    `last` and `over` are None where the text names no period.
    """

    first: date
    last: date | None
    over: date | None

    def misses(self, day: date) -> str:
        """Why a ballot of that day does not count, "" if it does."""
        if day < self.first:
            return f"cast on {day}, before the vote began on {self.first}"
        if self.last is not None and day > self.last:
            return f"cast on {day}, after the vote ended on {self.last}"
        return ""


def timetable(governing: Governing, requirement: Requirement, opened: date, calendar: Calendar) -> Timetable:
    """The days of a vote that opened on a day.

    A discussion period stands before the voting period; ballots cast in it count unless the text forbids them. Periods that
    the deciding rules themselves name (for objections) are as good; the longest counts. A voting period of at least some days
    closes nobody out.
    """
    talked, voted = _stage(requirement, "discussion"), _stage(requirement, "voting")
    windows = [
        ballot.window
        for deciding in requirement.deciding
        for alternative in deciding.alternatives
        for ballot in alternative
        if isinstance(ballot, Objections) and ballot.window is not None
    ]
    start, first = opened, opened
    if talked is not None:
        start = _end(opened, talked.duration, calendar)
        if _silent_while_discussing(governing):
            first = start + timedelta(days=1)
    ends = [_end(start, window, calendar) for window in windows]
    if voted is not None:
        ends.append(_end(start, voted.duration, calendar))
    if not ends:
        return Timetable(first, None, start + timedelta(days=1) if talked is not None else None)
    last = max(ends)
    open_ended = voted is not None and voted.limit is Limit.AT_LEAST
    return Timetable(first, None if open_ended else last, last + timedelta(days=1))


def proxies(governing: Governing) -> bool:
    """Whether the text lets one member vote for another. What it does not allow is personal to each member."""
    allowed = False
    for placed in governing.rules:
        rule = placed.rule
        if not isinstance(rule, Permission | Power | Prohibition):
            continue
        said = f"{rule.act.verb} {rule.act.object} {rule.act.rest} {rule.act.manner}".casefold()
        if "proxy" in said or "proxies" in said or ("vote" in said and "on its behalf" in said):
            if isinstance(rule, Prohibition):
                return False
            allowed = True
    return allowed


def vetoing(requirement: Requirement) -> frozenset[str]:
    """The roles whose holders may veto a motion."""
    return frozenset(
        role
        for placed in requirement.vetoes
        if isinstance(placed.rule, Permission | Power) and placed.rule.bearer is not None
        for role in placed.rule.bearer.roles
    )


def rests_until(requirement: Requirement, rejected: date, calendar: Calendar) -> date | None:
    """The last day on which a matter that was rejected on a day may not be moved again; None where the text sets no pause."""
    pauses = [placed.rule.duration for placed in requirement.moratoriums if isinstance(placed.rule, Moratorium)]
    return max((_end(rejected, pause, calendar) for pause in pauses), default=None)


def _stage(requirement: Requirement, name: str) -> Procedure | None:
    """What the text says of a stage; of several sentences the one with the longest period."""
    rules = [placed.rule for placed in requirement.procedures if isinstance(placed.rule, Procedure)]
    found = [rule for rule in rules if rule.stage == name]
    return max(found, key=lambda rule: within(date(2000, 1, 1), _days(rule.duration), Calendar()), default=None)


def _silent_while_discussing(governing: Governing) -> bool:
    return any(
        isinstance(placed.rule, Prohibition)
        and "vote" in f"{placed.rule.act.verb} {placed.rule.act.object}"
        and any(isinstance(time, During) and "discussion" in time.period for time in placed.rule.times)
        for placed in governing.rules
    )


def _end(start: date, duration: Duration, calendar: Calendar) -> date:
    """The last day of a period; one in hours, which dates cannot tell, ends with the day that its last hour can fall on."""
    return within(start, _days(duration), calendar)


def _days(duration: Duration) -> Duration:
    return Duration(-(-duration.count // 24), Unit.DAY) if duration.unit is Unit.HOUR else duration
