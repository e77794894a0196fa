"""Votes: what is decided, and whose vote it is where the text says it beside the vote."""

import re
from dataclasses import replace
from fractions import Fraction

from syngraph.grammar.amounts import Event
from syngraph.grammar.building.parts import Parts, joined
from syngraph.grammar.chunks.modals import Modal
from syngraph.grammar.chunks.scanner import Chunk, MisfitError
from syngraph.grammar.lexicon import singular
from syngraph.grammar.patterns import late
from syngraph.grammar.phrases.actors import actor
from syngraph.grammar.phrases.nouns import act
from syngraph.grammar.phrases.persons import somebody
from syngraph.grammar.phrases.thresholds import ROLE, role
from syngraph.grammar.references import SECTIONS, sections
from syngraph.grammar.rules import (
    Act,
    Actor,
    Ballot,
    Base,
    Deed,
    Initiative,
    Link,
    Matter,
    Obligation,
    Outcome,
    Quantifier,
    Threshold,
    Unknown,
    Unmeasured,
)
from syngraph.grammar.saying.phrasing import lowered

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


_TAKEN = {
    "decision": "make",
    "motion": "adopt",
    "proposal": "adopt",
    "resolution": "adopt",
    "measure": "adopt",
    "action": "take",
    "vote": "pass",
}
"""What is done to it when it is decided."""
_HEAD = late(
    r"(?:(?i:the|an?|any|all|each|every|such|following)\s)*(?P<noun>[A-Za-z][a-z]+)(?=$|\s(?:of|by|in|under|to|for)\s)"
)


def decided_on(subject: str) -> Event | None:
    """The taking of what is named as a decision (`Decisions by vote`, `A motion of the Board`), None for any other subject."""
    head = _HEAD.match(subject)
    verb = _TAKEN.get(singular(head["noun"].lower())) if head else None
    return Event(subject, verb, object=subject) if verb else None


_DECIDE = {"decide", "act", "vote", "resolve", "operate", "govern", "proceed", "rule", "work", "function"}
_UPON = late(r"(?:on|upon|about|over)\s(?=\S)")
_OWN_VOTE = late(r"(?:the|an?)\s(?:additional\s|second\s)?(?:casting|deciding|tie-breaking|additional|second)\svote\b")


def says_vote(done: Act) -> bool:
    """Whether an act is somebody's special vote (`have the casting vote`)."""
    return done.verb in ("have", "cast") and _OWN_VOTE.match(done.object) is not None


def matter_of(done: Act) -> Matter:
    """What a decision is about that somebody takes: the act, as it is said when it is done."""
    if done.verb in _DECIDE and not done.object:
        done = replace(done, verb="decide", object="any matter")
    elif done.verb in _DECIDE and (upon := _UPON.match(done.object)):
        done = replace(done, verb="decide", object=done.object[upon.end() :])
    about = matter(done.verb, f"{done.object[:1].upper()}{done.object[1:]}")
    detail = " ".join(part for part in (f"to {done.to}" if done.to else "", done.rest) if part)
    return replace(about, detail=detail) if detail else about


def _bodiless(one: Ballot) -> bool:
    """Whether the text does not say whose vote it is."""
    match one:
        case Threshold(base=base, body=body):
            return base is not Base.ALL and not body
        case Unmeasured(body=body):
            return not body
        case _:
            return False


def _of_body(one: Ballot, body: str) -> Ballot:
    return replace(one, body=body) if isinstance(one, Threshold | Unmeasured) else one


def own_votes(who: Actor, votes: Votes, *, of_own: bool) -> Votes:
    """The votes by which somebody decides: their own where the text does not say whose, or says `of its members`."""
    body = f" {who.joint} ".join(who.roles)
    return tuple(
        tuple(_of_body(one, body) if _bodiless(one) or (of_own and isinstance(one, Threshold)) else one for one in group)
        for group in votes
    )


_OUTCOMES = {"accept", "adopt", "approve", "carry", "defeat", "elect", "fail", "lapse", "pass", "prevail", "ratify", "reject"}
_FALLING = {"defeat", "fail", "lapse", "reject"}
_MOST_VOTES = late(r"\b(?:most|highest|largest|greatest|more)\s(?:number\sof\s)?(?:[a-z]+\s)?votes\b")
_COUNTED = late(r"majority|quorum|consensus|unanim|two-thirds|three-quarters|\bhalf\b|percent|%|\d/\d")


def outcome(base: str, subject: str, modal: Modal, parts: Parts) -> Outcome | None:
    """What becomes of a matter by itself: in the present with a circumstance, or of whoever has the most votes."""
    most = base in ("elect", "win") and _MOST_VOTES.search(subject) is not None
    if (
        base not in _OUTCOMES
        or modal.may
        or modal.negated
        or modal.only
        or parts.agent is not None
        or parts.words
        or parts.votes
    ):
        return None
    if not most and not (modal.present and (parts.conditions or parts.times)):
        return None
    if base not in _FALLING and any(each.link is Link.UNLESS for each in parts.conditions):
        # What is adopted unless something happens is decided by that.
        return None
    said = [test.text for each in parts.conditions if isinstance(test := each.test, Unknown)]
    if any(_COUNTED.search(text) for text in said):
        return None
    return Outcome(subject[:1].upper() + subject[1:], base, tuple(parts.conditions), tuple(parts.priority), tuple(parts.times))


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
    few = by.heads or (by.base is Base.ALL and (by.share < Fraction(1, 2) or parts.agent is not None))
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
    if all(_bodiless(one) for one in votes[0]):
        return (tuple(_of_body(one, body) for one in votes[0]),), []
    return votes, [agent]


WHERE = late(r"(?:at|in|for|without|with|as|under|on|regarding|based\son|held)\s(?!which\b)")
VOTING = late(r"\b(?:quorum|majority|votes?|consensus|unanim\w+|percent|two-thirds|or|unless|if)\b|%")
_MEETING = late(
    rf"\bat\s(?:an?|any|the|each)\s(?:(?:[\w-]+\s){{0,3}}?[Mm]eetings?\sof\s(?:the\s|all\s)?(?P<of>{ROLE})|(?P<its>{ROLE})\s[Mm]eetings?)"
)


def votes_at_meeting(votes: Votes, where: str) -> Votes:
    """The votes of a meeting: those of whose meeting it is, where the text does not say whose."""
    at = _MEETING.search(where)
    body = role(at["of"] or at["its"]) if at else ""
    if not body or not somebody(f"the {body}"):
        return votes
    return tuple(tuple(_of_body(one, body) if _bodiless(one) else one for one in group) for group in votes)
