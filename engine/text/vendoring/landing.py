"""Where copies come to stand in an agreement, and what already stands there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from syngraph.engine.text import hygiene
from syngraph.engine.text.store import StoreError, Tree
from syngraph.engine.text.vendoring.copying import VendoringError
from syngraph.engine.text.vendoring.origin import Vendored, vendored

RECORD = "record"


@dataclass(frozen=True, slots=True)
class Landing:
    """The folder `into` for the object `root` and all that it includes; the root is called `name` there ("": as before).

    What stands in the folder of the root or below it keeps its place beside the root; anything else comes with its folders.

    >>> landing = Landing("forms/sale.md", "borrowed")
    >>> landing("forms/sale.md"), landing("forms/tax/vat.md"), landing("people/ada.md")
    ('borrowed/sale.md', 'borrowed/tax/vat.md', 'borrowed/people/ada.md')
    """

    root: str
    into: str
    name: str = ""

    def __call__(self, path: str) -> str:
        """Where a copy of the object at `path` is to stand."""
        folder, slash, _ = self.root.rpartition("/")
        below = f"{folder}{slash}{self.name}.md" if path == self.root and self.name else path
        below = below.removeprefix(folder + slash)
        return f"{self.into}/{below}" if self.into else below


class Standing(StrEnum):
    """What stands where a copy is to stand."""

    NEW = "new"
    """Nothing."""
    SAME = "same"
    """The same text from the same source."""
    OLDER = "older"
    """Another text from the same source, unchanged since it was copied."""
    CHANGED = "changed"
    """A text from the same source that was changed here."""
    OTHER = "other"
    """Something else."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A copy with where it is to stand and what stands there; `before` is the content of that, None for nothing."""

    path: str
    content: bytes
    standing: Standing
    before: bytes | None = None


def placed(copies: Sequence[tuple[str, bytes]], there: Tree) -> tuple[Placed, ...]:
    """What stands in an agreement where copies are to stand, in their order.

    Raises: VendoringError where two copies would have one place, or a path that some systems take for one that is there;
    HygieneError for a path that no agreement may have; StoreError for a link on the way.
    """
    paths = [path for path, _ in copies]
    twice = next((path for path in paths if paths.count(path) > 1), None)
    if twice is not None:
        raise VendoringError(
            f"two objects that would both become {twice}", "a place for each", "choose --into and --as otherwise", twice
        )
    hygiene.paths(paths)
    if any(path.split("/")[0] == RECORD for path in paths):
        raise VendoringError("the folder record", "another folder", "the record holds statements only; choose --into", RECORD)
    _alone(paths, there.paths())
    return tuple(_placed(path, content, there) for path, content in copies)


def _alone(paths: Iterable[str], there: Iterable[str]) -> None:
    """Refuse paths of which some system would make one that is there, or that are a file here and a folder there."""
    held: dict[str, tuple[str, bool]] = {}
    for path in there:
        parts = path.split("/")
        for count in range(1, len(parts) + 1):
            held.setdefault(hygiene.folded("/".join(parts[:count])), ("/".join(parts[:count]), count == len(parts)))
    for path in paths:
        parts = path.split("/")
        for count in range(1, len(parts) + 1):
            part = "/".join(parts[:count])
            twin, is_file = held.get(hygiene.folded(part), (part, count == len(parts)))
            if twin != part or is_file != (count == len(parts)):
                raise VendoringError(
                    f"{twin}, which is in the way of {path}", "a free place", "choose --into or --as otherwise", path
                )


def _placed(path: str, content: bytes, there: Tree) -> Placed:
    try:
        before = there.read(path)
    except StoreError as error:
        if error.found != "no such file":
            raise
        return Placed(path, content, Standing.NEW)
    return Placed(path, content, _standing(before, content, path), before)


def _standing(before: bytes, content: bytes, path: str) -> Standing:
    if before == content:
        return Standing.SAME
    mine, new = vendored(before, path), vendored(content, path)
    if mine is None or new is None or mine.fault or mine.borrowed != new.borrowed:
        return Standing.OTHER
    same = ("source", "path") if new.borrowed else ("name",)
    if any(mine.origin.get(key) != new.origin.get(key) for key in same):
        return Standing.OTHER
    if not mine.unchanged:
        return Standing.CHANGED
    return Standing.SAME if new.borrowed and _text(mine) == _text(new) else Standing.OLDER


def _text(copy: Vendored) -> bytes:
    """A copy without the lines that tell which commit it is from."""
    said = copy.content
    for line in (f"commit: {copy.origin.get('commit')}\n", f"digest: {copy.stated}\n"):
        said = said.replace(line.encode(), b"", 1)
    return said
