"""What is told in a community: notes, lessons, answers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.once import once
from teams.actions.academy import communities as actions
from teams.forms.academy.communities import AnswerForm, PostForm, ReplyForm, RewriteForm
from teams.models import Community, CommunityMember, CommunityPost
from teams.models.academy.communities import PostKind, PostState
from teams.permissions.academy import acts_in_academy
from teams.permissions.communities import keeps, may_answer
from teams.queries.academy import communities as queries
from teams.queries.academy.markdown import prose


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request, pk):
    """Members tell; who is not in joins first."""
    community = get_object_or_404(Community, pk=pk)
    require(queries.membership(community, request.user) is not None)
    kind = request.GET.get("kind", PostKind.NOTE)
    form = PostForm(request.POST or None, initial={"kind": kind})
    if request.method == "POST" and form.is_valid():
        return redirect(actions.post(community, **form.given(), by=request.user))
    context = {"acts": acts_in_academy(request.user), "community": community, "form": form}
    return _form(request, context)


def _form(request, context):
    status = 422 if context["form"].errors else 200
    return render(request, "teams/academy/communities/post_form.html", context, status=status)


def _post(request, pk) -> tuple[CommunityPost, CommunityMember | None, frozenset[str]]:
    """A lesson that is not taken up is there for its author and the stewards alone."""
    rows = CommunityPost.objects.select_related("community", "author", "answered_by")
    post = get_object_or_404(rows, pk=pk)
    acts = acts_in_academy(request.user)
    member = queries.membership(post.community, request.user)
    is_open = post.state in queries.OPEN_TO_ALL
    if not (is_open or post.author_id == request.user.pk or keeps(member, acts)):
        raise Http404
    return post, member, acts


@require_safe
def page(request, pk):
    """The text, its answers, and what a steward says to a lesson."""
    post, member, acts = _post(request, pk)
    is_mine = post.author_id == request.user.pk
    context = {
        "acts": acts,
        "post": post,
        "text": prose(post.text),
        "replies": post.replies.select_related("author"),
        "is_in": member is not None,
        "may_edit": is_mine and post.state != PostState.ACCEPTED,
        "may_answer": post.state == PostState.PROPOSED
        and may_answer(request.user, post, member, acts),
        "reply_form": ReplyForm(),
        "answer_form": AnswerForm.fresh(post),
    }
    return render(request, "teams/academy/communities/post.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, pk):
    """The author changes it; a returned lesson is offered again with it."""
    post, _member, acts = _post(request, pk)
    require(post.author_id == request.user.pk)
    if request.method == "POST":
        form = RewriteForm(request.POST)
        if form.is_valid():
            actions.rewrite(post, **form.given(), by=request.user)
            return redirect(post)
    else:
        form = RewriteForm.fresh(post, initial={"title": post.title, "text": post.text})
    context = {"acts": acts, "community": post.community, "post": post, "form": form}
    return _form(request, context)


@require_POST
@once
def answer(request, pk):
    """A steward takes a lesson up, or returns it with a remark."""
    post, member, acts = _post(request, pk)
    require(may_answer(request.user, post, member, acts))
    accepted = request.POST.get("answer") == "accept"
    actions.answer(post, accepted=accepted, by=request.user, **AnswerForm.seen(request.POST))
    messages.success(request, _("Taken up.") if accepted else _("Returned to its author."))
    return redirect(post if accepted else post.community)


@require_POST
@once
def reply(request, pk):
    """Members answer."""
    post, member, acts = _post(request, pk)
    require(member is not None)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        context = {"acts": acts, "community": post.community, "post": post, "form": form}
        return _form(request, context)
    actions.reply(post, text=form.cleaned_data["text"], by=request.user)
    return redirect(post)
