"""Sentences read per second, short and real, on one core, none twice; and what a process that reads one takes."""

import os
import tempfile
import time
from pathlib import Path

from benchmarks import sentences
from benchmarks.figure import PYTHON, Figure, best, compiling, fastest, run, told

REAL_TARGET = 2500
"""Of sentences as they are; short ones of one pattern are told beside them."""
REAL = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "bylaws"
"""Where bylaws of communities lie beside the checkout; without them nothing is said of real sentences."""
COUNT = 4000
TIMES = 3
"""Each time other sentences, so that nothing that was read helps."""


def real() -> list[Figure]:
    """The sentences of real bylaws read per second, no sentence twice. To be called before anything is read.

    While the first are read most patterns are compiled: they are told apart from those after them.
    """
    from syngraph.grammar.parse import read
    from syngraph.grammar.sentences import sentences as cut

    texts = [file.read_text(encoding="utf-8", errors="replace") for file in sorted(REAL.glob("*.md"))]
    lines = dict.fromkeys(line.strip() for text in texts for line in text.split("\n") if len(line.strip()) > 20)
    said = list(dict.fromkeys(line[span.start : span.end] for line in lines for span in cut(line)))[:COUNT]
    if not said:
        return []
    rates = []
    for part in (said[: len(said) // 2], said[len(said) // 2 :]):
        start = time.process_time()
        for sentence in part:
            read(sentence)
        rates.append(len(part) / (time.process_time() - start))
    beside = f"the {len(said) // 2:,} before them, with the patterns compiled meanwhile: {rates[0]:,.0f}"
    return [Figure("real sentences read per second of the processor", rates[1], "sentences/s", REAL_TARGET, beside=beside)]


def measure() -> list[Figure]:
    found = real()
    with tempfile.TemporaryDirectory() as folder:
        environment = compiling({**os.environ, "SYNGRAPH_CACHE": folder, "XDG_CACHE_HOME": folder}, folder)
        load = "from syngraph.grammar.parse import read; read('The Tenant shall pay EUR 5.')"
        first = run([PYTHON, "-c", load], environment)
        again = fastest([PYTHON, "-c", load], environment, times=3)
    from syngraph.grammar.parse import read

    texts = sentences.some(COUNT * TIMES)
    read(texts[0])
    unread = 0
    taken: list[tuple[float, float]] = []
    for part in range(TIMES):
        some = texts[part * COUNT : (part + 1) * COUNT]
        start, processor = time.perf_counter(), time.process_time()
        unread += sum(1 for text in some for sentence in read(text) if not sentence.rules)
        taken.append((time.perf_counter() - start, time.process_time() - processor))
    wall, processor = min(one for one, _ in taken), min(one for _, one in taken)
    split = best(lambda: [text.split() for text in texts[:COUNT]])
    beside = f"CPU {COUNT / processor:,.0f}; {unread} of {len(texts)} unread, {wall / split:,.0f} x splitting into words"
    process = f"CPU {again.processor * 1000:.0f} ms; first run {told(first)}"
    return [
        Figure("short sentences read per second", COUNT / wall, "sentences/s", beside=beside),
        *found,
        Figure("process that reads one sentence", again.wall * 1000, "ms", beside=process),
    ]
