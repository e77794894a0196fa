"""Covering: whether the words for which disputes go to arbitration are meant for a dispute."""

import re

from syngraph.engine.disputes.dispute import Dispute
from syngraph.engine.governance.deciding.provisions import Scope, scope_of
from syngraph.engine.governance.governing import Governing
from syngraph.engine.norms.words.wording import plain
from syngraph.grammar.lexicon import singular
from syngraph.grammar.references import sections

_BETWEEN = re.compile(
    r"\bbetween\s(?:an?\s|the\s|any\s|two\s|several\s)*(?P<one>[\w’' -]+?)(?:\sand\s(?:an?\s|the\s)*(?P<other>[\w’' -]+))?$"
)
_DISPUTE = r"(?:disputes?|claims?|controvers(?:y|ies)|differences?)"
_ARISING = re.compile(
    rf"(?:any|all|each|every|an?)\s{_DISPUTE}(?:\s(?:or|and)\s{_DISPUTE})*(?:\s(?:that|which|arising|arises?|relating|relates?"
    r"|related|connected|connection|concerning|about|under|out|of|from|in|with|to|or|and|on|touching))*(?:\s|$)",
    re.IGNORECASE,
)
_PARTIES = frozenset({"party", "person", "anyone"})


def covers(scope: str, governing: Governing, dispute: Dispute) -> bool | None:
    """Whether the words for which disputes are meant (`Any dispute between Members`) cover a dispute; None where it cannot be
    told.
    """
    named = sections(scope)
    if named:
        ids = {governing.meanings.section(each) for each in named}
        about = [governing.meanings.sections.get(each) for each in dispute.claim.about or ()]
        if not about or any(each is None for each in about):
            return None
        return all(each is not None and ids & {*each.path} for each in about)
    between = _BETWEEN.search(scope)
    if between is not None:
        return _between(between["one"], between["other"], governing, dispute)
    arising = _ARISING.match(scope)
    if arising is None:
        return None
    what = scope[arising.end() :].partition(",")[0]
    return True if not what or scope_of(what, "", governing)[0] is Scope.TEXT else None


def _between(one: str, other: str | None, governing: Governing, dispute: Dispute) -> bool | None:
    def hold(side: tuple[str, ...], phrase: str) -> bool | None:
        role = singular(plain(phrase))
        if role in _PARTIES:
            return True
        if not governing.roles.known(phrase):
            return None
        return all(each in governing.roles.meant(phrase, dispute.opened) for each in side)

    ways = [(one, other or one), (other or one, one)]
    found = [(hold(dispute.claimants, mine), hold(dispute.respondents, theirs)) for mine, theirs in ways]
    if any(mine and theirs for mine, theirs in found):
        return True
    return None if any(None in each for each in found) else False
