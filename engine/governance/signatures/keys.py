"""Public keys of SSH: which of them may sign under an agreement, read so that each has one spelling."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256

from syngraph.engine.governance.signatures import wire
from syngraph.engine.governance.signatures.points import CURVES, Curve, is_edwards_key
from syngraph.engine.governance.signatures.refused import KeyRefused

MIN_RSA_BITS, MAX_RSA_BITS = 3072, 16384
MAX_LINE = 8192
"""The longest line that is read as a key, in characters."""

APPLICATION = b"ssh:"
"""What a FIDO key of OpenSSH is made for, unless its owner asked for something else."""

ED25519, RSA, ED25519_SK, ECDSA_SK = (
    "ssh-ed25519",
    "ssh-rsa",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
)
ECDSA = tuple(f"ecdsa-sha2-{name}" for name in CURVES)
TYPES = (ED25519, RSA, *ECDSA, ED25519_SK, ECDSA_SK)
"""The types of keys that may sign."""

_HELP = "make one with `syngraph key new`, or with `ssh-keygen -t ed25519`"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: its type, its bytes as SSH sends them, and what its owner calls it (which is no part of the key)."""

    type: str
    blob: bytes
    comment: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """64 hex digits, the SHA-256 of the bytes: what the files of its signatures are named by."""
        return sha256(self.blob).hexdigest()

    @property
    def fingerprint(self) -> str:
        """The same as OpenSSH prints it: `SHA256:` and base64."""
        return "SHA256:" + b64encode(sha256(self.blob).digest()).decode().rstrip("=")

    @property
    def hardware(self) -> bool:
        """Whether it lives in a FIDO authenticator."""
        return self.type.startswith("sk-")

    def line(self) -> str:
        """The key as it stands in a .pub file or in the register."""
        return f"{self.type} {b64encode(self.blob).decode()}" + (f" {self.comment}" if self.comment else "")


@dataclass(frozen=True, slots=True)
class Edwards:
    """The point of an Ed25519 key."""

    point: bytes


@dataclass(frozen=True, slots=True)
class Rsa:
    """The exponent and the modulus of an RSA key."""

    exponent: int
    modulus: int


@dataclass(frozen=True, slots=True)
class Elliptic:
    """The curve of an ECDSA key, and its point without compression."""

    curve: Curve
    point: bytes


Numbers = Edwards | Rsa | Elliptic


def parse_public(line: str) -> PublicKey:
    """The key in a line as `.pub` files have it: type, base64 and perhaps a comment, with one blank between them.

    Raises: KeyRefused
    """
    type_, _, rest = line.partition(" ")
    encoded, _, comment = rest.partition(" ")
    if len(line) > MAX_LINE or not encoded or not line.isprintable():
        raise KeyRefused(
            "no line of a public key", "its type, its base64 and perhaps a comment", "copy the line of the .pub file"
        )
    _known(type_)
    try:
        blob = b64decode(encoded.encode("ascii", "replace"), validate=True)
    except Base64Error:
        blob = b""
    if b64encode(blob).decode() != encoded:
        raise KeyRefused("a key that is not base64", "base64 without a character too many", "copy the line of the .pub file")
    key = from_blob(blob)
    if key.type != type_:
        raise KeyRefused(
            f"a key of type {key.type} that is called {type_}", "the same type twice", "copy the line of the .pub file"
        )
    return replace(key, comment=comment)


@lru_cache(maxsize=4096)
def from_blob(blob: bytes) -> PublicKey:
    """The key in the bytes that SSH sends. Raises: KeyRefused"""
    try:
        type_ = wire.string(blob, 0)[0].decode("ascii", "replace")
    except wire.WireError as error:
        raise _malformed(error) from None
    numbers(blob)
    return PublicKey(type_, blob)


@lru_cache(maxsize=4096)
def numbers(blob: bytes) -> Numbers:
    """What the bytes of a key say. Raises: KeyRefused"""
    try:
        type_, at = wire.string(blob, 0)
        _known(said := type_.decode("ascii", "replace"))
        return _numbers(said, wire.strings(blob[at:]))
    except wire.WireError as error:
        raise _malformed(error) from None


def of_numbers(said: Numbers) -> PublicKey:
    """The key that has these numbers. Raises: KeyRefused"""
    match said:
        case Edwards(point):
            parts = [ED25519.encode(), point]
        case Elliptic(curve, point):
            parts = [f"ecdsa-sha2-{curve.name}".encode(), curve.name.encode(), point]
        case Rsa(exponent, modulus):
            return from_blob(wire.framed(RSA.encode()) + wire.number(exponent) + wire.number(modulus))
    return from_blob(b"".join(map(wire.framed, parts)))


def _numbers(type_: str, parts: list[bytes]) -> Numbers:
    if type_ in (ED25519_SK, ECDSA_SK):
        application = parts.pop() if parts else b""
        if application != APPLICATION:
            raise KeyRefused(
                f"a FIDO key made for “{application[:40].decode('ascii', 'replace')}”",
                f"one made for “{APPLICATION.decode()}”",
                "make it with ssh-keygen -t ed25519-sk, without -O application",
            )
    if type_ in (ED25519, ED25519_SK):
        (point,) = _so_many(parts, 1)
        if len(point) != 32 or not is_edwards_key(point):
            raise KeyRefused("an Ed25519 key that is no point of its curve", "32 bytes that are one of large order", _HELP)
        return Edwards(point)
    if type_ == RSA:
        exponent, modulus = map(wire.positive, _so_many(parts, 2))
        return _rsa(exponent, modulus)
    name, point = _so_many(parts, 2)
    wanted = "nistp256" if type_ == ECDSA_SK else type_.removeprefix("ecdsa-sha2-")
    if name.decode("ascii", "replace") != wanted or not CURVES[wanted].has(point):
        raise KeyRefused("an ECDSA key that is no point of its curve", f"a point of {wanted}, without compression", _HELP)
    return Elliptic(CURVES[wanted], point)


def _so_many(parts: list[bytes], count: int) -> list[bytes]:
    if len(parts) != count:
        raise wire.WireError(f"{len(parts)} parts where there are {count}")
    return parts


def _rsa(exponent: int, modulus: int) -> Rsa:
    bits = modulus.bit_length()
    if not MIN_RSA_BITS <= bits <= MAX_RSA_BITS:
        raise KeyRefused(f"an RSA key of {bits} bits", f"{MIN_RSA_BITS} to {MAX_RSA_BITS} bits", _HELP)
    if exponent < 65537 or exponent.bit_length() > 64 or not exponent & 1 or not modulus & 1:
        raise KeyRefused("an RSA key with weak numbers", "an odd modulus and an odd exponent from 65537 up to 64 bits", _HELP)
    return Rsa(exponent, modulus)


def _known(type_: str) -> None:
    if "-cert-" in type_:
        raise KeyRefused("a certificate", "a plain public key", "use the key that the certificate is for")
    if type_ not in TYPES:
        raise KeyRefused(f"a key of type “{type_[:60]}”", f"one of {', '.join(TYPES)}", _HELP)


def _malformed(error: wire.WireError) -> KeyRefused:
    return KeyRefused(f"bytes that are no key ({error})", "a key as OpenSSH writes it", "copy the line of the .pub file")
