"""The steps of a demo: what is said, done and shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A word to the reader between commands."""

    text: str


@dataclass(frozen=True, slots=True)
class Syngraph:
    """A command of ours, and how it should end."""

    line: str
    code: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one line of a file, as `sed` makes it."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of everything in a folder on a day, which begins the repository where there is none."""

    folder: str
    day: str
    message: str


@dataclass(frozen=True, slots=True)
class Each:
    """A command of ours for each of several people, with `$who` in it; what it prints is shown for the first one only."""

    people: str
    line: str


@dataclass(frozen=True, slots=True)
class Clone:
    """A clone of one folder's repository into another folder."""

    source: str
    folder: str


Step = Told | Syngraph | Each | Change | Commit | Clone
