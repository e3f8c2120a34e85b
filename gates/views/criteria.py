"""One criterion: assess it, own it, prove it, ask about it; a page, or a part of the gate's."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gates.actions import criteria
from gates.forms.criteria import (
    AnswerForm,
    AssessForm,
    EvidenceForm,
    JudgeForm,
    OwnerForm,
    QuestionForm,
)
from gates.models import Question, ReviewCriterion
from gates.models.criteria import Assessment
from gates.models.reviews import Stage
from gates.permissions import can_assess, rights_of
from gates.queries.facts import seen_before
from gates.queries.review_page import Line, criteria_of, newest, oldest_fresh
from gates.views.reviews import visible_review
from ipd.kernel.access import require
from ipd.kernel.htmx import wants_part
from ipd.kernel.once import once
from teams.models import Person, Seat

PAGE = "gates/reviews/criterion.html"
ROW = "gates/reviews/detail.html#criterion"


def visible_criterion(request, pk: int) -> ReviewCriterion:
    """The criterion with its review, if the person may see the product."""
    it = get_object_or_404(ReviewCriterion.objects.only("review_id"), pk=pk)
    review = visible_review(request, it.review_id)
    it = criteria_of([review.pk]).select_related("waiver__requested_by").get(pk=pk)
    it.review = review
    return it


def team_people(criterion: ReviewCriterion):
    """Who may answer for a criterion: those with a seat in the product's team."""
    seats = Seat.objects.current().filter(team=criterion.review.product.team_id)
    return Person.objects.filter(seats__in=seats, is_active=True).distinct()


def show(request, it: ReviewCriterion, **forms):
    """The criterion's page, or its open row in the gate's page; a wrong form answers 422.

    forms  a bound form by name (assess, owner, evidence, ask, answer) in place of a fresh one.
    """
    review, rights = it.review, rights_of(request.user, it.review)
    may_change = review.is_open
    leads = "present" in rights
    assessing = may_change and review.stage in (Stage.PREPARING, Stage.LOCKED)
    context = {
        "criterion": it,
        "review": review,
        "inplace": wants_part(request),
        "opened": True,
        "granted": "see_money" in rights,
        "since": seen_before(review) if it.is_bound else {},
    }
    if assessing and can_assess(request.user, it):
        context["assess"] = forms.get("assess") or _fresh(it)
    if may_change and leads:
        context["owner"] = forms.get("owner") or OwnerForm(
            people=team_people(it), initial={"owner": it.owner_id}, auto_id="owner_%s"
        )
    if may_change and "add_evidence" in rights:
        context["add"] = forms.get("evidence") or EvidenceForm(auto_id="evidence_%s")
    if may_change and "ask" in rights:
        context["ask"] = forms.get("ask") or QuestionForm(auto_id="ask_%s")
    if may_change and "answer" in rights:
        context["answer"] = forms.get("answer") or AnswerForm(auto_id="answer_%s")
        context["answering"] = forms.get("answering")
    red = it.is_must and it.state != Assessment.MET
    context["may_ask_waiver"] = (
        may_change and red and "waive_request" in rights and not hasattr(it, "waiver")
    )
    proofs = list(it.evidence.select_related("added_by").order_by("-dated_on", "title", "-version"))
    current = newest(proofs)
    context |= {
        "proofs": proofs,
        "line": Line(it, current, len(proofs) - len(current)),
        "stale_after": review.gate.chain.evidence_max_age_days,
        "oldest": oldest_fresh(review),
        "questions": it.questions.select_related("asked_by", "answered_by"),
    }
    wrong = any(form.errors for name, form in forms.items() if name != "answering")
    template = ROW if context["inplace"] else PAGE
    response = render(request, template, context, status=422 if wrong else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _fresh(it: ReviewCriterion):
    """The form of a judgement: of the state, or beside what is computed."""
    if it.is_bound:
        return JudgeForm.fresh(it, worse=criteria.worse_than(it))
    return AssessForm.fresh(it)


@once
def criterion(request, pk):
    it = visible_criterion(request, pk)
    if request.method != "POST":
        return show(request, it)
    require(can_assess(request.user, it))
    if it.is_bound:
        form = JudgeForm(request.POST, worse=criteria.WORSE)
        act = criteria.judge
    else:
        form = AssessForm(request.POST)
        act = criteria.assess
    if not form.is_valid():
        return show(request, it, assess=form)
    act(it, by=request.user, **form.given())
    messages.success(request, _("%(code)s is assessed.") % {"code": it.code})
    return redirect("gates:criterion", it.pk)


@require_POST
@once
def criterion_owner(request, pk):
    it = visible_criterion(request, pk)
    require("present" in rights_of(request.user, it.review))
    form = OwnerForm(request.POST, people=team_people(it), auto_id="owner_%s")
    if not form.is_valid():
        return show(request, it, owner=form)
    owner = form.cleaned_data["owner"]
    criteria.give_to(it, owner=owner, by=request.user)
    messages.success(request, _("%(person)s answers for it.") % {"person": owner})
    return redirect("gates:criterion", it.pk)


@require_POST
@once
def criterion_evidence(request, pk):
    it = visible_criterion(request, pk)
    require("add_evidence" in rights_of(request.user, it.review))
    form = EvidenceForm(request.POST, request.FILES, auto_id="evidence_%s")
    if not form.is_valid():
        return show(request, it, evidence=form)
    row = criteria.add_evidence(it, by=request.user, **form.given())
    messages.success(request, _("Added: %(evidence)s.") % {"evidence": row})
    return redirect("gates:criterion", it.pk)


@require_POST
@once
def criterion_question(request, pk):
    it = visible_criterion(request, pk)
    require("ask" in rights_of(request.user, it.review))
    form = QuestionForm(request.POST, auto_id="ask_%s")
    if not form.is_valid():
        return show(request, it, ask=form)
    criteria.ask(it, text=form.cleaned_data["text"], by=request.user)
    if request.POST.get("from") == "room":
        return redirect("gates:review-room", it.review_id)
    messages.success(request, _("Asked; the owner has been told."))
    return redirect("gates:criterion", it.pk)


@require_POST
@once
def question_answer(request, pk):
    question = get_object_or_404(Question, pk=pk)
    it = visible_criterion(request, question.criterion_id)
    require("answer" in rights_of(request.user, it.review))
    form = AnswerForm(request.POST, auto_id="answer_%s")
    if not form.is_valid():
        return show(request, it, answer=form, answering=question.pk)
    question.criterion = it
    criteria.answer(question, text=form.cleaned_data["text"], by=request.user)
    if request.POST.get("from") == "room":
        return redirect("gates:review-room", it.review_id)
    messages.success(request, _("Answered."))
    return redirect("gates:criterion", it.pk)
