"""Two texts that came from one, made into one again: clause by clause, or with the conflicts told."""

from syngraph.engine.governance.merging.branches import UnmergeableError, merge_commits
from syngraph.engine.governance.merging.outcome import Conflict, ConflictKind, Conflicts, Merged, Side
from syngraph.engine.governance.merging.threeway import Reading, merge

__all__ = ["Conflict", "ConflictKind", "Conflicts", "Merged", "Reading", "Side", "UnmergeableError", "merge", "merge_commits"]
