"""How many of whom must say yes."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from syngraph.grammar.amounts import Duration


class Base(StrEnum):
    """Out of what a fraction is counted."""

    ALL = "all"
    """Everybody entitled to vote."""
    CAST = "votes cast"
    """Yes and no votes; abstentions are not cast."""
    PRESENT = "present"
    PRESENT_AND_VOTING = "present and voting"
    UNSAID = "unsaid"
    """The text does not say: the strict reading is all, and there is a mistake that says so."""


class Comparison(StrEnum):
    """`at least` is inclusive, `more than` strict."""

    AT_LEAST = "at least"
    MORE_THAN = "more than"


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many of whom must say yes (or be there).

    `share` of the `base` of `body` (a role in the singular, "" for whoever votes), less `minus` heads
    (`all Members minus one`), leaving out `excluding` (`the Member proposed for removal`). With `heads` above 0 the
    threshold is that number of persons and `share` is 0. Unanimity is at least 1 of all.
    """

    comparison: Comparison
    share: Fraction
    base: Base
    body: str = ""
    heads: int = 0
    minus: int = 0
    excluding: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Yes votes against no votes: at least or more than `times` as many."""

    comparison: Comparison
    times: Fraction


@dataclass(frozen=True, slots=True)
class Objections:
    """Adopted unless more than `most` of `body` object, within `window` if one is named."""

    most: int
    body: str
    window: Duration | None = None


@dataclass(frozen=True, slots=True)
class QuorumMet:
    """The quorum that the text names elsewhere is met."""


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """An agreement of `body` that the text names and does not put into numbers (`consensus`, `a supermajority`).

    `name` is its name (`lazy consensus`), `body` a role in the singular, "" for whoever decides. No count shows whether it
    was reached.
    """

    name: str
    body: str = ""


Ballot = Threshold | Ratio | Objections | QuorumMet | Unmeasured
