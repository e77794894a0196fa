"""What a dispute has come to, in words and as the documented fields."""

from typing import TYPE_CHECKING, Any

from syngraph.engine.disputes.grounds import Reason, cited
from syngraph.engine.disputes.orders import (
    Discharge,
    Dismissal,
    Duty,
    Excuse,
    ForkDeclared,
    Membership,
    Order,
    SetAside,
    Severance,
)
from syngraph.engine.disputes.outcomes import Binding, Outcome, Partly, Pending, Void, standing
from syngraph.engine.disputes.outcomes import found as facts_of

if TYPE_CHECKING:
    from syngraph.engine.governance.docket import DisputeOnFile
    from syngraph.engine.verify import Verification

COLOURS = {"binding": "green", "partly binding": "yellow", "void": "red", "pending": "yellow"}


def outcome(verification: "Verification", filed: "DisputeOnFile") -> Outcome:
    """What a dispute has come to on a chain. Raises: TextError"""
    ledger = verification.ledger
    return verification.walk.rulings.outcome(filed, ledger, verification.site("", ledger.day))


def state(found: Outcome) -> str:
    """An outcome in a word.

    >>> state(Pending((), ()))
    'pending'
    """
    match found:
        case Binding():
            return "binding"
        case Partly():
            return "partly binding"
        case Void():
            return "void"
        case Pending():
            return "pending"


def reasons(found: Outcome) -> tuple[Reason, ...]:
    """Why it does not bind, or not in whole; none where it does."""
    match found:
        case Binding():
            return ()
        case Partly(fall=fall, open=opened):
            return tuple(each.reason for each in (*fall, *opened))
        case Void(reasons=why):
            return why
        case Pending(missing=why):
            return why


def kind(order: Order) -> str:
    """What an order is, in words."""
    match order:
        case Duty():
            return "duty"
        case Severance():
            return "void section"
        case SetAside():
            return "set aside"
        case Excuse():
            return "excuse"
        case Discharge():
            return "discharge"
        case ForkDeclared():
            return "fork"
        case Membership():
            return "membership"
        case Dismissal():
            return "dismissal"
        case _:
            return "not read"


def fields(found: Outcome) -> dict[str, Any]:
    """An outcome as the documented fields."""
    fallen = (*found.fall, *found.open) if isinstance(found, Partly) else ()
    return {
        "outcome": state(found),
        "reasons": [reason(each) for each in reasons(found)],
        "stand": [order.said.text for order in standing(found)],
        "fall": [{"order": each.order.said.text, **reason(each.reason)} for each in fallen],
        "found": [each.said.text for each in facts_of(found)],
        "trace": [reason(each) for each in found.trace],
    }


def reason(why: Reason) -> dict[str, str]:
    """A reason, and the sentence of the text or the default that it rests on."""
    return {"says": why.says, "rests_on": cited(why.ground)}
