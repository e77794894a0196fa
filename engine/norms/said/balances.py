"""What `the balance of the Price` or `the remainder` comes to: the whole, less what other duties of the text take of it.

A deposit, an advance or an instalment of whoever owes the balance is taken from it; so is what is said to be part of the whole
(`EUR 500 of the Price`) and a bare sum in the same section. Where the text leaves open what the whole is, or whether another
sum is part of it, the balance stays a name without an amount. `the outstanding balance`, due on an event, is the whole less
what was paid of it (`PAID`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from syngraph.engine.norms.sums.money import grows, names_in
from syngraph.engine.norms.words.wording import Noun, noun, plain
from syngraph.engine.text.clauses import PlacedRule
from syngraph.grammar.amounts import Amount, Each, Instalments, Less, Money, Named, NthDay, Part
from syngraph.grammar.rules import Fails, Late, Link, Norm, Obligation

Placed = tuple[PlacedRule, Norm]

PAID = "paid so far of "
"""Before the name of a whole: what was paid of it, which only the record tells."""
RESTS = frozenset({"balance", "remainder", "rest", "residue"})
"""Nouns for what is left of a sum."""
_PAYING = frozenset({"pay", "repay", "remit", "transfer"})
_UNPAID = frozenset({"outstanding", "unpaid"})
_WHOLES = frozenset({"price", "fee", "consideration", "remuneration"})
_ADVANCES = frozenset({"deposit", "downpayment", "prepayment", "advance", "instalment", "retainer"})
_EARLY = frozenset({"down", "first", "second", "third", "initial", "part", "partial", "advance", "upfront"})
_HELD = frozenset({"security", "damage", "rent", "rental", "lease"})
"""Modifiers of deposits that are given back."""
_NOT_TOLD = Named("balance")


def balanced(norms: list[Placed], amounts: Mapping[str, Amount]) -> list[Placed]:
    """The norms, each balance with what it comes to where the text tells that. `amounts` are those of the terms."""
    return [(placed, _told(placed, norm, norms, amounts)) for placed, norm in norms]


def is_rest(amount: Amount | None, amounts: Mapping[str, Amount]) -> bool:
    """Whether an amount is what is left of a sum, and no term says how much that is."""
    return isinstance(amount, Named) and plain(amount.name) not in amounts and noun(amount.name).head in RESTS


def whole_paid(amount: Amount | None) -> str:
    """The name, in lower case, of the whole of which an amount is what was not paid yet, "" for none."""
    names = names_in(amount) if isinstance(amount, Less) else ()
    return next((name.removeprefix(PAID) for name in names if name.startswith(PAID)), "")


def parts_of(norms: Iterable[tuple[str, Norm]]) -> Mapping[str, tuple[str, ...]]:
    """The norms that ask for parts of a sum, by each that asks for what is outstanding of it. Norms come with their ids."""
    duties = [(id_, norm) for id_, norm in norms if isinstance(norm, Obligation) and norm.act.verb in _PAYING]
    asked = [(id_, norm, whole) for id_, norm in duties if (whole := whole_paid(norm.act.amount))]
    return {
        id_: tuple(
            other
            for other, duty in duties
            if duty.bearer == norm.bearer and not whole_paid(duty.act.amount) and (_is_of(duty, whole) or _is_advance(duty))
        )
        for id_, norm, whole in asked
    }


def _told(placed: PlacedRule, norm: Norm, norms: list[Placed], amounts: Mapping[str, Amount]) -> Norm:
    amount = norm.act.amount
    if not isinstance(norm, Obligation) or norm.act.verb not in _PAYING or not isinstance(amount, Named):
        return norm
    if not is_rest(amount, amounts):
        return norm
    others = [(other, duty) for other, duty in norms if duty is not norm and _is_plain(duty, norm)]
    about = noun(amount.name)
    whole = _whole(placed, about, others, amounts)
    is_open = bool(about.modifiers & _UNPAID) and any(each.link is not Link.UNLESS for each in norm.conditions)
    if not whole:
        of = about.complement.head if about.complement is not None else ""
        # What is not paid of an instalment that is late is its own balance.
        return norm if of in ("instalment", "payment", "amount") or not is_open else _with(norm, _NOT_TOLD)
    if is_open:
        return _with(norm, Less(Named(whole), (Named(f"{PAID}{plain(whole)}"),)))
    taken = list(_taken(placed, whole, others, amounts))
    if not taken or None in taken:
        return norm
    return _with(norm, Less(Named(whole), tuple(one for one in taken if one is not None)))


def _with(norm: Obligation, amount: Amount) -> Norm:
    return replace(norm, act=replace(norm.act, amount=amount))


def _is_plain(duty: Norm, norm: Obligation) -> bool:
    """Whether a duty is another one of the same person to pay something that does not hang on a breach or grow."""
    if not isinstance(duty, Obligation) or duty.act.verb not in _PAYING or duty.bearer != norm.bearer:
        return False
    if any(isinstance(each.test, Fails | Late) for each in duty.conditions):
        return False
    return duty.act.amount is not None and not grows(duty.act.amount)


def _whole(placed: PlacedRule, about: Noun, others: list[Placed], amounts: Mapping[str, Amount]) -> str:
    """The term of which something is the balance, "" where that is not told."""
    if about.complement is not None:
        said = {about.complement.head, *about.complement.modifiers}
        named = [term for term in amounts if {noun(term).head, *noun(term).modifiers} == said]
        return named[0] if len(named) == 1 else ""
    here = [pair for pair in others if pair[0].clause.section == placed.clause.section]
    for near in (here, others):
        named = sorted({term for term in amounts for _, duty in near if _is_of(duty, term)})
        if named:
            return named[0] if len(named) == 1 else ""
    asked = {plain(name) for _, duty in others for name in names_in(duty.act.amount or _NOT_TOLD)}
    named = [term for term in amounts if noun(term).head in _WHOLES and term not in asked]
    return named[0] if len(named) == 1 else ""


def _is_of(norm: Norm, whole: str) -> bool:
    """Whether an act speaks of a whole: `EUR 500 of the Price`, `20% of the Price`, `the Price`."""
    name = noun(whole)
    if any(plain(each) == plain(whole) for each in names_in(norm.act.amount or _NOT_TOLD)):
        return True
    about: Noun | None = noun(norm.act.object)
    while about is not None:
        if about.head == name.head and about.modifiers == name.modifiers:
            return True
        about = about.complement
    return False


def _is_advance(norm: Norm) -> bool:
    """Whether a duty asks for money that is paid ahead of the rest."""
    return any(_names_advance(phrase) for phrase in (norm.act.object, norm.act.rest.removeprefix("as ")))


def _names_advance(phrase: str) -> bool:
    about = noun(phrase)
    if about.modifiers & _HELD:
        return False
    return about.head in _ADVANCES or (about.head == "payment" and bool(about.modifiers & _EARLY))


def _taken(placed: PlacedRule, whole: str, others: list[Placed], amounts: Mapping[str, Amount]) -> Iterator[Amount | None]:
    """What each of the other duties takes of a whole; None for one of which that is not told."""
    for other, duty in others:
        amount = duty.act.amount
        assert amount is not None
        bare = isinstance(amount, Money) and not noun(duty.act.object).head
        if not (_is_of(duty, whole) or _is_advance(duty) or bare):
            continue
        is_here = other.clause.section == placed.clause.section
        parts = next((time for time in duty.times if isinstance(time, Instalments)), None)
        recurs = any(isinstance(time, Each) or isinstance(getattr(time, "moment", None), NthDay) for time in duty.times)
        name = plain(amount.name) if isinstance(amount, Named) else ""
        if (
            (name and (name == plain(whole) or name not in amounts))
            or recurs
            or (duty.conditions and not _is_advance(duty))
            or (bare and not is_here)
        ):
            yield None
        elif parts is not None and parts.each is not None:
            yield Part(Fraction(parts.count), parts.each)
        else:
            yield amount
