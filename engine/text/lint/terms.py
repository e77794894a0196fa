"""Defined terms and roles: used without being defined, defined without being used, defined twice, misspelled.

Which capital letters make a term is a guess, so it is made with care: a phrase counts where a word such as `the` or `each`,
or a verb of the lexicon, stands before it. Names of people and places, months, and what comes out of a field are left alone.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.lint.context import Context, forms, normal
from syngraph.engine.text.provenance import Text
from syngraph.engine.text.resolving.lookup import MAX_SUGGESTIONS
from syngraph.grammar.lexicon import current
from syngraph.grammar.rules import Actor, Obligation, Permission, Power, Prohibition

_WORD = r"[A-Z][a-z]+(?:-[A-Za-z]+)*"
_PHRASE = re.compile(rf"(?P<before>[\w’'-]+)\s(?P<term>{_WORD}(?:\s{_WORD})*)\b(?P<possessive>[’']s?)?")
_TYPED = re.compile(r"^\W*(?:(?:section|article|clause|chapter|part)\s+)?(?:\d+(?:\.\d+)*|[IVXLC]+)[.:)]?\s+", re.IGNORECASE)
"""A number that somebody typed before a heading."""
_PARTS = re.compile(r"\s*[,:;/&–—]\s*|\s+(?:and|or|of)\s+")
_BEARER = re.compile(r"\b([A-Z][a-z]+(?:[\s-][A-Z][a-z]+){0,4})\s(?:shall|must|may|will|can|cannot)\b")
_TOKEN = re.compile(r"\w+")
_ARTICLE = re.compile(r"(?:The|An?|Each|Every|Any|All|No|Such)\s")
_DETERMINERS = re.compile(
    r"(?:the|an?|each|every|any|all|no|another|n?either|both|its|their|his|her|such|other|one)$", re.IGNORECASE
)
_OURSELVES = re.compile(r"(?:this|these)$", re.IGNORECASE)
_CALENDAR = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|business|spring|summer|autumn|fall|winter|easter|christmas)$",
    re.IGNORECASE,
)
_EVERYDAY = re.compile(
    r"(?:agreement|bylaw|contract|lease|constitution|charter|section|article|clause|schedule|annex|appendix|exhibit|part|party"
    r"|person|anyone|everyone|nobody|somebody|yes|no|internet|english|court|state)s?$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:united|river|lake|mount|saint|north|south|east|west)\s.+"
    r"|.+\s(?:union|kingdom|nations|republic|county|sea|ocean|river|island|street|road|avenue|lane|square|university|bank)s?",
    re.IGNORECASE,
)
_PLACE_OF = re.compile(
    r"(?:.+\s)?(?:city|town|port|county|province|republic|kingdom|commonwealth|government|parliament|ministry|embassy"
    r"|court|chamber|university|college|bank|bay|gulf|isle)",
    re.IGNORECASE,
)
"""What is a name where `of` and a word in capitals stand after it: `the Port of Lisbon`."""
_OF_WHAT = re.compile(r"\sof\s(?:the\s)?[A-Z]")
_OF_LAW = re.compile(r"\s(?:of|on|for)\s(?:[A-Z]\w*\s){1,4}(?:Act|Code|Regulation|Directive|Convention|Treaty|Law)\b")
_DOCUMENT_WORDS = re.compile(r"\b(?:act|code|regulation|directive|convention|treaty|rules|law)\b", re.IGNORECASE)


def undefined(context: Context) -> Iterator[Finding]:
    """SG301: a term that nothing defines, at its first use."""
    lexicon = current()
    verbs = frozenset((*lexicon.verbs, *lexicon.thirds, *lexicon.pasts, *lexicon.participles))
    given = " ".join([context.document.title, *(value.string for value in context.document.fields.values())])
    actors = {role for clause in context.clauses for role in _actors(clause)}
    described = _described(context)
    uses: dict[str, list[Text]] = {}
    for clause in context.clauses:
        if clause.prose:
            continue
        for term, where in _used(clause.text, verbs):
            name = normal(term)
            if name in context.known or name in described or term in given or term in actors or _is_common(term, context):
                continue
            uses.setdefault(name, []).append(where)
    names = sorted({each.term for each in context.defined} | context.roles)
    for count, places in enumerate(uses.values()):
        term = places[0].string
        near = get_close_matches(term, names, 1, 0.75) if count < MAX_SUGGESTIONS else []
        times = f" ({len(places)} times)" if len(places) > 1 else ""
        help = f"did you mean {near[0]}?" if near else f'define it: "{term}" means ..., or write it in small letters'
        yield found("SG301", f"nothing defines the term {term}{times}", places[0], help)


def unused(context: Context) -> Iterator[Finding]:
    """SG302: a term that is defined and never used; roles of the register are used by it."""
    roles = {normal(role) for role in context.roles}
    words = _Words(context.clauses)
    for each in context.defined:
        if normal(each.term) in roles:
            continue
        pattern = _pattern(each.term)
        if not any(
            pattern.search(clause.text.string) for clause in words.holding(each.term) if clause is not each.clause
        ) and not (len(pattern.findall(each.clause.text.string)) > 1):
            yield found(
                "SG302", f"the term {each.term} is defined and never used", each.where, "use it, or take the definition out"
            )


def defined_twice(context: Context) -> Iterator[Finding]:
    """SG303: a term that two clauses define; `includes` and `does not include` may stand beside `means`."""
    first: dict[str, Text] = {}
    for each in context.defined:
        name = normal(each.term)
        if not each.complete:
            continue
        if name in first:
            yield found(
                "SG303",
                f"the term {each.term} is defined twice (first at {first[name].place(0)})",
                each.where,
                "keep one of the definitions, or give the other term another name",
            )
        else:
            first[name] = each.where


def used_before(context: Context) -> Iterator[Finding]:
    """SG304: a term that brackets define in passing, used before that place."""
    roles = {normal(role) for role in context.roles}
    order = {id(clause): number for number, clause in enumerate(context.clauses)}
    words = _Words(context.clauses)
    # Of several in one sentence the last is looked at.
    inline = {id(each.clause): each for each in context.defined if each.inline}
    for each in inline.values():
        if normal(each.term) in roles:
            continue
        pattern = _pattern(each.term)
        for earlier in words.holding(each.term):
            if order[id(earlier)] >= order[id(each.clause)]:
                break
            if earlier.section and (match := pattern.search(earlier.text.string)):
                yield found(
                    "SG304",
                    f"the term {each.term} is used before {each.where.place(0)}, which defines it",
                    earlier.text[match.start() : match.end()],
                    f'define it where the reader needs it: "{each.term}" means ...',
                )
                break


class _Words:
    """Which clauses hold a word, so that a term need not be looked for in all of them."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.clauses = clauses
        self.places: dict[str, list[int]] = {}
        for number, clause in enumerate(clauses):
            for word in set(_TOKEN.findall(clause.text.string)):
                self.places.setdefault(word, []).append(number)

    def holding(self, term: str) -> Iterator[Clause]:
        """The clauses that may hold a term in one of its forms, in their order: those with the rarest of its words."""
        numbers: set[int] = set()
        for form in forms(term):
            rarest = min((self.places.get(word, []) for word in _TOKEN.findall(form)), key=len, default=[])
            numbers.update(rarest)
        return (self.clauses[number] for number in sorted(numbers))


def _pattern(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms(term))))})(?!\w)")


def unknown_actors(context: Context) -> Iterator[Finding]:
    """SG310: somebody is bound or entitled who is no role and no defined term; only where there is a register."""
    if not context.roles:
        return
    names = sorted(context.roles | {each.term for each in context.defined})
    for clause in context.clauses:
        for role in dict.fromkeys(_actors(clause)):
            if normal(role) in context.known or _EVERYDAY.match(normal(role)):
                continue
            near = get_close_matches(role, names, 1, 0.75)
            if not near and not role[:1].isupper():
                continue
            match = re.search(
                rf"\b(?:{'|'.join(map(re.escape, sorted(forms(role), key=len, reverse=True)))})\b", clause.text.string
            )
            where = clause.text[match.start() : match.end()] if match else clause.text
            help = f"did you mean {near[0]}?" if near else f"give the role to somebody in the register, or define {role}"
            yield found("SG310", f"{role} is no role of the register and no defined term", where, help)


def _described(context: Context) -> frozenset[str]:
    """What sections are about, by their headings; and, where there is no register to say who is who, whoever shall or may."""
    headings = (_TYPED.sub("", section.heading.string) for section in context.document.walk())
    names = {_name(part.strip()) for heading in headings for part in _PARTS.split(heading)}
    if not context.roles:
        clauses = (clause.text.string for clause in context.clauses if not clause.prose)
        names |= {_name(match[1]) for string in clauses for match in _BEARER.finditer(string)}
    return frozenset(names)


def _name(phrase: str) -> str:
    return normal(_ARTICLE.sub("", phrase, count=1))


def _actors(clause: Clause) -> Iterator[str]:
    for rule in clause.sentence.rules:
        if isinstance(rule, Obligation | Prohibition | Permission | Power) and isinstance(rule.bearer, Actor):
            yield from rule.bearer.roles


def _used(text: Text, verbs: frozenset[str]) -> Iterator[tuple[str, Text]]:
    """The phrases that look like terms, each a run of words with capitals."""
    for match in _PHRASE.finditer(text.string):
        before = match["before"]
        if _OURSELVES.match(before):
            continue
        if _DETERMINERS.match(before) or (before.islower() and before in verbs):
            article = _ARTICLE.match(match["term"])
            start = match.start("term") + (article.end() if article else 0)
            term = text.string[start : match.end("term")]
            if not _is_place(term, text.string, match.end("term")) and not _OF_LAW.match(text.string, match.end("term")):
                yield term, text[start : match.end("term")]


def _is_place(term: str, text: str, end: int) -> bool:
    """Whether a phrase that ends there in a text is the name of a place or of an institution."""
    return bool(_PLACE.fullmatch(term) or (_PLACE_OF.fullmatch(term) and _OF_WHAT.match(text, end)))


def _is_common(term: str, context: Context) -> bool:
    """Whether a phrase in capitals is no term of this text: a date, the agreement itself, a statute, or made of known terms."""
    words = term.split()
    if all(_CALENDAR.match(word) or _EVERYDAY.match(normal(word)) for word in words):
        return True
    if _DOCUMENT_WORDS.search(words[-1]):
        return True
    if normal(term) == "business day":
        return True
    title = context.document.title.split()
    if all(word in title for word in words):
        return True
    return len(words) > 1 and all(normal(word) in context.known or _CALENDAR.match(word) for word in words)
