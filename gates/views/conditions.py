"""Conditions: the list, one condition, and what its people may do with it."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gates import duties
from gates.actions import condition_waivers, conditions
from gates.forms.conditions import (
    AcceptForm,
    ConditionFilter,
    CountersignForm,
    ExtendForm,
    RejectForm,
    SubmitForm,
    VerifyForm,
    WaiveForm,
    WithdrawForm,
)
from gates.models import Condition
from gates.queries import conditions as queries
from ipd.kernel.access import require
from ipd.kernel.once import once


@dataclass(frozen=True)
class Act:
    """One thing the reader may do here: its form when it is possible, else why it is not."""

    key: str
    label: str
    url: str
    form: object
    why: str = ""
    tone: str = ""


# act → (label, address, form, look of its button)
ACTS = {
    "accept": (gettext_lazy("Accept"), "gates:condition-acceptance", AcceptForm, ""),
    "submit": (gettext_lazy("Submit"), "gates:condition-submission", SubmitForm, "primary"),
    "verify": (gettext_lazy("Verify"), "gates:condition-verification", VerifyForm, "primary"),
    "reject": (gettext_lazy("Do not accept"), "gates:condition-rejection", RejectForm, ""),
    "extend": (gettext_lazy("Give more time"), "gates:condition-extension", ExtendForm, ""),
    "waive": (gettext_lazy("Sign a waiver"), "gates:condition-waiver", WaiveForm, ""),
}


@require_safe
def condition_list(request):
    form = ConditionFilter(request.GET)
    wanted = form.wanted()
    rows = queries.found(
        request.user,
        state=wanted["state"],
        whose=wanted["whose"],
        line=wanted.get("line"),
        text=wanted.get("q", ""),
    )
    page = queries.page(rows, after=request.GET.get("after", ""))
    context = {
        "filter": form,
        "filtered": form.is_narrowed,
        "rows": [(row, queries.tone(row)) for row in page.rows],
        "page": page,
        "count": rows.count(),
        "debt": queries.debt(request.user),
    }
    return render(request, "gates/conditions/list.html", context)


def _visible(request, pk) -> Condition:
    rows = Condition.objects.visible_to(request.user).select_related(
        "review__product__line",
        "review__gate__chain",
        "review__outcome",
        "owner",
        "verifier",
        "function__head",
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def condition(request, pk):
    return _page(request, _visible(request, pk))


def _page(request, row, act="", form=None):
    """The condition with the forms of what the reader may do; `form` is the one with errors."""
    events = list(row.events.select_related("by"))
    waiver = condition_waivers.pending(events)
    may = duties.acts_on(request.user, row)
    offered = [_act(request, row, key, waiver, form if key == act else None) for key in may]
    offered.sort(key=lambda one: list(ACTS).index(one.key))
    context = {
        "condition": row,
        "review": row.review,
        "product": row.review.product,
        "tone": queries.tone(row),
        "possible": [one for one in offered if one.form is not None],
        "not_now": [one for one in offered if one.form is None],
        "waiver": waiver,
        "withdraw": WithdrawForm.fresh(row) if waiver and waiver.by == request.user else None,
        "history": queries.history(events),
        "limit": row.review.gate.chain.extension_limit,
        "decision": row.review.decisions.filter(superseded_at=None).first(),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "gates/conditions/detail.html", context, status=status)


def _act(request, row, key, waiver, bound) -> Act:
    label, url, form, tone = ACTS[key]
    why = conditions.blocker(row, key)
    if key == "waive" and waiver and not why:
        form, label = CountersignForm, _("Countersign the waiver")
        why = condition_waivers.second_blocker(
            waiver, request.user, duties.waiver_lines(request.user, row)
        )
    return Act(key, label, url, None if why else bound or form.fresh(row), why, tone)


def _do(request, pk, act, form_class, call, done):
    """Fetch, ask for the right, validate, act, answer: the same for every act."""
    row = _visible(request, pk)
    require(act in duties.acts_on(request.user, row))
    form = form_class(request.POST)
    if not form.is_valid():
        return _page(request, row, act, form)
    call(row, by=request.user, **form.given())
    messages.success(request, done)
    return redirect(row)


@require_POST
@once
def acceptance(request, pk):
    return _do(request, pk, "accept", AcceptForm, conditions.accept, _("You accepted it."))


@require_POST
@once
def submission(request, pk):
    return _do(request, pk, "submit", SubmitForm, conditions.submit, _("Submitted."))


@require_POST
@once
def verification(request, pk):
    return _do(request, pk, "verify", VerifyForm, conditions.verify, _("Verified."))


@require_POST
@once
def rejection(request, pk):
    done = _("Returned to its owner.")
    return _do(request, pk, "reject", RejectForm, conditions.reject, done)


@require_POST
@once
def extension(request, pk):
    done = _("More time was given.")
    return _do(request, pk, "extend", ExtendForm, conditions.extend, done)


@require_POST
@once
def waiver(request, pk):
    done = _("Your signature is recorded.")
    return _do(request, pk, "waive", CountersignForm, condition_waivers.sign, done)


@require_POST
@once
def waiver_withdrawal(request, pk):
    done = _("Your signature was taken back.")
    return _do(request, pk, "waive", WithdrawForm, condition_waivers.withdraw, done)
