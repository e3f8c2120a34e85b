"""Long work of the products' rooms; importing this enters it into the register of jobs."""

from ipd.works import bonuses, checklists, plans, simulations, standings

__all__ = ["bonuses", "checklists", "plans", "simulations", "standings"]
