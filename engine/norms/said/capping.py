"""Caps that have a sentence of their own (`The liquidated damages shall not exceed EUR 90 in total.`).

A cap bounds what is to be paid for what it names, or, of somebody's liability, whatever that one owes for a breach. One of
each payment becomes part of the amount (`Capped`); one of a total, or of what falls into a month, bounds all payments together
(`Cap`). A cap that fits no duty of the text is not left aside in silence: `adrift` tells of it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from syngraph.engine.norms.sums.money import grows, is_for_delay
from syngraph.engine.norms.words.wording import noun, plain, words_of
from syngraph.engine.text.clauses import PlacedRule
from syngraph.grammar.amounts import Amount, Capped, Each, Named, Unit
from syngraph.grammar.rules import Act, Fails, Happens, Late, Norm, Obligation, Prohibition, Quantifier

Placed = tuple[PlacedRule, Norm]

_OWED = frozenset({"penalty", "damage", "compensation", "indemnity", "fine", "liability", "credit"})
"""Nouns for what is owed for a breach."""
_TOTALS = frozenset({"total", "aggregate", "sum", "amount"})
_ALL = re.compile(
    r"^(?:(?:total|aggregate|overall|cumulative|combined|entire|sum|amount|maximum)\s+)+(?:(?:of|amount)\s+)*(?:all\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"^(?:(?P<owner>\S.{0,60}?)['’]s?\s+)?(?P<what>.*)$")
_LIABLE = re.compile(r"\bliability of (?:the |each |either |any )?(?P<owner>[\w’-]+(?: [A-Z][\w’-]+)*)")
_TOTALLY = re.compile(r" (?:in (?:total|all|(?:the )?aggregate)|altogether|overall)$")
_PERIOD = re.compile(r" in (?:each|any|every|a|one|the same) (?:calendar )?(?P<unit>month|quarter|year)$")
_SECTION = re.compile(r"\b(?:under|for|in|by) (?:sections? (?P<number>\d+(?:\.\d+)*)|\[[^\]]*\]\((?P<id>#[^)]+)\))")
_DUE = re.compile(r" (?:payable|due|owed|owing|recoverable)\b.*$")
_BREACHES = ("breach", "violate", "default")


@dataclass(frozen=True, slots=True)
class Cap:
    """A bound on what is owed in all by the norms `of` (their ids), in all time or in `each` period of the calendar.

    `each_bearer` says that what each owes is bounded for itself; `unsure` is a condition on it that nobody has read.
    """

    placed: PlacedRule
    amount: Amount
    of: frozenset[str]
    each: Unit | None = None
    each_bearer: bool = False
    unsure: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence that caps: what it names in words, whose it is, in which section, how much, and how often."""

    heads: frozenset[str]
    owner: str
    section: str
    amount: Amount
    total: bool
    each: Unit | None
    unsure: str


def capped(norms: list[Placed]) -> list[Placed]:
    """Norms in which what grows with a delay has the cap that a sentence sets; that sentence asks nothing of anybody and is
    gone, unless it fits none of them.
    """
    said = [(placed, one) for placed, norm in norms if (one := _said(norm)) is not None]
    met: set[int] = set()
    found: list[Placed] = []
    reached = {id(placed): _reach(placed, one, norms) for placed, one in said}
    for position, (placed, norm) in enumerate(norms):
        for cap, one in said:
            if position not in reached[id(cap)]:
                continue
            met.add(id(cap))
            amount = norm.act.amount
            if amount is not None and one.each is None and not one.unsure and grows(amount) and not isinstance(amount, Capped):
                norm = replace(norm, act=replace(norm.act, amount=Capped(amount, one.amount)))
        found.append((placed, norm))
    return [(placed, norm) for placed, norm in found if id(placed) not in met]


def caps(rules: Iterable[PlacedRule], norms: list[tuple[str, PlacedRule, Norm]]) -> Mapping[str, tuple[Cap, ...]]:
    """What bounds a norm together with others, by its id. Norms come with their ids."""
    found: dict[str, tuple[Cap, ...]] = {}
    pairs = [(placed, norm) for _, placed, norm in norms]
    for placed in rules:
        one = _said(placed.rule) if isinstance(placed.rule, Prohibition) else None
        if one is None or not (one.total or one.each is not None):
            continue
        of = frozenset(norms[position][0] for position in _reach(placed, one, pairs))
        if of:
            everybody = plain(one.owner) in ("party", "each party", "either party", "neither party", "member")
            cap = Cap(placed, one.amount, of, one.each, everybody, one.unsure)
            found |= {id_: (*found.get(id_, ()), cap) for id_ in of}
    return found


def adrift(norm: Norm) -> str:
    """Why a cap bounds nothing, "" for what is none: a cap that fits a duty is part of that and no norm any more."""
    one = _said(norm)
    if one is None or not (one.heads & _OWED or one.owner):
        return ""
    return "no duty of the text could be found that this bounds: what it means for what is owed, people must say"


def _said(norm: Norm) -> _Said | None:
    act = norm.act
    if not isinstance(norm, Prohibition) or act.verb != "exceed" or norm.bearer is None or len(norm.bearer.roles) != 1:
        return None
    thing, total = act.object, False
    if found := _TOTALLY.search(thing):
        thing, total = thing[: found.start()], True
    each = next((time.period for time in norm.times if isinstance(time, Each)), None)
    if each is not None and (each.count != 1 or len(norm.times) > 1):
        return None
    unit = each.unit if each is not None else None
    if found := _PERIOD.search(thing):
        thing, unit = thing[: found.start()], Unit(found["unit"])
    phrase = f"{norm.bearer.roles[0]} {norm.bearer.qualifier}".strip()
    if found := _PERIOD.search(phrase):
        phrase, unit = phrase[: found.start()], Unit(found["unit"])
    if (norm.times and each is None) or unit not in (None, Unit.MONTH, Unit.QUARTER, Unit.YEAR):
        return None
    amount = act.amount or (Named(plain(thing)) if thing.startswith("the ") else None)
    if amount is None or grows(amount):
        return None
    whose = _WHOSE.match(phrase)
    assert whose is not None
    owner, what = whose["owner"] or "", whose["what"]
    shorter = _ALL.sub("", what, count=1)
    total = total or shorter != what or norm.bearer.quantifier is Quantifier.ALL
    if liable := _LIABLE.search(shorter):
        owner = liable["owner"]
    place = _SECTION.search(shorter)
    head = noun(_DUE.sub("", shorter)).head
    section = (place["number"] or place["id"]) if place else ""
    if head == "liability" and not owner:
        owner = "party"
    unsure = norm.conditions[0].test.text if norm.conditions and hasattr(norm.conditions[0].test, "text") else ""
    if norm.conditions and not unsure:
        return None
    return _Said(frozenset({head}), owner, section, amount, total or head == "liability", unit, unsure)


def _reach(cap: PlacedRule, one: _Said, norms: list[Placed]) -> frozenset[int]:
    """Which norms a cap bounds: those of its section where there are such, else of the whole text."""
    for fits in (_is_named, _is_for_delay):
        found = [position for position, (placed, norm) in enumerate(norms) if fits(one, norm) and _is_in(one, placed)]
        here = [position for position in found if norms[position][0].clause.section == cap.clause.section]
        if chosen := found if one.owner or one.section else here or found:
            return frozenset(chosen)
    return frozenset()


def _is_in(one: _Said, placed: PlacedRule) -> bool:
    if not one.section:
        return True
    number, section = placed.clause.number, placed.clause.section
    return one.section in (f"#{section}", number) or number.startswith(f"{one.section}.")


def _is_named(one: _Said, norm: Norm) -> bool:
    """Whether a cap names what a duty to pay is for; liability is for whatever is owed for a breach."""
    if not isinstance(norm, Obligation) or norm.act.amount is None or isinstance(norm.act.amount, Named):
        return False
    if one.owner and not _owes(one.owner, norm):
        return False
    if "liability" in one.heads:
        return _is_for_breach(norm)
    return not one.heads.isdisjoint((*words_of(norm.act.text), *_called(norm.act)))


def _called(act: Act) -> tuple[str, ...]:
    return (act.verb,) if act.verb in ("credit", "compensate") else ()


def _is_for_delay(one: _Said, norm: Norm) -> bool:
    """Whether a duty pays by the time of a delay, where a cap speaks of a penalty that the text does not call so."""
    if not isinstance(norm, Obligation) or norm.act.amount is None or not one.heads & {"penalty", "damage", "compensation"}:
        return False
    return is_for_delay(norm.act.amount) and (not one.owner or _owes(one.owner, norm))


def _owes(owner: str, norm: Norm) -> bool:
    head = noun(owner).head
    return head == "party" or (norm.bearer is not None and head in {noun(role).head for role in norm.bearer.roles})


def _is_for_breach(norm: Obligation) -> bool:
    if norm.act.amount is not None and is_for_delay(norm.act.amount):
        return True
    if not _OWED.isdisjoint(words_of(norm.act.text)) or norm.act.verb in ("credit", "compensate"):
        return True
    tests = (each.test for each in norm.conditions)
    return any(isinstance(one, Fails | Late) or (isinstance(one, Happens) and one.event.verb in _BREACHES) for one in tests)
