"""Objects of stores are named in one manner, whatever is done with them."""

from pathlib import Path

import pytest

from tests.cli.conftest import Syngraph

VERBS = (("render",), ("read",), ("lint",), ("view", "source"), ("view", "trace"), ("view", "xray"), ("view", "map"))
COPIES = (*VERBS, ("import", "--from", "commonaccord", "--dry-run"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "fair" / "Doc" / "G"
    folder.mkdir(parents=True)
    (folder / "stall.md").write_text("r00t=It is green in {Place}.\nPlace=May\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def named(verb: tuple[str, ...], path: str, store: str = "fair/Doc") -> tuple[str, ...]:
    return (*verb, store, path) if verb[0] == "import" else (*verb, "--store", store, path)


def verbs(of: tuple[tuple[str, ...], ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("verb", of, ids=" ".join)


@verbs(VERBS)
def test_a_store_tells_the_notation(syngraph: Syngraph, here: Path, verb: tuple[str, ...]) -> None:
    answer = syngraph(*named(verb, "G/stall.md"))
    assert answer.code == 0, answer.err
    both = syngraph(*named(verb, "G/stall.md"), "--notation", "commonaccord")
    assert answer == both


@verbs(VERBS)
def test_a_store_is_in_no_other_notation(syngraph: Syngraph, here: Path, verb: tuple[str, ...]) -> None:
    answer = syngraph(*named(verb, "G/stall.md"), "--notation", "markdown")
    assert answer.code == 2
    assert "--notation: found markdown with --store; a store is in commonaccord" in answer.err


@verbs(VERBS)
def test_a_folder_doc_in_a_path_is_the_store(syngraph: Syngraph, here: Path, verb: tuple[str, ...]) -> None:
    wanted = syngraph(*named(verb, "G/stall.md"))
    for path in ("fair/Doc/G/stall.md", "./fair//Doc/G/stall.md", f"{here}/fair/Doc/G/stall.md"):
        answer = syngraph(*verb, "--notation", "commonaccord", path)
        assert (wanted.code, wanted.out) == (answer.code, answer.out)


@verbs(COPIES)
@pytest.mark.parametrize("path", ["fair/Doc/G/stall.md", "./fair/Doc/G/stall.md", "fair/../fair/Doc/G/stall.md"])
def test_an_object_is_named_as_a_shell_completes_it(syngraph: Syngraph, here: Path, verb: tuple[str, ...], path: str) -> None:
    wanted, answer = syngraph(*named(verb, "G/stall.md")), syngraph(*named(verb, path))
    assert (wanted.code, wanted.out) == (answer.code, answer.out)
    assert wanted.code == 0, wanted.err


def test_an_object_is_named_from_inside_the_store(syngraph: Syngraph, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here / "fair" / "Doc" / "G")
    assert syngraph("render", "--store", "..", "stall.md").out.strip() == "It is green in May."
    assert syngraph("render", "--store", "..", "G/stall.md").out.strip() == "It is green in May."


def test_the_store_comes_before_the_current_folder(syngraph: Syngraph, here: Path) -> None:
    other = here / "fair" / "Doc" / "fair" / "Doc" / "G"
    other.mkdir(parents=True)
    (other / "stall.md").write_text("r00t=Another.\n", encoding="utf-8")
    assert syngraph("render", "--store", "fair/Doc", "fair/Doc/G/stall.md").out.strip() == "Another."


def test_no_path_leads_out_of_the_store(syngraph: Syngraph, here: Path) -> None:
    (here / "secret.md").write_text("r00t=Secret.\n", encoding="utf-8")
    for path in ("secret.md", "../../secret.md", str(here / "secret.md")):
        answer = syngraph("render", "--store", "fair/Doc", path)
        assert answer.code == 2
        assert "Secret" not in answer.out


@verbs(COPIES)
def test_an_object_that_is_not_there(syngraph: Syngraph, here: Path, verb: tuple[str, ...]) -> None:
    answer = syngraph(*named(verb, "G/stal.md"))
    assert answer.code == 2
    assert answer.err == (
        "syngraph: G/stal.md: no such object; expected the path of an object\n"
        "help: did you mean G/stall.md? paths count from the top of the store\n"
    )
