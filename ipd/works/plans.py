"""A plan's file, off the web worker: kept until it is in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ipd.actions import plan_imports
from ipd.kernel.access import Refused
from ipd.kernel.actions.jobs import Running, job
from ipd.kernel.tables import uploads
from ipd.models import Product


@job(kind=plan_imports.KIND)
def bring_in(running: Running, *, product: int, files: str, seen: str, version: int | None) -> str:
    """Apply what was confirmed, if its person may still see the product; the plan's address."""
    found = Product.objects.visible_to(running.person).filter(pk=product).first()
    if found is None:
        raise Refused(_("This product is not there any more."))
    try:
        with running.beside() as progress:
            plan_imports.apply(
                *(found, uploads.take(files)),
                by=running.person,
                seen=seen,
                version=version,
                progress=progress,
            )
    finally:
        uploads.drop(files)
    return reverse("ipd:plan", args=[found.pk])
