"""A member without push access sends a file: statements are written, signed and entered by different people."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def only(folder: Path, ending: str) -> Path:
    (found,) = folder.glob(f"*{ending}")
    return found


def test_a_ballot_goes_by_mail(syngraph: Callable[..., Any], do: Callable[..., Any], proposed: Any, tmp_path: Path) -> None:
    out, away = tmp_path / "out", tmp_path / "away"
    head = proposed.head
    do("vote", 1, "yes", "--by", "bora", "-o", out, at="2026-02-02")
    assert (proposed.head, [path.suffix for path in out.iterdir()]) == (head, [".md"])
    away.mkdir()
    shutil.move(only(out, ".md"), away)
    signed = syngraph("sign", only(away, ".md"), "--key", proposed.key("bora"))
    assert (signed.code, "vote: yes" in signed.out) == (0, True)
    do("file", only(away, ".md"), at="2026-02-03")
    assert json.loads(do("tally", 1, "--json").out)["cast"] == {"bora": "yes"}


def test_a_statement_without_its_signature_does_not_enter(do: Callable[..., Any], proposed: Any, tmp_path: Path) -> None:
    do("vote", 1, "yes", "--by", "bora", "-o", tmp_path / "out", at="2026-02-02")
    answer = do("file", only(tmp_path / "out", ".md"), at="2026-02-03", code=1)
    assert "no signature of bora" in answer.err


def test_a_statement_that_was_changed_after_signing_does_not_enter(
    do: Callable[..., Any], proposed: Any, tmp_path: Path
) -> None:
    do("vote", 1, "no", "-o", tmp_path / "out", by="bora", at="2026-02-02")
    file = only(tmp_path / "out", ".md")
    file.write_text(file.read_text().replace("vote: no", "vote: yes"))
    answer = do("file", file, at="2026-02-03", code=2)
    assert "a signature that does not hold" in answer.err


def test_the_signature_of_stock_ssh_keygen_is_as_good(do: Callable[..., Any], proposed: Any, tmp_path: Path) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("NO SSH-KEYGEN: this test signs with OpenSSH")
    do("vote", 1, "yes", "--by", "bora", "-o", tmp_path / "out", at="2026-02-02")
    file = only(tmp_path / "out", ".md")
    private = tmp_path / "private"
    private.write_bytes(proposed.key("bora").read_bytes())
    private.chmod(0o600)
    command = ["ssh-keygen", "-Y", "sign", "-q", "-n", "syngraph.v1", "-f", private, file]
    subprocess.run(command, check=True, capture_output=True)
    do("file", file, at="2026-02-03")
    assert json.loads(do("tally", 1, "--json").out)["cast"] == {"bora": "yes"}


def test_a_motion_of_two_is_signed_by_both_before_it_enters(
    syngraph: Callable[..., Any], do: Callable[..., Any], club: Any, tmp_path: Path
) -> None:
    club.edit("Dues: EUR 20", "Dues: EUR 25")
    do("propose", "--title", "Dues", "--by", "ada", "--by", "bora", "-o", tmp_path / "out")
    file = only(tmp_path / "out", ".md")
    syngraph("sign", file, "--key", club.key("ada"))
    assert "no signature of bora" in do("file", file, code=1).err
    syngraph("sign", file, "--key", club.key("bora"))
    do("file", file)
    assert json.loads(do("motions", "--json").out)["motions"][0]["movers"] == ["ada", "bora"]


def test_an_agreement_is_founded_with_a_statement_that_others_signed(
    syngraph: Callable[..., Any], drafted: Path, keys: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert syngraph("found", drafted, "-o", out, "--at", "2026-01-02").code == 0
    file = only(out, ".md")
    assert "principals: ada, bora, carla" in file.read_text()
    assert not (drafted / ".git").exists()
    for name in ("ada", "bora"):
        syngraph("sign", file, "--key", keys / name)
    assert "no signature of carla" in syngraph("found", drafted, "--statement", file, "--at", "2026-01-02").err
    assert not (drafted / ".git").exists()
    syngraph("sign", file, "--key", keys / "carla")
    assert syngraph("found", drafted, "--statement", file, "--at", "2026-01-03").code == 0
    assert json.loads(syngraph("verify", drafted, "--json").out)["bound"] == ["ada", "bora", "carla"]


def test_a_founding_of_another_text_is_told(syngraph: Callable[..., Any], drafted: Path, keys: Path, tmp_path: Path) -> None:
    syngraph("found", drafted, "-o", tmp_path / "out", "--key", keys / "ada", "--at", "2026-01-02")
    (drafted / "bylaws.md").write_text((drafted / "bylaws.md").read_text().replace("EUR 20", "EUR 21"))
    answer = syngraph("found", drafted, "--statement", only(tmp_path / "out", ".md"), "--at", "2026-01-02")
    assert (answer.code, "the text was changed since it was signed" in answer.err) == (2, True)


def test_a_member_signs_the_founding_later(
    syngraph: Callable[..., Any], do: Callable[..., Any], club: Any, tmp_path: Path
) -> None:
    (statement,) = club.folder.glob("record/founding/*/*.md")
    away = tmp_path / "away"
    away.mkdir()
    shutil.copy(statement, away)
    syngraph("sign", only(away, ".md"), "--key", club.key("carla"))
    do("file", only(away, ".sig"))
    assert json.loads(syngraph("verify", club.folder, "--json").out)["bound"] == ["ada", "bora", "carla"]
    assert "in the record already" in do("file", only(away, ".sig"), code=2).err


def test_what_was_made_for_another_agreement_does_not_enter(
    syngraph: Callable[..., Any], do: Callable[..., Any], proposed: Any, drafted: Path, tmp_path: Path
) -> None:
    syngraph("found", drafted, "--key", proposed.key("ada"), "--at", "2026-01-02")
    do("vote", 1, "yes", "-o", tmp_path / "out", by="ada", at="2026-02-02")
    answer = syngraph("file", only(tmp_path / "out", ".md"), "--in", drafted, "--at", "2026-02-03")
    assert (answer.code, "a statement made for the lineage" in answer.err) == (1, True)


def test_a_rotation_by_mail_is_carried_out_when_it_enters(
    syngraph: Callable[..., Any], do: Callable[..., Any], club: Any, tmp_path: Path
) -> None:
    do("rotate", club.key("fresh"), "-o", tmp_path / "out", by="ada")
    do("file", *(tmp_path / "out").iterdir())
    kinds = [each["kind"] for each in json.loads(syngraph("verify", club.folder, "--json").out)["transitions"]]
    assert kinds == ["Found", "Record", "Register"]


def test_no_paper_is_no_statement(do: Callable[..., Any], club: Any, tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text("Dear all,\n")
    assert do("file", tmp_path / "letter.md", code=2).err.startswith("syngraph: ")
    (tmp_path / "x.sig").write_text("-----BEGIN SSH SIGNATURE-----\n")
    assert "a signature beside its statement" in do("file", tmp_path / "x.sig", code=2).err
