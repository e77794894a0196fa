"""The sections of a text and what is counted in them: a section that says what it said before is not read again."""

from collections.abc import Iterator
from itertools import groupby

from syngraph.engine import coverage as counting
from syngraph.engine.cache import Forgetful, key
from syngraph.engine.coverage import Coverage
from syngraph.engine.encoding import FORM
from syngraph.engine.reading import Reader
from syngraph.engine.text.clauses import Passage
from syngraph.engine.text.document import Document
from syngraph.grammar.lexicon import spoken_digest
from syngraph.grammar.sentence import Sentence


def coverage(document: Document, reader: Reader) -> Coverage:
    """What `coverage` counts in all the sentences of a document; what is new in it is read, and handed to the cache."""
    from syngraph.engine.text.passages import passages

    groups = [tuple(group) for _, group in groupby(passages(document), key=_section)]
    cache = reader.cache
    if isinstance(cache, Forgetful):
        return counting.total(_counted(group, reader) for group in groups)
    names = [_name(group) for group in groups]
    known = _known(cache.get(tuple(dict.fromkeys(names))))
    missing = {name: group for name, group in zip(names, groups, strict=True) if name not in known}
    reader.prepare([passage.text.string for group in missing.values() for passage in group])
    new = {name: _counted(group, reader) for name, group in missing.items()}
    reader.finish()
    if new:
        cache.put({name: counting.encoded(count) for name, count in new.items()})
    known |= new
    return counting.total(known[name] for name in names)


def _section(passage: Passage) -> tuple[str, bool]:
    return passage.section, passage.prose


def _name(group: tuple[Passage, ...]) -> str:
    return key("count", FORM, spoken_digest(), str(group[0].prose), *(passage.text.string for passage in group))


def _known(found: dict[str, bytes]) -> dict[str, Coverage]:
    known: dict[str, Coverage] = {}
    for name, content in found.items():
        try:
            known[name] = counting.decoded(content)
        except ValueError:
            continue
    return known


def _counted(group: tuple[Passage, ...], reader: Reader) -> Coverage:
    return counting.counted(_sentences(group, reader))


def _sentences(group: tuple[Passage, ...], reader: Reader) -> Iterator[tuple[Sentence, bool]]:
    return ((sentence, passage.prose) for passage in group for sentence in reader(passage.text.string))
