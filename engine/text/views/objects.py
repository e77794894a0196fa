"""An object in our notation as it was written, and the map of what it includes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from syngraph.engine.text.errors import StoreError
from syngraph.engine.text.notations import markdown
from syngraph.engine.text.notations.markdown import MarkdownError
from syngraph.engine.text.objects import Draft, Inclusion, ProseObject
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.resolving.inclusion import MAX_DEPTH
from syngraph.engine.text.store import Tree, nearest, text_of
from syngraph.engine.text.views.inclusions import bounded, mapped
from syngraph.engine.text.views.shown import Entry, Kind, Link, Map, Source, Target

MAX_SUGGESTIONS = 20


def source(tree: Tree, path: str) -> Source:
    """An object as it was written.

    Raises: StoreError, MarkdownError
    """
    content = text_of(tree, path)
    written = markdown.read(content, path)
    entries = [Entry(Kind.FIELD, field.key, field.value.string, field.place) for field in written.fields]
    entries += [
        Entry(Kind.SECTION, draft.id, draft.heading.string, draft.place, draft.derived)
        for draft in drafts(written.sections)
        if draft.id
    ]
    return Source(path, tuple(content.removesuffix("\n").split("\n")), tuple(entries), _Links(tree, written)(path))


def inclusions(tree: Tree, root: str) -> Map:
    """What the object `root` includes, and what that includes, each object once.

    Raises: StoreError, MarkdownError when the root cannot be read.
    """
    return bounded(mapped(root, _Links(tree, markdown.read(text_of(tree, root), root))), MAX_DEPTH)


def drafts(sections: Sequence[Draft]) -> Iterator[Draft]:
    """Sections as written with those in them, in the order of the file."""
    waiting = list(reversed(sections))
    while waiting:
        draft = waiting.pop()
        yield draft
        waiting.extend(reversed(draft.children))


class _Links:
    """The inclusions of objects. Every object is read once; one that cannot be read is no object."""

    def __init__(self, tree: Tree, known: ProseObject) -> None:
        self.tree = tree
        self.objects: dict[str, tuple[Inclusion, ...] | Link] = {known.path: known.includes}
        self.suggested = 0

    def __call__(self, path: str) -> tuple[Link, ...]:
        """The inclusions of the object at `path`, in order."""
        written = self.read(path)
        return () if isinstance(written, Link) else tuple(self.link(inclusion) for inclusion in written)

    def link(self, inclusion: Inclusion) -> Link:
        """An inclusion, and what it leads to."""
        target = self.read(inclusion.path)
        here = Link(inclusion.path, inclusion.prefix, inclusion.place, Target.THERE)
        return replace(here, target=target.target, said=target.said) if isinstance(target, Link) else here

    def read(self, path: str) -> tuple[Inclusion, ...] | Link:
        """What the object at a path includes; where there is no object, what an inclusion of it leads to."""
        if path not in self.objects:
            try:
                self.objects[path] = markdown.read(text_of(self.tree, path), path).includes
            except (StoreError, MarkdownError) as error:
                self.objects[path] = self.unread(path, error)
        return self.objects[path]

    def unread(self, path: str, error: StoreError | MarkdownError) -> Link:
        """What an inclusion of something leads to that cannot be read."""
        nowhere = Place(path, 1, 1)
        if error.found == "no such file":
            self.suggested += 1
            said = nearest(path, self.tree) if self.suggested <= MAX_SUGGESTIONS else ""
            return Link(path, "", nowhere, Target.MISSING, said)
        refused = "leads out" in error.found or "absolute" in error.found or "not plain" in error.found
        return Link(path, "", nowhere, Target.REFUSED if refused else Target.UNREAD, error.found)
