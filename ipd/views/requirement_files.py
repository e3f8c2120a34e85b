"""Requirements out to files and in from pasted rows."""

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ipd.actions import requirement_pasting as pasting
from ipd.forms.requirement_pasting import PasteForm
from ipd.forms.requirements import RequirementFilter
from ipd.kernel.access import require
from ipd.kernel.once import once
from ipd.kernel.tables.register import tables
from ipd.permissions import acts_of
from ipd.queries import requirement_files as files
from ipd.queries import requirement_trace, requirements
from ipd.views.requirements import visible_product

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TRACE_HEAD = ["ir", "ir_title", "sr", "sr_title", "status", "verified", "ar"]


def _file(rows, name: str, ending: str):
    if ending not in KINDS:
        raise Http404
    if ending == "csv":
        answer = StreamingHttpResponse(files.as_csv(rows), content_type=KINDS[ending])
    else:
        answer = HttpResponse(files.as_xlsx(rows, name), content_type=KINDS[ending])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


@require_safe
def listed(request, pk, ending):
    """The product's list as it is filtered, in the shape in which the table comes in again."""
    product = visible_product(request, pk)
    wanted = RequirementFilter(request.GET, product=product).wanted() | {"sort": ""}
    rows = requirements.found(request.user, wanted, product)
    return _file(files.lines(tables()["requirements"], rows), "requirements", ending)


@require_safe
def traced(request, pk, ending):
    """Each initial requirement with the system and allocated ones below it."""
    product = visible_product(request, pk)

    def rows():
        yield TRACE_HEAD
        for ir, title, sr, sr_title, status, tested, ars in requirement_trace.pairs(product):
            verified = "" if sr is None else "yes" if tested else "no"
            yield [ir, title, sr or "", sr_title or "", status or "", verified, ars or ""]

    return _file(rows(), "trace", ending)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def paste(request, pk):
    """Rows from a spreadsheet: shown as they would come in, then brought in."""
    product = visible_product(request, pk)
    require("edit_requirements" in acts_of(request.user, product))
    form = PasteForm(request.POST or None)
    pasted = None
    if request.method == "POST" and form.is_valid():
        rows = form.cleaned_data["rows"]
        pasted = pasting.read(product, rows)
        if request.POST.get("act") == "bring_in" and pasted.is_clean:
            done = pasting.bring_in(product, rows, by=request.user)
            messages.success(
                request,
                _("%(added)d added, %(changed)d changed.")
                % {"added": done.added, "changed": done.changed},
            )
            return redirect("ipd:requirements", product.pk)
        form = PasteForm(initial={"rows": rows})  # with a key of its own for the next step
    context = {"product": product, "form": form, "pasted": pasted, "columns": pasting.COLUMNS}
    status = 422 if form.errors or (pasted and not pasted.is_clean) else 200
    return render(request, "ipd/requirements/paste.html", context, status=status)
