"""Values of the engine as JSON."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from syngraph.grammar.amounts import Money

if TYPE_CHECKING:
    from syngraph.engine.norms.words.questions import Untold


def plain(value: object) -> Any:
    """A value made of dataclasses, tuples and numbers as JSON has it.

    A dataclass is an object whose `type` is its name; money is `EUR 1200.00` as one string, like every number that is exact.
    """
    match value:
        case None | bool() | int() | str() if not isinstance(value, Enum):
            return value
        case Enum():
            return value.value
        case Money():
            return money(value)
        case Decimal() | Fraction():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case tuple() | list() | frozenset():
            return [plain(each) for each in (sorted(value) if isinstance(value, frozenset) else value)]
        case dict():
            return {str(name): plain(each) for name, each in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            named = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
            return {"type": type(value).__name__, **named}
        case _:
            return str(value)


def money(value: Money) -> str:
    """Money as clauses write it: at least two decimals where there are any, thousands in groups.

    >>> money(Money(Decimal("1200"), "EUR")), money(Money(Decimal("3.16"), "EUR")), money(Money(Decimal("4.5"), "USD"))
    ('EUR 1,200', 'EUR 3.16', 'USD 4.50')
    """
    amount = value.amount
    whole = amount == amount.to_integral_value()
    exponent = amount.normalize().as_tuple().exponent
    places = 0 if whole or not isinstance(exponent, int) else max(2, -exponent)
    return f"{value.currency} {amount:,.{places}f}"


def untold(asked: "Untold") -> dict[str, str]:
    """What the record must tell of a rule."""
    clause = asked.placed.clause
    return {"rule": asked.placed.id, "section": clause.section, "number": clause.number, "text": asked.text}
