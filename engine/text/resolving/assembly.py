"""The sections of all the objects of a document in one order, before any name is filled in.

What is included stands first, in the order of the inclusions; of two with the same section the first wins. A section with an
id that an included object also has replaces the text of that section where it stands; the sections below the replaced one
stay (each may be replaced or left out by itself), those below the new one join them. A new section stands where `after=` or
`before=` says, else at the end of the section it was written in, else at the end. An inclusion may itself say `after` or
`before`: then its sections stand there. Text before the first heading is the section "" and stands first; under a prefix
`Chair.` it is the section `Chair`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import islice

from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.objects import Draft, Inclusion, ProseObject
from syngraph.engine.text.provenance import Place, Text
from syngraph.engine.text.resolving.inclusion import Instance
from syngraph.engine.text.resolving.lookup import texts_of

MAX_LEVEL = 24
MAX_REPEATED = 5_000_000
"""What objects may say that are included again, in all: see `_cost`."""
MAX_SUGGESTIONS = 50
"""For how many sections that are not there the nearest one is looked for."""
MAX_NAMES = 5_000
"""Among how many."""


@dataclass(slots=True, eq=False)
class Row:
    """The sections under one, in order. Each knows the ones beside it, so that one is put in or taken out in one step."""

    first: "Node | None" = None
    last: "Node | None" = None

    def __iter__(self) -> Iterator["Node"]:
        at = self.first
        while at is not None:
            yield at
            at = at.following

    def __reversed__(self) -> Iterator["Node"]:
        at = self.last
        while at is not None:
            yield at
            at = at.preceding

    def insert(self, node: "Node", before: "Node | None") -> None:
        """Put a section before another one of the row, or at the end."""
        node.following, node.preceding = before, self.last if before is None else before.preceding
        if node.preceding is None:
            self.first = node
        else:
            node.preceding.following = node
        if before is None:
            self.last = node
        else:
            before.preceding = node

    def remove(self, node: "Node") -> None:
        """Take a section of the row out of it."""
        if node.preceding is None:
            self.first = node.following
        else:
            node.preceding.following = node.following
        if node.following is None:
            self.last = node.preceding
        else:
            node.following.preceding = node.preceding


@dataclass(slots=True, eq=False)
class Node:
    """A section in its place: its text is `draft`, written in the instance `number`."""

    id: str
    draft: Draft
    number: int
    parent: "Node | None" = None
    children: Row = field(default_factory=Row)
    preceding: "Node | None" = None
    following: "Node | None" = None


@dataclass(slots=True)
class Assembly:
    """The sections of an instance and all below it, as trees and by id."""

    roots: Row = field(default_factory=Row)
    index: dict[str, Node] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    hints: Iterator[int] = field(default_factory=lambda: iter(range(MAX_SUGGESTIONS)))
    """As many as there are suggestions left, for all assemblies of one document."""

    def siblings(self, parent: Node | None) -> Row:
        """The sections under one, or those under none."""
        return self.roots if parent is None else parent.children

    def insert(self, node: Node, parent: Node | None, before: Node | None) -> None:
        """Put a section among those of `parent`, before one of them or at the end."""
        node.parent = parent
        self.siblings(parent).insert(node, before)
        self.index[node.id] = node

    def append(self, node: Node, parent: Node | None) -> None:
        """Put a section after those of `parent`."""
        if parent is not None and _depth(parent) >= MAX_LEVEL:
            self.faults.append(_too_deep(node))
            parent = parent.parent
        self.insert(node, parent, None)

    def remove(self, node: Node) -> None:
        """Take a section away with all below it."""
        self.siblings(node.parent).remove(node)
        for inner in list(_walk([node])):
            self.index.pop(inner.id, None)


@dataclass(frozen=True, slots=True)
class _Move:
    """That a section is to stand next to another: `said` is its name as written, `word` is after or before."""

    node: Node
    word: str
    said: Text
    target: str


def assembled(instances: Sequence[Instance]) -> Assembly:
    """The sections of the root and of everything below it, each in its place."""
    done: dict[int, Assembly] = {}
    below: dict[int, list[int]] = {}
    for instance in instances:
        below.setdefault(instance.parent, []).append(instance.number)
    hints = Assembly().hints
    beyond = _beyond(instances)
    first = min(beyond, default=0)
    for instance in reversed(instances):
        whole = Assembly(hints=hints)
        moves: list[_Move] = []
        said = (
            {inclusion.place: inclusion for inclusion in reversed(instance.source.includes)} if instance.number in below else {}
        )
        for number in below.get(instance.number, ()):
            part = done.pop(number)
            came = list(part.roots)
            if not whole.index:
                whole.faults += part.faults
                part.faults = whole.faults
                whole = part
            else:
                came = _join(whole, part, instances, instance.prefix.removesuffix("."))
            moves += _moves_of(came, said[instances[number].chain[-1]], instance)
        if instance.number in beyond:
            whole.faults += _left_out(instance) if instance.number == first else ()
            instance = replace(instance, source=replace(instance.source, sections=(), omit=()))
        _omit(whole, instance)
        moves = [move for move in moves if whole.index.get(move.node.id) is move.node]
        _place(whole, instance, moves)
        done[instance.number] = whole
    return done[0]


def _beyond(instances: Sequence[Instance]) -> set[int]:
    """The instances that bring in once more what an object says, after as much of that as one document may hold."""
    met: set[int] = set()
    costs: dict[int, int] = {}
    spent = 0
    beyond: set[int] = set()
    for instance in instances:
        name = id(instance.source)
        if name not in met:
            met.add(name)
            continue
        if name not in costs:
            costs[name] = _cost(instance.source)
        spent += costs[name]
        if spent > MAX_REPEATED:
            beyond.add(instance.number)
            spent -= costs[name]
    return beyond


def _left_out(instance: Instance) -> list[Finding]:
    where = replace(instance.chain[-1], chain=instance.chain[:-1])
    return [found("SG113", "more sections and text than one document may hold", where, "include each object once")]


def _cost(source: ProseObject) -> int:
    """How much an object says: its characters; a section, or one left out, counts as 100, and a piece of text as 20."""
    cost = 100 * len(source.omit)
    waiting = list(source.sections)
    while waiting:
        draft = waiting.pop()
        waiting.extend(draft.children)
        cost += 100 + sum(len(text) + 20 * len(text.runs) for text in (draft.heading, *texts_of(draft.blocks, True)))
    return cost


def _join(whole: Assembly, part: Assembly, instances: Sequence[Instance], first: str) -> list[Node]:
    """Add the sections of a later inclusion; what the earlier ones have wins. Those that came in at the top are returned.

    The section with the id `first` is the text before the first heading.
    """
    whole.faults += part.faults
    came: list[Node] = []
    waiting: list[tuple[Node, Node | None]] = [(node, None) for node in reversed(part.roots)]
    while waiting:
        node, parent = waiting.pop()
        held = whole.index.get(node.id)
        children, node.children = node.children, Row()
        if held is None:
            if node.id == first:
                whole.insert(node, None, whole.roots.first)
            else:
                whole.append(node, parent)
            held = node
            if node.parent is None:
                came.append(node)
        elif held.draft is not node.draft:
            hidden, seen = instances[node.number], instances[held.number]
            what = f"the section {node.id}" if node.id else "the text before the first heading"
            whole.faults.append(
                found(
                    "SG111",
                    f"{what} of {hidden.source.path} is hidden by that of {seen.source.path}, which is included before it",
                    replace(node.draft.place, chain=hidden.chain),
                    "give one of them another id, or leave it out with omit",
                )
            )
        waiting.extend((child, held) for child in reversed(children))
    return came


def _moves_of(came: Sequence[Node], inclusion: Inclusion, instance: Instance) -> list[_Move]:
    """Where the sections of an inclusion go that says so."""
    said = inclusion.after or inclusion.before
    if not said:
        return []
    word = "after" if inclusion.after else "before"
    return [_Move(node, word, said, instance.prefix + said.string.removeprefix("#")) for node in came]


def _omit(whole: Assembly, instance: Instance) -> None:
    for mention in instance.source.omit:
        node = whole.index.get(instance.prefix + mention.key)
        if node is not None:
            whole.remove(node)
        else:
            whole.faults.append(_nowhere("omit", mention.key, replace(mention.place, chain=instance.chain), whole, instance))


def _place(whole: Assembly, instance: Instance, moves: list[_Move]) -> None:
    """Put an object's own sections among those that it includes, and each next to the one that it names."""
    waiting: list[tuple[Draft, Node | None]] = [(draft, None) for draft in reversed(instance.source.sections)]
    while waiting:
        draft, parent = waiting.pop()
        name = instance.prefix + draft.id if draft.id else instance.prefix.removesuffix(".")
        node = whole.index.get(name)
        if node is not None:
            node.draft, node.number = draft, instance.number
        else:
            node = Node(name, draft, instance.number)
            if draft.id:
                whole.append(node, parent)
            else:
                whole.insert(node, None, whole.roots.first)
        if said := draft.after or draft.before:
            target = instance.prefix + said.string.removeprefix("#")
            moves.append(_Move(node, "after" if draft.after else "before", said, target))
        waiting.extend((child, node) for child in reversed(draft.children))
    _move(whole, instance, moves)


def _move(whole: Assembly, instance: Instance, moves: Sequence[_Move]) -> None:
    """Carry out moves, in the order written; one next to a section that itself moves waits for that."""
    pending = {move.node.id: move for move in moves}
    waiting: dict[str, list[tuple[int, _Move]]] = {}
    ready: list[tuple[int, _Move]] = []
    for order, move in enumerate(pending.values()):
        (waiting.setdefault(move.target, []) if move.target in pending else ready).append((order, move))
    last: dict[str, Node] = {}
    while ready:
        for _, move in ready:
            node = pending.pop(move.node.id).node
            target = whole.index.get(move.target)
            if target is None or target is node or not _apart(node, target):
                whole.faults.append(_misplaced(move, whole, instance))
                continue
            whole.siblings(node.parent).remove(node)
            if move.word == "after":
                beside = last.get(move.target, target)
                whole.insert(node, beside.parent, beside.following)
                last[move.target] = node
            else:
                whole.insert(node, target.parent, target)
        ready = sorted((next for _, move in ready for next in waiting.get(move.node.id, ())), key=_order)
    whole.faults += [_misplaced(move, whole, instance) for move in pending.values()]
    if moves:
        _flatten(whole)


def _apart(node: Node, target: Node) -> bool:
    """Whether a section is not below another one, nor so deep that it is not looked for."""
    above = list(islice(_above(target), MAX_LEVEL + 1))
    return node not in above and len(above) <= MAX_LEVEL


def _flatten(whole: Assembly) -> None:
    """Bring sections that moves have put too deep up to the deepest level there may be."""
    waiting = [(node, 1) for node in reversed(whole.roots)]
    while waiting:
        node, depth = waiting.pop()
        if depth < MAX_LEVEL or node.children.first is None:
            waiting.extend((child, depth + 1) for child in reversed(node.children))
            continue
        deeper = list(_walk(node.children))
        whole.faults.append(_too_deep(deeper[0]))
        node.children = Row()
        before = node.following
        for inner in deeper:
            inner.children = Row()
            whole.insert(inner, node.parent, before)


def _too_deep(node: Node) -> Finding:
    return found("SG113", f"sections more than {MAX_LEVEL} deep", node.draft.place, "write it further up")


def _order(entry: tuple[int, _Move]) -> int:
    return entry[0]


def _misplaced(move: _Move, whole: Assembly, instance: Instance) -> Finding:
    runs = tuple((offset, replace(place, chain=instance.chain)) for offset, place in move.said.runs)
    return _nowhere(move.word, move.said.string, Text(move.said.string, runs), whole, instance)


def _nowhere(word: str, name: str, where: Text | Place, whole: Assembly, instance: Instance) -> Finding:
    options: list[str] = []
    if next(whole.hints, None) is not None:
        there = islice(whole.index, MAX_NAMES)
        options = [other[len(instance.prefix) :] for other in there if other.startswith(instance.prefix) and other != name]
    near = get_close_matches(name, options, 1, 0.6)
    known = ", ".join([option for option in options if option][:8])
    alone = "name a section that is there" if len(whole.index) > 1 else "there is no other section"
    help = f"did you mean {near[0]}?" if near else f"the sections are {known}" if known else alone
    wrong = "which cannot stand next to itself" if instance.prefix + name in whole.index else "which is no section"
    return found("SG106", f"{word} names {name}, {wrong} here", where, help)


def _above(node: Node) -> Iterator[Node]:
    at = node.parent
    while at is not None:
        yield at
        at = at.parent


def _depth(node: Node) -> int:
    return 1 + sum(1 for _ in _above(node))


def _walk(nodes: Iterable[Node]) -> Iterator[Node]:
    waiting = list(nodes)[::-1]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))
