"""`syngraph check examples/riverside`: wall-clock time, first and warm."""

import os
import tempfile

from benchmarks.figure import PYTHON, Figure, fastest, run

TARGET = 400


def measure() -> list[Figure]:
    command = [PYTHON, "-m", "syngraph.cli", "check", "examples/riverside", "--at", "2026-12-31", "--json"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SYNGRAPH_CACHE": folder}
        first = run(command, environment, codes=(0, 1))
        warm = fastest(command, environment, codes=(0, 1))
    bare = fastest([PYTHON, "-c", "pass"])
    beside = f"first run {first.wall * 1000:.0f} ms, bare Python {bare.wall * 1000:.0f} ms"
    return [Figure("syngraph check examples/riverside, warm", warm.wall * 1000, "ms", TARGET, most=True, beside=beside)]
