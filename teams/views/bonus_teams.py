"""What came out for one team, what would change it, and how its members share."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.once import once
from teams.actions import bonus_previews, bonus_shares
from teams.forms.bonus_teams import (
    AnswerForm,
    AppealForm,
    ClearForm,
    CosignForm,
    FindingForm,
    ProposalForm,
)
from teams.models.bonuses import RoundState
from teams.queries import bonus_access, bonus_appeals, bonus_page, bonus_seals
from teams.queries import bonus_previews as previews
from teams.views.bonus_entry import team_entry


@require_safe
def page(request, pk):
    return team_page(request, team_entry(request, pk))


def team_page(request, found, **bound):
    """The team's bonus with the forms of what its reader may do now."""
    row, access, person = found.row, found.access, request.user
    is_open = row.round.state == RoundState.OPEN
    rows = row.cosignatures.select_related("by")
    signatures = bonus_seals.signatures(row, found.members, rows)
    mine = [s for s in signatures if s.by is None and s.function.pk in access.heads]
    signs = mine if is_open and row.proposed_on and row.proposed_by_id != person.pk else []
    appeals = bonus_appeals.of_team(row, person, access)
    manages = access.duties.manages and is_open
    may_appeal = access.is_member and row.round.takes_appeals
    appealed = any(one.by_id == person.pk for one in appeals)
    context = {
        **_context(row),
        "access": access,
        "line": bonus_page.team_line(row, granted=access.sees_pool),
        "sums": bonus_page.sums(row.round, granted=access.sees_pool, heads=row.heads),
        "cells": bonus_page.scored(row) if access.sees_pool else [],
        "findings": list(row.findings.select_related("by")) if access.sees_pool else [],
        "members": bonus_page.members(row, found.members, person, access),
        "weight": bonus_page.weight(found.members),
        "sees_note": access.leads or access.heads,
        "own": next((one for one in found.members if one.person_id == person.pk), None),
        "signatures": signatures,
        "cosign": bound.get("cosign")
        or (CosignForm.fresh(row, functions=[one.function.pk for one in signs]) if signs else None),
        "proposes": access.leads and is_open,
        "finding": bound.get("finding") or (FindingForm() if manages else None),
        "clearing": ClearForm() if manages else None,
        "appeals": bonus_page.appeals(row, appeals),
        "appeal": bound.get("appeal") or (AppealForm() if may_appeal and not appealed else None),
        "answer": bound.get("answer") or (AnswerForm() if access.duties.approves else None),
        "answered": bound.get("answered"),
    }
    status = 422 if bound else 200
    return render(request, "teams/bonuses/team.html", context, status=status)


@require_safe
def what_ifs(request, pk):
    """What could be tried; with `try=`, what would come out. Nothing of it is kept."""
    found = team_entry(request, pk)
    require(found.access.sees_pool)
    key = request.GET.get("try", "")
    choices = bonus_previews.choices(found.row)
    tried = None
    if key:
        own = request.user if found.access.is_member else None
        tried = previews.tried(bonus_previews.preview(found.row, key), found.row, own)
    moves = any(one.moves for one in tried or ())
    context = _context(found.row, choices=choices, tried=tried, moves=moves, key=key)
    return render(request, "teams/bonuses/what_ifs.html", context)


def _context(row, **more) -> dict:
    return {"row": row, "round": row.round, "confidential": bonus_access.marking(row), **more}


@require_http_methods(["GET", "HEAD", "POST"])
@once
def proposal(request, pk):
    """The lead says what each member contributed."""
    found = team_entry(request, pk)
    require(found.access.leads)
    form = ProposalForm.of(found.row, found.members)
    if request.method == "POST":
        form = ProposalForm(request.POST, members=found.members)
        if form.is_valid():
            bonus_shares.propose(
                found.row,
                contributions=form.contributions(),
                note=form.cleaned_data["note"],
                by=request.user,
                seen_version=form.cleaned_data["version"],
            )
            messages.success(request, _("Proposed: the heads of the functions are asked."))
            return redirect(found.row)
    status = 422 if form.errors else 200
    context = _context(found.row, form=form)
    return render(request, "teams/bonuses/proposal.html", context, status=status)


@require_POST
@once
def cosignature(request, pk):
    found = team_entry(request, pk)
    require(bool(found.access.heads))
    form = CosignForm(request.POST, functions=found.access.heads)
    if not form.is_valid():
        return team_page(request, found, cosign=form)
    bonus_shares.cosign(found.row, by=request.user, **form.given())
    messages.success(request, _("Co-signed."))
    return redirect(found.row)
