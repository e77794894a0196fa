"""Motions: opened on a text, voted on by those who were entitled then, closed with an outcome that everybody can recompute."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256

from syngraph.engine.governance.chain.ledger import Ledger, MotionOnFile
from syngraph.engine.governance.chain.procedure import Timetable, rests_until, timetable
from syngraph.engine.governance.chain.signing import Signed
from syngraph.engine.governance.chain.transitions import Unlawful, not_nested
from syngraph.engine.governance.changes import Changes, ChangesRefused, Stale, apply, read, wording
from syngraph.engine.governance.deciding import (
    Electorate,
    Forum,
    Reach,
    Requirement,
    electorate,
    may_move,
    reached,
    required,
)
from syngraph.engine.governance.governing import Governing
from syngraph.engine.governance.standing import Standing
from syngraph.engine.governance.statements import FOLDER, Motion, Outcome, Statement
from syngraph.engine.norms.days import calendar as calendars
from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.text import hygiene
from syngraph.engine.text.errors import TextError


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
    outside = [path for path in files if path.startswith(f"{FOLDER}/") or standing.is_free(path)]
    if outside:
        raise Unlawful(
            f"a motion that changes {outside[0]}, which is not governed",
            "changes of governed files",
            "leave it out: a free file is changed by a commit, and the record only grows",
            path=statement.path,
        )
    _fit(statement, standing, files)
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


def _fit(statement: Statement, standing: Standing, files: Mapping[str, bytes | None]) -> None:
    """That the files which a motion makes can stand in an agreement: what cannot be carried out is not moved.

    Raises: Unlawful
    """
    try:
        hygiene.paths(standing.changed(files).tree.paths())
        for path, content in files.items():
            not_nested(path)
            if content is not None:
                hygiene.governed_text(content, path)
    except hygiene.HygieneError as error:
        raise Unlawful(
            f"a motion that makes what cannot stand: {error.found}",
            error.expected,
            error.help,
            path=statement.path,
            place=error.place,
        ) from None


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
    for section in motion.reach.sections:
        # What stands there now, and what would stand there: new words may use what the old ones did not.
        if motion.before.meaning(section) != now.meaning(section) or motion.after.meaning(section) != then.meaning(section):
            return f"what section {section} means has changed since"
    if required(now, then).canonical() != motion.requirement.canonical():
        return "the rules that decide on it have changed since"
    return ""


def made(motion: Moved, standing: Standing) -> Mapping[str, bytes | None]:
    """The files that a motion changes in the text as it stands. Raises: Stale"""
    return motion.files if standing.governing is motion.before else apply(standing.tree, motion.changes)
