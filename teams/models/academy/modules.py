"""Modules: what is read, in versions and languages, and the items that ask about it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from teams.calculations.months import last_day, month_of, shifted

CORE_LANGUAGE = "en"


class LearningModuleQuerySet(models.QuerySet):
    def taught(self):
        """Those not taken out of use."""
        return self.filter(retired_on=None)


class LearningModule(models.Model):
    """A module, whatever its text is today; its owner answers for what it says.

    `review_months` is how long it stands without a review before it has expired.
    """

    code = models.CharField(max_length=20, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="modules",
    )
    is_compulsory = models.BooleanField(default=True)
    review_months = models.PositiveSmallIntegerField(default=12)
    reviewed_on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    objects = LearningModuleQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                name="a_module_is_reviewed_every_so_many_months", condition=Q(review_months__gte=1)
            )
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("teams:module", args=[self.code])

    @property
    def expires_on(self) -> date | None:
        """The day from which nobody has reviewed it for too long; None before its first review."""
        if self.reviewed_on is None:
            return None
        month = shifted(month_of(self.reviewed_on), self.review_months)
        return month.replace(day=min(last_day(month).day, self.reviewed_on.day))

    @property
    def has_expired(self) -> bool:
        return self.expires_on is not None and self.expires_on <= today()


class TextState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Waiting for a colleague's approval")
    APPROVED = "approved", _("In force")
    SUPERSEDED = "superseded", _("Superseded")
    RETURNED = "returned", _("Returned")


class ModuleTextQuerySet(models.QuerySet):
    def in_force(self):
        """The texts that are read today: approved ones of modules that are taught."""
        return self.filter(state=TextState.APPROVED, module__retired_on=None)


class ModuleText(models.Model):
    """One version of a module in one language: the core, or a local variant of it.

    `number` counts the texts of a module and language. A variant says the version of the core it
    was made from (`base_version`), and holds the sections it replaces; the core's is blank.
    `front` keeps the rest of the front matter: objectives, sections, competencies,
    prerequisites. `source` is the whole file, as it came in and goes out again.
    """

    module = models.ForeignKey(LearningModule, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12, default=CORE_LANGUAGE)
    number = models.PositiveSmallIntegerField(default=1)
    version = models.CharField(max_length=20)
    base_version = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField(default=0)
    front = models.JSONField(default=dict)
    source = models.TextField()
    state = models.CharField(max_length=10, choices=TextState, default=TextState.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    remark = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1)

    objects = ModuleTextQuerySet.as_manager()

    class Meta:
        ordering = ["module_id", "language", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="a_module_s_texts_are_numbered", fields=["module", "language", "number"]
            ),
            models.UniqueConstraint(
                name="one_text_of_a_module_and_language_is_in_force",
                fields=["module", "language"],
                condition=Q(state="approved"),
            ),
            models.CheckConstraint(
                name="the_state_of_a_text_is_known", condition=Q(state__in=TextState.values)
            ),
            models.CheckConstraint(
                name="nobody_approves_their_own_text",
                condition=Q(author=None) | Q(approved_by=None) | ~Q(approved_by=models.F("author")),
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.version} ({self.language})"


class ItemPool(models.Model):
    """How an assessment of a module is drawn and passed.

    `cells` is a list of objects with `objective`, `difficulties` and `draw`.
    """

    module = models.OneToOneField(LearningModule, on_delete=models.PROTECT, related_name="pool")
    version = models.CharField(max_length=20)
    draw = models.PositiveSmallIntegerField()
    cut_percent = models.PositiveSmallIntegerField()
    wait_hours = models.PositiveSmallIntegerField()
    cells = models.JSONField()
    source = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_cut_score_is_a_percentage", condition=Q(cut_percent__range=(1, 100))
            ),
            models.CheckConstraint(name="an_assessment_asks_something", condition=Q(draw__gte=1)),
        ]

    def __str__(self):
        return f"{self.module_id} {self.version}"


class ItemKind(models.TextChoices):
    SINGLE = "single", _("One answer")
    MULTIPLE = "multiple", _("Several answers")
    NUMBER = "number", _("A number")
    ORDER = "order", _("An order")


class ModuleItem(models.Model):
    """One item of a pool. A changed item is a new row: what was asked stays as it was asked.

    `content` holds options (text, right), steps, or answer, tolerance, unit and formula; it
    leaves the server only in the shape that `queries.academy.items` gives it.
    """

    module = models.ForeignKey(LearningModule, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=30)
    number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=ItemKind)
    objective = models.CharField(max_length=30)
    competency = models.ForeignKey(
        "teams.Competency", on_delete=models.PROTECT, related_name="items"
    )
    difficulty = models.PositiveSmallIntegerField()
    stem = models.TextField()
    content = models.JSONField()
    explanation = models.TextField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["module_id", "code", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="an_item_s_versions_are_numbered", fields=["code", "number"]
            ),
            models.UniqueConstraint(
                name="one_version_of_an_item_is_asked",
                fields=["code"],
                condition=Q(retired_at=None),
            ),
            models.CheckConstraint(
                name="the_kind_of_an_item_is_known", condition=Q(kind__in=ItemKind.values)
            ),
            models.CheckConstraint(
                name="an_item_recalls_applies_or_judges", condition=Q(difficulty__range=(1, 3))
            ),
        ]

    def __str__(self):
        return self.code
