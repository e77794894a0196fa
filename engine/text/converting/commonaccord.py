"""A document of a CommonAccord store as an agreement in our notation, which is proved to say the same words.

The frames (values with lists, titles and paragraphs in them) are worked out into the sections of one object. What stands
inside a line becomes a field, kept in an object of its own for each object of the store that had it, included under the
same prefix and in the same order; a text that is used once and fills its paragraph, or is long, is written where it stands.
Where the lookup of the two notations differs the field is the root's own, so that it is found under its whole key.

The proof: what is about to be written is resolved, and every text in it must have the visible words (see `words`) of its
pieces as the CommonAccord notation expands them; one that has not is written out. At the end all the words of the document,
in order, must be those of the rendering, or nothing is written.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from syngraph.engine.text.converting import naming, words, writing
from syngraph.engine.text.converting.pieces import Bound, Pieces
from syngraph.engine.text.converting.writing import Included
from syngraph.engine.text.document import Document, Paragraph, Section
from syngraph.engine.text.editing.formatting import formatted
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.findings import Finding, gathered
from syngraph.engine.text.manifest import Manifest
from syngraph.engine.text.manifest import written as manifest_text
from syngraph.engine.text.notations.commonaccord.search import MAX_FINDINGS, Search
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.notations.front import KEY
from syngraph.engine.text.notations.html.blocks import blocks
from syngraph.engine.text.notations.html.inline import escaped
from syngraph.engine.text.notations.html.sections import led, sections
from syngraph.engine.text.provenance import Place, Text
from syngraph.engine.text.resolving.resolve import resolve
from syngraph.engine.text.store import MANIFEST, tree_of

ROOT = "agreement.md"
FOLDER = "objects/"
MAX_CHARACTERS = 1_500_000
"""The longest text that is brought over; our notation reads objects of two million characters."""
MAX_OBJECTS = 1_000
LONG = 60
"""From how many characters on a text that is used once is written where it stands."""
SOURCE = "CommonAccord"
"""What objects name as their source; `path` is that of the object in its store."""
ROUNDS = 6
UNFINISHED = ("SG113", "SG115", "SG104")
"""Faults after which a text is not whole: it grows too large, a name or an inclusion leads back to itself."""

_MARK = re.compile("[\U000f0000-\U000ffffd]")
_NONE = re.compile(r"(?!)")
"""The marks of a text that is to be written out whole."""


class ConversionError(TextError):
    """A text that cannot be brought over so that it says the same."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """An agreement made of another text.

    `files` are its files by path; `objects` how many of them are objects, `fields` how many fields they have, `written_out` how
    many pieces could not stay apart; `open` are the names that nothing binds, in the order of the text; `renamed` gives for
    each name that had to change the one that the store has; `literal` is what stays in braces, as it is no name; `words` is
    how many words were compared, all equal. `findings` are the faults of the store: objects that are not there, or not asked.
    """

    files: dict[str, bytes]
    title: str
    objects: int
    fields: int
    written_out: int
    open: tuple[str, ...]
    renamed: dict[str, str]
    literal: tuple[str, ...]
    words: int
    findings: tuple[Finding, ...]


def convert(store: Store, root: str, key: str = "r00t", title: str = "") -> Conversion:
    """The agreement that a key of an object of a store is.

    Raises: ConversionError where there is no such text, it is too long, or it cannot be written so that it says the same.
    """
    search = Search(store)
    path = root.encode("utf-8", "surrogateescape")
    if store.records(path) is None:
        raise ConversionError(
            "no such object", "the path of an object in the store", "write it from the top of the store", root
        )
    pieces = Pieces(search, path)
    binding = key.encode("utf-8", "surrogateescape")
    whole = pieces.text(binding)
    findings = gathered([*search.findings, *pieces.expansion.findings])
    _finished(findings, root)
    if not whole:
        raise ConversionError(f"nothing that binds {key}", "a key with a text", "name another with --key", root)
    if len(whole) > MAX_CHARACTERS:
        raise ConversionError(
            f"a text of {len(whole):,} characters", f"at most {MAX_CHARACTERS:,}", "bring over its parts one by one", root
        )
    expected = words.of_html(_text(whole))
    last: words.Difference | None = None
    drafts = [_Draft(pieces, root, title, whole, _NONE)]
    if not _MARK.search(whole):
        marked = (pieces.marked_text(binding), pieces.opened(whole))
        drafts = [*(_Draft(pieces, root, title, text) for text in marked), *drafts]
    for draft in drafts:
        document = draft.proved()
        said = words.of_document(document)
        last = words.difference(expected, draft.theirs(document))
        if last is None:
            ours = draft.opens
            return Conversion(
                _laid_out(draft.files),
                draft.title,
                len(draft.files) - 1,
                len(draft.names),
                pieces.written_out + len(draft.literal),
                tuple(ours[name] for name in draft.left),
                draft.renamed(),
                tuple(name for name in dict.fromkeys(naming.braced(said)) if name not in set(ours.values())),
                len(expected),
                findings,
            )
    assert last is not None
    raise ConversionError(
        f"a text that would read differently from its word {last.at + 1} on: “{last.actual}”",
        f"“{last.expected}”",
        "bring over its parts one by one, or write that place another way",
        root,
    )


def _finished(findings: Sequence[Finding], root: str) -> None:
    """Raises: ConversionError where faults kept the text from being whole."""
    for finding in findings:
        if finding.code in UNFINISHED:
            raise ConversionError(
                f"a text that is not whole ({finding.code}): {finding.message}",
                "one that can be put together",
                finding.help,
                finding.place.path,
                finding.place,
            )
    if len(findings) >= MAX_FINDINGS:
        raise ConversionError(
            f"{len(findings):,} faults, and perhaps more", f"fewer than {MAX_FINDINGS:,}", "mend the store first", root
        )


def _laid_out(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with their objects in the one layout."""
    return {
        path: formatted(content.decode(), path).encode() if path.endswith(".md") else content for path, content in files.items()
    }


def _text(string: str) -> Text:
    return Text(string, ((0, Place("", 1, 1)),) if string else ())


@dataclass(slots=True)
class _Draft:
    """What is about to be written, and what had to be written out in it so far."""

    pieces: Pieces
    root: str
    title: str
    marked: str
    mark: re.Pattern[str] = _MARK
    literal: dict[int, bool] = field(default_factory=dict)
    """The texts, by number, that are written out; True where also their emphasis and links are left out."""
    names: dict[str, str] = field(default_factory=dict)
    """The whole key of each field in the agreement, by mark."""
    opens: dict[str, str] = field(default_factory=dict)
    """The key of each name that stays open, by the name that the store has."""
    left: tuple[str, ...] = ()
    """The names that the text leaves open, as the store has them, in the order of the text."""
    files: dict[str, bytes] = field(default_factory=dict)
    outline: tuple[Section, ...] = ()
    ids: frozenset[str] = frozenset()
    counts: Counter[str] = field(default_factory=Counter)
    texts: list[str] = field(default_factory=list)
    _leaf: dict[str, str] = field(default_factory=dict)
    _theirs: dict[str, str] = field(default_factory=dict)

    def proved(self) -> Document:
        """The document as it will be read, each text of it as it should be or written out."""
        parts = blocks(_text(self.marked))
        self.outline = sections(parts, self.literal_text)
        self.ids = frozenset(section.id for section in _walk(self.outline))
        self.texts = [text.string for section in _walk(self.outline) for text in words.of_section(section)]
        self.title = self.title or naming.title(self.outline, parts, self.literal_text, self.root)
        self.count()
        expected = [words.of_markdown(_text(self.literal_text(text))) for text in self.texts]
        for _ in range(ROUNDS):
            self.write()
            document = resolve(tree_of(self.files), ROOT)
            actual = [text for section in document.walk() for text in words.of_section(section)]
            if len(actual) != len(self.texts):
                break
            wrong = [n for n, text in enumerate(actual) if self.restored(text) != expected[n]]
            if not wrong:
                break
            for number in wrong:
                self.literal[number] = number in self.literal
        return document

    def theirs(self, document: Document) -> list[str]:
        """The visible words of a document of ours, its open names called as the store calls them."""
        return [word for section in document.walk() for text in words.of_section(section) for word in self.restored(text)]

    def restored(self, text: Text) -> list[str]:
        """The visible words of a text, its open names called as the store calls them."""
        known = naming.restored(text.string, self._theirs)
        return words.of_markdown(text if known == text.string else _text(known))

    def renamed(self) -> dict[str, str]:
        """The name that the store has for each that had to change."""
        changed = {self.opens[name]: name for name in self.left}
        changed |= {self.names[mark]: self.pieces.leaf(mark).name for mark in self.names}
        return {ours: naming.shown(name) for ours, name in changed.items() if ours != name}

    # -- texts ---------------------------------------------------------------------------------------------------------

    def count(self) -> None:
        """How often each mark is used, in the body and in fields."""
        waiting = list(self.texts)
        while waiting:
            for mark in self.mark.findall(waiting.pop()):
                self.counts[mark] += 1
                if self.counts[mark] == 1 and self.pieces.leaf(mark).bound:
                    waiting.append(self.leaf(mark))

    def leaf(self, mark: str) -> str:
        """The text of a leaf as inline Markdown, with marks."""
        if mark not in self._leaf:
            self._leaf[mark] = self.inline(self.pieces.value(mark))
        return self._leaf[mark]

    def inline(self, html: str) -> str:
        made = blocks(_text(html))
        if len(made) != 1 or not isinstance(made[0], Paragraph):
            return escaped(_text(html)).string
        return led(made[0].text, lambda name: name if name in self.ids else None).string

    def padded(self, html: str) -> str:
        """A text as inline Markdown, with the blanks around it."""
        return html[: len(html) - len(html.lstrip())] + self.inline(html) + html[len(html.rstrip()) :]

    def literal_text(self, text: str) -> str:
        """A text with every mark in it written out."""
        return self.mark.sub(lambda match: self.inline(self.pieces.literal(match[0])), text)

    def written_out(self, text: str) -> str:
        """A text without fields; what is open in it stays open."""

        def literal(match: re.Match[str]) -> str:
            return (
                self.inline(self.pieces.opened(self.pieces.literal(match[0]))) if self.pieces.leaf(match[0]).bound else match[0]
            )

        return self.mark.sub(literal, text)

    def standing(self, text: str) -> str:
        """A text in which what is used once and is no word in a sentence stands by itself."""
        for _ in range(20):
            alone = text.strip("*")

            def inner(match: re.Match[str], alone: str = alone) -> str:
                mark = match[0]
                leaf = self.pieces.leaf(mark)
                if leaf.bound is None or self.counts[mark] != 1:
                    return mark
                return self.leaf(mark) if alone == mark or len(self.pieces.literal(mark)) > LONG else mark

            longer = self.mark.sub(inner, text)
            if longer == text:
                break
            text = longer
        return text

    def worded(self, number: int) -> str:
        """A text of the body, with marks where fields are mentioned."""
        text = self.texts[number]
        match self.literal.get(number):
            case None:
                return self.standing(text)
            case False:
                return self.written_out(text)
            case _:
                return escaped(_text(" ".join(words.of_markdown(_text(self.written_out(text)))))).string

    # -- files ---------------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """The files as things stand."""
        texts = [self.worded(number) for number in range(len(self.texts))]
        values = self.used(texts)
        self.name(values)
        homes = self.homes(values)
        objects: dict[str, dict[str, str]] = {}
        includes: dict[tuple[str, str], tuple[int, ...]] = {}
        own: dict[str, str] = {}
        for mark, value in values.items():
            bound = self.pieces.leaf(mark).bound
            assert bound is not None
            if mark not in homes:
                own[self.names[mark]] = self.mentioning(value, "")
                continue
            objects.setdefault(homes[mark], {})[self.names[mark][len(bound.prefix) :]] = self.mentioning(value, bound.prefix)
            held = includes.setdefault((homes[mark], bound.prefix), bound.order)
            includes[homes[mark], bound.prefix] = min(held, bound.order)
        order = sorted(includes, key=lambda each: (includes[each], each))
        numbers = iter(texts)
        content = writing.body(self.outline, lambda _: self.mentioning(next(numbers), ""))
        head = writing.front(self.title, [Included(*each) for each in order], own, _origin(self.root))
        files = {MANIFEST: manifest_text(Manifest(self.title, ROOT)), ROOT: f"{head}{content}".rstrip("\n") + "\n"}
        paths = {
            homes[mark]: bound.path for mark in values if mark in homes and (bound := self.pieces.leaf(mark).bound) is not None
        }
        for path, fields in objects.items():
            files[path] = writing.front("", (), fields, _origin(paths[path]))
        self.files = {path: normalize("NFC", content).encode() for path, content in files.items()}

    def used(self, texts: list[str]) -> dict[str, str]:
        """The fields that texts mention, also through each other, with their values."""
        values: dict[str, str] = {}
        left: dict[str, None] = {}
        waiting = [mark for text in reversed(texts) for mark in reversed(self.mark.findall(text))]
        while waiting:
            mark = waiting.pop()
            if self.pieces.leaf(mark).bound is None:
                left[self.pieces.leaf(mark).name] = None
            elif mark not in values:
                values[mark] = self.standing(self.leaf(mark))
                waiting.extend(reversed(self.mark.findall(values[mark])))
        self.left = tuple(left)
        return values

    def name(self, values: dict[str, str]) -> None:
        """Give each field a key that is one in our notation, and that nothing else has."""
        taken = set(self.ids)
        self.opens = naming.opened([leaf.name for leaf in self.pieces.leaves if leaf.bound is None], taken)
        self._theirs = {ours: self.padded(name) for name, ours in self.opens.items() if ours != name}
        self.names = {}
        for mark in values:
            leaf = self.pieces.leaf(mark)
            assert leaf.bound is not None
            prefix = leaf.bound.prefix if naming.is_prefix(leaf.bound.prefix) else ""
            self.names[mark] = naming.distinct(prefix + naming.renamed(leaf.name[len(prefix) :]), taken)

    def homes(self, values: dict[str, str]) -> dict[str, str]:
        """The object that each field is written in; those of the root are left out."""
        homes: dict[str, str] = {}
        written: dict[tuple[str, str], str] = {}
        paths: dict[str, str] = {}
        for mark, value in values.items():
            bound = self.pieces.leaf(mark).bound
            assert bound is not None
            if not bound.order or not naming.is_prefix(bound.prefix) or (bound.path not in paths and len(paths) >= MAX_OBJECTS):
                continue
            local = self.names[mark][len(bound.prefix) :]
            inner = [(each, self.pieces.leaf(each)) for each in self.mark.findall(value)]
            if not all(
                (self.names[each].startswith(bound.prefix) and KEY.fullmatch(self.names[each][len(bound.prefix) :]))
                if leaf.bound
                else not bound.prefix
                for each, leaf in inner
            ):
                continue
            path = self.path(bound, paths)
            said = self.mentioning(value, bound.prefix)
            if written.setdefault((path, local), said) == said:
                homes[mark] = path
        return homes

    def path(self, bound: Bound, paths: dict[str, str]) -> str:
        """The path of the object that is made of one of the store."""
        if bound.path not in paths:
            plain = bound.path.removesuffix(".md")
            parts = [re.sub(r"[^\w.-]+", "-", part).strip("-.") for part in plain.split("/")]
            taken = {other.removesuffix(".md").casefold() for other in paths.values()}
            wanted = normalize("NFC", FOLDER + "/".join(part[:80] for part in parts if part))
            name, count = wanted, 1
            while name.casefold() in taken or name == FOLDER:
                count += 1
                name = f"{wanted}-{count}"
            paths[bound.path] = f"{name}.md"
        return paths[bound.path]

    def mentioning(self, text: str, prefix: str) -> str:
        """A text with its braces escaped and its marks as mentions, seen from an object under a prefix."""

        def mention(match: re.Match[str]) -> str:
            leaf = self.pieces.leaf(match[0])
            return f"{{{self.names[match[0]][len(prefix) :] if leaf.bound else self.opens[leaf.name]}}}"

        return self.mark.sub(mention, writing.braced(text))


def _origin(path: str) -> dict[str, str]:
    return {"source": SOURCE, "path": naming.shown(path)}


def _walk(outline: tuple[Section, ...]) -> Iterator[Section]:
    yield from Document("", "", outline, {}, ()).walk()
