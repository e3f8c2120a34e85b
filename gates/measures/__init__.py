"""Measures of gates, subject by subject; importing this enters them into the register."""

from gates.measures import conditions, feeding, first_attempts, times

__all__ = ["conditions", "feeding", "first_attempts", "times"]
