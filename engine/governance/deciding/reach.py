"""Which parts of a text a change reaches, and why; and whether it is a mere matter of writing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from syngraph.engine.governance.deciding.roster import RegisterAct, acts
from syngraph.engine.governance.governing import Governing, resolved
from syngraph.engine.governance.meanings import ANYTHING, Meanings, SectionText, form_of
from syngraph.engine.text.store import MANIFEST, StoreError, text_of
from syngraph.engine.text.units import Kind, Name, units


@dataclass(frozen=True, slots=True)
class Touched:
    """A section whose meaning changes, and why, in words (`its own words`, `the definition of Member`).

    `paths` are the sections that it stands in and itself, outermost first, in the text before and, where that is another, in
    the text after.
    """

    section: str
    why: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a change reaches.

    `touched` are sections in the order of the text, those that are new at the end; `acts` of the register; `general` is what
    asks for the rule of the whole text and touches no section (`the title`, `notes.md`), in words.
    """

    touched: tuple[Touched, ...] = ()
    acts: tuple[RegisterAct, ...] = ()
    general: tuple[str, ...] = ()

    @property
    def sections(self) -> tuple[str, ...]:
        """The ids of the sections whose meaning changes."""
        return tuple(each.section for each in self.touched)

    @property
    def nothing(self) -> bool:
        """Whether nothing changes: what is decided is a resolution without a change of text."""
        return not (self.touched or self.acts or self.general)


def reached(before: Governing, after: Governing) -> Reach:
    """What is reached by a change of one text into another."""
    changes = acts(before.register, after.register)
    steady = after
    if changes:
        # Under the register as it was, a change of the text and nothing else shows.
        document = resolved(after.tree, after.manifest.root, before.register)
        steady = Governing(after.tree, after.manifest, before.register, document, after.clauses, after.rules)
    touched = _touched(before.meanings, steady.meanings, _fields(before, steady))
    if changes:
        _emptied(touched, steady, after)
    everything = _everything(before, after)
    if everything:
        for section, path in _paths(before.meanings, after.meanings).items():
            touched.setdefault(section, (path, []))[1].extend(everything)
    return Reach(
        tuple(Touched(section, tuple(dict.fromkeys(why)), paths) for section, (paths, why) in touched.items()),
        changes,
        tuple(_general(before, after, touched, changes)),
    )


_LINK = re.compile(r"\[([^\]]*)\]\(#([\w.:-]+)\)")
_Origins = Mapping[tuple[str, int, int], list[str]]
_Found = dict[str, tuple[tuple[tuple[str, ...], ...], list[str]]]


def _paths(old: Meanings, new: Meanings) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The sections of either text, each with where it stands in the one and the other."""
    return {
        section: tuple(dict.fromkeys(known.path for known in (old.sections.get(section), new.sections.get(section)) if known))
        for section in (*old.sections, *(section for section in new.sections if section not in old.sections))
    }


def _touched(old: Meanings, new: Meanings, fields: _Origins) -> _Found:
    terms = changed_terms(old, new)
    above = {section for section in {*old.above, *new.above} if old.above.get(section) != new.above.get(section)}
    found: _Found = {}
    for section, paths in _paths(old, new).items():
        was, now = old.sections.get(section), new.sections.get(section)
        why: list[str] = []
        if was is None or now is None:
            why.append("it is new" if was is None else "it is gone")
        else:
            why += _different(was, now, fields)
        used = (was.terms if was else frozenset()) | (now.terms if now else frozenset())
        why += [f"the definition of {term}" for term in sorted(used & terms)]
        if any(place in above for path in paths for place in (ANYTHING, *path)):
            why.append("what stands above it")
        if why:
            found[section] = (paths, why)
    return found


def _different(was: SectionText, now: SectionText, fields: _Origins) -> Iterator[str]:
    if was.path != now.path:
        yield "the section that it stands in"
    if was.prose != now.prose:
        yield "whether it binds"
    if was.own != now.own:
        yield "its own words"
    elif was.words != now.words:
        named = {key for origin in was.origins | now.origins for key in fields.get(origin, ())}
        yield from (f"the field {key}" for key in sorted(named))
        if not named:
            yield "what is filled into it"
    if was.typed != now.typed:
        yield "which section a number in it means"
    if was.links != now.links:
        yield "whether there is a section that it names"


def changed_terms(old: Meanings, new: Meanings) -> set[str]:
    """The terms whose meaning changes: their own definition, or that of a term in it."""
    both = {*old.definitions, *new.definitions}
    found = {term for term in both if old.definitions.get(term) != new.definitions.get(term)}
    users: dict[str, set[str]] = {}
    for meanings in (old, new):
        for term, used in meanings.terms_of.items():
            for other in used:
                users.setdefault(other, set()).add(term)
    waiting = list(found)
    while waiting:
        fresh = users.get(waiting.pop(), set()) - found
        found |= fresh
        waiting.extend(fresh)
    return found


def _fields(before: Governing, after: Governing) -> _Origins:
    """The places where the fields are and were written whose value changes, each with the fields."""
    found: dict[tuple[str, int, int], list[str]] = {}
    old, new = before.document.fields, after.document.fields
    for key in {**old, **new}:
        was, now = old.get(key), new.get(key)
        if (was and was.string) != (now and now.string):
            for value in (was, now):
                for _, place in value.runs if value else ():
                    found.setdefault((place.path, place.line, place.column), []).append(key)
    return found


def _emptied(touched: _Found, steady: Governing, after: Governing) -> None:
    """Sections repeated for those who hold a role, of which the register leaves none, or the first: the clause goes or comes.

    One more or one fewer of them is what the text itself says of the role.
    """
    ids = frozenset(principal.id for register in (steady.register, after.register) for principal in register.principals)
    one, other = steady.meanings.sections, after.meanings.sections
    forms = [{form_of(section, ids) for section in sections} for sections in (one, other)]
    for section in {**one, **other}:
        form = form_of(section, ids)
        if (section in one) != (section in other) and (section == form or not all(form in known for known in forms)):
            path = (one.get(section) or other[section]).path
            touched.setdefault(section, ((path,), []))[1].append("for whom it is repeated")


def _everything(before: Governing, after: Governing) -> list[str]:
    old, new = before.manifest, after.manifest
    said = (("register", old.register, new.register), ("branch", old.branch, new.branch), ("verbs", old.verbs, new.verbs))
    return [f"the {name} that the manifest names" for name, was, now in said if was != now]


def _general(before: Governing, after: Governing, touched: _Found, changes: tuple[RegisterAct, ...]) -> Iterator[str]:
    old, new = before.manifest, after.manifest
    named = (
        ("the title", (old.title, before.document.title), (new.title, after.document.title)),
        ("the calendar", (old.zone, old.holidays), (new.zone, new.holidays)),
        ("what is free", old.free, new.free),
    )
    manifest = [name for name, was, now in named if was != now]
    yield from manifest
    one, other = list(before.meanings.sections), list(after.meanings.sections)
    if not changes and [section for section in one if section in after.meanings.sections] != [
        section for section in other if section in before.meanings.sections
    ]:
        yield "the order of the sections"
    closures = {*before.document.closure, *after.document.closure}
    reached_in = {
        path
        for meanings in (before.meanings, after.meanings)
        for section in touched
        if section in meanings.sections
        for path, _, _ in meanings.sections[section].origins
    }
    for path in sorted({*before.governed, *after.governed}):
        if _content(before, path) == _content(after, path):
            continue
        if path == MANIFEST and (manifest or _everything(before, after) or old.root != new.root):
            continue
        if path in (old.register, new.register) and changes:
            continue
        if path in closures:
            unseen = hidden(before, after, path)
            yield from unseen
            if unseen or path in reached_in:
                continue
        yield path


def hidden(before: Governing, after: Governing, path: str) -> tuple[str, ...]:
    """What changes in a file of the text and is shown by no section, before or after, in words.

    That is a section kept out by `when`, `omit` or another one of its name, a field that nothing fills in, and a file that
    cannot be cut into such units; how their lines are broken does not matter.
    """
    one, other = _units(before, path), _units(after, path)
    found: list[str] = []
    for name in {**one, **other}:
        was, now = one.get(name), other.get(name)
        if (was and was.words) != (now and now.words) and not any(each is not None and each.shown for each in (was, now)):
            kind, key = name
            what = f"the {kind} #{key}" if kind is Kind.SECTION and key else f"the {kind} {key}".rstrip()
            found.append(f"{what} of {path}, which is not shown")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A unit as it is compared, and whether a section shows something of it."""

    words: str
    shown: bool


_COMPARED = (Kind.SECTION, Kind.FIELD, Kind.FILE)


def _units(governing: Governing, path: str) -> dict[Name, _Piece]:
    if path not in governing.document.closure or _content(governing, path) is None:
        return {}
    lines = governing.meanings.lines.get(path, frozenset())
    found: dict[Name, _Piece] = {}
    line = 1
    for unit in units(text_of(governing.tree, path), path):
        after = line + unit.text.count("\n")
        if unit.kind in _COMPARED:
            shown = unit.kind is not Kind.FILE and any(each in lines for each in range(line, max(after, line + 1)))
            found[unit.name] = _Piece(" ".join(unit.text.split()), shown)
        line = after
    return found


def _content(governing: Governing, path: str) -> bytes | None:
    try:
        return governing.tree.read(path)
    except StoreError:
        return None


# -- what is a matter of writing ---------------------------------------------------------------------------------------


def clerical(before: Governing, after: Governing) -> bool:
    """Whether two texts have the same rules and print the same: then only ids, spacing and the like differ.

    The manifest and the register have to be the same to the byte, and so has every file that is no part of the text. So have,
    but for how their lines are broken, the sections and fields that are not shown now, since they may be one day.
    """
    if set(before.document.closure) != set(after.document.closure) or before.governed != after.governed:
        return False
    apart = [path for path in before.governed if path not in before.document.closure]
    if any(before.tree.read(path) != after.tree.read(path) for path in apart):
        return False
    if any(hidden(before, after, path) for path in before.document.closure):
        return False
    return _printed(before) == _printed(after) and _rules(before) == _rules(after)


def _printed(governing: Governing) -> list[tuple[object, ...]]:
    numbers = _numbers(governing)
    walked = zip(governing.document.walk(), governing.meanings.sections.values(), strict=False)
    return [
        (governing.document.title,),
        *((section.number, section.level, said.prose, _plain(said.words, numbers)) for section, said in walked),
    ]


def _rules(governing: Governing) -> list[tuple[str, str]]:
    from syngraph.grammar.unparse import unparse

    numbers = _numbers(governing)
    return [(placed.clause.number, _plain(unparse(placed.rule), numbers)) for placed in governing.rules]


def _numbers(governing: Governing) -> Mapping[str, str]:
    return {section.id: section.number for section in governing.document.walk()}


def _plain(text: str, numbers: Mapping[str, str]) -> str:
    """A text with the number of each section that it links to in place of its id."""
    return _LINK.sub(lambda match: f"[{match[1]}]({numbers.get(match[2], '')})", text)
