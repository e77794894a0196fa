"""The meaning of a sentence: the kinds of rule there are, and nothing about how they were written.

Every type here is a value: two sentences that say the same have equal rules. `unparse` gives the canonical sentence of a
rule and reading it gives the rule back. Noun phrases are kept as written; only what decides who, when, how much and by
which majority is taken apart.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from syngraph.grammar.amounts import After, Amount, Duration, Event, Limit, Moment, Time

# -- who ---------------------------------------------------------------------------------------------------------------


class Quantifier(StrEnum):
    """Which of the holders of a role a rule speaks of."""

    THE = "the"
    EACH = "each"
    ANY = "any"
    ALL = "all"
    EITHER = "either"
    NAMED = "named"
    """No article: a name (`Bora Lind`) or a pronoun."""
    COUNT = "count"
    """A stated number of them together (`any five Members`, `three arbitrators`)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who bears a duty or holds a right.

    `roles` are the nouns in the singular, without article (`Member`); with several, `joint` says whether each of them is
    meant (`and`) or any (`or`). `count` is the number for `Quantifier.COUNT`, else 0. `qualifier` is what follows the noun
    (`who is in arrears`, `of the Board`, `other than the Chair`), as written; norms treat it as a condition nobody has read.
    """

    roles: tuple[str, ...]
    quantifier: Quantifier = Quantifier.THE
    joint: str = "and"
    count: int = 0
    qualifier: str = ""


# -- what --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be done, in the active voice: `pay the Rent to the Landlord`.

    `verb` is the base form (`pay`; of an unknown verb its first word). `object` is what follows the verb up to the
    counterparty, as written (`the Rent`); `to` the counterparty with its article (`the Landlord`) or "". `amount` is the sum
    of money in the object when there is one. `rest` is what follows the counterparty (`by bank transfer`), `manner` an
    adverb before the verb (`duly`).
    """

    verb: str
    object: str = ""
    to: str = ""
    rest: str = ""
    amount: Amount | None = None
    manner: str = ""

    @property
    def text(self) -> str:
        """The act as a verb phrase."""
        to = f"to {self.to}" if self.to else ""
        return " ".join(part for part in (self.manner, self.verb, self.object, to, self.rest) if part).replace(" ,", ",")


# -- if ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Happens:
    """An event of the lexicon has happened (`the Tenant gives notice`, `upon delivery of the Goods`)."""

    event: Event


@dataclass(frozen=True, slots=True)
class Fails:
    """Somebody has not done in time what they had to (`the Tenant fails to pay the Rent when due`).

    `event` is the act left undone. `times` are those that the condition itself names (`within 10 days after notice`), empty
    for `when due`, `on time` or nothing: then the deadline is that of the duty it speaks of.
    """

    event: Event
    times: tuple[Time, ...] = ()


@dataclass(frozen=True, slots=True)
class Late:
    """A delay has lasted for more than `duration` (`the delay exceeds 15 days`, `the Rent is more than 30 days overdue`)."""

    duration: Duration
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A condition in words that the language does not take apart: the record says whether it held."""

    text: str


Test = Happens | Fails | Late | Unknown


class Link(StrEnum):
    """The word that opens a condition."""

    IF = "if"
    WHEN = "when"
    WHERE = "where"
    UPON = "upon"
    UNLESS = "unless"
    EXCEPT = "except that"
    PROVIDED = "provided that"


@dataclass(frozen=True, slots=True)
class Condition:
    """A circumstance on which a rule hangs; with `unless` and `except that` the rule holds while it is absent."""

    link: Link
    test: Test


class Rank(StrEnum):
    """How a rule stands to the sections it names."""

    SUBJECT_TO = "subject to"
    NOTWITHSTANDING = "notwithstanding"
    EXCEPT_AS_PROVIDED = "except as provided in"


@dataclass(frozen=True, slots=True)
class Priority:
    """An order between this rule and sections: ids (`#dues`) or typed numbers (`4.2`); empty means any other provision."""

    rank: Rank
    sections: tuple[str, ...]


# -- how many ----------------------------------------------------------------------------------------------------------


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


Ballot = Threshold | Ratio | Objections | QuorumMet


# -- rules -------------------------------------------------------------------------------------------------------------


class Mode(StrEnum):
    """Whether a duty is to bring something about or to keep it up."""

    ACHIEVE = "achieve"
    MAINTAIN = "maintain"


@dataclass(frozen=True, slots=True)
class Obligation:
    """Somebody shall do something. `bearer` None: the text does not say who (a mistake says so)."""

    bearer: Actor | None
    act: Act
    times: tuple[Time, ...] = ()
    conditions: tuple[Condition, ...] = ()
    priority: tuple[Priority, ...] = ()
    mode: Mode = Mode.ACHIEVE


@dataclass(frozen=True, slots=True)
class Prohibition:
    """Somebody shall not do something."""

    bearer: Actor | None
    act: Act
    times: tuple[Time, ...] = ()
    conditions: tuple[Condition, ...] = ()
    priority: tuple[Priority, ...] = ()


@dataclass(frozen=True, slots=True)
class Permission:
    """Somebody may do something that changes no norm."""

    bearer: Actor | None
    act: Act
    times: tuple[Time, ...] = ()
    conditions: tuple[Condition, ...] = ()
    priority: tuple[Priority, ...] = ()
    only: bool = False
    """Nobody else may (`Only the Board may ...`)."""


class PowerKind(StrEnum):
    """What the exercise of a power changes."""

    TERMINATE = "terminate"
    SUSPEND = "suspend"
    RESUME = "resume"
    RENEW = "renew"
    EXTEND = "extend"
    WAIVE = "waive"
    APPOINT = "appoint"
    REMOVE = "remove"
    ADMIT = "admit"
    ASSIGN = "assign"
    WITHDRAW = "withdraw"
    RESIGN = "resign"
    CALL = "call"
    AMEND = "amend"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Power:
    """Somebody may do an act whose effect changes norms, membership, text or office.

    `notice` is the time that must pass between notice and effect (`by giving 30 days' notice`); `notice_to` who gets it.
    `by` is the vote it takes (`by a majority of the Directors`), all of them.
    """

    kind: PowerKind
    bearer: Actor | None
    act: Act
    times: tuple[Time, ...] = ()
    conditions: tuple[Condition, ...] = ()
    priority: tuple[Priority, ...] = ()
    only: bool = False
    notice: Duration | None = None
    notice_to: str = ""
    by: tuple[Ballot, ...] = ()


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
class Abstention:
    """Whether an abstention counts, and towards what: `quorum` or `votes cast`."""

    counts: bool
    towards: str


@dataclass(frozen=True, slots=True)
class Vote:
    """How many votes each holder of a role has, for each unit named (`one vote for each Share`)."""

    holder: str
    votes: int
    unit: str = ""


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


# -- life of the agreement ---------------------------------------------------------------------------------------------


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


# -- forks and disputes ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ForkRight:
    """Who may fork the text (`Any five Members may fork these Bylaws.`)."""

    who: Actor
    subject: str
    conditions: tuple[Condition, ...] = ()
    times: tuple[Time, ...] = ()


@dataclass(frozen=True, slots=True)
class ForkTerm:
    """What a fork does: `binds` whom, what `survives` it, when who `leaves`, how what is `divided`."""

    effect: str
    subject: str
    detail: str = ""
    duration: Duration | None = None


@dataclass(frozen=True, slots=True)
class Arbitration:
    """Disputes go to `arbitrators` arbitrators; `scope` as written; `appointed_by` per arbitrator, as written, in order."""

    scope: str
    arbitrators: int
    appointed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DefaultAppointment:
    """Who appoints an arbitrator when a party has not done so in time."""

    within: Duration
    after: Event
    appointer: str


@dataclass(frozen=True, slots=True)
class AwardTime:
    """How long the arbitrators have to make the award."""

    duration: Duration
    after: Event


@dataclass(frozen=True, slots=True)
class AwardEffect:
    """That an award is final and whom it binds."""

    final: bool
    binds: str


@dataclass(frozen=True, slots=True)
class AwardLimit:
    """What arbitrators may not do: an excluded remedy as written, or a cap on what they award."""

    excluded: str
    cap: Amount | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is so by agreement: governing law, seat, notices, counterparts, status (`kind` tells which)."""

    kind: str
    text: str


# -- facts and orders --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened on a day (`On 1 March 2027, Bora paid EUR 1,200 to Carla under section 3.1.`).

    `event` has the verb in its base form; for `the condition of section 4.2 was met` its verb is `meet` and its object the
    condition. `under` names the section (id with `#`, or typed number) that the fact speaks of, "" if none.
    `happened` is False for `did not`.
    """

    day: date
    event: Event
    amount: Amount | None = None
    under: str = ""
    happened: bool = True
    time: str = ""
    """Time of day `HH:MM` or `HH:MM:SS`, "" when the fact names none."""


@dataclass(frozen=True, slots=True)
class Order:
    """What an award does to the text or to an earlier event; orders to pay or act are obligations.

    `effect` is `void`, `set aside` or `excused`; `subject` is what it is done to, `section` the section named.
    """

    effect: str
    subject: str
    section: str = ""
    day: date | None = None


Norm = Obligation | Prohibition | Permission | Power
Rule = (
    Norm
    | Definition
    | Decision
    | Entrenchment
    | Quorum
    | Procedure
    | Abstention
    | Vote
    | Exclusion
    | Initiative
    | Moratorium
    | Commencement
    | Term
    | Renewal
    | Survival
    | Cessation
    | Signing
    | ForkRight
    | ForkTerm
    | Arbitration
    | DefaultAppointment
    | AwardTime
    | AwardEffect
    | AwardLimit
    | Declaration
    | Fact
    | Order
)
