"""Whose key signs when none is named, and in whose name."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def cast(do: Callable[..., Any]) -> Any:
    return json.loads(do("tally", 1, "--json").out)["cast"]


def test_the_key_of_the_environment(do: Callable[..., Any], proposed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYNGRAPH_KEY", str(proposed.key("bora")))
    do("vote", 1, "yes", at="2026-02-02")
    assert cast(do) == {"bora": "yes"}


def test_the_key_that_git_signs_with(do: Callable[..., Any], proposed: Any) -> None:
    proposed.git("config", "gpg.format", "ssh")
    proposed.git("config", "user.signingkey", str(proposed.key("carla")))
    do("vote", 1, "no", at="2026-02-02")
    assert cast(do) == {"carla": "no"}


def test_a_key_of_yours_that_the_register_has(do: Callable[..., Any], proposed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path(proposed.folder.parent / "home" / ".ssh")
    home.mkdir(parents=True)
    for name in ("stranger", "ada", "bora"):
        for file in (name, f"{name}.pub"):
            shutil.copy(proposed.keys / file, home)
    answer = do("vote", 1, "yes", at="2026-02-02", code=2)
    assert "you have keys of ada and of bora; say with --by in whose name you act" in answer.err
    do("vote", 1, "yes", "--by", "bora", at="2026-02-02")
    assert cast(do) == {"bora": "yes"}


def test_nobody_acts_in_the_name_of_another(do: Callable[..., Any], proposed: Any) -> None:
    answer = do("vote", 1, "yes", "--by", "bora", by="ada", at="2026-02-02", code=2)
    assert "--by bora, signed by ada" in answer.err


def test_a_ballot_is_of_one(do: Callable[..., Any], proposed: Any) -> None:
    answer = do("vote", 1, "yes", "--key", proposed.key("bora"), by="ada", at="2026-02-02", code=2)
    assert "a ballot is cast by one, not by bora, ada" in answer.err


def test_an_organisation_acts_through_those_who_sign_for_it(syngraph: Callable[..., Any], drafted: Path, keys: Path) -> None:
    with (drafted / "register.yaml").open("a") as file:
        file.write(
            "  - id: guild\n    name: Kite Makers\n    kind: organisation\n    signatories: [ada, bora]\n"
            "    jointly: 2\n"
            "    roles:\n      - {role: Member, since: 2026-01-01}\n"
        )
    answer = syngraph("found", drafted, "--by", "guild", "--key", keys / "ada", "--at", "2026-01-02")
    assert (answer.code, "no signature of 2 signatories of guild" in answer.err, "-o" in answer.err) == (1, True, True)
    both = ("--key", keys / "ada", "--key", keys / "bora")
    assert syngraph("found", drafted, "--by", "guild", *both, "--at", "2026-01-02").code == 0
    assert json.loads(syngraph("verify", drafted, "--json").out)["bound"] == ["guild"]
