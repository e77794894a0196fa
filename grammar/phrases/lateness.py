"""Conditions that something is late: what was not done when due, said of the thing or of the act, and how long a delay has lasted."""

import re

from syngraph.grammar import lexicon
from syngraph.grammar.amounts import Before, By, Day, Event, Time, Within
from syngraph.grammar.phrases import nouns
from syngraph.grammar.phrases.nouns import PERSON, event
from syngraph.grammar.phrases.numbers import DURATION, duration
from syngraph.grammar.phrases.persons import somebody
from syngraph.grammar.rules import Fails, Happens, Late, Test

_WHEN_DUE = re.compile(
    r",?\s(?:(?:when\s(?:it\sis\s|they\sare\s|it\sfalls\s|they\sfall\s)?due|on\stime|in\s(?:due\s)?time|punctually)"
    r"|(?:on|by)\s(?:its|their|the)\sdue\sdates?)$"
)
_NOT_DONE = re.compile(
    r"(?P<what>.+?)\s(?:(?:is|are|was|were)\snot|(?:has|have)\snot\sbeen)\s(?P<done>[a-z]+)(?:\sin\sfull)?"
    rf"(?:\sto\s(?P<to>{PERSON}))?(?:\sby\s(?P<who>{PERSON}))?$"
)
_UNSAID = frozenset({"pay", "repay", "refund", "reimburse", "owe", "return", "transfer", "advance", "contribute", "deliver"})
"""Verbs of what is not done only where it is not done in time, whether or not the text says so."""
_OVERDUE = r"(?:late|overdue|in\sarrears|delayed|past\sdue)"
_IS_LATE = re.compile(rf"(?P<what>.+?)\s(?:is|are|was|were|remains?|becomes?|became)\s(?P<how>{_OVERDUE})$")
_DONE_LATE = re.compile(r"(?P<event>.+?\s(?:is|are|was|were|has\sbeen|have\sbeen)\s.+?)\s(?:too\s)?late$")
_MORE = r"(?:more\sthan|over|longer\sthan|in\sexcess\sof)"
_LASTING = re.compile(
    rf"(?P<what>.+?)\s(?:is|are|was|were|remains?|has\sbeen|have\sbeen)\s"
    rf"(?:(?P<more>{_MORE})|(?:{_OVERDUE}|unpaid|outstanding)\s(?:by|for)\s(?:a\speriod\sof\s)?{_MORE})\s(?P<time>{DURATION})"
    rf"(?(more)\s(?:{_OVERDUE}|behind\sschedule)(?:\s(?:in|with)\s(?:its\s|their\s|the\s)?(?P<act>.+))?)$"
)
_SEVERAL = re.compile(r"\s(?:and|or)\s")
_PASSIVE = re.compile(r"\s(?:is|are|was|were|has|have)\s")


def circumstance(text: str, times: tuple[Time, ...], written: str) -> Test:
    """What a condition asks, from its words without times, its times, and all of it as written.

    >>> circumstance("delivery is more than ten days late", (), "").subject
    'delivery'
    """
    text = re.sub(r"\s+", " ", text).strip(" ,;")
    due = _WHEN_DUE.search(text)
    plain = text[: due.start()] if due else text
    if not _SEVERAL.search(plain):
        found = _in_time(plain, times, written) if times else _lasting(plain) or _late(plain, said=due is not None)
        if found is not None:
            return found
    return nouns.circumstance(f"{plain} when due" if due else text, times, written)


def _in_time(text: str, times: tuple[Time, ...], written: str) -> Test | None:
    """What was not done, or happened, within a time that the text names."""
    if len(times) != 1 or not (
        isinstance(times[0], By | Before) or (isinstance(times[0], Within) and times[0].after is not None)
    ):
        return None
    if match := _NOT_DONE.match(text):
        base = lexicon.current().participles.get(match["done"], "")
        return Fails(_not_done(text, match, base).event, times) if base else None
    if isinstance(times[0], By | Before) and not isinstance(times[0].moment, Day):
        return None
    if isinstance(nouns.circumstance(text, times, written), Fails):
        return None  # `gives no notice` is said of what is not done
    happened = nouns.circumstance(text, (), written)
    return Happens(happened.event, times) if isinstance(happened, Happens) and not happened.times else None


def _lasting(text: str) -> Late | None:
    match = _LASTING.match(text)
    if match is None:
        return None
    subject = _doing(match["act"], match["what"]) if match["act"] else match["what"]
    return Late(duration(match["time"]), subject) if subject else None


def _doing(said: str, who: str) -> str:
    """What somebody is late with, as a thing: `delivery of the Goods by the Seller` for `delivering the Goods`."""
    due = event(said)
    found = lexicon.inflected(due.verb).nouns if due.verb else ()
    if not found or due.actor:
        return ""
    return " ".join(part for part in (found[0], f"of {due.object}" if due.object else "", f"by {who}") if part)


def _late(text: str, *, said: bool) -> Fails | None:
    """What is late or was not done; `said` that the text says `when due`."""
    if match := _NOT_DONE.match(text):
        base = lexicon.current().participles.get(match["done"], "")
        return _not_done(text, match, base) if base and (said or base in _UNSAID) else None
    if said:
        return None
    if match := _IS_LATE.match(text):
        due, how = event(match["what"]), match["how"]
        if _is_act(due) and not _PASSIVE.search(match["what"]):
            return Fails(Event(text, due.verb, "", due.object, due.to))
        owed = how in ("overdue", "past due") or (how == "in arrears" and not somebody(match["what"]))
        return Fails(Event(text, "pay", "", match["what"])) if owed and not due.verb else None
    if match := _DONE_LATE.match(text):
        due = event(match["event"])
        return Fails(Event(text, due.verb, "", due.object, due.to)) if _is_act(due) else None
    return None


def _not_done(text: str, match: re.Match[str], base: str) -> Fails:
    to = match["to"] or ""
    if match["who"]:
        undone = " ".join(part for part in (base, match["what"], f"to {to}" if to else "") if part)
        return Fails(Event(undone, base, match["who"], match["what"], to))
    return Fails(Event(text, base, "", match["what"], to))


def _is_act(due: Event) -> bool:
    return due.verb not in ("", "be", "hold", "give") and not due.actor
