"""What is counted by the time that something is late: `for each day of delay`, `for each week that delivery is late`."""

import re

from syngraph.grammar.amounts import Duration
from syngraph.grammar.chunks.scanner import Scanner, made
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.lateness import circumstance
from syngraph.grammar.phrases.numbers import NUMBER, duration
from syngraph.grammar.rules import Condition, Fails, Link

EACH_PERIOD = late(
    rf"for\s(?:each|every)\s(?P<time>{NUMBER}\s(?:full\s)?(?:days?|weeks?|months?|years?)|(?:full\s|whole\s)?(?:day|week|month|year))"
    r"(?:\sof\s(?:the\s)?delay)?(?P<begun>\sor\spart\sof\s(?:it|them|a\s\w+|that\s\w+|one))?(?:\sof\sdelay)?"
    r"(?:\s(?:that|by\swhich|(?:on|in|during|for)\swhich)\s(?P<late>[^,;]{3,120}?\s(?:is|are|remains?)\s(?:late|overdue|delayed|past\sdue))(?!\w))?"
)


def per_late(scan: Scanner, match: re.Match[str]) -> bool:
    """Each period that something is late is counted, if it is: one chunk for either; whether that can be late."""
    test = circumstance(match["late"], (), match["late"])
    if not isinstance(test, Fails):
        return False
    scan.flush(match.start())
    scan.chunks.append(made("COND", match[0].strip(" ,"), match.start(), Condition(Link.IF, test)))
    return True


def counted(match: re.Match[str]) -> tuple[Duration, bool]:
    """The period that is counted, and whether one that has begun counts."""
    time = re.sub(r"full\s|whole\s", "", match["time"])
    return duration(time if time[0].isdigit() or " " in time else f"one {time}"), bool(match["begun"])


def per(scan: Scanner, match: re.Match[str]) -> bool:
    """A period that is counted, with the condition that something is late where the words name it."""
    if match["late"] and not (scan.main and per_late(scan, match)):
        return False
    return scan.add("PER", match, counted(match))
