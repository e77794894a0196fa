"""What fuzzing found stays mended, and a few hundred fresh texts keep every promise."""

import importlib
import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

HERE = Path(__file__).parent
FOUND = [json.loads(line) for line in (HERE / "found.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def fuzz() -> Iterator[ModuleType]:
    """The command of `make fuzz`, with its clock for texts that are read for ever."""
    sys.path.insert(0, str(HERE))
    try:
        made = importlib.import_module("fuzz")
    finally:
        sys.path.remove(str(HERE))
    before = signal.signal(signal.SIGPROF, made.over)
    yield made
    signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize(("name", "text"), FOUND, ids=lambda part: ascii(part[:30]))
def test_what_was_found_stays_mended(fuzz: ModuleType, name: str, text: str) -> None:
    assert fuzz.tried(name, text) == ""


SEEDS = (
    "The Tenant shall pay the Rent of EUR 1,200 to the Landlord by the third day of each month.",
    "The Seller shall deliver the Goods to the Buyer within thirty (30) days after the Effective Date.",
    "No Member may vote by proxy unless the Board gives written consent.",
    "If the Tenant fails to pay the Rent when due, the Tenant shall pay a late fee of 5% of the overdue amount.",
    "These Bylaws may be amended by at least two-thirds (2/3) of all Members.",
    "The Secretary shall: (a) keep the Register; (b) publish the minutes; and (c) call it.",
    'The parties are Ada Lovelace (the "Seller") and Bora Lind (the "Buyer").',
    "On 1 March 2027, Bora paid EUR 1,200 to Carla under section 3.1.",
)
"""Texts that stay as they are, so that what is tried does not change with the cases of other tests."""


@pytest.mark.parametrize("name", ["passage", "sentence", "document", "facts", "manifest"])
def test_fresh_texts_keep_every_promise(fuzz: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["mutations"], "seeds", lambda: SEEDS)
    monkeypatch.setattr(sys.modules["mutations"], "documents", lambda: SEEDS)
    random = Random(name)
    texts = [fuzz.made(name, random) for _ in range(60)]
    assert [(text, said) for text in texts if (said := fuzz.tried(name, text))] == []


def test_a_promise_that_is_not_kept_is_found_and_cut_short(
    fuzz: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(text: str) -> None:
        assert "shall" not in text, "it says shall"

    monkeypatch.setitem(fuzz.TARGETS, "sentence", broken)
    assert fuzz.fuzz(0.3, ["sentence"], 1, tmp_path) == 1
    assert "'shall'" in capsys.readouterr().out
    assert fuzz.total(tmp_path).endswith("texts, 1 findings")


def test_a_text_that_is_read_for_ever_is_found(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(text: str) -> None:
        while text:
            pass

    monkeypatch.setitem(fuzz.TARGETS, "sentence", endless)
    monkeypatch.setattr(fuzz, "HANGS", 0.1)
    assert fuzz.tried("sentence", "The rent is due.").startswith("hangs at")
