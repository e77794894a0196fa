"""Motions: opened on a text, voted on by those who were entitled then, closed with an outcome that everybody can recompute."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256

from syngraph.engine.governance.chain.ledger import BallotOnFile, Ledger, MotionOnFile
from syngraph.engine.governance.chain.procedure import Timetable, proxies, rests_until, timetable, vetoing
from syngraph.engine.governance.chain.signing import Signed
from syngraph.engine.governance.chain.standing import Standing
from syngraph.engine.governance.chain.transitions import Unlawful
from syngraph.engine.governance.changes import Changes, ChangesRefused, Stale, apply, read, wording
from syngraph.engine.governance.deciding import (
    Attendance,
    Electorate,
    Forum,
    Reach,
    Requirement,
    Tally,
    electorate,
    may_move,
    reached,
    required,
    settled,
    tally,
)
from syngraph.engine.governance.governing import Governing
from syngraph.engine.governance.statements import Choice, Minutes, Motion, Outcome, Statement
from syngraph.engine.norms import calendar as calendars
from syngraph.engine.norms.calendar import Calendar
from syngraph.engine.text.errors import TextError
from syngraph.grammar.rules import Signing


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A ballot that does not count, and why."""

    principal: str
    digest: str
    why: str


@dataclass(frozen=True)
class Moved:
    """A motion with the text that it was opened on, and everything about its vote that this text decides.

    `files` are those that it changed then, as it made them.
    """

    statement: Statement
    changes: Changes
    files: Mapping[str, bytes | None]
    before: Governing
    after: Governing
    opened: date

    @cached_property
    def reach(self) -> Reach:
        """The clauses whose meaning it changes."""
        return reached(self.before, self.after)

    @cached_property
    def requirement(self) -> Requirement:
        """The rules that decide on it."""
        return required(self.before, self.after)

    @cached_property
    def meeting(self) -> Requirement:
        """The rules that decide on it in a meeting."""
        return required(self.before, self.after, Forum.MEETING)

    @cached_property
    def electorate(self) -> Electorate:
        """Who may vote on it, with how many votes."""
        return electorate(self.before, self.requirement, self.opened)

    @cached_property
    def sitting_electorate(self) -> Electorate:
        """Who may vote on it in a meeting."""
        return electorate(self.before, self.meeting, self.opened)

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar of the text it was opened on."""
        return calendars.calendar(self.before.manifest.zone, self.before.manifest.holidays)

    @cached_property
    def timetable(self) -> Timetable:
        """The days of its vote."""
        return timetable(self.before, self.requirement, self.opened, self.calendar)


def moved(statement: Statement, standing: Standing, opened: date) -> Moved:
    """A motion on a text as it stands. What it changes must be in that text as it says.

    Raises: Unlawful
    """
    try:
        changes = read(statement.body, statement.path, statement.body_line)[1]
        files = apply(standing.tree, changes)
    except ChangesRefused as refused:
        raise Unlawful(refused.found, refused.expected, refused.help, path=statement.path, place=refused.place) from None
    except Stale as stale:
        raise Unlawful(
            f"a motion on a text that has moved: {stale.found}",
            "changes of the text as it stands when the motion enters",
            "move it again with `syngraph propose`",
            path=statement.path,
        ) from None
    before = standing.governing
    if not files:
        return Moved(statement, changes, {}, before, before, opened)
    try:
        after = standing.changed(files).governing
    except TextError as error:
        raise Unlawful(
            f"a motion whose text cannot be read: {error.found}",
            error.expected,
            error.help,
            path=statement.path,
            place=error.place,
        ) from None
    return Moved(statement, changes, files, before, after, opened)


def admissible(motion: Moved, signed: Signed, ledger: Ledger) -> None:
    """That a motion may be moved by those who have signed it, now. Raises: Unlawful"""
    why_not = may_move(motion.requirement, motion.electorate, signed.principals)
    if why_not:
        raise Unlawful(
            f"a motion of {', '.join(signed.principals)}",
            f"as many movers as the text asks for: {why_not}",
            "let as many sign it as the text asks for, before it enters",
            path=motion.statement.path,
        )
    said = matter(motion)
    for other in ledger.motions.values():
        if other.changes != said or other.closed is None:
            continue
        if other.outcome not in (Outcome.REJECTED, Outcome.NO_QUORUM):
            continue
        last = rests_until(motion.requirement, other.closed, motion.calendar)
        if last is not None and motion.opened <= last:
            raise Unlawful(
                f"a motion that was rejected on {other.closed}, as {other.title}",
                f"no such motion before {last + timedelta(days=1)}",
                "wait until then, or move something else",
                path=motion.statement.path,
            )


def matter(motion: Moved) -> str:
    """What a motion is about, as a digest: its changes, whatever it is called; of a resolution its title and its words."""
    details = motion.statement.details
    assert isinstance(details, Motion)
    about = wording(motion.changes) if motion.changes else f"{details.title}\0{motion.statement.body}"
    return sha256(about.encode()).hexdigest()


def on_file(motion: Moved, signed: Signed, standing: Standing, ledger: Ledger, text: str, entry: str) -> MotionOnFile:
    """The motion as the ledger keeps it, with the keys that everybody had when it opened."""
    details = motion.statement.details
    assert isinstance(details, Motion)
    keys: dict[str, list[str]] = {}
    for name, owner in standing.keys.items():
        keys.setdefault(owner.principal.id, []).append(name)
    for principal in standing.register.principals:
        for person in principal.signatories:
            keys.setdefault(principal.id, []).extend(keys.get(person, ()))
    return MotionOnFile(
        digest=motion.statement.digest,
        path=motion.statement.path,
        title=details.title,
        base=motion.statement.base or "",
        movers=signed.principals,
        position=ledger.position,
        opened=motion.opened,
        text=text,
        entry=entry,
        keys={principal: tuple(names) for principal, names in keys.items()},
        expires=motion.statement.expires,
        early=ledger.early.get(motion.statement.digest, []),
        changes=matter(motion),
    )


# -- counting ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Count:
    """The votes on a motion: who has cast what, what does not count and why, and what that comes to."""

    cast: Mapping[str, Choice]
    not_counted: tuple[NotCounted, ...]
    tally: Tally
    attested: bool = False


def count(motion: Moved, filed: MotionOnFile, ledger: Ledger) -> Count:
    """The votes on a motion as the ledger has them: counted from ballots, or attested by the minutes of a meeting."""
    if filed.sitting is not None:
        held = filed.sitting
        attendance = Attendance(held.present, held.in_favour, held.against, held.abstaining)
        electorate = motion.sitting_electorate
        return Count({}, (), tally(motion.meeting, electorate, {}, attendance), True)
    cast, not_counted = _cast(motion, filed, ledger)
    return Count(cast, not_counted, tally(motion.requirement, motion.electorate, cast))


def _cast(motion: Moved, filed: MotionOnFile, ledger: Ledger) -> tuple[dict[str, Choice], tuple[NotCounted, ...]]:
    """Who has cast what, own ballots before those of a proxy; and what does not count."""
    refused: list[NotCounted] = []
    counting: dict[str, list[BallotOnFile]] = {}
    for ballot in filed.ballots:
        why = _flaw(ballot, motion, filed, ledger)
        if why:
            refused.append(NotCounted(ballot.principal, ballot.digest, why))
        else:
            counting.setdefault(ballot.principal, []).append(ballot)
    refused += [NotCounted(each.principal, each.digest, "it entered before the motion") for each in filed.early]
    refused += [NotCounted(each.principal, each.digest, "it entered after the close") for each in filed.late]
    cast: dict[str, Choice] = {}
    for principal, ballots in counting.items():
        latest = max(ballot.sequence for ballot in ballots)
        last = [ballot for ballot in ballots if ballot.sequence == latest]
        if len({ballot.vote for ballot in last}) > 1:
            why = f"{principal} has cast different votes with the same sequence {latest}"
            refused += [NotCounted(principal, ballot.digest, why) for ballot in ballots]
            continue
        cast[principal] = last[0].vote
        refused += [
            NotCounted(principal, ballot.digest, f"replaced by the ballot with sequence {latest}")
            for ballot in ballots
            if ballot.sequence < latest
        ]
    return _with_proxies(motion, filed, ledger, cast), tuple(refused)


def _flaw(ballot: BallotOnFile, motion: Moved, filed: MotionOnFile, ledger: Ledger) -> str:
    """Why a ballot does not count, "" if it does."""
    if ballot.digest in ledger.retracted:
        return "taken back"
    if ballot.principal not in motion.electorate:
        return f"{ballot.principal} had no vote when the motion was opened"
    if not ledger.descends(ballot.key, filed.keys.get(ballot.principal, ())):
        return f"signed with a key that {ballot.principal} did not have when the motion was opened, nor rotated into"
    if ballot.stated < motion.statement.date - timedelta(days=1):
        return f"dated {ballot.stated}, before the motion was moved on {motion.statement.date}"
    if filed.expires is not None and ballot.stated > filed.expires:
        return f"cast on {ballot.stated}, after the motion lapsed on {filed.expires}"
    return motion.timetable.misses(max(ballot.stated, motion.opened))


def _with_proxies(motion: Moved, filed: MotionOnFile, ledger: Ledger, cast: dict[str, Choice]) -> dict[str, Choice]:
    """The votes with those cast for others: where the text allows it, and only for who has not voted."""
    if not ledger.delegations or not proxies(motion.before):
        return cast
    chosen: dict[str, tuple[int, int, str]] = {}
    for each in ledger.delegations:
        concerns = each.motion in (None, filed.digest) and each.digest not in ledger.retracted
        if concerns and each.principal in motion.electorate:
            rank = (each.sequence, each.position, each.to)
            chosen[each.principal] = max(chosen.get(each.principal, rank), rank)
    stood_in = {principal: cast[to] for principal, (_, _, to) in chosen.items() if principal not in cast and to in cast}
    return {**cast, **stood_in}


# -- closing -----------------------------------------------------------------------------------------------------------


def outcome(motion: Moved, filed: MotionOnFile, counted: Count, day: date) -> Outcome:
    """What a close on a day comes to."""
    if filed.expires is not None and day > filed.expires:
        return Outcome.LAPSED
    if filed.vetoes:
        return Outcome.REJECTED
    return counted.tally.outcome


def may_close(motion: Moved, filed: MotionOnFile, counted: Count, who: tuple[str, ...], standing: Standing, day: date) -> str:
    """What close the text asks for where those may not close the vote on that day, "" if they may.

    Where the text names an officer, only that officer closes; where it names a period, nobody closes before it has run. Where
    it names neither, anybody may once no ballot can change the outcome, or once the motion has lapsed.
    """
    if filed.expires is not None and day > filed.expires:
        return ""
    closers = motion.requirement.closers
    officer = any(standing.holds(each, role, day) for each in who for role in closers)
    if closers and not officer:
        return f"one by the {' or the '.join(sorted(closers))}, whom the text lets close a vote"
    over = motion.timetable.over
    if over is not None and day < over and not counted.attested:
        return f"one on {over} or later: the vote runs until {over - timedelta(days=1)}"
    done = officer or counted.attested or bool(filed.vetoes)
    if over is None and not done and not settled(motion.requirement, motion.electorate, counted.cast):
        return "one once no missing ballot can change the outcome, as the text names no period and no officer to close a vote"
    return ""


def attested(motion: Moved, minutes: Minutes, who: tuple[str, ...], standing: Standing, day: date) -> str:
    """Why minutes signed by those do not carry the vote on a motion, "" if they do.

    The text must know of minutes and say who signs them. Who was present must have had a vote, and nobody voted who was not
    there.
    """
    rules = [
        placed.rule
        for placed in motion.before.rules
        if isinstance(placed.rule, Signing) and "minutes" in placed.rule.subject.casefold()
    ]
    if not rules:
        return "the text does not say who signs minutes, so that no vote can rest on them"
    for rule in rules:
        missing = [role for role in rule.by.roles if not any(standing.holds(each, role, day) for each in who)]
        if missing and (rule.by.joint == "and" or len(missing) == len(rule.by.roles)):
            return f"no signature of the {' and the '.join(missing)}"
    if isinstance(minutes.present, tuple):
        strangers = [each for each in minutes.present if each not in motion.electorate]
        if strangers:
            return f"{strangers[0]} was present and had no vote"
        present = len(minutes.present)
    else:
        present = minutes.present
    if present > len(motion.electorate):
        return f"{present} present of {len(motion.electorate)} who have a vote"
    if minutes.in_favour + minutes.against + minutes.abstaining > present:
        return f"{minutes.in_favour + minutes.against + minutes.abstaining} votes of {present} present"
    if minutes.held is not None and minutes.held < motion.opened - timedelta(days=1):
        return f"a meeting on {minutes.held}, before the motion was opened on {motion.opened}"
    return ""


def may_veto(motion: Moved, who: tuple[str, ...], standing: Standing, day: date) -> bool:
    """Whether the text gives one of those a veto."""
    return any(standing.holds(each, role, day) for each in who for role in vetoing(motion.requirement))


# -- executing ---------------------------------------------------------------------------------------------------------


def stale(motion: Moved, standing: Standing) -> str:
    """Why an adopted motion can no longer be carried out on the text as it now stands, "" if it can."""
    now = standing.governing
    if now is motion.before:
        return ""
    try:
        files = apply(standing.tree, motion.changes)
    except Stale as moved_on:
        return f"what it changes has changed since: {moved_on.found}"
    try:
        then = standing.changed(files).governing
    except TextError as error:
        return f"the text that would result cannot be read: {error}"
    touched = motion.reach.sections
    for section in touched:
        if motion.before.meaning(section) != now.meaning(section):
            return f"what section {section} means has changed since"
    if required(now, then).canonical() != motion.requirement.canonical():
        return "the rules that decide on it have changed since"
    return ""


def made(motion: Moved, standing: Standing) -> Mapping[str, bytes | None]:
    """The files that a motion changes in the text as it stands. Raises: Stale"""
    return motion.files if standing.governing is motion.before else apply(standing.tree, motion.changes)
