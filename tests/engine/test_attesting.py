"""Signed facts count for what they are: by whose signature the chain has accepted, not by what they say of themselves."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from syngraph.engine.agreement import Agreement
from syngraph.engine.cache import Remembering
from syngraph.engine.norms.told.facts import Evidence

PAID = "On 20 January 2026, Dov of Millbrook paid EUR 20 to Carla of Millbrook."


def evidence(agreement: Agreement, bearer: str = "dov") -> list[tuple[str, str]]:
    report = agreement.check((), datetime(2026, 2, 10, tzinfo=UTC))
    return [
        (each.status.value, each.evidence.value if each.evidence else "")
        for each in report.verdicts
        if each.bearer == bearer and each.section == "dues"
    ]


def test_who_signed_decides_what_a_fact_is_worth(village: Callable[..., Any]) -> None:
    v = village()
    v.found()
    v.next_day()
    v.fact("dov", PAID)
    cache = Remembering()
    assert evidence(Agreement.open(v.path, cache=cache)) == [("fulfilled", Evidence.CLAIMED.value)]
    v.fact("carla", PAID)
    assert evidence(Agreement.open(v.path, cache=cache)) == [("fulfilled", Evidence.AGREED.value)]
    signers = [fact.signed_by for fact in Agreement.open(v.path, cache=cache).record.facts]
    assert sorted(signers) == [("carla",), ("dov",)]
    assert [fact.signed_by for fact in Agreement.open(v.path, cache=cache).record.facts] == signers


def test_a_fact_that_was_taken_back_is_none(village: Callable[..., Any]) -> None:
    from syngraph.engine import enacting
    from syngraph.engine.governance.statements import Kind, Retraction

    v = village()
    v.found()
    v.next_day()
    digest = v.fact("dov", PAID)
    taken_back = enacting.stated(v.verify(), Kind.RETRACTION, Retraction(digest), v.draft("dov"))
    v.enter((taken_back, [v.keys["dov"]]))
    assert Agreement.open(v.path).record.facts == ()


def test_what_enters_a_broken_chain_is_not_signed(village: Callable[..., Any]) -> None:
    v = village()
    v.found()
    v.next_day()
    v.raw(v.replaced("EUR 20", "EUR 2"))
    v.raw({"record/fact/2026-01/x.md": f"---\nkind: fact\nprincipal: carla\ndate: 2026-01-20\n---\n{PAID}\n".encode()})
    agreement = Agreement.open(v.path)
    assert [fact.signed_by for fact in agreement.record.facts] == [()]
    assert "SG409" in {finding.code for finding in agreement.findings}
