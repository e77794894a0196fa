"""Names of another notation as keys of ours, and what a text is called."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from unicodedata import normalize

from syngraph.engine.text.converting import words
from syngraph.engine.text.document import Paragraph, Section
from syngraph.engine.text.notations.front import KEY
from syngraph.engine.text.notations.html.blocks import Part, Title
from syngraph.engine.text.provenance import Place, Text

MAX_NAME = 100
MAX_TITLE = 200

_SIGNS = r"\w.,#$%€£/&'’()*+?-"
_NAME = re.compile(rf"[\w/][{_SIGNS}]*(?: [{_SIGNS}]+){{0,3}}:?")
"""A name as people give it to what is to be filled in: up to four words, no sentence, no line of a style sheet."""
_SYMBOLS = {"#": "number", "$": "amount", "€": "amount", "£": "amount", "%": "percent"}
_BRACED = re.compile(r"\{([^{}\\]+)\}")
_OPEN = re.compile(r"\{[^{}]*\w[^{}]*\}")
_TERM = re.compile(r"\{_([^{}]*\w)\}")


def is_prefix(prefix: str) -> bool:
    """Whether a prefix is one that an inclusion can have in our notation."""
    return not prefix or (prefix.endswith(".") and KEY.fullmatch(prefix[:-1]) is not None)


def is_name(name: str) -> bool:
    """Whether what stands in braces is the name of something to be filled in, and no style, link or sentence.

    >>> [is_name(name) for name in ("Dues.Date", "_Company", "Share.#", "Né/e", "the closing date", "At:")]
    [True, True, True, True, True, True]
    >>> [is_name(name) for name in ("!!!", "color: red;", "1", "</>A", "say here how many members may come", "")]
    [False, False, False, False, False, False]
    """
    if KEY.fullmatch(name):
        return True
    plain = normalize("NFC", name).strip()
    return len(plain) <= MAX_NAME and _NAME.fullmatch(plain) is not None and any(letter.isalpha() for letter in plain)


def renamed(key: str) -> str:
    """A key as it can be one of ours.

    >>> [renamed(key) for key in ("Dues.Date", "_Licensee", "1.sec", "Cap.#", "N,E.A", "_Seller's_Agent", "_A_?_B")]
    ['Dues.Date', 'term.Licensee', 'n1.sec', 'Cap.number', 'N-E.A', 'term.Sellers_Agent', 'term.A-B']
    """
    plain = normalize("NFC", key).strip()
    if KEY.fullmatch(plain):
        return plain
    split = [part.strip() for part in re.sub(r"['’]", "", plain).lstrip("_").split(".")]
    parts = [re.sub(r"_*[^\w]+[\W_]*", "-", part).strip("-") or _SYMBOLS.get(part, "x") for part in split if part]
    name = ".".join(parts) or "x"
    if plain.startswith("_"):
        return f"term.{name}"
    if KEY.fullmatch(name):
        return name
    bare = name.lstrip("_-")
    return bare if KEY.fullmatch(bare) else f"n{name}"


def distinct(wanted: str, taken: set[str]) -> str:
    """A name that nothing else has, which is taken from then on."""
    name, count = wanted, 1
    while name in taken:
        count += 1
        name = f"{wanted}-{count}"
    taken.add(name)
    return name


def opened(names: Sequence[str], taken: set[str]) -> dict[str, str]:
    """The key of ours for each name that stays open; those that are keys already keep theirs where they can."""
    kept = {name: distinct(name, taken) for name in dict.fromkeys(names) if KEY.fullmatch(name)}
    return {name: kept.get(name) or distinct(renamed(name), taken) for name in dict.fromkeys(names)}


def restored(markdown: str, theirs: Mapping[str, str]) -> str:
    """Inline Markdown whose open names are those of the store again; `theirs` gives them, as Markdown, by ours."""
    return _BRACED.sub(lambda match: f"{{{theirs.get(match[1], match[1])}}}", markdown) if theirs else markdown


def braced(said: Sequence[str]) -> list[str]:
    """What stands in braces in words that a reader sees."""
    return re.findall(r"\{([^{}]+)\}", " ".join(said))


# -- titles ------------------------------------------------------------------------------------------------------------


def title(outline: Sequence[Section], parts: Sequence[Part], said: Callable[[str], str], path: str) -> str:
    """What a text is called: a strong line at its top, its only or first heading, or else its path in words.

    What is made of open names or ends with a colon is no title; an open term among other words (`{_Company}`) is said with
    its own. `said` gives the words of a text with marks in it.
    """
    for text in _candidates(outline, parts):
        line = " ".join(words.of_markdown(_text(said(text))))
        if any(map(str.isalpha, _OPEN.sub("", line))) and not line.endswith(":"):
            line = _TERM.sub(lambda match: match[1].replace("_", " "), line)
            if not _OPEN.search(line):
                return shortened(line)
    return of_path(path)


def _candidates(outline: Sequence[Section], parts: Sequence[Part]) -> Iterator[str]:
    for section in outline[:1]:
        if not section.id:
            for block in section.blocks:
                if isinstance(block, Paragraph) and re.fullmatch(r"\*\*.+\*\*", block.text.string, re.DOTALL):
                    yield block.text.string.strip("*")
    headed = [section.heading.string for section in outline if section.id]
    if len(headed) == 1:
        yield headed[0]
    yield from (part.text.string for n, part in enumerate(parts) if isinstance(part, Title) and (part.level or n == 0))


def shortened(line: str) -> str:
    """A title of at most `MAX_TITLE` characters, cut between words."""
    return line if len(line) <= MAX_TITLE else line[: MAX_TITLE - 3].rsplit(" ", 1)[0] + "..."


def of_path(path: str) -> str:
    """The path of an object in words.

    >>> [of_path(path) for path in ("G/OneNDA-DPA/Demo/0.md", "lease_of_room.md", "0.md", "G/Agt-NDA/Form/2.1.md")]
    ['OneNDA-DPA / Demo', 'lease of room', '0', 'Agt-NDA / Form / 2.1']
    """
    parts = [part for part in shown(path).removesuffix(".md").split("/") if part]
    telling = [part for n, part in enumerate(parts) if part.strip("0._-") and (n or len(part) > 1)]
    return shortened(" / ".join(part.replace("_", " ").strip() for part in telling or parts[-1:]))


def shown(path: str) -> str:
    """A path as text that a file may hold."""
    return "".join(c if c.isprintable() and not "\ud800" <= c <= "\udfff" else "?" for c in path)


def _text(string: str) -> Text:
    return Text(string, ((0, Place("", 1, 1)),) if string else ())
