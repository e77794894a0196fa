"""Forms of verbs and nouns: from any form to the base, and from the base to any form."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256

VOWELS = "aeiou"
SILENT_E = (
    "s",
    "c",
    "v",
    "u",
    "z",
    "dg",
    "rg",
    "at",
    "ut",
    "et",
    "id",
    "ud",
    "ib",
    "bl",
    "tl",
    "dl",
    "ar",
    "ir",
    "ur",
    "am",
    "um",
    "ang",
    "bin",
    "dul",
    "fin",
    "gin",
    "lin",
    "min",
    "rul",
    "vok",
)
"""Endings of a stem that lost an e before `ed`."""


@dataclass(frozen=True, slots=True)
class Verb:
    """The forms of one verb. `nouns` are the nouns of its act (`payment`), possibly none."""

    base: str
    third: str
    past: str
    participle: str
    nouns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Verbs by each of their forms. `digest` tells one lexicon from another; it is "" for the one that comes with syngraph."""

    verbs: Mapping[str, Verb]
    thirds: Mapping[str, str]
    pasts: Mapping[str, str]
    participles: Mapping[str, str]
    nouns: Mapping[str, str]
    digest: str = ""


def third_person(base: str) -> str:
    """The regular third person.

    >>> third_person("pay"), third_person("carry"), third_person("fix"), third_person("go")
    ('pays', 'carries', 'fixes', 'goes')
    """
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2:-1].lower() not in VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def past_tense(base: str) -> str:
    """The regular past tense.

    >>> past_tense("deliver"), past_tense("notify"), past_tense("agree"), past_tense("plan")
    ('delivered', 'notified', 'agreed', 'planned')
    """
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1].lower() not in VOWELS:
        return base[:-1] + "ied"
    vowels = sum(letter in VOWELS for letter in base)
    doubles = vowels == 1 and base[-2:-1] in VOWELS and base[-1:] not in "wxy"
    return base + base[-1] + "ed" if doubles else base + "ed"


def plural(noun: str) -> str:
    """The regular plural of a noun, whose last word is inflected.

    >>> plural("Party"), plural("Member"), plural("Class"), plural("person")
    ('Parties', 'Members', 'Classes', 'persons')
    """
    return third_person(noun) if not noun.endswith("o") else noun + "s"


def singular(noun: str) -> str:
    """The singular of a regular plural; other words come back as they are.

    >>> singular("Parties"), singular("Members"), singular("Classes"), singular("Business"), singular("Board")
    ('Party', 'Member', 'Class', 'Business', 'Board')
    """
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "shes", "xes", "zes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is", "news", "ics")):
        return noun[:-1]
    return noun


@cache
def default() -> Lexicon:
    """The lexicon that comes with syngraph. What reads asks for `current`, since an agreement may have verbs of its own."""
    import tomllib
    from importlib.resources import files

    return from_entries(tomllib.loads(files("syngraph.grammar").joinpath("lexicon.toml").read_text(encoding="utf-8")))


def from_entries(entries: Mapping[str, Mapping[str, str | list[str]]]) -> Lexicon:
    """A lexicon from verbs by base form with the irregular of `third`, `past`, `participle` and `noun`."""
    verbs: dict[str, Verb] = {}
    for base, forms in entries.items():
        nouns = forms.get("noun", ())
        past = str(forms.get("past", past_tense(base)))
        verbs[base] = Verb(
            base,
            str(forms.get("third", third_person(base))),
            past,
            str(forms.get("participle", past)),
            (nouns,) if isinstance(nouns, str) else tuple(nouns),
        )
    return _by_forms(verbs)


_SPOKEN: ContextVar[Lexicon | None] = ContextVar("spoken", default=None)


def current() -> Lexicon:
    """The lexicon that is read with: the one of the `spoken` around the call, else the one that comes with syngraph."""
    return _SPOKEN.get() or default()


def spoken_digest() -> str:
    """The digest of the `current` lexicon, without loading it."""
    held = _SPOKEN.get()
    return held.digest if held is not None else ""


@contextmanager
def spoken(lexicon: Lexicon | None) -> Iterator[None]:
    """Reads and says with a lexicon within the block, with the one that comes with syngraph where it is None.

    >>> from syngraph.grammar.parse import read
    >>> with spoken(extended((Verb("moor", "moors", "moored", "moored", ("berthing",)),))):
    ...     read("The Owner shall pay EUR 5 within two days after the berthing of the Vessel.")[0].rules[0].times[0].after.verb
    'moor'
    """
    before = _SPOKEN.set(lexicon)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


@lru_cache(maxsize=64)
def extended(verbs: tuple[Verb, ...]) -> Lexicon:
    """The lexicon that comes with syngraph, and these verbs; of one that it has, the nouns are added to its own.

    The same verbs give the very same lexicon while they are remembered.
    """
    if not verbs:
        return default()
    held = dict(default().verbs)
    for verb in verbs:
        known = held.get(verb.base)
        held[verb.base] = (
            Verb(known.base, known.third, known.past, known.participle, (*known.nouns, *verb.nouns)) if known else verb
        )
    return _by_forms(held, sha256(repr(verbs).encode()).hexdigest())


def _by_forms(verbs: Mapping[str, Verb], digest: str = "") -> Lexicon:
    return Lexicon(
        verbs,
        {verb.third: verb.base for verb in verbs.values()},
        {verb.past: verb.base for verb in verbs.values()},
        {verb.participle: verb.base for verb in verbs.values()},
        {noun: verb.base for verb in verbs.values() for noun in verb.nouns},
        digest,
    )


def inflected(base: str) -> Verb:
    """The forms of any verb, regular ones for a verb that the lexicon does not have."""
    known = current().verbs.get(base)
    return known or Verb(base, third_person(base), past_tense(base), past_tense(base))


def base_of_participle(word: str) -> str:
    """The base form of a past participle: from the lexicon, else by undoing regular inflection."""
    return current().participles.get(word) or _regular_base(word)


def base_of_past(word: str) -> str:
    """The base form of a past tense: from the lexicon, else by undoing regular inflection; "" when it is no past form."""
    return current().pasts.get(word) or (_regular_base(word) if word.endswith("ed") else "")


def base_of_third(word: str) -> str:
    """The base form of a third person of the lexicon, else ""."""
    return current().thirds.get(word, "")


def _regular_base(word: str) -> str:
    if word.endswith("ied"):
        return word[:-3] + "y"
    if word.endswith("ed"):
        stem = word[:-2]
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
            return stem[:-1]
        if sum(letter in VOWELS for letter in stem) == 1 and stem[-2:-1] in VOWELS and stem[-1] not in "wxy" + VOWELS:
            # A short stem would have doubled its last letter (planned), so an e was lost (smoked).
            return stem + "e"
        silent = stem.endswith(SILENT_E) and not stem.endswith(("ss", "eat", "ain", "eed", "ead"))
        return stem + "e" if silent else stem
    return word
