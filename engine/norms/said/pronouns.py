"""What `it` and `them` stand for in a norm: the one thing that the same sentence, or the one before, can mean by it.

Where several could be meant, or none, the pronoun stays and nobody can tell.
"""

import re
from dataclasses import fields, replace
from typing import Any

from syngraph.engine.norms.words.wording import noun, plain, words_of
from syngraph.grammar.amounts import Event
from syngraph.grammar.rules import Act, Fails, Happens, Norm

_ONE, _SEVERAL = "it", "them"
TELLING = frozenset({"notify", "inform", "tell", "advise", "warn", "remind"})
"""Verbs of which whom somebody tells is the object, and what follows after `of`."""
_OBJECT = re.compile(r"(?:that|which|who)\s\w+\s(?P<thing>(?:the|this|an?|any|each)\s\S.*)$")
_JOINED = re.compile(r"\s(?:and|or)\s|,")


def is_pronoun(phrase: str) -> bool:
    """Whether a phrase is a pronoun that stands for a thing."""
    return plain(phrase) in (_ONE, _SEVERAL)


def with_antecedents(norm: Norm, before: Norm | None = None) -> Norm:
    """A norm with the pronouns of its act, its times and its conditions replaced by what they stand for.

    `before` is the norm of the sentence before in the same section, None where there is none.
    """
    if is_pronoun(norm.act.object):
        told = _only(norm.act.object, [*_of_conditions(norm), *_of_bearer(norm)]) or _of_sentence_before(norm, before)
        return replace(norm, act=replace(norm.act, object=told)) if told else norm
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
    return list(dict.fromkeys(event.object for event in events if noun(event.object).head and not is_pronoun(event.object)))


def _of_bearer(norm: Norm) -> list[str]:
    found = _OBJECT.search(norm.bearer.qualifier) if norm.bearer is not None else None
    return [found["thing"]] if found else []


def _of_sentence_before(norm: Norm, before: Norm | None) -> str:
    return _only(norm.act.object, _things(before.act)) if before is not None else ""


def _only(pronoun: str, things: list[str]) -> str:
    """The one thing that a pronoun can mean by its number, "" where there is none or several."""
    if len(things) != 1 or _JOINED.search(things[0]):
        return ""
    return things[0] if plain(pronoun) == _SEVERAL or not _is_plural(things[0]) else ""


def _is_plural(thing: str) -> bool:
    words = re.findall(r"[^\W_]+", thing.partition(" of ")[0])
    told = words_of(thing.partition(" of ")[0])
    return bool(words and told) and words[-1].casefold() != told[-1]
