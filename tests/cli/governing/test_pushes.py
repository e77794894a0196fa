"""A real push to a repository with the hook: what would break the chain does not come in."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from syngraph.cli.main import run
from syngraph.cli.manners import instants


@pytest.fixture(scope="session")
def hooked(template: Path, git: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare repository with the hook, at the same head as the club."""
    bare = tmp_path_factory.mktemp("server") / "server.git"
    git(template, "clone", "-q", "--bare", ".", str(bare))
    assert run(["hook", "install", str(bare)]) == 0
    return bare


@pytest.fixture
def server(hooked: Path, club: Any, tmp_path: Path) -> Path:
    """The same, for one test, and known to the club."""
    shutil.copytree(hooked, tmp_path / "server.git")
    club.git("remote", "add", "server", f"file://{tmp_path / 'server.git'}")
    return tmp_path / "server.git"


def refused(club: Any, *arguments: str) -> str:
    with pytest.raises(RuntimeError) as failed:
        club.git("push", "-q", "server", *arguments)
    return str(failed.value)


def head(club: Any, server: Path) -> str:
    found: str = club.git("--git-dir", str(server), "rev-parse", "main").strip()
    return found


def test_what_is_lawful_comes_in(do: Callable[..., Any], club: Any, server: Path) -> None:
    club.edit("Dues: EUR 20", "Dues: EUR 25")
    do("propose", "--title", "Raise the dues", by="ada")
    club.git("push", "-q", "server", "main")
    assert head(club, server) == club.head


def test_governed_text_changed_by_hand_is_refused(club: Any, server: Path) -> None:
    before = club.head
    club.edit("Dues: EUR 20", "Dues: EUR 2")
    club.git("commit", "-q", "-a", "-m", "cheaper", day="2026-03-01")
    said = refused(club, "main")
    assert "syngraph: refused: main: commit" in said and "(cheaper)" in said and "syngraph propose" in said
    assert head(club, server) == before


def test_a_branch_cannot_be_deleted_or_rewritten(do: Callable[..., Any], club: Any, server: Path) -> None:
    assert "the governed branch deleted" in refused(club, "--delete", "main")
    club.git("commit", "-q", "--amend", "-m", "Found anew", day="2026-01-02")
    assert "main rewritten" in refused(club, "--force", "main")


def test_a_merge_that_puts_another_line_first_is_refused(do: Callable[..., Any], club: Any, server: Path) -> None:
    club.git("branch", "start")
    club.edit("Dues: EUR 20", "Dues: EUR 25")
    do("propose", "--title", "Raise the dues", by="ada")
    club.git("push", "-q", "server", "main")
    club.git("stash", "-q")
    club.git("switch", "-q", "-C", "late", "start")
    (club.folder / "README.md").write_text("More kites!\n")
    club.git("commit", "-q", "-a", "-m", "late", day="2026-02-02")
    club.git("merge", "-q", "--no-edit", "main", day="2026-02-03")
    assert "a merge that puts another line before what main has" in refused(club, "late:main")


def test_other_branches_are_nobodys_business(club: Any, server: Path) -> None:
    club.git("switch", "-q", "-c", "draft")
    club.edit("Dues: EUR 20", "Dues: EUR 2")
    club.git("commit", "-q", "-a", "-m", "draft", day="2026-03-01")
    club.git("push", "-q", "server", "draft")
    club.git("push", "-q", "--force", "server", "draft~1:draft")
    club.git("push", "-q", "server", "--delete", "draft")


def test_the_first_push_must_hold_a_sound_chain_or_no_founding(
    syngraph: Callable[..., Any], club: Any, drafted: Path, tmp_path: Path, git: Any
) -> None:
    bare = tmp_path / "new.git"
    club.git("init", "-q", "--bare", "-b", "main", str(bare))
    assert syngraph("hook", "install", bare).code == 0
    club.git("remote", "add", "server", f"file://{bare}")
    club.edit("Dues: EUR 20", "Dues: EUR 2")
    club.git("commit", "-q", "-a", "-m", "cheaper", day="2026-03-01")
    assert "(cheaper)" in refused(club, "main")
    git(drafted, "init", "-q", "-b", "main")
    git(drafted, "add", ".")
    git(drafted, "commit", "-q", "-m", "a draft")
    git(drafted, "push", "-q", f"file://{bare}", "main")


def test_a_founding_and_what_came_before_it_are_pushed_together(
    syngraph: Callable[..., Any], drafted: Path, keys: Path, tmp_path: Path, git: Any
) -> None:
    bare = tmp_path / "new.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(bare))
    assert syngraph("hook", "install", bare).code == 0
    git(drafted, "init", "-q", "-b", "main")
    git(drafted, "add", ".", day="2026-01-01")
    git(drafted, "commit", "-q", "-m", "a draft", day="2026-01-01")
    git(drafted, "push", "-q", f"file://{bare}", "main")
    assert syngraph("found", drafted, "--key", keys / "ada", "--at", "2026-01-02").code == 0
    git(drafted, "push", "-q", f"file://{bare}", "main")
    assert syngraph("verify", bare).code == 0


def test_an_agreement_cannot_be_thrown_out_of_its_branch(club: Any, server: Path) -> None:
    club.git("rm", "-q", "-r", ".")
    (club.folder / "x").write_text("x\n")
    club.git("add", "x")
    club.git("commit", "-q", "-m", "gone", day="2026-03-01")
    assert "syngraph: refused" in refused(club, "main")


def test_the_branch_cannot_be_freed_by_the_push_that_changes_it(club: Any, server: Path) -> None:
    club.edit("branch: main", "branch: other", "syngraph.yaml")
    club.edit("Dues: EUR 20", "Dues: EUR 2")
    club.git("commit", "-q", "-a", "-m", "elsewhere", day="2026-03-01")
    assert "(elsewhere)" in refused(club, "main")


def test_pre_push_warns_before_anything_is_sent(syngraph: Callable[..., Any], club: Any, server: Path) -> None:
    shutil.rmtree(server / "hooks")
    assert syngraph("hook", "install", club.folder, "--kind", "pre-push").code == 0
    club.edit("Dues: EUR 20", "Dues: EUR 2")
    club.git("commit", "-q", "-a", "-m", "cheaper", day="2026-03-01")
    assert "(cheaper)" in refused(club, "main")


def test_pre_receive_wants_what_git_says(syngraph: Callable[..., Any], club: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from io import StringIO

    monkeypatch.chdir(club.folder)
    monkeypatch.setattr("sys.stdin", StringIO("what\n"))
    answer = syngraph("hook", "run", "pre-receive")
    assert (answer.code, "expected lines of git: OLD NEW REF" in answer.err) == (2, True)


def test_a_commit_of_a_day_to_come_is_refused(
    do: Callable[..., Any], club: Any, server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    club.edit("Dues: EUR 20", "Dues: EUR 25")
    with monkeypatch.context() as later:
        later.setattr(instants, "now", lambda zone: datetime(2999, 1, 1, tzinfo=zone))
        do("propose", "--title", "Raise the dues", by="ada", at="2999-01-01")
    assert "a commit dated 2999-01-01" in refused(club, "main")


def test_a_manifest_above_hides_no_agreement(
    syngraph: Callable[..., Any], village: Callable[..., Any], git: Any, tmp_path: Path
) -> None:
    """A manifest at the top, which touches no agreement, and then anything below it."""
    founded, server = village(), village()
    founded.found()
    server.raw({f"club/{path}": content for path, content in founded.tree().items()})
    assert syngraph("hook", "install", server.path).code == 0
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", f"file://{server.path}", str(clone))
    (clone / "syngraph.yaml").write_text("syngraph: 1\nroot: a.md\nbranch: elsewhere\n", encoding="utf-8")
    git(clone, "add", ".")
    git(clone, "commit", "-q", "-m", "above")
    with pytest.raises(RuntimeError, match=r"an agreement inside an agreement, that of syngraph.yaml"):
        git(clone, "push", "-q", "origin", "main")
    git(clone, "rm", "-q", "-r", "club")
    git(clone, "commit", "-q", "-m", "gone")
    with pytest.raises(RuntimeError, match="refused: main"):
        git(clone, "push", "-q", "origin", "main")


def test_no_object_is_replaced_by_a_push(club: Any, server: Path) -> None:
    at = club.git("rev-parse", "HEAD").strip()
    club.git("commit", "-q", "--allow-empty", "-m", "other")
    club.git("replace", at, club.git("rev-parse", "HEAD").strip())
    assert "it would make git show something else than what is there" in refused(club, "refs/replace/*:refs/replace/*")
