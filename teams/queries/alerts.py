"""The list of alerts that last, of teams that the reader may see."""

from dataclasses import dataclass

from django.urls import reverse

from ipd.kernel import keyset
from teams.models import KpiAlert, Person
from teams.subjects import subjects

PAGE = 50
KEYS = ["-raised_in", "-pk"]


@dataclass(frozen=True)
class Row:
    alert: KpiAlert
    code: str
    name: str
    url: str


def page(person: Person, *, group: str = "", kind: str = "", after: str = "") -> keyset.Slice:
    """The newest first; two queries and the subjects'."""
    rows = KpiAlert.objects.filter(
        cleared_in=None, team__in=subjects().visible_to(person, group=group)
    ).select_related("kpi")
    if kind:
        rows = rows.filter(kind=kind)
    found = keyset.part(rows, KEYS, after=after, size=PAGE)
    by_team = subjects().of({alert.team_id for alert in found.rows})
    shown = [
        Row(
            alert,
            by_team[alert.team_id].code,
            by_team[alert.team_id].name,
            reverse("teams:kpi-trend", args=[alert.team_id, alert.kpi.code]),
        )
        for alert in found.rows
        if alert.team_id in by_team
    ]
    return keyset.Slice(shown, found.after)
