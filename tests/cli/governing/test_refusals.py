"""Whatever is wrong is told in words, with what to do, and never as a traceback."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from syngraph.cli.manners import instants

AT = ("--at", "2026-02-03")
ON_A_MOTION = (("vote", "1", "yes"), ("tally", "1"), ("close", "1"), ("adopt", "1"))
OF_A_MEETING = (("minutes", "1", "--held", "2026-02-02", "--present", "2", "--for", "2"),)
STATED = (*ON_A_MOTION, *OF_A_MEETING, ("resign", "--from", "2026-03-01"))
SIGNED = (("vote", "1", "yes"), ("close", "1"), *OF_A_MEETING, ("resign", "--from", "2026-03-01"), ("rotate", "NEW"))
BY_PATH = (("propose", "--title", "X"), ("act", "--as", "Treasurer"), ("motions",))


def line(verb: tuple[str, ...], folder: Path, keys: Path, key: str = "ada") -> list[str]:
    """A command line for a verb, about the agreement in a folder, signed with a key if it takes one."""
    words = [str(keys / "fresh") if word == "NEW" else word for word in verb]
    where = [str(folder)] if verb in BY_PATH else ["--in", str(folder)]
    signed = ["--key", str(keys / key)] if key and verb[0] not in ("tally", "adopt", "motions") else []
    return [*words, *where, *signed, *AT]


def told(answer: Any, *words: str, code: int = 2) -> None:
    assert (answer.code, [word for word in words if word not in answer.err]) == (code, []), answer.err
    assert "internal error" not in answer.err and "Traceback" not in answer.err


@pytest.mark.parametrize("verb", (*STATED, *BY_PATH, ("rotate", "NEW")), ids=lambda verb: verb[0])
def test_no_repository(syngraph: Callable[..., Any], drafted: Path, keys: Path, verb: tuple[str, ...]) -> None:
    told(syngraph(*line(verb, drafted, keys)), "no git repository")


@pytest.mark.parametrize("verb", (*STATED, *BY_PATH, ("rotate", "NEW")), ids=lambda verb: verb[0])
def test_not_founded(syngraph: Callable[..., Any], drafted: Path, keys: Path, git: Any, verb: tuple[str, ...]) -> None:
    git(drafted, "init", "-q", "-b", "main")
    git(drafted, "add", ".")
    git(drafted, "commit", "-q", "-m", "begin", day="2026-01-01")
    told(syngraph(*line(verb, drafted, keys)), "not founded", "help: found it with `syngraph found`")


@pytest.mark.parametrize("verb", (*STATED, ("rotate", "NEW")), ids=lambda verb: verb[0])
def test_an_unknown_motion_or_an_unfit_one(syngraph: Callable[..., Any], club: Any, keys: Path, verb: tuple[str, ...]) -> None:
    answer = syngraph(*line(verb, club.folder, keys))
    if verb in ON_A_MOTION + OF_A_MEETING:
        told(answer, "there is no motion '1'", "syngraph propose")
    else:
        assert answer.code == 0


@pytest.mark.parametrize("verb", SIGNED, ids=lambda verb: verb[0])
def test_a_key_that_is_not_in_the_register(syngraph: Any, proposed: Any, keys: Path, verb: tuple[str, ...]) -> None:
    told(syngraph(*line(verb, proposed.folder, keys, "stranger")), "nobody's in the register", "ada, bora, carla")


@pytest.mark.parametrize("verb", SIGNED, ids=lambda verb: verb[0])
def test_no_key(syngraph: Any, proposed: Any, keys: Path, verb: tuple[str, ...]) -> None:
    told(syngraph(*line(verb, proposed.folder, keys, "")), "no key of yours that the register has", "--key")


@pytest.mark.parametrize("verb", (*STATED, *BY_PATH, ("rotate", "NEW")), ids=lambda verb: verb[0])
def test_a_broken_chain(syngraph: Any, proposed: Any, keys: Path, verb: tuple[str, ...]) -> None:
    proposed.git("commit", "-q", "-a", "-m", "by hand", day="2026-02-02")
    told(syngraph(*line(verb, proposed.folder, keys)), f"broken at {proposed.head[:10]}", "syngraph verify")


@pytest.mark.parametrize("verb", (*STATED, *BY_PATH), ids=lambda verb: verb[0])
def test_a_shallow_clone(syngraph: Any, proposed: Any, keys: Path, tmp_path: Path, verb: tuple[str, ...]) -> None:
    proposed.git("clone", "-q", "--depth", "1", f"file://{proposed.folder}", str(tmp_path / "shallow"))
    told(syngraph(*line(verb, tmp_path / "shallow", keys)), "git fetch --unshallow")


def test_acting_from_another_branch_and_a_dirty_folder_leaves_both_alone(do: Callable[..., Any], proposed: Any) -> None:
    proposed.git("switch", "-q", "-c", "elsewhere")
    proposed.edit("Kites!", "My kites!", "README.md")
    before = proposed.git("status", "--short")
    do("vote", 1, "yes", by="bora", at="2026-02-02")
    assert proposed.git("status", "--short") == before
    assert "My kites!" in (proposed.folder / "README.md").read_text()


def test_what_the_user_edited_stays_when_a_motion_is_carried_out(do: Callable[..., Any], proposed: Any) -> None:
    for name in ("ada", "bora"):
        do("vote", 1, "yes", by=name, at="2026-02-02")
    do("close", 1, by="ada", at="2026-02-03")
    proposed.edit("Dues: EUR 25", "Dues: EUR 99")
    do("adopt", 1, at="2026-02-04")
    assert "Dues: EUR 99" in (proposed.folder / "bylaws.md").read_text()
    assert "Dues: EUR 25" in proposed.git("show", "main:bylaws.md")


def test_nothing_to_propose(do: Callable[..., Any], club: Any) -> None:
    told(do("propose", "--title", "X", by="ada", code=2), "no difference", "--resolution")


def test_a_bare_repository_has_no_folder_to_draft_in(syngraph: Any, club: Any, tmp_path: Path) -> None:
    club.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    answer = syngraph("propose", tmp_path / "bare.git", "--title", "X", "--key", club.key("ada"), *AT)
    told(answer, "--from")
    answer = syngraph("found", tmp_path / "bare.git", "--key", club.key("ada"))
    told(answer, "a bare repository")


def test_several_agreements_and_none_is_named(syngraph: Any, club: Any, tmp_path: Path, git: Any) -> None:
    for name in ("one", "two"):
        shutil.copytree(club.folder, tmp_path / "all" / name, ignore=shutil.ignore_patterns(".git", "record"))
    git(tmp_path / "all", "init", "-q", "-b", "main")
    git(tmp_path / "all", "add", ".")
    git(tmp_path / "all", "commit", "-q", "-m", "two")
    told(syngraph("verify", tmp_path / "all"), "holds 2 agreements: one, two")


def test_founded_twice(syngraph: Any, club: Any) -> None:
    told(syngraph("found", club.folder, "--key", club.key("ada")), "founded already", "syngraph propose")


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("syngraph.yaml", "register: register.yaml\n", "", "a manifest without a register"),
        ("syngraph.yaml", "free: [README.md]", "free: [bylaws.md]", "bylaws.md among what is free"),
        ("syngraph.yaml", "root: bylaws.md", "root: laws.md", "laws.md"),
        ("bylaws.md", "fly kites", "fly\r kites", "bylaws.md"),
        ("register.yaml", "principals:", "principles:", "register.yaml"),
    ],
)
def test_a_text_that_cannot_be_founded(
    syngraph: Any, drafted: Path, keys: Path, file: str, old: str, new: str, words: str
) -> None:
    path = drafted / file
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode(), 1))
    told(syngraph("found", drafted, "--key", keys / "ada", "--at", "2026-01-02"), words)
    assert not (drafted / ".git").exists()


def test_found_where_the_branch_is_another(syngraph: Any, drafted: Path, keys: Path, git: Any) -> None:
    git(drafted, "init", "-q", "-b", "trunk")
    git(drafted, "add", ".")
    git(drafted, "commit", "-q", "-m", "begin")
    told(syngraph("found", drafted, "--key", keys / "ada"), "no branch main", "branch:")


@pytest.mark.parametrize(
    ("words", "told_words"),
    [
        (("vote", "1", "perhaps"), ("perhaps", "yes")),
        (("vote", "1", "yes", "--at", "yesterday"), ("--at: found 'yesterday'",)),
        (("vote", "1", "yes", "--key", "nowhere"), ("nowhere", "check the path")),
        (("vote", "1", "yes", "--by", "adda"), ("did you mean 'ada'?",)),
        (("minutes", "1", "--held", "then", "--present", "2", "--for", "2"), ("--held: found 'then'",)),
        (("minutes", "1", "--held", "2026-02-02", "--present", "2", "--for", "-1"), ("--for",)),
        (("minutes", "1", "--held", "2026-02-02", "--present", "9" * 40, "--for", "1"), ("--present",)),
        (("resign", "--from", "soon"), ("--from: found 'soon'",)),
        (("propose", "--title", "X", "--expires", "soon"), ("--expires: found 'soon'",)),
        (("propose", "--title", "# X: y"), ("plain text",)),
        (("propose", "--title", "X", "--from", "nowhere"), ("no revision nowhere",)),
        (("propose", "--title", "X", "--resolution"), ("--reasons",)),
        (("file", "nothing.md"), ("nothing.md",)),
        (("sign", "nothing.md"), ("nothing.md",)),
        (("verify", "--root", "xyz"), ("--root: found 'xyz'",)),
        (("hook", "install", "nowhere"), ("no git repository",)),
    ],
    ids=lambda words: words[0] if len(words) > 1 else "",
)
def test_bad_words(
    syngraph: Any, proposed: Any, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told_words: tuple[str, ...]
) -> None:
    # So that a folder without a repository around it is one.
    monkeypatch.chdir(proposed.folder.parent if words[0] == "hook" else proposed.folder)
    signed = (
        () if "--key" in words or "--by" in words or words[0] in ("file", "verify", "hook") else ("--key", proposed.key("ada"))
    )
    told(syngraph(*words, *signed), *told_words)


def test_a_day_that_is_still_to_come_is_refused(syngraph: Any, proposed: Any) -> None:
    words = ("vote", "1", "yes", "--in", proposed.folder, "--at", "2999-01-01", "--key", proposed.key("ada"))
    told(syngraph(*words), "2999-01-01, which is still to come")


def test_a_commit_of_a_day_that_is_still_to_come_is_told(
    syngraph: Any, do: Callable[..., Any], proposed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        later.setattr(instants, "now", lambda zone: datetime(2999, 1, 1, tzinfo=zone))
        do("vote", 1, "yes", by="ada", at="2999-01-01")
    assert "is dated 2999-01-01, which is still to come" in syngraph("verify", proposed.folder).err
    assert "still to come" not in syngraph("verify", proposed.folder, "--at", "2999-01-01").err


def test_edits_in_the_folder_are_left_and_told(do: Callable[..., Any], proposed: Any) -> None:
    register = proposed.folder / "register.yaml"
    register.write_text(register.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    answer = do("resign", "--from", "2026-03-01", by="carla")
    assert "warning: register.yaml in your folder has edits of yours and was left as it is" in answer.err
    assert register.read_text(encoding="utf-8").endswith("# mine\n")


def test_a_file_that_is_no_key_is_named(syngraph: Any, proposed: Any) -> None:
    page = proposed.folder / "bylaws.md"
    told(syngraph("vote", "1", "yes", "--in", proposed.folder, "--key", page), str(page), "no line of a public key")
