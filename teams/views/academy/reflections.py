"""Reflections: one's own, and those that others shared by name."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.forms.seen import SeenForm
from ipd.kernel.keyset import part as slice_of
from ipd.kernel.once import once
from teams.actions.academy import reflections as actions
from teams.forms.academy.reflections import AnswersForm, MissingForm, ShareForm
from teams.models import ReflectionShare
from teams.permissions.academy import acts_in_academy
from teams.permissions.reflections import ACCEPTS, visible_reflections
from teams.queries.academy import reflections

PAGE = 25


@require_safe
def index(request):
    """The stories with what the reader wrote, and what others shared with them."""
    shared = reflections.shared_with(request.user)
    after = request.GET.get("after", "")
    context = {
        "acts": acts_in_academy(request.user),
        "stories": reflections.own(request.user),
        "page": slice_of(shared, ("-shared_at", "-pk"), after=after, size=PAGE),
        "later": bool(after),
    }
    return render(request, "teams/academy/reflections/list.html", context)


@require_POST
@once
def new(request, code):
    """Begin to write on a story."""
    content = get_object_or_404(reflections.stories(), code=code)
    return redirect("teams:reflection-text", actions.start(content, by=request.user).pk)


def _entry(request, pk):
    rows = visible_reflections(request.user).select_related("person", "content")
    return get_object_or_404(rows, pk=pk)


def _own(request, pk):
    """403 for those with whom it is shared."""
    row = _entry(request, pk)
    require(row.person_id == request.user.pk)
    return row


@require_safe
def page(request, pk):
    """One reflection: its writer's page, or the page of somebody it is shared with."""
    return _page(request, _entry(request, pk))


def _page(request, row, **bound):
    own = row.person_id == request.user.pk
    shares = row.shares.select_related("person")
    shares = list(shares if own else shares.filter(person=request.user))
    answers = [one for one in shares if not own and not one.answer and one.role in ACCEPTS]
    asked = reflections.read_by(row)
    readers = reflections.possible_readers(row.person) if own else []
    taken = {(one.role, one.person_id) for one in shares}
    readers = [one for one in readers if (one.role, one.person.pk) not in taken]
    context = {
        "acts": acts_in_academy(request.user),
        "row": row,
        "own": own,
        "asked": asked,
        "shares": shares,
        "open": answers[0] if answers else None,
        "awaited": reflections.roles_awaited(row, shares) if own else [],
        "complete": all(answer.strip() for _prompt, answer in asked),
        "step": SeenForm.fresh(row),
        "share_form": bound.get("share_form") or ShareForm(readers=readers) if readers else None,
        "missing_form": bound.get("missing_form") or MissingForm() if answers else None,
    }
    status = 422 if bound else 200
    return render(request, "teams/academy/reflections/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def text(request, pk):
    """The story, its prompts, and a box for each."""
    row = _own(request, pk)
    if row.is_finished and request.method != "POST":
        return redirect(row)
    if request.method == "POST":
        form = AnswersForm(request.POST, row=row)
        if form.is_valid():
            seen = form.cleaned_data["version"]
            actions.write(row, answers=form.answers(), seen_version=seen)
            messages.success(request, _("Kept; nobody else reads it."))
            return redirect(row)
    else:
        form = AnswersForm.fresh(row, row=row)
    context = {"acts": acts_in_academy(request.user), "row": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "teams/academy/reflections/text.html", context, status=status)


@require_POST
@once
def finishing(request, pk):
    row = _own(request, pk)
    actions.finish(row, **SeenForm.seen(request.POST))
    messages.success(request, _("Finished. Only those you share it with can read it."))
    return redirect(row)


@require_POST
@once
def reopening(request, pk):
    row = _own(request, pk)
    actions.reopen(row, **SeenForm.seen(request.POST))
    messages.success(request, _("Open again; nobody else reads it until it is finished."))
    return redirect("teams:reflection-text", row.pk)


@require_POST
@once
def sharing(request, pk):
    row = _own(request, pk)
    form = ShareForm(request.POST, readers=reflections.possible_readers(row.person))
    if not form.is_valid():
        return _page(request, row, share_form=form)
    person, role = form.chosen()
    actions.share(row, person=person, role=role)
    messages.success(request, _("Shared with %(person)s.") % {"person": person})
    return redirect(row)


@require_POST
@once
def share_withdrawal(request, pk):
    """The writer takes the right to read it back."""
    shares = ReflectionShare.objects.filter(reflection__in=visible_reflections(request.user))
    found = get_object_or_404(shares.select_related("reflection"), pk=pk)
    require(found.reflection.person_id == request.user.pk)
    actions.withdraw(found)
    messages.success(request, _("Not shared any more."))
    return redirect(found.reflection)


def _asked(request, pk):
    """The reader's own share that waits for a word; 404 where it is not theirs."""
    row = _entry(request, pk)
    shares = row.shares.filter(person=request.user, role__in=ACCEPTS).order_by("answer", "pk")
    found = shares.select_related("reflection").first()
    if found is None:
        require(row.person_id != request.user.pk)
        raise Http404
    return row, found


@require_POST
@once
def acceptance(request, pk):
    row, found = _asked(request, pk)
    actions.accept(found)
    messages.success(request, _("Said: it is complete."))
    return redirect(row)


@require_POST
@once
def returning(request, pk):
    row, found = _asked(request, pk)
    form = MissingForm(request.POST)
    if not form.is_valid():
        return _page(request, row, missing_form=form)
    actions.give_back(found, **form.given())
    messages.success(request, _("Returned; the writer reads what is missing."))
    return redirect("teams:reflection-list")
