"""Criteria that are computed: which measure answers them, and what it last read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Status


class Assessment(models.TextChoices):
    MET = "met", _("Met")
    PARTLY = "partly", _("Partly")
    NOT_MET = "not_met", _("Not met")
    NO_DATA = "no_data", _("No data")


class Operator(models.TextChoices):
    AT_LEAST = ">=", "≥"
    AT_MOST = "<=", "≤"


class Bound(models.Model):
    """The binding of a criterion to a measure; without a measure people judge it.

    measure    key in the register of measures
    operator   on which side of `threshold` the criterion is met
    threshold  in the measure's unit; `partly` the weaker one from which it is partly met
    """

    measure = models.CharField(max_length=60, blank=True)
    operator = models.CharField(max_length=2, choices=Operator, blank=True)
    threshold = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    partly = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_bound(self):
        return bool(self.measure)


# What a review's criterion takes over from its definition.
COPIED = [field.name for field in Bound._meta.fields]

BOUND_WHOLLY = Q(measure="", operator="", threshold=None, partly=None) | ~Q(measure="") & Q(
    operator__in=Operator.values, threshold__isnull=False
)


class CriterionFact(models.Model):
    """What a measure last read for one criterion of an open review; frozen when its room opens.

    numerator, denominator, n, status, as_of, detail   as the measure's Reading said
    figure    in the measure's unit; none when nothing was measured
    state     what the figure makes of the criterion, before anybody's judgement
    read_at   when it was last computed, whether it had changed or not
    """

    criterion = models.OneToOneField(
        "gates.ReviewCriterion", primary_key=True, on_delete=models.CASCADE, related_name="fact"
    )
    numerator = models.DecimalField(max_digits=24, decimal_places=6, default=0)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, default=0)
    n = models.PositiveIntegerField(default=0)
    status = models.CharField(
        max_length=10, choices=[(status.value, status.value) for status in Status]
    )
    as_of = models.DateField(null=True, blank=True)
    detail = models.TextField(blank=True)
    figure = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    state = models.CharField(max_length=8, choices=Assessment)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_fact_s_status_is_known",
                condition=Q(status__in=[status.value for status in Status]),
            ),
            models.CheckConstraint(
                name="a_fact_s_state_is_known",
                condition=Q(state__in=Assessment.values),
            ),
        ]

    def __str__(self):
        return f"{self.criterion_id} {self.figure}"
