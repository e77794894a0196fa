"""Defined terms and roles: used without being defined, defined without being used, defined twice, misspelled.

Which capital letters make a term is a guess, so it is made with care: a phrase counts where a word such as `the` or `each`,
or a verb of the lexicon, stands before it. Names of people and places, months, and what comes out of a field are left alone.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.lint.context import Context, forms, normal
from syngraph.engine.text.provenance import Text
from syngraph.grammar.lexicon import default
from syngraph.grammar.rules import Actor, Obligation, Permission, Power, Prohibition

_WORD = r"[A-Z][a-z]+(?:-[A-Za-z]+)*"
_PHRASE = re.compile(rf"(?P<before>[\w’'-]+)\s(?P<term>{_WORD}(?:\s{_WORD})*)\b(?P<possessive>[’']s?)?")
_DETERMINERS = re.compile(
    r"(?:the|an?|each|every|any|all|no|another|n?either|both|its|their|his|her|such|other|one)$", re.IGNORECASE
)
_OURSELVES = re.compile(r"(?:this|these)$", re.IGNORECASE)
_CALENDAR = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|business)$",
    re.IGNORECASE,
)
_EVERYDAY = re.compile(
    r"(?:agreement|bylaw|contract|lease|constitution|charter|section|article|clause|schedule|annex|appendix|exhibit|part|party"
    r"|person|anyone|everyone|nobody|somebody|yes|no|internet|english|court|state)s?$",
    re.IGNORECASE,
)
_DOCUMENT_WORDS = re.compile(r"\b(?:act|code|regulation|directive|convention|treaty|rules|law)\b", re.IGNORECASE)


def undefined(context: Context) -> Iterator[Finding]:
    """SG301: a term that nothing defines, at its first use."""
    lexicon = default()
    verbs = frozenset((*lexicon.verbs, *lexicon.thirds, *lexicon.pasts, *lexicon.participles))
    given = " ".join([context.document.title, *(value.string for value in context.document.fields.values())])
    actors = {role for clause in context.clauses for role in _actors(clause)}
    uses: dict[str, list[Text]] = {}
    for clause in context.clauses:
        if clause.prose:
            continue
        for term, where in _used(clause.text, verbs):
            if normal(term) in context.known or term in given or term in actors or _is_common(term, context):
                continue
            uses.setdefault(normal(term), []).append(where)
    names = sorted({each.term for each in context.defined} | context.roles)
    for places in uses.values():
        term = places[0].string
        near = get_close_matches(term, names, 1, 0.75)
        times = f" ({len(places)} times)" if len(places) > 1 else ""
        help = f"did you mean {near[0]}?" if near else f'define it: "{term}" means ..., or write it in small letters'
        yield found("SG301", f"nothing defines the term {term}{times}", places[0], help)


def unused(context: Context) -> Iterator[Finding]:
    """SG302: a term that is defined and never used; roles of the register are used by it."""
    roles = {normal(role) for role in context.roles}
    for each in context.defined:
        if normal(each.term) in roles:
            continue
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms(each.term))))})(?!\w)")
        if not any(pattern.search(clause.text.string) for clause in context.clauses if clause is not each.clause) and not (
            len(pattern.findall(each.clause.text.string)) > 1
        ):
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
    seen: list[Clause] = []
    inline = {id(each.clause): each for each in context.defined if each.inline}
    for clause in context.clauses:
        each = inline.get(id(clause))
        if each is not None and normal(each.term) not in {normal(role) for role in context.roles}:
            pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms(each.term))))})(?!\w)")
            for earlier in seen:
                if earlier.section and (match := pattern.search(earlier.text.string)):
                    yield found(
                        "SG304",
                        f"the term {each.term} is used before {each.where.place(0)}, which defines it",
                        earlier.text[match.start() : match.end()],
                        f'define it where the reader needs it: "{each.term}" means ...',
                    )
                    break
        seen.append(clause)


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
            yield match["term"], text[match.start("term") : match.end("term")]


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
