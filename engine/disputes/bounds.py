"""Bounds: whether an order is one that somebody has asked for, and that the clause lets arbitrators make."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from syngraph.engine.disputes import defaults
from syngraph.engine.disputes.clause import Clause
from syngraph.engine.disputes.grounds import Reason
from syngraph.engine.disputes.orders import (
    Body,
    Discharge,
    Dismissal,
    Duty,
    Excuse,
    ForkDeclared,
    Membership,
    NotRead,
    Order,
    SetAside,
    Severance,
)
from syngraph.engine.governance.deciding.provisions import CHANGING, Provision, Scope, provisions
from syngraph.engine.norms.words.wording import noun, plain, same, words_of
from syngraph.engine.text.clauses import PlacedRule
from syngraph.grammar.amounts import Money
from syngraph.grammar.references import sections
from syngraph.grammar.rules import AwardLimit, Deed, Prohibition


@dataclass(frozen=True, slots=True)
class Fallen:
    """An order that has no effect, or of which it cannot be told, and why."""

    order: Order
    reason: Reason


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the arbitrators: by the claim and in return. `open` is a sentence of it that was not read, or ""."""

    orders: tuple[Order, ...]
    open: str = ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Orders that stand, that fall, and of which it cannot be told."""

    stand: tuple[Order, ...]
    fall: tuple[Fallen, ...]
    open: tuple[Fallen, ...]


_ASKING = re.compile(r"\b(?:asks?|requests?|seeks?|claims?|demands?|applies|prays?|wants?)\b", re.IGNORECASE)
_COSTS = re.compile(r"\b(?:costs?|fees?|expenses?)\b", re.IGNORECASE)
_ARBITRATION = re.compile(r"\b(?:arbitrat\w+|proceedings?|award)\b", re.IGNORECASE)
_VOIDING = frozenset({"declare", "sever", "void", "strike", *CHANGING})
_REMEDY = frozenset({"award", "grant", "order", "give", "impose", "allow"})


def asked(bodies: Iterable[Body]) -> Asked:
    """What bodies of claims and answers ask for. What is asked in prose that was not read may be anything."""
    orders: list[Order] = []
    unread = ""
    for each in bodies:
        orders += [order for order in each.orders if not isinstance(order, NotRead)]
        unread = unread or next((order.said.text for order in each.orders if isinstance(order, NotRead)), "")
        asking = () if each.headed else each.prose
        unread = unread or next((sentence for sentence in asking if _ASKING.search(sentence)), "")
    return Asked(tuple(orders), unread)


def sort(
    orders: Iterable[Order], wanted: Asked, clause: Clause, parties: frozenset[str], earlier: Iterable[Order] = ()
) -> Sorted:
    """Which orders stand. `earlier` are those that stand by earlier awards on the same claim: sums add up over all of them."""
    sorting = _Sorting(wanted, clause, parties)
    for order in earlier:
        if isinstance(order, Duty):
            sorting.add(order)
    for order in orders:
        sorting.judge(order)
    return Sorted(tuple(sorting.stand), tuple(sorting.fall), tuple(sorting.open))


@dataclass(slots=True)
class _Sorting:
    wanted: Asked
    clause: Clause
    parties: frozenset[str]
    stand: list[Order] = field(default_factory=list)
    fall: list[Fallen] = field(default_factory=list)
    open: list[Fallen] = field(default_factory=list)
    sums: dict[tuple[tuple[str, ...], tuple[str, ...], str], Decimal] = field(default_factory=dict)
    total: dict[str, Decimal] = field(default_factory=dict)

    def judge(self, order: Order) -> None:
        if isinstance(order, NotRead):
            self.open.append(Fallen(order, Reason(order.why, defaults.interpretation())))
            return
        for why in (self.stranger(order), self.excluded(order), self.entrenched(order), self.over(order), self.unasked(order)):
            if isinstance(why, Reason):
                self.fall.append(Fallen(order, why))
                return
            if why is not None:
                self.open.append(Fallen(order, why[0]))
                return
        self.stand.append(order)
        if isinstance(order, Duty):
            self.add(order)

    def add(self, order: Duty) -> None:
        """Counts what an order grants."""
        sum_ = order.rule.act.amount
        if isinstance(sum_, Money) and not of_costs(order):
            at = (order.bearers, order.to, sum_.currency)
            self.sums[at] = self.sums.get(at, Decimal(0)) + sum_.amount
            self.total[sum_.currency] = self.total.get(sum_.currency, Decimal(0)) + sum_.amount

    # Each gives the reason for which an order falls; in a tuple, the reason for which it cannot be told.

    def stranger(self, order: Order) -> "Reason | tuple[Reason] | None":
        """An award binds the parties only."""
        if isinstance(order, Duty):
            other = next((each for each in order.bearers if each not in self.parties), None)
            if other is not None:
                return Reason(f"{other} is no party", defaults.finality())
        return None

    def excluded(self, order: Order) -> "Reason | tuple[Reason] | None":
        """What the clause takes from the arbitrators."""
        for placed in self.clause.limits:
            verb, thing = _taken(placed)
            named = [self.clause.governing.meanings.section(each) for each in sections(thing)]
            if isinstance(order, SetAside) and named and verb in CHANGING:
                return (Reason("it cannot be told whether that changes what the arbitrators may not change", placed),)
            if _meets(order, verb, thing, named, self.clause):
                return Reason("the arbitrators may not do so", placed)
        return None

    def entrenched(self, order: Order) -> "Reason | tuple[Reason] | None":
        """Nobody can take away what may not be changed at all."""
        if not isinstance(order, Severance):
            return None
        known = self.clause.governing.meanings.sections
        severed = known.get(order.section)
        if severed is None:
            return Reason(f"the text has no section {order.section}", self.clause.sentence)
        for each in provisions(self.clause.governing):
            if not each.bars or not _is_on(each, order.section, self.clause):
                continue
            if each.conditional or each.scope is Scope.UNCLEAR:
                return (Reason("it cannot be told whether the section may be changed", each.placed),)
            return Reason("the section may not be changed", each.placed)
        return None

    def over(self, order: Order) -> "Reason | tuple[Reason] | None":
        """The cap on what may be awarded, over all orders to pay."""
        caps = [(placed, placed.rule) for placed in self.clause.limits if isinstance(placed.rule, AwardLimit)]
        for placed, limit in caps:
            if limit.cap is None or not isinstance(order, Duty) or of_costs(order):
                continue
            sum_ = order.rule.act.amount
            if sum_ is None:
                continue
            if not isinstance(sum_, Money) or not isinstance(limit.cap, Money) or sum_.currency != limit.cap.currency:
                return (Reason("it cannot be told whether that is within the limit", placed),)
            if self.total.get(sum_.currency, Decimal(0)) + sum_.amount > limit.cap.amount:
                return Reason(f"with it more than {limit.cap.currency} {limit.cap.amount} is awarded", placed)
        return None

    def unasked(self, order: Order) -> "Reason | tuple[Reason] | None":
        """What nobody has asked for; costs are fixed unasked."""
        if isinstance(order, Dismissal) or of_costs(order):
            return None
        if any(self.answers(order, each) for each in self.wanted.orders):
            return self.too_much(order)
        if self.wanted.open:
            says = f"it cannot be told whether it was asked for, as “{self.wanted.open}” is not read"
            return (Reason(says, defaults.scope()),)
        return Reason("nobody has asked for it", defaults.scope())

    def answers(self, order: Order, ask: Order) -> bool:
        """Whether an order is of the kind that was asked for, of the same people and things."""
        match order, ask:
            case Duty() as made, Duty() as wanted:
                return _same_duty(made, wanted)
            case (Severance(section=one), Severance(section=other)) | (SetAside(motion=one), SetAside(motion=other)):
                return one == other
            case Excuse() as made, Excuse() as wanted:
                return made.section == wanted.section if made.section or wanted.section else same(made.subject, wanted.subject)
            case Discharge() as made, Discharge() as wanted:
                return made.section == wanted.section and {*made.who} <= {*wanted.who}
            case ForkDeclared() as made, ForkDeclared() as wanted:
                return made.fork == wanted.fork
            case Membership() as made, Membership() as wanted:
                return {*made.who} <= {*wanted.who} and plain(made.role) == plain(wanted.role)
            case _:
                return False

    def too_much(self, order: Order) -> "Reason | tuple[Reason] | None":
        """More money than was asked for, over all orders of the same to the same."""
        if not isinstance(order, Duty) or order.rule.act.amount is None:
            return None
        sum_ = order.rule.act.amount
        wanted = [each for each in self.wanted.orders if isinstance(each, Duty) and _same_duty(order, each)]
        sums = [each.rule.act.amount for each in wanted]
        if not isinstance(sum_, Money):
            if any(each == sum_ for each in sums):
                return None
            return (Reason("it cannot be told whether that is more than was asked for", defaults.scope()),)
        if not all(isinstance(each, Money) for each in sums):
            # A claim that is not put into figures leaves them to the arbitrators.
            return None
        most = sum((each.amount for each in sums if isinstance(each, Money) and each.currency == sum_.currency), Decimal(0))
        awarded = self.sums.get((order.bearers, order.to, sum_.currency), Decimal(0)) + sum_.amount
        if awarded > most:
            return Reason(f"{sum_.currency} {awarded} are more than the {sum_.currency} {most} asked for", defaults.scope())
        return None


def of_costs(order: Order) -> bool:
    """Whether an order is about the costs of the arbitration itself."""
    if not isinstance(order, Duty):
        return False
    said = f"{order.rule.act.object} {order.rule.act.rest}"
    return _COSTS.search(said) is not None and _ARBITRATION.search(said) is not None


def _same_duty(made: Duty, wanted: Duty) -> bool:
    one, other = made.rule.act, wanted.rule.act
    if type(made.rule) is not type(wanted.rule) or one.verb != other.verb or not {*made.bearers} <= {*wanted.bearers}:
        return False
    if wanted.to and made.to != wanted.to:
        return False
    if isinstance(one.amount, Money) or isinstance(other.amount, Money):
        return _priced(one.object) or _priced(other.object) or same(one.object, other.object)
    return same(one.object, other.object) or same(other.object, one.object)


def _priced(thing: str) -> bool:
    """Whether a thing is nothing but a sum of money."""
    return noun(thing).head == ""


def _taken(placed: PlacedRule) -> tuple[str, str]:
    """What a limit takes from arbitrators: the verb, and the rest in words."""
    match placed.rule:
        case AwardLimit(excluded=words):
            verb, _, thing = words.partition(" ")
            return verb, thing
        case Prohibition(act=act):
            return act.verb, f"{act.object} {act.rest}".strip()
        case _:
            return "", ""


def _meets(order: Order, verb: str, thing: str, named: list[str], clause: Clause) -> bool:
    """Whether an order does what a limit forbids. A limit on sums is a cap, and counted elsewhere."""
    match order:
        case Severance(section=section):
            if verb not in _VOIDING:
                return False
            known = clause.governing.meanings.sections.get(section)
            return not named or (known is not None and bool({*named} & {*known.path}))
        case SetAside():
            return verb in ("set", "annul", "overturn", "revoke", "cancel") and not named
        case Membership():
            return verb in ("remove", "expel", "admit", "exclude", "appoint")
        case Duty(rule=rule):
            said = {*words_of(f"{rule.act.text}")}
            if verb in _REMEDY:
                wanted = {*words_of(thing)} - {"the", "any", "a", "an"}
                return bool(wanted) and "more than" not in thing and wanted <= said
            return rule.act.verb == verb and same(rule.act.object, thing)
        case Excuse():
            return verb == "excuse"
        case _:
            return False


def _is_on(each: Provision, section: str, clause: Clause) -> bool:
    """Whether a bar protects a section, one above it or one below."""
    if each.deed is not Deed.AMEND and each.scope is not Scope.SECTIONS:
        return False
    if each.scope in (Scope.TEXT, Scope.UNCLEAR):
        return True
    known = clause.governing.meanings.sections
    paths = [known[name].path for name in each.sections if name in known]
    severed = known.get(section)
    return each.scope is Scope.SECTIONS and any(
        section in path or (severed is not None and path[-1] in severed.path) for path in paths
    )
