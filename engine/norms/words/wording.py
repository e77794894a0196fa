"""Noun phrases, compared: whether two of them can mean the same thing."""

import re
from dataclasses import dataclass
from functools import lru_cache

from syngraph.grammar.lexicon import singular

_DETERMINERS = "the a an any each every all its their his her such this these that those some one no either neither both said"
_PREPOSITIONS = "of for in on to with at by from under within about concerning that who which"
_STATING = "stating specifying containing describing explaining"
_LIGHT = "hold give make place take have file bring submit serve send occur happen raise issue"
DETERMINERS = frozenset(_DETERMINERS.split())
PREPOSITIONS = frozenset(f"{_PREPOSITIONS} {_STATING}".split())
"""Words after which a phrase says more of a thing."""
LIGHT_VERBS = frozenset(_LIGHT.split())
"""Verbs that say of a noun only that it happened: whoever `held a meeting` had a meeting."""

_SPELT = {"installment": "instalment"}
"""Nouns that are spelt in two ways."""
_NUMBER = frozenset({"no", "nr", "number"})
_MONEY = re.compile(r"(?:\b[A-Z]{3}|[$€£¥])\s?\d[\d,]*(?:\.\d+)?|\d[\d,]*(?:\.\d+)?\s?(?:[A-Z]{3}\b|€)")
_LINK = re.compile(r"\[[^\]]*\]\(#[^)]*\)")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*%?")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase taken apart: `annual dues of the Library` has head `due`, modifier `annual`, complement `library`.

    Words are in lower case and the singular; amounts of money are gone, so that a bare amount has head "".
    """

    head: str
    modifiers: frozenset[str] = frozenset()
    complement: "Noun | None" = None


@lru_cache(maxsize=8192)
def noun(phrase: str) -> Noun:
    """A noun phrase without articles, amounts and links.

    >>> noun("the annual dues of EUR 60").head, noun("EUR 60").head
    ('due', '')
    """
    return _noun(words_of(phrase))


@lru_cache(maxsize=8192)
def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase in lower case and the singular, without amounts of money, percentages and links."""
    words = (singular(word).casefold() for word in _WORD.findall(unpriced(phrase)) if not word.endswith("%"))
    return tuple(_SPELT.get(word, word) for word in words)


def unpriced(phrase: str) -> str:
    """A phrase without amounts of money and links."""
    return _MONEY.sub(" ", _LINK.sub(" ", phrase))


def same(said: str, ruled: str) -> bool:
    """Whether what is said of one thing can be said of the other: one may be named more fully, articles do not matter.

    >>> same("a defect of the Flat", "the defect"), same("notice of a defect", "notice of the breach")
    (True, False)
    """
    return _same(noun(said), noun(ruled))


@lru_cache(maxsize=8192)
def plain(phrase: str) -> str:
    """A phrase in lower case without its first article, for looking up names and terms."""
    words = phrase.casefold().split()
    while words and words[0] in DETERMINERS:
        words.pop(0)
    return " ".join(words)


def _noun(words: tuple[str, ...]) -> Noun:
    start = 0
    while start < len(words) and (words[start] in DETERMINERS or words[start] in PREPOSITIONS):
        start += 1
    words = words[start:]
    cut = next((index for index, word in enumerate(words) if word in PREPOSITIONS), len(words))
    front, back = words[:cut], words[cut + 1 :]
    if len(front) > 1 and front[-1].isdigit() and not front[-2].isdigit():
        # A thing is called by its number (`ticket 1`, `invoice no 12`): that says which one it is.
        named = tuple(word for word in front[:-1] if word not in _NUMBER)
        front = (front[-1], *named) if named else front
    rest = _noun(back) if back else None
    return Noun(
        front[-1] if front else "",
        frozenset(word for word in front[:-1] if word not in DETERMINERS),
        rest if rest is not None and rest.head and not rest.head[0].isdigit() else None,
    )


def _same(said: Noun, ruled: Noun) -> bool:
    if said.head != ruled.head or not (said.modifiers <= ruled.modifiers or ruled.modifiers <= said.modifiers):
        return False
    if said.complement is None or ruled.complement is None:
        return True
    return _same(said.complement, ruled.complement)
