"""How many of whom: shares, majorities and head counts as they are written."""

import re
from fractions import Fraction

from syngraph.grammar.lexicon import singular
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.numbers import FRACTION, NUMBER, fraction, number
from syngraph.grammar.rules import Base, Comparison, Threshold, Unmeasured

STOP = (
    r"(?!(?!family\b|assembly\b)[a-z]+ly\b)(?!(?:present|voting(?!\s(?:[Mm]embers?(?:hip)?|[Pp]ower|[Rr]epresentatives?|[Dd]irectors?|[Oo]wners?)\b)|who|that|which|at|in|by|and|or|entitled|eligible|other|then|currently|minus|less|with|on|is|are|was|were|"
    r"have|has|shall|may|must|will|can|object|objects|constitutes?|forms?|if|unless|when|within|for|of|to|as|from|votes?|not|under|about|during|between|"
    r"against|into|before|after|over|per|regarding|this|these|those|the|an?|any|each|all|every|square(?=\sroot)|his|her|its|their|whose|only|so|than|such|regardless|but|whoever|whatever|some|few|most|many)\b)"
)
_KIND_OF = r"(?:(?:existing|current|remaining|active|sitting|serving|elected|full|incumbent|new|regular|ordinary|permanent|individual|core|non-[a-z]+)\s)"
ROLE = (
    rf"(?:{_KIND_OF}?[A-Z][\w’'-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'-]*)*(?:\s(?:members?|directors?|representatives?|voters?)(?![\w’'-]))?|{STOP}[a-z][\w’'-]+(?:\s{STOP}[a-z][\w’'-]+)*"
    r"(?:(?<=\smembers)\sof\sthe\s(?:board|council|committee|club|association|society|corporation|cooperative|co-operative|chapter)(?!\sof\b|[\w’'-]))?)"
)
ALL_OF = r"(?:(?i:all\sof\sthe|all\sthe|all|the\sentire|the|those|its|their|every|each)\s)"
COMPARE = r"(?i:at\sleast|not\sless\sthan|no\sless\sthan|no\sfewer\sthan|not\sfewer\sthan|a\sminimum\sof|more\sthan|greater\sthan|over)"
MAJORITY = r"(?i:(?:an?\s|the\s)?(?:simple\s|absolute\s)?majority)"
_VOTE = r"(?:\s(?:affirmative\s)?(?:(?:super)?majority(?:\s(?:[Vv]otes?|agreement))?|[Vv]otes?))?"
_OF_A_MAJORITY = rf"(?i:(?:an?\s|the\s)?(?:super)?majority\sof\s)(?:{COMPARE}\s)?(?={FRACTION})"
SHARE = rf"(?:{_OF_A_MAJORITY}|{COMPARE}\s)?(?:(?i:an?)\s)?(?:{FRACTION}(?:\s\({FRACTION}\))?|{MAJORITY}){_VOTE}"
_BASE = (
    rf"(?:{ALL_OF}?(?:valid\s)?votes\s(?:validly\s)?cast(?:\sby\s{ALL_OF}?{ROLE})?"
    rf"|{ALL_OF}?votes\s(?:of|by|from)\s{ALL_OF}?(?:{ROLE}|those)\s(?:who\sare\s)?present(?:\sand\svoting)?"
    rf"|{ALL_OF}?votes(?=$|[,.;]|\s(?:are|is|in|for|at|shall)\b)"
    rf"|{ALL_OF}?(?:{ROLE}|those)\s(?:who\sare\s)?(?:that\sare\s)?present(?:\sor\srepresented|\sin\sperson(?:\sor\sby\sproxy)?)?(?:\sand\svoting)?(?:\s(?:at|in)\s(?:(?:the|a)\s(?:general\s)?|any\s(?:duly|regularly|properly)\s(?:constituted|called|convened|held)\s)meeting)?"
    rf"|the\s(?:total\s)?number\sof\s(?:all\s|the\s)?{ROLE}(?:\s(?:entitled|eligible)\sto\svote|\s(?:then\s|currently\s)?in\soffice)?"
    rf"|{ALL_OF}?(?:other\s)?{ROLE}(?:\s(?:entitled|eligible)\sto\svote|\s(?:then\s|currently\s)?in\soffice)?"
    r"(?:\s(?:other\sthan|except(?:\sfor)?)\s(?:the\s)?[\w’' -]+)?)"
)
_CONSENT = r"(?:consent|approval|agreement|vote|decision|resolution)"
UNANIMOUS = (
    rf"(?:(?i:(?:the|an?)\s)?(?:unanimous|Unanimous)\s(?:written\s|affirmative\s)?{_CONSENT}(?:\s(?:of|by)\s{ALL_OF}?{ROLE}(?:\s(?:other\sthan|except(?:\sfor)?)\s(?:the\s)?[\w’' -]+)?)?"
    rf"|(?i:the)\s(?:written\s|prior\s|prior\swritten\s)?{_CONSENT}\sof\s(?i:every|each|all\sof\sthe|all\sthe|all)\s{ROLE}(?:\sminus\s{NUMBER})?"
    rf"|(?i:all)\sbut\s{NUMBER}\s(?:of\s(?:the|all|its)\s)?{ROLE}(?:\s(?:then\s|currently\s)?in\soffice)?"
    rf"|(?i:all\sof\sthe|all\sthe|all)\s{ROLE}(?:\sminus\s{NUMBER})?)"
)
CONSENSUS = (
    r"(?P<kind>(?i:(?:(?:full|rough|general|broad|lazy|informal|formal)\s)?consensus|(?:super[-\s]?|qualified\s|special\s)majority))(?:\s(?:vote|decision|agreement|approval))?"
    rf"(?:\sminus\s(?P<less>{NUMBER}))?(?:\s(?:of|by|among|amongst|between|within|from)\s{ALL_OF}?(?P<whose>(?:other\s)?{ROLE})(?:\sminus\s(?P<fewer>{NUMBER}))?)?"
)
"""An agreement that is named and not put into numbers, perhaps of somebody; `minus one` makes it one that can be counted."""
HEADS = rf"(?:(?:{COMPARE}\s)?(?:{NUMBER}\s(?=(?:[\w’'-]+\s){{0,2}}?(?:[\w’'-]+s|people)(?![\w’'-]))|(?i:one)\s){ROLE})"
THRESHOLD = rf"(?:{SHARE}(?:\s(?:of|by)\s{_BASE}|\sthe\snumber\sof\s{ROLE})?|{UNANIMOUS}|{HEADS})"

_SHARE = late(
    rf"(?:(?P<of>{_OF_A_MAJORITY})|(?P<cmp>{COMPARE})\s)?(?:(?i:an?)\s)?(?:(?P<part>{FRACTION})(?:\s\((?P<check>{FRACTION})\))?|(?P<majority>{MAJORITY})){_VOTE}"
    rf"(?:\s(?:(?:of|by)\s)?(?P<base>{_BASE}))?$"
)
_UNANIMOUS = late(rf"{UNANIMOUS}$")
_OF_WHOM = late(
    rf"(?:.*?\s(?:of|by)\s)?(?i:all\sof\sthe|all\sthe|all|every|each|the)\s(?P<role>{ROLE})(?:\sminus\s(?P<minus>{NUMBER}))?$"
)
_ALL_BUT = late(
    rf"(?i:all)\sbut\s(?P<minus>{NUMBER})\s(?:of\s(?:the|all|its)\s)?(?P<role>{ROLE})(?:\s(?:then\s|currently\s)?in\soffice)?$"
)
_CONSENSUS = late(CONSENSUS)
_LEFT_OUT = late(r"\s(?:other\sthan|except(?:\sfor)?)\s")
_HEADS = late(rf"(?:(?P<cmp>{COMPARE})\s)?(?P<n>{NUMBER})\s(?P<role>{ROLE})$")
_CAST = late(r"votes(?:\s(?:validly\s)?cast(?:\sby\s(?P<who>.*))?)?$")
_PRESENT = late(
    r"(?:(?:the\s)?votes\s(?:of|by|from)\s)?(?P<who>.*?)\s(?:who\sare\s|that\sare\s)?present(?:\sor\srepresented|\sin\sperson(?:\sor\sby\sproxy)?)?(?P<voting>\sand\svoting)?(?:\s(?:at|in)\s.*)?$"
)


def threshold(text: str) -> tuple[Threshold, str]:
    """The threshold that `text` (which matches `THRESHOLD`) names, and what is wrong with its wording or "".

    >>> threshold("at least two-thirds (2/3) of all Members")[0].share
    Fraction(2, 3)
    >>> threshold("a majority of the votes cast")[0].base
    <Base.CAST: 'votes cast'>
    >>> threshold("two-thirds (66%) of the Members present and voting")[1]
    'two-thirds is not 66%'
    """
    text = re.sub(r"\s+", " ", text.strip())
    if all_but := _ALL_BUT.match(text):
        return Threshold(Comparison.AT_LEAST, Fraction(1), Base.ALL, role(all_but["role"]), minus=number(all_but["minus"])), ""
    if _UNANIMOUS.match(text):
        whole, _, excluded = _LEFT_OUT.sub("\n", text, count=1).partition("\n")
        whom = _OF_WHOM.match(whole)
        minus = number(whom["minus"]) if whom and whom["minus"] else 0
        body = role(whom["role"]) if whom else ""
        return Threshold(Comparison.AT_LEAST, Fraction(1), Base.ALL, body, minus=minus, excluding=excluded), ""
    if match := _SHARE.match(text):
        doubt = ""
        share = Fraction(1, 2) if match["majority"] else fraction(match["part"])
        if match["check"] and fraction(match["check"]) != share:
            doubt = f"{match['part']} is not {match['check']}"
        compare = _comparison(match["cmp"] or (re.sub(r"^.*?\bof\s", "", match["of"]).strip() if match["of"] else None))
        if match["majority"]:
            compare = Comparison.MORE_THAN
        base, body, excluding = _base(match["base"] or "")
        return Threshold(compare, share, base, body, excluding=excluding), doubt
    if match := _HEADS.match(text):
        count = number(match["n"]) + (_comparison(match["cmp"]) is Comparison.MORE_THAN)
        return Threshold(Comparison.AT_LEAST, Fraction(0), Base.ALL, role(match["role"]), heads=count), ""
    raise ValueError(f"no threshold: {text!r}")


def consensus(text: str) -> Threshold | Unmeasured:
    """The agreement that `text` (which matches `CONSENSUS`) names: `minus one` is all but one, else nothing is counted.

    >>> consensus("consensus of the Board")
    Unmeasured(name='consensus', body='Board')
    """
    said = _CONSENSUS.fullmatch(text)
    if said is None:
        raise ValueError(f"no consensus: {text!r}")
    body = role(said["whose"]) if said["whose"] else ""
    if fewer := said["less"] or said["fewer"]:
        return Threshold(Comparison.AT_LEAST, Fraction(1), Base.ALL, body, minus=number(fewer))
    name = re.sub(r"super[-\s]?majority", "supermajority", said["kind"].lower())
    return Unmeasured("a " + name if name.endswith("majority") else name, body)


def role(noun: str) -> str:
    """A role in the singular, without its article."""
    noun = re.sub(rf"^{ALL_OF}", "", noun.strip())
    head, joint, tail = noun.partition(" of ")
    return singular(head) + joint + tail


def _comparison(word: str | None) -> Comparison:
    return Comparison.MORE_THAN if word and word.lower() in ("more than", "greater than", "over") else Comparison.AT_LEAST


def _base(text: str) -> tuple[Base, str, str]:
    if not text:
        return Base.UNSAID, "", ""
    if cast := _CAST.search(text):
        return Base.CAST, role(cast["who"]) if cast["who"] else "", ""
    if present := _PRESENT.match(text):
        who = role(present["who"])
        if who == "quorum":
            return Base.UNSAID, "", ""
        return Base.PRESENT_AND_VOTING if present["voting"] else Base.PRESENT, "" if who == "those" else who, ""
    text = re.sub(r"^the (?:total )?number of ", "", text)
    text = re.sub(r" (?:entitled|eligible) to vote| (?:then |currently )?in office", "", text)
    body, _, excluded = _LEFT_OUT.sub("\n", text, count=1).partition("\n")
    if role(body).endswith("quorum"):
        return Base.UNSAID, "", ""
    return Base.ALL, role(body), excluded
