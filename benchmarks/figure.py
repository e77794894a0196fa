"""One measured figure and how it is printed."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured. `target` is a bound: at least, or with `most` at most; None where nothing was promised.

    `beside` is what else was measured in the same run, for comparison.
    """

    name: str
    value: float
    unit: str
    target: float | None = None
    most: bool = False
    beside: str = ""

    @property
    def met(self) -> bool:
        return self.target is None or (self.value <= self.target if self.most else self.value >= self.target)


def line(figure: Figure) -> str:
    """The figure in one line."""
    value = f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:,.1f}"
    bound = "" if figure.target is None else f"{'<=' if figure.most else '>='} {figure.target:,.0f}"
    verdict = "" if figure.target is None else ("met" if figure.met else "MISSED")
    return f"{figure.name:<58} {value:>9} {figure.unit:<12} {bound:<9} {verdict:<7} {figure.beside}".rstrip()


def best(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs in seconds: what the machine can do when nobody else wants it."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


@dataclass(frozen=True, slots=True)
class Run:
    """A process that ended: wall-clock and processor seconds."""

    wall: float
    processor: float


def run(command: Sequence[str], environment: dict[str, str] | None = None, codes: tuple[int, ...] = (0,)) -> Run:
    """Runs a process to its end. Raises: RuntimeError when its exit code is none of `codes`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, check=False, cwd=ROOT)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in codes:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()[-400:]}")
    return Run(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def fastest(
    command: Sequence[str], environment: dict[str, str] | None = None, times: int = 7, codes: tuple[int, ...] = (0,)
) -> Run:
    """The best of several runs, wall-clock and processor each by itself."""
    runs = [run(command, environment, codes) for _ in range(times)]
    return Run(min(one.wall for one in runs), min(one.processor for one in runs))


def told(run: Run) -> str:
    """Both times of a run, for people."""
    return f"{run.wall * 1000:.0f} ms (CPU {run.processor * 1000:.0f})"


def compiling(environment: dict[str, str], folder: str) -> dict[str, str]:
    """The environment, such that Python keeps what it compiles, in a folder of its own: an installation has it compiled."""
    kept = {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}


PYTHON = sys.executable
