"""What follows when the first half of a sentence is not done: `..., failing which the Goods are deemed accepted`."""

import re

from syngraph.grammar.rules import Obligation, Permission, Power, Rule
from syngraph.grammar.saying.phrasing import say_actor, say_times

OTHERWISE = re.compile(
    r"[,;]\s(?:failing\swhich|in\sdefault\sof\swhich|otherwise),?\s(?=(?:the|an?|any|all|each|it|they|this|these|no)\s)"
)
"""The words between the two halves; what follows them is a clause of its own."""


def condition(rules: tuple[Rule, ...]) -> str:
    """The condition that what one rule asks or allows is not done in its time, "" where no sentence can say that."""
    if len(rules) != 1 or not isinstance(rules[0], Obligation | Permission | Power):
        return ""
    rule = rules[0]
    if rule.bearer is None or not rule.times or rule.conditions or rule.priority or rule.act.manner:
        return ""
    return f"If {say_actor(rule.bearer)} fails to {rule.act.text}{say_times(rule.times)}, "
