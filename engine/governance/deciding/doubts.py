"""Sentences that may say how something is decided and are not understood: what they bear on cannot be told.

Those are the unread and ambiguous sentences that bind, unless they are shown to be harmless: what somebody of a role shall do
or leave, with nothing in it of deciding, changing, consenting or forbidding. They are also duties, rights and statements that
are read, are no rule of decision, and speak of changing the text or of its force.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from syngraph.engine.governance.deciding.provisions import CHANGING, OURS, Scope, deciding_sections, scope_of
from syngraph.engine.governance.deciding.roster import described, is_proposed
from syngraph.engine.governance.governing import Governing
from syngraph.engine.governance.meanings import term_of
from syngraph.engine.norms.words.roles import Roles
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.engine.text.clauses import Clause
from syngraph.grammar import lexicon
from syngraph.grammar.amounts import During
from syngraph.grammar.references import SECTIONS, sections
from syngraph.grammar.rules import (
    Actor,
    Course,
    Declaration,
    Obligation,
    Outcome,
    Permission,
    Power,
    PowerKind,
    Prohibition,
    Rule,
)
from syngraph.grammar.sentence import Kind

_DECIDES = re.compile(
    r"\b(?:amend|chang|vote|voting|ballot|quorum|majorit|super-?majorit|consent|consensus|approv|adopt|unanim|alter|modif|revis"
    r"|repeal|entrench|veto|resolution|resolv|proposal|motion)\w*"
    r"|\b(?:half|two-thirds?|one-third|three-(?:quarters?|fourths?|fifths?))\b|\b\d+/\d+\b|\d\s?(?:%|percent\b|per\scent\b)",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:admi(?:t|ssion)|remov|expel|expul|dismiss|recall|elect|appoint|resign|ceas)\w*", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?:\b(?i:sections?|articles?|clauses?|paragraphs?)|§§?)\s(?P<typed>{SECTIONS})|\]\(#(?P<link>[\w.:-]+)\)"
)
_EVERY = re.compile(r"\b(?:any|every|no|each|all|nothing)\b", re.IGNORECASE)
_DECISION = re.compile(r"\b(?:amendment|change|proposal|motion|vote|decision|resolution)s?\b", re.IGNORECASE)
_APPROVING = frozenset(
    {"approve", "consent", "ratify", "confirm", "adopt", "agree", "accept", "authorise", "authorize", "support"}
)
_STATED = re.compile(
    r"\b(?:amend|modif|alter|revis|repeal)\w*|\bchang\w*\s(?:of|to)\s|\b(?:quorum|majorit|unanim|ballot|vot(?:e|es|ing))\w*",
    re.IGNORECASE,
)
_HARMLESS = frozenset({"form", "composition", "governing law", "counterparts", "entire agreement", "no duty"})

# -- what shows that a sentence is harmless ----------------------------------------------------------------------------

_MODAL = re.compile(
    r"\b(?:shall|must|may|might|will|would|can|cannot|could|should|ought|needs?|(?:is|are)\s(?:entitled|required|obliged|allowed)"
    r"|ha(?:s|ve)\sto)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset({"nobody", "no one", "no-one", "everybody", "everyone", "anyone", "anybody", "person"})
_A_PERSON = re.compile(r"\b(?:persons?|people|who|whom|company|companies|organisations?|body|firm|anyone)\b", re.IGNORECASE)
_ADVERB = re.compile(r"^(?:(?:not|never|ever|also|always|at\sall\stimes|\w+ly|be|to)\s)*", re.IGNORECASE)
_DECISIVE = frozenset(
    {
        *("abolish", "accept", "adapt", "adjourn", "adjust", "affirm", "agree", "allow", "apply", "arbitrate"),
        *("ask", "assent", "assign", "authorise", "authorize", "ballot", "ban", "bar", "begin", "bind", "block"),
        *("call", "cancel", "cast", "challenge", "choose", "close", "commence", "confirm", "consider"),
        *("constitute", "consult", "control", "convene", "convert", "correct", "count", "decide", "declare"),
        *("deem", "delay", "delegate", "delete", "deny", "designate", "determine", "disallow", "dissolve"),
        *("enable", "end", "enforce", "enlarge", "entrench", "exceed", "exclude", "expire", "extend", "fix"),
        *("forbid", "fork", "freeze", "govern", "grant", "guarantee", "implement", "impose", "increase"),
        *("initiate", "introduce", "lapse", "let", "license", "limit", "lower", "maintain", "mediate"),
        *("negotiate", "obey", "object", "oblige", "oppose", "override", "overrule", "oversee", "permit"),
        *("postpone", "preserve", "prevail", "prevent", "prohibit", "propose", "protect", "put", "raise"),
        *("ratify", "reduce", "refuse", "reject", "release", "remain", "renew", "require", "rescind", "reserve"),
        *("respect", "restore", "restrict", "resume", "retain", "review", "rule", "select", "settle", "sign"),
        *("stand", "stay", "strike", "submit", "succeed", "supersede", "support", "surrender", "survive"),
        *("suspend", "terminate", "touch", "transfer", "undo", "uphold", "void", "waive", "withdraw", "withhold"),
        *("write", "yield"),
        *_APPROVING,
        *CHANGING,
    }
)
"""Verbs of deciding, changing, consenting, and of keeping things as they are."""

_SWEEPING = frozenset(
    {
        *("whatever", "whoever", "whichever", "whenever", "what", "everything", "anything", "nothing"),
        *("otherwise", "unless", "until", "before", "without", "only", "except", "notwithstanding", "despite"),
        *("regardless", "first", "prior", "valid", "void", "force", "effect", "permission", "blessing", "leave"),
        *("founder", "wish", "wording", "text", "document", "rule", "provision", "clause", "section", "article"),
        *("bylaw", "agreement", "charter", "constitution", "law", "right", "power"),
    }
)
"""Words with which a sentence may say more than what somebody has to do."""

_FORCE = re.compile(
    r"\b(?:prevail|overrid|overrul|supersed|trump|stand|remain|govern|bind|binding|valid|void|force|effect|precedence|final)\w*",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"\b(?:this\sdocument|the\s(?:text|wording)|(?:new|any|every|each|no)\s(?:text|wording|rules?|provisions?)|written\shere"
    r"|is\swritten|provisions?)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\bonly\b", re.IGNORECASE)
_ASKING = frozenset({"ask", "consult"})
_MATTER = re.compile(r"\b(?:about|for|on|to)\s", re.IGNORECASE)
_PAPER = frozenset(
    {
        *("bylaw", "by-law", "agreement", "lease", "contract", "charter", "policy", "constitution", "rule", "statute", "text"),
        *("version", "translation", "document", "section", "clause", "provision", "schedule", "annex", "appendix", "order"),
        *("law", "regulation", "term", "deed", "article", "notice"),
    }
)


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A sentence that is not understood as a rule of decision, and why.

    It bears on `sections`, or with None on any of them. `register` says whether it may bear on who holds a role.
    """

    clause: Clause
    why: str
    sections: tuple[str, ...] | None
    register: bool = True


@lru_cache(maxsize=8)
def uncertain(governing: Governing) -> tuple[Uncertain, ...]:
    """Every such sentence of a text, in its order."""
    return tuple(_found(governing))


def _found(governing: Governing) -> Iterator[Uncertain]:
    among = deciding_sections(governing)
    known = governing.roles
    for clause in governing.clauses:
        if clause.prose:
            continue
        sentence = clause.sentence
        if not sentence.rules:
            if sentence.kind in (Kind.UNREAD, Kind.AMBIGUOUS) or sentence.binding:
                yield from _unread(clause, governing, known, among)
            continue
        for rule in sentence.rules:
            yield from _read(rule, clause, governing)
            yield from _speaks_of_text(rule, clause, governing, known)


def _unread(clause: Clause, governing: Governing, known: Roles, among: frozenset[str]) -> Iterator[Uncertain]:
    text = clause.sentence.text
    why = (
        "a sentence that is not read" if clause.sentence.kind is not Kind.AMBIGUOUS else "a sentence that could mean two things"
    )
    modal = _MODAL.search(text)
    named = _sections(text if modal is None else text[: modal.start()], governing)
    wide = OURS.search(text) or (_EVERY.search(text) and _DECISION.search(text))
    if named and not wide:
        yield Uncertain(clause, why, tuple(dict.fromkeys((*named, *_sections(text, governing)))), _WHO.search(text) is not None)
    elif clause.section in among or _DECIDES.search(text) or not _is_duty(text, governing, known):
        yield Uncertain(clause, why, None)
    else:
        spoken = tuple(dict.fromkeys((*_sections(text, governing), *governing.meanings.spoken_of(text))))
        if spoken or _WHO.search(text):
            yield Uncertain(clause, why, spoken, _WHO.search(text) is not None)


def _is_duty(text: str, governing: Governing, known: Roles) -> bool:
    """Whether a sentence that is not read just says what somebody shall, may or may not do, and nothing of decisions.

    It has one modal, before it a role, a defined actor or everybody, after it a verb of the lexicon, and in all of it no word
    of deciding, changing, consenting or forbidding.
    """
    modals = list(_MODAL.finditer(text))
    if len(modals) != 1 or re.search(r"[;:]", text) or OURS.search(text):
        return False
    modal = modals[0]
    after = text[modal.end() :].lstrip()
    verb = re.match(r"[a-z]+(?:-[a-z]+)?", _ADVERB.sub("", after, count=1))
    forms = lexicon.current()
    if verb is None or not (verb[0] in forms.verbs or verb[0] in forms.participles):
        return False
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)]
    if any(_bases(word) & _DECISIVE or {word, lexicon.singular(word)} & _SWEEPING for word in words):
        return False
    return _is_actor(text[: modal.start()].strip(), governing, known)


def _bases(word: str) -> set[str]:
    """The verbs that a word may be a form or the noun of."""
    forms = lexicon.current()
    found = {word, lexicon.singular(word), lexicon.base_of_participle(word), lexicon.base_of_past(word)}
    found |= {table[word] for table in (forms.thirds, forms.nouns) if word in table}
    found |= {forms.nouns[one] for one in (lexicon.singular(word),) if one in forms.nouns}
    if word.endswith("ing"):
        stem = word.removesuffix("ing")
        found |= {stem, f"{stem}e", stem[:-1]}
    return found


def _is_actor(phrase: str, governing: Governing, known: Roles) -> bool:
    """Whether a noun phrase means somebody: a role, everybody or nobody, or what the text defines as a person."""
    name = plain(phrase)
    if phrase.casefold() in _NOBODY or name in _NOBODY or known.key(phrase):
        return True
    said = governing.meanings.definitions.get(term_of(name), ())
    return any(_A_PERSON.search(each) or any(known.key(word) for word in re.findall(r"\w+", each)) for each in said)


def _speaks_of_text(rule: Rule, clause: Clause, governing: Governing, known: Roles) -> Iterator[Uncertain]:
    """Statements that are read, bind nobody, and speak of the text, of its force, or of leaving a part of it as it is."""
    why = "a statement that may say what becomes of the text"
    match rule:
        case Declaration(kind, text) if kind not in _HARMLESS:
            modal = _MODAL.search(text)
            subject = noun(text[: modal.start()] if modal else re.split(r"\s(?:is|are|has|have)\s", text)[0])
            if not _FORCE.search(text) or (subject.head in _PAPER and "'" not in text and "’" not in text):
                return
            if _TEXT.search(text) or OURS.search(text) or re.search(r"\b(?:prevail|overrid|overrul|supersed|trump)", text):
                yield Uncertain(clause, why, None)
            elif spoken := governing.meanings.spoken_of(text):
                yield Uncertain(clause, why, spoken, register=False)
        case Obligation(bearer=bearer, act=act) | Permission(bearer=bearer, act=act) | Prohibition(bearer=bearer, act=act):
            if bearer is not None and _is_somebody(bearer, governing, known):
                return
            said = f"{' '.join(bearer.roles) if bearer else ''} {act.object} {act.rest}"
            decisive = act.verb in _DECISIVE or act.verb not in lexicon.current().verbs
            decisive = decisive and act.verb not in ("vote", "cast")
            if not decisive or (isinstance(rule, Permission) and not _ONLY.search(clause.sentence.text)):
                return
            if _TEXT.search(clause.sentence.text) or (act.verb in _ASKING and not _MATTER.search(said)):
                yield Uncertain(clause, why, None)
            elif spoken := governing.meanings.spoken_of(said):
                yield Uncertain(clause, why, spoken, register=False)
        case _:
            return


def _is_somebody(bearer: Actor, governing: Governing, known: Roles) -> bool:
    return all(_is_actor(role, governing, known) or noun(role).head in _NOBODY for role in bearer.roles)


def _sections(text: str, governing: Governing) -> tuple[str, ...]:
    """The ids of the sections that a sentence names; a number of none stands for "", which is none."""
    found: list[str] = []
    for match in _NAMED.finditer(text):
        for each in (f"#{match['link']}",) if match["link"] else sections(match["typed"]):
            found.append(governing.meanings.section(each))
    return tuple(dict.fromkeys(found))


def _read(rule: Rule, clause: Clause, governing: Governing) -> Iterator[Uncertain]:
    match rule:
        case Declaration(kind, text) if kind not in _HARMLESS and _STATED.search(text):
            named = _sections(text, governing)
            yield Uncertain(clause, "a statement that may say how the text is changed", named or None, register=not named)
        case Course():
            yield Uncertain(clause, "a procedure of its own for some votes", None)
        case Outcome():
            yield Uncertain(clause, "a rule on what becomes of a matter that hangs on what the votes do not show", None)
        case Power(kind=PowerKind.REJECT):
            return
        case Power(kind=PowerKind.AMEND, by=(), only=False):
            # An officer's power is used by a statement of the officer and keeps nobody else from deciding.
            return
        case Power(by=(), act=act) | Permission(act=act) | Obligation(act=act) if act.verb in CHANGING:
            yield from _about_text(clause, f"{act.object} {act.rest}".strip(), governing)
        case Permission(act=act) | Obligation(act=act) | Prohibition(act=act) if act.verb in _APPROVING:
            yield from _about_text(clause, f"{act.object} {act.rest}".strip(), governing)
        case Permission(act=act) | Prohibition(act=act) if act.verb in ("vote", "cast"):
            if _narrows(rule):
                yield Uncertain(clause, "a rule on who may vote that hangs on what the votes do not show", None)
        case _:
            return


def _about_text(clause: Clause, what: str, governing: Governing) -> Iterator[Uncertain]:
    scope, named = scope_of(what, clause.section, governing)
    why = "a rule on changes that does not say by which vote"
    match scope:
        case Scope.SECTIONS:
            yield Uncertain(clause, why, named, register=False)
        case Scope.TEXT | Scope.MOTION | Scope.UNCLEAR:
            yield Uncertain(clause, why, None)
        case _:
            return


def _narrows(rule: Permission | Prohibition) -> bool:
    """Whether somebody's vote hangs on a condition, or on what is said of them."""
    bearer = rule.bearer
    if bearer is not None and bearer.qualifier and not any(is_proposed(words) for words in described(bearer)):
        return True
    if isinstance(rule, Permission) and rule.only:
        return True
    return bool(rule.conditions) and not all(isinstance(time, During) for time in rule.times or (None,))
