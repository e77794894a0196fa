"""The meaning of a sentence: the kinds of rule there are, and nothing about how they were written.

Every type here is a value: two sentences that say the same have equal rules. `unparse` gives the canonical sentence of a
rule and reading it gives the rule back. Noun phrases are kept as written; only what decides who, when, how much and by
which majority is taken apart.
"""

from syngraph.grammar.measures import Level, Measured
from syngraph.grammar.rules.ballots import Ballot, Base, Comparison, Objections, QuorumMet, Ratio, Threshold, Unmeasured
from syngraph.grammar.rules.changes import Change, Effect
from syngraph.grammar.rules.circumstances import (
    Act,
    Actor,
    Condition,
    Fails,
    Happens,
    Late,
    Link,
    Priority,
    Quantifier,
    Rank,
    Test,
    Unknown,
)
from syngraph.grammar.rules.decisions import (
    Abstention,
    Course,
    Decision,
    Deed,
    Entrenchment,
    Exclusion,
    Initiative,
    Matter,
    Moratorium,
    Outcome,
    Procedure,
    Quorum,
    Vote,
)
from syngraph.grammar.rules.declarations import Cessation, Commencement, Definition, Meaning, Renewal, Signing, Survival, Term
from syngraph.grammar.rules.disputes import (
    Arbitration,
    AwardEffect,
    AwardLimit,
    AwardTime,
    Declaration,
    DefaultAppointment,
    ForkRight,
    ForkTerm,
)
from syngraph.grammar.rules.norms import Mode, Norm, Obligation, Permission, Power, PowerKind, Prohibition
from syngraph.grammar.rules.record import Fact, Order

Voting = (
    Decision | Entrenchment | Quorum | Procedure | Course | Outcome | Abstention | Vote | Exclusion | Initiative | Moratorium
)
"""What says how something is decided."""

Rule = (
    Norm
    | Voting
    | Definition
    | Commencement
    | Term
    | Renewal
    | Survival
    | Cessation
    | Signing
    | Change
    | ForkRight
    | ForkTerm
    | Arbitration
    | DefaultAppointment
    | AwardTime
    | AwardEffect
    | AwardLimit
    | Declaration
    | Fact
    | Order
)

__all__ = [
    "Abstention",
    "Act",
    "Actor",
    "Arbitration",
    "AwardEffect",
    "AwardLimit",
    "AwardTime",
    "Ballot",
    "Base",
    "Cessation",
    "Change",
    "Commencement",
    "Comparison",
    "Condition",
    "Course",
    "Decision",
    "Declaration",
    "Deed",
    "DefaultAppointment",
    "Definition",
    "Effect",
    "Entrenchment",
    "Exclusion",
    "Fact",
    "Fails",
    "ForkRight",
    "ForkTerm",
    "Happens",
    "Initiative",
    "Late",
    "Level",
    "Link",
    "Matter",
    "Meaning",
    "Measured",
    "Mode",
    "Moratorium",
    "Norm",
    "Objections",
    "Obligation",
    "Order",
    "Outcome",
    "Permission",
    "Power",
    "PowerKind",
    "Priority",
    "Procedure",
    "Prohibition",
    "Quantifier",
    "Quorum",
    "QuorumMet",
    "Rank",
    "Ratio",
    "Renewal",
    "Rule",
    "Signing",
    "Survival",
    "Term",
    "Test",
    "Threshold",
    "Unknown",
    "Unmeasured",
    "Vote",
    "Voting",
]
