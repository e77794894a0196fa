"""What mends a fault, where that is sure: a name with one letter wrong, a brace that is only a brace, a number that is a link.

Only names and markup are mended, never the words of a sentence. A name is surely a misspelling of another where it is one slip
away from it (a letter too many, too few, another, or two that changed places) and from no other, and where the slip is in
letters: `schedule-1` may well be meant where there is only `schedule-2`. Names of three letters and less are left alone. In an
object that comes in under a prefix nothing is mended, since names there mean something else than they say.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from syngraph.engine.text.document import Document
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.findings import Finding, Replacement
from syngraph.engine.text.inclusion import included
from syngraph.engine.text.notations import front, markdown
from syngraph.engine.text.objects import Draft
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store import Tree, text_of

MAX_FIXES = 200
"""For how many findings of a text a fix is looked for."""

_SECTION = re.compile(r"(?<![\w-])[Ss]ection $")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_TYPED = re.compile(r"\W*(?:(?:section|article|clause|part|chapter|§)\s*)?\d+\b", re.IGNORECASE)
_WORDS = ("#id", ".prose", *(f"{word}=" for word in markdown.ATTRIBUTES))
Fix = tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What fixes need to know of a text: its names, and its objects with the lines of each."""

    ids: frozenset[str]
    fields: frozenset[str]
    roles: frozenset[str]
    numbers: Mapping[str, str]
    lines: Mapping[str, list[str]]
    fronts: Mapping[str, int]
    derived: Mapping[tuple[str, int], str]


def mended(findings: Iterable[Finding], tree: Tree, document: Document, roles: frozenset[str]) -> tuple[Finding, ...]:
    """The findings, those with a fix whose fault can surely be mended. Copies of objects from elsewhere are never mended."""
    found = tuple(findings)
    if not any(finding.code in FIXES for finding in found):
        return found
    known = _known(tree, document, roles)
    made: list[Finding] = []
    count = 0
    for finding in found:
        fix = FIXES.get(finding.code)
        if fix is None or finding.place.path not in known.lines or finding.also or count >= MAX_FIXES:
            made.append(finding)
            continue
        count += 1
        made.append(replace(finding, fix=fix(finding, known)))
    return tuple(made)


# -- the fixes ---------------------------------------------------------------------------------------------------------


def _key(finding: Finding, known: Known) -> Fix:
    """SG101: `{Duse}` where there is only `Dues`; a plural may be another field."""
    words = _words(finding, known)
    name = words[1:-1]
    near = slip(name, known.fields)
    if not near or {name.casefold(), near.casefold()} & {f"{near}s".casefold(), f"{name}s".casefold()}:
        return ()
    return _instead(finding.place, words, f"{{{near}}}")


def _own_id(finding: Finding, known: Known) -> Fix:
    """SG105: the second of two sections gets the id by which it is known already."""
    line = known.lines[finding.place.path][finding.place.line - 1]
    made = known.derived.get((finding.place.path, finding.place.line))
    match = markdown.BRACES.search(line)
    id_ = match and re.search(r"#[^\s}]+", match[0])
    if not made or not match or not id_:
        return ()
    column = match.start() + id_.start() + 1
    return _instead(replace(finding.place, column=column), id_[0], f"#{made}")


def _beside(finding: Finding, known: Known) -> Fix:
    """SG106: `after=deus` where there is only `dues`."""
    words = _words(finding, known)
    if not words:
        line = known.lines[finding.place.path][finding.place.line - 1]
        match = re.compile(r"#?[\w.-]+").match(line, finding.place.column - 1)
        words = match[0] if match else ""
    sign = "#" if words.startswith("#") else ""
    near = slip(words.removeprefix("#"), known.ids)
    return _instead(finding.place, words, sign + near) if near else ()


def _link(finding: Finding, known: Known) -> Fix:
    """SG107: `[](#leavign)` where there is only `leaving`."""
    words = _words(finding, known)
    near = slip(words[1:], known.ids)
    return _instead(finding.place, words, f"#{near}") if words.startswith("#") and near else ()


def _brace(finding: Finding, known: Known) -> Fix:
    """SG110: a single brace gets its backslash, unless a name stands at it that a field has."""
    path, number = finding.place.path, finding.place.line
    words = _words(finding, known)
    if words not in ("{", "}") or number <= known.fronts[path]:
        return ()
    line, at = known.lines[path][number - 1], finding.place.column - 1
    after, before = re.compile(r"\s*([\w.-]+)").match(line, at + 1), re.search(r"([\w.-]+)\s*$", line[:at])
    beside = after if words == "{" else before
    if beside and (beside[1] in known.fields or slip(beside[1], known.fields)):
        return ()
    return _instead(finding.place, words, f"\\{words}")


def _role(finding: Finding, known: Known) -> Fix:
    """SG112: `each=Memebr` where there is only `Member`."""
    words = _words(finding, known)
    near = slip(words, known.roles)
    return _instead(finding.place, words, near) if near else ()


def _word(finding: Finding, known: Known) -> Fix:
    """SG114: `titel:` for `title:`, `befor=` for `before=`: there are few such words."""
    words = _words(finding, known)
    path, number = finding.place.path, finding.place.line
    if number <= known.fronts[path]:
        near = slip(words, front.KEYS) if finding.place.column == 1 else ""
        return _instead(finding.place, words, near) if near else ()
    name = words[: words.find("=") + 1] or words
    near = slip(name, _WORDS)
    line = known.lines[path][number - 1]
    return _instead(finding.place, name, near) if near and near not in line else ()


def _number(finding: Finding, known: Known) -> Fix:
    """SG116: `Section 3` becomes a link to the section that has the number 3, which prints the same."""
    words = _words(finding, known)
    line = known.lines[finding.place.path][finding.place.line - 1]
    before = _SECTION.search(line[: finding.place.column - 1])
    after = line[finding.place.column - 1 + len(words) :]
    if before is None or not _NUMBER.fullmatch(words) or re.match(r"[\w(/%–-]|\.\d|\s*(?:\(|and\b|or\b|to\b|,\s*\d)", after):
        return ()
    if words not in known.numbers or finding.place.chain:
        return ()
    place = replace(finding.place, column=before.start() + 1)
    return _instead(place, before[0] + words, f"[](#{known.numbers[words]})")


FIXES: Mapping[str, Callable[[Finding, Known], Fix]] = {
    "SG101": _key,
    "SG105": _own_id,
    "SG106": _beside,
    "SG107": _link,
    "SG110": _brace,
    "SG112": _role,
    "SG114": _word,
    "SG116": _number,
}
"""The codes of faults that can be mended, where it is sure how."""


def _instead(place: Place, old: str, new: str) -> Fix:
    return (Replacement(replace(place, chain=()), old, new),) if old and old != new else ()


def _words(finding: Finding, known: Known) -> str:
    """What stands where the finding points, "" when that is not in one line."""
    if finding.end_line not in (0, finding.place.line) or not finding.end_column:
        return ""
    return known.lines[finding.place.path][finding.place.line - 1][finding.place.column - 1 : finding.end_column - 1]


# -- names -------------------------------------------------------------------------------------------------------------


def slip(word: str, names: Collection[str]) -> str:
    """The one name that `word` is surely a misspelling of, "" when there is none or it is not sure.

    >>> slip("leavign", ["leaving", "dues"]), slip("schedule-2", ["schedule-1"]), slip("duet", ["dues", "duel"])
    ('leaving', '', '')
    """
    near = [name for name in names if _is_slip(word, name)]
    return near[0] if len(near) == 1 and len(word) > 3 and len(near[0]) > 3 else ""


def _is_slip(word: str, name: str) -> bool:
    if word == name or abs(len(word) - len(name)) > 1:
        return False
    start = 0
    while start < min(len(word), len(name)) and word[start] == name[start]:
        start += 1
    end = 0
    while end < min(len(word), len(name)) - start and word[-1 - end] == name[-1 - end]:
        end += 1
    one, other = word[start : len(word) - end], name[start : len(name) - end]
    if any(character.isdigit() for character in one + other):
        return False
    return (len(one) <= 1 and len(other) <= 1) or (len(one) == len(other) == 2 and one == other[::-1])


# -- what is known -----------------------------------------------------------------------------------------------------


def _known(tree: Tree, document: Document, roles: frozenset[str]) -> Known:
    prefixes: dict[str, set[str]] = {}
    sources = {}
    for instance in included(tree, document.path)[0]:
        prefixes.setdefault(instance.source.path, set()).add(instance.prefix)
        sources[instance.source.path] = instance.source
    lines: dict[str, list[str]] = {}
    fronts: dict[str, int] = {}
    derived: dict[tuple[str, int], str] = {}
    for path, source in sources.items():
        if prefixes[path] != {""} or any(name == "digest" for name, _ in source.origin):
            continue
        try:
            lines[path] = text_of(tree, path).split("\n")
        except TextError:
            continue
        fronts[path] = _front(lines[path])
        derived |= {(path, draft.place.line): draft.id for draft in _walk(source.sections) if draft.derived}
    sections = list(document.walk())
    numbers: dict[str, str] = {section.number: section.id for section in sections if section.number}
    if any(_TYPED.match(section.heading.string) for section in sections):
        # Some headings have numbers of their own: a typed number may be one of those.
        numbers = {}
    ids = frozenset(section.id for section in sections if section.id)
    return Known(ids, frozenset(document.fields), roles, numbers, lines, fronts, derived)


def _front(lines: list[str]) -> int:
    """How many lines the front matter takes up."""
    if lines[0].rstrip() != "---":
        return 0
    return next((number + 1 for number in range(1, len(lines)) if lines[number].rstrip() in ("---", "...")), 0)


def _walk(drafts: Iterable[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        yield draft
        yield from _walk(draft.children)
