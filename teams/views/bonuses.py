"""Bonus rounds: the list, one round, and the steps that take it on."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.keyset import part
from ipd.kernel.once import once
from teams.actions import bonus_approvals, bonuses
from teams.forms.bonuses import GradeForm, PaidForm, StepForm, TakeBackForm, TeamForm
from teams.models.bonuses import RoundState
from teams.queries import bonus_access, bonus_appeals, bonus_page
from teams.queries import bonus_approvals as approvals
from teams.views.bonus_entry import round_entry

PAGE = 50


@require_safe
def index(request):
    """All rounds, the newest first, with the formula that all of them share."""
    done = bonus_access.duties(request.user)
    rows = bonus_access.rounds(request.user, done)
    page = part(rows, ("-last_month", "-pk"), after=request.GET.get("after", ""), size=PAGE)
    return render(request, "teams/bonuses/list.html", {"page": page, "duties": done})


@require_safe
def page(request, pk):
    """Rules for everybody; totals for who prepares or approves; the own team for its members."""
    found = round_entry(request, pk)
    return round_page(request, found.row, found.duties)


def round_page(request, row, done, **bound):
    """The round with the forms of what its reader may do now; `bound` are those with errors."""
    paid = list(row.kpis.select_related("kpi").order_by("kpi__order", "kpi__code"))
    page = bonus_access.readable(request.user, row, done, after=request.GET.get("after", ""))
    teams = page.rows
    is_open, is_draft = row.state == RoundState.OPEN, row.state == RoundState.DRAFT
    waits = approvals.waiting_for(teams) if is_open and done.sees_totals else {}
    granted = done.sees_totals or any(team.pool for team in teams)
    heads = next((team.heads for team in teams), None)
    frozen = row.state == RoundState.FROZEN
    left = bonus_appeals.left_in_reserve(row) if frozen and done.sees_totals else None
    own = None if is_draft else bonus_access.own_sum(request.user, row)
    unseen = None
    if done.sees_totals and not is_draft:
        unseen = bonus_access.unseen_sum(request.user, row)
    context = {
        "round": row,
        "page": page,
        "duties": done,
        "paid": [(one, bonus_page.ends(one)) for one in paid],
        "weights": sum(one.weight for one in paid),
        "grades": list(row.grades.select_related("role").order_by("role__order", "role__code")),
        "lines": [
            bonus_page.team_line(team, granted=team.pool, waits=waits.get(team.pk, ()))
            for team in teams
        ],
        "sums": bonus_page.sums(row, granted=granted, heads=heads, left=left),
        "unseen": bonus_page.whole(unseen, row),
        "own": bonus_page.whole(own, row),
        "approvals": approvals.standing(row) if not is_draft else [],
        "blocked": bool(waits),
        "missing": bonuses.missing(row, paid, teams) if is_draft and done.manages else [],
        "step": StepForm.fresh(row) if done.sees_totals and not frozen else None,
        "take_back": bound.get("take_back") or TakeBackForm.fresh(row),
    }
    if is_draft and done.manages:
        context |= {
            "kpi_form": bound.get("kpi_form") or PaidForm(),
            "grade_form": bound.get("grade_form") or GradeForm(),
            "team_form": bound.get("team_form")
            or TeamForm(teams=bonus_access.choices(request.user)),
        }
    status = 422 if bound else 200
    return render(request, "teams/bonuses/detail.html", context, status=status)


def _step(request, pk, act, done, *, right):
    found = round_entry(request, pk)
    require(getattr(found.duties, right))
    act(found.row, by=request.user, **StepForm.seen(request.POST))
    messages.success(request, done)
    return redirect(found.row)


@require_POST
@once
def opening(request, pk):
    said = _("Opened: the teams' leads are asked for their proposals.")
    return _step(request, pk, bonuses.open_round, said, right="manages")


@require_POST
@once
def reading(request, pk):
    return _step(request, pk, bonuses.read_again, _("Read again."), right="manages")


@require_POST
@once
def approval(request, pk):
    return _step(request, pk, bonus_approvals.approve, _("Signed."), right="approves")


@require_POST
@once
def withdrawal(request, pk):
    """An open round becomes a draft again; the reason stands in the ledger."""
    found = round_entry(request, pk)
    require(found.duties.manages)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        return round_page(request, found.row, found.duties, take_back=form)
    bonuses.take_back(found.row, by=request.user, **form.given())
    messages.success(request, _("Taken back: it is a draft again."))
    return redirect(found.row)
