"""Sentences that may say how something is decided and are not understood: what they bear on cannot be told.

Those are the unread and ambiguous sentences that bind and use a word of deciding, name a section, or stand among the rules
of decision; and duties, rights and statements about changing the text that are read but are no rule of decision.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from syngraph.engine.governance.deciding.provisions import CHANGING, Scope, deciding_sections, scope_of
from syngraph.engine.governance.deciding.roster import described, is_proposed
from syngraph.engine.governance.governing import Governing
from syngraph.engine.text.clauses import Clause
from syngraph.grammar.amounts import During
from syngraph.grammar.chunks.references import SECTIONS, sections
from syngraph.grammar.rules import Declaration, Obligation, Permission, Power, PowerKind, Prohibition, Rule
from syngraph.grammar.sentence import Kind

_DECIDES = re.compile(
    r"\b(?:amend|chang|vote|voting|ballot|quorum|majorit|super-?majorit|consent|consensus|approv|adopt|unanim|alter|modif|revis"
    r"|repeal|entrench|veto|resolution|resolv|proposal|motion)\w*"
    r"|\b(?:half|two-thirds?|one-third|three-(?:quarters?|fourths?|fifths?))\b|\b\d+/\d+\b|\d\s?(?:%|percent\b|per\scent\b)"
    r"|\b(?:these|this)\s(?:By-?laws|bylaws|Agreement|Charter|Constitution|Contract|Lease|Policy|Terms|Rules)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:admi(?:t|ssion)|remov|expel|expul|dismiss|recall|elect|appoint|resign|ceas)\w*", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?:\b(?i:sections?|articles?|clauses?|paragraphs?)|§§?)\s(?P<typed>{SECTIONS})|\]\(#(?P<link>[\w.:-]+)\)"
)
_OURS = re.compile(
    r"\b(?:these|this|our)\s(?:By-?laws|Agreement|Charter|Constitution|Contract|Lease|Policy|Terms|Rules|text|document)\b",
    re.IGNORECASE,
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


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A sentence that is not understood as a rule of decision, and why.

    It bears on `sections`, or with None on any of them. `register` says whether it may bear on who holds a role.
    """

    clause: Clause
    why: str
    sections: tuple[str, ...] | None
    register: bool = True


def uncertain(governing: Governing) -> tuple[Uncertain, ...]:
    """Every such sentence of a text, in its order."""
    return tuple(_found(governing))


def _found(governing: Governing) -> Iterator[Uncertain]:
    among = deciding_sections(governing)
    for clause in governing.clauses:
        if clause.prose:
            continue
        sentence = clause.sentence
        if not sentence.rules:
            if sentence.kind in (Kind.UNREAD, Kind.AMBIGUOUS) or sentence.binding:
                yield from _unread(clause, governing, among)
            continue
        for rule in sentence.rules:
            yield from _read(rule, clause, governing)


def _unread(clause: Clause, governing: Governing, among: frozenset[str]) -> Iterator[Uncertain]:
    text = clause.sentence.text
    why = (
        "a sentence that is not read" if clause.sentence.kind is not Kind.AMBIGUOUS else "a sentence that could mean two things"
    )
    named = _sections(text, governing)
    wide = _OURS.search(text) or (_EVERY.search(text) and _DECISION.search(text))
    if named and not wide:
        yield Uncertain(clause, why, named, _WHO.search(text) is not None)
    elif _DECIDES.search(text) or clause.section in among:
        yield Uncertain(clause, why, None)
    elif _WHO.search(text):
        yield Uncertain(clause, why, (), register=True)


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
