"""Caps in other words than `shall not exceed`: `is limited to`, `is capped at`, `in no event shall ... exceed`, `in a month`."""

import re

from syngraph.grammar.faults.smoothing import Smooth
from syngraph.grammar.phrases.numbers import MONEY, PERCENT

LONGEST = 600
"""Characters of the longest sentence that is taken for a cap."""
_SUM = rf"(?:{MONEY}|{PERCENT}\sof\s|the\s[A-Z])"
_OWED = re.compile(r"\b(?:liability|penalty|penalties|damages|credits?|compensation|charges?|indemnity|fines?|interest)\b")
_ALMOST = r"(?:(?:a\smaximum|an\samount|the\samount|a\stotal)\sof\s)?"
_CAPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(rf"\s(?:is|are|shall\sbe|will\sbe)\s(?:hereby\s)?(?:limited\sto|capped\sat)\s{_ALMOST}(?={_SUM})"),
        " shall not exceed ",
    ),
    (
        re.compile(
            rf"\s(?:(?:does|do)\snot\sexceed|(?:shall|will|may|can|is|are)\snot\s(?:be\s)?(?:more|greater|higher)\sthan)\s(?={_SUM})"
        ),
        " shall not exceed ",
    ),
    (re.compile(rf"(?<=liability)(?P<of>\s[^,;]{{0,120}}?)?\sexceeds\s(?={_SUM})"), r"\g<of> shall exceed "),
    (
        re.compile(rf"\s(?:shall|will|is)\snot\s(?:be\s)?liable\sfor\smore\sthan\s(?={_SUM})"),
        "’s liability shall not exceed ",
    ),
)
_NEVER = re.compile(r"^In\sno\s(?:event|case)\s(?:shall|will|may)\s(?P<what>[^,;]{1,200}?)\sexceed\s")
_MOST = re.compile(rf"^The\smaximum\s(?P<what>[^,;]{{1,120}}?)\sis\s(?={_SUM})")
_PERIOD = re.compile(
    r"\b(?:in|for|during|within)\s(?:a|one|the\ssame)\s(?P<unit>(?:calendar\s)?(?:month|quarter|year))(?=\s(?:shall|will|must|may)\snot\sexceed\b|[.]?$)"
)


def limited(text: str) -> Smooth | None:
    """The text of a cap with `shall not exceed`; None where it says so already, or caps nothing that is owed.

    >>> limited("The Seller's liability is limited to EUR 500.").text
    "The Seller's liability shall not exceed EUR 500."
    """
    if len(text) > LONGEST or not (_OWED.search(text) or "liable for more" in text):
        return None
    for pattern in (_NEVER, _MOST):
        if found := pattern.search(text):
            what = found["what"]
            said = what[0].upper() + what[1:] if pattern is _NEVER else f"The {what}"
            return _instead(text, found, f"{said} shall not exceed ")
    for pattern, said in _CAPS:
        found = pattern.search(text)
        if found is not None and (_OWED.search(text[: found.start()]) or "liab" in said):
            return _instead(text, found, found.expand(said))
    found = _PERIOD.search(text) if "not exceed" in text else None
    return _instead(text, found, f"in any {found['unit']}") if found is not None else None


def _instead(text: str, found: re.Match[str], said: str) -> Smooth:
    start, end = found.span()
    return Smooth(f"{text[:start]}{said}{text[end:]}", ((0, 0), (start, start), (start + len(said), end)))
