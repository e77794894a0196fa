"""`make fuzz`: broken sentences, documents, statements and manifests for as many seconds of the processor as one likes.

    python tests/fuzz/fuzz.py SECONDS [TARGET ...] [--seed N] [--log FOLDER]

Each finding is printed and kept in a file of the folder, `build/fuzz` by default, with the text that showed it as a literal of
Python. `log` there has a line for each minute with the seconds of the processor that it took, `--sum` adds them up. A text
that was found and mended goes into tests/fuzz/found.jsonl, from where every run of the tests reads it again.
"""

import argparse
import json
import signal
import sys
import time
import traceback
from hashlib import sha256
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from mutations import drawn, keyed, mutated
from targets import TARGETS

MINUTE = 60.0
HANGS = 20.0
"""Seconds of the processor after which a text counts as one that is read for ever."""


class HangError(Exception):
    """A text that takes too long."""


def tried(name: str, text: str) -> str:
    """What a target says of a text: "" when all promises are kept, else what was not, with where."""
    signal.setitimer(signal.ITIMER_PROF, HANGS)
    try:
        TARGETS[name](text)
    except HangError:
        return f"hangs at {traceback.extract_tb(sys.exc_info()[2])[-2:]}"
    except Exception as error:  # whatever comes is what is looked for
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return ""


def made(name: str, random: Random) -> str:
    """A text for a target."""
    whole = name in ("document", "facts", "manifest")
    text = mutated(drawn(random, whole), random)
    return keyed(text, random) if name == "manifest" or (name == "document" and random.random() < 0.2) else text


def shortened(name: str, text: str, said: str) -> str:
    """A shorter text of which the target says the same, as far as that is quickly found."""
    kind = said.partition(":")[0]
    size = max(1, len(text) // 2)
    until = time.process_time() + 20
    while size and time.process_time() < until:
        for at in range(0, len(text), size):
            less = text[:at] + text[at + size :]
            if less and tried(name, less).partition(":")[0] == kind:
                text = less
                break
        else:
            size //= 2
    return text


def fuzz(seconds: float, names: list[str], seed: int, folder: Path) -> int:
    """Tries texts until the processor has worked for so long; how many findings there were, each of another kind."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(seed)
    met: set[str] = set()
    begun = minute = time.process_time()
    runs = 0
    while (now := time.process_time()) - begun < seconds:
        if now - minute >= MINUTE:
            _noted(folder, seed, runs, now - minute, len(met))
            minute, runs = now, 0
        name = random.choice(names)
        text = made(name, random)
        runs += 1
        said = tried(name, text)
        where = f"{name} {said.rpartition(' (')[2] or said[:40]} {said[:24]}"
        if not said or where in met:
            continue
        met.add(where)
        least = shortened(name, text, said)
        said = tried(name, least) or said
        print(f"{name}: {said}\n    {least!r}", flush=True)
        digest = sha256(f"{name}{least}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
        (folder / f"{name}-{digest}.txt").write_text(f"{json.dumps([name, least])}\n{said}\nseed {seed}\n{text!r}\n")
    _noted(folder, seed, runs, time.process_time() - minute, len(met))
    return len(met)


def _noted(folder: Path, seed: int, runs: int, spent: float, found: int) -> None:
    with (folder / "log").open("a") as log:
        line = {"at": time.strftime("%Y-%m-%d %H:%M:%S"), "seed": seed, "runs": runs, "cpu": round(spent, 1), "found": found}
        log.write(json.dumps(line) + "\n")


def total(folder: Path) -> str:
    """All minutes of a folder, added up."""
    lines = [json.loads(line) for line in (folder / "log").read_text().splitlines()]
    spent, runs = sum(line["cpu"] for line in lines), sum(line["runs"] for line in lines)
    return f"{spent:.0f} seconds of the processor, {runs:,} texts, {len(list(folder.glob('*-*.txt')))} findings"


def over(number: int, frame: object) -> None:
    """What the clock does with a text that takes too long."""
    raise HangError


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seconds", type=float, nargs="?", default=60)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []])
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--log", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--sum", action="store_true")
    asked = parser.parse_args()
    if asked.sum:
        print(total(asked.log))
        return 0
    signal.signal(signal.SIGPROF, over)
    found = fuzz(asked.seconds, asked.targets or list(TARGETS), asked.seed, asked.log)
    print(f"{found} findings; {total(asked.log)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
