"""Who signs for this user: a key in a file, in the SSH agent, or in an authenticator that ssh-keygen talks to."""

import getpass
import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from syngraph.cli.manners import agent
from syngraph.engine.governance.signatures import (
    NAMESPACE,
    KeyRefused,
    PublicKey,
    SignatureRefused,
    Signer,
    load,
    outside,
    parse_public,
    verify,
)
from syngraph.engine.governance.signatures.private import MAX_BYTES
from syngraph.engine.text.errors import TextError


class SigningError(TextError):
    """A key that cannot be found, or does not sign."""


@dataclass(frozen=True, slots=True)
class InAgent:
    """Signs with a key that the SSH agent holds."""

    public: PublicKey
    agent: agent.Agent

    def sign(self, message: bytes) -> bytes:
        """The content of a signature file for the message. Raises: AgentError, SigningError"""
        return _held_to(self.public, self.agent.sign(self.public, message), message)


@dataclass(frozen=True, slots=True)
class ByOpenssh:
    """Signs with `ssh-keygen`, which knows how to ask an authenticator for a touch."""

    public: PublicKey
    path: Path

    def sign(self, message: bytes) -> bytes:
        """The content of a signature file for the message. Raises: SigningError"""
        command = ["ssh-keygen", "-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(self.path)]
        try:
            done = subprocess.run(command, input=message, stdout=subprocess.PIPE, check=False)
        except OSError as error:
            raise SigningError(
                f"no ssh-keygen ({error.strerror})", "OpenSSH 8.2 or newer", "install it: FIDO keys sign with its help"
            ) from None
        if done.returncode:
            raise SigningError(
                f"no signature from ssh-keygen (exit code {done.returncode})",
                "a signature",
                "plug the authenticator in and touch it when it blinks",
                path=str(self.path),
            )
        return _held_to(self.public, done.stdout, message)


@dataclass(frozen=True, slots=True)
class Found:
    """A key of this user: where it is (`agent`, or a .pub file), and the key; None when it may not sign, with the reason."""

    where: str
    comment: str
    key: PublicKey | None
    refused: str = ""


def signer(spec: str) -> Signer:
    """Whoever signs with the key that is named: by the file of a private or public key, or by its fingerprint in the agent.

    Raises: SigningError, KeyRefused, AgentError, OSError
    """
    if spec.startswith("SHA256:") or (len(spec) == 64 and not Path(spec).exists()):
        return _of_agent(spec)
    path = Path(spec).expanduser()
    content = _content(path)
    if not content.startswith(b"-----BEGIN"):
        public = _public_line(content, str(path))
        held = _in_agent(public)
        beside = path.with_suffix("")
        if held is None and (path.suffix != ".pub" or not beside.exists()):
            raise SigningError(
                f"the public key {public.fingerprint} alone",
                "its private key in the agent or beside it",
                f"add it to your agent with ssh-add, or put the private key at {beside}",
                path=spec,
            )
        return held or _of_file(beside, _content(beside))
    return _of_file(path, content)


def signer_among(names: Collection[str]) -> Signer:
    """Whoever signs with the first key of this user whose name is one of these: in the agent, then in `~/.ssh`.

    Raises: SigningError when there is none; KeyRefused, AgentError, OSError
    """
    for found in yours():
        if found.key is not None and found.key.name in names:
            return signer(found.key.fingerprint if found.where == "agent" else found.where)
    raise SigningError(
        "none of the keys that may sign this",
        "one in the SSH agent or in ~/.ssh",
        "name the file of the key, or add it to your agent with ssh-add",
    )


def yours() -> Iterator[Found]:
    """The keys of this user: what the agent holds, then what `~/.ssh` has. An agent that does not answer has none."""
    here = agent.here()
    try:
        held = here.held() if here is not None else ()
    except agent.AgentError:
        held = ()
    for each in held:
        yield Found("agent", each.comment, each.key, each.refused)
    for path in sorted((Path.home() / ".ssh").glob("*.pub")):
        try:
            key = parse_public(_content(path).decode("utf-8", "replace").strip("\r\n"))
        except (KeyRefused, SigningError, OSError) as refused:
            yield Found(str(path), "", None, getattr(refused, "found", "") or str(refused))
        else:
            yield Found(str(path), key.comment, key)


def public(spec: str) -> PublicKey:
    """The key that is named as for `signer`, without the means to sign.

    Raises: SigningError, KeyRefused, AgentError, OSError
    """
    if spec.startswith("SHA256:") or (len(spec) == 64 and not Path(spec).exists()):
        return _of_agent(spec).public
    content = _content(Path(spec).expanduser())
    if content.startswith(b"-----BEGIN"):
        return outside(content).public
    return _public_line(content, spec)


def _public_line(content: bytes, name: str) -> PublicKey:
    """The key in the content of a `.pub` file. Raises: SigningError, KeyRefused"""
    try:
        return parse_public(content.decode("utf-8", "replace").strip("\r\n"))
    except KeyRefused as refused:
        if refused.path:
            raise
        raise KeyRefused(refused.found, refused.expected, refused.help, path=name) from None


def ask(question: str) -> bytes:
    """A passphrase typed at the terminal, unseen; the terminal is used even when stdin is something else.

    Raises: click.UsageError when there is no terminal.
    """
    if not sys.stdin.isatty() and not _has_terminal():
        raise click.UsageError(f"there is no terminal to ask on: {question}")
    return getpass.getpass(f"{question}: ").encode("utf-8", "surrogateescape")


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        return False
    return True


def _of_file(path: Path, content: bytes) -> Signer:
    sealed = outside(content)
    if sealed.public.hardware:
        return _in_agent(sealed.public) or ByOpenssh(sealed.public, path)
    if not sealed.encrypted:
        return load(content)
    held = _in_agent(sealed.public)
    if held is not None:
        return held
    try:
        return load(content, ask(f"passphrase of {path}"))
    except click.UsageError:
        raise SigningError(
            "a private key with a passphrase, and no terminal to ask for it",
            "the key in your agent, or a terminal",
            f"add it to your agent: ssh-add {path}",
            path=str(path),
        ) from None


def _in_agent(public: PublicKey) -> InAgent | None:
    here = agent.here()
    try:
        held = here.held() if here is not None else ()
    except agent.AgentError:
        return None
    return InAgent(public, here) if here is not None and any(each.key == public for each in held) else None


def _of_agent(fingerprint: str) -> InAgent:
    here = agent.here()
    if here is None:
        raise SigningError("no SSH agent", "one at $SSH_AUTH_SOCK", "start one with `ssh-agent`, or name the file of a key")
    held = here.held()
    for each in held:
        if each.key is not None and fingerprint in (each.key.fingerprint, each.key.name):
            return InAgent(replace(each.key, comment=each.comment), here)
    there = ", ".join(each.key.fingerprint for each in held if each.key is not None) or "none that may sign"
    raise SigningError(f"no key {fingerprint} in the SSH agent", f"one that it holds: {there}", "add it with ssh-add")


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise SigningError("a file too long for a key", f"at most {MAX_BYTES} bytes", "name a key", path=str(path))
    return content


def _held_to(public: PublicKey, armored: bytes, message: bytes) -> bytes:
    try:
        signed = verify(armored, message)
    except SignatureRefused as refused:
        raise SigningError(
            f"a signature that would not be accepted: {refused.found}", refused.expected, "sign with another key"
        ) from None
    if signed != public:
        raise SigningError(f"a signature of {signed.fingerprint}", f"one of {public.fingerprint}", "name the key again")
    return armored
