"""What is said to be so: statements that are nobody's duty or right."""

import re

from syngraph.grammar.chunks.modals import Modal
from syngraph.grammar.phrases.persons import somebody
from syngraph.grammar.rules import Act, Actor, Quantifier

_STATES = {"be", "count", "constitute", "apply", "prevail", "include", "mean", "remain", "have", "form", "become", "consist"}
_COMPOSED = {"consist", "comprise", "constitute", "mean", "include", "prevail"}
_BECOMES = {
    "accrue",
    "begin",
    "cease",
    "commence",
    "continue",
    "end",
    "lapse",
    "run",
    "start",
    "survive",
    "terminate",
    "vest",
    "change",
    "vary",
    "increase",
    "decrease",
    "depend",
    "revert",
    "belong",
    "contain",
    "cover",
    "affect",
    "refer",
    "lead",
    "result",
    "amount",
    "expire",
    "relieve",
    "invalidate",
    "preclude",
    "prevent",
    "impair",
    "diminish",
    "excuse",
    "entitle",
}
"""Verbs of what happens to things: said of a thing, they make a statement."""
SO = {
    "consider",
    "deem",
    "count",
    "compose",
    "form",
    "constitute",
    "limit",
    "know",
    "treat",
    "regard",
    "presume",
    "assume",
    "construe",
    "define",
}
"""Participles of what is taken to be so: `shall be considered a vote` is nobody's duty."""
_TOLD = {"include", "contain", "state", "specify", "describe", "list", "indicate", "identify", "bear", "show", "name"}
_PAPER = re.compile(
    r"(?:notices?|reports?|minutes|statements?|agendas?|ballots?|petitions?|proposals?|motions?|requests?|applications?|records?|"
    r"registers?|resolutions?|nominations?|invitations?|announcements?|forms?|charters?|budgets?|accounts|lists?|requisitions?)(?!\w)"
)
_HELD = re.compile(
    r"(?:(?:no|an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|at\sleast|at\smost|up\sto)\s.*?(?:members?|directors?|officers?|chairs?|secretary|"
    r"treasurer|president|positions?|seats?|committees?|delegates?|representatives?|co-chairs)(?!\w)|"
    r"(?:all\s|the\s|full\s|equal\s|such\s)*(?:same\s)?(?:rights?|force|effect|powers?|status|meaning|authority|access|responsibility|jurisdiction|precedence)(?!\w))",
    re.IGNORECASE,
)
_TEXT_ITSELF = re.compile(
    r"(?:(?:This|These|The)\s(?:Agreement|Bylaws|Lease|Contract|Charter|Policy|Constitution|Terms|Rules|policy|document|agreement|bylaws|section|"
    r"Section|provisions?|clause)(?:\sof\s.+)?|There|Nothing(?:\s.+)?|[Ss]ections?\s.+|\[\]\(#.+\))$"
)


def about_text(subject: str) -> bool:
    """Whether a subject is the text itself or part of it, or `there`: what is said of it is so, and nobody's duty."""
    return _TEXT_ITSELF.match(subject) is not None


def stated(subject: str, who: Actor | None, done: Act, modal: Modal) -> bool:
    """Whether what is said of a subject is so, and nobody's duty or right."""
    if done.verb in _TOLD and not modal.may and _PAPER.search(subject.partition(" of ")[0]) and who is not None:
        return False
    if about_text(subject) or done.verb in _COMPOSED:
        return True
    if done.verb == "count" and re.match(r"(?:towards?|as|for|in)\s", done.object):
        return True
    if done.verb == "have" and _HELD.match(done.object):
        return True
    return (
        done.verb in _STATES | _BECOMES
        and not somebody(subject)
        and (who is None or not _role_like(who) or done.verb in _BECOMES or done.verb == "have")
    )


def _role_like(who: Actor) -> bool:
    return who.quantifier is not Quantifier.NAMED or who.roles[0][:1].isupper()
