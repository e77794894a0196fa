"""Whether a sentence names another text: an act, an agreement, a name that is neither a term nor a role of the text itself.

What is not known to be this text's own counts as another's, so that no reference is led where it may not belong.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

_KINDS = (
    "Act|Addendum|Agreement|Amendment|Annex|Appendix|Articles|Bill|Bylaw|By-law|Charter|Code|Constitution|Contract|Convention|"
    "Covenant|Decree|Deed|Directive|Exhibit|Guideline|Handbook|Law|Lease|Licence|License|Manual|Order|Ordinance|Policy|Protocol|"
    "Regulation|Rule|Schedule|Statute|Terms|Treaty|Trust|Will"
)
_NOUNS = (
    "act|agreement|charter|code|constitution|contract|deed|directive|law|lease|ordinance|policy|regulation|rule|statute|treaty"
)
_OWN = re.compile(rf"\b(?i:this|these)\s+(?:[A-Z][\w-]*\s+){{0,2}}(?:(?:{_KINDS})s?|{_KINDS.upper()})\b")
_INSTRUMENT = re.compile(
    rf"\b(?:(?:{_KINDS})(?:s|es)?|Policies|Treaties|{_KINDS.upper()})\b"
    rf"|\b(?i:the|an?|any|that|those|another|such|each|every|other)\s+(?:\w+\s+){{0,2}}(?:{_NOUNS})s?\b"
    r"|\b\d{2,4}/\d{2,4}\b"
)
"""The names of kinds of texts; and `2016/679`, the number of one."""
_WORD = re.compile(r"[^\W\d_][\w-]*")
_AMOUNT = re.compile(
    r"\b(?:AUD|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|HKD|HUF|INR|JPY|KRW|MXN|NOK|NZD|PLN|RON|SEK|SGD|TRY|USD|ZAR)(?=\s?\d)"
)
"""A currency before a figure; any other abbreviation there may be an act of a year (`DPA 2018`)."""
_ROMAN = re.compile(r"\b(?i:sections?|articles?|clauses?)\s[IVXLC]{1,7}\b")
_END = re.compile(r"[.!?][)\]”\"’*]{0,4}\s+(?=[^\w\s]{0,3}[^\W\d_])")
_LAST = re.compile(r"\w+\Z")
_SHORT = re.compile(r"art|arts|cap|chap|cl|corp|etc|inc|ltd|no|nos|para|paras|pt|reg|regs|sch|sec|secs|vol|viz")
_OPENING = re.compile(
    r"a|according|after|all|also|an|and|any|as|at|before|both|but|by|despite|during|each|either|every|except|"
    r"for|from|however|if|in|it|its|neither|no|nor|not|nothing|notwithstanding|on|once|only|or|otherwise|"
    r"provided|pursuant|save|see|so|subject|such|that|the|their|there|these|they|this|those|to|under|unless|"
    r"until|upon|when|whenever|where|with|within|without"
)
_PLAIN = re.compile(
    r"section|sections|article|articles|clause|clauses|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_RUN = r"[A-Z][a-z][\w-]{0,40}(?:\s(?:of\s(?:the\s)?)?[A-Z][a-z][\w-]{0,40}){0,3}"
_ACTING = re.compile(
    rf"({_RUN})\s(?:shall|must|may|will|agrees?)\s(?:not\s)?"
    r"(?!apply|be\b|continue|control|govern|have\b|mean|prevail|remain|supersede|take\seffect)"
)
_GIVEN = re.compile(
    r"\b(?:pays?|paid|notice|sends?|delivers?|reports?)\b[^.;:,]{0,60}?(?<!according )(?<!pursuant )(?<!subject )"
    rf"\bto\s(?:the|an?|each|any|every)\s({_RUN})"
)
_DEFINED = re.compile(rf"[“\"]\*{{0,2}}({_RUN})\*{{0,2}}[”\"]\*{{0,2}}(?:\s(?:means?|is|are)\b([^.;]{{0,160}})|\))")
_UNFINISHED = re.compile(r"(?:[:;,]|\b(?:and|or))\s*\Z")


def own_names(texts: Iterable[str]) -> frozenset[str]:
    """The words of the defined terms and roles of a text.

    A role acts somewhere (`the Tenant shall pay`), or is paid or told something. A term that is defined to be another text is
    none of this one.

    >>> sorted(own_names(["The Tenant shall pay rent to the Managing Agent.", "“Act” means the Housing Act."]))
    ['Agent', 'Managing', 'Tenant']
    """
    names: set[str] = set()
    for text in texts:
        runs = [match[1] for pattern in (_ACTING, _GIVEN) for match in pattern.finditer(text)]
        runs += [match[1] for match in _DEFINED.finditer(text) if not _INSTRUMENT.search(match[2] or "")]
        names.update(word for run in runs for word in _WORD.findall(run))
    return frozenset(name for name in names if not _OPENING.fullmatch(name.casefold()))


def another(sentence: str, own: frozenset[str]) -> str:
    """What in a sentence names another text, "" for nothing.

    >>> another("Under GDPR, section 2 applies.", frozenset()), another("Section 2 of this Lease.", frozenset())
    ('GDPR', '')
    """
    sentence = _ROMAN.sub("", _AMOUNT.sub("", _OWN.sub("", sentence)))
    if (found := _INSTRUMENT.search(sentence)) is not None:
        return found[0]
    for count, match in enumerate(_WORD.finditer(sentence)):
        word = match[0]
        lowered = word.casefold()
        if not any(letter.isupper() for letter in word) or len(word) == 1 or word in own or _PLAIN.fullmatch(lowered):
            continue
        if (count == 0 and _OPENING.fullmatch(lowered)) or (word.endswith("s") and word[:-1] in own):
            continue
        return word
    return ""


@dataclass(slots=True)
class Sentences:
    """The sentences of one text after another; one that a colon or a comma leaves open goes on in the next text."""

    own: frozenset[str]
    _carried: str = ""
    _starts: list[int] = field(default_factory=list)
    _names: list[str] = field(default_factory=list)

    def read(self, text: str) -> None:
        """Take up the next text."""
        ends = [match.end() for match in _END.finditer(text) if _closes(text[max(match.start() - 12, 0) : match.start()])]
        self._starts = [0, *ends]
        parts = zip(self._starts, [*ends, len(text)], strict=True)
        self._names = [another(text[start:end], self.own) for start, end in parts]
        self._names[0] = self._names[0] or self._carried
        self._carried = self._names[-1] if _UNFINISHED.search(text[-40:]) else ""

    def another(self, at: int) -> str:
        """What names another text in the sentence at a character of the present text, "" for nothing."""
        return self._names[bisect_right(self._starts, at) - 1]


def _closes(before: str) -> bool:
    """Whether a stop after some characters ends a sentence, and is not that of `Art.` or `No.`."""
    found = _LAST.search(before)
    word = found[0] if found else ""
    return not _SHORT.fullmatch(word.casefold()) and not (word.isalpha() and (word.isupper() or len(word) < 3))
