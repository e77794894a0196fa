"""To whom something is to be done, where that is several: each or all of them, and not any."""

import re
from datetime import date

from syngraph.engine.norms.said.pronouns import TELLING
from syngraph.engine.norms.words.roles import Roles, parts
from syngraph.engine.norms.words.wording import plain
from syngraph.grammar.amounts import Event
from syngraph.grammar.lexicon import singular
from syngraph.grammar.rules import Act

_EACH_OF = re.compile(r"(?:each|every one|all|both) of\s*", re.IGNORECASE)
_EVERY = re.compile(r"(?:each|every|all|both)\s", re.IGNORECASE)
_LONGEST = 8
_MORE = re.compile(r"(?:,?\sand\s(?:(?:the|each|every|all)\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)")


def addressee(act: Act, roles: Roles) -> str:
    """To whom an act is done, in one phrase however the text was taken apart.

    >>> addressee(Act("send", "it", "each of", "the Members"), Roles({}, {}, {}))
    'the Members'
    """
    if act.verb in TELLING and not act.to:
        return _told(act.object, roles)
    whole = f"{act.to} {act.rest}".strip() if act.to.endswith(" of") else act.to
    more = _MORE.match(f" {act.rest}") if act.to and not act.to.endswith(" of") else None
    return _EACH_OF.sub("", f"{act.to}{more[0]}" if more else whole)


def reached(event: Event, day: date, roles: Roles) -> frozenset[str]:
    """The ids of those to whom a fact says that something was done, empty where it names nobody or a stranger."""
    said = event.to or (_told(event.object, roles) if event.verb in TELLING else _first(event.object, roles))
    return roles.meant(said, day) if said else frozenset()


def to_be_reached(act: Act, day: date, roles: Roles) -> frozenset[str]:
    """The ids of those of whom an act is to reach each one, empty where it is to reach one or any of them."""
    phrase = addressee(act, roles)
    if not phrase or " or " in phrase:
        return frozenset()
    last = phrase.split()[-1]
    is_several = (
        _EVERY.match(phrase) is not None
        or _EACH_OF.match(act.to) is not None
        or len(parts(phrase)) > 1
        or (phrase.casefold().startswith("the ") and singular(last) != last and plain(phrase) not in roles.names)
    )
    found = roles.meant(phrase, day) if is_several else frozenset[str]()
    return found if len(found) > 1 else frozenset()


def _told(object: str, roles: Roles) -> str:
    whom = object.partition(" of ")[0]
    return whom if whom and roles.known(whom) else ""


def _first(object: str, roles: Roles) -> str:
    """The name or role with which a phrase begins that goes on (`Ann Ames notice of the meeting`), "" for none."""
    words = object.split()[:_LONGEST]
    begun = (" ".join(words[:length]) for length in range(len(words) - 1, 0, -1))
    return next((one for one in begun if roles.known(one)), "")
