"""What is done against exposure, rung by rung, and what a team states about its supply."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.models.products import MaybeOfProductQuerySet


class Rung(models.TextChoices):
    """From the cheapest to the dearest: survive longer, recover sooner, do without."""

    BUFFER = "buffer", _("Raise the buffer")
    SECOND_SOURCE = "second_source", _("Second source or alternate")
    REDESIGN = "redesign", _("Redesign")
    DROP = "drop", _("Drop the feature")


class PlanState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Given up")


OPEN_STATES = (PlanState.PLANNED, PlanState.RUNNING)


class SupplyActionQuerySet(MaybeOfProductQuerySet):
    def open(self):
        return self.filter(state__in=OPEN_STATES)

    def owned(self):
        """Open ones that somebody answers for: what counts as a plan."""
        return self.open().filter(owner__isnull=False)


class SupplyAction(models.Model):
    """One step against the loss of a part, for one product or (blank) for all that need it.

    ttr_after, tts_after   weeks once it is done, where it changes them
    """

    part = models.ForeignKey("ipd.Part", on_delete=models.CASCADE, related_name="actions")
    number = models.PositiveSmallIntegerField()
    product = models.ForeignKey(
        "ipd.Product", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rung = models.CharField(max_length=14, choices=Rung)
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="supply_actions",
    )
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=PlanState, default=PlanState.PLANNED)
    ttr_after = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    tts_after = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SupplyActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_supply_action_has_its_number_in_its_part", fields=["part", "number"]
            ),
            models.CheckConstraint(
                name="supply_action_is_on_a_known_rung", condition=Q(rung__in=Rung.values)
            ),
            models.CheckConstraint(
                name="supply_action_state_is_known", condition=Q(state__in=PlanState.values)
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def is_open(self):
        return self.state in OPEN_STATES

    @property
    def is_late(self):
        return self.is_open and self.due_on < today()


class Element(models.TextChoices):
    """Elements of supply that no table can tell: the team states them."""

    LOGISTICS = "logistics", _("Logistics, regions, trade compliance")
    SUSTAINING = "sustaining", _("Sustaining stock: spares, last-time buy")


class SupplyStatement(models.Model):
    """What a product's team says of such an element, and whether it is ready for its next gate."""

    product = models.ForeignKey(
        "ipd.Product", on_delete=models.CASCADE, related_name="supply_statements"
    )
    element = models.CharField(max_length=12, choices=Element)
    is_ready = models.BooleanField(default=False)
    text = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["product_id", "element"]
        constraints = [
            models.UniqueConstraint(
                name="an_element_of_supply_is_stated_once", fields=["product", "element"]
            ),
            models.CheckConstraint(
                name="element_of_supply_is_known", condition=Q(element__in=Element.values)
            ),
        ]

    def __str__(self):
        return self.text
