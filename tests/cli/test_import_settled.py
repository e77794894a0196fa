"""`import` and what a page says otherwise than by words; where it writes."""

import json
from pathlib import Path

import pytest

from syngraph.cli import main

SOURCE = "# Rent\n\nThe Tenant shall ~~not~~ pay 10<sup>6</sup> EUR.\n"
MADE = "# Rent {#rent}\n\nThe Tenant shall pay 10^6 EUR.\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.md").write_text(SOURCE)
    Path(".git").mkdir()
    Path("link.md").symlink_to("nowhere.md")


def run(*arguments: str) -> int:
    return main.run(["import", *arguments])


def test_struck_words_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("x.md", "-o", "y.md") == 2
    assert "--struck drop" in capsys.readouterr().err
    assert not Path("y.md").exists()


def test_a_dash_is_the_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("x.md", "--struck", "drop", "-o", "-") == 0
    said = capsys.readouterr()
    assert said.out == MADE
    assert said.err == "1 stretch of struck words left out: “not”\n1 raised or lowered figure or note written out: “10^6”\n"
    assert not Path("-").exists()


def test_programs_get_the_remarks(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("x.md", "--struck", "keep", "--dry-run", "--json") == 0
    remarks = json.loads(capsys.readouterr().out)["remarks"]
    assert sorted(remarks, key=lambda each: each["kind"]) == [
        {"kind": "kept", "words": "not"},
        {"kind": "set", "words": "10^6"},
    ]


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
@pytest.mark.parametrize("target", [".git", ".git/y.md", ".GIT/y.md", "link.md", "x.md/y.md"])
def test_places_that_are_refused_with_and_without_writing(target: str, dry: tuple[str, ...]) -> None:
    assert run("x.md", "--struck", "drop", "-o", target, *dry) == 2
    assert not Path("nowhere.md").exists()
    assert list(Path(".git").iterdir()) == []
