"""Sections as a sentence names them."""

import re

SECTION = r"(?:\[[^\]]*\]\(#[\w.:-]+\)|\d+(?:\.\d+)*(?:\([a-z]\))?)"
SECTIONS = rf"(?:(?i:sections?|articles?|clauses?)\s)?{SECTION}(?:(?:,\s|\sand\s|,\sand\s|\sor\s|\sto\s|\sthrough\s)(?:(?i:section)\s)?{SECTION})*"
_RANGE = re.compile(r"(?<![\w(#.])((?:\d+\.)*)(\d+)\s(?:to|through)\s((?:\d+\.)*)(\d+)(?![\w.])")
_SECTION = re.compile(r"\(#([\w.:-]+)\)|(?<![\w(#.])(\d+(?:\.\d+)*(?:\([a-z]\))?)")


def sections(text: str) -> tuple[str, ...]:
    """The sections that a text names: `#id` for links, the number as typed otherwise.

    >>> sections("Sections 5 and 7.1"), sections("[](#dues)"), sections("Sections 7 to 9")
    (('5', '7.1'), ('#dues',), ('7', '8', '9'))
    """
    text = _RANGE.sub(_expanded, text)
    return tuple(f"#{link}" if link else typed for link, typed in _SECTION.findall(text))


def _expanded(match: re.Match[str]) -> str:
    first, last = int(match[2]), int(match[4])
    if match[1] != match[3] or not first < last <= first + 99:
        return match[0]
    return ", ".join(f"{match[1]}{number}" for number in range(first, last + 1))
