"""How a change is said in the canonical wording."""

from typing import assert_never

from syngraph.grammar import rules as r
from syngraph.grammar.saying.phrasing import say_amount, say_fronts, say_many, say_sentence, say_times


def say_change(rule: r.Change) -> str:
    """A change with its conditions before it and its times after it."""
    return say_sentence(say_fronts(rule.conditions, rule.priority), f"{_main(rule)}{say_times(rule.times)}")


def _main(rule: r.Change) -> str:
    many = say_many(rule.subject)
    are, s = ("are", "") if many else ("is", "s")
    match rule.effect:
        case r.Effect.DEEMED:
            return f"{rule.subject} {are} deemed {rule.said}"
        case r.Effect.DUE:
            return f"{rule.subject} become{s} due"
        case r.Effect.REDUCED:
            return f"{rule.subject} {are} reduced by {_by(rule)}"
        case r.Effect.INCREASED:
            return f"{rule.subject} {are} increased by {_by(rule)}"
        case r.Effect.PASSES:
            return f"{rule.subject} {'pass' if ' and ' in rule.subject else 'passes'} to {rule.said}"
        case r.Effect.REMAINS:
            return f"{rule.subject} remain{s} the property of {rule.said}"
        case r.Effect.OCCURS:
            return f"{rule.subject} occur{s}"
        case r.Effect.DISAPPLIED:
            return f"{rule.subject} {'do' if rule.subject.startswith('sections') else 'does'} not apply"
        case _:
            assert_never(rule.effect)


def _by(rule: r.Change) -> str:
    return say_amount(rule.by) if rule.by is not None else ""
