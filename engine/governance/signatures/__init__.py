"""Signatures: who has signed which bytes, as OpenSSH signs files."""

from syngraph.engine.governance.signatures import wire
from syngraph.engine.governance.signatures.keys import TYPES, PublicKey, from_blob, parse_public
from syngraph.engine.governance.signatures.private import KeySigner, load, make, outside, public_of, sign, written
from syngraph.engine.governance.signatures.refused import KeyRefused, SignatureRefused
from syngraph.engine.governance.signatures.signers import Row, allowed_signers
from syngraph.engine.governance.signatures.sshsig import NAMESPACE, Signer, Sshsig, parse, sealed, to_be_signed, verify

__all__ = [
    "NAMESPACE",
    "TYPES",
    "KeyRefused",
    "KeySigner",
    "PublicKey",
    "Row",
    "SignatureRefused",
    "Signer",
    "Sshsig",
    "allowed_signers",
    "from_blob",
    "load",
    "make",
    "outside",
    "parse",
    "parse_public",
    "public_of",
    "sealed",
    "sign",
    "to_be_signed",
    "verify",
    "wire",
    "written",
]
