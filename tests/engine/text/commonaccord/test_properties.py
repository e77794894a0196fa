"""Small random stores: what is printed is what the rules say when they are followed naively, and every place is right."""

import re

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from syngraph.engine.text.notations.commonaccord.expansion import Printer
from syngraph.engine.text.notations.commonaccord.search import Search
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.notations.commonaccord.tracing import Trace
from syngraph.engine.text.store.folder import Memory

Files = dict[str, bytes]

SETTINGS = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
FALSY = (None, b"", b"0")
NAMES = ("a.md", "b.md", "c.md", "d.md", "e.md")


# -- the rules, followed naively -------------------------------------------------------------------------------------------


class AbsentObjectError(Exception):
    """An object is not there."""


class EndlessError(Exception):
    """The rules come to no end, or to none that is worth waiting for."""


class Naive:
    """What a key of a root says, read again from the beginning for every name."""

    def __init__(self, files: Files, root: str, strict: bool) -> None:
        self.files, self.root, self.strict = files, root.encode(), strict
        self.left = 4_000

    def lines(self, path: bytes) -> list[bytes]:
        if path.startswith(b"http") or path == b"folder":
            return []
        content = self.files.get(path.decode().removeprefix("./"))
        if content is None:
            if self.strict:
                raise AbsentObjectError(path.decode())
            return []
        return content.split(b"\n")

    def own(self, lines: list[bytes], key: bytes) -> bytes | None:
        for line in lines:
            if match := re.match(re.escape(key) + rb"\s*=\s*(.*)\Z", line, re.DOTALL):
                return match[1]
        return None

    def text(self, path: bytes, key: bytes, scope: bytes, depth: int = 0) -> bytes | None:
        self.left -= 1
        if self.left < 0 or depth > 60:
            raise EndlessError
        lines = self.lines(path)
        value = self.own(lines, key)
        if value in FALSY:
            if value is not None:
                return None
            for line in lines:
                match = re.match(rb"([^=]*)=\[(.+?)\]", line)
                if not match or not key.startswith(match[1]):
                    continue
                prefix = b"" if match[1] == b"0" else match[1]
                rest = key[len(prefix) :]
                value = self.text(match[2], key if rest in FALSY else rest, scope + prefix, depth + 1)
                if value not in FALSY:
                    break
        if value is None or value in FALSY:
            return None
        for name in re.findall(rb"\{([^}]+)\}", value):
            known = self.text(self.root, scope + name.removesuffix(b"!!"), b"", depth + 1)
            if known is not None and known not in FALSY:
                value = value.replace(b"{" + name + b"}", known)
                if len(value) > 20_000:
                    raise EndlessError
        return value

    def printed(self, key: bytes) -> bytes:
        try:
            self.lines(self.root)
            return (self.text(self.root, key, b"") or b"") + b"\n"
        except AbsentObjectError as absent:
            return f"Missing file: ./Doc/{absent}\n\n".encode()


# -- random stores ---------------------------------------------------------------------------------------------------------

KEYS = st.sampled_from(
    [
        b"X",
        b"Y",
        b"Z",
        b"P.X",
        b"P.Y",
        b"P.Q.X",
        b"Q.Z",
        b"PX",
        b"0",
        b"P.0",
        b"0X",
        b"",
        b"X ",
        b"a=b",
        b"!",
        b" X",
        b"\xc3\xa9",
    ]
)
PIECES = st.one_of(
    KEYS.map(lambda key: b"{" + key + b"}"),
    KEYS.map(lambda key: b"{" + key + b"}"),
    st.sampled_from(
        [b"{X!!}", b"{{Y}.X}", b"{Y}", b"{", b"}", b"0", b"w", b" ", b"\r", b"\xc3\xa9", b"\xff", b"\xc3", b"\xa9", b"{}"]
    ),
)
VALUES = st.lists(PIECES, max_size=4).map(b"".join)
SIGNS = st.sampled_from([b"=", b"=", b"=", b" =", b"= ", b"\t=\x0b"])
RECORDS = st.builds(lambda key, sign, value: key + sign + value, KEYS, SIGNS, VALUES)
PREFIXES = st.sampled_from([b"", b"", b"", b"P.", b"P.", b"Q.", b"P", b"0", b"P.Q.", b"X"])


def references(later: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    targets = st.sampled_from([*later, *later, *later, "gone.md", "folder", "httpx", *(f"./{path}" for path in later[:1])])
    ends = st.sampled_from([b"", b"", b" tail", b"\r"])
    return st.builds(lambda prefix, path, end: prefix + b"=[" + path.encode() + b"]" + end, PREFIXES, targets, ends)


@st.composite
def stores(draw: st.DrawFn) -> Files:
    """A store whose objects refer only to later ones; `a.md` is the root, and names may still lead back to themselves."""
    files: Files = {"folder/x.md": b""}
    for at, path in enumerate(NAMES):
        lines = draw(st.lists(st.one_of(RECORDS, references(NAMES[at + 1 :])), min_size=1, max_size=6))
        if at == 0:
            lines.append(b"r00t=" + draw(st.lists(PIECES, min_size=1, max_size=5).map(b"".join)))
        files[path] = b"\n".join(lines) + draw(st.sampled_from([b"\n", b""]))
    return files


def printer(files: Files, strict: bool = False) -> Printer:
    return Printer(Search(Store(Memory(files)), strict))


def naive(files: Files, key: bytes, strict: bool, root: str = "a.md") -> bytes:
    try:
        return Naive(files, root, strict).printed(key)
    except EndlessError:
        assume(False)
        raise


# -- what holds for all of them --------------------------------------------------------------------------------------------


@SETTINGS
@given(stores(), st.booleans())
def test_what_is_printed_is_what_the_rules_say(files: Files, strict: bool) -> None:
    assert printer(files, strict).printed(b"a.md", b"r00t") == naive(files, b"r00t", strict)


@SETTINGS
@given(stores(), KEYS, st.booleans())
def test_any_key_can_be_asked_for(files: Files, key: bytes, strict: bool) -> None:
    assert printer(files, strict).printed(b"a.md", key) == naive(files, key, strict)


@SETTINGS
@given(stores())
def test_a_text_with_places_is_the_same_text(files: Files) -> None:
    text = Trace(Store(Memory(files)), "a.md").text("r00t")
    assert text.string.encode("utf-8", "surrogateescape") + b"\n" == printer(files).printed(b"a.md", b"r00t")


@SETTINGS
@given(stores())
def test_every_character_stands_where_its_place_says(files: Files) -> None:
    text = Trace(Store(Memory(files)), "a.md").text("r00t")
    for at, character in enumerate(text.string):
        place = text.place(at)
        line = files[place.path.removeprefix("./")].split(b"\n")[place.line - 1].decode("utf-8", "surrogateescape")
        assert line[place.column - 1] == character


@SETTINGS
@given(stores())
def test_every_use_stands_where_its_place_says(files: Files) -> None:
    trace = Trace(Store(Memory(files)), "a.md")
    trace.text("r00t")
    assert len({(use.key, use.place) for use in trace.uses}) == len(trace.uses)
    for use in trace.uses:
        line = files[use.place.path.removeprefix("./")].split(b"\n")[use.place.line - 1].decode("utf-8", "surrogateescape")
        assert line[use.place.column - 1 :].startswith("{" + use.name + "}")
        assert use.bound == trace.bound(use.key)


@SETTINGS
@given(stores(), st.lists(st.tuples(st.sampled_from(NAMES), KEYS), min_size=1, max_size=6), st.booleans())
def test_a_list_prints_what_each_prints_alone(files: Files, asked: list[tuple[str, bytes]], strict: bool) -> None:
    together = printer(files, strict)
    for root, key in asked:
        assert together.printed(root.encode(), key) == printer(files, strict).printed(root.encode(), key)


@SETTINGS
@given(stores(), st.lists(st.tuples(st.sampled_from(NAMES), KEYS), min_size=1, max_size=6), st.booleans())
def test_a_list_finds_what_each_finds_alone(files: Files, asked: list[tuple[str, bytes]], strict: bool) -> None:
    """Each fault of a list is told, at the place where it stands, whatever was printed before."""
    together = printer(files, strict)
    found = []
    alone = []
    for root, key in asked:
        together.printed(root.encode(), key, found)
        printer(files, strict).printed(root.encode(), key, alone)
    assert {(each.code, str(each.place)) for each in found} == {(each.code, str(each.place)) for each in alone}


@SETTINGS
@given(stores(), KEYS, st.sampled_from([b"w", b"{Y}", b"{P.X}"]))
def test_the_root_overrides_what_it_includes(files: Files, key: bytes, value: bytes) -> None:
    assume(key.strip() and b"=" not in key and key == key.rstrip())
    files["a.md"] = key + b"=" + value + b"\n" + files["a.md"]
    bound = Trace(Store(Memory(files)), "a.md").bound(key.decode())
    assert bound is not None
    assert (bound.path, bound.line, bound.value, bound.prefix, bound.chain) == ("a.md", 1, value.decode(), "", ())


@SETTINGS
@given(stores(), KEYS, PREFIXES)
def test_a_prefix_is_cut_from_the_key(files: Files, key: bytes, prefix: bytes) -> None:
    """Asked through a prefix, an object binds what it binds by itself: prefix and key there make the key that was asked."""
    files["top.md"] = prefix + b"=[a.md]\n"
    store = Store(Memory(files))
    alone = Search(store).find(b"a.md", key)
    cut = prefix if prefix != b"0" else b""
    assume(key not in (b"", b"0") and (prefix + key).startswith(prefix) and cut + key != prefix and key.rstrip() == key)
    assume(not (prefix == b"0" and not key.startswith(b"0")))
    through = Search(store).find(b"top.md", cut + key)
    assert (alone and (alone.value, alone.path, alone.key)) == (through and (through.value, through.path, through.key))
    if through is not None:
        assert b"".join(each.scope for each in through.references()) + through.key in (cut + key, cut + key)


class Counted(Memory):
    """A tree that notes what was read."""

    __slots__ = ("asked",)

    def __init__(self, files: Files) -> None:
        super().__init__(files)
        object.__setattr__(self, "asked", [])

    def read(self, path: str) -> bytes:
        self.asked.append(path)
        return super().read(path)


@SETTINGS
@given(stores())
def test_nothing_is_read_twice_nor_before_it_is_asked_for(files: Files) -> None:
    files["a.md"] = b"r00t={X}{never.Y}\nX=here\nnever.Y=here\n" + files["a.md"].replace(b"r00t=", b"other=")
    tree = Counted(files)
    Printer(Search(Store(tree))).printed(b"a.md", b"r00t")
    assert tree.asked == ["a.md"]
    whole = Printer(Search(Store(tree)))
    for key in (b"other", b"Z", b"P.X"):
        whole.printed(b"a.md", key)
    assert len(tree.asked[1:]) == len(set(tree.asked[1:]))
