"""Clauses of set wording: what goes on after the end, time that does not count, and when a thing is an event of that name."""

import re

from syngraph.grammar.chunks.effects import Said
from syngraph.grammar.chunks.scanner import Chunk, Scanner, made
from syngraph.grammar.chunks.triggers import TAILS
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.numbers import DURATION, duration
from syngraph.grammar.references import SECTIONS, sections
from syngraph.grammar.rules import Declaration, Effect, Rule, Survival

_END = (
    r"(?:the\s)?(?:[Tt]ermination|[Ee]nd|[Ee]xpiry|[Ee]xpiration)(?:\s(?:or|and)\s(?:the\s)?(?:termination|end|expiry|expiration))?"
    r"(?:\sof\s(?:this|the|these)\s[A-Z][\w’'-]*)?"
)
_WHAT = r"(?:(?i:the\s)?(?:[Oo]bligations|[Dd]uties|[Rr]ights|[Pp]rovisions)(?:\sof\sthe\s[A-Z]\w+)?\s(?:under|of|in|set\sout\sin)\s)?"
_UNAFFECTED = late(rf"(?:The\s)?{_END}\s(?:does|do)\snot\s(?:affect|end)\s(?P<what>[^,;]+)$")
_ACCRUED = late(
    r"(?:any|all|the|such|those|other)?\s?(?:\w+\s)?(?:rights?|obligations?|dut(?:y|ies)|claims?|penalt(?:y|ies)|sums?|amounts?|debts?|liabilit(?:y|ies)|payments?|"
    r"remed(?:y|ies)|interest|fees?|credits?)(?:\s(?:or|and)\s\w+)?(?:\s(?:that|which)\s(?:has|have|had)\s(?:already\s)?(?:accrued|arisen|fallen\sdue|become\sdue)|"
    r"\s(?:already\s)?accrued)?(?:\s(?:by|before|up\sto|until)\s(?:then|that\s(?:day|date|time)))?$"
)
_OF_THEN = re.compile(r"accrued|arisen|fallen\sdue|become\sdue")
_LASTS = late(
    rf"{_WHAT}(?P<sections>(?i:{SECTIONS}))\s(?:shall\s|will\s)?(?:continues?|remains?|stays?|survives?|applies|apply|binds?)(?:\sin\s(?:full\s)?(?:force|effect)|\sto\s(?:apply|bind\sthe\sParties|be\sbinding)|"
    rf"\sbinding)?\s(?:for\s(?P<time>{DURATION})\s)?(?:after|beyond|following)\s{_END}(?:\sfor\s(?P<then>{DURATION}))?$"
)
_OUTLIVES = late(
    rf"{_WHAT}(?P<sections>(?i:{SECTIONS}))\s(?:shall\s|will\s)?survives?\s{_END}(?:\sfor\s(?P<then>{DURATION}))?$"
)
_PERIODS = r"(?:(?:all|any|every|each|the|both)\s)?(?:such\s|other\s)?(?:deadlines?|periods?|time\slimits?|terms?)(?:\sfor\sperformance)?(?:\s(?:of|in|under)\sthis\s[A-Z]\w+)?"
_OWN_TIME = r"(?:the\s)?(?:time|period|date|day|deadline)\s(?:for|of)\s(?:the\s)?[a-z]+(?:\sof\sthe\s[A-Z][\w’'-]*)?|the\s[a-z]+\s(?:date|period|deadline|time)|the\s[A-Z]\w+\s(?:Date|Period)"
_SUSPENSION = r"(?:the\s|that\s|a\s|any\s)?suspension(?:\sof\sthis\s[A-Z]\w+)?|(?:during|for)\swhich\s(?:this\s[A-Z]\w+|it)\s(?:is|was|has\sbeen)\ssuspended"
_HELD_UP = r"(?:[Ii]f|[Ww]hen|[Ww]hile|[Ww]here|[Aa]s\slong\sas)\sthis\s[A-Z]\w+\sis\ssuspended"
_NO_DEFAULT = r"(?:neither\s[Pp]arty|no\s[Pp]arty|nobody)\s(?:is|are|shall\sbe|will\sbe)\sin\s(?:default|breach|delay)"
_TOLLS = (
    late(
        rf"(?:The\s)?(?:[Tt]ime|[Pp]eriod|[Dd]ays)\s(?:of\s)?(?:{_SUSPENSION})\s(?:(?:does|do|shall)\snot\scount|(?:is|are)\snot\scounted)\s(?:towards?|in|for|as\spart\sof)\s{_PERIODS}$"
    ),
    late(
        rf"(?:{_HELD_UP},\s(?:{_NO_DEFAULT},?\sand\s)?)?(?i:{_PERIODS}|{_OWN_TIME})\s(?:is|are|shall\sbe|will\sbe)\sextended\sby\s(?:the\s)?"
        rf"(?:time|duration|length|period|days)\s(?:of\s)?(?:{_SUSPENSION})$"
    ),
    late(rf"(?:{_HELD_UP},\s{_NO_DEFAULT}|(?i:{_NO_DEFAULT})\s(?:{_HELD_UP}|during\s(?:{_SUSPENSION})))$"),
)


def lasting(clause: str) -> list[Chunk] | None:
    """A clause about what outlives the end, or about the time of a suspension, whole."""
    rule = _rule(clause)
    return [made("IDIOM", clause, 0, rule)] if rule is not None else None


def _rule(clause: str) -> Rule | None:
    if "suspen" in clause and any(pattern.match(clause) for pattern in _TOLLS):
        return Declaration("suspension", clause)
    if found := _UNAFFECTED.match(clause):
        if re.fullmatch(SECTIONS, found["what"]):
            return Survival(sections(found["what"]))
        accrued = _ACCRUED.match(found["what"]) and _OF_THEN.search(found["what"])
        return Declaration("accrued rights", clause) if accrued else None
    if found := _LASTS.match(clause) or _OUTLIVES.match(clause):
        said = found.groupdict()
        lasts = said.get("time") or said.get("then")
        if said.get("time") and said.get("then"):
            return None
        return Survival(sections(found["sections"]), "", duration(lasts) if lasts else None)
    return None


_IT_IS = late(
    r"(?:It|This)\s(?:is|shall\sbe|constitutes)\s(?P<what>an?\s[A-Z][\w’'-]*(?:\s(?:of\s)?[A-Z][\w’'-]*)*)(?=\s(?:if|when|where)\s)"
)


def occurring(clause: str) -> list[Chunk] | None:
    """The chunks of a clause that says when a thing is an event that the text names (`It is an Event of Default if ...`)."""
    match = _IT_IS.match(clause)
    if match is None:
        return None
    scan = Scanner(clause, len(clause))
    scan.main = True
    start = match.start("what")
    scan.chunks = [made("TEXT", match["what"], start, None), made("EFFECT", "is", start - 3, Said(Effect.OCCURS))]
    return scan.scan(match.end(), TAILS)
