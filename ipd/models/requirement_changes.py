"""Baselines of requirements, which never change, and the requests to change what they hold."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from ipd.kernel.days import today
from ipd.models.products import Product
from ipd.models.requirement_words import ChangeAction, ChangeState
from ipd.models.requirements import Requirement


class RequirementBaseline(models.Model):
    """What a product has to fulfil, as it was kept on a day: B1 at TR1, B2 at TR2, B3 at TR3."""

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="requirement_baselines"
    )
    code = models.CharField(max_length=10)
    reason = models.CharField(max_length=300, blank=True)
    kept_on = models.DateField(default=today)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["product_id", "kept_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_requirement_baseline_is_kept_once", fields=["product", "code"]
            )
        ]

    def __str__(self):
        return self.code


class RequirementBaselineItem(models.Model):
    """One requirement in a baseline: which version, and the hash of what it said."""

    baseline = models.ForeignKey(
        RequirementBaseline, on_delete=models.CASCADE, related_name="items"
    )
    requirement = models.ForeignKey(
        Requirement, on_delete=models.PROTECT, related_name="baseline_items"
    )
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["baseline_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_requirement_stands_once_in_a_baseline", fields=["baseline", "requirement"]
            )
        ]

    def __str__(self):
        return self.title


class RequirementChange(models.Model):
    """A request to add, modify or drop what a baseline holds, and how it was decided.

    An addition has no requirement until it is accepted. `before` and `after` are fields and
    values. `is_contracted` is the requirement's own at the time: adding or dropping such a one
    needs the number of the change request of the contract (`pcr`).
    """

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="requirement_changes"
    )
    code = models.CharField(max_length=40, unique=True)
    requirement = models.ForeignKey(
        Requirement, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    action = models.CharField(max_length=8, choices=ChangeAction)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    is_contracted = models.BooleanField(default=False)
    reason = models.TextField()
    impact = models.TextField(blank=True)
    pcr = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.PROPOSED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="requirement_changes"
    )
    asked_on = models.DateField(default=today)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_requirement_change_is_decided_wholly_or_not_at_all",
                condition=Q(state=ChangeState.PROPOSED, decided_by=None, decided_on=None)
                | ~Q(state=ChangeState.PROPOSED)
                & Q(decided_by__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_decides_a_change_they_asked_for",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="a_change_of_what_is_there_names_its_requirement",
                condition=Q(requirement__isnull=False)
                | Q(action=ChangeAction.ADD) & ~Q(state=ChangeState.ACCEPTED),
            ),
            models.CheckConstraint(
                name="contracted_scope_moves_only_by_a_change_of_the_contract",
                condition=~Q(state=ChangeState.ACCEPTED)
                | Q(is_contracted=False)
                | Q(action=ChangeAction.MODIFY)
                | ~Q(pcr=""),
            ),
            models.CheckConstraint(
                name="requirement_change_words_are_known",
                condition=Q(action__in=ChangeAction.values, state__in=ChangeState.values),
            ),
            models.UniqueConstraint(
                name="one_open_change_of_a_requirement",
                fields=["requirement"],
                condition=Q(state=ChangeState.PROPOSED),
            ),
        ]
        indexes = [
            models.Index(fields=["product", "state", "-asked_on"], name="requirement_changes"),
            models.Index(fields=["product", "decided_on"], name="requirement_changes_decided"),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("ipd:requirement-change", args=[self.pk])
