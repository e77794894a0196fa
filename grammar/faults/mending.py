"""Sentences with a fault that is often made, and the same without it: what `did you mean` tries first."""

import re
from collections.abc import Callable, Iterable

from syngraph.grammar.lexicon import current
from syngraph.grammar.phrases.numbers import MONTHS

_LAST = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_CURRENCIES = {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "pound": "GBP", "pounds": "GBP"}
_MODAL = r"(?P<modal>(?:shall|must|may|will)(?:\snot)?)"

_TWICE = re.compile(r"\b(\w+)\s+\1\b", re.IGNORECASE)
_INFINITIVE = re.compile(rf"\b{_MODAL}\sto\s")
_DAY = re.compile(rf"\b(?P<day>29|30|31)\s(?P<month>{'|'.join(MONTHS)})\b")
_IN = re.compile(r"(?<!with\s)\bin\s(?=(?:\d+|[a-z]+)\s(?:Business\s)?(?:days?|weeks?|months?|years?)\b)")
_WITHIN = re.compile(r"\bwith\sin\s(?=\d|[a-z]+\s)")
_NAMED = re.compile(r"\b(?P<sum>\d[\d,]*(?:\.\d\d)?)\s(?P<unit>euros?|dollars?|pounds?)\b", re.IGNORECASE)
_GLUED = re.compile(r"\b(?P<unit>[A-Z]{3})(?=\d)")
_ARTICLE = re.compile(r"\b(?P<by>by|on|before|until|after)\sthe\s(?=\d{1,2}\s[A-Z])")
_VERB_LAST = re.compile(rf"\b{_MODAL}\s(?P<object>(?:the|an?|its|their)\s[^,;.]{{1,80}}?)\s(?P<verb>[a-z]+)(?=[.;]|$)")
_NOBODY = re.compile(r"^(?P<modal>Shall|Must|May)\s(?=[a-z])")


def mended(text: str) -> tuple[str, ...]:
    """The sentence with each fault of a known kind taken out, one after the other; none of them need be read.

    >>> mended("The Tenant shall to pay the Rent by 31 April 2027.")[0]
    'The Tenant shall pay the Rent by 30 April 2027.'
    """
    whole = text
    found: list[str] = []
    for mend in _MENDS:
        one = mend(text)
        if one != text:
            found.append(one)
            whole = mend(whole)
    return tuple(dict.fromkeys((*([whole] if len(found) > 1 else []), *found)))


def _replacing(pattern: re.Pattern[str], by: Callable[[re.Match[str]], str] | str) -> Callable[[str], str]:
    return lambda text: pattern.sub(by, text)


def _day(found: re.Match[str]) -> str:
    return f"{min(int(found['day']), _LAST[MONTHS[found['month']]])} {found['month']}"


def _turned(found: re.Match[str]) -> str:
    known = found["verb"] in current().verbs
    return f"{found['modal']} {found['verb']} {found['object']}" if known else found[0]


_MENDS: Iterable[Callable[[str], str]] = (
    _replacing(_TWICE, r"\1"),
    _replacing(_INFINITIVE, r"\g<modal> "),
    _replacing(_DAY, _day),
    _replacing(_IN, "within "),
    _replacing(_WITHIN, "within "),
    _replacing(_NAMED, lambda found: f"{_CURRENCIES[found['unit'].lower()]} {found['sum']}"),
    _replacing(_GLUED, r"\g<unit> "),
    _replacing(_ARTICLE, r"\g<by> "),
    _replacing(_VERB_LAST, _turned),
    _replacing(_NOBODY, lambda found: f"Each Party {found['modal'].lower()} "),
)
