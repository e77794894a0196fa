"""The built wheel holds everything, installs in a clean environment and runs from anywhere."""

import json
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = (".py", ".lark", ".j2", ".md", ".yaml", ".css", ".csv", ".typed")

# Each folder of a checkout with its place in the wheel.
PLACES = {
    "grammar": "syngraph/grammar",
    "library": "syngraph/library",
    "engine": "syngraph/engine",
    "cli": "syngraph/cli",
    "examples": "syngraph/examples",
    "docs/checks": "syngraph/checks",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling", reason="the wheel is built with hatchling, which `make test` installs")
    out = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)], cwd=ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own with the wheel; what it depends on comes from the environment of the tests, so no network."""
    place = tmp_path_factory.mktemp("clean")
    venv.create(place, symlinks=True)
    interpreter = place / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(interpreter), "install", "--quiet", "--no-index", "--no-deps"]
    run([*pip, "--disable-pip-version-check", str(wheel)], cwd=place)
    site = Path(run([str(interpreter), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], cwd=place).strip())
    paths = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    (site / "dependencies.pth").write_text("\n".join(paths) + "\n", encoding="utf-8")
    return interpreter


def test_the_wheel_holds_every_file_of_the_rooms(wheel: Path) -> None:
    there = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"{place}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, place in PLACES.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in SHIPPED and "__pycache__" not in path.parts
    }
    assert wanted - there == set()


def test_the_wheel_holds_one_import_name(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"syngraph"}


def test_the_wheel_is_what_is_imported(python: Path, tmp_path: Path) -> None:
    place = run([str(python), "-c", "import syngraph.cli.main; print(syngraph.cli.main.__file__)"], cwd=tmp_path)
    assert Path(place.strip()).is_relative_to(python.parents[1])


def test_the_command_runs_from_anywhere(python: Path, tmp_path: Path) -> None:
    syngraph = python.parent / "syngraph"
    assert run([str(syngraph), "--version"], cwd=tmp_path).startswith("syngraph ")
    report = json.loads(run([str(syngraph), "doctor", "--json"], cwd=tmp_path))
    assert [check for check in report["checks"] if check["status"] == "fault"] == []


def run(command: list[str], cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout
