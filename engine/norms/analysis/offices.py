"""How many hold each role, and which votes, quorums and powers ask for more of them than there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.norms.words.wording import plain
from syngraph.grammar.lexicon import singular
from syngraph.grammar.rules import (
    Actor,
    Ballot,
    Base,
    Comparison,
    Decision,
    ForkRight,
    Initiative,
    Permission,
    Power,
    Quantifier,
    Quorum,
    Rule,
    Threshold,
)
from syngraph.grammar.saying.phrasing import say_percent


@dataclass(frozen=True, slots=True)
class Offices:
    """The most that ever hold a role at once (or that hold it on one day), by role as it is compared (`normal`).

    Roles that are not in `most` are not known to be roles, and nothing is said of them. `who` are all that ever hold one.
    """

    most: Mapping[str, int]
    who: Mapping[str, frozenset[str]]

    def count(self, role: str) -> int | None:
        """How many hold a role; None where it is no role."""
        return self.most.get(normal(role))


def normal(role: str) -> str:
    """A role as it is compared: in lower case and the singular, without article."""
    words = plain(role).split()
    return " ".join([*words[:-1], singular(words[-1])]) if words else ""


def offices(holdings: Iterable[Holding], roles: Iterable[str] = (), day: date | None = None) -> Offices:
    """The offices of a register. `roles` are roles also when nobody holds them; with a `day` only who holds one then counts."""
    held: dict[str, list[Holding]] = {normal(role): [] for role in roles}
    for holding in holdings:
        held.setdefault(normal(holding.role), []).append(holding)
    return Offices(
        {
            role: _most(each) if day is None else len({one.principal for one in each if one.on(day)})
            for role, each in held.items()
        },
        {role: frozenset(one.principal for one in each) for role, each in held.items()},
    )


def _most(held: list[Holding]) -> int:
    """The greatest number of principals that have a role on one day, whichever day that is."""
    changes: list[tuple[date, int, str]] = []
    for one in held:
        if one.since is not None and one.until is not None and one.until < one.since:
            continue
        changes.append((one.since or date.min, 1, one.principal))
        if one.until is not None and one.until < date.max:
            changes.append((one.until + timedelta(days=1), 0, one.principal))
    most = 0
    now: dict[str, int] = {}
    for _, begins, principal in sorted(changes):
        if begins:
            now[principal] = now.get(principal, 0) + 1
        elif now[principal] == 1:
            del now[principal]
        else:
            now[principal] -= 1
        most = max(most, len(now))
    return most


# -- votes -------------------------------------------------------------------------------------------------------------


def unsatisfiable(rule: Rule, known: Offices) -> str:
    """Why a decision can never be taken: nobody is of the body that takes it, or too few are. "" where it can be."""
    return _votes(rule.alternatives, known) if isinstance(rule, Decision) else ""


def unmeetable(rule: Rule, known: Offices) -> str:
    """Why a vote or a quorum can never be met, whoever comes and however they vote. "" where it can be."""
    match rule:
        case Decision(alternatives=alternatives):
            reasons = [next((why for ballot in tests if (why := _beyond(ballot))), "") for tests in alternatives]
            return reasons[0] if reasons and all(reasons) else _votes(alternatives, known)
        case Quorum():
            return (_beyond(rule.threshold) if not rule.root and rule.factor == 1 else "") or _quorum(rule, known)
        case Initiative(threshold=threshold):
            return _beyond(threshold) or _unmet(threshold, known)
        case _:
            return ""


def _votes(alternatives: tuple[tuple[Ballot, ...], ...], known: Offices) -> str:
    reasons = [next((why for ballot in tests if (why := _unmet(ballot, known))), "") for tests in alternatives]
    return reasons[0] if reasons and all(reasons) else ""


def _unmet(ballot: Ballot, known: Offices) -> str:
    if not isinstance(ballot, Threshold) or (count := known.count(ballot.body)) is None:
        return ""
    if not count:
        return f"nobody is {ballot.body}"
    more = ballot.heads + (1 if ballot.heads and ballot.comparison is Comparison.MORE_THAN else 0)
    return f"it takes {more} with the role {ballot.body}, and there {_are(count)}" if count < more else ""


def _beyond(ballot: Ballot) -> str:
    """That a share is of more than there is (`more than all Members`)."""
    if not isinstance(ballot, Threshold) or ballot.heads or ballot.minus:
        return ""
    over = ballot.share > 1 or (ballot.share == 1 and ballot.comparison is Comparison.MORE_THAN)
    what = "votes" if ballot.base is Base.CAST else "heads"
    return f"{ballot.comparison.value} {say_percent(ballot.share)} is more {what} than there are" if over else ""


def _quorum(rule: Quorum, known: Offices) -> str:
    threshold = rule.threshold
    if not rule.root and rule.factor == 1:
        return _unmet(threshold, known)
    count = known.count(threshold.body)
    if count is None or threshold.heads:
        return ""
    if not count:
        return f"nobody is {threshold.body}"
    # The square of what it takes, so that everything stays a fraction.
    wanted = (threshold.share * rule.factor) ** 2 * (count if rule.root else count * count)
    have = count * count
    met = have > wanted if threshold.comparison is Comparison.MORE_THAN else have >= wanted
    return "" if met else f"it takes more with the role {threshold.body} than there are: there {_are(count)}"


def _are(count: int) -> str:
    return f"{'is' if count == 1 else 'are'} {count}"


# -- powers ------------------------------------------------------------------------------------------------------------


def idle(rule: Rule, known: Offices, defined: frozenset[str] = frozenset()) -> str:
    """Why nobody can use a right or a power: too few have the role, or nobody does. "" where somebody can.

    `defined` are the roles that the text says are held by those entered in the register as such.
    """
    match rule:
        case Permission(bearer=bearer) if bearer is not None:
            return _short(bearer, known, defined)
        case Power(bearer=bearer, by=by):
            short = _short(bearer, known, defined) if bearer is not None else ""
            return short or next((why for ballot in by if (why := _beyond(ballot) or _unmet(ballot, known))), "")
        case ForkRight(who=who):
            return _short(who, known, defined)
        case _:
            return ""


def _short(actor: Actor, known: Offices, defined: frozenset[str]) -> str:
    roles = [normal(role) for role in actor.roles]
    if not known.most or any(role not in known.most and role not in defined for role in roles):
        return ""
    who = " or ".join(actor.roles)
    most = sum(known.most.get(role, 0) for role in roles)
    if actor.quantifier is Quantifier.COUNT and len(roles) > 1:
        most = min(most, len(frozenset[str]().union(*(known.who.get(role, frozenset()) for role in roles))))
    if not most:
        return f"nobody is {who} in the register"
    if actor.quantifier is Quantifier.COUNT and most < actor.count:
        return f"it takes {actor.count} with the role {who}, and there {_are(most)}"
    return ""
