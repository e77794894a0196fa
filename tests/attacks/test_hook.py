"""Attacks that rewrite what was there: kept out by the hook, and seen by whoever has seen more before."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import syngraph
from syngraph.cli.acting import heads
from syngraph.cli.hook import pushes

Village = Any
DUES, MORE = "Dues: EUR 20", "Dues: EUR 30"


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("SYNGRAPH_", "GIT_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SYNGRAPH_CACHE", "off")
    monkeypatch.setenv("SYNGRAPH_STATE", str(tmp_path / "state"))


@pytest.fixture
def server(founded: Village, tmp_path: Path) -> Village:
    """Where everybody pushes to: it has what the community has, and one statement more."""
    founded.fact("ada", "Bora paid EUR 20.")
    return founded.copied(tmp_path / "server.git")


@pytest.fixture
def push(surroundings: None, founded: Village, server: Village, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What the hook of the server says to a push from the community; the new objects lie where git has its quarantine."""

    def ask(new: str = "", branch: str = "main", old: str = "") -> str:
        monkeypatch.setenv("GIT_DIR", str(server.path))
        monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(founded.path / "objects"))
        monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(server.path / "objects"))
        before = server.head
        said = "\n".join(pushes.received(f"{old or before} {new or founded.head} refs/heads/{branch}\n"))
        assert server.head == before
        return said

    return ask


# -- the hook ----------------------------------------------------------------------------------------------------------


def test_a_lawful_push(founded: Village, push: Any) -> None:
    """So that the others are refused for what they do."""
    founded.fact("bora", "Carla paid EUR 20.")
    assert push() == ""


def test_rewritten_branch(founded: Village, push: Any) -> None:
    """The last statement is taken out of the history; what is left would be a lawful chain."""
    before = str(founded.repository[founded.head].parents[0].id)
    founded.raw({}, parents=[before])
    founded.fact("bora", "Carla paid EUR 20.")
    assert founded.refused() == ""
    assert "main rewritten" in push()


def test_rewritten_branch_that_is_only_shorter(founded: Village, push: Any) -> None:
    assert "main rewritten" in push(str(founded.repository[founded.head].parents[0].id))


def test_rewritten_branch_by_another_line_put_first(founded: Village, push: Any) -> None:
    """Who lost the race merges: all that was there is still an ancestor, and no longer the chain."""
    theirs = founded.head
    founded.raw({}, parents=[str(founded.repository[theirs].parents[0].id)])
    founded.fact("carla", "Dov paid EUR 20.")
    mine = founded.head
    record = {path: content for path, content in founded.tree(theirs).items() if path.startswith("record/fact/")}
    founded.raw(record, "Merge", parents=[mine, theirs])
    assert founded.refused() == ""
    assert "a merge that puts another line before what main has" in push()


def test_rewritten_branch_by_deleting_it(push: Any) -> None:
    assert "the governed branch deleted" in push(pushes.NOTHING)


def test_hook_bypass_by_another_branch_in_the_manifest(founded: Village, push: Any) -> None:
    """The push itself says that another branch is the governed one: what counts is the manifest before it."""
    founded.raw({**founded.replaced("branch: main", "branch: other", "syngraph.yaml"), **founded.replaced(DUES, "Dues: EUR 1")})
    assert "that nothing in the record asks for" in push()


def test_hook_bypass_by_a_manifest_that_nobody_can_read(founded: Village, push: Any) -> None:
    founded.raw({"syngraph.yaml": b"branch: [\n"})
    assert "refused: main" in push()


def test_hook_bypass_by_moving_the_agreement(founded: Village, push: Any) -> None:
    """The agreement moves into a folder: the one that was founded at the top is gone."""
    founded.raw({**dict.fromkeys(founded.tree()), **{f"moved/{path}": content for path, content in founded.tree().items()}})
    assert "refused: main" in push()


def test_hook_bypass_by_taking_the_founding_out(founded: Village, push: Any) -> None:
    """Without a founding there would be nothing to judge."""
    founded.raw({path: None for path in founded.tree() if path.startswith("record/")})
    assert "a statement deleted" in push()


def test_hook_bypass_by_a_push_that_breaks_the_chain_and_mends_it(founded: Village, push: Any) -> None:
    """Every commit of a push is judged, not only the last."""
    founded.raw(founded.replaced(DUES, "Dues: EUR 1"), "Break")
    founded.raw(founded.replaced("Dues: EUR 1", DUES), "Mend")
    assert "(Break): a change of bylaws.md" in push()


def test_hook_bypass_with_a_real_push(surroundings: None, founded: Village, server: Village, tmp_path: Path) -> None:
    """`git push --force --no-verify` of a rewritten branch; then a lawful push, which goes through."""
    if shutil.which("git") is None:
        pytest.skip("no git on this machine: nothing can be pushed")
    script = server.path / "hooks" / "pre-receive"
    script.parent.mkdir(exist_ok=True)
    home = Path(syngraph.__file__).parents[1]
    script.write_text(f"#!/bin/sh\nPYTHONPATH='{home}' exec '{sys.executable}' -m syngraph.cli hook run pre-receive\n")
    script.chmod(0o755)
    before = server.head

    def send(*options: str, what: str = "main") -> subprocess.CompletedProcess[str]:
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(tmp_path)}
        return subprocess.run(
            ["git", "-C", str(founded.path), "push", *options, f"file://{server.path}", what],
            env={**os.environ, **alone},
            capture_output=True,
            text=True,
            check=False,
        )

    founded.repository.references.create("refs/heads/bad", founded.repository[before].parents[0].id, force=True)
    done = send("--force", "--no-verify", what="bad:main")
    assert done.returncode != 0
    assert "main rewritten" in done.stderr
    assert server.head == before
    founded.fact("bora", "Carla paid EUR 20.")
    done = send()
    assert done.returncode == 0, done.stderr
    assert server.head == founded.head


# -- remembered heads --------------------------------------------------------------------------------------------------


def seen(village: Village) -> None:
    heads.remember(village.verify(), lambda: datetime(2026, 3, 1, tzinfo=UTC))


def lost(village: Village) -> heads.RewrittenError | None:
    """What is missing of what was seen."""
    verification = village.verify()
    assert verification.valid
    return heads.rewritten(verification, heads.last(verification.repository, verification.below))


def test_rewritten_branch_and_a_remembered_head(surroundings: None, founded: Village) -> None:
    """A shorter chain is as lawful as it was, and not the one that was seen."""
    founded.fact("ada", "Bora paid EUR 20.")
    seen(founded)
    founded.repository.references.create("refs/heads/main", founded.repository[founded.head].parents[0].id, force=True)
    why = lost(founded)
    assert why is not None
    assert "a branch rewritten since you last saw it on 2026-03-01" in why.found


def test_another_line_put_first_and_a_remembered_head(surroundings: None, founded: Village) -> None:
    start = founded.head
    founded.fact("ada", "Bora paid EUR 20.")
    seen(founded)
    theirs = founded.head
    record = {path: content for path, content in founded.tree().items() if path.startswith("record/fact/")}
    founded.raw({}, parents=[start])
    founded.fact("carla", "Dov paid EUR 20.")
    founded.raw(record, "Merge", parents=[founded.head, theirs])
    assert lost(founded) is not None


def test_an_agreement_founded_anew_and_a_remembered_head(surroundings: None, founded: Village) -> None:
    """The same people, the same text, another founding: another lineage."""
    from syngraph.engine import enacting

    seen(founded)
    content = enacting.founding(founded.verify_text(), "d" * 32, founded.draft("ada"))
    bare = {path: None for path in founded.tree() if path.startswith("record/")}
    founded.commit_tree(founded.tree_with({**bare, **founded.sealed(content, "ada")}), parents=[])
    why = lost(founded)
    assert why is not None
    assert "the lineage" in why.found


def test_what_goes_on_from_a_remembered_head(surroundings: None, founded: Village) -> None:
    seen(founded)
    founded.fact("ada", "Bora paid EUR 20.")
    assert lost(founded) is None
