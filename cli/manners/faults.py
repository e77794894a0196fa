"""Errors in words: what was found, what was expected, where, what to do."""

import errno

from syngraph.cli.manners import findings
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.findings import Finding


def told(error: Exception) -> str:
    """The message for an error that stopped a command.

    Errors of the house (their module is one of ours) say everything themselves, `help` included. The others are those of the
    operating system and of the libraries that read for us; anything else is a fault of this program and says so.
    """
    match error:
        case RecursionError():
            return _lines("the text is nested too deeply to be read", "look for an object, a list or a condition inside itself")
        case MemoryError():
            return _lines("there is not enough memory for this text", "give a smaller folder, or one revision with --rev")
        case UnicodeError():
            return _lines(f"found bytes that are not UTF-8 text ({error})", "save the file as UTF-8")
        case OSError():
            return _system(error)
        case _:
            return _library(error)


def _lines(message: str, advice: str = "") -> str:
    return f"syngraph: {message}" + (f"\nhelp: {advice}" if advice else "")


def _system(error: OSError) -> str:
    name = f"{error.filename!s}: " if error.filename else ""
    message = f"{name}{error.strerror or error}"
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return _lines(message, "check the path")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return _lines(message, "check who may read and write there")
        case errno.ENOSPC | errno.EDQUOT:
            return _lines(message, "make room on the disk and run the command again")
        case errno.ELOOP:
            return _lines(message, "a symbolic link leads back to itself")
        case _:
            return _lines(message)


def _library(error: Exception) -> str:
    kind = type(error)
    origin = kind.__module__.split(".")[0]
    if isinstance(error, TextError) and error.place is not None and error.source:
        shown = findings.marked_line(Finding("", "", error.place, source=error.source))
        return _lines(f"{error}\n{shown}", error.help)
    if origin == "syngraph":
        return _lines(str(error), getattr(error, "help", ""))
    if origin == "ruamel":
        mark = getattr(error, "problem_mark", None)
        place = f"{mark.name}:{mark.line + 1}:{mark.column + 1}: " if mark is not None else ""
        return _lines(f"{place}found YAML that cannot be read: {getattr(error, 'problem', None) or error}")
    if origin in {"_pygit2", "pygit2"}:
        return _lines(f"git: {error}", "`syngraph doctor` looks at this installation and its git configuration")
    if origin == "jinja2":
        line = getattr(error, "lineno", None)
        place = f"{getattr(error, 'name', None) or 'template'}:{line}: " if line else ""
        return _lines(f"{place}found a template that cannot be rendered: {error}")
    words = str(error).splitlines()
    return _lines(
        f"internal error: {kind.__name__}" + (f": {words[0]}" if words else ""),
        "this is a fault of syngraph; run again with SYNGRAPH_DEBUG=1 to see where, and please report it",
    )
