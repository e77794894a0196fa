"""Nothing that decides is lost between a clause and its rules: its deciding words are found again in what the rules say."""

import re
from collections import Counter
from fractions import Fraction
from functools import lru_cache

from syngraph.grammar.chunks.scanner import MisfitError
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.numbers import CARDINALS, CLOCK, FRACTION, MONTHS, ORDINALS, WEEKDAYS, WORD_NUMBER, fraction
from syngraph.grammar.rules import (
    Arbitration,
    Change,
    Commencement,
    Condition,
    Decision,
    Declaration,
    Effect,
    ForkTerm,
    Initiative,
    Link,
    Objections,
    Obligation,
    Permission,
    Power,
    Prohibition,
    Renewal,
    Rule,
    Survival,
    Term,
)

Tokens = Counter[str]
"""How often each deciding token is said: one token for all wordings of it (`two-thirds` and `2/3` are one)."""

_UNITS = ("hour", "day", "week", "month", "quarter", "year")
_WORDS = (
    dict.fromkeys(
        ["not", "no", "never", "nobody", "none", "neither", "cannot", "nothing", "nowhere", "fails", "fail", "late"], "not"
    )
    | dict.fromkeys(["if", "when", "where", "upon", "once", "whenever", "wherever", "provided"], "if")
    | dict.fromkeys(["unless", "except", "save"], "unless")
    | dict.fromkeys(["after", "following", "thereafter", "from"], "after")
    | dict.fromkeys(["before", "prior", "preceding"], "before")
    | dict.fromkeys(["until", "till"], "until")
    | dict.fromkeys(["within", "during"], "within")
    | dict.fromkeys(["shall", "must", "may", "will", "can"], "modal")
    | dict.fromkeys(["majority", "majorities"], "majority")
    | {word: word for word in ("only", "without", "quorum", "consensus", "plurality", "veto")}
    | dict.fromkeys(["unanimous", "unanimously"], "unanimous")
    | dict.fromkeys(["abstain", "abstains", "abstention", "abstentions"], "abstention")
    | {form: unit for unit in _UNITS for form in (unit, unit + "s")}
    | {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year", "annually": "year"}
    | {"twice": "2"}
)
"""What each deciding word counts as."""
_NOTE = r"(?:\(\d+\)\s)?(?:days|weeks|months|years)['’]"
_AGREED = r"(?:consent|approval|agreement|permission)"
_PHRASES = (
    # What the canonical wording says without a deciding word, or with another.
    (rf"not\sbe\s[a-z]+\swithout\s(?:the\s)?(?:\w+\s){{0,2}}{_AGREED}\sof\s(?:all|every|each)", "unanimous"),
    (
        r"(?:no|not)\slater\sthan|(?:no|not|nor)\s(?:less|fewer|more)\sthan|not\s(?:exceeding|to\sexceed)|on\sor\sbefore|when\sdue",
        "",
    ),
    (rf"once(?=\s(?:an?|in|per|each|every)\s)|upon(?=\s[\w-]+\s{_NOTE})|after\sthe\svoting\sphase\sbegins", ""),
    (rf"majority\sof(?:\sat\sleast)?(?=\s(?:\d|{WORD_NUMBER}[ -]))|quorum\spresent|consensus\sminus", ""),
    (
        r"(?:more|greater)\sthan\s(?:half|50%|1/2|one[- ]half)|majority\swithin|decides?\sby(?:\sa)?(?:\ssimple)?\smajority",
        "majority",
    ),
    (r"(?<=by\s)a\svote\sof(?=\s(?:all|the)\s)(?![^,;]{0,80}consensus\sminus)", "majority"),
    (r"in\sthe\sevent|in\scase|on\scondition|given\sthat|as\ssoon\sas|(?:so|as)\slong\sas|only\s(?:if|when|where|upon)", "if"),
    (
        rf"(?:only\s)?(?:with|subject\sto)\s(?:the\s|its\s|their\s)?(?:\w+\s){{0,2}}{_AGREED}\s(?:of|by)(?!\s(?:all|every|each)\b)",
        "if",
    ),
    (rf"(?:without|except\swith)\s(?:the\s|its\s|their\s)?(?:[\w’']+\s){{0,3}}{_AGREED}|other\sthan", "unless"),
    (r"every\sother", "2"),
    (r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s(?:of|in)\s(?:each|every|the|a)\sweek", ""),
    (r"day(?=\s(?:of|in)\s(?:each|every|the|a)\s(?:calendar\s)?(?:month|quarter|year))", ""),
    (
        r"(?<=hours\s|weeks\s|month\s|years\s)late|(?<=months\s)late|(?<=[ny]\s)late|(?<=days\s)late|late(?=\s(?:by|for)\s(?:more|over|longer|a\speriod))",
        "",
    ),
    (r"the\slast|the\send\sof(?=\s(?:each|every)\s)", "last"),
)
"""What several words together count as, "" for nothing."""
_SECTIONS = (
    r"(?:sections?|articles?|clauses?|paragraphs?)\s\d[\d.]*(?:\([a-z]\))*(?:(?:,|\sand|\sor|\sto|-)\s?\d[\d.]*(?:\([a-z]\))*)*"
)
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_DIGIT = rf"(?:{'|'.join(sorted([*CARDINALS, *_SCALES], key=len, reverse=True))})"
_NUMBER = rf"{_DIGIT}(?:(?:[\s-]|(?<=hundred)\sand\s|(?<=thousand)\sand\s){_DIGIT})*(?!\w)"
_SAID = late(
    rf"(?P<skip>(?i:{_SECTIONS})|30/360)|(?P<iso>\d{{4}}-\d\d-\d\d(?!\w))|(?P<clock>{CLOCK})"
    + "".join(rf"|(?P<phrase{index}>(?i:{pattern})(?!\w))" for index, (pattern, _) in enumerate(_PHRASES))
    + rf"|(?P<fraction>{FRACTION})"
    rf"|(?P<month>(?:{'|'.join(name for name in MONTHS if name != 'May')})(?!\w)|(?<=\d\s)May(?!\w)|May(?=\s\d))"
    r"|(?P<figure>\d[\d,]*(?:\.\d+)?)|(?P<lead>Should(?=\s))|(?P<number>(?i:" + _NUMBER + r"))|(?P<word>\w+)"
)
"""What may stand where a word begins, longest first; `word` is any other."""
_STARTS = frozenset(
    [
        *_WORDS, *WEEKDAYS, *ORDINALS, *CARDINALS, *_SCALES, *map(str.lower, MONTHS), "half", "noon", "should", "section", "sections",
        "article", "articles", "clause", "clauses", "paragraph", "paragraphs", "nor", "on", "in", "as", "so", "a", "an", "the",
        "every", "with", "more", "greater", "given", "decide", "decides", "other",
    ]
)  # fmt: skip
_WORD = re.compile(r"[\w½⅓⅔¼¾]+(?:['’]t)?")
_DIRECT = {
    word: _WORDS[word] for word in ("shall", "must", "will", "may", "can", "if", "unless", "until", "before", "within", "days")
}
"""Words that begin no phrase."""
_NEXT = {"the": (" last", " end"), "in": (" the event", " case"), "on": (" or before", " condition")}
"""What must follow a frequent word for it to begin a phrase."""
_GLYPHS = "½⅓⅔¼¾"
_CHECK = re.compile(r"(?:\s(?:euros?|dollars?|pounds?|francs?))?\s\((?:[A-Z]{3}\s?|[$€£])?")
"""What stands between a number and the same one in brackets."""
_ADDED = frozenset(["modal", "unanimous", "majority", "after", "within"])
"""Tokens that the canonical wording may say where the clause does not."""
_NEAR = Fraction(1, 100)
"""By how much a rounded share in brackets may differ from the one before it (`two-thirds (66%)`)."""


def tokens(text: str) -> list[tuple[str, int]]:
    """The deciding tokens of a text in order, each with where it begins.

    Raises: MisfitError at a number whose words and figures differ (`two-thirds (3/4)`).
    """
    text = _LINK.sub(lambda link: " " * len(link[0]), text) if "](" in text else text
    found: list[tuple[str, int]] = []
    last, value = 0, Fraction(0)
    end = 0
    for word in _WORD.finditer(text):
        at = word.start()
        if (token := _DIRECT.get(word[0])) and at >= end:
            found.append((token, at))
            continue
        lower = word[0].lower()
        if lower in _NEXT and not text.startswith(_NEXT[lower], word.end()):
            continue
        if at < end or not (lower in _STARTS or lower[0].isdigit() or lower[0] in _GLYPHS or lower.endswith(("n't", "n’t"))):
            continue
        said = _SAID.match(text, at)
        if said is None:
            continue
        kind, whole = said.lastgroup or "", said[0]
        end = said.end()
        match kind:
            case "word" if lower in ("majority", "majorities") and last and text[last:at] in (" ", "-", ") "):
                pass
            case "word" if lower in _WORDS:
                found.append((_WORDS[lower], at))
            case "word" if lower in ORDINALS and lower not in ("first", "last"):
                found.append((str(ORDINALS[lower]), at))
            case "word" if lower[-1] == "t" and lower[:-1].endswith(("n'", "n’")):
                found.append(("not", at))
            case "figure" | "number" | "fraction":
                got = _value(whole)
                if last and _CHECK.fullmatch(text, last, at):
                    if got != value and not (value < 1 and abs(got - value) < _NEAR):
                        raise MisfitError(at, whole, (f"the number before it, {_figure(value)}, or none",), _figure(value))
                elif got != 1:
                    found.append((str(got), at))
                last, value = end, got
            case "iso":
                year, month, day = whole.split("-")
                named = list(MONTHS)[int(month) - 1] if 0 < int(month) <= len(MONTHS) else month
                found += [(year, at), (named, at), (str(int(day)), at)]
            case "month" | "clock":
                found.append((whole if kind == "month" else "clock", at))
            case "lead":
                found.append(("if", at))
            case _ if kind.startswith("phrase"):
                if token := _PHRASES[int(kind.removeprefix("phrase"))][1]:
                    found.append((token, at))
            case _:
                pass
    return found


def _figure(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else str(value)


@lru_cache(maxsize=1024)
def _value(text: str) -> Fraction:
    if re.fullmatch(FRACTION, text):
        return fraction(text)
    if text[0].isdigit():
        return Fraction(text.replace(",", "").rstrip("."))
    whole = part = 0
    for word in re.findall(r"[a-z]+", text.lower()):
        scale = _SCALES.get(word)
        if scale == 100:
            part = (part or 1) * scale
        elif scale:
            whole, part = whole + (part or 1) * scale, 0
        else:
            part += CARDINALS.get(word, 0)
    return Fraction(whole + part)


def _restated(rule: Rule) -> frozenset[str]:
    """Tokens that a rule has in what it is, and not in its wording."""
    match rule:
        case Decision(alternatives=alternatives) if any(isinstance(one, Objections) for group in alternatives for one in group):
            return frozenset(["only", "if", "not", "unless"])
        case Decision():
            return frozenset(["only", "if"])
        case Permission() | Power() if any(_opens(condition) for condition in rule.conditions):
            return frozenset(["only"])
        case Term() | Change(effect=Effect.DISAPPLIED):
            return frozenset(["until", "not"])
        case Survival():
            return frozenset(["after", "not"])
        case _:
            return frozenset()


def _spanned(clause: str) -> tuple[str, ...]:
    """The token that says until when, where a clause says from when to when, or between what, without it."""
    return ("until",) if "until" not in clause and _SPANNED.search(clause) else ()


_SPANNED = re.compile(r"\b(?:[Ff]rom\s[^,;]{1,120}?\s(?:to|till)|[Bb]etween\s[^,;]{1,120}?\sand)\s")


def _opens(condition: Condition) -> bool:
    return condition.link in (Link.IF, Link.WHEN, Link.WHERE, Link.UPON, Link.PROVIDED)


_LINK = re.compile(r"(?<=\])\([^()\s]{0,200}\)")
"""Where a link leads: no words of the clause."""


def conserve(clause: str, rules: tuple[Rule, ...], said: tuple[str, ...]) -> None:
    """Refuses a clause whose rules, said back as `said`, have lost a deciding word or have one that the clause has not.

    Raises: MisfitError at the word.
    """
    there = tokens(clause)
    if [token for token, _ in there] != ["modal"]:
        free = frozenset[str]().union(
            *(_restated(rule) for rule in rules), ("if",) if _COUNTED.search(clause) else (), _spanned(clause)
        )
        _kept(clause, there, said, free)
    for rule in rules:
        for text in _affirmed(rule):
            if denied := _denied(_LINK.sub("", text)):
                at = max(clause.lower().find(denied.lower()), 0)
                raise MisfitError(at, _word(clause, at), ("what is decided or so, and not what is not",))
        if isinstance(rule, Declaration) and (second := _SECOND.search(rule.text)):
            at = max(clause.find(second[0]), 0) + second.start("second") - second.start()
            raise MisfitError(at, _word(clause, at), ("a sentence of its own",))
        if isinstance(rule, Obligation | Prohibition | Permission | Power) and (
            hedge := _HEDGE.match(rule.act.text) or _BY_NOBODY.match(rule.act.rest)
        ):
            at = max(clause.find(hedge[0].strip()), 0)
            raise MisfitError(at, _word(clause, at), ("an act, and nothing that half denies it",))


def kept(clause: str, said: tuple[str, ...]) -> None:
    """Refuses a clause of which `said` has not the same deciding tokens.

    Of several sentences each may have what the clause has, and together they must have all of it.

    Raises: MisfitError at the word.
    """
    _kept(clause, tokens(clause), said, frozenset())


def _kept(clause: str, there: list[tuple[str, int]], said: tuple[str, ...], free: frozenset[str]) -> None:
    """As `kept`, with the tokens of the clause; those in `free` are not looked at."""
    again = [Tokens(token for token, _ in tokens(one)) for one in said]
    counts = Tokens(token for token, _ in there)
    if len(again) == 1 and again[0] == counts:
        return
    spare = sum("modal" not in one for one in again)
    for token, count in counts.items():
        got = sum(one[token] for one in again)
        enough = got + (spare if token == "modal" else 0) if token not in _UNITS else count * bool(got)
        if enough < count and token not in free:
            at = next(place for found, place in there if found == token)
            raise MisfitError(at, _word(clause, at), _keeping(clause, token, at))
    for one in again:
        for token, count in one.items():
            added = count > counts[token] and token not in _ADDED | free and not (token in _UNITS and counts[token])
            if added and not (token.isdigit() and "the end of" in clause):
                raise MisfitError(0, _word(clause, 0), ("a sentence that is said back in its own words",))


_MAY_NOT = re.compile(r"(?:may|can|shall|will|must)\snot\sbe\s(?P<done>[a-z]+)\s(?:by|with|upon)\s")
_KEEPING = {
    "not": "`shall not` or `may not`, and what is not to be done",
    "only": "`may ... only if ...`, or `Only the ... may ...`",
    **dict.fromkeys(("if", "unless"), "one condition, at the beginning of the sentence or at its end"),
    **dict.fromkeys(
        ("after", "before", "until", "within", *_UNITS, *MONTHS), "one time, at the beginning of the sentence or at its end"
    ),
    **dict.fromkeys(
        ("majority", "unanimous", "consensus", "plurality", "quorum"), "one vote and of whom (`by a majority of all Members`)"
    ),
    "modal": "a sentence for each `shall` or `may`",
}
"""How a sentence would say what its deciding word says, so that a rule keeps it."""


def _keeping(clause: str, token: str, at: int) -> tuple[str, ...]:
    """What was expected where the rule that would be read does not say a word: how it could be written, and why it matters."""
    word = _word(clause, at)
    why = f"words whose rule keeps `{word}`: the rule that would be read does not say it"
    if token == "not" and (denied := _MAY_NOT.search(clause)):
        return (f"`may be {denied['done']} only by at least ...`, or `shall not be {denied['done']}`", why)
    return (_KEEPING[token], why) if token in _KEEPING else (why,)


def _word(clause: str, at: int) -> str:
    word = re.compile(r"\s*([\w’'%/.,-]*\w)").match(clause, at)
    return word[1] if word else ""


_DENIAL = re.compile(r"\b(?:no|not|none|nobody|nothing|neither|never|nor)\b", re.IGNORECASE)
_HEDGE = re.compile(r"(?:hardly|scarcely|barely|rarely|seldom|merely|almost|nearly|by\sno\smeans|in\sno)\s")
_SECOND = re.compile(
    r",\s(?P<second>but)\s(?:only\s)?(?:(?!who\b|which\b|that\b)[\w’'-]+\s){1,6}(?:is|are)\s(?:not\s|only\s)?(?:allowed|permitted|entitled|required|obliged)\s"
)
"""A duty or a right of somebody else at the end of what is only stated."""
_BY_NOBODY = re.compile(r"by\s(?:no|nobody|none|neither)(?!\w)")
_RELATIVE = re.compile(r"\b(?:who|which|that|whose|whom|if|than|whether|or)\b")


def _denied(text: str) -> str:
    """The word of a text that denies the whole of it, "" where none does."""
    if text.endswith((" do not", " does not")):
        return "not"
    denial = _DENIAL.search(text)
    return denial[0] if denial and not _RELATIVE.search(text, 0, denial.start()) else ""


_COUNTED = re.compile(r"\b[Ff]or\s(?:each|every)\s[^,;]{1,40}?\s(?:that|(?:by|on|in|during|for)\swhich)\s")
"""Counts the time of what is, by that, a condition."""


def _affirmed(rule: Rule) -> tuple[str, ...]:
    """The words of a rule that has no negation of its own."""
    match rule:
        case Decision(matter=matter):
            return matter.subject, matter.detail
        case Initiative(act=act):
            return (act.text,)
        case Survival() | Commencement() | Term() | Renewal() | ForkTerm():
            return (rule.subject,)
        case Arbitration():
            return (rule.scope,)
        case _:
            return ()
