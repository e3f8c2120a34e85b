"""What contracts know of a team's bonus: a broken tolerance that nobody asked to change."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from ipd.models import ChangeRequest, Contract, ContractElement, ContractStanding
from ipd.models.standings import Standing
from teams.findings import Found, finds
from teams.models.bonus_teams import FindingKind


@finds
def breaches(measured: list[int], day: date) -> dict[int, list[Found]]:
    """Broken promises of current contracts; one query.

    Those count for which nobody has drafted or submitted a change request. A tolerance is a
    team's own room; leaving it without asking is what costs.
    """
    contracts = Contract.objects.current().filter(product=OuterRef("product"))
    names = ContractElement.objects.filter(
        contract__is_current=True, contract__product=OuterRef("product"), code=OuterRef("code")
    )
    rows = (
        ContractStanding.objects.filter(product__in=measured, standing=Standing.BROKEN)
        .filter(Exists(contracts))
        .exclude(Exists(ChangeRequest.objects.open().filter(product=OuterRef("product"))))
        .annotate(element=names.values("name")[:1])
        .order_by("product_id", "code")
    )
    found: dict[int, list[Found]] = {}
    for row in rows:
        text = _("%(promise)s is outside its tolerance") % {"promise": row.element or row.code}
        link = reverse("ipd:contract", args=[row.product_id])
        fact = Found(FindingKind.BREACH, f"promise:{row.code}", text, link)
        found.setdefault(row.product_id, []).append(fact)
    return found
