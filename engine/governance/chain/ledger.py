"""The ledger: what the chain has come to, transition by transition. It grows with each and is never taken back."""

from dataclasses import dataclass, field, replace
from datetime import date

from syngraph.engine.governance.chain.transitions import Kind, Transition, transition_id
from syngraph.engine.governance.docket import DisputeOnFile
from syngraph.engine.governance.statements import Choice, Outcome
from syngraph.engine.governance.statements import Kind as Said


@dataclass(frozen=True, slots=True)
class Entered:
    """A statement in the record: since which transition (its number, from 0), and which principals have signed it."""

    digest: str
    kind: Said
    path: str
    position: int
    principals: tuple[str, ...]
    signed: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class BallotOnFile:
    """A ballot that entered. `keys` are the names of the keys that signed, `entered` the day at which the chain stood."""

    digest: str
    principal: str
    vote: Choice
    sequence: int
    stated: date
    entered: date
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DelegationOnFile:
    """A delegation that entered: `to` votes for `principal`, on one motion or (None) on any."""

    digest: str
    principal: str
    to: str
    motion: str | None
    sequence: int
    position: int
    expires: date | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """What minutes attest of a vote: how many were present, and how many voted which way."""

    digest: str
    present: int
    in_favour: int
    against: int
    abstaining: int


@dataclass(slots=True)
class MotionOnFile:
    """A motion from the moment it entered.

    `text` is the commit whose text it was opened on, `entry` the one that brought it; `keys` the names of the keys that
    everybody had then. `late` are ballots after the close, `early` those that entered before the motion. `stale` says why it
    can no longer be carried out.
    """

    digest: str
    path: str
    title: str
    base: str
    movers: tuple[str, ...]
    position: int
    opened: date
    text: str
    entry: str
    keys: dict[str, tuple[str, ...]]
    expires: date | None = None
    ballots: list[BallotOnFile] = field(default_factory=list)
    late: list[BallotOnFile] = field(default_factory=list)
    early: list[BallotOnFile] = field(default_factory=list)
    vetoes: list[str] = field(default_factory=list)
    sitting: Sitting | None = None
    outcome: Outcome | None = None
    close: str = ""
    closed: date | None = None
    changes: str = ""
    stale: str = ""
    executed: str = ""

    def copied(self) -> "MotionOnFile":
        """A motion that goes its own way from here."""
        return replace(self, ballots=list(self.ballots), late=list(self.late), early=list(self.early), vetoes=list(self.vetoes))


@dataclass(slots=True)
class Ledger:
    """Everything that judging the next change needs to know of those before it.

    `day` is the day at which the chain stands: the latest commit day so far. `retired` are keys that a change of the register
    has ended, `heirs` the key that each key was rotated into. `pending` are statements with the power to change the register
    or the text that have not done so yet. `tables` are the imports, by the SHA-256 of what each was made from and of its rows,
    `disputes` by the digest of the claim, `obeyed` the orders of awards that the text follows, as DIGEST#NUMBER.
    """

    lineage: str = ""
    day: date = date.min
    transitions: list[Transition] = field(default_factory=list)
    days: dict[str, date] = field(default_factory=dict)
    statements: dict[str, Entered] = field(default_factory=dict)
    motions: dict[str, MotionOnFile] = field(default_factory=dict)
    early: dict[str, list[BallotOnFile]] = field(default_factory=dict)
    delegations: list[DelegationOnFile] = field(default_factory=list)
    tables: dict[str, list[str]] = field(default_factory=dict)
    disputes: dict[str, DisputeOnFile] = field(default_factory=dict)
    obeyed: set[str] = field(default_factory=set)
    retracted: dict[str, str] = field(default_factory=dict)
    retired: set[str] = field(default_factory=set)
    heirs: dict[str, str] = field(default_factory=dict)
    pending: dict[str, Entered] = field(default_factory=dict)
    bound: list[str] = field(default_factory=list)

    def copied(self) -> "Ledger":
        """A ledger that goes its own way from here."""
        return Ledger(
            lineage=self.lineage,
            day=self.day,
            transitions=list(self.transitions),
            days=dict(self.days),
            statements=dict(self.statements),
            motions={digest: motion.copied() for digest, motion in self.motions.items()},
            early={digest: list(ballots) for digest, ballots in self.early.items()},
            delegations=list(self.delegations),
            tables={digest: list(imports) for digest, imports in self.tables.items()},
            disputes={digest: dispute.copied() for digest, dispute in self.disputes.items()},
            obeyed=set(self.obeyed),
            retracted=dict(self.retracted),
            retired=set(self.retired),
            heirs=dict(self.heirs),
            pending=dict(self.pending),
            bound=list(self.bound),
        )

    @property
    def head(self) -> str:
        """The id of the last transition, "" before the first."""
        return self.transitions[-1].id if self.transitions else ""

    @property
    def position(self) -> int:
        """The number that the next transition will have."""
        return len(self.transitions)

    def add(
        self, kind: Kind, commit: str, result: str, cause: str, outcome: str = "", reasons: tuple[str, ...] = ()
    ) -> Transition:
        """Appends a transition that was judged lawful."""
        made = Transition(
            transition_id(self.head, kind, result, cause), kind, commit, result, cause, self.day, outcome, reasons
        )
        self.transitions.append(made)
        self.days[made.id] = made.day
        return made

    def descends(self, key: str, ancestors: tuple[str, ...]) -> bool:
        """Whether a key is one of the `ancestors`, or one of them was rotated into it."""
        heirs = set(ancestors)
        for old in ancestors:
            while old in self.heirs and self.heirs[old] not in heirs:
                old = self.heirs[old]
                heirs.add(old)
        return key in heirs
