"""`key`: the keys that people sign with, and the list of them for stock tools."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from syngraph.cli.manners import options, output, writing

if TYPE_CHECKING:
    from syngraph.engine.governance.register import KeyHeld
    from syngraph.engine.governance.signatures import PublicKey, Row


@click.group("key", context_settings=options.CONTEXT)
def command() -> None:
    """The keys that people sign with.

    \b
    Examples:
      syngraph key list
      syngraph key new ~/.ssh/agreements
      syngraph key show ~/.ssh/agreements.pub
      syngraph key add ada ~/.ssh/agreements.pub --in bylaws/
      syngraph key signers bylaws/ -o allowed_signers

    Keys are those of SSH: what you sign commits or log in with can sign statements too, if it is Ed25519, ECDSA, RSA of 3072
    bits or more, or a FIDO key.
    """


@command.command("new", context_settings=options.CONTEXT)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--comment", default="", metavar="WORDS", help="What to call the key; it stands in the .pub file.")
@click.option("--no-passphrase", is_flag=True, help="Do not ask for a passphrase; who has the file can sign.")
@options.as_json
def new(file: Path, comment: str, no_passphrase: bool, as_json: bool) -> None:
    """Make an Ed25519 key: FILE for yourself, FILE.pub for others.

    \b
    Examples:
      syngraph key new ~/.ssh/agreements
      syngraph key new ~/.ssh/agreements --comment "Ada, at home"

    Nothing is overwritten. For a FIDO key: ssh-keygen -t ed25519-sk.
    """
    from syngraph.engine.governance.signatures import make, parse_public, public_of, written

    beside = file.with_name(f"{file.name}.pub")
    there = next((path for path in (file, beside) if path.exists() or path.is_symlink()), None)
    if there is not None:
        raise click.UsageError(f"{there} is there already; name another file")
    private = make()
    line = public_of(private).line()
    public = parse_public(f"{line} {comment}" if comment else line)
    secret = b"" if no_passphrase else _passphrase()
    _put(file, written(private, secret), 0o600)
    _put(beside, f"{public.line()}\n".encode(), 0o644)
    if as_json:
        output.put_json({"schema": output.SCHEMA, "private": str(file), "public": str(beside), **_described(public)})
        return
    output.talk(f"wrote {file} (keep it to yourself) and {beside}")
    _tell(public)


@command.command("show", context_settings=options.CONTEXT)
@click.argument("key")
@options.as_json
def show(key: str, as_json: bool) -> None:
    """Show a key: its fingerprint, its name in the record, its line for the register.

    \b
    Examples:
      syngraph key show ~/.ssh/id_ed25519.pub
      syngraph key show SHA256:3+ZOxrLfkyBuHTnqM2CB9mEtgGyz8ZhrQqJLQFDYAG8

    KEY is the file of a private or public key, or the fingerprint of one in the SSH agent. A key that may not sign is refused.
    """
    from syngraph.cli.manners import signing

    public = signing.public(key)
    if as_json:
        output.put_json({"schema": output.SCHEMA, **_described(public)})
    else:
        _tell(public)


@command.command("list", context_settings=options.CONTEXT)
@options.as_json
def listed(as_json: bool) -> None:
    """List your keys: those of the SSH agent, and those of ~/.ssh.

    \b
    Examples:
      syngraph key list
      syngraph key list --json
    """
    from syngraph.cli.manners import signing

    found = tuple(signing.yours())
    if as_json:
        rows: list[dict[str, Any]] = [
            {"where": each.where, "refused": each.refused or None, **(_described(each.key) if each.key else {})}
            for each in found
        ]
        output.put_json({"schema": output.SCHEMA, "keys": rows})
        return
    if not found:
        output.talk("no keys in the SSH agent, and none in ~/.ssh")
        output.talk("help: make one with `syngraph key new ~/.ssh/agreements`")
    for each in found:
        said = f"{each.key.fingerprint}  {each.key.type}" if each.key else f"cannot sign: {each.refused}"
        output.put("  ".join(filter(None, (said, each.comment, each.where))))


@command.command("add", context_settings=options.CONTEXT)
@click.argument("principal")
@click.argument("key")
@click.option("--in", "path", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The agreement's folder.")
@click.option("--since", metavar="DATE", help="The first day on which the key signs (default: open).")
@click.option("--dry-run", is_flag=True, help="Say what would be written and write nothing.")
@options.as_json
def add(principal: str, key: str, path: Path, since: str | None, dry_run: bool, as_json: bool) -> None:
    """Put somebody's public key into the register of the work tree.

    \b
    Examples:
      syngraph key add ada keys/ada.pub --in bylaws/
      syngraph key add ada ~/.ssh/id_ed25519.pub --since 2026-03-01

    PRINCIPAL is an id of the register. This edits the file and nothing else: before the agreement is founded that is all it
    takes; afterwards the change is proposed, or a key is rotated with `syngraph rotate`.
    """
    from dataclasses import replace

    from syngraph.cli.manners import instants, signing
    from syngraph.engine.governance.register import KeyHeld, load, rewritten
    from syngraph.engine.text import manifest, store

    tree = store.open_tree(path)
    named = manifest.load(tree).register
    if not named:
        raise click.UsageError(f"{path}: the manifest names no register")
    content = tree.read(named)
    register = load(content, named)
    who = register.principal(principal)
    if who is None:
        ids = {each.id for each in register.principals}
        near = output.did_you_mean(principal, ids) or f"; it has {', '.join(sorted(ids))}"
        raise click.UsageError(f"the register has no {principal!r}{near}")
    public = signing.public(key)
    held = KeyHeld(public.line(), instants.day(since) if since is not None else None, None, None, who.place)
    text = rewritten(content.decode(), named, replace(who, keys=(*who.keys, held))).encode()
    load(text, named)  # a key that somebody has already is refused before anything is written
    if not dry_run:
        writing.write(path / named, text)
    if as_json:
        output.put_json({"schema": output.SCHEMA, "principal": principal, "written": not dry_run, **_described(public)})
    else:
        output.talk(f"{'would put' if dry_run else 'put'} {public.fingerprint} into {path / named} as a key of {who.name}")


@command.command("signers", context_settings=options.CONTEXT)
@options.agreement
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@options.as_json
def signers(path: Path, rev: str | None, target: Path | None, as_json: bool) -> None:
    """Write the allowed_signers file with which stock ssh-keygen checks statements.

    \b
    Examples:
      syngraph key signers bylaws/ -o allowed_signers
      ssh-keygen -Y verify -n syngraph.v1 -f allowed_signers -I ada -s FILE.sig < FILE

    It is made from the register, and says of each key on which days it signs. Who looks for a statement of an earlier day adds
    -O verify-time=YYYYMMDD. Only the register is an authority: keep the file out of the agreement.
    """
    from syngraph.engine.governance.signatures import KeyRefused, allowed_signers

    rows, content = [], ""
    for row, place in _rows(path, rev):
        try:
            content += allowed_signers((row,))
            rows.append(row)
        except KeyRefused as refused:
            output.talk(f"{place}: left out: {refused.found}")
    if target is not None:
        writing.write(target, content.encode())
        output.talk(f"wrote {target} ({len(rows)} key{'s' if len(rows) != 1 else ''})")
    if as_json:
        days = [{"since": row.since and row.since.isoformat(), "until": row.until and row.until.isoformat()} for row in rows]
        listed = [{"principal": row.principal, "key": row.key, **day} for row, day in zip(rows, days, strict=True)]
        output.put_json({"schema": output.SCHEMA, "signers": listed})
    elif target is None:
        output.put_document(content)


def _rows(path: Path, rev: str | None) -> list[tuple["Row", str]]:
    from syngraph.engine.governance import register
    from syngraph.engine.governance.signatures import Row
    from syngraph.engine.text import manifest, store

    tree = store.open_tree(path, rev)
    named = manifest.load(tree).register
    if not named:
        raise click.UsageError(f"{path}: the manifest names no register")
    read = register.load(tree.read(named), named)
    return [
        (Row(principal.id, held.line, held.since, _last(held)), str(held.place))
        for principal in read.principals
        for held in principal.keys
    ]


def _last(held: "KeyHeld") -> date | None:
    """The last day on which a key signs anything new."""
    ends = [held.until] if held.until else []
    if held.compromised:
        ends.append(held.compromised - timedelta(days=1))
    return min(ends, default=None)


def _passphrase() -> bytes:
    from syngraph.cli.manners import signing

    first = signing.ask("a passphrase for the new key (nothing for none)")
    if first != signing.ask("the passphrase again"):
        raise click.UsageError("the two passphrases differ; nothing was written")
    return first


def _put(path: Path, content: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)


def _described(key: "PublicKey") -> dict[str, Any]:
    return {
        "type": key.type,
        "fingerprint": key.fingerprint,
        "name": key.name,
        "comment": key.comment,
        "line": key.line(),
        "hardware": key.hardware,
    }


def _tell(key: "PublicKey") -> None:
    output.put(f"fingerprint      {key.fingerprint}")
    output.put(f"in the record    {key.name}")
    output.put(f"in the register  {key.line()}")
