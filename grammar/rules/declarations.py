"""What is so by agreement: definitions, the life of the agreement, who holds what."""

from dataclasses import dataclass
from enum import StrEnum

from syngraph.grammar.amounts import After, Amount, Duration, Moment, Time
from syngraph.grammar.rules.circumstances import Actor, Condition


class Meaning(StrEnum):
    """Whether a definition is exhaustive."""

    MEANS = "means"
    INCLUDES = "includes"
    EXCLUDES = "does not include"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a term stands for. `amount` and `moment` are the typed reading of `body`, where it has one."""

    term: str
    body: str
    meaning: Meaning = Meaning.MEANS
    amount: Amount | None = None
    moment: Moment | None = None
    excluded: str = ""
    """What `but does not include` takes out, as written."""


@dataclass(frozen=True, slots=True)
class Commencement:
    """When the agreement takes effect: on a day, at an event, or when all have signed (`signed`)."""

    subject: str
    moment: Moment | None
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """When the agreement ends by itself: at a moment, a time after one (`After`), or after a length of time from its start."""

    subject: str
    end: Moment | After | Duration


@dataclass(frozen=True, slots=True)
class Renewal:
    """For how long an ended term is renewed, and unless what."""

    subject: str
    duration: Duration
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Survival:
    """Which sections, or which obligations in words, outlive the end, and for how long (None: without limit)."""

    sections: tuple[str, ...]
    subject: str = ""
    duration: Duration | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """Whose signatures a paper needs (`The minutes of a meeting are signed by its chair and the Secretary.`)."""

    subject: str
    by: Actor


@dataclass(frozen=True, slots=True)
class Cessation:
    """When somebody stops holding a role (`A Member ceases to be a Member on resignation.`)."""

    role: str
    ceases: str
    times: tuple[Time, ...] = ()
    conditions: tuple[Condition, ...] = ()
