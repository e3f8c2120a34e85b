"""Communities of practice: the list, one of them, joining and keeping it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ipd.kernel.access import require
from ipd.kernel.forms.seen import OnceForm
from ipd.kernel.once import once
from teams.actions.academy import communities as actions
from teams.forms.academy.communities import CommunityForm
from teams.models import Community, CommunityMember
from teams.models.academy.communities import PostKind
from teams.permissions.academy import acts_in_academy
from teams.permissions.communities import keeps
from teams.queries.academy import communities as queries


@require_safe
def index(request):
    """Every community; one's own first."""
    context = {
        "acts": acts_in_academy(request.user),
        "communities": queries.communities(request.user).order_by("-is_in", "name"),
        "badges": queries.badges_of(request.user),
    }
    return render(request, "teams/academy/communities/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def new(request):
    """Anybody starts a community, and is its first steward."""
    form = CommunityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.start(**form.given(), by=request.user))
    context = {"acts": acts_in_academy(request.user), "form": form}
    return _form(request, context)


def _form(request, context):
    status = 422 if context["form"].errors else 200
    return render(request, "teams/academy/communities/form.html", context, status=status)


@require_safe
def page(request, pk):
    """Who is in, and what was told; lessons that wait, to its stewards."""
    community = get_object_or_404(Community.objects.select_related("competency"), pk=pk)
    acts = acts_in_academy(request.user)
    members = queries.members(community, after=request.GET.get("members", ""))
    mine = queries.membership(community, request.user)
    kind = request.GET.get("kind", "")
    kind = kind if kind in PostKind.values else ""
    keeper = keeps(mine, acts)
    context = {
        "acts": acts,
        "community": community,
        "members": members,
        "member_count": queries.member_count(community),
        "mine": mine,
        "keeps": keeper,
        "kind": kind,
        "kinds": PostKind,
        "page": queries.posts(
            community,
            request.user,
            kind=kind,
            after=request.GET.get("after", ""),
            steward=keeper,
        ),
        "form": OnceForm(),
    }
    return render(request, "teams/academy/communities/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit(request, pk):
    """Its stewards say what it is about."""
    community = get_object_or_404(Community, pk=pk)
    acts = acts_in_academy(request.user)
    require(keeps(queries.membership(community, request.user), acts))
    initial = {name: getattr(community, name) for name in ("name", "about", "competency")}
    form = CommunityForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.edit(community, **form.given())
        return redirect(community)
    return _form(request, {"acts": acts, "form": form, "community": community})


@require_POST
@once
def membership(request, pk):
    """Join; or, where one is in, leave."""
    community = get_object_or_404(Community, pk=pk)
    if queries.membership(community, request.user):
        actions.leave(community, by=request.user)
        messages.success(request, _("You have left."))
    else:
        actions.join(community, by=request.user)
        messages.success(request, _("You are in."))
    return redirect(community)


@require_POST
@once
def steward(request, pk):
    """A steward names another member one, too."""
    community = get_object_or_404(Community, pk=pk)
    acts = acts_in_academy(request.user)
    require(keeps(queries.membership(community, request.user), acts))
    number = request.POST.get("member", "")
    rows = CommunityMember.objects.select_related("person", "community")
    member = get_object_or_404(rows, community=community, pk=number if number.isdecimal() else 0)
    actions.name_steward(member)
    messages.success(request, _("Named a steward."))
    return redirect(community)
