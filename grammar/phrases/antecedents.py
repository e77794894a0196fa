"""Whom `it` means before a word that binds: the one who acts in the condition before it, where nobody else can be meant."""

import re

from syngraph.grammar.lexicon import current, plural, singular
from syngraph.grammar.phrases.persons import somebody

_NAME = r"[A-Z][\w’'-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'-]*)*"
_WHO = re.compile(
    rf"(?:If|When|Where|Unless|Once|Should)\s(?!Either|Neither|No|Only|All|Both)(?P<det>(?i:the|an?|each|any|every)\s)?(?P<name>{_NAME})(?=\s(?!and\b|or\b)[a-z])"
)
_PRONOUN = re.compile(
    r"(?:,\s|,?\sthen\s)(?P<it>it|they|he|she)\s(?:shall|must|may|will)\s(?:not\s|also\s|only\s)*(?P<verb>[a-z]+)\s(?P<more>\S+)"
)
_OTHER = re.compile(
    rf"(?P<before>\b[a-z]+\s)?\b(?i:the|an?|each|any|every|either|another|other|such)\s(?P<name>(?:other\s)?{_NAME})"
)
_TOWARDS = frozenset(["to", "by", "from", "with", "against", "on", "of", "for", "and", "or", "than", "other"])
_OF_THINGS = frozenset(
    [
        "be",
        "lapse",
        "expire",
        "end",
        "cease",
        "lose",
        "become",
        "remain",
        "continue",
        "survive",
        "pass",
        "take",
        "have",
        "bind",
        "apply",
        "fall",
        "enter",
        "come",
        "contain",
        "include",
        "comply",
        "conform",
        "meet",
        "constitute",
        "count",
        "form",
        "stand",
        "run",
        "begin",
        "commence",
        "start",
        "qualify",
        "prevail",
        "govern",
        "replace",
        "cover",
        "show",
        "state",
        "renew",
        "extend",
        "bear",
        "carry",
        "accrue",
        "vest",
        "belong",
        "operate",
        "work",
        "last",
        "require",
        "need",
        "determine",
        "close",
    ]
)
"""Verbs of what becomes of a thing, which `it` may be then."""
_OBJECT = re.compile(r"(?:the|an?|any|all|each|every|its|their|his|her|that|this|those|these|such|[A-Z$€£¥\d].*|for|to|in)$")


def antecedent(text: str) -> tuple[int, int, str] | None:
    """Where a sentence has a pronoun for its bearer and whom it means, None where it has none or somebody else may be meant.

    >>> antecedent("If the Seller does not deliver on time, it shall pay the Buyer EUR 50.")
    (40, 42, 'the Seller')
    """
    who = _WHO.match(text)
    main = _PRONOUN.search(text, who.end()) if who else None
    if who is None or main is None or main["verb"] in _OF_THINGS or main["verb"] not in current().verbs:
        return None
    name = f"the {who['name']}" if who["det"] else who["name"]
    several = singular(who["name"]) != who["name"] and plural(singular(who["name"])) == who["name"]
    if not somebody(name) or not _OBJECT.match(main["more"]) or (several and main["it"] != "they"):
        return None
    told = text[main.end("it") :]
    for other in _OTHER.finditer(text, who.end(), main.start()):
        another = f"the {other['name']}"
        if (
            another == name
            or other["name"] in told
            or text.startswith(("’", "'"), other.end())
            or other["name"][-2:] in ("’s", "'s")
        ):
            continue
        if somebody(another) and (somebody(other["name"].lower()) or (other["before"] or "").strip() in _TOWARDS):
            return None
    return main.start("it"), main.end("it"), name
