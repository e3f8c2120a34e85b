"""The academy's first page: what a learner does next, and what waits for everybody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from teams.models.academy.paths import ElementKind
from teams.queries.academy.curriculum import ModuleCard
from teams.queries.academy.standing import Step, Way

# Elements whose parts have a page of their own.
PART_PAGES = {ElementKind.MODULE: "teams:module", ElementKind.ASSESSMENT: "teams:assessment"}


@dataclass(frozen=True)
class Next:
    """The one thing to do now; `detail` is how long it takes, as far as that is known."""

    title: str
    within: str
    detail: str
    url: str
    step: Step


def next_of(way: Way, modules: Mapping[str, ModuleCard], met_on: date | None = None) -> Next | None:
    """What to continue with: a part of the next element where it has parts."""
    step = way.next(met_on)
    if step is None:
        return None
    element = step.element
    url = reverse("teams:element", args=[element.pk])
    ref = _first_possible(step, modules, way)
    if element.kind in PART_PAGES and ref:
        card = modules.get(ref)
        detail = ""
        if card and element.kind == ElementKind.MODULE:
            detail = _("%(minutes)s min") % {"minutes": card.minutes}
        return Next(
            card.title if card else ref, element.title, detail, _part_url(element, ref) or url, step
        )
    detail = _("%(hours)s h") % {"hours": element.hours} if element.hours else ""
    return Next(element.title, element.get_kind_display(), detail, url, step)


def _first_possible(step: Step, modules: Mapping[str, ModuleCard], way: Way) -> str:
    """The first part that is not done; of assessments one whose module was read, if there is."""
    if step.element.kind != ElementKind.ASSESSMENT:
        return next(iter(step.ahead), "")
    read = {
        ref for one in way.steps if one.element.kind == ElementKind.MODULE for ref in one.done_parts
    }
    return next((ref for ref in step.ahead if ref in read), next(iter(step.ahead), ""))


def _part_url(element, ref: str) -> str:
    try:
        return reverse(PART_PAGES[element.kind], args=[ref])
    except NoReverseMatch:
        return ""
