"""Decisions: the register, and one decision's record."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gates.forms.decisions import DecisionFilter
from gates.permissions import rights_of
from gates.queries import conditions, decision_record
from gates.queries import decisions as queries
from ipd.kernel.money import money


@require_safe
def decision_list(request):
    form = DecisionFilter(request.GET, choices=queries.choices(request.user))
    wanted = form.wanted()
    rows = queries.found(
        request.user,
        chain=wanted.get("chain", ""),
        outcome=wanted.get("outcome", ""),
        line=wanted.get("line"),
        year=wanted.get("year"),
        dissent=wanted.get("dissent", False),
        text=wanted.get("q", ""),
    )
    page = queries.page(rows, request.user, after=request.GET.get("after", ""))
    context = {
        "filter": form,
        "filtered": form.is_narrowed,
        "page": page,
        "rows": [(row, _amount(row)) for row in page.rows],
        "count": rows.count(),
        "shows_money": queries.sees_money_somewhere(request.user),
    }
    return render(request, "gates/decisions/list.html", context)


def _amount(row) -> str:
    """Its money for the register; that some outcomes move none is no secret."""
    outcome = row.outcome
    moves = outcome.releases_money or outcome.bridge_money or outcome.holds or outcome.cancels
    nothing = row.amount is None and not moves
    return money(row.amount, row.currency, granted=row.sees_money or nothing)


@require_safe
def decision(request, pk):
    """The record; with `?proof=1` its hashes are computed anew."""
    rows = queries.visible_to(request.user).select_related(
        "review__product__line",
        "review__gate__chain",
        "review__gate__next_phase",
        "review__body",
        "outcome",
        "reason_code",
        "decided_by",
        "supersedes",
        "superseded_by",
    )
    row = get_object_or_404(rows, pk=pk)
    rights = rights_of(request.user, row.review)
    obligations = row.review.conditions.select_related("owner", "verifier").order_by("number")
    beside = list(row.review.presenters.exclude(mentor=None).select_related("person", "mentor"))
    waiting = [one for one in beside if one.signed_at is None]
    context = {
        "decision": row,
        "review": row.review,
        "product": row.review.product,
        "facts": decision_record.facts_of(row, granted="see_money" in rights),
        "conditions": [(one, conditions.tone(one)) for one in obligations],
        "cosigned": [one for one in beside if one.signed_at],
        "to_cosign": next((one for one in waiting if one.mentor_id == request.user.pk), None),
        "dissents": row.dissents.select_related("person"),
        "amount": _granted(row.amount, row, rights),
        "sunk_cost": _granted(row.sunk_cost, row, rights),
        "may_correct": "decide" in rights and not row.is_imported and row.superseded_at is None,
        "superseded_by": getattr(row, "superseded_by", None),
        "proof": decision_record.prove(row) if request.GET.get("proof") else None,
    }
    return render(request, "gates/decisions/record.html", context)


def _granted(amount, row, rights) -> str:
    """An amount for the record; empty when there is none, or the reader may not see it."""
    if amount is None or "see_money" not in rights:
        return ""
    return money(amount, row.currency, granted=True)
