"""`merge` in real repositories, whatever git's settings and attributes say."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Syngraph

MANIFEST = "syngraph: 1\ntitle: Bylaws\nroot: a.md\nregister: register.yaml\n"
REGISTER = "principals:\n  - {id: ada, name: Ada, roles: [Member, Chair]}\n  - {id: bora, name: Bora, roles: [Member]}\n"
BASE = """# Dues {#dues}

Each Member shall pay EUR 60 to the Chair by 31 January of each year.

# Tools {#tools}

Each Member may borrow a tool
from the Chair.

# Votes {#votes}

Each Member has one vote.
"""
THREE_QUARTERS = "These Bylaws may be amended by at least three-quarters of all Members."
ONE_HALF = "These Bylaws may be amended by at least one half of all Members."


def git(top: Path, *arguments: str, check: bool = True) -> str:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        **{f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        **{"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull},
    }
    done = subprocess.run(["git", *arguments], cwd=top, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0 or not check, done.stderr
    return done.stdout.strip()


def write(top: Path, **files: str) -> None:
    for name, content in files.items():
        path = top / (f"{name}.md" if "." not in name else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def commit(top: Path, **files: str) -> str:
    write(top, **files)
    git(top, "add", "-A")
    git(top, "commit", "-q", "--allow-empty", "-m", "x")
    return git(top, "rev-parse", "HEAD")


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A repository with an agreement, and a branch `other` that stands where `draft` does, which is checked out."""
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, **{"syngraph.yaml": MANIFEST, "register.yaml": REGISTER, "a": BASE})
    git(tmp_path, "switch", "-q", "-c", "draft")
    git(tmp_path, "branch", "other")
    return tmp_path


def fork(top: Path, ours: str, theirs: str) -> None:
    """Each branch with its text of the object."""
    git(top, "switch", "-q", "other")
    commit(top, a=theirs)
    git(top, "switch", "-q", "draft")
    commit(top, a=ours)


def test_a_clean_merge_is_one_commit_with_two_parents(top: Path, syngraph: Syngraph) -> None:
    ours, theirs = BASE.replace("EUR 60", "EUR 75"), BASE.replace("one vote", "two votes")
    fork(top, ours, theirs)
    before, other = git(top, "rev-parse", "draft"), git(top, "rev-parse", "other")
    answer = syngraph("merge", "other", top)
    assert (answer.code, answer.out) == (0, "~ a.md\n")
    assert git(top, "rev-list", "--parents", "-n1", "HEAD").split()[1:] == [before, other]
    assert (top / "a.md").read_text() == ours.replace("one vote", "two votes")
    assert git(top, "status", "--porcelain") == ""
    assert git(top, "log", "-1", "--format=%s") == "Merge other into draft, clause by clause"
    assert syngraph("merge", "other", top).out == "draft has all of other already\n"


def test_a_conflict_writes_nothing_and_shows_both_sides(top: Path, syngraph: Syngraph) -> None:
    fork(top, BASE.replace("EUR 60", "EUR 75"), BASE.replace("EUR 60", "EUR 90"))
    before = git(top, "for-each-ref") + (top / "a.md").read_text()
    answer = syngraph("merge", "other", top)
    assert answer.code == 1
    assert "a.md:1:1: text: both sides have changed the section `dues`" in answer.out
    assert "EUR 75" in answer.out and "EUR 90" in answer.out
    assert answer.err == "1 conflict between draft and other; nothing was written\n"
    assert git(top, "for-each-ref") + (top / "a.md").read_text() == before
    assert git(top, "status", "--porcelain") == ""
    (conflict,) = json.loads(syngraph("merge", "other", top, "--json").out)["conflicts"]
    assert (conflict["kind"], conflict["unit"]) == ("text", {"kind": "section", "key": "dues"})
    assert conflict["theirs"]["place"] == {"path": "a.md", "line": 1, "column": 1}
    assert "EUR 90" in conflict["theirs"]["text"]


def test_a_dry_run_writes_nothing(top: Path, syngraph: Syngraph) -> None:
    fork(top, BASE.replace("EUR 60", "EUR 75"), BASE.replace("one vote", "two votes"))
    before = git(top, "rev-parse", "HEAD")
    answer = json.loads(syngraph("merge", "other", top, "--dry-run", "--json").out)
    assert (answer["outcome"], answer["commit"], answer["files"]) == ("merged", "", [{"path": "a.md", "deleted": False}])
    assert git(top, "rev-parse", "HEAD") == before


def test_what_the_user_is_editing_is_left(top: Path, syngraph: Syngraph) -> None:
    fork(top, BASE.replace("EUR 60", "EUR 75"), BASE.replace("one vote", "two votes"))
    write(top, a="My notes.\n")
    answer = syngraph("merge", "other", top)
    assert answer.code == 0 and "a.md: left as you have edited it" in answer.err
    assert (top / "a.md").read_text() == "My notes.\n"


def test_the_agreement_may_lie_in_a_folder(tmp_path: Path, syngraph: Syngraph) -> None:
    git(tmp_path, "init", "-q", "-b", "draft")
    commit(
        tmp_path, **{"x/syngraph.yaml": MANIFEST, "x/register.yaml": REGISTER, "x/a.md": BASE, "else.txt": "1", "x2/b.txt": "1"}
    )
    git(tmp_path, "switch", "-q", "-c", "other")
    commit(tmp_path, **{"x/a.md": BASE.replace("one vote", "two votes")})
    git(tmp_path, "switch", "-q", "draft")
    commit(tmp_path, **{"x/a.md": BASE.replace("EUR 60", "EUR 75"), "else.txt": "2"})
    assert syngraph("merge", "other", tmp_path / "x").code == 0
    both = BASE.replace("EUR 60", "EUR 75").replace("one vote", "two votes")
    assert (tmp_path / "x" / "a.md").read_text() == both
    assert (tmp_path / "else.txt").read_text() == "2"


def test_lines_that_crossed_have_all_their_meeting_points_as_base(top: Path, syngraph: Syngraph) -> None:
    fork(top, BASE.replace("EUR 60", "EUR 75"), BASE.replace("one vote", "two votes"))
    both = BASE.replace("EUR 60", "EUR 75").replace("one vote", "two votes")
    draft, other = git(top, "rev-parse", "draft"), git(top, "rev-parse", "other")
    for branch, parents in (("draft", (draft, other)), ("other", (other, draft))):
        git(top, "switch", "-q", branch)
        write(top, a=both)
        git(top, "add", "-A")
        tree = git(top, "write-tree")
        made = git(top, "commit-tree", tree, "-p", parents[0], "-p", parents[1], "-m", "crossed")
        git(top, "reset", "-q", "--hard", made)
    fork(top, both.replace("a tool", "any tool"), both.replace("two votes", "no vote"))
    assert syngraph("merge", "other", top).code == 0
    assert (top / "a.md").read_text() == both.replace("a tool", "any tool").replace("two votes", "no vote")


# -- refused -----------------------------------------------------------------------------------------------------------


def test_the_branch_that_governs_a_founded_agreement_is_refused(top: Path, syngraph: Syngraph) -> None:
    git(top, "switch", "-q", "main")
    commit(top, **{"record/founding/2026-01/2026-01-01-" + "0" * 64 + ".md": "founded\n"})
    before = git(top, "rev-parse", "main")
    git(top, "switch", "-q", "other")
    commit(top, a=BASE.replace("one vote", "two votes"))
    git(top, "switch", "-q", "main")
    answer = syngraph("merge", "other", top)
    assert (answer.code, answer.out) == (2, "")
    assert "syngraph propose --from other" in answer.err
    assert git(top, "rev-parse", "main") == before


@pytest.mark.parametrize("name", ["othre", "nothing/at/all", "--x", "a b", "main..draft", "HEAD:a.md", ""])
def test_a_branch_that_is_none_is_told(top: Path, syngraph: Syngraph, name: str) -> None:
    answer = syngraph("merge", "--", name, top)
    assert (answer.code, answer.out) == (2, "")
    assert "no branch" in answer.err
    assert name != "othre" or "did you mean other?" in answer.err


def test_a_single_commit_is_nothing_to_merge_into(top: Path, syngraph: Syngraph) -> None:
    git(top, "switch", "-q", "--detach")
    assert "no branch that is checked out" in syngraph("merge", "other", top).err


def test_branches_with_nothing_in_common_are_told(top: Path, syngraph: Syngraph) -> None:
    git(top, "switch", "-q", "--orphan", "alone")
    commit(top, **{"syngraph.yaml": MANIFEST, "register.yaml": REGISTER, "a": BASE, "b": "Else.\n"})
    assert "no commit in common" in syngraph("merge", "draft", top).err


def test_a_merge_takes_nothing_over_unseen_from_outside_of_the_agreement(tmp_path: Path, syngraph: Syngraph) -> None:
    git(tmp_path, "init", "-q", "-b", "draft")
    commit(tmp_path, **{"x/syngraph.yaml": MANIFEST, "x/register.yaml": REGISTER, "x/a.md": BASE, "else.txt": "1"})
    git(tmp_path, "switch", "-q", "-c", "other")
    commit(tmp_path, **{"else.txt": "2"})
    git(tmp_path, "switch", "-q", "draft")
    commit(tmp_path, **{"x/a.md": BASE.replace("EUR 60", "EUR 75")})
    answer = syngraph("merge", "other", tmp_path / "x")
    assert answer.code == 2 and "also changes else.txt" in answer.err
    git(tmp_path, "checkout", "-q", "other", "--", "else.txt")
    commit(tmp_path)
    assert syngraph("merge", "other", tmp_path / "x").code == 0


# -- attacks -----------------------------------------------------------------------------------------------------------


def test_merge_union_in_settings_and_attributes_has_no_influence(top: Path, syngraph: Syngraph) -> None:
    git(top, "config", "merge.default", "union")
    (top / ".git" / "info").mkdir(exist_ok=True)
    (top / ".git" / "info" / "attributes").write_text("*.md merge=union\n")
    commit(top, **{".gitattributes": "*.md merge=union\n"})
    git(top, "branch", "-f", "other")
    rule = BASE + "\n# Amending {#amending}\n\nThese Bylaws may be amended by at least {} of all Members.\n"
    git(top, "switch", "-q", "-c", "start")
    commit(top, a=rule.replace("{}", "two-thirds"))
    git(top, "branch", "-f", "other")
    git(top, "branch", "-f", "draft")
    fork(top, rule.replace("{}", "three-quarters"), rule.replace("{}", "one half"))
    git(top, "switch", "-q", "-c", "by-git")
    git(top, "merge", "-q", "-m", "x", "other")
    assert "three-quarters" in (top / "a.md").read_text() and "one half" in (top / "a.md").read_text(), "git merges both"
    git(top, "switch", "-q", "draft")
    answer = syngraph("merge", "other", top)
    assert answer.code == 1 and "text: both sides have changed the section `amending`" in answer.out


def test_two_thresholds_that_git_merges_cleanly_are_a_conflict(top: Path, syngraph: Syngraph) -> None:
    fork(
        top,
        BASE.replace("each year.\n", f"each year.\n\n{THREE_QUARTERS}\n"),
        BASE.replace("one vote.\n", f"one vote.\n\n{ONE_HALF}\n"),
    )
    git(top, "switch", "-q", "-c", "by-git")
    git(top, "merge", "-q", "-m", "x", "other")
    git(top, "switch", "-q", "draft")
    answer = syngraph("merge", "other", top)
    assert answer.code == 1
    assert answer.out == (
        "a.md:5:1: decision: two thresholds for how to amend These Bylaws\n"
        f"  draft (a.md:5:1):\n    {THREE_QUARTERS}\n  other (a.md:14:1):\n    {ONE_HALF}\n"
    )


def test_reflowed_lines_that_git_cannot_merge_are_clean(top: Path, syngraph: Syngraph) -> None:
    fork(top, BASE.replace("tool\nfrom", "tool from"), BASE.replace("borrow a tool", "borrow any tool"))
    git(top, "switch", "-q", "-c", "by-git")
    git(top, "merge", "-q", "-m", "x", "other", check=False)
    assert "<<<<<<<" in (top / "a.md").read_text(), "git has a conflict"
    git(top, "merge", "--abort")
    git(top, "switch", "-q", "draft")
    assert syngraph("merge", "other", top).code == 0
    assert (top / "a.md").read_text() == BASE.replace("borrow a tool", "borrow any tool")


def test_filters_idents_and_line_ends_of_the_user_have_no_influence(top: Path, syngraph: Syngraph) -> None:
    fork(top, BASE.replace("EUR 60", "EUR 75 $Id$"), BASE.replace("one vote", "two votes"))
    for name, value in (("filter.evil.clean", "sed s/vote/fraud/"), ("filter.evil.smudge", "sed s/vote/fraud/")):
        git(top, "config", name, value)
    for name, value in (("core.autocrlf", "true"), ("core.eol", "crlf"), ("core.hooksPath", "hooks")):
        git(top, "config", name, value)
    (top / ".git" / "info" / "attributes").write_text("*.md filter=evil ident text eol=crlf working-tree-encoding=UTF-16\n")
    (top / "hooks").mkdir()
    for hook in ("pre-commit", "pre-merge-commit", "post-merge", "reference-transaction"):
        (top / "hooks" / hook).write_text("#!/bin/sh\ntouch hooked\nexit 1\n")
        (top / "hooks" / hook).chmod(0o755)
    assert syngraph("merge", "other", top).code == 0
    both = BASE.replace("EUR 60", "EUR 75 $Id$").replace("one vote", "two votes")
    shown = subprocess.run(["git", "cat-file", "blob", "draft:a.md"], cwd=top, capture_output=True, check=True).stdout
    assert shown.decode() == both
    assert not (top / "hooked").exists()
