"""The simulation of a large plan, as a job: it tells how far it is, and can be stopped."""

from uuid import UUID

from django.utils.translation import gettext as _

from ipd.actions import simulations
from ipd.actions.simulations import Wanted
from ipd.kernel.access import Refused
from ipd.kernel.actions.jobs import Running, job
from ipd.models import Plan
from ipd.permissions import can


@job(kind="simulate")
def simulate(running: Running, *, plan: int, wanted: dict) -> str:
    """Simulate the plan as it stands when the work begins; the person still has to have the right.

    The job's own id is the simulation's key: a job that is handed out twice makes one.
    """
    found = Plan.objects.select_related("product", "calendar").filter(pk=plan).first()
    if found is None or not can(running.person, "simulate", found.product):
        raise Refused(_("You may not simulate this plan any more."))

    def progress(share: float) -> None:
        step = _("Writing the result") if share >= 1 else _("Running through the plan")
        running.progress(100 * share, step)

    made = simulations.of_plan(
        found,
        Wanted.read(wanted),
        by=running.person,
        key=UUID(str(running.job.pk)),
        progress=progress,
    )
    return made.get_absolute_url()
