"""The words that bind: shall, must, may and their like, in the active and the passive voice."""

import re
from dataclasses import dataclass

from syngraph.grammar import lexicon


@dataclass(frozen=True, slots=True)
class Modal:
    """How a clause binds: `may` or `shall`, negated or not, `only`, and the participle of a passive or "".

    `present` tells that the clause stands in the present tense, `verb` its verb where that is all there is (`The Board decides`).
    """

    may: bool
    negated: bool
    only: bool
    participle: str = ""
    present: bool = False
    verb: str = ""


_SHALL = r"(?:shall|must|will)(?:\snot)?\sbe\s(?:required|obliged|expected)\sto|(?:shall\s|will\s)?ha(?:s|ve)\s(?:the|an?)\s(?:duty|obligation|responsibility)\s(?:to|of(?=\s[a-z]+ing\s))|needs?\snot|(?:does|do)\snot\s(?:have|need)\sto|shall|must|will|(?:is|are)\s(?:not\s)?(?:required|obliged|expected)\sto|(?:agrees?|undertakes?)\s(?:not\s)?to|ha(?:s|ve)\sto|needs?\sto"
_NOUN = r"\s(?:(?:an?|the|one|all|any|no|their|its|such|\d\S*)\s|\w+(?:tion|ment|sion|ance|ence|ship|ity)s?(?!\w))"
_FREE = r"(?:(?:the|full|sole|broad|exclusive|final|complete)\s)+(?:right|power|authority|option|discretion|ability|opportunity)|power|authority"
_MAY = (
    rf"(?:shall|will)(?:\snot)?\s(?:be\s(?:entitled|permitted|authori[sz]ed|allowed)\sto(?!{_NOUN})|(?:have|retain|reserve)\s(?:{_FREE})\s(?:to|of(?=\s[a-z]+ing\s)))|may|MAY|cannot|can|(?:is|are)\s(?:not\s)?(?:entitled(?!\sto{_NOUN})|authori[sz]ed|allowed|permitted)\sto|"
    rf"(?:ha(?:s|ve)|retains?|reserves?)\s(?:{_FREE})\s(?:to|of(?=\s[a-z]+ing\s))"
)
MODAL = rf"(?:{_MAY}|{_SHALL})(?![\w’'-])"
MODAL_PHRASE = re.compile(
    rf"(?P<modal>(?P<may>{_MAY})|{_SHALL})(?![\w’'-])(?P<also>\s(?:also|then|each|both|always|at\sno\stime|in\sno\sevent|never))?"
    r"(?P<not>\s(?:not|NOT)(?![\w’'-]))?(?P<only>\sonly(?![\w’'-]))?(?P<be>\sbe(?!\w)(?:\s(?:only|deemed\sto\sbe|also|then|first|always|(?!only|early|daily|weekly|monthly|yearly|quarterly|likely|friendly|timely|family|orderly|costly)[a-z]+ly(?=\s[a-z]+(?:ed|en|wn|de|ld|nt|pt|id|ut|et)(?!\w))))?(?:\s(?P<part>[a-z]+))?)?"
)
SAID_MODAL = re.compile(rf"(?<![\w’'-])(?:{MODAL})")
PRESENT = re.compile(r"(?:is|are)\s(?P<not>not\s)?(?:(?P<only>only)\s)?(?P<part>[a-z]+)(?!\w)")
STANDING = (
    r"(?:(?:null\sand\s)?void|invalid|valid|(?:in)?eligible\s(?:for|to)|exempt\sfrom|liable\s(?:for|to)|binding|confidential|"
    r"(?:non-?)?transferable|revocable|open\sto(?=\s(?:all|any|every|each|members|residents|anyone|everyone|the\spublic)(?!\w)))(?![\w’'-])"
)
"""What is so of somebody or something in the present tense."""
_NOT_PASSIVE = {"entitled", "present", "need", "indeed", "open", "responsible"}


def modal(match: re.Match[str]) -> Modal:
    """What a match of the modal pattern means."""
    word = match["modal"]
    negated = (
        bool(match["not"])
        or " not " in word
        or word == "cannot"
        or (match["also"] or "").endswith(("never", "no time", "no event"))
    )
    return Modal(match["may"] is not None, negated, bool(match["only"]) or "only" in (match["be"] or ""))


def participle(word: str | None) -> bool:
    """Whether a word after `be` makes a passive."""
    if not word or word in _NOT_PASSIVE:
        return False
    return word in lexicon.current().participles or (word.endswith("ed") and len(word) > 4)
