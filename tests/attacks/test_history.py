"""Attacks by the history: commits and merges that are no lawful transition, and objects as git never writes them."""

import os
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pygit2
import pytest

from syngraph.engine.text.store import StoreError, commits, objects

Village = Any
DUES, MORE = "Dues: EUR 20", "Dues: EUR 30"


# -- hooks and merges --------------------------------------------------------------------------------------------------


def test_hook_bypass(founded: Village) -> None:
    """A push past the hook (`--no-verify`, or the server's disk) is still no lawful transition."""
    founded.raw(founded.replaced(DUES, "Dues: EUR 1"), message="Tidy up")
    violation = founded.verify(cache=None).violations[0]
    assert (violation.commit, violation.subject) == (founded.head, "Tidy up")
    assert "a change of bylaws.md that nothing in the record asks for" in violation.reason


def test_hook_bypass_is_not_healed_by_taking_it_back(founded: Village) -> None:
    """What was unlawful stays in the chain, also when the text is again what it was."""
    founded.raw(founded.replaced(DUES, "Dues: EUR 1"))
    bad = founded.head
    founded.raw(founded.replaced("Dues: EUR 1", DUES))
    assert founded.verify(cache=None).violations[0].commit == bad


def test_nothing_is_built_on_a_broken_chain(founded: Village, refused: Any) -> None:
    founded.raw(founded.replaced(DUES, "Dues: EUR 1"))
    with refused("a chain that is broken"):
        founded.fact("ada", "Bora paid EUR 20.")


def branched(village: Village) -> tuple[str, str]:
    """A draft that was adopted, and a branch beside it: the head of the branch, and that of the chain."""
    start = village.head
    draft = village.raw(village.replaced(DUES, MORE), "Draft", parents=[start], branch="draft")
    motion = village.move("ada", village.replaced(DUES, MORE), "Dues")
    village.vote(motion, "ada", "bora", "carla")
    assert village.close(motion) == "adopted"
    return draft, village.head


def test_a_merge_that_does_just_what_was_adopted(founded: Village) -> None:
    """This one is lawful, so that the others are refused for what they do and not for being merges."""
    draft, head = branched(founded)
    founded.raw(founded.replaced(DUES, MORE), "Merge", parents=[head, draft])
    assert founded.refused() == ""
    assert founded.verify().ledger.motions.popitem()[1].executed == founded.head


def test_evil_merge(founded: Village) -> None:
    """A merge slips in what neither side has."""
    draft, head = branched(founded)
    text = founded.text().replace(DUES, MORE).replace("two-thirds of all", "one-third of all")
    founded.raw({"bylaws.md": text.encode()}, "Merge", parents=[head, draft])
    assert "is not the one adopted as “Dues”" in founded.refused()


def test_merge_that_rolls_text_back(founded: Village) -> None:
    """An old branch is merged, and its text taken in place of ours."""
    old = founded.head
    founded.decide("ada", founded.replaced(DUES, MORE), "ada", "bora", "carla")
    head = founded.head
    stale = founded.raw({"notes/a.md": b"a\n"}, parents=[old], branch="old")
    founded.raw({"bylaws.md": founded.tree(old)["bylaws.md"]}, "Merge", parents=[head, stale])
    assert "a change of bylaws.md that nothing in the record asks for" in founded.refused()


def test_merge_that_rolls_the_record_back(founded: Village) -> None:
    """A merge with the whole tree of an older line: the vote never was."""
    draft, head = branched(founded)
    tree = founded.repository[draft].peel(pygit2.Commit).tree.id
    founded.commit_tree(tree, "Merge", parents=[head, draft])
    assert "a statement deleted" in founded.refused()


def test_conflict_resolution_edited_after_the_vote(founded: Village) -> None:
    """The motion settled a conflict of two drafts; the merge that carries it out settles it otherwise."""
    start = founded.head
    one = founded.raw(founded.replaced(DUES, "Dues: EUR 30"), parents=[start], branch="one")
    founded.raw({}, parents=[start])
    motion = founded.move("ada", founded.replaced(DUES, "Dues: EUR 35"), "Between 30 and 40")
    founded.vote(motion, "ada", "bora", "carla")
    assert founded.close(motion) == "adopted"
    founded.raw(founded.replaced(DUES, "Dues: EUR 40"), "Merge", parents=[founded.head, one])
    assert "is not the one adopted as “Between 30 and 40”" in founded.refused()


def test_a_merge_that_puts_another_line_first(founded: Village) -> None:
    """Who lost a race pulls and pushes: the chain of the others is then a side line, and what they signed on it is gone."""
    start = founded.head
    founded.fact("ada", "Bora paid EUR 20.")
    theirs, seen = founded.head, founded.verify().ledger.head
    founded.raw({"notes/mine.md": b"mine\n"}, parents=[start])
    founded.raw(founded.replaced(DUES, MORE), "Mine")
    founded.raw({"notes/mine.md": b"mine\n"}, "Merge branch 'main'", parents=[founded.head, theirs])
    verification = founded.verify(cache=None)
    assert verification.violations[0].subject == "Mine"
    assert seen not in verification.ledger.days


# -- the record --------------------------------------------------------------------------------------------------------


def statement(village: Village) -> str:
    return next(path for path in village.tree() if path.startswith("record/fact") and path.endswith(".md"))


def test_statement_deleted(founded: Village) -> None:
    founded.fact("ada", "Bora paid EUR 20.")
    founded.raw({statement(founded): None})
    assert "a statement deleted; expected a record that only grows" in founded.refused()


def test_statement_changed(founded: Village) -> None:
    founded.fact("ada", "Bora paid EUR 20.")
    path = statement(founded)
    founded.raw({path: founded.tree()[path].replace(b"EUR 20", b"EUR 90")})
    assert "a statement changed; expected a record that only grows" in founded.refused()


def test_signature_deleted(founded: Village) -> None:
    founded.fact("ada", "Bora paid EUR 20.")
    founded.raw({next(path for path in founded.tree() if path.startswith("record/fact") and path.endswith(".sig")): None})
    assert "a statement deleted; expected a record that only grows" in founded.refused()


def test_statement_moved(founded: Village) -> None:
    founded.fact("ada", "Bora paid EUR 20.")
    path = statement(founded)
    founded.raw({path: None, path.replace(founded.day.isoformat()[:7] + "/", ""): founded.tree()[path]})
    assert "a statement deleted" in founded.refused()


def test_the_whole_agreement_deleted_and_founded_anew(founded: Village) -> None:
    """Everything is taken away, so that another founding can stand at the beginning."""
    empty = founded.repository.TreeBuilder().write()
    below = founded.tree_of([("40000", b"elsewhere", str(empty))])
    founded.commit_tree(below)
    assert "a statement deleted" in founded.refused()


def test_a_second_founding(founded: Village) -> None:
    from syngraph.engine import enacting

    content = enacting.founding(founded.verify_text(), "e" * 32, founded.draft("ada"))
    founded.raw(founded.sealed(content, "ada"))
    assert "a second founding" in founded.refused()


def test_a_statement_under_the_name_of_another(founded: Village) -> None:
    """The name of a file is not that of its content."""
    content = founded.motion_file("ada", founded.replaced(DUES, MORE))
    files = founded.sealed(content, "ada")
    path = next(path for path in files if path.endswith(".md"))
    founded.raw({path: content + b"\n"})
    assert "in the name and" in founded.refused()


def test_a_file_in_the_record_that_is_no_statement(founded: Village) -> None:
    founded.raw({"record/motion/notes.txt": b"x\n"})
    assert "a path that names no statement" in founded.refused()


# -- git's own settings ------------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> str:
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder)}
    names = {f"GIT_{who}_{what}": "mallory@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={
            "PATH": os.environ["PATH"],
            **alone,
            **names,
            "GIT_AUTHOR_DATE": "2026-02-01T12:00Z",
            "GIT_COMMITTER_DATE": "2026-02-01T12:00Z",
        },
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def tampered(founded: Village) -> Village:
    """A repository whose settings have git join what conflicts, filter what it stores, and end lines otherwise."""
    info = founded.path / "info"
    info.mkdir(exist_ok=True)
    (info / "attributes").write_text("* merge=union filter=evil ident text eol=crlf\n")
    git(founded.path, "config", "filter.evil.clean", "sed s/20/10/")
    git(founded.path, "config", "filter.evil.smudge", "sed s/20/90/")
    git(founded.path, "config", "core.autocrlf", "true")
    git(founded.path, "config", "merge.default", "union")
    return founded


def test_merge_union_does_not_settle_two_thresholds(tampered: Village) -> None:
    """git joins “two-thirds” and “three-quarters” into a text that nobody wrote; ours tells the conflict."""
    from syngraph.engine.governance.merging import Conflicts, merge_commits
    from syngraph.engine.text.store import open_repository

    start = tampered.head
    one = tampered.raw(tampered.replaced("by two-thirds", "by three-quarters"), parents=[start], branch="one")
    tampered.repository.references.create("refs/heads/main", start, force=True)
    other = tampered.raw(tampered.replaced("by two-thirds", "by one-half"), parents=[start], branch="other")
    repo, _ = open_repository(tampered.path)
    assert isinstance(merge_commits(repo, "", one, other), Conflicts)


def test_merge_union_of_git_is_no_adoption(tampered: Village, tmp_path: Path) -> None:
    """The text that git joined is pushed: it is not the one that was adopted."""
    start = tampered.head
    tampered.raw(tampered.replaced("by two-thirds", "by one-half"), parents=[start], branch="draft")
    tampered.repository.references.create("refs/heads/main", start, force=True)
    tampered.decide("ada", tampered.replaced("by two-thirds", "by three-quarters"), *tampered.people)
    git(tmp_path, "clone", "-q", str(tampered.path), "clone")
    clone = tmp_path / "clone"
    (clone / ".git/info/attributes").write_text("* merge=union\n")
    git(clone, "merge", "-q", "origin/draft", "-m", "Merge")
    git(clone, "push", "-q", "origin", "main")
    assert "three-quarters" in tampered.text()
    assert "one-half" in tampered.text()
    assert "a change of bylaws.md that nothing in the record asks for" in tampered.refused()


def test_filters_ident_and_eol_change_no_byte(tampered: Village) -> None:
    """What is written is what was signed, whatever this repository has git do with files."""
    motion = tampered.move(
        "ada", tampered.replaced("shall open the Reading Room", "shall open the Reading Room ($Id$, EUR 20)")
    )
    tampered.vote(motion, *tampered.people)
    tampered.close(motion)
    files = tampered.adopt(motion).enactment.text
    assert files["bylaws.md"] == tampered.tree()["bylaws.md"]
    assert b"Reading Room ($Id$, EUR 20)" in tampered.tree()["bylaws.md"]
    assert b"\r" not in tampered.tree()["bylaws.md"]
    assert tampered.refused() == ""


def test_filters_change_nothing_in_a_work_tree(tampered: Village, tmp_path: Path) -> None:
    """A clone with a work tree holds the bytes that were voted on, and not what a filter makes of them."""
    git(tmp_path, "clone", "-q", str(tampered.path), "clone")
    work = type(tampered)(tmp_path / "clone", keys=dict(tampered.keys), day=tampered.day)
    git(work.path, "config", "filter.evil.smudge", "sed s/2/9/")
    (work.path / ".git/info/attributes").write_text("* filter=evil ident text eol=crlf\n")
    work.decide("ada", work.replaced("EUR 20", "EUR 25"), *work.people)
    assert (tmp_path / "clone/bylaws.md").read_bytes() == work.tree()["bylaws.md"]
    assert work.refused() == ""


def test_a_replacement_object_hides_nothing(founded: Village) -> None:
    """`git replace` shows another commit in the place of an unlawful one; what is judged is the one that stands there."""
    good = founded.head
    bad = founded.raw(founded.replaced(DUES, "Dues: EUR 1"))
    founded.repository.references.create(f"refs/replace/{bad}", good)
    assert "nothing in the record asks for" in founded.refused()


def test_a_graft_hides_nothing(founded: Village) -> None:
    """A graft cuts an unlawful commit out of the history of this clone."""
    good = founded.head
    bad = founded.raw(founded.replaced(DUES, "Dues: EUR 1"))
    back = founded.raw(founded.replaced("Dues: EUR 1", DUES))
    (founded.path / "info").mkdir(exist_ok=True)
    (founded.path / "info/grafts").write_text(f"{back} {good}\n")
    verification = founded.verify(cache=None)
    assert [violation.commit for violation in verification.violations] == [bad]


# -- malformed objects -------------------------------------------------------------------------------------------------


def test_malformed_trees(founded: Village) -> None:
    """Folders as git never writes them: out of order, one name twice, half an entry, a mode in a second spelling."""
    entries = founded.entries()
    blob = str(founded.repository.create_blob(b"x\n"))
    good = founded.head
    for wrong, why in (
        ([*entries, ("100644", b"a.md", blob)], "an entry out of order"),
        ([*entries[:1], *entries], "a name that the folder holds twice"),
        ([*entries, ("0100644", b"z.md", blob)], "a malformed folder: an entry with the mode"),
        ([*entries, ("100644", b"", blob)], "a malformed folder: an entry without a name"),
        ([*entries, ("100644", b"a/../b", blob)], "a malformed folder: an entry with the name"),
        ([*entries, ("100644", b"z.md", blob[:20])], "a malformed folder: it ends inside an entry"),
    ):
        founded.commit_tree(founded.tree_of(wrong), parents=[good])
        assert why in founded.refused(), why


def test_a_file_that_is_not_there(founded: Village) -> None:
    """A copy without some of its objects is damaged, and passes for nothing else."""
    founded.commit_tree(founded.tree_of([*founded.entries(), ("100644", b"z.md", "0" * 40)]))
    with pytest.raises(StoreError, match="that is not there"):
        founded.verify(cache=None)


def commit_object(village: Village, **lines: str) -> str:
    """A commit object with some of its lines written otherwise; the branch then stands at it."""
    tree = str(village.repository[village.head].peel(pygit2.Commit).tree.id)
    made = {
        "tree": f"tree {tree}\n",
        "parent": f"parent {village.head}\n",
        "author": "author M <m@example.org> 1770000000 +0000\n",
        "committer": "committer M <m@example.org> 1770000000 +0000\n",
        "more": "",
        **lines,
    }
    raw = "".join(made.values()) + "\nChange\n"
    return str(village.repository.write(pygit2.enums.ObjectType.COMMIT, raw.encode()))


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ({"committer": "committer M <m@example.org> 99999999999999 +0000\n"}, "its first lines are not"),
        ({"committer": "committer M <m@example.org> 999999999999 +0000\n"}, "its time is none"),
        ({"committer": "committer M <m@example.org> -1 +0000\n"}, "its first lines are not"),
        ({"committer": ""}, "its first lines are not"),
        ({"author": ""}, "its first lines are not"),
        ({"more": "parent " + "0" * 40 + "\n"}, "is no header"),
        ({"more": "tree " + "0" * 40 + "\n"}, "is no header"),
        ({"tree": "tree " + "0" * 39 + "\n"}, "its first lines are not"),
    ],
)
def test_malformed_commits(founded: Village, lines: dict[str, str], why: str) -> None:
    """One library would read such a commit in this way, another in that."""
    oid = commit_object(founded, **lines)
    with pytest.raises(StoreError) as caught:
        founded.verify(cache=None, head=oid)
    assert "which is malformed" in caught.value.found
    assert why in caught.value.found


def test_huge_commit(founded: Village) -> None:
    oid = commit_object(founded, more="x-more " + "a" * commits.MAX_COMMIT_BYTES + "\n")
    with pytest.raises(StoreError, match="a commit of 1,0"):
        founded.verify(cache=None, head=oid)


def test_huge_history(founded: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits without end are not walked without end."""
    monkeypatch.setattr(objects, "MAX_COMMITS", 20)
    for _ in range(20):
        founded.raw({})
    with pytest.raises(StoreError, match="more than 20 commits"):
        founded.verify(cache=None)


def test_huge_history_is_walked_once(founded: Village, within: Any) -> None:
    """Commits that do not touch the agreement cost next to nothing: thousands of them are no attack."""
    tree, parent = founded.repository[founded.head].peel(pygit2.Commit).tree.id, founded.head
    who = pygit2.Signature("M", "m@example.org", 1_770_000_000, 0)
    for _ in range(1_500):
        parent = str(founded.repository.create_commit(None, who, who, "Nothing", tree, [parent]))
    with within(5):
        assert founded.verify(cache=None, head=parent).valid


def test_huge_blob(founded: Village) -> None:
    """A file that would fill the memory is not read: its size is asked for first."""
    founded.raw({"policies.md": b"a" * (16 * 1024 * 1024 + 1)})
    assert "a file of 16,777,217 bytes; expected at most 16,777,216 bytes" in founded.refused()


def test_huge_statement(founded: Village) -> None:
    path = "record/fact/2026-01/2026-01-06-" + "0" * 64 + ".md"
    founded.raw({path: b"a" * 300_000})
    assert "a statement of 300000 bytes" in founded.refused()


def test_folders_without_end(founded: Village) -> None:
    oid = founded.tree_of([("100644", b"a", str(founded.repository.create_blob(b"x\n")))])
    for _ in range(60):
        oid = founded.tree_of([("40000", b"a", str(oid))])
    entries = sorted([*founded.entries(), ("40000", b"notes", str(oid))], key=lambda entry: entry[1])
    founded.commit_tree(founded.tree_of(entries))
    assert "more than 32 folders in one another" in founded.refused()


def test_a_shallow_clone_does_not_pass_for_the_whole(founded: Village, tmp_path: Path) -> None:
    founded.fact("ada", "Bora paid EUR 20.")
    git(tmp_path, "clone", "-q", "--bare", "--depth", "1", f"file://{founded.path}", "shallow.git")
    shallow = type(founded)(tmp_path / "shallow.git", keys=dict(founded.keys))
    with pytest.raises(StoreError, match="a shallow clone"):
        shallow.verify(cache=None)


def test_a_date_of_a_commit_that_is_long_past(founded: Village) -> None:
    """Dates of commits are claims: one far back does not set the clock of the chain back."""
    day = founded.verify().ledger.day
    founded.raw({"notes/a.md": b"a\n"}, day=day - timedelta(days=900))
    assert founded.refused() == ""
    assert founded.verify().ledger.day == day
