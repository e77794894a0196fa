"""A three-way merge of an agreement of 200 files by clause, beside `git merge-file` over the same files."""

import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.figure import Figure, best
from syngraph.engine.governance.merging import Merged, merge
from syngraph.engine.text.store import Tree, overlay, tree_of

TARGET = 3
FILES, SECTIONS = 200, 12


def text(number: int, fee: int, days: int, first: int) -> str:
    """An object of a few pages, with fields in its front matter."""
    front = f"---\ntitle: Part {number}\nfields:\n  Fee: EUR {fee}\n  Days: {days} days\n  Parties: Members\n---\n\n"
    duty = "Each Member shall return the tools of shelf {0} to the Treasurer\nwithin {{Days}} of {1} loan, and pay {{Fee}}."
    care = (
        "The Treasurer shall keep a list of the tools that were returned late, and may\nwaive a fee where nobody is at fault."
    )
    said = (
        f"# Section {index} {{#s{number}-{index}}}\n\n{duty.format(index, 'the first' if index == first else 'each')}\n\n{care}"
        for index in range(SECTIONS)
    )
    return front + "\n\n".join(said) + "\n"


def sides() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """What both came from, ours and theirs: every file is changed on both sides, in other clauses far apart."""
    base, ours, theirs = (
        {f"parts/{number:03}.md": text(number, fee, 14, first) for number in range(FILES)}
        for fee, first in ((60, -1), (75, -1), (60, SECTIONS - 1))
    )
    return base, ours, theirs


def by_git(folder: Path, files: list[str]) -> float:
    start = time.perf_counter()
    for path in files:
        command = ["git", "merge-file", "-q", "-p", *(str(folder / side / path) for side in ("ours", "base", "theirs"))]
        done = subprocess.run(command, capture_output=True, check=True)
        (folder / "merged" / path).write_bytes(done.stdout)
    return time.perf_counter() - start


def measure() -> list[Figure]:
    base, ours, theirs = sides()
    trees: list[Tree] = [tree_of({path: content.encode() for path, content in files.items()}) for files in (base, ours, theirs)]

    def by_clause() -> Merged:
        outcome = merge(*trees)
        if not isinstance(outcome, Merged):
            raise RuntimeError(f"not merged: {outcome.conflicts[0]}")
        return outcome

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for side, files in (("base", base), ("ours", ours), ("theirs", theirs), ("merged", base)):
            for path, content in files.items():
                (folder / side / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / side / path).write_text(content)
        git = min(by_git(folder, sorted(base)) for _ in range(2))
        merged = overlay(trees[1], by_clause().files)
        if any(merged.read(path) != (folder / "merged" / path).read_bytes() for path in base):
            raise RuntimeError("git and the merge by clause disagree where nothing is in conflict")
    taken = best(by_clause)
    beside = f"{taken * 1000:.0f} ms; git merge-file, a process for each file, {git * 1000:.0f} ms"
    return [
        Figure(f"merge of {FILES} files by clause, over git merge-file", taken / git, "times", TARGET, most=True, beside=beside)
    ]
