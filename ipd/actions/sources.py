"""Who delivers a part, and how far a new source is; a part's count of sources is kept here."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from ipd.actions.parts import locked
from ipd.kernel.access import Refused
from ipd.kernel.actions.touches import touch
from ipd.models import Part, Source, Supplier
from ipd.models.suppliers import SourceState
from ipd.models.where_used import touched_by
from teams.models import Person

COUNT = """
UPDATE ipd_part SET approved_sources = counted.n
FROM (
    SELECT part.id, count(source.id) AS n FROM ipd_part AS part
    LEFT JOIN ipd_source AS source ON source.part_id = part.id AND source.state = 'approved'
    WHERE part.id = ANY(%(parts)s::bigint[]) GROUP BY part.id
) AS counted
WHERE counted.id = ipd_part.id AND ipd_part.approved_sources <> counted.n
"""


def renew(part_ids: Iterable[int]) -> None:
    """Count the approved sources of these parts anew, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"parts": list(part_ids)})


@transaction.atomic
def put(
    part: Part,
    supplier: Supplier,
    *,
    state: str,
    percent: int,
    share: int,
    note: str = "",
    by: Person,
) -> Source:
    """Say what a supplier is for a part: candidate, qualifying and how far, approved.

    Refused when the approved sources' shares would be more than the whole, and when a source
    that is not fully qualified is called approved.
    """
    part = locked(part)
    if state == SourceState.APPROVED and percent < 100:
        raise Refused(_("A source is approved once its qualification is at 100 %."))
    if state != SourceState.APPROVED and share:
        raise Refused(_("Only an approved source has a share of the volume."))
    others = part.sources.exclude(supplier=supplier)
    given = others.aggregate(total=Sum("share"))["total"] or 0
    if given + share > 100:
        raise Refused(_("The others deliver %(given)d %% already.") % {"given": given})
    source, _new = Source.objects.update_or_create(
        part=part,
        supplier=supplier,
        defaults={"state": state, "percent": percent, "share": share, "note": note},
    )
    renew([part.pk])
    touch(touched_by([part.pk]))
    return source
