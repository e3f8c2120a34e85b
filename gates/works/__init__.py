"""What other rooms ask of the gates."""

from gates.works import unplanned

__all__ = ["unplanned"]
