"""A store of objects: a folder whose paths the references of all its objects count from."""

from dataclasses import dataclass, field

from syngraph.engine.text.errors import FolderError, MissingError, StoreError
from syngraph.engine.text.notations.commonaccord.records import Records
from syngraph.engine.text.store import Tree

NOTHING = Records(b"")
FETCHED = b"http"


@dataclass(slots=True, eq=False)
class Store:
    """The objects of a tree, each read and parsed once, when it is first asked for.

    A path may go up and down again inside the tree, never out of it: then it is as if nothing were there, except that with
    `around` (the folder that the store is the folder `name` of) a file beside the store is read as the reference reads it;
    names that begin with a full stop are not. A path that begins with `http` reads as empty: nothing is ever fetched.
    """

    tree: Tree
    around: Tree | None = None
    name: str = "Doc"
    faults: dict[bytes, str] = field(default_factory=dict)
    """What is wrong with a path that was asked for, where it was more than that nothing is there."""
    _held: dict[bytes, Records | None] = field(default_factory=dict)
    _folders: dict[str, bool] = field(default_factory=dict)

    def records(self, path: bytes) -> Records | None:
        """The object at a path as a reference writes it; a folder is an empty object. None where there is none to read."""
        try:
            return self._held[path]
        except KeyError:
            held = self._held[path] = self._read(path)
            return held

    def _read(self, path: bytes) -> Records | None:
        if path.startswith(FETCHED):
            self.faults[path] = "leads to the network, which is never asked"
            return NOTHING
        plain = self._plain(path.decode("utf-8", "surrogateescape"))
        if plain is None:
            return None
        tree, inside = plain
        if not inside:
            return NOTHING
        if tree is not self.tree:
            self.faults[path] = "leads out of the store"
        known = inside.encode("utf-8", "surrogateescape")
        if known != path and tree is self.tree:
            held = self.records(known)
            return held if not path.endswith(b"/") or held is None or self._is_folder(tree, inside) else None
        try:
            return Records(tree.read(inside))
        except MissingError:
            return None
        except FolderError:
            return NOTHING
        except StoreError as error:
            self.faults[path] = f"is {error.found}"
            return None

    def _plain(self, path: str) -> tuple[Tree, str] | None:
        """The tree and the path in it that a path comes to, "" for the top; None where it leads nowhere."""
        parts: list[str] = []
        above = False
        for part in path.split("/"):
            if part in ("", "."):
                continue
            if part != "..":
                parts.append(part)
            elif above and not parts:
                self.faults[path.encode("utf-8", "surrogateescape")] = "leads out of the store"
                return None
            elif parts:
                tree = self.around if above and self.around is not None else self.tree
                if not self._is_folder(tree, "/".join(parts)):
                    return None
                parts.pop()
            else:
                above = True
        if not above:
            return self.tree, "/".join(parts)
        if parts[:1] == [self.name]:
            return self.tree, "/".join(parts[1:])
        if self.around is None or any(part.startswith(".") for part in parts):
            self.faults[path.encode("utf-8", "surrogateescape")] = "leads out of the store"
            return None
        return self.around, "/".join(parts)

    def _is_folder(self, tree: Tree, path: str) -> bool:
        if path not in self._folders or tree is not self.tree:
            try:
                tree.read(path)
                known = False
            except FolderError:
                known = True
            except StoreError:
                known = False
            if tree is not self.tree:
                return known
            self._folders[path] = known
        return self._folders[path]
