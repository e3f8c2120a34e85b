"""Administrators bring tables in: choose files, see what would change, confirm."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import Stale, require
from ipd.kernel.actions import jobs
from ipd.kernel.forms.imports import ConfirmationForm, FilesForm, confirmation
from ipd.kernel.models import LedgerEntry
from ipd.kernel.once import once
from ipd.kernel.tables import blanks, importing, uploads
from ipd.kernel.tables.register import tables

SHOWN_CHANGES = 500
BLANKS = {
    "csv": (blanks.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        blanks.as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


@require_safe
def administration(request):
    """What administrators look after."""
    require(request.user.is_administrator)
    entries = LedgerEntry.objects.select_related("actor")
    context = {
        "imports": entries.filter(kind=importing.KIND).order_by("-sequence")[:10],
        "last": entries.order_by("-sequence").first(),
    }
    return render(request, "kernel/administration/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request):
    """The tables and their columns; files posted here are shown as differences, not applied."""
    require(request.user.is_administrator)
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = FilesForm(request.POST, request.FILES)
        if form.is_valid():
            return _preview(request, form.folder())
    context = {"form": form, "tables": [(table, _columns(table)) for table in tables().values()]}
    status = 422 if form.errors else 200
    return render(request, "kernel/administration/import.html", context, status=status)


def _preview(request, folder):
    report = importing.run(folder, by=request.user, dry_run=True)
    context = {"report": report, "files": sorted(folder.files)}
    if report.problems:
        return render(request, "kernel/administration/problems.html", context, status=422)
    if report.is_change:
        kept = uploads.keep(folder)
        agreed = confirmation(kept, report.seen, request.user)
        context |= {"agreed": agreed, "key": uuid.uuid4(), "shown": SHOWN_CHANGES}
    return render(request, "kernel/administration/preview.html", context)


def _columns(table):
    return [(column, blanks.note(column)) for column in table.columns]


@require_POST
@once
def confirm(request):
    """Let the worker apply exactly what the preview showed; its page says how far it is."""
    require(request.user.is_administrator)
    form = ConfirmationForm(request.POST)
    agreed = form.cleaned_data["agreed"] if form.is_valid() else {}
    if agreed.get("person") != request.user.pk:
        raise Stale(_("This confirmation does not fit: choose the files again."))
    if not uploads.is_kept(agreed["files"]):
        raise Stale(_("The uploaded files are gone: choose them again."))
    return redirect(
        jobs.start(
            kind=importing.KIND,
            title=_("Import of tables"),
            by=request.user,
            back=reverse("kernel:administration"),
            files=agreed["files"],
            seen=agreed["seen"],
        )
    )


@require_safe
def blank(request, table, ending):
    """A blank file of a table."""
    require(request.user.is_administrator)
    if table not in tables() or ending not in BLANKS:
        raise Http404
    make, kind = BLANKS[ending]
    response = HttpResponse(make(tables()[table]), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{table}.{ending}"'
    return response
