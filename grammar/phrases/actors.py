"""Noun phrases that name who acts: roles, how many of them, and what narrows them."""

import re
from dataclasses import replace

from syngraph.grammar.lexicon import plural, singular
from syngraph.grammar.phrases.numbers import NUMBER, number
from syngraph.grammar.phrases.thresholds import ROLE
from syngraph.grammar.rules import Actor, Quantifier

_QUANTIFIERS = {
    "each of the": Quantifier.EACH,
    "each": Quantifier.EACH,
    "every": Quantifier.EACH,
    "any": Quantifier.ANY,
    "a": Quantifier.ANY,
    "an": Quantifier.ANY,
    "no": Quantifier.ANY,
    "all of the": Quantifier.ALL,
    "all the": Quantifier.ALL,
    "all": Quantifier.ALL,
    "both": Quantifier.ALL,
    "either": Quantifier.EITHER,
    "neither": Quantifier.EITHER,
    "the": Quantifier.THE,
    "this": Quantifier.THE,
    "these": Quantifier.ALL,
    "such": Quantifier.THE,
    "its": Quantifier.THE,
    "their": Quantifier.THE,
    "only the": Quantifier.THE,
    "only a": Quantifier.ANY,
    "only": Quantifier.ALL,
}
_ACTOR = re.compile(
    rf"(?:(?P<q>(?i:{'|'.join(sorted(_QUANTIFIERS, key=len, reverse=True))}))\s)?(?:(?P<count>(?i:any\s)?{NUMBER})\s)?(?P<role>(?:other\s)?{ROLE})"
    rf"(?P<more>(?:(?:,\s|,?\sand\s|,?\sor\s)(?:(?i:the|an?|each|any|all|every)\s)?[A-Z][\w’'-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'-]*)*)*)"
    r"(?:,?\s(?P<rest>.+?),?)?$"
)
_MORE = re.compile(
    r"(?:,\s|,?\sand\s|,?\sor\s)(?:(?i:the|an?|each|any|all|every)\s)?([A-Z][\w’'-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'-]*)*)"
)
_THING = re.compile(r"(?i:it|there)\b")
QUALIFIER = re.compile(
    r"(?:who|whom|whose|that|which|of|in|with|without|other|present|entitled|\w+ed|chosen|elected|appointed|at|from|for|as|not|having|under|consisting)\b"
)


_DANGLING = re.compile(r"(?:^|\s)(?:who|which|that)$")
_JOINED = re.compile(r"\s(?:and|or)\s")
_NOBODY = {"nobody", "none", "one", "ones", "but", "some", "most", "many", "few", "several", "everybody", "anybody", "somebody"}
_OPENING = {"in", "on", "at", "by", "for", "from", "under", "with", "until", "upon", "after", "before", "during", "if", "when"}
"""Words that open what stands before a subject, and are none."""
_PAIR = re.compile(r"(?P<word>[Ee]ither|[Nn]either)\s(?P<first>the\s.+?)\s(?:or|nor)\s(?P<second>the\s.+)$")


def actor(text: str) -> Actor | None:
    """Who a subject names, None when it is not a noun phrase that can act.

    >>> actor("Each Member")
    Actor(roles=('Member',), quantifier=<Quantifier.EACH: 'each'>, joint='and', count=0, qualifier='')
    >>> actor("Any five Members").count
    5
    >>> actor("The Seller and the Buyer").roles
    ('Seller', 'Buyer')
    """
    text = text.strip()
    if _THING.match(text):
        return None
    if pair := _PAIR.match(text):
        both = actor(f"{pair['first']} and {pair['second']}")
        return replace(both, joint="or") if both and pair["word"].lower() == "either" else both
    match = _ACTOR.match(text)
    if match is None or (match["rest"] and not QUALIFIER.match(match["rest"])):
        return _described(text)
    if match["rest"] and _DANGLING.search(match["rest"]):
        return None
    if match["role"].split()[0].lower() in _NOBODY | _OPENING:
        return None
    if match["more"] and not _JOINED.search(match["more"]):
        return None
    roles = [match["role"], *_MORE.findall(match["more"])]
    joint = "or" if " or " in match["more"] else "and"
    quantifier = _QUANTIFIERS[match["q"].lower()] if match["q"] else Quantifier.NAMED
    count = 0
    if match["count"]:
        quantifier, count = Quantifier.COUNT, number(re.sub(r"(?i)^any\s", "", match["count"]))
    elif quantifier is Quantifier.NAMED and singular(roles[0]) != roles[0] and plural(singular(roles[0])) == roles[0]:
        quantifier = Quantifier.ALL
    names = tuple(_singular(role) for role in roles)
    if quantifier is Quantifier.THE and names != tuple(roles):
        quantifier = Quantifier.ALL
    return Actor(names, quantifier, joint, count, match["rest"] or "")


def _singular(role: str) -> str:
    head, joint, tail = role.partition(" of ")
    return singular(head) + joint + tail


_DETERMINED = re.compile(
    r"(?:(?P<q>(?i:both\sof\sthe|both\sthe|both|each\sof\sthe|each|every|any|all\sof\sthe|all\sthe|all|an?|no|only\sthe|only|neither|either|the|this|these|that|those|its|their|"
    r"his|her))\s)?(?i:such\s(?:an?\s)?|other\s)?"
)
_NARROWS = re.compile(
    r",?\s(?:who|whom|whose|that|which|of|in|with|without|other\sthan|present|entitled|eligible|brought|seeking|wishing|requiring|holding|serving|receiving|calling|"
    r"running|representing|consisting|using|attending|having|creating|belonging|participating|regardless|including|except|from|for|at|on|under|as|not|to|"
    r"\w+ed\s(?:by|for|to|under|in|at|on|from|during|as))\s"
)
_LISTED = re.compile(r",\s(?:and\s|or\s|nor\s)?|\s(?:and/or|and|or|nor)\s")
_NOUNS = re.compile(r"(?:[^\W\d_][\w’'™!&./-]*(?:\(s\))?(?:\s|$)|&\s){1,6}$")
_NO_NOUN = re.compile(
    r"\b(?:the|an?|is|are|be|been|was|were|has|have|had|do|does|did|shall|will|must|may|if|when|where|unless|upon|only|than|more|less|but|so|such|at|by|"
    r"there|they|he|she|we|you|one|who|which|percent|majority|half|thirds?|quarters?|quorum|some|most|many|few|several|none|nobody|while|since|because|"
    r"whether|what|this|that|these|those|each|every|any|all|no|not|never|also|however|then|thus|otherwise|everyone’s|per|about|into|within|until|"
    r"following|during|after|before|between|among|except|nothing)\b",
    re.IGNORECASE,
)


def _described(text: str) -> Actor | None:
    """Who a subject names whose nouns are described (`the outgoing Speaker`) or listed with small letters (`the Chair or their delegate`)."""
    text = text.rstrip(" ,")
    narrowed = _NARROWS.search(text)
    head, rest = (text[: narrowed.start()], text[narrowed.start() :].strip(" ,")) if narrowed else (text, "")
    first = _DETERMINED.match(head)
    word = (first["q"] or "").lower() if first else ""
    roles: list[str] = []
    for part in _LISTED.split(head):
        determined = _DETERMINED.match(part)
        noun = part[determined.end() :] if determined else part
        if not _NOUNS.match(noun) or _NO_NOUN.search(noun):
            return None
        roles.append(noun.strip())
    if _DANGLING.search(rest) or (word == "" and roles[0][0].islower()):
        return None
    joint = "or" if re.search(r"\s(?:or|nor|and/or)\s", head) else "and"
    quantifier = _QUANTIFIERS.get(word, Quantifier.THE) if word else Quantifier.NAMED
    if word.startswith("both") or word in ("that", "those", "his", "her"):
        quantifier = Quantifier.THE
    names = tuple(_singular(role) for role in roles)
    if quantifier in (Quantifier.THE, Quantifier.NAMED) and names[0] != roles[0]:
        quantifier = Quantifier.ALL
    return Actor(names, quantifier, joint, 0, rest)
