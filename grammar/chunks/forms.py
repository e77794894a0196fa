"""Clauses with a form of their own: definitions and facts; the forms that are tried before a clause is scanned.

Each function cuts a clause of its form into the chunks of clause.lark, or gives None when the clause is of another form.
"""

import re

from syngraph.grammar import lexicon
from syngraph.grammar.chunks.ballots import adopted, quorum
from syngraph.grammar.chunks.idioms import course, idiom
from syngraph.grammar.chunks.lasting import lasting, occurring
from syngraph.grammar.chunks.meanings import plain_definition
from syngraph.grammar.chunks.scanner import Chunk, MisfitError, made
from syngraph.grammar.phrases.currencies import exchanged
from syngraph.grammar.phrases.levels import told
from syngraph.grammar.phrases.numbers import CALENDAR_DAY, CLOCK, NoSuchDayError, clock, day

# -- definitions -------------------------------------------------------------------------------------------------------

_TERM = re.compile(
    r"(?:(?:The\s(?:term|word|expression)s?|(?:In|For\sthe\spurposes?\sof)\s(?:this|these)\s[A-Z]\w+[,:])\s)?[“\"](?P<term>[^”\"]+)[”\"]\s*(?:(?:in\sthis|as\sused\sin\s(?:this|these))\s\w+,?\s(?=means?\s))?"
)
_MEANS = re.compile(
    r"(?:means?|(?:shall|will)\s(?:mean|refer\sto)|(?:shall\sbe|is|are)\sdefined\s(?:as|to\sbe)|has\sthe\smeaning\sof|refers?\sto|is\sdefined\sas)(?!\w)\s*"
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
    """The terms that a clause introduces in brackets (`Ada Lind (the "Seller")`), each with what it names.

    None at all where one of them names nothing (`(the "Seller")` alone), or part of another bracket.
    """
    found: list[tuple[str, str]] = []
    start = 0
    for match in NAMED.finditer(clause):
        thing = _NAMED_THING.search(clause[start : match.start()])
        said = (thing["thing"] if thing else clause[start : match.start()]).strip(" ,.")
        if not said or "(" in said:
            return ()
        found.append((match["term"], said))
        start = match.end()
    return tuple(found)


# -- facts -------------------------------------------------------------------------------------------------------------

_ON_DAY = re.compile(rf"On\s(?P<day>{CALENDAR_DAY})(?:\sat\s(?P<time>{CLOCK}|\d[^\s,]*))?,\s")
_UNDER = re.compile(
    r",?\sunder\s(?P<section>(?:(?:section|article|clause)\s)?(?:\[[^\]]*\]\(#[\w.:-]+\)|#[\w.:-]+|\d+(?:\.\d+)*(?:\([a-z]\))?))$"
)
_WAS = re.compile(r"(?:was|were)\s(?P<not>not\s)?(?P<part>[a-z]+)$")
_STATED = re.compile(r"(?<![\w’'-])(?:shall|must|may|will)(?![\w’'-])")
_DENIED = re.compile(r"\s(?:(?:has|have|had)\snot|never|(?:has|have|had)\snever)\s$")
_NO_VERB_BEFORE = {"the", "a", "an", "of", "in", "to", "and", "or", "for", "each", "its", "their"}


def fact(clause: str) -> list[Chunk] | None:
    """What happened on a day, in the past tense."""
    on = _ON_DAY.match(clause)
    if on is None or _STATED.search(clause):
        return None
    if on["time"] and not re.fullmatch(CLOCK, on["time"]):
        raise MisfitError(on.start("time"), on["time"], ("a time of the day such as 17:30",))
    try:
        found = [made("DAY", clause[: on.end() - 2], 0, (day(on["day"]), clock(on["time"]) if on["time"] else ""))]
    except NoSuchDayError as fault:
        raise MisfitError(on.start("day"), str(fault), ("a day that the calendar has",)) from None
    found.append(made("COMMA", ",", on.end() - 2, None))
    under = _UNDER.search(clause)
    end = under.start() if under else len(clause)
    words = list(re.finditer(r"[^\s,]+", clause[:end]))
    words = [word for word in words if word.start() >= on.end()]
    for index, word in enumerate(words[1:], 1):
        text, before = word[0], words[index - 1][0]
        then = words[index + 1] if index + 1 < len(words) else None
        if text in ("was", "were") and then is not None:
            stop = then.end()
            if then[0] == "not" and index + 2 < len(words):
                stop = words[index + 2].end()
            was = _WAS.match(clause[word.start() : stop])
            base = lexicon.base_of_participle(was["part"]) if was else ""
            if was and (was["part"] in lexicon.current().participles or was["part"].endswith("ed")):
                found.append(made("TEXT", clause[on.end() : word.start()].strip(), on.end(), None))
                found.append(made("WAS", clause[word.start() : stop], word.start(), (base, not was["not"])))
                return found + _after(clause, stop, end, under)
        if text == "did" and then is not None and then[0] == "not" and index + 2 < len(words):
            verb = words[index + 2]
            found.append(made("TEXT", clause[on.end() : word.start()].strip(), on.end(), None))
            found.append(made("DID", clause[word.start() : verb.end()], word.start(), (verb[0], False)))
            return found + _after(clause, verb.end(), end, under, agent=False)
        base = lexicon.base_of_past(text) if text.islower() else ""
        # A capital within a name is part of it (`Ann A paid`); the first word has one anyway (`A paid clerk wrote`).
        named = index > 1 and before[0].isupper()
        if base and (named or before.lower() not in _NO_VERB_BEFORE) and text != "had":
            denied = _DENIED.search(clause, on.end(), word.start())
            who = clause[on.end() : denied.start() if denied else word.start()].strip()
            found.append(made("TEXT", who, on.end(), None))
            found.append(made("DID", text, word.start(), (base, denied is None)))
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


def measure(clause: str) -> list[Chunk] | None:
    """That a quantity was measured, on a day or over a period."""
    try:
        found = exchanged(clause) or told(clause)
    except NoSuchDayError as fault:
        raise MisfitError(max(clause.find(str(fault)), 0), str(fault), ("a day that the calendar has",)) from None
    return None if found is None or _STATED.search(clause) else [made("IDIOM", clause, 0, found)]


FORMS = (definition, plain_definition, measure, fact, quorum, adopted, idiom, course, lasting, occurring)
"""In the order in which a clause is tried against them."""
