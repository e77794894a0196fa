"""Clauses with a form of their own: definitions, facts, quorums, tests of a vote, the life of an agreement, set idioms.

Each function cuts a clause of its form into the chunks of clause.lark, or gives None when the clause is of another form.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from syngraph.grammar import lexicon
from syngraph.grammar.amounts import Duration, Limit
from syngraph.grammar.chunks.scanner import Chunk, MisfitError, made
from syngraph.grammar.phrases.numbers import CALENDAR_DAY, DURATION, NUMBER, NoSuchDayError, day, duration, fraction, number
from syngraph.grammar.phrases.thresholds import ROLE, SHARE, THRESHOLD, role, threshold
from syngraph.grammar.rules import (
    Abstention,
    AwardEffect,
    Ballot,
    Base,
    Comparison,
    Declaration,
    ForkTerm,
    Moratorium,
    Objections,
    Procedure,
    QuorumMet,
    Ratio,
    Rule,
    Threshold,
    Vote,
)

# -- definitions -------------------------------------------------------------------------------------------------------

_TERM = re.compile(r"(?:(?:The\s(?:term|word|expression)s?|In\s(?:this|these)\s[A-Z]\w+,)\s)?[“\"](?P<term>[^”\"]+)[”\"]\s*")
_MEANS = re.compile(
    r"(?:means?|(?:shall|will)\s(?:mean|refer\sto)|(?:shall\sbe|are)\sdefined\sas|has\sthe\smeaning\sof|refers?\sto|is\sdefined\sas)(?!\w)\s*"
)
_INCLUDES = re.compile(r"(?:shall\s)?includes?(?!\w)\s*")
_EXCLUDES = re.compile(r"(?:does|do|shall)\snot\sinclude(?!\w)\s*")
_BUT_NOT = re.compile(r",?\s(?:but|and)\s(?:does|do|shall)\snot\sinclude\s")
NAMED = re.compile(r"\s?\((?:hereinafter\s)?(?:together,?\s|each,?\s)?(?:the\s|an?\s)?[“\"](?P<term>[^”\"]+)[”\"]\)")
_NAMED_THING = re.compile(
    r"(?:^|\band\s|\bor\s|\bbetween\s|,\s|\bwith\s|\bby\s|\bof\s|\bto\s|\bfor\s|\bon\s)(?P<thing>(?:(?!\band\s|,\s|\bbetween\s)[^()])+)$"
)


def definition(clause: str) -> list[Chunk] | None:
    """A term in quotation marks and what it means, includes or leaves out."""
    term = _TERM.match(clause)
    if term is None:
        return None
    found = [made("TERM", term[0].rstrip(), 0, term["term"])]
    at = term.end()
    for kind, pattern in (("MEANS", _MEANS), ("EXCLUDES", _EXCLUDES), ("INCLUDES", _INCLUDES)):
        verb = pattern.match(clause, at)
        if verb:
            found.append(made(kind, verb[0].strip(), at, None))
            body = clause[verb.end() :]
            but = _BUT_NOT.search(body)
            if but:
                found.append(made("BODY", body[: but.start()], verb.end(), None))
                found.append(made("EXCLUDES", but[0].strip(), verb.end() + but.start(), None))
                found.append(made("BODY", body[but.end() :], verb.end() + but.end(), None))
            elif body.strip():
                found.append(made("BODY", body.strip(), verb.end(), None))
            return found
    if re.search(r"\b(?:shall|must|may|will)\b", clause[at:]):
        return None
    word = re.match(r"[\w’'-]+", clause[at:])
    raise MisfitError(at, word[0] if word else "", ("means", "includes", "does not include"))


def named(clause: str) -> tuple[tuple[str, str], ...]:
    """The terms that a clause introduces in brackets (`Ada Lind (the "Seller")`), each with what it names."""
    found: list[tuple[str, str]] = []
    start = 0
    for match in NAMED.finditer(clause):
        thing = _NAMED_THING.search(clause[start : match.start()])
        found.append((match["term"], (thing["thing"] if thing else clause[start : match.start()]).strip()))
        start = match.end()
    return tuple(found)


# -- facts -------------------------------------------------------------------------------------------------------------

_ON_DAY = re.compile(rf"On\s(?P<day>{CALENDAR_DAY})(?:\sat\s(?P<time>\d{{1,2}}:\d{{2}}(?::\d{{2}})?))?,\s")
_UNDER = re.compile(
    r",?\sunder\s(?P<section>(?:(?:section|article|clause)\s)?(?:\[[^\]]*\]\(#[\w.:-]+\)|#[\w.:-]+|\d+(?:\.\d+)*))$"
)
_WAS = re.compile(r"(?:was|were)\s(?P<not>not\s)?(?P<part>[a-z]+)$")
_STATED = re.compile(r"(?<![\w’'-])(?:shall|must|may|will)(?![\w’'-])")
_NO_VERB_BEFORE = {"the", "a", "an", "of", "in", "to", "and", "or", "for", "each", "its", "their"}


def fact(clause: str) -> list[Chunk] | None:
    """What happened on a day, in the past tense."""
    on = _ON_DAY.match(clause)
    if on is None or _STATED.search(clause):
        return None
    try:
        found = [made("DAY", clause[: on.end() - 2], 0, (day(on["day"]), on["time"] or ""))]
    except NoSuchDayError as fault:
        raise MisfitError(on.start("day"), str(fault), ("a day that the calendar has",)) from None
    found.append(made("COMMA", ",", on.end() - 2, None))
    under = _UNDER.search(clause)
    end = under.start() if under else len(clause)
    words = list(re.finditer(r"[^\s,]+", clause[:end]))
    words = [word for word in words if word.start() >= on.end()]
    for index, word in enumerate(words[1:], 1):
        text, before = word[0], words[index - 1][0].lower()
        then = words[index + 1] if index + 1 < len(words) else None
        if text in ("was", "were") and then is not None:
            stop = then.end()
            if then[0] == "not" and index + 2 < len(words):
                stop = words[index + 2].end()
            was = _WAS.match(clause[word.start() : stop])
            base = lexicon.base_of_participle(was["part"]) if was else ""
            if was and (was["part"] in lexicon.default().participles or was["part"].endswith("ed")):
                found.append(made("TEXT", clause[on.end() : word.start()].strip(), on.end(), None))
                found.append(made("WAS", clause[word.start() : stop], word.start(), (base, not was["not"])))
                return found + _after(clause, stop, end, under)
        if text == "did" and then is not None and then[0] == "not" and index + 2 < len(words):
            verb = words[index + 2]
            found.append(made("TEXT", clause[on.end() : word.start()].strip(), on.end(), None))
            found.append(made("DID", clause[word.start() : verb.end()], word.start(), (verb[0], False)))
            return found + _after(clause, verb.end(), end, under, agent=False)
        base = lexicon.base_of_past(text) if text.islower() else ""
        if base and before not in _NO_VERB_BEFORE and text != "had":
            found.append(made("TEXT", clause[on.end() : word.start()].strip(), on.end(), None))
            found.append(made("DID", text, word.start(), (base, True)))
            return found + _after(clause, word.end(), end, under, agent=False)
    return found + ([made("TEXT", clause[on.end() :], on.end(), None)] if clause[on.end() :] else [])


def _after(clause: str, start: int, end: int, under: re.Match[str] | None, *, agent: bool = True) -> list[Chunk]:
    found: list[Chunk] = []
    rest = clause[start:end]
    by = re.search(r"(?:^|\s)by\s(?P<who>(?:the\s|an?\s|each\s)?[A-Z].*)$", rest) if agent else None
    stop = by.start() if by else len(rest)
    if rest[:stop].strip():
        found.append(made("TEXT", rest[:stop].strip(), start + len(rest[:stop]) - len(rest[:stop].lstrip()), None))
    if by:
        found.append(made("AGENT", by[0].strip(), start + by.start(), by["who"]))
    if under:
        found.append(made("UNDER", under[0].strip(), under.start(), under["section"]))
    return found


# -- quorum and tests of a vote ----------------------------------------------------------------------------------------

_QUORUM = re.compile(
    r"(?:(?:A|The)\s)?[Qq]uorum(?:\s(?:for|of|at)\s(?P<of>(?:(?!\b(?:is|shall|requires)\b)[\w’' -])+))?\s"
    r"(?:is|shall\sbe|requires|consists\sof|shall\sconsist\sof|shall\srequire)(?!\w)\s*"
)
_ROOT = re.compile(
    rf"(?P<half>half\s)?the\ssquare\sroot\sof\s(?:the\snumber\sof\s)?(?:all\s|the\s)*(?P<role>{ROLE})(?:,?\stimes\s(?P<times>{NUMBER})|,?\smultiplied\sby\s(?P<by>{NUMBER}))?"
)
_THRESHOLD = re.compile(THRESHOLD)


@dataclass(frozen=True, slots=True)
class QuorumShare:
    """What follows `quorum is`: a threshold, perhaps of the square root of the number, perhaps multiplied."""

    threshold: Threshold
    doubt: str = ""
    root: bool = False
    factor: int = 1


def quorum(clause: str) -> list[Chunk] | None:
    """`Quorum is ...`."""
    head = _QUORUM.match(clause)
    if head is None:
        return None
    found = [made("QUORUM_IS", head[0].strip(), 0, head["of"] or "")]
    at = head.end()
    if root := _ROOT.match(clause, at):
        share = Fraction(1, 2) if root["half"] else Fraction(1)
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


_SHARE_START = re.compile(
    rf"(?:(?P<there>(?:The\s)?(?:[Aa]ttendance|[Pp]resence|[Pp]articipation)\s(?:of|by)\s))?(?P<share>{SHARE}\s(?:of|by|within|in)\s.+?|{SHARE}|[Aa]ll\sbut\s{NUMBER}\s.+?)\s(?=(?:shall|must|may|can|will|constitutes?|forms?|makes?|is\sa\squorum|are\sa\squorum|(?:is|are)\s(?:required|needed|necessary))\b)"
)
_FORMS = re.compile(r"(?:shall\s|must\s|will\s)?(?:constitutes?|forms?|makes?(?:\sup)?|is|are|be)\s(?:a|the)\squorum(?!\w)")


_REQUIRED = re.compile(r"(?:shall\sbe|must\sbe|will\sbe|is|are)\s(?:required|needed|necessary)\s(?=(?:to|for)\s)")


def share_start(clause: str) -> tuple[list[Chunk], int] | None:
    """The chunk of a share that begins a clause (`Five percent of the Members may ...`), and where the rest begins."""
    if not (head := _SHARE_START.match(clause)):
        return None
    share = re.sub(r"\s(?:within|in)\s(?=the\s|[A-Z])", " of ", head["share"], count=1)
    whole = re.fullmatch(THRESHOLD, share[0].lower() + share[1:])
    if whole is None:
        return None
    found = [made("SHARE_OF", head["share"], 0, QuorumShare(*threshold(whole[0])))]
    forms = _FORMS.match(clause, head.end())
    if (head["there"] or whole[0].startswith("all but")) and forms is None:
        return None
    if required := _REQUIRED.match(clause, head.end()):
        found.append(made("REQUIRED", required[0].strip(), head.end(), None))
        return found, required.end()
    if "of" not in whole[0].split():
        return None
    if forms:
        found.append(made("FORMS_QUORUM", forms[0], head.end(), None))
        rest = clause[forms.end() :]
        if rest.strip():
            found.append(made("TEXT", rest.strip(), forms.end() + 1, None))
        return found, len(clause)
    return found, head.end()


_ADOPTED = re.compile(
    r"(?P<what>(?:A|An|Any|Each|Every|The)\s[\w’' -]+?)\s(?P<how>(?:is|are|shall\sbe|will\sbe|must\sbe)\s(?:(?:considered|deemed)\s(?:to\sbe\s)?)?(?:adopted|passed|carried|approved|accepted|rejected|ratified)|passes|carries|fails)\s"
    r"(?P<link>(?:only\s)?(?:if|when)|unless)\s(?=.*\b(?:votes?|quorum|object|objects|favou?r)\b)"
)
_BALLOTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Ballot]], ...] = (
    (
        re.compile(
            rf"the\snumber\sof\s[Yy]es\svotes\s(?P<cmp>is\s(?:greater|more)\sthan|exceeds|is\sat\sleast)\s(?P<share>half|two-thirds|three-quarters|a\sthird)"
            rf"\s(?:of\s)?the\snumber\sof\s(?:all\s|the\s)?(?P<role>(?![Nn]o\b){ROLE})"
        ),
        lambda m: Threshold(_compare(m["cmp"]), fraction(m["share"]), Base.ALL, role(m["role"])),
    ),
    (
        re.compile(
            rf"the\snumber\sof\s[Yy]es\svotes\s(?P<cmp>is\s(?:greater|more)\sthan|exceeds|is\sat\sleast)\s(?:(?P<times>twice|{NUMBER}\stimes)\s)?the\snumber\sof\s[Nn]o\svotes"
        ),
        lambda m: Ratio(_compare(m["cmp"]), Fraction(_times(m["times"]))),
    ),
    (
        re.compile(
            r"(?:(?:it|the\s\w+)\s(?:receives|gets|has)|there\sare)\smore\s(?:[Yy]es\s(?:votes\s)?than\s[Nn]o(?:\svotes)?|votes\s(?:in\sfavou?r|for)\sthan\sagainst(?:\sit)?)"
        ),
        lambda m: Ratio(Comparison.MORE_THAN, Fraction(1)),
    ),
    (
        re.compile(
            rf"(?:it|the\s\w+)\s(?:receives|gets|obtains|has)\s(?:the\s(?:support|approval|votes|consent)\sof\s)?(?P<share>{SHARE}\sof\s(?:the\s|all\s)?(?:votes\scast|{ROLE}(?:\spresent)?))"
        ),
        lambda m: threshold(m["share"])[0],
    ),
    (re.compile(r"(?:the\s|a\s)?quorum\sis\s(?:met|present|reached)|there\sis\sa\squorum"), lambda m: QuorumMet()),
    (
        re.compile(
            rf"(?P<share>{SHARE}\sof\s(?:the\s|all\s)?(?:votes(?:\scast)?|{ROLE}(?:\spresent)?))\s(?:(?:are|is)\s(?:in\sfavou?r|yes)|votes?\s(?:in\sfavou?r|[Yy]es|for\sit)|(?:have\s|has\s)?voted\s(?:in\sfavou?r|[Yy]es|for\sit))(?:\sof\sit)?"
        ),
        lambda m: threshold(re.sub(r"votes$", "votes cast", m["share"]))[0],
    ),
)
_OBJECT = re.compile(
    rf"(?P<cmp>more\sthan|at\sleast|no\smore\sthan)\s(?P<n>{NUMBER})\s(?P<role>{ROLE})\sobjects?(?:\swithin\s(?P<time>{DURATION}))?"
)


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
            ballot = next(((p, make) for p, make in _BALLOTS if p.match(clause, at)), None)
            if ballot is None:
                break
            match = ballot[0].match(clause, at)
            assert match is not None
            found.append(made("BALLOT", match[0], at, ballot[1](match)))
            at = match.end()
            joint = re.compile(r",?\s(?:(?P<or>or(?:\sif)?)|and(?:\sif)?)\s").match(clause, at)
            if joint is None:
                break
            found.append(made("OR_IF" if joint["or"] else "AND_IF", joint[0].strip(" ,"), at, None))
            at = joint.end()
    if clause[at:].strip():
        found.append(made("TEXT", clause[at:].strip(), at + len(clause[at:]) - len(clause[at:].lstrip()), None))
    return found


# -- idioms ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Idiom:
    """A clause of set wording. `keyword` must stand in the clause, which makes the search cheap."""

    keyword: str
    pattern: re.Pattern[str]
    rule: Callable[[re.Match[str]], Rule]


def _stage(match: re.Match[str]) -> Rule:
    limit = match["limit"]
    bound = Limit.EXACTLY if not limit else Limit.AT_LEAST if limit == "at least" else Limit.AT_MOST
    return Procedure(match["stage"], duration(match["time"]), bound)


def _abstention(match: re.Match[str]) -> Rule:
    return Abstention(not match["not"], "quorum" if "quorum" in match["what"] else "votes cast")


def _vote(match: re.Match[str]) -> Rule:
    return Vote(role(match["who"]), number(match["n"]), match["unit"] or "")


def _leaves(match: re.Match[str]) -> Rule:
    length: Duration = duration(match["time"])
    return ForkTerm("leaves", role(match["who"]), match["what"], length)


IDIOMS: tuple[Idiom, ...] = (
    Idiom(
        "period",
        re.compile(
            rf"The\s(?P<stage>discussion|voting|objection|comment|review|debate)\speriod\s(?:is|lasts(?:\sfor)?|shall\sbe|must\sbe|runs\sfor)\s"
            rf"(?:(?P<limit>at\sleast|at\smost|up\sto)\s)?(?P<time>{DURATION})$"
        ),
        _stage,
    ),
    Idiom(
        "bstention",
        re.compile(
            r"(?:An\s)?[Aa]bstentions?\s(?P<not>(?:does|do|is|are|shall)\snot\s(?:be\s)?)?(?:is\s|are\s|shall\s(?:be\s)?)?count(?:s|ed)?\s"
            r"(?:towards?|as|for|in)\s(?P<what>(?:the\s|a\s)?(?:quorum|votes?\scast|votes?|votes\sthat\sare\scast))$"
        ),
        _abstention,
    ),
    Idiom(
        "vote",
        re.compile(
            rf"(?:Each|Every|A|All)\s(?P<who>{ROLE})\s(?:has|have|shall\shave|is\sentitled\sto|are\sentitled\sto)\s(?P<n>{NUMBER})\svotes?"
            r"(?:\sfor\s(?:each|every)\s(?P<unit>[A-Z]\w+|\w+)(?:\s(?:held|it\sholds|they\shold))?)?$"
        ),
        _vote,
    ),
    Idiom(
        "again",
        re.compile(
            rf"(?:A|Any)\s(?:rejected|defeated|failed)\s(?P<what>[\w -]+?)\s(?:may|shall|must)\snot\sbe\s(?:made|raised|put|proposed|resubmitted|brought|moved)"
            rf"\sagain\s(?:within|for)\s(?P<time>{DURATION})(?:\sof\s.*)?$"
        ),
        lambda m: Moratorium(m["what"], duration(m["time"])),
    ),
    Idiom(
        "award",
        re.compile(
            r"(?:The|An|Any)\saward\s(?:is|shall\sbe)\sfinal(?:\sand\s(?:binds|(?:is\s)?binding\s(?:on|upon))\s(?P<who>.+))?$"
        ),
        lambda m: AwardEffect(True, m["who"] or ""),
    ),
    Idiom("fork", re.compile(r"A\sfork\sbinds\sonly\s(?P<who>.+)$"), lambda m: ForkTerm("binds", m["who"])),
    Idiom(
        "fork",
        re.compile(r"(?P<what>(?:Obligations|Debts|Duties|Claims)\s.+?)\ssurvive\s(?:it|the\sfork|a\sfork)$"),
        lambda m: ForkTerm("survives", m["what"]),
    ),
    Idiom(
        "fork",
        re.compile(r"(?:On|After|Upon)\sa\sfork,\s(?P<what>.+?)\s(?:is|are|shall\sbe)\sdivided\s(?P<how>.+)$"),
        lambda m: ForkTerm("divides", m["what"], m["how"]),
    ),
    Idiom(
        "fork",
        re.compile(
            rf"(?:A|Any|Each|Every)\s(?P<who>{ROLE})\swho\sjoins\sa\sfork\sceases\sto\sbe\s(?P<what>.+?)\safter\s(?P<time>{DURATION})$"
        ),
        _leaves,
    ),
    Idiom(
        "govern",
        re.compile(r"The\slaws?\sof\s.+\sgoverns?\s(?:this|these)\s[A-Z]\w+$"),
        lambda m: Declaration("governing law", m[0]),
    ),
    Idiom(
        "counterpart",
        re.compile(r"This\s[A-Z]\w+\smay\sbe\s(?:signed|executed)\sin\s.*counterparts.*$"),
        lambda m: Declaration("counterparts", m[0]),
    ),
    Idiom(
        "arbitration",
        re.compile(r"The\s(?P<what>seat|place|language|rules|law)\sof\s(?:the\s)?arbitration\s(?:is|are|shall\sbe)\s.+$"),
        lambda m: Declaration(f"{m['what']} of arbitration", m[0]),
    ),
    Idiom(
        "arbitration",
        re.compile(
            r"The\sarbitration\s(?:is|shall\sbe|takes\splace)\s?(?:conducted|held|administered|governed)?\s(?:under|by|in|at|according\sto)\s.+$"
        ),
        lambda m: Declaration("rules of arbitration", m[0]),
    ),
    Idiom(
        "entire agreement",
        re.compile(r"This\s[A-Z]\w+\s(?:is|constitutes|contains)\sthe\sentire\sagreement\b.*$"),
        lambda m: Declaration("entire agreement", m[0]),
    ),
)


def idiom(clause: str) -> list[Chunk] | None:
    """A clause of set wording, whole."""
    for entry in IDIOMS:
        if entry.keyword in clause and (match := entry.pattern.match(clause)):
            return [made("IDIOM", clause, 0, entry.rule(match))]
    return None


FORMS = (definition, fact, quorum, adopted, idiom)
"""In the order in which a clause is tried against them."""
