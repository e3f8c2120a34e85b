"""What a curriculum has to be before it comes in: every file for itself, and all together."""

from collections.abc import Iterator, Mapping

from teams.actions.academy.checks.problems import Problem, unreadable
from teams.calculations.academy.papers import Paper

__all__ = ["Problem", "check", "unreadable"]


def check(shelf: Mapping[str, Paper], changed: set[str]) -> Iterator[Problem]:
    """The mistakes in the changed files, and in the others because of them."""
    return iter(())
