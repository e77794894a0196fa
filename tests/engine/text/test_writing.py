"""Writing: a commit is there wholly or not at all, nobody's work is lost, and no setting has a say."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pygit2
import pytest

from syngraph.engine.text.hygiene import HygieneError
from syngraph.engine.text.store import MAX_FILE_BYTES, StoreError, open_repository
from syngraph.engine.text.store.writing import Author, Busy, Moved, commit_files, recover

ADA = Author("Ada Lovelace", "ada@example.org")
WHEN = datetime(2026, 3, 14, 12, 30, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))
FIRST = {"bylaws.md": b"# Bylaws\n", "forms/a.md": b"A\n", "forms/deep/b.md": b"B\n"}
SECOND = {"bylaws.md": b"# New bylaws\n", "forms/deep/b.md": None, "record/x.md": b"X\n"}
AFTER = {"bylaws.md": b"# New bylaws\n", "forms/a.md": b"A\n", "record/x.md": b"X\n"}
HAS_GIT = shutil.which("git") is not None
needs_git = pytest.mark.skipif(not HAS_GIT, reason="NO GIT: what git makes of it is not tested")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A repository with a work tree, with FIRST committed to main."""
    pygit2.init_repository(str(tmp_path / "work"), initial_head="main")
    write(tmp_path / "work", None, FIRST, message="first")
    return tmp_path / "work"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A bare one, with FIRST committed to main."""
    pygit2.init_repository(str(tmp_path / "bare.git"), bare=True, initial_head="main")
    write(tmp_path / "bare.git", None, FIRST, message="first")
    return tmp_path / "bare.git"


def write(
    path: Path,
    expected: str | None,
    files: dict[str, bytes | None] | dict[str, bytes],
    branch: str = "main",
    below: str = "",
    message: str = "change",
    parents: tuple[str, ...] = (),
    step: Callable[[str], None] = lambda step: None,
    left: Callable[[str], None] = lambda path: None,
    who: Author = ADA,
    when: datetime = WHEN,
) -> str:
    repo = open_repository(path)[0]
    return commit_files(repo, branch, expected, below, dict(files), message, who, when, parents, step, left)


def at(path: Path, branch: str = "main") -> str | None:
    return open_repository(path)[0].branch(branch)


def content(path: Path, oid: str | None = None, below: str = "") -> dict[str, bytes]:
    tree = open_repository(path)[0].tree(oid or at(path) or "", below)
    return {name: tree.read(name) for name in tree.paths()}


def on_disk(top: Path) -> dict[str, bytes]:
    found = (file for file in top.rglob("*") if ".git" not in file.relative_to(top).parts and not file.is_dir())
    return {file.relative_to(top).as_posix(): file.read_bytes() for file in found}


def in_index(path: Path) -> dict[str, bytes]:
    git = pygit2.Repository(str(path))
    return {entry.path: git[entry.id].data for entry in git.index}


def git(path: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(path), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sound(path: Path) -> None:
    """What git itself says of the repository, where it is there; and nothing is left behind."""
    folder = path / ".git" if (path / ".git").is_dir() else path
    assert list(folder.rglob("*.lock")) == []
    assert sorted(file.name for file in (folder / "syngraph").iterdir()) == ["lock"]
    if HAS_GIT:
        assert git(path, "fsck", "--strict", "--no-dangling") == ""


# -- what is written ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["work", "bare"])
def test_files_become_one_commit(kind: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(kind)
    old = at(path)
    new = write(path, old, SECOND, message="Adopt the dues\n\nAs moved.\n")
    assert (at(path), content(path)) == (new, AFTER)
    commit = pygit2.Repository(str(path))[new]
    assert (commit.message, commit.author.name, commit.author.email) == ("Adopt the dues\n\nAs moved.\n", ADA.name, ADA.email)
    assert (commit.commit_time_offset, [str(oid) for oid in commit.parent_ids]) == (-210, [old])
    sound(path)


def test_the_work_tree_and_the_index_follow(work: Path) -> None:
    write(work, at(work), SECOND)
    assert (on_disk(work), in_index(work)) == (AFTER, AFTER)
    assert not (work / "forms/deep").exists()
    if HAS_GIT:
        assert git(work, "status", "--porcelain") == ""


def test_another_branch_leaves_the_work_tree_alone(work: Path) -> None:
    first = at(work)
    new = write(work, None, SECOND, branch="motions/dues", parents=(first or "",))
    assert (at(work, "motions/dues"), at(work), content(work, new)) == (new, first, AFTER)
    assert (on_disk(work), in_index(work)) == (FIRST, FIRST)
    sound(work)


def test_an_agreement_below_the_top_changes_and_nothing_around_it(tmp_path: Path) -> None:
    made = pygit2.init_repository(str(tmp_path), initial_head="main")
    script = made.create_blob(b"#!/bin/sh\n")
    builder = made.TreeBuilder()
    builder.insert("build.sh", script, pygit2.enums.FileMode.BLOB_EXECUTABLE)
    builder.insert("link", script, pygit2.enums.FileMode.LINK)
    who = pygit2.Signature("x", "x@example.org", 1, 0)
    top = str(made.create_commit("refs/heads/main", who, who, "m", builder.write(), []))
    new = write(tmp_path, top, {"a.md": b"A\n"}, below="clubs/one")
    assert content(tmp_path, new, "clubs/one") == {"a.md": b"A\n"}
    entries = [(entry.name, int(entry.filemode)) for entry in made[new].tree]
    assert entries == [("build.sh", 0o100755), ("clubs", 0o40000), ("link", 0o120000)]
    assert (tmp_path / "clubs/one/a.md").read_bytes() == b"A\n"


def test_a_merge_has_the_other_parents_behind_the_first(bare: Path) -> None:
    first = at(bare) or ""
    side = write(bare, None, {"s.md": b"S\n"}, branch="side", parents=(first,))
    new = write(bare, first, {"s.md": b"S\n"}, parents=(side,))
    assert open_repository(bare)[0].commit(new).parents == (first, side)


def test_a_file_becomes_a_folder_and_back(work: Path) -> None:
    new = write(work, at(work), {"forms/a.md": None, "forms/a.md/x": b"X\n"})
    assert on_disk(work) == {"bylaws.md": b"# Bylaws\n", "forms/a.md/x": b"X\n", "forms/deep/b.md": b"B\n"}
    write(work, new, {"forms/a.md": b"A\n", "forms/a.md/x": None})
    assert (on_disk(work), in_index(work)) == (FIRST, FIRST)


def test_git_writes_the_log_as_we_do(work: Path) -> None:
    first = at(work)
    new = write(work, first, SECOND, message="second\nline")
    zero = "0" * 40
    who = "Ada Lovelace <ada@example.org> 1773504000 -0330"
    expected = f"{zero} {first} {who}\tcommit (initial): first\n{first} {new} {who}\tcommit: second\n"
    assert (work / ".git/logs/refs/heads/main").read_text() == expected
    assert (work / ".git/logs/HEAD").read_text() == expected


def test_a_bare_repository_has_no_log_unless_one_was_begun(bare: Path) -> None:
    assert not (bare / "logs/refs").exists()
    (bare / "logs/refs/heads").mkdir(parents=True)
    (bare / "logs/refs/heads/main").touch()
    write(bare, at(bare), SECOND)
    assert "\tcommit: change\n" in (bare / "logs/refs/heads/main").read_text()


def test_a_packed_branch_moves(bare: Path) -> None:
    pygit2.Repository(str(bare)).compress_references()
    assert not (bare / "refs/heads/main").exists()
    new = write(bare, at(bare), SECOND)
    assert at(bare) == new
    sound(bare)


def test_no_other_reference_is_touched(bare: Path) -> None:
    made = pygit2.Repository(str(bare))
    made.references.create("refs/heads/other", at(bare) or "")
    made.references.create("refs/tags/main", at(bare) or "")
    before = {name: made.references[name].target for name in made.references if name != "refs/heads/main"}
    write(bare, at(bare), SECOND)
    after = pygit2.Repository(str(bare))
    assert {name: after.references[name].target for name in after.references if name != "refs/heads/main"} == before


def test_a_linked_work_tree_follows_too(work: Path, tmp_path: Path) -> None:
    pygit2.Repository(str(work)).references.create("refs/heads/draft", at(work) or "")
    pygit2.Repository(str(work)).add_worktree(
        "draft", str(tmp_path / "draft"), pygit2.Repository(str(work)).references["refs/heads/draft"]
    )
    write(work, at(work, "draft"), SECOND, branch="draft")
    assert (on_disk(tmp_path / "draft"), on_disk(work)) == (AFTER, FIRST)
    write(tmp_path / "draft", at(work), SECOND)
    assert on_disk(work) == AFTER
    assert not list((work / ".git").rglob("*.lock"))


# -- what is refused ---------------------------------------------------------------------------------------------------


def test_a_branch_that_has_moved_is_not_overwritten(bare: Path) -> None:
    first = at(bare)
    second = write(bare, first, SECOND)
    for expected in (first, None, "1" * 40):
        with pytest.raises(Moved) as caught:
            write(bare, expected, {"x.md": b"x"})
        assert caught.value.help == "somebody else has written to it: read it again, and repeat"
    with pytest.raises(Moved):
        write(bare, first, {"x.md": b"x"}, branch="none")
    assert at(bare) == second
    sound(bare)


def test_a_branch_that_moves_at_the_last_moment_is_not_overwritten(work: Path) -> None:
    first = at(work) or ""
    other = write(work, None, {"o.md": b"o"}, branch="other", parents=(first,))

    def meddle(step: str) -> None:
        if step == "lock":
            pygit2.Repository(str(work)).references["refs/heads/main"].set_target(other)

    with pytest.raises(Moved):
        write(work, first, SECOND, step=meddle)
    assert (at(work), on_disk(work)) == (other, FIRST)
    sound(work)


def test_a_branch_made_at_the_last_moment_is_not_overwritten(bare: Path) -> None:
    def meddle(step: str) -> None:
        if step == "lock":
            pygit2.Repository(str(bare)).references.create("refs/heads/new", at(bare) or "")

    with pytest.raises(Moved):
        write(bare, None, SECOND | {"forms/deep/b.md": b"B"}, branch="new", step=meddle)
    assert at(bare, "new") == at(bare)


@pytest.mark.parametrize("lock", ["refs/heads/main.lock", "index.lock"])
def test_what_another_program_has_locked_is_left_to_it(work: Path, lock: str) -> None:
    first = at(work)
    (work / ".git" / lock).write_bytes(b"")
    with pytest.raises(Busy):
        write(work, first, SECOND)
    assert (at(work), on_disk(work)) == (first, FIRST)
    assert [file.name for file in (work / ".git").rglob("*.lock")] == [Path(lock).name]
    (work / ".git" / lock).unlink()
    write(work, first, SECOND)
    sound(work)


@pytest.mark.parametrize(("held", "wanted"), [("a", "a/b"), ("a/b", "a"), ("a/b/c", "a")])
@pytest.mark.parametrize("packed", [False, True])
def test_a_branch_whose_name_another_begins_with_is_refused(bare: Path, held: str, wanted: str, packed: bool) -> None:
    made = pygit2.Repository(str(bare))
    made.references.create(f"refs/heads/{held}", at(bare) or "")
    if packed:
        made.compress_references()
    with pytest.raises(StoreError):
        write(bare, None, {"x.md": b"x"}, branch=wanted)
    assert at(bare, held) == at(bare)
    sound(bare)


def test_an_empty_folder_of_a_branch_that_was_is_no_obstacle(bare: Path) -> None:
    (bare / "refs/heads/a/b").mkdir(parents=True)
    assert at(bare, "a") is None
    new = write(bare, None, {"x.md": b"x"}, branch="a")
    assert at(bare, "a") == new


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ({"forms/none.md": None}, StoreError),
        ({"forms": b"x"}, StoreError),
        ({"bylaws.md/x": b"x"}, StoreError),
        ({"../x": b"x"}, StoreError),
        ({"/x": b"x"}, StoreError),
        ({"x//y": b"x"}, StoreError),
        ({"/".join("x" * 40): b"x"}, StoreError),
        ({"Bylaws.md": b"x"}, HygieneError),
        ({"Forms/x": b"x"}, HygieneError),
        ({".git/config": b"x"}, HygieneError),
        ({"x/GIT~1/y": b"x"}, HygieneError),
        ({"e\u0301.md": b"x"}, HygieneError),
        ({"a\nb": b"x"}, HygieneError),
        ({"a\udcff": b"x"}, HygieneError),
        ({"x": b"x" * (MAX_FILE_BYTES + 1)}, StoreError),
        (dict.fromkeys(FIRST), StoreError),
    ],
)
def test_what_no_agreement_may_hold_is_not_written(bare: Path, files: dict[str, bytes | None], error: type[Exception]) -> None:
    first = at(bare)
    with pytest.raises(error):
        write(bare, first, files)
    assert at(bare) == first


@pytest.mark.parametrize("who", [Author("", "a@b"), Author("A\nparent x", "a@b"), Author("A <x>", "a@b"), Author("A", "a>b")])
def test_an_author_that_is_none_is_refused(bare: Path, who: Author) -> None:
    with pytest.raises(StoreError):
        write(bare, at(bare), SECOND, who=who)


def test_times_and_messages_that_are_none_are_refused(bare: Path) -> None:
    for when in (datetime(2026, 1, 1), datetime(1969, 1, 1, tzinfo=UTC)):  # noqa: DTZ001
        with pytest.raises(StoreError):
            write(bare, at(bare), SECOND, when=when)
    for message in ("", " \n", "a\0b", "a\udcff"):
        with pytest.raises(StoreError):
            write(bare, at(bare), SECOND, message=message)
    assert content(bare) == FIRST


# -- what the user has done --------------------------------------------------------------------------------------------


def test_files_that_the_user_edited_stay_and_are_told(work: Path) -> None:
    (work / "bylaws.md").write_bytes(b"# My draft\n")
    (work / "forms/deep/b.md").write_bytes(b"mine\n")
    (work / "record").mkdir()
    (work / "record/x.md").write_bytes(b"mine too\n")
    left: list[str] = []
    write(work, at(work), SECOND, left=left.append)
    assert left == ["bylaws.md", "forms/deep/b.md", "record/x.md"]
    assert on_disk(work) == {
        "bylaws.md": b"# My draft\n",
        "forms/a.md": b"A\n",
        "forms/deep/b.md": b"mine\n",
        "record/x.md": b"mine too\n",
    }
    assert in_index(work) == AFTER


def test_what_the_user_staged_stays_and_is_told(work: Path) -> None:
    made = pygit2.Repository(str(work))
    made.index.add(pygit2.IndexEntry("bylaws.md", made.create_blob(b"staged\n"), pygit2.enums.FileMode.BLOB))
    made.index.write()
    left: list[str] = []
    write(work, at(work), SECOND, left=left.append)
    assert left == ["bylaws.md"]
    assert in_index(work) == AFTER | {"bylaws.md": b"staged\n"}


def test_a_file_that_the_user_deleted_stays_deleted(work: Path) -> None:
    (work / "bylaws.md").unlink()
    left: list[str] = []
    write(work, at(work), SECOND, left=left.append)
    assert (left, (work / "bylaws.md").exists()) == (["bylaws.md"], False)


def test_a_file_that_is_already_as_it_should_be_is_no_edit(work: Path) -> None:
    (work / "record").mkdir()
    (work / "record/x.md").write_bytes(b"X\n")
    (work / "bylaws.md").write_bytes(b"# New bylaws\n")
    left: list[str] = []
    write(work, at(work), SECOND, left=left.append)
    assert (left, on_disk(work)) == ([], AFTER)


def test_nothing_is_written_through_a_link(work: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (work / "record").symlink_to(tmp_path / "elsewhere")
    (work / "bylaws.md").unlink()
    (work / "bylaws.md").symlink_to(tmp_path / "elsewhere/bylaws.md")
    (tmp_path / "elsewhere/bylaws.md").write_bytes(b"# Bylaws\n")
    left: list[str] = []
    write(work, at(work), SECOND, left=left.append)
    assert left == ["bylaws.md", "record/x.md"]
    assert on_disk(tmp_path / "elsewhere") == {"bylaws.md": b"# Bylaws\n"}


def test_a_conflict_in_the_index_stays(work: Path) -> None:
    first = at(work) or ""
    theirs = write(work, None, {"bylaws.md": b"theirs\n"}, branch="theirs", parents=(first,))
    mine = write(work, first, {"bylaws.md": b"mine\n"})
    pygit2.Repository(str(work)).merge(pygit2.Oid(hex=theirs))
    torn = (work / "bylaws.md").read_bytes()
    left: list[str] = []
    write(work, mine, SECOND, left=left.append)
    assert left == ["bylaws.md"]
    assert (work / "bylaws.md").read_bytes() == torn
    conflicts = pygit2.Repository(str(work)).index.conflicts
    assert conflicts is not None
    assert [sides[1].path for sides in conflicts] == ["bylaws.md"]


def test_lines_that_git_ended_with_crlf_are_no_edit(work: Path) -> None:
    (work / "bylaws.md").write_bytes(b"# Bylaws\r\n")
    left: list[str] = []
    write(work, at(work), SECOND, left=left.append)
    assert (left, on_disk(work)) == ([], AFTER)


@needs_git
def test_no_setting_filter_attribute_or_hook_has_a_say(work: Path) -> None:
    for name, value in (
        ("core.autocrlf", "true"),
        ("core.eol", "crlf"),
        ("core.safecrlf", "true"),
        ("core.fileMode", "false"),
        ("core.precomposeUnicode", "true"),
        ("core.hooksPath", str(work / ".git/hooks")),
        ("filter.evil.clean", "sed s/New/Evil/"),
        ("filter.evil.smudge", "sed s/New/Evil/"),
        ("filter.evil.required", "true"),
        ("merge.evil.driver", "false"),
        ("merge.default", "evil"),
        ("commit.gpgSign", "true"),
        ("gpg.program", "false"),
        ("user.name", "Mallory"),
        ("i18n.commitEncoding", "latin1"),
        ("commit.template", "/nonexistent"),
    ):
        git(work, "config", name, value)
    (work / ".git/info").mkdir(exist_ok=True)
    (work / ".git/info/attributes").write_text("* filter=evil text eol=crlf ident merge=union working-tree-encoding=UTF-16\n")
    (work / ".gitattributes").write_text("* filter=evil text eol=crlf ident merge=union\n")
    for hook in (
        "pre-commit",
        "commit-msg",
        "post-commit",
        "reference-transaction",
        "post-checkout",
        "post-index-change",
        "update",
    ):
        (work / ".git/hooks").mkdir(exist_ok=True)
        (work / ".git/hooks" / hook).write_text(f"#!/bin/sh\ntouch {work}/.git/hooked\nexit 1\n")
        (work / ".git/hooks" / hook).chmod(0o755)
    files = SECOND | {"bylaws.md": "# New bylaws $Id$ ä\n".encode()}
    new = write(work, at(work), files, message="Änderung")
    expected = AFTER | {"bylaws.md": "# New bylaws $Id$ ä\n".encode()}
    assert (content(work, new), in_index(work)) == (expected, expected)
    (work / ".gitattributes").unlink()
    assert on_disk(work) == expected
    commit = pygit2.Repository(str(work))[new]
    assert (commit.author.name, commit.raw_message) == (ADA.name, "Änderung\n".encode())
    assert not (work / ".git/hooked").exists()


def test_an_index_that_we_cannot_read_stops_us_before_the_branch_moves(work: Path) -> None:
    first = at(work)
    index = work / ".git/index"
    index.write_bytes(b"DIRC" + b"\xff" * 60)
    with pytest.raises(StoreError) as caught:
        write(work, first, SECOND)
    assert "index" in caught.value.found
    assert at(work) == first
    assert list((work / ".git").rglob("*.lock")) == []


# -- several at once, and interruptions --------------------------------------------------------------------------------


def child(work: Callable[[], None]) -> int:
    """What a child process ends with that does this: 0, 1 for an error, or what it gave itself."""
    pid = os.fork()
    if not pid:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.mark.parametrize("kind", ["work", "bare"])
def test_of_several_who_write_at_once_nobody_is_lost(kind: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(kind)
    pids = []
    for number in range(4):
        pid = os.fork()
        if not pid:
            try:
                for turn in range(4):
                    while True:
                        try:
                            write(path, at(path), {f"record/{number}-{turn}.md": b"x\n"})
                            break
                        except Moved:
                            continue
            except BaseException:
                os._exit(1)
            os._exit(0)
        pids.append(pid)
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0] * 4
    expected = FIRST | {f"record/{number}-{turn}.md": b"x\n" for number in range(4) for turn in range(4)}
    assert content(path) == expected
    assert len(open_repository(path)[0].first_parents(at(path) or "")) == 17
    if kind == "work":
        assert (on_disk(path), in_index(path)) == (expected, expected)
    sound(path)


def steps(path: Path, tmp_path: Path) -> list[str]:
    found: list[str] = []
    shutil.copytree(path, tmp_path / "copy", symlinks=True)
    write(tmp_path / "copy", at(path), SECOND, step=found.append)
    return found


@pytest.mark.parametrize("kind", ["work", "bare"])
def test_who_is_killed_at_any_step_leaves_before_or_after(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    path = request.getfixturevalue(kind)
    first = at(path)
    named = steps(path, tmp_path)
    assert {"blob", "tree", "commit", "journal", "lock", "swap", "log", "done"} <= set(named)
    moved = []
    for number in range(len(named)):
        copy = tmp_path / f"killed{number}"
        shutil.copytree(path, copy, symlinks=True)
        count = 0

        def kill(step: str, number: int = number) -> None:
            nonlocal count
            count += 1
            if count > number:
                os._exit(9)

        assert child(lambda copy=copy, kill=kill: write(copy, first, SECOND, step=kill) and None) == 9  # type: ignore[misc]
        after = at(copy) != first
        moved.append(after)
        assert content(copy) == (AFTER if after else FIRST)
        if HAS_GIT:
            git(copy, "fsck", "--strict", "--no-dangling")
        assert recover(open_repository(copy)[0]) == ()
        assert content(copy) == (AFTER if after else FIRST)
        if kind == "work":
            assert on_disk(copy) == in_index(copy) == (AFTER if after else FIRST)
            assert (copy / ".git/logs/HEAD").read_text().count("\n") == (2 if after else 1)
        sound(copy)
        if HAS_GIT and kind == "work":
            assert git(copy, "status", "--porcelain") == ""
        shutil.rmtree(copy)
    assert moved == sorted(moved)
    assert moved[named.index("swap")] is False
    assert moved[named.index("log")] is True


def test_the_next_who_writes_finishes_what_was_left(work: Path) -> None:
    first = at(work)
    assert child(lambda: write(work, first, SECOND, step=lambda step: os._exit(9) if step == "file" else None) and None) == 9
    new = at(work)
    assert (new != first, on_disk(work)) == (True, FIRST)
    (work / "bylaws.md").write_bytes(b"edited meanwhile\n")
    left: list[str] = []
    write(work, new, {"n.md": b"N\n"}, left=left.append)
    assert left == ["bylaws.md"]
    assert on_disk(work) == AFTER | {"n.md": b"N\n", "bylaws.md": b"edited meanwhile\n"}
    assert in_index(work) == AFTER | {"n.md": b"N\n"}
    sound(work)


def test_a_lock_of_another_is_not_taken_for_that_of_who_was_killed(work: Path) -> None:
    first = at(work)
    assert (
        child(lambda: write(work, first, SECOND, step=lambda step: os._exit(9) if step == "index lock" else None) and None) == 9
    )
    (work / ".git/index.lock").write_bytes(b"git at work")
    assert recover(open_repository(work)[0]) == ()
    assert (work / ".git/index.lock").read_bytes() == b"git at work"
    assert at(work) == first


def test_an_error_at_any_step_before_the_branch_moves_leaves_nothing(work: Path, tmp_path: Path) -> None:
    first = at(work)
    for name in ("blob", "tree", "commit", "journal", "index lock", "lock", "swap"):

        def fail(step: str, name: str = name) -> None:
            if step == name:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            write(work, first, SECOND, step=fail)
        assert (at(work), on_disk(work), in_index(work)) == (first, FIRST, FIRST)
        sound(work)


def test_a_journal_that_nobody_wrote_is_told(work: Path) -> None:
    (work / ".git/syngraph/journal").write_bytes(b"{")
    with pytest.raises(StoreError) as caught:
        recover(open_repository(work)[0])
    assert caught.value.found == "a journal that cannot be read"


def test_recovering_where_nothing_is_left_does_nothing(bare: Path) -> None:
    before = sorted(bare.rglob("*"))
    assert recover(open_repository(bare)[0]) == ()
    assert sorted(bare.rglob("*")) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="ROOT: permissions do not stop it")
def test_a_repository_that_cannot_be_written_is_told(bare: Path) -> None:
    first = at(bare)
    (bare / "syngraph/lock").unlink()
    (bare / "syngraph").chmod(0o500)
    try:
        with pytest.raises(StoreError) as caught:
            write(bare, first, SECOND)
    finally:
        (bare / "syngraph").chmod(0o700)
    assert "cannot be written" in caught.value.found
