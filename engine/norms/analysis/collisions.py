"""Rules of one text that cannot both be obeyed, and matters that are decided in two ways, only where that is sure.

Sure is: the same role, the same act to the last word, the same conditions, times that leave no way out, and no order between
the two. A rule with a condition more than the other is an exception to it, as every lawyer reads it, and no contradiction.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from syngraph.engine.norms.analysis.contradiction import body, circumstance, exclusive, ordered, rivals, topic
from syngraph.engine.norms.analysis.offices import Offices, normal
from syngraph.engine.norms.analysis.sections import Sections, where
from syngraph.engine.norms.analysis.spans import span
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.engine.text.clauses import PlacedRule
from syngraph.engine.text.findings import Finding, found
from syngraph.grammar.amounts import AtAllTimes, AtAnyTime, Time
from syngraph.grammar.rules import (
    Actor,
    Condition,
    Decision,
    Deed,
    Entrenchment,
    Link,
    Mode,
    Norm,
    Obligation,
    Permission,
    Power,
    Prohibition,
    Quantifier,
    Quorum,
    Threshold,
)
from syngraph.grammar.saying.phrasing import say_times

MAX_PARTNERS = 40
"""How many rules about the very same act a rule is held against, and of how many the first of a group is."""

MAX_SAID = 160
"""How many characters of another sentence a message repeats."""

Key = tuple[object, ...]

_POINTING = re.compile(
    r"\b(?:it|its|them|they|he|she|his|her|their|(?:this|these)(?! (?-i:[A-Z]))|those|that|such|so|same|other|others|another|"
    r"thereof|thereto|following|above|below|foregoing)\b",
    re.IGNORECASE,
)
"""Words that point to something said before, another thing each time (but `this Agreement` is always the same)."""
_EMPTY = frozenset({"do", "be", "have", "act"})
_WORDS = re.compile(r"[^\W_]+")


def contradictions(rules: Sequence[PlacedRule], sections: Sections, known: Offices) -> Iterator[Finding]:
    """SG501: what somebody must or may do by one rule and must not do by another, with neither above the other."""
    words = _Introduced(rules)
    for other, one, situation in _opposed(rules, sections, words):
        yield _contradiction(one, other, sections.spoken(situation))
    for other, one, situation in _reserved(rules, sections, known, words):
        yield _contradiction(one, other, sections.spoken(situation))
    for other, one, situation in _entrenched(rules, sections):
        yield _contradiction(one, other, sections.spoken(situation))


def two_ways(rules: Sequence[PlacedRule], sections: Sections) -> Iterator[Finding]:
    """SG502: one matter that the same body decides by two thresholds, or one quorum that is said twice."""
    groups: dict[Key, list[PlacedRule]] = {}
    for placed in rules:
        about = topic(placed.rule, sections)
        if about is None or not isinstance(placed.rule, Decision | Quorum) or _POINTING.search(" ".join(about)):
            continue
        key: Key = about
        if isinstance(placed.rule, Quorum):
            if not placed.rule.of_what:
                key = (*about, sections.path(placed.clause.section)[-1])
            key = (*key, body(placed.rule.threshold))
        else:
            bodies = frozenset(body(ballot) for tests in placed.rule.alternatives for ballot in tests)
            # What a meeting resolves is said for each kind of meeting; what becomes of a person or of the text is said once.
            general = placed.rule.matter.deed in (Deed.ADOPT, Deed.DECIDE)
            place = sections.path(placed.clause.section)[-1] if general else ""
            key = (*about, place, bodies, placed.rule.times, frozenset(placed.rule.conditions))
        groups.setdefault(key, []).append(placed)
    for group in groups.values():
        for index, later in enumerate(group[1:MAX_PARTNERS], 1):
            for one in group[:index]:
                if one.clause is not later.clause and _comparable(one, later) and (matter := rivals(one, later, sections)):
                    message = f"two thresholds for {sections.spoken(matter)}: {where(one)} has another, {_told(one)}"
                    help = "keep one of the two, or say which of them yields: “Subject to section ..., ...”"
                    yield found("SG502", message, later.clause.text, help)
                    break


def _told(placed: PlacedRule) -> str:
    """The sentence of a rule, or its beginning."""
    said = " ".join(placed.clause.sentence.text.split())
    return f"“{said}”" if len(said) <= MAX_SAID else f"“{said[:MAX_SAID]}...”"


def _comparable(one: PlacedRule, other: PlacedRule) -> bool:
    """Whether two decisions count in one way, or two quorums."""
    match one.rule, other.rule:
        case Quorum(), Quorum():
            return True
        case Decision() as a, Decision() as b:
            kinds = [[type(ballot) for tests in rule.alternatives for ballot in tests] for rule in (a, b)]
            return kinds[0] == kinds[1] and all(kind is Threshold for kind in kinds[0])
        case _:
            return False


def _contradiction(one: PlacedRule, other: PlacedRule, situation: str) -> Finding:
    help = (
        f"say which of them yields: begin one with “Subject to section {other.clause.number or other.clause.section}, ...” "
        "or “Notwithstanding section ..., ...”, or give one a condition that the other has not"
    )
    return found("SG501", f"this cannot be obeyed together with {where(other)}: {situation}", one.clause.text, help)


# -- shall and shall not -----------------------------------------------------------------------------------------------


def _opposed(
    rules: Sequence[PlacedRule], sections: Sections, words: "_Introduced"
) -> Iterator[tuple[PlacedRule, PlacedRule, str]]:
    """Pairs of rules in the order of the text, each later rule with one earlier, and the situation in which both bind."""
    forbidding: dict[Key, list[PlacedRule]] = {}
    asking: dict[Key, list[PlacedRule]] = {}
    for placed in rules:
        rule = placed.rule
        if not isinstance(rule, Norm) or not _is_definite(rule):
            continue
        same, against = (forbidding, asking) if isinstance(rule, Prohibition) else (asking, forbidding)
        keys = _keys(rule)
        told = False
        for key in keys:
            for other in islice(against.get(key, ()), MAX_PARTNERS):
                no, yes = (placed, other) if isinstance(rule, Prohibition) else (other, placed)
                if not told and _binds_both(no, yes, sections, words):
                    told = True
                    yield other, placed, _situation(no, yes, str(key[0]))
            same.setdefault(key, []).append(placed)


def _keys(rule: Norm) -> list[Key]:
    """What a rule must share with another to be about the same: a role (with what qualifies it), the act, the conditions."""
    act = rule.act
    done = (act.verb, plain(act.object), normal(act.to), act.rest.casefold(), act.manner.casefold(), act.amount)
    actor = rule.bearer
    conditions = frozenset((condition.link in _TURNED, condition.test) for condition in rule.conditions)
    if actor is None:
        return [("", "", 0, done, conditions)]
    shared = len(actor.roles) > 1 and (isinstance(rule, Permission | Power) or actor.joint == "or")
    roles = [" ".join(actor.roles)] if shared and not isinstance(rule, Prohibition) else list(dict.fromkeys(actor.roles))
    return [(normal(role), actor.qualifier.casefold(), actor.count, done, conditions) for role in roles]


_TURNED = (Link.UNLESS, Link.EXCEPT)


def _is_definite(rule: Norm) -> bool:
    """Whether it is clear by itself who and what a rule is about."""
    actor, act = rule.bearer, rule.act
    if actor is not None and any(_POINTING.search(role) for role in actor.roles):
        return False
    if (act.verb in _EMPTY and not act.object and not act.rest) or _POINTING.search(f"{act.object} {act.to} {act.rest}"):
        return False
    return not any(condition.link is Link.SETTING or _points(condition) for condition in rule.conditions)


def _points(condition: Condition) -> bool:
    return _POINTING.search(circumstance(condition)) is not None


def _binds_both(no: PlacedRule, yes: PlacedRule, sections: Sections, words: "_Introduced") -> bool:
    a, b = no.rule, yes.rule
    if not isinstance(a, Norm) or not isinstance(b, Norm):
        return False
    if no.clause is yes.clause and not isinstance(b, Obligation):
        return False
    if exclusive(a.conditions, b.conditions) or ordered(no, yes, sections) or not _no_way_out(a, b):
        return False
    return no.clause.section == yes.clause.section or not words.differ(a.act.object, no, yes)


def _no_way_out(no: Norm, yes: Norm) -> bool:
    """Whether the times of a prohibition leave no time for what another rule asks for or allows."""
    never, then = _real(no.times), _real(yes.times)
    if never == then:
        return True
    if isinstance(yes, Permission | Power):
        return False  # what may be done at one time and must not be done in general is an exception
    if not never:
        return True
    if isinstance(yes, Obligation) and yes.mode is Mode.MAINTAIN:
        return False
    closed, wanted = span(never), span(then)
    return bool(then) and closed.exact and wanted.exact and not wanted.empty and wanted.within(closed)


def _real(times: Iterable[Time]) -> tuple[Time, ...]:
    return tuple(time for time in times if not isinstance(time, AtAllTimes | AtAnyTime))


def _situation(no: PlacedRule, yes: PlacedRule, role: str) -> str:
    """Who has to do what, and when, and must not."""
    a, b = no.rule, yes.rule
    assert isinstance(a, Norm) and isinstance(b, Norm)
    named = [one for one in b.bearer.roles if normal(one) == role] if b.bearer is not None else []
    who = _whom(b.bearer, named[0] if named else role) if role else "whoever it is"
    said = "has to" if isinstance(b, Obligation) else "may"
    return f"{who} {said} {b.act.text}{_when(b.times)}, and must not{_when(a.times)}{_circumstances(b, a)}"


def _whom(actor: Actor | None, role: str) -> str:
    qualifier = f" {actor.qualifier}" if actor is not None and actor.qualifier else ""
    article = "an" if role[:1].casefold() in "aeio" else "a"
    if actor is not None and actor.quantifier is Quantifier.THE:
        article = "the"
    elif actor is not None and actor.quantifier is Quantifier.NAMED:
        article = ""
    return f"{article} {role}{qualifier}".strip()


def _when(times: tuple[Time, ...]) -> str:
    said = say_times(times).strip()
    return f" {said}" if said else ""


def _circumstances(*rules: Norm) -> str:
    return "".join(f", {words}" for words in dict.fromkeys(circumstance(each) for rule in rules for each in rule.conditions))


class _Introduced:
    """Whether a thing in small letters is introduced by each section for itself, so that two sections mean two things."""

    def __init__(self, rules: Sequence[PlacedRule]) -> None:
        self.rules = rules
        self.known: dict[str, frozenset[str]] | None = None

    def differ(self, thing: str, one: PlacedRule, other: PlacedRule) -> bool:
        """Whether `the report` of one section need not be that of the other."""
        head = noun(thing).head
        if not head or not thing.casefold().startswith("the ") or not thing[4:5].islower():
            return False
        known = self._sections()
        return any(head in known.get(placed.clause.section, frozenset()) for placed in (one, other))

    def _sections(self) -> Mapping[str, frozenset[str]]:
        if self.known is None:
            found: dict[str, set[str]] = {}
            for placed in self.rules:
                words = [word.casefold() for word in _WORDS.findall(placed.clause.text.string)]
                marks = [index for index, word in enumerate(words) if word in ("a", "an", "any", "each", "every")]
                near = {normal(word) for index in marks for word in words[index + 1 : index + 5]}
                found.setdefault(placed.clause.section, set()).update(near)
            self.known = {section: frozenset(near) for section, near in found.items()}
        return self.known


# -- what only one may do ----------------------------------------------------------------------------------------------


def _reserved(
    rules: Sequence[PlacedRule], sections: Sections, known: Offices, words: "_Introduced"
) -> Iterator[tuple[PlacedRule, PlacedRule, str]]:
    """What only one role may do, and another has to or may, where by the register nobody has both roles."""
    owned: dict[Key, list[tuple[int, PlacedRule, Norm]]] = {}
    if not known.who:
        return
    for order, placed in enumerate(rules):
        if isinstance(placed.rule, Permission | Power) and placed.rule.only and _is_definite(placed.rule):
            owned.setdefault(_keys(placed.rule)[0][3:], []).append((order, placed, placed.rule))
    for order, placed in enumerate(rules):
        rule = placed.rule
        if not isinstance(rule, Obligation | Permission | Power) or not _is_definite(rule):
            continue
        for owner, only, reserved in islice(owned.get(_keys(rule)[0][3:], ()), MAX_PARTNERS):
            if isinstance(rule, Permission | Power) and rule.only and owner > order:
                continue  # two who are each alone are told of at the later one
            if placed.clause is only.clause or not _are_strangers(reserved.bearer, rule.bearer, known):
                continue
            same = placed.clause.section == only.clause.section or not words.differ(rule.act.object, placed, only)
            if same and not ordered(only, placed, sections) and rule.times == reserved.times and rule.bearer is not None:
                said = "has to" if isinstance(rule, Obligation) else "may"
                one = _whom(rule.bearer, " or ".join(rule.bearer.roles))
                alone = _whom(reserved.bearer, " or ".join(reserved.bearer.roles)) if reserved.bearer is not None else ""
                first, second = (only, placed) if owner < order else (placed, only)
                situation = f"{one} {said} {rule.act.text}{_when(rule.times)}, and only {alone} may"
                yield first, second, situation + _circumstances(rule, reserved)
                break


def _are_strangers(one: Actor | None, other: Actor | None, known: Offices) -> bool:
    """Whether everybody who has a role of the one has none of the other, by the register."""
    if one is None or other is None or one.qualifier or other.qualifier:
        return False
    sides = [[known.who.get(normal(role), frozenset()) for role in actor.roles] for actor in (one, other)]
    if not all(held for side in sides for held in side):
        return False
    return not frozenset[str]().union(*sides[0]) & frozenset[str]().union(*sides[1])


# -- what may never be amended -----------------------------------------------------------------------------------------


def _entrenched(rules: Sequence[PlacedRule], sections: Sections) -> Iterator[tuple[PlacedRule, PlacedRule, str]]:
    """What may not be decided at all, and is said to be decided by a vote."""
    closed: dict[Key, tuple[int, PlacedRule]] = {}
    for order, placed in enumerate(rules):
        if isinstance(placed.rule, Entrenchment):
            for key in _matters(placed.rule, sections):
                closed.setdefault(key, (order, placed))
    for order, placed in enumerate(rules):
        rule = placed.rule
        if not isinstance(rule, Decision) or rule.conditions or rule.priority or rule.times:
            continue
        for key in _matters(rule, sections):
            if key in closed and closed[key][1].clause is not placed.clause:
                place, bar = closed[key]
                first, second = (bar, placed) if place < order else (placed, bar)
                what = " ".join(filter(None, (rule.matter.verb, rule.matter.subject, rule.matter.detail)))
                yield first, second, f"a vote may {what}, and no vote may"
                break


def _matters(rule: Decision | Entrenchment, sections: Sections) -> list[Key]:
    matter = rule.matter
    if matter.sections:
        return [(matter.deed, matter.verb, plain(matter.detail), sections.named(name) or name) for name in matter.sections]
    subject = plain(matter.subject)
    return [] if not subject or _POINTING.search(subject) else [(matter.deed, matter.verb, plain(matter.detail), subject)]
