"""Which objects a document is made of: the tree of inclusions below its root."""

from dataclasses import dataclass, replace

from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.notations import markdown
from syngraph.engine.text.notations.markdown import MarkdownError
from syngraph.engine.text.objects import Inclusion, ProseObject
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store import StoreError, Tree, nearest, text_of

MAX_DEPTH = 40
MAX_INSTANCES = 2_000
MAX_TRIED = 20_000
"""The inclusions that are looked at, those that lead nowhere among them."""
MAX_PREFIX = 400
"""The characters of a whole prefix."""
MAX_FINDINGS = 200


@dataclass(frozen=True, slots=True)
class Instance:
    """An object in the place where it was included.

    Instances are numbered in the order root, its first inclusion with all below that, its second, ...; those below one are
    the numbers from its own to `end` (exclusive). `prefix` is the whole prefix as the root sees it, `chain` the places of the
    inclusions that led here, outermost first; `parent` is the number of the includer, -1 for the root.
    """

    source: ProseObject
    prefix: str
    chain: tuple[Place, ...]
    number: int
    parent: int
    end: int


def included(tree: Tree, root: str) -> tuple[tuple[Instance, ...], tuple[Finding, ...]]:
    """Every object that `root` is made of, the root first, and the faults met on the way.

    Raises: StoreError, MarkdownError when the root itself cannot be read.
    """
    objects: dict[str, ProseObject] = {root: markdown.read(text_of(tree, root), root)}
    reached: list[Instance] = []
    faults: list[Finding] = list(objects[root].findings)
    waiting: list[tuple[str, str, tuple[Place, ...], int, int]] = [(root, "", (), -1, 0)]
    tried = 0
    while waiting:
        path, prefix, chain, parent, depth = waiting.pop()
        number = len(reached)
        source = objects[path]
        reached.append(Instance(source, prefix, chain, number, parent, number + 1))
        ahead: list[tuple[str, str, tuple[Place, ...], int, int]] = []
        for inclusion in source.includes:
            tried += 1
            if tried > MAX_TRIED:
                break
            place = replace(inclusion.place, chain=chain)
            fault = _long(prefix + inclusion.prefix, place) or _refusal(
                tree, inclusion, place, reached, number, depth, len(reached) + len(waiting) + len(ahead)
            )
            if fault is None and inclusion.path not in objects:
                try:
                    objects[inclusion.path] = markdown.read(text_of(tree, inclusion.path), inclusion.path)
                except (StoreError, MarkdownError) as error:
                    if len(faults) >= MAX_FINDINGS:
                        continue
                    fault = _unreadable(tree, inclusion, place, error)
                else:
                    below = (*chain, place)
                    faults += [replace(f, place=replace(f.place, chain=below)) for f in objects[inclusion.path].findings]
            if fault is None:
                ahead.append((inclusion.path, prefix + inclusion.prefix, (*chain, inclusion.place), number, depth + 1))
            elif len(faults) < MAX_FINDINGS:
                faults.append(fault)
        waiting.extend(reversed(ahead))
    if tried > MAX_TRIED:
        where = Place(root, 1, 1)
        faults.append(found("SG113", f"more than {MAX_TRIED:,} inclusions, most of them of nothing", where, "mend those first"))
    ends = [instance.end for instance in reached]
    for instance in reversed(reached):
        if instance.parent >= 0:
            ends[instance.parent] = max(ends[instance.parent], ends[instance.number])
    return tuple(replace(instance, end=end) for instance, end in zip(reached, ends, strict=True)), tuple(_once(faults))


def _refusal(
    tree: Tree, inclusion: Inclusion, place: Place, reached: list[Instance], number: int, depth: int, count: int
) -> Finding | None:
    path = [reached[number].source.path]
    at = reached[number].parent
    while at >= 0:
        path.append(reached[at].source.path)
        at = reached[at].parent
    if inclusion.path in path:
        circle = [inclusion.path, *path[: path.index(inclusion.path)][::-1], inclusion.path]
        return found(
            "SG104", f"the inclusion leads back to itself: {' → '.join(circle)}", place, "remove one of these inclusions"
        )
    if depth >= MAX_DEPTH:
        return found("SG113", f"inclusions more than {MAX_DEPTH} deep", place, "include the object directly")
    if count >= MAX_INSTANCES:
        return found("SG113", f"more than {MAX_INSTANCES:,} inclusions", place, "include each object once")
    return None


def _long(prefix: str, place: Place) -> Finding | None:
    if len(prefix) <= MAX_PREFIX:
        return None
    return found("SG113", f"a prefix of more than {MAX_PREFIX} characters in all", place, "include the object directly")


def _unreadable(tree: Tree, inclusion: Inclusion, place: Place, error: StoreError | MarkdownError) -> Finding:
    if error.found == "no such file":
        return found("SG103", f"the included object {inclusion.path} is not there", place, nearest(inclusion.path, tree))
    if "leads out" in error.found or "absolute" in error.found or "not plain" in error.found:
        return found(
            "SG109", f"the inclusion of {inclusion.path} is {error.found}", place, error.help or "write a path in the agreement"
        )
    where = f" (at {error.place})" if error.place else ""
    return found("SG100", f"the included object {inclusion.path} is {error.found}{where}", place, error.help)


def _once(faults: list[Finding]) -> list[Finding]:
    """The faults without those that are the same fault reached by another way."""
    seen: set[tuple[str, str, str]] = set()
    kept: list[Finding] = []
    for fault in faults:
        key = (fault.code, str(fault.place), fault.message)
        if key not in seen:
            seen.add(key)
            kept.append(fault)
    return kept
