"""Sums that are not payable, in the words in which what need not be done is read: `the Price is not payable`."""

import re

from syngraph.grammar.faults.smoothing import Smooth

LONGEST = 600
"""Characters of the longest sentence that is taken for one."""
_NOT_PAYABLE = re.compile(
    r"(?:^|(?<=,\s))(?P<what>(?:[Tt]he|[Tt]his|[Tt]hat)\s[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3})\s"
    r"(?:(?:is|are)\s(?:not|no\slonger)|(?:shall|will)\s(?:not|no\slonger)\sbe)\s(?:payable|owed|due)"
    r"(?=[.]?$|\s(?:if|when|where|unless|until|while)\s)"
)


def freed(text: str) -> Smooth | None:
    """The text with `need not be paid` for what is not payable; None where it says no such thing.

    >>> freed("If the Buyer returns the Boat, the Hire is no longer payable.").text
    'If the Buyer returns the Boat, the Hire need not be paid.'
    """
    if len(text) > LONGEST or not (" not " in text or " no longer " in text):
        return None
    found = _NOT_PAYABLE.search(text)
    if found is None:
        return None
    said = f"{found['what']} need not be paid"
    start, end = found.span()
    marks = ((start, start),) if start else ()
    return Smooth(f"{text[:start]}{said}{text[end:]}", ((0, 0), *marks, (start + len(said), end)))
