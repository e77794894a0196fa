"""Quorums, shares that begin a clause, and the tests by which something is adopted, cut into chunks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from syngraph.grammar.chunks.scanner import Chunk, made
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.numbers import DURATION, FRACTION, NUMBER, duration, fraction, number
from syngraph.grammar.phrases.thresholds import HEADS, ROLE, SHARE, THRESHOLD, role, threshold
from syngraph.grammar.rules import Ballot, Base, Comparison, Objections, QuorumMet, Ratio, Threshold

_QUORUM = late(
    r"(?:(?:A|The)\s)?[Qq]uorum(?:\s(?:for|of|at)\s(?P<of>(?:(?!\b(?:is|shall|requires)\b)[\w’' -])+))?\s"
    r"(?:(?:shall|will|must)\s(?:be|consist\sof|comprise|require|constitute)|is|requires|consists\sof|comprises)(?!\w)\s*"
    r"(?:the\s(?:attendance|presence|participation|votes)\s(?:of|by)\s)?"
)
_NEEDED = late(
    rf"(?:[Aa]|[Tt]he)\s[Qq]uorum\sof\s(?P<share>{THRESHOLD}(?:\spresent(?:\sin\sperson)?(?:\sor\sby\sproxy)?)?)\s(?:is|are|(?:shall|will|must)\sbe)\s(?:needed|required|necessary)"
    r"(?:\s(?:to\s(?:transact|conduct|do)\s(?:any\s|the\s)?business|for\sthe\stransaction\sof\s(?:any\s)?business))?(?:\s(?:at|for|of)\s(?P<of>[\w’' -]+))?$"
)
_ROOT = late(
    rf"(?:(?P<half>half)\s|(?P<part>{FRACTION})\sof\s)?the\ssquare\sroot\sof\s(?:the\snumber\sof\s)?(?:all\s|the\s)*(?P<role>{ROLE})(?:,?\stimes\s(?P<times>{NUMBER})|,?\smultiplied\sby\s(?P<by>{NUMBER}))?"
)
_THRESHOLD = late(THRESHOLD)


@dataclass(frozen=True, slots=True)
class QuorumShare:
    """What follows `quorum is`: a threshold, perhaps of the square root of the number, perhaps multiplied."""

    threshold: Threshold
    doubt: str = ""
    root: bool = False
    factor: int = 1


def quorum(clause: str) -> list[Chunk] | None:
    """`Quorum is ...`."""
    if "uorum of" in clause and (needed := _NEEDED.match(clause)):
        heads = re.sub(r"\spresent\b.*$", "", needed["share"])
        head_chunk = made("QUORUM_IS", clause[: needed.start("share")].strip(), 0, needed["of"] or "")
        return [head_chunk, made("SHARE_OF", needed["share"], needed.start("share"), QuorumShare(*threshold(heads)))]
    head = _QUORUM.match(clause)
    if head is None:
        return None
    found = [made("QUORUM_IS", head[0].strip(), 0, head["of"] or "")]
    at = head.end()
    if root := _ROOT.match(clause, at):
        share = Fraction(1, 2) if root["half"] else fraction(root["part"]) if root["part"] else Fraction(1)
        times = root["times"] or root["by"]
        meaning = QuorumShare(
            Threshold(Comparison.AT_LEAST, share, Base.ALL, role(root["role"])), "", True, number(times) if times else 1
        )
        found.append(made("SHARE_OF", root[0], at, meaning))
        at = root.end()
    elif share_of := _THRESHOLD.match(clause, at):
        found.append(made("SHARE_OF", share_of[0], at, QuorumShare(*threshold(share_of[0]))))
        at = share_of.end()
    if clause[at:].strip():
        found.append(made("TEXT", clause[at:].strip(), at + len(clause[at:]) - len(clause[at:].lstrip()), None))
    return found


_SHARE_START = late(
    rf"(?:(?P<there>(?:The\s)?(?:[Aa]ttendance|[Pp]resence|[Pp]articipation)\s(?:of|by)\s))?(?P<share>{SHARE}\s(?:of|by|within|in|among)\s.+?|{SHARE}|[Aa]ll\sbut\s{NUMBER}\s.+?|{HEADS}(?P<there_too>\s(?:who\sare\s|that\sare\s)?present(?:\sin\sperson)?(?:\sor\s(?:represented\s)?by\sproxy)?)?(?=\s(?:shall\s|must\s|will\s)?(?:constitutes?|forms?)\s(?:a|the)\squorum\b))\s(?=(?:shall|must|may|can|will|constitutes?|forms?|makes?|is\sa\squorum|are\sa\squorum|(?:is|are)\s(?:required|needed|necessary))\b)"
)
_FORMS = late(
    r"(?:shall\s|must\s|will\s)?(?:constitutes?|forms?|makes?(?:\sup)?|(?:is|are|be)(?:\s(?:necessary|required|needed)\s(?:to\s(?:constitute|form)|for))?)\s(?:a|the)\squorum(?!\w)"
    r"(?:\s(?:for\sthe\stransaction\sof|to\stransact)\s(?:any\s|the\s)?business(?=$|\sat\s))?"
)


_REQUIRED = late(r"(?:shall\sbe|must\sbe|will\sbe|is|are)\s(?:required|needed|necessary)\s(?=(?:to|for)\s)")


def share_start(clause: str) -> tuple[list[Chunk], int] | None:
    """The chunk of a share that begins a clause (`Five percent of the Members may ...`), and where the rest begins."""
    if not (head := _SHARE_START.match(clause)):
        return None
    share = re.sub(
        r"\s(?:within|in|among)\s(?=the\s|[A-Z])", " of ", head["share"].removesuffix(head["there_too"] or ""), count=1
    )
    whole = _THRESHOLD.fullmatch(share[0].lower() + share[1:])
    if whole is None:
        return None
    found = [made("SHARE_OF", head["share"], 0, QuorumShare(*threshold(whole[0])))]
    forms = _FORMS.match(clause, head.end())
    if (head["there"] or whole[0].startswith("all but")) and forms is None:
        return None
    if forms is None and (required := _REQUIRED.match(clause, head.end())):
        found.append(made("REQUIRED", required[0].strip(), head.end(), None))
        return found, required.end()
    if "of" not in whole[0].split() and forms is None:
        return None
    if forms:
        found.append(made("FORMS_QUORUM", forms[0], head.end(), None))
        rest = clause[forms.end() :]
        if rest.strip():
            found.append(made("TEXT", rest.strip(), forms.end() + 1, None))
        return found, len(clause)
    return found, head.end()


_ADOPTED = late(
    r"(?P<what>(?:A|An|Any|Each|Every|The)\s[\w’' -]+?)\s(?P<how>(?:is|are|shall\sbe|will\sbe|must\sbe)\s(?:(?:considered|deemed)\s(?:to\sbe\s)?)?(?:adopted|passed|carried|approved|accepted|rejected|ratified)|passes|carries|fails)\s"
    r"(?P<link>(?:only\s)?(?:if|when)|unless)\s(?=.*\b(?:votes?|voted|quorum|objects?|objections?|favou?r)\b)"
)
_SILENCE = late(
    rf"(?:nobody|no\sone|no\s(?P<role>{ROLE}))\s(?:objects?|vetoes)(?:\sto\sit)?(?:\swithin\s(?P<time>{DURATION}))?"
    rf"|(?:there\s(?:are|is)|it\s(?:receives|meets|gets))\sno\s(?:(?:valid|sustained|formal)\s)?(?:objections?|veto(?:es)?)(?:\s(?:of|by|from)\s(?:any\s|the\s|an?\s)?(?P<of>{ROLE}))?(?:\swithin\s(?P<window>{DURATION}))?"
)
_BALLOTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Ballot]], ...] = (
    (
        late(
            rf"the\snumber\sof\s[Yy]es\svotes\s(?P<cmp>is\s(?:greater|more)\sthan|exceeds|is\sat\sleast)\s(?P<share>half|two-thirds|three-quarters|a\sthird)"
            rf"\s(?:of\s)?the\snumber\sof\s(?:all\s|the\s)?(?P<role>(?![Nn]o\b){ROLE})"
        ),
        lambda m: Threshold(_compare(m["cmp"]), fraction(m["share"]), Base.ALL, role(m["role"])),
    ),
    (
        late(
            rf"the\snumber\sof\s[Yy]es\svotes\s(?P<cmp>is\s(?:greater|more)\sthan|exceeds|is\sat\sleast)\s(?:(?P<times>twice|{NUMBER}\stimes)\s)?the\snumber\sof\s[Nn]o\svotes"
        ),
        lambda m: Ratio(_compare(m["cmp"]), Fraction(_times(m["times"]))),
    ),
    (
        late(
            r"(?:(?:it|the\s\w+)\s(?:receives|gets|has)|there\sare)\smore\s(?:(?:[Yy]es|\+1)\s(?:votes\s)?than\s(?:[Nn]o|-1)(?:\svotes)?|votes\s(?:in\sfavou?r|for)\sthan\sagainst(?:\sit)?)"
        ),
        lambda m: Ratio(Comparison.MORE_THAN, Fraction(1)),
    ),
    (
        late(
            rf"(?:it|the\s\w+)\s(?:receives|gets|obtains|has)\s(?:the\s(?:support|approval|votes|consent)\sof\s)?(?P<share>{SHARE}\sof\s(?:the\s|all\s)?(?:votes\scast|{ROLE}(?:\spresent)?))"
        ),
        lambda m: threshold(m["share"])[0],
    ),
    (late(r"(?:the\s|a\s)?quorum\sis\s(?:met|present|reached)|there\sis\sa\squorum"), lambda m: QuorumMet()),
    (
        late(rf"no\smore\sthan\s(?P<n>{NUMBER})\s(?P<role>{ROLE})\sobjects?(?:\swithin\s(?P<time>{DURATION}))?"),
        lambda m: Objections(number(m["n"]), role(m["role"]), duration(m["time"]) if m["time"] else None),
    ),
    (_SILENCE, lambda m: _silence(m)),
    (
        late(
            rf"(?P<share>{SHARE}\sof\s(?:the\s|all\s)?(?:votes(?:\scast)?|(?:those|{ROLE})(?:\spresent)?))\s(?:(?:are|is)\s(?:in\sfavou?r|yes)|votes?\s(?:in\sfavou?r|[Yy]es|for\sit)|(?:have\s|has\s)?voted\s(?:in\sfavou?r|[Yy]es|for\sit))(?:\sof\sit)?(?:\s\(fractions\sof\sa\svote\s(?:are\s)?rounded\sup(?:\sto\sthe\s(?:nearest|next)\s(?:integer|whole\snumber|vote))?\))?"
        ),
        lambda m: threshold(re.sub(r"\bvotes$", "votes cast", m["share"]))[0],
    ),
)
_ANYBODY = late(rf"(?:any(?:body|one)|(?:an?|any)\s(?P<role>{ROLE}))\sobjects(?:\swithin\s(?P<time>{DURATION}))?")
_OBJECT = late(
    rf"(?P<cmp>more\sthan|at\sleast|no\smore\sthan)\s(?P<n>{NUMBER})\s(?P<role>{ROLE})\sobjects?(?:\swithin\s(?P<time>{DURATION}))?"
)


def _silence(match: re.Match[str]) -> Objections:
    """That nobody objects."""
    who, window = match["role"] or match["of"], match["time"] or match["window"]
    return Objections(0, role(who) if who else "", duration(window) if window else None)


def _compare(word: str) -> Comparison:
    return Comparison.AT_LEAST if "at least" in word else Comparison.MORE_THAN


def _times(word: str | None) -> int:
    return 1 if not word else 2 if word == "twice" else number(word.rpartition(" ")[0])


def adopted(clause: str) -> list[Chunk] | None:
    """`A proposal is adopted if ... and ..., or if ...`, or `unless` so many object."""
    head = _ADOPTED.match(clause)
    if head is None:
        return None
    found = [made("TEXT", head["what"], 0, None), made("ADOPTED", head["how"], head.start("how"), None)]
    at = head.end()
    if head["link"] == "unless" and (anybody := _ANYBODY.match(clause, at)):
        window = duration(anybody["time"]) if anybody["time"] else None
        meaning = Objections(0, role(anybody["role"]) if anybody["role"] else "", window)
        found.append(made("OBJECTED", clause[head.start("link") : anybody.end()], head.start("link"), meaning))
        return (
            [*found, made("TEXT", clause[anybody.end() :].strip(), anybody.end() + 1, None)]
            if clause[anybody.end() :].strip()
            else found
        )
    objected = _OBJECT.match(clause, at)
    if objected and (head["link"] == "unless") is (objected["cmp"] != "no more than"):
        most = number(objected["n"]) - (objected["cmp"] == "at least")
        window = duration(objected["time"]) if objected["time"] else None
        meaning = Objections(most, role(objected["role"]), window)
        found.append(made("OBJECTED", clause[head.start("link") : objected.end()], head.start("link"), meaning))
        at = objected.end()
    elif head["link"] != "unless":
        found.append(made("IF", head["link"], head.start("link"), None))
        while at < len(clause):
            ballot = next(((m, make) for p, make in _BALLOTS if (m := p.match(clause, at))), None)
            if ballot is None:
                break
            match = ballot[0]
            found.append(made("BALLOT", match[0], at, ballot[1](match)))
            at = match.end()
            joint = late(r",?\s(?:(?P<or>or(?:\sif)?)|and(?:\sif)?)\s").match(clause, at)
            if joint is None:
                break
            found.append(made("OR_IF" if joint["or"] else "AND_IF", joint[0].strip(" ,"), at, None))
            at = joint.end()
    if clause[at:].strip():
        found.append(made("TEXT", clause[at:].strip(), at + len(clause[at:]) - len(clause[at:].lstrip()), None))
    return found
