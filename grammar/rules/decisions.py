"""How the text, the offices and everything else are decided."""

from dataclasses import dataclass
from enum import StrEnum

from syngraph.grammar.amounts import Duration, Limit, Time
from syngraph.grammar.rules.ballots import Ballot, Threshold
from syngraph.grammar.rules.circumstances import Act, Actor, Condition, Priority


class Deed(StrEnum):
    """What a decision decides."""

    AMEND = "amend"
    ADOPT = "adopt"
    REMOVE = "remove"
    ADMIT = "admit"
    ELECT = "elect"
    APPOINT = "appoint"
    DISSOLVE = "dissolve"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Matter:
    """What a decision is about: the deed and its verb, its object as written, and the sections named (none: the whole text).

    `detail` is what follows the verb (`admitted as a Member`).
    """

    deed: Deed
    verb: str
    subject: str
    sections: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """How something is decided: adopted when every test of one of the alternatives is met."""

    matter: Matter
    alternatives: tuple[tuple[Ballot, ...], ...]
    conditions: tuple[Condition, ...] = ()
    priority: tuple[Priority, ...] = ()
    times: tuple[Time, ...] = ()


@dataclass(frozen=True, slots=True)
class Entrenchment:
    """What may not be decided at all (`Section 1 may not be amended.`)."""

    matter: Matter


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must take part for a decision to count. `of_what` names the meeting or body it belongs to, "" for any.

    `root` takes the square root of the head count before the share is applied and `factor` multiplies the result.
    """

    threshold: Threshold
    of_what: str = ""
    root: bool = False
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Procedure:
    """How long a stage of a decision lasts (`the voting period is 7 days`). `stage` is `discussion`, `voting`, `objection`."""

    stage: str
    duration: Duration
    limit: Limit = Limit.EXACTLY


@dataclass(frozen=True, slots=True)
class Course:
    """The stages and the quorum of a vote of its own (`The standard procedure begins with a discussion period of 5 days ...`).

    `opening` is which vote it is and when it begins, as written: for what it holds the language does not tell.
    """

    opening: str
    stages: tuple[Procedure, ...]
    quorum: Threshold | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a matter under a circumstance (`In the event of a tie, the motion fails.`).

    `verb` is its base form (`fail`, `reject`, `elect`), `subject` what it becomes of, as written.
    """

    subject: str
    verb: str
    conditions: tuple[Condition, ...] = ()
    priority: tuple[Priority, ...] = ()
    times: tuple[Time, ...] = ()


@dataclass(frozen=True, slots=True)
class Abstention:
    """Whether an abstention counts, and towards what: `quorum` or `votes cast`."""

    counts: bool
    towards: str


@dataclass(frozen=True, slots=True)
class Vote:
    """How many votes each holder of a role has, for each unit named (`one vote for each Share`).

    With a `period` that many in each of it; with `among` they are allotted as the holder likes among the things it names
    (`20 votes each year to allot among proposals`), so a matter has as many of them as it is given.
    """

    holder: str
    votes: int
    unit: str = ""
    period: Duration | None = None
    among: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Who is left out of every count of a vote (`The Member proposed for removal is not counted.`)."""

    who: Actor


@dataclass(frozen=True, slots=True)
class Initiative:
    """How many together may set a procedure going (`Five percent of the Members may call a vote.`)."""

    threshold: Threshold
    act: Act


@dataclass(frozen=True, slots=True)
class Moratorium:
    """How long a rejected matter may not be raised again."""

    subject: str
    duration: Duration
