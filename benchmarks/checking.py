"""`syngraph check examples/riverside`: wall-clock time, first and warm."""

import os
import tempfile

from benchmarks.figure import PYTHON, Figure, compiling, fastest, run, told

TARGET = 400


def measure() -> list[Figure]:
    command = [PYTHON, "-m", "syngraph.cli", "check", "examples/riverside", "--at", "2026-12-31", "--json"]
    with tempfile.TemporaryDirectory() as folder:
        environment = compiling({**os.environ, "SYNGRAPH_CACHE": folder}, folder)
        first = run(command, environment, codes=(0, 1))
        warm = fastest(command, environment, times=15, codes=(0, 1))
        bare = fastest([PYTHON, "-c", "pass"], environment)
    beside = f"CPU {warm.processor * 1000:.0f} ms; first run {told(first)}, bare Python {told(bare)}"
    return [Figure("syngraph check examples/riverside, warm", warm.wall * 1000, "ms", TARGET, most=True, beside=beside)]
