"""A second opinion: the rules of the chain written down once more, on plain values, without a line of the engine.

A text is a dict of clauses by name; who is in the register is a clause too ("register:ada"). Statements and commits are
what they say, without files, signatures or git. `Model.judge` says what a commit does, or raises `Refused`.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(days=1)
SHARES = {
    "a majority": (Fraction(1, 2), True),
    "two-thirds": (Fraction(2, 3), False),
    "three-fifths": (Fraction(3, 5), False),
    "three-quarters": (Fraction(3, 4), False),
}
"""What share of all Members a rule asks for, and whether it has to be more than that."""


class Refused(Exception):  # noqa: N818
    """A commit that is none of the lawful ones."""


@dataclass(frozen=True)
class Person:
    """An entry of the register: roles and keys, each with its first and its last day."""

    roles: tuple[tuple[str, date | None, date | None], ...]
    keys: tuple[tuple[str, date | None, date | None], ...]

    def holds(self, role: str, day: date) -> bool:
        return any(held == role and _on(since, until, day) for held, since, until in self.roles)


@dataclass(frozen=True)
class Edit:
    """One clause before and after; None where it is not there."""

    clause: str
    before: object
    after: object


@dataclass(frozen=True)
class Paper:
    """A statement. `keys` are the names of the keys that signed it, `base` the number of transitions before it."""

    digest: str
    kind: str
    by: str
    keys: frozenset[str]
    lineage: str
    base: int
    day: date
    motion: str = ""
    vote: str = ""
    sequence: int = 1
    outcome: str = ""
    edits: tuple[Edit, ...] = ()
    expires: date | None = None
    capacity: str = ""
    role: str | None = None
    since: date = date.min
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Commit:
    """`text` is every clause as the commit leaves it (None: untouched); `harms` whether it deletes or changes the record."""

    day: date
    papers: tuple[Paper, ...] = ()
    text: Mapping[str, object] | None = None
    free: bool = False
    harms: bool = False


@dataclass
class Moved:
    """A motion that entered, with what was frozen at that moment."""

    paper: Paper
    electorate: frozenset[str]
    rules: frozenset[tuple[str, str]]
    used: dict[str, object]
    ballots: list[Paper] = field(default_factory=list)
    outcome: str = ""
    executed: bool = False
    stale: bool = False

    def cast(self) -> dict[str, str]:
        """Who has voted how: of each the latest sequence, and nothing where two ballots of it differ."""
        votes: dict[str, str] = {}
        for who in self.electorate:
            own = [each for each in self.ballots if each.by == who and not self.over(each.day)]
            last = {each.vote for each in own if each.sequence == max(ballot.sequence for ballot in own)}
            if len(last) == 1:
                votes[who] = last.pop()
        return votes

    def over(self, day: date) -> bool:
        return self.paper.expires is not None and day > self.paper.expires

    def carried(self, yes: int) -> bool:
        """Whether so many votes in favour pass every rule that decides."""
        passed = True
        for name, words in self.rules:
            share, more = SHARES.get(words, (Fraction(1), True))
            needed = share * len(self.electorate)
            passed = passed and name != "entrenched" and (yes > needed if more else yes >= needed)
        return passed

    def verdict(self, day: date) -> str:
        if self.over(day):
            return "lapsed"
        return "adopted" if self.carried(list(self.cast().values()).count("yes")) else "rejected"

    def settled(self, day: date) -> bool:
        """Whether the ballots that are missing can change nothing any more."""
        cast = self.cast()
        yes = list(cast.values()).count("yes")
        return self.over(day) or self.carried(yes) == self.carried(yes + len(self.electorate) - len(cast))


@dataclass
class Model:
    """The state of one chain, from its founding on."""

    text: dict[str, object]
    lineage: str
    day: date
    kinds: list[str] = field(default_factory=lambda: ["Found"])
    days: list[date] = field(default_factory=list)
    papers: dict[str, Paper] = field(default_factory=dict)
    motions: dict[str, Moved] = field(default_factory=dict)
    pending: dict[str, Paper] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.days.append(self.day)

    def judged(self, commit: Commit) -> "Model":
        """The state after a commit. Raises: Refused"""
        after = deepcopy(self)
        after._take(commit)
        return after

    def person(self, who: str) -> Person | None:
        found = self.text.get(f"register:{who}")
        assert found is None or isinstance(found, Person)
        return found

    def people(self) -> dict[str, Person]:
        return {name.partition(":")[2]: each for name, each in self.text.items() if isinstance(each, Person)}

    def _take(self, commit: Commit) -> None:
        self.day = max(self.day, commit.day)
        changed = {} if commit.text is None else _changed(self.text, commit.text)
        if commit.harms:
            raise Refused("a record that only grows")
        if changed and commit.free:
            raise Refused("governed and free files in one commit")
        if commit.papers:
            rank = {"motion": 1, "ballot": 2, "close": 3}
            for paper in sorted(commit.papers, key=lambda each: rank.get(each.kind, 0)):
                self._enter(paper, commit.day)
            self._made("Record")
        if changed:
            self._execute(changed)
            self.text = {name: value for name, value in (self.text | changed).items() if value is not None}
            self._made("Register" if all(name.startswith("register:") for name in changed) else "Adopt")
            for motion in self.motions.values():
                same = all(self.text.get(name) == value for name, value in motion.used.items())
                motion.stale = motion.stale or not same or self._rules(motion.paper.edits) != motion.rules
        elif commit.free:
            self._made("Free")

    def _made(self, kind: str) -> None:
        self.kinds.append(kind)
        self.days.append(self.day)

    # -- statements ----------------------------------------------------------------------------------------------------

    def _enter(self, paper: Paper, day: date) -> None:
        if paper.digest in self.papers:
            raise Refused("a statement replayed")
        if paper.lineage != self.lineage or not 0 < paper.base <= len(self.days):
            raise Refused("a statement of another chain")
        if not self.days[paper.base - 1] - DAY <= paper.day <= day + DAY:
            raise Refused("a date that cannot be")
        self._signed(paper)
        self.papers[paper.digest] = paper
        match paper.kind:
            case "founding":
                raise Refused("a second founding")
            case "motion":
                if any(self.text.get(edit.clause) != edit.before for edit in paper.edits):
                    raise Refused("a motion on a text that has moved")
                early = Moved(paper, self._electorate(paper.edits), self._rules(paper.edits), self._used(paper.edits))
                self.motions[paper.digest] = early
            case "ballot":
                motion = self.motions.get(paper.motion)
                if motion is not None and not motion.outcome:
                    motion.ballots.append(paper)
            case "close":
                self._close(paper)
            case "act":
                by = self.people()[paper.by]
                secretary = paper.capacity == "Secretary" and all(by.holds("Secretary", on) for on in (paper.day, self.day))
                late = paper.day < self.day - DAY
                if not secretary or late or not all(_admits(edit) for edit in paper.edits):
                    raise Refused("an act beyond the office")
                self._one_key_each({edit.clause: edit.after for edit in paper.edits})
        if paper.kind in ("rotation", "resignation", "act"):
            self.pending[paper.digest] = paper

    def _signed(self, paper: Paper) -> None:
        in_force: dict[str, str] = {}
        for who, person in self.people().items():
            for name, since, until in person.keys:
                if _on(since, until, paper.day) and (until is None or until >= self.day):
                    in_force[name] = who
        old = paper.keys - ({paper.new} if paper.kind == "rotation" else set())
        if {in_force.get(name) for name in old} != {paper.by}:
            raise Refused("a signature of somebody else, of nobody, or with a key that is not in force")
        if paper.kind == "rotation" and not {paper.old, paper.new} <= paper.keys:
            raise Refused("a rotation is signed by the old key and the new one")

    def _close(self, paper: Paper) -> None:
        motion = self.motions.get(paper.motion)
        if motion is None or motion.outcome:
            raise Refused("a close of what is not open")
        if not motion.settled(paper.day):
            raise Refused("a close while ballots that are missing can change the outcome")
        if motion.verdict(paper.day) != paper.outcome:
            raise Refused("a close that says what the ballots do not")
        motion.outcome = paper.outcome

    # -- which rule decides, who votes, what a clause rests on ---------------------------------------------------------

    def _electorate(self, edits: Iterable[Edit]) -> frozenset[str]:
        removed = {edit.clause.partition(":")[2] for edit in edits if edit.clause.startswith("register:")}
        return frozenset(who for who, each in self.people().items() if each.holds("Member", self.day)) - removed

    def _rules(self, edits: Iterable[Edit]) -> frozenset[tuple[str, str]]:
        general, dues = ("general", str(self.text["general"])), ("dues", str(self.text["duesrule"]))
        found: set[tuple[str, str]] = set()
        for edit in edits:
            match edit.clause:
                case "dues" | "amount":
                    found.add(dues)
                case "duesrule":
                    found |= {general, dues}
                case "purpose" | "shield":
                    found.add(("entrenched", ""))
                case name if name.startswith("register:"):
                    found.add(("removal", "three-quarters"))
                case _:
                    found.add(general)
        return frozenset(found)

    def _used(self, edits: Iterable[Edit]) -> dict[str, object]:
        """The clauses that a change touches, each with the field it uses."""
        names = {edit.clause for edit in edits}
        names |= {"dues", "amount"} if names & {"dues", "amount"} else set()
        return {name: self.text.get(name) for name in names}

    # -- carrying out --------------------------------------------------------------------------------------------------

    def _execute(self, changed: dict[str, object]) -> None:
        self._one_key_each(changed)
        for motion in self.motions.values():
            edits = {edit.clause: edit.after for edit in motion.paper.edits}
            if motion.outcome == "adopted" and not motion.executed and not motion.stale and edits == changed:
                motion.executed = True
                return
        for paper in self.pending.values():
            if self.effect(paper) == changed and self._has_power(paper):
                del self.pending[paper.digest]
                return
        raise Refused("a change that nothing in the record asks for")

    def _has_power(self, paper: Paper) -> bool:
        """Whether what gave a statement its power is still there: the office of an act, the old key of a rotation."""
        person = self.people()[paper.by]
        if paper.kind == "act":
            return all(person.holds(paper.capacity, on) for on in (paper.day, self.day))
        return paper.kind != "rotation" or any(name == paper.old and until is None for name, _, until in person.keys)

    def _one_key_each(self, changed: dict[str, object]) -> None:
        after = Model(self.text | changed, "", self.day).people().values()
        names = [name for person in after for name in {key for key, _, _ in person.keys}]
        if len(names) != len(set(names)):
            raise Refused("one key of two principals")

    def effect(self, paper: Paper) -> dict[str, object]:
        """What a rotation, a resignation or an act changes in the register as it stands."""
        if paper.kind == "act":
            return {edit.clause: edit.after for edit in paper.edits if self.text.get(edit.clause) == edit.before}
        person = self.person(paper.by)
        if person is None:
            return {}
        roles, keys = person.roles, person.keys
        if paper.kind == "resignation":
            last = paper.since - DAY
            roles = tuple(
                (role, since, last if paper.role in (None, role) and (until is None or until > last) else until)
                for role, since, until in roles
            )
        else:
            ended = tuple((name, since, paper.day - DAY if name == paper.old else until) for name, since, until in keys)
            keys = (*ended, (paper.new, paper.day, None))
        return _changed({f"register:{paper.by}": person}, {f"register:{paper.by}": Person(roles, keys)})


def _on(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    return {name: after.get(name) for name in {**before, **after} if before.get(name) != after.get(name)}


def _admits(edit: Edit) -> bool:
    """Whether it enters a new person as a Member, and as nothing else."""
    new = edit.after
    return edit.before is None and isinstance(new, Person) and [role for role, _, _ in new.roles] == ["Member"]
