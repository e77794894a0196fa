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


def paying(text: str) -> Smooth | None:
    """The text of a sentence on how payments count in the words in which it is read; None where it has them already.

    >>> paying("Payments in US dollars are converted at the exchange rate on the date of payment.").text
    'Payments may be made in US dollars at the exchange rate of the day of payment.'
    """
    if len(text) > LONGEST or "ay" not in text:
        return None
    if found := _CONVERTED.match(text):
        return _instead(text, found, f"Payments may be made in {found['currency']} {_CANONICAL}")
    found = _PERMITTED.search(text) if " may " in text else None
    if found is not None and found[0] != f"{found['in']} {_CANONICAL}":
        return _instead(text, found, f"{found['in']} {_CANONICAL}")
    return None


def _instead(text: str, found: re.Match[str], said: str) -> Smooth:
    start, end = found.span()
    return Smooth(f"{text[:start]}{said}{text[end:]}", ((0, 0), (start, start), (start + len(said), end)))
