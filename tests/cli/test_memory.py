"""The cache on disk may be deleted, damaged, shared or forbidden; answers stay the same."""

import multiprocessing
import sqlite3
import threading
from pathlib import Path

import pytest

from syngraph.cli.manners import memory
from syngraph.engine.cache import Forgetful


def test_what_is_put_is_got_by_the_next_process(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "known.sqlite"
    first = memory.Disk(path)
    first.put({"a": b"1", "b": b"\x00\xff"})
    first.close()
    assert memory.Disk(path).get(("a", "b", "c")) == {"a": b"1", "b": b"\x00\xff"}


def test_more_keys_than_one_query_takes(tmp_path: Path) -> None:
    disk = memory.Disk(tmp_path / "known.sqlite")
    values = {str(number): b"%d" % number for number in range(2500)}
    disk.put(values)
    assert disk.get(tuple(values)) == values


@pytest.mark.parametrize("content", [b"", b"this is no database", b"SQLite format 3\x00" + b"\x00" * 4000, b"\xff" * 100_000])
def test_a_damaged_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "known.sqlite"
    path.write_bytes(content)
    damaged = memory.Disk(path)
    assert damaged.get(("a",)) == {}
    damaged.put({"a": b"1"})
    damaged.close()
    after = memory.Disk(path)
    after.put({"a": b"1"})
    assert after.get(("a",)) == {"a": b"1"}


def test_a_file_that_is_damaged_in_its_middle_costs_nothing_but_time(tmp_path: Path) -> None:
    path = tmp_path / "known.sqlite"
    disk = memory.Disk(path)
    disk.put({str(number): b"x" * 500 for number in range(500)})
    disk.close()
    content = bytearray(path.read_bytes())
    content[4096 : len(content) - 4096] = b"\xaa" * (len(content) - 8192)
    path.write_bytes(bytes(content))
    disk = memory.Disk(path)
    assert set(disk.get(tuple(map(str, range(500)))).values()) <= {b"x" * 500}
    disk.put({"a": b"1"})
    disk.close()
    after = memory.Disk(path)
    after.put({"a": b"1"})
    assert after.get(("a",)) == {"a": b"1"}


def test_a_table_of_another_shape_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "known.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE known (something TEXT)")
    assert memory.Disk(path).get(("a",)) == {}
    after = memory.Disk(path)
    after.put({"a": b"1"})
    assert after.get(("a",)) == {"a": b"1"}


def test_a_value_that_is_no_bytes_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "known.sqlite"
    memory.Disk(path).put({"a": b"1"})
    with sqlite3.connect(path) as other:
        other.execute("INSERT INTO known VALUES ('b', 42)")
    assert memory.Disk(path).get(("a", "b")) == {"a": b"1"}


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    disk = memory.Disk(tmp_path / "file" / "known.sqlite")
    disk.put({"a": b"1"})
    assert disk.get(("a",)) == {}


def test_a_file_past_its_cap_is_started_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "known.sqlite"
    first = memory.Disk(path)
    first.put({"a": b"x" * 100_000})
    first.close()
    monkeypatch.setattr(memory, "CAP", 50_000)
    assert memory.Disk(path).get(("a",)) == {}


def _work(path: Path, name: int) -> None:
    disk = memory.Disk(path)
    for number in range(50):
        disk.put({f"{name}-{number}": b"%d" % number})
    disk.close()


def test_many_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "known.sqlite"
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_work, args=(path, name)) for name in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]
    known = memory.Disk(path).get(tuple(f"{name}-{number}" for name in range(4) for number in range(50)))
    assert len(known) == 200


def test_a_file_that_another_process_is_setting_up_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "known.sqlite"
    other = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(0.2, other.execute, ["COMMIT"])
    release.start()
    disk = memory.Disk(path)
    disk.put({"a": b"1"})
    release.join()
    assert disk.get(("a",)) == {"a": b"1"}


@pytest.mark.parametrize("word", ["off", "OFF", "0", "no"])
def test_the_cache_can_be_off(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("SYNGRAPH_CACHE", word)
    assert memory.place() is None
    assert isinstance(memory.cache(), Forgetful)


def test_the_cache_can_be_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SYNGRAPH_CACHE", str(tmp_path))
    assert memory.place() == tmp_path / "known.sqlite"


def test_the_cache_is_in_the_user_s_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SYNGRAPH_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert memory.place() is not None
