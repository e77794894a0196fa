"""Private keys in files of OpenSSH: read, made, and used for signatures."""

from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from typing import TYPE_CHECKING

from syngraph.engine.governance.signatures import primitives, sshsig, wire
from syngraph.engine.governance.signatures.keys import Edwards, Elliptic, Numbers, PublicKey, Rsa, from_blob, of_numbers
from syngraph.engine.governance.signatures.points import CURVES
from syngraph.engine.governance.signatures.refused import KeyRefused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    PrivateKey = Ed25519PrivateKey | RSAPrivateKey | EllipticCurvePrivateKey

BEGIN, END = b"-----BEGIN OPENSSH PRIVATE KEY-----", b"-----END OPENSSH PRIVATE KEY-----"
MAX_BYTES = 64 * 1024
"""The longest file that is read as a private key."""

_MAGIC = b"openssh-key-v1\0"


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a file of a private key says to everybody: its public key, and whether a passphrase is needed for the rest."""

    public: PublicKey
    encrypted: bool


@dataclass(frozen=True, slots=True)
class KeySigner:
    """Signs with a private key in memory."""

    private: "PrivateKey"
    public: PublicKey

    def sign(self, message: bytes) -> bytes:
        """The content of a signature file for the message."""
        return sign(self.private, message)


def outside(content: bytes) -> Sealed:
    """What can be told of a file with a private key without its passphrase. Raises: KeyRefused"""
    start, end = content.find(BEGIN), content.find(END)
    if len(content) > MAX_BYTES or start < 0 or end < start:
        raise _no_key("no private key of OpenSSH")
    try:
        blob = b64decode(b"".join(content[start + len(BEGIN) : end].split()), validate=True)
        if not blob.startswith(_MAGIC):
            raise _no_key("no private key of OpenSSH")
        cipher, at = wire.string(blob, len(_MAGIC))
        for _ in ("key derivation", "its options"):
            _, at = wire.string(blob, at)
        if blob[at : at + 4] != (1).to_bytes(4, "big"):
            raise _no_key("a file that does not hold one key")
        public, _ = wire.string(blob, at + 4)
    except (Base64Error, wire.WireError) as error:
        raise _no_key(f"a damaged private key ({error})") from None
    return Sealed(from_blob(public), cipher != b"none")


def load(content: bytes, passphrase: bytes | None = None) -> KeySigner:
    """The private key in a file, ready to sign.

    Raises: KeyRefused, also for a passphrase that is missing or wrong, and for a FIDO key, whose private part is elsewhere.
    """
    sealed = outside(content)
    if sealed.public.hardware:
        raise KeyRefused(
            "a FIDO key, which signs in its authenticator", "a key that the file holds", "sign with ssh-keygen -Y sign"
        )
    if sealed.encrypted and passphrase is None:
        raise KeyRefused("a private key with a passphrase", "the passphrase", "add the key to your agent: ssh-add FILE")
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    try:
        private = load_ssh_private_key(content, passphrase if sealed.encrypted else None)
        public = public_of(private)  # type: ignore[arg-type]  # a DSA key is none of ours: refused above by its public part
    except (ValueError, TypeError, UnsupportedAlgorithm):
        found = "a passphrase that does not open the key" if sealed.encrypted else "a damaged private key"
        raise KeyRefused(found, "the private key", "try again, or check the file with ssh-keygen -y -f FILE") from None
    if public != sealed.public:
        raise _no_key("a private key that does not belong to its public key")
    return KeySigner(private, public)  # type: ignore[arg-type]


def make() -> "Ed25519PrivateKey":
    """A new Ed25519 key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate()


def written(private: "PrivateKey", passphrase: bytes = b"") -> bytes:
    """The file of a private key as OpenSSH has it; with a passphrase that is not empty, encrypted."""
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        KeySerializationEncryption,
        NoEncryption,
        PrivateFormat,
    )

    how: KeySerializationEncryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return private.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, how)


def public_of(private: "PrivateKey") -> PublicKey:
    """The public key of a private one. Raises: KeyRefused"""
    return of_numbers(_numbers(private))


def sign(private: "PrivateKey", message: bytes, hash: sshsig.Hash = "sha512") -> bytes:
    """The content of a signature file: the message signed with a private key. RSA signs with SHA-512.

    Raises: KeyRefused when the key is none that may sign.
    """
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    public = public_of(private)
    signed = sshsig.to_be_signed(message, hash)
    algorithm = public.type
    if isinstance(private, RSAPrivateKey):
        algorithm = "rsa-sha2-512"
        value = private.sign(signed, *primitives.rsa_scheme(algorithm))
    elif isinstance(private, EllipticCurvePrivateKey):
        _, scheme = primitives.ecdsa_scheme(algorithm.removeprefix("ecdsa-sha2-"))
        value = b"".join(map(wire.number, decode_dss_signature(private.sign(signed, scheme))))
    else:
        value = private.sign(signed)
    return sshsig.sealed(public, wire.framed(algorithm.encode()) + wire.framed(value), hash)


def _numbers(private: "PrivateKey") -> Numbers:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if isinstance(private, Ed25519PrivateKey):
        return Edwards(private.public_key().public_bytes_raw())
    if isinstance(private, RSAPrivateKey):
        rsa = private.public_key().public_numbers()
        return Rsa(rsa.e, rsa.n)
    if isinstance(private, EllipticCurvePrivateKey) and (curve := CURVES.get(f"nistp{private.curve.key_size}")):
        return Elliptic(curve, private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
    raise KeyRefused("a private key of another type", "Ed25519, RSA or ECDSA", "make one with `syngraph key new`")


def _no_key(found: str) -> KeyRefused:
    return KeyRefused(
        found, "a file that begins with BEGIN OPENSSH PRIVATE KEY", "ssh-keygen -p -f FILE writes an older file anew"
    )
