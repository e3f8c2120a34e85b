"""Long work about teams; importing this enters it into the register of jobs."""

from teams.works import months

__all__ = ["months"]
