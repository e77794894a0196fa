"""A passage cut into sentences, and a sentence into clauses."""

import re

from syngraph.grammar.span import Span

_END = re.compile(r"(?<=[.!?])[”\"’)\]]*(?=\s+(?:[A-Z“\"(\[‘\d*]|$))|(?<=[.!?][”\"’)])(?=\s)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:No|Nos|Art|art|Sec|sec|Inc|Ltd|Co|Corp|Mr|Mrs|Ms|Dr|St|vs|e\.g|i\.e|cf|al|etc|para|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|"
    r"(?:^|\s)[A-Z])\.$"
)
_NAMED = re.compile(r"(?:\b(?:Inc|Ltd|Co|Corp)|(?<=[a-z]\s)[A-Z])\.$")
"""What a name may end with (`Ada Inc.`, `Tea T.`)."""
_OPENS = re.compile(
    r"\s+(?:The|This|These|If|When|Where|Unless|Until|Upon|Within|Each|Every|Any|No|All|Either|Neither|Both|Subject\sto|Notwithstanding)\s|"
    r"\s+(?:On|In|By|At|For|From|After|Before|During)\s(?:[a-z\d]|(?:January|February|March|April|May|June|July|August|September|October|November|December)\s)"
)
"""How a sentence begins after a name that ends with an abbreviation (`paid Ada Inc. On 3 May 2027, ...`)."""
_BREAK = re.compile(r"\n\s*\n")


def sentences(passage: str) -> tuple[Span, ...]:
    """The sentences of a passage in order; what lies between them is white space, and nothing else is lost.

    >>> [("The rent is due. It is EUR 1.50 under No. 4 of it."[s.start : s.end]) for s in sentences("The rent is due. It is EUR 1.50 under No. 4 of it.")]
    ['The rent is due.', 'It is EUR 1.50 under No. 4 of it.']
    """
    found: list[Span] = []
    start = 0
    ends = sorted({m.end() for m in _END.finditer(passage)} | {m.start() for m in _BREAK.finditer(passage)} | {len(passage)})
    for end in ends:
        piece = passage[start:end]
        if not piece.strip():
            continue
        ended = _BREAK.match(passage, end) or (_NAMED.search(piece[-8:]) and _OPENS.match(passage, end))
        if end < len(passage) and _ABBREVIATED.search(piece[-8:]) and not ended:
            continue
        found.append(_trimmed(passage, start, end))
        start = end
    return tuple(found)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip())))


_LIST = re.compile(r"\s?[:—–-]?\s+\((?:a(?=\).*\s\(b\)\s)|i(?=\).*\s\(ii\)\s)|1(?=\).*\s\(2\)\s))\)\s", re.DOTALL)
_COUNTED = re.compile(r"(?:^|\s)(?:one|a|two|three)\s*$")
"""A number in words before its figure in brackets (`one (1) or two (2)`): no list."""
_MARKER = re.compile(r"(?:^|(?<=[;:,.]\s)|(?<=[;,]\sand\s)|(?<=[;,]\sor\s)|(?<=\s))\((?:[a-z]{1,4}|\d{1,2})\)\s")
_JOINT = re.compile(r"[;,.]?\s*(?:and|or)?\s*$")


def listed(sentence: str) -> tuple[Span, tuple[Span, ...]] | None:
    """The stem of a sentence with a list, and its items without marker and joint; None for any other sentence.

    >>> listed("The Secretary shall: (a) keep the Register; and (b) publish it.")
    (Span(start=0, end=19), (Span(start=25, end=42), Span(start=52, end=62)))
    """
    if "(" not in sentence:
        return None
    opening = _LIST.search(sentence)
    if opening is None:
        return None
    if _COUNTED.search(sentence, 0, opening.start()):
        return None
    stem = Span(0, opening.start())
    marks = [m for m in _MARKER.finditer(sentence) if m.start() > opening.start()]
    items: list[Span] = []
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(sentence)
        piece = sentence[mark.end() : end]
        joint = _JOINT.search(piece)
        items.append(Span(mark.end(), mark.end() + (joint.start() if joint else len(piece))))
    return stem, tuple(items)


def labels(sentence: str) -> tuple[str, ...]:
    """The marks of the items of a list, none for any other sentence.

    >>> labels("The Secretary shall: (a) keep the Register; and (b) publish it.")
    ('(a)', '(b)')
    """
    found = listed(sentence)
    if found is None:
        return ()
    return tuple(mark[0].strip() for mark in _MARKER.finditer(sentence) if mark.start() > found[0].end)


_CLAUSE_END = re.compile(r";\s+(?:and\s|or\s|but\s|however,\s|provided,?\s(?=that\s))?")
_AND_CLAUSE = re.compile(
    r",?\s(?:and|but)\s(?=(?:the|each|every|any|all|either|neither|no|an?)\s(?:[A-Z][\w’'-]*\s?){1,4}(?:shall|must|may|will)\s)|"
    r"(?:,\s(?:and|but)|\sand(?=\s(?:that|the|an?|each|all|no)\s))\s(?=(?:(?:the|each|every|any|all|no|an?|this|that|these|those|such|its|their)\s)?"
    r"(?:(?!(?:shall|must|may|will|not|to|who|which|that|as|if|when|by|in|on|at|for|with|then|also|only|it|they|he|she)\b)[\w’'-]+\s){1,4}(?:shall|must|may|will)\s)"
)


LEADS = re.compile(
    r"(?:(?:[-*•|]|\d{1,3}[.)]|\([a-z]{1,4}\)|\(\d{1,3}\)|[a-z]\))\s+)*(?:(?:However|Rather|In\saddition|Furthermore|Moreover|Also|Additionally|Similarly|Likewise|"
    r"Alternatively|Conversely|Further|Finally|Accordingly|Therefore|Thus|Consequently|Hence|In\sparticular|Specifically|Instead|Nevertheless|Nonetheless|"
    r"For\s(?:the\savoidance\sof\sdoubt|clarity)),\s|It\sis\s(?:therefore\s)?(?:expected|assumed|understood)\sthat\s(?=(?:the|these|those|each|all|any|an?)\s|[a-z]+s\s)|"
    r"(?:However|Furthermore|Therefore)\s(?=in\sth)|(?:Similarly|Likewise)\s(?=the\s|an?\s|each\s))?"
)
"""What may stand before a sentence and adds nothing to what it asks: the mark of an item, a word that joins it to the last."""


BESIDES = re.compile(
    r"(?:^In|,\sin)\saddition\sto\s(?:the|its|their|any|all|such)\s(?:(?!(?:of|by|to|from|for|that|which|who)\s)[\w’'-]+\s){0,3}?"
    r"(?:rights?|remed(?:y|ies)|interest|fees?|rent|price|amounts?|sums?|damages|penalt(?:y|ies)|credits?|charges?|costs?|deposit|instal?lments?|dues|"
    r"obligations?|dut(?:y|ies)|requirements?|provisions?|powers?|[A-Z][\w’'-]*)"
    r"(?:\s(?:under|in|of|by|due|payable|provided|set\sout|referred\sto)\s(?!(?:[^,;]*\s)?(?:shall|must|may|will|which|that|who|if|unless|until|when)\s)[^,;]{1,60})?,(?=\s)"
)
"""What a clause says it asks for beside: that is asked for elsewhere."""


def clauses(sentence: str) -> tuple[Span, ...]:
    """The main clauses of a sentence without list: parts between semicolons, and before an `and` that begins a new clause.

    >>> [("The fee is due; the Tenant shall pay it."[s.start : s.end]) for s in clauses("The fee is due; the Tenant shall pay it.")]
    ['The fee is due', 'the Tenant shall pay it']
    """
    end = len(sentence.rstrip(" .!?"))
    cuts = [(m.start(), m.end()) for m in _CLAUSE_END.finditer(sentence, 0, end)] if ";" in sentence else []
    joined = " and " in sentence or " but " in sentence
    if joined and not re.match(
        r"(?i)(?:if|when|where|unless|upon|subject|notwithstanding|in|at|on|during|before|after|until|for|within|once|should|as|so|while|prior|following|by|from|except)\b",
        sentence,
    ):
        cuts += [
            (m.start(), m.end())
            for m in _AND_CLAUSE.finditer(sentence, 0, end)
            if re.search(r"\b(?:shall|must|may|will)\b", sentence[: m.start()])
            and not re.search(r"\b(?:if|when|unless|where|that|who|which)\b[^,]*$", sentence[: m.start()])
        ]
    found: list[Span] = []
    start = 0
    for cut, after in sorted(cuts):
        if sentence[start:cut].strip():
            found.append(_trimmed(sentence, start, cut))
            start = after
    if sentence[start:end].strip():
        found.append(_trimmed(sentence, start, end))
    return tuple(found)
