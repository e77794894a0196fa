"""The sections of all the objects of a document in one order, before any name is filled in.

What is included stands first, in the order of the inclusions; of two with the same section the first wins. A section with an
id that an included object also has replaces the text of that section where it stands; the sections below the replaced one
stay (each may be replaced or left out by itself), those below the new one join them. A new section stands where `after=` or
`before=` says, else at the end of the section it was written in, else at the end. An inclusion may itself say `after` or
`before`: then its sections stand there. Text before the first heading is the section "" and stands first; under a prefix
`Chair.` it is the section `Chair`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.inclusion import Instance
from syngraph.engine.text.objects import Draft
from syngraph.engine.text.provenance import Place, Text

MAX_LEVEL = 24
MAX_SUGGESTIONS = 50
"""For how many sections that are not there the nearest one is looked for."""


@dataclass(slots=True, eq=False)
class Node:
    """A section in its place: its text is `draft`, written in the instance `number`."""

    id: str
    draft: Draft
    number: int
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Assembly:
    """The sections of an instance and all below it, as trees and by id."""

    roots: list[Node] = field(default_factory=list)
    index: dict[str, Node] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)

    def siblings(self, parent: Node | None) -> list[Node]:
        """The sections under one, or those under none."""
        return self.roots if parent is None else parent.children

    def insert(self, node: Node, parent: Node | None, at: int) -> None:
        """Put a section among those of `parent`."""
        node.parent = parent
        self.siblings(parent).insert(at, node)
        self.index[node.id] = node

    def append(self, node: Node, parent: Node | None) -> None:
        """Put a section after those of `parent`."""
        if parent is not None and _depth(parent) >= MAX_LEVEL:
            self.faults.append(found("SG113", f"sections more than {MAX_LEVEL} deep", node.draft.place, "write it further up"))
            parent = parent.parent
        self.insert(node, parent, len(self.siblings(parent)))

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
    for instance in reversed(instances):
        whole = Assembly()
        moves: list[_Move] = []
        for number in below.get(instance.number, ()):
            part = done.pop(number)
            came = list(part.roots)
            if not whole.index:
                part.faults = [*whole.faults, *part.faults]
                whole = part
            else:
                came = _join(whole, part, instances, instance.prefix.removesuffix("."))
            moves += _moves_of(came, instances[number], instance)
        _omit(whole, instance)
        moves = [move for move in moves if whole.index.get(move.node.id) is move.node]
        _place(whole, instance, moves)
        done[instance.number] = whole
    return done[0]


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
        children, node.children = node.children, []
        if held is None:
            if node.id == first:
                whole.insert(node, None, 0)
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


def _moves_of(came: Sequence[Node], part: Instance, instance: Instance) -> list[_Move]:
    """Where the sections of an inclusion go that says so."""
    inclusion = next(each for each in instance.source.includes if each.place == part.chain[-1])
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
                whole.insert(node, None, 0)
        if said := draft.after or draft.before:
            target = instance.prefix + said.string.removeprefix("#")
            moves.append(_Move(node, "after" if draft.after else "before", said, target))
        waiting.extend((child, node) for child in reversed(draft.children))
    _move(whole, instance, moves)


def _move(whole: Assembly, instance: Instance, moves: Sequence[_Move]) -> None:
    """Carry out moves, in the order written; one next to a section that itself moves waits for that."""
    pending = {move.node.id: move for move in moves}
    last: dict[str, Node] = {}
    while ready := [move for move in pending.values() if move.target not in pending]:
        for move in ready:
            node = pending.pop(move.node.id).node
            target = whole.index.get(move.target)
            if target is None or target is node or node in _above(target):
                whole.faults.append(_misplaced(move, whole, instance))
                continue
            whole.siblings(node.parent).remove(node)
            beside = last.get(move.target, target) if move.word == "after" else target
            at = whole.siblings(beside.parent).index(beside)
            whole.insert(node, beside.parent, at + 1 if move.word == "after" else at)
            if move.word == "after":
                last[move.target] = node
    whole.faults += [_misplaced(move, whole, instance) for move in pending.values()]


def _misplaced(move: _Move, whole: Assembly, instance: Instance) -> Finding:
    runs = tuple((offset, replace(place, chain=instance.chain)) for offset, place in move.said.runs)
    return _nowhere(move.word, move.said.string, Text(move.said.string, runs), whole, instance)


def _nowhere(word: str, name: str, where: Text | Place, whole: Assembly, instance: Instance) -> Finding:
    options: list[str] = []
    if len(whole.faults) < MAX_SUGGESTIONS:
        options = [
            other[len(instance.prefix) :] for other in whole.index if other.startswith(instance.prefix) and other != name
        ]
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


def _walk(nodes: Sequence[Node]) -> Iterator[Node]:
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))
