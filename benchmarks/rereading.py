"""An agreement of 2,000 clauses read cold, again unchanged, and with one clause changed: in one file, and in a hundred."""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import sentences
from benchmarks.figure import Figure
from syngraph.cli.manners.memory import Disk
from syngraph.engine.agreement import Agreement

TARGET = 50
"""How many times faster than cold the coverage of an unchanged text is."""
CHANGED = 50
"""Milliseconds in which the coverage, or every clause, is there after one clause was changed."""
CLAUSES = 2000
IN_SECTION = 20
EDITS = 8


def sections(clauses: Sequence[str]) -> list[str]:
    """The clauses in sections of twenty, as Markdown."""
    cut = [clauses[first : first + IN_SECTION] for first in range(0, len(clauses), IN_SECTION)]
    return [
        f"# Part {number} {{#part-{number}}}\n\n" + "".join(f"{clause}\n\n" for clause in section)
        for number, section in enumerate(cut, 1)
    ]


def written(folder: Path, clauses: Sequence[str]) -> None:
    """The agreement in one file."""
    (folder / "text.md").write_text(f"---\ntitle: Many clauses\n---\n\n{''.join(sections(clauses))}", encoding="utf-8")
    (folder / "syngraph.yaml").write_text("syngraph: 1\ntitle: Many clauses\nroot: text.md\n", encoding="utf-8")


def spread(folder: Path, clauses: Sequence[str]) -> None:
    """The agreement with a file for each section."""
    parts = sections(clauses)
    for number, part in enumerate(parts, 1):
        (folder / f"part-{number}.md").write_text(part, encoding="utf-8")
    included = "".join(f"  - part-{number}.md\n" for number in range(1, len(parts) + 1))
    (folder / "text.md").write_text(f"---\ntitle: Many clauses\ninclude:\n{included}---\n", encoding="utf-8")
    (folder / "syngraph.yaml").write_text("syngraph: 1\ntitle: Many clauses\nroot: text.md\n", encoding="utf-8")


def counted(folder: Path, cache: Path) -> float:
    """Seconds to open the agreement and have its coverage."""
    return _taken(folder, cache, lambda agreement: agreement.coverage.sentences)


def held(folder: Path, cache: Path) -> float:
    """Seconds to open the agreement and have every clause with its words and its place; what it means is not decoded."""
    return _taken(folder, cache, lambda agreement: len(agreement.clauses))


def ruled(folder: Path, cache: Path) -> float:
    """Seconds to open the agreement and have every rule as an object, with its id."""
    return _taken(folder, cache, lambda agreement: len({placed.clause.place for placed in agreement.rules}))


def _taken(folder: Path, cache: Path, ask: Callable[[Agreement], int]) -> float:
    disk = Disk(cache)
    start = time.perf_counter()
    found = ask(Agreement.open(folder, cache=disk))
    taken = time.perf_counter() - start
    disk.close()
    if found != CLAUSES:
        raise RuntimeError(f"{found} sentences were found, not {CLAUSES}")
    return taken


def _edited(write: Callable[[Path, Sequence[str]], None], ask: Callable[[Path, Path], float], said: Sequence[str]) -> float:
    """The least of several times after one clause was changed, each time another sentence."""
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place) / "agreement", Path(place) / "known.sqlite"
        folder.mkdir()
        write(folder, said[:CLAUSES])
        ask(folder, cache)
        taken = []
        for edit in range(EDITS):
            write(folder, [*said[: CLAUSES - 1], said[CLAUSES + edit]])
            taken.append(ask(folder, cache))
    return min(taken)


def measure() -> list[Figure]:
    from syngraph.grammar.parse import read

    read("The Tenant shall pay EUR 5.")
    said = sentences.some(CLAUSES + EDITS)
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place) / "agreement", Path(place) / "known.sqlite"
        folder.mkdir()
        written(folder, said[:CLAUSES])
        cold = held(folder, cache)
        counted(folder, cache)
        coverage = min(counted(folder, cache) for _ in range(5))
        rules = min(ruled(folder, cache) for _ in range(5))
    beside = f"cold {cold * 1000:,.0f} ms, again {coverage * 1000:,.1f} ms"
    figures = [
        Figure(f"{CLAUSES:,} unchanged clauses, coverage again: faster than cold", cold / coverage, "x", TARGET, beside=beside),
        Figure("the same, with every clause and rule in memory", cold / rules, "x", beside=f"again {rules * 1000:,.1f} ms"),
    ]
    for where, write in (("in one file", written), (f"in {CLAUSES // IN_SECTION} files", spread)):
        name = f"one clause of {CLAUSES:,} {where} changed, "
        figures += [
            Figure(f"{name}coverage", _edited(write, counted, said) * 1000, "ms", CHANGED, most=True),
            Figure(f"{name}every clause", _edited(write, held, said) * 1000, "ms", CHANGED, most=True),
            Figure(f"{name}every clause with its rules decoded", _edited(write, ruled, said) * 1000, "ms"),
        ]
    return figures
