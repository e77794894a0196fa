"""What a governed folder and a governed text may not hold; each way to make two people read two things is a test."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.engine.text import hygiene
from syngraph.engine.text.hygiene import HygieneError
from syngraph.engine.text.store import Entry

OID = "a" * 40


def entries(*named: tuple[int, str | bytes]) -> list[Entry]:
    return [Entry(mode, name.encode() if isinstance(name, str) else name, OID) for mode, name in named]


def files(*names: str | bytes) -> list[Entry]:
    return entries(*((0o100644, name) for name in names))


def refused(listed: list[Entry], path: str = "forms") -> HygieneError:
    with pytest.raises(HygieneError) as caught:
        hygiene.folder(listed, path)
    return caught.value


# -- folders -----------------------------------------------------------------------------------------------------------


def test_plain_files_and_folders_in_order_pass() -> None:
    hygiene.folder(entries((0o100644, "Satzung Ä.md"), (0o100644, "a.md"), (0o40000, "a"), (0o100644, "a0")), "")


def test_a_folder_stands_where_its_slash_puts_it() -> None:
    hygiene.folder(entries((0o100644, "a-b"), (0o100644, "a.md"), (0o40000, "a"), (0o100644, "a0")), "")
    assert refused(entries((0o40000, "a"), (0o100644, "a.md"))).found == "an entry out of order"


@pytest.mark.parametrize(
    ("mode", "found"),
    [
        (0o100755, "an executable file"),
        (0o120000, "a symbolic link"),
        (0o160000, "a submodule"),
        (0o100664, "a file of the odd mode 100664"),
        (0o40755, "a file of the odd mode 40755"),
        (0, "a file of the odd mode 0"),
    ],
)
def test_any_other_mode_is_refused(mode: int, found: str) -> None:
    error = refused(entries((mode, "a.md")))
    assert (error.found, error.path) == (found, "forms/a.md")


@pytest.mark.parametrize(
    "name",
    [
        *(".git", ".GIT", ".Git", "git~1", "GIT~1", "git~12", ".git.", ".git ", ".git . ."),
        *(".g\u200cit", "\ufeff.git", ".git\u200d", ".gi\u202et"),
        *(".", "..", "a/b", "a\\b", "a:b", ".git::$INDEX_ALLOCATION"),
        *("a.", "a ", "\ta", "a\tb", "a\nb", "a\rb", "a\x7f", "a\x1b[31m", "a\x85", "a\u2028b", "a\u00adb", "a\u2060b"),
        *("e\u0301.md", "\u212b.md", "\u202etxt.md"),
        *(b"\xff.md", b"\xc0\xae", b"\xed\xa0\x80", "a" * 256),
        "",
    ],
)
def test_a_name_that_not_every_system_keeps_is_refused(name: str | bytes) -> None:
    assert refused(files(name)).expected in ("a name that every system keeps as it is",)


@pytest.mark.parametrize("name", [".github", ".gitignore", "gitt", "git~x", "~", "a b", "é.md", "條約.md", "a" * 255])
def test_other_names_pass(name: str) -> None:
    hygiene.folder(files(name), "")


@pytest.mark.parametrize(
    ("one", "other"), [("A.md", "a.md"), ("STRASSE", "straße"), ("Σ", "ς"), ("É.md", "é.md"), ("\u01c4", "\u01c6")]
)
def test_names_that_differ_only_by_case_are_refused(one: str, other: str) -> None:
    listed = sorted(files(one, other), key=lambda entry: entry.name)
    assert "some systems take for one" in refused(listed).found


def test_a_name_twice_is_refused() -> None:
    assert refused(files("a.md", "a.md")).found == "a name that the folder holds twice"
    assert refused(entries((0o100644, "a"), (0o100644, "a.md"), (0o40000, "a"))).found == "a name that the folder holds twice"


def test_names_out_of_order_are_refused() -> None:
    assert refused(files("b.md", "a.md")).found == "an entry out of order"


def test_a_refusal_shows_no_control_characters() -> None:
    error = refused(files("a\x1b[2Jb"))
    assert str(error).isprintable()
    assert error.path == "forms/a\\x1b[2Jb"


def test_paths_are_held_against_the_same_rules() -> None:
    hygiene.paths(["a.md", "forms/a.md", "forms/b.md"])
    for twins in (["a/x", "A/y"], ["a", "a/b"], ["a/b", "a"], ["a", "a"], ["é", "É"], ["x/.git/y"], ["x//y"]):
        with pytest.raises(HygieneError):
            hygiene.paths(twins)


@given(st.lists(st.text(min_size=1, max_size=6), max_size=6))
def test_what_passes_is_kept_apart_by_systems_that_fold_names(names: list[str]) -> None:
    listed = sorted({name.encode("utf-8", "surrogatepass") for name in names})
    try:
        hygiene.folder(files(*listed), "")
    except HygieneError:
        return
    kept = [name.decode() for name in listed]
    assert [unicodedata.normalize("NFC", name) for name in kept] == kept
    assert len({unicodedata.normalize("NFD", name).casefold() for name in kept}) == len(kept)
    assert all("/" not in name and name.strip(".") for name in kept)


@given(st.from_regex(rb"[a-z0-9._-]{1,8}", fullmatch=True))
def test_a_plain_name_is_one_that_a_folder_may_have(name: bytes) -> None:
    if hygiene.plain(name):
        hygiene.folder(files(name), "")
        assert hygiene.folded(name.decode()) == name.decode()


# -- texts -------------------------------------------------------------------------------------------------------------


def said(content: bytes) -> HygieneError:
    with pytest.raises(HygieneError) as caught:
        hygiene.governed_text(content, "bylaws.md")
    return caught.value


def test_text_in_composed_utf8_with_lf_passes_as_it_is() -> None:
    text = "# Ämter\n\n\tEach Member pays €5.\u00a0— ok\n\U0001f600 کتاب\u200cها\n"
    assert hygiene.governed_text(text.encode(), "bylaws.md") == text


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"one\r\ntwo", "a carriage return"),
        (b"one\rtwo", "a carriage return"),
        ("é\r\n".encode(), "a carriage return"),
        (b"\xef\xbb\xbfone", "a byte order mark"),
        ("one\ufefftwo".encode(), "a byte order mark"),
        (b"a\0b", "U+0000 (a control character)"),
        (b"a\x1b[31m", "U+001B (a control character)"),
        (b"a\x0cb", "U+000C (a control character)"),
        (b"a\x7f", "U+007F (a control character)"),
        ("a\u0085b".encode(), "U+0085 (a control character)"),
        ("a\u2028b".encode(), "U+2028 (line separator)"),
        ("a\u202eb".encode(), "U+202E (right-to-left override), which turns the direction of writing"),
        ("a\u2067b".encode(), "U+2067 (right-to-left isolate), which turns the direction of writing"),
        ("a\u200fb".encode(), "U+200F (right-to-left mark), which turns the direction of writing"),
        ("a\u061cb".encode(), "U+061C (arabic letter mark), which turns the direction of writing"),
        (b"caf\xe9", "the byte 0xe9, which is not UTF-8"),
        (b"\xed\xa0\x80", "the byte 0xed, which is not UTF-8"),
        (b"\xc0\x80", "the byte 0xc0, which is not UTF-8"),
        (b"cafe\xcc\x81", "U+0065 (latin small letter e) in a form that is not composed"),
        ("\u212b".encode(), "U+212B (angstrom sign) in a form that is not composed"),
    ],
)
def test_text_that_could_be_read_in_two_ways_is_refused(content: bytes, found: str) -> None:
    assert said(content).found == found


def test_a_refusal_names_line_and_column_and_shows_the_line() -> None:
    error = said("# Ämter\n\nEach Mem\u202eber pays.\nMore.\n".encode())
    assert (str(error.place), error.source) == ("bylaws.md:3:9", "Each Mem\u202eber pays.")
    assert error.help == "delete it: what is read must be what is written"


def test_a_decomposed_letter_is_found_where_it_stands() -> None:
    error = said("Good é\nThe cafe\u0301 bar\n".encode())
    assert str(error.place) == "bylaws.md:2:8"


def test_a_very_long_line_is_not_shown() -> None:
    assert said(b"a" * 10_000 + b"\r\n").source == ""


@given(st.binary(max_size=40))
def test_every_content_is_text_or_refused(content: bytes) -> None:
    try:
        text = hygiene.governed_text(content, "a.md")
    except HygieneError as error:
        assert error.place is not None
    else:
        assert text.encode() == content
        assert unicodedata.normalize("NFC", text) == text
        assert "\r" not in text
