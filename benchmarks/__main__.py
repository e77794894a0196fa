"""`python -m benchmarks [NAME ...]`: prints every figure, or those of the modules named.

The exit code is 1 when a target is missed, so that a slower syngraph is noticed. Where somebody else uses the machine too, the
processor times beside the figures say more."""

import platform
import sys
from importlib import import_module

from benchmarks.figure import line

MEASURES = (
    "reading",
    "rereading",
    "judging",
    "starting",
    "checking",
    "signatures",
    "verifying",
    "merge",
    "proportion",
    "stores",
)
ASKED = ("peers",)
"""Measured when they are named: they need programs of others."""


def main(names: list[str]) -> int:
    unknown = set(names) - {*MEASURES, *ASKED}
    if unknown:
        print(f"no measure {', '.join(sorted(unknown))}; there are {', '.join((*MEASURES, *ASKED))}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()} on {platform.machine()}, one core")
    met = True
    for name in names or MEASURES:
        for figure in import_module(f"benchmarks.{name}").measure():
            print(line(figure), flush=True)
            met = met and figure.met
    print("every target met" if met else "some targets MISSED")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
