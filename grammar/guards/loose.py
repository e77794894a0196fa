"""Clauses that are left unfinished, or whose numbers contradict each other: what the words alone show before they are read."""

import re

from syngraph.grammar import lexicon
from syngraph.grammar.chunks.scanner import MisfitError
from syngraph.grammar.faults.mistakes import MISSPELT, misspelt
from syngraph.grammar.phrases.numbers import CLOCK, DAILY, HUNDRED, MOMENT, NUMBER, WORD_NUMBER, number

_NEVER_LAST = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "nor",
        "if",
        "unless",
        "than",
        "per",
        "every",
        "because",
        "although",
        "whether",
        "least",
        "within",
        "until",
        "without",
        "when",
        "where",
        "while",
        "shall",
        "must",
        "may",
        "as",
        "subject",
        "notwithstanding",
    ]
)
"""Words that nothing ends with."""
_LINKS = frozenset(["of", "to", "by", "for", "from", "at", "with", "upon", "after", "before"])
"""Words that something ends with only where a verb stands before them (`the sum agreed to`)."""
_BEFORE_OF = frozenset(
    ["dispose", "disposed", "hear", "heard", "think", "thought", "use", "care", "note", "approve", "approved"]
)
_BEFORE_BY = frozenset(["abide", "abides", "live", "lives", "stand", "stands", "go", "goes", "come", "comes"])
_LEFT_OPEN = re.compile(r"(?:and|or)\s(?:is|are)(?:\snot)?$|(?:only|but|not)\s(?:with|by|to|of)$")
_NO_SECTION = re.compile(r"(?i:notwithstanding|despite|subject\sto|under|as\sprovided\sin)\s(?:sections?|articles?|clauses?)$")
_WORDS = re.compile(r"[\w’'-]+")


def loose_end(words: str) -> str:
    """The word with which a phrase breaks off, "" when it is whole.

    >>> loose_end("deliver the Posters to"), loose_end("the sum agreed to"), loose_end("within seven days after")
    ('to', '', 'after')
    >>> loose_end("under [](#a)"), loose_end("to Fjord Print AS")
    ('', '')
    """
    words = words[-60:]
    found = _WORDS.findall(words)
    if not found or not words.endswith(found[-1]):
        return ""
    last, before = found[-1], found[-2] if len(found) > 1 else ""
    if (last if before else last.lower()) in _NEVER_LAST or _LEFT_OPEN.search(words):
        return str(last)
    if last not in _LINKS:
        return ""
    if last == "of":
        return "" if before in _BEFORE_OF else "of"
    if last == "by":
        return "" if before in _BEFORE_BY else "by"
    known = lexicon.current()
    verbal = before.endswith(("ed", "ing")) or any(
        before in forms for forms in (known.verbs, known.thirds, known.pasts, known.participles)
    )
    return "" if verbal and before != "notice" else str(last)


_BOTH_WAYS = re.compile(rf"(?P<words>(?i:{HUNDRED}|{WORD_NUMBER}))\s\((?P<figures>\d[\d,]*)\)")
_AMOUNT_CUT = re.compile(rf"\b(?:at\sleast|(?:no|not)\s(?:less|more|later)\sthan|within)\s{NUMBER}\s(?:before|after|from)\s")
_OF_WHOM = re.compile(r"\bof\s(?:shall|must|may|will(?!\s(?:shall|must|may|and|or)\b))(?!\w)")
_TIME_OF_DAY = re.compile(
    rf"(?:by|before|until|than)\s(?!{CLOCK}\s(?:(?:on\s)?(?:{MOMENT}|{DAILY})|on\sthe\s(?:day|date)\s(?:of|on\swhich)\s))(?:noon|midnight|\d{{1,2}}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|o’clock|o'clock)|\d{{1,2}}:\d\d)(?!\w)"
)
_HOUR = re.compile(r"\d|noon|midnight")
"""What a time of day has in it."""
_BE_BASE = re.compile(
    r"(?:shall|must|may|will)(?:\snot)?\s(?:be\s(?P<base>[a-z]+)(?=$|\sby\s|\swithin\s)|(?P<been>been)(?!\w))"
)
_STATES = frozenset(
    [
        "open",
        "close",
        "clear",
        "complete",
        "correct",
        "clean",
        "dry",
        "empty",
        "free",
        "present",
        "subject",
        "secure",
        "own",
        "separate",
        "exempt",
    ]
)


def unfinished(clause: str) -> None:
    """Refuses a clause that breaks off, or whose numbers contradict each other.

    Raises: MisfitError at the word that shows it.
    """
    bare = clause.rstrip(" .!?;:,")
    if last := loose_end(bare):
        raise MisfitError(max(bare.lower().rfind(last), 0), last, ("what comes after it",))
    if "(" in clause:
        for both in _BOTH_WAYS.finditer(clause):
            if number(both["words"]) != int(both["figures"].replace(",", "")):
                raise MisfitError(both.start("figures"), both["figures"], ("the same number in words and in figures",))
    if " of " in clause and (of := _OF_WHOM.search(clause)):
        raise MisfitError(of.end() - len(of[0].split()[1]), of[0].split()[1], ("of whom",))
    if (" than " in clause or "least" in clause or "within" in clause) and (cut := _AMOUNT_CUT.search(clause)):
        word = cut[0].split()[-1]
        raise MisfitError(cut.end() - len(word) - 1, word, ("days, weeks, months or years",))
    if _HOUR.search(clause) and (hour := _TIME_OF_DAY.search(clause)):
        word = hour[0].split()[1]
        raise MisfitError(
            hour.end() - len(hour[0]) + len(hour[0].split()[0]) + 1, word, ("an hour with its day (`17:00 on 31 March 2027`)",)
        )
    if "be" in clause and (be := _BE_BASE.search(clause)):
        _done(be)


def whole(text: str, start: int, end: int) -> None:
    """Refuses a condition that breaks off or in which a word that bounds one is misspelt.

    Raises: MisfitError at the word that shows it.
    """
    words = text[start:end].rstrip(" ,")
    last = loose_end(words)
    if last or _NO_SECTION.search(words):
        last = last or words.rpartition(" ")[2]
        raise MisfitError(start + max(words.lower().rfind(last), 0), last, ("what comes after it",))
    if missed := misspelt(words):
        right = MISSPELT[missed[0].lower()]
        raise MisfitError(start + missed.start(), missed[0], (f"`{right}`",), right)


def _done(be: re.Match[str]) -> None:
    if be["been"]:
        raise MisfitError(be.start("been"), "been", ("`be`",), "be")
    verb = lexicon.current().verbs.get(be["base"])
    if verb is not None and verb.participle != verb.base and verb.base not in _STATES:
        raise MisfitError(be.start("base"), verb.base, (f"`{verb.participle}`",), verb.participle)
