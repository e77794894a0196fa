"""Work that makes much and throws away little: meanwhile Python need not look for garbage that goes round in circles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Lets the collector of cyclic garbage rest for the time of some work, and wakes it again if it was awake before.

    What is reckoned up of many facts stays, and points only to what was there before it: to go through all of it again and
    again would take a quarter of the time. Other threads are not collected for either meanwhile. Memory that no circle holds
    is given back as always.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
