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


def reading(folder: Path, cache: Path) -> tuple[float, float]:
    """Seconds to open the agreement and have its coverage, and then to have every clause with its rules as well."""
    disk = Disk(cache)
    start = time.perf_counter()
    agreement = Agreement.open(folder, cache=disk)
    counted = agreement.coverage.sentences
    coverage = time.perf_counter() - start
    held = len(agreement.clauses)
    clauses = time.perf_counter() - start
    disk.close()
    if (counted, held) != (CLAUSES, CLAUSES):
        raise RuntimeError(f"{counted} sentences were counted and {held} read, not {CLAUSES}")
    return coverage, clauses


def measure() -> list[Figure]:
    from syngraph.grammar.parse import read

    read("The Tenant shall pay EUR 5.")
    said = sentences.some(CLAUSES + 1)
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place) / "agreement", Path(place) / "known.sqlite"
        folder.mkdir()
        written(folder, said[:CLAUSES])
        _, cold = reading(folder, cache)
        warm = [reading(folder, cache) for _ in range(5)]
        written(folder, [*said[: CLAUSES - 1], said[CLAUSES]])
        _, changed = reading(folder, cache)
    coverage, clauses = min(one for one, _ in warm), min(one for _, one in warm)
    beside = f"cold {cold * 1000:,.0f} ms, again {coverage * 1000:,.1f} ms"
    decoded = f"again {clauses * 1000:,.1f} ms"
    return [
        Figure(f"{CLAUSES:,} unchanged clauses, coverage again: faster than cold", cold / coverage, "x", TARGET, beside=beside),
        Figure("the same, with every clause and rule in memory", cold / clauses, "x", beside=decoded),
        Figure("the same with one clause changed", changed * 1000, "ms", beside=f"{cold / changed:,.1f} x faster than cold"),
    ]
