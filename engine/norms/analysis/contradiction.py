"""Two rules against each other: whether both can be obeyed, whether they decide one matter differently."""

from typing import assert_never

from syngraph.engine.norms.analysis.sections import Sections
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.engine.text.clauses import PlacedRule
from syngraph.grammar.rules import (
    Actor,
    Ballot,
    Condition,
    Decision,
    Fails,
    Happens,
    Late,
    Link,
    Measured,
    Norm,
    Objections,
    Obligation,
    Permission,
    Power,
    Prohibition,
    Quorum,
    Rule,
    Threshold,
    Unknown,
)

_ANYBODY = frozenset({"person", "one", "anyone", "anybody", "nobody", "everyone", "everybody", "somebody"})
_WITHOUT = ("other than", "except", "but not", "save")


def topic(rule: Rule, sections: Sections) -> tuple[str, ...] | None:
    """What a rule is about: only rules with one topic can stand against each other. None where nothing can."""
    match rule:
        case Obligation() | Prohibition() | Permission() | Power():
            return "act", rule.act.verb
        case Decision(matter=matter):
            named = sorted(sections.named(name) or name for name in matter.sections)
            return "decision", matter.deed.value, plain(matter.detail), *(named or [plain(matter.subject)])
        case Quorum(of_what=of_what):
            return "quorum", plain(of_what)
        case _:
            return None


def clash(one: PlacedRule, other: PlacedRule, sections: Sections) -> str:
    """The situation in which two rules cannot both be obeyed, in words; "" where there is none.

    Whoever must or may do something must not do it; or only somebody else may. A rule that stands above the other or gives way
    to it is no contradiction, nor are conditions of which one holds only while the other does not.
    """
    for first, second in ((one, other), (other, one)):
        a, b = first.rule, second.rule
        if isinstance(a, Prohibition) and isinstance(b, Obligation | Permission | Power):
            found = _forbidden(a, b)
        elif isinstance(a, Permission | Power) and a.only and isinstance(b, Obligation | Permission | Power):
            found = _reserved(a, b)
        else:
            continue
        if found and not ordered(first, second, sections) and not exclusive(a.conditions, b.conditions):
            return found + "".join(f", {words}" for words in dict.fromkeys(map(circumstance, (*b.conditions, *a.conditions))))
    return ""


def rivals(one: PlacedRule, other: PlacedRule, sections: Sections) -> str:
    """The matter that two rules decide by different thresholds, in words; "" where they do not."""
    match one.rule, other.rule:
        case Decision() as a, Decision() as b:
            differ = a.alternatives != b.alternatives and a.conditions == b.conditions
            bodies = [{body(ballot) for tests in rule.alternatives for ballot in tests} - {""} for rule in (a, b)]
            same = bodies[0] == bodies[1] or not (bodies[0] and bodies[1])
            words = " ".join(filter(None, ("how to", a.matter.verb, a.matter.subject, a.matter.detail)))
            return words if differ and same and not ordered(one, other, sections) else ""
        case Quorum() as a, Quorum() as b:
            same = body(a.threshold) == body(b.threshold) or "" in (body(a.threshold), body(b.threshold))
            return f"the quorum{' of ' if a.of_what else ''}{a.of_what}" if a != b and same else ""
        case _:
            return ""


# -- acts --------------------------------------------------------------------------------------------------------------


def _forbidden(rule: Prohibition, other: Obligation | Permission | Power) -> str:
    """In words, that a rule forbids what the other asks for or allows; "" where it does not."""
    act, wanted = rule.act, other.act
    same = (
        act.verb == wanted.verb
        and (not act.object or noun(act.object) == noun(wanted.object))
        and (not act.to or noun(act.to) == noun(wanted.to))
        and act.rest in ("", wanted.rest)
        and act.manner in ("", wanted.manner)
        and act.amount in (None, wanted.amount)
        and rule.times in ((), other.times)
    )
    role = _shared(rule.bearer, other.bearer)
    if not same or not role:
        return ""
    said = "has to" if isinstance(other, Obligation) else "may"
    return f"a {role} {said} {wanted.text}, and must not"


def _reserved(rule: Permission | Power, other: Obligation | Permission | Power) -> str:
    """In words, that only others may do what a rule asks of somebody or allows them; "" where it is not so."""
    act, wanted = rule.act, other.act
    same = act.verb == wanted.verb and noun(act.object) == noun(wanted.object) and act.rest == wanted.rest
    if not same or rule.bearer is None or other.bearer is None or _roles(rule.bearer) & _roles(other.bearer):
        return ""
    if getattr(other, "only", False) is False and _roles(other.bearer) & _ANYBODY:
        return ""
    said = "has to" if isinstance(other, Obligation) else "may"
    return f"a {' and '.join(other.bearer.roles)} {said} {wanted.text}, and only a {' or '.join(rule.bearer.roles)} may"


def _shared(one: Actor | None, other: Actor | None) -> str:
    """A role that both rules speak of, "" for none."""
    if one is None or other is None:
        return ""
    if one.qualifier != other.qualifier and any(actor.qualifier.startswith(_WITHOUT) for actor in (one, other)):
        return ""
    general = _roles(one) & _ANYBODY
    found = next((role for role in other.roles if general or role.casefold() in _roles(one)), "")
    qualifier = one.qualifier or other.qualifier
    return f"{found} {qualifier}".strip() if found else ""


def _roles(actor: Actor) -> frozenset[str]:
    return frozenset(role.casefold() for role in actor.roles)


# -- order and conditions ----------------------------------------------------------------------------------------------


def ordered(one: PlacedRule, other: PlacedRule, sections: Sections) -> bool:
    """Whether one of two rules says how it stands to the other."""
    return any(
        not priority.sections or any(sections.named(name) in sections.path(second.clause.section) for name in priority.sections)
        for first, second in ((one, other), (other, one))
        if isinstance(first.rule, Norm | Decision)
        for priority in first.rule.priority
    )


def exclusive(one: tuple[Condition, ...], other: tuple[Condition, ...]) -> bool:
    """Whether a condition of the one is that the other's is absent."""
    turned = (Link.UNLESS, Link.EXCEPT)
    return any(a.test == b.test and (a.link in turned) != (b.link in turned) for a in one for b in other)


def circumstance(condition: Condition) -> str:
    """A condition in words (`if the Tool is broken`)."""
    match condition.test:
        case Unknown(text=text) | Measured(text=text):
            words = text
        case Happens(event=event):
            words = event.text
        case Fails(event=event):
            words = f"{event.text} is not done in time"
        case Late(subject=subject):
            words = f"{subject or 'it'} is late"
        case _:
            assert_never(condition.test)
    return f"{condition.link.value} {words}"


def body(ballot: Ballot) -> str:
    """The role, in lower case, of those who vote in a ballot; "" where it does not say."""
    return ballot.body.casefold() if isinstance(ballot, Threshold | Objections) else ""
