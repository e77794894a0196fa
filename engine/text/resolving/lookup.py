"""What a name in a text stands for, and the text with its names filled in.

Lookup is lexical. A name in an object means, in this order: what an object around it binds it to under the full prefix (the
root before one nearer to the object); the object's own binding; that of its inclusions, in order, depth first; and at last,
for a name that the object leaves open, what the objects around it make of it, the nearest first. A binding is a field or the
text of a section. What a value itself mentions is looked up where the value was written.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from syngraph.engine.text.document import Block, ItemList, Paragraph, Quote, Table, Verbatim
from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.notations.front import KEY
from syngraph.engine.text.objects import Field
from syngraph.engine.text.provenance import NOTHING, Place, Text, joined
from syngraph.engine.text.resolving.bindings import Binding, Index, bindings
from syngraph.engine.text.resolving.inclusion import Instance

MAX_VALUE = 50_000
"""The characters that a text may have in all when its names are filled in."""
MAX_TOTAL = 5_000_000
"""The characters that are filled in for names in a whole document, each value counted wherever it is mentioned."""
MAX_PIECES = 200_000
"""The pieces that these characters may consist of, each with a place of its own; a long way to its place counts as more."""
MAX_TOLD = 50
"""For how many mentions it is told that they go beyond what a whole document may hold."""
MAX_FIELDS = 50_000
MAX_DEPTH = 60
MAX_USES = 200_000
MAX_SUGGESTIONS = 50
MAX_NAMES = 5_000
"""Among how many names the nearest one is looked for."""
_STEPS = 8
"""How many steps of the way to a place cost as much as a piece."""
_SPECIAL = re.compile(r"\\[\\{}]|\{(?P<key>[^{}\n]*)\}|[{}]")
_LINK = re.compile(r"\]\(#([^()\s]+)\)")


@dataclass(frozen=True, slots=True)
class Use:
    """That a text of the instance `number` mentions `key` at `place`, and what it means there: None where it is open.

    `condition` marks a key on which a section hangs (`when=Key`).
    """

    number: int
    key: str
    place: Place
    bound: tuple[int, Binding] | None
    condition: bool = False


class Names:
    """What the names of a document mean, by full key, and the values worked out so far.

    Nothing is worked out before it is asked for, and no value twice in one instance: a value in a circle, or one that goes too
    deep, stays as the first that asked for it found it. What is filled in for a whole document is bounded.

    What is mentioned is noted in `uses`, in the order in which it was needed and at most `MAX_USES` times, where that is asked
    for; what a value mentions is noted once for each instance that holds the value.
    """

    def __init__(self, instances: Sequence[Instance], uses: list[Use] | None = None) -> None:
        self.instances = instances
        self.uses = uses
        self.index: Index[Binding] = Index(instances, bindings)
        self.findings: list[Finding] = []
        self.sections: frozenset[str] = frozenset()
        """The ids of the sections there are, for references inside objects under a prefix."""
        self._values: dict[tuple[int, str], Text] = {}
        self._active: list[tuple[int, str]] = []
        self._total = 0
        self._pieces = 0
        self._told = 0
        self._suggested = 0
        self._reported: set[tuple[str, str, str]] = set()

    def find(self, number: int, key: str) -> tuple[int, Binding] | None:
        """What `key` means in an instance: the instance that binds it, and the binding."""
        instance = self.instances[number]
        held = self.index.held(instance.prefix + key)
        if not held:
            return None
        around: list[Instance] = []
        while instance.parent >= 0:
            instance = self.instances[instance.parent]
            around.append(instance)
        for outer in reversed(around):
            index = bisect_left(held, outer.number, key=_number)
            if index < len(held) and held[index][0] == outer.number:
                return held[index]
        for scope in (self.instances[number], *around):
            index = bisect_left(held, scope.number, key=_number)
            if index < len(held) and held[index][0] < scope.end:
                return held[index]
        return None

    def fields(self) -> Iterator[str]:
        """Every key of a field, as the root sees it; at most `MAX_FIELDS` names are looked at."""
        return (
            key
            for key in islice(self.index.walk(), MAX_FIELDS)
            if any(isinstance(binding, Field) for _, binding in self.index.held(key))
        )

    def value(self, number: int, key: str) -> Text | None:
        """The text that `key` stands for in an instance, its own names filled in; None when nothing binds it."""
        bound = self.find(number, key)
        if bound is None:
            return None
        return self._value(bound[0], bound[1])

    def note(self, number: int, key: str, where: Text, bound: tuple[int, Binding] | None, condition: bool = False) -> None:
        """Keeps in mind that a text of an instance mentions a key."""
        if self.uses is not None and len(self.uses) < MAX_USES:
            at = where.place(0)
            place = Place(at.path, at.line, at.column, self.instances[number].chain)
            self.uses.append(Use(number, key, place, bound, condition))

    def _value(self, number: int, binding: Binding) -> Text:
        key = binding.key if isinstance(binding, Field) else binding.id
        known = self._values.get((number, key))
        if known is None:
            self._active.append((number, key))
            try:
                known = self.filled(running(binding), number)
            finally:
                self._active.pop()
            self._values[number, key] = known
        return known

    # -- filling in ----------------------------------------------------------------------------------------------------

    def filled(self, text: Text, number: int, local: Mapping[str, Text] | None = None) -> Text:
        """A text of an instance with every `{Key}` replaced, `\\{` a brace; `local` are names that hold here before others.

        A name that cannot be replaced stays as it is, and is a finding.
        """
        instance = self.instances[number]
        string = text.string
        text = _chained(text, instance.chain)
        if instance.prefix and "](#" in string:
            text = self._referred(text, instance.prefix)
            string = text.string
        if "{" not in string and "}" not in string:
            return text
        pieces: list[Text] = []
        done = length = 0
        for match in _SPECIAL.finditer(string):
            if match[0] == "\\\\":
                continue
            pieces.append(text[done : match.start()])
            here = text[match.start() : match.end()]
            done = match.end()
            if match[0] in ("\\{", "\\}"):
                pieces.append(here[1:])
                continue
            value = None
            if match["key"] is None or not KEY.fullmatch(match["key"]):
                self._stray(here)
            else:
                value = self._placed(match["key"], number, here, local or {})
            if value is not None and self._fits(length, value, here):
                length += len(value)
                pieces.append(value)
            else:
                pieces.append(here)
        pieces.append(text[done:])
        return joined(pieces)

    def _placed(self, key: str, number: int, here: Text, local: Mapping[str, Text]) -> Text | None:
        if key in local:
            return local[key] if self._affords(local[key], 0, here) else None
        bound = self.find(number, key)
        self.note(number, key, here, bound)
        if bound is None:
            self._undefined(key, number, here)
            return None
        holder, binding = bound
        name = binding.key if isinstance(binding, Field) else binding.id
        if (holder, name) in self._active:
            circle = [other for _, other in self._active[self._active.index((holder, name)) :]]
            self._fault(
                found("SG115", f"the field leads back to itself: {' → '.join([*circle, name])}", here, "write one of them out")
            )
            return None
        if len(self._active) >= MAX_DEPTH:
            self._fault(found("SG113", f"fields that mention fields more than {MAX_DEPTH} deep", here, "write the value out"))
            return None
        value = self._value(holder, binding)
        use = here.place(0)
        through = (*use.chain, Place(use.path, use.line, use.column))
        shared = _shared(self.instances[number].chain, self.instances[holder].chain)
        if not self._affords(value, len(through), here):
            return None
        runs = tuple(
            (offset, Place(place.path, place.line, place.column, through + place.chain[shared:]))
            for offset, place in value.runs
        )
        return Text(value.string, runs)

    def _affords(self, value: Text, through: int, here: Text) -> bool:
        """Whether a value may be filled in once more, what it costs being taken from what the whole document may hold."""
        characters = self._total + len(value)
        pieces = self._pieces
        if characters <= MAX_TOTAL and pieces + len(value.runs) <= MAX_PIECES:
            pieces += sum(1 + (through + len(place.chain)) // _STEPS for _, place in value.runs)
            if pieces <= MAX_PIECES:
                self._total, self._pieces = characters, pieces
                return True
        if self._told < MAX_TOLD:
            self._told += 1
            self._fault(found("SG113", "fields that grow too large for one document", here, "write the value out"))
        return False

    def _fits(self, length: int, value: Text, here: Text) -> bool:
        if length + len(value) <= MAX_VALUE:
            return True
        self._fault(found("SG113", "fields that grow too large when they are filled in", here, "write the value out"))
        return False

    def _referred(self, text: Text, prefix: str) -> Text:
        pieces: list[Text] = []
        done = 0
        for match in _LINK.finditer(text.string):
            if prefix + match[1] in self.sections:
                at = match.start(1)
                pieces += [text[done:at], Text(prefix, ((0, text.place(at)),))]
                done = at
        return joined([*pieces, text[done:]])

    # -- faults --------------------------------------------------------------------------------------------------------

    def _undefined(self, key: str, number: int, here: Text) -> None:
        prefix = self.instances[number].prefix
        near: list[str] = []
        if self._suggested < MAX_SUGGESTIONS:
            self._suggested += 1
            own = islice(self.index.own(number), MAX_NAMES)
            others = islice(self.index.walk(), MAX_NAMES)
            names = dict.fromkeys((*own, *(name[len(prefix) :] for name in others if name.startswith(prefix))))
            near = get_close_matches(key, names, 1, 0.6)
        help = (
            f"did you mean {{{near[0]}}}?" if near else f"add it to the fields, or write \\{{{key}}} for the braces themselves"
        )
        self._fault(found("SG101", f"nothing defines {{{key}}}", here, help))

    def _stray(self, here: Text) -> None:
        message = {"{": "an opening brace without its end", "}": "a closing brace without its beginning"}.get(
            here.string, f"“{here}” is no name of a field"
        )
        self._fault(found("SG110", message, here, "write {Key} for a field, \\{ and \\} for the braces themselves"))

    def _fault(self, fault: Finding) -> None:
        key = (fault.code, str(fault.place), fault.message)
        if key not in self._reported:
            self._reported.add(key)
            self.findings.append(fault)


def mentions(texts: Iterable[Text]) -> frozenset[str]:
    """The names that texts mention."""
    return frozenset(
        match["key"]
        for text in texts
        if "{" in text.string
        for match in _SPECIAL.finditer(text.string)
        if match["key"] and KEY.fullmatch(match["key"])
    )


def texts_of(blocks: Iterable[Block], preformatted: bool = False) -> Iterable[Text]:
    """The texts in blocks that may mention a name: all but preformatted ones, unless these are asked for."""
    for block in blocks:
        match block:
            case Paragraph(text):
                yield text
            case ItemList(items):
                for item in items:
                    yield from texts_of(item.blocks, preformatted)
            case Table(rows):
                for row in rows:
                    yield from row
            case Quote(inner):
                yield from texts_of(inner, preformatted)
            case Verbatim(text) if preformatted:
                yield text
            case _:
                pass


def running(binding: Binding) -> Text:
    """The value of a binding: a field's text, or what a section says, as running text."""
    if isinstance(binding, Field):
        return binding.value
    pieces: list[Text] = []
    for text in texts_of(binding.blocks):
        if pieces and text:
            pieces.append(Text(" ", ((0, text.place(0)),)))
        pieces.append(text)
    return joined(pieces) if pieces else NOTHING


def _chained(text: Text, chain: tuple[Place, ...]) -> Text:
    if not chain:
        return text
    return Text(text.string, tuple((offset, Place(at.path, at.line, at.column, chain)) for offset, at in text.runs))


def _shared(one: tuple[Place, ...], other: tuple[Place, ...]) -> int:
    count = 0
    while count < len(one) and count < len(other) and one[count] == other[count]:
        count += 1
    return count


def _number(entry: tuple[int, Binding]) -> int:
    return entry[0]
