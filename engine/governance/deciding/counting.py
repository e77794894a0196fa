"""How the votes of one body stand against one threshold, exactly: in whole votes and fractions, never rounded."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, isqrt

from syngraph.engine.governance.statements.kinds import Choice
from syngraph.grammar.rules import Base, Comparison, Quorum, Ratio, Threshold


@dataclass(frozen=True, slots=True)
class Count:
    """The votes of a body. `present` are those who voted in any way, or of whom minutes say that they were there."""

    electorate: int
    yes: int
    no: int
    abstain: int
    present: int


def count(members: Mapping[str, int], cast: Mapping[str, Choice]) -> Count:
    """The votes of those who are members, who have as many as `members` says; of others nothing counts."""
    sums = dict.fromkeys(Choice, 0)
    for id_ in members.keys() & cast.keys():
        sums[cast[id_]] += members[id_]
    return Count(sum(members.values()), sums[Choice.YES], sums[Choice.NO], sums[Choice.ABSTAIN], sum(sums.values()))


def whole(threshold: Threshold, votes: Count, *, abstentions_cast: bool = False) -> int:
    """Out of how many the share of a threshold is taken."""
    match threshold.base:
        case Base.ALL | Base.UNSAID:
            return max(votes.electorate - threshold.minus, 0)
        case Base.CAST:
            return votes.yes + votes.no + (votes.abstain if abstentions_cast else 0)
        case Base.PRESENT_AND_VOTING:
            return votes.yes + votes.no
        case Base.PRESENT:
            return votes.present


def least(threshold: Threshold, out_of: int) -> int:
    """The smallest number that meets a threshold, at least one.

    >>> from fractions import Fraction as F
    >>> least(Threshold(Comparison.MORE_THAN, F(1, 2), Base.ALL), 50)
    26
    """
    return max(threshold.heads or above(threshold.share * out_of, threshold.comparison), 1)


def above(limit: Fraction, comparison: Comparison) -> int:
    """The smallest whole number that is at least, or more than, a limit."""
    return floor(limit) + 1 if comparison is Comparison.MORE_THAN else ceil(limit)


def least_of_ratio(ratio: Ratio, no: int) -> int:
    """The smallest number of Yes votes that passes a ratio, at least one."""
    return max(above(ratio.times * no, ratio.comparison), 1)


def least_of_quorum(quorum: Quorum, electorate: int) -> int:
    """How many must take part, at least one.

    >>> from fractions import Fraction as F
    >>> half = Threshold(Comparison.AT_LEAST, F(1, 2), Base.ALL, "Developer")
    >>> least_of_quorum(Quorum(half, root=True, factor=3), 1000)
    48
    """
    threshold = quorum.threshold
    if not quorum.root:
        return least(threshold, max(electorate - threshold.minus, 0))
    square = (threshold.share * quorum.factor) ** 2 * electorate
    root = isqrt(floor(square))
    exact = root * root == square and threshold.comparison is Comparison.AT_LEAST
    return max(root if exact else root + 1, 1)
