"""Objects taken from elsewhere: copied with where they are from, and compared with it later.

A copy says in its front matter where it comes from. Its `digest` is the SHA-256 of the whole file without its line `digest:`,
so that `grep -v '^digest: sha256:' FILE | sha256sum` tells whether the copy was changed.
"""

from syngraph.engine.text.vendoring.borrowing import Borrowed, borrowed
from syngraph.engine.text.vendoring.copying import WRITTEN, VendoringError, copied, of_library
from syngraph.engine.text.vendoring.drift import (
    Drift,
    Here,
    Source,
    There,
    Version,
    drifted,
    lends,
    lent_source,
    library_source,
)
from syngraph.engine.text.vendoring.landing import Landing, Placed, Standing, placed
from syngraph.engine.text.vendoring.origin import Vendored, digest, stated, vendored

__all__ = [
    "WRITTEN",
    "Borrowed",
    "Drift",
    "Here",
    "Landing",
    "Placed",
    "Source",
    "Standing",
    "There",
    "Vendored",
    "VendoringError",
    "Version",
    "borrowed",
    "copied",
    "digest",
    "drifted",
    "lends",
    "lent_source",
    "library_source",
    "of_library",
    "placed",
    "stated",
    "vendored",
]
