"""`dispute show`: a dispute with its papers, what it has come to and why, and what became of each order."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from syngraph.cli.acting import author, chain, options
from syngraph.cli.acting.options import How
from syngraph.cli.dispute import choosing
from syngraph.cli.manners import instants, judging, output, tables
from syngraph.cli.manners import options as common

if TYPE_CHECKING:
    from syngraph.engine.disputes.dispute import Dispute
    from syngraph.engine.governance.docket import DisputeOnFile
    from syngraph.engine.verify import Verification


@dataclass(frozen=True, slots=True)
class Became:
    """An order that stands: its name in verdicts, what it is, its words, and what became of it."""

    id: str
    kind: str
    text: str
    status: str
    due: str | None = None


@click.command("show", context_settings=common.CONTEXT)
@click.argument("claim")
@options.inside
@common.at
@common.as_json
@options.gathered
def show(how: How, claim: str) -> None:
    """Show a dispute: its papers, who arbitrates, what it has come to and why, its orders and what became of them.

    \b
    Examples:
      syngraph dispute show 1
      syngraph dispute show "Unpaid dues" --in bylaws/ --at 2027-06-30
      syngraph dispute show 3f9a21 --json

    CLAIM is the number that `syngraph dispute list` shows, the title, or at least four digits of the digest of the claim. Each
    reason is told with the sentence of the text that it rests on, or the rule that holds where the text is silent. The day
    given with --at is that for which the duties are judged.
    """
    from syngraph.cli.dispute import outcomes

    verification = chain.opened(how.path)
    standing = verification.standing
    assert standing is not None
    author.moment(how.at, instants.zone(standing.manifest.zone))
    filed = choosing.dispute(verification, claim)
    going = choosing.read(verification, filed)
    ledger = verification.ledger
    course = verification.walk.rulings.course(filed, ledger, verification.site("", ledger.day))
    found = outcomes.outcome(verification, filed)
    said = outcomes.fields(found)
    judged = {each.entry.statement.digest: outcomes.state(each.outcome) for each in course.judged}
    papers = _papers(going, judged)
    panel, became = _panel(filed, going), _orders(how, verification, filed)
    if how.as_json:
        output.put_json(
            {
                "schema": output.SCHEMA,
                "number": choosing.number(verification, filed),
                "claim": filed.claim,
                "title": going.claim.title,
                "opened": going.opened.isoformat(),
                "claimants": list(going.claimants),
                "respondents": list(going.respondents),
                "about": list(going.claim.about or ()),
                "papers": papers,
                "arbitrators": panel,
                **said,
                "orders": [
                    {"id": each.id, "kind": each.kind, "text": each.text, "status": each.status, "due": each.due}
                    for each in became
                ],
            }
        )
        return
    output.put_styled(output.styled(going.claim.title, bold=True) + f"  {filed.claim[:10]}")
    about = f", about {', '.join(_short(each) for each in going.claim.about)}" if going.claim.about else ""
    output.put(f"{', '.join(going.claimants)} against {', '.join(going.respondents)}{about}")
    output.put()
    rows = [
        tables.Row(
            (
                each["day"],
                each["kind"],
                each["statement"][:10],
                f"signed by {', '.join(each['signed'])}" + (f": {each['outcome']}" if each["outcome"] else ""),
            )
        )
        for each in papers
    ]
    tables.put(rows, wide=3)
    output.put()
    for arbitrator in panel:
        accepted = f"accepted {arbitrator['accepted']}" if arbitrator["accepted"] else "has not accepted"
        named = f"appointed {arbitrator['appointed']} by {', '.join(arbitrator['by'])}, " if arbitrator["appointed"] else ""
        output.put(f"arbitrator {arbitrator['id']}: {named}{accepted}")
    output.put_styled("outcome: " + output.styled(said["outcome"], fg=outcomes.COLOURS[said["outcome"]]))
    for why in said["reasons"] if not said["fall"] else ():
        output.put(f"  {why['says']}")
        output.put(f"    {why['rests_on']}")
    for fallen in said["fall"]:
        output.put(f"without effect: {fallen['order']}")
        output.put(f"  {fallen['says']}")
        output.put(f"    {fallen['rests_on']}")
    for fact in said["found"]:
        output.put(f"found: {fact}")
    for order in became:
        output.put(f"{order.kind}: {order.text}")
        output.put(f"  {order.status}" + (f", due {order.due}" if order.due else "") + f"  [{order.id}]")
    if said["trace"]:
        output.put("by:")
    grounds: dict[str, list[str]] = {}
    for each in said["trace"]:
        grounds.setdefault(each["rests_on"], []).append(each["says"])
    for ground, says in grounds.items():
        output.put(f"  {'; '.join(says)}")
        output.put(f"    {ground}")


def _short(about: str) -> str:
    return about[:10] if len(about) == _DIGEST and chain.is_hex(about) else f"#{about}"


_DIGEST = 64
"""How many digits a digest has."""


def _papers(going: "Dispute", judged: dict[str, str]) -> list[dict[str, Any]]:
    """The papers as the documented fields. Who signed with a key of an arbitrator is told by the arbitrator's id."""
    from syngraph.engine.governance.signatures import parse_public
    from syngraph.engine.governance.statements import Acceptance

    owners: dict[str, str] = {}
    found = []
    for entry in going.entries:
        statement = entry.statement
        if isinstance(statement.details, Acceptance):
            owners[parse_public(statement.details.key).name] = statement.principals[0]
        signed = (*entry.signed, *(owners.get(key, key[:10]) for key in entry.seals))
        found.append(
            {
                "day": entry.entered.isoformat(),
                "kind": statement.kind.value,
                "statement": statement.digest,
                "path": statement.path,
                "by": list(statement.principals),
                "signed": list(dict.fromkeys(signed)),
                "outcome": judged.get(statement.digest),
            }
        )
    return found


def _panel(filed: "DisputeOnFile", going: "Dispute") -> list[dict[str, Any]]:
    """Those who were appointed or have accepted: by whom and when, as last said. Whether it counts, the outcome tells."""
    from syngraph.engine.governance.statements import Acceptance, Appointment

    found: dict[str, dict[str, Any]] = {}
    for entry in going.entries:
        match entry.statement.details:
            case Appointment(arbitrator=who, replaces=replaces):
                known = found.get(who, {"id": who, "accepted": None})
                found[who] = {**known, "appointed": entry.entered.isoformat(), "by": list(entry.statement.principals)}
                found.pop(replaces or "", None)
            case Acceptance():
                who = entry.statement.principals[0]
                known = found.get(who, {"id": who, "appointed": None, "by": []})
                still = any(seal.acceptance == entry.statement.digest for seal in filed.seals.values())
                found[who] = {**known, "accepted": entry.entered.isoformat() if still else None}
            case _:
                pass
    return list(found.values())


def _orders(how: How, verification: "Verification", filed: "DisputeOnFile") -> list[Became]:
    from syngraph.cli.dispute import outcomes
    from syngraph.engine.disputes.orders import Duty, SetAside, Severance

    ledger = verification.ledger
    effective = verification.walk.rulings.effective(filed, ledger, verification.site("", ledger.day))
    if not any(each.orders for each in effective):
        return []
    report = judging.court(chain.folder(how.path), None, how.at).report()
    found = []
    for each in effective:
        for order in each.orders:
            id = f"{each.name}:{order.said.number}"
            verdicts = [one for one in report.verdicts if one.rule == id]
            due = None
            if isinstance(order, Duty):
                status = ", ".join(dict.fromkeys(one.status.value for one in verdicts)) or "has not begun"
                due = next((one.due.isoformat() for one in verdicts if one.due), None)
            elif isinstance(order, SetAside):
                obeyed = f"{each.entry.statement.digest}#{order.said.number}" in ledger.obeyed
                status = "the text follows it" if obeyed else "the text does not follow it yet"
            elif isinstance(order, Severance):
                status = f"void since {each.entry.entered}"
            else:
                status = f"declared on {each.entry.entered}"
            found.append(Became(id, outcomes.kind(order), order.said.text, status, due))
    return found
