"""Verification: the governed branch is walked from its founding, and every commit that touches the agreement is judged.

What is judged depends on the chain alone: the same commits give the same answer to everybody. What a clone cannot show (a
newer head, a ballot that was withheld, whether a date is true) is not claimed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from syngraph.engine.cache import Cache, Forgetful
from syngraph.engine.governance.chain.ledger import Ledger, MotionOnFile
from syngraph.engine.governance.chain.motions import Moved
from syngraph.engine.governance.chain.site import Site
from syngraph.engine.governance.chain.transitions import Transition
from syngraph.engine.governance.standing import Standing
from syngraph.engine.text.store import Repository, overlay
from syngraph.engine.walking import Violation, Walk

__all__ = ["Verification", "Violation", "verify"]


@dataclass(frozen=True)
class Verification:
    """What walking a chain has shown, up to the commit at its head."""

    walk: Walk
    commit: str
    violations: tuple[Violation, ...]

    @property
    def valid(self) -> bool:
        """Whether the agreement is founded and every change since is lawful."""
        return bool(self.ledger.lineage) and not self.violations

    @property
    def ledger(self) -> Ledger:
        """What the chain has come to."""
        return self.walk.ledger

    @property
    def standing(self) -> Standing | None:
        """The text as it stands at the end of the chain, None before the founding."""
        return self.walk.standing

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """The lawful transitions, oldest first."""
        return tuple(self.ledger.transitions)

    @property
    def repository(self) -> Repository:
        """Where the chain is."""
        return self.walk.repository

    @property
    def below(self) -> str:
        """The folder of the agreement in the repository."""
        return self.walk.below

    @property
    def branch(self) -> str:
        """The governed branch."""
        return self.walk.branch

    def moved(self, filed_motion: MotionOnFile) -> Moved:
        """A motion with the text it was opened on."""
        return self.site("", self.ledger.day).moved(filed_motion)

    def site(self, commit: str, day: date) -> Site:
        """Where statements enter next, with a commit on a day."""
        return self.walk.site(self.commit, commit, day)

    def after(self, files: Mapping[str, bytes | None]) -> Standing:
        """The text with files changed. Raises: TextError where it cannot be governed."""
        assert self.standing is not None
        return self.walk.standing_of(overlay(self.standing.tree, files))


def verify(
    path: Path,
    *,
    branch: str = "",
    head: str = "",
    rev: str = "",
    cache: Cache | None = None,
    alternates: Sequence[Path] = (),
    every: bool = False,
    today: date | None = None,
    progress: Callable[[int, int], None] = lambda done, whole: None,
) -> Verification:
    """Judges every commit of the governed branch of the agreement at `path`, in a repository that may be bare.

    `branch` is read from the manifest where it is not given; `head` is a commit to judge in place of the branch's own
    (a push that is not yet accepted), whose objects may lie in `alternates`; `rev` is
    a revision in place of either. With `every` the walk goes on after a violation,
    taking the text as it then is. Commits dated more than a day after `today` are not believed.

    Raises: StoreError where there is no such repository or branch.
    """
    walk = Walk(path, branch, cache or Forgetful(), alternates, today)
    tip, violations = walk.over(walk.repository.resolved(rev) if rev else head, every, progress)
    return Verification(walk, tip, violations)
