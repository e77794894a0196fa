"""Who does what, and on which condition: the parts that all kinds of rule share."""

from dataclasses import dataclass
from enum import StrEnum

from syngraph.grammar.amounts import Amount, Duration, Event, Time
from syngraph.grammar.measures import Measured


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


@dataclass(frozen=True, slots=True)
class Happens:
    """An event of the lexicon has happened (`the Tenant gives notice`, `upon delivery of the Goods`).

    `times` are within which it must have, only said of what must not (`unless the Buyer rejects the Goods within ten days`).
    """

    event: Event
    times: tuple[Time, ...] = ()


@dataclass(frozen=True, slots=True)
class Fails:
    """Somebody has not done in time what they had to (`the Tenant fails to pay the Rent when due`).

    `event` is the act left undone. `times` are those that the condition itself names (`within 10 days after notice`), empty
    for `when due`, `on time` or nothing: then the deadline is that of the duty it speaks of. `nor` is another act with the
    same object that was not done either (`neither accepts nor rejects the Goods within ten days`), in its base form.
    """

    event: Event
    times: tuple[Time, ...] = ()
    nor: str = ""


@dataclass(frozen=True, slots=True)
class Late:
    """A delay has lasted for more than `duration` (`the delay exceeds 15 days`, `the Rent is more than 30 days overdue`)."""

    duration: Duration
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A condition in words that the language does not take apart: the record says whether it held."""

    text: str


Test = Happens | Fails | Late | Measured | Unknown


class Link(StrEnum):
    """The word that opens a condition."""

    IF = "if"
    WHEN = "when"
    WHERE = "where"
    UPON = "upon"
    UNLESS = "unless"
    EXCEPT = "except that"
    PROVIDED = "provided that"
    SETTING = ""
    """No word of its own: the phrase that opens the clause is all there is (`in this case`)."""


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
