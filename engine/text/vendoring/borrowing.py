"""An object of another repository, with all that it includes, as copies for an agreement."""

from dataclasses import dataclass, field

from syngraph.engine.text.findings import Finding
from syngraph.engine.text.resolving.inclusion import included
from syngraph.engine.text.store import MANIFEST, StoreError, Tree
from syngraph.engine.text.store.lent import Lender
from syngraph.engine.text.vendoring.copying import VendoringError, copied
from syngraph.engine.text.vendoring.landing import RECORD, Landing

MAX_OBJECTS = 500
MAX_BYTES = 4 * 1024 * 1024
_UNREADABLE = ("SG100", "SG103", "SG104", "SG109", "SG113")


@dataclass(frozen=True, slots=True)
class Borrowed:
    """One object to be copied: `whole` is its path from the top of its repository, `path` where the copy is to stand."""

    whole: str
    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sparing:
    """A tree of which no more than `MAX_BYTES` are read in all."""

    below: Tree
    kept: dict[str, bytes] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the tree is called in messages."""
        return self.below.name

    @property
    def entry(self) -> str | None:
        """The object that was asked for."""
        return self.below.entry

    @property
    def digest(self) -> str:
        """A key that is equal only for equal content."""
        return self.below.digest

    def read(self, path: str) -> bytes:
        """The content of a file. Raises: StoreError."""
        if path not in self.kept:
            content = self.below.read(path)
            if sum(map(len, self.kept.values())) + len(content) > MAX_BYTES:
                raise StoreError(
                    f"more than {MAX_BYTES:,} bytes of text in all", "less", "borrow the parts that you need", path=path
                )
            self.kept[path] = content
        return self.kept[path]

    def paths(self) -> tuple[str, ...]:
        """The paths of all plain files, sorted."""
        return self.below.paths()


def borrowed(lender: Lender, path: str, source: str, into: str, name: str = "") -> tuple[Borrowed, ...]:
    """The object at `path` (counted as people give it) and all that it includes, as copies; the object itself is the last.

    `source` is what the repository is to be called in the copies; `into` and `name` say where they are to stand.

    Raises: StoreError, HygieneError, MarkdownError; VendoringError where the object does not read, or includes what is not
    there.
    """
    whole = lender.whole(path)
    folder = lender.agreement(whole)
    root = whole.removeprefix(f"{folder}/") if folder else whole
    if not root.endswith(".md") or root == MANIFEST or root.startswith(f"{RECORD}/"):
        raise VendoringError("a file that is no object", "a text in Markdown, such as forms/sale.md", path=path)
    tree = Sparing(lender.tree(folder))
    tree.read(root)
    instances, faults = included(tree, root)
    fault = next((each for each in faults if each.code in _UNREADABLE), None)
    if fault is not None:
        raise _unreadable(fault)
    paths = list(dict.fromkeys(instance.source.path for instance in instances))
    if len(paths) > MAX_OBJECTS:
        raise VendoringError(f"{len(paths):,} objects that it includes", f"at most {MAX_OBJECTS}", "borrow its parts", path)
    landing = Landing(root, into, name)
    found = []
    for each in reversed(paths):
        there = f"{folder}/{each}" if folder else each
        found.append(Borrowed(there, landing(each), copied(tree.read(each), each, source, lender.commit, there, landing)))
    return tuple(found)


def _unreadable(fault: Finding) -> VendoringError:
    return VendoringError(fault.message, "an object that reads with all that it includes", fault.help, place=fault.place)
