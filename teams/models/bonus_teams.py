"""What a team's bonus is made of: figures, findings, members, and who signed what."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.calculations.bonuses import HIGHEST, LOWEST


class Counts(models.TextChoices):
    """Why a figure counts in the score, or why not."""

    YES = "yes", _("counts")
    MISSING = "missing", _("not measured")
    UNAUDITED = "unaudited", _("entered, and approved by nobody else")
    NOT_DUE = "not_due", _("not due")


class BonusFigure(models.Model):
    """The figure of one paid KPI as it was read for the team, with its score.

    numerator, denominator, n   what the figure came from, as the reading said then
    """

    team = models.ForeignKey("teams.BonusTeam", on_delete=models.CASCADE, related_name="figures")
    paid = models.ForeignKey("teams.BonusKpi", on_delete=models.CASCADE, related_name="+")
    reading = models.ForeignKey(
        "teams.KpiReading", null=True, on_delete=models.PROTECT, related_name="+"
    )
    counts = models.CharField(max_length=9, choices=Counts)
    figure = models.DecimalField(max_digits=24, decimal_places=10, null=True)
    numerator = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    n = models.PositiveIntegerField(default=0)
    score = models.DecimalField(max_digits=14, decimal_places=10, null=True)

    class Meta:
        ordering = ["team_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_team_has_one_figure_of_a_paid_kpi", fields=["team", "paid"]
            ),
            models.CheckConstraint(
                name="only_a_figure_that_counts_has_a_score",
                condition=Q(counts=Counts.YES, figure__isnull=False, score__isnull=False)
                | ~Q(counts=Counts.YES) & Q(score=None),
            ),
        ]

    def __str__(self):
        return f"{self.team_id} {self.paid_id}"


class FindingKind(models.TextChoices):
    """What cuts a team's pool, once for each kind."""

    OVERDUE = "overdue", _("a condition is overdue by more than 30 days")
    BREACH = "breach", _("a tolerance is broken and no change was requested")
    FIELD = "field", _("a safety or critical defect was shipped")
    FALSIFIED = "falsified", _("data were falsified")


FACTORS = {
    FindingKind.OVERDUE: Decimal("0.9"),
    FindingKind.BREACH: Decimal("0.7"),
    FindingKind.FIELD: Decimal("0.5"),
    FindingKind.FALSIFIED: Decimal("0"),
}


class BonusFinding(models.Model):
    """A fact that cuts the pool: found by the system, or stated by whoever prepares the round.

    key      names what was found, so that finding it again changes nothing; blank when stated
    cleared  why it does not count after all, said by `by`
    """

    team = models.ForeignKey("teams.BonusTeam", on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=9, choices=FindingKind)
    key = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=400)
    link = models.CharField(max_length=200, blank=True)
    cleared = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["team_id", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_finding_is_of_a_known_kind", condition=Q(kind__in=FindingKind.values)
            ),
            models.CheckConstraint(
                name="what_people_state_or_clear_names_them",
                condition=Q(by__isnull=False) | Q(cleared="") & ~Q(key=""),
            ),
            models.UniqueConstraint(
                name="a_fact_is_found_once", fields=["team", "key"], condition=~Q(key="")
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def factor(self) -> Decimal:
        return FACTORS[self.kind]


class BonusMember(models.Model):
    """Somebody's part in a team, and their share of its pool.

    participation  FTE-years: the part of working time, times the part of the year
    grade          what their role counts
    contribution   proposed by the team's lead, co-signed by the head of `function`
    """

    team = models.ForeignKey("teams.BonusTeam", on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bonuses"
    )
    role = models.ForeignKey("teams.Role", on_delete=models.PROTECT, related_name="+")
    function = models.ForeignKey("teams.Function", on_delete=models.PROTECT, related_name="+")
    participation = models.DecimalField(max_digits=6, decimal_places=4)
    grade = models.DecimalField(max_digits=4, decimal_places=2)
    contribution = models.DecimalField(max_digits=3, decimal_places=2, default=1)
    share = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    class Meta:
        ordering = ["team_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="somebody_has_one_share_of_a_team_s_bonus", fields=["team", "person"]
            ),
            models.CheckConstraint(
                name="a_contribution_stays_between_0_8_and_1_2",
                condition=Q(contribution__gte=LOWEST, contribution__lte=HIGHEST),
            ),
            models.CheckConstraint(
                name="nobody_takes_part_with_less_than_nothing",
                condition=Q(participation__gte=0, grade__gt=0),
            ),
        ]
        indexes = [models.Index(fields=["person", "team"], name="bonuses_of_a_person")]

    def __str__(self):
        return f"{self.team_id} {self.person_id}"


class BonusCosignature(models.Model):
    """A function's head stands for the contributions of its people; counts while they stay so."""

    team = models.ForeignKey(
        "teams.BonusTeam", on_delete=models.PROTECT, related_name="cosignatures"
    )
    function = models.ForeignKey("teams.Function", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seal = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["team_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_function_co_signs_the_same_once", fields=["team", "function", "seal"]
            )
        ]

    def __str__(self):
        return f"{self.team_id} {self.function_id}"


class BonusApproval(models.Model):
    """One of the two signatures that freeze a round; counts while nothing of it has changed.

    version  the round's when it was signed; seal  the hash of what was signed
    """

    round = models.ForeignKey(
        "teams.BonusRound", on_delete=models.PROTECT, related_name="approvals"
    )
    role = models.ForeignKey("teams.Role", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    seal = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["round_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="each_role_approves_the_same_round_once", fields=["round", "role", "seal"]
            ),
            models.UniqueConstraint(
                name="two_people_approve_a_round", fields=["round", "by", "seal"]
            ),
        ]

    def __str__(self):
        return f"{self.round_id} {self.role_id}"


class BonusAppeal(models.Model):
    """A member says, in the window, what is wrong with their team's bonus or their share."""

    team = models.ForeignKey("teams.BonusTeam", on_delete=models.PROTECT, related_name="appeals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["team_id", "pk"]
        constraints = [models.UniqueConstraint(name="a_member_appeals_once", fields=["team", "by"])]

    def __str__(self):
        return f"{self.team_id} {self.by_id}"


class BonusAnswer(models.Model):
    """The answer to an appeal; what it grants is paid from the round's reserve."""

    appeal = models.OneToOneField(BonusAppeal, on_delete=models.PROTECT, related_name="answer")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    upheld = models.BooleanField()
    text = models.TextField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_an_upheld_appeal_is_paid",
                condition=Q(amount=0) | Q(upheld=True, amount__gt=0),
            )
        ]

    def __str__(self):
        return f"{self.appeal_id}"
