"""The contract of a product: as it stands, its draft, its versions, and entered readings."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.actions import contracts
from ipd.forms.contracts import DiscardForm, DraftForm, GateForm, ReadingForm, to_value
from ipd.kernel.access import require
from ipd.kernel.days import today
from ipd.kernel.forms.seen import OnceForm
from ipd.kernel.measures import Unit
from ipd.kernel.once import once
from ipd.models import Contract, ContractElement, Product
from ipd.models.changes import WAITING
from ipd.queries import changes, variances
from ipd.views.entry import SEE_MONEY, entry

EDIT, READ, GATE = "edit_case", "assess", "request_unplanned"
LATEST = 5  # change requests shown beside the contract


@require_safe
def page(request, pk):
    """The promises with their variance to both versions, what to do, and how it came about."""
    found = entry(request, pk)
    versions = variances.versions(found.product)
    current = next((version for version in versions if version.is_current), None)
    first = variances.original_of(versions)
    lines = []
    if current:
        lines = variances.lines(
            current,
            first if first != current else None,
            variances.standings_of(found.product),
            today(),
            granted=found.granted,
        )
    requests = changes.latest(found.product, LATEST + 1)
    context = found.context(
        current=current,
        original=first if first != current else None,
        draft=next((version for version in versions if version.is_draft), None),
        versions=[version for version in versions if not version.is_draft],
        lines=lines,
        broken=[line for line in lines if line.current.standing == "broken"],
        warned=[line for line in lines if line.current.standing == "warning"],
        changes=requests[:LATEST],
        more_changes=len(requests) > LATEST,
        waiting=next((one for one in requests if one.state in WAITING), None),
        may_draft=EDIT in found.acts and found.granted and current is None,
        begin=OnceForm(),
    )
    return render(request, "ipd/contracts/detail.html", context)


@require_safe
def version(request, pk):
    """One version, beside the one before it."""
    visible = Product.objects.visible_to(request.user)
    contract = get_object_or_404(
        Contract.objects.filter(product__in=visible).select_related("signed_by", "product__line"),
        pk=pk,
    )
    found = entry(request, contract.product_id)
    before = (
        Contract.objects.signed()
        .filter(product=contract.product_id, version__lt=contract.version)
        .prefetch_related("elements")
        .last()
    )
    context = found.context(
        contract=contract,
        before=before,
        rows=variances.differences(contract, before, granted=found.granted),
        change=getattr(contract, "change", None),
    )
    return render(request, "ipd/contracts/version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def draft(request, pk):
    """The draft's promises; a POST without one begins it, with what the facts propose."""
    found = entry(request, pk, EDIT, SEE_MONEY)
    row = Contract.objects.drafted().filter(product=found.product).first()
    if row is None:
        if request.method != "POST":
            raise Http404
        contracts.begin(found.product, by=request.user)
        messages.success(request, _("The draft is there, filled with what is known now."))
        return redirect("ipd:contract-draft", found.product.pk)
    elements = list(row.elements.all())
    form = DraftForm.fresh(row, elements=elements)
    if request.method == "POST":
        form = DraftForm(request.POST, elements=elements)
        if form.is_valid():
            contracts.propose(
                row,
                promised=form.promised(),
                reason=form.cleaned_data["reason"],
                by=request.user,
                seen_revision=form.cleaned_data["version"],
            )
            messages.success(request, _("Saved. The gate's decision will sign it."))
            return redirect("ipd:contract", found.product.pk)
    context = found.context(contract=row, form=form, discard=DiscardForm.fresh(row))
    status = 422 if form.is_bound else 200
    return render(request, "ipd/contracts/draft.html", context, status=status)


@require_POST
@once
def draft_removal(request, pk):
    found = entry(request, pk, EDIT, SEE_MONEY)
    row = get_object_or_404(Contract.objects.drafted(), product=found.product)
    form = DiscardForm(request.POST)
    revision = form.cleaned_data["version"] if form.is_valid() else 0
    contracts.discard(row, by=request.user, seen_revision=revision)
    messages.success(request, _("The draft is given up."))
    return redirect("ipd:contract", found.product.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def reading(request, pk):
    """What an element was found to be; with all that was entered before."""
    visible = Product.objects.visible_to(request.user)
    current = ContractElement.objects.filter(contract__is_current=True).select_related("contract")
    element = get_object_or_404(current.filter(contract__product__in=visible), pk=pk)
    found = entry(request, element.contract.product_id, READ)
    require(found.granted or element.unit != Unit.MONEY)
    form = ReadingForm(request.POST if request.method == "POST" else None, element=element)
    if form.is_bound and form.is_valid():
        given = form.given()
        contracts.enter_reading(
            found.product,
            code=element.code,
            by=request.user,
            **given | {"value": to_value(given["value"])},
        )
        messages.success(request, _("The reading is entered."))
        return redirect("ipd:contract", found.product.pk)
    rows = found.product.contract_readings.filter(code=element.code).select_related("by")
    context = found.context(
        element=element,
        form=form,
        rows=[
            (row, variances.shown(element, row.value, granted=found.granted))
            for row in rows.order_by("-on", "-pk")[:50]
        ],
    )
    status = 422 if form.is_bound else 200
    return render(request, "ipd/contracts/reading.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def gate(request, pk):
    """Asks for an unplanned gate because the contract cannot be kept."""
    found = entry(request, pk, GATE)
    form = GateForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        contracts.ask_for_gate(found.product, by=request.user, **form.given())
        messages.success(request, _("The gate is on the calendar."))
        return redirect("ipd:contract", found.product.pk)
    status = 422 if form.is_bound else 200
    context = found.context(form=form)
    return render(request, "ipd/contracts/gate.html", context, status=status)
