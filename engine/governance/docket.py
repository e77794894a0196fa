"""The docket: which papers of a dispute have entered the chain, by whom, and whose keys sign for its arbitrators."""

from dataclasses import dataclass, field, replace
from datetime import date

from syngraph.engine.governance.statements import Kind


@dataclass(frozen=True, slots=True)
class PaperOnFile:
    """A statement in a dispute that entered: the number of its transition (from 0), and the day at which the chain stood.

    `signed` are the principals who have signed with keys of the register, in the order of their ids; `seals` the names of the
    keys of arbitrators that have signed.
    """

    digest: str
    kind: Kind
    path: str
    position: int
    entered: date
    signed: tuple[str, ...]
    seals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """The key by which an arbitrator signs in one dispute, by its name; `acceptance` is the digest of what brought it.

    `registered` says whether the register had it then: such a key signs for as long as the register has it.
    """

    key: str
    arbitrator: str
    acceptance: str
    registered: bool


@dataclass(slots=True)
class DisputeOnFile:
    """A dispute from the moment its claim entered.

    `text` is the commit whose text was in force then. `papers` are in the order in which they entered, the claim first;
    `seals` by the name of the key, for as long as they sign.
    """

    claim: str
    claimants: tuple[str, ...]
    respondents: tuple[str, ...]
    text: str
    papers: list[PaperOnFile] = field(default_factory=list)
    seals: dict[str, Seal] = field(default_factory=dict)

    @property
    def parties(self) -> tuple[str, ...]:
        """Everybody on either side, the claimants first."""
        return self.claimants + self.respondents

    def copied(self) -> "DisputeOnFile":
        """A dispute that goes its own way from here."""
        return replace(self, papers=list(self.papers), seals=dict(self.seals))
