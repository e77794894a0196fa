"""The map of inclusions as a tree of lines, and as a graph in DOT."""

from collections.abc import Iterator

from syngraph.cli.view.visible import came, line
from syngraph.engine.text.views.shown import Edge, Map, Target

MAX_DEPTH = 60
"""How deep the tree is drawn; the graph has all."""


def tree(of: Map) -> Iterator[str]:
    """The lines of the tree. What an object includes is drawn where it is included first, and marked elsewhere."""
    below: dict[str, list[Edge]] = {}
    for edge in of.edges:
        below.setdefault(edge.source, []).append(edge)
    yield line(of.root)
    drawn = {of.root}
    stack = _branches(below.get(of.root, []), "")
    while stack:
        edge, margin, last = stack.pop()
        target = edge.link.path
        inner = below.get(target, []) if edge.link.target is Target.THERE else []
        mark = _mark(edge)
        within = margin + ("    " if last else "│   ")
        if inner and target in drawn:
            mark += " (what it includes is drawn above)"
        elif inner and len(within) > 4 * MAX_DEPTH:
            mark += " (what it includes is too deep to be drawn)"
        elif inner:
            drawn.add(target)
            stack += _branches(inner, within)
        prefix = f" as {line(edge.link.prefix)}" if edge.link.prefix else ""
        yield f"{margin}{'└── ' if last else '├── '}{line(target)}{prefix}{mark}"
    if of.more:
        yield f"… and {of.more:,} more inclusions"


def dot(of: Map) -> Iterator[str]:
    """The graph in the DOT language, for `dot` of Graphviz and others; nothing in a name can end its quotes."""
    yield "digraph inclusions {"
    yield "  rankdir=LR;"
    yield '  node [shape=box, fontname="sans-serif"];'
    absent = dict.fromkeys(edge.link.path for edge in of.edges if edge.link.target in _ABSENT)
    number = {path: f"o{at}" for at, path in enumerate(dict.fromkeys((*of.objects, *absent)))}
    for path, name in number.items():
        yield f"  {name} [label={_quoted(path)}{', style=dashed, color=red' if path in absent else ''}];"
    for edge in of.edges:
        link = edge.link
        marks = [f"label={_quoted(link.prefix)}"] if link.prefix else []
        marks += [f"tooltip={_quoted(str(link.place))}"]
        marks += ["color=red", "style=dashed"] if link.target is not Target.THERE else []
        yield f"  {number[edge.source]} -> {number[link.path]} [{', '.join(marks)}];"
    if of.more:
        yield f"  more [label={_quoted(f'{of.more:,} more inclusions')}, shape=plaintext];"
    yield "}"


_ABSENT = frozenset({Target.MISSING, Target.REFUSED, Target.UNREAD})


def told(edge: Edge) -> str:
    """What is wrong with an inclusion, in words, and where it stands."""
    return f"{line(edge.link.path)}{_mark(edge)} ({came(edge.link.place)})"


def _branches(edges: list[Edge], margin: str) -> list[tuple[Edge, str, bool]]:
    return [(edge, margin, at == 0) for at, edge in enumerate(reversed(edges))]


def _mark(edge: Edge) -> str:
    said = f": {line(edge.link.said)}" if edge.link.said else ""
    match edge.link.target:
        case Target.THERE:
            return f" ({line(edge.link.said)})" if edge.link.said else ""
        case Target.MISSING:
            return f" is missing{said}"
        case Target.REFUSED:
            return f" is refused{said}"
        case Target.UNREAD:
            return f" is not read{said}"
        case Target.CIRCULAR:
            return " leads back to itself"


def _quoted(text: str) -> str:
    return '"' + line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
