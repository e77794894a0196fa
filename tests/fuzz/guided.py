"""The same targets led by coverage, where atheris is installed (`pip install atheris`): `make fuzz GUIDED=1`.

python tests/fuzz/guided.py TARGET [SECONDS] [further options of libFuzzer]
"""

import sys
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

import atheris

with atheris.instrument_imports(include=["syngraph.grammar"]):
    from targets import TARGETS

from mutations import drawn, keyed, mutated, seeds


def main() -> None:
    """The command."""
    name, seconds, *further = [*sys.argv[1:], *("sentence", "60")[len(sys.argv) - 1 :]]

    def one(data: bytes) -> None:
        TARGETS[name](data.decode("utf-8", "surrogateescape"))

    def broken(data: bytes, size: int, seed: int) -> bytes:
        random = Random(seed)
        text = data.decode("utf-8", "surrogateescape") or drawn(random, name in ("document", "facts", "manifest"))
        made = keyed(text, random) if name == "manifest" else mutated(text, random)
        return made.encode("utf-8", "surrogatepass")[:size]

    corpus = Path("build/fuzz") / f"guided-{name}"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(seeds()):
        (corpus / f"seed-{number}").write_text(text, encoding="utf-8")
    options = (f"-max_total_time={seconds}", "-max_len=3000", f"-artifact_prefix={corpus.parent}/", *further, str(corpus))
    atheris.Setup([sys.argv[0], *options], one, custom_mutator=broken)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
