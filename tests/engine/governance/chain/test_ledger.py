"""A ledger that is copied, or kept in a cache and taken up again, is the same and shares nothing that changes."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from syngraph.engine.governance.chain.keeping import kept, taken_up


def a_life(village: Callable[..., Any]) -> Any:
    v = village()
    v.found()
    first = v.move("ada", v.replaced("EUR 20", "EUR 25"), "Dues")
    v.vote(first, "ada", "bora", "carla", no=["dov"])
    v.close(first)
    v.adopt(first)
    v.rotate("edda")
    second = v.move("bora", v.replaced("Business Day", "day"), "Hours", expires=None)
    v.vote(second, "edda", abstain=["ada"])
    v.fact("dov", "On 2 January 2026, Dov of Millbrook paid EUR 20 to Carla of Millbrook.")
    return v


def test_a_ledger_is_kept_whole(village: Callable[..., Any]) -> None:
    ledger = a_life(village).verify().ledger
    again = taken_up(kept(ledger))
    assert again is not None
    for each in fields(ledger):
        assert getattr(again, each.name) == getattr(ledger, each.name), each.name


def test_what_is_no_ledger_is_not_taken_up(village: Callable[..., Any]) -> None:
    content = kept(a_life(village).verify().ledger)
    assert taken_up(b"") is None
    assert taken_up(b"[]") is None
    assert taken_up(content[:-1]) is None
    assert taken_up(content.replace(b'"Found"', b'"Lost"')) is None


def test_a_copy_shares_nothing_that_changes(village: Callable[..., Any]) -> None:
    ledger = a_life(village).verify().ledger
    copy = ledger.copied()
    assert copy == ledger
    for each in fields(ledger):
        value = getattr(ledger, each.name)
        if isinstance(value, list | dict | set):
            assert getattr(copy, each.name) is not value, each.name
    motion = next(iter(copy.motions.values()))
    for each in fields(motion):
        if isinstance(getattr(motion, each.name), list):
            getattr(motion, each.name).append(None)
    assert copy != ledger and ledger == taken_up(kept(ledger))
