"""The SSH agent of this user: which keys it holds, and their signatures (draft-ietf-sshm-ssh-agent)."""

import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from syngraph.engine.governance.signatures import KeyRefused, PublicKey, from_blob, sealed, to_be_signed, wire
from syngraph.engine.text.errors import TextError

MAX_ANSWER = 256 * 1024
"""The longest answer of an agent that is read, in bytes."""

PATIENCE = 120.0
"""Seconds that an agent gets: it may have to ask its owner, or wait for a touch."""

_LIST, _LISTED, _SIGN, _SIGNED = 11, 12, 13, 14
_RSA_SHA2_512 = 4


class AgentError(TextError):
    """An agent that cannot be asked, or that gives no signature."""


@dataclass(frozen=True, slots=True)
class Held:
    """A key that an agent holds; `key` is None when it may not sign here, `refused` says why."""

    comment: str
    key: PublicKey | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent behind a socket."""

    path: Path

    def held(self) -> tuple[Held, ...]:
        """The keys it holds, in its order. Raises: AgentError"""
        answer = self._asked(bytes((_LIST,)), _LISTED)
        try:
            return tuple(_listed(answer))
        except wire.WireError as error:
            raise self._strange(str(error)) from None

    def sign(self, key: PublicKey, message: bytes) -> bytes:
        """The content of a signature file for the message. Raises: AgentError"""
        flags = _RSA_SHA2_512 if key.type == "ssh-rsa" else 0
        request = bytes((_SIGN,)) + wire.framed(key.blob) + wire.framed(to_be_signed(message)) + flags.to_bytes(4, "big")
        try:
            signature, end = wire.string(answer := self._asked(request, _SIGNED), 0)
        except wire.WireError as error:
            raise self._strange(str(error)) from None
        if end != len(answer):
            raise self._strange("bytes behind a signature")
        return sealed(key, signature)

    def _asked(self, request: bytes, wanted: int) -> bytes:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(PATIENCE)
                line.connect(str(self.path))
                line.sendall(wire.framed(request))
                length = int.from_bytes(_received(line, 4), "big")
                if not 1 <= length <= MAX_ANSWER:
                    raise self._strange(f"an answer of {length} bytes")
                answer = _received(line, length)
        except OSError as error:
            raise AgentError(
                f"no answer from the SSH agent ({error.strerror or error})",
                "an agent at $SSH_AUTH_SOCK",
                "start one with `ssh-agent`, or name the file of a private key",
                path=str(self.path),
            ) from None
        if answer[0] != wanted:
            raise AgentError(
                "a refusal of the SSH agent",
                "its signature" if wanted == _SIGNED else "its keys",
                "unlock the agent, allow the signature when it asks, or touch the key when it blinks",
                path=str(self.path),
            )
        return answer[1:]

    def _strange(self, why: str) -> AgentError:
        return AgentError(f"an answer of the SSH agent that cannot be read ({why})", "its protocol", path=str(self.path))


def here() -> Agent | None:
    """The agent of this session; None when there is none."""
    path = os.environ.get("SSH_AUTH_SOCK")
    return Agent(Path(path)) if path and hasattr(socket, "AF_UNIX") else None


def _listed(answer: bytes) -> Iterator[Held]:
    count, at = int.from_bytes(answer[:4], "big"), 4
    for _ in range(count):
        blob, at = wire.string(answer, at)
        comment, at = wire.string(answer, at)
        said = comment.decode("utf-8", "replace")
        try:
            yield Held(said, from_blob(blob))
        except KeyRefused as refused:
            yield Held(said, None, refused.found)
    if at != len(answer):
        raise wire.WireError("bytes behind the keys")


def _received(line: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = line.recv(length - len(parts))
        if not part:
            raise ConnectionResetError("it hung up")
        parts += part
    return bytes(parts)
