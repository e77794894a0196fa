"""`import`: brings a text of another kind into our notation."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.manners import findings, memory, options, output, stores, together, writing

if TYPE_CHECKING:
    from syngraph.engine.coverage import Coverage
    from syngraph.engine.text.converting.commonaccord import Conversion
    from syngraph.engine.text.converting.manuscript import Manuscript
    from syngraph.engine.text.converting.numbering import Headed, Reference

PANDOC = {".docx": "docx", ".odt": "odt", ".rtf": "rtf"}
"""What pandoc reads for us, by the ending of the file."""
OURS = (".md", ".markdown", ".html", ".htm")
MAX_FILE = 32 * 1024 * 1024
MAX_MADE = 16 * 1024 * 1024
SECONDS = 60
MEMORY = "1g"
STDOUT = Path("-")
SHOWN = 8
"""How many names are told on a terminal."""
LISTED = 20
"""How many lines of a list are."""


@click.command("import", context_settings=options.CONTEXT)
@click.argument("source", metavar="FILE|STORE", type=click.Path(path_type=Path))
@click.argument("name", metavar="[OBJECT]", required=False)
@click.option("--from", "notation", type=click.Choice(["commonaccord"]), metavar="NOTATION", help="The notation: commonaccord.")
@click.option("--key", default="r00t", show_default=True, metavar="KEY", help="The key that is the document (commonaccord).")
@click.option("--title", default="", metavar="TITLE", help="What the text is called (default: as it calls itself).")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write to this folder (a store) or file.")
@click.option("--struck", type=click.Choice(["keep", "drop"]), help="Words struck out: keep or drop them (default: refuse).")
@click.option("--dry-run", is_flag=True, help="Say what would be written and write nothing.")
@options.as_json
def command(
    source: Path,
    name: str | None,
    notation: str | None,
    key: str,
    title: str,
    target: Path | None,
    struck: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Bring a text of another kind into our notation.

    \b
    Examples:
      syngraph import draft.docx -o bylaws.md
      syngraph import CHARTER.md -o bylaws.md --title "Bylaws of the Hill Street Garden"
      syngraph import --from commonaccord Doc Forms/lease.md -o lease
      syngraph import --from commonaccord Doc Forms/lease.md --dry-run --json

    A file becomes one object: Markdown and HTML by themselves, .docx, .odt and .rtf through pandoc where it is installed. An
    object of a CommonAccord store becomes an agreement in a new folder. What is written is read back first and must say the
    same words; else nothing is written.
    """
    if notation is not None:
        if name is None:
            raise click.UsageError("the object is missing: syngraph import --from commonaccord STORE OBJECT")
        return _store(source, name, key, " ".join(title.split()), target, dry_run, as_json)
    if name is not None:
        raise click.UsageError("an OBJECT is one of a store: add --from commonaccord")
    _file(source, " ".join(title.split()), target, struck or "refuse", dry_run, as_json)
    return 0


def _writable(target: Path) -> None:
    """Look whether something new may be written at a place, before any work is done.

    Raises: click.UsageError
    """
    if ".git" in (part.casefold() for part in (*target.parts, *target.resolve().parts)):
        raise click.UsageError(f"{target} is in the folder of git itself; name another place with -o")
    if target.is_symlink():
        raise click.UsageError(f"{target} is a link; name the place itself with -o")
    above = next(each for each in target.absolute().parents if os.path.lexists(each))
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        raise click.UsageError(f"{target} cannot be written: {above} is no folder that can be written to")


# -- a store -----------------------------------------------------------------------------------------------------------


def _store(folder: Path, name: str, key: str, title: str, target: Path | None, dry_run: bool, as_json: bool) -> int:
    from syngraph.engine.text.converting.commonaccord import convert
    from syngraph.engine.text.notations.commonaccord.store import Store
    from syngraph.engine.text.store import open_tree

    if not folder.is_dir():
        raise click.UsageError(f"{folder} is no folder; name the folder that the paths of the store count from")
    name = stores.within(folder, name)
    path = os.fsencode(name).decode("utf-8", "surrogateescape")
    target = target or Path(
        Path(name).stem if Path(name).stem.strip("0123456789._-") else Path(name).parent.name or "agreement"
    )
    if target == STDOUT:
        raise click.UsageError("an agreement is a folder and cannot be printed; name one with -o")
    _writable(target)
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise click.UsageError(f"{target} is there already and is not empty; name another folder with -o")
    store = Store(open_tree(folder))
    stores.records(stores.Located(store, os.fsencode(name), folder))
    made = convert(store, path, key, title)
    if not dry_run:
        together.write_all([together.Write(target / inside, content) for inside, content in made.files.items()])
    if as_json:
        answer = {
            "schema": output.SCHEMA,
            "title": made.title,
            "folder": str(target),
            "files": list(made.files),
            "objects": made.objects,
            "fields": made.fields,
            "written_out": made.written_out,
            "open": list(made.open),
            "renamed": made.renamed,
            "literal": list(made.literal),
            "words": made.words,
            "findings": [findings.fields(finding) for finding in made.findings],
            "dry_run": dry_run,
        }
        output.put_json(answer)
        return 1 if made.findings else 0
    _tell_store(made, target, dry_run)
    return findings.warn(stores.sourced(store, made.findings))


def _tell_store(made: "Conversion", target: Path, dry_run: bool) -> None:
    wrote = "would write" if dry_run else "wrote"
    output.put(f"{wrote} {target}: {made.title}")
    output.put(
        f"  {_many(made.objects, 'object')}, {_many(made.fields, 'field')}, {_many(made.written_out, 'piece')} written out"
    )
    output.put(f"  {_many(made.words, 'word')}, the same in the same order as in the store")
    if made.open:
        output.put(f"  {_many(len(made.open), 'name')} still open: {_some(made.open)}")
    if made.renamed:
        names = [f"{ours} ({theirs})" for ours, theirs in made.renamed.items()]
        output.put(f"  {_many(len(names), 'name')} called otherwise in the store: {_some(names)}")
    if made.literal:
        names = [f"{{{name[:60]}}}" for name in made.literal]
        output.put(f"  {_many(len(names), 'text')} in braces no name, and left: {_some(names)}")
    if not dry_run:
        output.talk(f"help: `syngraph read {target}` shows how it is understood, `syngraph lint {target}` what is open")


# -- a file ------------------------------------------------------------------------------------------------------------


def _file(source: Path, title: str, target: Path | None, struck: str, dry_run: bool, as_json: bool) -> None:
    from syngraph.cli.reading import shown
    from syngraph.engine.text.converting.manuscript import html_of, manuscript
    from syngraph.engine.text.notations.html.remarks import Struck, told

    ending = source.suffix.casefold()
    if ending not in (*OURS, *PANDOC):
        known = ", ".join((*OURS, *PANDOC))
        raise click.UsageError(f"{source}: found a file {ending or 'without an ending'}, expected one of {known}")
    if not source.is_file():
        raise click.UsageError(f"{source}: there is no such file")
    if source.stat().st_size > MAX_FILE:
        raise click.UsageError(f"{source}: found {source.stat().st_size:,} bytes, expected at most {MAX_FILE:,}")
    content = source.read_bytes()
    target = target or source.with_name(f"{source.stem}.imported.md")
    is_printed = target == STDOUT
    if not is_printed:
        target = target / f"{source.stem}.md" if target.is_dir() else target
        _writable(target)
        if target.exists():
            raise click.UsageError(f"{target} is there already; name another file with -o")
    if ending in PANDOC:
        html, held = _pandoc(content, PANDOC[ending], source), ""
    elif ending in (".html", ".htm"):
        html, held = _decoded(content, source), ""
    else:
        html, held = html_of(_decoded(content, source), str(source))
    made = manuscript(html, title or held, str(source), Struck(struck))
    if not dry_run and not is_printed:
        writing.create(target, made.content.encode("utf-8"))
    coverage = _coverage(made.content, "object.md" if is_printed else target.name)
    if as_json:
        answer = {
            "schema": output.SCHEMA,
            "title": made.title,
            "file": str(target),
            "sections": made.sections,
            "numbers": len(made.numbered),
            "renumbered": [_numbered(each) for each in made.numbered if not each.fits],
            "entries": list(made.entries),
            "typed_numbers": list(made.typed),
            "references": sum(bool(each.target) for each in made.references),
            "typed_references": len(made.references),
            "reference_list": [_reference(each) for each in made.references],
            "binding": coverage.binding,
            "read": coverage.read,
            "dry_run": dry_run,
            "content": made.content if dry_run or is_printed else None,
            "remarks": [{"kind": each.kind.value, "words": each.words} for each in made.remarks],
        }
        output.put_json(answer)
        return
    if is_printed:
        output.put_document(made.content)
        for line in told(made.remarks):
            output.talk(line)
        return
    _tell_file(made, target, dry_run, ending)
    for line in told(made.remarks):
        output.put(f"  {line}")
    output.put(f"  {shown.coverage_line(coverage)}")


def _tell_file(made: "Manuscript", target: Path, dry_run: bool, ending: str) -> None:
    output.put(f"{'would write' if dry_run else 'wrote'} {target}{f': {made.title}' if made.title else ''}")
    output.put(f"  {_many(made.sections, 'section')}, {_many(len(made.numbered), 'typed number')} taken off headings")
    _tell_list([f"“{each.number.typed}” is {each.derived} now: {each.heading}" for each in made.numbered if not each.fits])
    if made.entries:
        output.put(f"  {_many(len(made.entries), 'numbered paragraph')} made entries of lists")
    if made.typed:
        output.put(f"  {_many(len(made.typed), 'paragraph')} with typed numbers left as they are: {_some(made.typed)}")
    if made.references:
        linked = sum(bool(each.target) for each in made.references)
        output.put(f"  {linked} of {_many(len(made.references), 'typed reference')} made references to sections")
        _tell_list(list(map(_referred, made.references)))
    if ending in PANDOC:
        output.put("  tracked changes accepted, comments left out")


def _referred(reference: "Reference") -> str:
    place = f"{reference.line}:{reference.column}"
    if not reference.target:
        return f"{place} “{reference.text}” stays: {reference.reason}"
    return f"{place} “{reference.text}” leads to #{reference.target}{f', {reference.number} now' if reference.number else ''}"


def _reference(reference: "Reference") -> dict[str, str | int | None]:
    return {
        "text": reference.text,
        "target": reference.target or None,
        "number": reference.number or None,
        "reason": reference.reason or None,
        "line": reference.line,
        "column": reference.column,
    }


def _numbered(headed: "Headed") -> dict[str, str]:
    return {"typed": headed.number.typed, "number": headed.derived, "id": headed.id, "heading": headed.heading}


def _tell_list(lines: Sequence[str]) -> None:
    for line in lines[:LISTED]:
        output.put(f"    {line}")
    if len(lines) > LISTED:
        output.put(f"    and {len(lines) - LISTED:,} more; --json has all")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else "")


def _decoded(content: bytes, source: Path) -> str:
    from syngraph.engine.text.store import decoded

    return decoded(content, str(source))


def _pandoc(content: bytes, form: str, source: Path) -> str:
    """A document as HTML, by pandoc in its sandbox: no filters, no files, no network; bounded in time, memory and size.

    Raises: click.UsageError
    """
    program = shutil.which("pandoc")
    if program is None:
        raise click.UsageError(
            f"{source}: {form} is read through pandoc, which is not installed; "
            "install it (`apt install pandoc`, `brew install pandoc`, https://pandoc.org), or save the text as Markdown"
        )
    arguments = ["+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", f"--from={form}", "--to=html5", "--standalone", "--wrap=none"]
    if form == "docx":
        arguments.append("--track-changes=accept")
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "HOME": os.devnull}
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made, tempfile.TemporaryFile() as said:
        given.write(content)
        given.seek(0)
        try:
            done = subprocess.run(
                [program, *arguments],
                stdin=given,
                stdout=made,
                stderr=said,
                timeout=SECONDS,
                check=False,
                env=environment,
                preexec_fn=_bounded,
            )
        except subprocess.TimeoutExpired:
            raise click.UsageError(f"{source}: pandoc came to no end within {SECONDS} seconds; split the file") from None
        except OSError as error:
            raise click.UsageError(f"{source}: pandoc cannot be run ({error.strerror}); look at {program}") from None
        if done.returncode:
            said.seek(0)
            first = said.read(300).decode("utf-8", "replace").strip().split("\n")[0] or f"exit code {done.returncode}"
            raise click.UsageError(f"{source}: pandoc does not read it as {form}: {first}")
        made.seek(0)
        return made.read(MAX_MADE).decode("utf-8", "replace")


def _bounded() -> None:
    """In the new process: no more than so much processor time and output, whatever the file makes of it."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_MADE, MAX_MADE))


def _coverage(content: str, name: str) -> "Coverage":
    """How much of an object is read as rules."""
    from syngraph.engine.agreement import Agreement
    from syngraph.engine.text.manifest import Manifest
    from syngraph.engine.text.store import tree_of

    tree = tree_of({"object.md": content.encode("utf-8")}, "object.md")
    return Agreement(Path(name), tree, Manifest("", "object.md"), "object.md", None, memory.cache()).coverage


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
