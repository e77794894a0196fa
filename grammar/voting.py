"""Votes: what is decided, and whose vote it is where the text says it beside the vote."""

import re
from dataclasses import replace
from fractions import Fraction

from syngraph.grammar.chunks.modals import Modal
from syngraph.grammar.chunks.scanner import Chunk, MisfitError
from syngraph.grammar.parts import Parts, joined, lowered
from syngraph.grammar.phrases.actors import actor
from syngraph.grammar.phrases.nouns import act
from syngraph.grammar.phrases.persons import somebody
from syngraph.grammar.phrases.thresholds import ROLE, role
from syngraph.grammar.references import SECTIONS, sections
from syngraph.grammar.rules import Act, Actor, Ballot, Base, Deed, Initiative, Matter, Obligation, Quantifier, Threshold

Votes = tuple[tuple[Ballot, ...], ...]
"""Alternatives, each of all its tests."""

DEEDS = {
    "amend": Deed.AMEND,
    "change": Deed.AMEND,
    "modify": Deed.AMEND,
    "alter": Deed.AMEND,
    "revise": Deed.AMEND,
    "adopt": Deed.ADOPT,
    "pass": Deed.ADOPT,
    "approve": Deed.ADOPT,
    "accept": Deed.ADOPT,
    "ratify": Deed.ADOPT,
    "carry": Deed.ADOPT,
    "remove": Deed.REMOVE,
    "expel": Deed.REMOVE,
    "recall": Deed.REMOVE,
    "dismiss": Deed.REMOVE,
    "admit": Deed.ADMIT,
    "add": Deed.ADMIT,
    "elect": Deed.ELECT,
    "appoint": Deed.APPOINT,
    "dissolve": Deed.DISSOLVE,
}
INITIATIVES = {"call", "propose", "request", "require", "convene", "initiate", "demand", "requisition"}


def matter(verb: str, subject: str) -> Matter:
    """What a decision is about, from its verb and its object."""
    named = sections(subject) if re.fullmatch(SECTIONS, subject) else ()
    return Matter(DEEDS.get(verb, Deed.DECIDE), verb, subject, named)


def matter_of(done: Act) -> Matter:
    """What a decision is about that somebody takes: the act, as it is said when it is done."""
    about = matter(done.verb, f"{done.object[:1].upper()}{done.object[1:]}")
    detail = " ".join(part for part in (f"to {done.to}" if done.to else "", done.rest) if part)
    return replace(about, detail=detail) if detail else about


def own_votes(who: Actor, votes: Votes, *, of_own: bool) -> Votes:
    """The votes by which somebody decides: their own where the text does not say whose, or says `of its members`."""
    body = f" {who.joint} ".join(who.roles)
    return tuple(
        tuple(
            replace(one, body=body)
            if isinstance(one, Threshold) and (of_own or (one.base is Base.UNSAID and not one.body))
            else one
            for one in group
        )
        for group in votes
    )


_MADE_BY = INITIATIVES | {
    "make",
    "audit",
    "witness",
    "countersign",
    "review",
    "sign",
    "second",
    "support",
    "submit",
    "nominate",
    "endorse",
    "sponsor",
    "present",
    "countersign",
}


def asked(base: str, patient: str, votes: Votes, modal: Modal, parts: Parts) -> Obligation | Initiative | None:
    """What some of the members must or may set going (`A motion must be made by at least two Members`): no vote of theirs."""
    ballots = [ballot for group in votes for ballot in group]
    if len(ballots) != 1 or base not in _MADE_BY or modal.negated or modal.present or not isinstance(ballots[0], Threshold):
        return None
    by = ballots[0]
    times, conditions, priority = tuple(parts.times), tuple(parts.conditions), tuple(parts.priority)
    done = act(f"{base} {lowered(patient)} {joined(parts.words)}".strip())
    if not modal.may and by.heads and parts.agent is None:
        who = Actor((by.body,), Quantifier.COUNT, count=by.heads)
        return Obligation(who, done, times, conditions, priority)
    few = by.heads or (by.base is Base.ALL and by.share < Fraction(1, 2))
    if not modal.may or not few or base not in INITIATIVES or times or conditions or priority:
        return None
    return Initiative(by, done)


def votes_of_agent(votes: Votes, agent: Chunk) -> tuple[Votes, list[Chunk]]:
    """The votes of a body that is named apart (`by the Board by a two-thirds vote`): its own where they name no other.

    Raises: MisfitError when the body and the vote are alternatives.
    """
    who = actor(str(agent.meaning))
    if who is None or len(votes) > 1:
        raise MisfitError(agent.start_pos or 0, str(agent).partition(" ")[0], ("one body that decides",))
    body = f" {who.joint} ".join(who.roles)
    if all(isinstance(one, Threshold) and one.base is Base.UNSAID and not one.body for one in votes[0]):
        return (tuple(replace(one, base=Base.ALL, body=body) for one in votes[0] if isinstance(one, Threshold)),), []
    return votes, [agent]


WHERE = re.compile(r"(?:at|in|for|without|with|as|under|on|regarding|based\son|held)\s(?!which\b)")
VOTING = re.compile(r"\b(?:quorum|majority|votes?|consensus|unanim\w+|percent|two-thirds|or|unless|if)\b|%")
_MEETING = re.compile(
    rf"\bat\s(?:an?|any|the|each)\s(?:(?:[\w-]+\s){{0,3}}?[Mm]eetings?\sof\s(?:the\s|all\s)?(?P<of>{ROLE})|(?P<its>{ROLE})\s[Mm]eetings?)"
)


def votes_at_meeting(votes: Votes, where: str) -> Votes:
    """The votes of a meeting: those of whose meeting it is, where the text does not say whose."""
    at = _MEETING.search(where)
    body = role(at["of"] or at["its"]) if at else ""
    if not body or not somebody(f"the {body}"):
        return votes
    return tuple(
        tuple(
            replace(one, body=body) if isinstance(one, Threshold) and one.base is Base.UNSAID and not one.body else one
            for one in group
        )
        for group in votes
    )
