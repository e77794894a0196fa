"""What a page says otherwise than by words, put into words: words struck out or hidden, figures raised or lowered, images.

A text that binds cannot be read past these. Words struck out are refused, kept or left out as the caller says; hidden words
are left out; a raised figure is written `10^6`, a lowered one `x_1`, the mark of a footnote `[1]`; an image is its words in
brackets. Each of these is a remark. A list in letters that does not begin with the first is paragraphs that begin with
`(c)`, as people type it. What a style sheet hides is not known here.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.notations.html.blocks import SEPARATE, number
from syngraph.engine.text.notations.html.remarks import MAX_REMARKS, Kind, Remark, Struck
from syngraph.engine.text.notations.html.sections import marker
from syngraph.engine.text.notations.html.tokens import Closing, Opening, Words, tokens
from syngraph.engine.text.provenance import Place

MAX_SHOWN = 60
"""The characters of a text that a remark shows."""
_TAIL = 30
_STRUCK = frozenset({"del", "s", "strike"})
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_UNSHOWN = frozenset({"dialog", "datalist", "rp"})
_ENDED = {
    "p": SEPARATE - {"br"},
    "li": frozenset({"li"}),
    "td": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "th": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "tr": frozenset({"tr", "tbody", "tfoot"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
}
"""The elements before which another ends that nobody ended."""
_FORMULA = frozenset({"msup", "msub", "msubsup", "mfrac", "msqrt", "mroot", "mover", "munder", "munderover", "mtable"})
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0|mso-hide\s*:\s*all)\b")
_STRIKING = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,100}\bline-through")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ORDINAL = re.compile(r"st|nd|rd|th|er|ers|re|e|es|[èe]me|o|a|º|ª|TM|SM|[®©™]", re.IGNORECASE)
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[munkcd]?m|ft|in|yd|mi|s|[A-Za-z])$")
_SIMPLE = re.compile(r"[+−–-]?\w+")


class SettlingError(TextError):
    """A page that does not say for certain which words are its text."""


def settled(source: str, struck: Struck = Struck.REFUSE, path: str = "") -> tuple[str, tuple[Remark, ...]]:
    """The HTML with all that in words, and the first `MAX_REMARKS` remarks. The time is linear in the length.

    Raises: SettlingError where words are struck out and `struck` refuses them, where they are kept beside inserted ones,
    where a deletion does not end where it began, and for a formula.
    """
    return _Settler(source, struck, path).settled()


@dataclass(slots=True)
class _Stretch:
    """An element that is being passed: its name, where it began, and what is open in it."""

    name: str
    at: int
    inner: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)
    size: int = 0

    def ends(self, token: Opening | Closing, outer: Mapping[str, int]) -> str:
        """How a tag ends it: `with` the tag, `before` it, or not at all ("")."""
        name = token.name
        if isinstance(token, Opening):
            if not self.inner.total() and name in _ENDED.get(self.name, ()):
                return "before"
            if name not in _VOID:
                self.inner[name] += 1
            return ""
        if self.inner[name]:
            self.inner[name] -= 1
            if not self.inner[name]:
                del self.inner[name]
            return ""
        if name == self.name:
            return "with"
        return "before" if outer[name] else ""

    def say(self, words: str) -> None:
        if self.size <= MAX_SHOWN * 4:
            self.said.append(words[: MAX_SHOWN * 4])
            self.size += len(words)

    @property
    def words(self) -> str:
        return _short(unescape("".join(self.said)))


@dataclass(slots=True)
class _Raised:
    name: str
    index: int
    at: int
    before: str
    linked: bool
    depth: int = 1


@dataclass(slots=True)
class _List:
    """A list that is open: how it counts, and the number of the next entry where its entries are paragraphs, else -1."""

    tag: str
    count: str
    following: int
    step: int


class _Settler:
    def __init__(self, source: str, struck: Struck, path: str) -> None:
        self.source, self.mode, self.path = source, struck, path
        self.out: list[str] = []
        self.remarks: list[Remark] = []
        self.open: Counter[str] = Counter()
        self.hidden: _Stretch | None = None
        self.struck: _Stretch | None = None
        self.raised: _Raised | None = None
        self.linked = False
        self.lists: list[_List] = []
        self.marker = ""
        """What the next words begin with."""
        self.tail = ""
        """The last visible characters of the line."""
        self.line = 1
        self.counted = 0
        self.inserted = self.kept = -1
        """Where words were inserted, and where words struck out were kept, -1 for nowhere."""

    def settled(self) -> tuple[str, tuple[Remark, ...]]:
        for token in tokens(self.source):
            if isinstance(token, Words):
                self.words(token)
            else:
                self.tag(token)
        if self.hidden is not None:
            self.remark(Kind.HIDDEN, self.hidden.words, self.hidden.at)
        if self.struck is not None:
            self.refuse_end(self.struck)
        if self.inserted >= 0 and self.kept >= 0:
            help = "accept or reject the changes first, or say --struck drop"
            raise self.error("words struck out and words inserted", "one of both", help, self.kept)
        return "".join(self.out), tuple(self.remarks)

    # -- tokens --------------------------------------------------------------------------------------------------------

    def words(self, token: Words) -> None:
        words = self.source[token.start : token.end]
        if self.hidden is not None:
            self.hidden.say(words)
            return
        if self.struck is not None:
            self.struck.say(words)
            if self.mode is not Struck.KEEP:
                return
        if self.marker and words.strip():
            self.out.append(self.marker)
            self.marker = ""
        self.out.append(words)
        self.tail = (self.tail + unescape(words[-2 * _TAIL :]))[-_TAIL:]

    def tag(self, token: Opening | Closing) -> None:
        if self.hidden is not None:
            how = self.hidden.ends(token, self.open)
            if how:
                if self.hidden.words:
                    self.remark(Kind.HIDDEN, self.hidden.words, self.hidden.at)
                self.hidden = None
            if how != "before":
                return
        if isinstance(token, Opening) and _is_hidden(token):
            self.hidden = _Stretch(token.name, token.start)
            return
        if self.struck is not None:
            if self.in_struck(token, self.struck):
                return
        elif isinstance(token, Opening) and _is_struck(token):
            self.struck = _Stretch(token.name, token.start)
            return
        self.seen(token)

    def in_struck(self, token: Opening | Closing, struck: _Stretch) -> bool:
        """A tag in words that are struck out; whether nothing more is to be done with it."""
        match struck.ends(token, self.open):
            case "with":
                self.struck = None
                if struck.words:
                    self.end_struck(struck)
                return True
            case "before":
                self.refuse_end(struck)
        return self.mode is not Struck.KEEP

    def seen(self, token: Opening | Closing) -> None:
        name = token.name
        if name in SEPARATE:
            self.tail, self.raised = "", None
        if isinstance(token, Opening):
            if name in _FORMULA:
                help = "write the formula in words, or in one line as a/b and x^2"
                raise self.error("a formula", "words and figures in a line", help, token.start)
            if name not in _VOID:
                self.open[name] += 1
            match name:
                case "sup" | "sub":
                    self.raise_(token)
                    return
                case "a":
                    self.linked = token.attributes.get("href", "").startswith("#")
                    if self.raised is not None and self.linked:
                        self.raised.linked = True
                case "ins":
                    self.inserted = self.inserted if self.inserted >= 0 else token.start
                case "img":
                    words = " ".join(token.attributes.get("alt", "").split())
                    self.put(Kind.IMAGE, words, token)
                    return
                case "input":
                    self.input(token)
                    return
                case "ol" | "ul":
                    if self.listing(token):
                        return
                case "li":
                    if self.entry(token):
                        return
                case "q":
                    self.out.append("“")
                case "rt":
                    self.out.append(" (")
        else:
            self.open[name] = max(self.open[name] - 1, 0)
            match name:
                case "sup" | "sub":
                    self.lower(token)
                    return
                case "a":
                    self.linked = False
                case "ol" | "ul":
                    if self.lists and self.lists.pop().following >= 0:
                        self.out.append("</div>")
                        return
                case "li":
                    if self.lists and self.lists[-1].following >= 0:
                        self.out.append("</div>")
                        return
                case "q":
                    self.out.append("”")
                case "rt":
                    self.out.append(")")
        self.out.append(self.source[token.start : token.end])

    # -- what is set otherwise -----------------------------------------------------------------------------------------

    def raise_(self, token: Opening) -> None:
        if self.raised is None:
            self.raised = _Raised(token.name, len(self.out), token.start, self.tail, self.linked)
        elif self.raised.name == token.name:
            self.raised.depth += 1

    def lower(self, token: Closing) -> None:
        raised = self.raised
        if raised is None or raised.name != token.name:
            return
        raised.depth -= 1
        if raised.depth:
            return
        self.raised = None
        inner = "".join(self.out[raised.index :])
        plain = " ".join(unescape(_TAG.sub("", inner)).split())
        made = _set(plain, inner, raised, self.source[token.end : token.end + 1])
        if made != inner:
            del self.out[raised.index :]
            self.out.append(made)
            written = unescape(_TAG.sub("", made))
            self.tail = (raised.before + written)[-_TAIL:]
            word = "" if raised.linked else raised.before.rpartition(" ")[2]
            self.remark(Kind.SET, _short(word + written), raised.at)

    # -- lists ---------------------------------------------------------------------------------------------------------

    def listing(self, token: Opening) -> bool:
        """The beginning of a list; whether its entries become paragraphs."""
        attributes = token.attributes
        count = attributes.get("type", "1") if token.name == "ol" else ""
        start = self.number(attributes, "start", token) if count else None
        is_reversed = bool(count) and "reversed" in attributes
        typed = count in ("a", "A", "i", "I") and (is_reversed or start not in (None, 1))
        if typed and start is None:
            help = "write the letters into the text"
            raise self.error("a list in letters that counts down", "a first letter", help, token.start)
        following = start if typed and start is not None else -1
        self.lists.append(_List(token.name, count, following, -1 if is_reversed else 1))
        if typed:
            self.out.append("<div>")
        return typed

    def entry(self, token: Opening) -> bool:
        """The beginning of an entry; whether it becomes a paragraph."""
        if not self.lists or not self.lists[-1].count:
            return False
        open_list = self.lists[-1]
        value = self.number(token.attributes, "value", token)
        if open_list.following < 0:
            if value is not None and open_list.count in ("a", "A", "i", "I"):
                help = "write the letters into the text"
                raise self.error("an entry with a letter of its own", "letters that follow each other", help, token.start)
            return False
        shown = open_list.following if value is None else value
        if shown < 1:
            raise self.error("an entry without a letter", "letters from a on", "write the letters into the text", token.start)
        self.marker = f"{marker(open_list.count, shown)} "
        open_list.following = max(shown + open_list.step, 0)
        self.out.append("<div>")
        return True

    def number(self, attributes: Mapping[str, str], name: str, token: Opening) -> int | None:
        """A number that is written with a list or entry, None without one."""
        written = attributes.get(name, "").strip()
        if not written:
            return None
        value = number(written)
        if value is None:
            found = f"a list with the number {_short(written)}"
            raise self.error(found, "whole numbers from 0 to 99,999,999", "write the numbers into the text", token.start)
        return value

    def put(self, kind: Kind, words: str, token: Opening) -> None:
        if words:
            self.out.append(escape(f"[{words}]"))
            self.tail = "]"
        self.remark(kind, _short(words), token.start)

    def input(self, token: Opening) -> None:
        kind = token.attributes.get("type", "").lower()
        if kind in ("checkbox", "radio"):
            self.put(Kind.FIELD, "x" if "checked" in token.attributes else "_", token)
        elif kind != "hidden" and (value := " ".join(token.attributes.get("value", "").split())):
            self.put(Kind.FIELD, value, token)

    def end_struck(self, struck: _Stretch) -> None:
        if self.mode is Struck.REFUSE:
            help = "accept or reject the deletion first, or say --struck drop (left out) or --struck keep (they bind)"
            raise self.error(f"words that are struck out: “{struck.words}”", "words that are in the text", help, struck.at)
        self.kept = struck.at if self.mode is Struck.KEEP else -1
        self.remark(Kind.KEPT if self.mode is Struck.KEEP else Kind.DROPPED, struck.words, struck.at)

    def refuse_end(self, struck: _Stretch) -> None:
        help = f"end the <{struck.name}> in the paragraph where it begins"
        raise self.error("a deletion that does not end where it began", "its end", help, struck.at)

    def error(self, found: str, expected: str, help: str, at: int) -> SettlingError:
        self.advance(at)
        is_page = self.path.casefold().endswith((".html", ".htm"))
        return SettlingError(found, expected, help, path=self.path, place=Place(self.path, self.line, 1) if is_page else None)

    def remark(self, kind: Kind, words: str, at: int) -> None:
        if len(self.remarks) < MAX_REMARKS:
            self.advance(at)
            self.remarks.append(Remark(kind, words, self.line))

    def advance(self, at: int) -> None:
        """Count the lines up to an offset; one that lies behind is told with the line reached."""
        if at > self.counted:
            self.line += self.source.count("\n", self.counted, at)
            self.counted = at


def _is_hidden(token: Opening) -> bool:
    if token.name in _VOID:
        return False
    attributes = token.attributes
    style = attributes.get("style", "")
    if token.name in _UNSHOWN:
        return not (token.name == "dialog" and "open" in attributes)
    return "hidden" in attributes or (bool(style) and _HIDING.search(style.lower()[:10_000]) is not None)


def _is_struck(token: Opening) -> bool:
    if token.name in _VOID:
        return False
    style = token.attributes.get("style", "")
    return token.name in _STRUCK or (bool(style) and _STRIKING.search(style.lower()[:10_000]) is not None)


def _set(plain: str, inner: str, raised: _Raised, after: str) -> str:
    """What is raised or lowered as it is written in a line."""
    if not plain:
        return inner
    before = raised.before
    if raised.name == "sup":
        if raised.linked and len(plain) <= 5:
            return inner if plain[0] == "[" else f"[{escape(plain)}]"
        if _ORDINAL.fullmatch(plain) and before[-1:].strip():
            return inner
        is_power = before[-1:].isdigit() or before[-1:] in ")]" or _UNIT.search(before)
        if plain.isdigit() and (not before or not is_power):
            return f"[{plain}]"
        if not any(map(str.isalnum, plain)):
            return inner
    sign = "^" if raised.name == "sup" else "_"
    if _SIMPLE.fullmatch(plain) and not (after.isdigit() if plain.isdigit() else after.isalnum()):
        return sign + escape(plain)
    return f"{sign}({escape(plain) if len(plain) < MAX_SHOWN else inner})"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= MAX_SHOWN else words[: MAX_SHOWN - 1] + "…"
