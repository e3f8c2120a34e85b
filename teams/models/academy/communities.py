"""Communities of practice around a topic, their lessons, and badges for what was taken up."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Community(models.Model):
    """People who practise the same thing; open to everybody who joins."""

    name = models.CharField(max_length=120, unique=True)
    about = models.TextField()
    competency = models.ForeignKey(
        "teams.Competency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="communities",
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_on = models.DateField()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "communities"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("teams:community", args=[self.pk])


class CommunityMember(models.Model):
    """Somebody in a community; stewards take up lessons, and name further stewards."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    is_steward = models.BooleanField(default=False)
    joined_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_is_in_a_community_once", fields=["community", "person"]
            )
        ]

    def __str__(self):
        return f"{self.person_id} in {self.community_id}"


class PostKind(models.TextChoices):
    NOTE = "note", _("Note or question")
    LESSON = "lesson", _("Lesson")


class PostState(models.TextChoices):
    OPEN = "open", _("Told")
    PROPOSED = "proposed", _("Waiting for a steward")
    ACCEPTED = "accepted", _("Taken up")
    RETURNED = "returned", _("Returned")


class CommunityPost(models.Model):
    """A note or question, or a lesson that a steward takes up or returns with a remark."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=PostKind)
    title = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=8, choices=PostState, default=PostState.OPEN)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)
    remark = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(name="posts_of_a_community", fields=["community", "-id"]),
            models.Index(name="lessons_of_a_community", fields=["community", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="the_kind_of_a_post_is_known", condition=Q(kind__in=PostKind.values)
            ),
            models.CheckConstraint(
                name="a_note_is_told_and_a_lesson_is_answered",
                condition=Q(kind=PostKind.NOTE, state=PostState.OPEN)
                | Q(
                    kind=PostKind.LESSON,
                    state__in=[PostState.PROPOSED, PostState.ACCEPTED, PostState.RETURNED],
                ),
            ),
            models.CheckConstraint(
                name="nobody_takes_up_their_own_lesson",
                condition=Q(answered_by=None) | ~Q(answered_by=F("author")),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("teams:community-post", args=[self.pk])


class CommunityReply(models.Model):
    """What a member says to a post."""

    post = models.ForeignKey(CommunityPost, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "community replies"

    def __str__(self):
        return self.text[:40]


class Badge(models.Model):
    """For one accepted contribution: a module's text that came into force, or a lesson."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="badges"
    )
    text = models.OneToOneField(
        "teams.ModuleText", null=True, blank=True, on_delete=models.PROTECT, related_name="badge"
    )
    lesson = models.OneToOneField(
        CommunityPost, null=True, blank=True, on_delete=models.PROTECT, related_name="badge"
    )
    earned_on = models.DateField()

    class Meta:
        ordering = ["-earned_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_badge_is_for_one_contribution",
                condition=Q(text=None, lesson__isnull=False) | Q(text__isnull=False, lesson=None),
            )
        ]

    def __str__(self):
        return f"{self.person_id} {self.earned_on}"

    @property
    def title(self) -> str:
        return str(self.text.title if self.text_id else self.lesson.title)
