"""`render` of CommonAccord stores: what it refuses, what it writes, and how it ends."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest

OBJECTS = {
    "G/Lease.md": b"r00t=<p>{Who} pays {Rent}.\nWho=Nell\nRent=EUR 90\n=[G/Gone.md]\n",
    "G/Bytes.md": b"r00t=caf\xe9\n",
    "G/Round.md": b"r00t={r00t}\n",
    "a.md": b"b.c=one\n",
    "a.md.b": b"c=two\n",
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    for path, content in OBJECTS.items():
        target = tmp_path / "Doc" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (tmp_path / "Doc" / ".git").mkdir()
    (tmp_path / "Doc" / ".git" / "config").write_text("\turl = https://user:token@example.org/x\n", encoding="utf-8")
    return tmp_path / "Doc"


@pytest.fixture
def render(syngraph: Callable, store: Path) -> Callable:
    return lambda *arguments: syngraph("render", "--notation", "commonaccord", "--store", store, *arguments)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("G/Leese.md",), "did you mean G/Lease.md?"),
        (("../G/Lease.md",), "leads out of the store"),
        (("/etc/passwd",), "no such object"),
        ((".git/config",), "into git's own folder"),
        (("G/Lease.md", "--key", "Rents"), "did you mean 'Rent'?"),
        (("G/Lease.md", "--digests"), "--digests needs --batch"),
        (("G/Lease.md", "--template", "x.j2"), "need a --format"),
        (("G/Lease.md", "--format", "html", "--as-reference"), "leave out --as-reference"),
    ],
)
def test_what_cannot_be_answered_is_said(arguments: tuple[str, ...], said: str, render: Callable) -> None:
    answer = render(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_the_reference_prints_what_it_prints(render: Callable) -> None:
    assert (render("G/Leese.md", "--as-reference").out, render("G/Lease.md", "--as-reference").code) == (
        "Missing file: ./Doc/G/Leese.md\n\n",
        0,
    )
    assert render("G/Round.md", "--as-reference").code == 1


def test_nothing_of_git_is_read(render: Callable, store: Path) -> None:
    (store / "G" / "Spy.md").write_bytes(b"r00t={C.\turl}\nC.=[.git/config]\n")
    for more in ((), ("--as-reference",)):
        answer = render("G/Spy.md", *more)
        assert "token" not in answer.out + answer.err
    assert "into git's own folder" in render("G/Spy.md").err
    assert ".git/config: a path into git's own folder; expected" in render(".git/config").err


def test_an_object_is_never_written_over(render: Callable, store: Path, tmp_path: Path) -> None:
    before = (store / "G" / "Lease.md").read_bytes()
    for more in ((), ("--format", "html")):
        answer = render("G/Lease.md", "-o", store / "G" / "Lease.md", *more)
        assert (answer.code, "a part of the" in answer.err) == (2, True)
    assert (store / "G" / "Lease.md").read_bytes() == before
    assert render("G/Lease.md", "-o", tmp_path).code == 2


def rows(tmp_path: Path, *of: bytes) -> Path:
    (tmp_path / "rows.tsv").write_bytes(b"".join(row + b"\n" for row in of))
    return tmp_path / "rows.tsv"


def test_a_list_is_written_again_and_again(render: Callable, tmp_path: Path) -> None:
    listed = rows(tmp_path, b"G/Lease.md\tRent", b"G/Gone.md\tRent")
    for _ in range(2):
        answer = render("--batch", listed, "-o", tmp_path / "out")
        assert (answer.code, "G/Gone.md: there is no such object" in answer.err) == (1, True)
    assert (tmp_path / "out" / "G" / "Lease.md.Rent.html").read_bytes() == b"EUR 90\n"


def test_a_row_without_a_text_is_told(render: Callable, tmp_path: Path) -> None:
    listed = rows(tmp_path, b"G/Lease.md\tRent", b"G/Lease.md\tRents")
    answer = render("--batch", listed, "--digests", "--dry-run")
    assert (answer.code, answer.err.splitlines()[0]) == (1, "G/Lease.md: nothing binds Rents")
    assert render("--batch", listed, "--digests", "--as-reference").code == 0


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ((b"a.md\tb.c", b"a.md.b\tc"), "would both be written"),
        ((b"G/Lease.md\tRent", b"../a.md\tRent"), "leads out of the tree"),
        ((b"G/Lease.md",), "expected a path, a tab and a key"),
    ],
)
def test_a_list_is_looked_at_before_anything_is_written(
    bad: tuple[bytes, ...], said: str, render: Callable, tmp_path: Path
) -> None:
    answer = render("--batch", rows(tmp_path, *bad), "-o", tmp_path / "out")
    assert (answer.code, said in answer.err, (tmp_path / "out").exists()) == (2, True, False)


def test_bytes_that_are_no_text_come_through_json(render: Callable) -> None:
    answer = json.loads(render("G/Bytes.md", "--json").out)
    assert (answer["content"], base64.b64decode(answer["content_base64"])) == ("caf\ufffd\n", b"caf\xe9\n")
