"""An agreement of 2,000 clauses read cold, again unchanged, and again with one clause changed."""

import tempfile
import time
from pathlib import Path

from benchmarks import sentences
from benchmarks.figure import Figure
from syngraph.cli.manners.memory import Disk
from syngraph.engine.agreement import Agreement

TARGET = 50
CLAUSES = 2000


def written(folder: Path, clauses: list[str]) -> None:
    sections = [clauses[first : first + 20] for first in range(0, len(clauses), 20)]
    body = "".join(
        f"# Part {number} {{#part-{number}}}\n\n" + "".join(f"{clause}\n\n" for clause in section)
        for number, section in enumerate(sections, 1)
    )
    (folder / "text.md").write_text(f"---\ntitle: Many clauses\n---\n\n{body}", encoding="utf-8")
    (folder / "syngraph.yaml").write_text("syngraph: 1\ntitle: Many clauses\nroot: text.md\n", encoding="utf-8")


def reading(folder: Path, cache: Path) -> float:
    """Seconds to open the agreement and have every clause and the coverage."""
    disk = Disk(cache)
    start = time.perf_counter()
    agreement = Agreement.open(folder, cache=disk)
    found = len(agreement.clauses), agreement.coverage.binding
    taken = time.perf_counter() - start
    disk.close()
    if found[0] != CLAUSES:
        raise RuntimeError(f"{found[0]} clauses were read, not {CLAUSES}")
    return taken


def measure() -> list[Figure]:
    from syngraph.grammar.parse import read

    read("The Tenant shall pay EUR 5.")
    clauses = sentences.some(CLAUSES + 1)
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place) / "agreement", Path(place) / "known.sqlite"
        folder.mkdir()
        written(folder, clauses[:CLAUSES])
        cold = reading(folder, cache)
        warm = min(reading(folder, cache) for _ in range(5))
        written(folder, [*clauses[: CLAUSES - 1], clauses[CLAUSES]])
        changed = reading(folder, cache)
    beside = f"cold {cold * 1000:,.0f} ms, again {warm * 1000:,.1f} ms"
    return [
        Figure(f"{CLAUSES:,} unchanged clauses, again: times faster than cold", cold / warm, "x", TARGET, beside=beside),
        Figure("the same with one clause changed", changed * 1000, "ms", beside=f"{cold / changed:,.1f} x faster than cold"),
    ]
