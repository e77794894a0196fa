"""What `render` prints of a CommonAccord store: the bytes of a key, or a digest for each of many."""

import sys
from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from syngraph.cli.manners import findings, output, stores, writing

if TYPE_CHECKING:
    from syngraph.engine.text.findings import Finding
    from syngraph.engine.text.notations.commonaccord.expansion import Printer

MAX_TOLD = 50
CYCLES = ("SG104", "SG113", "SG115")
"""What the reference comes to no end with, so that nothing can be as it has it."""


def one(located: stores.Located, key: str, target: Path | None, *, strict: bool, dry_run: bool, as_json: bool) -> int:
    """Prints a key of an object. The exit code is 1 on findings; with `strict`, on those where the reference never ends.

    Raises: click.UsageError, StoreError where there is no such object or key, unless `strict`.
    """
    if target is not None:
        refuse(target, located)
    held: list[Finding] = []
    printer = _printer(located, strict=strict)
    if not strict:
        _ask(located, printer, _encoded(key))
    content = printer.printed(located.root, _encoded(key), held)
    told = stores.sourced(located.store, held)
    if target is not None and not dry_run:
        writing.write(target, content)
    if as_json:
        output.put_json(_answer(located, key, content, told, target, dry_run=dry_run))
    elif target is not None:
        output.talk(f"{'would write' if dry_run else 'wrote'} {target}")
    else:
        output.put_document(content.decode("utf-8", "surrogateescape") if sys.stdout.isatty() else content)
    _warn(told)
    return 1 if any(not strict or each.code in CYCLES for each in told) else 0


def many(located: stores.Located, rows: Path, folder: Path | None, *, strict: bool, digests: bool, dry_run: bool) -> int:
    """Prints a digest for each `path TAB key` of a list, or writes each rendering to a file in a folder.

    Raises: click.UsageError before anything is written.
    """
    if not digests and folder is None:
        raise click.UsageError("--batch prints --digests, or writes each rendering to a file below -o FOLDER; say which")
    asked = _rows(rows)
    targets = _targets(asked, folder, located) if folder is not None else []
    printer = _printer(located, strict=strict)
    held: list[Finding] = []
    endless = False
    absent = 0
    for at, (path, key) in enumerate(_shown(asked)):
        content = printer.printed(path, key)
        endless = endless or any(each.code in CYCLES for each in printer.unfilled)
        if len(held) < MAX_TOLD:
            held += printer.unfilled
        if not strict and content == b"\n" and (why := _nothing(located, printer, path, key)):
            absent += 1
            if absent <= MAX_TOLD:
                output.talk(f"{path.decode('utf-8', 'replace')}: {why}")
        if targets and not dry_run:
            writing.write(targets[at], content)
        if digests:
            _put_row(b"%b\t%b\t%d\t%b" % (path, key, len(content), sha256(content).hexdigest().encode()))
    sys.stdout.flush()
    told = tuple(dict.fromkeys((*printer.search.findings, *held)))
    if folder is not None:
        output.talk(f"{'would write' if dry_run else 'wrote'} {len(asked)} files to {folder}")
    for each in told[:MAX_TOLD]:
        output.talk(findings.headline(each))
    if len(told) + absent > MAX_TOLD:
        output.talk(f"{len(told)} findings, {absent} rows without a text")
    return 1 if endless or absent or any(not strict or each.code in CYCLES for each in told) else 0


def _nothing(located: stores.Located, printer: "Printer", path: bytes, key: bytes) -> str:
    """Why a row has no text, "" where it has one that is empty."""
    if located.store.records(path) is None:
        return "there is no such object in the store"
    return "" if printer.search.find(path, key) is not None else f"nothing binds {key.decode('utf-8', 'replace')}"


def _answer(
    located: stores.Located, key: str, content: bytes, told: "Sequence[Finding]", target: Path | None, *, dry_run: bool
) -> dict[str, Any]:
    """What `--json` prints; a text that is not UTF-8 comes in base64 as well, since JSON cannot hold it."""
    answer: dict[str, Any] = {
        "schema": output.SCHEMA,
        "path": located.root.decode("utf-8", "replace"),
        "key": key.encode("utf-8", "surrogateescape").decode("utf-8", "replace"),
        "bytes": len(content),
        "sha256": sha256(content).hexdigest(),
        "written": str(target) if target is not None and not dry_run else None,
        "findings": [findings.fields(each) for each in told],
    }
    if target is None:
        answer["content"] = content.decode("utf-8", "replace")
        if answer["content"].encode() != content:
            answer["content_base64"] = b64encode(content).decode()
    return answer


def _ask(located: stores.Located, printer: "Printer", key: bytes) -> None:
    """Refuses an object or a key that is not there. Raises: click.UsageError, StoreError"""
    records = stores.records(located)
    name = located.root.decode("utf-8", "replace")
    if printer.search.find(located.root, key) is None:
        known = sorted(each.key.decode("utf-8", "replace") for each in records.all() if each.value not in (b"", b"0"))
        said = key.decode("utf-8", "replace")
        near = output.did_you_mean(said, known) or f"; its own keys are {', '.join(known[:8])}" if known else ""
        raise click.UsageError(f"--key: nothing binds {said} in {name}{near}")


def refuse(target: Path, located: stores.Located) -> None:
    """Refuses to print over an object of the store. Raises: click.UsageError"""
    if target.exists() and target.resolve().is_relative_to(located.folder.resolve()):
        raise click.UsageError(f"-o: {target} is a part of the store; choose another name")


def _targets(rows: list[tuple[bytes, bytes]], folder: Path, located: stores.Located) -> list[Path]:
    """The files to write, one for each row. Raises: click.UsageError where two rows have one, or one leads elsewhere."""
    if folder.is_file() or folder.resolve().is_relative_to(located.folder.resolve()):
        raise click.UsageError(f"-o: {folder} is {'a file' if folder.is_file() else 'in the store'}; name a folder of its own")
    taken: dict[str, tuple[bytes, bytes]] = {}
    for path, key in rows:
        name = f"{_inside(path)}.{_inside(key)}.html"
        other = taken.setdefault(name.casefold(), (path, key))
        if other != (path, key):
            first, second = (b" ".join(row).decode("utf-8", "replace") for row in (other, (path, key)))
            raise click.UsageError(f"-o: “{first}” and “{second}” would both be written to {name}; nothing was written")
    return [folder / f"{_inside(path)}.{_inside(key)}.html" for path, key in rows]


def _put_row(row: bytes) -> None:
    """A line of the answer as bytes; a terminal gets it with control characters shown."""
    if sys.stdout.isatty():
        output.put(row.decode("utf-8", "replace"))
    else:
        sys.stdout.buffer.write(row + b"\n")


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
