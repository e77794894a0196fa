"""The site of a change: where in the chain it stands, and what is known there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from syngraph.engine.governance.chain.ledger import Entered, Ledger, MotionOnFile
from syngraph.engine.governance.chain.motions import Moved
from syngraph.engine.governance.standing import Standing
from syngraph.engine.governance.statements import Statement, filed
from syngraph.engine.text.store import Tree


@dataclass(frozen=True, slots=True)
class Ordered:
    """A change of the text that a binding order asks for: the digest of the award, the number of the order in it, and the files
    as they become.
    """

    award: str
    number: int
    words: str
    files: Mapping[str, bytes | None]


class Ruling(Protocol):
    """Who knows what the disputes of the chain have come to. Motions are named by their digests."""

    def stayed(self, ledger: Ledger, site: "Site") -> frozenset[str]:
        """The motions on which the voting is stayed."""
        ...

    def set_aside(self, ledger: Ledger, site: "Site") -> frozenset[str]:
        """The motions whose adoption is set aside."""
        ...

    def ordered(self, ledger: Ledger, site: "Site") -> tuple[Ordered, ...]:
        """The changes of the text that are ordered."""
        ...


@dataclass(frozen=True, slots=True)
class Undisputed:
    """The ruling where there are no disputes."""

    def stayed(self, ledger: Ledger, site: "Site") -> frozenset[str]:
        """None."""
        return frozenset()

    def set_aside(self, ledger: Ledger, site: "Site") -> frozenset[str]:
        """None."""
        return frozenset()

    def ordered(self, ledger: Ledger, site: "Site") -> tuple[Ordered, ...]:
        """None."""
        return ()


@dataclass(frozen=True, slots=True)
class Site:
    """Where statements enter: the text as it stands, its commit, and the commit that brings them, on its day.

    `tree` gives the agreement with its record as it was before, `brought` are the files that the commit has added to it.
    `motions` are those whose text is known, `reopened` works out one that is not. `ruling` knows of the disputes.
    """

    standing: Standing
    text: str
    commit: str
    day: date
    tree: Callable[[], Tree]
    motions: dict[str, Moved]
    reopened: Callable[[MotionOnFile], Moved]
    brought: dict[str, bytes] = field(default_factory=dict)
    ruling: Ruling = Undisputed()

    def moved(self, filed_motion: MotionOnFile) -> Moved:
        """A motion with the text that it was opened on."""
        known = self.motions.get(filed_motion.digest)
        if known is None:
            known = self.motions[filed_motion.digest] = self.reopened(filed_motion)
        return known

    def days(self, statement: Statement) -> tuple[date, date]:
        """The day of which a statement is, and the day at which the chain stands when it enters.

        What somebody may do hangs on both: a date is a claim that narrows, the place in the chain decides.
        """
        return statement.date, self.day

    def statement(self, entered: Entered) -> Statement:
        """A statement that entered before, or with this commit. Raises: StoreError"""
        content = self.brought.get(entered.path)
        return filed(self.tree().read(entered.path) if content is None else content, entered.path)
