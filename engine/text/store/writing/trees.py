"""New folders of a repository from old ones and changed files; folders in which nothing changed are taken as they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from syngraph.engine.text import hygiene
from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.store.listing import FILE, FOLDER, Entry
from syngraph.engine.text.store.objects import Repository
from syngraph.engine.text.store.snapshot import MAX_DEPTH
from syngraph.engine.text.store.tree import MAX_FILE_BYTES, checked, too_large

Write = Callable[[str, bytes], str]
"""Stores an object of a kind (`blob`, `tree`, `commit`) and gives its id."""


@dataclass(slots=True)
class _Node:
    """What happens at one path: `said` when a file there is to be written (an id) or deleted (None), and below it."""

    said: bool = False
    file: str | None = None
    below: "dict[bytes, _Node]" = field(default_factory=dict)


def changed_tree(repo: Repository, top: str | None, below: str, files: Mapping[str, bytes | None], write: Write) -> str:
    """The folder `top` (None: an empty one) with `files` changed in its folder `below`; None deletes a file.

    Every folder that is written in `below` has to pass `hygiene`; those around it are taken as they are.

    Raises: HygieneError, StoreError
    """
    outer: list[tuple[list[Entry], bytes]] = []
    at = top
    for part in checked(below).split("/") if below else ():
        entries = repo.listing(at).entries() if at is not None else []
        name = part.encode()
        same = [entry for entry in entries if entry.name == name]
        if len(same) > 1 or (same and same[0].mode != FOLDER):
            raise StoreError("something that is no folder", "the folder of the agreement", "git fsck tells more", path=below)
        outer.append(([entry for entry in entries if entry.name != name], name))
        at = same[0].oid if same else None
    node = _Node()
    for path, content in sorted(files.items()):
        _plan(node, path, None if content is None else _blob(content, path, write))
    tree = _rebuilt(repo, at, node, "", write)
    if tree is None:
        raise StoreError("no file left", "an agreement with at least one file", "leave its manifest where it is", path=below)
    for entries, name in reversed(outer):
        tree = _written([*entries, Entry(FOLDER, name, tree)], write)
    return tree


def _blob(content: bytes, path: str, write: Write) -> str:
    if len(content) > MAX_FILE_BYTES:
        raise too_large(path, len(content))
    return write("blob", content)


def _plan(node: _Node, path: str, blob: str | None) -> None:
    parts = checked(path).split("/")
    if len(parts) > MAX_DEPTH:
        raise StoreError(f"more than {MAX_DEPTH} folders in one another", "a flatter tree", path=path)
    for part in parts:
        node = node.below.setdefault(part.encode("utf-8", "surrogateescape"), _Node())
    node.said, node.file = True, blob


def _rebuilt(repo: Repository, tree: str | None, node: _Node, path: str, write: Write) -> str | None:
    entries = repo.listing(tree).entries() if tree is not None else []
    hygiene.folder(entries, path)
    held = {entry.name: entry for entry in entries}
    for name, child in node.below.items():
        where = f"{path}/{name.decode('utf-8', 'replace')}".lstrip("/")
        was = held.pop(name, None)
        file = was.oid if was is not None and was.mode == FILE else None
        folder = was.oid if was is not None and was.mode == FOLDER else None
        if child.below:
            folder = _rebuilt(repo, folder, child, where, write)
        if child.said and child.file is None and file is None:
            raise StoreError("no such file", "a file to delete", path=where)
        if child.said:
            file = child.file
        if file is not None and folder is not None:
            raise StoreError("a file and a folder with one name", "one of them", "rename one", path=where)
        if file is not None:
            held[name] = Entry(FILE, name, file)
        elif folder is not None:
            held[name] = Entry(FOLDER, name, folder)
    if not held:
        return None
    kept = sorted(held.values(), key=_order)
    hygiene.folder(kept, path)
    return _written(kept, write)


def _written(entries: list[Entry], write: Write) -> str:
    lines = (b"%o %s\0%s" % (entry.mode, entry.name, bytes.fromhex(entry.oid)) for entry in sorted(entries, key=_order))
    return write("tree", b"".join(lines))


def _order(entry: Entry) -> bytes:
    return entry.name + b"/" if entry.mode == FOLDER else entry.name
