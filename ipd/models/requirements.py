"""Requirements of all levels, from a customer's words to what one module has to do."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ipd.kernel.days import today
from ipd.models.products import Product
from ipd.models.requirement_words import (
    LEVELS,
    OUT_STATES,
    OWNED_STATES,
    STATES,
    BuyingCriterion,
    CostClass,
    Kano,
    Level,
    Method,
    RejectReason,
    RequirementKind,
    RequirementStatus,
    Target,
    Urgency,
)

S = RequirementStatus
# Each list is sorted inside one level, of one product or of all: (name, column).
SORTS = (("code", "code"), ("title", "title"), ("value", "value"), ("moved", "updated_at"))
# What waits for the bodies of a line, the oldest first: an index serves each queue.
WAITING = {
    "analysis": Q(level=Level.RR, status__in=(S.NEW, S.ANALYSING)),
    "distribution": Q(level=Level.IR, status=S.PROPOSED),
    "confirmation": Q(level=Level.IR, status=S.DELIVERED),
}
# Columns that figures count by; an index with all of them answers without reading the rows.
COUNTED = ("level", "status", "upward", "downward", "is_tested", "method", "owner")
COUNTED_AS_RAISED = (
    *("level", "status", "downward", "owner", "requester", "target"),
    *("committed_release", "delivered_release"),
)


class RequirementQuerySet(models.QuerySet):
    def visible_to(self, person):
        """All that hang on no product, or on one that the person may see.

        Said by what is hidden, since that is little: a list of a million stays quick.
        """
        if person.is_anonymous:
            return self.none()
        seen = Product.objects.visible_to(person).filter(is_confidential=True)
        hidden = Product.objects.filter(is_confidential=True).exclude(pk__in=seen.values("pk"))
        return self.filter(Q(product=None) | ~Q(product__in=hidden.values("pk")))

    def alive(self):
        """Without what was merged, rejected, deferred or dropped."""
        return self.exclude(status__in=OUT_STATES)

    def overdue(self, day: date | None = None):
        """Their next step was due before that day (today)."""
        return self.filter(due_on__lt=day or today())


class RequirementManager(models.Manager.from_queryset(RequirementQuerySet)):
    def get_queryset(self):
        """Without the words that only the search reads."""
        return super().get_queryset().defer("words")


class Requirement(models.Model):
    """One requirement; its level never changes, what is made of it is another one, linked.

    product      whose it is; a raw or initial one may still belong to its line alone
    requester    the person inside who brought it; `customer` who said it; one of them is needed
                 for a raw requirement, with the day and what they were doing (`scenario`)
    value        1 to 9; 0 is not rated
    release      where it is wanted; what was committed and delivered stands beside it
    reply        what the requester was told when it was rejected
    due_on       when its next step is due; none when no clock runs
    closed_on    the day on which its requester's demand was settled
    upward, downward, is_tested   its trace, kept by `ipd.actions.tracing`:
                 an IR reaches an SR below; an SR an IR above and an AR below; an AR an SR above;
                 tested is one with a passed verification
    words        what the search reads; the database fills it in
    """

    level = models.CharField(max_length=2, choices=Level)
    line = models.ForeignKey(
        "ipd.ProductLine", on_delete=models.PROTECT, related_name="requirements"
    )
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.PROTECT, related_name="requirements"
    )
    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=RequirementKind,
        default=RequirementKind.FUNCTIONAL,
    )
    status = models.CharField(_("status"), max_length=12, choices=RequirementStatus)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requirements",
    )
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requested",
    )
    customer = models.CharField(_("customer"), max_length=150, blank=True)
    scenario = models.TextField(_("scenario"), blank=True)
    raised_on = models.DateField(_("raised on"), default=today)
    value = models.PositiveSmallIntegerField(_("value"), default=0)
    cost_class = models.CharField(max_length=12, choices=CostClass, blank=True)
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.NORMAL)
    kano = models.CharField(max_length=12, choices=Kano, blank=True)
    criterion = models.CharField(max_length=12, choices=BuyingCriterion, blank=True)
    target = models.CharField(max_length=12, choices=Target, blank=True)
    release = models.CharField(_("release"), max_length=40, blank=True)
    committed_release = models.CharField(max_length=40, blank=True)
    delivered_release = models.CharField(max_length=40, blank=True)
    is_contracted = models.BooleanField(default=False)
    method = models.CharField(max_length=14, choices=Method, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    reject_reason = models.CharField(max_length=14, choices=RejectReason, blank=True)
    reply = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    upward = models.BooleanField(default=False)
    downward = models.BooleanField(default=False)
    is_tested = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)
    words = SearchVectorField(null=True, editable=False)

    objects = RequirementManager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="a_status_belongs_to_its_level",
                condition=Q(
                    *(Q(level=level, status__in=states) for level, states in STATES.items()),
                    _connector=Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="an_ownerless_requirement_is_not_committed_or_baselined",
                condition=Q(owner__isnull=False) | ~Q(status__in=OWNED_STATES),
            ),
            models.CheckConstraint(
                name="a_raw_requirement_says_where_it_comes_from",
                condition=~Q(level=Level.RR) | ~Q(customer="") | Q(requester__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_built_belongs_to_a_product",
                condition=Q(level__in=(Level.RR, Level.IR)) | Q(product__isnull=False),
            ),
            models.CheckConstraint(
                name="a_rejection_has_its_reason_and_its_reply",
                condition=~Q(status=S.REJECTED) | ~Q(reject_reason="") & ~Q(reply=""),
            ),
            models.CheckConstraint(
                name="a_merged_requirement_knows_into_which",
                condition=Q(status=S.MERGED, merged_into__isnull=False)
                | ~Q(status=S.MERGED) & Q(merged_into=None),
            ),
            models.CheckConstraint(
                name="nothing_is_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
            ),
            models.CheckConstraint(
                name="a_commitment_names_its_product_and_release",
                condition=~Q(status__in=(S.COMMITTED, S.DELIVERED, S.CONFIRMED))
                | Q(product__isnull=False) & ~Q(committed_release=""),
            ),
            models.CheckConstraint(
                name="a_requirement_s_value_is_1_to_9", condition=Q(value__lte=9)
            ),
        ]
        indexes = [
            *(
                models.Index(fields=["product", "level", column, "id"], name=f"requirements_{name}")
                for name, column in SORTS
            ),
            *(
                models.Index(fields=["level", column, "id"], name=f"all_requirements_{name}")
                for name, column in SORTS
            ),
            *(
                models.Index(
                    fields=["raised_on", "id", "line"],
                    include=["due_on", "product"],
                    condition=waiting,
                    name=f"requirements_for_{name}",
                )
                for name, waiting in WAITING.items()
            ),
            models.Index(fields=["product", *COUNTED], name="requirements_as_counted"),
            models.Index(
                fields=["product", "customer"],
                include=COUNTED_AS_RAISED,
                name="requirements_raised",
                condition=Q(level__in=(Level.RR, Level.IR)),
            ),
            models.Index(
                fields=["product", "status"],
                name="requirements_contracted",
                condition=Q(is_contracted=True, level=Level.SR),
            ),
            models.Index(fields=["product", "release", "level"], name="requirements_by_release"),
            models.Index(fields=["product", "owner", "level"], name="requirements_by_owner"),
            models.Index(fields=["owner", "level", "code"], name="requirements_of_an_owner"),
            models.Index(
                fields=["due_on", "id"],
                name="requirements_with_a_clock",
                condition=Q(due_on__isnull=False),
            ),
            models.Index(
                fields=["product", "level", "code"],
                name="requirements_untraced_above",
                condition=Q(upward=False, level__in=(Level.SR, Level.AR)),
            ),
            models.Index(
                fields=["product", "level", "code"],
                name="requirements_untraced_below",
                condition=Q(downward=False, level__in=(Level.IR, Level.SR)),
            ),
            models.Index(
                fields=["product", "code"],
                name="requirements_untested",
                condition=Q(is_tested=False, level=Level.SR),
            ),
            models.Index(
                fields=["product", "level", "code"],
                name="requirements_without_owner",
                condition=Q(owner=None),
            ),
            models.Index(
                fields=["product", "delivered_release"],
                name="releases_that_are_out",
                condition=~Q(delivered_release=""),
            ),
            GinIndex(fields=["words"], name="requirements_by_word"),
            # A common beginning of a word is looked for inside one level, a fifth of the work.
            *(
                GinIndex(
                    fields=["words"],
                    name=f"requirements_by_word_{level.lower()}",
                    condition=Q(level=level),
                )
                for level in LEVELS
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return reverse("ipd:requirement", args=[self.pk])

    @property
    def is_overdue(self):
        return self.due_on is not None and self.due_on < today()

    @property
    def depth(self):
        """Its level's place in the order of levels, 0 for raw."""
        return LEVELS.index(self.level)
