"""Attacks on signatures: for something else, of somebody else, in another form."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest

from syngraph.engine.governance.signatures import written
from syngraph.engine.governance.statements import Ballot, Choice, path_of, signature_path

Village = Any


def text(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


def armored(blob: bytes, width: int = 70) -> bytes:
    encoded = b64encode(blob).decode()
    lines = [encoded[at : at + width] for at in range(0, len(encoded), width)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]).encode()


def signature(
    key: Any,
    message: bytes,
    *,
    space: bytes = b"syngraph.v1",
    hash_: str = "sha512",
    version: int = 1,
    reserved: bytes = b"",
    algorithm: bytes = b"ssh-ed25519",
    behind: bytes = b"",
    inside: bytes = b"",
) -> bytes:
    """A signature that is sound in itself, and odd in what is asked for."""
    signed = b"SSHSIG" + text(space) + text(reserved) + text(hash_.encode()) + text(hashlib.new(hash_, message).digest())
    value = text(algorithm) + text(key.private.sign(signed)) + inside
    parts = (key.public.blob, space, reserved, hash_.encode(), value)
    return armored(b"SSHSIG" + version.to_bytes(4, "big") + b"".join(map(text, parts)) + behind)


@pytest.fixture
def ballot(founded: Village) -> bytes:
    return founded.stated("ballot", Ballot("0" * 64, Choice.YES), "ada")


@pytest.fixture
def why_not(founded: Village, ballot: bytes) -> Callable[..., str]:
    """Why a ballot of ada is refused that comes with a signature file; under the name of her key unless told otherwise."""

    def ask(armor: bytes, name: str = "") -> str:
        path = path_of(ballot)
        founded.raw({path: ballot, signature_path(path, name or founded.keys["ada"].public.name): armor})
        return founded.refused()

    return ask


def test_a_signature_as_it_should_be(founded: Village, ballot: bytes, why_not: Any) -> None:
    """So that the others are refused for what is odd about them."""
    assert why_not(signature(founded.keys["ada"], ballot)) == ""


@pytest.mark.parametrize("hash_", ["sha1", "md5", "sha224"])
def test_weak_hash(founded: Village, ballot: bytes, why_not: Any, hash_: str) -> None:
    assert f"a signature over {hash_}; expected sha256 or sha512" in why_not(
        signature(founded.keys["ada"], ballot, hash_=hash_)
    )


@pytest.mark.parametrize("behind", [b"\0", b"more"])
def test_trailing_bytes(founded: Village, ballot: bytes, why_not: Any, behind: bytes) -> None:
    assert "bytes behind the signature" in why_not(signature(founded.keys["ada"], ballot, behind=behind))


def test_trailing_bytes_inside_the_signature(founded: Village, ballot: bytes, why_not: Any) -> None:
    assert "bytes behind the signature" in why_not(signature(founded.keys["ada"], ballot, inside=b"\0"))


@pytest.mark.parametrize("more", [b"\n", b"ada approves\n", b" "])
def test_trailing_bytes_behind_the_armor(founded: Village, ballot: bytes, why_not: Any, more: bytes) -> None:
    assert "something else than one SSH signature" in why_not(signature(founded.keys["ada"], ballot) + more)


def test_two_signatures_in_one_file(founded: Village, ballot: bytes, why_not: Any) -> None:
    one, other = (signature(founded.keys[name], ballot) for name in ("ada", "bora"))
    assert "a signature in another layout" in why_not(one + other)


def test_another_layout_of_the_armor(founded: Village, ballot: bytes, why_not: Any) -> None:
    """One signature has one spelling, so that nothing is told apart or hidden by another."""
    good = signature(founded.keys["ada"], ballot)
    body = good.removeprefix(b"-----BEGIN SSH SIGNATURE-----\n").removesuffix(b"-----END SSH SIGNATURE-----\n")
    assert "a signature in another layout" in why_not(good.replace(body, body.replace(b"\n", b"") + b"\n"))


@pytest.mark.parametrize("space", [b"git", b"file", b"syngraph.v2", b"syngraph.v1\0", b""])
def test_wrong_namespace(founded: Village, ballot: bytes, why_not: Any, space: bytes) -> None:
    """What somebody signed with git, or for another program, is no signature of a statement."""
    assert "expected one for “syngraph.v1”" in why_not(signature(founded.keys["ada"], ballot, space=space))


def test_reserved_content(founded: Village, ballot: bytes, why_not: Any) -> None:
    assert "a signature with reserved content" in why_not(signature(founded.keys["ada"], ballot, reserved=b"x"))


def test_another_version(founded: Village, ballot: bytes, why_not: Any) -> None:
    assert "a signature of version 2" in why_not(signature(founded.keys["ada"], ballot, version=2))


def test_another_algorithm_than_the_key_has(founded: Village, ballot: bytes, why_not: Any) -> None:
    assert "by a key of type ssh-ed25519" in why_not(signature(founded.keys["ada"], ballot, algorithm=b"ssh-rsa"))


def test_foreign_signature(founded: Village, ballot: bytes, why_not: Any) -> None:
    """A signature of a key that nobody in the register has."""
    key = founded.key()
    assert "the signature of a key that is nobody's" in why_not(signature(key, ballot), key.public.name)


def test_foreign_signature_of_another_member(founded: Village, ballot: bytes, why_not: Any) -> None:
    key = founded.keys["bora"]
    assert "a signature of bora under a statement of ada" in why_not(signature(key, ballot), key.public.name)


def test_foreign_signature_under_the_name_of_a_member(founded: Village, ballot: bytes, why_not: Any) -> None:
    assert "in a file named after" in why_not(signature(founded.key(), ballot))


def test_foreign_signature_of_another_content(founded: Village, ballot: bytes, why_not: Any) -> None:
    """A signature taken from another statement of the same member."""
    other = founded.stated("ballot", Ballot("1" * 64, Choice.NO), "ada")
    assert "for something else" in why_not(signature(founded.keys["ada"], other))


def test_no_signature_at_all(founded: Village, ballot: bytes) -> None:
    founded.raw({path_of(ballot): ballot})
    assert "no signature of ada" in founded.refused()


def test_a_signature_in_another_folder(founded: Village, ballot: bytes) -> None:
    path = path_of(ballot)
    beside = signature_path(path, founded.keys["ada"].public.name)
    away = beside.replace(f"{founded.day.isoformat()[:7]}/", "")
    founded.raw({path: ballot, away: signature(founded.keys["ada"], ballot)})
    assert "a signature in another folder" in founded.refused()


def test_a_huge_signature(founded: Village, ballot: bytes, why_not: Any) -> None:
    assert "a signature of 100000 bytes; expected at most 8192" in why_not(b"a" * 100_000)


def test_a_private_key_is_no_signature(founded: Village, ballot: bytes, why_not: Any) -> None:
    assert "something else than one SSH signature" in why_not(written(founded.key().private))
