"""Who signs for a user: keys in files, in agents (also in bad ones), in authenticators."""

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from syngraph.cli.manners import agent, signing
from syngraph.engine.governance.signatures import KeyRefused, make, parse_public, public_of, to_be_signed, verify, wire, written

needs_openssh = pytest.mark.skipif(
    shutil.which("ssh-agent") is None, reason="ssh-agent is not installed: apt install openssh-client"
)
MESSAGE = b"Yes.\n"


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A user without keys, agent or terminal."""
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(signing, "_has_terminal", lambda: False)
    (tmp_path / "home" / ".ssh").mkdir(parents=True)


def key_file(path: Path, passphrase: bytes = b"") -> Ed25519PrivateKey:
    private = make()
    path.write_bytes(written(private, passphrase))
    path.chmod(0o600)
    Path(f"{path}.pub").write_text(public_of(private).line() + " ada\n", encoding="utf-8")
    return private


# -- files -------------------------------------------------------------------------------------------------------------


def test_the_file_of_a_private_or_public_key_signs(tmp_path: Path) -> None:
    public = public_of(key_file(tmp_path / "key"))
    for spec in (tmp_path / "key", tmp_path / "key.pub"):
        signer = signing.signer(str(spec))
        assert (signer.public, verify(signer.sign(MESSAGE), MESSAGE)) == (public, public)
        assert signing.public(str(spec)) == public


def test_a_passphrase_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = key_file(tmp_path / "key", b"correct horse")
    asked: list[str] = []
    monkeypatch.setattr(signing, "ask", lambda question: asked.append(question) or b"correct horse")
    assert signing.signer(str(tmp_path / "key")).public == public_of(private)
    assert asked == [f"passphrase of {tmp_path / 'key'}"]
    monkeypatch.setattr(signing, "ask", lambda question: b"wrong horse")
    with pytest.raises(KeyRefused, match="does not open the key"):
        signing.signer(str(tmp_path / "key"))


def test_without_a_terminal_a_passphrase_is_not_asked_for(tmp_path: Path) -> None:
    key_file(tmp_path / "key", b"correct horse")
    with pytest.raises(signing.SigningError, match="no terminal") as caught:
        signing.signer(str(tmp_path / "key"))
    assert "ssh-add" in caught.value.help
    with pytest.raises(click.UsageError):
        signing.ask("a passphrase")
    assert not signing.public(str(tmp_path / "key")).hardware


def test_a_public_key_alone_does_not_sign(tmp_path: Path) -> None:
    key_file(tmp_path / "key")
    (tmp_path / "key").unlink()
    with pytest.raises(signing.SigningError, match="alone"):
        signing.signer(str(tmp_path / "key.pub"))


def test_what_is_no_key_does_not_sign(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello\n", encoding="utf-8")
    (tmp_path / "long").write_bytes(b"x" * 100_000)
    with pytest.raises(KeyRefused):
        signing.signer(str(tmp_path / "text"))
    with pytest.raises(signing.SigningError, match="too long"):
        signing.signer(str(tmp_path / "long"))
    with pytest.raises(FileNotFoundError):
        signing.signer(str(tmp_path / "missing"))


def test_the_keys_of_a_user_are_found(tmp_path: Path) -> None:
    home = tmp_path / "home" / ".ssh"
    private = key_file(home / "id_ed25519")
    (home / "old.pub").write_text("ssh-dss AAAA old\n", encoding="utf-8")
    found = tuple(signing.yours())
    assert [(each.where, each.comment, each.key) for each in found] == [
        (str(home / "id_ed25519.pub"), "ada", public_of(private)),
        (str(home / "old.pub"), "", None),
    ]
    assert found[1].refused == "a key of type “ssh-dss”"
    assert signing.signer_among({public_of(private).name}).public == public_of(private)
    with pytest.raises(signing.SigningError, match="none of the keys"):
        signing.signer_among({"0" * 64})


# -- authenticators ----------------------------------------------------------------------------------------------------


def test_a_fido_key_signs_by_openssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = key_file(tmp_path / "key")
    script = tmp_path / "bin" / "ssh-keygen"
    script.parent.mkdir()
    script.write_text(
        f'#!/bin/sh\necho "$@" > {tmp_path}/said\ncat > {tmp_path}/got\ncat {tmp_path}/answer\n', encoding="utf-8"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(script.parent), prepend=os.pathsep)
    by = signing.ByOpenssh(public_of(private), tmp_path / "key")
    from syngraph.engine.governance.signatures import sign

    (tmp_path / "answer").write_bytes(sign(private, MESSAGE))
    assert verify(by.sign(MESSAGE), MESSAGE) == public_of(private)
    assert (tmp_path / "said").read_text().split() == ["-Y", "sign", "-q", "-n", "syngraph.v1", "-f", str(tmp_path / "key")]
    assert (tmp_path / "got").read_bytes() == MESSAGE
    for wrong in (b"", sign(private, b"No.\n"), sign(make(), MESSAGE)):
        (tmp_path / "answer").write_bytes(wrong)
        with pytest.raises(signing.SigningError):
            by.sign(MESSAGE)
    script.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    with pytest.raises(signing.SigningError, match="exit code 1"):
        by.sign(MESSAGE)
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    with pytest.raises(signing.SigningError, match="no ssh-keygen"):
        by.sign(MESSAGE)


# -- a real agent ------------------------------------------------------------------------------------------------------


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "agent"
    process = subprocess.Popen(["ssh-agent", "-D", "-a", str(path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    monkeypatch.setenv("SSH_AUTH_SOCK", str(path))
    yield path
    process.kill()
    process.wait()
    process.stdout.close()


@needs_openssh
@pytest.mark.parametrize("options", [("ed25519",), ("rsa", "-b", "3072"), ("ecdsa", "-b", "521")])
def test_a_key_of_the_agent_signs(real: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    path = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", *options, "-N", "", "-C", "ada", "-f", str(path)], check=True)
    subprocess.run(["ssh-add", "-q", str(path)], check=True, capture_output=True)
    path.unlink()
    public = parse_public(Path(f"{path}.pub").read_text(encoding="utf-8").strip())
    for spec in (public.fingerprint, public.name, f"{path}.pub"):
        signer = signing.signer(spec)
        assert verify(signer.sign(MESSAGE), MESSAGE) == signer.public == public
    assert [(each.where, each.comment, each.key) for each in signing.yours()] == [("agent", "ada", public)]
    assert signing.signer_among([public.name]).public == public
    with pytest.raises(signing.SigningError, match="in the SSH agent"):
        signing.signer("SHA256:" + "A" * 43)


@needs_openssh
def test_the_agent_spares_the_passphrase(real: Path, tmp_path: Path) -> None:
    private = key_file(tmp_path / "key")
    subprocess.run(["ssh-add", "-q", str(tmp_path / "key")], check=True, capture_output=True)
    (tmp_path / "key").write_bytes(written(private, b"correct horse"))
    assert verify(signing.signer(str(tmp_path / "key")).sign(MESSAGE), MESSAGE) == public_of(private)


# -- a bad agent -------------------------------------------------------------------------------------------------------


def answering(path: Path, answer: Callable[[bytes], bytes]) -> threading.Thread:
    """An agent of ours, for one question."""
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    door.bind(str(path))
    door.listen(1)

    def serve() -> None:
        with door, door.accept()[0] as line:
            length = int.from_bytes(line.recv(4), "big")
            line.sendall(answer(line.recv(length)))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    return thread


BLOB = public_of(Ed25519PrivateKey.from_private_bytes(bytes(32))).blob


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0\0",
        wire.framed(b""),
        wire.framed(b"\x05"),
        wire.framed(b"\x0e"),
        (2**32 - 1).to_bytes(4, "big"),
        wire.framed(b"\x0c" * 100)[:50],
        wire.framed(b"\x0c\0\0\0\1"),
        wire.framed(b"\x0c\xff\xff\xff\xff"),
        wire.framed(b"\x0c\0\0\0\1" + wire.framed(BLOB)),
        wire.framed(b"\x0c\0\0\0\1" + wire.framed(BLOB) + wire.framed(b"ada") + b"x"),
        wire.framed(b"\x0c\0\0\0\1" + b"\xff\xff\xff\xff" + BLOB),
    ],
)
def test_an_agent_that_talks_nonsense_is_told(tmp_path: Path, answer: bytes) -> None:
    answering(tmp_path / "agent", lambda request: answer)
    with pytest.raises(agent.AgentError) as caught:
        agent.Agent(tmp_path / "agent").held()
    assert caught.value.expected


def test_keys_that_may_not_sign_are_listed_with_the_reason(tmp_path: Path) -> None:
    odd = wire.framed(b"ssh-dss") + wire.framed(b"x")
    said = b"\x0c\0\0\0\2" + b"".join(map(wire.framed, (odd, b"old \xff", BLOB, b"ada")))
    answering(tmp_path / "agent", lambda request: wire.framed(said))
    held = agent.Agent(tmp_path / "agent").held()
    assert [(each.comment, each.key and each.key.blob, each.refused) for each in held] == [
        ("old \ufffd", None, "a key of type “ssh-dss”"),
        ("ada", BLOB, ""),
    ]


def test_an_agent_that_signs_something_else_is_caught(tmp_path: Path) -> None:
    private = make()
    signature = wire.framed(b"ssh-ed25519") + wire.framed(private.sign(to_be_signed(b"No.\n")))
    for content in (signature, signature[:-1], b"", signature + b"x"):
        path = tmp_path / f"agent{len(content)}"
        answering(path, lambda request, content=content: wire.framed(b"\x0e" + wire.framed(content)))
        with pytest.raises(signing.SigningError, match="would not be accepted"):
            signing.InAgent(public_of(private), agent.Agent(path)).sign(MESSAGE)


def test_the_request_is_for_the_whole_message(tmp_path: Path) -> None:
    private = make()
    asked: list[bytes] = []

    def answer(request: bytes) -> bytes:
        asked.append(request)
        return wire.framed(
            b"\x0e" + wire.framed(wire.framed(b"ssh-ed25519") + wire.framed(private.sign(to_be_signed(MESSAGE))))
        )

    answering(tmp_path / "agent", answer)
    armored = signing.InAgent(public_of(private), agent.Agent(tmp_path / "agent")).sign(MESSAGE)
    assert verify(armored, MESSAGE) == public_of(private)
    assert asked == [b"\x0d" + wire.framed(public_of(private).blob) + wire.framed(to_be_signed(MESSAGE)) + bytes(4)]


def test_without_an_agent_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(signing.SigningError, match="no SSH agent"):
        signing.signer("SHA256:" + "A" * 43)
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "nowhere"))
    with pytest.raises(agent.AgentError, match="no answer from the SSH agent"):
        signing.signer("SHA256:" + "A" * 43)
    # Where a file is named, or keys are listed, an agent that is dead is as good as none.
    key_file(tmp_path / "key")
    assert signing.signer(str(tmp_path / "key.pub"))
    assert tuple(signing.yours()) == ()
