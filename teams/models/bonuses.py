"""A bonus round: the fund, what teams are paid for, and what came out for each team.

A round is drafted, opened (figures are read and shares proposed) and frozen by two signatures;
a frozen one never changes (triggers refuse it): what an appeal finds is paid from the reserve.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from teams.calculations.bonuses import HEAVIEST
from teams.calculations.scoring import Scale


class RoundState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Shares are proposed")
    FROZEN = "frozen", _("Frozen")


class BonusRoundQuerySet(models.QuerySet):
    def announced(self):
        """Those that everybody may read: what is drafted is not promised yet."""
        return self.exclude(state=RoundState.DRAFT)


class BonusRound(models.Model):
    """One round for a span of months.

    last_month   the month whose readings are scored
    fund         what is set aside; with `profit` below `threshold` only its part is released
    reserve      what the amount is called that no team earned
    read_on      the day on which figures and findings were read
    seal         hash of all that was signed; anyone who holds the rows can compute it
    version      counts the changes, so that a stale page is refused
    """

    name = models.CharField(max_length=80, unique=True)
    first_month = models.DateField()
    last_month = models.DateField()
    fund = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    profit = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    threshold = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    reserve = models.CharField(max_length=120)
    appeal_days = models.PositiveSmallIntegerField(default=14)
    state = models.CharField(max_length=8, choices=RoundState, default=RoundState.DRAFT)
    opened_on = models.DateField(null=True, blank=True)
    read_on = models.DateField(null=True, blank=True)
    released = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    coefficient = models.DecimalField(max_digits=9, decimal_places=8, null=True)
    left_over = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    frozen_on = models.DateField(null=True, blank=True)
    appeals_until = models.DateField(null=True, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = BonusRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-last_month", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_round_s_months_are_named_by_their_first_day_in_order",
                condition=Q(
                    first_month__day=1, last_month__day=1, first_month__lte=F("last_month")
                ),
            ),
            models.CheckConstraint(name="a_fund_is_not_negative", condition=Q(fund__gte=0)),
            models.CheckConstraint(
                name="profit_is_held_against_a_threshold",
                condition=Q(profit=None, threshold=None)
                | Q(profit__isnull=False, threshold__isnull=False, threshold__gt=0),
            ),
            models.CheckConstraint(
                name="a_round_s_state_has_its_day",
                condition=Q(state=RoundState.DRAFT, opened_on=None, frozen_on=None, seal="")
                | Q(state=RoundState.OPEN, opened_on__isnull=False, frozen_on=None, seal="")
                | Q(
                    state=RoundState.FROZEN,
                    frozen_on__isnull=False,
                    appeals_until__gte=F("frozen_on"),
                )
                & ~Q(seal=""),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("teams:bonus", args=[self.pk])

    @property
    def months(self) -> int:
        """How many months the round is about."""
        first, last = self.first_month, self.last_month
        return (last.year - first.year) * 12 + last.month - first.month + 1

    @property
    def takes_appeals(self) -> bool:
        return self.state == RoundState.FROZEN and today() <= self.appeals_until


class BonusKpi(models.Model):
    """A KPI that the round pays for: its weight in percent, and its scale."""

    round = models.ForeignKey(BonusRound, on_delete=models.CASCADE, related_name="kpis")
    kpi = models.ForeignKey("teams.Kpi", on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField()
    floor = models.DecimalField(max_digits=16, decimal_places=4)
    target = models.DecimalField(max_digits=16, decimal_places=4)
    stretch = models.DecimalField(max_digits=16, decimal_places=4)
    centre = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering = ["round_id", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_round_pays_for_a_kpi_once", fields=["round", "kpi"]),
            models.CheckConstraint(
                name="no_kpi_weighs_more_than_thirty_percent_of_a_bonus",
                condition=Q(weight__gte=1, weight__lte=HEAVIEST),
            ),
            models.CheckConstraint(
                name="a_paid_kpi_s_floor_target_and_stretch_go_one_way",
                condition=Q(floor__lt=F("target"), target__lte=F("stretch"))
                | Q(floor__gt=F("target"), target__gte=F("stretch")),
            ),
        ]

    def __str__(self):
        return f"{self.round_id} {self.kpi_id} {self.weight} %"

    @property
    def scale(self) -> Scale:
        return Scale(self.floor, self.target, self.stretch, self.centre)


class BonusGrade(models.Model):
    """What a seat of a role counts in the round, against 1 for an ordinary one."""

    round = models.ForeignKey(BonusRound, on_delete=models.CASCADE, related_name="grades")
    role = models.ForeignKey("teams.Role", on_delete=models.PROTECT, related_name="+")
    weight = models.DecimalField(max_digits=4, decimal_places=2)

    class Meta:
        ordering = ["round_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_role_has_one_grade_in_a_round", fields=["round", "role"]
            ),
            models.CheckConstraint(name="a_grade_counts_something", condition=Q(weight__gt=0)),
        ]

    def __str__(self):
        return f"{self.round_id} {self.role_id} {self.weight}"


class BonusTeam(models.Model):
    """A team in a round, and what came out for it when the figures were last read.

    specialists  FTE-years times grades of people who work for the team without a seat in it
    stopped_early  why the team is paid by its milestones, not its score: a right No-go
    score        empty where too little of the weight was measured
    measured     percent of the weight that was measured
    proposed_*   who proposed the members' contributions, and when
    version      counts the changes of the proposal
    """

    round = models.ForeignKey(BonusRound, on_delete=models.CASCADE, related_name="teams")
    team = models.ForeignKey("teams.Team", on_delete=models.PROTECT, related_name="bonuses")
    specialists = models.DecimalField(max_digits=8, decimal_places=4, default=0)
    stopped_early = models.CharField(max_length=300, blank=True)
    score = models.DecimalField(max_digits=14, decimal_places=10, null=True)
    measured = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    headcount = models.DecimalField(max_digits=10, decimal_places=4, default=0)
    multiplier = models.DecimalField(max_digits=12, decimal_places=10, default=0)
    factor = models.DecimalField(max_digits=5, decimal_places=4, default=1)
    base = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    entitlement = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    note = models.CharField(max_length=1000, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["round_id", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_team_is_once_in_a_round", fields=["round", "team"]),
            models.CheckConstraint(
                name="a_pool_is_not_negative", condition=Q(base__gte=0, entitlement__gte=0)
            ),
            models.CheckConstraint(
                name="a_proposal_of_shares_names_who_made_it",
                condition=Q(proposed_by=None, proposed_on=None)
                | Q(proposed_by__isnull=False, proposed_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.round_id} {self.team_id}"

    def get_absolute_url(self):
        return reverse("teams:bonus-team", args=[self.pk])
