"""On what a payment counts first where the text says it (`Payments shall be applied first to interest, then to principal.`)."""

import re
from collections.abc import Iterable

from syngraph.engine.norms.sums.money import is_for_delay
from syngraph.engine.norms.words.wording import words_of
from syngraph.grammar.amounts import Accrual, Capped, Rate
from syngraph.grammar.rules import Norm, Obligation, Rule

Order = tuple[frozenset[str], ...]
"""Groups of `interest`, `costs` and `principal`, those first on which a payment counts first."""
_FIRST = re.compile(r"first to (?P<groups>[a-z ]+(?:, then to [a-z ]+)+)")
_COSTS = frozenset({"cost", "expense", "fee", "charge", "penalty", "damage"})


def allocation(rules: Iterable[Rule]) -> Order:
    """The order that a text sets for payments; none where it sets none, or two that differ."""
    found = {order for rule in rules if (order := _order(rule))}
    return found.pop() if len(found) == 1 else ()


def is_allocation(norm: Norm) -> bool:
    """Whether a norm says in which order payments count, and asks nothing else of anybody."""
    return bool(_order(norm))


def rank(order: Order, norm: Norm) -> int:
    """The place of what a norm asks for in an order, from 0; what the order does not name comes after all."""
    kind = _kind(norm)
    return next((place for place, group in enumerate(order) if kind in group), len(order))


def _order(rule: Rule) -> Order:
    if not isinstance(rule, Obligation) or rule.act.verb != "apply" or rule.act.object != "Payments":
        return ()
    if rule.conditions or rule.times or rule.priority or rule.act.to or rule.bearer is not None:
        return ()
    found = _FIRST.fullmatch(rule.act.rest)
    return tuple(frozenset(group.split(" and ")) for group in found["groups"].split(", then to ")) if found else ()


def _kind(norm: Norm) -> str:
    amount = norm.act.amount
    inner = amount.amount if isinstance(amount, Capped) else amount
    said = words_of(norm.act.object)
    if (isinstance(inner, Rate) and inner.style is Accrual.INTEREST) or "interest" in said[:3]:
        return "interest"
    return "costs" if (amount is not None and is_for_delay(amount)) or not _COSTS.isdisjoint(said) else "principal"
