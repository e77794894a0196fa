"""`import`: texts of other kinds brought into our notation."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from syngraph.cli.main import run

TEXT = "# Garden Rules\n\n## 1. Dues\n\nEach Member shall pay EUR 5 under section 2.\n\n## 2. Term\n\nIt lasts {long}.\n"
OBJECT = "T.=[who/ada.md]\nr00t=<h1>Lease</h1><ol><li>{T.Name} shall pay {Rent}, and {T.Name} may leave.</ol>\nRent=EUR 50\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rules.md").write_text(TEXT, encoding="utf-8")
    Path("Doc/who").mkdir(parents=True)
    Path("Doc/lease.md").write_text(OBJECT, encoding="utf-8")
    Path("Doc/who/ada.md").write_text("Name=Ada Quill\n", encoding="utf-8")


def test_a_file_becomes_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "rules.md", "-o", "bylaws.md"]) == 0
    assert Path("bylaws.md").read_text(encoding="utf-8") == (
        "---\ntitle: Garden Rules\n---\n\n# Dues {#dues}\n\nEach Member shall pay EUR 5 under [](#term).\n\n"
        "# Term {#term}\n\nIt lasts \\{long\\}.\n"
    )
    assert "coverage: 1 of 1 binding sentences read as rules" in capsys.readouterr().out
    assert run(["lint", "bylaws.md"]) == 0


def test_a_store_object_becomes_an_agreement(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "--from", "commonaccord", "Doc", "lease.md", "-o", "lease"]) == 0
    assert sorted(str(path) for path in Path("lease").rglob("*.*")) == [
        "lease/agreement.md",
        "lease/objects/who/ada.md",
        "lease/syngraph.yaml",
    ]
    assert run(["lint", "lease"]) == 0
    capsys.readouterr()
    assert run(["render", "lease", "--format", "txt"]) == 0
    assert "Ada Quill shall pay EUR 50, and Ada Quill may leave." in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "arguments", [["rules.md", "-o", "new.md"], ["--from", "commonaccord", "Doc", "lease.md", "-o", "new"]]
)
def test_a_dry_run_writes_nothing(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(Path().rglob("*"))
    assert run(["import", *arguments, "--dry-run"]) == 0
    assert "would write new" in capsys.readouterr().out
    assert run(["import", *arguments, "--dry-run", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["schema"], answer["dry_run"]) == (1, True)
    assert sorted(Path().rglob("*")) == before


def test_an_object_may_be_named_from_here(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "--from", "commonaccord", "Doc", "Doc/lease.md", "--dry-run"]) == 0
    assert "would write lease: Lease" in capsys.readouterr().out


def test_programs_get_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "--from", "commonaccord", "Doc", "lease.md", "-o", "new", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    counts = {key: answer[key] for key in ("title", "objects", "fields", "written_out", "open", "words")}
    assert counts == {"title": "Lease", "objects": 2, "fields": 2, "written_out": 0, "open": [], "words": 12}
    assert answer["files"] == ["syngraph.yaml", "agreement.md", "objects/who/ada.md"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.md"], "there is no such file"),
        (["rules.pdf"], "found a file .pdf"),
        (["rules"], "without an ending"),
        (["rules.md", "-o", "Doc/lease.md"], "is there already"),
        (["rules.md", "lease.md"], "--from commonaccord"),
        (["--from", "commonaccord", "Doc"], "the object is missing"),
        (["--from", "commonaccord", "None", "lease.md"], "None is no folder"),
        (["--from", "commonaccord", "Doc", "none.md"], "no such object"),
        (["--from", "commonaccord", "Doc", "../rules.md"], "expected the path of an object"),
        (["--from", "commonaccord", "Doc", "who/ada.md"], "nothing that binds r00t"),
        (["--from", "commonaccord", "Doc", "lease.md", "-o", "Doc"], "is not empty"),
        (["--from", "commonaccord", "Doc", "lease.md", "-o", "rules.md"], "is there already"),
        (["binary.md"], "a binary file"),
        (["ours.md"], "an object in our notation"),
        (["empty.md"], "no words"),
    ],
)
def test_what_cannot_be_brought_is_refused(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("binary.md").write_bytes(b"a\0b")
    Path("ours.md").write_text("---\nfields: {A: b}\n---\nx\n", encoding="utf-8")
    Path("empty.md").write_text("", encoding="utf-8")
    before = sorted(Path().rglob("*"))
    assert run(["import", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert sorted(Path().rglob("*")) == before


def test_without_pandoc_a_word_file_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("rules.docx").write_bytes(b"PK")
    monkeypatch.setenv("PATH", "")
    assert run(["import", "rules.docx"]) == 2
    assert "install it (`apt install pandoc`" in capsys.readouterr().err


def test_a_program_that_only_calls_itself_pandoc(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    Path("rules.docx").write_bytes(b"PK")
    Path("bin").mkdir()
    program = Path("bin/pandoc")
    program.write_text("#!/bin/sh\necho odd >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{Path('bin').resolve()}{os.pathsep}{os.environ['PATH']}")
    assert run(["import", "rules.docx"]) == 2
    assert "pandoc does not read it as docx: odd" in capsys.readouterr().err


pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed: no word file is tried")


@pandoc
def test_a_word_file_becomes_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["pandoc", "-f", "markdown", "-t", "docx", "-o", "rules.docx", "rules.md"], check=True, capture_output=True)
    assert run(["import", "rules.docx", "-o", "word.md"]) == 0
    assert run(["import", "rules.md", "-o", "plain.md"]) == 0
    assert Path("word.md").read_text(encoding="utf-8") == Path("plain.md").read_text(encoding="utf-8")
    assert "tracked changes accepted" in capsys.readouterr().out


@pandoc
def test_tracked_changes_are_accepted() -> None:
    by = 'author="A" date="2026-01-01T00:00:00Z"'
    text = f"Each [Member]{{.insertion {by}}}[Guest]{{.deletion {by}}} shall pay [EUR 5]{{.comment-start id=1 {by}}}.\n"
    Path("draft.md").write_text(text, encoding="utf-8")
    subprocess.run(["pandoc", "-f", "markdown", "-t", "docx", "-o", "draft.docx", "draft.md"], check=True, capture_output=True)
    assert run(["import", "draft.docx", "-o", "new.md"]) == 0
    assert Path("new.md").read_text(encoding="utf-8") == "Each Member shall pay .\n"


@pandoc
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive at all" * 100])
def test_what_is_no_word_file_is_refused(content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    Path("rules.docx").write_bytes(content)
    assert run(["import", "rules.docx", "-o", "new.md"]) == 2
    assert "pandoc does not read it as docx" in capsys.readouterr().err
    assert not Path("new.md").exists()


def imported(name: str, *options: str) -> int:
    return run(["import", "--from", "commonaccord", "Doc", name, "-o", "new", *options])


@pytest.mark.parametrize(("text", "code"), [("r00t={A}\nA={B} x\nB={A}\n", "SG115"), ("=[cut.md]\nr00t=x {A}\n", "SG104")])
def test_a_text_that_is_not_whole_is_not_written(text: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("Doc/cut.md").write_text(text, encoding="utf-8")
    assert imported("cut.md") == 2
    assert f"not whole ({code})" in capsys.readouterr().err
    assert not Path("new").exists()


def test_what_is_not_there_is_told_and_the_rest_written(capsys: pytest.CaptureFixture[str]) -> None:
    Path("Doc/open.md").write_text("=[none.md]\nr00t=By {_Company} and {P.$} {!!!}\n", encoding="utf-8")
    assert imported("open.md", "--json", "--dry-run") == 1
    answer = json.loads(capsys.readouterr().out)
    assert [(each["code"], each["line"]) for each in answer["findings"]] == [("SG103", 1)]
    assert answer["renamed"] == {"term.Company": "_Company", "P.amount": "P.$"}
    assert (answer["open"], answer["literal"]) == (["term.Company", "P.amount"], ["!!!"])
    assert imported("open.md") == 1
    said = capsys.readouterr()
    assert "open.md:1:3: SG103" in said.err
    assert "2 names called otherwise in the store: term.Company (_Company), P.amount (P.$)" in said.out
    assert "1 text in braces no name, and left: {!!!}" in said.out
    assert run(["lint", "new"]) == 1
    assert "SG101 nothing defines {term.Company}" in capsys.readouterr().out
    assert run(["view", "missing", "new"]) == 1
    assert "P.amount" in capsys.readouterr().out


def test_references_are_told_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    text = "# 1. A\n\nSee section 2.2, section 9.\n\n# 2. B\n\n## 2.2 Late\n\nx\n"
    Path("typed.md").write_text(text, encoding="utf-8")
    assert run(["import", "typed.md", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "“2.2” is 2.1 now: Late" in said
    assert "3:5 “section 2.2” leads to #late, 2.1 now" in said
    assert "“section 9” stays: no section had that number" in said
    assert run(["import", "typed.md", "--dry-run", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["reference_list"][0] == {
        **{"text": "section 2.2", "target": "late", "number": "2.1", "reason": None},
        **{"line": 3, "column": 5},
    }
    assert answer["renumbered"] == [{"typed": "2.2", "number": "2.1", "id": "late", "heading": "Late"}]


def test_what_is_written_is_laid_out() -> None:
    Path("body.md").write_text("# Rules\n\n## 1. A\n\nx\n\n## 2. B\n\n- y\n", encoding="utf-8")
    Path("text.md").write_text("---\ntitle: T\n---\nx\n", encoding="utf-8")
    for name in ("body", "text"):
        assert run(["import", f"{name}.md", "-o", f"{name}.new.md"]) == 0
        assert run(["fmt", "--check", f"{name}.new.md"]) == 0
    Path("Doc").mkdir(exist_ok=True)
    Path("Doc/laid.md").write_text("r00t=A text for {Name} by {P.Name}.\nName=Bora\nP.=[ada.md]\n", encoding="utf-8")
    Path("Doc/ada.md").write_text("Name=Ada\n", encoding="utf-8")
    assert run(["import", "--from", "commonaccord", "Doc", "laid.md", "-o", "laid"]) == 0
    assert run(["fmt", "--check", "laid"]) == 0
