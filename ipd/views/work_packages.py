"""Work packages of a product: the list, a new one, and reports of progress."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ipd.actions import work_packages
from ipd.forms.work_packages import ProgressForm, WorkPackageForm
from ipd.kernel.days import today
from ipd.kernel.once import once
from ipd.models import WorkPackage
from ipd.queries import work_packages as queries
from ipd.views.entry import SEE_MONEY, entry
from ipd.views.money import reads_money


@reads_money
def page(request, found):
    rows = queries.of(found.product, today())
    context = found.context(rows=rows)
    return render(request, "ipd/money/packages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk):
    found = entry(request, pk, "edit_budget", SEE_MONEY)
    posted = request.method == "POST"
    form = WorkPackageForm(request.POST) if posted else WorkPackageForm()
    if posted and form.is_valid():
        given = form.given()
        work_packages.add(found.product, **given)
        messages.success(request, _("The work package is planned."))
        return redirect("ipd:money-packages", found.product.pk)
    context = found.context(form=form)
    return render(
        request, "ipd/money/package_new.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def progress(request, product_pk, pk):
    """What was reported of one package, and the next report."""
    found = entry(request, product_pk, "edit_budget", SEE_MONEY)
    rows = WorkPackage.objects.filter(product=found.product).select_related("function")
    package = get_object_or_404(rows, pk=pk)
    posted = request.method == "POST"
    form = ProgressForm(request.POST) if posted else ProgressForm(initial={"on": today()})
    if posted and form.is_valid():
        given = form.given()
        work_packages.report(package, by=request.user, **given)
        messages.success(request, _("Progress is reported."))
        return redirect("ipd:money-packages", found.product.pk)
    context = found.context(
        package=package,
        reports=package.progress.select_related("by"),
        form=form,
    )
    return render(request, "ipd/money/progress.html", context, status=422 if form.errors else 200)
