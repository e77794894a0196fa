"""Whether a duty that was not done in time may have been taken away, or put off, by a sentence of its own."""

import re
from datetime import date

from syngraph.engine.norms.life.instances import Reason
from syngraph.engine.norms.said.matching import Mismatch
from syngraph.engine.norms.said.releasing import Release
from syngraph.engine.norms.said.texts import Provisions, place_of
from syngraph.engine.norms.said.undone import duty_of
from syngraph.engine.norms.words.wording import noun
from syngraph.grammar.rules import Actor, Norm

_ANY_PARTY = re.compile(r"\b(?:part(?:y|ies)|nobody|no\sone|none)\b", re.IGNORECASE)


def doubts_of_release(norm: Norm, due: date, given: Provisions) -> tuple[Reason, ...]:
    """Why nobody can tell whether a duty that was due on a day was still to be done; empty where no sentence frees it."""
    freeing = (release.placed.clause for release in given.releases if _may_free(release, norm, due, given))
    return tuple(
        Reason(f"nothing tells whether this lets it be late: {clause.sentence.text.strip()}", place_of(clause))
        for clause in freeing
    )


def _may_free(release: Release, norm: Norm, due: date, given: Provisions) -> bool:
    if not _is_whose(release.who, norm.bearer) or (release.until is not None and release.until <= due):
        return False
    if release.unit is not None:
        return any(getattr(getattr(time, "duration", None), "unit", None) is release.unit for time in norm.times)
    if release.owed:
        return noun(norm.act.object).head == release.owed
    return release.event is None or not isinstance(duty_of(release.event, norm.act, given.bodies, given.amounts), Mismatch)


def _is_whose(who: str, bearer: Actor | None) -> bool:
    if bearer is None or _ANY_PARTY.search(who):
        return True
    return any(re.search(rf"\b{re.escape(role)}s?\b", who) for role in bearer.roles)
