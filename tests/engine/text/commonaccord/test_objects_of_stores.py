"""Which object a path leads to, and that none leads out."""

from contextlib import suppress
from pathlib import Path

import pytest

from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.store import open_tree

PATHS = [
    (b"b.md", b"inside", None),
    (b"./b.md", b"inside", None),
    (b"/b.md", b"inside", None),
    (b"d//c.md", b"deeper", None),
    (b"d/../b.md", b"inside", None),
    (b"d/./../d/c.md", b"deeper", None),
    (b"../Doc/b.md", b"inside", None),
    (b"d/../../Doc/d/c.md", b"deeper", None),
    (b"b.md/../b.md", None, None),
    (b"gone/../b.md", None, None),
    (b"b.md/", None, None),
    (b"d", b"", None),
    (b"d/", b"", None),
    (b".", b"", None),
    (b"gone.md", None, None),
    (b"b.md ", None, None),
    (b"http://x.invalid/b.md", b"", "network"),
    (b"httpd/b.md", b"", "network"),
    (b"../beside.md", None, "out of the store"),
    (b"../../far.md", None, "out of the store"),
    (b"d/../../beside.md", None, "out of the store"),
    (b"../Docs/b.md", None, "out of the store"),
    (b"link.md", None, "symbolic link"),
    (b"up/beside.md", None, "symbolic link"),
    (b"b.md\0", None, "not plain"),
    (b"d\\c.md", None, "not plain"),
    (b"large.md", None, "bytes"),
    (b"\xff.md", b"odd", None),
    (b"\xfe.md", None, None),
    (b"c:d.md", None, "absolute path"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("top") / "within"
    (top / "Doc" / "d").mkdir(parents=True)
    (top.parent / "far.md").write_bytes(b"X=far\n")
    (top / "beside.md").write_bytes(b"X=beside\n")
    (top / ".hidden").write_bytes(b"X=hidden\n")
    (top / "link.md").symlink_to("beside.md")
    doc = top / "Doc"
    (doc / "b.md").write_bytes(b"X=inside\n")
    (doc / "d" / "c.md").write_bytes(b"X=deeper\n")
    (doc / "link.md").symlink_to("../beside.md")
    (doc / "up").symlink_to("..")
    with (doc / "large.md").open("wb") as file:
        file.truncate(16 * 1024 * 1024 + 1)
    with suppress(OSError):
        Path(f"{doc}/\udcff.md").write_bytes(b"X=odd\n")
    return doc


@pytest.mark.parametrize(("path", "value", "fault"), PATHS)
def test_what_a_path_leads_to(path: bytes, value: bytes | None, fault: str | None, folder: Path) -> None:
    """`value` is that of X, empty where the object is, None where there is none."""
    if path == b"\xff.md" and not (folder / "\udcff.md").exists():
        pytest.skip("this system has no such names")
    store = Store(open_tree(folder))
    records = store.records(path)
    assert (records.get(b"X") or b"" if records is not None else None) == value
    assert (fault is None and path not in store.faults) or (fault is not None and fault in store.faults[path])
    assert store.records(path) is records


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (b"../beside.md", b"beside"),
        (b"d/../../beside.md", b"beside"),
        (b"../.hidden", None),
        (b"../link.md", None),
        (b"../../far.md", None),
        (b"../x/../../far.md", None),
        (b"../gone.md", None),
        (b"../Doc/b.md", b"inside"),
    ],
)
def test_beside_the_store(path: bytes, value: bytes | None, folder: Path) -> None:
    records = Store(open_tree(folder), open_tree(folder.parent)).records(path)
    assert (records.get(b"X") if records is not None else None) == value
