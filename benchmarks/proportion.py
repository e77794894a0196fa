"""What hostile input costs, and what twice as much of it costs: nothing may grow faster than the input."""

import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise

from benchmarks.figure import Figure
from syngraph.engine.governance.changes import apply, difference, read, wording
from syngraph.engine.governance.merging import merge
from syngraph.engine.governance.statements import MAX_BYTES, parse
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.store import Tree, differences, open_repository, tree_of
from syngraph.engine.text.units import units

TARGET = 3
"""Twice the input takes at most so many times as long: quadratic work takes four times."""

ROUNDS, SPENT = 5, 0.5
"""At least so many rounds, and more until so many seconds were spent: short work is disturbed more easily."""

LEAST = 0.01
"""Seconds that the smaller input is worked at in each round, again and again where once is too short to be measured."""

Work = Callable[[], object]
Made = Callable[[int], Work]
"""What is done with so many pieces; they are made before the clock starts."""

HEAD = f"---\nkind: fact\nlineage: {'a' * 64}\nbase: {'b' * 64}\n"
TREE_OF_NONE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
WHO = "Ada <ada@example.org> 1700000000 +0130"
FILE = b"100644 "


def cut(make: Callable[[int], str]) -> Made:
    """The text is cut into units, past what is remembered of it."""

    def made(count: int) -> Work:
        content = make(count)
        return lambda: units.__wrapped__(content, "a.md")

    return made


def refused(work: Callable[[str], object], make: Callable[[int], str]) -> Made:
    """The input is read, and it makes no difference that it is refused."""

    def made(count: int) -> Work:
        content = make(count)

        def reads() -> None:
            with suppress(TextError):
                work(content)

        return reads

    return made


def of(files: dict[str, str]) -> Tree:
    return tree_of({path: content.encode() for path, content in files.items()})


def three(make: Callable[[int], tuple[dict[str, str], dict[str, str], dict[str, str]]]) -> Made:
    """A merge of what both came from, ours and theirs. Nothing that was cut for one run serves the next."""

    def made(count: int) -> Work:
        trees = [of(files) for files in make(count)]

        def merges() -> None:
            units.cache_clear()
            merge(*trees)

        return merges

    return made


def both_change(shape: str) -> Made:
    """Every third section is changed by one, every third by the other, and each adds a section at an end."""

    def sides(count: int) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
        base, ours, theirs = (
            "".join(shape.format(number, "not so" if number % 3 == side else "so") for number in range(count))
            for side in range(3)
        )
        return {"a.md": base}, {"a.md": ours + "# X {#x}\n"}, {"a.md": "# Y {#y}\n" + theirs}

    return three(sides)


def long_lines(count: int) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    large = "x\n" * count
    return {"a.md": large}, {"a.md": large + "1"}, {"a.md": large + "2"}


def all_move(count: int) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """One moves every clause to another file, the other changes every one."""
    was, changed = ("".join(f"# S {{#s{name}}}\n\n{so}.\n\n" for name in range(count)) for so in ("So", "Not so"))
    rest = "# Rest {#rest}\n\nRest.\n\n"
    return {"a.md": rest + was, "b.md": rest}, {"a.md": rest, "b.md": rest + was}, {"a.md": rest + changed, "b.md": rest}


def all_alike(count: int) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """One renames all files, which are the same to the byte; the other changes one of them."""
    base, ours = ({f"{folder}/{number}.md": "# A {#a}\n" for number in range(count)} for folder in ("old", "new"))
    return base, ours, {**base, "old/7.md": "# A {#a}\n\nMore.\n"}


def all_new(count: int) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """One renames all files and changes them, the other changes them."""
    base, ours = (
        {f"{folder}/{n}.md": f"# A {{#a}}\n\n{n}{end}\n" for n in range(count)} for folder, end in (("old", ""), ("new", "!"))
    )
    return base, ours, {path: content + "\nMore.\n" for path, content in base.items()}


def turned_round(count: int) -> Work:
    """All sections change places and each is followed by a new one: told in words, read and made again."""
    old = of({"a.md": "".join(f"# S {{#s{number}}}\n" for number in range(count))})
    new = of({"a.md": "".join(f"# S {{#s{number}}}\n# T {{#t{number}}}\n" for number in reversed(range(count)))})

    def again() -> None:
        units.cache_clear()
        changes = difference(old, new)
        apply(old, changes)
        read(wording(changes), "m.md")

    return again


def fact(rest: str, body: str = "") -> bytes:
    content = f"{HEAD}{rest}\ndate: 2026-03-14\n---\n{body}".encode()
    if len(content) > MAX_BYTES:
        raise RuntimeError("refused for its size before it is read")
    return content


def statement(make: Callable[[int], tuple[str, str]]) -> Made:
    return refused(lambda content: parse(content.encode(), "x.md"), lambda count: fact(*make(count)).decode())


def large_folder(count: int) -> Work:
    """A folder gets one file more, fifty times over."""
    import pygit2

    kept = tempfile.TemporaryDirectory()
    git = pygit2.init_repository(kept.name, bare=True)
    blob = bytes.fromhex(str(git.write(3, b"text\n")))
    numbers = list(range(0, 2 * count, 2))
    trees = []
    for added in range(-1, 100, 2):
        numbers.extend([added] if added > 0 else [])
        trees.append(str(git.write(2, b"".join(FILE + b"%064d.md\0" % number + blob for number in sorted(numbers)))))
    repository = open_repository(kept.name)[0]

    def compared(held: object = kept) -> None:
        for old, new in pairwise(trees):
            differences(repository, old, new)

    return compared


def commit(make: Callable[[int], str]) -> Made:
    """The commit is read from a repository, past what is remembered of it."""

    def made(count: int) -> Work:
        import pygit2

        kept = tempfile.TemporaryDirectory()
        oid = str(pygit2.init_repository(kept.name, bare=True).write(1, f"tree {TREE_OF_NONE}\nauthor {make(count)}".encode()))

        def reads(held: object = kept) -> None:
            with suppress(TextError):
                open_repository(kept.name)[0].commit(oid)

        return reads

    return made


def cases() -> Iterator[tuple[str, Made, int]]:
    """What is measured: its name, what is done, and the number of pieces of the smaller input.

    Texts of Markdown are longer than those that are kept once they were read: else the second round would cost nothing.
    """
    yield "cut: sections", cut(lambda n: "".join(f"# A {{#a{number}}}\ntext\n" for number in range(n))), 4_000
    yield "cut: sections of one name", cut(lambda n: "# Same\n" * n), 8_000
    yield "cut: lists in lists", cut(lambda n: ("- " * 40 + "x\n") * n), 1_000
    yield "cut: quotes in quotes", cut(lambda n: ("> " * 30 + "\n") * n), 1_000
    yield "cut: lines underlined", cut(lambda n: "x\n---\n" * n), 10_000
    yield "cut: code that opens and closes", cut(lambda n: "```\n" * n), 15_000
    for shown, piece, most in (
        ("-", "-", 200_000),
        ("- ", "- ", 30_000),
        ("#", "#", 200_000),
        ("{#a", "{#a", 65_000),
        ("a tab", "\t", 200_000),
        ("|-", "|-", 100_000),
    ):
        yield f"cut: a line of {shown}", cut(lambda n, piece=piece: f"# A {{#a}}\n# {piece * n}x\n{piece * n} {{#b\n"), most
    yield "merge: sections of one file", both_change("# S {{#s{0}}}\n\nSo {1}.\n\n"), 3_000
    yield "merge: sections without ids", both_change("# S\n\nSo {1}.\n\n"), 4_000
    yield "merge: headings alone", both_change("###### S {{#s{0}}}\n"), 4_000
    yield "merge: lines of a file that is not cut", three(long_lines), 4 * 1024 * 1024 - 8
    yield "merge: clauses that all move and all change", three(all_move), 3_000
    yield "merge: files of one content, renamed", three(all_alike), 1_500
    yield "merge: files all new beside all changed", three(all_new), 200
    yield "changes: sections turned round", turned_round, 1_000
    section, end = "In `a.md`, the section `a` is new, ", ""
    for shown, start, piece, most in (
        ("behind", section, "behind the section `a` is new, ", 4_000),
        ("is new", "In `a.md`, ", "the x is new, behind ", 6_000),
        ("the", "In `a.md`, ", "the ", 30_000),
        ("` the section", "In `", "`, the section `", 7_500),
        ("a (sha256", "In `a.md`, the section `", "a (sha256 ", 12_500),
        ("~", end, "~", 125_000),
        ("~ as the text", section + "at the beginning:\n\n", "~", 125_000),
    ):
        words = refused(lambda content: read(content, "m.md"), lambda n, start=start, piece=piece: start + piece * n)
        yield f"changes: words, {shown} again and again", words, most
    yield "statement: principals", statement(lambda n: (f"principals: {', '.join(map(str, range(n)))}, 0", "")), 15_000
    yield (
        "statement: an accent in a long text",
        statement(lambda n: ("principal: ada", "x" * n + "e\u0301" + "y" * n + "\n")),
        50_000,
    )
    yield "statement: accents on one letter", statement(lambda n: ("principal: ada", "a" + "\u0316\u0301" * n + "\n")), 30_000
    yield "statement: colons", statement(lambda n: (f"principal: ada\ncapacity: {': ' * n}", "")), 50_000
    yield "statement: lines without a key", statement(lambda n: ("x\n" * n, "")), 50_000
    for piece, most in (("committer <", 40_000), ("x y\n", 25_000), (" \n", 200_000), ("parent ", 60_000)):
        yield f"commit: author {piece.strip() or 'of blanks'}", commit(lambda n, piece=piece: piece * n), most
        yield (
            f"commit: header {piece.strip() or 'of blanks'}",
            commit(lambda n, piece=piece: f"{WHO}\ncommitter {WHO}\n{piece * n}"),
            most,
        )
    yield "trees: one file more in a large folder", large_folder, 5_000


def seconds(work: Work, times: int) -> float:
    """Processor time, which others on the machine hardly lengthen, without what Python's collector of garbage makes of it."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        for _ in range(times):
            work()
        return time.process_time() - start
    finally:
        gc.enable()


def measure() -> Iterator[Figure]:
    for name, made, count in cases():
        few, many = made(count), made(2 * count)
        times = max(1, round(LEAST / max(seconds(few, 1), 1e-7)))
        rounds: list[tuple[float, float]] = []
        while len(rounds) < ROUNDS or sum(map(sum, rounds)) < SPENT:
            rounds.append((seconds(few, times), seconds(many, times)))
        once, twice = (min(taken) / times for taken in zip(*rounds, strict=True))
        beside = f"{once * 1000:.2f} ms for {count:,}, {twice * 1000:.2f} ms for {2 * count:,}"
        yield Figure(name, twice / once, "times", TARGET, most=True, beside=beside)
