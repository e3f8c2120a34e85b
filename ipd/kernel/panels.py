"""The register of panels: a page shows what packages above it know about its subject.

A page names a place ("product", "team") and asks for its panels; a package registers a
function for that place and tells its part. So imports keep one way, and the page's budget
of queries is the sum of what is registered: a panel makes two at most.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Panel:
    """A template and what it shows; the template reads it as `panel`."""

    template: str
    context: dict = field(default_factory=dict)


Draw = Callable[[object, object], Panel | None]
PANELS: dict[str, list[Draw]] = {}


def register(place: str, draw: Draw) -> None:
    """Show `draw(person, subject)` at `place`, after those that are registered there."""
    drawn = PANELS.setdefault(place, [])
    if draw not in drawn:
        drawn.append(draw)


def panels(place: str, person, subject) -> list[Panel]:
    """The panels of a place about `subject`, as `person` may see them; None is left out."""
    drawn = (draw(person, subject) for draw in PANELS.get(place, []))
    return [panel for panel in drawn if panel is not None]
