"""The text of a key with its provenance: where every character of it stands, and what was asked for on the way.

The same rules as for the plain text, on texts that know their places; it takes longer, and is done where somebody asks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from syngraph.engine.text.findings import Finding
from syngraph.engine.text.notations.commonaccord.expansion import MAX_CHAIN, MAX_TEXT, Expansion, OvergrownError
from syngraph.engine.text.notations.commonaccord.search import MAX_WORK, Found, Search, shown
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.provenance import Place, Text, joined

MAX_USES = 200_000
MAX_PASSED_OVER = 128 * 1024 * 1024
"""How much one root may have gone through where names must be replaced one after the other."""
MAX_RUNS = 300_000
"""How many pieces with places of their own all values of one root may come to."""
_NAME = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True, slots=True)
class Bound:
    """What a key, as the root sees it, is bound to.

    `path` and `line` say where, `name` is the key there, `prefix` what was cut off on the way, `chain` the references passed.
    """

    key: str
    path: str
    line: int
    name: str
    value: str
    prefix: str
    chain: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A name met on the way: the whole key that was tried, the name as written, and where it stands.

    `depth` counts the values around it. `bound` is None, and `text` empty, where nothing binds the key.
    """

    key: str
    name: str
    place: Place
    depth: int
    bound: Bound | None
    text: str


@dataclass(slots=True, eq=False)
class _Traced(Expansion[Text]):
    """The texts of one root object, with their places."""

    _runs: int = 0
    _passed_over: int = 0

    def begun(self, key: bytes, found: Found) -> Text:
        """A value as it stands in its object."""
        return Text(shown(found.value), ((0, self.place(found)),))

    def names(self, value: Text) -> Sequence[bytes]:
        """The names in a value."""
        if "{" not in value.string:
            return ()
        return [_encoded(name) for name in dict.fromkeys(_listed(value.string))]

    def filled(self, value: Text, values: Mapping[bytes, Text]) -> Text:
        """The value with every name of `values` replaced. Raises: OvergrownError."""
        wanted = {shown(name): inserted for name, inserted in values.items()}
        listed = _listed(value.string)
        self._runs += sum(len(wanted[name].runs) for name in listed if name in wanted)
        size = len(value) + sum(len(wanted[name]) for name in listed if name in wanted)
        if self._runs > MAX_RUNS or size > MAX_TEXT:
            raise OvergrownError
        if any("{" in name for name in listed) or any(_catches(inserted.string, wanted) for inserted in wanted.values()):
            for name in listed:
                if name in wanted:
                    self._passed_over += len(value) + 64 * len(value.runs)
                    self._runs += value.string.count("{" + name + "}") * (2 + len(wanted[name].runs))
                    if self._passed_over > MAX_PASSED_OVER or self._runs > MAX_RUNS:
                        raise OvergrownError
                    value = _replaced(value, name, wanted[name])
            return value
        pieces: list[Text] = []
        done = 0
        for match in _NAME.finditer(value.string, 0, value.string.rfind("}") + 1):
            if match[1] in wanted:
                pieces += (value[done : match.start()], _through(wanted[match[1]], value.place(match.start())))
                done = match.end()
        return joined([*pieces, value[done:]])


@dataclass(slots=True, eq=False)
class Trace:
    """What an object says and where it says it. `uses` are of everything that was asked so far, each name and place once."""

    store: Store
    root: str
    _search: Search = field(init=False)
    _traced: _Traced = field(init=False)
    _bounds: dict[str, Bound | None] = field(default_factory=dict)
    _uses: dict[tuple[str, Place], Use] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._search = Search(self.store)
        self._traced = _Traced(self._search, _encoded(self.root))

    def text(self, key: str) -> Text:
        """The text of a key, empty where nothing binds it."""
        value = self._traced.value(_encoded(key))
        self._walk(key)
        return value if value is not None else Text("")

    def bound(self, key: str) -> Bound | None:
        """What a key, as the root sees it, is bound to."""
        if key not in self._bounds:
            held = self._search.find(_encoded(self.root), _encoded(key))
            self._bounds[key] = self._bound(key, held) if held is not None else None
        return self._bounds[key]

    @property
    def uses(self) -> tuple[Use, ...]:
        """Every name that was met, in the order of the text."""
        return tuple(self._uses.values())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The faults that were met."""
        return (*self._search.findings, *self._traced.findings)

    def _bound(self, key: str, held: Found) -> Bound:
        place = self._traced.place(held)
        prefix = b"".join(reference.scope for reference in held.references())
        return Bound(key, place.path, place.line, shown(held.key), shown(held.value), shown(prefix), place.chain)

    def _walk(self, key: str) -> None:
        """Notes the names in the value of a key and in theirs, each under the innermost scope that binds it."""
        waiting = [(key, 1)]
        seen: set[str] = set()
        while waiting:
            asked, depth = waiting.pop()
            if asked in seen:
                continue
            seen.add(asked)
            held = self._search.find(_encoded(self.root), _encoded(asked))
            if held is None or b"{" not in held.value:
                continue
            place = self._traced.place(held)
            scopes = [b""]
            for reference in held.references():
                if reference.cut:
                    scopes.append(scopes[-1] + reference.scope)
                    self._search.work += len(scopes[-1]) >> 9
            value = shown(held.value)
            below: list[tuple[str, int]] = []
            for match in _NAME.finditer(value, 0, value.rfind("}") + 1):
                if len(self._uses) >= MAX_USES or self._search.work > MAX_WORK:
                    return
                name = match[1].removesuffix("!!")
                tried = (shown(scope) + name for scope in reversed(scopes))
                full = next((each for each in tried if self.bound(each) is not None), shown(scopes[-1]) + name)
                where = Place(place.path, place.line, place.column + match.start(), place.chain)
                bound = self.bound(full)
                known = self._traced.value(_encoded(full)) if bound is not None else None
                use = Use(full, match[1], where, depth, bound, known.string if known is not None else "")
                self._uses.setdefault((full, where), use)
                if bound is not None:
                    below.append((full, depth + 1))
            waiting += reversed(below)


def _listed(text: str) -> list[str]:
    """The names in a text, in order, none of them looked for after the last `}`."""
    return _NAME.findall(text, 0, text.rfind("}") + 1)


def _catches(inserted: str, wanted: Mapping[str, Text]) -> bool:
    """Whether a text that is put in may have something in it that is replaced in the same pass."""
    if "{" not in inserted and "}" not in inserted:
        return False
    rest = re.sub(r"\{[^{}]+\}", "", inserted)
    return "{" in rest or "}" in rest or any(name in wanted for name in _listed(inserted))


def _replaced(value: Text, name: str, inserted: Text) -> Text:
    here = "{" + name + "}"
    count = value.string.count(here)
    if count * len(inserted) + len(value) > MAX_TEXT:
        raise OvergrownError
    pieces: list[Text] = []
    done = 0
    for _ in range(count):
        at = value.string.index(here, done)
        pieces += (value[done:at], _through(inserted, value.place(at)))
        done = at + len(here)
    return joined([*pieces, value[done:]])


def _through(inserted: Text, use: Place) -> Text:
    """A text that came in through a name: its places have that of the name before their own references."""
    through = (*use.chain, Place(use.path, use.line, use.column))
    if len(through) > MAX_CHAIN:
        return inserted
    known: tuple[Place, ...] | None = None
    chain = through
    runs: list[tuple[int, Place]] = []
    for offset, place in inserted.runs:
        if place.chain is not known:
            known = place.chain
            shared = 0
            while shared < min(len(use.chain), len(known)) and use.chain[shared] == known[shared]:
                shared += 1
            chain = (*through, *known[shared:])[:MAX_CHAIN]
        runs.append((offset, Place(place.path, place.line, place.column, chain)))
    return Text(inserted.string, tuple(runs))


def _encoded(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
