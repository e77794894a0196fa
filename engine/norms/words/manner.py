"""How something is to be done, and whether a fact says that it was done in another way.

A fact that does not say how is of what was asked for; one that names another way of the same kind (`in cash` where the text
says `by bank transfer`) leaves a question that people must answer.
"""

import re

from syngraph.engine.norms.words.wording import noun
from syngraph.grammar.lexicon import singular
from syngraph.grammar.phrases.numbers import CALENDAR_DAY, DURATION, NUMBER, number
from syngraph.grammar.rules import Act

_BY = ("by", "via", "through", "using")
_WAY = re.compile(
    r"(?:^|(?<=\s))(by|via|through|using|in|with)\s(.+?)"
    r"(?=\s(?:by|via|through|using|in|with|without|or|and|from|at|to|into|on|for|under)\s|,|$)"
)
_MEANS = frozenset({"cash", "cheque", "check", "transfer", "card", "debit", "order", "wire", "banknote", "coin", "remittance"})
"""Nouns for what one pays with."""
_FOR_HOW_LONG = re.compile(
    rf"\s(?:(?:by|for)\s(?:a further |another |an additional )?{DURATION}|(?:until|till|to)\s{CALENDAR_DAY})$"
)
_AT_MOST = re.compile(rf"\b(?:once|twice|(?P<n>{NUMBER})\stimes)\b", re.IGNORECASE)
_TELLING = frozenset({"notice", "writing", "letter", "email", "e-mail", "fax", "declaration"})
"""Nouns for how one tells somebody something."""
_NO_WAY = frozenset({"full", "part", "advance", "time", "total", "arrear", "instalment", "accordance", "respect"})
"""Nouns after `in` that do not say in which way."""


def bare(thing: str) -> str:
    """What is paid, without how: `EUR 10 by bank transfer` and `EUR 10 in full` are EUR 10.

    >>> bare("EUR 10 in full by bank transfer"), bare("the shed in the yard")
    ('EUR 10', 'the shed in the yard')
    """
    for found in reversed(tuple(_WAY.finditer(thing))):
        if noun(found[2]).head in _MEANS | _TELLING | _NO_WAY and found.start():
            thing = " ".join((thing[: found.start()] + thing[found.end() :]).split())
    return thing


def most(act: Act) -> int | None:
    """How often an act may be done at the most, None where its manner does not say.

    >>> most(Act("extend", "the Term", manner="up to three times")), most(Act("extend", "the Term"))
    (3, None)
    """
    found = _AT_MOST.search(act.manner)
    if found is None:
        return None
    return {"once": 1, "twice": 2}.get(found[0].lower()) or number(found["n"])


def timeless(thing: str) -> str:
    """What is extended or suspended, without for how long.

    >>> timeless("this Agreement until 19 April 2026"), timeless("the delivery date by 10 days")
    ('this Agreement', 'the delivery date')
    """
    return _FOR_HOW_LONG.sub("", thing)


def other_way(said: str, act: Act) -> str:
    """The way in which the words of a fact say that something was done where a norm names another, "" for none.

    >>> pay = Act("pay", "the Rent", "the Landlord", "by bank transfer")
    >>> other_way("EUR 10 in cash", pay), other_way("EUR 10 by transfer", pay), other_way("EUR 10", pay)
    ('in cash', '', '')
    """
    if not _WAY.search(said):
        return ""
    asked = _ways(f"{act.object} {act.rest}" if act.amount is not None else act.rest)
    words = {singular(word).casefold() for word in f"{act.object} {act.rest}".split()}
    for found, way, head in _found(said):
        rivals = [other for kind, other in asked if kind == way or (head in _MEANS and other in _MEANS)]
        if rivals and head not in words and head not in _NO_WAY:
            return found
    return ""


def _ways(text: str) -> list[tuple[str, str]]:
    return [(way, head) for _, way, head in _found(text)]


def _found(text: str) -> list[tuple[str, str, str]]:
    """Each way that a text names: as written, by which kind of word, and its noun."""
    return [(one[0], "by" if one[1] in _BY else one[1], noun(one[2]).head) for one in _WAY.finditer(text)]
