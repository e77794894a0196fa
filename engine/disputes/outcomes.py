"""Outcomes: what a dispute has come to, with the reasons."""

from dataclasses import dataclass

from syngraph.engine.disputes.bounds import Fallen
from syngraph.engine.disputes.grounds import Reason
from syngraph.engine.disputes.orders import Finding, Order


@dataclass(frozen=True, slots=True)
class Binding:
    """It is decided: every order stands. `trace` says which terms and defaults that rests on."""

    orders: tuple[Order, ...]
    findings: tuple[Finding, ...]
    trace: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Void:
    """What was to decide it decides nothing."""

    reasons: tuple[Reason, ...]
    trace: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Partly:
    """It is decided in part: some orders stand, others fall, and `open` ones have no effect, as it cannot be told."""

    stand: tuple[Order, ...]
    fall: tuple[Fallen, ...]
    open: tuple[Fallen, ...]
    findings: tuple[Finding, ...]
    trace: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """It is not decided, or it cannot be told: what is missing."""

    missing: tuple[Reason, ...]
    trace: tuple[Reason, ...]


Outcome = Binding | Void | Partly | Pending


def standing(outcome: Outcome) -> tuple[Order, ...]:
    """The orders that have effect by an outcome."""
    match outcome:
        case Binding(orders=orders) | Partly(stand=orders):
            return orders
        case Void() | Pending():
            return ()


def found(outcome: Outcome) -> tuple[Finding, ...]:
    """The facts that are found by an outcome."""
    match outcome:
        case Binding(findings=findings) | Partly(findings=findings):
            return findings
        case Void() | Pending():
            return ()
