"""What is counted in steps of a measure: `for each full percentage point by which the Uptime is below 99%`."""

import re

from syngraph.grammar.chunks.scanner import Scanner, made
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.levels import measured
from syngraph.grammar.rules import Condition, Link

EACH_STEP = late(r"for\s(?:each|every)\s(?=[^,]{1,60}?\s(?:by\swhich|that)\s)")
_ENDS = late(
    r",|\s(?=(?:within|no\slater\sthan|by|on|upon)\s(?:the|\d|[a-z]+\s\(?\d|[a-z]+\s(?:\w+\s)?(?:days?|weeks?|months?)\b))|$"
)


def per_step(scan: Scanner, match: re.Match[str]) -> bool:
    """The steps of a measure for each of which something is owed, at the end of a clause."""
    if not scan.main:
        return False
    for stop in _ENDS.finditer(scan.text, match.end(), scan.end):
        said = scan.text[match.start() : stop.start()]
        level = measured(said)
        if level is not None and level.each is not None and not level.aside:
            scan.flush(match.start())
            scan.chunks.append(made("COND", said, match.start(), Condition(Link.SETTING, level)))
            scan.taken = stop.start()
            return True
    return False
