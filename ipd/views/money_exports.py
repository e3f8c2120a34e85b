"""A product's money as a file: what its pages show, to those who may see it."""

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from ipd.kernel.access import require
from ipd.kernel.exports import TYPES, as_csv, as_xlsx
from ipd.queries import money_exports
from ipd.views.entry import entry


@require_safe
def export(request, pk, what, ending):
    """403 without the grant: a file that says "restricted" helps nobody."""
    found = entry(request, pk)
    if what not in money_exports.WHAT or ending not in TYPES:
        raise Http404
    require(found.granted)
    head, rows = money_exports.table(found.product, what)
    write = as_csv if ending == "csv" else as_xlsx
    response = HttpResponse(write(head, rows), content_type=TYPES[ending])
    name = f"{slugify(found.product.code)}-{what}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
