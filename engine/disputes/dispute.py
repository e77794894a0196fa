"""A dispute: its claim, and all that was stated in it since, in the order in which it entered the chain."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from syngraph.engine.governance.docket import DisputeOnFile
from syngraph.engine.governance.statements import Claim, Statement


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement in a dispute with where it entered the chain.

    `position` is the number of the transition, `entered` the day at which the chain stood. `signed` are the principals who
    have signed with keys of the register, `seals` the names of the keys of arbitrators that have signed.
    """

    statement: Statement
    position: int
    entered: date
    signed: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """Who claims against whom, and everything stated since: the first entry is the claim."""

    claimants: tuple[str, ...]
    respondents: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def claim(self) -> Claim:
        """What was claimed."""
        details = self.entries[0].statement.details
        assert isinstance(details, Claim)
        return details

    @property
    def opened(self) -> date:
        """The day at which the chain stood when the claim entered."""
        return self.entries[0].entered

    @property
    def parties(self) -> tuple[str, ...]:
        """Everybody on either side, the claimants first."""
        return self.claimants + self.respondents


def dispute(filed: DisputeOnFile, read: Callable[[str], Statement]) -> Dispute:
    """A dispute on the docket; `read` gives the statement at a path of the record.

    Raises: whatever `read` raises.
    """
    return Dispute(
        filed.claimants,
        filed.respondents,
        tuple(Entry(read(each.path), each.position, each.entered, each.signed, each.seals) for each in filed.papers),
    )
