"""Short sentences read per second, on one core, without any cache; and what loading the grammar takes."""

import os
import tempfile
import time

from benchmarks import sentences
from benchmarks.figure import PYTHON, Figure, best, fastest, run

TARGET = 4000
COUNT = 4000


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SYNGRAPH_CACHE": folder, "XDG_CACHE_HOME": folder}
        load = "from syngraph.grammar.parse import read; read('The Tenant shall pay EUR 5.')"
        first = run([PYTHON, "-c", load], environment)
        again = fastest([PYTHON, "-c", load], environment, times=3)
    from syngraph.grammar.parse import read

    texts = sentences.some(COUNT)
    read(texts[0])
    start = time.perf_counter()
    unread = sum(1 for text in texts for sentence in read(text) if not sentence.rules)
    taken = time.perf_counter() - start
    split = best(lambda: [text.split() for text in texts])
    beside = f"{unread} of {COUNT} unread, {taken / split:,.0f} x splitting into words"
    return [
        Figure("short sentences read per second, cold", COUNT / taken, "sentences/s", TARGET, beside=beside),
        Figure("process that reads one sentence", again.wall * 1000, "ms", beside=f"first run {first.wall * 1000:.0f} ms"),
    ]
