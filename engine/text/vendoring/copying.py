"""A text as it is copied: with where it is from in its front matter, and its inclusions led to where those objects land."""

from collections.abc import Callable, Sequence
from hashlib import sha256

from syngraph.engine.text import hygiene
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.notations import front, markdown, yaml
from syngraph.engine.text.notations.front import Origin
from syngraph.engine.text.objects import Inclusion, ProseObject
from syngraph.engine.text.vendoring.origin import MAX_EARLIER, digest, vendored

WRITTEN = ("source", "commit", "path", "original", "digest", "earlier")
"""The keys of the front matter that a borrowed copy has of its own, and not from its source."""
HERE = "."
"""The source of what was taken from the same repository."""
_LINE = "digest: sha256:"


class VendoringError(TextError):
    """A text that cannot be copied so that it says where it is from."""


def of_library(content: bytes) -> bytes:
    """A clause of the library as it is copied: its front matter also has the digest of what it was copied from."""
    line = f"digest: sha256:{sha256(content).hexdigest()}\n"
    lines = content.decode().splitlines(keepends=True)
    for number, each in enumerate(lines):
        if each.startswith("version:"):
            return "".join([*lines[: number + 1], line, *lines[number + 1 :]]).encode()
    return ("---\n" + line + "".join(lines[1:])).encode()


def copied(
    content: bytes, path: str, source: str, commit: str, whole: str, landed: Callable[[str], str] = lambda each: each
) -> bytes:
    """An object of a repository as it is copied.

    `path` is where it stands in its agreement, as inclusions count, and `whole` the same from the top of the repository;
    `landed` tells of an object that it includes where that comes to stand. What the object says of where it is from becomes
    the latest of its `earlier` sources. The copy ends in a line end.

    Raises: HygieneError where the text could not be governed, VendoringError where its front matter or an inclusion is
    written so that it cannot be changed without touching something else.
    """
    text = hygiene.governed_text(content, path)
    read = _sound(text, path)
    earlier = _lineage(content, path, source, read)
    mine = [line for line in text.split("\n") if line.startswith(_LINE)]
    lines = _rewritten(text, read, landed)
    head, body = _cut(lines)
    kept = _without_origin(head, path)
    if len(mine) > 1 or any(line.startswith(_LINE) for line in (*kept, *body)):
        raise VendoringError(
            "a line of the text that begins with digest: sha256:",
            "such a line in the front matter only, since digests leave it out",
            "indent the line, or write the word otherwise",
            path,
        )
    said = [
        f"source: {yaml.quoted(source)}",
        f"commit: {commit}",
        f"path: {yaml.quoted(whole)}",
        f"original: sha256:{sha256(content).hexdigest()}",
    ]
    more = [f"  - {{{', '.join(f'{key}: {yaml.quoted(value)}' for key, value in step)}}}" for step in earlier]
    block = [*said, *(["earlier:", *more] if more else [])]

    def put(*digested: str) -> bytes:
        made = "\n".join(["---", *said, *digested, *block[len(said) :], *kept, "---", *body])
        return (made if made.endswith("\n") else made + "\n").encode()

    made = put(f"digest: {digest(put())}")
    _check(made, path, read, earlier, landed)
    return made


def _sound(text: str, path: str) -> ProseObject:
    """The object that a text is. Raises: VendoringError where it does not read."""
    read = markdown.read(text, path)
    fault = next((each for each in read.findings if each.code in ("SG100", "SG113")), None)
    if fault is not None:
        raise VendoringError(fault.message, "an object that reads", fault.help or "mend it at the source", place=fault.place)
    return read


def _lineage(content: bytes, path: str, source: str, read: ProseObject) -> tuple[Origin, ...]:
    """Where the source had the object from, the latest first; a step is marked where its text had been changed since."""
    said = dict(read.origin)
    if not {"source", "commit", "digest"} & said.keys():
        return read.earlier
    step = {key: said[key] for key in front.EARLIER if key in said}
    known = vendored(content, path)
    if known is not None and not known.unchanged:
        step["changed"] = "yes"
    steps = [step, *(dict(each) for each in read.earlier)]
    for each in steps:
        if each.get("source") == HERE:
            each["source"] = source
    if len(steps) > MAX_EARLIER:
        raise VendoringError(
            f"a text that was borrowed {len(steps)} times before", f"at most {MAX_EARLIER}", "borrow it from its source", path
        )
    return tuple(tuple((key, each[key]) for key in front.EARLIER if key in each) for each in steps)


# -- lines -------------------------------------------------------------------------------------------------------------


def _rewritten(text: str, read: ProseObject, landed: Callable[[str], str]) -> list[str]:
    lines = text.split("\n")
    for inclusion in sorted(read.includes, key=lambda each: (each.place.line, each.place.column), reverse=True):
        to = landed(inclusion.path)
        if to != inclusion.path:
            line, at = inclusion.place.line - 1, inclusion.place.column - 1
            written = next((each for each in _spellings(inclusion.path) if lines[line].startswith(each, at)), None)
            if written is None:
                raise VendoringError(
                    f"the inclusion of {inclusion.path}, which is not written as one plain word",
                    "its path on one line, plain or in quotes",
                    "write it so at the source",
                    place=inclusion.place,
                )
            lines[line] = lines[line][:at] + yaml.quoted(to) + lines[line][at + len(written) :]
    return lines


def _spellings(path: str) -> tuple[str, ...]:
    return f'"{path}"', "'" + path.replace("'", "''") + "'", path


def _cut(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of the front matter, without those around it, and those below it."""
    if lines[0].rstrip() != "---":
        return [], list(lines)
    end = next(number for number in range(1, len(lines)) if lines[number].rstrip() in ("---", "..."))
    return list(lines[1:end]), list(lines[end + 1 :])


def _without_origin(head: Sequence[str], path: str) -> list[str]:
    """The front matter without what a copy says of its origin; comments and blank lines stay."""
    entries = yaml.read("\n".join(head), path, 2).entries
    starts = [name.place.line - 2 for name, _ in entries]
    if any(name.place.column != 1 for name, _ in entries) or len(set(starts)) < len(starts):
        raise VendoringError(
            "front matter whose keys do not stand one below the other",
            "each key at the beginning of a line of its own",
            "write it so at the source",
            path,
        )
    gone: set[int] = set()
    for (name, _), start, end in zip(entries, starts, [*starts, len(head)][1:], strict=True):
        if str(name) in WRITTEN:
            last = end
            while last - 1 > start and (not head[last - 1].strip() or head[last - 1].lstrip().startswith("#")):
                last -= 1
            gone.update(range(start, last))
    return [line for number, line in enumerate(head) if number not in gone]


# -- certainty ---------------------------------------------------------------------------------------------------------

_Said = tuple[object, ...]


def _check(made: bytes, path: str, read: ProseObject, earlier: tuple[Origin, ...], landed: Callable[[str], str]) -> None:
    """Make sure that the copy says what its source says, but for where it is from and where inclusions lead."""
    text = hygiene.governed_text(made, path)
    copy = _sound(text, path)
    known = vendored(made, path)
    same = _said(copy, str) == _said(read, landed)
    if not same or known is None or not known.unchanged or known.earlier != earlier:
        raise VendoringError(
            "front matter to which nothing can be added without changing it",
            "each key at the beginning of a line of its own, with its value",
            "write it so at the source",
            path,
        )


def _said(read: ProseObject, landed: Callable[[str], str]) -> _Said:
    return (
        str(read.title),
        tuple(_inclusion(each, landed) for each in read.includes),
        tuple((each.key, str(each.value)) for each in read.fields),
        tuple(each.key for each in read.omit),
        tuple(pair for pair in read.origin if pair[0] not in WRITTEN),
        len(read.sections),
    )


def _inclusion(inclusion: Inclusion, landed: Callable[[str], str]) -> _Said:
    return landed(inclusion.path), inclusion.prefix, str(inclusion.after), str(inclusion.before)
