"""Whether what a fact speaks of is what a rule speaks of: the same, something else, or not to be told from the words.

A fact may name a thing more fully, and leave out what everybody knows. But damaged Goods may not be the Goods, part of them
is not all of them, and the wrong Goods are other Goods: of these only the last is sure.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from syngraph.engine.norms.words.wording import DETERMINERS, PREPOSITIONS, Noun, noun, plain, unpriced, words_of
from syngraph.grammar.lexicon import singular


class Likeness(IntEnum):
    """How far what is said can be what is ruled, the likest first."""

    SAME = 0
    """Nothing speaks against it."""
    OPEN = 1
    """The rule names a circumstance (`outside Portugal`) and the fact does not say whether it was so."""
    VAGUE = 2
    """The fact says `an incident`, the rule which kind of incident."""
    LESSER = 3
    """The fact speaks of a part, or of something with a fault."""
    OTHER = 4
    """It is something else."""


_OTHERS = "wrong other another different unrelated incorrect mistaken"
_BROKEN = (
    "damaged defective broken faulty incomplete spoiled spoilt rotten mouldy expired counterfeit false forged fake flawed"
    " inferior poor bad substandard imperfect contaminated dirty cracked leaking melted thawed partial unfinished draft interim"
    " preliminary provisional sample substitute alternative similar used second-hand missing late nonconforming invalid"
    " illegible blank torn bent scratched worn empty"
)
_KINDS = (
    "good product equipment material item work service merchandise property asset deliverable document information data secret"
    " thing object supply documentation"
)
_DEFECTS = "defect damage scratch fault error flaw crack mould stain hole shortage deficiency"
_PARTS = "some half part portion most majority quarter third fraction rest remainder one several few couple many handful share"
_PLACING = "outside inside without into onto near below above beyond across between against during over through behind except"
_ANOTHER = frozenset(_OTHERS.split())
_FAULTY = frozenset(_BROKEN.split())
_GENERIC = frozenset(_KINDS.split())
_FAULTS = frozenset(_DEFECTS.split())
_PORTION = frozenset(_PARTS.split())
_WHOLE = frozenset({"all", "whole", "entirety", "both", "each", "every"})
_BEFORE = PREPOSITIONS | frozenset(_PLACING.split())
_STATING = ("stating", "specifying", "containing", "describing", "explaining")
_TELLING = frozenset({"of", "about", "concerning", "on", "that", "who", "which", *_STATING})
"""Words after which a rule says what a thing is of, which a fact may leave out."""
_OPPOSITE = frozenset(
    {frozenset({"outside", other}) for other in ("in", "inside", "within", "at")} | {frozenset({"with", "without"})}
)
_EVERY = frozenset({"all", "both", "each", "every"})
_SINGLE = frozenset({"a", "an", "one", "another"})
_NOT_ALL = frozenset({"no", "neither", "some"})
_INDEFINITE = frozenset({"a", "an", "some", "any"})
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_LIST = re.compile(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+")
_BESIDES = re.compile(r"\b(?:other than|except(?: for)?)\s+(.+)")
_DEEPEST = 4
_LONGEST = 400


def is_one_of(said: str, ruled: str) -> bool:
    """Whether a phrase speaks of some of what a rule asks for one by one.

    >>> is_one_of("a tool", "each tool"), is_one_of("the tool", "each tool"), is_one_of("a tool", "a tool")
    (True, False, False)
    """
    return _thing(ruled).first in ("each", "every") and (_thing(said).first in _SINGLE or bool(_thing(said).count))


def is_of_some(said: str) -> bool:
    """Whether a phrase speaks of several things without saying how many: `some chairs`, `chairs`.

    >>> is_of_some("several chairs"), is_of_some("the chairs"), is_of_some("three chairs")
    (True, False, False)
    """
    one = _thing(said)
    if one.count or not one.plural:
        return False
    return one.first in _PORTION | {"some"} or (one.first not in DETERMINERS)


@dataclass(frozen=True, slots=True)
class _Thing:
    """A phrase taken apart at its first preposition: `two red keys of the Flat`."""

    first: str
    count: int
    front: Noun
    word: str
    tail: str
    plural: bool = False


def likeness(said: str, ruled: str, with_faults: bool = True) -> Likeness:
    """How far what a fact speaks of can be what a rule speaks of; without `with_faults` a fault of the thing is no matter.

    >>> likeness("the damaged Goods", "the Goods").name, likeness("the wrong goods", "the Goods").name
    ('LESSER', 'OTHER')
    >>> likeness("the Goods in Spain", "the Goods outside Portugal").name, likeness("an incident", "each grave incident").name
    ('OPEN', 'VAGUE')
    """
    return _listed(said[:_LONGEST], ruled[:_LONGEST], with_faults, 0)


@lru_cache(maxsize=8192)
def mark(phrase: str) -> str:
    """The noun by which a phrase is told apart from another at once: two phrases with different ones are never alike, in any
    way that `likeness` and `is_kind` look for. It is "" where more must be looked at.

    >>> mark("the last report"), mark("half of the report"), mark("the chairs and the table"), mark("the Goods")
    ('report', '', '', '')
    """
    head, low = _thing(phrase).front.head, phrase.casefold()
    if head in _GENERIC or noun(phrase).head in _GENERIC or len(phrase) > _LONGEST or "of" in words_of(phrase)[:3]:
        return ""
    return head if head == _thing(low).front.head and _items(phrase) == (phrase,) else ""


def is_kind(ruled: str, said: str) -> bool:
    """Whether a rule names only a kind of thing (`the Goods`, `Confidential Information`), to which that of a fact may belong.

    >>> is_kind("the Goods", "the chairs"), is_kind("the Goods", "the wrong goods"), is_kind("the chairs", "a good")
    (True, False, False)
    """
    head = noun(said).head
    if any(word[:1].isupper() for word in said.split()[1:]):
        return False  # a term or a name of its own
    return noun(ruled).head in _GENERIC and bool(head) and head not in _GENERIC and words_of(said)[:1] != ("none",)


@lru_cache(maxsize=16384)
def _listed(said: str, ruled: str, with_faults: bool, depth: int) -> Likeness:
    first = said.split(maxsplit=1)[0].casefold() if said.strip() else ""
    if plain(said) == plain(ruled) and first not in _NOT_ALL:
        return Likeness.SAME
    asked, told = _items(ruled), _items(said)
    if len(asked) == len(told) == 1:
        return _alike(said, ruled, with_faults, depth)
    found = [min(_alike(each, one, with_faults, depth) for each in told) for one in asked]
    if " or " in ruled:
        return min(found)
    if Likeness.OTHER in found and min(found) is not Likeness.OTHER:
        return Likeness.LESSER
    return max(found)


def _items(phrase: str) -> tuple[str, ...]:
    """The things of a list (`the chairs, the tables and the manual`), else the phrase as it is."""
    found = tuple(_LIST.split(phrase.strip()))
    if len(found) < 2 or not all(found) or _thing(found[0]).word or _BESIDES.search(phrase):
        return (phrase,)
    own = all(len(one.split()) == 1 for one in found) or all(_opens_thing(one) for one in found)
    return found if own else (phrase,)


def _opens_thing(phrase: str) -> bool:
    first = phrase.split()[0].casefold()
    return first in DETERMINERS or first in _NUMBERS or first[0].isdigit()


def _alike(said: str, ruled: str, with_faults: bool, depth: int) -> Likeness:
    words = words_of(said)
    if "of" in words[:3]:
        before = set(words[: words.index("of")])
        rest = re.split(r"\bof\b", said, maxsplit=1)[1]
        if before == {"none"}:
            return Likeness.OTHER
        if before & (_PORTION | _WHOLE) and not before - _PORTION - _WHOLE - DETERMINERS and depth < _DEEPEST:
            whole = _listed(rest.strip(), ruled, with_faults, depth + 1)
            return max(whole, Likeness.LESSER if before & _PORTION else Likeness.SAME)
    one, other = _thing(said), _thing(ruled)
    return max(_fronts(one, other, with_faults), _tails(one, other, with_faults, depth))


def _fronts(one: _Thing, other: _Thing, with_faults: bool) -> Likeness:
    if one.front.head != other.front.head or one.first in ("no", "neither"):
        return Likeness.OTHER
    extra, lacking = one.front.modifiers - other.front.modifiers, other.front.modifiers - one.front.modifiers
    definite = other.first in ("the", "its", "their", "his", "her")
    if extra & _ANOTHER and (definite or not other.first):
        return Likeness.OTHER
    faults = frozenset(word for word in extra if _is_fault(word))
    extra -= faults | _ANOTHER
    if extra and lacking:
        return Likeness.OTHER
    if faults and with_faults:
        return Likeness.LESSER
    if one.count and other.count:
        if one.count < other.count:
            return Likeness.LESSER
    elif one.count > 1 and definite and one.first not in DETERMINERS:
        return Likeness.LESSER
    if (definite or other.first in _EVERY) and _is_fewer(one, other):
        return Likeness.LESSER
    return Likeness.VAGUE if lacking and one.first in _INDEFINITE else Likeness.SAME


def _is_fewer(one: _Thing, other: _Thing) -> bool:
    """Whether a phrase speaks of some of what another speaks of all: `a tool` of `the tools`, `tools` of `all tools`."""
    if one.first == "some":
        return True
    if other.first in _EVERY and one.first not in DETERMINERS and not one.first[:1].isupper():
        return other.first in ("all", "both")
    return other.plural and not one.plural and (one.first in _SINGLE or other.first in ("all", "both") or bool(one.count))


def _tails(one: _Thing, other: _Thing, with_faults: bool, depth: int) -> Likeness:
    if not other.word:
        return Likeness.LESSER if with_faults and _tells_fault(one) else Likeness.SAME
    besides = _BESIDES.search(other.tail) if other.word != "except" else None
    barred = other.tail if other.word == "except" else besides[1] if besides else ""
    if barred:
        if not one.word:
            return Likeness.OPEN
        return Likeness.OTHER if noun(one.tail).head == noun(barred).head else Likeness.SAME
    if not one.word:
        return Likeness.SAME if other.word in _TELLING else Likeness.OPEN
    if not noun(one.tail).head or not noun(other.tail).head:
        return Likeness.SAME
    alike = _listed(one.tail, other.tail, with_faults, depth + 1) if depth < _DEEPEST else Likeness.OPEN
    if one.word == other.word:
        return alike
    if frozenset({one.word, other.word}) in _OPPOSITE:
        return Likeness.OPEN if alike is Likeness.OTHER else Likeness.OTHER
    if alike is Likeness.OTHER:
        return Likeness.OTHER if other.word in _TELLING else Likeness.OPEN
    return alike


def _tells_fault(one: _Thing) -> bool:
    if one.word == "without":
        return not set(words_of(one.tail)) & _FAULTS
    words = words_of(one.tail)
    return any(_is_fault(word) or word in _FAULTS for word in words) and "no" not in words[:1]


def _is_fault(word: str) -> bool:
    return word in _FAULTY or (word.startswith(("un", "mis", "half-", "non-", "half")) and word.endswith(("ed", "ing")))


@lru_cache(maxsize=8192)
def _thing(phrase: str) -> _Thing:
    words = unpriced(phrase).split()
    cut = next(
        (index for index, word in enumerate(words) if index and word.casefold() in _BEFORE and not _is_of_count(words, index)),
        len(words),
    )
    front = " ".join(words[:cut])
    first = words[0].casefold() if words else ""
    found = noun(front)
    counts = [count for word in words[:cut] if (count := _count(word))]
    modifiers = frozenset(word for word in found.modifiers if not _count(word))
    return _Thing(
        first,
        counts[0] if counts else 0,
        Noun(found.head, modifiers, found.complement),
        words[cut].casefold() if cut < len(words) else "",
        " ".join(words[cut + 1 :]),
        cut > 0 and singular(words[cut - 1]) != words[cut - 1],
    )


def _is_of_count(words: list[str], index: int) -> bool:
    """Whether `to` or `than` stands between numbers and is no preposition (`two to three keys`)."""
    return bool(_count(words[index - 1])) and index + 1 < len(words) and bool(_count(words[index + 1]))


def _count(word: str) -> int:
    digits = word.replace(",", "")
    if digits.isascii() and digits.isdigit():
        return int(digits) if len(digits) <= 12 else 0
    return _NUMBERS.get(word.casefold(), 0)
