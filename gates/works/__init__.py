"""What other rooms ask of the gates, and what gates follow of what others move."""

from gates.works import bonuses, cosignatures, facts, marks, unplanned

__all__ = ["bonuses", "cosignatures", "facts", "marks", "unplanned"]
