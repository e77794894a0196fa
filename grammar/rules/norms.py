"""Duties, prohibitions, permissions and powers."""

from dataclasses import dataclass
from enum import StrEnum

from syngraph.grammar.amounts import Duration, Time
from syngraph.grammar.rules.ballots import Ballot
from syngraph.grammar.rules.circumstances import Act, Actor, Condition, Priority


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


Norm = Obligation | Prohibition | Permission | Power
