"""Where lines of commits parted, and branches by their names."""

from pathlib import Path

import pygit2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syngraph.engine.text.store import Repository, StoreError, open_repository
from syngraph.engine.text.store.ancestry import bases, commit_named, current

PARENTS = st.lists(st.sets(st.integers(0, 9), max_size=3), min_size=2, max_size=10)
SECONDS = st.lists(st.integers(0, 3), min_size=10, max_size=10)


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    path = tmp_path_factory.mktemp("ancestry")
    pygit2.init_repository(str(path), initial_head="main")
    return open_repository(path)[0]


def commit(repo: Repository, parents: list[str], number: int, seconds: int) -> str:
    who = pygit2.Signature("x", "x@example.org", 1_000_000 + seconds, 0)
    tree = repo.handle.TreeBuilder().write()
    return str(repo.handle.create_commit(None, who, who, str(number), tree, [pygit2.Oid(hex=oid) for oid in parents]))


@given(PARENTS, SECONDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_bases_are_the_latest_common_commits_whatever_the_clocks_said(
    repo: Repository, parents: list[set[int]], seconds: list[int]
) -> None:
    oids: list[str] = []
    behind: dict[str, set[str]] = {}
    for number, wanted in enumerate(parents):
        chosen = [oids[index] for index in sorted(wanted) if index < number]
        oid = commit(repo, chosen, number, seconds[number])
        oids.append(oid)
        behind[oid] = {oid}.union(*(behind[parent] for parent in chosen))
    for one, other in ((oids[-1], oids[-2]), (oids[0], oids[-1]), (oids[-1], oids[-1])):
        common = behind[one] & behind[other]
        best = {oid for oid in common if not any(oid != later and oid in behind[later] for later in common)}
        assert set(bases(repo, one, other)) == best
        assert set(bases(repo, other, one)) == best


def test_a_long_history_is_no_trouble(repo: Repository) -> None:
    oid = start = commit(repo, [], 0, 0)
    for number in range(1, 1_500):
        oid = commit(repo, [oid], number, number)
    side = commit(repo, [start], -1, 1)
    assert bases(repo, oid, side) == (start,)


def test_a_commit_by_its_names(repo: Repository) -> None:
    oid = commit(repo, [], 7, 7)
    repo.handle.references.create("refs/heads/draft/one", oid, force=True)
    assert commit_named(repo, "draft/one") == commit_named(repo, oid[:12]) == commit_named(repo, "refs/heads/draft/one") == oid
    for name in ("draft/two", "", "HEAD~999", "@{-1}", "a\nb", "\udcff", "draft/one:x", "--all"):
        with pytest.raises(StoreError, match="no branch"):
            commit_named(repo, name)


def test_the_branch_that_is_checked_out(repo: Repository) -> None:
    assert current(repo) == "main"
    oid = commit(repo, [], 8, 8)
    repo.handle.set_head(pygit2.Oid(hex=oid))
    assert current(repo) is None
    repo.handle.set_head("refs/heads/main")


def test_a_repository_without_its_head(tmp_path: Path) -> None:
    pygit2.init_repository(str(tmp_path))
    found = open_repository(tmp_path)[0]
    (tmp_path / ".git" / "HEAD").unlink()
    with pytest.raises(StoreError, match="HEAD"):
        current(found)
