"""Stores in the notation of CommonAccord: a whole one in one process, its largest document, a typical one from a cold start.

The store and what the reference renderer printed and took (`expected.tsv`) lie beside the checkout; where they do not, only
what is made here is measured. The peer is jinja2, which fills the same values into the same text.
"""

import os
import random
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from benchmarks.figure import PYTHON, ROOT, Figure, best, compiling, fastest
from syngraph.engine.text.notations.commonaccord.expansion import Printer
from syngraph.engine.text.notations.commonaccord.search import Search
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.store import open_tree, tree_of

CORPUS = ROOT.parent / "shared" / "corpus" / "commonaccord"
LARGEST = "G/EU/Artificial_Intelligence_Act/0.md"
TYPICAL = "G/Agt-NDA/Form/0.md"
TIMES_FASTER = 400
PEAK = 500
SECTIONS = 400


def measure() -> list[Figure]:
    if not (CORPUS / "expected.tsv").is_file():
        print("  (no corpus beside the checkout: what needs it is not measured)", file=sys.stderr)
        return [_beside_jinja()]
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(CORPUS / "store.tar.xz") as packed:
            packed.extractall(place, filter="data")
        store = Path(place) / "Doc"
        return [*_whole(store, place), _largest(store), _typical(store, place), _beside_jinja()]


def _whole(store: Path, place: str) -> list[Figure]:
    """Every row in one process, start included, against what the reference took for the same rows."""
    rows = [line.split("\t") for line in (CORPUS / "expected.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    reference = sum(float(row[4]) for row in rows)
    command = _render(store, "--as-reference", "--batch", str(CORPUS / "expected.tsv"), "--digests")
    taken: list[float] = []
    peak = 0.0
    for _ in range(3):
        answer = Path(place) / "digests.tsv"
        with answer.open("wb") as out, Path(os.devnull).open("wb") as silent:
            child = os.posix_spawn(
                command[0],
                command,
                compiling(dict(os.environ), place),
                file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, silent.fileno(), 2)],
            )
            _, status, used = os.wait4(child, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            raise RuntimeError("the store was not rendered")
        taken.append(used.ru_utime + used.ru_stime)
        peak = max(peak, used.ru_maxrss / 1024)
    equal = [line.split("\t")[3] for line in answer.read_text(encoding="utf-8").splitlines()] == [row[3] for row in rows]
    beside = f"CPU {min(taken):.2f} s for {len(rows):,}, the reference {reference:,.0f} s; {'equal' if equal else 'NOT EQUAL'}"
    return [
        Figure(
            "a whole store in one process: faster than the reference", reference / min(taken), "x", TIMES_FASTER, beside=beside
        ),
        Figure("peak memory of it", peak, "MB", PEAK, most=True),
    ]


def _largest(store: Path) -> Figure:
    taken = best(lambda: Printer(Search(Store(open_tree(store)), strict=True)).printed(LARGEST.encode(), b"r00t"))
    return Figure("the largest document, from its files", taken * 1000, "ms", 1000, most=True)


def _typical(store: Path, place: str) -> Figure:
    run = fastest(_render(store, TYPICAL), compiling(dict(os.environ), place))
    return Figure("a typical document, command from a cold start", run.wall * 1000, "ms", 250, most=True)


def _render(store: Path, *arguments: str) -> list[str]:
    return [PYTHON, "-m", "syngraph.cli", "render", "--notation", "commonaccord", "--store", str(store), *arguments]


def _beside_jinja() -> Figure:
    """A document of many sections that mention many names, and the same text and values set by jinja2."""
    from jinja2 import Environment

    chance = random.Random(7)
    names = [f"Name{number}" for number in range(200)]
    values = {name: f"the value of {name}" for name in names}
    sections = [" ".join(f"word {{{chance.choice(names)}}}" for _ in range(60)) for _ in range(SECTIONS)]
    files = {"names.md": "".join(f"{name}={value}\n" for name, value in values.items())}
    files |= {f"s{number}.md": f"sec={text}\n" for number, text in enumerate(sections)}
    root = "r00t=" + "<p>".join(f"{{{number}.sec}}" for number in range(SECTIONS)) + "\n"
    files["a.md"] = root + "".join(f"{number}.=[s{number}.md]\n" for number in range(SECTIONS)) + "=[names.md]\n"
    tree = tree_of({path: text.encode() for path, text in files.items()})
    template = "<p>".join(sections).replace("{", "{{ ").replace("}", " }}")

    def ours() -> str:
        return Printer(Search(Store(tree), strict=True)).printed(b"a.md", b"r00t").decode().removesuffix("\n")

    def theirs() -> str:
        return Environment().from_string(template).render(values)

    if ours() != theirs():
        raise RuntimeError("the two texts differ")
    mine: list[float] = []
    other: list[float] = []
    for _ in range(5):
        for work, taken in ((ours, mine), (theirs, other)):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    beside = f"{min(mine) * 1000:,.0f} ms, jinja2 {min(other) * 1000:,.0f} ms"
    return Figure(
        f"{SECTIONS} sections with {SECTIONS * 60:,} names: faster than jinja2", min(other) / min(mine), "x", 1, beside=beside
    )
