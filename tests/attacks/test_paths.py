"""Attacks by names and kinds of files: what one system holds apart, another takes for one."""

import unicodedata
from typing import Any

import pytest

from syngraph.engine.enacting import Enactment

Village = Any

FILE, FOLDER, EXECUTABLE, LINK, SUBMODULE = "100644", "40000", "100755", "120000", "160000"
CONTENT = b"# Notice\n"


def with_entry(village: Village, mode: str, name: bytes, oid: str = "", ordered: bool = True) -> str:
    """Why a commit is refused that adds an entry at the top."""
    blob = oid or str(village.repository.create_blob(CONTENT))
    entries = [*village.entries(), (mode, name, blob)]
    if ordered:
        entries.sort(key=lambda entry: entry[1] + (b"/" if entry[0] == FOLDER else b""))
    village.commit_tree(village.tree_of(entries))
    return village.refused()


def with_file_in_notes(village: Village, name: bytes) -> str:
    """Why a commit is refused that adds a file to a folder where everybody may write."""
    blob = str(village.repository.create_blob(CONTENT))
    folder = village.tree_of([(FILE, name, blob)])
    return with_entry(village, FOLDER, b"notes", str(folder))


# -- path twins --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [b"BYLAWS.md", b"Bylaws.md", b"bylaws.MD"])
def test_path_twins_by_case(founded: Village, name: bytes) -> None:
    assert "which some systems take for one" in with_entry(founded, FILE, name)


def test_path_twins_of_a_folder(founded: Village) -> None:
    folder = str(founded.tree_of([(FILE, b"x.md", str(founded.repository.create_blob(CONTENT)))]))
    assert "the name record beside Record" in with_entry(founded, FOLDER, b"Record", folder)


def test_path_twins_by_composition(founded: Village) -> None:
    """One name is composed, the other is not (NFC and NFD)."""
    name = unicodedata.normalize("NFD", "résumé.md").encode()
    assert "a name that is not composed (NFC)" in with_file_in_notes(founded, name)


def test_path_twins_by_a_motion(founded: Village, refused: Any) -> None:
    """A twin cannot be moved, nor put there without asking."""
    with refused("which some systems take for one"):
        founded.move("ada", {"BYLAWS.md": CONTENT})
    with refused("which some systems take for one"):
        founded.enact(lambda chain: Enactment(text={"BYLAWS.md": CONTENT}), dry_run=True)
    founded.raw({"BYLAWS.md": CONTENT})
    assert "which some systems take for one" in founded.refused()


def test_path_twins_by_composed_case(founded: Village) -> None:
    """Twins that only full case folding shows."""
    blob = str(founded.repository.create_blob(CONTENT))
    folder = founded.tree_of([(FILE, b"STRASSE.md", blob), (FILE, "straße.md".encode(), blob)])
    assert "which some systems take for one" in with_entry(founded, FOLDER, b"notes", str(folder))


@pytest.mark.parametrize("name", [b"a\tb.md", b"a\nb.md", b"a\rb.md", b"a\x7fb.md", b"a\x1b[31m.md", "a\u202eb.md".encode()])
def test_control_characters_tab_or_lf_in_names(founded: Village, name: bytes) -> None:
    assert "in a name; expected a name that every system keeps as it is" in with_file_in_notes(founded, name)


@pytest.mark.parametrize(
    "name", [b".git", b".GIT", b"git~1", b".git ", b"..", b".", b"a\\b", b"c:d", ".g\u200cit".encode(), b"a.", b"\xff.md"]
)
def test_a_name_that_is_another_on_some_system(founded: Village, name: bytes) -> None:
    assert "expected a name that every system keeps as it is" in with_file_in_notes(founded, name)


def test_names_that_lines_would_mix_up(founded: Village) -> None:
    """Two sets of files that are one list when written with tabs and line feeds have two digests."""
    from syngraph.engine.text.digest import digest

    one = digest([("a", 1, b"\1" * 32), ("b", 1, b"\2" * 32)])
    other = digest([("a\0100644\0" + "1\0" + "02" * 32 + "\0b", 1, b"\1" * 32)])
    assert one != other
    assert one != digest([("b", 1, b"\1" * 32), ("a", 1, b"\2" * 32)])


# -- kinds of files ----------------------------------------------------------------------------------------------------


def test_symlink(founded: Village) -> None:
    """A link in the place of a text leads out of what is signed."""
    target = str(founded.repository.create_blob(b"../../../etc/passwd"))
    assert "a symbolic link; expected plain files and folders" in with_entry(founded, LINK, b"link.md", target)


def test_symlink_among_what_is_free(founded: Village) -> None:
    entries = [(LINK if name == b"README.md" else mode, name, oid) for mode, name, oid in founded.entries()]
    founded.commit_tree(founded.tree_of(entries))
    assert "a symbolic link; expected plain files and folders" in founded.refused()


def test_submodule(founded: Village) -> None:
    assert "a submodule; expected plain files and folders" in with_entry(founded, SUBMODULE, b"elsewhere", founded.head)


def test_mode_change(founded: Village) -> None:
    entries = [(EXECUTABLE if name == b"bylaws.md" else mode, name, oid) for mode, name, oid in founded.entries()]
    founded.commit_tree(founded.tree_of(entries))
    assert "an executable file; expected plain files and folders" in founded.refused()


@pytest.mark.parametrize("mode", ["100664", "100600"])
def test_an_odd_mode(founded: Village, mode: str) -> None:
    """Modes that git shows as one and that give the folder another id."""
    entries = [(mode if name == b"bylaws.md" else was, name, oid) for was, name, oid in founded.entries()]
    founded.commit_tree(founded.tree_of(entries))
    assert f"a file of the odd mode {mode}" in founded.refused()
