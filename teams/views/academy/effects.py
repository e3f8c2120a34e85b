"""What training changed, on five levels; studies; what the return is assumed to be."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import Refused, require
from ipd.kernel.once import once
from teams.actions.academy import studies as actions
from teams.actions.academy import study_readings
from teams.forms.academy.effects import ReturnForm, ReturnRemovalForm, RowsForm, StudyForm
from teams.forms.academy.study_readings import ReadingsForm
from teams.models.academy.studies import Outcome
from teams.permissions.academy import EFFECTS, RUN, acts_in_academy
from teams.queries.academy import effects, enrolments, studies, study_drawings


def _reader(request) -> dict:
    """What every page of effects has; 403 for whoever may not see them."""
    acts = acts_in_academy(request.user)
    require(EFFECTS in acts)
    return {"acts": acts, "granted": True}


def _runs(request) -> dict:
    context = _reader(request)
    require(RUN in context["acts"])
    return context


@require_safe
def index(request):
    """The five levels of one path, the first that is current unless another is asked for."""
    context = _reader(request)
    paths = list(enrolments.current_paths())
    wanted = request.GET.get("path", "")
    path = next((one for one in paths if one.code == wanted), paths[0] if paths else None)
    context |= {"paths": paths, "path": path}
    if path is not None:
        reaction, by_stage = effects.reactions(path)
        context |= {
            "reaction": reaction,
            "by_stage": by_stage,
            "learning": effects.learning(path),
            "behaviour": effects.behaviour(path),
            "results": studies.results(studies.studies(path.code)),
            "returns": effects.returns(path),
        }
    return render(request, "teams/academy/effects/index.html", context)


def _study(pk):
    return get_object_or_404(studies.studies().prefetch_related("cohorts__cohort"), pk=pk)


def _told(context, it, **forms) -> dict:
    """A study with what came out; a correction for many needs all studies of the path."""
    found = studies.results(studies.studies(it.path_code))
    result = next(one for one in found if one.study.pk == it.pk)
    runs = RUN in context["acts"]
    compares = runs and it.outcome == Outcome.CHANGE
    context |= {"study": it, "result": result, "drawn": study_drawings.drawn(result)}
    context["form"] = forms.get("form") or (RowsForm(study=it) if runs else None)
    context["reading"] = forms.get("reading") or (ReadingsForm() if compares else None)
    return context


@require_safe
def study(request, pk):
    """One study: what was said before, and what came out."""
    context = _told(_reader(request), _study(pk))
    return render(request, "teams/academy/effects/study.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request):
    """Put a study down."""
    context = _runs(request)
    form = StudyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        it = actions.register(by=request.user, **form.given())
        messages.success(request, _("The study is put down, with today's date."))
        return redirect(it)
    context["form"] = form
    return render(
        request, "teams/academy/effects/new.html", context, status=422 if form.errors else 200
    )


@require_POST
@once
def rows(request, pk):
    """Add rows to a study."""
    context, it = _runs(request), _study(pk)
    form = RowsForm(request.POST, study=it)
    if form.is_valid():
        n = actions.fill(it, form.cleaned_data["rows"], by=request.user)
        messages.success(request, _("%(n)s rows are in.") % {"n": n})
        return redirect(it)
    context = _told(context, it, form=form)
    return render(request, "teams/academy/effects/study.html", context, status=422)


@require_POST
@once
def readings(request, pk):
    """Add rows out of what a KPI read of teams."""
    context, it = _runs(request), _study(pk)
    form = ReadingsForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        n = study_readings.read(it, given["kpi"], form.windows(), given["teams"], by=request.user)
        messages.success(request, _("%(n)s rows are in.") % {"n": n})
        return redirect(it)
    context = _told(context, it, reading=form)
    return render(request, "teams/academy/effects/study.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def returns(request, code):
    """The assumptions about costs and benefits of a path."""
    context = _runs(request)
    path = get_object_or_404(enrolments.current_paths(), code=code)
    form = ReturnForm(request.POST or None, initial={"path_code": path.code})
    if request.method == "POST" and form.is_valid():
        actions.assume(by=request.user, **form.given())
        messages.success(request, _("The assumption stands."))
        return redirect("teams:effects-returns", path.code)
    context |= {"path": path, "form": form, "returns": effects.returns(path)}
    return render(
        request, "teams/academy/effects/returns.html", context, status=422 if form.errors else 200
    )


@require_POST
@once
def return_removal(request):
    _runs(request)
    form = ReturnRemovalForm(request.POST)
    if not form.is_valid():
        raise Refused(_("This assumption is not there any more."))
    line = form.cleaned_data["line"]
    actions.drop_assumption(line, by=request.user)
    messages.success(request, _("The assumption is dropped."))
    return redirect("teams:effects-returns", line.path_code)
