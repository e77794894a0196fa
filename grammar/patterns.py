"""Patterns that are compiled when they are first used: some are long, and most sentences need few of them."""

import re
from typing import Any, cast


class _Late:
    """A pattern that is not compiled yet; from its first use on it has the methods of the compiled one as its own."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._said = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._said)
        for method in ("match", "search", "fullmatch", "finditer", "sub", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The same as `re.compile`, which happens when the pattern is first used; a fault of the pattern is raised then.

    >>> late(r"[0-9]+").sub("n", "5 days")
    'n days'
    """
    return cast("re.Pattern[str]", _Late(pattern, flags))
