"""Takes away one guard after the other, and sees to it that the tests of the attack then fail.

`python tests/attacks/mutations.py` (or `make mutations`) works on copies of the source in a temporary folder, two at a time,
and writes the table in README.md; with words it tries what has one of them, with `--new` what the table does not have yet. A
test that passes without the guard would be one that guards nothing.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
README = HERE / "README.md"
SOURCE = ("src", "cli", "engine", "grammar", "library", "examples", "docs/checks", "tests/attacks", "tests/conftest.py")
CHAIN, STORE, TEXT = "engine/governance/chain", "engine/text/store", "engine/text"


@dataclass(frozen=True)
class Mutation:
    """One guard: where it stands (`old`, once in `file`), and what stands there when it is gone (`new`).

    `also` are further ones, any of which would be enough, that go with it.
    """

    attack: str
    module: str
    tests: list[str]
    file: str
    old: str
    new: str
    also: list[dict[str, str]] = field(default_factory=list)

    @property
    def places(self) -> list[tuple[str, str, str]]:
        """File, old and new of all guards that go."""
        return [(self.file, self.old, self.new), *((each["file"], each["old"], each["new"]) for each in self.also)]

    @property
    def names(self) -> tuple[str, ...]:
        """The tests as `votes::equivocation`."""
        return tuple(f"{self.module}::{name}" for name in self.tests)


MUTATIONS = tuple(Mutation(**said) for said in tomllib.loads((HERE / "guards.toml").read_text(encoding="utf-8"))["guard"])


def tests() -> set[str]:
    """Every test of the folder, as `votes::equivocation`."""
    return {
        f"{file.stem.removeprefix('test_')}::{node.name.removeprefix('test_')}"
        for file in sorted(HERE.glob("test_*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def without_mutation() -> list[str]:
    """The tests that no mutation is for: they measure time, or guard this folder itself."""
    return sorted(tests() - {name for mutation in MUTATIONS for name in mutation.names})


# -- running them ------------------------------------------------------------------------------------------------------


def copied(where: Path) -> Path:
    """A copy of the source and of these tests."""
    for part in SOURCE:
        source, target = ROOT / part, where / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    for name in ("pyproject.toml", "tests/village.py"):
        shutil.copy(ROOT / name, where / name)
    return where


def survivors(root: Path, mutation: Mutation) -> list[str]:
    """The tests of a mutation that pass in a copy of the source with the guard taken away."""
    before = {file: (root / file).read_text(encoding="utf-8") for file, _, _ in mutation.places}
    for file, old, new in mutation.places:
        text = (root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old)
        _write(root / file, text.replace(old, new))
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "--tb=no",
                "-rf",
                "-p",
                "no:cacheprovider",
                "--rootdir",
                str(root),
                *_paths(mutation.names),
            ],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root / "src"), "SYNGRAPH_STATE": "off"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    finally:
        for file, text in before.items():
            _write(root / file, text)
    failed = {f"{name}::{test}" for name, test in re.findall(r"FAILED tests/attacks/test_(\w+)\.py::test_(\w+)", done.stdout)}
    if done.returncode not in (0, 1):
        raise SystemExit(f"{mutation}: pytest could not run:\n{done.stdout[-3000:]}{done.stderr[-2000:]}")
    return [name for name in mutation.names if name not in failed]


def _paths(names: tuple[str, ...]) -> list[str]:
    return [f"tests/attacks/test_{name.replace('::', '.py::test_')}" for name in names]


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        compiled.unlink()


def guarded(mutation: Mutation) -> str:
    """The row of a mutation in the table, but for what came of it."""
    guards = [f"`{file}`: `{' '.join(old.split())}`".replace("|", r"\|") for file, old, _ in mutation.places]
    named = "<br>".join(f"`{name}`" for name in mutation.names)
    return f"| {mutation.attack} | {named} | {'<br>'.join(guards)}"


def table(alive: dict[str, list[str]]) -> str:
    """The page that says which test stands for which attack, and by which guard; `alive` are what survived, by row."""
    lines = [
        "# Attacks",
        "",
        "Each attack with the tests that it has to fail against, and the guard that makes it fail. `make mutations` takes each",
        "guard away, in a copy of the source, sees to it that the tests then fail, and writes this page.",
        "",
        "| attack | tests | guard taken away | without it |",
        "| --- | --- | --- | --- |",
    ]
    for row in map(guarded, MUTATIONS):
        left = alive.get(row)
        lines.append(f"{row} | {'not tried' if left is None else 'fail' if not left else '**pass**: ' + ', '.join(left)} |")
    lines += [
        "",
        "Tests without a guard of their own: they measure time, are kept by several guards, or keep this page true.",
        "",
        *(f"- `{name}`" for name in without_mutation()),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Runs the mutations whose attack or test has one of the words given; `--new`: those not on the page; none: all."""
    words = sys.argv[1:]
    page = README.read_text(encoding="utf-8") if README.exists() else ""
    known = {row: list[str]() for row in map(guarded, MUTATIONS) if f"{row} | fail |" in page}
    if words == ["--new"]:
        chosen = [each for each in MUTATIONS if guarded(each) not in known]
    else:
        chosen = [each for each in MUTATIONS if not words or any(word in f"{each.attack} {each.names}" for word in words)]
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        copies: Queue[Path] = Queue()
        for number in range(min(2, len(chosen))):
            copies.put(copied(Path(folder) / str(number)))

        def run(mutation: Mutation) -> list[str]:
            root = copies.get()
            try:
                alive = survivors(root, mutation)
            finally:
                copies.put(root)
            sys.stderr.write(f"{'SURVIVED ' + ', '.join(alive) if alive else 'caught'}: {mutation.attack}\n")
            return alive

        with ThreadPoolExecutor(2) as pool:
            results = list(zip(chosen, pool.map(run, chosen), strict=True))
    README.write_text(table({**known, **{guarded(mutation): alive for mutation, alive in results}}), encoding="utf-8")
    return int(any(alive for _, alive in results))


if __name__ == "__main__":
    raise SystemExit(main())
