"""What is found in the cache is what would be worked out, and what is found there spares the libraries that know it."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from syngraph.engine import recalled
from syngraph.engine.agreement import Agreement
from syngraph.engine.cache import Remembering
from syngraph.engine.norms.days.almanac import LIBRARY
from syngraph.engine.text.manifest import ManifestError

EXAMPLES = Path(__file__).parents[2] / "examples"


def folder(place: Path, manifest: str, register: str = "") -> Path:
    (place / "syngraph.yaml").write_text(manifest, encoding="utf-8")
    (place / "a.md").write_text("The Tenant shall pay EUR 5.\n", encoding="utf-8")
    (place / "register.yaml").write_text(register, encoding="utf-8")
    return place


MANIFEST = """\
syngraph: 1
title: A
root: a.md
register: register.yaml
calendar: {zone: Europe/Lisbon, holidays: PT}
free: [x/]
"""
REGISTER = """\
principals:
  - {id: ada, name: Ada Quill, kind: person, roles: [{role: Tenant, since: 2026-01-01}, {role: Chair}]}
"""


def test_manifest_and_register_are_the_same_from_the_cache(tmp_path: Path) -> None:
    place, cache = folder(tmp_path, MANIFEST, REGISTER), Remembering()
    fresh, first, again = Agreement.open(place), Agreement.open(place, cache=cache), Agreement.open(place, cache=cache)
    assert first.manifest == again.manifest == fresh.manifest
    assert (again.manifest.place, again.manifest.calendar) == (fresh.manifest.place, fresh.manifest.calendar)
    assert first.holdings == again.holdings == fresh.holdings
    assert len(fresh.holdings) == 2


def test_a_change_is_noticed(tmp_path: Path) -> None:
    cache = Remembering()
    assert Agreement.open(folder(tmp_path, MANIFEST, REGISTER), cache=cache).holdings[0].name == "Ada Quill"
    changed = Agreement.open(
        folder(tmp_path, MANIFEST.replace("Lisbon", "Paris"), REGISTER.replace("Quill", "Reed")), cache=cache
    )
    assert (changed.manifest.zone, changed.holdings[0].name) == ("Europe/Paris", "Ada Reed")


@pytest.mark.parametrize("garbage", [b"", b"{}", b"[1]", b'["x"]', b'[["2026-01-01"]]', b"\xff", b"null", b"[[0]]"])
def test_garbage_in_the_cache_changes_nothing(garbage: bytes, tmp_path: Path) -> None:
    place, cache = folder(tmp_path, MANIFEST, REGISTER), Remembering()
    fresh = Agreement.open(place)
    known = Agreement.open(place, cache=cache)
    assert known.holdings == fresh.holdings
    assert recalled.Holidays(cache).days_off("PT", 2026) == LIBRARY.days_off("PT", 2026)
    cache.values = dict.fromkeys(cache.values, garbage)
    again = Agreement.open(place, cache=cache)
    assert (again.manifest, recalled.Holidays(cache).days_off("PT", 2026)) == (fresh.manifest, LIBRARY.days_off("PT", 2026))
    if garbage != b"[[0]]":  # which is a register of nobody
        assert again.holdings == fresh.holdings


def test_holidays_are_those_of_the_library() -> None:
    cache = Remembering()
    for _ in range(2):
        holidays = recalled.Holidays(cache)
        assert date(2026, 4, 25) in holidays.days_off("PT", 2026)
        assert holidays.days_off("US-CA", 2027) == LIBRARY.days_off("US-CA", 2027)
        assert (holidays.code_of("portugal"), holidays.code_of("atlantis")) == ("PT", None)


def test_a_country_that_nobody_knows_is_told_with_its_place(tmp_path: Path) -> None:
    place = folder(tmp_path, MANIFEST.replace("PT", "ZZ"), REGISTER)
    with pytest.raises(ManifestError, match="the country ZZ") as caught:
        _ = Agreement.open(place, cache=Remembering()).calendar
    assert caught.value.place is not None
    assert (str(caught.value.place), caught.value.source) == (
        "syngraph.yaml:5:43",
        "calendar: {zone: Europe/Lisbon, holidays: ZZ}",
    )


def test_a_second_check_loads_neither_yaml_nor_holidays_nor_checks_nor_grammar(tmp_path: Path) -> None:
    script = (
        "import sys; from syngraph.cli.main import run\n"
        f"run(['check', {str(EXAMPLES / 'riverside')!r}, '--at', '2026-12-31'])\n"
        "heavy = ('ruamel', 'holidays', 'dateutil', 'lark', 'markdown_it', 'importlib.metadata', 'rich', 'jinja2',"
        " 'syngraph.engine.text.lint.checks', 'syngraph.grammar.parse')\n"
        "print('loaded:', [name for name in heavy if name in sys.modules])\n"
    )
    environment = {"SYNGRAPH_CACHE": str(tmp_path), "PATH": "", "PYTHONPATH": ":".join(filter(None, sys.path))}
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded: []"
