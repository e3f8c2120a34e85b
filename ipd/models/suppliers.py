"""Suppliers, what they score month by month, and which parts they deliver."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Supplier(models.Model):
    """A company that delivers parts; everybody signed in may know of it."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=150)
    region = models.CharField(max_length=60, blank=True)
    delivers = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name", "id"], name="suppliers_by_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("ipd:supplier", args=[self.pk])


class SupplierScore(models.Model):
    """One month's scores, each 0 to 100 with 100 the best; `month` is its first day."""

    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="scores")
    month = models.DateField()
    quality = models.PositiveSmallIntegerField()
    delivery = models.PositiveSmallIntegerField()
    financial = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["supplier_id", "month"]
        constraints = [
            models.UniqueConstraint(
                name="a_supplier_is_scored_once_a_month", fields=["supplier", "month"]
            ),
            models.CheckConstraint(
                name="a_supplier_scores_0_to_100",
                condition=Q(quality__lte=100, delivery__lte=100, financial__lte=100),
            ),
            models.CheckConstraint(
                name="a_score_s_month_is_its_first_day", condition=Q(month__day=1)
            ),
        ]

    def __str__(self):
        return f"{self.supplier_id} {self.month:%Y-%m}"


class SourceState(models.TextChoices):
    APPROVED = "approved", _("Approved")
    QUALIFYING = "qualifying", _("Qualifying")
    CANDIDATE = "candidate", _("Candidate")
    STOPPED = "stopped", _("Stopped")


class Source(models.Model):
    """A supplier of a part; `percent` says how far its qualification is, `share` of the volume."""

    part = models.ForeignKey("ipd.Part", on_delete=models.CASCADE, related_name="sources")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="sources")
    state = models.CharField(max_length=12, choices=SourceState, default=SourceState.CANDIDATE)
    percent = models.PositiveSmallIntegerField(default=0)
    share = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["part_id", "-share", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_supplier_is_a_part_s_source_once", fields=["part", "supplier"]
            ),
            models.CheckConstraint(
                name="source_state_is_known", condition=Q(state__in=SourceState.values)
            ),
            models.CheckConstraint(
                name="a_source_has_percents_up_to_100",
                condition=Q(percent__lte=100, share__lte=100),
            ),
            models.CheckConstraint(
                name="only_an_approved_source_has_a_share",
                condition=Q(share=0) | Q(state=SourceState.APPROVED),
            ),
        ]

    def __str__(self):
        return f"{self.part_id} {self.supplier_id}"
