"""`syngraph --help`: processor time over a bare Python."""

import os
import tempfile

from benchmarks.figure import PYTHON, Figure, compiling, fastest, told

TARGET = 60


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        environment = compiling({**os.environ}, folder)
        bare = fastest([PYTHON, "-c", "pass"], environment, times=15)
        click = fastest([PYTHON, "-c", "import click"], environment, times=15)
        ours = fastest([PYTHON, "-m", "syngraph.cli", "--help"], environment, times=15)
    over = (ours.processor - bare.processor) * 1000
    beside = f"wall {ours.wall * 1000:.0f} ms; bare Python {told(bare)}, with click {told(click)}"
    return [Figure("syngraph --help, CPU over bare Python", over, "ms", TARGET, most=True, beside=beside)]
