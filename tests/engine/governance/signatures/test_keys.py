"""Public keys: which may sign, each in one spelling; private keys in files; the list for stock tools."""

from base64 import b64decode, b64encode
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.engine.governance.signatures import (
    TYPES,
    KeyRefused,
    PublicKey,
    Row,
    allowed_signers,
    from_blob,
    load,
    make,
    outside,
    parse_public,
    public_of,
    verify,
    written,
)

# The example of RFC 8032, section 7.1, test 1, as OpenSSH writes it.
LINE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
P = 2**255 - 19


def refused(line: str) -> str:
    with pytest.raises(KeyRefused) as caught:
        parse_public(line)
    assert caught.value.expected
    return caught.value.found


def test_a_key_has_a_name_a_fingerprint_and_a_line() -> None:
    key = parse_public(LINE + " ada@example.org at home")
    assert key.comment == "ada@example.org at home"
    assert key.line() == LINE + " ada@example.org at home"
    assert key.fingerprint == "SHA256:bbXpuKG6zhzdmnxq256TlqzFBzRl2f6OOg722cYNbU8"
    assert b64decode(key.fingerprint.removeprefix("SHA256:") + "=").hex() == key.name


def test_a_comment_is_no_part_of_a_key() -> None:
    assert parse_public(LINE + " home") == parse_public(LINE) == PublicKey("ssh-ed25519", parse_public(LINE).blob)


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_is_read_and_written_back(forge, type_) -> None:
    key = parse_public(forge.key(type_).line)
    assert (key.type, key.blob, key.line()) == (type_, forge.key(type_).public, forge.key(type_).line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 ",
        LINE + "\n",
        LINE + "\r",
        " " + LINE,
        LINE.replace(" ", "  "),
        LINE.replace(" ", "\t"),
        LINE + " a\x1bb",
        LINE + " a\u202eb",
        LINE + " " + "x" * 9000,
        LINE[:-1],
        LINE + "=",
        LINE + "AA==",
        LINE[:-1] + "_",
        LINE[:-1] + "\u0430",
        LINE.replace("AAAAC3", "AAAAC4"),
        'no-pty,command="x" ' + LINE,
        "ssh-rsa" + LINE.removeprefix("ssh-ed25519"),
        "SSH-ED25519" + LINE.removeprefix("ssh-ed25519"),
        "ssh-ed25519-cert-v01@openssh.com" + LINE.removeprefix("ssh-ed25519"),
    ],
)
def test_a_line_that_is_no_key_is_refused(line: str) -> None:
    refused(line)


def edwards(point: int) -> str:
    blob = b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + point.to_bytes(32, "little")
    return f"ssh-ed25519 {b64encode(blob).decode()}"


EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826


@pytest.mark.parametrize("y", [0, 1, P - 1, EIGHTH, P - EIGHTH, P, P + 1, P + 3, 2**255 - 1])
@pytest.mark.parametrize("sign", [0, 1])
def test_a_point_of_small_order_or_spelt_otherwise_is_no_key(y: int, sign: int) -> None:
    assert "no point of its curve" in refused(edwards(y | sign << 255))


def test_half_of_all_numbers_are_no_points() -> None:
    found = [bool(_reads(edwards(y))) for y in range(2, 202)]
    assert 70 < sum(found) < 130


def _reads(line: str) -> PublicKey | None:
    try:
        return parse_public(line)
    except KeyRefused:
        return None


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_an_ed25519_key_of_another_length_is_refused(forge, size) -> None:
    blob = forge.text(b"ssh-ed25519") + forge.text(b"\x05" * size)
    assert "no point" in refused(f"ssh-ed25519 {b64encode(blob).decode()}")


def test_an_ecdsa_key_is_a_point_of_its_curve_spelt_in_full(forge) -> None:
    for type_ in ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"):
        good = forge.key(type_).public
        curve = type_.removeprefix("ecdsa-sha2-").encode()
        point = good[-(len(good) - good.index(b"\x04", 30)) :]
        head = forge.text(type_.encode())
        assert head + forge.text(curve) + forge.text(point) == good
        half = (len(point) - 1) // 2
        for bad in (
            point[:-1] + bytes((point[-1] ^ 1,)),
            bytes((2 + (point[-1] & 1),)) + point[1 : 1 + half],
            bytes((6 + (point[-1] & 1),)) + point[1:],
            b"\0",
            b"",
            point + b"\0",
            b"\x04" + bytes(2 * half),
            b"\x04" + b"\xff" * (2 * half),
        ):
            line = f"{type_} {b64encode(head + forge.text(curve) + forge.text(bad)).decode()}"
            assert "no point of its curve" in refused(line)
        for name in (b"nistp224", b"", b"nistp256" if curve != b"nistp256" else b"nistp384"):
            line = f"{type_} {b64encode(head + forge.text(name) + forge.text(point)).decode()}"
            assert "no point of its curve" in refused(line)


def rsa_line(forge, e: bytes, n: bytes) -> str:
    return f"ssh-rsa {b64encode(forge.text(b'ssh-rsa') + e + n).decode()}"


def test_an_rsa_key_has_strong_numbers_as_short_as_can_be(forge) -> None:
    public = forge.key("ssh-rsa").private.public_key().public_numbers()
    e, n = forge.mpint(public.e), forge.mpint(public.n)
    assert parse_public(rsa_line(forge, e, n))
    for bad_e in (1, 3, 17, 65536, 65535, 65538, 2**64 + 1, 2**3000 + 1):
        assert "weak numbers" in refused(rsa_line(forge, forge.mpint(bad_e), n))
    assert "weak numbers" in refused(rsa_line(forge, e, forge.mpint(public.n & ~1)))
    for bits in (1024, 2048, 3071, 16385):
        assert f"{bits} bits" in refused(rsa_line(forge, e, forge.mpint((1 << bits - 1) + 1)))
    assert parse_public(rsa_line(forge, e, forge.mpint((1 << 16383) + 1)))
    for bad in (forge.text(b"\0" + e[4:]), forge.text(b""), forge.text(b"\0"), forge.text(b"\x81\0\0"), b"", e + e):
        assert "no key" in refused(rsa_line(forge, bad, n))
    for bad in (forge.text(b"\0" + n[4:]), forge.text(n[5:]), n + b"\0", n[:-1], b""):
        assert "no key" in refused(rsa_line(forge, e, bad))


@pytest.mark.parametrize("type_", TYPES)
def test_no_beginning_of_a_key_is_one(forge, type_) -> None:
    blob = forge.key(type_).public
    for length in range(len(blob)):
        with pytest.raises(KeyRefused):
            from_blob(blob[:length])


@settings(deadline=None)
@given(st.binary(max_size=80), st.sampled_from([*TYPES, "ssh-dss", ""]))
def test_whatever_comes_is_a_key_or_refused_in_words(noise: bytes, type_: str) -> None:
    blob = len(type_).to_bytes(4, "big") + type_.encode() + noise
    try:
        assert from_blob(blob).blob == blob
    except KeyRefused as error:
        assert error.found and error.expected


# -- private keys ------------------------------------------------------------------------------------------------------


def test_a_private_key_is_written_and_read_back() -> None:
    private = make()
    content = written(private)
    assert outside(content).public == public_of(private)
    assert not outside(content).encrypted
    signer = load(content)
    assert verify(signer.sign(b"x"), b"x") == signer.public == public_of(private)


def test_a_private_key_with_a_passphrase_needs_it() -> None:
    private = make()
    content = written(private, b"correct horse")
    assert outside(content).encrypted
    assert outside(content).public == public_of(private)
    assert load(content, b"correct horse").public == public_of(private)
    with pytest.raises(KeyRefused, match="with a passphrase; expected the passphrase"):
        load(content)
    with pytest.raises(KeyRefused, match="a passphrase that does not open the key"):
        load(content, b"wrong horse")


@pytest.mark.parametrize("type_", ["ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"])
def test_private_keys_of_other_types_are_read(forge, type_) -> None:
    private = forge.key(type_).private
    assert load(private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())).public.type == type_


def test_private_keys_that_may_not_sign_are_refused() -> None:
    for private in (rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256K1())):
        with pytest.raises(KeyRefused):
            public_of(private)


def test_a_file_that_is_no_private_key_of_openssh_is_refused() -> None:
    good = written(make())
    older = rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    lines = good.splitlines(keepends=True)
    for bad in (b"", b"x", LINE.encode(), older, lines[0], lines[0] + lines[-1], b"".join([lines[0], b"AAAA\n", lines[-1]])):
        with pytest.raises(KeyRefused):
            load(bad)


def test_a_damaged_private_key_is_refused() -> None:
    good = written(make())
    lines = good.split(b"\n")
    blob = b64decode(b"".join(lines[1:-2]))
    for at in range(0, len(blob), 3):
        broken = b64encode(blob[:at] + bytes((blob[at] ^ 0x10,)) + blob[at + 1 :])
        content = lines[0] + b"\n" + broken + b"\n" + lines[-2] + b"\n"
        try:
            # What is left is the same key with another comment or padding, or nothing.
            assert load(content).public == load(good).public
        except KeyRefused:
            continue


# -- allowed_signers ---------------------------------------------------------------------------------------------------


def test_the_list_for_stock_tools() -> None:
    rows = [
        Row("ada", LINE + " ada@home"),
        Row("bora", LINE, date(2026, 1, 1)),
        Row("carla", LINE, None, date(2026, 12, 31)),
        Row("d.e-f_1", LINE, date(2026, 1, 1), date.max),
    ]
    expected = (
        f'ada namespaces="syngraph.v1" {LINE}\n'
        f'bora namespaces="syngraph.v1",valid-after="20260101" {LINE}\n'
        f'carla namespaces="syngraph.v1",valid-before="20270101" {LINE}\n'
        f'd.e-f_1 namespaces="syngraph.v1",valid-after="20260101" {LINE}\n'
    )
    assert allowed_signers(rows) == expected


@pytest.mark.parametrize("principal", ["", "*", "ada,bora", "ada bora", "ada\n*", "!ada", "#ada", '"ada"'])
def test_a_principal_that_stock_tools_would_read_as_another_is_refused(principal: str) -> None:
    with pytest.raises(KeyRefused):
        allowed_signers([Row(principal, LINE)])


def test_a_key_that_may_not_sign_is_not_listed() -> None:
    with pytest.raises(KeyRefused):
        allowed_signers([Row("ada", "cert-authority " + LINE)])
