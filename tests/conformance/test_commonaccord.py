"""The worked cases and the corpus of CommonAccord, byte for byte as its own renderer printed them.

Both are beside the checkout, in ../shared, and none of it goes into the project. `EXPECTED=path` names another table of what
is to be expected from the same store.
"""

import json
import os
import tarfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from syngraph.cli.main import run
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.notations.commonaccord.expansion import Printer
from syngraph.engine.text.notations.commonaccord.search import Search
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.store import open_tree
from syngraph.engine.text.store.folder import Memory

SHARED = Path(__file__).parents[3] / "shared"
CASES = SHARED / "cases" / "commonaccord-rules.jsonl"
ARCHIVE = SHARED / "corpus" / "commonaccord" / "store.tar.xz"
EXPECTED = Path(os.environ.get("EXPECTED") or ARCHIVE.with_name("expected.tsv"))
SCRIPT = "parser-print.pl"
MAX_TOLD = 20

ENDLESS = {
    "8b": (b"{X}\n", "SG104"),
    "8c": (b"{X}\n", "SG104"),
    "8d": (b"{r00t}\n", "SG115"),
    "8e": (b"<{X}>\n", "SG115"),
}
"""Where the reference runs until something gives way: what is printed instead, and the finding."""


def _cases() -> list[Any]:
    if not CASES.exists():
        return [pytest.param(None, id="none", marks=pytest.mark.skip(reason=f"{CASES} is not there"))]
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [pytest.param(case, id=case["id"]) for case in cases if case["script"] == SCRIPT]


@dataclass(frozen=True)
class Row:
    """A rendering that is expected."""

    path: str
    key: str
    size: int
    digest: str


def _rows() -> list[Row]:
    lines = EXPECTED.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    split = [line.split("\t") for line in lines if line]
    return [Row(path, key, int(size), digest) for path, key, size, digest, *_ in split if path != "path"]


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store, unpacked; a member that leads out of the folder is refused."""
    if "EXPECTED" in os.environ:
        assert EXPECTED.is_file(), f"EXPECTED: there is no file {EXPECTED}"
    for needed in (ARCHIVE, EXPECTED):
        if not needed.exists():
            pytest.skip(f"{needed} is not there: the corpus is not tried")
    folder = tmp_path_factory.mktemp("corpus")
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return folder / "Doc"


def _stored(case: dict[str, Any]) -> dict[str, bytes]:
    """The files of a case by their paths from the folder that `Doc` is in."""
    return {
        path.removeprefix("../") if path.startswith("../") else f"Doc/{path}": content.encode("latin-1")
        for path, content in case["files"].items()
    }


def _expected(case: dict[str, Any]) -> bytes:
    return ENDLESS[case["id"]][0] if case["id"] in ENDLESS else case["perl_stdout"].encode("latin-1")


@pytest.mark.parametrize("case", _cases())
def test_a_case_prints_what_the_reference_prints(case: dict[str, Any]) -> None:
    files = _stored(case)
    inside = Memory({path[4:]: content for path, content in files.items() if path.startswith("Doc/")})
    held: list[Finding] = []
    printer = Printer(Search(Store(inside, Memory(files)), strict=True))
    printed = printer.printed(case["file"].removeprefix("./Doc/").encode("latin-1"), case["key"].encode("latin-1"), held)
    assert printed == _expected(case), case["rule"]
    if case["id"] in ENDLESS:
        assert {each.code for each in held} == {ENDLESS[case["id"]][1]}


@pytest.mark.parametrize(
    "case", [case for case in _cases() if case.id in {"none", "2f", "2k", "2o", "4n", "4v", "5e", "6o", "8b", "8d"}]
)
def test_a_case_through_the_command(
    case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for path, content in _stored(case).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    monkeypatch.chdir(tmp_path)
    code = run(["render", "--notation", "commonaccord", "--as-reference", case["file"], "--key", case["key"]])
    said = capfdbinary.readouterr()
    assert (code, said.out) == (int(case["id"] in ENDLESS), _expected(case))


def _told(mismatches: list[str], count: int) -> str:
    more = [f"and {len(mismatches) - MAX_TOLD} more"] if len(mismatches) > MAX_TOLD else []
    return "\n".join([f"{len(mismatches)} of {count} differ", *mismatches[:MAX_TOLD], *more])


def test_the_corpus(corpus: Path) -> None:
    """Every row of the table."""
    rows = _rows()
    assert rows, f"{EXPECTED} has no rows"
    printer = Printer(Search(Store(open_tree(corpus)), strict=True))
    mismatches = []
    for row in rows:
        printed = printer.printed(row.path.encode("utf-8", "surrogateescape"), row.key.encode("utf-8", "surrogateescape"))
        digest = sha256(printed).hexdigest()
        if (len(printed), digest) != (row.size, row.digest):
            mismatches.append(f"{row.path} {row.key}: {row.size} bytes expected, {len(printed)} printed ({digest})")
    assert not mismatches, _told(mismatches, len(rows))


def test_a_list_of_the_corpus_through_the_command(
    corpus: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Each fiftieth row of the table, as a list."""
    rows = _rows()[::50]
    asked = tmp_path / "list.tsv"
    asked.write_text("path\tkey\n" + "".join(f"{row.path}\t{row.key}\n" for row in rows), "utf-8", "surrogateescape")
    code = run(
        ["render", "--notation", "commonaccord", "--store", str(corpus), "--as-reference", "--batch", str(asked), "--digests"]
    )
    said = capfdbinary.readouterr()
    expected = [f"{row.path}\t{row.key}\t{row.size}\t{row.digest}" for row in rows]
    assert (code, said.out.decode("utf-8", "surrogateescape").splitlines()) == (0, expected)


def test_a_member_that_leads_out_is_refused(tmp_path: Path) -> None:
    """What unpacks the corpus writes nowhere else."""
    archive = tmp_path / "store.tar"
    (tmp_path / "x").write_bytes(b"X=1\n")
    with tarfile.open(archive, "w") as made:
        made.add(tmp_path / "x", "../escaped")
    with tarfile.open(archive) as opened, pytest.raises(tarfile.OutsideDestinationError):
        opened.extractall(tmp_path / "into", filter="data")
    assert not (tmp_path / "escaped").exists()
