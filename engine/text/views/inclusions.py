"""The map of inclusions: every object below a root once, however often it is included."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from syngraph.engine.text.views.shown import MAX_EDGES, MAX_OBJECTS, Edge, Link, Map, Target


def mapped(root: str, links: Callable[[str], Sequence[Link]]) -> Map:
    """What is included below `root`, depth first; `links` gives the inclusions of an object that is there."""
    objects = [root]
    seen = {root}
    edges: list[Edge] = []
    open_now = {root}
    more = 0
    stack: list[tuple[str, Iterator[Link]]] = [(root, iter(links(root)))]
    while stack:
        path, left = stack[-1]
        link = next(left, None)
        if link is None:
            open_now.discard(path)
            stack.pop()
            continue
        if len(edges) >= MAX_EDGES:
            more += 1
            continue
        if link.target is not Target.THERE:
            edges.append(Edge(path, link))
        elif link.path in open_now:
            edges.append(Edge(path, replace(link, target=Target.CIRCULAR, said="it leads back to itself")))
        elif link.path in seen:
            edges.append(Edge(path, link))
        elif len(objects) >= MAX_OBJECTS:
            more += 1
        else:
            edges.append(Edge(path, link))
            objects.append(link.path)
            seen.add(link.path)
            open_now.add(link.path)
            stack.append((link.path, iter(links(link.path))))
    return Map(root, tuple(objects), tuple(edges), more)
