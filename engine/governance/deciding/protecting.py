"""Sentences that protect a part of the text: to change one is as hard as to change what it protects.

So is a change of how its votes are counted: of the quorum, of what an abstention counts for, of who has how many votes, who
is left out, how long it takes, who closes a vote and who signs the minutes. Sentences that give power over the text, the
register or votes are changed as the text as a whole is, wherever they stand.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeVar

from syngraph.engine.governance.deciding.doubts import uncertain
from syngraph.engine.governance.deciding.provisions import OURS, Provision, Scope, provisions
from syngraph.engine.governance.deciding.reach import changed_terms
from syngraph.engine.governance.deciding.roster import ANYBODY, described, is_proposed
from syngraph.engine.governance.governing import Governing
from syngraph.engine.norms.words.wording import noun
from syngraph.engine.text.clauses import PlacedRule
from syngraph.grammar.rules import (
    Abstention,
    Arbitration,
    AwardEffect,
    AwardLimit,
    AwardTime,
    Ballot,
    Base,
    Cessation,
    Declaration,
    DefaultAppointment,
    Exclusion,
    ForkRight,
    ForkTerm,
    Initiative,
    Moratorium,
    Obligation,
    Permission,
    Power,
    PowerKind,
    Procedure,
    Prohibition,
    Quorum,
    Ratio,
    Rule,
    Signing,
    Threshold,
    Vote,
)
from syngraph.grammar.unparse import unparse

Sentence = TypeVar("Sentence")

_CHANGED = "the sentence that protects it changes"
_COUNTED = "how its votes are counted changes"
_POWERS = "who may do what about the text, the register or votes changes"


def changed_protections(
    before: Governing, after: Governing, book: tuple[Provision, ...]
) -> Iterator[tuple[tuple[str, ...] | None, str]]:
    """What is protected by sentences that change, as ids of sections or None for the text as a whole, with the reason.

    `book` are the provisions of the text before.
    """
    if before is after:
        return
    terms = changed_terms(before.meanings, after.meanings)

    def tainted(placed: PlacedRule, governing: Governing) -> bool:
        return bool(terms & governing.meanings.used(placed.clause.sentence.text))

    later = provisions(after)
    changed = [
        *_odd([(_key(each), each) for each in book], [(_key(each), each) for each in later]),
        *(each for each in book if tainted(each.placed, before)),
        *(each for each in later if tainted(each.placed, after)),
    ]
    for each in changed:
        match each.scope:
            case Scope.SECTIONS:
                yield each.sections, _CHANGED
            case Scope.TEXT | Scope.MOTION | Scope.UNCLEAR:
                yield None, "the rule for the text as a whole changes"
            case Scope.ROLE:
                yield None, _POWERS
            case _:
                continue

    def altered(kept: Callable[[Rule], bool]) -> list[PlacedRule]:
        one, other = ([placed for placed in each.rules if kept(placed.rule)] for each in (before, after))
        return [
            *_odd([(unparse(each.rule), each) for each in one], [(unparse(each.rule), each) for each in other]),
            *(placed for placed in one if tainted(placed, before)),
            *(placed for placed in other if tainted(placed, after)),
        ]

    for placed in altered(counts):
        yield None, "how votes are counted changes"
        for each in book:
            if each.scope is Scope.SECTIONS and not each.bars and _uses(each, placed, book):
                yield each.sections, _COUNTED
    if altered(empowers):
        yield None, _POWERS
    if {each.clause.sentence.text for each in uncertain(after)} - {each.clause.sentence.text for each in uncertain(before)}:
        yield None, "a sentence comes that nobody can tell what it does to decisions"


def _key(provision: Provision) -> str:
    return f"{unparse(provision.placed.rule)}\0{' '.join(provision.sections)}\0{provision.scope}"


def _odd(one: list[tuple[str, Sentence]], other: list[tuple[str, Sentence]]) -> list[Sentence]:
    """Those that only one side has, or has oftener."""
    counts = [Counter(key for key, _ in side) for side in (one, other)]
    return [each for key, each in (*one, *other) if counts[0][key] != counts[1][key]]


def _uses(provision: Provision, placed: PlacedRule, book: tuple[Provision, ...]) -> bool:
    """Whether the votes of a rule are counted by another."""
    ballots = [ballot for group in provision.alternatives for ballot in group]
    match placed.rule:
        case Quorum() as quorum:
            return any(not _full(ballot, quorum) for ballot in ballots)
        case Abstention(towards="quorum"):
            return any(not _all_of(ballot) for ballot in ballots)
        case Abstention():
            return any(isinstance(ballot, Threshold) and ballot.base is Base.CAST for ballot in ballots)
        case Vote():
            return any(isinstance(ballot, Ratio) or (isinstance(ballot, Threshold) and _in_votes(ballot)) for ballot in ballots)
        case Exclusion(who):
            return not any(is_proposed(words) for words in described(who))
        case _:
            return True


def _full(ballot: Ballot, quorum: Quorum) -> bool:
    """Whether a test that is met meets the quorum too."""
    asked = quorum.threshold
    return (
        isinstance(ballot, Threshold)
        and _all_of(ballot)
        and not (quorum.root or asked.heads or ballot.heads or ballot.minus)
        and ballot.body == asked.body
        and ballot.share >= asked.share
        and (ballot.share > asked.share or ballot.comparison == asked.comparison)
    )


def _all_of(ballot: Ballot) -> bool:
    return isinstance(ballot, Threshold) and ballot.base in (Base.ALL, Base.UNSAID)


def _in_votes(ballot: Threshold) -> bool:
    return ballot.base in (Base.CAST, Base.UNSAID) or not ballot.body


# -- power over the text, the register and votes --------------------------------------------------------------------

_KINDS = frozenset({PowerKind.AMEND, PowerKind.ADMIT, PowerKind.REMOVE, PowerKind.APPOINT, PowerKind.REJECT, PowerKind.CALL})
_ALWAYS = frozenset(
    {
        *("admit", "expel", "dismiss", "recall", "oust", "appoint", "elect", "nominate", "co-opt", "enrol", "enroll"),
        *("veto", "reject", "overrule", "override", "amend", "propose", "vote", "cast", "delegate", "fork", "arbitrate"),
    }
)
"""Verbs that are about deciding, whatever their object."""

_ABOUT = re.compile(
    r"\b(?:register|by-?laws?|charter|constitution|text|provisions?|amendments?|wording|minutes|vot(?:e|es|ing|er|ers)|ballots?"
    r"|polls?|motions?|proposals?|prox(?:y|ies)|quorum|elections?|resolutions?|decisions?|referend(?:um|a)|signator(?:y|ies)"
    r"|arbitrators?|disputes?)\b",
    re.IGNORECASE,
)
"""Objects that make an act one about the text, the register or votes."""

_VOTING = frozenset({"vote", "cast", "delegate"})
_VOTES = re.compile(r"\b(?:vot(?:e|es|ing)|ballots?|polls?|motions?|proposals?|prox(?:y|ies))\b", re.IGNORECASE)
_MINUTES = re.compile(r"\bminutes\b", re.IGNORECASE)
_PERSONS = re.compile(r"\b[A-Z]")
_ENTRY = re.compile(r"\b(?:keys?|names?|entry|entries|weights?|shares?|membership|status|roles?|offices?)\b", re.IGNORECASE)
_ALTERING = frozenset(
    {
        *("replace", "change", "rotate", "revoke", "add", "correct", "enter", "delete", "strike", "withdraw", "suspend", "end"),
        *("terminate", "cancel", "grant", "confer", "give", "take", "alter", "fill", "hold", "assume", "transfer", "assign"),
    }
)


def counts(rule: Rule) -> bool:
    """Whether a rule says how votes are given, counted, closed or attested, and so bears on every decision."""
    match rule:
        case Quorum() | Abstention() | Vote() | Exclusion() | Procedure() | Signing():
            return True
        case Obligation(act=act) | Prohibition(act=act) | Permission(act=act) | Power(act=act):
            said = f"{act.object} {act.rest}"
            return (
                act.verb in _VOTING
                or (act.verb in ("close", "end", "extend", "open") and _VOTES.search(said) is not None)
                or (act.verb in ("sign", "attest", "certify") and _MINUTES.search(said) is not None)
            )
        case _:
            return False


def empowers(rule: Rule) -> bool:
    """Whether a rule gives somebody power over the text, the register or votes, or takes it.

    That is so of whoever may, shall or may not admit, remove, appoint, veto, amend, propose or vote, or do anything else about
    the text, the register, keys, votes or minutes; of what takes a role away, or lets a matter rest; of forks and disputes.
    """
    match rule:
        case Initiative() | Moratorium() | Cessation() | ForkRight() | ForkTerm():
            return True
        case Arbitration() | DefaultAppointment() | AwardTime() | AwardEffect() | AwardLimit():
            return True
        case Declaration(kind="composition"):
            return True
        case Power(kind=kind) if kind in _KINDS:
            return True
        case Obligation(act=act) | Prohibition(act=act) | Permission(act=act) | Power(act=act):
            said = f"{act.object} {act.to} {act.rest}"
            somebody = _PERSONS.search(said) is not None or noun(act.object).head in ANYBODY
            return (
                act.verb in _ALWAYS
                or _ABOUT.search(said) is not None
                or OURS.search(said) is not None
                or (act.verb in _ALTERING and _ENTRY.search(said) is not None)
                or (act.verb in ("remove", "suspend", "exclude", "ban") and somebody)
            )
        case _:
            return False
