"""What `render` prints of a CommonAccord store: the bytes of a key, or a digest for each of many."""

import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from syngraph.cli.manners import findings, output, stores, writing

if TYPE_CHECKING:
    from syngraph.engine.text.findings import Finding
    from syngraph.engine.text.notations.commonaccord.expansion import Printer

MAX_TOLD = 50
CYCLES = ("SG104", "SG113", "SG115")
"""What the reference comes to no end with, so that nothing can be as it has it."""


def one(located: stores.Located, key: str, target: Path | None, *, strict: bool, dry_run: bool, as_json: bool) -> int:
    """Prints a key of an object. The exit code is 1 on findings; with `strict`, on those where the reference never ends."""
    held: list[Finding] = []
    content = _printer(located, strict=strict).printed(located.root, _encoded(key), held)
    told = stores.sourced(located.store, held)
    if target is not None and not dry_run:
        writing.write(target, content)
    if as_json:
        answer = {
            "schema": output.SCHEMA,
            "path": located.root.decode("utf-8", "surrogateescape"),
            "key": key,
            "bytes": len(content),
            "sha256": sha256(content).hexdigest(),
            "written": str(target) if target is not None and not dry_run else None,
            "findings": [findings.fields(each) for each in told],
        }
        shown = content.decode("utf-8", "surrogateescape")
        output.put_json(answer if target is not None else {**answer, "content": shown})
    elif target is not None:
        output.talk(f"{'would write' if dry_run else 'wrote'} {target}")
    else:
        output.put_document(content.decode("utf-8", "surrogateescape") if sys.stdout.isatty() else content)
    _warn(told)
    return 1 if any(not strict or each.code in CYCLES for each in told) else 0


def many(located: stores.Located, rows: Path, folder: Path | None, *, strict: bool, digests: bool, dry_run: bool) -> int:
    """Prints a digest for each `path TAB key` of a list, or writes each rendering to a file in a folder."""
    if not digests and folder is None:
        raise click.UsageError("--batch prints --digests, or writes each rendering to a file below -o FOLDER; say which")
    asked = _rows(rows)
    printer = _printer(located, strict=strict)
    before = len(printer.search.findings)
    held: list[Finding] = []
    endless = False
    out = sys.stdout.buffer
    for path, key in _shown(asked):
        content = printer.printed(path, key)
        endless = endless or any(each.code in CYCLES for each in printer.unfilled)
        if len(held) < MAX_TOLD:
            held += printer.unfilled
        if folder is not None:
            target = folder / f"{_inside(path)}.{_inside(key)}.html"
            if not dry_run:
                writing.write(target, content)
        if digests:
            out.write(b"%b\t%b\t%d\t%b\n" % (path, key, len(content), sha256(content).hexdigest().encode()))
    out.flush()
    told = tuple(dict.fromkeys((*printer.search.findings[before:], *held)))
    if folder is not None:
        output.talk(f"{'would write' if dry_run else 'wrote'} {len(asked)} files to {folder}")
    for each in told[:MAX_TOLD]:
        output.talk(findings.headline(each))
    if len(told) > MAX_TOLD:
        output.talk(f"and {len(told) - MAX_TOLD} more findings")
    return 1 if endless or any(not strict or each.code in CYCLES for each in told) else 0


def _printer(located: stores.Located, *, strict: bool) -> "Printer":
    from syngraph.engine.text.notations.commonaccord.expansion import Printer
    from syngraph.engine.text.notations.commonaccord.search import Search

    return Printer(Search(located.store, strict))


def _warn(told: "Sequence[Finding]") -> None:
    findings.warn(told[:MAX_TOLD])
    if len(told) > MAX_TOLD:
        output.talk(f"and {len(told) - MAX_TOLD} more findings")


def _rows(path: Path) -> list[tuple[bytes, bytes]]:
    """The paths and keys of a list; further columns do not matter, nor does a heading `path TAB key`."""
    with _opened(path) as file:
        lines = file.read().removesuffix(b"\n").split(b"\n")
    rows = []
    for number, line in enumerate(lines, 1):
        columns = line.removesuffix(b"\r").split(b"\t")
        if len(columns) < 2:
            if not line.strip():
                continue
            said = line[:60].decode("utf-8", "replace")
            raise click.UsageError(f"--batch: {path}:{number}:1: found “{said}”, expected a path, a tab and a key")
        rows.append((columns[0], columns[1]))
    return rows[1:] if rows[:1] == [(b"path", b"key")] else rows


def _opened(path: Path) -> BinaryIO:
    return sys.stdin.buffer if str(path) == "-" else path.open("rb")


def _shown(rows: list[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """The rows, with a progress bar where somebody watches."""
    if not sys.stderr.isatty() or len(rows) < 2:
        yield from rows
        return
    with click.progressbar(rows, label="rendering", file=sys.stderr) as bar:
        yield from bar


def _inside(name: bytes) -> str:
    """A path or key as a part of a file name. Raises: click.UsageError where it leads out of the folder."""
    from syngraph.engine.text.store import StoreError
    from syngraph.engine.text.store.tree import checked

    try:
        return checked(name.decode("utf-8", "surrogateescape"))
    except StoreError as error:
        raise click.UsageError(f"-o: {name.decode('utf-8', 'replace')} cannot be a file name: {error.found}") from None


def _encoded(key: str) -> bytes:
    return key.encode("utf-8", "surrogateescape")
