"""Where each kind of element of a path is done: the rooms enter their pages here.

    @opens(ElementKind.REFLECTION)
    def url_of(enrolment, element) -> str:
        return reverse("teams:reflection", args=[...])

A door may cost a query; pages therefore link elements to the address `teams:element`, which
asks the door when somebody goes through it. Both are the learner's own enrolment and an element
of its path, with `stage` fetched.
"""

from collections.abc import Callable

from teams.models import Enrolment, PathElement
from teams.models.academy.paths import ElementKind

Door = Callable[[Enrolment, PathElement], str]
DOORS: dict[str, Door] = {}


def opens(kind: ElementKind) -> Callable[[Door], Door]:
    """Register the one page that elements of the kind are done on."""

    def register(door: Door) -> Door:
        DOORS[kind] = door
        return door

    return register


def url_of(enrolment: Enrolment, element: PathElement) -> str:
    """The address where the learner does the element; blank where no room has a page for it."""
    door = DOORS.get(element.kind)
    return door(enrolment, element) if door else ""
