"""Business cases: versions side by side, one version, its sheet, its acceptance."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.actions import cases
from ipd.forms.cases import CaseForm, StepForm
from ipd.forms.flow_grids import FlowGrid
from ipd.kernel.forms.seen import OnceForm
from ipd.kernel.once import once
from ipd.models import BusinessCase, Product
from ipd.queries import case_page
from ipd.queries import cases as queries
from ipd.views.entry import SEE_MONEY, entry
from ipd.views.money import reads_money, restricted

EDIT = "edit_case"


def _visible(request, pk) -> BusinessCase:
    """The case, if its product may be seen; what it says is shown with the grant only."""
    rows = BusinessCase.objects.filter(product__in=Product.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("product", "by", "accepted_by"), pk=pk)


@reads_money
def case_list(request, found):
    """The versions side by side, and how the worth moved."""
    versions = case_page.versions(found.product)
    context = found.context(
        versions=case_page.side_by_side(versions),
        chart=case_page.worth_chart(versions),
        draft=next((one.case for one in versions if one.case.is_draft), None),
        may_edit=EDIT in found.acts,
        begin=OnceForm(),
    )
    return render(request, "ipd/cases/list.html", context)


@require_POST
@once
def new(request, pk):
    found = entry(request, pk, EDIT, SEE_MONEY)
    case = cases.begin(found.product, by=request.user)
    messages.success(request, _("A new version is drafted, as a copy of the last."))
    return redirect("ipd:case-edit", case.pk)


@require_safe
def detail(request, pk):
    """One version: its figures, its charts, its flows."""
    case = _visible(request, pk)
    found = entry(request, case.product_id)
    if not found.granted:
        return restricted(request, found)
    [figures] = queries.figures([case])
    context = found.context(
        case=case,
        figures=figures,
        scenarios=case_page.scenario_rows(figures),
        flows=case_page.flow_rows(figures),
        years=range(max((len(flows.net) for flows in figures.scenarios.values()), default=0)),
        regions=[
            (region or _("No region"), case_page.amount(total, case))
            for region, total in queries.contribution(case)
        ],
        cash=case_page.cash_chart(figures),
        yearly=case_page.yearly_chart(figures),
        unit_cost=case_page.amount(case.unit_cost, case),
        price=case_page.amount(case.price, case),
        delay_cost=case_page.amount(case.delay_cost, case),
        may_edit=EDIT in found.acts and case.is_draft,
        step=StepForm.fresh(case),
    )
    return render(request, "ipd/cases/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, pk):
    """The sheet of a draft; `years` in the address makes it longer."""
    case = _visible(request, pk)
    found = entry(request, case.product_id, EDIT, SEE_MONEY)
    if not case.is_draft and request.method != "POST":
        raise Http404
    if request.method == "POST":
        form, grid = CaseForm(request.POST), FlowGrid.sent(request.POST)
        if form.is_valid() and grid.is_valid:
            cases.write(
                case,
                facts=form.facts(),
                rows=grid.flows(),
                by=request.user,
                seen_revision=form.cleaned_data["version"],
            )
            messages.success(request, _("Saved."))
            return redirect(case)
    else:
        wanted = request.GET.get("years", "")
        years = int(wanted) if wanted.isdecimal() and len(wanted) < 3 else 0
        form, grid = CaseForm.fresh(case), FlowGrid.stored(case.flows.all(), years=years)
    context = found.context(case=case, form=form, grid=grid, more_years=grid.years + 4)
    return render(
        request, "ipd/cases/edit.html", context, status=422 if request.method == "POST" else 200
    )


@require_POST
@once
def acceptance(request, pk):
    return _step(request, pk, cases.accept, _("Accepted; from now on it stays as it is."))


@require_POST
@once
def removal(request, pk):
    case = _visible(request, pk)
    entry(request, case.product_id, EDIT, SEE_MONEY)
    _do(request, case, cases.discard)
    messages.success(request, _("The draft is given up."))
    return redirect("ipd:case-list", case.product_id)


def _step(request, pk, act, done):
    case = _visible(request, pk)
    entry(request, case.product_id, EDIT, SEE_MONEY)
    _do(request, case, act)
    messages.success(request, done)
    return redirect(case)


def _do(request, case, act):
    form = StepForm(request.POST)
    given = form.given() if form.is_valid() else {"seen_revision": 0}
    act(case, by=request.user, **given)
