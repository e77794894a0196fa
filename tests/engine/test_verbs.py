"""An agreement with verbs of its own, from its text to its verdicts."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from syngraph.engine.agreement import Agreement
from syngraph.engine.cache import Cache, Forgetful, Remembering

TEXT = """\
---
title: Berths
---

# Fees {#fees}

The Owner shall pay EUR 40 to the Harbour within two days after each moorage of the Vessel.

The Owner shall moor the Vessel by 5 May 2026.

This Agreement takes effect on 1 January 2026.
"""
MANIFEST = "syngraph: 1\ntitle: Berths\nroot: text.md\nregister: register.yaml\n"
VERBS = "verbs:\n  moor: {noun: moorage}\n"
REGISTER = """\
principals:
  - {id: ada, name: Ada Quill, kind: person, roles: [{role: Owner}]}
  - {id: hub, name: Bora Lind, kind: person, roles: [{role: Harbour}]}
"""
LATER = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "record/fact").mkdir(parents=True)
    (tmp_path / "text.md").write_text(TEXT)
    (tmp_path / "register.yaml").write_text(REGISTER)
    return tmp_path


def opened(folder: Path, verbs: str, cache: Cache | None = None, free: str = "") -> Agreement:
    (folder / "syngraph.yaml").write_text(MANIFEST + free + verbs)
    return Agreement.open(folder, cache=cache)


def verdicts(agreement: Agreement) -> list[tuple[str, str]]:
    return [(each.rule.split(":")[0], each.status.value) for each in agreement.check((), LATER).verdicts]


def test_a_fact_is_the_act_of_a_duty_and_the_event_of_another(folder: Path) -> None:
    (folder / "record/fact/a.md").write_text("On 3 May 2026, the Owner moored the Vessel.\n")
    assert sorted(verdicts(opened(folder, VERBS))) == [("fees", "fulfilled"), ("fees", "violated")]
    assert sorted(verdicts(opened(folder, ""))) == [("fees", "fulfilled"), ("fees", "pending")]


def test_a_table_may_say_the_noun(folder: Path) -> None:
    (folder / "record/fact/a.csv").write_text("date,actor,act,object\n2026-05-03,Owner,moorage,the Vessel\n")
    assert ("fees", "fulfilled") in verdicts(opened(folder, VERBS))


@pytest.mark.parametrize("free", ["", "free: [syngraph.yaml]\n"])
def test_a_cache_keeps_texts_with_other_verbs_apart(folder: Path, free: str) -> None:
    cache = Remembering()
    for again in range(2):
        for verbs, expected in ((VERBS, "moor"), ("", "")):
            for kept in (cache, Forgetful()):
                rule = opened(folder, verbs, kept, free).rules[0].rule
                assert (rule.times[0].after.verb, again) == (expected, again)  # type: ignore[union-attr]


def test_lint_knows_the_verbs(folder: Path) -> None:
    (folder / "text.md").write_text(TEXT.replace("shall moor the", "shall mor the"))
    helps = [finding.help for finding in opened(folder, VERBS).findings if finding.code == "SG205"]
    assert helps == ["Did you mean `moor`?"]
