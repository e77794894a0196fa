"""`borrow`, and copies of the library, at the command line."""

import errno
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click import UsageError

from syngraph import library
from syngraph.cli.manners import together
from syngraph.engine.text.vendoring import of_library, vendored

SALE = """---
title: Sale
include:
  - {object: people/ada.md, as: Seller.}
fields:
  Price: EUR 10
---
# Sale {#sale}

{Seller.Name} sells for {Price}.

# Place {#place}

The place is Lisbon.
"""
GIT = {f"GIT_{who}_{what}": "ada@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def git(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, **GIT, "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path, files: dict[str, str]) -> str:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "a commit")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    folder = tmp_path / "forms"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder, {"forms/sale.md": SALE, "people/ada.md": "---\nfields:\n  Name: Ada\n---\n"})
    return folder


@pytest.fixture
def bylaws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bylaws"
    folder.mkdir()
    (folder / "syngraph.yaml").write_text("syngraph: 1\ntitle: Bylaws\nroot: bylaws.md\n", encoding="utf-8")
    (folder / "bylaws.md").write_text("# Bylaws {#bylaws}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_object_comes_with_what_it_includes_and_has_not_drifted(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    assert syngraph("borrow", "forms@main:forms/sale.md", "bylaws", "--as", "purchase").code == 0
    assert sorted(files(bylaws / "forms")) == ["people/ada.md", "purchase.md"]
    assert syngraph("library", "diff", "bylaws", "--source", "forms").code == 0
    here = json.loads(syngraph("render", "bylaws/forms/purchase.md", "--format", "json").out)
    assert "Ada sells for EUR 10." in json.dumps(here)


@pytest.mark.parametrize("name", ["forms.git", "file://{}/forms.git", "file://localhost{}/forms.git", "forms"])
def test_a_repository_is_named_by_path_or_file_url(
    name: str, syngraph: Callable, forms: Path, bylaws: Path, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", "forms", "forms.git")
    git(tmp_path / "forms.git", "remote", "remove", "origin")
    given = name.format(tmp_path)
    assert syngraph("borrow", f"{given}@HEAD:forms/sale.md", "bylaws").code == 0
    found = vendored((bylaws / "forms/sale.md").read_bytes(), "")
    assert found is not None
    assert (found.origin["source"], found.origin["commit"]) == (given, git(forms, "rev-parse", "HEAD"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/forms.git", "https://example.org/forms.git"),
        ("https://ada:secret@example.org/forms.git", "https://example.org/forms.git"),
        ("https://secret@example.org:8443/forms?token=secret#secret", "https://example.org:8443/forms"),
        ("https://ada:se@cret@example.org/forms", "https://example.org/forms"),
        ("ssh://git:secret@example.org/forms.git", "ssh://git@example.org/forms.git"),
        ("git@example.org:forms.git", "git@example.org:forms.git"),
        ("https://ada:se/cret@example.org/forms", "forms"),
        ("/srv/secret/forms", "forms"),
    ],
)
def test_the_source_is_the_url_of_the_origin_without_credentials(
    url: str, expected: str, syngraph: Callable, forms: Path, bylaws: Path
) -> None:
    git(forms, "remote", "add", "origin", url)
    answer = syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws", "--json")
    assert json.loads(answer.out)["source"] == expected
    assert not any(b"secret" in content for content in files(bylaws).values())


def test_one_agreement_borrows_from_another_in_its_repository(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    commit(forms, {"lease/syngraph.yaml": "syngraph: 1\n", "lease/lease.md": "---\ninclude: forms/pets.md\n---\n"})
    commit(forms, {"lease/forms/pets.md": "# Pets {#pets}\n", "other/syngraph.yaml": "syngraph: 1\n"})
    assert syngraph("borrow", "forms@HEAD:lease/lease.md", "forms/other").code == 0
    assert sorted(files(forms / "other/forms")) == ["forms/pets.md", "lease.md"]
    found = vendored((forms / "other/forms/lease.md").read_bytes(), "")
    assert found is not None
    assert found.origin["source"] == "."
    assert syngraph("library", "diff", "forms/other").code == 0
    commit(forms, {"lease/forms/pets.md": "# Pets {#pets}\n\nNo pets.\n"})
    answer = syngraph("library", "diff", "forms/other")
    assert (answer.code, "changed at the source" in answer.out, "-No pets." in answer.out) == (1, True, True)


def test_a_path_counts_from_the_folder_that_is_given(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    assert syngraph("borrow", "forms/people@HEAD:ada.md", "bylaws").code == 0
    assert b"\npath: people/ada.md\n" in (bylaws / "forms/ada.md").read_bytes()


def test_a_dry_run_writes_nothing(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    before = files(bylaws)
    answer = syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws", "--dry-run", "--json")
    assert [each["done"] for each in json.loads(answer.out)["files"]] == ["new", "new"]
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws", "--dry-run").code == 0
    assert files(bylaws) == before


def test_a_second_time_changes_nothing(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws").code == 0
    before = files(bylaws)
    commit(forms, {"README.md": "Forms.\n"})
    answer = syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws", "--json")
    assert (answer.code, json.loads(answer.out)["written"], files(bylaws)) == (0, [], before)


def test_an_unchanged_copy_is_replaced_when_asked(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws").code == 0
    commit(forms, {"forms/sale.md": SALE.replace("EUR 10", "EUR 12")})
    before = files(bylaws)
    answer = syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws")
    assert (answer.code, "--update" in answer.err, files(bylaws)) == (2, True, before)
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws", "--update").code == 0
    assert syngraph("library", "diff", "bylaws", "--source", "forms").code == 0


def test_a_changed_copy_is_joined_clause_by_clause(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws").code == 0
    changed(bylaws / "forms/sale.md", "Lisbon", "Porto")
    commit(forms, {"forms/sale.md": SALE.replace("EUR 10", "EUR 12")})
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws").code == 2
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws", "--update").code == 0
    text = (bylaws / "forms/sale.md").read_text(encoding="utf-8")
    assert ("Porto" in text, "EUR 12" in text) == (True, True)
    (found,) = [
        each
        for each in json.loads(syngraph("library", "diff", "bylaws", "--source", "forms", "--json").out)["objects"]
        if each["here"] == "changed"
    ]
    assert (found["there"], found["commit"]) == ("same", git(forms, "rev-parse", "HEAD"))


def test_a_copy_that_contradicts_its_source_is_not_joined(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws").code == 0
    changed(bylaws / "forms/sale.md", "EUR 10", "EUR 11")
    commit(forms, {"forms/sale.md": SALE.replace("EUR 10", "EUR 12"), "people/ada.md": "---\nfields:\n  Name: Eda\n---\n"})
    before = files(bylaws)
    answer = syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws", "--update")
    assert (answer.code, "Price" in answer.err, files(bylaws)) == (2, True, before)


def test_another_file_is_never_replaced_and_then_none_is_written(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    (bylaws / "forms").mkdir()
    (bylaws / "forms/sale.md").write_text("# Mine\n", encoding="utf-8")
    before = files(bylaws)
    answer = syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws", "--update")
    assert (answer.code, "is there already and differs" in answer.err, files(bylaws)) == (2, True, before)


def test_a_link_in_the_agreement_is_not_followed(syngraph: Callable, forms: Path, bylaws: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (bylaws / "forms").symlink_to(tmp_path / "elsewhere")
    answer = syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws")
    assert (answer.code, files(tmp_path / "elsewhere")) == (2, {})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://ada:secret@example.org/forms.git@HEAD:a.md", "git clone"),
        ("ssh://git@example.org/forms.git@HEAD:a.md", "git clone"),
        ("git@example.org:forms.git@HEAD:a.md", "git clone"),
        ("https://example.org/forms.git", "git clone"),
        ("file://elsewhere/forms.git@HEAD:a.md", "another machine"),
        ("forms", "expected REPO@COMMIT:PATH"),
        ("forms@HEAD", "expected REPO@COMMIT:PATH"),
        ("forms@HEAD:", "no path after the colon"),
        ("nowhere@HEAD:a.md", "no such folder"),
        ("bylaws@HEAD:a.md", "no git repository"),
        ("forms@v9:forms/sale.md", "no revision v9"),
        ("forms@HEAD:forms/sael.md", "did you mean forms/sale.md?"),
        ("forms@HEAD:../bylaws/bylaws.md", "leads out"),
        ("forms@HEAD:forms", "a folder"),
        ("for\0ms@HEAD:a.md", "zero byte"),
        ("forms@HE\0AD:a.md", "no revision"),
        ("forms@HEAD:a\0.md", "not plain"),
    ],
)
def test_what_cannot_be_borrowed_is_told_in_words(
    source: str, expected: str, syngraph: Callable, forms: Path, bylaws: Path
) -> None:
    before = files(bylaws)
    answer = syngraph("borrow", source, "bylaws")
    assert (answer.code, expected in answer.err, files(bylaws)) == (2, True, before), answer.err
    assert "secret" not in answer.err
    assert "internal error" not in answer.err


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--into", "../elsewhere"), "--into"),
        (("--into", "/tmp"), "--into"),
        (("--into", ".git/hooks"), ".git"),
        (("--into", "record"), "record"),
        (("--as", "../x"), "--as"),
        (("--as", "a\\b"), "--as"),
        (("--as", ".."), "--as"),
        (("--as", ".git"), "--as"),
        (("--as", "..md"), "--as"),
        (("--as", "sale."), "--as"),
        (("--as", "sale .md"), "--as"),
    ],
)
def test_a_place_outside_of_the_text_is_refused(
    options: tuple[str, str], expected: str, syngraph: Callable, forms: Path, bylaws: Path
) -> None:
    before = files(bylaws)
    answer = syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws", *options)
    assert (answer.code, expected in answer.err, files(bylaws)) == (2, True, before), answer.err


def test_another_repository_that_is_named_by_a_dot_is_told_by_its_folder(
    syngraph: Callable, forms: Path, bylaws: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, name in ((forms, "."), (forms, "./"), (forms / "people", "..")):
        monkeypatch.chdir(folder)
        answer = syngraph("borrow", f"{name}@HEAD:forms/sale.md", bylaws, "--json")
        assert json.loads(answer.out)["source"] == "forms"


def test_a_commit_may_be_named_as_git_names_it(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    git(forms, "tag", "-a", "v1", "-m", "first")
    for name in ("v1", "main@{0}", "HEAD^{commit}", "refs/heads/main"):
        assert syngraph("borrow", f"forms@{name}:forms/sale.md", "bylaws", "--dry-run").code == 0, name


@pytest.mark.parametrize("name", ["bad\udcff", "e\u0301", "a\x1b[2J", "turned\u202e"])
def test_a_repository_whose_name_cannot_stand_in_a_text_is_refused(
    name: str, syngraph: Callable, forms: Path, bylaws: Path
) -> None:
    forms.rename(forms.parent / name)
    before = files(bylaws)
    answer = syngraph("borrow", f"{name}@HEAD:forms/sale.md", "bylaws")
    assert (answer.code, "whose name can stand in a text" in answer.err, files(bylaws)) == (2, True, before), answer.err
    assert ascii(name)[1:-1] in answer.err


def test_an_object_that_the_repository_has_lost_is_told(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    lost = git(forms, "rev-parse", "HEAD:people/ada.md")
    (forms / ".git/objects" / lost[:2] / lost[2:]).unlink()
    before = files(bylaws)
    answer = syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws")
    assert (answer.code, "internal error" in answer.err, files(bylaws)) == (2, False, before), answer.err
    assert "people/ada.md" in answer.err


def test_a_repository_of_somebody_else_is_read_without_its_settings(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    """Filters, replacements and includes of settings are what a stranger could bring along."""
    (forms / "evil").write_text("# Evil {#evil}\n", encoding="utf-8")
    evil = git(forms, "hash-object", "-w", "evil")
    git(forms, "replace", git(forms, "rev-parse", "HEAD:forms/sale.md"), evil)
    git(forms, "config", "filter.x.smudge", "touch ran")
    (forms / ".git/info/attributes").write_text("*.md filter=x\n", encoding="utf-8")
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws").code == 0
    assert "sells for" in (bylaws / "forms/sale.md").read_text(encoding="utf-8")
    assert not (forms / "ran").exists()


# -- all or none -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 1, 2])
def test_when_one_file_cannot_be_written_none_is(at: int, tmp_path: Path) -> None:
    (tmp_path / "old.md").write_bytes(b"old")
    writes = [
        together.Write(tmp_path / "a/b/new.md", b"new"),
        together.Write(tmp_path / "old.md", b"newer", b"old"),
        together.Write(tmp_path / "a/last.md", b"last"),
    ]
    before = files(tmp_path)
    spoilt = writes[at]
    spoilt.path.parent.mkdir(parents=True, exist_ok=True)
    came = together.Write(spoilt.path, spoilt.content, b"something else" if spoilt.before is None else b"not this")
    with pytest.raises(UsageError, match="changed meanwhile"):
        together.write_all([*writes[:at], came, *writes[at + 1 :]])
    assert files(tmp_path) == before


def test_a_file_that_came_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(b"mine")
    with pytest.raises(UsageError, match="meanwhile"):
        together.write_all([together.Write(tmp_path / "x/a.md", b"a"), together.Write(tmp_path / "b.md", b"b")])
    assert (files(tmp_path), (tmp_path / "x").exists()) == ({"b.md": b"mine"}, False)


@pytest.mark.parametrize("at", range(3))
@pytest.mark.parametrize("what", ["fsync", "link"])
def test_a_full_disk_leaves_everything_as_it_was(what: str, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / name).write_bytes(b"old")
    before = files(tmp_path)
    writes = [
        together.Write(tmp_path / "a.md", b"new", b"old"),
        together.Write(tmp_path / "b.md", b"new", b"old"),
        together.Write(tmp_path / "x/y/c.md", b"new"),
        together.Write(tmp_path / "c.md", b"new", b"changed meanwhile"),
    ]
    calls = iter(range(100))
    true = getattr(os, what)

    def full(*arguments: object) -> object:
        if next(calls) >= at:
            raise OSError(errno.ENOSPC, "No space left on device")
        return true(*arguments)

    monkeypatch.setattr(os, what, full)
    with pytest.raises((OSError, UsageError)):
        together.write_all(writes)
    assert (files(tmp_path), sorted(each.name for each in tmp_path.iterdir())) == (before, ["a.md", "b.md", "c.md"])


def test_what_was_replaced_comes_back_without_room_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    calls = iter(range(100))
    true = os.fsync

    def full(handle: int) -> None:
        if next(calls) >= 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        true(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="meanwhile"):
        together.write_all([together.Write(tmp_path / "a.md", b"new", b"old"), together.Write(tmp_path / "b.md", b"new", b"x")])
    assert files(tmp_path) == {"a.md": b"old"}


def test_what_a_process_left_that_was_ended_in_the_middle_is_removed(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    left = [f".a.md.{gone.pid}-{'0' * 16}.part", f".other.{gone.pid}-{'1' * 16}.part"]
    kept = [f".a.md.{os.getpid()}-{'0' * 16}.part", f".a.md.{gone.pid}-0.part", ".a.md.swp", "a.part"]
    for name in (*left, *kept):
        (tmp_path / name).write_bytes(b"half")
    together.write_all([together.Write(tmp_path / "a.md", b"new")])
    assert sorted(files(tmp_path)) == sorted(["a.md", *kept])


# -- drift -------------------------------------------------------------------------------------------------------------


def test_a_source_that_is_not_here_is_told(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    for name, expected in (("nowhere", "no such folder"), ("https://example.org/x.git", "git clone"), ("bylaws", "no git")):
        answer = syngraph("library", "diff", "bylaws", "--source", name)
        assert (answer.code, expected in answer.err) == (2, True), answer.err


def test_a_copy_knows_its_source_by_the_commit_whatever_the_clone_is_called(
    syngraph: Callable, forms: Path, bylaws: Path, tmp_path: Path
) -> None:
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws").code == 0
    git(tmp_path, "clone", "--quiet", "forms", "elsewhere")
    answer = syngraph("library", "diff", "bylaws", "--source", "elsewhere", "--json")
    assert [each["there"] for each in json.loads(answer.out)["objects"]] == ["same", "same"]
    rewritten = tmp_path / "rewritten"
    rewritten.mkdir()
    git(rewritten, "init", "--quiet")
    commit(rewritten, {"forms/sale.md": SALE})
    answer = syngraph("library", "diff", "bylaws", "--source", "rewritten", "--json")
    assert [each["there"] for each in json.loads(answer.out)["objects"]] == ["unknown", "unknown"]


def test_what_a_copy_says_of_its_source_opens_no_repository(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    assert syngraph("borrow", f"{forms}@HEAD:forms/sale.md", "bylaws").code == 0
    answer = syngraph("library", "diff", "bylaws", "--json")
    assert [each["there"] for each in json.loads(answer.out)["objects"]] == ["unknown", "unknown"]


def test_it_is_said_when_nothing_differs(syngraph: Callable, bylaws: Path) -> None:
    assert syngraph("library", "diff", "bylaws").err == "bylaws: no copies of objects from elsewhere\n"
    assert syngraph("library", "add", "notices", "bylaws").code == 0
    assert syngraph("library", "diff", "bylaws").err == "1 copy, as the sources have them\n"


def test_what_to_type_is_said_where_a_source_is_not_looked_at(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    assert syngraph("borrow", f"../{forms.parent.name}/forms@HEAD:forms/sale.md", "bylaws").code == 0
    source = f"../{forms.parent.name}/forms"
    typed = f"`syngraph library diff bylaws --source {source}` does"
    answer = syngraph("library", "diff", "bylaws")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == f"2 copies were not held against the source {source}; {typed}\n"
    changed(bylaws / "forms/sale.md", "EUR 10", "EUR 12")
    answer = syngraph("library", "diff", "bylaws")
    assert (answer.code, answer.out) == (
        1,
        f"bylaws/forms/sale.md: changed here; not shown: its source was not looked at; {typed}\n",
    )
    told = json.loads(syngraph("library", "diff", "bylaws", "--json").out)["objects"]
    assert [each["hint"] for each in told] == [f"its source was not looked at; {typed}"] * 2
    assert "-  Price: EUR 10\n+  Price: EUR 12\n" in syngraph("library", "diff", "bylaws", "--source", source).out


def test_what_to_type_is_safe_to_type(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws").code == 0
    for path in (bylaws / "forms/sale.md", bylaws / "forms/people/ada.md"):
        changed(path, "source: forms", "source: '$(touch gone); `rm x`'")
    answer = syngraph("library", "diff", "bylaws")
    assert "; --source REPO names it, by its path from the current folder\n" in answer.err
    (bylaws.parent / "$(touch gone); `rm x`").mkdir()
    answer = syngraph("library", "diff", "bylaws")
    assert "--source '$(touch gone); `rm x`'` does" in answer.err


def test_a_source_is_named_from_the_current_folder(
    syngraph: Callable, forms: Path, bylaws: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bylaws)
    assert syngraph("borrow", "../forms@HEAD:forms/sale.md", ".").code == 0
    monkeypatch.chdir(bylaws.parent)
    answer = syngraph("library", "diff", "bylaws")
    assert "`syngraph library diff bylaws --source forms` does" in answer.err


def test_a_clone_that_was_named_is_not_asked_for_again(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    url = "https://example.org/forms.git"
    git(forms, "remote", "add", "origin", url)
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws").code == 0
    other = bylaws.parent / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    commit(other, {"x.md": "# X\n"})
    git(other, "remote", "add", "origin", "https://example.org/other.git")
    answer = syngraph("library", "diff", "bylaws", "--source", "other")
    said = f"its origin is https://example.org/other.git; the copies record {url}"
    assert answer.code == 0
    assert f"--source other is the source of no copy: {said}\n" in answer.err
    git(other, "remote", "set-url", "origin", url)
    answer = syngraph("library", "diff", "bylaws", "--source", "other")
    assert answer.code == 1
    assert f"bylaws/forms/sale.md: not what its source had ({url} has no commit " in answer.out
    assert "--source" not in answer.out + answer.err


def test_a_url_is_cloned_by_hand(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    git(forms, "remote", "add", "origin", "https://ada:secret@example.org/forms.git")
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws").code == 0
    answer = syngraph("library", "diff", "bylaws")
    said = "2 copies were not held against the source https://example.org/forms.git; --source REPO names a clone of it\n"
    assert answer.err == said
    assert syngraph("library", "diff", "bylaws", "--source", "forms").code == 0


def test_a_diff_leaves_out_where_a_copy_is_from(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws").code == 0
    commit(forms, {"forms/sale.md": SALE.replace("EUR 10", "EUR 11")})
    lines = syngraph("library", "diff", "bylaws", "--source", "forms").out.splitlines()
    assert [line for line in lines if line[:1] in "+-"] == [
        "--- forms/forms/sale.md",
        "+++ bylaws/forms/sale.md",
        "-  Price: EUR 11",
        "+  Price: EUR 10",
    ]
    hunk = next(line for line in lines if line.startswith("@@"))
    copy = (bylaws / "forms/sale.md").read_text(encoding="utf-8").splitlines()
    shown = [line[1:] for line in lines[lines.index(hunk) + 1 :] if line[:1] in " +"]
    assert not any(line.startswith(("commit:", "original:", "digest:", "source:")) for line in shown)
    assert copy[int(hunk.split("+")[1].split(",")[0]) - 1] == shown[0]


def test_a_diff_of_nothing_but_where_a_copy_is_from_shows_it(syngraph: Callable, forms: Path, bylaws: Path) -> None:
    assert syngraph("borrow", "forms@HEAD:forms/sale.md", "bylaws").code == 0
    changed(bylaws / "forms/sale.md", "source: forms", 'source: "forms"')
    out = syngraph("library", "diff", "bylaws", "--source", "forms").out
    assert [line for line in out.splitlines() if line.startswith(("bylaws", "+source", "-source"))] == [
        "bylaws/forms/sale.md: changed here",
        "-source: forms",
        '+source: "forms"',
    ]


def test_a_changed_clause_is_shown_against_the_library(syngraph: Callable, bylaws: Path) -> None:
    assert syngraph("library", "add", "notices", "bylaws").code == 0
    path = bylaws / "forms/notices.md"
    path.write_bytes(path.read_bytes() + b"\nMore.\n")
    answer = syngraph("library", "diff", "bylaws")
    assert (answer.code, answer.out.splitlines()[0]) == (1, "bylaws/forms/notices.md: changed here")
    assert [line for line in answer.out.splitlines()[3:] if line[:1] in "+-"] == ["+", "+More."]


# -- the library -------------------------------------------------------------------------------------------------------


def test_a_clause_of_another_version_is_replaced_when_asked(syngraph: Callable, bylaws: Path) -> None:
    old = of_library(library.load("notices").replace(b'"1.0"', b'"0.9"'))
    path = bylaws / "forms/notices.md"
    path.parent.mkdir()
    path.write_bytes(old)
    answer = syngraph("library", "diff", "bylaws")
    assert (answer.code, "changed at the source" in answer.out) == (1, True)
    assert (syngraph("library", "add", "notices", "bylaws").code, path.read_bytes()) == (2, old)
    assert syngraph("library", "add", "notices", "bylaws", "--update").code == 0
    assert path.read_bytes() == of_library(library.load("notices"))


def test_a_clause_that_was_changed_is_not_replaced(syngraph: Callable, bylaws: Path) -> None:
    assert syngraph("library", "add", "notices", "bylaws").code == 0
    path = bylaws / "forms/notices.md"
    changed(path, "notice", "letter")
    mine = path.read_bytes()
    assert (syngraph("library", "add", "notices", "bylaws", "--update").code, path.read_bytes()) == (2, mine)


def test_a_copy_under_another_name_is_found(syngraph: Callable, bylaws: Path) -> None:
    assert syngraph("library", "add", "notices", "bylaws").code == 0
    (bylaws / "forms/notices.md").rename(bylaws / "letters.md")
    changed(bylaws / "letters.md", "# ", "# Our ")
    answer = syngraph("library", "diff", "bylaws", "--json")
    assert (answer.code, json.loads(answer.out)["differ"]) == (1, ["bylaws/letters.md"])
