"""What a sentence may say without changing what it means, said so that it is read: a comma that is left out after `In that
case`, and that a term ends `unless it is terminated earlier`.
"""

import re

from syngraph.grammar.references import SECTIONS

_CASE = re.compile(r"(?:In|On)\s(?:that|this|such|either)\s(?:case|event)(?=\s(?:the|each|every|either|neither|an?|no|any)\s)")
_TEXT = r"(?:this|these|the)\s(?:[A-Z][\w’'-]*|term(?:\sof\sthis\s[A-Z]\w+)?)"
_EARLIER = (
    rf"(?i:unless|if\snot)\s(?:(?:it|they|{_TEXT})\s(?:is|are|has\sbeen|have\sbeen)\s)?"
    r"(?:(?:terminated|ended|cancelled)\s(?:earlier|sooner|before(?:\sthat\s(?:date|day|time)|hand)?)|(?:earlier|sooner)\s(?:terminated|ended|cancelled))"
    rf"(?:\s(?:in\saccordance\swith|under|pursuant\sto|by)\s(?:{SECTIONS}|this\s[A-Z]\w+|its\sterms))?"
)
_AFTER = re.compile(rf",?\s{_EARLIER}(?=\.?$)")
_BEFORE = re.compile(rf"{_EARLIER},\s(?=this\s|these\s|the\sterm)")
_ENDS = re.compile(
    r"^(?:This|These|this|these|[Tt]he\s(?:initial\s)?term)\s[^,;]{1,160}?\b(?:ends?|expires?|terminates?|continues?|lasts?|remains?|runs?|in\sforce)\s"
)
_BINDS = re.compile(r"\b(?:shall|must|may|will)\b")
LONGEST = 400
"""Characters of the longest sentence in which the end of a term is looked for."""


def led(text: str) -> tuple[int, int, str] | None:
    """Where a sentence is to be said otherwise, and how; None where it need not be.

    >>> led("In that case the Buyer shall pay."), led("This Lease ends on 3 May 2028, unless it is terminated earlier.")
    ((12, 12, ','), (29, 62, ''))
    """
    if case := _CASE.match(text):
        return case.end(), case.end(), ","
    if len(text) > LONGEST or not ("earlier" in text or "sooner" in text or "before" in text) or _BINDS.search(text):
        return None
    if (before := _BEFORE.match(text)) and _ENDS.match(text[before.end() :]):
        return 0, before.end() + 1, text[before.end()].upper()
    after = _AFTER.search(text)
    return (after.start(), after.end(), "") if after and _ENDS.match(text) else None
