"""What stops us reading a text at all: an error that says what was found, what was expected, where, and what to do."""

from collections.abc import Callable

from syngraph.engine.text.provenance import Place


class TextError(Exception):
    """Something that cannot be read.

    `found` and `expected` are phrases for people (`expected` is "" where `found` says it all), `help` the next step ("" when
    there is none to name), `place` where it stands (None when it is not in a file), `path` what was being read. `source` is the
    line that `place` is in, "" until somebody who can read the file has filled it in.
    """

    source: str = ""

    def __init__(self, found: str, expected: str, help: str = "", path: str = "", place: Place | None = None) -> None:
        self.found = found
        self.expected = expected
        self.help = help
        self.place = place
        self.path = path or (place.path if place else "")
        super().__init__(found, expected, help, path, place)

    def __str__(self) -> str:
        where = str(self.place) if self.place else self.path
        expected = f"; expected {self.expected}" if self.expected else ""
        return (f"{where}: " if where else "") + self.found + expected


class StoreError(TextError):
    """A tree, a revision or a file that cannot be read or written."""


class MissingError(StoreError):
    """There is no such file. What was probably meant is looked for only when somebody asks for the help."""

    def __init__(self, found: str, expected: str, helper: Callable[[], str], path: str) -> None:
        super().__init__(found, expected, path=path)
        self._helper = helper

    @property
    def help(self) -> str:
        """What to do about it."""
        return self._helper()

    @help.setter
    def help(self, words: str) -> None:
        del words


class FolderError(StoreError):
    """There is a folder where a file was asked for."""


class DamagedError(StoreError):
    """A repository that has lost or spoilt something: nobody's act, and cured by another copy."""
