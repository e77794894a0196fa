"""`fmt`: lays objects out, each section with its id, saying what they said."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.manners import changes, faults, options, output, rewriting
from syngraph.cli.manners.together import Write

if TYPE_CHECKING:
    from syngraph.engine.text.manifest import Manifest
    from syngraph.engine.text.store import Tree


@dataclass(frozen=True, slots=True)
class Laid:
    """An object as it is and as it is laid out."""

    path: Path
    old: bytes
    new: bytes


@click.command("fmt", context_settings=options.CONTEXT)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 when something would change.")
@click.option("--diff", "as_diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say which files would change.")
@options.as_json
def command(paths: tuple[Path, ...], check: bool, as_diff: bool, dry_run: bool, as_json: bool) -> int:
    """Lay objects out: ids of sections written down, blank lines, headings, line ends.

    \b
    Examples:
      syngraph fmt bylaws/
      syngraph fmt bylaws/ --check
      syngraph fmt bylaws/bylaws.md --diff
      syngraph fmt - < draft.md

    PATH is an object, or a folder: the objects of the agreement there, or of every agreement below (default: the current
    folder); - is an object on stdin, laid out to stdout. What an object says stays: its sections, ids, words and rules. The
    record, files that are free and copies of objects from elsewhere are left alone. Where one object cannot be read or written,
    or is a link, nothing is written.
    """
    if any(str(path) == "-" for path in paths):
        if len(paths) > 1:
            raise click.UsageError("- stands alone: found other paths beside it")
        return _piped(check=check, as_diff=as_diff, as_json=as_json)
    found = {file.resolve(): file for path in paths or (Path(),) for file in _files(path)}
    laid, refused = _laid(tuple(found.values()))
    if refused:
        for message in refused:
            output.talk(message)
        output.talk("nothing was written")
        return 2
    changed = [each for each in laid if each.old != each.new]
    written = not (check or as_diff or dry_run)
    if written:
        rewriting.rewrite([Write(each.path, each.new, each.old) for each in changed])
    if as_json:
        files = [{"path": str(each.path), "changed": each.old != each.new} for each in laid]
        output.put_json({"schema": output.SCHEMA, "files": files, "changed": len(changed), "written": written})
    else:
        _tell(changed, len(laid), written=written, as_diff=as_diff)
    return 1 if check and changed else 0


def _tell(changed: Sequence[Laid], count: int, *, written: bool, as_diff: bool) -> None:
    if not count:
        output.talk("nothing to lay out; in a folder, objects are what an agreement includes and .md files with front matter")
        output.talk("help: name a file to lay it out, unless it is a copy from elsewhere")
        return
    for each in changed:
        if as_diff:
            output.put("\n".join(changes.difference(str(each.path), each.old, each.new)))
        else:
            output.put(f"{'laid out' if written else 'would lay out'} {each.path}")
    as_is = count - len(changed)
    said = [f"{len(changed)} laid out" if written else f"{len(changed)} would change"] if changed else []
    output.talk(", ".join([*said, f"{as_is} as {'they' if as_is != 1 else 'it'} should be"]))


def _laid(files: Sequence[Path]) -> tuple[list[Laid], list[str]]:
    """Every file laid out, and what is to be said of those that cannot be."""
    from syngraph.engine.text.editing.formatting import formatted
    from syngraph.engine.text.errors import TextError
    from syngraph.engine.text.store import decoded

    laid: list[Laid] = []
    refused: list[str] = []
    for file in files:
        content = file.read_bytes()
        try:
            laid.append(Laid(file, content, formatted(decoded(content, str(file)), str(file)).encode()))
        except TextError as error:
            refused.append(faults.told(error))
    return laid, refused


def _piped(*, check: bool, as_diff: bool, as_json: bool) -> int:
    from syngraph.engine.text.editing.formatting import formatted
    from syngraph.engine.text.store import decoded

    old = sys.stdin.buffer.read()
    new = formatted(decoded(old, "<stdin>"), "<stdin>").encode()
    if as_json:
        output.put_json({"schema": output.SCHEMA, "changed": old != new, "content": new.decode()})
    elif as_diff:
        output.put("\n".join(changes.difference("<stdin>", old, new)))
    elif not check:
        output.put_document(new)
    return 1 if check and old != new else 0


# -- which files -------------------------------------------------------------------------------------------------------


def _files(path: Path) -> Iterator[Path]:
    """The files that a path means. Raises: StoreError, ManifestError, click.UsageError"""
    from syngraph.engine.text.editing.choosing import excepted, vendored
    from syngraph.engine.text.store import MANIFEST, open_tree, text_of

    if path.is_dir():
        yield from _below(path)
        return
    tree = open_tree(path)
    manifest = _manifest(tree)
    entry = tree.entry or path.name
    if entry == MANIFEST or not entry.endswith(".md"):
        raise click.UsageError(f"{path}: found a file that is no object; expected a .md file or a folder")
    if manifest is not None and excepted(entry, manifest):
        raise click.UsageError(f"{path}: found a file of the record, or one that is free; expected an object of the agreement")
    if vendored(text_of(tree, entry), entry):
        output.talk(f"left alone: {path} is a copy from elsewhere")
        return
    yield path


def _below(folder: Path) -> Iterator[Path]:
    from syngraph.engine.text.editing.choosing import objects
    from syngraph.engine.text.store import MANIFEST, open_tree, text_of

    for above in (folder.absolute(), *folder.absolute().parents):
        if (above / MANIFEST).is_file():
            break
        if above.is_symlink() and any((top / MANIFEST).is_file() for top in above.parents):
            raise click.UsageError(f"{folder}: found a link in an agreement ({above}); expected a folder of it")
    whole = folder.resolve()
    top = next((above for above in (whole, *whole.parents) if (above / MANIFEST).is_file()), None)
    tops = [top] if top else _agreements(whole)
    for agreement in tops or [whole]:
        tree = open_tree(agreement)
        for name in objects(tree, _manifest(tree)):
            if (agreement / name).is_relative_to(whole):
                text_of(tree, name)  # what is a link, or is not there, is refused before anything is written
                yield folder / (agreement / name).relative_to(whole)


def _agreements(folder: Path) -> list[Path]:
    """The agreements below a folder; hidden folders are passed over, as are links."""
    import os

    from syngraph.engine.text.store import MANIFEST

    found: list[Path] = []
    for at, folders, files in os.walk(folder):
        if MANIFEST in files:
            found.append(Path(at))
            folders.clear()
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
    return found


def _manifest(tree: "Tree") -> "Manifest | None":
    from syngraph.engine.text import manifest as manifests

    return manifests.load(tree) if manifests.exists(tree) else None
