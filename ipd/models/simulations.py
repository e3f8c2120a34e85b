"""Simulations of a plan: what was asked, with which seed, and what came out. Never changed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.models.plans import Plan


class Shape(models.TextChoices):
    OWN = "own", _("As each activity says")
    PERT = "pert", _("Beta-PERT for all")
    TRIANGULAR = "triangular", _("Triangular for all")


class Bounds(models.TextChoices):
    LIMITS = "limits", _("As the least and the most")
    P10_P90 = "p10_p90", _("As P10 and P90, tails extended")


class SimulationQuerySet(models.QuerySet):
    def of_plans(self):
        """Those of the plan itself, without what was only asked "what if"."""
        return self.filter(what_if_of=None)

    def newest_of(self, product_ids):
        """Each product's newest simulation of its plan, in one query."""
        return (
            self.of_plans()
            .filter(plan__product__in=list(product_ids))
            .order_by("plan_id", "-pk")
            .distinct("plan_id")
        )


class Simulation(models.Model):
    """One simulation of one version of a plan; `inputs` are frozen, so it can be run again.

    key              the job that made it, so that a job handed out twice makes one
    rho, rho_group   correlation between all activities, and within a group
    finishes         [day, runs that end on it], rising; every percentile and every
                     probability of a date is read from it
    p10_on … p90_on  days by which so many percent of the runs have ended
    planned_on       the finish with the likely durations; mean and sd in working days of the
                     plan's calendar from its first day of remaining work
    merge_days       how much later joining paths make the mean finish than mean durations do
    drivers          per risk: how often it happened and how much later the runs then ended
    lesson           which path decides, how often, and what else does (see `Lesson`)
    change           for a what-if: {"activity", "kind", "percent"}
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="simulations")
    plan_version = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    runs = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    shape = models.CharField(max_length=10, choices=Shape, default=Shape.OWN)
    bounds = models.CharField(max_length=10, choices=Bounds, default=Bounds.LIMITS)
    rho = models.FloatField()
    rho_group = models.FloatField()
    with_risks = models.BooleanField(default=False)
    contract_on = models.DateField(null=True, blank=True)
    inputs = models.JSONField()
    p10_on = models.DateField()
    p50_on = models.DateField()
    p80_on = models.DateField()
    p90_on = models.DateField()
    probability = models.FloatField(null=True, blank=True)
    mean_days = models.FloatField()
    sd_days = models.FloatField()
    merge_days = models.FloatField(default=0)
    finishes = models.JSONField()
    drivers = models.JSONField(default=list)
    lesson = models.JSONField(null=True, blank=True)
    planned_on = models.DateField()
    what_if_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="what_ifs"
    )
    change = models.JSONField(default=dict, blank=True)

    objects = SimulationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="a_simulation_has_runs", condition=Q(runs__gt=0)),
            models.CheckConstraint(
                name="correlation_within_a_group_is_not_below_that_of_all",
                condition=Q(rho__gte=0, rho_group__gte=models.F("rho"), rho_group__lte=1),
            ),
            models.CheckConstraint(
                name="percentiles_rise",
                condition=Q(
                    p10_on__lte=models.F("p50_on"),
                    p50_on__lte=models.F("p80_on"),
                    p80_on__lte=models.F("p90_on"),
                ),
            ),
            models.CheckConstraint(
                name="a_probability_is_between_none_and_all",
                condition=Q(probability=None) | Q(probability__gte=0, probability__lte=1),
            ),
        ]
        indexes = [
            models.Index(
                fields=["plan", "-id"], name="newest_of_a_plan", condition=Q(what_if_of=None)
            )
        ]

    def __str__(self):
        return f"{self.plan_id} {self.at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("ipd:simulation", args=[self.pk])


class SimulationActivity(models.Model):
    """What a simulation says of one activity; it outlives the activity, so it knows its code.

    criticality   share of the runs in which it lies on the critical path
    sd_days       spread of its duration in working days; ssi is criticality · sd ÷ total sd
    cruciality    rank correlation (Spearman, absolute) of its duration with the finish
    """

    simulation = models.ForeignKey(Simulation, on_delete=models.PROTECT, related_name="activities")
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=255)
    group = models.CharField(max_length=60, blank=True)
    p50_start_on = models.DateField()
    p80_start_on = models.DateField()
    p50_finish_on = models.DateField()
    p80_finish_on = models.DateField()
    mean_days = models.FloatField()
    sd_days = models.FloatField()
    criticality = models.FloatField()
    ssi = models.FloatField()
    cruciality = models.FloatField()

    class Meta:
        ordering = ["simulation_id", "-ssi", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_activity_stands_once_in_a_simulation", fields=["simulation", "code"]
            ),
            models.CheckConstraint(
                name="criticality_is_a_share", condition=Q(criticality__gte=0, criticality__lte=1)
            ),
        ]

    def __str__(self):
        return self.code
