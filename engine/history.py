"""The successive texts of an agreement: which commits changed what is read as rules, and since when each governs (ADR 5)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from syngraph.engine.cache import Cache, key
from syngraph.engine.text.manifest import RECORD, covers
from syngraph.engine.text.store import Tree, digest_of, head, history


@dataclass(frozen=True, slots=True)
class Past:
    """A commit that changed an agreement: when, and the digest of what it governs (`governed`)."""

    commit: str
    instant: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Version:
    """A text and the day from which it governs (None: from the beginning). `commit` is "" for the work tree."""

    commit: str
    digest: str
    since: date | None


def governed(tree: Tree, free: tuple[str, ...]) -> str:
    """A digest of everything in an agreement but its record and what its manifest lists as free.

    It is a key for what was worked out, not what a signature binds.
    """
    is_free = covers(free)
    return digest_of(tree, (path for path in tree.paths() if not path.startswith(RECORD) and not is_free(path)))


def past(path: Path, rev: str | None, free: tuple[str, ...], cache: Cache) -> tuple[Past, ...]:
    """The commits that changed the agreement, oldest first, up to `rev` (None: HEAD).

    Raises: StoreError
    """
    at = head(path) if rev is None else None
    if rev is None and at is None:
        return ()
    name = key("past", str(path.absolute()), at or "", *free) if at else ""
    known = cache.get((name,)).get(name) if name else None
    if known is not None:
        try:
            return tuple(Past(commit, datetime.fromisoformat(instant), digest) for commit, instant, digest in json.loads(known))
        except (ValueError, TypeError):
            pass
    found = tuple(Past(one.commit, one.instant, governed(one.tree, free)) for one in history(path, rev))
    if name:
        cache.put({name: json.dumps([(one.commit, one.instant.isoformat(), one.digest) for one in found]).encode()})
    return found


def versions(commits: Iterable[Past], work: tuple[str, date] | None, zone: str) -> tuple[Version, ...]:
    """The texts that governed, oldest first.

    The first governs from the beginning, each later one from the day of its commit; of several in one day the last counts.
    `work` is the digest of the work tree and the day from which it governs where it differs from the last commit; None where
    there is no work tree to consider.

    >>> from datetime import UTC
    >>> def on(day, digest): return Past(digest, datetime(2027, 1, day, 12, tzinfo=UTC), digest)
    >>> [(v.digest, v.since and v.since.day) for v in versions([on(1, "a"), on(3, "a"), on(5, "b"), on(5, "c")], None, "UTC")]
    [('a', None), ('c', 5)]
    """
    dated = [Version(one.commit, one.digest, one.instant.astimezone(ZoneInfo(zone)).date()) for one in commits]
    if work is not None and (not dated or dated[-1].digest != work[0]):
        dated.append(Version("", work[0], work[1]))
    kept: list[Version] = []
    for version in dated:
        # A clock that went back, or a second commit of the day: what came last in the chain governs from there.
        while kept and _day(kept[-1]) >= _day(version):
            kept.pop()
        if not kept or kept[-1].digest != version.digest:
            kept.append(version)
    return tuple(Version(one.commit, one.digest, None) if index == 0 else one for index, one in enumerate(kept))


def backwards(commits: Iterable[Past], zone: str) -> tuple[tuple[Past, Past], ...]:
    """Each commit with the one that stands after it in the chain and yet is of an earlier day in the zone.

    >>> from datetime import UTC
    >>> def on(day): return Past(str(day), datetime(2027, 1, day, 12, tzinfo=UTC), "")
    >>> [(one.commit, after.commit) for one, after in backwards([on(1), on(5), on(3), on(3), on(4)], "UTC")]
    [('5', '3')]
    """
    place = ZoneInfo(zone)
    pairs = pairwise(commits)
    return tuple(
        (one, after) for one, after in pairs if after.instant.astimezone(place).date() < one.instant.astimezone(place).date()
    )


def _day(version: Version) -> date:
    return version.since or date.min
