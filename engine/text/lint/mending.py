"""What mends a fault where nothing can change by it: neither what the text says nor who is bound.

A name that nothing has may be that of another: `{Employee}` is no slip for `{Employer}`, and `omit: [leavign]` leaves nothing
out as long as it stands. Such names are for people; only what they might mean is suggested. Mended are a link that has the one
id there is in other letters (`#Leaving_Early` for `leaving-early`), a brace that is only a brace, and a number that is a link.
In an object that comes in under a prefix nothing is mended, since names there mean something else than they say.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from syngraph.engine.text.document import Document
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.findings import Finding, Replacement
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.resolving.inclusion import included
from syngraph.engine.text.store import Tree, text_of

MAX_FIXES = 200
"""For how many findings of a text a fix is looked for."""

_SECTION = re.compile(r"(?<![\w-])[Ss]ection $")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_TYPED = re.compile(r"\W*(?:(?:section|article|clause|part|chapter|§)\s*)?\d+\b", re.IGNORECASE)
_MORE = re.compile(r"[\w(/%–\]-]|\.\d|\s*(?:\(|and\b|or\b|to\b|,\s*\d)|,?\s+(?:of|in|under|thereof)\b", re.IGNORECASE)
"""What stands behind a number that is not by itself that of a section of this text."""
_ELSEWHERE = re.compile(r"\b(?:act|code|contract|law|lease|schedule|annex|appendix|regulation|statute|treaty)\b", re.IGNORECASE)
Fix = tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What fixes need to know of a text: its names, and its objects with the lines of each."""

    spelt: Mapping[str, str]
    fields: frozenset[str]
    numbers: Mapping[str, str]
    lines: Mapping[str, list[str]]
    fronts: Mapping[str, int]


def mended(findings: Iterable[Finding], tree: Tree, document: Document) -> tuple[Finding, ...]:
    """The findings, with a fix where one changes nothing that is said; objects from elsewhere have none."""
    found = tuple(findings)
    if not any(finding.code in FIXES for finding in found):
        return found
    known = _known(tree, document)
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


def _link(finding: Finding, known: Known) -> Fix:
    """SG107: `[](#Leaving_Early)` where there is only `leaving-early`."""
    words = _words(finding, known)
    id_ = known.spelt.get(spelling(words[1:]), "") if words.startswith("#") else ""
    if not id_ or "`" in _line(finding, known):
        return ()
    return _instead(finding.place, words, f"#{id_}")


def _brace(finding: Finding, known: Known) -> Fix:
    """SG110: a single brace gets its backslash, unless a name stands close to it, or one that a field has beside it."""
    words = _words(finding, known)
    if words not in ("{", "}") or finding.place.line <= known.fronts[finding.place.path]:
        return ()
    line, at = _line(finding, known), finding.place.column - 1
    after, before = re.compile(r"(\s*)([\w.-]+)").match(line, at + 1), re.search(r"([\w.-]+)(\s*)$", line[:at])
    blank, name = (
        (after[1], after[2]) if words == "{" and after else (before[2], before[1]) if words == "}" and before else (" ", "")
    )
    if not blank or name in known.fields:
        return ()
    return _instead(finding.place, words, f"\\{words}")


def _number(finding: Finding, known: Known) -> Fix:
    """SG116: `Section 3` becomes a link to the section that has the number 3, which prints the same."""
    words, line = _words(finding, known), _line(finding, known)
    before = _SECTION.search(line[: finding.place.column - 1])
    if before is None or not _NUMBER.fullmatch(words) or words not in known.numbers or finding.place.chain:
        return ()
    ahead = line[: before.start()]
    if "`" in line or ahead.count("[") != ahead.count("]") or _ELSEWHERE.search(ahead[-40:]):
        return ()
    if _MORE.match(line, finding.place.column - 1 + len(words)):
        return ()
    place = replace(finding.place, column=before.start() + 1)
    return _instead(place, before[0] + words, f"[](#{known.numbers[words]})")


FIXES: Mapping[str, Callable[[Finding, Known], Fix]] = {"SG107": _link, "SG110": _brace, "SG116": _number}
"""The codes of faults that can be mended, where nothing changes by it."""


def _instead(place: Place, old: str, new: str) -> Fix:
    return (Replacement(replace(place, chain=()), old, new),) if old and old != new else ()


def _words(finding: Finding, known: Known) -> str:
    """What stands where the finding points, "" when that is not in one line."""
    if finding.end_line not in (0, finding.place.line) or not finding.end_column:
        return ""
    return known.lines[finding.place.path][finding.place.line - 1][finding.place.column - 1 : finding.end_column - 1]


def _line(finding: Finding, known: Known) -> str:
    return known.lines[finding.place.path][finding.place.line - 1]


def spelling(id_: str) -> str:
    """What ids have in common that differ only in capitals, `-`, `_` and `.`; these never make two parties of one.

    >>> spelling("Leaving_Early"), spelling("leaving-early"), spelling("leaving")
    ('leaving-early', 'leaving-early', 'leaving')
    """
    return re.sub(r"[\W_]+", "-", id_.casefold()).strip("-")


# -- what is known -----------------------------------------------------------------------------------------------------


def _known(tree: Tree, document: Document) -> Known:
    prefixes: dict[str, set[str]] = {}
    sources = {}
    for instance in included(tree, document.path)[0]:
        prefixes.setdefault(instance.source.path, set()).add(instance.prefix)
        sources[instance.source.path] = instance.source
    lines: dict[str, list[str]] = {}
    fronts: dict[str, int] = {}
    for path, source in sources.items():
        if prefixes[path] != {""} or any(name == "digest" for name, _ in source.origin):
            continue
        try:
            lines[path] = text_of(tree, path).split("\n")
        except TextError:
            continue
        fronts[path] = _front(lines[path])
    sections = list(document.walk())
    numbers: dict[str, str] = {section.number: section.id for section in sections if section.number}
    if any(_TYPED.match(section.heading.string) for section in sections):
        # Some headings have numbers of their own: a typed number may be one of those.
        numbers = {}
    return Known(spelt(document), frozenset(document.fields), numbers, lines, fronts)


def spelt(document: Document) -> dict[str, str]:
    """The ids of a text by their spelling, as far as only one has it."""
    ids = [section.id for section in document.walk() if section.id]
    counts = Counter(map(spelling, ids))
    return {spelling(id_): id_ for id_ in ids if spelling(id_) and counts[spelling(id_)] == 1}


def _front(lines: list[str]) -> int:
    """How many lines the front matter takes up."""
    if lines[0].rstrip() != "---":
        return 0
    return next((number + 1 for number in range(1, len(lines)) if lines[number].rstrip() in ("---", "...")), 0)
