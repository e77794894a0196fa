"""What `it` and `them` stand for in a norm: the one thing that the same sentence, or the one before, can mean by it.

Where several could be meant, or none, the pronoun stays and nobody can tell.
"""

import re
from dataclasses import fields, replace
from typing import Any

from syngraph.engine.norms.words.wording import noun, plain, words_of
from syngraph.grammar.amounts import Event
from syngraph.grammar.lexicon import inflected
from syngraph.grammar.rules import Act, Condition, Fails, Happens, Link, Norm, Permission, Power, Unknown

_ONE, _SEVERAL = "it", "them"
TELLING = frozenset({"notify", "inform", "tell", "advise", "warn", "remind"})
"""Verbs of which whom somebody tells is the object, and what follows after `of`."""
_PRONOUN = re.compile(rf"(?:{_ONE}|{_SEVERAL})(?=$|\s(?:at|in|on|with|without|free|by|into|from|for|under)\s)", re.IGNORECASE)
_NOTICE = re.compile(
    r"(?:the (?:date|receipt) of )?(?:the|that|such|this) (?:written )?(?:notice|notification)(?: of (?P<of>\S.{0,100}))?"
)
_CASE = re.compile(r"in (?:that|this|such|which) (?:case|event)", re.IGNORECASE)
_BY_NOTICE = re.compile(r"\b(?:by|with|upon) (?:a |an )?(?:further |second |separate |written )*notice\b")
_THE_NOTICE = re.compile(r"(?:the|that|such|this) (?:further |second |separate |written )*notice")
_GIVING = ("give", "send", "serve")
_TOLD = TELLING | frozenset(
    (
        "reject",
        "refuse",
        "terminate",
        "cancel",
        "withdraw",
        "resign",
        "demand",
        "request",
        "claim",
        "object",
        "accept",
        "exercise",
    )
)
"""What is done by telling somebody, so that the notice is the act."""
_OBJECT = re.compile(r"(?:that|which|who)\s\w+\s(?P<thing>(?:the|this|an?|any|each)\s\S.*)$")
_JOINED = re.compile(r"\s(?:and|or)\s|,")


def is_pronoun(phrase: str) -> bool:
    """Whether a phrase is a pronoun that stands for a thing."""
    return plain(phrase) in (_ONE, _SEVERAL)


def with_antecedents(norm: Norm, before: Norm | None = None) -> Norm:
    """A norm with the pronouns of its act, its times and its conditions replaced by what they stand for.

    `before` is the norm of the sentence before in the same section, None where there is none.
    """
    norm = _with_notices(_with_case(norm, before))
    if opening := _PRONOUN.match(norm.act.object):
        said = opening[0]
        told = _only(said, [*_of_conditions(norm), *_of_bearer(norm)]) or _of_sentence_before(said, before)
        if not told:
            return norm
        norm = replace(norm, act=replace(norm.act, object=f"{told}{norm.act.object[opening.end() :]}"))
    things = _things(norm.act)
    if not things:
        return norm
    times = tuple(_resolved(time, things) for time in norm.times)
    conditions = tuple(
        replace(each, test=_resolved(each.test, things)) if isinstance(each.test, Happens | Fails) else each
        for each in norm.conditions
    )
    if times == norm.times and conditions == norm.conditions:
        return norm
    return replace(norm, times=times, conditions=conditions)


def _with_case(norm: Norm, before: Norm | None) -> Norm:
    """A norm that holds `in that case` with the case: that the right of the sentence before is used. Where that takes a notice,
    a time that runs from the notice runs from that.
    """
    if not isinstance(before, Permission | Power) or before.bearer is None or len(before.bearer.roles) != 1:
        return norm
    act = before.act
    used = Happens(Event(act.text, act.verb, f"the {before.bearer.roles[0]}", act.object, act.to))
    conditions = tuple(
        Condition(Link.IF, used) if isinstance(each.test, Unknown) and _CASE.fullmatch(each.test.text) else each
        for each in norm.conditions
    )
    times = norm.times
    if _BY_NOTICE.search(act.rest):
        times = tuple(_from_use(time, used.event) for time in times)
    return norm if (conditions, times) == (norm.conditions, norm.times) else replace(norm, conditions=conditions, times=times)


def _from_use(time: Any, used: Event) -> Any:
    for name in (each.name for each in fields(time)):
        event = getattr(time, name)
        if isinstance(event, Event) and _THE_NOTICE.fullmatch(event.text):
            return replace(time, **{name: used})
    return time


def _with_notices(norm: Norm) -> Norm:
    """A norm with the notice from which its time runs (`within five days after the notice`) replaced by what its condition says
    was notified, where one condition speaks of something that is told.
    """
    events = [each.test.event for each in norm.conditions if isinstance(each.test, Happens)]
    if len(events) != 1 or (events[0].verb in ("", *_GIVING) and noun(events[0].object).head != "notice"):
        return norm
    times = tuple(_from_notice(time, events[0]) for time in norm.times)
    return norm if times == norm.times else replace(norm, times=times)


def _from_notice(time: Any, told: Event) -> Any:
    for name in (each.name for each in fields(time)):
        event = getattr(time, name)
        if isinstance(event, Event) and (found := _NOTICE.fullmatch(event.text)) and not event.actor:
            of = noun(found["of"] or "").head
            own = (told.verb, *inflected(told.verb).nouns, *((_about(told),) if told.verb in _GIVING else ()))
            if of in own if of else told.verb in _TOLD or told.verb in _GIVING:
                return replace(time, **{name: told})
    return time


def _about(told: Event) -> str:
    complement = noun(told.object).complement
    return complement.head if complement is not None else ""


def _resolved(one: Any, things: list[str]) -> Any:
    """A time or a test with the pronoun of its event replaced."""
    for name in (each.name for each in fields(one)):
        event = getattr(one, name)
        if isinstance(event, Event) and event.verb and is_pronoun(event.object):
            told = _only(event.object, things)
            return replace(one, **{name: replace(event, object=told)}) if told else one
    return one


def _things(act: Act) -> list[str]:
    """The things of an act; whoever notifies somebody of something speaks of that."""
    if act.verb in TELLING:
        _, of, thing = act.object.partition(" of ")
        return [thing] if of else []
    return [act.object] if noun(act.object).head else []


def _of_conditions(norm: Norm) -> list[str]:
    events = [each.test.event for each in norm.conditions if isinstance(each.test, Happens | Fails)]
    told = (event.object.partition(" of ")[2] if event.verb in TELLING else event.object for event in events)
    return list(dict.fromkeys(thing for thing in told if noun(thing).head and not is_pronoun(thing)))


def _of_bearer(norm: Norm) -> list[str]:
    found = _OBJECT.search(norm.bearer.qualifier) if norm.bearer is not None else None
    return [found["thing"]] if found else []


def _of_sentence_before(pronoun: str, before: Norm | None) -> str:
    return _only(pronoun, _things(before.act)) if before is not None else ""


def _only(pronoun: str, things: list[str]) -> str:
    """The one thing that a pronoun can mean by its number, "" where there is none or several."""
    if len(things) != 1 or _JOINED.search(things[0]):
        return ""
    return things[0] if plain(pronoun) == _SEVERAL or not _is_plural(things[0]) else ""


def _is_plural(thing: str) -> bool:
    words = re.findall(r"[^\W_]+", thing.partition(" of ")[0])
    told = words_of(thing.partition(" of ")[0])
    return bool(words and told) and words[-1].casefold() != told[-1]
