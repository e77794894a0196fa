"""Attacks by characters: what is read is not what is signed."""

from typing import Any

import pytest

from syngraph.engine.text.hygiene import HygieneError, governed_text

Village = Any
LINE = "The Secretary may admit a person as a Member."


def why_not(village: Village, mark: str, bylaws: bytes = b"") -> str:
    """Why a motion is refused that puts a mark into the text."""
    return _refusal(bylaws or village.text().replace(LINE, LINE.replace("person", f"per{mark}son")).encode())


def _refusal(content: bytes) -> str:
    with pytest.raises(HygieneError) as caught:
        governed_text(content, "bylaws.md")
    return f"{caught.value.found} at {caught.value.place}"


def test_cr(only_read: Village) -> None:
    assert why_not(only_read, "\r").startswith("a carriage return at bylaws.md:15")


def test_crlf(only_read: Village) -> None:
    assert "a carriage return" in why_not(only_read, "", only_read.text().replace("\n", "\r\n").encode())


def test_bom(only_read: Village) -> None:
    assert why_not(only_read, "", b"\xef\xbb\xbf" + only_read.text().encode()) == "a byte order mark at bylaws.md:1:1"


@pytest.mark.parametrize("mark", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
def test_bidi(only_read: Village, mark: str) -> None:
    assert "which turns the direction of writing" in why_not(only_read, mark)


@pytest.mark.parametrize(
    "mark", ["\u200b", "\u2060", "\u00ad", "\u180e", "\u2063", "\ufeff", "\x00", "\x08", "\x1b", "\u0085", "\u2028"]
)
def test_characters_that_are_not_seen(only_read: Village, mark: str) -> None:
    assert f"U+{ord(mark):04X}" in why_not(only_read, mark) or "mark" in why_not(only_read, mark)


@pytest.mark.parametrize("mark", ["\u200c", "\u200d"])
def test_joiners_in_a_latin_word(only_read: Village, mark: str) -> None:
    """They shape the letters of other scripts; between Latin ones they only make a second word that looks like the first."""
    assert f"U+{ord(mark):04X}" in why_not(only_read, mark)


@pytest.mark.parametrize(
    "word", ["Mеmber", "Мember", "Membеr", "Ϲhair", "Οfficer", "pаy", "Ꮇember", "Mem\u0331bеr", "A1б", "ｍember", "𝐌ember"]
)
def test_look_alike_text(word: str) -> None:
    """A word of Latin letters with one of another script among them, which looks the same and is another word."""
    found = _refusal(f"The text.\nThe {word} shall pay.\n".encode())
    assert "letters of more than one script" in found
    assert "bylaws.md:2:5" in found


@pytest.mark.parametrize(
    "text",
    [
        "Член клуба platит",
        "Члены клуба (Members) платят",
        "Ο πρόεδρος του club",
        "naïve café Straße",
        "Δ and π",
        "کتاب‌ها",
        "R2-D2 и К9",
    ],
)
def test_text_in_one_script_to_a_word_is_as_good_as_any(text: str) -> None:
    text = text.replace("platит", "платит")
    assert governed_text(text.encode(), "bylaws.md") == text


def test_look_alike_text_in_a_motion(founded: Village, refused: Any) -> None:
    """A second Member, with a Cyrillic letter, to whom no rule applies."""
    with refused("letters of more than one script"):
        founded.move("ada", founded.replaced("Each Member shall pay", "Each Mеmber shall pay"))


def test_look_alike_text_in_the_register(founded: Village, refused: Any) -> None:
    """Who is a Mеmber is no Member."""
    with refused("letters of more than one script"):
        founded.move("ada", founded.replaced("- id: edda\n    name: Edda", "- id: edda\n    name: Eddа", "register.yaml"))


def test_text_that_is_not_composed(only_read: Village) -> None:
    assert "in a form that is not composed" in why_not(only_read, "e\u0301")


def test_text_that_is_not_utf_8(only_read: Village) -> None:
    assert "which is not UTF-8" in why_not(only_read, "", b"# Purpose\n\n\xff\n")


@pytest.mark.parametrize("content", [b"a\r\n", b"\xef\xbb\xbfa\n", "a\u202eb\n".encode(), "Mеmber\n".encode(), b"\xff\n"])
def test_a_file_of_the_text_that_is_not_plain(founded: Village, content: bytes) -> None:
    """Every governed file is held to it, also one that the text does not include."""
    founded.raw({"policies.md": content})
    verification = founded.verify(cache=None)
    assert isinstance(verification.violations[0].error, HygieneError)
    assert verification.violations[0].error.place.path == "policies.md"
