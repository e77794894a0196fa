"""The face for library users, over a folder and its history."""

import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from syngraph.engine.agreement import Agreement
from syngraph.engine.cache import Remembering
from syngraph.engine.coverage import Coverage, decoded, encoded
from syngraph.engine.history import Past, Version, versions
from syngraph.engine.text.errors import TextError

MANIFEST = "syngraph: 1\ntitle: Test\nroot: text.md\nregister: register.yaml\ncalendar: {zone: Europe/Lisbon}\nfree: [notes/]\n"
REGISTER = """\
principals:
  - {id: bora, name: Bora Tamm, kind: person, roles: [{role: Tenant}]}
  - {id: carla, name: Carla Mott, kind: person, roles: [{role: Landlord}]}
"""
TEXT = """\
---
title: Test
fields:
  Rent: EUR 100
---

# Rent {#rent}

The Tenant shall pay {Rent} to the Landlord by 31 January of each year.

The flat is sunny. This Agreement takes effect on 1 January 2026.

# Story {#story .prose}

The Tenant shall be happy. The sun is a star.
"""


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 23, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in {"syngraph.yaml": MANIFEST, "register.yaml": REGISTER, "text.md": TEXT}.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def commit(folder: Path, moment: str) -> None:
    dated = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for command in (["init", "--quiet", "-b", "main"], ["add", "."], ["commit", "--quiet", "-m", "change"]):
        subprocess.run([*git, *command], cwd=folder, check=True, capture_output=True, env={**os.environ, **dated})


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "text.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def owed(agreement: Agreement, instant: datetime) -> dict[date | None, str]:
    return {
        verdict.due: f"{verdict.status.value} {verdict.amount_due.amount.to_integral() if verdict.amount_due else 0}"
        for verdict in agreement.check((), instant).verdicts
        if verdict.section == "rent"
    }


def test_a_folder_without_git_has_one_text(folder: Path) -> None:
    assert owed(Agreement.open(folder), at(2026, 2, 1))[date(2026, 1, 31)] == "violated 100"


def test_each_year_is_judged_by_the_text_in_force(folder: Path) -> None:
    commit(folder, "2026-01-01T09:00:00Z")
    change(folder, "EUR 100", "EUR 120")
    commit(folder, "2026-06-01T09:00:00Z")
    found = owed(Agreement.open(folder), at(2027, 2, 1))
    assert (found[date(2026, 1, 31)], found[date(2027, 1, 31)]) == ("violated 100", "violated 120")
    assert owed(Agreement.open(folder, rev="HEAD~1"), at(2027, 2, 1))[date(2027, 1, 31)] == "violated 100"


def test_a_text_that_is_not_committed_governs_from_the_day_it_is_given(folder: Path) -> None:
    commit(folder, "2026-01-01T09:00:00Z")
    change(folder, "EUR 100", "EUR 120")
    agreement = Agreement.open(folder)
    (first, work) = agreement.versions(date(2026, 6, 1))
    assert (first.since, work.since, work.commit) == (None, date(2026, 6, 1), "")
    report = agreement.check((), at(2027, 2, 1), today=date(2026, 6, 1))
    assert [one.amount_due.amount for one in report.violated if one.amount_due] == [100, 120]


def test_coverage_counts_a_duty_that_is_marked_as_prose(folder: Path) -> None:
    assert Agreement.open(folder).coverage == Coverage(binding=3, read=2, definitions=0, prose=2, unread=1, sentences=5)


def test_a_count_comes_back_from_bytes() -> None:
    count = Coverage(5, 4, 3, 2, 1, 9)
    assert decoded(encoded(count)) == count
    for garbled in (b"", b"{}", b"[1,2]", b'["1",2,3,4,5,6]'):
        with pytest.raises(ValueError):
            decoded(garbled)


@pytest.mark.parametrize("path", ["record/fact/a.md", "notes/a.md"])
def test_what_is_not_governed_makes_no_new_text(folder: Path, path: str) -> None:
    before = Agreement.open(folder).digest
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text("On 3 January 2026, Bora paid EUR 100 to Carla.\n", encoding="utf-8")
    assert Agreement.open(folder).digest == before
    (folder / "other.md").write_text("x", encoding="utf-8")
    assert Agreement.open(folder).digest != before


def test_an_object_can_be_opened_by_itself(folder: Path, tmp_path: Path) -> None:
    assert Agreement.open(folder / "text.md").title == "Test"
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "x.md").write_text("# A {#a}\n\nThe Tenant shall pay EUR 5.\n", encoding="utf-8")
    (folder / "syngraph.yaml").unlink()
    assert Agreement.open(alone / "x.md").coverage.read == 1


def test_a_folder_that_is_no_agreement_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TextError, match=r"syngraph\.yaml"):
        Agreement.open(tmp_path)


def test_the_answer_from_a_cache_is_the_answer(folder: Path) -> None:
    commit(folder, "2026-01-01T09:00:00Z")
    change(folder, "EUR 100", "EUR 120")
    commit(folder, "2026-06-01T09:00:00Z")
    cache = Remembering()
    plain, cold, warm = (Agreement.open(folder, cache=each) for each in (None, cache, cache))
    assert plain.clauses == cold.clauses == warm.clauses
    assert plain.rules == cold.rules == warm.rules
    assert plain.coverage == cold.coverage == warm.coverage
    assert plain.headings == cold.headings == warm.headings
    verdicts = [each.check((), at(2027, 2, 1)).verdicts for each in (plain, cold, warm)]
    assert verdicts[0] == verdicts[1] == verdicts[2]


def test_a_garbled_cache_changes_no_answer(folder: Path) -> None:
    cache = Remembering()
    expected = Agreement.open(folder, cache=cache).clauses
    cache.values = dict.fromkeys(cache.values, b'[[0],"garbled"]')
    assert Agreement.open(folder, cache=cache).clauses == expected


def test_every_finding_has_the_line_it_is_in(folder: Path) -> None:
    change(folder, "shall pay {Rent}", "shal pay {Rent}")
    agreement = Agreement.open(folder)
    lines = (folder / "text.md").read_text(encoding="utf-8").split("\n")
    assert agreement.findings
    assert all(one.source == lines[one.place.line - 1] for one in agreement.findings if one.place.path == "text.md")


# -- versions ----------------------------------------------------------------------------------------------------------


def on(moment: str, digest: str) -> Past:
    return Past(f"commit of {moment}", datetime.fromisoformat(moment), digest)


@pytest.mark.parametrize(
    ("commits", "work", "expected"),
    [
        ([], ("a", date(2027, 1, 5)), [("a", None)]),
        ([on("2027-01-01T12:00Z", "a")], ("a", date(2027, 1, 5)), [("a", None)]),
        ([on("2027-01-01T12:00Z", "a")], ("b", date(2027, 1, 5)), [("a", None), ("b", date(2027, 1, 5))]),
        ([on("2027-01-01T12:00Z", "a")], ("b", date(2027, 1, 1)), [("b", None)]),
        # The first day counts as one: its last text governs from the beginning.
        ([on("2027-01-01T12:00Z", "a"), on("2027-01-01T13:00Z", "b")], None, [("b", None)]),
        ([on("2027-01-01T12:00Z", "a"), on("2027-01-03T12:00Z", "b")], None, [("a", None), ("b", date(2027, 1, 3))]),
        # There and back on one day is no change.
        ([on("2027-01-01T12:00Z", "a"), on("2027-01-03T12:00Z", "b"), on("2027-01-03T13:00Z", "a")], None, [("a", None)]),
        # A clock that went back: what came last in the chain governs from its day.
        (
            [on("2027-01-01T12:00Z", "a"), on("2027-01-05T12:00Z", "b"), on("2027-01-03T12:00Z", "c")],
            None,
            [("a", None), ("c", date(2027, 1, 3))],
        ),
        # The day is that of the zone: 23:30 in UTC is the next day in Helsinki.
        ([on("2027-01-01T12:00Z", "a"), on("2027-01-03T23:30Z", "b")], None, [("a", None), ("b", date(2027, 1, 4))]),
    ],
)
def test_which_text_governs_from_when(
    commits: list[Past], work: tuple[str, date] | None, expected: list[tuple[str, date | None]]
) -> None:
    zone = "Europe/Helsinki" if commits and commits[-1].instant.minute == 30 else "UTC"
    found: tuple[Version, ...] = versions(commits, work, zone)
    assert [(version.digest, version.since) for version in found] == expected


def test_a_text_with_a_part_missing_is_not_judged(folder: Path) -> None:
    text = (folder / "text.md").read_text().replace("title: Test\n", "title: Test\ninclude: [gone.md]\n", 1)
    (folder / "text.md").write_text(text)
    agreement = Agreement.open(folder)
    with pytest.raises(TextError) as caught:
        agreement.check((), datetime(2026, 6, 1, tzinfo=UTC))
    assert str(caught.value.place) == "text.md:3:11"
    assert caught.value.source == "include: [gone.md]"


def test_an_error_in_the_register_shows_the_line_it_is_in(folder: Path) -> None:
    (folder / "register.yaml").write_text(REGISTER.replace("role: Tenant", "role: Tenant, since: 2026-02-30"))
    with pytest.raises(TextError) as caught:
        _ = Agreement.open(folder).holdings
    assert "2026-02-30" in caught.value.source


def test_a_founded_agreement_is_verified_and_tallied(village) -> None:
    v = village()
    v.found()
    motion = v.move("ada", v.replaced("EUR 20", "EUR 25"))
    v.vote(motion, "ada", "bora", no=["carla"])
    agreement = Agreement.open(v.path)
    assert [each.kind.value for each in agreement.verify().transitions] == ["Found", *["Record"] * 4]
    counted = agreement.tally(motion[:12])
    assert {who: vote.value for who, vote in counted.cast.items()} == {"ada": "yes", "bora": "yes", "carla": "no"}
    assert counted.tally.outcome.value == "rejected"
    with pytest.raises(KeyError):
        agreement.tally("")
