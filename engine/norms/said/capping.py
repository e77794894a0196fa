"""Caps that have a sentence of their own (`The liquidated damages shall not exceed EUR 90 in total.`)."""

import re
from dataclasses import replace

from syngraph.engine.norms.sums.money import grows
from syngraph.engine.norms.words.wording import noun, words_of
from syngraph.engine.text.clauses import PlacedRule
from syngraph.grammar.amounts import Capped
from syngraph.grammar.phrases.numbers import MONEY, PERCENT
from syngraph.grammar.rules import Norm, Obligation, Prohibition

Placed = tuple[PlacedRule, Norm]

_WHOLE = re.compile(
    rf"(?:{MONEY}|{PERCENT} of [\w’' -]{{1,80}}?|the [A-Z][\w’'-]*)"
    r"(?: (?:in (?:total|all|(?:the )?aggregate)|altogether|overall))?"
)
"""A cap on all that is owed, and not on that of a month or of one case."""


def capped(norms: list[Placed]) -> list[Placed]:
    """Norms in which what grows with a delay has the cap that a sentence of the same section sets; that sentence asks nothing
    of anybody and is gone.
    """
    caps = [(placed, norm) for placed, norm in norms if _is_cap(norm)]
    met: set[int] = set()
    found: list[Placed] = []
    for placed, norm in norms:
        cap = next((one for one in caps if one[0].clause.section == placed.clause.section and _is_of(one[1], norm)), None)
        if cap is not None and norm.act.amount is not None and cap[1].act.amount is not None:
            met.add(id(cap[0]))
            norm = replace(norm, act=replace(norm.act, amount=Capped(norm.act.amount, cap[1].act.amount)))
        found.append((placed, norm))
    return [(placed, norm) for placed, norm in found if id(placed) not in met]


def _is_cap(norm: Norm) -> bool:
    if not isinstance(norm, Prohibition) or norm.act.verb != "exceed" or norm.act.amount is None or norm.bearer is None:
        return False
    return not norm.times and not norm.conditions and _WHOLE.fullmatch(norm.act.object) is not None


def _is_of(cap: Norm, norm: Norm) -> bool:
    """Whether a cap speaks of what a duty to pay is for: the noun of the one is among the words of the other."""
    if not isinstance(norm, Obligation) or norm.act.amount is None or isinstance(norm.act.amount, Capped):
        return False
    heads = {noun(role.removeprefix("total of ")).head for role in cap.bearer.roles} if cap.bearer is not None else set()
    return grows(norm.act.amount) and not heads.isdisjoint(words_of(norm.act.text))
