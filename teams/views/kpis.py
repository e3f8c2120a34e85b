"""The catalogue of KPIs: the list, one card, and its changes by those who may define KPIs."""

from copy import copy

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.days import today
from ipd.kernel.htmx import render_part
from ipd.kernel.measures import MEASURES
from ipd.kernel.once import once
from teams.actions import kpis
from teams.actions.targets import closed_until
from teams.calculations.formulas import FormulaError
from teams.forms.kpis import CardForm, CatalogueFilter, ChangeForm, FormulaForm, TurnForm
from teams.models import Kpi, KpiReading
from teams.queries import catalogue, kpi_history, kpi_rules
from teams.subjects import subjects

ACT = "edit_kpis"


def may_edit(request) -> bool:
    """KPIs are the whole company's: a seat in any body that gives the act will do."""
    return ACT in subjects().acts_in_group(request.user, "")


def card_of(pk) -> Kpi:
    """Everybody who is signed in may see every card."""
    return get_object_or_404(Kpi.objects.select_related("owner__head"), pk=pk)


@require_safe
def index(request):
    """All KPIs by their place, narrowed by the filter; htmx asks for the following rows alone."""
    form = CatalogueFilter(request.GET, phase=subjects().phases())
    wanted, day = form.wanted(), today()
    rows = catalogue.found(
        text=wanted.get("q", ""),
        dimension=wanted.get("dimension", ""),
        phase=wanted.get("phase", ""),
        how=wanted.get("how", ""),
        state=wanted["state"],
        day=day,
    )
    found, after = catalogue.page(rows, day=day, after=request.GET.get("after", ""))
    context = {
        "filter": form,
        "rows": found,
        "after": after,
        "count": rows.count(),
        "may": may_edit(request),
    }
    return render_part(request, "teams/kpis/list.html", "rows", context)


@require_safe
def page(request, pk):
    """A card: its formula, its measures, its targets over time, who reads it, what happened."""
    return card_page(request, card_of(pk))


def card_page(request, kpi: Kpi, *, turn: TurnForm | None = None):
    day, may = today(), may_edit(request)
    month, counts = catalogue.last_read(kpi, request.user)
    context = {
        "kpi": kpi,
        "measures": catalogue.measures_of(kpi),
        "phases": catalogue.phases_of(
            kpi, day=day, granted=catalogue.sees_amounts(kpi, request.user)
        ),
        "history": kpi_history.history(kpi),
        "month": month,
        "counts": counts,
        "begins": kpi.valid_from if kpi.valid_from > day else None,
        "may": may,
        "closed": closed_until() if may else None,
        "turn": turn or TurnForm.fresh(kpi),
    }
    status = 422 if turn is not None else 200
    return render(request, "teams/kpis/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request):
    """The form for a new KPI; whoever may send it may open it."""
    require(may_edit(request))
    last = Kpi.objects.order_by("-order").values_list("order", flat=True).first() or 0
    form = CardForm(request.POST or None, initial={"order": last + 10})
    if request.method == "POST" and form.is_valid():
        made = kpis.define(by=request.user, **form.given())
        messages.success(
            request, _("Defined. Set its targets next: without one it is due nowhere.")
        )
        return redirect(made)
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, pk):
    """The card as a form, with the reason for the change; a form writes into a copy of it."""
    require(may_edit(request))
    kpi = card_of(pk)
    kept = kpis.KEPT if KpiReading.objects.filter(kpi=kpi).exists() else ()
    form = ChangeForm(request.POST or None, instance=copy(kpi), kept=kept)
    if request.method == "POST" and form.is_valid():
        changed = kpis.change(kpi, by=request.user, **form.given())
        messages.success(request, _("Saved as version %(version)d.") % {"version": changed.version})
        return redirect(changed)
    return _form_page(request, form, kpi)


def _form_page(request, form: CardForm, kpi: Kpi | None = None):
    said = {name: form[name].value() or "" for name in ("expression", "unit", "together")}
    context = {
        "form": form,
        "kpi": kpi,
        "measures": sorted(MEASURES.values(), key=_by_label),
        **_checked(**said),
    }
    status = 422 if form.errors else 200
    return render(request, "teams/kpis/form.html", context, status=status)


@require_safe
def formula(request):
    """What has been typed of a formula: what it names, or what is wrong with it, and where."""
    form = FormulaForm(request.GET)
    form.is_valid()
    said = {name: form.cleaned_data.get(name) or "" for name in form.fields}
    return render_part(request, "teams/kpis/formula.html", "formula", _checked(**said))


def _checked(*, expression: str, unit: str, together: str) -> dict:
    """The formula in its parts: before what is wrong, that, and behind; and what it names."""
    checked = {"expression": expression, "named": [], "wrong": []}
    if not expression.strip():
        return checked
    wrong = kpi_rules.wrong_with(expression=expression, unit=unit, together=together)
    checked["wrong"] = [sentence for _field, sentence in wrong]
    try:
        names = kpi_rules.read(expression)[0].names
    except FormulaError as error:
        place = error.place - 1
        checked["before"], checked["bad"] = expression[:place], error.text
        checked["behind"] = expression[place + len(error.text) :]
    else:
        checked["named"] = [(name, MEASURES.get(name)) for name in names]
    return checked


@require_POST
@once
def retirement(request, pk):
    return _turned(request, pk, kpis.retire, _("Retired. What was read of it stays."))


@require_POST
@once
def reinstatement(request, pk):
    return _turned(request, pk, kpis.reinstate, _("In use again."))


def _turned(request, pk, act, done: str):
    require(may_edit(request))
    kpi = card_of(pk)
    form = TurnForm(request.POST)
    if not form.is_valid():
        return card_page(request, kpi, turn=form)
    act(kpi, by=request.user, **form.given())
    messages.success(request, done)
    return redirect(kpi)


@require_safe
def measures(request):
    """The register of measures, each with the KPIs that are computed from it."""
    used = catalogue.uses()
    rows = [(one, used.get(one.key, [])) for one in sorted(MEASURES.values(), key=_by_label)]
    return render(request, "teams/kpis/measures.html", {"rows": rows})


def _by_label(measure) -> str:
    return str(measure.label).casefold()
