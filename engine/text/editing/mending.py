"""Faults mended: the fixes of findings carried out on the files they stand in, as far as they do no harm."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from syngraph.engine.text.editing.edits import Edit, EditError, applied
from syngraph.engine.text.findings import Finding

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is found in a text, and what it says (`saying.said`)."""

    findings: Sequence[Finding]
    said: Hashable


Look = Callable[[Texts], Seen]
"""What is seen of a text in which these files have these contents."""


@dataclass(frozen=True, slots=True)
class Mended:
    """The files that change, with their new text; the findings that are gone, and those that remain."""

    texts: Texts
    gone: tuple[Finding, ...]
    left: tuple[Finding, ...]


def edits(findings: Iterable[Finding], texts: Texts) -> dict[str, list[Edit]]:
    """The fixes of findings as edits of the texts, by the code of the finding; none where its words do not stand there."""
    starts: dict[str, list[int]] = {}
    made: dict[str, list[Edit]] = {}
    for finding in findings:
        for each in finding.fix:
            path = each.place.path
            text = texts.get(path, "")
            if path not in starts:
                starts[path] = [*accumulate((len(line) + 1 for line in text.split("\n")), initial=0)]
            if each.place.line >= len(starts[path]):
                continue
            start = starts[path][each.place.line - 1] + each.place.column - 1
            if text.startswith(each.old, start):
                made.setdefault(finding.code, []).append(Edit(path, start, start + len(each.old), each.new))
    return made


def mend(seen: Seen, texts: Texts, look: Look) -> Mended:
    """Carries out the fixes that the findings have, and looks at the text again.

    Fixes after which the text says something else, or has a fault that was not there before, are not carried out: all of the
    same code go together. What a first round brings to light is mended in a second.
    """
    found = first = tuple(seen.findings)
    now = dict(texts)
    for _ in range(ROUNDS):
        later = _round(found, now, look, seen.said)
        if later is None:
            break
        now, found = later
    changed = {path: text for path, text in now.items() if text != texts.get(path)}
    remaining = Counter(map(_name, found))
    gone: list[Finding] = []
    for finding in first:
        if remaining[_name(finding)]:
            remaining[_name(finding)] -= 1
        else:
            gone.append(finding)
    return Mended(changed, tuple(gone), found)


ROUNDS = 3
"""How often a text is looked at again."""


def _round(
    found: tuple[Finding, ...], now: dict[str, str], look: Look, said: Hashable
) -> tuple[dict[str, str], tuple[Finding, ...]] | None:
    """The texts after the fixes and what is found in them; None where none can be carried out."""
    groups = edits(found, now)
    together = _tried([each for group in groups.values() for each in group], found, now, look, said)
    if together is not None:
        return together
    changed = False
    for group in groups.values():
        # One kind of fault after the other: the places of edits hold only for the text that they were made for.
        alone = None if changed else _tried(group, found, now, look, said)
        if alone is not None:
            now, found, changed = *alone, True
    return (now, found) if changed else None


def _tried(
    wanted: Sequence[Edit], found: tuple[Finding, ...], now: dict[str, str], look: Look, said: Hashable
) -> tuple[dict[str, str], tuple[Finding, ...]] | None:
    if not wanted:
        return None
    try:
        later = {**now, **applied(now, wanted)}
    except EditError:
        return None
    seen = look(later)
    left = tuple(seen.findings)
    return None if seen.said != said or Counter(map(_name, left)) - Counter(map(_name, found)) else (later, left)


def _name(finding: Finding) -> tuple[str, str, int]:
    """What a finding is known by when the words around it have changed: fixes never move a line."""
    return finding.code, finding.place.path, finding.place.line
