"""The arbitration clause: what the text in force when a dispute arose says of it, each term with the sentence it rests on.

Where the text is silent a default holds (`defaults`), and is named as the ground.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil, floor

from syngraph.engine.disputes import defaults
from syngraph.engine.disputes.covering import covers
from syngraph.engine.disputes.dispute import Dispute
from syngraph.engine.disputes.grounds import Ground, Provided
from syngraph.engine.governance.governing import Governing
from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.days.calendar import calendar as calendar_of
from syngraph.engine.norms.words.wording import plain
from syngraph.engine.text.clauses import Clause as Sentence
from syngraph.engine.text.clauses import PlacedRule
from syngraph.grammar.amounts import Duration, Event, For, Limit, Within
from syngraph.grammar.lexicon import singular
from syngraph.grammar.rules import (
    Arbitration,
    AwardEffect,
    AwardLimit,
    AwardTime,
    Base,
    Comparison,
    Decision,
    Declaration,
    DefaultAppointment,
    Definition,
    Obligation,
    Permission,
    Power,
    Prohibition,
    Quantifier,
    Threshold,
)
from syngraph.grammar.sentence import Kind

PRESIDING = "presiding arbitrator"
"""The kind of the declaration that the presiding arbitrator decides alone where there is no majority."""

_PARTIES = frozenset({"party", "side", "claimant", "respondent", "claimant and respondent"})
_PANEL = frozenset({"arbitrator", "tribunal", "arbitral tribunal", "panel"})
_TWO = re.compile(
    r"(?:the\s)?(?:other\s)?two(?:\s(?:arbitrators|so\sappointed|others|party-appointed\sarbitrators))*$", re.IGNORECASE
)
_LAST = re.compile(r"\b(?:third|fifth|last|presiding)\b", re.IGNORECASE)
_ABOUT_DISPUTES = re.compile(r"\b(?:arbitrat\w+|awards?|disputes?|tribunal)\b", re.IGNORECASE)


class Side(StrEnum):
    """A side of a dispute, which appoints an arbitrator of its own."""

    CLAIMANTS = "the claimants"
    RESPONDENTS = "the respondents"


@dataclass(frozen=True, slots=True)
class Jointly:
    """The parties appoint together."""


@dataclass(frozen=True, slots=True)
class Colleagues:
    """The other arbitrators appoint."""


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody whom the text names appoints, as it names them (`the Chair`)."""

    phrase: str


Appointer = Side | Jointly | Colleagues | Office


@dataclass(frozen=True, slots=True)
class Extending:
    """Who may extend the time for the award, by at most `most` in all (None: any)."""

    who: Appointer
    most: Duration | None


@dataclass(frozen=True)
class Clause:
    """The terms of an arbitration. `seats` are in their order, of several the presiding arbitrator is the last.

    `authority` is None where the text names nobody who appoints in default. `time` is None where the award has no time limit.
    `needed` is how many arbitrators make an award, None where the text says so in a way that cannot be counted. `doubts` are
    binding sentences about disputes that were not read.
    """

    governing: Governing
    sentence: PlacedRule
    scope: str
    seats: tuple[Provided[Appointer], ...]
    authority: Provided[Office] | None
    authority_after: Provided[tuple[Duration, Event]]
    time: Provided[tuple[Duration, Event]] | None
    needed: Provided[int | None]
    presiding: PlacedRule | None
    extending: tuple[Provided[Extending], ...]
    limits: tuple[PlacedRule, ...]
    stay: PlacedRule | None
    final: Ground
    doubts: tuple[Sentence, ...]

    @property
    def calendar(self) -> Calendar:
        """The calendar of the text."""
        return calendar_of(self.governing.manifest.zone, self.governing.manifest.holidays)

    def meant(self, phrase: str, day: date) -> frozenset[str]:
        """The ids of those whom a phrase of the text means on a day, through a definition where there is one."""
        roles = self.governing.roles
        found = roles.meant(phrase, day)
        if found:
            return found
        term = plain(phrase)
        bodies = {
            placed.rule.body
            for placed in self.governing.rules
            if isinstance(placed.rule, Definition) and plain(placed.rule.term) == term
        }
        return roles.meant(bodies.pop(), day) if len(bodies) == 1 else frozenset()


def clause(governing: Governing, dispute: Dispute) -> Clause | None:
    """What a text says of the arbitration of a dispute; None where it sends no such dispute to arbitration.

    Of several sentences the first that covers the dispute counts, or else the first of which it cannot be told.
    """
    found = [placed for placed in governing.rules if _sends(placed) is not None]
    judged = [(placed, covers(_sends(placed) or "", governing, dispute)) for placed in found]
    for wanted in (True, None):
        for placed, covering in judged:
            if covering is wanted:
                return _terms(governing, placed)
    return None


# -- the terms ---------------------------------------------------------------------------------------------------------


def _sends(placed: PlacedRule) -> str | None:
    """Which disputes a rule sends to arbitration, as written; None for any other rule."""
    match placed.rule:
        case Arbitration(scope=scope):
            return scope
        case Obligation(act=act) if act.verb in ("settle", "resolve", "decide", "determine") and "by arbitration" in act.rest:
            return act.object
        case _:
            return None


def _terms(governing: Governing, sentence: PlacedRule) -> Clause:
    rules = governing.rules
    rule = sentence.rule
    many: Provided[int] = Provided(rule.arbitrators, sentence) if isinstance(rule, Arbitration) else defaults.number()
    default = next((placed for placed in rules if isinstance(placed.rule, DefaultAppointment)), None)
    timed = next((_timed(placed) for placed in rules if _timed(placed) is not None), None)
    stay = next((placed for placed in rules if _may(placed, "stay")), None)
    presiding = next((each for each in rules if isinstance(each.rule, Declaration) and each.rule.kind == PRESIDING), None)
    return Clause(
        governing=governing,
        sentence=sentence,
        scope=_sends(sentence) or "",
        seats=_seats(rules, sentence, many),
        authority=_authority(default),
        authority_after=_authority_after(rules, default),
        time=timed,
        needed=_needed(rules, many.value),
        presiding=presiding,
        extending=(*_extending(rules), Provided(Extending(Jointly(), None), defaults.extension())),
        limits=tuple(placed for placed in rules if _limits(placed)),
        stay=stay,
        final=next((placed for placed in rules if isinstance(placed.rule, AwardEffect)), defaults.finality()),
        doubts=tuple(_unread(governing)),
    )


def _seats(rules: tuple[PlacedRule, ...], sentence: PlacedRule, many: Provided[int]) -> tuple[Provided[Appointer], ...]:
    """Who appoints each arbitrator: as the sentence says, else another one, else the defaults."""
    count = many.value
    first: Provided[Appointer] | None = None
    last: Provided[Appointer] | None = None
    each = False
    appointed = sentence.rule.appointed_by if isinstance(sentence.rule, Arbitration) else ()
    if appointed:
        first, each = Provided(_appointer(appointed[0]), sentence), _is_each(appointed[0])
        last = Provided(_appointer(appointed[1]), sentence) if len(appointed) > 1 else None
    for placed in rules:
        rule = placed.rule
        if not isinstance(rule, Obligation | Power | Permission) or rule.bearer is None or rule.act.verb != "appoint":
            continue
        if rule.conditions or not _appoints(rule.act.object):
            continue
        who = _appointer(_bearer(rule.bearer.roles[0], rule.bearer.quantifier))
        if _LAST.search(rule.act.object) or isinstance(who, Colleagues):
            last = last or Provided(who, placed)
        elif first is None:
            first, each = Provided(who, placed), rule.bearer.quantifier is Quantifier.EACH
    if first is None and count == 1:
        return (Provided(Jointly(), defaults.sole()),)
    if first is None and count == 3:
        first, each = Provided(Jointly(), defaults.party_appointed()), True
    if first is None:
        by_all: Provided[Appointer] = Provided(Jointly(), defaults.agreed_number())
        return (by_all,) * count
    if count == 1:
        return (Provided(Jointly(), first.ground) if each else first,)
    if not each:
        return (first,) * (count - 1) + (last or first,)
    sides: list[Provided[Appointer]] = [Provided(side, first.ground) for side in Side for _ in range(count // 2)]
    if count % 2:
        sides.append(last or Provided(Colleagues(), defaults.third()))
    return tuple(sides)


def _appoints(thing: str) -> bool:
    """Whether what is appointed is an arbitrator (`one arbitrator`, `the third`)."""
    return "arbitrator" in thing.casefold() or re.fullmatch(r"(?:the|a)\s(?:third|fifth|last)", thing) is not None


def _bearer(role: str, quantifier: Quantifier) -> str:
    return role if quantifier in (Quantifier.NAMED, Quantifier.EACH) else f"the {role}"


def _is_each(phrase: str) -> bool:
    return phrase.casefold().startswith(("each ", "every "))


def _appointer(phrase: str) -> Appointer:
    """Who appoints, by the words for it; of each party it is not told here which."""
    if _TWO.match(phrase) or singular(plain(phrase)) in _PANEL:
        return Colleagues()
    if singular(plain(phrase).removeprefix("both ")) in _PARTIES:
        return Jointly()
    return Office(phrase)


def _authority(default: PlacedRule | None) -> Provided[Office] | None:
    if default is None or not isinstance(default.rule, DefaultAppointment):
        return None
    return Provided(Office(default.rule.appointer), default)


def _authority_after(rules: tuple[PlacedRule, ...], default: PlacedRule | None) -> Provided[tuple[Duration, Event]]:
    """After which time from which event an appointment in default may be made."""
    if default is not None and isinstance(default.rule, DefaultAppointment):
        return Provided((default.rule.within, default.rule.after), default)
    for placed in rules:
        rule = placed.rule
        if isinstance(rule, Obligation) and rule.act.verb == "appoint" and _appoints(rule.act.object):
            for time in rule.times:
                if isinstance(time, Within) and isinstance(time.after, Event):
                    return Provided((time.duration, time.after), placed)
    thirty = defaults.appointment_time()
    return Provided((thirty.value, Event("the claim")), thirty.ground)


def _timed(placed: PlacedRule) -> Provided[tuple[Duration, Event]] | None:
    """The time for the award, where a rule sets it."""
    match placed.rule:
        case AwardTime(duration, after):
            return Provided((duration, after), placed)
        case Obligation(bearer=None, act=act, times=(Within(duration, Event() as after),)) if (
            act.verb in ("make", "issue", "deliver", "render") and plain(act.object) == "award"
        ):
            return Provided((duration, after), placed)
        case _:
            return None


def _needed(rules: Iterable[PlacedRule], arbitrators: int) -> Provided[int | None]:
    """How many arbitrators make an award."""
    for placed in rules:
        rule = placed.rule
        if not isinstance(rule, Decision) or singular(plain(rule.matter.subject)) not in ("award", "decision of arbitrator"):
            continue
        tests = rule.alternatives[0] if len(rule.alternatives) == 1 else ()
        if rule.conditions or rule.times or len(tests) != 1 or not isinstance(tests[0], Threshold):
            return Provided(None, placed)
        return Provided(_heads(tests[0], arbitrators), placed)
    usual = defaults.majority(arbitrators)
    return Provided(usual.value, usual.ground)


def _heads(test: Threshold, arbitrators: int) -> int | None:
    if (test.body and singular(plain(test.body)) not in _PANEL) or test.excluding or test.base in (Base.CAST, Base.PRESENT):
        return None
    if test.heads:
        return test.heads
    out_of = test.share * (arbitrators - test.minus)
    return floor(out_of) + 1 if test.comparison is Comparison.MORE_THAN else ceil(out_of)


def _may(placed: PlacedRule, verb: str) -> bool:
    """Whether a rule lets the arbitrators do something."""
    match placed.rule:
        case Permission(bearer=bearer, act=act, conditions=()) | Power(bearer=bearer, act=act, conditions=()):
            return bearer is not None and act.verb == verb and singular(plain(bearer.roles[0])) in _PANEL
        case _:
            return False


def _extending(rules: Iterable[PlacedRule]) -> Iterator[Provided[Extending]]:
    for placed in rules:
        match placed.rule:
            case Permission(bearer=bearer, act=act, times=times) | Power(bearer=bearer, act=act, times=times) if (
                act.verb == "extend" and bearer is not None and not placed.rule.conditions and not act.rest
            ):
                most = [time.duration for time in times if isinstance(time, For) and time.limit is not Limit.AT_LEAST]
                if re.search(r"\b(?:time|period)\b", act.object) and len(most) == len(times) <= 1:
                    who = _appointer(_bearer(bearer.roles[0], bearer.quantifier))
                    yield Provided(Extending(who, most[0] if most else None), placed)
            case _:
                pass


def _limits(placed: PlacedRule) -> bool:
    """Whether a rule takes something from the arbitrators."""
    match placed.rule:
        case AwardLimit():
            return True
        case Prohibition(bearer=bearer) if bearer is not None:
            return any(singular(plain(role)) in _PANEL for role in bearer.roles)
        case _:
            return False


def _unread(governing: Governing) -> Iterator[Sentence]:
    """The binding sentences about disputes that were not read: any of them may bear on an award."""
    for sentence in governing.clauses:
        kind = sentence.sentence.kind
        unread = kind is Kind.AMBIGUOUS or (kind is Kind.UNREAD and sentence.sentence.binding)
        if unread and not sentence.prose and _ABOUT_DISPUTES.search(sentence.text.string):
            yield sentence
