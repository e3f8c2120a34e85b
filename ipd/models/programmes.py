"""Replacement programmes: parts that have to go, and boards that are requalified for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.models.products import OfProductQuerySet


class Reason(models.TextChoices):
    OBSOLETE = "obsolete", _("Obsolete")
    RESTRICTED = "restricted", _("Restricted supply")
    COST = "cost", _("Cost")


class Resolution(models.TextChoices):
    LTB = "ltb", _("Last-time buy")
    DROP_IN = "drop_in", _("Drop-in substitute")
    SECOND_SOURCE = "second_source", _("Second source")
    BOARD_REDESIGN = "board_redesign", _("Board redesign")
    RETIRE = "retire", _("Retire")


class ItemStatus(models.TextChoices):
    IDENTIFIED = "identified", _("Identified")
    ANALYSED = "analysed", _("Analysed")
    DECIDED = "decided", _("Decided")
    QUALIFYING = "qualifying", _("Qualifying")
    RELEASED = "released", _("Released")
    CUT_IN = "cut_in", _("Cut in")
    VERIFIED = "verified", _("Verified")


ORDER = list(ItemStatus)
REPLACED = (ItemStatus.CUT_IN, ItemStatus.VERIFIED)
BEFORE_DECISION = (ItemStatus.IDENTIFIED, ItemStatus.ANALYSED)


class Programme(models.Model):
    """A programme; its months are whole ones, from the first to the last day's."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=150)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="programmes"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="a_programme_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            )
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    def get_absolute_url(self):
        return reverse("ipd:programme", args=[self.pk])


class ReplacementItem(models.Model):
    """One part of a programme, counted under one product.

    deadline_on     the last-order date: after it nothing can be bought any more
    done_month      first day of the month of its cut-in
    gap_before      weeks without the part (TTR − TTS) when it was entered
    first_time      whether its qualification passed at the first attempt; None until it ended
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="items")
    part = models.ForeignKey("ipd.Part", on_delete=models.PROTECT, related_name="replacements")
    product = models.ForeignKey("ipd.Product", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason)
    deadline_on = models.DateField(null=True, blank=True)
    resolution = models.CharField(max_length=14, choices=Resolution, blank=True)
    status = models.CharField(max_length=10, choices=ItemStatus, default=ItemStatus.IDENTIFIED)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    planned_month = models.DateField()
    done_month = models.DateField(null=True, blank=True)
    gap_before = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    first_time = models.BooleanField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfProductQuerySet.as_manager()

    class Meta:
        ordering = ["programme_id", "planned_month", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_part_is_in_a_programme_once", fields=["programme", "part"]
            ),
            models.CheckConstraint(
                name="replacement_reason_is_known", condition=Q(reason__in=Reason.values)
            ),
            models.CheckConstraint(
                name="replacement_status_is_known", condition=Q(status__in=ItemStatus.values)
            ),
            models.CheckConstraint(
                name="a_decided_replacement_has_its_resolution",
                condition=Q(status__in=BEFORE_DECISION) | ~Q(resolution=""),
            ),
            models.CheckConstraint(
                name="a_replaced_part_has_its_month",
                condition=Q(status__in=REPLACED, done_month__isnull=False)
                | ~Q(status__in=REPLACED) & Q(done_month=None),
            ),
            models.CheckConstraint(
                name="a_replacement_s_months_are_first_days",
                condition=Q(planned_month__day=1) & (Q(done_month=None) | Q(done_month__day=1)),
            ),
        ]

    def __str__(self):
        return f"{self.programme_id} {self.part_id}"

    @property
    def following(self) -> str:
        """The status after this one; blank at the end."""
        place = ORDER.index(self.status) + 1
        return ORDER[place].value if place < len(ORDER) else ""

    @property
    def following_word(self):
        return ItemStatus(self.following).label if self.following else ""


class ReplacementBoard(models.Model):
    """A board that has to be requalified because parts on it are replaced."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="boards")
    board = models.ForeignKey("ipd.Part", on_delete=models.PROTECT, related_name="requalified")
    product = models.ForeignKey("ipd.Product", on_delete=models.PROTECT, related_name="+")
    planned_month = models.DateField()
    done_month = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfProductQuerySet.as_manager()

    class Meta:
        ordering = ["programme_id", "planned_month", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_board_is_in_a_programme_once", fields=["programme", "board"]
            ),
            models.CheckConstraint(
                name="a_board_s_months_are_first_days",
                condition=Q(planned_month__day=1) & (Q(done_month=None) | Q(done_month__day=1)),
            ),
        ]

    def __str__(self):
        return f"{self.programme_id} {self.board_id}"
