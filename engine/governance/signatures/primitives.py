"""What one key has signed: signatures in SSH's form, checked and made with the primitives of `cryptography`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from syngraph.engine.governance.signatures import wire
from syngraph.engine.governance.signatures.keys import APPLICATION, Edwards, Elliptic, Numbers, PublicKey, Rsa, numbers
from syngraph.engine.governance.signatures.refused import SignatureRefused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.padding import AsymmetricPadding
    from cryptography.hazmat.primitives.hashes import HashAlgorithm

PRESENT, VERIFIED = 0x01, 0x04
"""Flags of a FIDO authenticator: somebody touched it; it knows who (a PIN, a finger)."""

_MORE = 0xC0
"""Flags that announce more data behind the counter, which OpenSSH never has signed."""

_RSA = ("rsa-sha2-512", "rsa-sha2-256")


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature in its parts. `value` is what the primitive takes: ECDSA in DER, the others as they are.

    `flags` and `counter` are those of a FIDO authenticator; None for other keys.
    """

    algorithm: str
    value: bytes
    flags: int | None = None
    counter: int | None = None


def parse(key: PublicKey, signature: bytes) -> Signature:
    """The parts of a signature of `key`, in the only spelling they have.

    Raises: SignatureRefused, WireError
    """
    name, at = wire.string(signature, 0)
    algorithm = name.decode("ascii", "replace")
    said = numbers(key.blob)
    wanted = _RSA if isinstance(said, Rsa) else (key.type,)
    if algorithm not in wanted:
        raise SignatureRefused(f"a signature of kind “{algorithm[:40]}” by a key of type {key.type}", " or ".join(wanted))
    value, at = wire.string(signature, at)
    flags = counter = None
    if key.hardware:
        if len(signature) != at + 5:
            raise SignatureRefused("a FIDO signature of a wrong length", "flags and a counter at its end")
        flags, counter = signature[at], int.from_bytes(signature[at + 1 :], "big")
        _touched(flags)
    elif at != len(signature):
        raise SignatureRefused("bytes behind the signature", "nothing behind it")
    return Signature(algorithm, _value(said, value), flags, counter)


def holds(key: PublicKey, signature: Signature, message: bytes) -> bool:
    """Whether a signature is one of the key, and for the message."""
    if signature.flags is not None and signature.counter is not None:
        said = bytes((signature.flags,)) + signature.counter.to_bytes(4, "big")
        message = sha256(APPLICATION).digest() + said + sha256(message).digest()
    try:
        _verifier(key.blob, signature.algorithm)(signature.value, message)
    except _invalid():
        return False
    return True


def _touched(flags: int) -> None:
    if not flags & PRESENT:
        raise SignatureRefused(
            "a FIDO signature that nobody was there for",
            "one for which the authenticator was touched",
            "sign again, and touch it",
        )
    if flags & _MORE:
        raise SignatureRefused(f"a FIDO signature with the flags 0x{flags:02x}", "no data besides flags and counter")


def _value(said: Numbers, value: bytes) -> bytes:
    match said:
        case Edwards():
            if len(value) != 64:
                raise SignatureRefused(f"an Ed25519 signature of {len(value)} bytes", "64")
            return value
        case Rsa(_, modulus):
            size = (modulus.bit_length() + 7) // 8
            if len(value) != size:
                raise SignatureRefused(f"an RSA signature of {len(value)} bytes", f"{size}, as the key has")
            return value
        case Elliptic(curve):
            both = wire.strings(value)
            if len(both) != 2:
                raise SignatureRefused(f"an ECDSA signature of {len(both)} numbers", "2")
            r, s = map(wire.positive, both)
            if r >= curve.order or s >= curve.order:
                raise SignatureRefused("an ECDSA signature with a number out of range", f"two below the order of {curve.name}")
            from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

            return encode_dss_signature(r, s)


@lru_cache(maxsize=4096)
def _verifier(blob: bytes, algorithm: str) -> Callable[[bytes, bytes], None]:
    """The check of signatures (value, message) of one key, loaded once."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    match numbers(blob):
        case Edwards(point):
            return Ed25519PublicKey.from_public_bytes(point).verify
        case Rsa(exponent, modulus):
            key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
            padding, hash_ = rsa_scheme(algorithm)
            return lambda value, message: key.verify(value, message, padding, hash_)
        case Elliptic(curve, point):
            on, scheme = ecdsa_scheme(curve.name)
            public = ec.EllipticCurvePublicKey.from_encoded_point(on, point)
            return lambda value, message: public.verify(value, message, scheme)


def rsa_scheme(algorithm: str) -> tuple["AsymmetricPadding", "HashAlgorithm"]:
    """Padding and hash of an RSA algorithm of SSH (RFC 8332)."""
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256, SHA512

    return PKCS1v15(), SHA512() if algorithm == "rsa-sha2-512" else SHA256()


def ecdsa_scheme(curve: str) -> tuple["ec.EllipticCurve", "ec.ECDSA"]:
    """Curve and hash of an ECDSA algorithm of SSH, by the name of the curve (RFC 5656)."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    match curve:
        case "nistp256":
            return ec.SECP256R1(), ec.ECDSA(hashes.SHA256())
        case "nistp384":
            return ec.SECP384R1(), ec.ECDSA(hashes.SHA384())
        case _:
            return ec.SECP521R1(), ec.ECDSA(hashes.SHA512())


def _invalid() -> type[Exception]:
    from cryptography.exceptions import InvalidSignature

    return InvalidSignature
