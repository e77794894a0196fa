"""Who may propose a change, and who closes the vote on it."""

from collections.abc import Collection
from dataclasses import dataclass

from syngraph.engine.governance.deciding.bodies import Electorate
from syngraph.engine.governance.deciding.counting import least
from syngraph.engine.governance.deciding.requirement import Mover, Requirement
from syngraph.engine.governance.governing import Governing
from syngraph.engine.norms.words.wording import noun
from syngraph.grammar.rules import Act, Base, Initiative, Obligation, Permission, Power, Threshold

_PROPOSING = frozenset(
    {"propose", "move", "submit", "introduce", "initiate", "bring", "request", "call", "demand", "make", "raise"}
)
_PROPOSED = frozenset({"amendment", "change", "proposal", "motion", "resolution", "vote", "referendum", "ballot"})
_CLOSED = frozenset({"vote", "voting", "ballot", "poll", "motion", "proposal"})


@dataclass(frozen=True, slots=True)
class Called:
    """Whether enough of a body propose something together: `there` of the `needed`."""

    body: str
    there: int
    needed: int

    @property
    def enough(self) -> bool:
        """Whether they may."""
        return self.there >= self.needed


def closers(governing: Governing) -> tuple[str, ...]:
    """The roles that the text lets close a vote, none where it is silent."""
    return tuple(
        dict.fromkeys(
            role
            for placed in governing.rules
            if isinstance(placed.rule, Permission | Obligation | Power) and placed.rule.bearer is not None
            if placed.rule.act.verb == "close" and noun(placed.rule.act.object).head in _CLOSED
            for role in placed.rule.bearer.roles
        )
    )


def movers(governing: Governing) -> tuple[Mover, ...]:
    """Who the text says may propose, none where it is silent."""
    found: list[Mover] = []
    for placed in governing.rules:
        match placed.rule:
            case Initiative(threshold, act) if _proposes(act):
                found.append(Mover(placed, threshold=threshold))
            case Permission(bearer=bearer, act=act) | Power(bearer=bearer, act=act) if bearer is not None and _proposes(act):
                found += [Mover(placed, role) for role in bearer.roles]
            case _:
                continue
    return tuple(found)


def called(threshold: Threshold, electorate: Electorate, principals: Collection[str]) -> Called:
    """How many of a body are among some principals, and how many it takes; each counts once, whatever votes they have."""
    in_votes = threshold.body in electorate.by_votes or threshold.base in (Base.CAST, Base.UNSAID)
    members = electorate.members(threshold.body, threshold.excluding)
    weights = members if in_votes else dict.fromkeys(members, 1)
    there = sum(weights.get(principal, 0) for principal in set(principals))
    return Called(threshold.body, there, least(threshold, max(sum(weights.values()) - threshold.minus, 0)))


def may_move(requirement: Requirement, electorate: Electorate, principals: Collection[str]) -> str:
    """Why some principals together may not propose this, "" if they may."""
    missing: list[str] = []
    for mover in requirement.movers:
        if mover.threshold is None:
            if set(principals) & electorate.members(mover.role).keys():
                return ""
            missing.append(f"a {mover.role}")
        else:
            count = called(mover.threshold, electorate, principals)
            if count.enough:
                return ""
            missing.append(f"{count.needed} of the {count.body or 'voters'} together")
    return f"it takes {' or '.join(dict.fromkeys(missing))}" if missing else ""


def _proposes(act: Act) -> bool:
    return act.verb in _PROPOSING and noun(act.object).head in _PROPOSED
