"""A time between two moments: `from dispatch until delivery`, `between 1 May 2027 and delivery of the Goods`."""

import re

from syngraph.grammar.amounts import Day, Event, From, Until
from syngraph.grammar.chunks.scanner import Scanner, made
from syngraph.grammar.lexicon import current
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.nouns import event
from syngraph.grammar.phrases.numbers import CALENDAR_DAY, moment

_NAMED_DAY = r"the\s[A-Z][\w’'-]*\s(?:Date|Day)"
_DATED = re.compile(rf"(?:{_NAMED_DAY}|the\s(?:date|day)\sof\s.+)$")
_NOUN = re.compile(
    r"(?:the\s)?(?:(?:date|day|time|moment)\sof\s)?(?:(?:the|its|their)\s)?(?P<noun>[a-z]+)(?:\s(?:of|to|by)\s|$)"
)
_HAPPENING = (
    r"(?:the\s)?(?:(?:date|day|time|moment)\sof\s)?(?:(?:the|its|their)\s)?[a-z]+"
    r"(?:\s(?:of|to|by)\s(?:the|its|their|this|an?)\s[\w’'-]+(?:\s[A-Z][\w’'-]*)*){0,2}"
)
_SIDE = rf"(?:{CALENDAR_DAY}|{_NAMED_DAY}|{_HAPPENING})"
STRETCH = late(
    rf"(?:(?i:from)\s(?P<first>{_SIDE})\s(?:and\s)?(?:until|till|to)|(?i:between)\s(?P<early>{_SIDE})\sand)\s(?P<last>{_SIDE})(?=,\s|\.?$)"
)


def stretch(scan: Scanner, match: re.Match[str]) -> bool:
    """Adds both ends of a time, where both are days or events of the lexicon."""
    first, last = match["first"] or match["early"], match["last"]
    begins, ends = _moment(first), _moment(last)
    if begins is None or ends is None:
        return False
    fronted = not scan.main
    if fronted and (scan.waiting != -1 or not scan.text.startswith(", ", match.end())):
        return False
    scan.flush(match.start())
    group = "first" if match["first"] else "early"
    scan.chunks.append(made("TIME", f"from {first}", match.start(), From(begins)))
    if fronted:
        scan.comma(match.end(group))
    scan.chunks.append(made("TIME", scan.text[match.end(group) : match.end()].strip(), match.end(group) + 1, Until(ends)))
    scan.taken = match.end()
    return True


def _moment(said: str) -> Day | Event | None:
    if re.fullmatch(CALENDAR_DAY, said):
        found = moment(said)
        return found if isinstance(found, Day) else None
    happens = event(said)
    named = _NOUN.match(said)
    is_act = named is not None and named["noun"] in current().verbs  # `dispatch` is both
    return happens if happens.verb or is_act or _DATED.match(said) else None
