"""Long work of the products' rooms; importing this enters it into the register of jobs."""

from ipd.works import simulations, standings

__all__ = ["simulations", "standings"]
