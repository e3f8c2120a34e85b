"""Files of a plan: brought in with a preview of what changes, and given out."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.actions import plan_files, plan_imports
from ipd.forms.plan_files import ConfirmationForm, FileForm, confirmation
from ipd.kernel.access import Stale, require
from ipd.kernel.actions import jobs
from ipd.kernel.once import once
from ipd.kernel.tables import uploads
from ipd.kernel.tables.files import Folder
from ipd.permissions import acts_of
from ipd.queries import plan_exports, plans
from ipd.views.plans import visible

SHOWN_CHANGES = 200
TABLES = {
    "csv": (plan_exports.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        plan_exports.as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def page(request, pk):
    """What can be given out; a file posted here is shown as differences, not applied."""
    product = get_object_or_404(plans.find(request.user), pk=pk)
    plan = plans.plan_of(product)
    may = "edit_plan" in acts_of(request.user, product)
    form = FileForm() if may else None
    if request.method == "POST":
        require(may)
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            return _preview(request, product, plan, form)
    context = {
        "product": product,
        "plan": plan,
        "form": form,
        "tables": plan_exports.NAMES,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "ipd/plans/files.html", context, status=status)


def _preview(request, product, plan, form):
    folder = Folder({form.file_name(product): form.cleaned_data["file"].read()})
    report = plan_imports.preview(product, folder, by=request.user)
    context = {"product": product, "plan": plan, "report": report, "shown": SHOWN_CHANGES}
    context["file"] = form.cleaned_data["file"].name
    if report.problems:
        return render(request, "ipd/plans/file_problems.html", context, status=422)
    if report.is_change:
        facts = {"product": product.pk, "person": request.user.pk, "seen": report.seen}
        version = plan.version if plan is not None else None
        context["key"] = uuid.uuid4()
        context["agreed"] = confirmation(files=uploads.keep(folder), version=version, **facts)
    return render(request, "ipd/plans/file_preview.html", context)


@require_POST
@once
def confirm(request, pk):
    """Let the worker apply exactly what the preview showed."""
    product = get_object_or_404(plans.find(request.user), pk=pk)
    require("edit_plan" in acts_of(request.user, product))
    form = ConfirmationForm(request.POST)
    agreed = form.cleaned_data["agreed"] if form.is_valid() else {}
    if (agreed.get("person"), agreed.get("product")) != (request.user.pk, product.pk):
        raise Stale(_("This confirmation does not fit: choose the file again."))
    if not uploads.is_kept(agreed["files"]):
        raise Stale(_("The uploaded file is gone: choose it again."))
    return redirect(
        jobs.start(
            kind=plan_imports.KIND,
            title=_("A file for the plan of %(product)s") % {"product": product.code},
            by=request.user,
            back=reverse("ipd:plan", args=[product.pk]),
            product=product.pk,
            files=agreed["files"],
            seen=agreed["seen"],
            version=agreed["version"],
        )
    )


@require_safe
def download(request, pk, name):
    """The plan as a project file, or one of its tables."""
    product, plan = visible(request, pk)
    table, _dot, ending = name.partition(".")
    if name == "project.xml":
        content, kind = plan_files.export_mspdi(plan), "application/xml"
    elif table in plan_exports.NAMES and ending in TABLES:
        make, kind = TABLES[ending]
        content = make(table, product)
    else:
        raise Http404
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{product.code}-{name}"'
    return response
