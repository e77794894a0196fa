"""Trees: a folder, a git revision, memory; and what is refused, with words that help."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pygit2
import pytest

from syngraph.engine.text.store import (
    MAX_FILE_BYTES,
    StoreError,
    Tree,
    decoded,
    digest_of,
    head,
    history,
    open_tree,
    text_of,
    tree_of,
)

MANIFEST = "syngraph: 1\nroot: a.md\n"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def commit(repo: pygit2.Repository, seconds: int, message: str = "change") -> str:
    repo.index.add_all()
    tree = repo.index.write_tree()
    repo.index.write()
    who = pygit2.Signature("Ada", "ada@example.org", seconds, 60)
    parents = [] if repo.head_is_unborn else [repo.head.target]
    return str(repo.create_commit("HEAD", who, who, message, tree, parents))


@pytest.fixture
def repo(tmp_path: Path) -> pygit2.Repository:
    return pygit2.init_repository(str(tmp_path / "repo"), initial_head="main")


def folder(repo: pygit2.Repository) -> Path:
    return Path(repo.workdir)


# -- what can be read --------------------------------------------------------------------------------------------------


def test_a_folder_is_read_as_it_is_on_disk(tmp_path: Path) -> None:
    write(tmp_path, {"b.md": "B", "forms/a.md": "A", ".git/HEAD": "ref: x"})
    tree = open_tree(tmp_path)
    assert tree.paths() == ("b.md", "forms/a.md")
    assert tree.read("forms/a.md") == b"A"
    assert tree.entry is None


def test_a_file_opens_its_folder(tmp_path: Path) -> None:
    write(tmp_path, {"x/a.md": "A"})
    tree = open_tree(tmp_path / "x" / "a.md")
    assert (tree.entry, tree.paths()) == ("a.md", ("a.md",))


def test_a_file_of_an_agreement_opens_the_agreement(tmp_path: Path) -> None:
    write(tmp_path, {"syngraph.yaml": MANIFEST, "forms/a.md": "A"})
    tree = open_tree(tmp_path / "forms" / "a.md")
    assert (tree.entry, tree.paths()) == ("forms/a.md", ("forms/a.md", "syngraph.yaml"))


def test_a_revision_is_read_whatever_the_work_tree_holds(repo: pygit2.Repository) -> None:
    write(folder(repo), {"a.md": "old"})
    first = commit(repo, 1_000)
    write(folder(repo), {"a.md": "new"})
    (folder(repo) / "b.md").write_text("B")
    assert open_tree(folder(repo), first).read("a.md") == b"old"
    assert open_tree(folder(repo), "main").paths() == ("a.md",)
    assert open_tree(folder(repo)).read("a.md") == b"new"
    repo.references.create("refs/tags/v1", first)
    assert open_tree(folder(repo), "v1").digest == open_tree(folder(repo), first[:10]).digest


def test_an_agreement_below_the_top_of_a_repository(repo: pygit2.Repository) -> None:
    write(
        folder(repo),
        {"readme.md": "R", "clients/one/syngraph.yaml": MANIFEST, "clients/one/a.md": "A", "clients/two/b.md": "B"},
    )
    commit(repo, 1_000)
    tree = open_tree(folder(repo) / "clients" / "one", "HEAD")
    assert tree.paths() == ("a.md", "syngraph.yaml")
    assert open_tree(folder(repo) / "clients" / "one" / "a.md", "HEAD").entry == "a.md"


def test_a_folder_that_is_gone_from_disk_is_still_in_its_revision(repo: pygit2.Repository) -> None:
    write(folder(repo), {"gone/a.md": "A"})
    commit(repo, 1_000)
    (folder(repo) / "gone" / "a.md").unlink()
    (folder(repo) / "gone").rmdir()
    assert open_tree(folder(repo) / "gone", "HEAD").read("a.md") == b"A"


def test_a_bare_repository_is_read_at_its_head(repo: pygit2.Repository, tmp_path: Path) -> None:
    write(folder(repo), {"a.md": "A", "sub/b.md": "B"})
    commit(repo, 1_000)
    bare = tmp_path / "bare.git"
    pygit2.clone_repository(str(folder(repo)), str(bare), bare=True)
    assert open_tree(bare).paths() == ("a.md", "sub/b.md")
    assert open_tree(bare / "sub").read("b.md") == b"B"
    assert len(history(bare)) == 1


def test_a_tree_in_memory() -> None:
    tree = tree_of({"a.md": b"A"})
    assert (tree.paths(), tree.read("a.md")) == (("a.md",), b"A")


def test_text_is_utf_8_with_plain_line_ends() -> None:
    assert decoded(b"\xef\xbb\xbfa\r\nb\rc", "a.md") == "a\nb\nc"


# -- digests -----------------------------------------------------------------------------------------------------------


def test_a_digest_changes_with_content_and_names_only(tmp_path: Path) -> None:
    one = open_tree(write(tmp_path / "one", {"a.md": "A", "b.md": "B"})).digest
    assert open_tree(write(tmp_path / "two", {"b.md": "B", "a.md": "A"})).digest == one
    assert open_tree(write(tmp_path / "three", {"a.md": "B", "b.md": "A"})).digest != one
    assert open_tree(write(tmp_path / "four", {"a.md": "A", "c.md": "B"})).digest != one


def test_a_digest_of_some_files_leaves_the_others_out() -> None:
    one, two = tree_of({"a.md": b"A", "b.md": b"B"}), tree_of({"a.md": b"A", "b.md": b"C"})
    assert digest_of(one, ["a.md"]) == digest_of(two, ["a.md"])
    assert digest_of(one, ["a.md", "none.md"]) != digest_of(one, ["a.md"])


# -- history -----------------------------------------------------------------------------------------------------------


def test_history_has_the_commits_that_changed_the_folder_oldest_first(repo: pygit2.Repository) -> None:
    write(folder(repo), {"other.md": "x"})
    commit(repo, 500)
    write(folder(repo), {"one/a.md": "1"})
    first = commit(repo, 1_000)
    write(folder(repo), {"other.md": "y"})
    commit(repo, 2_000)
    write(folder(repo), {"one/a.md": "2"})
    third = commit(repo, 3_000)
    found = history(folder(repo) / "one", "main")
    assert [revision.commit for revision in found] == [first, third]
    assert [revision.tree.read("a.md") for revision in found] == [b"1", b"2"]
    assert found[0].instant == datetime.fromtimestamp(1_000, UTC)
    assert found[0].instant.utcoffset() is not None


def test_history_follows_first_parents(repo: pygit2.Repository) -> None:
    write(folder(repo), {"a.md": "1"})
    base = commit(repo, 1_000)
    who = pygit2.Signature("Ada", "ada@example.org", 1_500, 0)
    write(folder(repo), {"a.md": "side"})
    repo.index.add_all()
    side = repo.create_commit(None, who, who, "side", repo.index.write_tree(), [pygit2.Oid(hex=base)])
    write(folder(repo), {"a.md": "merged"})
    repo.index.add_all()
    tree = repo.index.write_tree()
    merge = repo.create_commit("HEAD", who, who, "merge", tree, [repo.head.target, side])
    assert [revision.commit for revision in history(folder(repo))] == [base, str(merge)]


def test_a_folder_without_a_repository_has_no_history(tmp_path: Path) -> None:
    assert history(write(tmp_path, {"a.md": "A"})) == ()
    assert head(tmp_path) is None


def test_an_empty_repository_has_no_history(repo: pygit2.Repository) -> None:
    assert history(folder(repo)) == ()
    assert head(folder(repo)) is None


def test_head_is_read_from_loose_and_packed_references(repo: pygit2.Repository) -> None:
    write(folder(repo), {"a.md": "A"})
    first = commit(repo, 1_000)
    assert (head(folder(repo)), head(folder(repo), "main"), head(folder(repo), "other")) == (first, first, None)
    repo.compress_references()
    assert (head(folder(repo)), head(folder(repo) / "below")) == (first, first)
    repo.set_head(pygit2.Oid(hex=first))
    assert head(folder(repo)) == first


# -- what is refused ---------------------------------------------------------------------------------------------------


def linked(at: Path) -> Tree:
    (at / "a.md").symlink_to("/etc/hostname")
    return open_tree(at)


def linked_folder(at: Path) -> Tree:
    (at / "sub").symlink_to("/etc")
    return open_tree(at)


def large(at: Path) -> Tree:
    with (at / "a.md").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    return open_tree(at)


def pipe(at: Path) -> Tree:
    os.mkfifo(at / "a.md")
    return open_tree(at)


REFUSED: dict[str, tuple[Callable[[Path], Tree], str, str]] = {
    "missing": (open_tree, "a.md", "no such file"),
    "outside": (open_tree, "../a.md", "leads out"),
    "outside in the middle": (open_tree, "x/../../a.md", "leads out"),
    "absolute": (open_tree, "/etc/passwd", "absolute"),
    "of Windows": (open_tree, "C:/a.md", "absolute"),
    "backslash": (open_tree, "x\\a.md", "not plain"),
    "empty": (open_tree, "", "not plain"),
    "zero byte": (open_tree, "a\0.md", "not plain"),
    "link": (linked, "a.md", "symbolic link"),
    "link to a folder": (linked_folder, "sub/hostname", "symbolic link"),
    "too large": (large, "a.md", f"{MAX_FILE_BYTES + 1:,} bytes"),
    "no plain file": (pipe, "a.md", "no plain file"),
    "a name too long": (open_tree, "a" * 5000, "cannot be read"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_path_that_is_refused_says_why(name: str, tmp_path: Path) -> None:
    make, path, found = REFUSED[name]
    tree = make(tmp_path)
    with pytest.raises(StoreError) as error:
        tree.read(path)
    assert found in error.value.found
    assert error.value.expected
    assert error.value.path == path


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(StoreError, match="a folder; expected a file"):
        open_tree(tmp_path).read("a.md")


def test_an_object_that_is_not_what_its_folder_says_is_refused(repo: pygit2.Repository) -> None:
    """Git's library would read the memory of a folder or a commit as that of a file."""
    who = pygit2.Signature("Ada", "ada@example.org", 1_767_225_600, 0)
    inner = repo.TreeBuilder().write()
    raw = b"100644 a.md\0" + inner.raw + b"40000 f\0" + repo.create_blob(b"# A\n").raw
    top = repo.odb.write(pygit2.enums.ObjectType.TREE, raw)
    odd = repo.create_commit(None, who, who, "odd", top, [])
    tree = open_tree(Path(repo.workdir), str(odd))
    for path in ("a.md", "f/a.md"):
        with pytest.raises(StoreError, match="not what its folder says"):
            tree.read(path)
    with pytest.raises(StoreError, match="not what its folder says"):
        tree.paths()


def test_links_are_refused_in_revisions_too(repo: pygit2.Repository) -> None:
    (folder(repo) / "a.md").symlink_to("b.md")
    write(folder(repo), {"b.md": "B"})
    commit(repo, 1_000)
    tree = open_tree(folder(repo), "HEAD")
    assert tree.paths() == ("b.md",)
    with pytest.raises(StoreError, match="symbolic link"):
        tree.read("a.md")


@pytest.mark.parametrize("path", ["none.md", "b.md/c.md", "sub", "../b.md"])
def test_paths_that_a_revision_does_not_have(repo: pygit2.Repository, path: str) -> None:
    write(folder(repo), {"b.md": "B", "sub/c.md": "C"})
    commit(repo, 1_000)
    with pytest.raises(StoreError):
        open_tree(folder(repo), "HEAD").read(path)


def test_a_missing_file_names_the_one_that_was_meant(tmp_path: Path) -> None:
    write(tmp_path, {"forms/late-payment.md": "x"})
    with pytest.raises(StoreError) as error:
        open_tree(tmp_path).read("form/late-payment.md")
    assert error.value.help == "did you mean forms/late-payment.md? Paths count from the top of the agreement"


def test_nothing_at_the_path(tmp_path: Path) -> None:
    write(tmp_path, {"bylaws/a.md": "A"})
    with pytest.raises(StoreError) as error:
        open_tree(tmp_path / "bylawz")
    assert error.value.found == "nothing there"
    assert str(tmp_path / "bylaws") in error.value.help


def test_no_such_revision_names_a_near_one(repo: pygit2.Repository) -> None:
    write(folder(repo), {"a.md": "A"})
    commit(repo, 1_000)
    for rev in ("mian", "HEAD~9", "no..such", "{", "deadbeef", ":"):
        with pytest.raises(StoreError) as error:
            open_tree(folder(repo), rev)
        assert error.value.found == f"no revision {rev}"
    with pytest.raises(StoreError) as error:
        open_tree(folder(repo), "mian")
    assert error.value.help == "did you mean main?"
    with pytest.raises(StoreError):
        history(folder(repo), "mian")


def test_a_revision_of_an_empty_repository(repo: pygit2.Repository, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="without a commit"):
        open_tree(folder(repo), "main")
    bare = tmp_path / "bare.git"
    pygit2.init_repository(str(bare), bare=True)
    with pytest.raises(StoreError, match="without a commit"):
        open_tree(bare)


def test_a_revision_without_a_repository(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no git repository"):
        open_tree(tmp_path, "HEAD")


def test_a_revision_that_lacks_the_path(repo: pygit2.Repository) -> None:
    write(folder(repo), {"a.md": "A"})
    commit(repo, 1_000)
    with pytest.raises(StoreError, match="no later in HEAD"):
        open_tree(folder(repo) / "later", "HEAD")


@pytest.mark.parametrize(
    ("content", "place", "found"),
    [
        (b"\x89PNG\r\n\x00", "a.md:2:1", "binary"),
        (b"fine\nnot \xff fine", "a.md:2:5", "0xff"),
        ("é".encode("latin-1"), "a.md:1:1", "0xe9"),
    ],
)
def test_what_is_not_text_has_a_position(content: bytes, place: str, found: str) -> None:
    with pytest.raises(StoreError) as error:
        text_of(tree_of({"a.md": content}), "a.md")
    assert str(error.value.place) == place
    assert found in error.value.found
