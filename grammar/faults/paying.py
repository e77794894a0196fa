"""Sentences on how payments count, with the words in which they are read: in another currency, and on what first."""

import re

from syngraph.grammar.faults.smoothing import Smooth
from syngraph.grammar.phrases.currencies import CURRENCY

LONGEST = 400
"""Characters of the longest sentence that is taken for one."""
_PAYMENTS = r"(?:(?:[Aa]ll|[Aa]ny|[Ee]ach|[Ee]very|[Tt]he|[Aa])\s)?[Pp]ayments?"
_RATE = (
    r"at\sthe\s(?:exchange\srate|rate\sof\sexchange)\s(?:(?:prevailing|applicable|applying|in\sforce|valid|current)\s)?"
    r"(?:of|on|for)\sthe\s(?:day|date)\s(?:(?:of|on\swhich)\s(?:the\s)?payment(?:\sis\smade)?|it\sis\spaid|of\sthe\spayment)"
)
_CANONICAL = "at the exchange rate of the day of payment"
_CONVERTED = re.compile(
    rf"{_PAYMENTS}\s(?:made\s)?in\s(?P<currency>{CURRENCY})\s(?:is|are|shall\sbe|will\sbe|must\sbe|count|counts|shall\scount)\s?"
    rf"(?:converted\s(?:(?:in)?to\s[\w.]+(?:\s[\w.]+)?\s)?)?{_RATE}(?=[.]?$)"
)
_PERMITTED = re.compile(rf"(?<=\s)(?P<in>in\s{CURRENCY}),?\s(?:(?:converted|calculated|reckoned)\s)?{_RATE}(?=[.]?$)")
_TO = r"(?:to|against|towards?)"
_NEXT = re.compile(
    rf"(?:,|,?\sand|,\sand)?\s(?:(?:then|thereafter|next|after\sthat|second(?:ly)?|third(?:ly)?|finally|lastly),?"
    rf"|the\s(?:rest|balance|remainder))\s(?:{_TO}\s)?"
)
_APPLIED = re.compile(
    rf"(?:{_PAYMENTS}(?:\s(?:received|made|under\sthis\s\w+|(?:by|from)\sthe\s\w+)){{0,3}}\s(?:is|are|shall\sbe|will\sbe|must\sbe)\s"
    rf"(?:applied|credited|allocated|counted)|[Tt]he\s\w+\s(?:shall|must|will)\s(?:apply|credit|allocate)\s(?:(?:all|any|each|every|the)\s)?payments?)"
    rf"(?P<first>,?\sfirst(?:ly)?,?)?\s{_TO}\s(?P<rest>[^.;]{{1,200}})(?=[.]?$)"
)
_BEFORE = re.compile(rf"\s(?:before|and\sonly\sthen)\s(?:{_TO}\s)?")
_ADJECTIVE = r"(?:(?:accrued|outstanding|unpaid|overdue|remaining|default|late|any|all|due|legal|collection|enforcement)\s)*"
_KINDS = {
    rf"(?:the\s)?{_ADJECTIVE}interest": "interest",
    rf"(?:the\s)?{_ADJECTIVE}(?:costs?|expenses?|fees|charges|penalties|late\sfees)": "costs",
    rf"(?:the\s)?{_ADJECTIVE}(?:principal|capital)(?:\s(?:sum|amount|balance|debt))?(?:\sof\sthe\s[A-Z]\w+)?": "principal",
    rf"the\s{_ADJECTIVE}(?:Loan|Price|Debt|debt|principal\sdebt)": "principal",
}


def paying(text: str) -> Smooth | None:
    """The text of a sentence on how payments count in the words in which it is read; None where it has them already.

    >>> paying("Payments in US dollars are converted at the exchange rate on the date of payment.").text
    'Payments may be made in US dollars at the exchange rate of the day of payment.'
    """
    if len(text) > LONGEST or "ay" not in text:
        return None
    if found := _CONVERTED.match(text):
        return _instead(text, found, f"Payments may be made in {found['currency']} {_CANONICAL}")
    if (found := _APPLIED.match(text)) and (order := _ordered(found)) and found[0] != order:
        return _instead(text, found, order)
    found = _PERMITTED.search(text) if " may " in text else None
    if found is not None and found[0] != f"{found['in']} {_CANONICAL}":
        return _instead(text, found, f"{found['in']} {_CANONICAL}")
    return None


def _ordered(found: re.Match[str]) -> str:
    """On what payments count, what comes first before the rest; "" where that is not said, or not of what is known."""
    groups = _NEXT.split(found["rest"]) if found["first"] else _BEFORE.split(found["rest"])
    kinds = [[_kind(one) for one in re.split(r",?\sand\s|,\s", group)] for group in groups]
    named = [kind for group in kinds for kind in group]
    if len(groups) < 2 or "" in named or len(set(named)) < len(kinds):
        return ""
    said = [" and ".join(dict.fromkeys(group)) for group in kinds]
    return f"Payments shall be applied first to {', then to '.join(said)}"


def _kind(said: str) -> str:
    return next((kind for words, kind in _KINDS.items() if re.fullmatch(words, said)), "")


def _instead(text: str, found: re.Match[str], said: str) -> Smooth:
    start, end = found.span()
    return Smooth(f"{text[:start]}{said}{text[end:]}", ((0, 0), (start, start), (start + len(said), end)))
