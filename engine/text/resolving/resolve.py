"""From an object to a document: what it includes comes in, names are filled in, sections are kept or dropped and numbered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice
from pathlib import PurePosixPath

from syngraph.engine.text.document import Block, Break, Document, Item, ItemList, Paragraph, Quote, Section, Table, Verbatim
from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.objects import Draft, ProseObject
from syngraph.engine.text.provenance import Place, Text
from syngraph.engine.text.resolving.assembly import MAX_REPEATED, Node, assembled
from syngraph.engine.text.resolving.bindings import Index
from syngraph.engine.text.resolving.inclusion import Instance, included
from syngraph.engine.text.resolving.lookup import MAX_FIELDS, MAX_NAMES, MAX_SUGGESTIONS, Names, Use, mentions, texts_of
from syngraph.engine.text.store import Tree


@dataclass(frozen=True, slots=True)
class Holder:
    """One for whom a section marked `each=ROLE` is repeated: `{ROLE.Name}` in it is the field `Name`."""

    id: str
    fields: tuple[tuple[str, Text], ...] = ()


def resolve(tree: Tree, root: str, holders: Mapping[str, tuple[Holder, ...]] | None = None) -> Document:
    """The document that the object `root` is; `holders` are those who hold each role, for sections repeated for them.

    Raises: StoreError, MarkdownError when the root cannot be read. Everything else that is wrong is a finding.
    """
    return resolution(tree, root, holders).document


@dataclass(frozen=True, slots=True)
class Resolution:
    """A document, and the names that it was made with."""

    document: Document
    names: Names


def resolution(
    tree: Tree, root: str, holders: Mapping[str, tuple[Holder, ...]] | None = None, uses: list[Use] | None = None
) -> Resolution:
    """The same as `resolve`, with the names; what was mentioned on the way is added to `uses`.

    Raises: StoreError, MarkdownError when the root cannot be read.
    """
    instances, faults = included(tree, root)
    names = Names(instances, uses)
    assembly = assembled(instances)
    names.sections = frozenset(assembly.index)
    sections = tuple(_Writing(names, holders or {}).sections(assembly.roots, "", 1))
    title = next((names.filled(i.source.title, i.number).string for i in instances if i.source.title and not i.prefix), "")
    written = [*faults, *assembly.faults, *names.findings, *_unused(instances)]
    if next(islice(names.index.walk(), MAX_FIELDS, None), None) is not None:
        written.append(found("SG113", f"more than {MAX_FIELDS:,} names", Place(root, 1, 1), "include each object once"))
    fields = {key: value for key in names.fields() if (value := names.value(0, key)) is not None}
    closure = tuple(dict.fromkeys(instance.source.path for instance in instances))
    document = Document(root, title or PurePosixPath(root).stem, sections, fields, closure, tuple(written))
    return Resolution(document, names)


# -- writing the document ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Writing:
    """The last step: names filled in, sections kept or dropped, numbered. `repeats` is what sections cost that are repeated."""

    names: Names
    holders: Mapping[str, tuple[Holder, ...]]
    repeats: int = 0

    def sections(
        self,
        nodes: Iterable[Node],
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
                if ending and not self.affords(node):
                    break
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

    def affords(self, node: Node) -> bool:
        """Whether a section may be there once more; that there is no more room is told once."""
        if self.repeats > MAX_REPEATED:
            return False
        self.repeats += 100 + sum(len(text) for text in texts_of(node.draft.blocks, True))
        if self.repeats <= MAX_REPEATED:
            return True
        place = replace(node.draft.place, chain=self.names.instances[node.number].chain)
        self.names.findings.append(
            found("SG113", "sections repeated more often than one document may hold", place, "repeat less")
        )
        return False

    def kept(self, node: Node) -> bool:
        """Whether the key that a section hangs on is bound, and to something other than nothing or `no`."""
        if not node.draft.when:
            return True
        key = node.draft.when.string
        self.names.note(node.number, key, node.draft.when, self.names.find(node.number, key), True)
        value = self.names.value(node.number, key)
        return value is not None and value.string.strip().casefold() not in ("", "no")

    def repeated(self, node: Node) -> tuple[Holder | None, ...]:
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
    if not instances[0].source.fields:
        return
    mentioned: Index[bool] = Index(
        instances, lambda source: dict.fromkeys(sorted(mentions(_texts(source)) | _conditions(source.sections)), True)
    )
    unused = [named for named in instances[0].source.fields if not mentioned.held(named.key)]
    options = sorted(islice(mentioned.walk(), MAX_NAMES)) if unused else []
    for count, named in enumerate(unused):
        where = Text(named.key, ((0, named.place),))
        near = get_close_matches(named.key, options, 1, 0.7) if count < MAX_SUGGESTIONS else []
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
