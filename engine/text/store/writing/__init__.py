"""Writing to a repository: files become one commit of one branch, wholly or not at all, and nothing else is touched.

Whatever is written goes first to objects that are on the disk, then to a journal, then to the branch by compare-and-swap, and
then to the work trees that have the branch checked out. Who is interrupted before the swap has changed nothing; what was left
to do after it is done by `recover`. No hook, filter, attribute or setting of the user has a part in what is written.
docs/adr/0015-digest-and-tree-hygiene.md says why.
"""

from syngraph.engine.text.store.writing.author import Author
from syngraph.engine.text.store.writing.committing import commit_files
from syngraph.engine.text.store.writing.journal import recover
from syngraph.engine.text.store.writing.references import Busy, Moved

__all__ = ["Author", "Busy", "Moved", "commit_files", "recover"]
