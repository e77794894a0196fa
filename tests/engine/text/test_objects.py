"""Git's objects as they are: malformed ones are refused, and nothing that a user can set changes what is read."""

import re
import shutil
import subprocess
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pygit2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.engine.text.hygiene import HygieneError
from syngraph.engine.text.store import MAX_FILE_BYTES, Difference, Entry, Repository, StoreError, differences, open_repository
from syngraph.engine.text.store.listing import changed, listing

COMMIT, TREE, BLOB = 1, 2, 3
FILE, FOLDER = 0o100644, 0o40000
WHO = "Ada <ada@example.org> 1700000000 +0130"


class Made:
    """A bare repository into which objects are put as bytes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.git = pygit2.init_repository(str(path), bare=True)
        self.repo = open_repository(path)[0]

    def blob(self, content: bytes = b"text\n") -> str:
        return str(self.git.write(BLOB, content))

    def raw(self, content: bytes) -> str:
        return str(self.git.write(TREE, content))

    def tree(self, *named: tuple[str | int, str | bytes, str]) -> str:
        """A tree object with these entries as they are given: in this order, with these modes."""
        lines = []
        for mode, name, oid in named:
            said = mode if isinstance(mode, str) else f"{mode:o}"
            lines.append(said.encode() + b" " + (name.encode() if isinstance(name, str) else name) + b"\0" + bytes.fromhex(oid))
        return self.raw(b"".join(lines))

    def folder(self, files: dict[str, bytes]) -> str:
        index = pygit2.Index()
        for path, content in files.items():
            index.add(pygit2.IndexEntry(path, pygit2.Oid(hex=self.blob(content)), pygit2.enums.FileMode.BLOB))
        return str(index.write_tree(self.git))

    def commit(self, tree: str, *parents: str, who: str = WHO, message: str = "change\n") -> str:
        lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents), f"author {who}", f"committer {who}", "", message]
        return str(self.git.write(COMMIT, "\n".join(lines).encode()))

    def chain(self, count: int) -> list[str]:
        """Commits on main, oldest first."""
        commits: list[str] = []
        for number in range(count):
            commits.append(self.commit(self.folder({"a.md": b"%d\n" % number}), *commits[-1:]))
        self.git.references.create("refs/heads/main", commits[-1])
        return commits


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path / "repo.git")


def refused(call: object, *arguments: object) -> StoreError:
    assert callable(call)
    with pytest.raises(StoreError) as caught:
        call(*arguments)
    return caught.value


# -- trees -------------------------------------------------------------------------------------------------------------


def test_entries_are_read_as_they_stand(made: Made) -> None:
    a, b = made.blob(b"a"), made.folder({"x": b"x"})
    tree = made.tree((FILE, "a", a), (0o100755, b"\xff", a), (0o120000, "l", a), (0o100664, "o", a), (FOLDER, "z", b))
    assert made.repo.entries(tree) == (
        Entry(FILE, b"a", a),
        Entry(0o100755, b"\xff", a),
        Entry(0o120000, b"l", a),
        Entry(0o100664, b"o", a),
        Entry(FOLDER, b"z", b),
    )
    assert made.repo.entries(made.raw(b"")) == ()


ID = bytes(range(1, 21))


@pytest.mark.parametrize(
    "raw",
    [
        b"100644 a\0" + ID[:19],
        b"100644 a\0" + ID + b"x",
        b"100644 a",
        b"100644 a\0" + ID + b"100644 b",
        b"100644 \0" + ID,
        b"100644a\0" + ID,
        b" a\0" + ID,
        b"0100644 a\0" + ID,
        b"040000 a\0" + ID,
        b"100844 a\0" + ID,
        b"-1 a\0" + ID,
        b"+40000 a\0" + ID,
        b"1006440 a\0" + ID,
        b"100644 a/b\0" + ID,
        b"100644 /\0" + ID,
        "١٠٠ a\0".encode() + ID,
    ],
)
def test_a_malformed_tree_is_refused(made: Made, raw: bytes) -> None:
    assert refused(made.repo.entries, made.raw(raw)).expected == "a folder as git writes it"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((FILE, "b"), (FILE, "a")),
        ((FILE, "a"), (FILE, "a")),
        ((FOLDER, "a"), (FILE, "a.md")),
        ((FILE, "A.md"), (FILE, "a.md")),
        ((0o120000, "a"), (FILE, "b")),
        ((0o160000, "a"), (FILE, "b")),
        ((0o100755, "a"), (FILE, "b")),
        ((0o100664, "a"), (FILE, "b")),
        ((FILE, ".GIT"), (FILE, "b")),
        ((FILE, "git~1"), (FILE, "h")),
        ((FILE, "e\u0301"), (FILE, "f")),
        ((FILE, "a\tb"), (FILE, "b")),
        ((FILE, "a\nb"), (FILE, "b")),
        ((FILE, b"\xff"), (FILE, b"\xff\xff")),
    ],
)
def test_a_folder_that_is_not_plain_is_refused_wherever_it_is_new(
    made: Made, first: tuple[int, str], second: tuple[int, str]
) -> None:
    blob, folder = made.blob(), made.folder({"x": b"x"})
    entries = [(mode, name, folder if mode == FOLDER else blob) for mode, name in (first, second)]
    bad = made.tree(*entries)
    old = made.folder({"b.md": b"old"})
    for new in (bad, made.tree((FOLDER, "deep", made.tree((FOLDER, "er", bad))))):
        for before in (None, old):
            with pytest.raises(HygieneError):
                differences(made.repo, before, new)
        commit = made.commit(new)
        with pytest.raises(HygieneError):
            made.repo.tree(commit, "").paths()


def test_a_folder_that_did_not_change_is_not_looked_at(made: Made) -> None:
    bad = made.tree((0o120000, "link", made.blob()))
    old = made.tree((FILE, "a", made.blob(b"1")), (FOLDER, "z", bad))
    new = made.tree((FILE, "a", made.blob(b"2")), (FOLDER, "z", bad))
    assert [found.path for found in differences(made.repo, old, new)] == ["a"]


def test_one_file_more_behind_a_folder_that_was_never_looked_at_is_a_reason_to_look_at_all(made: Made) -> None:
    blob = made.blob()
    old = made.tree((0o120000, "a", blob))
    with pytest.raises(HygieneError):
        differences(made.repo, old, made.tree((0o120000, "a", blob), (FILE, "b", blob)))


@pytest.mark.parametrize(
    "added", ["a.md", "A.md", "b.md", "m.md", "z", "c.md ", ".git", "x/y", "c\u202e", "c.md\n", "\u00e9", "e\u0301", "C.md"]
)
def test_a_folder_that_grew_is_judged_as_if_it_were_read_anew(made: Made, added: str) -> None:
    blob = made.blob()
    names = ["a.md", "c.md", "e.md"]
    old = made.tree(*((FILE, name, blob) for name in names))
    for place in range(4):
        new = made.tree(*((FILE, name, blob) for name in (*names[:place], added, *names[place:])))
        fresh = Repository(made.git)
        verdicts = []
        for repo, before in ((made.repo, old), (fresh, None)):
            differences(made.repo, None, old)
            try:
                verdicts.append(differences(repo, before, new) and "passed")
            except StoreError as error:
                verdicts.append(str(error))
        assert verdicts[0] == verdicts[1]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(made: Made) -> None:
    error = refused(made.repo.blob, made.blob(b"\0" * (MAX_FILE_BYTES + 1)))
    assert error.found == f"a file of {MAX_FILE_BYTES + 1:,} bytes"


def test_what_is_missing_or_of_another_kind_is_told(made: Made) -> None:
    blob, tree = made.blob(), made.raw(b"")
    assert refused(made.repo.blob, tree).found == f"a folder {tree[:10]}"
    assert refused(made.repo.entries, blob).found == f"a file {blob[:10]}"
    assert refused(made.repo.commit, tree).found == f"a folder {tree[:10]}"
    assert refused(made.repo.blob, "0" * 39 + "1").found == "a file 0000000000 that is not there"
    assert "cannot be read" in refused(made.repo.blob, "not an id").found


def test_an_object_that_is_not_what_its_id_says_is_refused(made: Made) -> None:
    one, other = made.blob(b"approved\n"), made.blob(b"rejected\n")
    files = [made.path / "objects" / oid[:2] / oid[2:] for oid in (one, other)]
    files[0].unlink()
    shutil.copyfile(files[1], files[0])
    assert "hash mismatch" in refused(Repository(pygit2.Repository(str(made.path))).blob, one).found


# -- differences -------------------------------------------------------------------------------------------------------


def told(repo: Repository, old: str | None, new: str) -> list[tuple[str, bool, bool]]:
    return [(found.path, found.old is not None, found.new is not None) for found in differences(repo, old, new)]


def test_differences_name_the_files_that_came_went_and_changed(made: Made) -> None:
    old = made.folder({"a": b"1", "b/c": b"1", "b/d": b"1", "e/f/g": b"1", "h": b"1"})
    new = made.folder({"a": b"2", "b/c": b"1", "b/x": b"1", "h/i": b"1", "j/k": b"1"})
    assert told(made.repo, old, new) == [
        ("a", True, True),
        ("b/d", True, False),
        ("b/x", False, True),
        ("e/f/g", True, False),
        ("h", True, False),
        ("h/i", False, True),
        ("j/k", False, True),
    ]
    assert differences(made.repo, old, old) == ()
    assert [found.path for found in differences(made.repo, None, old)] == ["a", "b/c", "b/d", "e/f/g", "h"]


def test_a_difference_has_both_entries(made: Made) -> None:
    one, two = made.blob(b"1"), made.blob(b"2")
    old, new = made.tree((0o120000, "a", one)), made.tree((FILE, "a", two))
    assert differences(made.repo, old, new) == (Difference("a", Entry(0o120000, b"a", one), Entry(FILE, b"a", two)),)


def test_a_mode_that_changed_is_a_difference(made: Made) -> None:
    one = made.blob(b"1")
    assert len(differences(made.repo, made.tree((0o100755, "a", one)), made.tree((FILE, "a", one)))) == 1


def test_folders_in_one_another_without_end_are_refused(made: Made) -> None:
    tree = made.folder({"a": b"1"})
    for _ in range(40):
        tree = made.tree((FOLDER, "a", tree))
    assert refused(differences, made.repo, None, tree).found == "more than 32 folders in one another"
    assert refused(made.repo.tree(made.commit(tree), "").paths).found == "more than 32 folders in one another"


def test_a_few_objects_that_stand_for_millions_of_files_are_refused(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("syngraph.engine.text.store.tree.MAX_FILES", 5_000)
    tree = made.folder({f"f{number}": b"1" for number in range(10)})
    for _ in range(8):
        tree = made.tree(*((FOLDER, f"f{number}", tree) for number in range(10)))
    assert refused(differences, made.repo, None, tree).found == "more than 5,000 files"
    assert refused(made.repo.tree(made.commit(tree), "").paths).found == "more than 5,000 files"


FOLDERS = st.dictionaries(
    st.from_regex(r"(?:[ab]|zz100644 [ab]|100644 a)(?:/[ab]{1,2})?", fullmatch=True), st.sampled_from([b"1", b"2"]), max_size=6
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("shared") / "repo.git")


@given(st.lists(FOLDERS, min_size=2, max_size=4))
def test_differences_along_a_chain_are_those_of_the_files(shared: Made, chain: list[dict[str, bytes]]) -> None:
    repo = Repository(shared.git)
    before: dict[str, bytes] | None = None
    old = None
    for files in chain:
        plain = {path: content for path, content in files.items() if not any(other.startswith(path + "/") for other in files)}
        new = shared.folder(plain)
        was = before or {}
        expected = sorted(path for path in {*plain, *was} if plain.get(path) != was.get(path))
        assert [found.path for found in differences(repo, old, new)] == expected
        before, old = plain, new


LINES = st.lists(
    st.tuples(
        st.sampled_from([b"a", b"b", b"zz100644 b", b"c"]), st.sampled_from([b"\x01" * 20, b"100644 b\0" + b"\x01" * 11])
    ),
    max_size=6,
)


@given(LINES, LINES)
def test_comparing_as_bytes_cuts_as_reading_does(one: list[tuple[bytes, bytes]], other: list[tuple[bytes, bytes]]) -> None:
    old, new = (b"".join(b"100644 %s\0%s" % line for line in lines) for lines in (one, other))
    before = listing(old)
    found = changed(before, new)
    assert found.new == listing(new)
    mine, yours = before.entries(), found.new.entries()
    assert mine[: found.first] == yours[: found.first]
    assert mine[found.old_last :] == yours[found.new_last :]


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_comparing_refuses_what_reading_refuses(old: bytes, new: bytes) -> None:
    prefix = b"100644 a\0" + b"\x01" * 20
    try:
        expected = listing(prefix + new)
    except StoreError:
        expected = None
    try:
        before = listing(prefix + old)
    except StoreError:
        return
    try:
        assert changed(before, prefix + new).new == expected
    except StoreError:
        assert expected is None


# -- commits -----------------------------------------------------------------------------------------------------------


def test_a_commit_is_read_from_its_bytes(made: Made) -> None:
    tree = made.raw(b"")
    first = made.commit(tree)
    oid = made.commit(tree, first, first, message="\n Adopt the dues \n\nBody\n")
    commit = made.repo.commit(oid)
    zone = timezone(timedelta(hours=1, minutes=30))
    assert (commit.tree, commit.parents, commit.subject) == (tree, (first, first), "Adopt the dues")
    assert commit.committed == datetime.fromtimestamp(1_700_000_000, zone)
    assert commit.committed.utcoffset() == timedelta(minutes=90)


def test_further_headers_and_messages_of_any_bytes_are_read(made: Made) -> None:
    tree = made.raw(b"")
    head = f"tree {tree}\nauthor {WHO}\ncommitter {WHO}\n".encode()
    signature = b"gpgsig -----BEGIN SSH SIGNATURE-----\n \n abc\n -----END SSH SIGNATURE-----\nencoding latin1\n"
    for more, subject in ((b"\n", ""), (signature + b"\nK\xf6ln\0\n", "K\ufffdln\0"), (b"\n\n\n", "")):
        assert made.repo.commit(str(made.git.write(COMMIT, head + more))).subject == subject


T = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


@pytest.mark.parametrize(
    "content",
    [
        "",
        f"tree {T}\n",
        f"tree {T[:-1]}\nauthor {WHO}\ncommitter {WHO}\n\n",
        f"tree {T.upper()}\nauthor {WHO}\ncommitter {WHO}\n\n",
        f"parent {T}\ntree {T}\nauthor {WHO}\ncommitter {WHO}\n\n",
        f"tree {T}\nauthor {WHO}\nparent {T}\ncommitter {WHO}\n\n",
        f"tree {T}\ncommitter {WHO}\nauthor {WHO}\n\n",
        f"tree {T}\nauthor {WHO}\n\n",
        f"tree {T}\nauthor {WHO}\ncommitter {WHO}",
        f"tree {T}\nauthor {WHO}\ncommitter {WHO}\n",
        f"tree {T}\nauthor {WHO}\ncommitter {WHO}\ntree {T}\n\n",
        f"tree {T}\nauthor {WHO}\ncommitter {WHO}\nencoding x\nparent {T}\n\n",
        f"tree {T}\nauthor {WHO}\ncommitter {WHO}\ncommitter {WHO}\n\n",
        f"tree {T}\nauthor {WHO}\ncommitter {WHO}\n folded\n\n",
        f"tree {T}\nauthor {WHO}\ncommitter {WHO}\nodd\0 x\n\n",
        f"tree {T}\nauthor {WHO}\ncommitter Ada 1700000000 +0100\n\n",
        f"tree {T}\nauthor {WHO}\ncommitter Ada <a> 1700000000\n\n",
        f"tree {T}\nauthor {WHO}\ncommitter Ada <a> -1 +0100\n\n",
        f"tree {T}\nauthor {WHO}\ncommitter Ada <a> 1700000000 +2500\n\n",
        f"tree {T}\nauthor {WHO}\ncommitter Ada <a> 1700000000 +0199\n\n",
        f"tree {T}\nauthor {WHO}\ncommitter Ada <a> 999999999999 +0000\n\n",
        f"tree {T}\nauthor {WHO}\ncommitter Ada <a> 99999999999999999999 +0000\n\n",
        f"tree {T}\nauthor {WHO}\ncommitter Ada <a> <b> 1700000000 +0000\n\n",
        f"tree {T}\r\nauthor {WHO}\r\ncommitter {WHO}\r\n\r\n",
    ],
)
def test_a_malformed_commit_is_refused(made: Made, content: str) -> None:
    assert "malformed" in refused(made.repo.commit, str(made.git.write(COMMIT, content.encode()))).found


def test_a_hostile_commit_is_refused(made: Made) -> None:
    for filling in ("committer <" * 20_000, "x y\n" * 50_000, " \n" * 50_000, "parent " * 20_000):
        refused(made.repo.commit, str(made.git.write(COMMIT, f"tree {T}\nauthor {WHO}\ncommitter {WHO}\n{filling}".encode())))
        refused(made.repo.commit, str(made.git.write(COMMIT, f"tree {T}\nauthor {filling}".encode())))


def test_a_commit_without_end_is_refused(made: Made) -> None:
    assert "a commit of" in refused(made.repo.commit, made.commit(T, message="x" * 2_000_000)).found


# -- branches and history ----------------------------------------------------------------------------------------------


def test_first_parents_come_newest_first_and_stop_where_told(made: Made) -> None:
    chain = made.chain(4)
    side = made.commit(T)
    merge = made.commit(T, chain[-1], side)
    assert [commit.oid for commit in made.repo.first_parents(merge)] == [merge, *reversed(chain)]
    assert [commit.oid for commit in made.repo.first_parents(merge, {chain[1]})] == [merge, *reversed(chain[2:])]
    assert made.repo.first_parents(chain[1], {chain[1]}) == []


def test_a_branch_is_read_loose_and_packed(made: Made) -> None:
    chain = made.chain(2)
    assert (made.repo.branch("main"), made.repo.branch("other")) == (chain[1], None)
    made.git.compress_references()
    assert made.repo.branch("main") == chain[1]


@pytest.mark.parametrize("name", ["", "a..b", "../HEAD", "a b", "a~1", "x.lock", "/a", "a/", "a\n", "-x^"])
def test_a_name_that_no_branch_can_have_is_refused(made: Made, name: str) -> None:
    assert refused(made.repo.branch, name).found == f"the branch name {name!r}"


def test_a_branch_that_points_to_another_reference_is_refused(made: Made) -> None:
    chain = made.chain(1)
    made.git.references.create("refs/heads/evil", chain[0])
    (made.path / "refs/heads/main").write_text("ref: refs/heads/evil\n")
    assert "points to another reference" in refused(made.repo.branch, "main").found
    (made.path / "refs/heads/main").unlink()
    (made.path / "refs/heads/main").symlink_to("evil")
    assert "points to another reference" in refused(made.repo.branch, "main").found


def test_replacements_and_grafts_change_nothing(made: Made) -> None:
    chain = made.chain(3)
    other = made.commit(made.folder({"evil.md": b"evil\n"}))
    made.git.references.create(f"refs/replace/{chain[1]}", other)
    made.git.references.create(f"refs/replace/{made.repo.commit(chain[2]).tree}", T)
    (made.path / "info").mkdir(exist_ok=True)
    (made.path / "info/grafts").write_text(f"{chain[2]} {other}\n")
    repo = open_repository(made.path)[0]
    assert [commit.oid for commit in repo.first_parents(chain[2])] == list(reversed(chain))
    assert repo.tree(chain[2], "").read("a.md") == b"2\n"


def test_where_a_shallow_clone_ends_is_told(made: Made, tmp_path: Path) -> None:
    chain = made.chain(3)
    clone = Made(tmp_path / "clone.git")
    for oid in (chain[2], made.repo.commit(chain[2]).tree):
        clone.git.write(int(made.git.odb.read(oid)[0]), made.git.odb.read(oid)[1])
    assert "is not there" in refused(clone.repo.first_parents, chain[2]).found
    (clone.path / "shallow").write_text(f"{chain[2]}\n")
    error = refused(clone.repo.first_parents, chain[2])
    assert error.found == f"a shallow clone, which ends at the commit {chain[2][:10]}"
    assert error.help == "git fetch --unshallow"
    assert [commit.oid for commit in clone.repo.first_parents(chain[2], {chain[1]})] == [chain[2]]


def test_objects_in_quarantine_are_read_where_they_are_named(made: Made, tmp_path: Path) -> None:
    chain = made.chain(1)
    pushed = Made(tmp_path / "incoming.git")
    tree = pushed.folder({"a.md": b"pushed\n"})
    commit = pushed.commit(tree, chain[0])
    assert "is not there" in refused(made.repo.commit, commit).found
    repo, below = open_repository(made.path, [pushed.path / "objects"])
    assert [found.oid for found in repo.first_parents(commit)] == [commit, chain[0]]
    assert repo.tree(commit, below).read("a.md") == b"pushed\n"
    assert made.repo.branch("main") == chain[0]


# -- folders and trees -------------------------------------------------------------------------------------------------


def test_a_folder_is_found_below_the_top(made: Made) -> None:
    top = made.folder({"clubs/one/a.md": b"a", "file": b"x"})
    inner = made.repo.folder(top, "clubs/one")
    assert inner == made.folder({"a.md": b"a"})
    assert (made.repo.folder(top, ""), made.repo.folder(top, "clubs/two"), made.repo.folder(top, "file")) == (top, None, None)


def test_a_folder_that_is_there_twice_is_refused(made: Made) -> None:
    one, two = made.folder({"a": b"1"}), made.folder({"a": b"2"})
    top = made.tree((FOLDER, "club", one), (FOLDER, "club", two))
    assert refused(made.repo.folder, top, "club").found == "2 entries with the name club"


def test_what_stands_around_the_agreement_may_be_anything(made: Made) -> None:
    club = made.folder({"a.md": b"a"})
    top = made.tree((0o100755, "build.sh", made.blob()), (FOLDER, "club", club), (0o120000, "link", made.blob()))
    assert made.repo.tree(made.commit(top), "club").paths() == ("a.md",)


def test_a_tree_reads_as_other_trees_do(made: Made) -> None:
    commit = made.commit(made.folder({"a.md": b"a", "forms/b.md": b"b"}))
    tree = made.repo.tree(commit, "")
    assert (tree.paths(), tree.read("forms/b.md"), tree.entry) == (("a.md", "forms/b.md"), b"b", None)
    assert tree.name == f"{made.repo.path}@{commit[:10]}"
    assert refused(tree.read, "forms").found == "a folder"
    assert refused(tree.read, "form/b.md").found == "no such file"
    assert refused(tree.read, "../b.md").found == "a path that leads out of the tree"
    assert refused(made.repo.tree, commit, "x").found == f"no x in {commit[:10]}"


def test_a_path_below_the_top_of_a_work_tree_is_told(tmp_path: Path) -> None:
    pygit2.init_repository(str(tmp_path))
    (tmp_path / "clubs/one").mkdir(parents=True)
    repo, below = open_repository(tmp_path / "clubs/one")
    assert (below, repo.workdir, repo.path) == ("clubs/one", tmp_path.resolve(), (tmp_path / ".git").resolve())
    assert open_repository(tmp_path)[1] == ""


def test_where_there_is_no_repository_is_told(tmp_path: Path) -> None:
    assert refused(open_repository, tmp_path).found == "no git repository"


def test_a_linked_work_tree_shares_branches(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("NO GIT: linked work trees are not tested")
    made = Made(tmp_path / "repo.git")
    chain = made.chain(1)
    subprocess.run(["git", "-C", made.path, "worktree", "add", "-q", tmp_path / "wt", "main"], check=True)
    repo, _ = open_repository(tmp_path / "wt")
    assert (repo.branch("main"), repo.common) == (chain[0], made.path.resolve())
    assert re.search(r"worktrees/wt/?$", str(repo.path))


# -- large folders -----------------------------------------------------------------------------------------------------


def test_one_file_more_in_a_large_folder_is_one_difference(made: Made) -> None:
    blob = made.blob()
    lines = [(FILE, f"2026-03-14-{number:064x}.md", blob) for number in range(0, 2_000, 2)]
    trees = [made.tree(*lines)]
    for number in range(1, 20, 2):
        lines.append((FILE, f"2026-03-14-{number:064x}.md", blob))
        trees.append(made.tree(*sorted(lines, key=lambda line: str(line[1]))))
    for old, new in pairwise(trees):
        assert len(differences(made.repo, old, new)) == 1
