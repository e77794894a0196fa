"""Attacks by stores of other notations: made to be searched for ever, to grow without end, or to reach out of their folder."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from syngraph.cli.main import run
from syngraph.engine.text.notations.commonaccord.expansion import Printer
from syngraph.engine.text.notations.commonaccord.search import Search
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.notations.commonaccord.tracing import Trace
from syngraph.engine.text.store import open_tree
from syngraph.engine.text.store.folder import Memory

Files = dict[str, bytes]
Answer = tuple[int, bytes, str]

MANY = 100_000
SECRET = b"X=what nobody may see\n"


def chain(length: int, line: bytes = b"=[%d.md]\n", last: bytes = b"X=end\n") -> Files:
    """Objects that include each the next one; the root is `0.md`."""
    files = {f"{at}.md": line.replace(b"%d", str(at + 1).encode()) for at in range(length)}
    return {**files, "0.md": b"r00t={X}\n" + files["0.md"], f"{length}.md": last}


def names(count: int, form: bytes = b"{n%d}") -> bytes:
    return b"".join(form.replace(b"%d", str(at).encode()) for at in range(count))


def records(count: int, form: bytes) -> bytes:
    """Lines about `%d` and the number after it, `%e`."""
    return b"".join(form.replace(b"%d", str(at).encode()).replace(b"%e", str(at + 1).encode()) + b"\n" for at in range(count))


def crossed(count: int, prefixes: tuple[bytes, ...]) -> Files:
    """Objects each of which includes all, itself too."""
    files = {
        f"{at}.md": b"".join(b"%s=[%d.md]\n" % (prefixes[(at + other) % len(prefixes)], other) for other in range(count))
        for at in range(count)
    }
    return {**files, "0.md": b"r00t={PPPPPPPPPPX}{Y}\n" + files["0.md"]}


HARMLESS: dict[str, tuple[Files, bytes]] = {
    "a file of a million lines": ({"0.md": b"r00t={k999999}\n" + records(1_000_000, b"k%d=v")}, b"v\n"),
    "a chain of 10,000 inclusions": (chain(10_000), b"end\n"),
    "a chain of 10,000 names": ({"0.md": b"r00t={k0}\n" + records(10_000, b"k%d={k%e}") + b"k10000=end\n"}, b"end\n"),
    "each object includes the next one twice": (
        {
            **{f"{at}.md": b"=[%d.md]\nP=[%d.md]\n=[%d.md]\n" % ((at + 1,) * 3) for at in range(60)},
            "0.md": b"r00t={PPPX}{Y}\n=[1.md]\n",
            "60.md": b"X=end\n",
        },
        b"end{Y}\n",
    ),
    "100,000 names in one value": ({"0.md": b"r00t=" + names(MANY) + b"\n"}, names(MANY) + b"\n"),
    "100,000 names with an equals sign": ({"0.md": b"r00t=" + names(MANY, b"{n=%d}") + b"\n"}, names(MANY, b"{n=%d}") + b"\n"),
    "names with an equals sign in a long file": (
        {"0.md": b"r00t=" + names(3_000, b"{n=%d}") + b"\n" + b"k=v\n" * 200_000 + b"n=2999=v\n"},
        names(2_999, b"{n=%d}") + b"v\n",
    ),
    "names with blanks at their ends": (
        {
            "0.md": b"r00t="
            + b"".join(b"{X%s}" % (b" " * at) for at in range(1, 1_000))
            + b"\n"
            + b"X" * 500_000
            + b"\nX"
            + b" " * 10**6
            + b"Y\n"
        },
        b"".join(b"{X%s}" % (b" " * at) for at in range(1, 1_000)) + b"\n",
    ),
    "a million braces that nothing closes": ({"0.md": b"r00t=" + b"{" * 10**6 + b"\n"}, b"{" * 10**6 + b"\n"),
    "a million braces that one closes": ({"0.md": b"r00t=" + b"{" * 10**6 + b"}\n"}, b"{" * 10**6 + b"}\n"),
    "a name of ten million bytes": (
        {"0.md": b"r00t={" + b"k" * 10**7 + b"}\n" + b"k" * 10**6 + b"=v\n"},
        b"{" + b"k" * 10**7 + b"}\n",
    ),
    "prefixes of every length": (
        {"0.md": b"r00t={" + b"k" * 3_000 + b"}\n" + b"".join(b"k" * at + b"=[1.md]\n" for at in range(1, 3_000)), "1.md": b""},
        b"{" + b"k" * 3_000 + b"}\n",
    ),
}
"""Stores in which nothing is wrong, with what is printed."""

FAULTY: dict[str, tuple[Files, set[str]]] = {
    "billion laughs": ({"0.md": b"r00t={A0}\n" + records(60, b"A%d={A%e}{A%e}") + b"A60=ha\n"}, {"SG113"}),
    "billion laughs of names that stay open": (
        {"0.md": b"r00t={A0}\n" + records(60, b"A%d={A%e}{A%e}") + b"A60={z}\n"},
        {"SG113"},
    ),
    "a large value a million times": ({"0.md": b"r00t=" + b"{A}" * 10**6 + b"\nA=" + b"x" * 10**5 + b"\n"}, {"SG113"}),
    "one large value among many names": (
        {"0.md": b"r00t=" + names(30_000) + b"{A}" * 300 + b"\nA=" + b"x" * 10**6 + b"\n" + records(30_000, b"n%d=y")},
        {"SG113"},
    ),
    "doubled at each level": (
        {**chain(2_000, last=b"S=see {X}\n"), "0.md": b"r00t={2.S}\n2.=[1.md]\n2.X={X}{X}\n"},
        {"SG113"},
    ),
    "values that each leave a name for the next one": (
        {"0.md": b"r00t=" + names(20_000) + b"\n" + records(20_000, b"n%d={n%e")},
        {"SG113"},
    ),
    "a chain of prefixes": (
        {**chain(3_000, b"P.=[%d.md]\n", b"X=end {Y}\n"), "0.md": b"r00t={" + b"P." * 3_000 + b"X}\nP.=[1.md]\n"},
        {"SG113"},
    ),
    "names along a chain": (
        {
            **{f"{at}.md": b"=[%d.md]\nk%d={k%d}\n" % (at + 1, at, at + 1) for at in range(2_000)},
            "0.md": b"r00t={k1}\n=[1.md]\n",
            "2000.md": b"k2000={z}\n",
        },
        {"SG113"},
    ),
    "names times references": ({"0.md": b"r00t=" + names(5_000) + b"\n" + b"=[1.md]\n" * 5_000, "1.md": b"Y=1\n"}, {"SG113"}),
    "names times references to nothing": (
        {"0.md": b"r00t=" + names(3_000) + b"\n" + records(3_000, b"=[g%d.md]")},
        {"SG103", "SG113"},
    ),
    "names times a chain": ({**chain(1_000), "0.md": b"r00t=" + names(3_000) + b"\n=[1.md]\n"}, {"SG113"}),
    "a name cut by one letter at a time": ({"0.md": b"r00t={" + b"k" * MANY + b"}\nk=[0.md]\n"}, {"SG113"}),
    "100,000 references to nothing": ({"0.md": b"r00t={X}\n" + records(MANY, b"=[g%d.md]")}, {"SG103"}),
    "references to nothing at the end of a chain": (chain(2_000, last=records(2_000, b"=[g%d.md]")), {"SG103"}),
    "a circle through prefixes": (
        {"0.md": b"r00t={" + b"P." * 200 + b"X}{X}\nP.=[1.md]\n=[1.md]\n", "1.md": b"P.=[0.md]\n=[0.md]\nP=[0.md]\n"},
        {"SG104"},
    ),
    "circles with many branches": (crossed(40, (b"",)), {"SG104"}),
    "circles with many branches and prefixes": (crossed(30, (b"", b"P")), {"SG104"}),
    "a circle of 10,000 inclusions": ({**chain(10_000), "10000.md": b"=[0.md]\n"}, {"SG104"}),
    "a circle of 20,000 names": ({"0.md": b"r00t={k0}\n" + records(20_000, b"k%d={k%e}") + b"k20000={k0}\n"}, {"SG115"}),
    "names that all lead to all": (
        {"0.md": b"r00t={n0}\n" + b"".join(b"n%d=%s\n" % (at, names(60)) for at in range(60))},
        {"SG115"},
    ),
    "circles within circles": ({"0.md": b"r00t={k0}\n" + records(800, b"k%d={k%e}{k0}{k1}")}, {"SG115"}),
}
"""Stores in which something is wrong, with what must be found."""


@pytest.mark.parametrize("name", HARMLESS)
def test_a_large_store_is_printed(name: str, within: Any) -> None:
    files, expected = HARMLESS[name]
    strict = "names" in name
    found: list[Any] = []
    with within(2):
        printed = Printer(Search(Store(Memory(files)), strict)).printed(b"0.md", b"r00t", found)
    assert printed == expected
    assert found == []


@pytest.mark.parametrize("name", FAULTY)
def test_a_hostile_store_is_told(name: str, within: Any) -> None:
    files, codes = FAULTY[name]
    found: list[Any] = []
    with within(2):
        printed = Printer(Search(Store(Memory(files)))).printed(b"0.md", b"r00t", found)
    assert codes <= {each.code for each in found}
    assert len(printed) < 70 * 1024 * 1024
    assert len(found) <= 4_000


TRACED = (
    "billion laughs",
    "doubled at each level",
    "values that each leave a name for the next one",
    "a chain of prefixes",
    "names that all lead to all",
    "circles within circles",
)


@pytest.mark.parametrize("name", TRACED)
def test_a_hostile_store_is_traced(name: str, within: Any) -> None:
    files, codes = FAULTY[name]
    with within(2):
        trace = Trace(Store(Memory(files)), "0.md")
        trace.text("r00t")
    assert codes <= {each.code for each in trace.findings}


# -- through the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "beside" / "Doc"
    folder.mkdir(parents=True)
    (folder.parent / "outside.md").write_bytes(SECRET)
    (folder.parent / ".hidden.md").write_bytes(SECRET)
    (tmp_path / "far.md").write_bytes(SECRET)
    return folder


@pytest.fixture
def printed(store: Path, capfdbinary: pytest.CaptureFixture[bytes], within: Any) -> Callable[..., Answer]:
    """What the command prints of an object: exit code, output, and what it says beside it. Never a traceback."""

    def answer(*arguments: str, root: bytes | None = None) -> Answer:
        if root is not None:
            (store / "a.md").write_bytes(root)
        with within(2):
            code = run(["render", "--notation", "commonaccord", "--store", str(store), *arguments])
        said = capfdbinary.readouterr()
        beside = said.err.decode("utf-8", "replace")
        assert "Traceback" not in beside
        return code, said.out, beside

    return answer


@pytest.mark.parametrize(
    "name", ["billion laughs", "circles with many branches", "a chain of prefixes", "a circle of 20,000 names"]
)
@pytest.mark.parametrize("strict", [False, True])
def test_a_hostile_store_through_the_command(name: str, strict: bool, store: Path, printed: Any) -> None:
    files, codes = FAULTY[name]
    for path, content in files.items():
        (store / path).write_bytes(content)
    code, _, beside = printed("0.md", *(["--as-reference"] if strict else []))
    assert code == 1
    assert all(each in beside for each in codes)


OUTSIDE = [
    b"../outside.md",
    b"../../far.md",
    b"x/../../outside.md",
    b"../beside/outside.md",
    b"../Doc/../outside.md",
    b"../.hidden.md",
    b"../../../../../../../../../../etc/passwd",
    b"link.md",
    b"folder/outside.md",
    b"folder/../outside.md",
    b"../link.md",
    b"..\\outside.md",
    b"../outside.md\0",
    b"/etc/passwd",
    b"//etc/passwd",
    b"../linked/outside.md",
]


def linked(store: Path) -> None:
    (store / "link.md").symlink_to("../outside.md")
    (store / "folder").symlink_to("..")
    (store.parent / "link.md").symlink_to(store.parent.parent / "far.md")
    (store.parent / "linked").symlink_to(store.parent)


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_is_read_outside_the_store(path: bytes, store: Path, printed: Any) -> None:
    linked(store)
    code, out, beside = printed("a.md", root=b"r00t=[{X}]\n=[" + path + b"]\n")
    assert (code, out) == (1, b"[{X}]\n")
    assert "SG109" in beside or "SG103" in beside


@pytest.mark.parametrize(
    "path", [path for path in OUTSIDE if path not in (b"../outside.md", b"../Doc/../outside.md", b"folder/../outside.md")]
)
def test_beside_the_store_only_plain_files_are_read(path: bytes, store: Path, printed: Any) -> None:
    """As the reference renders, a file in the folder of the store is read: no link, no name that begins with a full stop."""
    linked(store)
    code, out, _ = printed("a.md", "--as-reference", root=b"r00t=[{X}]\n=[" + path + b"]\n")
    assert (code, out) == (0, b"Missing file: ./Doc/" + path + b"\n\n")


def test_beside_the_store_a_plain_file_is_read_as_the_reference_reads_it(store: Path, printed: Any) -> None:
    code, out, beside = printed("a.md", "--as-reference", root=b"r00t=[{X}]\n=[../outside.md]\n")
    assert (code, out) == (0, b"[what nobody may see]\n")
    assert "SG109" in beside


@pytest.mark.parametrize(
    "path", ["../outside.md", "link.md", "/etc/passwd", "folder/outside.md", "x\0y", "", "http://x.invalid/"]
)
def test_no_object_outside_is_asked_for(path: str, store: Path, printed: Any) -> None:
    linked(store)
    code, out, _ = printed(path, "--key", "X")
    assert b"nobody" not in out
    assert code in (0, 1, 2)


def special(store: Path, kind: str) -> None:
    target = store / "b.md"
    match kind:
        case "fifo":
            os.mkfifo(target)
        case "device":
            try:
                os.mknod(target, 0o20666, os.makedev(1, 5))
            except OSError as error:
                if error.errno not in (errno.EPERM, errno.EACCES):
                    raise
                pytest.skip("only the superuser may make a device")
        case "link to a device":
            target.symlink_to("/dev/zero")
        case "unreadable":
            target.write_bytes(SECRET)
            target.chmod(0)
            if os.access(target, os.R_OK):
                target.unlink()
                pytest.skip("the superuser may read everything")
        case "too large":
            with target.open("wb") as file:
                file.truncate(17 * 1024 * 1024)
        case "a link to itself":
            target.symlink_to("b.md")


@pytest.mark.parametrize("kind", ["fifo", "device", "link to a device", "unreadable", "too large", "a link to itself"])
@pytest.mark.parametrize("strict", [False, True])
def test_what_is_no_plain_file_is_not_read(kind: str, strict: bool, store: Path, printed: Any) -> None:
    special(store, kind)
    code, out, beside = printed("a.md", *(["--as-reference"] if strict else []), root=b"r00t=[{X}]\n=[b.md]\n")
    assert (code, out) == ((0, b"Missing file: ./Doc/b.md\n\n") if strict else (1, b"[{X}]\n"))
    assert "SG109" in beside
    printed("b.md")


@pytest.mark.skipif(sys.platform == "darwin", reason="names are Unicode there")
def test_names_that_are_not_utf8(store: Path, printed: Any) -> None:
    (store / os.fsdecode(b"\xff\xfe.md")).write_bytes(b"X=\xfd\0\n")
    code, out, _ = printed("a.md", root=b"r00t=\xfe{X}\n=[\xff\xfe.md]\n")
    assert (code, out) == (0, b"\xfe\xfd\0\n")
    code, out, _ = printed("a.md", "--json", root=b"r00t=\xfe{X}{\xf0}\n=[\xff.md]\n")
    assert code == 1


def test_an_object_of_zero_bytes(store: Path, printed: Any) -> None:
    code, out, _ = printed("a.md", root=b"\0" * 10**6 + b"\nr00t={\0}\n\0=x\n")
    assert (code, out) == (0, b"x\n")


def test_a_path_that_is_too_long(store: Path, printed: Any) -> None:
    for path in (b"p" * 10**5, b"p/" * 10**5 + b"x", b"../" * 10**5 + b"x", b"p/../" * 2_000 + b"x"):
        code, out, _ = printed("a.md", root=b"r00t={X}\n=[" + path + b"]\n")
        assert (code, out) == (1, b"{X}\n")


# -- lists -------------------------------------------------------------------------------------------------------------------


def test_a_list_with_a_broken_line_is_refused(store: Path, printed: Any, tmp_path: Path) -> None:
    listed = tmp_path / "list"
    (store / "a.md").write_bytes(b"r00t=x\n")
    for content, line in ((b"a.md\tr00t\na.md r00t\n", 2), (b"\x7fELF\0\0\xff\n", 1), (b"a.md\tr00t\n\n\xff\xfe\n", 3)):
        listed.write_bytes(content)
        code, out, beside = printed("--as-reference", "--batch", str(listed), "--digests")
        assert (code, out) == (2, b"")
        assert f":{line}:" in beside


def test_a_binary_list_names_nothing(store: Path, printed: Any, tmp_path: Path) -> None:
    listed = tmp_path / "list"
    listed.write_bytes(b"\0\xff\t\0\xfe\n\t\n..\t\n\t\t\t\n")
    code, out, _ = printed("--as-reference", "--batch", str(listed), "--digests")
    assert code == 0
    assert out.count(b"\n") == 4


def test_a_list_of_100_000_rows(store: Path, printed: Any, tmp_path: Path) -> None:
    listed = tmp_path / "list"
    listed.write_bytes(b"a.md\tr00t\ngone.md\tX\n" * (MANY // 2))
    code, out, _ = printed("--as-reference", "--batch", str(listed), "--digests", root=b"r00t={X}\nX=x\n")
    assert (code, out.count(b"\n")) == (0, MANY)


@pytest.mark.parametrize(
    "row", [b"../x\tr00t", b"/tmp/x\tr00t", b"a.md\t../../x", b"a.md\t/x", b"a\\b\tr00t", b"x\0\tr00t", b".\tx"]
)
def test_a_list_writes_nothing_outside_its_folder(row: bytes, store: Path, printed: Any, tmp_path: Path) -> None:
    listed, into = tmp_path / "list", tmp_path / "into"
    listed.write_bytes(row + b"\n")
    (store / "a.md").write_bytes(b"r00t=x\n")
    before = sorted(tmp_path.rglob("*"))
    code, _, beside = printed("--as-reference", "--batch", str(listed), "-o", str(into))
    assert code == 2
    assert "-o" in beside
    assert sorted(tmp_path.rglob("*")) == before


def test_what_comes_to_no_end_is_told_however_long_the_list(store: Path, printed: Any, tmp_path: Path) -> None:
    """The exit code does not depend on how much else was found before."""
    listed = tmp_path / "list"
    (store / "z.md").write_bytes(b"r00t={r00t}\n")
    for at in range(80):
        (store / f"{at}.md").write_bytes(b"r00t={X}\n=[http%d]\n" % at)
    listed.write_bytes(records(80, b"%d.md\tr00t") + b"z.md\tr00t\n")
    code, _, _ = printed("--as-reference", "--batch", str(listed), "--digests")
    assert code == 1


def test_a_store_on_disk_is_opened_without_its_links(store: Path) -> None:
    linked(store)
    held = Store(open_tree(store))
    assert held.records(b"link.md") is None
    assert held.records(b"folder/outside.md") is None
    assert set(held.faults) == {b"link.md", b"folder/outside.md"}
