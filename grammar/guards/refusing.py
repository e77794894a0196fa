"""Acts that are not understood: what looks like an act and would be read wrongly."""

import re
from functools import lru_cache

from syngraph.grammar import lexicon
from syngraph.grammar.amounts import Less, Rate, Sum
from syngraph.grammar.chunks.scanner import Chunk, MisfitError
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.numbers import FRACTION, MONEY, MONTHS, PERCENT
from syngraph.grammar.phrases.sums import DAY_COUNT
from syngraph.grammar.rules import (
    Abstention,
    Act,
    Course,
    Decision,
    Declaration,
    Definition,
    Entrenchment,
    Exclusion,
    Initiative,
    Moratorium,
    Obligation,
    Outcome,
    Permission,
    Power,
    Procedure,
    Prohibition,
    Quorum,
    Rule,
    Vote,
)

_NO_VERBS = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "each",
        "every",
        "for",
        "from",
        "has",
        "if",
        "in",
        "into",
        "is",
        "may",
        "must",
        "never",
        "no",
        "nor",
        "not",
        "of",
        "on",
        "only",
        "or",
        "shall",
        "subject",
        "that",
        "the",
        "then",
        "to",
        "unless",
        "upon",
        "was",
        "when",
        "which",
        "who",
        "will",
        "with",
        "without",
    ]
)


@lru_cache(maxsize=16)
def _second_act(known: lexicon.Lexicon) -> re.Pattern[str]:
    """A conjunction, a verb and what begins its object: a second act where one is expected."""
    verbs = "|".join(sorted(map(re.escape, known.verbs), key=len, reverse=True))
    return re.compile(rf"(?<=\w\s)(?:and|or)\s(?:{verbs})\s(?:the|an?|its|his|her|their|all|any|each|every|this|such)\s")


CHARGE = re.compile(
    r"(?:(?:solely|jointly|ultimately|primarily|also|then)\s)?(?:(?P<duty>responsible\s(?:for|to)|in\scharge\sof|accountable\s(?:to|for))|"
    r"(?P<right>entitled\sto|privy\sto|free\sto|welcome\sto|at\sliberty\sto|eligible\sto))(?!\w)"
)
"""What makes a duty or a right of `shall be ...`."""
_PERFECT = re.compile(
    r"(?:(?!need|speed|seed|feed)[a-z]+ed|been|had|become|held|made|paid|given|taken|chosen)(?!\w)(?!\s(?:members|directors))"
)
_DANGLING = re.compile(r"^(?:and|or)(?=\s(?:the|an?|its|each|any)\s)|\b(?:and|or)$|\band/or\b")
_ODD = re.compile(r"\b(?:nothing|nobody|none|and\snot|or\snot|neither|nor)\b|^(?:necessarily|either)\b")
_MAY_BE_ODD = re.compile(r"n[eo]|either")
_ODD_RIGHT = re.compile(r"have\s(?:the|an?)\s(?:right|option|power|choice|duty|obligation)\b")
_CAUSED = re.compile(r"(?:their|his|her|its|the)\s.*\b(?!need|proceed|exceed|indeed)\w+ed(?=\s(?:by|under|in|at|on|for)\s|$)")
"""What somebody has done to them (`have their membership reviewed`): no act of theirs."""
_ASTRAY = re.compile(
    rf"\bwith\sin\b|\b(?:by|on|before|until|after)\s(?:the\s|latest\s)?\d{{1,2}}\s(?:{'|'.join(MONTHS)})\b|"
    r"(?<![\w-])(?:EUR|USD|GBP|CHF)\d[\d,.]*(?![\w-])"
)
"""A time or a sum among the words of an act that was not seen as one: neither may be left unread."""
_MAY_BE_ASTRAY = re.compile(r"\d|with\sin")
_LEADING_OR = re.compile(r"or\b")
_PER_UNIT = re.compile(r"\b(?:for\s(?:each|every)|per(?!\scent))\b")
_FIGURES = re.compile(r"[\w.,€$£¥]*\d[\w.,%€$£¥]*")
_SUMS = re.compile(rf"{MONEY}|{FRACTION}|{DAY_COUNT}")
_PERCENT = re.compile(r"\S+\s?(?:%|per\s?cent)")
_UPON_INTEREST = re.compile(r"compound\w*|capitali[sz]e\w*|(?i:interest\son\sinterest)|ACT/ACT")


_FORMING = {"constitute", "form", "make"}
_QUORUM = re.compile(r"(?:a|the)\squorum(?!\w)")
_BY_CONSENT = re.compile(
    r"(?:^|\s)(?:by|with|upon)\s(?:the\s)?(?:written\s|prior\s)*(?P<word>consent)\s(?:of|from)\s(?:the\s)?(?:[\w’'-]+\s)?"
    r"(?:[Mm]embers|[Dd]irectors|[Ss]hareholders|[Oo]wners)(?!\w)"
)
"""What a body does by its consent, how many of it must consent left out."""
_ONLY_SO = re.compile(r"(?:^|\s)(?P<word>only)\s(?:on|upon|by|after|with|when|if|in)(?!\w)")


def refuse_means(words: str, modal: Chunk, *, may: bool) -> None:
    """Refuses what stands beside a passive and says, half told, by whom or only how it is done.

    Raises: MisfitError at the end of the modal.
    """
    if means := (_BY_CONSENT if may else _ONLY_SO).search(words):
        wanted = "how many must consent (`by the unanimous consent of all Members`)" if may else "`may ... only if ...`"
        raise MisfitError((modal.start_pos or 0) + len(modal), means["word"], (wanted,))


def refuse(done: Act, phrase: str, first: Chunk, *, counted: bool) -> None:
    """Refuses an act that would be read wrongly. `phrase` is its words, `first` their first chunk.

    `counted` tells that a period for which the amount is counted was read beside it.

    Raises: MisfitError at the word that does not fit.
    """
    if (
        odd := (_MAY_BE_ODD.search(phrase) and _ODD.search(phrase))
        or _ODD_RIGHT.match(phrase)
        or _LEADING_OR.match(done.object)
        or _LEADING_OR.match(done.rest)
    ):
        at = (first.start_pos or 0) + max(phrase.find(odd[0]), 0)
        raise MisfitError(at, odd[0].split()[0], ("one act, said without turning it round",))
    if _MAY_BE_ASTRAY.search(phrase) and (astray := _ASTRAY.search(phrase)):
        at = (first.start_pos or 0) + astray.start()
        raise MisfitError(at, astray[0].split()[0], ("a time or a sum such as `by 31 March 2027` or `EUR 1,200`", "one act"))
    if not done.verb[:1].isalpha() or done.verb.endswith(":"):
        raise MisfitError(first.start_pos or 0, str(first).partition(" ")[0], ("what is to be done",))
    if done.verb in _FORMING and _QUORUM.match(done.object):
        at = (first.start_pos or 0) + phrase.find("quorum")
        raise MisfitError(at, "quorum", ("of whom a share is the quorum (`A majority of the Members is a quorum`)",))
    if done.verb == "have" and (_PERFECT.match(done.object) or _CAUSED.match(done.object)):
        raise MisfitError(first.start_pos or 0, "have", ("an act that is still to be done",))
    if done.verb.lower() in _NO_VERBS and not (done.verb == "be" and CHARGE.match(phrase.removeprefix("be "))):
        raise MisfitError(first.start_pos or 0, str(first).partition(" ")[0], ("what is to be done",))
    joined_by = " and" in phrase or " or" in phrase or phrase.endswith(("and", "or")) or "and/or" in phrase
    second = _second_act(lexicon.current())
    if joined_by and (dangling := _DANGLING.search(done.object) or second.search(done.object) or second.search(done.rest)):
        at = (first.start_pos or 0) + max(phrase.find(dangling[0]), 0)
        raise MisfitError(at, dangling[0].split()[0], ("`and shall` before a second act", "the end of the sentence"))
    if amiss := money_amiss(done):
        at = (first.start_pos or 0) + max(phrase.find(amiss), 0)
        raise MisfitError(at, amiss, ("one sum of money, such as EUR 1,200",))
    piecemeal = done.amount is not None and not counted and not isinstance(done.amount, Rate)
    if piecemeal and (unit := _PER_UNIT.search(phrase)):
        raise MisfitError((first.start_pos or 0) + unit.start(), unit[0], ("an amount that is not counted by pieces",))
    if (base := _base_of(done.verb)) and done.verb not in lexicon.current().verbs:
        raise MisfitError(first.start_pos or 0, done.verb, (f"the base form `{base}`",), base)


_BASES_TOO = frozenset(["found", "lay", "saw", "fell", "bore", "wound", "ground"])


def _base_of(verb: str) -> str:
    """The base form of a verb that stands in another, "" of one that does not."""
    known = lexicon.current()
    if verb in _BASES_TOO:
        return ""
    base = known.thirds.get(verb) or known.pasts.get(verb) or known.participles.get(verb) or ""
    if not base and verb.endswith("ing"):
        base = next((stem for stem in (verb[:-3], f"{verb[:-3]}e", verb[:-4]) if stem in known.verbs), "")
    return base


def money_amiss(done: Act) -> str:
    """Figures in the words of an act that belong to no sum or to a second one, "" when all is well."""
    if not isinstance(done.amount, Less) and (taken := _TAKEN_OFF.search(done.object)):
        return taken["word"]
    sums = list(re.finditer(MONEY, f"{done.object} {done.rest}"))
    if len(sums) > 1 and not isinstance(done.amount, Sum | Less):
        return sums[1][0]
    if sums and not re.search(MONEY, done.object):
        return sums[0][0]
    if done.verb in ("pay", "repay", "refund", "reimburse", "owe"):
        said = f"{done.object} {done.rest}"
        if not isinstance(done.amount, Sum | Less) and (besides := _BESIDES.search(said)):
            return besides["word"] or besides["more"]
        if upon := _UPON_INTEREST.search(said):
            return upon[0]
        if "interest" in said and (rate := _PERCENT.search(said)) and not isinstance(done.amount, Rate):
            return rate[0]
        plain = _SUMS.sub(" ", done.object)
        if stray := _FIGURES.search(plain):
            return stray[0]
    return ""


_TAKEN_OFF = re.compile(rf"\s(?P<word>less|minus)\s(?:any\s|an?\s|the\s|its\s|{MONEY}|{PERCENT})")
"""What is taken from a sum."""


_BESIDES = late(
    rf"\b(?P<word>greater|lesser|higher|lower|larger|smaller|greatest|highest|lowest|more|less|least)\sof\s|"
    rf"\b(?P<more>plus|increased|reduced|indexed|rising)\s(?:(?:any|the|applicable|statutory|annually|yearly)\s)*(?:VAT|value\sadded\stax|tax(?:es)?|by\s{PERCENT}|{PERCENT})(?![\w-])"
)
"""What makes one sum out of two, or another sum out of one."""


_COUNTED = late(
    r"\b(?:(?:super-?)?majority|plurality|(?<!pay\s)(?:one-third|two-thirds|three-quarters|three-fourths|four-fifths)(?=\s(?:of|votes?|approval|consent)\b)|unanimous(?:ly)?|quorum\s(?:of\s\w+|(?:will|shall|must)\s(?:constitute|be\s\w+ed))|"
    r"(?:combined|affirmative|joint)\svotes?\sof|petition\sof\s\d|by\s(?:an?\s|the\s)?(?:\S+\s){0,2}votes?\sof)\b",
    re.IGNORECASE,
)
_ASKED = late(
    r"\b(?:requisition|petition|request|demand|vote|approval|consent|votes)\s(?:of|by|from|signed\sby)\s(?:[a-z]+\s){0,5}(?:one-[a-z]+|\d+(?:\.\d+)?%|\w+\spercent)"
)
"""A share of somebody among the words of an act."""
_FOR_BALLOTS = (
    Abstention, Course, Decision, Definition, Entrenchment, Exclusion, Initiative, Moratorium, Outcome, Procedure, Quorum, Vote
)  # fmt: skip


def unheeded(clause: str, rules: tuple[Rule, ...]) -> None:
    """Refuses a clause that says how many decide where no rule of it took that up.

    Raises: MisfitError at the words that were not taken up.
    """
    counted = _COUNTED.search(clause)
    if counted is None and "%" not in clause and "one-" not in clause and "percent" not in clause:
        return
    if counted is None and (asked := _ASKED.search(clause)):
        said = asked[0]
        held = (
            f"{rule.act.text} {rule.conditions}"
            for rule in rules
            if isinstance(rule, Obligation | Permission | Power | Prohibition)
        )
        counted = asked if any(said in text for text in held) else None
    if counted is None:
        return
    for rule in rules:
        if isinstance(rule, _FOR_BALLOTS) or (isinstance(rule, Power) and rule.by):
            return
        if isinstance(rule, Declaration) and rule.kind == "presiding arbitrator":
            return
    raise MisfitError(
        counted.start(), counted[0].partition(" ")[0], ("how it is decided, said as a vote (`by a majority of the Members`)",)
    )
