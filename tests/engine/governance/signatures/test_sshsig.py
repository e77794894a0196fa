"""SSH signatures: what holds, and everything that must not."""

from base64 import b64encode
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.engine.governance.signatures import (
    KeySigner,
    SignatureRefused,
    make,
    parse,
    parse_public,
    public_of,
    sealed,
    sign,
    to_be_signed,
    verify,
)

MESSAGE = b"---\nkind: ballot\n---\nYes.\n"
ED25519, RSA, ED25519_SK, ECDSA_SK = (
    "ssh-ed25519",
    "ssh-rsa",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)
ECDSA = ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")
ALL = (ED25519, RSA, *ECDSA, ED25519_SK, ECDSA_SK)
ORDER_256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ORDER_25519 = 2**252 + 27742317777372353535851937790883648493


def refused(armored: bytes, message: bytes = MESSAGE) -> str:
    """What the refusal says was found."""
    with pytest.raises(SignatureRefused) as caught:
        verify(armored, message)
    assert caught.value.expected
    return caught.value.found


# -- what holds --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("type_", ALL)
def test_a_signature_of_every_type_names_its_key(forge, type_) -> None:
    key = forge.key(type_)
    assert verify(key.file(MESSAGE), MESSAGE) == parse_public(key.line)


@pytest.mark.parametrize("type_", (ED25519, RSA, *ECDSA))
@pytest.mark.parametrize("hash", ["sha256", "sha512"])
def test_what_we_sign_holds(forge, type_, hash) -> None:
    private = forge.key(type_).private
    armored = sign(private, MESSAGE, hash)
    assert verify(armored, MESSAGE) == public_of(private)
    assert parse(armored).hash == hash


def test_what_an_agent_signs_is_sealed(forge) -> None:
    key = forge.key(ED25519)
    signature = forge.text(b"ssh-ed25519") + forge.text(key.private.sign(to_be_signed(MESSAGE)))
    assert sealed(parse_public(key.line), signature) == key.file(MESSAGE)


def test_a_signer_has_a_key_and_signs() -> None:
    private = make()
    signer = KeySigner(private, public_of(private))
    assert verify(signer.sign(b""), b"") == signer.public


def test_rsa_with_sha256_holds(forge) -> None:
    key = forge.key(RSA)
    value = key.private.sign(forge.to_be_signed(MESSAGE), padding.PKCS1v15(), hashes.SHA256())
    signature = forge.text(b"rsa-sha2-256") + forge.text(value)
    assert verify(forge.armor(forge.blob(key.public, signature)), MESSAGE) == parse_public(key.line)


def test_ecdsa_holds_with_either_of_the_two_numbers(forge) -> None:
    key = forge.key(ECDSA[0])
    r, s = numbers(key.raw(forge.to_be_signed(MESSAGE)))
    for each in (s, ORDER_256 - s):
        assert verify(ecdsa_file(forge, forge.mpint(r) + forge.mpint(each)), MESSAGE) == parse_public(key.line)


def test_a_fido_signature_tells_its_flags_and_counter(forge) -> None:
    signature = parse(forge.key(ED25519_SK).file(MESSAGE, flags=0x05)).signature
    assert (signature.flags, signature.counter) == (0x05, 7)


# -- another message, key, namespace -----------------------------------------------------------------------------------


@pytest.mark.parametrize("type_", ALL)
def test_a_signature_of_something_else_is_refused(forge, type_) -> None:
    assert "for something else" in refused(forge.key(type_).file(MESSAGE), MESSAGE + b" ")


@pytest.mark.parametrize("type_", ALL)
def test_the_signature_of_another_key_is_refused(forge, type_) -> None:
    mine, other = forge.key(type_), forge.Software(type_) if type_ != RSA else forge.key(ED25519)
    signature = mine.signature(forge.to_be_signed(MESSAGE))
    refused(forge.armor(forge.blob(other.public, signature)))


@pytest.mark.parametrize("space", [b"", b"file", b"git", b"syngraph.v2", b"syngraph.v1\0", b"Syngraph.v1", b"syngraph.v1 "])
def test_a_signature_for_another_namespace_is_refused(forge, space) -> None:
    key = forge.key(ED25519)
    signature = key.signature(forge.to_be_signed(MESSAGE, space=space))
    assert "a signature for “" in refused(forge.armor(forge.blob(key.public, signature, space=space)))


def test_a_signature_that_is_called_one_for_our_namespace_is_refused(forge) -> None:
    key = forge.key(ED25519)
    signature = key.signature(forge.to_be_signed(MESSAGE, space=b"git"))
    assert "for something else" in refused(forge.armor(forge.blob(key.public, signature)))


def test_a_signature_of_the_bare_message_is_refused(forge) -> None:
    key = forge.key(ED25519)
    assert "for something else" in refused(forge.armor(forge.blob(key.public, key.signature(MESSAGE))))


# -- the blob ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [b"sha1", b"md5", b"sha384", b"sha3_512", b"", b"SHA512", b"sha512\0"])
def test_a_weak_or_unknown_hash_is_refused(forge, name) -> None:
    key = forge.key(ED25519)
    signed = forge.to_be_signed(MESSAGE, name=name) if name in (b"sha1", b"md5", b"sha384", b"sha3_512") else b""
    assert "a signature over" in refused(forge.armor(forge.blob(key.public, key.signature(signed), name=name)))


def test_a_hash_that_is_called_by_another_name_is_refused(forge) -> None:
    key = forge.key(ED25519)
    signature = key.signature(forge.to_be_signed(MESSAGE, name=b"sha256"))
    assert "for something else" in refused(forge.armor(forge.blob(key.public, signature, name=b"sha512")))


def test_reserved_content_is_refused_even_when_it_is_signed(forge) -> None:
    key = forge.key(ED25519)
    signature = key.signature(forge.to_be_signed(MESSAGE, reserved=b"x"))
    assert "reserved" in refused(forge.armor(forge.blob(key.public, signature, reserved=b"x")))


@pytest.mark.parametrize("version", [0, 2, 3, 2**32 - 1])
def test_another_version_is_refused(forge, version) -> None:
    key = forge.key(ED25519)
    signature = key.signature(forge.to_be_signed(MESSAGE))
    assert f"version {version}" in refused(forge.armor(forge.blob(key.public, signature, version=version)))


def test_another_beginning_is_refused(forge) -> None:
    key = forge.key(ED25519)
    signature = key.signature(forge.to_be_signed(MESSAGE))
    assert "no SSH signature" in refused(forge.armor(forge.blob(key.public, signature, magic=b"SSHSIh")))


def test_bytes_behind_the_blob_are_refused(forge) -> None:
    key = forge.key(ED25519)
    signature = key.signature(forge.to_be_signed(MESSAGE))
    for behind in (b"\0", b"\0\0\0\0", b"x" * 100):
        assert "behind" in refused(forge.armor(forge.blob(key.public, signature, behind=behind)))


@pytest.mark.parametrize("type_", ALL)
def test_bytes_behind_the_inner_signature_are_refused(forge, type_) -> None:
    key = forge.key(type_)
    signature = key.signature(forge.to_be_signed(MESSAGE))
    refused(forge.armor(forge.blob(key.public, signature + b"\0")))


@pytest.mark.parametrize("type_", ALL)
def test_bytes_behind_the_key_are_refused(forge, type_) -> None:
    key = forge.key(type_)
    signature = key.signature(forge.to_be_signed(MESSAGE))
    for behind in (b"\0", forge.text(b""), forge.text(b"ssh:")):
        refused(forge.armor(forge.blob(key.public + behind, signature)))


# -- the armor ---------------------------------------------------------------------------------------------------------

GOOD = sign(Ed25519PrivateKey.from_private_bytes(bytes(32)), MESSAGE)
LINES = GOOD.split(b"\n")


@pytest.mark.parametrize(
    "armored",
    {
        "nothing": b"",
        "a line before": b"\n" + GOOD,
        "text before": b"x\n" + GOOD,
        "a blank before": b" " + GOOD,
        "a byte order mark": b"\xef\xbb\xbf" + GOOD,
        "no last line feed": GOOD[:-1],
        "a line behind": GOOD + b"\n",
        "text behind": GOOD + b"x",
        "a second signature behind": GOOD + GOOD,
        "carriage returns": GOOD.replace(b"\n", b"\r\n"),
        "one carriage return": GOOD.replace(b"\n", b"\r\n", 1),
        "a carriage return at the end": GOOD[:-1] + b"\r\n",
        "an empty line inside": GOOD.replace(b"\n", b"\n\n", 1),
        "a blank at the end of a line": LINES[0] + b"\n" + LINES[1] + b" \n" + b"\n".join(LINES[2:]),
        "another header": GOOD.replace(b"BEGIN SSH", b"BEGIN PGP"),
        "a lower-case header": GOOD.replace(b"BEGIN", b"begin"),
        "a header of its own": LINES[0] + b"\nComment: x\n" + b"\n".join(LINES[1:]),
        "other base64": GOOD.replace(b"U1NIU0lH", b"U1NIU0l_"),
        "an empty body": LINES[0] + b"\n" + b"\n".join(LINES[-2:]),
        "an empty line for a body": LINES[0] + b"\n\n" + b"\n".join(LINES[-2:]),
        "only the header": LINES[0] + b"\n",
        "header and footer in one": b"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
        "too long": LINES[0] + b"\n" + LINES[1] * 200 + b"\n" + b"\n".join(LINES[-2:]),
        "the bytes without armor": b"SSHSIG" + b"\0" * 200,
    }.items(),
    ids=lambda value: value[0],
)
def test_armor_that_openssh_does_not_write_is_refused(armored) -> None:
    assert verify(GOOD, MESSAGE)
    refused(armored[1])


@pytest.mark.parametrize("width", [1, 64, 69, 71, 72, 76, 1000])
def test_lines_of_another_length_are_refused(forge, width) -> None:
    key = forge.key(ED25519)
    blob = forge.blob(key.public, key.signature(forge.to_be_signed(MESSAGE)))
    assert verify(forge.armor(blob), MESSAGE)
    assert "layout" in refused(forge.armor(blob, width))


def test_base64_that_is_not_in_its_only_spelling_is_refused(forge) -> None:
    key = forge.key(ECDSA[0])
    while True:
        blob = forge.blob(key.public, key.signature(forge.to_be_signed(MESSAGE)))
        armored = forge.armor(blob)
        if len(blob) % 3 == 1:
            break
    assert verify(armored, MESSAGE)
    # The last character before == has four bits that mean nothing, and may not be anything but zero.
    at = armored.index(b"==\n") - 1
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    value = letters.index(armored[at : at + 1])
    assert value % 16 == 0
    for bits in range(1, 16):
        assert "layout" in refused(armored[:at] + letters[value + bits : value + bits + 1] + armored[at + 1 :])
    for less in (b"=\n", b"\n", b"===\n", b"==A\n"):
        refused(armored.replace(b"==\n", less))


# -- keys that may not sign, and signatures of another kind than the key ------------------------------------------------


def test_rsa_with_sha1_is_refused(forge) -> None:
    key = forge.key(RSA)
    value = key.private.sign(forge.to_be_signed(MESSAGE), padding.PKCS1v15(), hashes.SHA1())
    for name in (b"ssh-rsa", b"rsa-sha1", b"rsa-sha2-384"):
        assert "of kind" in refused(forge.armor(forge.blob(key.public, forge.text(name) + forge.text(value))))
    for name in (b"rsa-sha2-256", b"rsa-sha2-512"):
        signature = forge.text(name) + forge.text(value)
        assert "for something else" in refused(forge.armor(forge.blob(key.public, signature)))


def test_rsa_with_2048_bits_is_refused(forge) -> None:
    from cryptography.hazmat.primitives.asymmetric import rsa

    private = rsa.generate_private_key(65537, 2048)
    numbers = private.public_key().public_numbers()
    public = forge.text(b"ssh-rsa") + forge.mpint(numbers.e) + forge.mpint(numbers.n)
    value = private.sign(forge.to_be_signed(MESSAGE), padding.PKCS1v15(), hashes.SHA512())
    signature = forge.text(b"rsa-sha2-512") + forge.text(value)
    assert "2048 bits" in refused(forge.armor(forge.blob(public, signature)))


def test_an_rsa_signature_of_another_length_is_refused(forge) -> None:
    key = forge.key(RSA)
    value = key.raw(forge.to_be_signed(MESSAGE))
    for other in (b"\0" + value, value[1:], value + b"\0", b""):
        assert "an RSA signature of" in refused(
            forge.armor(forge.blob(key.public, forge.text(b"rsa-sha2-512") + forge.text(other)))
        )


@pytest.mark.parametrize("type_", ALL)
@pytest.mark.parametrize("other", ALL)
def test_a_signature_that_is_called_of_another_type_is_refused(forge, type_, other) -> None:
    key = forge.key(type_)
    name = "rsa-sha2-512" if other == RSA else other
    signature = key.signature(forge.to_be_signed(MESSAGE), algorithm=name)
    armored = forge.armor(forge.blob(key.public, signature))
    if type_ == other:
        assert verify(armored, MESSAGE)
    else:
        assert "of kind" in refused(armored)


def test_an_ed25519_signature_of_another_length_is_refused(forge) -> None:
    key = forge.key(ED25519)
    value = key.raw(forge.to_be_signed(MESSAGE))
    for other in (value[:-1], value + b"\0", b"", value * 2):
        signature = forge.text(b"ssh-ed25519") + forge.text(other)
        assert "an Ed25519 signature of" in refused(forge.armor(forge.blob(key.public, signature)))


def test_an_ed25519_signature_with_a_larger_number_is_refused(forge) -> None:
    key = forge.key(ED25519)
    value = key.raw(forge.to_be_signed(MESSAGE))
    larger = int.from_bytes(value[32:], "little") + ORDER_25519
    signature = forge.text(b"ssh-ed25519") + forge.text(value[:32] + larger.to_bytes(32, "little"))
    assert "for something else" in refused(forge.armor(forge.blob(key.public, signature)))


def test_an_ed25519_key_of_small_order_is_refused(forge) -> None:
    public = forge.text(b"ssh-ed25519") + forge.text((1).to_bytes(32, "little"))
    signature = forge.text(b"ssh-ed25519") + forge.text((1).to_bytes(32, "little") + bytes(32))
    assert "no point of its curve" in refused(forge.armor(forge.blob(public, signature)))


def numbers(value: bytes) -> tuple[int, int]:
    size = int.from_bytes(value[:4], "big")
    return int.from_bytes(value[4 : 4 + size], "big"), int.from_bytes(value[8 + size :], "big")


def ecdsa_file(forge, value: bytes) -> bytes:
    key = forge.key(ECDSA[0])
    return forge.armor(forge.blob(key.public, forge.text(key.type.encode()) + forge.text(value)))


def test_ecdsa_numbers_are_in_range_and_as_short_as_can_be(forge) -> None:
    r, s = numbers(forge.key(ECDSA[0]).raw(forge.to_be_signed(MESSAGE)))
    good_r, good_s = forge.mpint(r), forge.mpint(s)
    assert verify(ecdsa_file(forge, good_r + good_s), MESSAGE)
    longer = forge.text(b"\0" + good_r[4:])
    for bad in (
        *(forge.mpint(0) + good_s, good_r + forge.mpint(0), forge.text(b"\0") + good_s),
        *(forge.mpint(ORDER_256) + good_s, good_r + forge.mpint(ORDER_256), good_r + forge.mpint(s + ORDER_256)),
        *(longer + good_s, forge.text(b"\xff" + bytes(32)) + good_s, forge.mpint(2**5000) + good_s),
        *(good_r, good_r + good_s + good_s, good_r + good_s + b"\0", b""),
    ):
        refused(ecdsa_file(forge, bad))


def test_an_ecdsa_signature_in_der_is_refused(forge) -> None:
    key = forge.key(ECDSA[0])
    from cryptography.hazmat.primitives.asymmetric import ec

    refused(ecdsa_file(forge, key.private.sign(forge.to_be_signed(MESSAGE), ec.ECDSA(hashes.SHA256()))))


@pytest.mark.parametrize("type_", ALL)
def test_a_certificate_is_refused(forge, type_) -> None:
    key = forge.key(type_)
    name = type_.removesuffix("@openssh.com") + "-cert-v01@openssh.com"
    public = forge.text(name.encode()) + key.public[4 + len(type_) :]
    assert refused(forge.armor(forge.blob(public, key.signature(forge.to_be_signed(MESSAGE))))) == "a certificate"


@pytest.mark.parametrize("type_", [b"ssh-dss", b"ssh-ed448", b"webauthn-sk-ecdsa-sha2-nistp256@openssh.com", b"", b"\xff"])
def test_a_key_of_another_type_is_refused(forge, type_) -> None:
    key = forge.key(ED25519)
    public = forge.text(type_) + forge.text(bytes(32))
    assert "a key of type" in refused(forge.armor(forge.blob(public, key.signature(forge.to_be_signed(MESSAGE)))))


# -- FIDO --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("type_", [ED25519_SK, ECDSA_SK])
def test_a_fido_signature_that_nobody_was_there_for_is_refused(forge, type_) -> None:
    for flags in (0x00, 0x04):
        assert "nobody was there" in refused(forge.key(type_).file(MESSAGE, flags=flags))
    for flags in (0x41, 0x81, 0xC5):
        assert "with the flags" in refused(forge.key(type_).file(MESSAGE, flags=flags))


@pytest.mark.parametrize("type_", [ED25519_SK, ECDSA_SK])
@pytest.mark.parametrize("application", [b"", b"ssh", b"ssh:work", b"https://example.org", b"SSH:"])
def test_a_fido_key_for_another_application_is_refused(forge, type_, application) -> None:
    assert "a FIDO key made for" in refused(forge.Software(type_, application).file(MESSAGE))


@pytest.mark.parametrize("type_", [ED25519_SK, ECDSA_SK])
def test_flags_and_counter_are_signed(forge, type_) -> None:
    key = forge.key(type_)
    signature = key.signature(forge.to_be_signed(MESSAGE))
    for end in (bytes((5, 0, 0, 0, 7)), bytes((1, 0, 0, 0, 8))):
        assert "for something else" in refused(forge.armor(forge.blob(key.public, signature[:-5] + end)))
    for end in (b"", b"\1", bytes((1, 0, 0, 0)), bytes((1, 0, 0, 0, 7, 0))):
        assert "of a wrong length" in refused(forge.armor(forge.blob(key.public, signature[:-5] + end)))


def test_a_fido_key_that_signed_like_another_is_refused(forge) -> None:
    key = forge.key(ED25519_SK)
    plain = forge.text(key.type.encode()) + forge.text(key.private.sign(forge.to_be_signed(MESSAGE))) + bytes((1, 0, 0, 0, 7))
    assert "for something else" in refused(forge.armor(forge.blob(key.public, plain)))
    bare = forge.text(b"ssh-ed25519") + forge.text(key.private.sign(forge.to_be_signed(MESSAGE)))
    assert "of kind" in refused(forge.armor(forge.blob(key.public, bare)))


# -- whatever comes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("type_", ALL)
def test_no_beginning_of_a_signature_is_read(forge, type_) -> None:
    armored = forge.key(type_).file(MESSAGE)
    for length in range(len(armored)):
        with pytest.raises(SignatureRefused):
            parse(armored[:length])


@pytest.mark.parametrize("type_", ALL)
def test_no_beginning_of_the_bytes_in_the_armor_is_read(forge, type_) -> None:
    key = forge.key(type_)
    blob = forge.blob(key.public, key.signature(forge.to_be_signed(MESSAGE)))
    parse(forge.armor(blob))
    for length in range(len(blob)):
        with pytest.raises(SignatureRefused):
            parse(forge.armor(blob[:length]))


@pytest.mark.parametrize("type_", ALL)
def test_a_signature_with_a_byte_changed_does_not_hold(forge, type_) -> None:
    key = forge.key(type_)
    blob = forge.blob(key.public, key.signature(forge.to_be_signed(MESSAGE)))
    step = 1 if len(blob) < 400 else 3
    for at in range(0, len(blob), step):
        refused(forge.armor(blob[:at] + bytes((blob[at] ^ 1 << at % 8,)) + blob[at + 1 :]))


@settings(deadline=None, max_examples=150)
@given(at=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255))
def test_a_file_with_a_byte_changed_does_not_hold(at, byte) -> None:
    changed = GOOD[:at] + bytes((byte,)) + GOOD[at + 1 :]
    if changed != GOOD:
        refused(changed)


@settings(deadline=None, max_examples=150)
@given(st.integers(0, len(GOOD)), st.integers(0, 6), st.binary(max_size=6))
def test_a_file_with_a_piece_put_in_or_taken_out_does_not_hold(at, length, noise) -> None:
    changed = GOOD[:at] + noise + GOOD[at + length :]
    if changed != GOOD:
        refused(changed)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_whatever_is_in_the_armor_is_refused_in_words(noise) -> None:
    encoded = b64encode(b"SSHSIG\0\0\0\1" + noise).decode()
    lines = [encoded[at : at + 70] for at in range(0, len(encoded), 70)]
    refused("\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]).encode())


def test_the_message_is_hashed_whole(forge) -> None:
    long = b"x" * 1_000_000
    assert to_be_signed(long, "sha256").endswith(sha256(long).digest())
    assert verify(forge.key(ED25519).file(long), long)
