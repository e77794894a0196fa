"""SSH signatures: one armor, one namespace, strong hashes, nothing before, behind or between.

The format is that of OpenSSH (PROTOCOL.sshsig, PROTOCOL.u2f, RFC 5656, RFC 8332, RFC 8709). What `ssh-keygen -Y sign` writes is
read here, and it verifies what is written here; ADR 16 lists what is refused.
"""

import hashlib
from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64
from dataclasses import dataclass
from typing import Literal, Protocol

from syngraph.engine.governance.signatures import keys, primitives, wire
from syngraph.engine.governance.signatures.keys import PublicKey
from syngraph.engine.governance.signatures.refused import KeyRefused, SignatureRefused

NAMESPACE = "syngraph.v1"
"""What every signature under an agreement is made for, so that one made for something else does not count."""

MAX_BYTES = 8192
"""The longest signature file that is read."""

Hash = Literal["sha256", "sha512"]

_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----\n", b"\n-----END SSH SIGNATURE-----\n"
_LINE = 70
_MAGIC = b"SSHSIG"
_SPACE = wire.framed(NAMESPACE.encode())
_NOTHING = wire.framed(b"")
_HASHES: dict[bytes, Hash] = {b"sha256": "sha256", b"sha512": "sha512"}
# What precedes the digest of a message in the bytes that are signed.
_BEFORE: dict[Hash, bytes] = {
    "sha256": _MAGIC + _SPACE + _NOTHING + wire.framed(b"sha256") + (32).to_bytes(4, "big"),
    "sha512": _MAGIC + _SPACE + _NOTHING + wire.framed(b"sha512") + (64).to_bytes(4, "big"),
}
_HELP = "sign with `syngraph sign`, or with `ssh-keygen -Y sign -n syngraph.v1`"


class Signer(Protocol):
    """Whoever can sign: a key in a file, in an agent, in an authenticator."""

    @property
    def public(self) -> PublicKey:
        """The key that the signatures are of."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The content of a signature file for the message."""
        ...


@dataclass(frozen=True, slots=True)
class Sshsig:
    """What a signature file says, its form checked and nothing verified."""

    key: PublicKey
    hash: Hash
    signature: primitives.Signature


def parse(armored: bytes) -> Sshsig:
    """What the content of a signature file says, which must be byte for byte as OpenSSH writes it.

    Raises: SignatureRefused
    """
    if len(armored) > MAX_BYTES:
        raise _refused(f"a signature of {len(armored)} bytes", f"at most {MAX_BYTES}")
    if not armored.startswith(_BEGIN) or not armored.endswith(_END):
        raise _refused("something else than one SSH signature", "-----BEGIN SSH SIGNATURE----- to -----END SSH SIGNATURE-----")
    try:
        blob = a2b_base64(armored[len(_BEGIN) : -len(_END)])
    except Base64Error as error:
        raise _refused(f"base64 that cannot be read ({error})", "what ssh-keygen writes") from None
    if armor(blob) != armored:
        raise _refused("a signature in another layout", f"LF, lines of {_LINE} characters of base64, and nothing else")
    try:
        return _parsed(blob)
    except KeyRefused as refused:
        raise SignatureRefused(refused.found, refused.expected, refused.help) from None
    except wire.WireError as error:
        raise _refused(f"bytes that are no signature ({error})", "what ssh-keygen writes") from None


def verify(armored: bytes, message: bytes) -> PublicKey:
    """The key whose signature of the message a signature file holds. Whose key that is, the register says.

    Raises: SignatureRefused
    """
    signed = parse(armored)
    if not primitives.holds(signed.key, signed.signature, to_be_signed(message, signed.hash)):
        raise SignatureRefused(
            f"a signature of {signed.key.fingerprint} for something else",
            "a signature of exactly this content",
            "the file was changed after it was signed, or the signature is another file's: sign it anew",
        )
    return signed.key


def to_be_signed(message: bytes, hash: Hash = "sha512") -> bytes:
    """The bytes that a key signs so that the message is signed: for an agent, which does not know this format."""
    return _BEFORE[hash] + (hashlib.sha512 if hash == "sha512" else hashlib.sha256)(message).digest()


def sealed(public: PublicKey, signature: bytes, hash: Hash = "sha512") -> bytes:
    """The content of a signature file, from what a key or an agent gave for `to_be_signed` (algorithm included)."""
    parts = (public.blob, NAMESPACE.encode(), b"", hash.encode(), signature)
    return armor(_MAGIC + (1).to_bytes(4, "big") + b"".join(map(wire.framed, parts)))


def armor(blob: bytes) -> bytes:
    """The bytes in the armor that OpenSSH writes."""
    encoded = b2a_base64(blob, newline=False)
    return _BEGIN + b"\n".join([encoded[at : at + _LINE] for at in range(0, len(encoded), _LINE)]) + _END


def _parsed(blob: bytes) -> Sshsig:
    if not blob.startswith(_MAGIC):
        raise _refused("bytes that are no SSH signature", "SSHSIG at their beginning")
    version = int.from_bytes(blob[6:10], "big")
    if version != 1 or len(blob) < 10:
        raise _refused(f"a signature of version {version}", "version 1")
    public, at = wire.string(blob, 10)
    space, at = wire.string(blob, at)
    reserved, at = wire.string(blob, at)
    hash_, at = wire.string(blob, at)
    signature, at = wire.string(blob, at)
    if at != len(blob):
        raise _refused("bytes behind the signature", "nothing behind it")
    if space != NAMESPACE.encode():
        raise _refused(f"a signature for “{space[:40].decode('ascii', 'replace')}”", f"one for “{NAMESPACE}”")
    if reserved:
        raise _refused("a signature with reserved content", "none")
    algorithm = _HASHES.get(hash_)
    if algorithm is None:
        raise _refused(f"a signature over {hash_[:40].decode('ascii', 'replace')}", "sha256 or sha512")
    key = keys.from_blob(public)
    return Sshsig(key, algorithm, primitives.parse(key, signature))


def _refused(found: str, expected: str) -> SignatureRefused:
    return SignatureRefused(found, expected, _HELP)
