"""What is on the agenda of a fold: what comes by itself, in which order at one instant, and what gives rise to instances."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from syngraph.engine.norms.life.instances import Key, Reason
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.text.records import quick


class Order(IntEnum):
    """What comes first at one instant: a new text, then who holds which role, a delay that is too long by then, then the acts
    of the parties, then deadlines.
    """

    TEXT = 0
    START = 1
    ROLE = 2
    OPEN = 3
    LATE = 4
    FACT = 5
    CLOSE = 6
    END = 7


@dataclass(frozen=True, slots=True)
class NewText:
    """A text begins to govern."""

    index: int


@dataclass(frozen=True, slots=True)
class Starts:
    """The agreement takes effect, if it still is by that text."""

    text: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class RoleBegins:
    """Somebody comes to hold a role."""

    holding: Holding


@dataclass(frozen=True, slots=True)
class RoleEnds:
    """Somebody no longer holds a role."""

    holding: Holding


@quick
@dataclass(frozen=True, slots=True)
class Opens:
    """A period of a recurring norm begins; `around` is a day in it. Out of date when another text governs."""

    slot: str
    text: int
    around: date


@quick
@dataclass(frozen=True, slots=True)
class Closes:
    """The window of an instance closes. Out of date when the instance has another deadline by then."""

    key: Key


@dataclass(frozen=True, slots=True)
class Exceeds:
    """A delay has lasted for as long as the condition of a norm allows."""

    broken: Key
    slot: str
    number: int


@dataclass(frozen=True, slots=True)
class Outlasts:
    """A suspension, known by its fact, has lasted for as long as the condition of a norm says."""

    fact: str
    slot: str
    number: int


@dataclass(frozen=True, slots=True)
class Resumes:
    """The time for which something was suspended, by a fact, is over."""

    fact: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Ends:
    """The agreement ends by the term of that text, so that it may be renewed, or (-1) because somebody ended it."""

    text: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class MayEnd:
    """The agreement ends if somebody had the power to end it, which nobody can tell."""

    reason: Reason


@quick
@dataclass(frozen=True, slots=True)
class Occasion:
    """What gives rise to instances: its key among those of one norm, when, through whom, and why.

    `bound` are the ids of those who acted or failed and `role` the noun by which the text calls them, so that `the Member`
    in the sentence after means the same person. `moment` is the day of the calendar that the norm's times speak of.
    `others` are the facts by which further conditions came true, and `perhaps` why it cannot be told whether it is one.
    """

    key: str
    instant: datetime
    moment: date | None = None
    bound: frozenset[str] = frozenset()
    role: str = ""
    fact: RecordedFact | None = None
    source: Key | None = None
    reasons: tuple[Reason, ...] = ()
    others: tuple[RecordedFact, ...] = ()
    perhaps: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Becomes:
    """Something becomes of a thing by itself, as `text` says. Out of date when another text governs that does not say so,
    unless it comes of an event.
    """

    slot: str
    text: int
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class SurvivalEnds:
    """What outlived the agreement for a time ends too."""

    slot: str


Engagement = (
    NewText
    | Starts
    | RoleBegins
    | RoleEnds
    | Opens
    | Closes
    | Exceeds
    | Outlasts
    | Resumes
    | Ends
    | MayEnd
    | Becomes
    | SurvivalEnds
)
