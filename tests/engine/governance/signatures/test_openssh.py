"""What we sign stock OpenSSH verifies, and what it signs we verify, for every type of key."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat

from syngraph.engine.governance.signatures import (
    Row,
    SignatureRefused,
    allowed_signers,
    load,
    outside,
    parse_public,
    sign,
    verify,
)

pytestmark = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed: apt install openssh-client"
)

MESSAGE = b"---\nkind: ballot\n---\nYes, \xc3\xbcber alles.\n"
SOFTWARE = ("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")
HARDWARE = ("sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com")


def openssh(*arguments: object, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["ssh-keygen", *map(str, arguments)], input=given, capture_output=True, check=False, timeout=60)


def accepted(folder: Path, line: str, armored: bytes, message: bytes = MESSAGE, *more: str) -> bool:
    """Whether stock ssh-keygen holds the signature for one of ada's, by our allowed_signers."""
    (folder / "allowed").write_text(allowed_signers([Row("ada", line)]), encoding="utf-8")
    (folder / "sig").write_bytes(armored)
    arguments = ("-n", "syngraph.v1", "-f", folder / "allowed", "-I", "ada", "-s", folder / "sig", *more)
    return openssh("-Y", "verify", *arguments, given=message).returncode == 0


@pytest.mark.parametrize("type_", SOFTWARE)
def test_openssh_verifies_what_we_sign(forge, tmp_path: Path, type_: str) -> None:
    key = forge.key(type_)
    for hash in ("sha256", "sha512"):
        armored = sign(key.private, MESSAGE, hash)
        assert accepted(tmp_path, key.line, armored)
        assert not accepted(tmp_path, key.line, armored, MESSAGE + b"x")


@pytest.mark.parametrize("type_", SOFTWARE)
def test_we_verify_what_openssh_signs(forge, tmp_path: Path, type_: str) -> None:
    key = forge.key(type_)
    path = tmp_path / "key"
    path.touch(0o600)
    path.write_bytes(key.private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    for more in ((), ("-O", "hashalg=sha256"), ("-O", "hashalg=sha512")):
        done = openssh("-Y", "sign", "-q", "-n", "syngraph.v1", *more, "-f", path, given=MESSAGE)
        assert verify(done.stdout, MESSAGE) == parse_public(key.line), done.stderr


@pytest.mark.parametrize(
    ("type_", "options"),
    [
        ("ssh-ed25519", ("-t", "ed25519")),
        ("ssh-rsa", ("-t", "rsa", "-b", "3072")),
        ("ecdsa-sha2-nistp256", ("-t", "ecdsa", "-b", "256")),
        ("ecdsa-sha2-nistp384", ("-t", "ecdsa", "-b", "384")),
        ("ecdsa-sha2-nistp521", ("-t", "ecdsa", "-b", "521")),
    ],
)
@pytest.mark.parametrize("passphrase", ["", "correct horse"])
def test_keys_that_openssh_makes_are_ours(tmp_path: Path, type_: str, options: tuple[str, ...], passphrase: str) -> None:
    path = tmp_path / "key"
    assert openssh("-q", *options, "-N", passphrase, "-C", "ada at home", "-f", path).returncode == 0
    public = parse_public(path.with_suffix(".pub").read_text(encoding="utf-8").rstrip("\n"))
    content = path.read_bytes()
    assert (public.type, public.comment) == (type_, "ada at home")
    assert public.fingerprint == openssh("-lf", path).stdout.decode().split()[1]
    assert (outside(content).public, outside(content).encrypted) == (public, bool(passphrase))
    signer = load(content, passphrase.encode() or None)
    assert signer.public == public
    assert accepted(tmp_path, public.line(), signer.sign(MESSAGE))


def test_openssh_opens_a_private_key_that_we_wrote(forge, tmp_path: Path) -> None:
    from syngraph.engine.governance.signatures import written

    for passphrase in (b"", b"correct horse"):
        path = tmp_path / f"key{len(passphrase)}"
        path.touch(0o600)
        path.write_bytes(written(forge.key("ssh-ed25519").private, passphrase))
        assert openssh("-y", "-P", passphrase.decode(), "-f", path).stdout.decode().strip() == forge.key("ssh-ed25519").line


@pytest.mark.parametrize("type_", HARDWARE)
def test_fido_signatures_hold_here_and_there(forge, tmp_path: Path, type_: str) -> None:
    key = forge.key(type_)
    for flags in (0x01, 0x05):
        armored = key.file(MESSAGE, flags=flags)
        assert verify(armored, MESSAGE) == parse_public(key.line)
        assert accepted(tmp_path, key.line, armored)
        assert not accepted(tmp_path, key.line, armored, MESSAGE + b"x")


def test_rsa_of_2048_bits_and_sha1_hold_there_at_most(tmp_path: Path) -> None:
    path = tmp_path / "key"
    assert openssh("-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", path).returncode == 0
    done = openssh("-Y", "sign", "-q", "-n", "syngraph.v1", "-f", path, given=MESSAGE)
    assert done.returncode == 0
    with pytest.raises(SignatureRefused, match="2048 bits"):
        verify(done.stdout, MESSAGE)


def test_a_signature_of_a_certificate_is_refused(tmp_path: Path) -> None:
    for name in ("authority", "key"):
        assert openssh("-q", "-t", "ed25519", "-N", "", "-f", tmp_path / name).returncode == 0
    done = openssh("-q", "-s", tmp_path / "authority", "-I", "ada", "-n", "ada", tmp_path / "key.pub")
    assert done.returncode == 0, done.stderr
    signed = openssh("-Y", "sign", "-q", "-n", "syngraph.v1", "-f", tmp_path / "key-cert.pub", given=MESSAGE)
    if signed.returncode == 0:
        with pytest.raises(SignatureRefused, match="a certificate"):
            verify(signed.stdout, MESSAGE)


def test_the_days_of_a_key_are_understood_there(forge, tmp_path: Path) -> None:
    from datetime import date

    key = forge.key("ssh-ed25519")
    (tmp_path / "allowed").write_text(
        allowed_signers([Row("ada", key.line, date(2026, 2, 1), date(2026, 2, 28))]), encoding="utf-8"
    )
    (tmp_path / "sig").write_bytes(key.file(MESSAGE))
    held = {}
    for day in ("20260131", "20260201", "20260228", "20260301"):
        arguments = ("-n", "syngraph.v1", "-f", tmp_path / "allowed", "-I", "ada", "-s", tmp_path / "sig")
        when = f"verify-time={day}1200"
        held[day] = openssh("-Y", "verify", *arguments, "-O", when, given=MESSAGE).returncode == 0
    assert held == {"20260131": False, "20260201": True, "20260228": True, "20260301": False}


def test_an_encrypted_key_of_another_cipher_is_ours(forge) -> None:
    private = forge.key("ecdsa-sha2-nistp256").private
    content = private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, BestAvailableEncryption(b"x"))
    assert load(content, b"x").public == parse_public(forge.key("ecdsa-sha2-nistp256").line)
