"""A bonus as a file: totals of teams for who prepares or approves, shares for the team's lead."""

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from ipd.kernel.access import require
from ipd.kernel.exports import TYPES, as_csv, as_xlsx
from teams.queries import bonus_exports
from teams.views.bonus_entry import round_entry, team_entry


def _file(name: str, ending: str, head: list[str], rows) -> HttpResponse:
    write = as_csv if ending == "csv" else as_xlsx
    response = HttpResponse(write(head, rows), content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.{ending}"'
    return response


@require_safe
def totals(request, pk, ending):
    """Each team's score and pool; no share of anybody."""
    found = round_entry(request, pk)
    if ending not in TYPES:
        raise Http404
    require(found.duties.sees_totals)
    return _file(found.row.name, ending, *bonus_exports.totals(found.row, request.user))


@require_safe
def shares(request, pk, ending):
    """The team's shares, for whoever proposed them."""
    found = team_entry(request, pk)
    if ending not in TYPES:
        raise Http404
    require(found.access.leads)
    name = f"{found.row.round.name} {found.row.team.code}"
    return _file(name, ending, *bonus_exports.shares(found.row, found.members))
