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


def bounded(of: Map, depth: int) -> Map:
    """A map where nothing is read that is included more than `depth` deep: such an inclusion is marked, and what is only
    beyond it is left out. Where an object is reached on several ways, and its inclusions are too deep on some, that is said.
    """
    below: dict[str, list[str]] = {}
    for edge in of.edges:
        if edge.link.target in (Target.THERE, Target.CIRCULAR):
            below.setdefault(edge.source, []).append(edge.link.path)
    near = {of.root: 0}
    for path in (ways := [of.root]):
        for other in below.get(path, ()):
            if other not in near:
                near[other] = near[path] + 1
                ways.append(other)
    far = _farthest(of)
    edges = []
    for edge in of.edges:
        link = edge.link
        if near[edge.source] > depth:
            continue
        if link.target is Target.THERE and near[edge.source] == depth:
            link = replace(link, target=Target.UNREAD, said=f"inclusions more than {depth} deep")
        elif link.target is Target.THERE and far[edge.source] >= depth:
            link = replace(link, said=f"on a longer way more than {depth} deep, and not read there")
        edges.append(Edge(edge.source, link))
    return Map(of.root, tuple(path for path in of.objects if near[path] <= depth), tuple(edges), of.more)


def _farthest(of: Map) -> dict[str, int]:
    """How many inclusions are on the longest way to each object, without those that lead back."""
    below: dict[str, list[str]] = {}
    waits = dict.fromkeys(of.objects, 0)
    for edge in of.edges:
        if edge.link.target is Target.THERE:
            below.setdefault(edge.source, []).append(edge.link.path)
            waits[edge.link.path] += 1
    far = dict.fromkeys(of.objects, 0)
    for path in (ready := [of.root]):
        for other in below.get(path, ()):
            far[other] = max(far[other], far[path] + 1)
            waits[other] -= 1
            if not waits[other]:
                ready.append(other)
    return far
