"""Which rule stands above which: orders that run in a circle, and two rules of which each stands above everything."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from syngraph.engine.norms.analysis.sections import Sections, told, where
from syngraph.engine.text.clauses import PlacedRule
from syngraph.engine.text.findings import Finding, found
from syngraph.grammar.rules import Decision, Norm, Priority, Rank

Node = tuple[str, str | int]
"""A rule (`rule`, its number), or a section: all rules `in` it, or those that stand above it (`over`)."""


def circles(rules: Sequence[PlacedRule], sections: Sections) -> Iterator[Finding]:
    """SG503: rules of which each gives way to the next, and the last to the first."""
    for placed in rules:
        if any(_own(each, placed, sections) for each in _priorities(placed)):
            help = "name the section that is meant, or take the words out"
            yield found("SG503", "this gives way to the section in which it stands itself", placed.clause.text, help)
    graph = _graph(rules, sections)
    for component in _components(graph):
        numbers = sorted(node[1] for node in component if node[0] == "rule" and isinstance(node[1], int))
        if len(numbers) < 2:
            continue
        way = _circle(graph, frozenset(component), numbers[0])
        steps = [f"the rule of {where(rules[one])} gives way to that of {where(rules[other])}" for one, other in pairwise(way)]
        said = "; ".join(steps[:5]) + ("; and so on" if len(steps) > 5 else "")
        help = "take “subject to” or “notwithstanding” out of one of them, so that one stands above"
        yield found("SG503", f"no rule of these prevails where all of them apply: {said}", rules[max(way)].clause.text, help)


def above_all(rules: Sequence[PlacedRule]) -> Iterator[Finding]:
    """SG504: a second rule that stands above every other provision."""
    every = [
        placed
        for placed in rules
        if any(each.rank is Rank.NOTWITHSTANDING and not each.sections for each in _priorities(placed))
    ]
    clauses = {id(placed.clause): placed for placed in every}
    for index, placed in enumerate(clauses.values()):
        if index:
            others = [other for other in clauses.values() if other is not placed]
            message = f"this stands above any other provision, and so does {told(others)}: where both apply, neither prevails"
            yield found("SG504", message, placed.clause.text, "name the sections that each of them stands above")


def _own(priority: Priority, placed: PlacedRule, sections: Sections) -> bool:
    """Whether a rule gives way to its own section."""
    return priority.rank is not Rank.NOTWITHSTANDING and placed.clause.section in map(sections.named, priority.sections)


def _priorities(placed: PlacedRule) -> tuple[Priority, ...]:
    return placed.rule.priority if isinstance(placed.rule, Norm | Decision) else ()


# -- circles -----------------------------------------------------------------------------------------------------------


def _graph(rules: Sequence[PlacedRule], sections: Sections) -> Mapping[Node, list[Node]]:
    """From each rule to what it gives way to. Sections are nodes of their own, so that the graph grows with the text only.

    A rule that names a section which it stands in itself means the rest of that section, and is left out.
    """
    graph: dict[Node, list[Node]] = {}
    named = {
        section
        for placed in rules
        for each in _priorities(placed)
        for name in each.sections
        if (section := sections.named(name))
    }
    for number, placed in enumerate(rules):
        me: Node = ("rule", number)
        path = sections.path(placed.clause.section)
        for section in path:
            if section in named:
                graph.setdefault(("in", section), []).append(me)
                graph.setdefault(me, []).append(("over", section))
        for priority in _priorities(placed):
            for name in priority.sections:
                section = sections.named(name)
                if not section or section in path:
                    continue
                if priority.rank is Rank.NOTWITHSTANDING:
                    graph.setdefault(("over", section), []).append(me)
                else:
                    graph.setdefault(me, []).append(("in", section))
    return graph


def _components(graph: Mapping[Node, list[Node]]) -> Iterator[list[Node]]:
    """The groups of nodes of which each leads to every other (Tarjan 1972), without recursion."""
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    on: set[Node] = set()
    for root in graph:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        on.add(root)
        work = [(root, iter(graph.get(root, ())))]
        while work:
            node, further = work[-1]
            target = next(further, None)
            if target is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    group: list[Node] = []
                    while not group or group[-1] != node:
                        group.append(stack.pop())
                        on.discard(group[-1])
                    yield group
            elif target not in index:
                index[target] = low[target] = len(index)
                stack.append(target)
                on.add(target)
                work.append((target, iter(graph.get(target, ()))))
            elif target in on:
                low[node] = min(low[node], index[target])


def _circle(graph: Mapping[Node, list[Node]], component: frozenset[Node], start: int) -> list[int]:
    """The numbers of the rules on a shortest way from a rule back to itself, the first again at the end."""
    first: Node = ("rule", start)
    before: dict[Node, Node] = {}
    waiting = [first]
    while waiting:
        following: list[Node] = []
        for node in waiting:
            for target in graph.get(node, ()):
                if target == first:
                    before[first] = node
                    way = [first]
                    at = node
                    while at != first:
                        way.append(at)
                        at = before[at]
                    way.append(first)
                    return [int(number) for kind, number in reversed(way) if kind == "rule"]
                if target in component and target not in before:
                    before[target] = node
                    following.append(target)
        waiting = following
    return []
