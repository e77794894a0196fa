"""The site of a change: where in the chain it stands, and what is known there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from syngraph.engine.governance.chain.ledger import Entered, MotionOnFile
from syngraph.engine.governance.chain.motions import Moved
from syngraph.engine.governance.standing import Standing
from syngraph.engine.governance.statements import Statement, filed
from syngraph.engine.text.store import Tree


@dataclass(frozen=True, slots=True)
class Site:
    """Where statements enter: the text as it stands, its commit, and the commit that brings them, on its day.

    `tree` gives the agreement with its record as it was before, `brought` are the files that the commit has added to it.
    `motions` are those whose text is known, `reopened` works out one that is not.
    """

    standing: Standing
    text: str
    commit: str
    day: date
    tree: Callable[[], Tree]
    motions: dict[str, Moved]
    reopened: Callable[[MotionOnFile], Moved]
    brought: dict[str, bytes] = field(default_factory=dict)

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
