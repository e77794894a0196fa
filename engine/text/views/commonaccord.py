"""The views of an object of a CommonAccord store.

Keys are as the root sees them: the prefixes passed on the way, and the name in the object. What is open is told under the
longest of the keys that were tried, which is the one that fills in just that place.
"""

import re
from collections.abc import Iterator

from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.notations.commonaccord import ROOT as ROOT
from syngraph.engine.text.notations.commonaccord.records import Records, Reference
from syngraph.engine.text.notations.commonaccord.search import shown
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.notations.commonaccord.tracing import Bound, Trace, Use
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store import nearest
from syngraph.engine.text.views.inclusions import mapped
from syngraph.engine.text.views.origins import Origins, Value, bare
from syngraph.engine.text.views.rendering import cut, kept
from syngraph.engine.text.views.shown import (
    MAX_KEYS,
    MAX_LOST,
    MAX_USES,
    Entry,
    Given,
    Kind,
    Link,
    Lost,
    Map,
    Missing,
    Open,
    Source,
    State,
    Target,
    Traced,
    Why,
    Xray,
    brief,
)

MAX_SUGGESTIONS = 20
MAX_VISITS = 10_000
MAX_WAITING = 100_000
_NAME = re.compile(r"\{([^}]+)\}")
_FALSY = (b"", b"0")


def records_of(store: Store, path: str) -> Records:
    """The object at a path. Raises: StoreError where there is none."""
    records = store.records(_bytes(path))
    if records is None:
        raise StoreError("no such object", f"an object of {store.tree.name}", nearest(path, store.tree), path)
    return records


# -- source and map ----------------------------------------------------------------------------------------------------


def source(store: Store, path: str) -> Source:
    """An object as it was written. Raises: StoreError where there is none."""
    records = records_of(store, path)
    links = _Links(store)(path)
    references = {(link.place.line, link.prefix) for link in links}
    entries = (
        Entry(Kind.KEY, shown(each.key), shown(each.value), Place(path, each.line, each.column))
        for each in records.all()
        if (each.line, shown(each.key)) not in references
    )
    lines = records.lines()
    return Source(path, tuple(lines[:-1] if lines[-1:] == [""] else lines), tuple(entries), links)


def inclusions(store: Store, root: str) -> Map:
    """What an object refers to, and what that refers to, each object once. Raises: StoreError where there is none."""
    records_of(store, root)
    return mapped(root, _Links(store))


class _Links:
    """The references of objects, with what they lead to."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.suggested = 0

    def __call__(self, path: str) -> tuple[Link, ...]:
        """The references of the object at a path, in the order of its lines."""
        records = self.store.records(_bytes(path))
        return tuple(self.link(path, records, each) for each in records.references) if records is not None else ()

    def link(self, path: str, records: Records, reference: Reference) -> Link:
        """A reference, and what it leads to."""
        place = Place(path, *records.place(reference))
        target, prefix = shown(reference.path), shown(reference.prefix)
        there = self.store.records(reference.path) is not None
        if reference.path in self.store.faults:
            return Link(target, prefix, place, Target.REFUSED, f"it {self.store.faults[reference.path]}")
        if there:
            return Link(target, prefix, place, Target.THERE)
        self.suggested += 1
        said = nearest(target, self.store.tree) if self.suggested <= MAX_SUGGESTIONS else ""
        return Link(target, prefix, place, Target.MISSING, said)


# -- missing -----------------------------------------------------------------------------------------------------------


def missing(trace: Trace, key: str = ROOT) -> Missing:
    """The names that are left in the text of a key, each once for each scope in which it is open."""
    text = trace.text(key)
    origins = Origins(_values(trace))
    unbound = {(use.place.chain, bare(use.place)): use.key for use in trace.uses if use.bound is None}
    asked: dict[str, dict[Place, None]] = {}
    names: dict[str, str] = {}
    for match in _NAME.finditer(text.string):
        place = text.place(match.start())
        within = origins.of(place.chain).chain
        full = unbound.get((within, bare(place)), match[1])
        names.setdefault(full, match[1])
        asked.setdefault(full, {})[Place(place.path, place.line, place.column, within)] = None
    found = [Open(full, names[full], State.OPEN, tuple(places)[:MAX_USES], len(places)) for full, places in asked.items()]
    return Missing(trace.root, tuple(found[:MAX_KEYS]), max(len(found) - MAX_KEYS, 0))


# -- trace -------------------------------------------------------------------------------------------------------------


def trace(of: Trace, key: str = "", root: str = ROOT) -> Traced:
    """Where every key came from that the text of `root` asks for.

    With a `key` only that one, and with it every record that was overridden.
    """
    unbound = missing(of, root)
    text = of.text(key or root)
    mentions: dict[str, list[Use]] = {}
    for use in of.uses:
        if use.bound is not None:
            mentions.setdefault(use.key, []).append(use)
    bound = {root: of.bound(root)} if not key else {key: of.bound(key)}
    if not key:
        bound |= {full: uses[0].bound for full, uses in mentions.items()}
    rows = [(full, each) for full, each in bound.items() if each is not None]
    given = []
    for full, each in rows[:MAX_KEYS]:
        uses = mentions.get(full, [])
        lost = tuple(_lost(of, full)) if key else ()
        said = text.string if full == (key or root) else uses[0].text
        whole = _given(of.store, each, said, uses, lost)
        given.append(whole if key else brief(whole))
    more = max(len(rows) - MAX_KEYS, 0) + unbound.more
    return Traced(of.root, tuple(given), tuple(each for each in unbound.keys if not key or each.key == key), more)


def _given(store: Store, bound: Bound, text: str, uses: list[Use], lost: tuple[Lost, ...]) -> Given:
    records = store.records(_bytes(bound.path))
    record = records.record(_bytes(bound.name)) if records is not None else None
    return Given(
        Kind.KEY,
        bound.key,
        bound.name,
        Place(bound.path, bound.line, record.column if record is not None else 1, bound.chain),
        bound.prefix,
        bound.value,
        text,
        asked=tuple(use.place for use in uses[:MAX_USES]),
        uses=len(uses),
        lost=lost[:MAX_LOST],
        overridden=len(lost),
    )


def _lost(of: Trace, key: str) -> Iterator[Lost]:
    """The records that could have been found for a key and were not, in the order in which a search would come to them.

    An object is looked into once for each key that it is asked for.
    """
    root = _bytes(of.root)
    seen: set[tuple[bytes, bytes]] = set()
    stack: list[tuple[bytes, bytes, bytes, tuple[Place, ...], bool]] = [(root, _bytes(key), b"", (), False)]
    won = False
    waited = 0
    while stack and len(seen) < MAX_VISITS:
        path, asked, prefix, chain, below = stack.pop()
        records = of.store.records(path)
        if records is None or (path, asked) in seen:
            continue
        seen.add((path, asked))
        own = records.get(asked)
        if own is not None:
            why = Why.FALSY if own in _FALSY else Why.INCLUDED if below else Why.EARLIER if won else None
            for count, (line, column, value) in enumerate(_lines(records, asked)):
                if count or why is not None:
                    reason = why if why is not None and not count else Why.SAME_OBJECT
                    yield Lost(Kind.KEY, Place(shown(path), line, column, chain), shown(prefix), value, reason)
            won = won or why is None
        ahead = []
        for reference in records.matching(asked):
            following = (reference.path, reference.rest(asked))
            if following not in seen and waited < MAX_WAITING:
                waited += 1
                place = Place(shown(path), *records.place(reference))
                ahead.append((*following, prefix + reference.scope, (*chain, place), below or own is not None))
        stack += reversed(ahead)


def _lines(records: Records, key: bytes) -> Iterator[tuple[int, int, str]]:
    """The lines that have a key, with the place and the text of the value; the first is the one that counts."""
    first = records.record(key)
    if first is None:
        return
    yield first.line, first.column, shown(first.value)
    wanted = re.compile(re.escape(shown(key)) + r"[ \t\r\f\v]*=[ \t\r\f\v]*")
    for number, line in enumerate(records.lines(), 1):
        if number > first.line and (match := wanted.match(line)):
            yield number, match.end() + 1, line[match.end() :]


# -- xray --------------------------------------------------------------------------------------------------------------


def xray(of: Trace, key: str = ROOT) -> Xray | None:
    """The text of a key in pieces; None where nothing binds the key."""
    held = of.bound(key)
    if held is None:
        return None
    text = of.text(key)
    origins = Origins(_values(of))
    bounds = {use.key: use.bound for use in of.uses if use.bound is not None}
    by_line = {(bound.path, bound.line): full for full, bound in bounds.items()}

    def said(place: Place) -> str:
        full = origins.of(place.chain).key or key
        bound = bounds.get(full, held)
        return full if (bound.path, bound.line) == (place.path, place.line) else by_line.get((place.path, place.line), full)

    pieces, more = kept(cut(text, (), said))
    return Xray(of.root, of.root, pieces, more)


def _values(of: Trace) -> dict[tuple[tuple[Place, ...], Place], Value]:
    return {(use.place.chain, bare(use.place)): Value(use.key, use.bound.chain) for use in of.uses if use.bound is not None}


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
