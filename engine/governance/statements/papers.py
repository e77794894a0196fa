"""What the parties to a dispute and its arbitrators state. Every paper names the claim that it belongs to by its digest."""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Jurisdiction(StrEnum):
    """What an answer says of the power of the arbitrators to decide."""

    OBJECTED = "objected"


class Form(StrEnum):
    """What an award is: the last word, a word on some of what was claimed, or what the parties have agreed on."""

    FINAL = "final"
    PARTIAL = "partial"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Claim:
    """A dispute begins: against whom, and about which sections, motions or facts. The body has what is asked.

    `about` are ids of sections and digests of statements.
    """

    nonce: str
    title: str
    against: tuple[str, ...]
    about: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A respondent answers a claim; the body has the defence, and what is asked in return."""

    claim: str
    jurisdiction: Jurisdiction | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """Somebody appoints an arbitrator. With a `key` (type and base64) the arbitrator accepts by that key only.

    `replaces` is the arbitrator who is removed by it.
    """

    claim: str
    arbitrator: str
    key: str | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An arbitrator accepts, with the key (type and base64) that signs for them in this dispute and nowhere else."""

    claim: str
    key: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """A party challenges an arbitrator; the body has the grounds."""

    claim: str
    arbitrator: str


@dataclass(frozen=True, slots=True)
class Extension:
    """The time for the award is extended until the end of a day."""

    claim: str
    until: datetime.date


@dataclass(frozen=True, slots=True)
class Stay:
    """The arbitrators stay the voting on a motion until the award."""

    claim: str
    motion: str


@dataclass(frozen=True, slots=True)
class Award:
    """The arbitrators decide; the body has findings, reasons and orders. `number` counts the awards on a claim from 1."""

    claim: str
    number: int
    form: Form


@dataclass(frozen=True, slots=True)
class Dissent:
    """An arbitrator differs from an award."""

    claim: str
    award: str


@dataclass(frozen=True, slots=True)
class Correction:
    """The arbitrators correct errors in the typing or reckoning of an award."""

    claim: str
    award: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """The parties settle; the body has what they have agreed on."""

    claim: str


Paper = Claim | Answer | Appointment | Acceptance | Challenge | Extension | Stay | Award | Dissent | Correction | Settlement
"""Everything that is stated in a dispute."""
