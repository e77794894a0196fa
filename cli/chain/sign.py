"""`sign`: adds a signature beside a statement, wherever it is."""

from pathlib import Path

import click

from syngraph.cli.acting import options, signatories, stating
from syngraph.cli.acting.options import How
from syngraph.cli.manners import options as common
from syngraph.cli.manners import output, writing


@click.command("sign", context_settings=common.CONTEXT)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="KEY",
    help="Who signs: a key file, or a fingerprint in the SSH agent. "
    "(Default: $SYNGRAPH_KEY, or the SSH key that git signs with.)",
)
@click.option("--dry-run", is_flag=True, help="Say what would be written and write nothing.")
@common.as_json
@options.gathered
def command(how: How, file: Path) -> None:
    """Sign a statement that is in a file: what it says is shown, and the signature is written beside it.

    \b
    Examples:
      syngraph sign to-sign/2026-10-01-3f9a….md --key ~/.ssh/bora
      syngraph sign to-sign/2026-10-01-3f9a….md --dry-run

    Works without the repository: the statement came by mail, and the signature goes back the same way. `syngraph file` enters
    both. Read what you sign. The same as: ssh-keygen -Y sign -n syngraph.v1 -f KEY FILE
    """
    from syngraph.engine.governance.statements import parse, path_of, signature_path

    content = stating.readable(file)
    statement = parse(content, str(file))
    signers = signatories.unlisted(how)
    proper = Path(path_of(content)).name
    name = file.name if file.name.endswith(".md") else proper
    written = []
    for signer in signers:
        beside = file.with_name(Path(signature_path(name, signer.public.name)).name)
        if beside.exists():
            output.talk(f"{beside} is there already")
            continue
        if not how.dry_run:
            made = signer.sign(content)
            writing.create(beside, made)
        written.append(beside)
    if how.as_json:
        output.put_json(
            {
                "schema": output.SCHEMA,
                "dry_run": how.dry_run,
                "statement": statement.digest or proper,
                "kind": statement.kind.value,
                "principals": list(statement.principals),
                "written": [str(path) for path in written],
            }
        )
        return
    output.put_document(content.decode("utf-8"))
    for path in written:
        output.talk(f"{'would write' if how.dry_run else 'wrote'} {path}")
