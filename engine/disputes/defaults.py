"""Defaults: what holds of an arbitration where the text is silent, a function for each, after the UNCITRAL Arbitration Rules.

The articles are those of the Rules as revised in 2010 (General Assembly resolution 65/22).
"""

from syngraph.engine.disputes.grounds import Default, Provided
from syngraph.grammar.amounts import Duration, Unit

_RULES = "UNCITRAL Arbitration Rules"


def agreement() -> Default:
    """Article 1(1): the Rules govern disputes that the parties have agreed to refer to arbitration."""
    return _rule("1(1)", "only what the parties have agreed to refer to arbitration is decided by it")


def extension() -> Default:
    """Article 1(1): the Rules apply with such changes as the parties agree on; so they may agree on more time."""
    return _rule("1(1)", "the parties may agree on another time")


def authority() -> Default:
    """Article 6(1) and (2): the parties agree on an appointing authority; failing that the Secretary-General of the Permanent
    Court of Arbitration designates one at the request of a party.
    """
    return _rule(
        "6(1), 6(2)",
        "the parties agree on an appointing authority, else the Permanent Court of Arbitration designates one",
    )


def number() -> Provided[int]:
    """Article 7(1): three arbitrators, unless the parties have agreed on another number."""
    return Provided(3, _rule("7(1)", "three arbitrators, unless the parties agree on another number"))


def sole() -> Default:
    """Article 8(1): the parties agree on a sole arbitrator; failing that the appointing authority appoints."""
    return _rule("8(1)", "the parties appoint a sole arbitrator together")


def party_appointed() -> Default:
    """Article 9(1): of three arbitrators each party appoints one."""
    return _rule("9(1)", "each party appoints one of three arbitrators")


def third() -> Default:
    """Article 9(1): the two arbitrators choose the third, who presides."""
    return _rule("9(1)", "the two arbitrators so appointed choose the third, who presides")


def jointly() -> Default:
    """Article 10(1): several claimants, and several respondents, appoint jointly."""
    return _rule("10(1)", "several claimants, or several respondents, appoint an arbitrator jointly")


def agreed_number() -> Default:
    """Article 10(2): of any other number the arbitrators are appointed in the way that the parties agree on."""
    return _rule("10(2)", "the parties agree how other numbers of arbitrators are appointed")


def appointment_time() -> Provided[Duration]:
    """Articles 8(1), 9(2) and 9(3): the appointing authority appoints at a request after 30 days."""
    thirty = Duration(30, Unit.DAY)
    return Provided(thirty, _rule("8(1), 9(2), 9(3)", "after 30 days the appointing authority appoints"))


def independence() -> Default:
    """Articles 11 and 12(1): an arbitrator about whose independence there are justifiable doubts may be challenged."""
    return _rule("11, 12(1)", "an arbitrator is impartial and independent of the parties")


def challenge() -> Default:
    """Article 13(3) and (4): all parties may agree to a challenge, else the appointing authority decides on it."""
    return _rule(
        "13(3), 13(4)", "a challenge succeeds when all parties agree to it, or when the appointing authority decides so"
    )


def replacement() -> Default:
    """Article 14(1): a substitute is appointed as the arbitrator was who is replaced."""
    return _rule("14(1)", "an arbitrator who is replaced takes part no more; a substitute is appointed in the same way")


def jurisdiction() -> Default:
    """Article 23(1) and (2): the tribunal rules on its own jurisdiction; who pleads no later than in the defence is heard."""
    return _rule(
        "23(1), 23(2)", "the arbitrators rule on their own jurisdiction; an objection comes with the answer at the latest"
    )


def majority(arbitrators: int) -> Provided[int]:
    """Article 33(1): where there is more than one arbitrator, an award is made by a majority of them."""
    return Provided(arbitrators // 2 + 1, _rule("33(1)", "an award is made by a majority of the arbitrators"))


def finality() -> Default:
    """Article 34(2): awards are final and binding on the parties."""
    return _rule("34(2)", "an award is final and binding on the parties")


def reasons() -> Default:
    """Article 34(3): the award states the reasons on which it is based, unless the parties have agreed otherwise."""
    return _rule("34(3)", "an award states the reasons upon which it is based")


def signature() -> Default:
    """Article 34(4): arbitrators sign the award; where one of several fails to, it states the reason for the absence."""
    return _rule("34(4)", "the arbitrators sign the award, and it states the reason for the absence of a signature")


def settlement() -> Default:
    """Article 36(1): where the parties settle, the arbitrators end the proceedings, or record it as an award on those terms."""
    return _rule("36(1)", "a settlement of the parties ends the proceedings, or is recorded as an award on agreed terms")


def discontinuance() -> Default:
    """Article 36(2): the proceedings end when it becomes needless to go on with them."""
    return _rule("36(2)", "the proceedings end when going on with them has become needless")


def interpretation() -> Default:
    """Article 37(1): a party may ask the arbitrators for an interpretation of the award."""
    return _rule("37(1)", "the arbitrators interpret an award that is not clear")


def correction() -> Provided[Duration]:
    """Article 38(1) and (2): the arbitrators correct errors in computation, clerical and typographical ones within 30 days."""
    thirty = Duration(30, Unit.DAY)
    return Provided(thirty, _rule("38(1), 38(2)", "the arbitrators correct errors in computation or typing within 30 days"))


def costs() -> Default:
    """Articles 40(1) and 42(1): the arbitrators fix the costs of the arbitration, whoever has asked for it."""
    return _rule("40(1), 42(1)", "the arbitrators fix the costs of the arbitration, and who bears them")


def scope() -> Default:
    """Article 34(2)(a)(iii) of the Model Law: an award on what was not submitted to arbitration is set aside in that part."""
    return Default(
        "UNCITRAL Model Law on International Commercial Arbitration, art. 34(2)(a)(iii)",
        "what nobody has submitted to the arbitrators is not decided by them",
    )


def _rule(article: str, says: str) -> Default:
    return Default(f"{_RULES}, art{'s' if ',' in article else ''}. {article}", says)
