"""`explain` in plain words, and what the record must tell in every answer that hangs on it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

TEXT = """# Care {#care}

Each Tenant shall water the beds by 5 May 2026 if the weather is dry.

# Change {#change}

These Rules may be amended by two-thirds of all Tenants.

# Faults {#faults}

The Tenant shal pay.
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "rules.md").write_text(TEXT, encoding="utf-8")
    return tmp_path / "rules.md"


def test_a_section_is_told_in_plain_words_before_its_verdicts(syngraph: Callable, rules: Path) -> None:
    answer = syngraph("explain", "care", "--in", rules, "--at", "2026-06-01")
    assert answer.code == 0
    assert "Each Tenant must water the beds.\n" in answer.out
    assert "  When: by 5 May 2026, that day included.\n" in answer.out
    assert "Condition: it holds only if the weather is dry." in answer.out
    assert answer.out.index("must water") < answer.out.index("undetermined")


def test_a_section_with_no_verdict_is_told_all_the_same(syngraph: Callable, rules: Path) -> None:
    answer = syngraph("explain", "change", "--in", rules)
    assert (answer.code, "Votes: at least two-thirds (2/3) of all Tenants." in answer.out) == (0, True)
    made = json.loads(syngraph("explain", "change", "--in", rules, "--json").out)
    assert [one["says"] for one in made["rules"]] == ["These Rules may be amended by a vote."]
    assert made["rules"][0]["points"] == [{"topic": "Votes", "text": "at least two-thirds (2/3) of all Tenants"}]
    assert made["verdicts"] == []


def test_a_sentence_is_told_without_any_agreement(syngraph: Callable) -> None:
    answer = syngraph("explain", "The Tenant shall pay EUR 5 by 1 May 2027. The Tenant shal leave.")
    assert answer.code == 0
    assert "The Tenant must pay EUR 5.\n" in answer.out
    assert "! unread      The Tenant shal leave." in answer.out
    made = json.loads(syngraph("explain", "No Member may vote by proxy.", "--json").out)
    assert [one["kind"] for one in made["sentences"]] == ["prohibition"]
    assert made["sentences"][0]["rules"][0]["says"] == "No Member may vote by proxy."


def test_what_is_no_rule_is_still_an_error(syngraph: Callable, rules: Path) -> None:
    answer = syngraph("explain", "cares", "--in", rules)
    assert (answer.code, "did you mean 'care'?" in answer.err) == (2, True)
    assert syngraph("explain", "section 9", "--in", rules).code == 2


@pytest.mark.parametrize("verb", ["check", "next"])
def test_what_leaves_a_verdict_open_is_listed(verb: str, syngraph: Callable, rules: Path) -> None:
    answer = syngraph(verb, rules, "--at", "2026-06-01")
    assert "left to the record; undetermined until it tells:\n  section 1  whether the weather is dry\n" in answer.out
    made = json.loads(syngraph(verb, rules, "--at", "2026-06-01", "--json").out)
    assert [(one["section"], one["text"]) for one in made["untold"]] == [("care", "whether the weather is dry")]
