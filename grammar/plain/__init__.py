"""A rule in plain words: who must or may do what, when, on which condition, by how many votes, and what is left open."""

from syngraph.grammar import rules as r
from syngraph.grammar.plain.agreed import agreed
from syngraph.grammar.plain.norms import norm
from syngraph.grammar.plain.points import Explanation, Point, Topic
from syngraph.grammar.plain.votes import vote

__all__ = ["Explanation", "Point", "Topic", "explain"]


def explain(rule: r.Rule) -> Explanation:
    """What a rule says, and no more than that.

    >>> from syngraph.grammar.parse import read_sentence
    >>> found = explain(read_sentence("No Member may vote by proxy.").rules[0])
    >>> found.says
    'No Member may vote by proxy.'
    """
    if isinstance(rule, r.Voting):
        return vote(rule)
    match rule:
        case r.Obligation() | r.Prohibition() | r.Permission() | r.Power():
            return norm(rule)
        case _:
            return agreed(rule)
