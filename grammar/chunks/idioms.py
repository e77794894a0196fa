"""Clauses of set wording, each read whole."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from syngraph.grammar.amounts import Duration, Limit
from syngraph.grammar.chunks.scanner import Chunk, made
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.numbers import DURATION, NUMBER, duration, number
from syngraph.grammar.phrases.thresholds import ROLE, THRESHOLD, role, threshold
from syngraph.grammar.rules import Abstention, AwardEffect, Course, Declaration, ForkTerm, Moratorium, Procedure, Rule, Vote


@dataclass(frozen=True, slots=True)
class Idiom:
    """A clause of set wording. `keyword` must stand in the clause, which makes the search cheap."""

    keyword: str
    pattern: re.Pattern[str]
    rule: Callable[[re.Match[str]], Rule]


def _stage(match: re.Match[str]) -> Procedure:
    limit = match["limit"]
    return Procedure(match["stage"], duration(match["time"]), _limit(limit))


def _limit(word: str | None) -> Limit:
    if not word:
        return Limit.EXACTLY
    return Limit.AT_MOST if word in ("at most", "up to", "a maximum of", "limited") else Limit.AT_LEAST


def _voting(match: re.Match[str]) -> Rule:
    return Procedure("voting", duration(match["time"]), _limit("limited" if match["closed"] else match["limit"]))


def _abstention(match: re.Match[str]) -> Rule:
    return Abstention(not match["not"], "quorum" if "quorum" in match["what"] else "votes cast")


def _vote(match: re.Match[str]) -> Rule:
    period = duration(f"one {match['period']}") if match["period"] else None
    return Vote(role(match["who"]), number(match["n"]), match["unit"] or "", period, match["among"] or "")


def _leaves(match: re.Match[str]) -> Rule:
    length: Duration = duration(match["time"])
    return ForkTerm("leaves", role(match["who"]), match["what"], length)


_LAW = r"(?:The\s(?:[a-z]+\s)?laws?\sof\s.+|(?:The\s)?(?:[A-Z][\w’'-]*\s){1,4}(?:substantive\s)?[Ll]aw)\s(?:alone\s|exclusively\s|only\s)?(?:(?:shall|will)\s(?:exclusively\s)?)?"
_ALONE = r"(?:decides|(?:shall|may|will)\sdecide|makes\sthe\saward|(?:shall|may|will)\smake\sthe\saward)\salone"
_THIS_TEXT = (
    r"(?:this\s(?:[A-Z][\w’'-]*|agreement|contract|lease|deed)(?:\s[A-Z][\w’'-]*)?|these\s(?:[Bb]y-?laws|[Tt]erms|[Ss]tatutes|[Rr]ules|[Aa]rticles))(?:\s(?:exclusively|alone|only))?"
    r"(?:,?\s(?:excluding|to\sthe\sexclusion\sof|with\sthe\sexception\sof|without\sregard\sto)\s[^,;]+)?"
)


IDIOMS: tuple[Idiom, ...] = (
    Idiom(
        "period",
        late(
            rf"The\s(?P<stage>discussion|voting|objection|comment|review|debate)\speriod\s(?:is|lasts(?:\sfor)?|(?:shall|must|will)\s(?:be|last(?:\sfor)?|run\sfor)|runs\sfor)\s"
            rf"(?:(?P<limit>at\sleast|at\smost|up\sto|a\sminimum\sof|a\smaximum\sof|no\sless\sthan|not\sless\sthan)\s)?(?P<time>{DURATION})$"
        ),
        _stage,
    ),
    Idiom(
        "ot",
        late(
            rf"(?:(?:All|Any|Each|Every|The|A)\s)?[Vv]ot(?:es?|ing|ings)\s(?:(?:is|are|shall\sbe|will\sbe|must\sbe)\s(?:(?P<closed>limited(?:\sin\stime)?\sto)|(?:held\s|kept\s|left\s)?open\sfor)|"
            r"(?:remains?|stays?|(?:shall|must|will)\s(?:remain|stay))\sopen\sfor|lasts?(?:\sfor)?|(?:shall|must|will)\slast(?:\sfor)?)\s"
            rf"(?:(?P<limit>at\sleast|at\smost|up\sto|a\sminimum\sof|a\smaximum\sof)\s)?(?P<time>{DURATION})"
            r"(?:\s(?:after|from)\s(?:the\s(?:voting\s(?:phase|period)|vote|voting)\s(?:begins|starts|opens)|the\s(?:start|opening|beginning)\sof\s(?:the\s)?(?:vote|voting(?:\s(?:phase|period))?)))?$"
        ),
        _voting,
    ),
    Idiom(
        "bstention",
        late(
            r"(?:An\s)?[Aa]bstentions?\s(?P<not>(?:does|do|is|are|shall)\snot\s(?:be\s)?)?(?:is\s|are\s|shall\s(?:be\s)?)?count(?:s|ed)?\s"
            r"(?:towards?|as|for|in)\s(?P<what>(?:the\s|a\s)?(?:quorum|votes?\scast|votes?|votes\sthat\sare\scast))$"
        ),
        _abstention,
    ),
    Idiom(
        "vote",
        late(
            rf"(?:Each|Every|A|All)\s(?P<who>{ROLE})\s(?:has|have|shall\shave|is\sentitled\sto|are\sentitled\sto)\s(?P<n>{NUMBER})\svotes?"
            r"(?:\sfor\s(?:each|every)\s(?P<unit>[A-Z]\w+|\w+)(?:\s(?:held|it\sholds|they\shold))?)?"
            r"(?:\s(?:(?:in\s)?(?:each|every)|a|per)\s(?P<period>week|month|year))?"
            r"(?:\sto\s(?:allot|allocate|distribute|divide|spread|share\sout)\s(?:among|between|over)\s"
            r"(?P<among>(?:(?:all|the|its|their|such|those)\s)?(?:[A-Za-z][\w’'-]*\s)?[A-Za-z][\w’'-]*))?$"
        ),
        _vote,
    ),
    Idiom(
        "again",
        late(
            rf"(?:A|Any)\s(?:rejected|defeated|failed)\s(?P<what>[\w -]+?)\s(?:may|shall|must)\snot\sbe\s(?:made|raised|put|proposed|resubmitted|brought|moved)"
            rf"\sagain\s(?:within|for)\s(?P<time>{DURATION})(?:\sof\s.*)?$"
        ),
        lambda m: Moratorium(m["what"], duration(m["time"])),
    ),
    Idiom(
        "award",
        late(
            r"(?:The|An|Any)\saward\s(?:is|shall\sbe)\sfinal(?:\sand\s(?:binds|(?:is\s)?binding\s(?:on|upon))\s(?P<who>.+))?$"
        ),
        lambda m: AwardEffect(True, m["who"] or ""),
    ),
    Idiom(
        " need be ",
        late(
            r"No\s(?:(?!(?:shall|must|may|will|if|unless)\s)[^,;:]){2,80}?\sneed\sbe\s[a-z]+(?:ed|en|de|nt|ld|id|pt)(?:\s(?:of|to|for|by|at|in)\s[^,;:]+)?$"
        ),
        lambda m: Declaration("no duty", m[0]),
    ),
    Idiom("fork", late(r"A\sfork\sbinds\sonly\s(?P<who>.+)$"), lambda m: ForkTerm("binds", m["who"])),
    Idiom(
        "fork",
        late(r"(?P<what>(?:Obligations|Debts|Duties|Claims)\s.+?)\ssurvive\s(?:it|the\sfork|a\sfork)$"),
        lambda m: ForkTerm("survives", m["what"]),
    ),
    Idiom(
        "fork",
        late(r"(?:On|After|Upon)\sa\sfork,\s(?P<what>.+?)\s(?:is|are|shall\sbe)\sdivided\s(?P<how>.+)$"),
        lambda m: ForkTerm("divides", m["what"], m["how"]),
    ),
    Idiom(
        "fork",
        late(
            rf"(?:A|Any|Each|Every)\s(?P<who>{ROLE})\swho\sjoins\sa\sfork\sceases\sto\sbe\s(?P<what>.+?)\safter\s(?P<time>{DURATION})$"
        ),
        _leaves,
    ),
    Idiom(
        "govern",
        late(rf"{_LAW}governs?\s{_THIS_TEXT}$"),
        lambda m: Declaration("governing law", m[0]),
    ),
    Idiom("appl", late(rf"{_LAW}appl(?:y|ies)\sto\s{_THIS_TEXT}$"), lambda m: Declaration("governing law", m[0])),
    Idiom(
        "counterpart",
        late(r"This\s[A-Z]\w+\smay\sbe\s(?:signed|executed)\sin\s.*counterparts.*$"),
        lambda m: Declaration("counterparts", m[0]),
    ),
    Idiom(
        "arbitration",
        late(r"The\s(?P<what>seat|place|language|rules|law)\sof\s(?:the\s)?arbitration\s(?:is|are|shall\sbe)\s.+$"),
        lambda m: Declaration(f"{m['what']} of arbitration", m[0]),
    ),
    Idiom(
        "arbitration",
        late(
            r"The\sarbitration\s(?:is|shall\sbe|takes\splace)\s?(?:conducted|held|administered|governed)?\s(?:under|by|in|at|according\sto)\s.+$"
        ),
        lambda m: Declaration("rules of arbitration", m[0]),
    ),
    Idiom(
        "presiding",
        late(
            rf"(?:(?:If|Where|When)\sthere\sis\sno\smajority,\sthe\spresiding\sarbitrator\s{_ALONE}"
            rf"|The\spresiding\sarbitrator\s{_ALONE}\s(?:if|where|when)\sthere\sis\sno\smajority)$"
        ),
        lambda m: Declaration("presiding arbitrator", m[0]),
    ),
    Idiom(
        "entire agreement",
        late(r"This\s[A-Z]\w+\s(?:is|constitutes|contains)\sthe\sentire\sagreement\b.*$"),
        lambda m: Declaration("entire agreement", m[0]),
    ),
)


_PERIOD_OF = r"an?\s(?:discussion|voting|objection|comment|review|debate)\speriod\sof"
_PERIOD = rf"{_PERIOD_OF}\s(?:at\sleast\s|at\smost\s)?{DURATION}"
_PART = rf"(?:{_PERIOD}|a\squorum\sof\s{THRESHOLD})"
_COURSE = late(
    r"(?P<opening>[^.;:]*?\b(?:commences?|commenced|begins?|starts?|started|proceeds?|held|conducted|opened|followed|applies|apply|runs?)\b(?:\s(?:at|after|on|upon|from)\s[^,;]{1,60})?),?"
    rf"\s(?:with|by)\s(?P<parts>{_PART}(?:,\sand\s|,\s|\sand\s){_PART}(?:(?:,\sand\s|,\s|\sand\s){_PART})?)$"
)
_WITH_PARTS = re.compile(rf"\s(?:with|by)\s(?:a\squorum\sof|{_PERIOD_OF})\s")
_STAGE = late(rf"an?\s(?P<stage>\w+)\speriod\sof\s(?:(?P<limit>at\sleast|at\smost)\s)?(?P<time>{DURATION})")
_SHARE_OF_QUORUM = late(rf"a\squorum\sof\s(?P<share>{THRESHOLD})")
_DOES_MORE = late(r"(?<![\w’'-])(?:may|can|cannot|not|no|nor|or)(?![\w’'-])")
"""A word in the opening with which it says more than that a vote begins."""


def course(clause: str) -> list[Chunk] | None:
    """The stages and the quorum of a vote, said together (`..., with a discussion period of 5 days and a quorum of 75%`)."""
    found = _COURSE.match(clause) if "period of" in clause and _WITH_PARTS.search(clause) else None
    if found is None or _DOES_MORE.search(found["opening"]):
        return None
    stages = tuple(_stage(each) for each in _STAGE.finditer(found["parts"]))
    quorum = _SHARE_OF_QUORUM.search(found["parts"])
    rule = Course(found["opening"], stages, threshold(quorum["share"])[0] if quorum else None)
    return [made("IDIOM", clause, 0, rule)]


def idiom(clause: str) -> list[Chunk] | None:
    """A clause of set wording, whole."""
    for entry in IDIOMS:
        if entry.keyword in clause and (match := entry.pattern.match(clause)):
            return [made("IDIOM", clause, 0, entry.rule(match))]
    return None
