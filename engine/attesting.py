"""Attesting: who has signed what stands in the record, as verification of the chain has found it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from syngraph.engine.cache import Cache, key
from syngraph.engine.norms.told.facts import Origin, Signed
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.manifest import RECORD
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store import MANIFEST, Tree, head

FOUNDING = f"{RECORD}founding/"
MINUTES = f"{RECORD}minutes/"


@dataclass(frozen=True, slots=True)
class Attested:
    """The statements that the chain has accepted, by path, and the paths of those that were taken back.

    `findings` says where the chain is broken, if it is: what came in after that counts as unsigned.
    """

    signed: Mapping[str, Signed] = field(default_factory=dict)
    retracted: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()


def attested(path: Path, rev: str | None, branch: str, tree: Tree, cache: Cache) -> Attested:
    """Who has signed the statements in the record of an agreement: as the chain of a revision has it, or (None) that of the
    governed `branch`. Nobody, where it is not founded, or there is no such branch.

    Raises: StoreError where a revision is asked for that is not there.
    """
    if not any(each.startswith(FOUNDING) for each in tree.paths()):
        return Attested()
    at = rev or head(path, branch)
    if at is None:
        return Attested()
    name = key("attested", str(path.absolute()), at)
    known = cache.get((name,)).get(name) if rev is None else None
    found = _decoded(known) if known is not None else None
    if found is None:
        found = _verified(path, rev, branch, cache)
        cache.put({name: _encoded(found)})
    return found


def _verified(path: Path, rev: str | None, branch: str, cache: Cache) -> Attested:
    # Git and the arithmetic of signatures take a while to load.
    from syngraph.engine.verify import verify

    verification = verify(path, branch=branch, rev=rev or "", cache=cache)
    ledger = verification.ledger
    signed = {
        each.path: Signed(each.signed, each.day, Origin.MINUTES if each.path.startswith(MINUTES) else Origin.STATEMENT)
        for each in ledger.statements.values()
    }
    retracted = frozenset(ledger.statements[digest].path for digest in ledger.retracted if digest in ledger.statements)
    broken = tuple(
        Finding(
            "SG409",
            f"the chain is broken at {each.commit[:10]}: {each.error.found}",
            each.error.place or Place(each.error.path or MANIFEST, 1, 1),
            help=f"expected {each.error.expected}; `syngraph verify` tells more",
        )
        for each in verification.violations[:1]
    )
    return Attested(signed, retracted, broken)


def _encoded(found: Attested) -> bytes:
    signed = [[path, each.by, each.entered.isoformat(), each.origin.value] for path, each in found.signed.items()]
    findings = [
        [each.code, each.message, each.place.path, each.place.line, each.place.column, each.help] for each in found.findings
    ]
    return json.dumps([signed, sorted(found.retracted), findings]).encode()


def _decoded(content: bytes) -> Attested | None:
    try:
        signed, retracted, findings = json.loads(content)
        return Attested(
            {path: Signed(tuple(by), date.fromisoformat(entered), Origin(origin)) for path, by, entered, origin in signed},
            frozenset(retracted),
            tuple(
                Finding(code, message, Place(where, line, column), help=help_)
                for code, message, where, line, column, help_ in findings
            ),
        )
    except (ValueError, TypeError):
        return None
