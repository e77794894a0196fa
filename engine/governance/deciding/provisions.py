"""What a text says of how things are decided, sentence by sentence: on what, by which votes, and what it does not allow."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from syngraph.engine.governance.deciding.requirement import body_of, speaks_of_meeting
from syngraph.engine.governance.deciding.roster import described, is_proposed
from syngraph.engine.governance.governing import Governing
from syngraph.engine.governance.meanings import form_of, term_of
from syngraph.engine.norms.words.roles import Roles
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.engine.text.clauses import PlacedRule
from syngraph.grammar.amounts import After, AtAllTimes, AtAnyTime, Event, For, On
from syngraph.grammar.lexicon import singular
from syngraph.grammar.references import sections
from syngraph.grammar.rules import (
    Ballot,
    Base,
    Cessation,
    Condition,
    Decision,
    Deed,
    Definition,
    Entrenchment,
    Happens,
    Matter,
    Power,
    PowerKind,
    Priority,
    Prohibition,
    Quantifier,
    Rule,
    Threshold,
    Vote,
)


class Scope(StrEnum):
    """On what something is decided."""

    SECTIONS = "sections"
    TEXT = "the text"
    MOTION = "any motion"
    ROLE = "who holds a role"
    OTHER = "something else"
    UNCLEAR = "unclear"
    """Some part of the text, but it cannot be told which."""


@dataclass(frozen=True, slots=True)
class Provision:
    """A sentence that says how something is decided, or with `bars` that it is not.

    `sections` are ids. `role` is the noun phrase of the role that somebody comes into or loses, `qualified` whether only some
    of its holders are meant. `meeting` says whether the sentence speaks of a meeting.
    """

    placed: PlacedRule
    scope: Scope
    deed: Deed
    alternatives: tuple[tuple[Ballot, ...], ...] = ()
    sections: tuple[str, ...] = ()
    role: str = ""
    qualified: bool = False
    bars: bool = False
    conditional: bool = False
    priority: tuple[Priority, ...] = ()
    meeting: bool = False


CHANGING = frozenset(
    {
        *("amend", "change", "modify", "alter", "revise", "repeal", "delete", "remove", "strike", "replace", "abolish"),
        *("rescind", "revoke", "supersede", "vary", "update", "edit", "rewrite", "supplement", "abrogate", "annul", "cancel"),
    }
)
"""Verbs that say of a text that it becomes another."""

_DEEDS = {
    PowerKind.AMEND: Deed.AMEND,
    PowerKind.ADMIT: Deed.ADMIT,
    PowerKind.REMOVE: Deed.REMOVE,
    PowerKind.APPOINT: Deed.APPOINT,
}
_ROLES = (Deed.REMOVE, Deed.ADMIT, Deed.ELECT, Deed.APPOINT)
_DOCUMENTS = (
    r"(?:by-?laws?|agreement|lease|contract|charter|policy|constitution|terms|rules|statutes?|articles|document|text|covenant"
    r"|code|deed|regulations|instrument|provisions?|sections?)"
)
OURS = re.compile(rf"\b(?:these|this|our)\s(?:\w+\s)?{_DOCUMENTS}\b|^the text$", re.IGNORECASE)
"""The text, or a part of it, as it speaks of itself."""

_OF_IT = re.compile(
    r"(?:(?:(?:the|an?|any|all|each|every|no|such|some|other)\s)*(?:\w+\s){0,2}(?:provisions?|sections?|articles?|clauses?|paragraphs?|parts?|rules?|terms?|text|whole|"
    r"wording|contents?|amendments?|changes?|modifications?|revisions?|alterations?|repeals?)\s(?:of|to|in)\s)*",
    re.IGNORECASE,
)
"""Before the name of the text: nothing, its provisions or changes of it. Errors in it and a draft of it are something else."""
_A_DOCUMENT = re.compile(rf"\b(?:the|any|every|no|each)\s(?:\w+\s)?(?P<what>{_DOCUMENTS})\b", re.IGNORECASE)
_THIS_SECTION = re.compile(r"this\s(?:section|article|clause|paragraph|chapter|part)$", re.IGNORECASE)
_DEFINITION_OF = re.compile(r"(?:the|this|any)\sdefinitions?\sof\s(?:the\s)?[“\"]?(?P<term>[^“”\"]+?)[”\"]?$", re.IGNORECASE)
_AMENDMENT = frozenset({"amendment", "change", "modification", "revision", "alteration", "repeal"})
_MOTION = frozenset({"proposal", "motion", "resolution", "decision", "question", "matter", "vote", "measure", "act"})
_PLAIN = frozenset({"ordinary", "special", "general", "new", "other", "such", "valid", "formal", "written"})
_COLLECTIVE = frozenset({"board", "committee", "council", "panel", "team", "court", "senate", "tribunal", "arbitrator"})
_MEETING = frozenset({"meeting", "assembly"})
_ENTERED = frozenset({"die", "withdraw", "resign", "remove", "expel", "dismiss"})
_AS = re.compile(r"\bas\s(?:an?\s|the\s)?(?P<role>.+)$")
_TOO = re.compile(r"(?:or|and|,)\s[a-z]+(?:ed|en)$")


@lru_cache(maxsize=8)
def provisions(governing: Governing) -> tuple[Provision, ...]:
    """Everything that the text says of decisions, in its order."""
    return tuple(found for placed in governing.rules if (found := _provision(placed, governing)) is not None)


def _provision(placed: PlacedRule, governing: Governing) -> Provision | None:
    match placed.rule:
        case Decision(matter, alternatives, conditions, priority, times):
            found = _about(matter, placed, governing)
            return replace(
                found,
                alternatives=alternatives,
                conditional=_hangs(conditions, times),
                priority=priority,
                meeting=speaks_of_meeting(placed),
            )
        case Entrenchment(matter):
            return replace(_about(matter, placed, governing), bars=True)
        case Power(kind=kind, by=by, bearer=bearer) as rule if by and kind in _DEEDS:
            subject = f"{rule.act.object} {rule.act.rest}".strip()
            matter = Matter(_DEEDS[kind], rule.act.verb, subject, ())
            body = bearer.roles[0] if bearer is not None and len(bearer.roles) == 1 else ""
            return replace(
                _about(matter, placed, governing),
                alternatives=(tuple(_of(ballot, body) for ballot in by),),
                conditional=_hangs(rule.conditions, rule.times),
                priority=rule.priority,
                meeting=speaks_of_meeting(placed),
            )
        case Prohibition(bearer=bearer, act=act) as rule if act.verb in CHANGING:
            nobody = bearer is None or (bearer.quantifier is Quantifier.ANY and not bearer.qualifier)
            more = bool(act.rest) and not _TOO.match(act.rest)
            found = _about(Matter(Deed.AMEND, act.verb, act.object, ()), placed, governing)
            if found.scope in (Scope.OTHER, Scope.ROLE):
                return None
            return replace(found, bars=True, conditional=not nobody or more or _hangs(rule.conditions, rule.times))
        case _:
            return None


def _of(ballot: Ballot, body: str) -> Ballot:
    """A test of the votes of those who are said to decide, where it does not name others."""
    if isinstance(ballot, Threshold) and not ballot.body and ballot.base is not Base.ALL:
        return replace(ballot, body=body)
    return ballot


def _hangs(conditions: tuple[Condition, ...], times: tuple[object, ...]) -> bool:
    """Whether a rule hangs on what the votes do not show. A length of time is part of what is decided; the periods of
    discussion and voting are kept by whoever closes the vote."""

    def open_ended(time: object) -> bool:
        match time:
            case AtAllTimes() | AtAnyTime() | For():
                return True
            case After(None, Event(text)):
                return re.fullmatch(r"(?:the|a)\s(?:discussion|voting)\speriod", text) is not None
            case _:
                return False

    return bool(conditions) or not all(open_ended(time) for time in times)


def _about(matter: Matter, placed: PlacedRule, governing: Governing) -> Provision:
    """What a decision is about."""
    scope, named = scope_of(matter.subject, placed.clause.section, governing)
    found = Provision(placed, scope, matter.deed, sections=named)
    if matter.deed in _ROLES and scope is not Scope.SECTIONS:
        said = _AS.search(matter.detail) or _AS.search(matter.subject)
        phrase = said["role"] if said else matter.subject
        return replace(found, scope=Scope.ROLE, sections=(), role=phrase, qualified=_qualified(phrase, governing))
    match scope:
        case Scope.SECTIONS | Scope.TEXT | Scope.UNCLEAR if matter.deed is Deed.AMEND or matter.verb in CHANGING:
            return found
        case Scope.SECTIONS if matter.deed is Deed.ADOPT and noun(matter.subject).head in _AMENDMENT:
            return found
        case Scope.TEXT if noun(matter.subject).head in _AMENDMENT:
            return found
        case Scope.MOTION if matter.deed in (Deed.ADOPT, Deed.DECIDE):
            return found
        case Scope.OTHER if matter.deed is Deed.AMEND:
            return replace(found, scope=_by_name(matter.subject, governing)[0], sections=_by_name(matter.subject, governing)[1])
        case _:
            return replace(found, scope=Scope.OTHER, sections=())


def scope_of(subject: str, section: str, governing: Governing) -> tuple[Scope, tuple[str, ...]]:
    """What a noun phrase in a section means, of all that can be decided on, and the ids of the sections that it names."""
    meanings = governing.meanings
    head = noun(subject)
    if _THIS_SECTION.match(subject):
        return Scope.SECTIONS, (section,)
    if defined := _DEFINITION_OF.match(subject):
        return _defining(defined["term"], governing)
    if named := _named(subject):
        ids = tuple(section for each in named for section in _instances(meanings.section(each), governing))
        return (Scope.SECTIONS, ids) if all(each in meanings.sections for each in ids) else (Scope.UNCLEAR, ())
    if ours := OURS.search(subject):
        return (Scope.TEXT if _OF_IT.fullmatch(subject, 0, ours.start()) else Scope.UNCLEAR), ()
    if _is_title(subject, governing):
        return Scope.TEXT, ()
    if head.head in _AMENDMENT and head.complement is None:
        return Scope.TEXT, ()
    if head.head in _MOTION and head.modifiers <= _PLAIN:
        of = head.complement
        if (
            of is None
            or of.head in _MEETING
            or (of.head not in _COLLECTIVE and of.complement is None and _holds(of.head, governing))
        ):
            return Scope.MOTION, ()
    if document := _A_DOCUMENT.search(subject):
        title = f"{governing.manifest.title} {governing.document.title}".casefold()
        known = singular(document["what"].casefold()) in title
        return (Scope.TEXT if known else Scope.UNCLEAR), ()
    return Scope.OTHER, ()


def _instances(section: str, governing: Governing) -> tuple[str, ...]:
    """A section, or those that it is repeated as for the holders of a role."""
    known = governing.meanings.sections
    if section in known:
        return (section,)
    holders = frozenset(principal.id for principal in governing.register.principals)
    return tuple(each for each in known if section and form_of(each, holders) == section) or (section,)


def _named(subject: str) -> tuple[str, ...]:
    """The sections that a phrase names, as `#id` or by number."""
    if re.search(r"\]\(#", subject) or re.search(r"(?i:\b(?:sections?|articles?|clauses?)|§)\s\d", subject):
        return sections(subject)
    return ()


def _defining(term: str, governing: Governing) -> tuple[Scope, tuple[str, ...]]:
    wanted = term_of(term)
    found = dict.fromkeys(
        placed.clause.section
        for placed in governing.rules
        if isinstance(placed.rule, Definition) and term_of(placed.rule.term) == wanted
    )
    return (Scope.SECTIONS, tuple(found)) if found else (Scope.UNCLEAR, ())


def _by_name(subject: str, governing: Governing) -> tuple[Scope, tuple[str, ...]]:
    """A thing that may be amended and is called as a section is, or as a term or a field: then it is a part of the text."""
    wanted = term_of(plain(subject))
    named = tuple(
        section.id for section in governing.document.walk() if section.id and term_of(section.heading.string) == wanted
    )
    if named:
        return Scope.SECTIONS, named
    known = {*governing.meanings.definitions, *(term_of(key) for key in governing.document.fields)}
    return (Scope.UNCLEAR if wanted in known else Scope.OTHER), ()


def _is_title(subject: str, governing: Governing) -> bool:
    return bool(governing.document.title) and plain(subject) in (
        plain(governing.document.title),
        plain(governing.manifest.title),
    )


def _holds(word: str, governing: Governing) -> bool:
    return any(plain(role) == word or plain(singular(role)) == word for role in governing.register.roles)


def _qualified(phrase: str, governing: Governing) -> bool:
    """Whether a role is narrowed by what follows it (`a Member in arrears`)."""
    if any(plain(role) in (plain(phrase), plain(singular(phrase))) for role in governing.register.roles):
        return False
    narrowed = noun(phrase).complement
    return narrowed is not None


def deciding_sections(governing: Governing) -> frozenset[str]:
    """The sections in which something is said of how the text is changed."""
    return frozenset(
        each.placed.clause.section for each in provisions(governing) if each.scope not in (Scope.OTHER, Scope.ROLE)
    )


def standing_in(provision: Provision, section: str, governing: Governing) -> bool:
    """Whether a sentence stands in a section or in one below it."""
    known = governing.meanings.sections.get(provision.placed.clause.section)
    return known is not None and section in known.path


def franchise(governing: Governing, book: tuple[Provision, ...], known: Roles) -> frozenset[str]:
    """The roles whose holders vote: what is no office. `book` are the provisions of the text."""
    bodies = {placed.rule.holder for placed in governing.rules if isinstance(placed.rule, Vote)}
    bodies |= {body for each in book for group in each.alternatives for ballot in group if (body := body_of(ballot))}
    return frozenset(plain(known.key(body) or body) for body in bodies)


def silences(rule: Rule) -> bool:
    """Whether a rule keeps those from voting whom the very change is about (`The Member concerned may not vote.`)."""
    return (
        isinstance(rule, Prohibition)
        and rule.act.verb in ("vote", "cast")
        and not rule.conditions
        and rule.bearer is not None
        and any(is_proposed(words) for words in described(rule.bearer))
    )


def unseen(placed: PlacedRule) -> bool:
    """Whether a sentence ends a role under a condition that the register does not show (`if the Member is in arrears`).

    Death, withdrawal, resignation, removal and the end of a term are entered there when they come.
    """
    rule = placed.rule
    if not isinstance(rule, Cessation):
        return False
    events = [time.moment if isinstance(time, On) else None for time in rule.times]
    events += [each.test.event if isinstance(each.test, Happens) else None for each in rule.conditions]
    shown = all(isinstance(event, Event) and event.verb in _ENTERED for event in events)
    return not (events and shown) or re.search(r"\s(?:who|whose|which|that|in|under|without)\s", rule.role) is not None
