"""What a change needs: the rules that decide on it, and what else the text says of how it is decided."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from syngraph.engine.governance.deciding.reach import Reach
from syngraph.engine.governance.deciding.roster import RegisterAct
from syngraph.engine.text.clauses import Clause, PlacedRule
from syngraph.grammar.rules import Ballot, Base, Comparison, Objections, Threshold, Unmeasured
from syngraph.grammar.unparse import unparse

EVERY_PARTY = "every party"
"""The body that decides where the text has no rule: everybody who holds a role."""

CONSENT = Threshold(Comparison.AT_LEAST, Fraction(1), Base.ALL, EVERY_PARTY)
"""The consent of every party: what changes a contract that does not say how it is changed."""

_MEETING = re.compile(r"\b(?:meetings?|assembly|assemblies)\b", re.IGNORECASE)


class Forum(StrEnum):
    """Where it is decided: by ballots in the record, or in a meeting that minutes attest."""

    BALLOT = "ballot"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Deciding:
    """One rule that must pass: when every test of one of the alternatives is met.

    `placed` is None for the consent of every party, where the text has no rule. `covers` says for what it is asked, in words.
    A removal is decided by itself: `removal` is the one for which the rule is asked, None where it is asked for anything else.
    """

    placed: PlacedRule | None
    alternatives: tuple[tuple[Ballot, ...], ...]
    covers: tuple[str, ...] = ()
    removal: RegisterAct | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason why the outcome cannot be told, and the sentence behind it, if it is one."""

    why: str
    clause: Clause | None = None


@dataclass(frozen=True, slots=True)
class Mover:
    """Who may propose: any holder of `role` alone, or so many together as `threshold` says. `placed` is the sentence."""

    placed: PlacedRule
    role: str = ""
    threshold: Threshold | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """All that a change needs. Every one of `deciding` must pass.

    With `barred` it cannot be adopted at all, with `undetermined` nobody can tell whether it is. `exclusions` are the
    sentences that leave somebody out of the count, or out of the vote. `closers` are the roles that close a vote and `movers`
    those who may propose: where there are none, anybody may. `notes` are for the reader.
    """

    reach: Reach
    forum: Forum
    deciding: tuple[Deciding, ...]
    barred: tuple[PlacedRule, ...] = ()
    undetermined: tuple[Doubt, ...] = ()
    quorums: tuple[PlacedRule, ...] = ()
    abstentions: tuple[PlacedRule, ...] = ()
    votes: tuple[PlacedRule, ...] = ()
    exclusions: tuple[PlacedRule, ...] = ()
    procedures: tuple[PlacedRule, ...] = ()
    moratoriums: tuple[PlacedRule, ...] = ()
    vetoes: tuple[PlacedRule, ...] = ()
    closers: tuple[str, ...] = ()
    movers: tuple[Mover, ...] = ()
    notes: tuple[str, ...] = ()

    def canonical(self) -> str:
        """All rules that decide, a sentence on each line: two requirements with the same lines decide alike."""
        groups = (
            ("decides", [each.placed for each in self.deciding]),
            ("bars", self.barred),
            ("quorum", self.quorums),
            ("abstention", self.abstentions),
            ("votes", self.votes),
            ("left out", self.exclusions),
            ("procedure", self.procedures),
            ("pause", self.moratoriums),
            ("veto", self.vetoes),
            ("proposes", [mover.placed for mover in self.movers]),
        )
        lines = [
            f"{name}: {unparse(placed.rule) if placed else 'The consent of every party.'}"
            for name, rules in groups
            for placed in rules
        ]
        lines += [f"closes: {role}" for role in self.closers]
        lines += [f"unclear: {doubt.clause.sentence.text if doubt.clause else doubt.why}" for doubt in self.undetermined]
        return "".join(f"{line}\n" for line in sorted(set(lines)))


def of_meeting(deciding: Deciding) -> bool:
    """Whether a rule may be decided in a meeting: its sentence speaks of one, or counts those who are present.

    The consent of every party is not, since nobody can attest it for who was not there.
    """
    if deciding.placed is None:
        return False
    counted = any(
        isinstance(ballot, Threshold) and ballot.base in (Base.PRESENT, Base.PRESENT_AND_VOTING)
        for group in deciding.alternatives
        for ballot in group
    )
    return counted or speaks_of_meeting(deciding.placed)


def speaks_of_meeting(placed: PlacedRule) -> bool:
    """Whether a sentence speaks of a meeting."""
    return _MEETING.search(placed.clause.sentence.text) is not None


def body_of(ballot: Ballot) -> str:
    """The body whose votes a test counts, "" for whoever votes."""
    return ballot.body if isinstance(ballot, Threshold | Objections | Unmeasured) else ""
