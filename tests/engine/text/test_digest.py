"""The digest that a signature binds: what it is, what it covers, and that nothing else comes to the same."""

from hashlib import sha256
from pathlib import Path

import pygit2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.engine.text.digest import Digests, FreeError, digest, governed_paths, tree_digest
from syngraph.engine.text.hygiene import HygieneError
from syngraph.engine.text.manifest import Manifest
from syngraph.engine.text.store import open_repository, tree_of

MANIFEST = Manifest(title="", root="bylaws.md", register="register.yaml", free=("README.md", ".github/"))
FILES = {
    "bylaws.md": b"# Bylaws\n",
    "register.yaml": b"principals: []\n",
    "syngraph.yaml": b"syngraph: 1\nroot: bylaws.md\n",
    "forms/a.md": b"A\n",
    "README.md": b"hello\r\n",
    ".github/x.yml": b"a: b\n",
    "record/ballot/2026-03/2026-03-14-x.md": b"not governed\n",
}


def measured(files: dict[str, bytes]) -> list[tuple[str, int, bytes]]:
    return [(path, len(content), sha256(content).digest()) for path, content in files.items()]


def test_the_digest_is_what_the_page_says() -> None:
    a, b = sha256(b"A\n").hexdigest(), sha256(b"").hexdigest()
    expected = sha256(f"syngraph-tree-v1\x00100644\x002\x00{a}\x00b.md\x00100644\x000\x00{b}\x00é.md\x00".encode()).hexdigest()
    assert digest(measured({"é.md": b"", "b.md": b"A\n"})) == expected


def test_files_are_taken_in_order_of_the_bytes_of_their_paths() -> None:
    files = {"\U0001f600": b"1", "\uffee": b"2", "a/b": b"3", "a.b": b"4"}
    assert digest(measured(files)) == digest(reversed(measured(files)))


NAMES = st.text(st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)), min_size=1, max_size=5)
TREES = st.dictionaries(NAMES, st.binary(max_size=4), max_size=4)


@given(TREES, TREES)
def test_two_sets_of_files_have_one_digest_only_when_they_are_the_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert (digest(measured(one)) == digest(measured(other))) == (one == other)


def test_tab_and_line_feed_in_a_name_make_no_two_trees_alike() -> None:
    a, b = sha256(b"a").digest(), sha256(b"b").digest()
    one = [("x", 1, a), ("y", 1, b)]
    joined = [(f"x\n100644\t1\t{b.hex()}\ty", 1, a)]
    assert digest(one) != digest(joined)


def test_governed_is_all_but_the_record_and_what_is_free() -> None:
    assert governed_paths(FILES, MANIFEST) == ("bylaws.md", "forms/a.md", "register.yaml", "syngraph.yaml")


def test_a_file_beside_a_free_folder_of_its_beginning_is_governed() -> None:
    assert governed_paths([".github.md", ".githubx/a", "README.md.md"], MANIFEST) == (
        ".github.md",
        ".githubx/a",
        "README.md.md",
    )


@pytest.mark.parametrize(
    "free",
    [
        *("bylaws.md", "bylaws.md/", "register.yaml", "syngraph.yaml", "forms/a.md", "forms", "forms/"),
        *("record", "record/", "record/ballot", "Record/", "RECORD/motion/"),
        *("", "/", ".", "./forms", "../x", "*", "*.md", "a//b", "\\x"),
    ],
)
def test_the_closure_the_manifest_the_register_and_the_record_are_never_free(free: str) -> None:
    with pytest.raises(FreeError):
        governed_paths(FILES, Manifest(title="", root="bylaws.md", register="register.yaml", free=(free,)), ["forms/a.md"])


def test_the_digest_of_a_tree_is_over_its_governed_files() -> None:
    governed = {path: FILES[path] for path in governed_paths(FILES, MANIFEST)}
    assert tree_digest(tree_of(FILES), MANIFEST) == digest(measured(governed))
    assert tree_digest(tree_of(FILES | {"README.md": b"x"}), MANIFEST) == digest(measured(governed))
    assert tree_digest(tree_of(FILES | {"bylaws.md": b"x"}), MANIFEST) != digest(measured(governed))


@pytest.mark.parametrize("change", [{"bylaws.md": b"a\r\n"}, {"Bylaws.md": b""}, {"forms/A.md": b""}, {"x/.git/config": b""}])
def test_a_tree_that_is_not_plain_has_no_digest(change: dict[str, bytes]) -> None:
    with pytest.raises(HygieneError):
        tree_digest(tree_of(FILES | change), MANIFEST)


def test_a_folder_in_git_has_the_digest_of_its_tree(tmp_path: Path) -> None:
    git = pygit2.init_repository(str(tmp_path), bare=True)
    index = pygit2.Index()
    for path, content in FILES.items():
        index.add(pygit2.IndexEntry(path, git.create_blob(content), pygit2.enums.FileMode.BLOB))
    tree = str(index.write_tree(git))
    digests = Digests(open_repository(tmp_path)[0])
    assert digests.of(tree, MANIFEST) == tree_digest(tree_of(FILES), MANIFEST)
    assert digests.of(tree, MANIFEST) == tree_digest(tree_of(FILES), MANIFEST)


def test_a_governed_link_or_text_with_cr_in_git_has_no_digest(tmp_path: Path) -> None:
    git = pygit2.init_repository(str(tmp_path), bare=True)
    digests = Digests(open_repository(tmp_path)[0])
    for content, mode in ((b"a\r\n", pygit2.enums.FileMode.BLOB), (b"a\n", pygit2.enums.FileMode.LINK)):
        index = pygit2.Index()
        index.add(pygit2.IndexEntry("a.md", git.create_blob(content), mode))
        with pytest.raises(HygieneError):
            digests.of(str(index.write_tree(git)), MANIFEST)


def test_what_is_free_is_the_same_for_a_text_in_force() -> None:
    """A folder without a slash behind it: what is not signed is no new text either."""
    from syngraph.engine.history import governed

    before, after = ({"syngraph.yaml": b"syngraph: 1\n", "notes/a.md": content} for content in (b"one\n", b"two\n"))
    assert governed(tree_of(before), ("notes",)) == governed(tree_of(after), ("notes",))
    assert governed(tree_of(before), ("note",)) != governed(tree_of(after), ("note",))
