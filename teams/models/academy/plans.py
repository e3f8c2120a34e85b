"""Development plans: where a learner stands, what they aim at, and who has signed that."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Waits for signatures")
    RETURNED = "returned", _("Returned")
    AGREED = "agreed", _("Agreed")
    SUPERSEDED = "superseded", _("Superseded")


class PlanRole(models.TextChoices):
    LEARNER = "learner", _("Learner")
    MENTOR = "mentor", _("Mentor")
    MANAGER = "manager", _("Manager")


class DevelopmentPlan(models.Model):
    """One version of a learner's plan for one element of the path; `number` counts the versions.

    A signed one is never changed: a change is the next version, and is signed anew. The one
    that was agreed stays in force until the next is agreed.
    """

    enrolment = models.ForeignKey(
        "teams.Enrolment", on_delete=models.PROTECT, related_name="development_plans"
    )
    element = models.ForeignKey(
        "teams.PathElement", on_delete=models.PROTECT, related_name="development_plans"
    )
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    made_on = models.DateField()
    agreed_on = models.DateField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    remark = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["enrolment_id", "element_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="the_versions_of_a_plan_are_numbered",
                fields=["enrolment", "element", "number"],
            ),
            models.UniqueConstraint(
                name="one_version_of_a_plan_is_agreed",
                fields=["enrolment", "element"],
                condition=Q(state=PlanState.AGREED),
            ),
            models.UniqueConstraint(
                name="one_version_of_a_plan_is_being_made",
                fields=["enrolment", "element"],
                condition=Q(state__in=[PlanState.DRAFT, PlanState.PROPOSED]),
            ),
            models.CheckConstraint(
                name="the_state_of_a_plan_is_known", condition=Q(state__in=PlanState.values)
            ),
            models.CheckConstraint(
                name="an_agreed_plan_has_its_day",
                condition=~Q(state=PlanState.AGREED) | Q(agreed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="who_returns_a_plan_says_why",
                condition=~Q(state=PlanState.RETURNED)
                | ~Q(remark="") & Q(returned_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="plans_to_be_signed", fields=["enrolment"], condition=Q(state="proposed")
            )
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.element_id} {self.number}"

    def get_absolute_url(self):
        return reverse("teams:development-plan", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == PlanState.DRAFT

    @property
    def tone(self) -> str:
        return {"proposed": "info", "returned": "risk", "agreed": "on"}.get(self.state, "none")


class DevelopmentLevel(models.Model):
    """Where a learner places themselves in one competency, with a situation that shows it."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="levels")
    competency = models.ForeignKey("teams.Competency", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    situation = models.TextField()

    class Meta:
        ordering = ["plan_id", "competency_id"]
        constraints = [
            models.UniqueConstraint(
                name="a_plan_says_one_level_per_competency", fields=["plan", "competency"]
            ),
            models.CheckConstraint(
                name="a_learner_stands_at_one_of_five_levels", condition=Q(level__range=(1, 5))
            ),
        ]

    def __str__(self):
        return f"{self.plan_id} {self.competency_id}"


class DevelopmentGoal(models.Model):
    """From a level to a level: by which acts, seen by which evidence, until when."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="goals")
    competency = models.ForeignKey("teams.Competency", on_delete=models.PROTECT, related_name="+")
    from_level = models.PositiveSmallIntegerField()
    to_level = models.PositiveSmallIntegerField()
    acts = models.TextField()
    evidence = models.TextField()
    due_on = models.DateField()

    class Meta:
        ordering = ["plan_id", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_plan_has_one_goal_per_competency", fields=["plan", "competency"]
            ),
            models.CheckConstraint(
                name="a_goal_leads_upwards_within_five_levels",
                condition=Q(from_level__gte=1, to_level__lte=5, to_level__gt=F("from_level")),
            ),
        ]

    def __str__(self):
        return f"{self.plan_id} {self.competency_id}"


class DevelopmentSignature(models.Model):
    """Somebody signed a version of a plan; `sha256` is of what it said. Kept for good."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=8, choices=PlanRole)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["plan_id", "signed_at"]
        constraints = [
            models.UniqueConstraint(name="each_role_signs_a_plan_once", fields=["plan", "role"]),
            models.CheckConstraint(
                name="a_plan_is_signed_in_a_known_role", condition=Q(role__in=PlanRole.values)
            ),
        ]

    def __str__(self):
        return f"{self.plan_id} {self.role}"


class Standing(models.TextChoices):
    """How far a goal is on the day of a check."""

    REACHED = "reached", _("Reached")
    ON_TRACK = "on_track", _("On track")
    BEHIND = "behind", _("Behind")
    DROPPED = "dropped", _("No longer wanted")


class DevelopmentCheck(models.Model):
    """What was said of one goal at a check, once a quarter. Kept for good."""

    goal = models.ForeignKey(DevelopmentGoal, on_delete=models.PROTECT, related_name="checks")
    standing = models.CharField(max_length=8, choices=Standing)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField()

    class Meta:
        ordering = ["goal_id", "-checked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_goal_s_standing_is_known", condition=Q(standing__in=Standing.values)
            )
        ]

    def __str__(self):
        return f"{self.goal_id} {self.checked_on}"

    @property
    def tone(self) -> str:
        return {"reached": "on", "on_track": "on", "behind": "risk"}.get(self.standing, "waived")
