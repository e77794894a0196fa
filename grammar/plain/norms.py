"""Duties, prohibitions, permissions and powers in plain words."""

from syngraph.grammar import rules as r
from syngraph.grammar.plain.points import Explanation, Point, Topic, conditions, explained, haste, order, sums, whens, words
from syngraph.grammar.plain.votes import ballot, strict
from syngraph.grammar.saying.phrasing import say_actor, say_duration


def norm(rule: r.Norm) -> Explanation:
    """What somebody must, must not or may do."""
    return explained(
        _says(rule),
        *whens(rule.times),
        *conditions(rule.conditions),
        *order(rule.priority),
        *sums(rule.act.amount, rule.act.text),
        *_further(rule),
        *_bearer(rule.bearer),
        *haste(rule.times),
    )


def _says(rule: r.Norm) -> str:
    act = rule.act.text
    who = say_actor(rule.bearer) if rule.bearer is not None else ""
    match rule:
        case r.Obligation():
            return f"{who or 'somebody'} must {act}"
        case r.Prohibition(bearer=None):
            return f"nobody may {act}"
        case r.Prohibition(bearer=r.Actor(quantifier=r.Quantifier.ANY)):
            return f"no {who.partition(' ')[2]} may {act}"
        case r.Prohibition(bearer=r.Actor(quantifier=r.Quantifier.EITHER)):
            return f"neither {who.partition(' ')[2]} may {act}"
        case r.Prohibition(bearer=r.Actor(quantifier=r.Quantifier.ALL | r.Quantifier.EACH) as all_of):
            if len(all_of.roles) == 1:
                return f"no {all_of.roles[0]}{f' {all_of.qualifier}' if all_of.qualifier else ''} may {act}"
            return f"none of these may {act}: {who}"
        case r.Prohibition():
            return f"{who} must not {act}"
        case r.Permission(only=only) | r.Power(only=only):
            return f"{'only ' if only else ''}{who or 'somebody'} may {act}"


def _further(rule: r.Norm) -> list[Point]:
    """What one kind of norm has and the others have not, and what nobody says."""
    match rule:
        case r.Obligation():
            points = [] if rule.bearer is None else [Point(Topic.OTHERS, "nobody else is bound by it")]
            if rule.mode is r.Mode.MAINTAIN:
                points.append(Point(Topic.NOTE, "it is not done once and for all: it is broken whenever this is not so"))
            elif not rule.times:
                points.append(Point(Topic.ASSUMED, "no time is named, so it is due once it applies and no day makes it late"))
            return points
        case r.Permission(only=only):
            return [Point(Topic.OTHERS, "nobody else may")] if only else []
        case r.Power():
            return _power(rule)
        case _:
            return []


def _power(rule: r.Power) -> list[Point]:
    points = [Point(Topic.OTHERS, "nobody else may")] if rule.only else []
    if rule.notice is not None or rule.notice_to:
        length = f"{say_duration(rule.notice)} before it takes effect" if rule.notice else "it is done by notice"
        points.append(Point(Topic.NOTICE, words(length + (f", to {rule.notice_to}" if rule.notice_to else ""))))
    if rule.by:
        points.append(Point(Topic.VOTES, f"it takes {' and '.join(words(ballot(one)) for one in rule.by)}"))
    return [*points, *strict(rule.by), Point(Topic.NOTE, f"it is a power to {rule.kind.value}: using it changes what is due")]


def _bearer(who: r.Actor | None) -> tuple[Point, ...]:
    if who is None:
        return (Point(Topic.ASSUMED, "the text does not say who"),)
    points = []
    if len(who.roles) > 1:
        each = "each of them is meant" if who.joint == "and" else "any one of them is meant"
        points.append(Point(Topic.NOTE, each))
    if who.quantifier is r.Quantifier.COUNT:
        points.append(Point(Topic.NOTE, f"{who.count} of them act together"))
    if who.qualifier:
        points.append(Point(Topic.OPEN, words(f"who is meant by “{' or '.join(who.roles)} {who.qualifier}”")))
    return tuple(points)
