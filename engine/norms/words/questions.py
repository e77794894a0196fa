"""What a text leaves to the record: circumstances that no calendar and no act shows, and deadlines without a day."""

from collections.abc import Iterable
from dataclasses import dataclass

from syngraph.engine.norms.words.wording import noun
from syngraph.engine.text.clauses import PlacedRule
from syngraph.grammar.amounts import During, Soon, Time
from syngraph.grammar.rules import (
    Cessation,
    Condition,
    Decision,
    ForkRight,
    Link,
    Measured,
    Norm,
    Obligation,
    Permission,
    Power,
    Prohibition,
    Renewal,
    Rule,
    Unknown,
)

OWN_PERIODS = frozenset({"term", "agreement", "lease", "contract", "bylaw"})
"""Periods that are the life of the agreement itself."""


@dataclass(frozen=True, slots=True)
class Untold:
    """Something that only the record can tell of a rule; until it does, the rule is undetermined where it hangs on it."""

    placed: PlacedRule
    text: str


def questions(norm: Norm) -> tuple[Condition, ...]:
    """The conditions of a norm that nobody has read, that on its bearer first; and those on a measure that give no occasion."""
    unread = [
        condition
        for condition in norm.conditions
        if isinstance(condition.test, Unknown) or (isinstance(condition.test, Measured) and not is_occasion(norm, condition))
    ]
    for time in norm.times:
        if isinstance(time, During) and noun(time.period).head not in OWN_PERIODS:
            unread.append(Condition(Link.IF, Unknown(f"it is during {time.period}")))
    if norm.bearer is not None and norm.bearer.qualifier:
        unread.insert(0, Condition(Link.IF, Unknown(f"{' or '.join(norm.bearer.roles)} {norm.bearer.qualifier}")))
    return tuple(unread)


def is_occasion(norm: Norm, condition: Condition) -> bool:
    """Whether a condition on a measure gives rise to what a norm asks for; a right or a prohibition there is all the time."""
    return isinstance(norm, Obligation) and condition.link not in (Link.UNLESS, Link.EXCEPT)


def untold(rules: Iterable[PlacedRule]) -> tuple[Untold, ...]:
    """Everything that the record must tell of these rules, in the order of the text."""
    return tuple(Untold(placed, text) for placed in rules for text in dict.fromkeys(_asked(placed.rule)))


def _asked(rule: Rule) -> Iterable[str]:
    match rule:
        case Obligation(times=times) | Prohibition(times=times) | Permission(times=times) | Power(times=times):
            for index, condition in enumerate(questions(rule)):
                of_bearer = index == 0 and rule.bearer is not None and rule.bearer.qualifier
                yield f"who is meant by “{_words(condition)}”" if of_bearer else f"whether {_words(condition)}"
            yield from _haste(times)
        case Decision(conditions=conditions, times=times) | Cessation(conditions=conditions, times=times):
            yield from _unread(conditions)
            yield from _haste(times)
        case ForkRight(who=who, conditions=conditions, times=times):
            if who.qualifier:
                yield f"who is meant by “{' or '.join(who.roles)} {who.qualifier}”"
            yield from _unread(conditions)
            yield from _haste(times)
        case Renewal(conditions=conditions):
            yield from _unread(conditions)


def _unread(conditions: tuple[Condition, ...]) -> Iterable[str]:
    return (f"whether {_words(condition)}" for condition in conditions if isinstance(condition.test, Unknown))


def _words(condition: Condition) -> str:
    text = getattr(condition.test, "text", "")
    return f"it is “{text}”" if condition.link is Link.SETTING else text


def _haste(times: tuple[Time, ...]) -> Iterable[str]:
    return (f"whether it was done {time.word}" for time in times if isinstance(time, Soon))
