"""Signed statements checked one by one, beside the bare arithmetic of the same run and beside ssh-keygen."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.figure import Figure, best
from syngraph.engine.governance.signatures import KeySigner, PublicKey, Row, allowed_signers, public_of, verify
from syngraph.engine.governance.statements import parse

SHARE, FASTER = 70, 20
BALLOTS, VOTERS, SPAWNED = 3000, 30, 20


def ballot(number: int, voter: int) -> bytes:
    """One vote of many, as long as they are."""
    chain = f"lineage: {1:064x}\nbase: {2:064x}\n"
    said = f"motion: {number:064x}\nvote: {'yes' if number % 3 else 'no'}\n"
    return f"---\nkind: ballot\n{chain}principal: voter-{voter}\ndate: 2026-03-14\n{said}---\nSo I vote.\n".encode()


def measure() -> list[Figure]:
    keys = [Ed25519PrivateKey.from_private_bytes(voter.to_bytes(32, "big")) for voter in range(VOTERS)]
    signers = [KeySigner(key, public_of(key)) for key in keys]
    statements = [ballot(number, number % VOTERS) for number in range(BALLOTS)]
    signed = [(content, signers[n % VOTERS].sign(content), signers[n % VOTERS].public) for n, content in enumerate(statements)]
    bare = [(keys[n % VOTERS].public_key(), keys[n % VOTERS].sign(content), content) for n, content in enumerate(statements)]

    def whole() -> None:
        for content, signature, public in signed:
            if parse(content, "a ballot").principals == () or verify(signature, content) != public:
                raise RuntimeError("a good signature was taken for a bad one")

    def arithmetic() -> None:
        for public, signature, content in bare:
            public.verify(signature, content)

    # Taking turns, so that a busy moment of the machine is in neither alone.
    took = [(best(whole, 1), best(arithmetic, 1)) for _ in range(5)]
    ours, raw = min(one for one, _ in took), min(one for _, one in took)
    figures = [
        Figure(
            f"{BALLOTS:,} signed ballots read and verified, of the bare rate",
            100 * raw / ours,
            "%",
            SHARE,
            beside=f"{BALLOTS / ours:,.0f}/s, bare {BALLOTS / raw:,.0f}/s",
        )
    ]
    spawned = by_openssh(signed[:SPAWNED])
    if spawned is not None:
        times = spawned / (ours / BALLOTS)
        beside = f"ssh-keygen -Y verify: {1 / spawned:,.0f}/s"
        figures.append(Figure("the same, faster than starting ssh-keygen for each", times, "x", FASTER, beside=beside))
    return figures


def by_openssh(signed: list[tuple[bytes, bytes, PublicKey]]) -> float | None:
    """Seconds that `ssh-keygen -Y verify` takes for one statement; None where it is not installed."""
    if shutil.which("ssh-keygen") is None:
        return None
    with tempfile.TemporaryDirectory() as place:
        allowed, signature = Path(place) / "allowed_signers", Path(place) / "sig"
        took = []
        for content, armored, public in signed:
            allowed.write_text(allowed_signers([Row("ada", public.line())]), encoding="utf-8")
            signature.write_bytes(armored)
            command = ["ssh-keygen", "-Y", "verify", "-n", "syngraph.v1", "-I", "ada", "-f", str(allowed), "-s", str(signature)]
            start = time.perf_counter()
            subprocess.run(command, input=content, capture_output=True, check=True)
            took.append(time.perf_counter() - start)
    return min(took)
