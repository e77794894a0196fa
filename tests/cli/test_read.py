"""`read` as people and programs see it: kinds, carets, both readings, coverage, what the record must tell."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.cli.manners.output import columns, plain
from syngraph.cli.reading.wrapping import folded

GARDEN = """# Rules of the Garden {#garden}

The garden was begun by neighbours in a car park.

## Words {#words}

"Dues" means EUR 60.

## Care {#care}

Each Member shall water the beds if the weather is dry. The Treasurer shal keep correct and complete books of account.
The Member shall repair any tool that breaks within 30 days.
These Rules are governed by the law of Portugal.
"""


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    path = tmp_path / "garden.md"
    path.write_text(GARDEN, encoding="utf-8")
    return path


def seen(path: Path, width: int, *options: str, **environment: str) -> str:
    """What a terminal of so many columns shows."""
    parent, child = pty.openpty()
    variables = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(width), "LINES": "50", **environment}
    command = [sys.executable, "-m", "syngraph.cli", "read", str(path), *options]
    with subprocess.Popen(command, stdout=child, stderr=child, stdin=subprocess.DEVNULL, env=variables) as process:
        os.close(child)
        shown = b""
        while True:
            try:
                more = os.read(parent, 65536)
            except OSError:
                break
            if not more:
                break
            shown += more
        process.wait(60)
    os.close(parent)
    return shown.decode().replace("\r\n", "\n")


def without_colour(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", shown)


def test_what_is_not_read_is_marked_and_pointed_at(syngraph: Callable, garden: Path) -> None:
    lines = syngraph("read", garden).out.split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("! unread"))
    assert lines[at + 1].index("^") == lines[at].index("shal ")
    assert lines[at + 1].count("^") == 4
    assert "found 'shal', expected `shall`" in lines[at + 2]
    assert lines[at + 3].strip() == "did you mean: The Treasurer shall keep correct and complete books of account."


def test_what_could_mean_two_things_shows_both(syngraph: Callable, garden: Path) -> None:
    out = syngraph("read", garden).out
    assert out.count("could mean: ") == 2
    assert "? ambiguous" in out
    assert "'within 30 days' can be read in two ways" in out


def test_each_section_has_its_coverage_and_id(syngraph: Callable, garden: Path) -> None:
    out = syngraph("read", garden).out
    assert "1.2  Care (#care)  2 of 4 read" in out
    assert "coverage: 3 of 5 binding sentences read as rules (60 %)" in out


def test_what_is_left_to_the_record_is_listed(syngraph: Callable, garden: Path) -> None:
    assert "  section 1.2  whether the weather is dry" in syngraph("read", garden).out
    answer = json.loads(syngraph("read", garden, "--json").out)
    assert [(one["section"], one["text"]) for one in answer["untold"]] == [("care", "whether the weather is dry")]
    assert [one["coverage"]["binding"] for one in answer["sections"]] == [0, 1, 4]


def test_rules_are_told_in_plain_words(syngraph: Callable, garden: Path) -> None:
    out = syngraph("read", garden, "--rules").out
    assert "= If the weather is dry, each Member shall water the beds." in out
    assert "  Each Member must water the beds." in out
    assert "Left to the record: whether this is so: “the weather is dry”" in out


@pytest.mark.parametrize("width", [60, 80, 120])
def test_nothing_goes_beyond_the_terminal_and_nothing_is_lost(garden: Path, width: int) -> None:
    shown = without_colour(seen(garden, width))
    assert max(columns(line) for line in shown.split("\n")) <= width
    assert re.sub(r"\s|\^", "", GARDEN.split("\n\n")[-1].replace("## Care {#care}", ""))[:40] in re.sub(r"\s|\^", "", shown)


def test_colours_are_for_terminals_and_can_be_had_or_not(syngraph: Callable, garden: Path) -> None:
    assert "\x1b[" in seen(garden, 80)
    assert "\x1b[" not in seen(garden, 80, NO_COLOR="1")
    assert "\x1b[" not in seen(garden, 80, TERM="dumb")
    assert "\x1b[" not in seen(garden, 80, "--color", "never")
    assert "\x1b[" not in syngraph("read", garden).out
    assert "\x1b[31m" in syngraph("read", garden, "--color", "always").out


def test_a_caret_far_to_the_right_is_left_out_of_a_pipe(syngraph: Callable, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"The Treasurer, {'who keeps the books, ' * 10}shal pay EUR 5 by 1 May 2027.\n")
    out = syngraph("read", tmp_path / "a.md").out
    assert all(len(line) < 120 for line in out.split("\n") if "^" in line)


@given(st.text(alphabet="ab 契\u0301\x1b-", max_size=120), st.integers(24, 60))
def test_folding_loses_nothing_but_blanks_and_keeps_places(text: str, room: int) -> None:
    lines = folded(text, room)
    assert "".join("".join(line.text for line in lines).split()) == "".join(text.split())
    for line in lines:
        assert text[line.start : line.start + len(line.text)] == line.text
        assert columns(plain(line.text)) <= room
