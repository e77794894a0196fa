"""Words with which a sentence binds although none of them is `shall`, `must` or `may`."""

import re

from syngraph.grammar.guards.releasing import releases
from syngraph.grammar.phrases.numbers import NUMBER
from syngraph.grammar.phrases.thresholds import SHARE

_THING = r"(?:[\w’'()-]+\s)"
_BECOMES = r"(?:due|payable|void|invalid|effective|binding|final|immediately|automatically|the\sproperty)"
_STATED = re.compile(
    r"\b(?:(?:is|are)\s(?:automatically\s|hereby\s|immediately\s)?(?:deemed|reduced|increased|extended|shortened|forfeit(?:ed)?|waived|suspended|terminated|revoked|cancelled|"
    r"null\sand|non-?transferable|irrevocable|refundable|non-?refundable|quorate|inquorate)\b|"
    r"(?:is|are)\s(?:not\s)?to\sbe\s\w+|(?:is|are)\sdecided\s|"
    r"(?:is|are)\s(?:limited\sto|capped\sat|applied\s(?:first|to)|converted\s(?:at|into|to)|credited\s(?:first|to))\s|"
    r"[Nn]o\smore\sthan\s.{1,80}?\s(?:is|are)\s(?:payable|owed|due)\b|\bmaximum\s\w+\sis\s|"
    rf"becomes?\s{_BECOMES}\b|"
    r"(?:does|do)\snot\s(?:apply|vote|count|affect|bind|limit|take\seffect|survive)\b|"
    r"(?:applies|apply)\s(?:only|to|if|when|unless|where|until|from)\b|"
    r"(?:terminates?|lapses?|expires?|renews?|ends?|is\srenewed)\s(?:automatically|itself|if|when|upon|on|unless|after|within|at)\b|"
    r"(?:passes|carries|fails|accrues?|prevails?)\s(?:to|when|if|only|upon|unless|on|with|by|at|from|over)\b|"
    r"(?:shall\s)?counts?\sas\s(?:an?\s|the\s)?(?:acceptance|approval|consent|payment|delivery|receipt|notice|performance|rejection|waiver)\b|"
    r"(?:continues?|remains?|stays?)\s(?:in\s(?:full\s)?(?:force|effect)|binding|to\s(?:apply|bind))\b|(?:continues?|survives?)\s(?:for|until|after|beyond)\b|"
    r"(?:retains?|keeps?)\s(?:title|ownership|property)\b|(?:doubles|halves|rises|falls|drops|increases|decreases)\s(?:by|to|on|if|when)\b|falls?\sdue\b|"
    r"takes?\sprecedence|bears?\s(?:interest|the\s(?:cost|risk|expense)s?)|"
    rf"(?:requires?|needs?)\s(?:the\s|a\s|an\s)?(?:presence|attendance|votes?|consent|approval|agreement|support|quorum|majority|{SHARE}\s(?:of|to))\b|"
    rf"unless\s(?:more\sthan\s|at\sleast\s)?{_THING}{{1,6}}objects?\b|"
    r"(?:is|are)\s(?:immediately\s|then\s|also\s)?(?:due|payable)(?=$|[.,;]|\s(?:if|when|unless|upon|for|to))|"
    rf"period\s(?:is|are|lasts|of\s{NUMBER}))",
    re.IGNORECASE,
)


def stated(text: str) -> bool:
    """Whether a sentence that was not read states in the present what binds all the same.

    >>> stated("This Lease terminates automatically if the Flat burns down."), stated("The Flat is sunny.")
    (True, False)
    """
    return _STATED.search(text) is not None or releases(text)
