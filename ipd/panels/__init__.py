"""What products show on the pages of packages below."""

from ipd.panels import (
    plans,
    schedule,
    subjects,
    teams,
)

__all__ = [
    "plans",
    "schedule",
    "subjects",
    "teams",
]
