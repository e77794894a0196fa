"""Figures with units and what is said of a quantity, as they are written: `between 2 °C and 8 °C`, `falls below 99.5%`.

Only a phrase that is wholly understood gives a range or a level.
"""

import re
from dataclasses import replace
from fractions import Fraction

from syngraph.grammar.measures import Level, Range
from syngraph.grammar.phrases.numbers import WORD_NUMBER, number

LONGEST = 400
"""Characters of the longest phrase that is looked at."""

_ONE = Fraction(1)
_UNITS: dict[str, tuple[str, Fraction, Fraction]] = {
    "°c|degrees celsius|degree celsius|degrees centigrade": ("temperature", _ONE, Fraction(0)),
    "°f|degrees fahrenheit|degree fahrenheit": ("temperature", Fraction(5, 9), Fraction(-160, 9)),
    "k|kelvin": ("temperature", _ONE, Fraction(-27315, 100)),
    "%|percent|per cent|percentage points|percentage point": ("share", _ONE, Fraction(0)),
    "ms|milliseconds|millisecond": ("time", Fraction(1, 1000), Fraction(0)),
    "seconds|second": ("time", _ONE, Fraction(0)),
    "minutes|minute": ("time", Fraction(60), Fraction(0)),
    "hours|hour": ("time", Fraction(3600), Fraction(0)),
    "days|day": ("time", Fraction(86400), Fraction(0)),
    "weeks|week": ("time", Fraction(604800), Fraction(0)),
    "mm|millimetres|millimetre": ("length", Fraction(1, 1000), Fraction(0)),
    "cm|centimetres|centimetre": ("length", Fraction(1, 100), Fraction(0)),
    "m|metres|metre|meters|meter": ("length", _ONE, Fraction(0)),
    "km|kilometres|kilometre|kilometers|kilometer": ("length", Fraction(1000), Fraction(0)),
    "mg|milligrams|milligram": ("mass", Fraction(1, 1000), Fraction(0)),
    "g|grams|gram|grammes|gramme": ("mass", _ONE, Fraction(0)),
    "kg|kilograms|kilogram|kilos|kilo": ("mass", Fraction(1000), Fraction(0)),
    "t|tonnes|tonne": ("mass", Fraction(1000000), Fraction(0)),
    "ml|millilitres|millilitre": ("volume", Fraction(1, 1000), Fraction(0)),
    "l|litres|litre|liters|liter": ("volume", _ONE, Fraction(0)),
    "db|decibels|decibel": ("dB", _ONE, Fraction(0)),
    "ppm": ("ppm", _ONE, Fraction(0)),
    "bar|bars": ("bar", _ONE, Fraction(0)),
    "lux": ("lux", _ONE, Fraction(0)),
}
_KNOWN = {name: unit for names, unit in _UNITS.items() for name in names.split("|")}
_WORDS = "|".join(sorted((re.escape(name).replace(r"\ ", r"\s") for name in _KNOWN), key=len, reverse=True))
_UNIT = rf"(?:(?i:{_WORDS})(?!\w))"
_FIGURE = (
    rf"(?:(?:minus\s|[-−])?(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,15}})(?:\.\d{{1,12}})?(?![\d,.]*\d)"
    rf"|(?i:{WORD_NUMBER})(?!\w)(?:\s\(\d{{1,9}}\))?)"
)
FIGURE = rf"(?:{_FIGURE}\s?{_UNIT}?)"
_LEAST = (
    r"at\sleast|not\sless\sthan|no\sless\sthan|at\sor\sabove|not\sbelow|not\sunder|not\slower\sthan|no\slower\sthan|a\sminimum\sof|"
    r"(?:greater|higher|more)\sthan\sor\sequal\sto|equal\sto\sor\s(?:greater|higher|more)\sthan|≥"
)
_MOST = (
    r"at\smost|not\smore\sthan|no\smore\sthan|at\sor\sbelow|not\sabove|not\sover|not\shigher\sthan|no\shigher\sthan|not\sgreater\sthan|"
    r"no\sgreater\sthan|not\sexceeding|not\sin\sexcess\sof|up\sto|a\smaximum\sof|(?:less|lower)\sthan\sor\sequal\sto|"
    r"equal\sto\sor\s(?:less|lower)\sthan|≤"
)
_ABOVE = r"above|over|more\sthan|greater\sthan|higher\sthan|warmer\sthan|exceeding|in\sexcess\sof|>"
_BELOW = r"below|under|less\sthan|lower\sthan|colder\sthan|cooler\sthan|short\sof|<"
_BETWEEN = (
    rf"(?:between|(?:with)?in\s(?:the|a)\srange\s(?:of|between|from)|within\sthe\srange|from)?\s?(?P<low>{FIGURE})"
    rf"\s?(?:and|to|[-–])\s?(?P<high>{FIGURE})"
)
_OUTSIDE = r"(?P<outside>(?:outside(?:\sof)?|not\swithin|not\sin|not\sbetween)\s?(?:(?:the|a)\srange\s(?:of|between|from)\s?)?)"
_BOUND = rf"(?P<how>{_LEAST}|{_MOST}|{_ABOVE}|{_BELOW})\s?(?P<bound>{FIGURE})"
_AFTER = (
    rf"(?P<figure>{FIGURE})(?:\sor\s(?P<more>more|higher|above|greater|warmer)"
    r"|\sor\s(?P<less>less|lower|below|fewer|colder|cooler))?"
)
_RANGE = re.compile(rf"(?:{_OUTSIDE}?{_BETWEEN}|{_BOUND}|(?:exactly\s|equal\sto\s)?{_AFTER})(?![\w%°])")
_PARTS = re.compile(rf"(?P<figure>{_FIGURE})\s?(?P<unit>{_UNIT})?")

_BE = (
    r"is|was|were|are|be|been|remains|remained|remain|stays|stayed|stay|stood|stands|measured|measures|averaged|averages|"
    r"amounted\sto|amounts\sto|came\sto|comes\sto|reads?"
)
_EXCEED = r"exceeds|exceeded|exceed"
_FALL = r"falls|fell|fall|drops|dropped|drop|sinks|sank|sink|goes|went|go|decreases|decreased|decrease"
_RISE = r"rises|rose|rise|climbs|climbed|climb|increases|increased|increase|goes|went|go"
_REACH = r"reaches|reached|reach"
_VERB = re.compile(
    rf"\s(?:(?P<not>(?:does|did|do|has|had)\snot\s|not\s|never\s)?(?P<verb>{_BE}|{_EXCEED}|{_FALL}|{_RISE}|{_REACH}))(?=\s)"
)
_CHANGES = re.compile(rf"(?:{_FALL}|{_RISE})$")
_TO = re.compile(r"to\s(?=\S)")
_NOUN = re.compile(
    r"(?!(?i:in|on|at|if|for|by|during|when|where|within|of|with|to|from)\s)(?:(?i:the|an?|each|its|their|any)\s)?[A-Za-z][\w’'./-]*(?:\s[A-Za-z][\w’'./-]*){0,11}$"
)


def figure(text: str, unit: str = "") -> tuple[Fraction, str]:
    """The figure that `text` (which matches `FIGURE`) names in the base unit of its dimension, and that dimension.

    `unit` is the unit of a figure that names none.

    >>> figure("48.2 °F"), figure("five hours")[0]
    ((Fraction(9, 1), 'temperature'), Fraction(18000, 1))
    """
    match = _PARTS.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"no figure: {text!r}")
    said = match["figure"].replace("−", "-").replace("minus ", "-").replace(",", "")
    plain = Fraction(said) if said.lstrip("-")[0].isdigit() else Fraction(number(said))
    name = re.sub(r"\s", " ", match["unit"] or unit).lower()
    if not name:
        return plain, ""
    dimension, factor, offset = _KNOWN[name]
    return plain * factor + offset, dimension


def step(text: str) -> tuple[Fraction, str] | None:
    """The size of one step of a unit (`percentage point`, `2 degrees Celsius`) and its dimension, None for any other phrase.

    >>> step("percentage point"), step("degree Celsius")
    ((Fraction(1, 1), 'share'), (Fraction(1, 1), 'temperature'))
    """
    match = re.fullmatch(rf"(?P<n>{_FIGURE})?\s?(?P<unit>{_UNIT})", text.strip())
    if match is None:
        return None
    dimension, factor, _ = _KNOWN[re.sub(r"\s", " ", match["unit"]).lower()]
    count = figure(match["n"])[0] if match["n"] else _ONE
    return (count * factor, dimension) if count > 0 else None


def ranged(text: str, start: int = 0) -> tuple[Range, bool, int] | None:
    """The range that a phrase names at `start`, whether all but it is meant, and where it ends; None where there is none.

    >>> ranged("between 2 °C and 8 °C")
    (Range(dimension='temperature', least=Fraction(2, 1), most=Fraction(8, 1), open_least=False, open_most=False), False, 21)
    """
    match = _RANGE.match(text, start, start + LONGEST)
    if match is None:
        return None
    if match["low"]:
        unit = _unit(match["high"]) or _unit(match["low"])
        (low, one), (high, other) = figure(match["low"], unit), figure(match["high"], unit)
        return None if one != other or low > high else (Range(one, low, high), bool(match["outside"]), match.end())
    if match["bound"]:
        value, dimension = figure(match["bound"])
        return _bounded(match["how"], value, dimension), False, match.end()
    value, dimension = figure(match["figure"])
    if match["more"]:
        return Range(dimension, value), False, match.end()
    return Range(dimension, None if match["less"] else value, value), False, match.end()


def level(text: str) -> tuple[Level, str] | None:
    """The level that a clause names, and the words after it; None where the clause names none.

    >>> level("the Availability falls below 98% in two months")[1]
    'in two months'
    >>> level("the temperature of the Goods does not exceed 4 °C")[0].range.most
    Fraction(4, 1)
    """
    for verb in _VERB.finditer(text[:LONGEST]):
        quantity = text[: verb.start()].strip()
        found = _said(text, verb)
        if found is not None and _NOUN.match(quantity):
            range, outside, end = found
            one = Level(quantity, range, outside)
            whole = _either(one, text, end) or _both(one, text, end)
            return whole if whole is not None else (one, text[end:].strip(" ,"))
        if found is not None:
            return None
    return None


def standing(text: str) -> tuple[Level, str] | None:
    """The level in what is to be kept (`the Availability at or above 99.5%`), and the words after it; None where there is none.

    >>> standing("the Goods at a temperature of not more than 4 °C")[0].quantity
    'the temperature of the Goods'
    """
    for gap in re.finditer(r"\s(?=\S)", text[:LONGEST]):
        found = ranged(text, gap.end())
        if found is None:
            continue
        range, outside, end = found
        if not outside and range.least == range.most:
            return None
        quantity = _kept(text[: gap.start()].strip(), range)
        return (Level(quantity, range, outside), text[end:].strip(" ,")) if quantity else None
    return None


_AT_QUANTITY = re.compile(r"(?P<thing>.+?)\s(?:at|in)\s(?:an?\s|the\s)?(?P<what>[a-z]+(?:\s[a-z]+){0,2}?)(?:\sof)?$")
_OPEN_END = re.compile(r"\s(?:for|with|in|by|from|on|within|and|or|into|about)$")


def _kept(phrase: str, range: Range) -> str:
    """What is measured, from the words before a range (`the Goods at a temperature of`), "" where they do not say."""
    if (at := _AT_QUANTITY.match(phrase)) and at["what"] not in ("or",):
        return f"the {at['what']} of {at['thing']}"
    bare = re.sub(r"\s(?:at|to|of)$", "", phrase)
    if not _NOUN.match(bare) or _OPEN_END.search(bare):
        return ""
    if range.dimension == "temperature" and "temperature" not in bare:
        return f"the temperature of {bare}"
    return bare


def _said(text: str, verb: re.Match[str]) -> tuple[Range, bool, int] | None:
    """The range that a verb and what follows it name, whether all but it is meant, and where it ends."""
    word, denied, at = verb["verb"], bool(verb["not"]), verb.end() + 1
    if re.fullmatch(_EXCEED, word):
        match = re.compile(FIGURE).match(text, at)
        found = (_bounded("above", *figure(match[0])), False, match.end()) if match else None
    elif re.fullmatch(_REACH, word):
        found = ranged(text, at)
        if found is not None and word != "reached" and found[0].least == found[0].most:
            found = (replace(found[0], most=None), False, found[2])
    elif _CHANGES.match(word):
        to = _TO.match(text, at)
        found = ranged(text, to.end() if to else at)
        if found is not None and not to and found[0].least is not None and found[0].most is not None and not found[1]:
            found = None
    else:
        found = ranged(text, at)
        if found is None and (inner := re.compile(r"(?:not|no)\s(?=\S)").match(text, at)):
            found, denied = ranged(text, inner.end()), True
    if found is None:
        return None
    return (
        (_opposite(found[0]), False, found[2])
        if denied and _has_one_bound(found[0])
        else (found[0], found[1] != denied, found[2])
    )


def _either(first: Level, text: str, end: int) -> tuple[Level, str] | None:
    """A level with two ways to be so (`falls below 2 °C or rises above 8 °C`): all but what lies between; None for one way."""
    joint = re.compile(r",?\s(?:or)(?=\s)").match(text, end)
    if joint is None:
        return None
    verb = _VERB.match(text, joint.end())
    second = _said(text, verb) if verb is not None else ranged(text, joint.end() + 1)
    if second is None or second[1] or first.outside or first.range.dimension != second[0].dimension:
        return None
    low, high = (first.range, second[0]) if first.range.least is None else (second[0], first.range)
    if low.least is not None or high.most is not None or low.most is None or high.least is None or low.most > high.least:
        return None
    between = Range(low.dimension, low.most, high.least, not low.open_most, not high.open_least)
    return Level(first.quantity, between, True), text[second[2] :].strip(" ,")


_NOT_THAT = re.compile(rf"not\s(?P<bound>{FIGURE})(?![\w%°])")


def _both(first: Level, text: str, end: int) -> tuple[Level, str] | None:
    """A level with a bound on either side (`exceeds 5 °C but not 8 °C`, `is below 99% but at least 98%`); None for one bound."""
    joint = re.compile(r",?\s(?:but|and)(?=\s)").match(text, end)
    if joint is None or first.outside or not _has_one_bound(first.range):
        return None
    at = joint.end() + 1
    verb = _VERB.match(text, joint.end())
    second = _said(text, verb) if verb is not None else ranged(text, at)
    if second is None and (denied := _NOT_THAT.match(text, at)):
        value, dimension = figure(denied["bound"])
        above = first.range.least is not None
        same = Range(
            dimension, value if above else None, None if above else value, first.range.open_least, first.range.open_most
        )
        second = (_opposite(same), False, denied.end())
    if second is None or second[1] or not _has_one_bound(second[0]) or first.range.dimension != second[0].dimension:
        return None
    low, high = (first.range, second[0]) if first.range.least is not None else (second[0], first.range)
    if low.least is None or high.most is None or low.least > high.most:
        return None
    within = Range(low.dimension, low.least, high.most, low.open_least, high.open_most)
    return Level(first.quantity, within), text[second[2] :].strip(" ,")


def _bounded(how: str, value: Fraction, dimension: str) -> Range:
    if re.fullmatch(_LEAST, how):
        return Range(dimension, value)
    if re.fullmatch(_MOST, how):
        return Range(dimension, None, value)
    return (
        Range(dimension, value, open_least=True) if re.fullmatch(_ABOVE, how) else Range(dimension, None, value, open_most=True)
    )


def _has_one_bound(range: Range) -> bool:
    return (range.least is None) != (range.most is None)


def _opposite(range: Range) -> Range:
    """All that a range with one bound leaves out."""
    if range.least is None:
        return Range(range.dimension, range.most, None, not range.open_most)
    return Range(range.dimension, None, range.least, open_most=not range.open_least)


def _unit(text: str) -> str:
    match = _PARTS.fullmatch(text.strip())
    return (match["unit"] or "") if match is not None else ""
