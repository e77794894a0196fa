"""Clauses about the life of a text or an office: how each begins; times and conditions follow."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from syngraph.grammar.chunks.scanner import Chunk, Scanner, made
from syngraph.grammar.chunks.triggers import TAILS
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.numbers import DURATION, NUMBER, duration, number
from syngraph.grammar.phrases.thresholds import CONSENSUS, ROLE, THRESHOLD, consensus, role, threshold
from syngraph.grammar.references import SECTIONS
from syngraph.grammar.rules import Threshold

Match = re.Match[str]
_TEXT_NAME = r"(?:This|These|The)\s[\w’' -]+?"
_SURVIVED = (
    r"(?:(?:the\s)?(?:termination|end|expiry|expiration)(?:\s(?:or|and)\s(?:the\s)?(?:termination|end|expiry|expiration))?"
    r"(?:\sof\s(?:this|the|these)\s\w+)?)"
)
_NEED = r"(?:(?:the\s|an?\s)?(?:affirmative\s|written\s)*(?:support|endorsement|approval|consent|agreement|votes?)\s(?:of|by|from)\s)?"
_PANEL = rf"(?P<n>(?:one|a\ssole|a\ssingle|an|{NUMBER}))\s(?:sole\s|independent\s)?arbitrators?"


@dataclass(frozen=True, slots=True)
class Head:
    """How a clause of one kind begins: `subject` is a group of the pattern, `kind` the chunk that the rest of it makes."""

    keyword: str
    kind: str
    pattern: re.Pattern[str]
    meaning: Callable[[Match], object]


HEADS: tuple[Head, ...] = (
    Head(
        "effect",
        "TAKES_EFFECT",
        late(
            rf"(?P<subject>{_TEXT_NAME})\s(?:(?:shall|will)\s)?(?:takes?\seffect|comes?\sinto\s(?:force|effect)|becomes?\seffective|is\seffective|"
            r"are\seffective)(?=\s)"
        ),
        lambda m: None,
    ),
    Head(
        "force",
        "TAKES_EFFECT",
        late(rf"(?P<subject>{_TEXT_NAME})\s(?:(?:shall|will)\s)?(?:(?:comes?|enters?)\sinto\sforce)(?=\s)"),
        lambda m: None,
    ),
    Head(
        "",
        "TAKES_EFFECT",
        late(r"(?P<subject>(?:This|These)\s[A-Z][\w’'-]*)\s(?:(?:shall|will)\s)?(?:begins?|starts?|commences?)(?=\son\s)"),
        lambda m: None,
    ),
    Head(
        "enew",
        "RENEWED",
        late(
            rf"(?P<subject>{_TEXT_NAME})\s(?:is|are|shall\sbe|will\sbe)\s(?:then\s)?(?:automatically\s)?renewed(?:\sautomatically)?\sfor\s"
            rf"(?:successive\s|further\s|additional\s|another\s)?(?:(?:a|one)\s(?:further\s|additional\s)?)?(?:(?:terms?|periods?)\sof\s)?(?P<time>{DURATION})(?:\seach)?"
        ),
        lambda m: duration(m["time"]),
    ),
    Head(
        "term",
        "LASTS",
        late(rf"(?P<subject>The\s(?:initial\s)?term\sof\s[\w’' -]+?)\s(?:is|lasts(?:\sfor)?|shall\sbe)\s(?={DURATION}$)"),
        lambda m: None,
    ),
    Head(
        "",
        "LASTS",
        late(
            rf"(?P<subject>(?:This|These)\s[\w’' -]+?)\s(?:(?:is|are)\sin\sforce\sfor|ha(?:s|ve)\sa\sterm\sof|lasts?(?:\sfor)?|runs?\sfor)\s(?={DURATION}$)"
        ),
        lambda m: None,
    ),
    Head(
        "",
        "ENDS",
        late(
            rf"(?P<subject>(?:This|These|The)(?:\s(?!(?:shall|must|will|may|can|is|are|begins?|starts?|commences?|runs?)\s)[\w’'-]+)+?)\s(?:(?:shall|will)\s)?(?:ends?|expires?|terminates?|(?:continues?|remains?|runs?|lasts?|stays?)(?:\sin\s(?:force|effect))?(?=\suntil\s))(?=\s(?:(?:on|until|at|after|when|upon|if|by)(?!\w)|{DURATION}))"
        ),
        lambda m: None,
    ),
    Head(
        "surviv",
        "SURVIVES",
        late(rf"(?P<subject>(?:{SECTIONS}|[A-Z][\w’' -]+?))\s(?:(?:shall|will)\s)?survives?\s{_SURVIVED}"),
        lambda m: None,
    ),
    Head(
        "cease",
        "CEASES",
        late(
            rf"(?P<subject>(?:An?|Any|Each|The)\s{ROLE}(?:\swho\s[^,]+?)?)\s(?:(?:shall|will)\s)?ceases?\sto\sbe\s(?:an?\s|the\s)?(?P<what>{ROLE})"
        ),
        lambda m: role(m["what"]),
    ),
    Head(
        "rbitrat",
        "SETTLED",
        late(
            rf"(?P<subject>(?:Any|All|Each|Every|A)\s(?:dispute|disputes|claim|controversy)(?:(?!\bshall\b|\bis\b|\bmust\b).)*?)\s"
            rf"(?:shall|must|is\sto|will|is|are)\s?(?:be\s)?(?:finally\s|exclusively\s)*(?:settled|resolved|decided|determined)\sby\s(?:(?:final\s|binding\s)*arbitration\sby\s)?{_PANEL}"
        ),
        lambda m: 1 if m["n"] in ("one", "an", "a sole", "a single") else number(m["n"]),
    ),
    Head(
        "govern",
        "GOVERNED",
        late(
            r"(?P<subject>(?:This|These|The)\s[\w’' -]+?)\s(?:is|are|shall\sbe|will\sbe)\s(?:exclusively\s)?governed\sby(?:,?\sand\sconstrued\sin\saccordance\swith,?)?"
        ),
        lambda m: None,
    ),
    Head(
        "require",
        "NEEDS",
        late(
            rf"(?P<subject>(?:(?:An?|Any|Each|Every|The|All|Such)\s)?(?:[Ff]ollowing\s)?[A-Z]?[a-z]+s?(?:\s(?:of|to|in|by|on|under|for)\s.+?)?)\s(?:(?:shall|will|must)\s)?(?:requires?|needs?)\s(?={_NEED}(?:{THRESHOLD}|{CONSENSUS}))"
        ),
        lambda m: None,
    ),
    Head(
        "void",
        "VOIDED",
        late(rf"(?P<subject>{SECTIONS}|The\s.+?)\s(?:is|are)\s(?:null\sand\s)?void$"),
        lambda m: "void",
    ),
    Head(
        "set aside",
        "VOIDED",
        late(r"(?P<subject>The\sadoption\sof\s.+?)\s(?:is|are)\sset\saside$"),
        lambda m: "set aside",
    ),
    Head(
        "excused",
        "VOIDED",
        late(r"(?P<subject>The\s(?:breach|delay|failure|violation)\s.+?)\s(?:is|are)\sexcused$"),
        lambda m: "excused",
    ),
    Head(
        "has",
        "HAS",
        late(
            rf"(?P<subject>The\s{ROLE})\s(?:has|consists\sof)\s(?:at\sleast\s|at\smost\s|up\sto\s)?(?:{NUMBER}\s[A-Z][\w’'-]*s(?!\w)|an?\s[A-Z][\w’'-]*(?:,|\sand|\swho|$))(?P<rest>.*)$"
        ),
        lambda m: None,
    ),
)

_NEEDED = late(rf"{_NEED}(?:(?P<vote>{THRESHOLD})|(?P<agreed>{CONSENSUS}))")
_BACKING = late(r"(?:the\s)?(?:support|endorsement|backing)\s")
_APPOINTED = late(
    r",?\s?(?:each\s|who\sis\s|who\sare\s|to\sbe\s)?(?P<first>(?:one\s)?appointed\sby\s(?P<who>(?:each|the|both|all)\s[\w’' ]+?))"
    r"(?:,?\sand\sthe\s(?P<nth>third|other|presiding\sarbitrator)\s(?:appointed\s)?by\s(?P<third>[\w’' ]+))?$"
)
_SIGNED = late(
    rf"\s(?:when|once|as\ssoon\sas)\s(?:all|both|the\slast)\s(?:of\s)?(?:the\s)?(?P<who>{ROLE})\s(?:have|has)\ssigned(?:\s.+)?$"
)


_AND_ENDS = late(
    rf",?\sand\s(?:shall\s|will\s)?(?:(?:ends?|expires?|terminates?|(?:continues?|remains?|lasts?|runs?|is)(?:\sin\s(?:force|effect|full\sforce))?(?=\suntil\s))(?=\s)|"
    rf"(?P<lasts>lasts?(?:\sfor)?|(?:continues?|remains?|runs?|is)(?:\sin\s(?:force|effect))?\sfor)(?=\s{DURATION}$))"
)


def life(clause: str) -> list[Chunk] | None:
    """The chunks of a clause of one of these kinds, None for any other."""
    for head in HEADS:
        if head.keyword in clause and (match := head.pattern.match(clause)):
            found = [
                made("TEXT", match["subject"], 0, None),
                made(
                    head.kind, clause[match.end("subject") : match.end()].strip(), match.end("subject") + 1, head.meaning(match)
                ),
            ]
            at = match.end()
            if head.kind == "LASTS":
                return [*found, made("LENGTH", clause[at:], at, duration(clause[at:]))]
            if head.kind == "TAKES_EFFECT" and (signed := _SIGNED.match(clause, at)):
                return [*found, made("SIGNED", signed[0].strip(), at + 1, role(signed["who"]))]
            if head.kind == "NEEDS":
                vote = _NEEDED.match(clause, at)
                if vote is None:
                    return None
                needed = threshold(vote["vote"]) if vote["vote"] else (consensus(vote["agreed"]), "")
                if _BACKING.match(vote[0]) and isinstance(needed[0], Threshold) and needed[0].heads:
                    # So many back it before it is decided.
                    return None
                found.append(made("VOTE", vote[0], at, needed))
                at = vote.end()
            if head.kind == "GOVERNED":
                return [*found, made("TEXT", clause[at:].strip(), at + 1, None)]
            if head.kind == "SETTLED":
                appointed = _APPOINTED.match(clause, at)
                if appointed:
                    return [*found, made("APPOINTED", appointed[0].strip(" ,"), at + 1, _appointers(appointed))]
            ending = _AND_ENDS.search(clause, at) if head.kind == "TAKES_EFFECT" else None
            scan = Scanner(clause, ending.start() if ending else len(clause))
            scan.main = True
            scan.chunks = found
            scan.scan(at, TAILS)
            return [*found, *_and_ends(clause, ending)] if ending else found
    return None


def _and_ends(clause: str, ending: Match) -> list[Chunk]:
    """The chunks of the end of a text, said together with its beginning."""
    at = ending.end()
    if ending["lasts"]:
        length = clause[at:].strip()
        return [
            made("AND_LASTS", ending[0].strip(), ending.start() + 1, None),
            made("LENGTH", length, at + 1, duration(length) if re.fullmatch(DURATION, length) else None),
        ]
    scan = Scanner(clause, len(clause))
    scan.main = True
    scan.chunks = [made("AND_ENDS", ending[0].strip(), ending.start() + 1, None)]
    return scan.scan(at, TAILS)


def _appointers(match: Match) -> tuple[str, ...]:
    return (match["who"], match["third"]) if match["third"] else (match["who"],)
