"""Parts, boards and assemblies: what they are, how long one can do without them.

Parts are the company's, not a product's. One that is made for a single product names it, and is
seen by those who see that product; whoever sees a part does not thereby see what it goes into.
"""

from django.conf import settings
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.models.products import MaybeOfProductQuerySet


class PartKind(models.TextChoices):
    PART = "part", _("Part")
    BOARD = "board", _("Board")
    ASSEMBLY = "assembly", _("Assembly")


class PartStatus(models.TextChoices):
    CANDIDATE = "candidate", _("Candidate")
    APPROVED = "approved", _("Approved")
    RESTRICTED = "restricted", _("Restricted")
    NRND = "nrnd", _("Not for new designs")
    LTB = "ltb", _("Last-time buy")
    OBSOLETE = "obsolete", _("Obsolete")
    BANNED = "banned", _("Banned")


# Where a status may go from each; a notice of an end is not taken back by a click.
MOVES = {
    PartStatus.CANDIDATE: {"approved", "restricted", "banned"},
    PartStatus.APPROVED: {"restricted", "nrnd", "ltb", "obsolete", "banned"},
    PartStatus.RESTRICTED: {"approved", "nrnd", "ltb", "obsolete", "banned"},
    PartStatus.NRND: {"ltb", "obsolete", "banned"},
    PartStatus.LTB: {"obsolete", "banned"},
    PartStatus.OBSOLETE: {"banned"},
    PartStatus.BANNED: {"candidate"},
}
NOT_FOR_USE = (PartStatus.OBSOLETE, PartStatus.BANNED)
MODULES = (PartKind.BOARD, PartKind.ASSEMBLY)


class MakeBuy(models.TextChoices):
    MAKE = "make", _("Make")
    BUY = "buy", _("Buy")


class Kraljic(models.TextChoices):
    ROUTINE = "routine", _("Routine")
    LEVERAGE = "leverage", _("Leverage")
    BOTTLENECK = "bottleneck", _("Bottleneck")
    STRATEGIC = "strategic", _("Strategic")


SCORES = ("cost_score", "capability_score", "ip_score", "capacity_score", "risk_score")
WEEKS = {"max_digits": 6, "decimal_places": 1, "null": True, "blank": True}
NUMBER = models.DecimalField(max_digits=14, decimal_places=1)
STOCKED = ExpressionWrapper((F("stock") + F("on_order")) / F("weekly_demand"), output_field=NUMBER)
TTR = Coalesce("assessed_ttr", "claimed_ttr")
TTS = Coalesce("entered_tts", Case(When(weekly_demand__gt=0, then=STOCKED)), output_field=NUMBER)
KNOWN = (Q(assessed_ttr__isnull=False) | Q(claimed_ttr__isnull=False)) & (
    Q(entered_tts__isnull=False) | Q(weekly_demand__gt=0)
)
GAP = Case(
    When(
        KNOWN,
        then=Greatest(
            Value(0, output_field=NUMBER), ExpressionWrapper(TTR - TTS, output_field=NUMBER)
        ),
    ),
    output_field=NUMBER,
)


class Computed(models.GeneratedField):
    """Computed by the database, which is PostgreSQL: checking that would need a connection."""

    def _check_supported(self, databases):
        return []

    def _check_persistence(self, databases):
        return []


class PartQuerySet(MaybeOfProductQuerySet):
    """Shared parts, and those made for a product."""

    def single_source(self):
        return self.filter(kind=PartKind.PART, approved_sources=1)

    def exposed(self):
        """Those that would be missing before their supply is back."""
        return self.filter(gap_weeks__gt=0)


class Part(models.Model):
    """A part, a board or an assembly.

    lead_weeks         from order to delivery
    claimed_ttr        weeks to recover a lost supply as the supplier says; `assessed_ttr` as we do
                       (with its history in PartAssessment), and that one counts where it is there
    entered_tts        weeks that can be survived without it; else stock and orders ÷ demand
    weekly_demand      units a week over all products
    gap_weeks          weeks without the part after a total loss: max(0, TTR − TTS), null unless
                       both are known
    approved_sources   kept by whoever changes sources
    *_score            of make or buy, 1 (speaks against making) to 5 (for making)
    """

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=PartKind, default=PartKind.PART)
    category = models.CharField(max_length=60, blank=True)
    product = models.ForeignKey(
        "ipd.Product", null=True, blank=True, on_delete=models.PROTECT, related_name="own_parts"
    )
    status = models.CharField(max_length=12, choices=PartStatus, default=PartStatus.CANDIDATE)
    last_order_on = models.DateField(null=True, blank=True)
    kraljic = models.CharField(max_length=12, choices=Kraljic, blank=True)
    make_buy = models.CharField(max_length=4, choices=MakeBuy, blank=True)
    cost_score = models.PositiveSmallIntegerField(null=True, blank=True)
    capability_score = models.PositiveSmallIntegerField(null=True, blank=True)
    ip_score = models.PositiveSmallIntegerField(null=True, blank=True)
    capacity_score = models.PositiveSmallIntegerField(null=True, blank=True)
    risk_score = models.PositiveSmallIntegerField(null=True, blank=True)
    make_buy_reason = models.CharField(max_length=300, blank=True)
    lead_weeks = models.DecimalField(**WEEKS)
    claimed_ttr = models.DecimalField(**WEEKS)
    assessed_ttr = models.DecimalField(**WEEKS)
    entered_tts = models.DecimalField(**WEEKS)
    stock = models.PositiveIntegerField(default=0)
    on_order = models.PositiveIntegerField(default=0)
    weekly_demand = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    pack_size = models.PositiveIntegerField(default=1)
    approved_sources = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    ttr_weeks = Computed(expression=TTR, output_field=models.DecimalField(**WEEKS), db_persist=True)
    tts_weeks = Computed(
        expression=TTS,
        output_field=models.DecimalField(max_digits=14, decimal_places=1, null=True),
        db_persist=True,
    )
    gap_weeks = Computed(
        expression=GAP,
        output_field=models.DecimalField(max_digits=14, decimal_places=1, null=True),
        db_persist=True,
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="part_status_is_known", condition=Q(status__in=PartStatus.values)
            ),
            models.CheckConstraint(
                name="part_kind_is_known", condition=Q(kind__in=PartKind.values)
            ),
            models.CheckConstraint(
                name="a_part_in_last_time_buy_has_its_last_order_day",
                condition=~Q(status=PartStatus.LTB) | Q(last_order_on__isnull=False),
            ),
            models.CheckConstraint(
                name="make_or_buy_is_decided_with_all_scores_and_a_reason",
                condition=Q(make_buy="")
                | Q(
                    # A score that is null would be neither in the range nor out of it.
                    *(Q(**{f"{name}__isnull": False, f"{name}__range": (1, 5)}) for name in SCORES)
                )
                & ~Q(make_buy_reason=""),
            ),
            models.CheckConstraint(
                name="a_part_s_weeks_are_not_negative",
                condition=Q(
                    *(
                        Q(**{name: None}) | Q(**{f"{name}__gte": 0})
                        for name in ("lead_weeks", "claimed_ttr", "assessed_ttr", "entered_tts")
                    )
                ),
            ),
            models.CheckConstraint(name="a_pack_holds_something", condition=Q(pack_size__gte=1)),
        ]
        indexes = [
            models.Index(fields=["status", "code"], name="parts_by_status"),
            models.Index(
                fields=["-gap_weeks", "id"], name="parts_exposed", condition=Q(gap_weeks__gt=0)
            ),
            models.Index(
                fields=["code"],
                name="parts_of_one_source",
                condition=Q(kind="part", approved_sources=1),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    def get_absolute_url(self):
        return reverse("ipd:part", args=[self.pk])

    @property
    def is_single_source(self):
        return self.kind == PartKind.PART and self.approved_sources == 1


class PartAssessment(models.Model):
    """What we think a recovery takes, who thinks so and why. Triggers refuse edits."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="assessments")
    ttr_weeks = models.DecimalField(max_digits=6, decimal_places=1)
    claimed_ttr = models.DecimalField(**WEEKS)
    why = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["part_id", "on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_assessment_is_kept_once", fields=["part", "on", "by", "ttr_weeks"]
            )
        ]

    def __str__(self):
        return f"{self.part_id} {self.ttr_weeks}"


class NoticeKind(models.TextChoices):
    PCN = "pcn", _("Product change")
    EOL = "eol", _("End of life")


class PartNotice(models.Model):
    """What a supplier announced about a part."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=3, choices=NoticeKind)
    on = models.DateField()
    last_order_on = models.DateField(null=True, blank=True)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["part_id", "-on", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_notice_is_kept_once", fields=["part", "kind", "on"]),
            models.CheckConstraint(
                name="notice_kind_is_known", condition=Q(kind__in=NoticeKind.values)
            ),
        ]

    def __str__(self):
        return self.text
