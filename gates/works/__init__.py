"""What other rooms ask of the gates, and what gates follow of what others move."""

from gates.works import facts, unplanned

__all__ = ["facts", "unplanned"]
