"""Communities of practice, who is in them, and what was told."""

from datetime import UTC

from django.db.models.functions import TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Choice, Day, Reference, Text, YesNo
from ipd.kernel.tables.register import after_import, table
from ipd.kernel.tables.table import PK, ModelTable
from teams.actions.academy import badges
from teams.models import Community, CommunityMember, CommunityPost
from teams.models.academy.communities import PostKind, PostState
from teams.tables.academy.practice import at_noon


@table
class Communities(ModelTable):
    name, title = "communities", _("Communities")
    about = _("People who practise the same thing; each community has a name of its own.")
    model, key = Community, ("name",)
    columns = (
        Text(name="name", longest=120),
        Text(name="about", longest=4000),
        Reference(name="started_by", to="people", path="started_by__code"),
        Day(name="started_on"),
    )


@table
class CommunityMembers(ModelTable):
    name, title = "community_members", _("Members of communities")
    about = _("Who is in a community, since when, and whether they keep it.")
    model, key = CommunityMember, ("community", "person")
    columns = (
        Reference(name="community", to="communities", path="community__name"),
        Reference(name="person", to="people", path="person__code"),
        Day(name="joined_on"),
        YesNo(name="is_steward"),
    )


@table
class CommunityPosts(ModelTable):
    name, title = "community_posts", _("Posts of communities")
    about = _("Notes and lessons. A lesson that was taken up earns its author a badge.")
    model, key = CommunityPost, ("community", "title")
    columns = (
        Reference(name="community", to="communities", path="community__name"),
        Text(name="title", longest=200),
        Choice(name="kind", choices=tuple(PostKind.values)),
        Reference(name="author", to="people", path="author__code"),
        Text(name="text", longest=20_000),
        Day(name="told_on", path="told"),
        Choice(name="state", choices=tuple(PostState.values)),
        Reference(name="answered_by", to="people", path="answered_by__code", required=False),
        Day(name="answered_on", required=False),
    )

    def rows_of(self):
        return super().rows_of().annotate(told=TruncDate("made_at", tzinfo=UTC))

    def check(self, rows, company):
        for row in rows:
            if row["answered_on"] and row["answered_on"] < row["told_on"]:
                company.problem(self, row, "answered_on", gettext("a day not before told_on"))
            is_note = row["kind"] == PostKind.NOTE
            if is_note != (row["state"] == PostState.OPEN):
                accepted = gettext("open for a note; proposed, accepted or returned for a lesson")
                company.problem(self, row, "state", accepted)
            if row["answered_by"] is not None and row["answered_by"] == row["author"]:
                company.problem(self, row, "answered_by", gettext("somebody else than its author"))

    def values(self, row, company, names=None):
        values = super().values(row, company, names)
        if "told" in values:
            values["made_at"] = at_noon(values.pop("told"))
        return values

    def add(self, rows, company):
        """A new row is of this moment; the day on which it was told is put in afterwards."""
        super().add(rows, company)
        made = [CommunityPost(pk=row[PK], made_at=at_noon(row["told_on"])) for row in rows]
        CommunityPost.objects.bulk_update(made, ["made_at"])


@after_import
def give_badges(company) -> None:
    """A badge for every lesson that was taken up, whoever brought it in."""
    lessons = CommunityPost.objects.filter(state=PostState.ACCEPTED, badge=None)
    for lesson in lessons.select_related("author"):
        badges.give(lesson.author, lesson=lesson, on=lesson.answered_on)
