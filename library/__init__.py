"""Prose objects and document templates that come with syngraph; `names` and `load` are its only code."""

from importlib.resources import files
from importlib.resources.abc import Traversable


class LibraryError(LookupError):
    """There is no such object or template.

    `name` is what was asked for, `known` are the names there are.
    """

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name = name
        self.known = known
        super().__init__(f"the library has no `{name}`; it has {', '.join(known)}")


def names() -> tuple[str, ...]:
    """What the library holds, in alphabetical order: objects by their bare name, templates as `templates/<file>`.

    >>> "arbitration" in names() and "templates/page.html.j2" in names()
    True
    """
    return tuple(sorted(_entries()))


def load(name: str) -> bytes:
    """The bytes of an object or a template, as shipped.

    >>> load("governing-law").startswith(b"---\\nname: governing-law")
    True

    Raises: LibraryError when the name is none of `names()`.
    """
    entries = _entries()
    if name not in entries:
        raise LibraryError(name, tuple(sorted(entries)))
    return entries[name].read_bytes()


def _entries() -> dict[str, Traversable]:
    root = files("syngraph.library")
    objects = {
        entry.name.removesuffix(".md"): entry for entry in root.joinpath("clauses").iterdir() if entry.name.endswith(".md")
    }
    pages = {
        f"templates/{entry.name}": entry
        for entry in root.joinpath("templates").iterdir()
        if entry.name.endswith((".j2", ".css"))
    }
    return objects | pages
