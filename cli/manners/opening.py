"""How a verb gets at the agreement that it is about."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.manners import memory, stores

if TYPE_CHECKING:
    from syngraph.engine.agreement import Agreement


def agreement(path: Path, rev: str | None, notation: str = stores.NOTATIONS[0], store: Path | None = None) -> "Agreement":
    """The agreement at a path, with the cache of this user. Imported here, so that help pages need not load the engine.

    In another notation it is an object of a `store`. Raises: StoreError and the other errors of `Agreement.open`.
    """
    if notation != stores.NOTATIONS[0]:
        return foreign(path, rev, store)
    from syngraph.engine.agreement import Agreement

    found = Agreement.open(path, rev, memory.cache())
    if context := click.get_current_context(silent=True):
        # What the command prints and reads besides the text is in the words of the agreement, too.
        context.with_resource(found.manifest.speaking())
    return found


def foreign(path: Path, rev: str | None, store: Path | None, key: str | None = None) -> "Agreement":
    """An object of a CommonAccord store, as a document of our model. Raises: click.UsageError, StoreError"""
    from syngraph.engine.foreign import ROOT, ForeignObject

    located = stores.located(str(path), store, rev)
    stores.records(located)
    name = located.root.decode("utf-8", "surrogateescape")
    return ForeignObject.of(located.store, name, ROOT if key is None else key, memory.cache())
