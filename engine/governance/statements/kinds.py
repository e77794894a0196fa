"""What people state: the kinds of statements, and what each says besides who made it and when."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

from syngraph.engine.governance.statements.papers import Paper


class Kind(StrEnum):
    """Every kind of statement that the record of an agreement may hold."""

    FOUNDING = "founding"
    MOTION = "motion"
    BALLOT = "ballot"
    CLOSE = "close"
    DELEGATION = "delegation"
    VETO = "veto"
    FACT = "fact"
    IMPORT = "import"
    MINUTES = "minutes"
    ROTATION = "rotation"
    RESIGNATION = "resignation"
    ACT = "act"
    FORK = "fork"
    CLAIM = "claim"
    ANSWER = "answer"
    APPOINTMENT = "appointment"
    ACCEPTANCE = "acceptance"
    CHALLENGE = "challenge"
    EXTENSION = "extension"
    STAY = "stay"
    AWARD = "award"
    DISSENT = "dissent"
    CORRECTION = "correction"
    SETTLEMENT = "settlement"
    RETRACTION = "retraction"
    TOMBSTONE = "tombstone"


class Choice(StrEnum):
    """What a ballot says."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    """How a motion ended."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    NO_QUORUM = "no-quorum"
    LAPSED = "lapsed"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Founding:
    """An agreement begins: the digest of its governed text, and 32 hex digits of chance that make it no other's.

    `record` is the digest of what the record held before (`transitions.cause_of` over paths and SHA-256), None where it was
    empty. `minutes` is the SHA-256 of a file among that, which attests an earlier adoption.
    """

    digest: str
    nonce: str
    record: str | None = None
    minutes: str | None = None


@dataclass(frozen=True, slots=True)
class Motion:
    """Something is proposed; the body has the reasons and the changes. `about` is the act it asks for (`remove farid`)."""

    nonce: str
    title: str
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote on a motion, which is named by the digest of its statement."""

    motion: str
    vote: Choice


@dataclass(frozen=True, slots=True)
class Close:
    """A vote ends, with the outcome that whoever closes it has counted."""

    motion: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Delegation:
    """Somebody else may vote: on one motion, or on any."""

    to: str
    motion: str | None = None


@dataclass(frozen=True, slots=True)
class Veto:
    """An objection to a motion."""

    motion: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened, as sentences in the body."""


@dataclass(frozen=True, slots=True)
class Import:
    """What happened, as a table in the body with our own columns (`told.canonical`).

    `source` is the SHA-256 of the file that it was made from. The rest says how: what columns are called there
    (`date=Buchungstag; actor=Name`), what every row has (`act=paid`), `comma` for sums written `1.200,50`, in which order the
    numbers of a day stand (`dmy`, `mdy`, `ymd`), and what became of sums below zero (`skip`, `swap`).
    """

    source: str
    map: str | None = None
    set: str | None = None
    decimal: str | None = None
    dates: str | None = None
    negative: str | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting decided on a motion. `present` is a number, or who was there; the three counts are votes.

    `held` is the day of the meeting, `notice` the day on which it was called.
    """

    motion: str
    held: datetime.date | None
    notice: datetime.date | None
    present: int | tuple[str, ...]
    in_favour: int
    against: int
    abstaining: int


@dataclass(frozen=True, slots=True)
class Rotation:
    """One key takes the place of another: the name of the old one, and the new one as a line of type and base64."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Resignation:
    """Somebody gives up a role, or with no `role` all of them, from a day on."""

    role: str | None
    since: datetime.date


@dataclass(frozen=True, slots=True)
class Act:
    """What an officer does by the power of an office; the body has the reasons and the changes."""


@dataclass(frozen=True, slots=True)
class Retraction:
    """One's own fact or ballot is taken back, named by its digest."""

    of: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Another statement's content was removed by lawful demand."""

    of: str
    reason: str


Details = (
    Founding
    | Motion
    | Ballot
    | Close
    | Delegation
    | Veto
    | Fact
    | Import
    | Minutes
    | Rotation
    | Resignation
    | Act
    | Paper
    | Retraction
    | Tombstone
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one or more principals say, each to sign it.

    `lineage` and `base` are None in a founding only. `sequence` counts from 1: of statements that replace one another, the
    highest counts. `expires` is the last day on which it can have effect. `body` is empty or ends with a line feed.

    Three fields tell where it was read and are no part of what it says, so that they do not count when statements are
    compared: `digest` (64 hex digits, the SHA-256 of the file; "" before it is written), `path`, and `body_line`, the line
    of the file on which the body begins.
    """

    kind: Kind
    lineage: str | None
    fork: str | None
    base: str | None
    principals: tuple[str, ...]
    capacity: str | None
    date: datetime.date
    sequence: int
    expires: datetime.date | None
    details: Details
    body: str = ""
    digest: str = field(default="", compare=False)
    path: str = field(default="", compare=False)
    body_line: int = field(default=0, compare=False)
