"""`fmt`: which files it lays out, what it writes, and what it says of it."""

import io
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from syngraph.cli import main
from syngraph.cli.manners import rewriting, together

EXAMPLES = Path(__file__).parents[2] / "examples"
UNTIDY = "---\ntitle: A \n---\n# A\nB.\n"
TIDY = "---\ntitle: A\n---\n\n# A {#a}\n\nB.\n"


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An agreement whose every file could be laid out, and some of which are not to be."""
    files = {
        "syngraph.yaml": "syngraph: 1\nroot: garden.md\nfree: [README.md, notes]\n",
        "garden.md": "---\ninclude: [parts/bare.md, forms/copy.md]\n---\n# A\nB.\n",
        "parts/bare.md": "# C\nD.\n",
        "parts/loose.md": UNTIDY,
        "parts/plain.md": "# no object\nof ours\n",
        "parts/page.md": "---\nlayout: page\n---\n# no object\nof ours\n",
        "forms/copy.md": f"---\nname: copy\ndigest: {'0' * 64}\n---\n# E\nF.\n",
        "README.md": UNTIDY,
        "notes/a.md": UNTIDY,
        "record/fact/2026-01-01-a.md": UNTIDY,
    }
    for name, content in files.items():
        (tmp_path / "garden" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "garden" / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "garden"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def test_the_objects_of_an_agreement_are_laid_out_and_nothing_else(garden: Path) -> None:
    before = contents(garden)
    assert main.run(["fmt", "garden"]) == 0
    assert changed(before, contents(garden)) == ["garden.md", "parts/bare.md", "parts/loose.md"]
    assert (garden / "parts" / "loose.md").read_text() == TIDY
    again = contents(garden)
    assert main.run(["fmt", "garden"]) == 0
    assert contents(garden) == again


def test_a_folder_of_an_agreement_stands_for_the_objects_in_it(garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(garden)
    monkeypatch.chdir(garden / "parts")
    assert main.run(["fmt"]) == 0
    assert changed(before, contents(garden)) == ["parts/bare.md", "parts/loose.md"]


def test_every_agreement_below_a_folder_is_laid_out(garden: Path) -> None:
    shutil.copytree(garden, garden.parent / "other" / "garden")
    assert main.run(["fmt", ".", "--check"]) == 1
    assert main.run(["fmt", "."]) == 0
    assert main.run(["fmt", ".", "--check"]) == 0
    assert (garden.parent / "other" / "garden" / "parts" / "loose.md").read_text() == TIDY


def test_objects_in_a_folder_that_is_no_agreement_are_laid_out(tmp_path: Path) -> None:
    for name, content in {"a.md": UNTIDY, "b.md": "# B\nC.\n"}.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert main.run(["fmt", str(tmp_path)]) == 0
    assert contents(tmp_path) == {"a.md": TIDY.encode(), "b.md": b"# B\nC.\n"}


@pytest.mark.parametrize("option", ["--check", "--diff", "--dry-run"])
def test_what_would_be_written_is_told_and_not_written(garden: Path, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(garden)
    assert main.run(["fmt", "garden", option]) == (1 if option == "--check" else 0)
    assert contents(garden) == before
    told = capsys.readouterr()
    assert "garden/parts/bare.md" in told.out
    assert ("+# C {#c}" in told.out) == (option == "--diff")
    assert told.err == "3 would change, 0 as they should be\n"


def test_a_file_that_is_named_is_laid_out_though_it_has_no_front_matter(garden: Path) -> None:
    assert main.run(["fmt", "garden/parts/plain.md"]) == 0
    assert (garden / "parts" / "plain.md").read_text() == "# no object {#no-object}\n\nof ours\n"


@pytest.mark.parametrize("name", ["README.md", "notes/a.md", "record/fact/2026-01-01-a.md", "syngraph.yaml"])
def test_what_is_no_object_is_refused(garden: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(garden)
    assert main.run(["fmt", f"garden/{name}"]) == 2
    assert contents(garden) == before
    assert "expected" in capsys.readouterr().err


def test_a_copy_from_elsewhere_is_left_alone(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(garden)
    assert main.run(["fmt", "garden/forms/copy.md"]) == 0
    assert contents(garden) == before
    assert "left alone: garden/forms/copy.md" in capsys.readouterr().err


def test_where_one_object_cannot_be_read_nothing_is_written(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (garden / "parts" / "bare.md").write_text("---\ntitle: [\n---\n# A\n", encoding="utf-8")
    before = contents(garden)
    assert main.run(["fmt", "garden"]) == 2
    assert contents(garden) == before
    told = capsys.readouterr().err
    assert "garden/parts/bare.md:2:9" in told
    assert told.endswith("nothing was written\n")


def test_files_that_are_no_text_are_refused(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for content in (b"# A\0\n", b"# A\xff\n"):
        (garden / "garden.md").write_bytes(content)
        assert main.run(["fmt", "garden/garden.md"]) == 2
        assert "Traceback" not in capsys.readouterr().err
        assert (garden / "garden.md").read_bytes() == content


def test_line_ends_and_a_mark_at_the_beginning_are_laid_out(garden: Path) -> None:
    (garden / "garden.md").write_bytes(b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode())
    assert main.run(["fmt", "garden/garden.md"]) == 0
    assert (garden / "garden.md").read_bytes() == TIDY.encode()


def test_the_answer_for_programs(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(["fmt", "garden/parts", "--json", "--check"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "schema": 1,
        "files": [{"path": "garden/parts/bare.md", "changed": True}, {"path": "garden/parts/loose.md", "changed": True}],
        "changed": 2,
        "written": False,
    }


def piped(content: bytes, *options: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    return main.run(["fmt", "-", *options])


def test_an_object_on_stdin(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert piped(UNTIDY.encode(), monkeypatch=monkeypatch) == 0
    assert capsys.readouterr().out == TIDY
    assert piped(UNTIDY.encode(), "--check", monkeypatch=monkeypatch) == 1
    assert capsys.readouterr().out == ""
    assert piped(TIDY.encode(), "--check", monkeypatch=monkeypatch) == 0
    assert piped(b"---\ntitle: [\n---\n", monkeypatch=monkeypatch) == 2
    assert "<stdin>:2:9" in capsys.readouterr().err
    assert main.run(["fmt", "-", "a.md"]) == 2


def test_a_link_is_not_followed_out_of_an_agreement(garden: Path) -> None:
    (garden.parent / "secret.md").write_text(UNTIDY, encoding="utf-8")
    (garden / "parts" / "link.md").symlink_to(garden.parent / "secret.md")
    assert main.run(["fmt", "garden"]) == 0
    assert main.run(["fmt", "garden/parts/link.md"]) == 2
    assert (garden.parent / "secret.md").read_text() == UNTIDY


def test_a_root_that_is_a_link_is_refused(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (garden.parent / "out.md").write_text(UNTIDY, encoding="utf-8")
    (garden / "garden.md").unlink()
    (garden / "garden.md").symlink_to("../out.md")
    before = contents(garden)
    for path in ("garden", "garden/garden.md", "."):
        assert main.run(["fmt", path]) == 2
        assert "a symbolic link" in capsys.readouterr().err
    assert contents(garden) == before
    assert (garden.parent / "out.md").read_text() == UNTIDY


def test_a_folder_that_is_a_link_out_of_an_agreement_is_refused(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (garden.parent / "out").mkdir()
    (garden.parent / "out" / "a.md").write_text(UNTIDY, encoding="utf-8")
    (garden / "link").symlink_to("../out")
    for path in ("garden/link", "garden/link/a.md"):
        assert main.run(["fmt", path]) == 2
        assert "link" in capsys.readouterr().err
    assert (garden.parent / "out" / "a.md").read_text() == UNTIDY
    (garden.parent / "way").symlink_to("garden")
    assert main.run(["fmt", "way/parts"]) == 0
    assert (garden / "parts" / "loose.md").read_text() == TIDY


def test_a_write_protected_file_is_left_and_so_are_the_others(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (garden / "parts" / "loose.md").chmod(0o444)
    before = contents(garden)
    assert main.run(["fmt", "garden"]) == 2
    assert contents(garden) == before
    assert "loose.md is write-protected (mode 0444); nothing was written" in capsys.readouterr().err


@pytest.mark.parametrize("free", [0, 1, 2])
def test_where_the_disk_is_full_nothing_is_written(
    garden: Path, free: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, synced = contents(garden), []

    def full(handle: int) -> None:
        synced.append(handle)
        if len(synced) > free:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(together.os, "fsync", full)
    assert main.run(["fmt", "garden"]) == 2
    after = contents(garden)
    assert {name: after[name] for name in before} == before
    told = capsys.readouterr().err
    assert "nothing was written" in told and "make room" in told


def test_what_was_written_is_told_where_it_could_not_be_taken_back(
    garden: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def some(writes: Sequence[together.Write]) -> None:
        for write in writes[:2]:
            write.path.write_bytes(write.content)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rewriting, "write_all", some)
    assert main.run(["fmt", "garden"]) == 2
    told = capsys.readouterr().err
    assert "written: garden/garden.md, garden/parts/bare.md; not written: garden/parts/loose.md" in told


MARKED = "\n\n\ufeff# Dues\n\nThe Buyer shall pay EUR 5 to the Seller by 1 May 2027.\n"


def test_a_mark_further_down_never_comes_to_the_beginning(garden: Path) -> None:
    (garden / "garden.md").write_text(MARKED, encoding="utf-8")
    assert main.run(["fmt", "garden/garden.md"]) == 0
    assert (garden / "garden.md").read_text(encoding="utf-8") == MARKED


def test_two_marks_at_the_beginning_are_refused(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (garden / "garden.md").write_text("\ufeff\ufeff# Dues\n\nA.\n", encoding="utf-8")
    assert main.run(["fmt", "garden/garden.md"]) == 2
    assert "U+FEFF" in capsys.readouterr().err
    assert (garden / "garden.md").read_text(encoding="utf-8") == "\ufeff\ufeff# Dues\n\nA.\n"


def test_the_examples_are_laid_out() -> None:
    assert main.run(["fmt", str(EXAMPLES), "--check"]) == 0


def test_a_folder_without_objects_is_told(syngraph: Callable, tmp_path: Path) -> None:
    (tmp_path / "plain.md").write_text("# Plain\n", encoding="utf-8")
    answer = syngraph("fmt", tmp_path)
    assert answer.code == 0
    assert "nothing to lay out" in answer.err
    assert "name a file" in answer.err
    assert (tmp_path / "plain.md").read_text(encoding="utf-8") == "# Plain\n"
