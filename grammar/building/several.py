"""Several acts of one modal (`shall keep the Register and give each Member a copy`), each with what belongs to it."""

import re

from syngraph.grammar import lexicon
from syngraph.grammar.building.parts import joined
from syngraph.grammar.chunks.modals import Modal
from syngraph.grammar.chunks.scanner import Chunk, DoubtError, MisfitError, made
from syngraph.grammar.phrases.nouns import gerund
from syngraph.grammar.saying.phrasing import lowered

_LONG = 600
"""Characters of the longest words in which several acts are looked for."""
_MANY = 12
"""Acts that one modal may have."""
_DETERMINER = r"(?:the|an?|its|his|her|their|all|any|each|every|this|such|these|those|no|one|another)"
_ADVERB = r"(?:(?:also|then|[a-z]+ly)\s)?"
_NEXT = re.compile(
    rf"(?:^|(?P<comma>,)?\s)(?P<joint>and|or)\s{_ADVERB}(?P<verb>[a-z]+)\s(?={_DETERMINER}\s|(?:that|whether|them|it|him|her|themselves)(?!\w))"
)
_PRONOUN = re.compile(r"[a-z]+\s(?:it|them|him|her|this|these)(?:\s(?:to|with|on|in|at|from)\s.+)?$")
_TURNS = re.compile(
    rf"\b(?:who|which|that|whether|how|what|where)\b|\bto\s(?!{_DETERMINER}\s|[A-Z]|meetings?\b)|[,;]|\sor\s|\bbetween\b"
)
"""What may take the second verb for itself: a relative clause, an infinitive, a list."""
_SHARED = re.compile(
    rf"{_ADVERB}(?P<verbs>[a-z]+(?:,\s[a-z]+){{0,4}},?\s(?P<joint>and|or)\s[a-z]+)\s(?P<what>(?!(?:to|of|on|in|at|for|from|by|with|as|and|or|upon|about|over|under|"
    r"that|whether|not|nor|into|within|be|if|when|against|towards?)\s)[\w“\"(€$£].*)$"
)
_ALONE = {
    "meet", "convene", "act", "vote", "attend", "respond", "appear", "smoke", "sleep", "cook", "park", "sing", "dance", "camp",
    "swim", "drink", "eat", "speak", "live", "reside", "work", "resign", "gamble", "trade", "compete", "trespass", "loiter",
}  # fmt: skip
"""Verbs that take no object of their own."""
_PIECES = re.compile(r",\s(?:(?:and|or)\s)?")
_FIRST = re.compile(rf"{_ADVERB}(?P<verb>[a-z]+)\s(?P<next>\S+)")
_GERUND = re.compile(rf"(?P<adverb>{_ADVERB})(?P<verb>[a-z]+ing)(?=\s|$)")
_NEXT_GERUND = re.compile(r"(?:^|(?P<comma>,)?\s)(?P<joint>and|or)\s(?P<verb>[a-z]+ing)\s(?!of\s)")


def acts(subject: Chunk, modal_chunk: Chunk, items: list[Chunk]) -> list[list[Chunk]]:
    """What stands beside a modal, once for each of its acts; all of it once where there is one act, or where it is not sure.

    What is said before the acts belongs to all of them, what is said after one and before the next to that one.

    Raises: DoubtError where a time or condition at the end could belong to the last act or to all; MisfitError where both of
    two acts together are denied.
    """
    modal: Modal = modal_chunk.meaning
    first = next((index for index, chunk in enumerate(items) if chunk.type == "TEXT"), None)
    if modal.participle or first is None or sum(len(chunk) for chunk in items) > _LONG:
        return [items]
    if str(modal_chunk).endswith(" of"):
        cut = _cut(items, first, _NEXT_GERUND)
        return _placed(subject, modal_chunk, items[:first], [_plain(part) for _, part in cut])
    denied = modal.negated or re.match(r"(?:No|Neither)\s", subject, re.IGNORECASE) is not None
    apart = "or" if denied else "and"
    if shared := _SHARED.match(items[first]):
        verbs = re.split(r",?\s(?:and|or)\s|,\s", shared["verbs"])
        if all(verb in lexicon.current().verbs for verb in verbs):
            if denied and shared["joint"] != apart:
                at = (items[first].start_pos or 0) + items[first].index(" and ") + 1
                raise MisfitError(at, "and", ("`or`, where neither is to be done",))
            if modal.may or shared["joint"] == apart:
                return _shared(items, first, verbs, shared)
    if any(chunk.type in ("VOTE", "ALSO", "OR_VOTE", "NOTICE", "AGENT", "PER", "CAP") for chunk in items):
        return [items]
    found = _cut(items, first, _NEXT)
    joints = {joint for joint, _ in found[1:]}
    if len(found) < 2 or len(found) > _MANY or len(joints) > 1 or not ((modal.may and not denied) or joints == {apart}):
        return [items]
    return _placed(subject, modal_chunk, items[:first], [part for _, part in found])


def _plain(part: list[Chunk]) -> list[Chunk]:
    """An act after `the option of`, its gerund in the base form."""
    verb = _GERUND.match(part[0]) if part and part[0].type == "TEXT" else None
    base = gerund(verb["verb"]) if verb else ""
    if verb is None or not base:
        at = part[0] if part else made("TEXT", "", 0, None)
        raise MisfitError(at.start_pos or 0, str(at).partition(" ")[0], ("what is to be done",))
    return [made("TEXT", f"{verb['adverb']}{base}{part[0][verb.end() :]}", part[0].start_pos or 0, None), *part[1:]]


def _shared(items: list[Chunk], first: int, verbs: list[str], shared: re.Match[str]) -> list[list[Chunk]]:
    start = items[first].start_pos or 0
    found: list[list[Chunk]] = []
    for verb in verbs:
        text = verb if verb in _ALONE and verb != verbs[-1] else f"{verb} {shared['what']}"
        adverb = shared[0][: shared.start("verbs") - shared.start()]
        found.append([*items[:first], made("TEXT", adverb + text, start, None), *items[first + 1 :]])
    return found


def _cut(items: list[Chunk], first: int, joined_by: re.Pattern[str]) -> list[tuple[str, list[Chunk]]]:
    """The acts from the first words on: with what each is joined, and its chunks."""
    found: list[tuple[str, list[Chunk]]] = [("", [])]
    for index, chunk in enumerate(items[first:]):
        pieces = _pieces(chunk, joined_by, begins=index > 0) if chunk.type == "TEXT" else []
        if not pieces:
            found[-1][1].append(chunk)
            continue
        for joint, piece in pieces:
            if joint:
                if found[-1][1] and found[-1][1][-1].type == "COMMA":
                    found[-1][1].pop()
                found.append((joint, []))
            found[-1][1].append(piece)
    return found


def _pieces(chunk: Chunk, joined_by: re.Pattern[str], *, begins: bool) -> list[tuple[str, Chunk]]:
    """The acts in words, each with the word that joins it to the one before; none where the words are of one act."""
    text, start, verbs = str(chunk), chunk.start_pos or 0, lexicon.current().verbs
    if listed := _listed(text):
        joint, spans = listed
        return [(joint if at else "", made("TEXT", text[at:end], start + at, None)) for at, end in spans]
    found: list[tuple[str, Chunk]] = []
    at, joint = 0, ""
    for match in joined_by.finditer(text):
        head = text[at : match.start()]
        known = match["verb"] in verbs if joined_by is _NEXT else gerund(match["verb"])
        if not known or (head.strip() and (" " not in head.strip() or _TURNS.search(head))):
            continue
        if not head.strip() and not (begins and match.start() == 0):
            continue
        if head.strip():
            found.append((joint, made("TEXT", head.strip(), start + at, None)))
        joint, at = match["joint"], match.end("joint") + 1
    return [*found, (joint, made("TEXT", text[at:], start + at, None))] if at else []


def _listed(text: str) -> tuple[str, list[tuple[int, int]]] | None:
    """The acts of a list with commas (`keep the Register, answer letters, and publish it`), None for any other words."""
    commas = list(_PIECES.finditer(text))
    if len(commas) < 2 or not commas[-1][0].endswith(("and ", "or ")) or any(c[0] != ", " for c in commas[:-1]):
        return None
    verbs, nouns = lexicon.current().verbs, lexicon.current().nouns
    spans = list(zip([0, *(c.end() for c in commas)], [*(c.start() for c in commas), len(text)], strict=True))
    sure = False
    for at, end in spans:
        match = _FIRST.match(text, at, end)
        if match is None or match["verb"] not in verbs:
            return None
        sure = sure or (at > 0 and (re.fullmatch(_DETERMINER, match["next"]) is not None or match["verb"] not in nouns))
    return (commas[-1][0].split()[-1], spans) if sure else None


def _placed(subject: Chunk, modal_chunk: Chunk, before: list[Chunk], parts: list[list[Chunk]]) -> list[list[Chunk]]:
    """The acts with what is said before them all, and what is said after them where it is sure whose that is."""
    last = parts[-1]
    end = next((index for index, chunk in enumerate(last) if chunk.type not in ("TEXT", "COMMA")), len(last))
    tail = last[end:]
    if tail and end and last[end - 1].type == "COMMA" and all(chunk.type in ("COND", "COMMA") for chunk in tail):
        # After a comma, a condition is one of the whole clause.
        parts = [*(part + tail for part in parts[:-1]), last]
    elif tail and not _PRONOUN.match(joined(last[:end])):
        when = " ".join(str(chunk) for chunk in tail if chunk.type != "COMMA")
        said = [f"{modal_chunk} {joined([chunk for chunk in part if chunk.type != 'COMMA'])}" for part in parts]
        all_of = [*said[:-1], f"{modal_chunk} {joined(last[:end])}"]
        whole = f"{when[0].upper()}{when[1:]}, {lowered(str(subject))} {' and '.join(all_of)}."
        apart = f"{subject} {' and '.join(said)}."
        start = tail[0].start_pos or 0
        raise DoubtError(start, (tail[-1].start_pos or 0) + len(tail[-1]), (whole, apart))
    return [[*before, *part] for part in parts]
