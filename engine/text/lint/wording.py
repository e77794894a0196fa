"""Words that leave open what is meant."""

import re
from collections.abc import Iterator

from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.lint.context import Context, normal, within
from syngraph.engine.text.provenance import Text
from syngraph.grammar.amounts import Within
from syngraph.grammar.lexicon import current
from syngraph.grammar.rules import Norm, PowerKind, Prohibition, Quantifier
from syngraph.grammar.saying.phrasing import say_duration

_AND_OR = re.compile(r"\b(?:and/or|or/and)\b", re.IGNORECASE)
_MIDNIGHT = re.compile(r"\b(?:12\s)?midnight\b", re.IGNORECASE)
_WHICH = re.compile(r"\b(?:start|begin\w*|end\w*|close|between)\b|00:00|24:00", re.IGNORECASE)
_LOOSE = re.compile(r"\b(?P<kind>business|working|banking|bank|clear|court|juridical|school|trading)\s+days?\b", re.IGNORECASE)

_MAY_NOT = re.compile(r"\bmay not\b(?: ([a-z]+ly))? ([a-z]+)")
_EVERY = re.compile(r"\b(?:all|each|every)\b", re.IGNORECASE)
_ENTITLED = (
    "vote delegate stand serve hold attend participate apply reapply appeal veto award nominate propose bring object claim "
    "inspect speak receive be become cast raise submit challenge run seek"
)
_RIGHTS = frozenset((*_ENTITLED.split(), *(kind.value for kind in PowerKind)))
"""Verbs of rights and powers: who `may not vote` has no vote, and does no wrong by trying."""

_DETERMINER = r"(?i:the|an?|each|any|every|either|all)"
_SMALL = r"(?!(?:and|or|of|in|to|for|by|who|that|which|shall|may|must|will)\b)[^\W\d_]+"
_THING = rf"(?:{_DETERMINER}\s{_SMALL}(?:\s{_SMALL})?|[A-Z][^\W\d_]+)"
_ARTICLE = re.compile(rf"{_DETERMINER}\s")
_MIXED = re.compile(
    rf"(?<!,\s)(?<!\w)({_THING})\s(and|or)\s({_THING})\s(?!\2)(and|or)\s({_THING})(?!\w)(?P<modal>\s(?:shall|may|must|will)\b)?"
)
_TOGETHER = re.compile(r"\b(?:either|both|between|whether|jointly)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|when|where|unless)\s(?P<test>[^,;:()]{10,300})", re.IGNORECASE)
_JOINT = re.compile(rf"\s(and|or)\s(?:{_DETERMINER}|no)\s[\w’']+\s([a-z]+)\b")
_BEING = frozenset({"is", "are", "was", "were", "has", "have", "does", "do", "cannot"})
_STARTED = re.compile(
    r"^\W*in\b|(?-i:\bShould\b)|\bif(?! (?:any|applicable|necessary|possible)\b[,)])\b|"
    r"\b(?:when|once|where|unless|after|from|following|since|upon|before|prior|later|thereafter|thereof|during)\b|"
    r"\bof (?:the |its |such |each )?(?:receipt|date|day|end|start|beginning|notice|request|meeting|election|decision|vote)\b",
    re.IGNORECASE,
)
"""Words by which a deadline, or what stands around it, says from when it runs."""


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


def may_not(context: Context) -> Iterator[Finding]:
    """SG311: `may not` for conduct that is forbidden: it can also say that one is free to leave it, or perhaps will."""
    for clause in context.clauses:
        if clause.prose:
            continue
        verbs = {rule.act.verb: rule for rule in clause.sentence.rules if isinstance(rule, Prohibition) and rule.bearer}
        for match in _MAY_NOT.finditer(clause.text.string) if verbs else ():
            rule = verbs.get(match[2])
            if rule is None or rule.bearer is None or match[2] in _RIGHTS:
                continue
            where = clause.text[match.start() : match.start() + len("may not")]
            before = clause.text.string[max(match.start() - 80, 0) : match.start()]
            many = rule.bearer.quantifier in (Quantifier.EACH, Quantifier.ALL) and _EVERY.search(before)
            reading = "that not all of them may" if many else "that one is free to leave it"
            yield found("SG311", f"“may not” can be read as saying {reading}", where, "write “shall not”")


def and_with_or(context: Context) -> Iterator[Finding]:
    """SG312: `A and B or C`, in a row of persons or things, or of conditions, with nothing to say what belongs together."""
    for clause in context.clauses:
        if clause.prose:
            continue
        string = clause.text.string
        for start, end in (*_rows(string, context.known), *_tests(string), *_acts(clause)):
            if not _TOGETHER.search(string[max(start - 40, 0) : end]):
                message = "and beside or: it is open which of the three belong together"
                help = "write a list, (a) ...; and (b) ..., or “either ... or both ... and ...”"
                yield found("SG312", message, within(clause, start, end), help)


def startless(context: Context) -> Iterator[Finding]:
    """SG313: `within 30 days` with nothing to count from: no event, no condition, no other time."""
    for clause in context.clauses:
        if clause.prose:
            continue
        for rule in clause.sentence.rules:
            if not isinstance(rule, Norm) or rule.conditions or len(rule.times) != 1 or (rule.bearer and rule.bearer.qualifier):
                continue
            match rule.times[0]:
                case Within(duration, None) if not _STARTED.search(clause.text.string):
                    said = say_duration(duration)
                    where = _deadline(clause)
                    yield found("SG313", f"{said} from when?", where, f"write “within {said} after ...”")
                case _:
                    pass


def _deadline(clause: Clause) -> Text:
    match = re.search(r"\bwithin\b[^,;.]{0,40}", clause.text.string)
    return within(clause, match.start(), match.end()) if match else clause.text


def _rows(string: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where three persons or things stand in a row with both words between them.

    Each has its article or is one of the roles and terms that are `known`: `Terms and Conditions` is one thing.
    """
    for match in _MIXED.finditer(string):
        things = (match[1], match[3], match[5])
        if not all(_ARTICLE.match(thing) or normal(thing) in known for thing in things):
            continue
        # What stands before a modal verb is the row only where it begins the clause: else a new clause begins there.
        before = string[max(match.start() - 2, 0) : match.start()]
        if not match["modal"] or not before.strip(" ") or before in (". ", ": "):
            yield match.start(), match.end(5)


_BARE = re.compile(
    r"(?<![\w,-])[a-z]+\s(?P<one>and|or)\s[a-z]+\s(?!(?P=one)\b)(?:and|or)\s[a-z]+(?![\w’'-])",
)


def _acts(clause: Clause) -> Iterator[tuple[int, int]]:
    """Where what is to be done or had is a row of three with both words between them (`keep cats or dogs and birds`)."""
    for rule in clause.sentence.rules:
        if not isinstance(rule, Norm) or not (row := _BARE.search(rule.act.object)):
            continue
        start = clause.text.string.find(row[0])
        if start >= 0:
            yield start, start + len(row[0])


def _tests(string: str) -> Iterator[tuple[int, int]]:
    """Where a condition is made of three with both words between them."""
    thirds = current().thirds
    for condition in _CONDITION.finditer(string):
        links = {match[1] for match in _JOINT.finditer(condition["test"]) if match[2] in _BEING or match[2] in thirds}
        if len(links) == 2:
            yield condition.span("test")


def _matches(context: Context, pattern: re.Pattern[str]) -> Iterator[tuple[Clause, re.Match[str]]]:
    for clause in context.clauses:
        if not clause.prose:
            for match in pattern.finditer(clause.text.string):
                yield clause, match
