"""Imports run one way, and nothing below the command line looks at the world by itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Each room with the rooms that it may import besides itself.
ROOMS = {
    "grammar": set(),
    "library": {"grammar"},
    "engine": {"grammar", "library"},
    "cli": {"grammar", "library", "engine"},
}

# Each wing of the engine with the wings that it may import besides itself.
WINGS = {
    "text": set(),
    "norms": {"text"},
    "governance": {"text", "norms"},
    "disputes": {"text", "norms", "governance"},
    "documents": {"text", "norms"},
    "cache": set(),
    "encoding": {"text"},
    "layout": {"encoding", "text"},
    "reading": {"cache", "encoding", "layout", "text"},
    "coverage": {"reading", "text"},
    "piecewise": {"cache", "coverage", "encoding", "reading", "text"},
    "kept": {"cache", "encoding", "reading", "text"},
    "history": {"cache", "encoding", "text"},
    "recalled": {"cache", "encoding", "text", "norms", "governance"},
    "ruling": {"text", "governance", "disputes"},
    "walking": {"cache", "reading", "text", "governance", "ruling"},
    "verify": {"cache", "text", "governance", "walking"},
    "enacting": {"verify", "text", "governance"},
    "attesting": {"cache", "text", "norms", "verify"},
    "disputing": {"cache", "text", "norms", "governance", "disputes", "verify"},
    "session": {"norms"},
    "agreement": {
        "text",
        "norms",
        "governance",
        "documents",
        "cache",
        "encoding",
        "reading",
        "coverage",
        "piecewise",
        "kept",
        "layout",
        "history",
        "recalled",
        "attesting",
        "disputing",
        "verify",
        "session",
    },
    "foreign": {"agreement", "cache", "norms", "text"},
}

# The rooms of the wing of norms, each with what may be imported from those before it only.
NORMS = ("words", "days", "sums", "told", "said", "life", "lasting", "acts", "folded", "judged", "analysis")

# What tells the time, the place or the terminal: as an imported module, as a name called, as an attribute read.
WORLDLY_MODULES = {
    *("click", "getpass", "locale", "logging", "platformdirs", "random", "readline", "rich", "secrets"),
    *("shutil", "signal", "socket", "subprocess", "tempfile", "termios", "time", "tty", "urllib"),
}
WORLDLY_NAMES = {"print", "input", "breakpoint", "getenv", "environ", "getcwd", "stdout", "stderr", "stdin", "argv"}
WORLDLY_CALLS = {"today", "now", "utcnow"}
"""Harmless as the name of a field, a glance at the clock when called."""
WORLDLY_ATTRIBUTES = {
    *("localtime", "monotonic", "perf_counter"),
    *("environ", "getenv", "putenv", "getcwd", "chdir", "cwd", "home", "expanduser"),
    *("stdout", "stderr", "stdin", "argv", "isatty", "get_terminal_size", "uuid1", "uuid4", "urandom"),
}


def modules(room: str) -> Iterator[Path]:
    return (ROOT / room).rglob("*.py")


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module a file imports (also inside functions), with its line; `from a import b` gives `a` and `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield module, node.lineno
            yield from ((f"{module}.{alias.name}", node.lineno) for alias in node.names)


def crossings(room: str, tree: ast.AST) -> list[str]:
    """Imports in a module of `room` that go against the direction."""
    found = []
    for name, line in imported(tree):
        if name.startswith("."):
            found.append(f"{line}: relative import {name}")
        parts = name.split(".")
        if parts[0] in ROOMS:
            found.append(f"{line}: {name} is imported without `syngraph.`")
        if parts[0] == "syngraph" and len(parts) > 1 and parts[1] in ROOMS and parts[1] not in ROOMS[room] | {room}:
            found.append(f"{line}: {room} imports {name}")
    return found


def wing_crossings(wing: str, tree: ast.AST) -> list[str]:
    """Imports in a module of a wing of the engine that go against the direction."""
    found = []
    for name, line in imported(tree):
        parts = name.split(".")
        if parts[:2] == ["syngraph", "engine"] and len(parts) > 2 and parts[2] not in WINGS[wing] | {wing}:
            found.append(f"{line}: {wing} imports {name}")
    return found


def private(tree: ast.AST) -> list[str]:
    """Where a module uses a name that another module keeps for itself: `from syngraph.x import _y`, `x._y` of a module x."""
    found, named = [], set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "syngraph":
            found += [f"{node.lineno}: {node.module}.{each.name}" for each in node.names if _hidden(each.name)]
            # A class or a constant may be among them; its private names are nobody else's either.
            named |= {each.asname or each.name for each in node.names}
        elif isinstance(node, ast.Import):
            named |= {each.asname for each in node.names if each.asname and each.name.startswith("syngraph.")}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _hidden(node.attr):
            if isinstance(node.value, ast.Name) and node.value.id in named:
                found.append(f"{node.lineno}: {node.value.id}.{node.attr}")
            elif ast.unparse(node).startswith("syngraph."):
                found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


def _hidden(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def glances(tree: ast.AST) -> list[str]:
    """Where a module looks at the clock, the environment or the terminal."""
    found = [f"{line}: import {name}" for name, line in imported(tree) if name.split(".")[0] in WORLDLY_MODULES]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in {"os", "sys"}:
            found += [f"{node.lineno}: {alias.name}" for alias in node.names if alias.name in WORLDLY_NAMES]
        elif isinstance(node, ast.Name) and node.id in {"print", "input", "breakpoint"}:
            found.append(f"{node.lineno}: {node.id}")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WORLDLY_CALLS:
            found.append(f"{node.lineno}: .{node.func.attr}()")
        elif isinstance(node, ast.Attribute) and node.attr in WORLDLY_ATTRIBUTES and not isinstance(node.ctx, ast.Store):
            found.append(f"{node.lineno}: .{node.attr}")
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_one_way(room: str) -> None:
    faults = [f"{path.relative_to(ROOT)}:{fault}" for path in modules(room) for fault in crossings(room, parse(path))]
    assert faults == []


def test_wings_of_the_engine_import_only_those_above_them() -> None:
    faults = []
    for path in modules("engine"):
        wing = path.relative_to(ROOT / "engine").parts[0].removesuffix(".py")
        if wing != "__init__":
            assert wing in WINGS, f"{wing} is a wing of the engine that this test does not know"
            faults += [f"{path.relative_to(ROOT)}:{fault}" for fault in wing_crossings(wing, parse(path))]
    assert faults == []


def rooms_crossed(room: str, tree: ast.AST) -> list[str]:
    """Imports in a module of a room of norms from a room after it."""
    after = NORMS[NORMS.index(room) + 1 :]
    return [
        f"{line}: {room} imports {name}"
        for name, line in imported(tree)
        if name.split(".")[:3] == ["syngraph", "engine", "norms"] and len(name.split(".")) > 3 and name.split(".")[3] in after
    ]


def test_rooms_of_norms_import_only_those_before_them() -> None:
    faults = []
    for path in modules("engine/norms"):
        room = path.relative_to(ROOT / "engine/norms").parts[0]
        if room != "__init__.py":
            assert room in NORMS, f"{room} is a room of norms that this test does not know"
            faults += [f"{path.relative_to(ROOT)}:{fault}" for fault in rooms_crossed(room, parse(path))]
    assert faults == []


# A template from a repository is set in a process of its own: the one place below the command line that starts one.
ALLOWED = {("engine/documents/sandbox.py", glance) for glance in ("import subprocess", ".stdout", ".stderr")}


@pytest.mark.parametrize("room", ["grammar", "library", "engine"])
def test_nothing_below_the_command_line_looks_at_the_world(room: str) -> None:
    seen = [(path.relative_to(ROOT).as_posix(), glance) for path in modules(room) for glance in glances(parse(path))]
    assert [f"{name}:{glance}" for name, glance in seen if (name, glance.split(": ", 1)[-1]) not in ALLOWED] == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_module_uses_what_another_keeps_for_itself(room: str) -> None:
    assert [f"{path.relative_to(ROOT)}:{fault}" for path in modules(room) for fault in private(parse(path))] == []


# The checks themselves can fail.


@pytest.mark.parametrize(
    "source",
    [
        "from syngraph.grammar.saying.phrasing import _join",
        "from syngraph.grammar.saying import phrasing\nphrasing._join()",
        "import syngraph.grammar.saying.phrasing\nsyngraph.grammar.saying.phrasing._join()",
        "import syngraph.grammar.saying.phrasing as said\nsaid._join()",
        "from syngraph.engine.agreement import Agreement\nAgreement._read",
    ],
)
def test_the_use_of_a_private_name_is_seen(source: str) -> None:
    assert private(ast.parse(source)) != []


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("grammar", "from syngraph.engine.text import store"),
        ("grammar", "import syngraph.library"),
        ("engine", "def f():\n    from syngraph.cli.main import main"),
        ("library", "from syngraph import engine"),
        ("engine", "from ..grammar import span"),
        ("cli", "import engine.text"),
    ],
)
def test_an_import_against_the_direction_is_seen(room: str, source: str) -> None:
    assert crossings(room, ast.parse(source)) != []


@pytest.mark.parametrize(
    ("wing", "source"),
    [
        ("text", "from syngraph.engine.norms import facts"),
        ("norms", "from syngraph.engine import documents"),
        ("documents", "import syngraph.engine.governance.register"),
        ("governance", "from syngraph.engine.agreement import Agreement"),
    ],
)
def test_an_import_up_a_wing_is_seen(wing: str, source: str) -> None:
    assert wing_crossings(wing, ast.parse(source)) != []


def test_an_import_from_a_later_room_of_norms_is_seen() -> None:
    assert rooms_crossed("said", ast.parse("from syngraph.engine.norms.life import state")) != []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date\ndate.today()",
        "import datetime\ndatetime.datetime.now(tz=None)",
        "import os\nos.environ['HOME']",
        "from os import getenv",
        "import sys\nsys.stdout.write('x')",
        "from pathlib import Path\nPath.home()",
        "print('x')",
        "import time",
        "import rich.console",
        "from click import echo",
    ],
)
def test_a_glance_at_the_world_is_seen(source: str) -> None:
    assert glances(ast.parse(source)) != []


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
