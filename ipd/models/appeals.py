"""$APPEALS sheets: why customers of one segment buy, and how offers look to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ipd.kernel.days import today
from ipd.models.products import OfProductQuerySet, Product
from ipd.models.requirement_words import BuyingCriterion

CUSTOMERS_NEEDED = 3


class AppealsSheet(models.Model):
    """One segment's view on one day; a later view is another sheet, so none is overwritten.

    customers  how many customers the weights come from; below three it is an internal opinion
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="appeals_sheets")
    segment = models.CharField(max_length=120)
    on = models.DateField(default=today)
    customers = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfProductQuerySet.as_manager()

    class Meta:
        ordering = ["product_id", "-on", "segment"]
        constraints = [
            models.UniqueConstraint(
                name="one_sheet_per_product_segment_and_day", fields=["product", "segment", "on"]
            )
        ]

    def __str__(self):
        return f"{self.segment} {self.on}"

    def get_absolute_url(self):
        return reverse("ipd:appeals-sheet", args=[self.pk])

    @property
    def is_internal_opinion(self):
        return self.customers < CUSTOMERS_NEEDED


class AppealsWeight(models.Model):
    """The share of one buying criterion in the segment's choice; a sheet's weights sum to 1."""

    sheet = models.ForeignKey(AppealsSheet, on_delete=models.CASCADE, related_name="weights")
    criterion = models.CharField(max_length=12, choices=BuyingCriterion)
    weight = models.DecimalField(max_digits=4, decimal_places=3)

    class Meta:
        ordering = ["sheet_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_sheet_weighs_a_criterion_once", fields=["sheet", "criterion"]
            ),
            models.CheckConstraint(
                name="a_weight_is_a_share", condition=Q(weight__gte=0, weight__lte=1)
            ),
            models.CheckConstraint(
                name="a_weighed_criterion_is_known",
                condition=Q(criterion__in=BuyingCriterion.values),
            ),
        ]

    def __str__(self):
        return self.criterion


class AppealsOffer(models.Model):
    """An offer on the sheet: the own product, or a competitor's."""

    sheet = models.ForeignKey(AppealsSheet, on_delete=models.CASCADE, related_name="offers")
    name = models.CharField(max_length=120)
    is_own = models.BooleanField(default=False)

    class Meta:
        ordering = ["sheet_id", "-is_own", "name"]
        constraints = [
            models.UniqueConstraint(
                name="an_offer_stands_once_on_its_sheet", fields=["sheet", "name"]
            ),
            models.UniqueConstraint(
                name="a_sheet_has_one_own_offer", fields=["sheet"], condition=Q(is_own=True)
            ),
        ]

    def __str__(self):
        return self.name


class AppealsScore(models.Model):
    """How the segment's customers see an offer on one criterion, 1 (poor) to 10."""

    offer = models.ForeignKey(AppealsOffer, on_delete=models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=12, choices=BuyingCriterion)
    score = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["offer_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_offer_is_scored_once_on_a_criterion", fields=["offer", "criterion"]
            ),
            models.CheckConstraint(
                name="an_appeals_score_is_1_to_10", condition=Q(score__gte=1, score__lte=10)
            ),
        ]

    def __str__(self):
        return f"{self.criterion} {self.score}"
