"""The demo really does what it shows: the repositories that it leaves behind prove it."""

import io
import shutil
import subprocess
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from syngraph.engine.governance.statements import Kind
from syngraph.engine.verify import verify


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from syngraph.cli.main import run

    place = tmp_path_factory.mktemp("demo") / "play"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SYNGRAPH_CACHE", "off")
        patch.setenv("XDG_STATE_HOME", str(place.parent / "state"))
        with redirect_stdout(io.StringIO()) as said:
            assert run(["demo", str(place), "--yes"]) == 0, said.getvalue()
    (place.parent / "said").write_text(said.getvalue(), encoding="utf-8")
    return place


def test_the_demo_plays_to_its_end(played: Path) -> None:
    said = (played.parent / "said").read_text(encoding="utf-8")
    for words in ("git commit", "coverage:", "still to be paid: EUR 15", "wrote riverside.html"):
        assert words in said


def test_the_community_s_year_is_in_the_chain(played: Path) -> None:
    chain = verify(played / "guarded")
    assert chain.valid
    assert sorted(chain.ledger.bound) == ["ada", "bora", "carla", "dov", "edda", "farid", "greta"]
    motions = {each.title: each for each in chain.ledger.motions.values()}
    assert {title: each.outcome and each.outcome.value for title, each in motions.items()} == {
        "Lend tools for three weeks": "adopted",
        "Raise the fee for late returns": "rejected",
        "Raise the dues to EUR 75": "adopted",
    }
    cast = {title: [ballot.vote.value for ballot in each.ballots] for title, each in motions.items()}
    assert cast["Lend tools for three weeks"] == ["yes"] * 5 + ["no"]
    assert cast["Raise the fee for late returns"] == ["yes"] * 4
    assert [each.kind.value for each in chain.transitions if each.kind.value not in ("Record",)] == ["Found", "Adopt", "Adopt"]
    assert {each.signed for each in chain.ledger.statements.values() if each.kind is Kind.FACT} == {("carla",), ("dov",)}


def test_the_tampered_copy_is_caught_at_its_commit(played: Path) -> None:
    chain = verify(played / "clone")
    assert [each.subject for each in chain.violations] == ["Correct a typing error"]
    assert chain.violations[0].commit == chain.commit


def test_stock_openssh_accepts_a_member_s_statement(played: Path) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed: that stock tools check a statement is not tried")
    from syngraph.cli.main import run

    allowed = played / "allowed"
    assert run(["key", "signers", str(played / "guarded"), "-o", str(allowed)]) == 0
    ballot = min((played / "guarded" / "record" / "ballot").glob("*/*.md"))
    who = next(line.split(": ")[1] for line in ballot.read_text(encoding="utf-8").splitlines() if line.startswith("principal:"))
    (signature,) = ballot.parent.glob(f"{ballot.stem}.*.sig")
    line = f"ssh-keygen -Y verify -n syngraph.v1 -f {allowed} -I {who} -s {signature} < {ballot}"
    checked = subprocess.run(["sh", "-c", line], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout.split(" signature for ")[0]) == (0, 'Good "syngraph.v1"')
    altered = subprocess.run(["sh", "-c", line.replace(f"-I {who}", "-I nobody")], capture_output=True)
    assert altered.returncode != 0
