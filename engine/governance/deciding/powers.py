"""Sentences that give power over the text, the register or votes, or take it: what they say decides who decides."""

import re

from syngraph.engine.governance.deciding.provisions import OURS
from syngraph.engine.governance.deciding.roster import ANYBODY
from syngraph.engine.norms.wording import noun
from syngraph.grammar.rules import (
    Abstention,
    Arbitration,
    AwardEffect,
    AwardLimit,
    AwardTime,
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
    Rule,
    Signing,
    Vote,
)

_POWERS = frozenset({PowerKind.AMEND, PowerKind.ADMIT, PowerKind.REMOVE, PowerKind.APPOINT, PowerKind.REJECT, PowerKind.CALL})
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
        case Power(kind=kind) if kind in _POWERS:
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
