"""The life of an instance: every change in every state."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.instances import Instance, Key, Payment, Reason, Status
from syngraph.grammar.amounts import Money

START = datetime(2026, 4, 20, tzinfo=UTC)
THEN = datetime(2026, 5, 1, tzinfo=UTC)
DUE = datetime(2026, 5, 20, 23, 59, 59, 999999, tzinfo=UTC)
WHY = Reason("because")

S = Status
TABLE = {
    # change: the state it leads to from each state that allows it; every other state stays
    "performed": (lambda one: instances.performed(one, THEN, WHY, "f"), {S.IN_FORCE: S.FULFILLED, S.VIOLATED: S.CURED}),
    "violated": (lambda one: instances.violated(one, THEN, WHY), {S.IN_FORCE: S.VIOLATED}),
    "discharged": (
        lambda one: instances.discharged(one, THEN, WHY),
        dict.fromkeys(instances.HELD, S.DISCHARGED),
    ),
    "expired": (lambda one: instances.expired(one, THEN, WHY), dict.fromkeys(instances.LIVE, S.EXPIRED)),
    "terminated": (lambda one: instances.terminated(one, THEN, WHY), dict.fromkeys(instances.LIVE, S.TERMINATED)),
    "exercised": (lambda one: instances.exercised(one, THEN, WHY, "f"), {S.AVAILABLE: S.EXERCISED}),
    "exhausted": (lambda one: instances.exhausted(one, THEN, WHY), {S.EXERCISED: S.EXHAUSTED}),
    "available": (lambda one: instances.available(one, THEN, WHY), {S.PENDING: S.AVAILABLE}),
    "lapsed": (lambda one: instances.lapsed(one, THEN, WHY), {S.AVAILABLE: S.PENDING}),
}


@pytest.fixture
def instance(write):
    from syngraph.engine.norms.said.texts import provisions

    text = write({"1 goods": "The Seller shall deliver the Goods to the Buyer by 20 May 2026."})
    slot = provisions((text,))[0].slots[0]
    return Instance(Key(slot.id, "bora", "once"), slot, ("bora",), Status.IN_FORCE, START, START, None, DUE)


def standing(instance: Instance, status: Status) -> Instance:
    from dataclasses import replace

    return replace(instance, status=status)


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("status", Status)
def test_each_change_is_allowed_only_where_the_table_says(instance, name, status):
    change, leads = TABLE[name]
    assert leads.get(status, status) is change(standing(instance, status)).status


def test_a_change_is_dated_and_gives_its_reason(instance):
    done = instances.performed(instance, THEN, WHY, "fact 1")
    assert (done.since, done.reasons, done.facts, done.settled) == (THEN, (WHY,), ("fact 1",), THEN)


def test_a_second_breach_adds_a_reason_and_keeps_the_first_date(instance):
    twice = instances.violated(instances.violated(instance, START, Reason("one")), THEN, Reason("two"))
    assert (START, (Reason("one"), Reason("two"))) == (twice.since, twice.reasons)


@pytest.mark.parametrize("name", ["performed", "violated"])
def test_nothing_fulfils_or_breaks_while_suspended(instance, name):
    held = instances.suspended(instance, THEN, WHY)
    assert held == TABLE[name][0](held)


def test_a_window_is_tolled_by_the_time_suspended(instance):
    held = instances.resumed(instances.suspended(instance, THEN, WHY), THEN + timedelta(days=10), WHY)
    assert (DUE + timedelta(days=10), None) == (held.due, held.suspended)


def test_resuming_what_was_not_suspended_changes_nothing(instance):
    assert instance == instances.resumed(instance, THEN, WHY)


def test_payments_add_up(instance):
    for amount in ("0.10", "0.20"):
        instance = instances.paid(instance, Payment(THEN, Money(Decimal(amount), "EUR"), "f"), WHY)
    assert Decimal("0.30") == instance.paid


def test_a_doubt_is_told_once(instance):
    assert instances.doubted(instances.doubted(instance, WHY), WHY).doubts == (WHY,)


def test_a_change_leaves_all_else_as_it_was(instance):
    from dataclasses import fields, replace

    given = replace(instance, **{one.name: f"its {one.name}" for one in fields(Instance) if one.name not in _MOVING})
    given = replace(given, reasons=(Reason("before"),), facts=("one",), status=Status.IN_FORCE)
    moved = instances.performed(replace(given, suspended=None), THEN, WHY, "two")
    expected = replace(
        given,
        suspended=None,
        status=S.FULFILLED,
        since=THEN,
        reasons=(Reason("before"), WHY),
        facts=("one", "two"),
        settled=THEN,
    )
    assert expected == moved


_MOVING = {"status", "since", "reasons", "facts", "settled"}
