"""What a text lets be paid in another currency than it is owed in, at the exchange rate of the day of payment."""

from collections.abc import Iterable
from dataclasses import dataclass

from syngraph.engine.norms.words.wording import noun, plain, same
from syngraph.grammar.phrases.currencies import ANY, payable_in
from syngraph.grammar.rules import Norm, Permission

_PAYING = frozenset({"pay", "repay", "make", "settle", "discharge"})
_PAYMENT = "payment"
_EVERYBODY = frozenset({"party", "anybody", "anyone", "person"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """That `roles` (by their nouns, nobody: all) may pay `what` (a noun phrase, "" for all) in other `currencies`."""

    roles: frozenset[str]
    what: str
    currencies: frozenset[str]

    def allows(self, norm: Norm, currency: str) -> bool:
        """Whether what a norm asks for may be paid in a currency."""
        if not self.currencies & {currency, ANY}:
            return False
        bearers = {noun(role).head for role in norm.bearer.roles} if norm.bearer is not None else set()
        if self.roles and not (self.roles & _EVERYBODY) and not bearers <= self.roles:
            return False
        asked = norm.act.object
        return not self.what or same(self.what, asked) or plain(self.what) == plain(asked)


def exchanges(norms: Iterable[Norm]) -> tuple[Exchange, ...]:
    """What the permissions of a text say of it; one that hangs on a condition or a time says nothing that can be told."""
    return tuple(found for norm in norms if (found := _exchange(norm)) is not None)


def _exchange(norm: Norm) -> Exchange | None:
    act = norm.act
    if not isinstance(norm, Permission) or act.verb not in _PAYING or norm.conditions or norm.times or norm.priority:
        return None
    if act.to or act.manner or (norm.bearer is not None and norm.bearer.qualifier):
        return None
    found = payable_in(f"{act.object} {act.rest}".strip())
    if found is None:
        return None
    what = "" if noun(found[0]).head == _PAYMENT else found[0]
    if act.verb == "make" and what:
        return None
    roles = frozenset(noun(role).head for role in norm.bearer.roles) if norm.bearer is not None else frozenset[str]()
    return Exchange(roles, what, found[1])
