"""How often a right may be used (`may once extend the term`, `may extend it up to three times`)."""

import re

from syngraph.grammar.chunks.scanner import Chunk, made
from syngraph.grammar.phrases.numbers import NUMBER

_COUNT = rf"(?:once|twice|(?ai:{NUMBER})\stimes)"
_SAID = rf"(?:(?:only|up\sto|at\smost|(?:no|not)\smore\sthan|a\smaximum\sof)\s)?{_COUNT}"
_WHOLE = re.compile(rf"(?P<often>{_SAID})(?:\s(?:only|in\stotal|at\smost))?")
_FIRST = re.compile(rf"(?P<often>{_SAID}),?\s(?!(?:an?|in|per|each|every|it|they|the|all|both)\b)(?=\w)")
_LAST = re.compile(rf"(?<!more\sthan)(?<!less\sthan)(?<!least),?\s(?P<often>{_SAID})(?:\s(?:only|in\stotal|at\smost))?$")


def how_often(phrase: str) -> tuple[str, str]:
    """The words of a verb phrase that say how often at the most, and the phrase without them; "" where there are none.

    >>> how_often("once extend the term"), how_often("extend the term up to three times")
    (('once', 'extend the term'), ('up to three times', 'extend the term'))
    """
    if found := _FIRST.match(phrase):
        return found["often"], phrase[found.end() :]
    if found := _LAST.search(phrase):
        return found["often"], phrase[: found.start()]
    return "", phrase


def without_often(items: list[Chunk]) -> tuple[str, list[Chunk]]:
    """The words that say how often at the most, and what stands beside a modal without them."""
    for at, chunk in enumerate(items):
        if chunk.type != "TEXT":
            continue
        if found := _WHOLE.fullmatch(str(chunk).strip(" ,")):
            commas = [side for side in (at - 1, at + 1) if 0 <= side < len(items) and items[side].type == "COMMA"]
            return found["often"], [each for number, each in enumerate(items) if number not in (at, *commas)]
        often, rest = how_often(str(chunk))
        if often:
            start = (chunk.start_pos or 0) + max(str(chunk).find(rest), 0)
            return often, [*items[:at], made("TEXT", rest, start, None), *items[at + 1 :]]
    return "", items
