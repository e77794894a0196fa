"""Why a sentence was not read, in words for people: what was expected, and the nearest sentence that would be read."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from syngraph.grammar.lexicon import current

EXPECTED: dict[str, str] = {
    "MODAL": "`shall`, `must` or `may` and what is to be done",
    "TEXT": "words that say who or what",
    "TIME": "a time (`within 30 days after ...`, `by 31 March 2027`, `each month`)",
    "COND": "a condition (`if ...`, `unless ...`)",
    "SHARE_OF": "a share (`two-thirds of all Members`, `a majority of the votes cast`)",
    "VOTE": "a vote (`by two-thirds of all Members`)",
    "COMMA": "a comma",
    "BODY": "what the term stands for",
    "BALLOT": "a test of the vote (`the number of Yes votes is greater than the number of No votes`, `quorum is met`)",
    "MEANS": "`means`",
    "DID": "a verb in the past tense (`paid`, `gave notice`)",
    "$END": "the end of the sentence",
}
"""What each chunk is called when it is missing. Chunks that are not here are not worth naming."""

_ORDER = ("MODAL", "SHARE_OF", "BALLOT", "MEANS", "BODY", "DID", "TIME", "COND", "VOTE", "TEXT", "COMMA", "$END")

FUNCTION_WORDS = [
    "shall",
    "must",
    "may",
    "will",
    "not",
    "within",
    "after",
    "before",
    "until",
    "unless",
    "provided",
    "subject",
    "notwithstanding",
    "means",
    "includes",
    "each",
    "every",
    "quorum",
    "majority",
    "unanimous",
    "by",
    "members",
    "votes",
    "cast",
    "days",
    "months",
    "years",
    "weeks",
]

EXAMPLES = (
    "The Tenant shall pay the Rent to the Landlord on the first Business Day of each month.",
    "Each Member shall pay the Dues by 31 January of each year.",
    "The Seller shall deliver the Goods to the Buyer within thirty (30) days after the Effective Date.",
    "The Goods must be delivered by the Seller no later than 31 March 2027.",
    "The Secretary shall give each Member notice of a meeting at least ten days before it.",
    "The Supplier shall at all times keep insurance of at least EUR 1,000,000.",
    "The Recipient shall not disclose Confidential Information to any third party unless the Discloser gives written consent.",
    "No Member may vote by proxy.",
    "The Licensee may sublicense the Software.",
    "Either Party may terminate this Agreement by giving the other Party 30 days' notice.",
    "The Board may suspend a Member for up to 90 days by a majority of the Directors.",
    "If the Tenant fails to pay the Rent when due, the Tenant shall pay a late fee of 5% of the overdue amount.",
    "The Buyer may terminate this Agreement if the delay exceeds 15 days.",
    "These Bylaws may be amended by at least two-thirds (2/3) of all Members.",
    "A resolution is adopted by a majority of the votes cast.",
    "Section 3 may be amended only with the consent of every Member.",
    "Section 1 may not be amended.",
    "Quorum is 66% of all Members.",
    "The voting period is 7 days.",
    "Five percent of the Members may call a vote.",
    "Any five Members may fork these Bylaws.",
    "This Agreement takes effect on 1 January 2027.",
    "This Agreement ends on 31 December 2027.",
    "Sections 5 and 7 survive termination.",
    "Any dispute arising out of this Agreement shall be settled by arbitration by one arbitrator appointed by the Parties.",
    '"Goods" means 200 chairs of oak.',
    "On 1 March 2027, the Tenant paid EUR 1,200 to the Landlord under section 3.1.",
)
"""Sentences of each family, each of which is read: the last resort of `nearest`."""

_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_BOUNDARIES = (
    "within",
    "unless",
    "until",
    "before",
    "after",
    "shall",
    "provided",
    "means",
    "quorum",
    "during",
    "month",
    "months",
    "years",
    "weeks",
    "amended",
    "adopted",
    "majority",
)
_REAL_WORDS = {
    "small",
    "shell",
    "hall",
    "stall",
    "shale",
    "shalt",
    "alter",
    "aster",
    "afters",
    "mean",
    "meals",
    "moans",
    "beans",
    "leans",
    "meant",
    "jeans",
    "deans",
    "wean",
    "unless",
    "util",
    "wither",
    "rafter",
    "hafter",
    "dafter",
    "halls",
    "shallow",
    "shawl",
    "amend",
    "adopt",
    "emended",
    "adapted",
    "amender",
    "adopter",
    "amends",
    "adopts",
    "provide",
    "provides",
    "provider",
    "minority",
    "curing",
    "luring",
    "daring",
    "enduring",
    "thin",
    "untile",
    "mouth",
    "mouths",
    "monthly",
    "tears",
    "bears",
    "gears",
    "hears",
    "wears",
    "dears",
    "fears",
    "nears",
    "pears",
    "rears",
    "sears",
    "yearn",
    "ears",
    "year",
    "seeks",
    "leeks",
    "peeks",
    "reeks",
    "weeds",
    "weeps",
    "geeks",
    "meeks",
    "week",
    "eeks",
}


def _edits(word: str) -> set[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    edits = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    edits |= {a + letter + b[1:] for a, b in cuts if b for letter in letters}
    return edits | {a + letter + b for a, b in cuts for letter in letters}


def _misspelt() -> dict[str, str]:
    found = {edit: word for word in _BOUNDARIES for edit in _edits(word) - _REAL_WORDS - set(_BOUNDARIES)}
    return found | {
        "mus": "must",
        "msut": "must",
        "muts": "must",
        "shalt": "shall",
        "shoud": "shall",
        "shuold": "shall",
        "wil": "will",
        "teh": "the",
        "hte": "the",
    }


MISSPELT = _misspelt()
"""Words one letter away from a boundary word, and that word: in the words of an act they are a boundary that was missed."""


def expected(kinds: Iterable[str]) -> tuple[str, ...]:
    """What the grammar would have taken, in words, the likeliest first."""
    wanted = set(kinds)
    return tuple(EXPECTED[kind] for kind in _ORDER if kind in wanted) or ("another wording",)


LONGEST_WORD = 30
"""Letters of the longest word that is held against others: the time that it takes grows faster than the word."""


def corrections(sentence: str, upto: int = 12) -> tuple[str, ...]:
    """Sentences in which one word is replaced by the function word or verb it is probably a misspelling of, nearest first.

    >>> corrections("The Tenant shal pay the Rent.")[0]
    'The Tenant shall pay the Rent.'
    """
    found: list[tuple[float, str]] = []
    words = list(_WORD.finditer(sentence))[:60]
    verbs = current().verbs
    for word in words:
        plain = word[0].lower()
        known = (
            plain in FUNCTION_WORDS
            or (f"{plain}s" in FUNCTION_WORDS and plain not in MISSPELT)
            or plain in verbs
            or plain in current().thirds
        )
        if not 3 <= len(plain) <= LONGEST_WORD or known:
            continue
        near = MISSPELT.get(plain) or _function_word_like(plain)
        if near and len(near) <= len(plain) + 2:
            fixed = near if word[0][0].islower() else near.capitalize()
            score = SequenceMatcher(None, plain, near).ratio()
            found.append((score, sentence[: word.start()] + fixed + sentence[word.end() :]))
    found.sort(key=lambda entry: -entry[0])
    return tuple(text for _, text in found[:upto])


@lru_cache(maxsize=8192)
def _function_word_like(word: str) -> str:
    return next(iter(get_close_matches(word, FUNCTION_WORDS, 1, 0.75)), "")


def example_like(sentence: str) -> str:
    """The example whose words are most like those of the sentence, "" when none shares enough to help."""
    words = {word.lower() for word in _WORD.findall(sentence)}
    best, score = "", 0.0
    for example in EXAMPLES:
        own = {word.lower() for word in _WORD.findall(example)}
        likeness = len(words & own) / (len(words | own) or 1)
        if likeness > score:
            best, score = example, likeness
    return best if score >= 0.18 else ""


def suggestion(nearest: str) -> str:
    """The nearest sentence as it is told: as what was probably meant, or as an example of what is read; "" when there is none."""
    if not nearest:
        return ""
    return f"{'for example' if nearest in EXAMPLES else 'did you mean'}: {nearest}"


def all_misspelt(text: str) -> tuple[re.Match[str], ...]:
    """Every word of a text that is a boundary word misspelt."""
    return tuple(word for word in _WORD.finditer(text) if word[0].lower() in MISSPELT)


def misspelt(text: str) -> re.Match[str] | None:
    """The first word of a text that is a boundary word misspelt (`withn 30 days`)."""
    return next((word for word in _WORD.finditer(text) if word[0].lower() in MISSPELT), None)


def verb_like(verb: str) -> str:
    """The verb of the lexicon that an unknown one is probably a misspelling of, "" if none."""
    verbs = current().verbs
    if len(verb) > LONGEST_WORD:
        return ""
    close = sorted(_edits(verb.lower()) & verbs.keys(), key=lambda known: (sorted(known) != sorted(verb.lower()), known))
    near = close or get_close_matches(verb.lower(), list(verbs), 1, 0.8)
    return near[0] if near else ""
