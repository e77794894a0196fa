"""`lint --fix`, `--diff` and `--dry-run`: what is written, what is told, and how the command ends."""

import json
import subprocess
from pathlib import Path

import pytest

from syngraph.cli.main import run
from syngraph.cli.manners import together

FILES = {
    "syngraph.yaml": "syngraph: 1\ntitle: Garden\nroot: garden.md\n",
    "garden.md": "---\ninclude: [forms/copy.md, parts/dues.md]\n---\n# Water {#water}\n\nSee [](#Dues), [](#not-there).\n",
    "parts/dues.md": "# Dues {#dues}\n\nSee [](#WATER).\n",
    "forms/copy.md": "---\nname: copy\ndigest: 00\n---\n# Copy {#copy}\n\nSee [](#Water).\n",
}


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, content in FILES.items():
        (tmp_path / "garden" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "garden" / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "garden"


def contents(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


MENDED = {
    **FILES,
    "garden.md": FILES["garden.md"].replace("Dues", "dues"),
    "parts/dues.md": "# Dues {#dues}\n\nSee [](#water).\n",
}


def test_what_is_sure_is_mended_and_the_rest_told(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint", "garden", "--fix", "--format", "concise"]) == 1
    assert contents(garden) == MENDED
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "garden.md:6:19: SG107 no section has the id not-there",
        "forms/copy.md:7:8: SG107 no section has the id Water",
    ]
    assert told.err == "2 mended in garden.md, parts/dues.md, 2 remain\n"
    assert run(["lint", "garden", "--fix"]) == 1
    assert contents(garden) == MENDED
    assert "nothing mended, 2 remain" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--diff"], ["--fix", "--dry-run"], ["--fix", "--diff"], []])
def test_nothing_is_written_unless_it_is_asked_for(garden: Path, option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint", "garden", *option]) == 1
    assert contents(garden) == FILES
    told = capsys.readouterr()
    assert ("+See [](#water)." in told.out) == ("--diff" in option)
    assert ("would mend 2" in told.err) == (not option)


def test_only_what_is_selected_is_mended(garden: Path) -> None:
    assert run(["lint", "garden", "--fix", "--select", "SG3"]) == 0
    assert contents(garden) == FILES


def test_a_text_with_nothing_left_is_clean(garden: Path) -> None:
    (garden / "garden.md").write_text("---\ninclude: [parts/dues.md]\n---\n# Water {#water}\n\nSee [](#Dues).\n")
    assert run(["lint", "garden", "--fix"]) == 0
    assert run(["lint", "garden"]) == 0


def test_an_object_by_itself_is_mended(garden: Path) -> None:
    (garden.parent / "alone.md").write_text("# Water {#water}\n\nSee [](#Water).\n")
    assert run(["lint", "alone.md", "--fix"]) == 0
    assert (garden.parent / "alone.md").read_text() == "# Water {#water}\n\nSee [](#water).\n"
    assert run(["lint", "garden/garden.md", "--fix"]) == 1
    assert contents(garden) == MENDED


def test_a_text_in_a_repository_without_files_is_refused(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "a"]):
        subprocess.run([*git, *command], cwd=garden, check=True)
    subprocess.run([*git, "clone", "-q", "--bare", "garden", "bare.git"], cwd=garden.parent, check=True)
    assert run(["lint", "bare.git", "--fix"]) == 2
    assert "without files" in capsys.readouterr().err
    assert run(["lint", "garden", "--fix", "--rev", "HEAD"]) == 2
    assert run(["lint", "garden", "--dry-run"]) == 2


def test_programs_are_told_the_fixes_and_where_the_files_are(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["lint", "garden", "--json"])
    fixes = [finding["fix"] for finding in json.loads(capsys.readouterr().out)]
    expected = {"path": "garden.md", "line": 6, "column": 8, "end_column": 13, "old": "#Dues", "new": "#dues"}
    other = {**expected, "path": "parts/dues.md", "line": 3, "end_column": 14, "old": "#WATER", "new": "#water"}
    assert fixes == [[expected], [], [], [other]]
    run(["lint", "garden", "--format", "github"])
    assert capsys.readouterr().out.startswith("::error file=garden/garden.md,line=6,col=8,")


def test_names_that_may_be_another_are_left_to_their_author(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = (
        "---\nfields:\n  Employer: Acme\n---\n# Pay {#pay .pros}\n\nThe {Employee} shall pay {Employer} EUR 5 by 1 May 2027.\n"
    )
    (garden.parent / "alone.md").write_text(source)
    assert run(["lint", "alone.md", "--fix"]) == 1
    assert (garden.parent / "alone.md").read_text() == source
    told = capsys.readouterr()
    assert "did you mean {Employer}?" in told.out and "did you mean .prose?" in told.out
    assert "nothing mended" in told.err


def test_line_ends_and_the_encoding_mark_stay_as_they_were(garden: Path) -> None:
    (garden.parent / "alone.md").write_bytes(b"\xef\xbb\xbf# A {#a}\r\n\rA { b\n")
    assert run(["lint", "alone.md", "--fix"]) == 0
    assert (garden.parent / "alone.md").read_bytes() == b"\xef\xbb\xbf# A {#a}\r\n\rA \\{ b\n"


def test_a_file_that_is_write_protected_is_left(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (garden / "garden.md").chmod(0o444)
    assert run(["lint", "garden", "--fix"]) == 2
    assert contents(garden) == FILES
    assert "write-protected (mode 0444); nothing was written" in capsys.readouterr().err


def test_where_the_disk_is_full_nothing_is_written(
    garden: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(together.os, "fsync", full)
    assert run(["lint", "garden", "--fix"]) == 2
    assert {name: text for name, text in contents(garden).items() if name in FILES} == FILES
    told = capsys.readouterr().err
    assert "nothing was written" in told and "make room" in told
