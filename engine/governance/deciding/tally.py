"""How the votes stand against all that a change needs, and why; and whether those that are missing can still turn it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, product
from typing import assert_never

from syngraph.engine.governance.deciding.bodies import Electorate
from syngraph.engine.governance.deciding.counting import Count, count, least, least_of_quorum, least_of_ratio, whole
from syngraph.engine.governance.deciding.requirement import Deciding, Requirement, body_of
from syngraph.engine.governance.deciding.roster import RegisterAct
from syngraph.engine.governance.statements.kinds import Choice, Outcome
from syngraph.grammar.rules import Abstention, Ballot, Base, Objections, Quorum, QuorumMet, Ratio, Threshold, Unmeasured


@dataclass(frozen=True, slots=True)
class Attendance:
    """Votes as minutes attest them: numbers without names. `present` is how many were there, or who."""

    present: int | tuple[str, ...]
    in_favour: int
    against: int
    abstaining: int


@dataclass(frozen=True, slots=True)
class Tested:
    """One test of an alternative. `needed` is the smallest number of yes votes that would meet it with the votes cast (or
    those present, or for a ratio the no votes) as given; None for objections, where the no votes count.

    `limit` is what is compared: the share of the whole, the multiple of the no votes, the objections that are allowed.
    """

    ballot: Ballot
    count: Count
    limit: Fraction
    met: bool
    needed: int | None = None


@dataclass(frozen=True, slots=True)
class QuorumTested:
    """Whether enough took part: `there` of `electorate`, where `needed` are the least."""

    rule: Quorum
    electorate: int
    there: int
    needed: int

    @property
    def met(self) -> bool:
        """Whether there is a quorum."""
        return self.there >= self.needed


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which a rule can pass: all tests met, with the quorums that it needs."""

    tests: tuple[Tested, ...]
    quorums: tuple[QuorumTested, ...]

    @property
    def carried(self) -> bool:
        """Whether the votes are enough, quorum or not."""
        return all(test.met for test in self.tests)

    @property
    def met(self) -> bool:
        """Whether it passes."""
        return self.carried and all(quorum.met for quorum in self.quorums)

    @property
    def needed(self) -> int | None:
        """The smallest number of yes votes that would carry it; None where that is no single number."""
        bodies = {body_of(test.ballot) for test in self.tests}
        numbers = [test.needed for test in self.tests if test.needed is not None]
        return max(numbers) if len(numbers) == len(self.tests) > 0 and len(bodies) == 1 else None


@dataclass(frozen=True, slots=True)
class Decided:
    """How one rule stands."""

    deciding: Deciding
    alternatives: tuple[Alternative, ...]

    @property
    def outcome(self) -> Outcome:
        """Adopted where an alternative passes, no quorum where one only lacks that, else rejected."""
        if any(alternative.met for alternative in self.alternatives):
            return Outcome.ADOPTED
        carried = any(alternative.carried and alternative.quorums for alternative in self.alternatives)
        return Outcome.NO_QUORUM if carried else Outcome.REJECTED

    @property
    def needed(self) -> int | None:
        """The smallest number of yes votes with which the rule would pass, as others voted; None where it is no single one."""
        able = [each for each in self.alternatives if all(quorum.met for quorum in each.quorums)] or self.alternatives
        numbers = [each.needed for each in able]
        return min((number for number in numbers if number is not None), default=None)


@dataclass(frozen=True, slots=True)
class Tally:
    """How the votes stand. Every one of `decided` must be adopted. `classes` are the votes by body, as the rules name it.

    `doubts` say why the outcome is undetermined; `uncounted` are ballots that count for nothing, with the reason.
    """

    outcome: Outcome
    decided: tuple[Decided, ...]
    classes: tuple[tuple[str, Count], ...]
    doubts: tuple[str, ...] = ()
    uncounted: tuple[tuple[str, str], ...] = ()


def tally(
    requirement: Requirement,
    electorate: Electorate,
    cast: Mapping[str, Choice],
    attendance: Attendance | None = None,
) -> Tally:
    """The votes counted: one choice for each principal that voted, or what minutes attest, and then `cast` is not looked at."""
    return _Count(requirement, electorate, cast, attendance).tally()


@dataclass(slots=True)
class _Count:
    requirement: Requirement
    electorate: Electorate
    cast: Mapping[str, Choice]
    attendance: Attendance | None
    towards_quorum: bool = True
    abstentions_cast: bool = False

    def tally(self) -> Tally:
        doubts = [doubt.why for doubt in self.requirement.undetermined]
        doubts += self.electorate.doubts
        doubts += self.abstentions()
        doubts += self.unsure()
        decided = tuple(self.decided(deciding) for deciding in self.requirement.deciding)
        if not decided:
            doubts.append("no rule decides")
        bodies = dict.fromkeys(body for test in self.ballots() for body in _named(test))
        classes = tuple((body, self.count(body, in_votes=True)) for body in bodies)
        return Tally(self.outcome(decided, doubts), decided, classes, tuple(dict.fromkeys(doubts)), self.uncounted())

    def outcome(self, decided: tuple[Decided, ...], doubts: list[str]) -> Outcome:
        if self.requirement.barred:
            return Outcome.REJECTED
        if doubts:
            return Outcome.UNDETERMINED
        outcomes = {each.outcome for each in decided}
        if Outcome.REJECTED in outcomes:
            return Outcome.REJECTED
        return Outcome.NO_QUORUM if Outcome.NO_QUORUM in outcomes else Outcome.ADOPTED

    def ballots(self) -> list[Ballot]:
        return [test for each in self.requirement.deciding for group in each.alternatives for test in group]

    # -- what cannot be told -------------------------------------------------------------------------------------------

    def abstentions(self) -> list[str]:
        said: dict[str, set[bool]] = {}
        for placed in self.requirement.abstentions:
            if isinstance(placed.rule, Abstention):
                said.setdefault(placed.rule.towards, set()).add(placed.rule.counts)
        self.towards_quorum = said.get("quorum", {True}) == {True}
        self.abstentions_cast = said.get("votes cast", {False}) == {True}
        return [f"an abstention counts, and does not count, towards the {name}" for name, both in said.items() if len(both) > 1]

    def unsure(self) -> list[str]:
        doubts = []
        if any(isinstance(test, QuorumMet) for test in self.ballots()) and not self.requirement.quorums:
            doubts.append("the text asks for a quorum and does not say how many that is")
        if self.attendance is None:
            return doubts
        said = self.attendance
        voting = {
            frozenset(self.electorate.members(body, removal=each.removal).items())
            for each in self.requirement.deciding
            for group in each.alternatives
            for test in group
            for body in _named(test)
        }
        bodies = set(voting)
        if isinstance(said.present, int):
            bodies |= {frozenset(self.electorate.members(rule.threshold.body).items()) for rule in self.quorum_rules()}
        if len(bodies) > 1:
            doubts.append("the minutes do not say how many of each body were there and how each voted")
        if any(votes != 1 for members in voting for _, votes in members):
            doubts.append("the minutes do not say how those with several votes voted")
        there = said.present if isinstance(said.present, int) else len(set(said.present) & self.electorate.everybody)
        if said.in_favour + said.against + said.abstaining > there or any(there > len(members) for members in voting):
            doubts.append("the minutes have more votes than were there, or more who were there than have a vote")
        return doubts

    def uncounted(self) -> tuple[tuple[str, str], ...]:
        if self.attendance is not None:
            return ()
        left_out = set(self.electorate.excluded)
        if self.requirement.deciding:
            left_out |= frozenset.intersection(*(self.silent(each.removal) for each in self.requirement.deciding))
        return tuple(
            (id_, "is left out of this vote" if id_ in left_out else "has no vote")
            for id_ in sorted(self.cast)
            if id_ in left_out or id_ not in self.electorate.everybody
        )

    def silent(self, removal: RegisterAct | None) -> frozenset[str]:
        """Those who are counted where something is decided and have no vote on it."""
        return self.electorate.silent.get(removal, frozenset()) if removal is not None else frozenset()

    # -- counting ------------------------------------------------------------------------------------------------------

    def count(self, body: str, *, in_votes: bool, excluding: str = "", removal: RegisterAct | None = None) -> Count:
        members = self.electorate.members(body, excluding, removal)
        if not in_votes and body not in self.electorate.by_votes:
            members = dict.fromkeys(members, 1)
        said = self.attendance
        if said is None:
            silent = self.silent(removal)
            cast = {id_: choice for id_, choice in self.cast.items() if id_ not in silent} if silent else self.cast
            return count(members, cast)
        there = said.present if isinstance(said.present, int) else sum(members.get(id_, 0) for id_ in set(said.present))
        return Count(sum(members.values()), said.in_favour, said.against, said.abstaining, there)

    def quorum_rules(self) -> list[Quorum]:
        return [placed.rule for placed in self.requirement.quorums if isinstance(placed.rule, Quorum)]

    def quorums(self, removal: RegisterAct | None) -> tuple[QuorumTested, ...]:
        tests = []
        for rule in self.quorum_rules():
            threshold = rule.threshold
            votes = self.count(threshold.body, in_votes=not threshold.body, excluding=threshold.excluding, removal=removal)
            there = votes.present if self.towards_quorum else votes.yes + votes.no
            tests.append(QuorumTested(rule, votes.electorate, there, least_of_quorum(rule, votes.electorate)))
        return tuple(tests)

    def decided(self, deciding: Deciding) -> Decided:
        named = any(isinstance(test, QuorumMet) for group in deciding.alternatives for test in group)
        quorums = self.quorums(deciding.removal)
        found = []
        for group in deciding.alternatives:
            asked = any(isinstance(test, QuorumMet) for test in group)
            silent = any(isinstance(test, Objections) for test in group)
            # Where a rule says in which case there must be a quorum, the other cases need none; silence needs none either.
            applies = asked if named else deciding.placed is not None and not silent
            tests = tuple(self.test(test, deciding.removal) for test in group if not isinstance(test, QuorumMet | Unmeasured))
            found.append(Alternative(tests, quorums if applies else ()))
        return Decided(deciding, tuple(found))

    def test(self, ballot: Threshold | Ratio | Objections, removal: RegisterAct | None) -> Tested:
        match ballot:
            case Threshold(base=base, body=body):
                heads = base in (Base.PRESENT, Base.PRESENT_AND_VOTING) or (base is Base.ALL and bool(body))
                votes = self.count(body, in_votes=not heads, excluding=ballot.excluding, removal=removal)
                out_of = whole(ballot, votes, abstentions_cast=self.abstentions_cast)
                needed = least(ballot, out_of)
                limit = Fraction(ballot.heads) if ballot.heads else ballot.share * out_of
                return Tested(ballot, votes, limit, votes.yes >= needed, needed)
            case Ratio():
                votes = self.count("", in_votes=True, removal=removal)
                needed = least_of_ratio(ballot, votes.no)
                return Tested(ballot, votes, ballot.times * votes.no, votes.yes >= needed, needed)
            case Objections():
                votes = self.count(ballot.body, in_votes=False, removal=removal)
                return Tested(ballot, votes, Fraction(ballot.most), votes.no <= ballot.most and votes.electorate > 0)
            case _:
                assert_never(ballot)


def _named(ballot: Ballot) -> tuple[str, ...]:
    return () if isinstance(ballot, QuorumMet) else (body_of(ballot),)


# -- what is still open -----------------------------------------------------------------------------------------------

MAX_COMPLETIONS = 2_000
"""How many ways of voting are tried where several alternatives pull in different directions."""

_AGAINST = (None, Choice.NO, Choice.ABSTAIN)


def settled(requirement: Requirement, electorate: Electorate, cast: Mapping[str, Choice]) -> bool:
    """Whether no ballot that is still missing can turn adopted into something else, or something else into adopted.

    No rule of the language has a vote in favour do harm, so the best that can come is that all who are missing say yes. The
    worst is that all say no, or abstain, or stay away so that there is no quorum; only where a rule has alternatives may it
    be a mixture, and then all mixtures are tried, those with equal votes counted alike. Where there are more than
    MAX_COMPLETIONS of them the answer is no: the vote goes on.
    """
    now = tally(requirement, electorate, cast).outcome
    if now is Outcome.UNDETERMINED or requirement.barred:
        return True
    missing = sorted(electorate.everybody - cast.keys())

    def adopted(choices: Mapping[str, Choice]) -> bool:
        return tally(requirement, electorate, {**cast, **choices}).outcome is Outcome.ADOPTED

    if not adopted(dict.fromkeys(missing, Choice.YES)):
        return True
    if now is not Outcome.ADOPTED:
        return False
    if any(not adopted(dict.fromkeys(missing, choice)) for choice in (Choice.NO, Choice.ABSTAIN)):
        return False
    if all(len(deciding.alternatives) == 1 for deciding in requirement.deciding):
        return True
    groups = _alike(electorate, missing)
    ways = 1
    for group in groups:
        ways *= (len(group) + 1) * (len(group) + 2) // 2
        if ways > MAX_COMPLETIONS:
            return False
    return all(adopted(choices) for choices in _mixtures(groups))


def _alike(electorate: Electorate, missing: list[str]) -> list[list[str]]:
    """Those whose votes weigh the same everywhere, together."""
    groups: dict[object, list[str]] = {}
    for id_ in missing:
        weights = tuple(members.get(id_, 0) for members in electorate.bodies.values())
        apart = (*electorate.left_out.values(), *electorate.apart.values(), *electorate.silent.values())
        left_out = tuple(id_ in gone for gone in apart)
        groups.setdefault((weights, left_out), []).append(id_)
    return list(groups.values())


def _mixtures(groups: list[list[str]]) -> Iterator[dict[str, Choice]]:
    ways = [list(combinations_with_replacement(_AGAINST, len(group))) for group in groups]
    for way in product(*ways):
        yield {
            id_: choice
            for group, choices in zip(groups, way, strict=True)
            for id_, choice in zip(group, choices, strict=True)
            if choice is not None
        }
