"""What was seen once is missed when it is gone; other clones are compared with."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_branch_that_is_rewritten_is_noticed(syngraph: Callable[..., Any], do: Callable[..., Any], proposed: Any) -> None:
    do("vote", 1, "yes", by="ada", at="2026-02-02")
    assert syngraph("verify", proposed.folder).code == 0
    proposed.git("reset", "-q", "--hard", "HEAD~1")
    answer = syngraph("verify", proposed.folder)
    assert (answer.code, "rewritten since you last saw it" in answer.out) == (1, True)
    said = json.loads(syngraph("verify", proposed.folder, "--json").out)
    assert (said["valid"], said["first_violation"], said["rewritten"]["found"][:18]) == (False, None, "a branch rewritten")
    assert do("vote", 1, "no", by="bora", at="2026-02-03", code=2).err.count("rewritten") == 1
    assert syngraph("verify", proposed.folder, "--forget").code == 0
    do("vote", 1, "no", by="bora", at="2026-02-03")


def test_another_founding_in_the_same_place_is_noticed(
    syngraph: Callable[..., Any], drafted: Path, keys: Path, git: Any
) -> None:
    assert syngraph("found", drafted, "--key", keys / "ada", "--at", "2026-01-02").code == 0
    shutil.rmtree(drafted / ".git")
    shutil.rmtree(drafted / "record")
    answer = syngraph("found", drafted, "--key", keys / "ada", "--at", "2026-01-02")
    assert (answer.code, "--forget" in answer.err) == (2, True)
    assert syngraph("verify", drafted).code == 1
    assert syngraph("verify", drafted, "--forget").code == 0


def test_the_lineage_can_be_asked_for(syngraph: Callable[..., Any], club: Any) -> None:
    lineage = json.loads(syngraph("verify", club.folder, "--json").out)["lineage"]
    assert syngraph("verify", club.folder, "--root", lineage).code == 0
    other = syngraph("verify", club.folder, "--root", "0" * 64, "--json")
    assert (other.code, json.loads(other.out)["first_violation"]["expected"]) == (1, f"the lineage {'0' * 64}")
    assert syngraph("verify", club.folder, "--root", "0123").code == 2


def test_two_clones_are_compared(syngraph: Callable[..., Any], do: Callable[..., Any], proposed: Any, tmp_path: Path) -> None:
    proposed.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))

    def compared() -> tuple[int, str]:
        answer = syngraph("verify", proposed.folder, "--peer", tmp_path / "bare.git", "--json")
        return answer.code, json.loads(answer.out)["peer"]["state"]

    assert compared() == (0, "same")
    do("vote", 1, "yes", by="ada", at="2026-02-02")
    assert compared() == (0, "ahead")
    shutil.copytree(proposed.folder, tmp_path / "other")
    do("vote", 1, "yes", by="bora", at="2026-02-03")
    other = syngraph("vote", 1, "no", "--in", tmp_path / "other", "--key", proposed.key("bora"), "--at", "2026-02-03")
    assert other.code == 0
    answer = syngraph("verify", proposed.folder, "--peer", tmp_path / "other")
    assert (answer.code, "diverged from" in answer.out) == (1, True)


def test_a_violation_is_told_with_its_commit(syngraph: Callable[..., Any], club: Any) -> None:
    club.edit("Dues: EUR 20", "Dues: EUR 2")
    club.git("commit", "-q", "-a", "-m", "cheaper", day="2026-03-01")
    answer = syngraph("verify", club.folder, "--json")
    said = json.loads(answer.out)
    first = said["first_violation"]
    assert (answer.code, said["valid"], first["commit"], first["subject"]) == (1, False, club.head, "cheaper")
    shown = syngraph("verify", club.folder)
    assert (shown.code, f"violation at commit {club.head[:10]} (cheaper)" in shown.out) == (1, True)
    assert "syngraph propose" in shown.out


def test_all_goes_on_after_the_first_violation(syngraph: Callable[..., Any], club: Any) -> None:
    for new in ("EUR 2", "EUR 3"):
        text = (club.folder / "bylaws.md").read_text()
        (club.folder / "bylaws.md").write_text(text.replace("EUR 20", new).replace("EUR 2\n", f"{new}\n"))
        club.git("commit", "-q", "-a", "-m", new, day="2026-03-01")
    assert len(json.loads(syngraph("verify", club.folder, "--json").out)["violations"]) == 1
    assert len(json.loads(syngraph("verify", club.folder, "--json", "--all").out)["violations"]) == 2


def test_a_bare_clone_without_a_cache_says_the_same(syngraph: Callable[..., Any], proposed: Any, tmp_path: Path) -> None:
    proposed.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    here = json.loads(syngraph("verify", proposed.folder, "--json").out)
    there = json.loads(syngraph("verify", tmp_path / "bare.git", "--json", "--no-cache").out)
    assert {name: here[name] for name in ("valid", "head", "transitions")} == {
        name: there[name] for name in ("valid", "head", "transitions")
    }


def test_a_shallow_clone_cannot_be_verified(syngraph: Callable[..., Any], proposed: Any, tmp_path: Path) -> None:
    proposed.git("clone", "-q", "--depth", "1", f"file://{proposed.folder}", str(tmp_path / "shallow"))
    answer = syngraph("verify", tmp_path / "shallow")
    assert (answer.code, "git fetch --unshallow" in answer.err) == (2, True)


def test_what_is_no_founded_agreement(syngraph: Callable[..., Any], drafted: Path, git: Any) -> None:
    answer = syngraph("verify", drafted)
    assert (answer.code, "no git repository" in answer.err) == (2, True)
    git(drafted, "init", "-q", "-b", "main")
    assert (syngraph("verify", drafted).code, syngraph("verify", drafted / "nothing").code) == (2, 2)
    git(drafted, "add", ".")
    git(drafted, "commit", "-q", "-m", "begin")
    said = syngraph("verify", drafted, "--json")
    assert (said.code, json.loads(said.out)["first_violation"]["found"]) == (1, "no founding on main")
    git(drafted, "branch", "-m", "trunk")
    answer = syngraph("verify", drafted)
    assert (answer.code, "no branch main" in answer.err) == (2, True)


def test_members_who_act_at_the_same_moment_do_not_take_each_other_for_forgers(
    proposed: Any, tmp_path: Path, keys: Path
) -> None:
    """Three processes at once: all ballots enter, and no head that one has seen looks lost to another."""
    environment = {**os.environ, "SYNGRAPH_STATE": str(tmp_path / "state"), "SYNGRAPH_CACHE": "off"}
    line = [
        sys.executable,
        "-m",
        "syngraph.cli",
        "vote",
        "1",
        "yes",
        "--in",
        str(proposed.folder),
        "--at",
        "2026-02-02",
        "--key",
    ]
    running = [
        subprocess.Popen([*line, str(keys / name)], env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for name in ("ada", "bora", "carla")
    ]
    assert [(each.communicate()[1], each.returncode)[1] for each in running] == [0, 0, 0]
    assert proposed.git("rev-list", "--count", "main").strip() == "5"
