"""Files written as one commit of a branch."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.store.objects import Repository
from syngraph.engine.text.store.tree import reason
from syngraph.engine.text.store.writing.author import Author
from syngraph.engine.text.store.writing.disk import alone, durable
from syngraph.engine.text.store.writing.journal import Journal, finish, forget, recovered, save
from syngraph.engine.text.store.writing.references import NOWHERE, expect, lock_of, reference, swap, take
from syngraph.engine.text.store.writing.trees import changed_tree
from syngraph.engine.text.store.writing.worktrees import checked_out, readable

_KINDS = {"commit": 1, "tree": 2, "blob": 3}
Step = Callable[[str], None]


def _nothing(said: str) -> None:
    del said


def commit_files(
    repo: Repository,
    branch: str,
    expected: str | None,
    below: str,
    files: Mapping[str, bytes | None],
    message: str,
    who: Author,
    when: datetime,
    parents_extra: Sequence[str] = (),
    step: Step = _nothing,
    left: Step = _nothing,
) -> str:
    """Commit `files` (paths in the folder `below`; None deletes one) to a branch, and give the new commit's id.

    `expected` is the commit that the branch has to stand at, None when it must not exist yet; then the commit begins with the
    files of the first of `parents_extra`, if there are any. `step` is called with a name before each step of writing, and
    `left` with each path of a work tree that was not brought up to date because the user had edited it.

    Waits for another process that writes to the repository. First finishes what an interrupted one left.

    Raises: Moved when the branch stands elsewhere, Busy when git has it locked, HygieneError, StoreError
    """
    try:
        with alone(repo.common) as room:
            for path in recovered(repo, room):
                left(path)
            expect(repo, branch, expected)
            new = _commit(repo, expected, below, files, message, who.at(when), parents_extra, step)
            line = f"{expected or NOWHERE} {new} {who.at(when).decode()}\t{_told(message, expected, parents_extra)}\n"
            journal = Journal(branch, expected, new, below, line)
            step("journal")
            save(room, journal)
            try:
                mark = durable(room / "mark", journal.mark)
                for tree in checked_out(repo, branch):
                    if tree.top is not None:
                        step("index lock")
                        take(lock_of(tree.index), mark)
                        readable(tree, room)
                step("lock")
                take(lock_of(reference(repo, branch)), mark)
                step("swap")
                swap(repo, branch, expected, new)
            except BaseException:
                if repo.branch(branch) != new:
                    forget(repo, room, journal)
                raise
            for path in finish(repo, room, journal, step):
                left(path)
            return new
    except OSError as error:
        raise StoreError(
            f"a repository that cannot be written ({reason(error)})",
            "a writable one",
            "check its permissions and the room on the disk",
            path=str(repo.path),
        ) from None


def _commit(
    repo: Repository,
    expected: str | None,
    below: str,
    files: Mapping[str, bytes | None],
    message: str,
    who: bytes,
    parents_extra: Sequence[str],
    step: Step,
) -> str:
    def write(kind: str, content: bytes) -> str:
        step(kind)
        return str(repo.handle.write(_KINDS[kind], content))

    _be_durable()
    parents = [*([expected] if expected else ()), *parents_extra]
    trees = [repo.commit(parent).tree for parent in parents]
    tree = changed_tree(repo, trees[0] if trees else None, below, files, write)
    lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
    said = "\n".join(line.rstrip() for line in message.strip().split("\n"))
    try:
        text = said.encode()
    except UnicodeEncodeError:
        text = b""
    if not text or b"\0" in text:
        raise StoreError("a message that is empty or no text", "what the commit does", "say it in a line")
    return write("commit", b"\n".join([*map(str.encode, lines), b"author " + who, b"committer " + who, b"", text, b""]))


def _told(message: str, expected: str | None, parents_extra: Sequence[str]) -> str:
    kind = " (initial)" if expected is None and not parents_extra else " (merge)" if expected and parents_extra else ""
    subject = " ".join(message.strip().partition("\n")[0].split())
    return f"commit{kind}: {subject}"


def _be_durable() -> None:
    """Have git's library put every object on the disk before it says that it is written. Holds for the whole process."""
    import pygit2

    pygit2.option(pygit2.enums.Option.ENABLE_FSYNC_GITDIR, True)
