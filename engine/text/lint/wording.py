"""Words that leave open what is meant."""

import re
from collections.abc import Iterator

from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.lint.context import Context

_AND_OR = re.compile(r"\b(?:and/or|or/and)\b", re.IGNORECASE)
_MIDNIGHT = re.compile(r"\b(?:12\s)?midnight\b", re.IGNORECASE)
_WHICH = re.compile(r"\b(?:start|begin\w*|end\w*|close|between)\b|00:00|24:00", re.IGNORECASE)
_LOOSE = re.compile(r"\b(?P<kind>business|working|banking|clear|trading)\s+days?\b", re.IGNORECASE)


def and_or(context: Context) -> Iterator[Finding]:
    """SG307: `and/or`, which is either, both, or a dispute."""
    for clause, match in _matches(context, _AND_OR):
        where = clause.text[match.start() : match.end()]
        yield found("SG307", "and/or says two things at once", where, "write “A or B or both”, or the one that is meant")


def midnight(context: Context) -> Iterator[Finding]:
    """SG308: `midnight` is where two days meet: the text must say at which end."""
    for clause, match in _matches(context, _MIDNIGHT):
        around = clause.text.string[max(match.start() - 60, 0) : match.end() + 60]
        if not _WHICH.search(around):
            where = clause.text[match.start() : match.end()]
            yield found(
                "SG308", "midnight belongs to two days", where, "write “at the end of 3 May” or “at the start of 3 May”"
            )


def loose_days(context: Context) -> Iterator[Finding]:
    """SG309: days of a kind (`business days`, `working days`) whose calendar nothing defines, at their first use."""
    told: set[str] = set()
    for clause, match in _matches(context, _LOOSE):
        kind = match["kind"].casefold()
        exact = match["kind"][:1].isupper()
        if kind == "clear" or (exact and f"{kind} day" in context.known):
            continue
        if match["kind"] in told:
            continue
        told.add(match["kind"])
        where = clause.text[match.start() : match.end()]
        term = f"{match['kind'].capitalize()} Day"
        if f"{kind} day" in context.known:
            yield found(
                "SG309", f"{where} in small letters is not the defined {term}", where, f"write {term}, as it is defined"
            )
        else:
            help = f'define it: "{term}" means a day other than a Saturday, a Sunday or a public holiday in ...'
            yield found("SG309", f"nothing says which days are {where}", where, help)


def _matches(context: Context, pattern: re.Pattern[str]) -> Iterator[tuple[Clause, re.Match[str]]]:
    for clause in context.clauses:
        if not clause.prose:
            for match in pattern.finditer(clause.text.string):
                yield clause, match
