"""From an object to a document: what it includes comes in, what it overrides is replaced, every name is filled in.

A section with an id that an included object also has replaces the text of that section where it stands; the sections below
the replaced one stay (each may be replaced or left out by itself), those below the new one join them. A new section stands
where `after=` or `before=` says, else at the end of the section it was written in, else at the end of the document. Of two
inclusions with the same section the first wins.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import PurePosixPath

from syngraph.engine.text.document import Block, Break, Document, Item, ItemList, Paragraph, Quote, Section, Table, Verbatim
from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.inclusion import Instance, included
from syngraph.engine.text.lookup import Names, mentions, texts_of
from syngraph.engine.text.objects import Draft, ProseObject
from syngraph.engine.text.provenance import Place, Text
from syngraph.engine.text.store import Tree

MAX_LEVEL = 24


@dataclass(frozen=True, slots=True)
class Holder:
    """One for whom a section marked `each=ROLE` is repeated: `{ROLE.Name}` in it is the field `Name`."""

    id: str
    fields: tuple[tuple[str, Text], ...] = ()


def resolve(tree: Tree, root: str, holders: Mapping[str, tuple[Holder, ...]] | None = None) -> Document:
    """The document that the object `root` is; `holders` are those who hold each role, for sections repeated for them.

    Raises: StoreError, MarkdownError when the root cannot be read. Everything else that is wrong is a finding.
    """
    instances, faults = included(tree, root)
    names = Names(instances)
    assembly = _assembled(instances)
    names.sections = frozenset(assembly.index)
    sections = tuple(_Writing(names, holders or {}).sections(assembly.roots, "", 1))
    title = next((names.filled(i.source.title, i.number).string for i in instances if i.source.title and not i.prefix), "")
    written = [*faults, *assembly.faults, *names.findings, *_unused(instances)]
    fields = {key: value for key in names.fields() if (value := names.value(0, key)) is not None}
    closure = tuple(dict.fromkeys(instance.source.path for instance in instances))
    return Document(root, title or PurePosixPath(root).stem, sections, fields, closure, tuple(written))


# -- putting sections in order -----------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class _Node:
    """A section in its place: its text is `draft`, written in the instance `number`."""

    id: str
    draft: Draft
    number: int
    parent: "_Node | None" = None
    children: list["_Node"] = field(default_factory=list)


@dataclass(slots=True)
class _Assembly:
    """The sections of an instance and all below it."""

    roots: list[_Node] = field(default_factory=list)
    index: dict[str, _Node] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)

    def siblings(self, parent: _Node | None) -> list[_Node]:
        return self.roots if parent is None else parent.children

    def insert(self, node: _Node, parent: _Node | None, at: int) -> None:
        node.parent = parent
        self.siblings(parent).insert(at, node)
        self.index[node.id] = node

    def append(self, node: _Node, parent: _Node | None) -> None:
        if not node.id:
            self.insert(node, None, 0)
            return
        while parent is not None and _depth(parent) >= MAX_LEVEL:
            parent = parent.parent
            if parent is None or _depth(parent) < MAX_LEVEL:
                self.faults.append(found("SG113", f"sections more than {MAX_LEVEL} deep", node.draft.place))
        self.insert(node, parent, len(self.siblings(parent)))

    def remove(self, node: _Node) -> None:
        self.siblings(node.parent).remove(node)
        for inner in list(_walk([node])):
            self.index.pop(inner.id, None)


def _assembled(instances: Sequence[Instance]) -> _Assembly:
    """The sections of the root, inclusions first, each in its place."""
    done: dict[int, _Assembly] = {}
    below: dict[int, list[int]] = {}
    for instance in instances:
        below.setdefault(instance.parent, []).append(instance.number)
    for instance in reversed(instances):
        parts = [done.pop(number) for number in below.get(instance.number, ())]
        whole = parts[0] if parts else _Assembly()
        for part in parts[1:]:
            _join(whole, part, instances)
        _omit(whole, instance)
        _place(whole, instance)
        done[instance.number] = whole
    return done[0]


def _join(whole: _Assembly, part: _Assembly, instances: Sequence[Instance]) -> None:
    """Add the sections of a later inclusion; what the earlier ones have wins."""
    whole.faults += part.faults
    waiting: list[tuple[_Node, _Node | None]] = [(node, None) for node in reversed(part.roots)]
    while waiting:
        node, parent = waiting.pop()
        held = whole.index.get(node.id)
        children, node.children = node.children, []
        if held is None:
            whole.append(node, parent)
            held = node
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


def _omit(whole: _Assembly, instance: Instance) -> None:
    for mention in instance.source.omit:
        node = whole.index.get(instance.prefix + mention.key)
        if node is not None:
            whole.remove(node)
        else:
            whole.faults.append(_nowhere("omit", mention.key, replace(mention.place, chain=instance.chain), whole, instance))


def _place(whole: _Assembly, instance: Instance) -> None:
    """Put an object's own sections among those that it includes."""
    moving: list[tuple[_Node, _Node | None]] = []
    waiting: list[tuple[Draft, _Node | None]] = [(draft, None) for draft in reversed(instance.source.sections)]
    while waiting:
        draft, parent = waiting.pop()
        name = instance.prefix + draft.id if draft.id else instance.prefix.removesuffix(".")
        node = whole.index.get(name)
        if node is not None:
            node.draft, node.number = draft, instance.number
        else:
            node = _Node(name, draft, instance.number)
            whole.insert(node, None, 0) if not draft.id else whole.append(node, parent)
        if draft.after or draft.before:
            moving.append((node, parent))
        waiting.extend((child, node) for child in reversed(draft.children))
    _move(whole, instance, [node for node, _ in moving])


def _move(whole: _Assembly, instance: Instance, moving: list[_Node]) -> None:
    """Put sections next to those that they name, in the order written; one that names a moved one goes after it moved."""
    pending = {node.id: node for node in moving}
    following: dict[str, int] = {}
    while pending:
        ready = [node for node in pending.values() if _target(node, instance) not in pending]
        if not ready:
            break
        for node in ready:
            del pending[node.id]
            name = _target(node, instance)
            target = whole.index.get(name)
            if target is None or target is node or node in _above(target):
                whole.faults.append(_misplaced(node, whole, instance))
                continue
            whole.siblings(node.parent).remove(node)
            at = whole.siblings(target.parent).index(target)
            if node.draft.after:
                following[name] = following.get(name, 0) + 1
                at += following[name]
            whole.insert(node, target.parent, at)
    whole.faults += [_misplaced(node, whole, instance) for node in pending.values()]


def _target(node: _Node, instance: Instance) -> str:
    return instance.prefix + (node.draft.after or node.draft.before).string.removeprefix("#")


def _misplaced(node: _Node, whole: _Assembly, instance: Instance) -> Finding:
    said = node.draft.after or node.draft.before
    where = Text(said.string, tuple((offset, replace(place, chain=instance.chain)) for offset, place in said.runs))
    return _nowhere("after" if node.draft.after else "before", said.string, where, whole, instance)


def _nowhere(word: str, name: str, where: Text | Place, whole: _Assembly, instance: Instance) -> Finding:
    options = [other[len(instance.prefix) :] for other in whole.index if other.startswith(instance.prefix) and other != name]
    near = get_close_matches(name, options, 1, 0.6)
    known = ", ".join(option for option in options[:8] if option)
    help = f"did you mean {near[0]}?" if near else f"the sections are {known}" if known else "there is no other section"
    wrong = "which cannot stand next to itself" if instance.prefix + name in whole.index else "which is no section"
    return found("SG106", f"{word} names {name}, {wrong} here", where, help)


def _above(node: _Node) -> Iterator[_Node]:
    at = node.parent
    while at is not None:
        yield at
        at = at.parent


def _depth(node: _Node) -> int:
    return 1 + sum(1 for _ in _above(node))


def _walk(nodes: Sequence[_Node]) -> Iterator[_Node]:
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


# -- writing the document ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Writing:
    """The last step: names filled in, sections kept or dropped, numbered."""

    names: Names
    holders: Mapping[str, tuple[Holder, ...]]

    def sections(
        self,
        nodes: Sequence[_Node],
        above: str,
        level: int,
        local: Mapping[str, Text] | None = None,
        suffix: str = "",
        prose: bool = False,
    ) -> Iterator[Section]:
        count = 0
        for node in nodes:
            if not self.kept(node):
                continue
            for holder in self.repeated(node):
                inside, ending = dict(local or {}), suffix
                if holder is not None:
                    role = node.draft.each.string
                    inside |= {f"{role}.{name}": text for name, text in holder.fields}
                    ending = f"{suffix}.{holder.id}"
                headed = bool(node.draft.id)
                count += headed
                number = (f"{above}.{count}" if above else str(count)) if headed else ""
                binds_nobody = prose or node.draft.prose
                yield Section(
                    node.id + ending,
                    self.names.filled(node.draft.heading, node.number, inside),
                    level,
                    number,
                    tuple(self.block(block, node.number, inside) for block in node.draft.blocks),
                    tuple(self.sections(node.children, number, level + 1, inside, ending, binds_nobody)),
                    binds_nobody,
                    replace(node.draft.place, chain=self.names.instances[node.number].chain),
                )

    def kept(self, node: _Node) -> bool:
        """Whether the key that a section hangs on is bound, and to something other than nothing or `no`."""
        if not node.draft.when:
            return True
        value = self.names.value(node.number, node.draft.when.string)
        return value is not None and value.string.strip().casefold() not in ("", "no")

    def repeated(self, node: _Node) -> tuple[Holder | None, ...]:
        role = node.draft.each
        if not role:
            return (None,)
        if role.string in self.holders:
            return self.holders[role.string]
        chain = self.names.instances[node.number].chain
        where = Text(role.string, tuple((offset, replace(place, chain=chain)) for offset, place in role.runs))
        near = get_close_matches(role.string, list(self.holders), 1, 0.6)
        help = f"did you mean {near[0]}?" if near else "name a role of the register"
        self.names.findings.append(found("SG112", f"each names {role}, which is no role in the register", where, help))
        return (None,)

    def block(self, block: Block, number: int, local: Mapping[str, Text]) -> Block:
        match block:
            case Paragraph(text):
                return Paragraph(self.names.filled(text, number, local))
            case ItemList(items, ordered):
                made = (Item(item.marker, tuple(self.block(inner, number, local) for inner in item.blocks)) for item in items)
                return ItemList(tuple(made), ordered)
            case Table(rows):
                return Table(tuple(tuple(self.names.filled(cell, number, local) for cell in row) for row in rows))
            case Quote(blocks):
                return Quote(tuple(self.block(inner, number, local) for inner in blocks))
            case Verbatim(text):
                chain = self.names.instances[number].chain
                return Verbatim(Text(text.string, tuple((at, replace(place, chain=chain)) for at, place in text.runs)))
            case Break():
                return block


def _unused(instances: Sequence[Instance]) -> Iterator[Finding]:
    """The fields of the root that nothing mentions."""
    by_object: dict[int, frozenset[str]] = {}
    mentioned: set[str] = set()
    for instance in instances:
        source = instance.source
        if id(source) not in by_object:
            by_object[id(source)] = mentions(_texts(source)) | _conditions(source.sections)
        mentioned |= {instance.prefix + key for key in by_object[id(source)]}
    for named in instances[0].source.fields:
        if named.key not in mentioned:
            where = Text(named.key, ((0, named.place),))
            near = get_close_matches(named.key, sorted(mentioned), 1, 0.7)
            help = f"did you mean {near[0]}?" if near else f"write {{{named.key}}} where it belongs, or remove it"
            yield found("SG102", f"nothing uses the field {named.key}", where, help)


def _texts(source: ProseObject) -> Iterator[Text]:
    yield source.title
    for named in source.fields:
        yield named.value
    waiting = list(source.sections)
    while waiting:
        draft = waiting.pop()
        waiting.extend(draft.children)
        yield draft.heading
        yield from texts_of(draft.blocks)


def _conditions(drafts: Sequence[Draft]) -> frozenset[str]:
    waiting = list(drafts)
    keys: set[str] = set()
    while waiting:
        draft = waiting.pop()
        waiting.extend(draft.children)
        if draft.when:
            keys.add(draft.when.string)
    return frozenset(keys)
