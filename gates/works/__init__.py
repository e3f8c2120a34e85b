"""What other rooms ask of the gates, and what gates follow of what others move."""

from gates.works import academy, bonuses, certification, checklists, facts, marks, unplanned

__all__ = ["academy", "bonuses", "certification", "checklists", "facts", "marks", "unplanned"]
