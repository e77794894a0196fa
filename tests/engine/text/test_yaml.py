"""The YAML that is read, the places it gives, and what is refused with a position."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.engine.text.notations import yaml
from syngraph.engine.text.notations.yaml import Mapping, Node, Scalar, Sequence, YamlError


def plain(node: Node) -> object:
    match node:
        case Scalar(text=text):
            return text.string
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(entries=entries):
            return {str(key): plain(value) for key, value in entries}


def read(source: str) -> object:
    return plain(yaml.read(source, "a.yaml"))


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("", {}),
        ("# nothing\n", {}),
        ("---\na: 1\n...\n", {"a": "1"}),
        (
            "a: no\nb: 1.0\nc: 2026-01-01\nd: null\ne: ~\nf:\n",
            {"a": "no", "b": "1.0", "c": "2026-01-01", "d": "null", "e": "~", "f": ""},
        ),
        ("a: [1, {b: c}]\n", {"a": ["1", {"b": "c"}]}),
        ("a:\n- 1\n- - 2\n", {"a": ["1", ["2"]]}),
        ("a: 'it''s'\nb: \"x\\ty\"\nc: |\n  1\n  2\nd: >\n  1\n  2\n", {"a": "it's", "b": "x\ty", "c": "1\n2\n", "d": "1 2\n"}),
    ],
)
def test_every_scalar_is_a_string(source: str, value: object) -> None:
    assert read(source) == value


REFUSED = {
    "alias": ("a: &x 1\nb: *x\n", 1, 4, "the anchor &x"),
    "alias alone": ("a: *x\n", 1, 4, "the alias *x"),
    "anchor on a mapping": ("a: &x\n  b: 1\n", 1, 4, "the anchor &x"),
    "tag": ("a: !!python/object:os.system x\n", 1, 4, "the tag"),
    "local tag": ("a: !x {b: 1}\n", 1, 4, "the tag !x"),
    "directive": ("%YAML 1.1\n---\na: 1\n", 1, 1, "a YAML directive"),
    "unknown directive": ("# c\n%FOO\n---\na: 1\n", 2, 1, "a YAML directive"),
    "second document": ("a: 1\n---\nb: 2\n", 3, 1, "a second document"),
    "key twice": ("a: 1\nb: 2\na: 3\n", 3, 1, "the key a a second time"),
    "key twice in flow": ("x: {a: 1, a: 2}\n", 1, 11, "the key a a second time"),
    "list as key": ("? [a]\n: b\n", 1, 3, "a list as a key"),
    "merge of an alias": ("a: 1\n<<: *b\n", 2, 5, "the alias *b"),
    "tab": ("\ta: 1\n", 1, 1, "character '\\t'"),
    "two colons": ("a: b: c\n", 1, 5, "a colon inside a value"),
    "reserved sign": ("a: @x\n", 1, 4, "character '@'"),
    "no end of list": ("a: [1,\n", 2, 1, "the end"),
    "no end of quote": ('a: "x\n', 2, 1, "a quotation without an end"),
    "control character": ("a: 1\nb: \x07\n", 2, 4, "the control character U+0007"),
    "text": ("just text\n", 1, 1, "the text “just text”"),
    "list": ("- a\n", 1, 1, "a list"),
    "deep": ("a: " + "[" * 50_000, 1, 15, "nested more than 12 deep"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_said_once(name: str) -> None:
    with pytest.raises(YamlError) as error:
        read(REFUSED[name][0])
    assert str(error.value).count("expected") == 1
    assert "<" not in str(error.value)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_has_a_position(name: str) -> None:
    source, line, column, found = REFUSED[name]
    with pytest.raises(YamlError) as error:
        read(source)
    assert error.value.place is not None
    assert (error.value.place.line, error.value.place.column) == (line, column)
    assert found in error.value.found
    assert error.value.expected


def test_a_million_laughs_are_refused_before_anything_is_built() -> None:
    lines = ["a: &a [x, x]"] + [f"{n}: &{n} [*{p}, *{p}]" for p, n in zip("abcdefgh", "bcdefghi", strict=True)]
    with pytest.raises(YamlError, match="anchor"):
        read("\n".join(lines))


def test_size_is_capped() -> None:
    with pytest.raises(YamlError, match="characters of YAML"):
        read("a: " + "x" * yaml.MAX_CHARACTERS)
    with pytest.raises(YamlError, match="more than 50,000 values"):
        read("a: [" + "x," * 60_000 + "]")


def test_lines_count_from_where_the_source_begins() -> None:
    mapping = yaml.read("a: 1\nb:\n  c: 2\n", "a.md", 2)
    (_, one), (key, two) = mapping.entries
    assert isinstance(one, Scalar)
    assert isinstance(two, Mapping)
    assert (str(one.place), str(key.place), str(two.entries[0][1].place)) == ("a.md:2:4", "a.md:3:1", "a.md:4:6")


@pytest.mark.parametrize(
    ("source", "places"),
    [
        ("a: one two", "1:4 1:5 1:6 1:7 1:8 1:9 1:10"),
        ("a: 'it''s'", "1:5 1:6 1:7 1:9"),
        ('a: "x\\ty\\u0041b"', "1:5 1:6 1:8 1:9 1:15"),
        ("a: one\n   two", "1:4 1:5 1:6 1:7 2:4 2:5 2:6"),
        ("a: |\n  1\n  2", "2:3 2:4 3:3"),
        ("a: >\n  1\n\n  2", "2:3 2:4 4:3"),
    ],
)
def test_every_character_of_a_value_knows_its_place(source: str, places: str) -> None:
    value = yaml.read(source, "a").entries[0][1]
    assert isinstance(value, Scalar)
    found = [value.text.place(n) for n in range(len(value.text))]
    assert " ".join(f"{place.line}:{place.column}" for place in found) == places


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff\u2028\u2029\x85"), max_size=30)


@given(st.dictionaries(WORDS, WORDS, max_size=5))
def test_what_is_quoted_is_read_back(pairs: dict[str, str]) -> None:
    source = "".join(f"{yaml.quoted(key)}: {yaml.quoted(value)}\n" for key, value in pairs.items())
    assert read(source) == pairs


STYLES = st.sampled_from(["{}", "'{}'", '"{}"'])
INNER = st.text("abc 'é.,;\n", min_size=1, max_size=40)


@given(STYLES, INNER)
def test_a_value_in_any_style_points_at_its_own_characters(style: str, inner: str) -> None:
    written = inner.replace("'", "''") if style == "'{}'" else inner
    source = "key: " + style.format(written.replace("\n", "\n  "))
    try:
        node = yaml.read(source, "a").entries[0][1]
    except YamlError:
        return
    assert isinstance(node, Scalar)
    lines = source.split("\n")
    for offset, character in enumerate(node.text.string):
        place = node.text.place(offset)
        here = lines[place.line - 1][place.column - 1 : place.column]
        assert here == character or (character in " \n" and here in ("", " "))


@given(st.text(max_size=80))
def test_no_input_gives_anything_but_a_mapping_or_a_yaml_error(source: str) -> None:
    try:
        assert isinstance(yaml.read(source, "a"), Mapping)
    except YamlError as error:
        assert error.place is not None
        assert error.place.line >= 1


@given(st.text("ab:-[]{},'\"|>&*!%#?@` \n\t", max_size=40))
def test_no_run_of_signs_gives_anything_but_a_mapping_or_a_yaml_error(source: str) -> None:
    try:
        yaml.read(source, "a")
    except YamlError as error:
        assert error.found
