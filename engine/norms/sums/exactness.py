"""Sums of money to the last digit, however long they are: the arithmetic of decimals rounds after so many digits by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Context, localcontext

_DIGITS = 30_000
"""More than the longest sentence has, and so than any sum that a text or a fact can name."""


@contextmanager
def exactly() -> Iterator[None]:
    """Lets no sum, difference or product of amounts be rounded for the time of some work.

    >>> from decimal import Decimal
    >>> with exactly():
    ...     str(Decimal("99999999999999999999999999999.99") - Decimal("99999999999999999999999999999.98"))
    '0.01'
    """
    with localcontext(Context(prec=_DIGITS)):
        yield
