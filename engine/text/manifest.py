"""The manifest of an agreement: `syngraph.yaml` at the top of its folder."""

import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.notations import yaml
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store import MANIFEST, StoreError, Tree, text_of

if TYPE_CHECKING:
    from syngraph.grammar.lexicon import Verb

VERSION = "1"
KEYS = ("syngraph", "title", "branch", "root", "register", "calendar", "free", "verbs")
CALENDAR_KEYS = ("zone", "holidays")


RECORD = "record/"
"""The folder of an agreement that holds what happened, and no rule."""


class ManifestError(TextError):
    """A manifest that is missing or says something that cannot be."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an agreement says of itself.

    `root` is the object that is the agreement's text; `register` the file that names its principals, "" when there is none.
    `zone` is the IANA time zone of its legal days and `holidays` the country (ISO 3166, `PT`, or with a subdivision, `DE-BY`)
    whose public holidays its Business Days leave out, "" for none; `calendar` is where they are named. `free` are paths that
    may change without a decision. `verbs` are those that the text is read with besides the ones that come with syngraph.
    """

    title: str
    root: str
    branch: str = "main"
    register: str = ""
    zone: str = "UTC"
    holidays: str = ""
    free: tuple[str, ...] = ()
    verbs: tuple["Verb", ...] = ()
    place: Place = field(default_factory=lambda: Place(MANIFEST, 1, 1))
    calendar: Place = field(default_factory=lambda: Place(MANIFEST, 1, 1), compare=False)

    def speaking(self) -> AbstractContextManager[None]:
        """A block in which sentences are read and said with the verbs of the agreement."""
        from syngraph.grammar.lexicon import extended, spoken

        return spoken(extended(self.verbs) if self.verbs else None)


def covers(free: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path is among what is free: an entry is a file, or a folder with all in it, with or without a slash behind it.

    >>> [covers(["README.md", "notes"])(path) for path in ("README.md", "notes/a.md", "notes.md")]
    [True, True, False]
    """
    names = frozenset(name.removesuffix("/") for name in free)
    folders = tuple(f"{name}/" for name in names)
    return lambda path: path in names or path.startswith(folders)


def exists(tree: Tree) -> bool:
    """Whether the tree is an agreement. Raises: StoreError where the manifest is there and cannot be read."""
    return MANIFEST in tree.paths()


def load(tree: Tree) -> Manifest:
    """The manifest of a tree.

    Raises: ManifestError, StoreError, YamlError
    """
    try:
        source = text_of(tree, MANIFEST)
    except StoreError as error:
        if error.found != "no such file":
            raise
        raise ManifestError(
            f"no {MANIFEST} in {tree.name}" if tree.paths() else f"nothing in {tree.name}",
            "the manifest of an agreement",
            "start one with `syngraph new`, or name the object to read",
            path=MANIFEST,
        ) from None
    return parse(source)


@lru_cache(maxsize=32)
def parse(source: str) -> Manifest:
    """The manifest in `source`; the latest ones are kept. Raises: ManifestError, YamlError"""
    mapping = yaml.read(source, MANIFEST)
    yaml.known(mapping, KEYS)
    top = mapping.place
    version = mapping.get("syngraph")
    if version is None:
        raise ManifestError("no language version", "the line `syngraph: 1`", "write it as the first line", place=top)
    if (said := yaml.text(version, "syngraph").string) != VERSION:
        raise ManifestError(
            f"language version {said}", f"version {VERSION}", "use a syngraph that reads this version", place=version.place
        )
    calendar = yaml.Mapping(yaml.entries(mapping.get("calendar") or yaml.Mapping((), top), "calendar"), top)
    yaml.known(calendar, CALENDAR_KEYS)
    free = mapping.get("free")
    root = _file(mapping, "root")
    if not root:
        raise ManifestError("no root", "the object that is the text, such as `root: bylaws.md`", place=top)
    return Manifest(
        title=_string(mapping, "title"),
        root=root,
        branch=_string(mapping, "branch") or "main",
        register=_file(mapping, "register"),
        zone=_zone(calendar),
        holidays=_holidays(calendar),
        free=tuple(yaml.text(item, "free").string for item in yaml.items(free, "free")) if free else (),
        verbs=_verbs(mapping.get("verbs")),
        place=top,
        calendar=country.place if (country := calendar.get("holidays")) else top,
    )


def written(manifest: Manifest) -> str:
    """The manifest as text that `parse` reads back."""
    lines = [f"syngraph: {VERSION}"]
    pairs = (("title", manifest.title), ("branch", manifest.branch), ("root", manifest.root), ("register", manifest.register))
    lines += [f"{key}: {yaml.quoted(value)}" for key, value in pairs if value]
    named = (("zone", manifest.zone), ("holidays", manifest.holidays))
    calendar = [f"{key}: {yaml.quoted(value)}" for key, value in named if value]
    lines.append(f"calendar: {{{', '.join(calendar)}}}")
    if manifest.free:
        lines.append(f"free: [{', '.join(map(yaml.quoted, manifest.free))}]")
    if manifest.verbs:
        lines += ["verbs:", *map(_written_verb, manifest.verbs)]
    return "\n".join(lines) + "\n"


def _written_verb(verb: "Verb") -> str:
    from syngraph.grammar.lexicon import default

    forms = [] if verb.base in default().verbs else [f"past: {verb.past}", f"participle: {verb.participle}"]
    forms += [f"noun: [{', '.join(verb.nouns)}]"] if verb.nouns else []
    return f"  {verb.base}: {{{', '.join(forms)}}}"


def _string(mapping: yaml.Mapping, key: str) -> str:
    node = mapping.get(key)
    return yaml.text(node, key).string if node else ""


def _verbs(node: yaml.Node | None) -> tuple["Verb", ...]:
    if node is None:
        return ()
    # Most agreements have none, and the lexicon takes a while to load.
    from syngraph.engine.text.verbs import said

    return said(node)


def _file(mapping: yaml.Mapping, key: str) -> str:
    path = _string(mapping, key)
    node = mapping.get(key)
    if node and path and ("\\" in path or any(part in ("", ".", "..") for part in path.split("/"))):
        raise ManifestError(
            f"the path {path}", "a path inside the agreement", "write it from the agreement's folder", place=node.place
        )
    return path


def _zone(calendar: yaml.Mapping) -> str:
    from zoneinfo import ZoneInfo, available_timezones

    node = calendar.get("zone")
    zone = yaml.text(node, "zone").string if node else ""
    if not node or not zone:
        return "UTC"
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        near = yaml.suggestion(zone, tuple(sorted(available_timezones())))
        hint = near if near.startswith("did") else "write it as Europe/Lisbon"
        raise ManifestError(f"the time zone {zone}", "one of the IANA time zones", hint, place=node.place) from None
    return zone


def _holidays(calendar: yaml.Mapping) -> str:
    node = calendar.get("holidays")
    country = yaml.text(node, "holidays").string if node else ""
    if node and country and not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", country):
        raise ManifestError(f"the country {country}", "an ISO 3166 code such as PT or DE-BY", place=node.place)
    return country
