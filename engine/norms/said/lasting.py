"""Conditions that last: that somebody is in breach, or late with something, and for how long an agreement is suspended.

What lasts ends too: a right that depends on it is there as long as it is.
"""

import re
from dataclasses import dataclass

from syngraph.grammar.amounts import Duration, Event, Unit, Within
from syngraph.grammar.lexicon import base_of_participle
from syngraph.grammar.phrases.numbers import DURATION, WORD_NUMBER, duration
from syngraph.grammar.rules import Fails, Happens, Late, Measured, Test, Unknown


@dataclass(frozen=True, slots=True)
class InBreach(Happens):
    """Somebody is in breach, for as long as the breach is not cured."""


@dataclass(frozen=True, slots=True)
class LateWith(Fails):
    """Somebody is late with something, for as long as it is not done."""


@dataclass(frozen=True, slots=True)
class Suspended(Late):
    """A suspension of `subject` has lasted for more than `duration`."""


_IN_BREACH = re.compile(
    r"^(?:while |as long as )?(?P<who>\S.{0,100}?) (?P<is>is|are|remains?|was|were|has been|have been|had been) "
    r"in (?:material )?(?:breach|default|violation)(?: of (?P<what>\S.{0,100}))?$"
)
_LATE_WITH = re.compile(
    r"^(?:while |as long as )?(?P<who>\S.{0,100}?) (?P<is>is|are|remains?|was|were|has been|have been|had been) "
    r"(?:late|behind|in arrears|in default|overdue) (?:with|in) (?P<what>\S.{0,100})$"
)
_SEVERAL = re.compile(rf"\b(?:{WORD_NUMBER}|\d+|several)\b", re.IGNORECASE)
_STEERED = re.compile(
    r"^(?P<what>\S.{0,100}?) (?:is|are|was|were|has been|have been) (?P<verb>waived|excused|suspended|resumed|extended)$"
)
_NOW = frozenset({"is", "are", "remain", "remains"})
_MORE = r"(?P<more>more than|longer than|over|in excess of|at least|not less than|no less than)"
_SUSPENDED = re.compile(
    rf"^(?:while )?(?P<what>\S.{{0,100}}?) (?:is|are|remains?|stays?|has been|have been|was|were) suspended "
    rf"(?:(?:for (?:a period of )?)?{_MORE}) (?P<length>{DURATION})$"
)
_SUSPENSION = re.compile(
    rf"^(?:the|a|any|such) suspension(?: of (?P<what>\S.{{0,100}}?))? "
    rf"(?:(?:has )?last(?:s|ed)|continue[sd]|has continued|goes on|exceed(?:s|ed)|has exceeded) "
    rf"(?:(?:for )?(?:a period of )?{_MORE} )?(?P<length>{DURATION})$"
)
_DUE_DATE = frozenset(f"{whose} {day}" for whose in ("its", "their", "the") for day in ("due date", "due dates", "due day")) | {
    "it is due",
    "it falls due",
    "they fall due",
    "it fell due",
    "it became due",
}
_LASTING = re.compile(r"\bfor (?:a period of )?(?:more than|longer than|at least|not less than|over) ")


def lasting(test: Test) -> Test:
    """A condition as what lasts, where its words say so; what must have lasted for some time is not met by its beginning.

    >>> lasting(Unknown("the Seller is in breach of section 1")).event.object
    'section 1'
    """
    match test:
        case Late(length, subject) if "suspension" in subject.lower():
            return _suspension(f"{subject} exceeds {length}", length, subject)
        case Fails(event, (Within(Duration(unit=unit) as length, Event(text)),), "") if text in _DUE_DATE:
            # What is not done within a time after it was due is late for longer than that.
            return Late(length, event.object) if event.object and unit is not Unit.HOUR else test
        case Happens(event):
            return _held(event.text) or (Unknown(event.text) if _LASTING.search(event.text) else test)
        case Measured(text=text):
            return _held(text) or test
        case Unknown(text):
            return _held(text) or _broken(text) or _steered(text) or test
        case _:
            return test


def _broken(text: str) -> Test | None:
    found = _IN_BREACH.match(text)
    if found is not None:
        event = Event(text, "breach", found["who"], found["what"] or "this Agreement")
        return InBreach(event) if found["is"] in _NOW else Happens(event)
    behind = _LATE_WITH.match(text)
    if behind is None or _SEVERAL.search(behind["what"]):
        return None
    return LateWith(Event(text, "", behind["who"], behind["what"]))


def _steered(text: str) -> Test | None:
    """That a section was waived, suspended or the like: a fact about norms."""
    found = _STEERED.match(text)
    return Happens(Event(text, base_of_participle(found["verb"]), "", found["what"])) if found is not None else None


def _held(text: str) -> Test | None:
    """A suspension that has lasted for long enough."""
    found = _SUSPENDED.match(text) or _SUSPENSION.match(text)
    if found is None or (found["more"] or "").endswith(("least", "less than")):
        return None
    try:
        length = duration(found["length"])
    except ValueError:
        return None
    return Suspended(length, found["what"] or "")


def _suspension(text: str, length: Duration, subject: str) -> Suspended:
    _, of, what = subject.partition(" of ")
    return Suspended(length, what if of else "")
