"""Disputing: the disputes of an agreement as its chain has them, and what has come of each."""

from dataclasses import dataclass
from pathlib import Path

from syngraph.engine.cache import Cache
from syngraph.engine.disputes.effects import Effective, facts, governed
from syngraph.engine.disputes.outcomes import Outcome
from syngraph.engine.disputes.proceedings import Course, overall
from syngraph.engine.governance.docket import DisputeOnFile
from syngraph.engine.norms.said.texts import GoverningText
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.text.store import head


@dataclass(frozen=True, slots=True)
class Settled:
    """A dispute on the docket: its course, award by award, and those awards and settlements that bind."""

    filed: DisputeOnFile
    title: str
    course: Course
    effective: tuple[Effective, ...]

    @property
    def outcome(self) -> Outcome:
        """What it has come to."""
        return overall(self.course)

    @property
    def facts(self) -> tuple[RecordedFact, ...]:
        """What its awards have found, and that they were made."""
        return facts(self.effective)

    def governed(self, texts: tuple[GoverningText, ...]) -> tuple[GoverningText, ...]:
        """Texts with what was decided: its duties are rules of them, and what is void is none."""
        return governed(texts, self.effective)


def disputes(path: Path, rev: str | None, branch: str, cache: Cache) -> tuple[Settled, ...]:
    """The disputes of an agreement in the order in which they arose, as the chain of a revision has them, or (None) that of the
    governed `branch`. None, where nothing is founded.

    Raises: StoreError where a revision is asked for that is not there; TextError for a text that cannot be read.
    """
    if not (rev or head(path, branch)):
        return ()
    # Git and the arithmetic of signatures take a while to load.
    from syngraph.engine.governance.statements import Claim
    from syngraph.engine.verify import verify

    verification = verify(path, branch=branch, rev=rev or "", cache=cache)
    ledger, rulings = verification.ledger, verification.walk.rulings
    if verification.standing is None:
        return ()
    site = verification.site("", ledger.day)
    found = []
    for filed in ledger.disputes.values():
        claim = site.statement(ledger.statements[filed.claim]).details
        assert isinstance(claim, Claim)
        course, effective = rulings.course(filed, ledger, site), rulings.effective(filed, ledger, site)
        found.append(Settled(filed, claim.title, course, effective))
    return tuple(found)
