"""What a rule is called: its kind, whose it is, and whether it says no."""

import re
from fractions import Fraction
from types import UnionType

from syngraph.grammar import lexicon
from syngraph.grammar.amounts import For
from syngraph.grammar.chunks.modals import participle
from syngraph.grammar.phrases.actors import actor
from syngraph.grammar.phrases.persons import somebody
from syngraph.grammar.powers import is_power
from syngraph.grammar.rules import (
    Abstention,
    Act,
    Actor,
    AwardLimit,
    AwardTime,
    Cessation,
    Course,
    Decision,
    Declaration,
    DefaultAppointment,
    Definition,
    Entrenchment,
    Exclusion,
    Fact,
    ForkRight,
    Initiative,
    Moratorium,
    Objections,
    Obligation,
    Order,
    Permission,
    Power,
    Prohibition,
    Quorum,
    Rule,
    Threshold,
    Unmeasured,
    Vote,
    Voting,
)
from syngraph.grammar.saying.phrasing import say_actor
from syngraph.grammar.sentence import Kind

KINDS: tuple[tuple[type | UnionType, Kind], ...] = (
    (Obligation, Kind.OBLIGATION),
    (Prohibition, Kind.PROHIBITION),
    (Permission, Kind.PERMISSION),
    (Definition, Kind.DEFINITION),
    (Initiative, Kind.POWER),
    (Voting, Kind.DECISION),
    (ForkRight, Kind.POWER),
    (DefaultAppointment, Kind.OBLIGATION),
    (AwardTime, Kind.OBLIGATION),
    (AwardLimit, Kind.PROHIBITION),
    (Fact, Kind.FACT),
    (Order, Kind.ORDER),
)
_OUTCOMES = {"accept", "adopt", "carry", "defeat", "pass", "reject"}
"""What becomes of a proposal: said without anybody who does it, a vote has decided."""
_PROPOSED = re.compile(r"(?i)\b(?:proposals?|motions?|amendments?|resolutions?|changes?|budgets?|minutes)\b")
_VOTES = re.compile(
    r"(?:only\s)?(?:(?:one|two|three|\d+|an?|the)\s)?(?:\(\d+\)\s)?(?:(?:additional|second)\s)?(?:casting\s|deciding\s|tie-breaking\s|single\s|equal\s)?votes?\b(?!\sof\sthanks)"
)
_TERM = re.compile(r"out\b|(?:\S+\s){0,4}terms?\b|until\b|at\sthe\spleasure\b")
_BY_BALLOT = re.compile(
    r"\b(?:by|using|through|via|in|at|with)\s(?:(?:an?|the)\s)?(?:(?:electronic|online|written|secret|postal|general)\s)?(?:[Rr]eferend(?:ums?|a)|voting|ballots?|votes?|poll)(?![\w’'-])"
)
"""How something is done that a vote does."""
_THE_DECISION = re.compile(r"(?:the|all|such|these|those)\s(?:\w+\s)?decisions?\b(?!\smaking)")
_TIES = re.compile(r"(?:(?:the|an?|any|all|such)\s)*(?:tied?|ties|tied\svotes?|deadlocks?)(?!\w)")
_SETTLED = {"determine", "define", "govern", "regulate"}
_ELSEWHERE = re.compile(
    r"\b(?:as\s(?:\w+\s)?(?:provided|specified|described|set\s(?:out|forth)|stated|defined|laid\sdown)|in\saccordance\swith)(?!\w)"
)
"""That another place tells how it is."""
_DECIDING = re.compile(r"(?:whether|consensus|the\soutcome\sof)\b")
_NO = re.compile(
    r"(?:shall|must|will|may|can|is|are|does|do|has|have|need|needs)\s(?:NOT|not|never|no\slonger)(?!\w)|cannot(?!\w)|"
    r"(?:shall|will|must|may)\sbe\sno(?!\w)"
)


def kind_of(rule: Rule) -> Kind:
    """What a sentence is whose first rule is this one: a power that takes a vote is a decision."""
    match rule:
        case Initiative(threshold=threshold) if not threshold.heads and threshold.share >= Fraction(1, 2):
            return Kind.DECISION
        case Power():
            return Kind.DECISION if rule.by or _BY_BALLOT.search(rule.act.text) else Kind.POWER
        case Obligation(bearer=Actor() as bearer, act=act):
            if act.verb == "serve" and (_TERM.match(act.object) or any(isinstance(time, For) for time in rule.times)):
                return Kind.DECLARATION
            return Kind.DECISION if _decides(bearer, act.verb, f"{act.object} {act.rest}") else Kind.OBLIGATION
        case Obligation(bearer=None, act=act) if act.verb == "decide" or (
            act.verb == "make" and _THE_DECISION.match(act.object)
        ):
            return Kind.DECISION
        case Obligation(bearer=None, act=act) if act.verb in _SETTLED and _ELSEWHERE.search(act.text):
            return Kind.DECLARATION
        case Obligation(act=act) if act.verb in _OUTCOMES and (act.verb != "accept" or _PROPOSED.search(act.object)):
            return Kind.DECISION
        case Prohibition(bearer=Actor() as bearer, act=act) if act.verb in _FALLS and _PROPOSED.match(_bare(bearer)):
            return Kind.DECISION
        case Permission():
            if not _changes(rule):
                return Kind.PERMISSION
            return Kind.DECISION if _BY_BALLOT.search(rule.act.text) and rule.act.verb != "vote" else Kind.POWER
        case Declaration(text=text):
            nothing = text.startswith("No ") and _ALLOWED.search(text) is not None
            if re.match(r"There\s(?:shall|will|must|may)\sbe\sno\s", text) or _BARRED.search(text) or nothing:
                return Kind.PROHIBITION
            return Kind.PERMISSION if _ALLOWED.search(text) else Kind.DECLARATION
    return next((kind for of, kind in KINDS if isinstance(rule, of)), Kind.DECLARATION)


_FALLS = {"advance", "carry", "land", "merge", "pass", "proceed"}
"""What a proposal may not do that is not decided for it."""


def _bare(who: Actor) -> str:
    return who.roles[0].rpartition(" ")[2]


def _decides(bearer: Actor, verb: str, what: str) -> bool:
    """Whether a duty is how something is decided: who has how many votes, who decides."""
    if verb in ("have", "cast", "exercise"):
        return _VOTES.match(what) is not None
    if verb == "break" and _TIES.match(what):
        return True
    if not somebody(say_actor(bearer)):
        return False
    return (
        verb == "decide"
        or (verb == "elect" and _BY_BALLOT.search(what) is not None)
        or (verb == "determine" and _DECIDING.match(what) is not None)
        or (verb in ("make", "take") and _THE_DECISION.match(what) is not None)
    )


def _changes(rule: Permission) -> bool:
    """Whether what a permission permits changes rules, offices, membership or what others must do."""
    who = say_actor(rule.bearer) if rule.bearer is not None else None
    if who is not None and rule.bearer is not None and not somebody(who) and rule.act.verb in ("occur", "happen", "take"):
        noun = rule.bearer.roles[0].split(" of ")[0].rpartition(" ")[2].lower()
        return is_power(Act(lexicon.current().nouns.get(noun, "")), who=None)
    return is_power(rule.act, who=who)


def bearer_of(rule: Rule) -> str | None:
    """Whose duty, right or vote a rule is, in words, None when it is nobody's or the text does not say."""
    match rule:
        case Obligation(bearer=Actor() as who) | Prohibition(bearer=Actor() as who) | Permission(bearer=Actor() as who):
            return _named(who)
        case Power(bearer=Actor() as who) | ForkRight(who=who):
            return _named(who)
        case Initiative(threshold=threshold):
            return threshold.body or None
        case Vote(holder=holder):
            return holder
        case Quorum(threshold=threshold) | Course(quorum=Threshold() as threshold):
            return threshold.body or None
        case Decision(alternatives=alternatives):
            bodies = (
                ballot.body
                for tests in alternatives
                for ballot in tests
                if isinstance(ballot, Threshold | Objections | Unmeasured)
            )
            return " or ".join(dict.fromkeys(body for body in bodies if body)) or None
        case Declaration("status" | "composition", text=text):
            return _spoken_of(text)
        case Cessation(role=role):
            return _spoken_of(role)
        case _:
            return None


def _named(who: Actor) -> str | None:
    if not somebody(say_actor(who)) and not any(map(somebody, who.roles[1:])):
        return None
    return f" {who.joint} ".join(who.roles) + (f" {who.qualifier}" if who.qualifier else "")


_BINDS = re.compile(r"(?<!who)(?<!which)(?<!that)\s(?:shall|must|will|may|can|cannot|needs?(?=\snot))\b")
_DONE = re.compile(r"\s\w+(?:\snot)?(?:\sbe)?\s(?:\w+ly\s)?([a-z]+)")
_MADE_OF = re.compile(
    r"\s(?:(?:shall|must|will|may)\s)?(?:consists?|be\s(?:composed|comprised))\sof(?!\w)|\s(?:is|are|(?:shall|will|must)\sbe)\s(?:open\sto|the\sresponsibility\sof)(?!\w)"
)
_BARRED = re.compile(r"\s(?:is|are)\s(?:not\s(?:permitted|allowed)|prohibited|forbidden|banned|barred)(?!\w)")
_ALLOWED = re.compile(r"^(?:(?!\s(?:shall|must|will|may)\s).)*\s(?:is|are)\s(?:only\s)?(?:permitted|allowed)(?!\w)")
_VERB = re.compile(r"\s(?:shall|must|will|may|can|cannot|is|are|has|have|consists?|need|needs|does|do)\b")


def _spoken_of(text: str) -> str | None:
    """The subject of a statement when it is somebody."""
    main = text
    verb = _BINDS.search(main) or _VERB.search(main)
    subject = main[: verb.start()] if verb else main
    front, comma, last = subject.rpartition(", ")
    if comma and re.match(
        r"(?:[Ii]n|[Ii]f|[Ww]hen|[Aa]t|[Ff]or|[Uu]nless|[Dd]uring|[Uu]pon|[Aa]fter|[Bb]efore|[Ss]ubject|[Ww]here)\b", front
    ):
        subject = last
    done = _DONE.match(main, verb.start()) if verb else None
    if verb and _MADE_OF.match(main, verb.start()):
        return None
    held = done is not None and done[1] in ("considered", "deemed")
    if (
        (done and participle(done[1]) and not held)
        or not somebody(subject)
        or re.match(r"(?:There|It|Nothing|This)\b", subject)
    ):
        return None
    who = actor(subject)
    return (_named(who) if who else subject) or None


def says_no(rule: Rule) -> bool:
    """Whether a rule forbids or denies."""
    match rule:
        case Prohibition() | Entrenchment() | Moratorium() | AwardLimit() | Exclusion():
            return True
        case Abstention(counts=counts):
            return not counts
        case Declaration(text=text):
            verb = _BINDS.search(text) or _VERB.search(text)
            if _BARRED.search(text):
                return True
            denied = verb is not None and _NO.match(text, verb.start() + 1) is not None
            return denied or re.match(r"(?:No|Neither|Nothing|None)\s", text) is not None
        case _:
            return False
