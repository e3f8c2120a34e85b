"""Long work about teams, and facts of theirs; importing this enters them into the registers."""

from teams.works import checklists, ledger_checks, months

__all__ = ["checklists", "ledger_checks", "months"]
