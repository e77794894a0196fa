"""Keys and signatures built by hand, so that a test can bend every byte of them."""

import hashlib
from base64 import b64encode
from functools import cache
from hashlib import sha256
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def text(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


def mpint(number: int) -> bytes:
    return text(number.to_bytes(number.bit_length() // 8 + 1, "big") if number else b"")


def armor(blob: bytes, width: int = 70) -> bytes:
    encoded = b64encode(blob).decode()
    lines = [encoded[at : at + width] for at in range(0, len(encoded), width)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]).encode()


def to_be_signed(message: bytes, space: bytes = b"syngraph.v1", reserved: bytes = b"", name: bytes = b"sha512") -> bytes:
    return b"SSHSIG" + text(space) + text(reserved) + text(name) + text(hashlib.new(name.decode(), message).digest())


def blob(
    public: bytes,
    signature: bytes,
    *,
    magic: bytes = b"SSHSIG",
    version: int = 1,
    space: bytes = b"syngraph.v1",
    reserved: bytes = b"",
    name: bytes = b"sha512",
    behind: bytes = b"",
) -> bytes:
    parts = (public, space, reserved, name, signature)
    return magic + version.to_bytes(4, "big") + b"".join(map(text, parts)) + behind


class Software:
    """A key of any type, the FIDO types with an authenticator in software."""

    def __init__(self, type_: str, application: bytes = b"ssh:") -> None:
        self.type = type_
        self.application = application
        self.private: Ed25519PrivateKey | rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
        if "ed25519" in type_:
            self.private = Ed25519PrivateKey.generate()
            public = text(self.private.public_key().public_bytes_raw())
        elif "nistp" in type_:
            name = type_.partition("nistp")[2].split("@")[0]
            self.private = ec.generate_private_key({"256": ec.SECP256R1, "384": ec.SECP384R1, "521": ec.SECP521R1}[name]())
            point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
            public = text(f"nistp{name}".encode()) + text(point)
        else:
            self.private = rsa.generate_private_key(65537, 3072)
            numbers = self.private.public_key().public_numbers()
            public = mpint(numbers.e) + mpint(numbers.n)
        self.public = text(type_.encode()) + public + (text(application) if self.hardware else b"")

    @property
    def hardware(self) -> bool:
        return self.type.startswith("sk-")

    @property
    def line(self) -> str:
        return f"{self.type} {b64encode(self.public).decode()}"

    def raw(self, message: bytes) -> bytes:
        """The innermost string of a signature: what the primitive gives, as SSH spells it."""
        if isinstance(self.private, Ed25519PrivateKey):
            return self.private.sign(message)
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(message, padding.PKCS1v15(), hashes.SHA512())
        sizes = {256: hashes.SHA256(), 384: hashes.SHA384(), 521: hashes.SHA512()}
        return b"".join(
            map(mpint, decode_dss_signature(self.private.sign(message, ec.ECDSA(sizes[self.private.curve.key_size]))))
        )

    def signature(self, signed: bytes, *, flags: int = 1, counter: int = 7, algorithm: str | None = None) -> bytes:
        """The string of a signature: its algorithm, the innermost string, for FIDO flags and counter."""
        end = b""
        if self.hardware:
            end = bytes((flags,)) + counter.to_bytes(4, "big")
            signed = sha256(self.application).digest() + end + sha256(signed).digest()
        name = algorithm or ("rsa-sha2-512" if self.type == "ssh-rsa" else self.type)
        return text(name.encode()) + text(self.raw(signed)) + end

    def file(self, message: bytes, flags: int = 1) -> bytes:
        """A whole signature file."""
        return armor(blob(self.public, self.signature(to_be_signed(message), flags=flags)))


@cache
def key(type_: str) -> Software:
    """One key of each type for all tests: to make one for RSA takes long."""
    return Software(type_)


@pytest.fixture(scope="session")
def forge() -> SimpleNamespace:
    """What builds keys and signatures byte by byte."""
    return SimpleNamespace(
        text=text, mpint=mpint, armor=armor, to_be_signed=to_be_signed, blob=blob, Software=Software, key=key
    )
