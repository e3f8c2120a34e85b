"""Communities of practice as they are read, and the badges a person has."""

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from ipd.kernel import keyset
from ipd.kernel.lists import how_many
from teams.models import Badge, Community, CommunityMember, CommunityPost, Person
from teams.models.academy.communities import PostState
from teams.queries.academy.waiting import NO_DAY, waits

PAGE, MEMBERS = 30, 50
KEYS = ["-pk"]
MEMBER_KEYS = ["place", "person__name", "pk"]
OPEN_TO_ALL = (PostState.OPEN, PostState.ACCEPTED)  # notes, and lessons that were taken up


def communities(reader: Person) -> QuerySet[Community]:
    """All of them, with how many are in, what was told, and whether the reader is in."""
    members = CommunityMember.objects.filter(community=OuterRef("pk"))
    posts = CommunityPost.objects.filter(community=OuterRef("pk"))
    return Community.objects.select_related("competency").annotate(
        people=how_many(members, "community"),
        told=how_many(posts, "community"),
        lessons=how_many(posts.filter(state=PostState.ACCEPTED), "community"),
        is_in=Exists(members.filter(person=reader)),
    )


def membership(community: Community, person: Person) -> CommunityMember | None:
    return CommunityMember.objects.filter(community=community, person=person).first()


def members(community: Community, *, after: str = "") -> keyset.Slice:
    """Stewards first, then by name, page by page."""
    place = Case(When(is_steward=True, then=0), default=1, output_field=IntegerField())
    rows = CommunityMember.objects.filter(community=community).annotate(place=place)
    rows = rows.select_related("person")
    return keyset.part(rows, MEMBER_KEYS, after=after, size=MEMBERS)


def member_count(community: Community) -> int:
    return CommunityMember.objects.filter(community=community).count()


def posts(
    community: Community, reader: Person, *, kind: str = "", after: str = "", steward: bool = False
) -> keyset.Slice:
    """What was told, the newest first. A lesson that is not taken up is its author's and the
    stewards' affair."""
    rows = CommunityPost.objects.filter(community=community).select_related("author")
    if not steward:
        rows = rows.filter(Q(state__in=OPEN_TO_ALL) | Q(author=reader))
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.annotate(answers=Count("replies"))
    return keyset.part(rows, KEYS, after=after, size=PAGE)


def badges_of(person: Person) -> list[Badge]:
    rows = Badge.objects.filter(person=person)
    return list(rows.select_related("text__module", "lesson__community"))


@waits(text=_("Take up or return the lesson of %(who)s: %(what)s"), route="teams:community-post")
def lessons(person: Person) -> QuerySet:
    """Lessons that wait for a steward who did not write them."""
    rows = CommunityPost.objects.filter(
        state=PostState.PROPOSED,
        community__members__person=person,
        community__members__is_steward=True,
    ).exclude(author=person)
    return rows.values_list("pk", "author__name", "title", NO_DAY)
