"""Whether the votes that have not been cast can still turn an outcome."""

from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement, product

from syngraph.engine.governance.deciding.bodies import Electorate
from syngraph.engine.governance.deciding.requirement import Requirement
from syngraph.engine.governance.deciding.tally import tally
from syngraph.engine.governance.statements.kinds import Choice, Outcome

MAX_COMPLETIONS = 2_000
"""How many ways of voting are tried where several alternatives pull in different directions."""

_AGAINST = (None, Choice.NO, Choice.ABSTAIN)


def settled(requirement: Requirement, electorate: Electorate, cast: Mapping[str, Choice]) -> bool:
    """Whether no ballot that is still missing can turn adopted into something else, or something else into adopted.

    No rule of the language has a vote in favour do harm, so the best that can come is that all who are missing say yes. The
    worst is that all say no, or abstain, or stay away so that there is no quorum; only where a rule has alternatives may it
    be a mixture, and then all mixtures are tried, those with equal votes counted alike. Where there are more than
    MAX_COMPLETIONS of them the answer is no: the vote goes on.
    """
    now = tally(requirement, electorate, cast).outcome
    if now is Outcome.UNDETERMINED or requirement.barred:
        return True
    missing = sorted(electorate.everybody - cast.keys())

    def adopted(choices: Mapping[str, Choice]) -> bool:
        return tally(requirement, electorate, {**cast, **choices}).outcome is Outcome.ADOPTED

    if not adopted(dict.fromkeys(missing, Choice.YES)):
        return True
    if now is not Outcome.ADOPTED:
        return False
    if any(not adopted(dict.fromkeys(missing, choice)) for choice in (Choice.NO, Choice.ABSTAIN)):
        return False
    if all(len(deciding.alternatives) == 1 for deciding in requirement.deciding):
        return True
    groups = _alike(electorate, missing)
    ways = 1
    for group in groups:
        ways *= (len(group) + 1) * (len(group) + 2) // 2
        if ways > MAX_COMPLETIONS:
            return False
    return all(adopted(choices) for choices in _mixtures(groups))


def _alike(electorate: Electorate, missing: list[str]) -> list[list[str]]:
    """Those whose votes weigh the same everywhere, together."""
    groups: dict[object, list[str]] = {}
    for id_ in missing:
        weights = tuple(members.get(id_, 0) for members in electorate.bodies.values())
        apart = (*electorate.left_out.values(), *electorate.apart.values(), *electorate.silent.values())
        left_out = tuple(id_ in gone for gone in apart)
        groups.setdefault((weights, left_out), []).append(id_)
    return list(groups.values())


def _mixtures(groups: list[list[str]]) -> Iterator[dict[str, Choice]]:
    ways = [list(combinations_with_replacement(_AGAINST, len(group))) for group in groups]
    for way in product(*ways):
        yield {
            id_: choice
            for group, choices in zip(groups, way, strict=True)
            for id_, choice in zip(group, choices, strict=True)
            if choice is not None
        }
