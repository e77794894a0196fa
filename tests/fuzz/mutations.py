"""Sentences broken at random: words lost, said twice, moved, taken from another sentence, and what no keyboard has."""

import json
import re
from functools import cache
from pathlib import Path
from random import Random

TESTS = Path(__file__).parents[1]
EXAMPLES = TESTS.parent / "examples"

_CASE = re.compile(r"^(?:\[[\w -]+\]\s+)?(?P<text>[A-Z\"“].{10,})$")
_TOKEN = re.compile(r"\s+|[\w’'-]+|[^\w\s]")
ODD = (
    *"()[]{}“”\"'’`*_#|<>&\\/;:,.!?%$€£§–—-…\t\n",
    *(
        "\u00a0",
        "\u200b",
        "\u202e",
        "\u0301",
        "\ufeff",
        "\ud800",
        "\x00",
        "ſ",
        "İ",
        "ß",
        "Σ",
        "а",
        "़",
        "😀",
        "𝟛",
        "٣",
        "½",
        "\r",
    ),
    *(
        "\n\n",
        " (a) ",
        " (b) ",
        "; and (c) ",
        " and/or ",
        "0",
        "99999999999999999999",
        "1/0",
        "0%",
        "31 June 2027",
        "29 February",
    ),
    *(
        " shall ",
        " may not ",
        " if ",
        " unless ",
        ", provided that ",
        " within ",
        " of ",
        " by ",
        "[](#a)",
        "Section 0",
        "No. ",
    ),
)
_KEYS = (
    "syngraph",
    "title",
    "root",
    "register",
    "branch",
    "calendar",
    "zone",
    "holidays",
    "free",
    "verbs",
    "include",
    "fields",
)


@cache
def seeds() -> tuple[str, ...]:
    """Sentences of the case files and of the examples, in a fixed order."""
    found: dict[str, None] = {}
    for path in sorted((*TESTS.glob("grammar/cases/*.txt"), *TESTS.glob("cases/**/*.txt"))):
        for line in path.read_text(encoding="utf-8").splitlines():
            if case := _CASE.match(line):
                found[case["text"]] = None
    for path in sorted(TESTS.glob("grammar/cases/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found[json.loads(line)["sentence"]] = None
    return tuple(found)


@cache
def documents() -> tuple[str, ...]:
    """Whole files of the examples: objects, statements, manifests."""
    paths = sorted(path for path in EXAMPLES.rglob("*") if path.suffix in (".md", ".yaml", ".csv") and path.is_file())
    return tuple(path.read_text(encoding="utf-8") for path in paths)


def drawn(random: Random, whole: bool) -> str:
    """A text to begin with: a sentence or a few of them, or with `whole` sometimes a file."""
    if whole and random.random() < 0.5:
        return random.choice(documents())
    return " ".join(random.choice(seeds()) for _ in range(random.choice((1, 1, 1, 2, 3))))


def mutated(text: str, random: Random) -> str:
    """The text with one to five changes."""
    tokens = _TOKEN.findall(text)
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5))):
        tokens = [token for token in _changed(tokens, random) if token]
    return "".join(tokens)


def _changed(tokens: list[str], random: Random) -> list[str]:
    if not tokens:
        return _TOKEN.findall(random.choice(seeds()))
    at = random.randrange(len(tokens))
    after = min(len(tokens), at + random.choice((1, 1, 2, 3, 6)))
    match random.randrange(11):
        case 0 | 1:
            return tokens[:at] + tokens[after:]
        case 2:
            return tokens[:after] + tokens[at:]
        case 3 | 4 | 5:
            other = _TOKEN.findall(random.choice(seeds()))
            begin = random.randrange(len(other))
            return tokens[:at] + other[begin : begin + random.choice((1, 2, 4, 8, 20))] + tokens[after:]
        case 6:
            return [*tokens[:at], random.choice(ODD), *tokens[at:]]
        case 7:
            there = random.randrange(len(tokens))
            tokens[at], tokens[there] = tokens[there], tokens[at]
            return tokens
        case 8:
            word = tokens[at]
            cut = random.randrange(len(word))
            return [
                *tokens[:at],
                word[:cut] + random.choice(("", word[cut], random.choice(ODD))) + word[cut + 1 :],
                *tokens[at + 1 :],
            ]
        case 9:
            tokens[at] = random.choice((str.upper, str.lower, str.capitalize, str.title))(tokens[at])
            return tokens
        case _:
            again = random.choice((2, 4, 16, 64))
            return (tokens[:at] + tokens[at:after] * again + tokens[after:])[:4000]


def keyed(text: str, random: Random) -> str:
    """The text with a line of YAML in it somewhere."""
    value = random.choice(
        (text[:40], "{a: {past: b}}", "[a, b]", "{", "- x", "", "1", "Europe/Lisbon", "PT", random.choice(ODD))
    )
    lines = text.split("\n")
    lines.insert(random.randrange(len(lines) + 1), f"{random.choice(_KEYS)}: {value}")
    return "\n".join(lines)
