"""Real commits in a working copy with the hook, and how hooks are installed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def hooked(syngraph: Callable[..., Any], club: Any) -> Any:
    assert syngraph("hook", "install", club.folder).code == 0
    return club


def refused(club: Any, *arguments: str) -> str:
    with pytest.raises(RuntimeError) as failed:
        club.git("commit", "-q", "-a", "-m", "by hand", *arguments)
    return str(failed.value)


def test_governed_text_is_not_committed_by_hand(do: Callable[..., Any], hooked: Any) -> None:
    hooked.edit("Dues: EUR 20", "Dues: EUR 2")
    said = refused(hooked)
    assert "The Kite Club: bylaws.md may change on main only as the text allows" in said and "syngraph propose" in said
    do("propose", "--title", "Lower the dues", by="ada")


def test_a_draft_on_a_branch_is(hooked: Any) -> None:
    hooked.git("switch", "-q", "-c", "draft")
    hooked.edit("Dues: EUR 20", "Dues: EUR 2")
    hooked.git("commit", "-q", "-a", "-m", "draft")


def test_free_files_are(hooked: Any, syngraph: Callable[..., Any]) -> None:
    hooked.edit("Kites!", "More kites!", "README.md")
    hooked.git("commit", "-q", "-a", "-m", "welcome", day="2026-03-01")
    assert syngraph("verify", hooked.folder).code == 0


def test_the_record_only_grows(hooked: Any) -> None:
    next(hooked.folder.glob("record/founding/*/*.sig")).unlink()
    assert "which only grows" in refused(hooked)


def test_faults_are_told_before_the_commit(hooked: Any) -> None:
    hooked.git("switch", "-q", "-c", "draft")
    hooked.edit("shall pay dues", "shal pay dues")
    said = refused(hooked)
    assert "SG2" in said and "syngraph lint" in said
    hooked.git("commit", "-q", "-a", "-m", "all the same", "--no-verify")


def test_a_foreign_hook_is_not_overwritten(syngraph: Callable[..., Any], club: Any) -> None:
    hook = club.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 0\n")
    answer = syngraph("hook", "install", club.folder)
    assert (answer.code, "is not ours" in answer.err, hook.read_text()) == (2, True, "#!/bin/sh\nexit 0\n")
    assert syngraph("hook", "install", club.folder, "--force").code == 0
    assert hook.with_name("pre-commit.before-syngraph").read_text() == "#!/bin/sh\nexit 0\n"
    assert syngraph("hook", "install", club.folder).code == 0
    assert os.access(hook, os.X_OK)


def test_hooks_that_other_repositories_share_are_left_alone(syngraph: Callable[..., Any], club: Any, tmp_path: Path) -> None:
    club.git("config", "core.hooksPath", str(tmp_path / "shared"))
    answer = syngraph("hook", "install", club.folder)
    assert (answer.code, "core.hooksPath" in answer.err) == (2, True)
    assert not (tmp_path / "shared").exists()


def test_nobody_commits_in_a_bare_repository(syngraph: Callable[..., Any], club: Any, tmp_path: Path) -> None:
    club.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    assert syngraph("hook", "install", tmp_path / "bare.git", "--kind", "pre-commit").code == 2
