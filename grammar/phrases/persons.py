"""Whether a noun phrase names somebody who can act, or a thing: by its head, and by how the head ends."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from syngraph.grammar.lexicon import singular

_NOUNS = tomllib.loads(files("syngraph.grammar").joinpath("nouns.toml").read_text(encoding="utf-8"))
_PERSONS = frozenset(_NOUNS["persons"].split())
_THINGS = frozenset(_NOUNS["things"].split())
_THING_ENDS = re.compile(
    r"(?:tion|sion|ment|ness|ity|ship|ance|ence|ancy|ency|ing|ure|age|sis|ism|dom|hood|day|acy|phy|logy|ware|icle|able|ible|"
    r"[vws]al|rral|nial|trial)$"
)
_PERSON_ENDS = re.compile(
    r"(?:[^aeiou\W]er|[aeiou]er|[st]or|ist|ee|ian|ant|man|men|woman|women|person|persons|people|body|holder)$"
)
_QUALIFIED = re.compile(
    r",|\s(?:who|whom|whose|that|which|of|in|at|on|for|with|without|other|except|present|entitled|eligible|from|within|having|by|to|as|under|interested|\w+ed(?=\s(?:in|to|by|for|at|on|from|with|as|under)\s)|"
    r"not|than|via|over|chosen|held|consisting|seeking|wishing|brought|appointed|elected|nominated|designated|proposed|submitted|calling|seeking|wishing|requiring|holding|serving|receiving|running|representing|using|attending|having|covering|during|before|after|between|among|and|or|nor)\s"
)
_FIRST = re.compile(
    r"(?i:(?:the|an?|each|every|any|all|both|no|such|other|those|these|this|that|its|their|only|either|neither|of)\s)*[\w’'™&-]+"
)
_TITLES = frozenset(
    (
        "president",
        "director",
        "officer",
        "chair",
        "secretary",
        "representative",
        "manager",
        "editor",
        "head",
        "lead",
        "minister",
    )
)
_IN_CAPITALS = frozenset(("chapter", "local", "lodge", "core"))
"""Bodies where they are written as names; with a small letter they are things."""
_STANDING = re.compile(
    r"(?:(?i:the|an?|each|every|any|all|no|such|their|his|her|its)\s)?(?:[\w’'-]+\s)?(?i:membership|leadership)\s(?:in|on)\s"
)
"""What somebody has in a body: the same noun names the members where nothing of the kind follows."""
_A_STANDING = re.compile(r"(?i:an?|each|every|any|no|his|her|such\sa)\s(?:[\w’'-]+\s)?(?i:membership)(?!\w)")
"""One of several standings; the people are one membership."""
_WORDS = re.compile(r"[^\W\d_][\w’'™.&-]*")


@lru_cache(maxsize=4096)
def somebody(phrase: str) -> bool:
    """Whether a noun phrase names a person, a body or an office: by its head noun, the first part of a list standing for all.

    A head that is not known is somebody when it is written as a name, nobody when it is not.

    >>> somebody("Each Member of the Board"), somebody("the notice of a meeting"), somebody("candidates"), somebody("The Widget Crew")
    (True, False, True, True)
    """
    if "ship" in phrase and (_STANDING.match(phrase) or _A_STANDING.match(phrase)):
        return False
    first = _FIRST.match(phrase)
    qualified = _QUALIFIED.search(phrase, first.end() if first else 0)
    words = _WORDS.findall(phrase[: qualified.start()] if qualified else phrase)
    while words and words[-1] in (
        "present",
        "entitled",
        "concerned",
        "involved",
        "itself",
        "themselves",
        "then",
        "ex-officio",
        "hereunder",
        "thereof",
        "hereof",
        "above",
        "below",
        "himself",
    ):
        words.pop()
    if not words:
        return False
    said = words[-1].removesuffix("’s").removesuffix("'s")
    if said[:-1].isupper() and said.endswith("s") and len(said) > 2:
        return True
    head = singular(said.lower())
    last = head.rpartition("-")[2]
    if len(words) > 1 and said[0].isupper() and head not in _THINGS and words[-2].lower().rpartition("-")[2] in _TITLES:
        return True
    if head in _IN_CAPITALS and said[0].isupper():
        return True
    for known in (head, last):
        if known in _PERSONS:
            return True
        if known in _THINGS:
            return False
    if said.isupper() and len(said) > 1:
        return True
    if _THING_ENDS.search(head):
        return False
    if _PERSON_ENDS.search(head):
        return True
    return said[0].isupper() and (len(words) > 1 or said == singular(said))
