"""What was promised to customers outside, and whether a committed requirement stands behind it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.models.products import OfProductQuerySet, Product
from ipd.models.requirement_words import Level, RequirementStatus

BACKING = (
    RequirementStatus.COMMITTED,
    RequirementStatus.DELIVERED,
    RequirementStatus.CONFIRMED,
)


class PromiseState(models.TextChoices):
    OPEN = "open", _("Open")
    KEPT = "kept", _("Kept")
    BROKEN = "broken", _("Broken")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PromiseQuerySet(OfProductQuerySet):
    def open(self):
        return self.filter(state=PromiseState.OPEN)

    def unbacked(self):
        """Open ones that no committed initial requirement of their product stands behind."""
        backed = Q(requirement__level=Level.IR, requirement__status__in=BACKING) & Q(
            requirement__product=F("product")
        )
        return self.open().exclude(backed)


class CustomerPromise(models.Model):
    """A date or a feature that somebody promised to a customer.

    requirement  the committed initial requirement that backs it
    due_on       the day that was promised; None: a feature without a day
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="promises")
    customer = models.CharField(max_length=150)
    text = models.CharField(max_length=300)
    promised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    promised_on = models.DateField(default=today)
    due_on = models.DateField(null=True, blank=True)
    requirement = models.ForeignKey(
        "ipd.Requirement", null=True, blank=True, on_delete=models.PROTECT, related_name="promises"
    )
    state = models.CharField(max_length=10, choices=PromiseState, default=PromiseState.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["product_id", F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_customer_is_promised_a_thing_once",
                fields=["product", "customer", "text"],
            ),
            models.CheckConstraint(
                name="a_promise_is_open_or_has_its_end",
                condition=Q(state=PromiseState.OPEN, closed_on=None)
                | ~Q(state=PromiseState.OPEN) & Q(closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="promise_state_is_known", condition=Q(state__in=PromiseState.values)
            ),
        ]

    def __str__(self):
        return f"{self.customer}: {self.text}"

    def get_absolute_url(self):
        return reverse("ipd:promise", args=[self.pk])

    @property
    def is_backed(self):
        """A committed initial requirement of the same product stands behind it."""
        requirement = self.requirement
        return (
            requirement is not None
            and requirement.level == Level.IR
            and requirement.status in BACKING
            and requirement.product_id == self.product_id
        )
