"""Real sentences of bylaws, labelled by hand: how many are read, and how many of those rightly."""

import json
from collections import Counter
from pathlib import Path

import pytest

from syngraph.grammar.parse import read
from syngraph.grammar.rules import Prohibition
from syngraph.grammar.sentence import Kind
from syngraph.grammar.unparse import unparse

SHARED = Path(__file__).parents[3] / "shared"
FRAMES = SHARED / "cases" / "bylaws-frames.jsonl"
SILENT = {Kind.PROSE, Kind.UNREAD, Kind.AMBIGUOUS}


@pytest.mark.skipif(not FRAMES.exists(), reason="the labelled sentences of ../shared/cases are not here")
def test_real_sentences_are_read_and_read_rightly() -> None:
    rows = [json.loads(line) for line in FRAMES.read_text(encoding="utf-8").splitlines()]
    bound = [row for row in rows if row["kind"] != "prose"]
    table: Counter[tuple[str, str]] = Counter()
    right = read_at_all = wrong_way_round = 0
    for row in bound:
        sentence = read(row["sentence"])[0]
        table[row["kind"], sentence.kind.value] += 1
        if sentence.kind in SILENT:
            continue
        read_at_all += 1
        right += sentence.kind.value == row["kind"]
        wrong_way_round += any(isinstance(rule, Prohibition) for rule in sentence.rules) and not row["negated"]
    for (label, kind), count in sorted(table.items()):
        print(f"{label:<12} read as {kind:<12} {count}")
    print(f"{read_at_all} of {len(bound)} read, {right} of the right kind")
    assert wrong_way_round == 0
    assert read_at_all >= 0.45 * len(bound)
    assert right >= 0.75 * read_at_all


@pytest.mark.skipif(not (SHARED / "corpus" / "bylaws").exists(), reason="the real bylaws of ../shared/corpus are not here")
def test_what_is_read_of_real_bylaws_can_be_said_back() -> None:
    said = again = 0
    for path in sorted((SHARED / "corpus" / "bylaws").iterdir()):
        for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
            for sentence in read(paragraph):
                for rule in sentence.rules:
                    said += 1
                    again += [found for each in read(unparse(rule)) for found in each.rules] == [rule]
    assert again >= 0.97 * said
