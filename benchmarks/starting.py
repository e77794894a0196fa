"""`syngraph --help`: processor time over a bare Python."""

from benchmarks.figure import PYTHON, Figure, fastest

TARGET = 60


def measure() -> list[Figure]:
    bare = fastest([PYTHON, "-c", "pass"], times=15)
    click = fastest([PYTHON, "-c", "import click"], times=15)
    ours = fastest([PYTHON, "-m", "syngraph.cli", "--help"], times=15)
    over = (ours.processor - bare.processor) * 1000
    beside = f"bare Python {bare.processor * 1000:.0f} ms, with click {click.processor * 1000:.0f} ms"
    return [Figure("syngraph --help, CPU over bare Python", over, "ms", TARGET, most=True, beside=beside)]
