"""Numbers written twice, in words and in figures."""

import re
from collections.abc import Iterator
from fractions import Fraction

from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.lint.context import Context

_UNITS = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
_TEENS = "eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_SMALL = {word: n for n, word in enumerate(f"{_UNITS}|{_TEENS}".split("|"))}
_SMALL |= {word: 10 * n for n, word in enumerate(_TENS.split("|"), 2)}
_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_PARTS |= {"halves": 2} | {f"{word}s": n for word, n in _PARTS.items()}
_WORD = rf"(?:{'|'.join(sorted([*_SMALL, *_SCALES, *_PARTS, 'a', 'an', 'and'], key=len, reverse=True))})"
_PAIR = re.compile(
    rf"\b(?P<words>{_WORD}(?:[\s-]+{_WORD})*)(?P<percent>\s(?:percent|per\scent))?(?:\s(?:euros?|dollars?|pounds?|francs?))?"
    r"\s\((?:[A-Z]{3}\s?|[€$£])?(?P<figures>\d[\d,. ]*(?:/\d+)?)\s?(?P<sign>%|percent|per\scent)?(?:\s[A-Z]{3})?\)",
    re.IGNORECASE,
)


def words_and_figures(context: Context) -> Iterator[Finding]:
    """SG305: `three (2) days`, `two-thirds (3/4)`."""
    for clause in context.clauses:
        for match in _PAIR.finditer(clause.text.string):
            said, written = value_of_words(match["words"]), value_of_figures(match["figures"])
            if said is None or written is None or said == written:
                continue
            if match["sign"] and not match["percent"] and said * 100 == written:
                continue
            if not match["sign"] and said == Fraction(1, 2) and written == Fraction(50, 100):
                continue
            where = clause.text[match.start("words") : match.end()]
            yield found(
                "SG305",
                f"“{match['words'].strip()}” in words is {match['figures'].strip()} in figures",
                where,
                "write the number once, or the same number twice",
            )


def value_of_words(words: str) -> Fraction | None:
    """The number that words say, None when they say none.

    >>> value_of_words("two hundred and five"), value_of_words("two-thirds"), value_of_words("and")
    (Fraction(205, 1), Fraction(2, 3), None)
    """
    total = current = 0
    counted = False
    parts = re.split(r"[\s-]+", words.casefold().strip())
    if parts[0] in ("a", "an") and len(parts) > 1:
        # `a hundred` is one hundred, `a half` one half; in `a two-thirds vote` the article belongs to what follows.
        parts = ["one", *parts[1:]] if parts[1] in _SCALES or parts[1] in _PARTS else parts[1:]
    for word in parts:
        if word in ("and", "a", "an"):
            continue
        if word in _SMALL:
            current, counted = current + _SMALL[word], True
        elif word == "hundred":
            current, counted = (current or 1) * 100, True
        elif word in _SCALES:
            total, current, counted = total + (current or 1) * _SCALES[word], 0, True
        elif word in _PARTS:
            return Fraction(total + current if counted else 1, _PARTS[word])
    return Fraction(total + current) if counted else None


def value_of_figures(figures: str) -> Fraction | None:
    """The number that figures say: blanks and commas between thousands, a point before decimals, a stroke for a fraction.

    >>> value_of_figures("1,200.50"), value_of_figures("3/4")
    (Fraction(2401, 2), Fraction(3, 4))
    """
    plain = figures.replace(",", "").replace(" ", "").rstrip(".")
    try:
        return Fraction(plain)
    except (ValueError, ZeroDivisionError):
        return None
