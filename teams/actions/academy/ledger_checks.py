"""Checking the ledger's chain from its first entry to its last, by somebody who answers for it."""

from ipd.kernel.actions import ledger
from teams.actions.academy import deeds
from teams.models import Person

KIND = "ledger check"


def check(*, by: Person) -> list[str]:
    """What is wrong with the chain, a sentence each; that they had it checked is noted."""
    wrong = ledger.verify()
    deeds.note(by, deeds.LEDGER_VERIFIED)
    return wrong
