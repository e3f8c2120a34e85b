"""Communities of practice: started, joined, talked in; lessons are taken up or returned."""

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import badges
from teams.models import (
    Community,
    CommunityMember,
    CommunityPost,
    CommunityReply,
    Competency,
    Person,
)
from teams.models.academy.communities import PostKind, PostState


@transaction.atomic
def start(*, name: str, about: str, competency: Competency | None, by: Person) -> Community:
    """Who starts a community is its first member and steward."""
    if Community.objects.filter(name__iexact=name).exists():
        raise Refused(_("There is a community of this name. Join it."))
    community = Community.objects.create(
        name=name, about=about, competency=competency, started_by=by, started_on=today()
    )
    CommunityMember.objects.create(
        community=community, person=by, is_steward=True, joined_on=today()
    )
    return community


@transaction.atomic
def edit(community: Community, *, name: str, about: str, competency: Competency | None) -> None:
    if Community.objects.filter(name__iexact=name).exclude(pk=community.pk).exists():
        raise Refused(_("There is a community of this name."))
    community.name, community.about, community.competency = name, about, competency
    community.save(update_fields=["name", "about", "competency"])


def join(community: Community, *, by: Person) -> None:
    """Joining twice is joining once."""
    CommunityMember.objects.get_or_create(
        community=community, person=by, defaults={"joined_on": today()}
    )


@transaction.atomic
def leave(community: Community, *, by: Person) -> None:
    """A community keeps a steward as long as it has members."""
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    members = CommunityMember.objects.filter(community=community)
    others = members.exclude(person=by)
    is_steward = members.filter(person=by, is_steward=True).exists()
    if is_steward and others.exists() and not others.filter(is_steward=True).exists():
        raise Refused(_("Name another steward before you leave."))
    members.filter(person=by).delete()


@transaction.atomic
def name_steward(member: CommunityMember) -> None:
    member.is_steward = True
    member.save(update_fields=["is_steward"])
    tell(
        [member.person],
        news=f"steward:{member.pk}",
        text=_("You are a steward of %(name)s.") % {"name": member.community.name},
        link=member.community.get_absolute_url(),
        why=_("You are a member of this community."),
    )


@transaction.atomic
def post(
    community: Community, *, kind: PostKind, title: str, text: str, by: Person
) -> CommunityPost:
    """A note is told at once; a lesson waits for a steward, who is told."""
    _member(community, by)
    is_lesson = kind == PostKind.LESSON
    made = CommunityPost.objects.create(
        community=community,
        author=by,
        kind=kind,
        title=title,
        text=text,
        state=PostState.PROPOSED if is_lesson else PostState.OPEN,
    )
    if is_lesson:
        _tell_stewards(made, by)
    return made


def _member(community: Community, person: Person) -> None:
    if not CommunityMember.objects.filter(community=community, person=person).exists():
        raise Refused(_("Join the community first."))


def _tell_stewards(lesson: CommunityPost, by: Person) -> None:
    stewards = Person.objects.filter(
        memberships__community=lesson.community_id, memberships__is_steward=True
    )
    tell(
        stewards.exclude(pk=by.pk),
        news=f"lesson:{lesson.pk}:{lesson.row_version}",
        text=_("%(name)s offers a lesson: %(title)s.") % {"name": by.name, "title": lesson.title},
        link=lesson.get_absolute_url(),
        why=_("You are a steward of this community."),
    )


def _locked(lesson: CommunityPost, seen_row_version: int) -> CommunityPost:
    rows = CommunityPost.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("author", "community").get(pk=lesson.pk)
    if found.row_version != seen_row_version:
        raise Stale(_("The post was changed while you were looking at it."))
    return found


@transaction.atomic
def rewrite(
    lesson: CommunityPost, *, title: str, text: str, by: Person, seen_row_version: int
) -> CommunityPost:
    """The author changes what was not taken up yet; a returned lesson is offered again."""
    lesson = _locked(lesson, seen_row_version)
    if lesson.author_id != by.pk:
        raise Refused(_("Only its author changes a post."))
    if lesson.state == PostState.ACCEPTED:
        raise Refused(_("A lesson that was taken up stays as it is. Write a new one."))
    lesson.title, lesson.text, lesson.row_version = title, text, lesson.row_version + 1
    if lesson.kind == PostKind.LESSON:
        lesson.state, lesson.answered_by, lesson.answered_on = PostState.PROPOSED, None, None
        _tell_stewards(lesson, by)
    lesson.save()
    return lesson


@transaction.atomic
def answer(
    lesson: CommunityPost, *, accepted: bool, remark: str, by: Person, seen_row_version: int
) -> CommunityPost:
    """A steward takes a lesson up, which earns its author a badge, or returns it with a remark."""
    lesson = _locked(lesson, seen_row_version)
    if lesson.state != PostState.PROPOSED:
        raise Refused(_("This does not wait for an answer."))
    if lesson.author_id == by.pk:
        raise Refused(_("Somebody else has to answer: nobody takes up their own lesson."))
    if not accepted and not remark.strip():
        raise Refused(_("Say what should be different."))
    lesson.state = PostState.ACCEPTED if accepted else PostState.RETURNED
    lesson.answered_by, lesson.answered_on, lesson.remark = by, today(), remark.strip()
    lesson.row_version += 1
    lesson.save()
    if accepted:
        badges.give(lesson.author, lesson=lesson)
        said = _("%(name)s took up your lesson: %(title)s.")
    else:
        said = _("%(name)s returned your lesson with a remark: %(title)s.")
    tell(
        [lesson.author],
        news=f"lesson:{lesson.pk}:{lesson.row_version}",
        text=said % {"name": by.name, "title": lesson.title},
        link=lesson.get_absolute_url(),
        why=_("You wrote this lesson."),
    )
    return lesson


@transaction.atomic
def reply(post: CommunityPost, *, text: str, by: Person) -> CommunityReply:
    """Members answer each other; the author is told."""
    _member(post.community, by)
    made = CommunityReply.objects.create(post=post, author=by, text=text)
    tell(
        [post.author] if post.author_id != by.pk else [],
        news=f"reply:{made.pk}",
        text=_("%(name)s answered: %(title)s.") % {"name": by.name, "title": post.title},
        link=post.get_absolute_url(),
        why=_("You wrote this post."),
    )
    return made
