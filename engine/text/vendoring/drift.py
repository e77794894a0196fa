"""What has become different between a copy and its source: here, there, or both."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.notations import markdown
from syngraph.engine.text.store import StoreError, Tree, decoded
from syngraph.engine.text.store.lent import Lender, shareable, spot, stem
from syngraph.engine.text.vendoring.copying import HERE, copied, of_library
from syngraph.engine.text.vendoring.landing import RECORD
from syngraph.engine.text.vendoring.origin import Vendored, all_vendored, vendored

NO_DIGEST = "it states no digest in a line of its own"


class Here(StrEnum):
    """What has become of a copy."""

    SAME = "same"
    CHANGED = "changed"
    MISSTATED = "misstated"
    """It states a digest that fits, but the source never had that text."""


class There(StrEnum):
    """What has become of its source."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    UNKNOWN = "unknown"
    """Nothing of it could be asked."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a source has for a copy.

    `base` is the copy as it was made, None where that is not known; `latest` the copy as it would be made now, None where the
    source no longer has it. `name` says in words what the latest is. `note` says why the source cannot have made such a copy,
    "" where it can.
    """

    name: str
    base: bytes | None
    latest: bytes | None
    changed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lacking:
    """That the source of a copy never had the commit that the copy states; `note` says so in words."""

    note: str


Source = Callable[[Vendored, Mapping[str, Vendored]], Version | Lacking | str | None]
"""What a source has for a copy, given all copies of the agreement; None where it is not the source of that one, and in words
what is wrong where it is but cannot tell."""


@dataclass(frozen=True, slots=True)
class Drift:
    """A copy with what has become of it and of its source. `note` says in words what there is to know, "" for nothing."""

    copy: Vendored
    here: Here
    there: There
    version: Version | None = None
    note: str = ""

    @property
    def differs(self) -> bool:
        """Whether the copy or its source is known to have changed."""
        return self.here is not Here.SAME or self.there in (There.CHANGED, There.GONE)


def drifted(tree: Tree, sources: Iterable[Source]) -> tuple[Drift, ...]:
    """Every copy of an agreement, held against the first of the sources that it is from; by path.

    Raises: StoreError
    """
    copies = all_vendored(tree, f"{RECORD}/")
    known = tuple(sources)
    found = (_drift(copy, copies, known) for _, copy in sorted(copies.items()))
    return tuple(each for each in found if each.copy.claims or each.version is not None)


def library_source(shelf: Mapping[str, bytes]) -> Source:
    """The library as a source: its clauses by name. An object without a digest is its clause where it has the name of one."""

    def ask(copy: Vendored, copies: Mapping[str, Vendored]) -> Version | None:
        if copy.borrowed or copy.fault:
            return None
        name = copy.origin.get("name", "")
        if name not in shelf:
            if not copy.claims:
                return None
            return Version(f"library/{name}", None, None, True)
        latest = of_library(shelf[name])
        said = vendored(latest, name)
        version = said.origin.get("version", "") if said is not None else ""
        other = version != copy.origin.get("version")
        changed = copy.stated != f"sha256:{sha256(shelf[name]).hexdigest()}" if copy.stated else other
        same = changed and not other
        note = f"version {version} of the library's {name} reads otherwise" if same else ""
        return Version(f"library/{name}.md", None if changed else latest, latest, changed, note)

    return ask


def lent_source(lender: Lender, name: str, own: bool = False) -> Source:
    """A repository as a source, at the commit that it stands at; `own` is the one that the agreement itself is in.

    It is the source of copies that name it, and of no others, whichever commits it has: a commit that somebody made here tells
    nothing of what another repository holds.
    """

    def ask(copy: Vendored, copies: Mapping[str, Vendored]) -> Version | Lacking | str | None:
        commit, source = copy.origin.get("commit", ""), copy.origin.get("source", "")
        if not copy.borrowed or copy.fault:
            return None
        known = lender.has(commit)
        if not lends(lender, name, source, own):
            origin = f", whose origin is {lender.url}," if lender.url and lender.url != name else ""
            return f"{name}{origin} has the commit {commit[:10]}, but is not its source {source[:200]}" if known else None
        if not known and lender.shallow:
            return f"{name} has no commit {commit[:10]}, but it is a shallow clone (git fetch --unshallow)"
        if not known:
            lacks = f"{name} has no commit {commit[:10]}"
            return Lacking(lacks) if shareable(source) else lacks
        try:
            return _version(lender, name, copy, copies)
        except TextError as error:
            return f"{error.found} in {name}"

    return ask


def lends(lender: Lender, name: str, source: str, own: bool = False) -> bool:
    """Whether a source that a copy states means a repository: by its URL, or where it states none, by the repository's name."""
    if source == HERE:
        return own
    if shareable(source):
        return bool(lender.url) and spot(source) == spot(lender.url)
    return not own and bool(source) and (source == name or stem(source) in lender.stems)


# -- one copy ----------------------------------------------------------------------------------------------------------


def _drift(copy: Vendored, copies: Mapping[str, Vendored], sources: tuple[Source, ...]) -> Drift:
    here = Here.SAME if copy.unchanged else Here.CHANGED
    if copy.fault:
        return Drift(copy, here, There.UNKNOWN, note=f"it is not read: {copy.fault}")
    unstated = "" if copy.stated else NO_DIGEST
    answers = [found for source in sources if (found := source(copy, copies)) is not None]
    answer = next((found for found in answers if isinstance(found, Version)), None)
    lacks = next((found for found in answers if isinstance(found, Lacking)), None)
    if answer is None and lacks is not None:
        return Drift(copy, Here.MISSTATED if here is Here.SAME else here, There.UNKNOWN, note=lacks.note)
    if answer is None:
        return Drift(copy, here, There.UNKNOWN, note="; ".join([each for each in (unstated, *map(str, answers[:1])) if each]))
    there = There.GONE if answer.latest is None else There.CHANGED if answer.changed else There.SAME
    if answer.note and here is Here.SAME:
        return Drift(copy, Here.MISSTATED, there, answer, answer.note)
    return Drift(copy, here, there, answer, unstated)


def _version(lender: Lender, name: str, copy: Vendored, copies: Mapping[str, Vendored]) -> Version:
    whole = copy.origin.get("path", "")
    then = lender.at(copy.origin["commit"])
    folder = then.agreement(whole)
    was = then.tree().read(whole)
    note = ""
    if copy.origin.get("original") != f"sha256:{sha256(was).hexdigest()}":
        note = f"{name} has other bytes under {whole} in {then.commit[:10]} than the copy states"
    led, wrong = _led(was, copy, copies, folder)
    base = _copied(was, copy, whole, folder, then.commit, led)
    if not note and copy.unchanged and (wrong or base != copy.content):
        note = wrong or f"{name} never had this text under {whole} in {then.commit[:10]}"
    try:
        now = lender.tree().read(whole)
    except StoreError as error:
        if error.found != "no such file":
            raise
        return Version(f"{name}/{whole}", base, None, True, note)
    latest = _copied(now, copy, whole, folder, lender.commit, led)
    return Version(f"{name}/{whole}", base, latest, now != was, note)


def _copied(content: bytes, copy: Vendored, whole: str, folder: str, commit: str, led: Mapping[str, str]) -> bytes:
    path = whole.removeprefix(f"{folder}/") if folder else whole
    return copied(content, path, copy.origin.get("source", ""), commit, whole, lambda each: led.get(each, each))


def _led(was: bytes, copy: Vendored, copies: Mapping[str, Vendored], folder: str) -> tuple[dict[str, str], str]:
    """Where the inclusions of a copy lead, by what they were at its source; and what is wrong with that, "" for nothing."""
    theirs = markdown.read(decoded(was, copy.path), copy.path).includes
    mine = markdown.read(decoded(copy.content, copy.path), copy.path).includes
    if len(theirs) != len(mine):
        return {}, ""
    led = {one.path: other.path for one, other in zip(theirs, mine, strict=True)}
    source = copy.origin.get("source")
    for one, other in led.items():
        said = copies[other].origin if other in copies else {}
        whole = f"{folder}/{one}" if folder else one
        if (said.get("source"), said.get("path")) != (source, whole) or "commit" not in said:
            return led, f"it includes {other}, which is no copy of {whole}"
    return led, ""
