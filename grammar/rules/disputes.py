"""Forks, arbitration, awards, and what the text declares of them."""

from dataclasses import dataclass

from syngraph.grammar.amounts import Amount, Duration, Event, Time
from syngraph.grammar.rules.circumstances import Actor, Condition


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
